//! What a chart's entries say now of things that have versions: appointments, tasks.

use std::collections::BTreeMap;

use crate::journal::facts::{Appointment, AppointmentState, Task};
use crate::journal::{Fact, Stamp, ThingId};
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

/// One task.
pub fn task(view: &PatientView, id: ThingId) -> Option<Task> {
    let all = newest(view, |fact| match fact {
        Fact::Task(task) => Some((task.task, task)),
        _ => None,
    });
    all.get(&id).cloned()
}
