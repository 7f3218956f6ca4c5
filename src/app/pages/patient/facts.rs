//! What a chart's entries say now of things that have versions: appointments, tasks.

use std::collections::BTreeMap;

use crate::journal::facts::{Appointment, AppointmentState, OutgoingReferral, ReferralState, Task};
use crate::journal::{Fact, Stamp, ThingId, When, Zone};
use crate::registry::PatientView;

/// The newest version of each thing, in the order of their ids.
fn newest<T: Clone>(view: &PatientView, pick: impl Fn(&Fact) -> Option<(ThingId, &T)>) -> BTreeMap<ThingId, T> {
    let mut found: BTreeMap<ThingId, (Stamp, T)> = BTreeMap::new();
    for row in &view.timeline {
        let Some((id, fact)) = pick(&row.fact) else { continue };
        let newer = found.get(&id).is_none_or(|(stamp, _)| *stamp < row.stamp);
        if newer {
            found.insert(id, (row.stamp, fact.clone()));
        }
    }
    found.into_iter().map(|(id, (_, fact))| (id, fact)).collect()
}

/// Appointments that are still booked, by time.
pub fn booked(view: &PatientView) -> Vec<Appointment> {
    let all = newest(view, |fact| match fact {
        Fact::Appointment(appointment) => Some((appointment.appointment, appointment)),
        _ => None,
    });
    let open = |appointment: &Appointment| appointment.state == AppointmentState::Booked;
    let mut booked: Vec<Appointment> = all.into_values().filter(open).collect();
    booked.sort_by_key(|appointment| appointment.at.to_string());
    booked
}

/// Appointments elsewhere that a referral out has ahead, by time.
pub fn booked_elsewhere(view: &PatientView, zone: Zone) -> Vec<(When, OutgoingReferral)> {
    let all = newest(view, |fact| match fact {
        Fact::OutgoingReferral(referral) => Some((referral.referral, referral)),
        _ => None,
    });
    let ahead = |referral: OutgoingReferral| {
        let at = referral.at.filter(|at| view.today <= at.day(zone))?;
        (referral.state == ReferralState::Booked).then_some((at, referral))
    };
    let mut booked: Vec<_> = all.into_values().filter_map(ahead).collect();
    booked.sort_by_key(|(at, _)| at.instant(zone));
    booked
}

/// One task.
pub fn task(view: &PatientView, id: ThingId) -> Option<Task> {
    let all = newest(view, |fact| match fact {
        Fact::Task(task) => Some((task.task, task)),
        _ => None,
    });
    all.get(&id).cloned()
}
