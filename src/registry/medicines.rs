//! One patient's medicines with their versions, and the treatment changes with what they came to.

use std::cmp::Reverse;

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::office::Office;
use super::timeline::{change_word, check_line};
use super::views::*;
use crate::care::{self, AsOf, DoseSince, Effect, Number, Seen, dose_since, written_on};
use crate::flowsheet::Flowsheet;
use crate::journal::facts::*;
use crate::journal::{ChartId, Day, EntryId, Fact, Folded, Live, PersonId, Slot, ThingId, Zone};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// The medicines and treatment changes of one patient.
    pub async fn medicines(&mut self, id: ChartId, at: DateTime<FixedOffset>) -> Result<MedicinesView, Failure> {
        self.sheet(id)?;
        let folded = self.read_again(id).await?.fold();
        let sheet = self.sheet(id)?;
        let moment = self.as_of(at);
        let (mut current, mut stopped): (Vec<MedicineView>, Vec<MedicineView>) = heads(&folded)
            .filter_map(|live| match &live.fact {
                Fact::Medication(medicine) => Some(medicine_view(medicine, &folded, &self.office, moment.today)),
                _ => None,
            })
            .partition(|view| is_taken(&view.medicine, moment.today));
        current.sort_by_key(|view| {
            (
                view.medicine.used_for == Some(MedicineUse::Other),
                view.medicine.name.to_lowercase(),
            )
        });
        stopped.sort_by_key(|view| Reverse(view.medicine.until));
        let fired = care::fired(sheet, &moment).into_iter();
        let weeks = |number| moment.protocol.days(number) / 7;
        let team = super::team_first::of(&folded, sheet, &self.office, moment.today);
        Ok(MedicinesView {
            advice: super::team_first::advice(&folded, &self.office),
            effect_weeks: (weeks(Number::TreatmentFromWeeks), weeks(Number::TreatmentUntilWeeks)),
            clinician: team.clinician,
            people: team.people,
            today: moment.today,
            allergies: super::learned::allergies(&folded, moment.today),
            allergic_to: super::learned::allergic_to(&folded, moment.today),
            current,
            stopped,
            changes: changes(sheet, &folded, &self.office, &moment),
            fired: fired
                .map(|fired| fired.kept(moment.today, moment.protocol.label()))
                .collect(),
        })
    }
}

fn heads(folded: &Folded) -> impl Iterator<Item = &Live> {
    folded.slots().filter_map(|slot| folded.head(slot))
}

/// Whether a medicine is taken on a day. On the day on which it was stopped it is not any more.
fn is_taken(medicine: &Medication, today: Day) -> bool {
    medicine.until.is_none_or(|until| today < until)
}

/// Medicines that are taken, a line each, with how long at the dose.
pub(super) fn lines(folded: &Folded, office: &Office, today: Day) -> Vec<String> {
    let taken = heads(folded).filter_map(|live| match &live.fact {
        Fact::Medication(medicine) if is_taken(medicine, today) => {
            let since = since_words(&versions(folded, medicine.medication), office.clinic.zone, today);
            Some(format!("{}: {since}", care::medicine_words(medicine)))
        }
        _ => None,
    });
    let mut lines: Vec<String> = taken.collect();
    lines.sort();
    lines
}

/// Every version of a medicine, the oldest first.
fn versions(folded: &Folded, medication: ThingId) -> Vec<(&Live, &Medication)> {
    let of_it = folded.live().iter().filter_map(|live| match &live.fact {
        Fact::Medication(medicine) if medicine.medication == medication => Some((live, medicine)),
        _ => None,
    });
    of_it.collect()
}

/// `same dose since Thu 8 Oct (6 weeks)`.
fn since_words(versions: &[(&Live, &Medication)], zone: Zone, today: Day) -> String {
    let said = |what: &str, day: Day| format!("{what} {} ({})", day_words(day), span(day, today));
    match dose_since(versions, zone) {
        DoseSince::Start(day) => said("same dose since", day),
        DoseSince::Changed(day) => said("dose last changed", day),
        DoseSince::WrittenDown(day) => said("dose change written down", day),
        DoseSince::NotKnown => "start not known".to_owned(),
    }
}

/// `6 weeks`, `9 days`.
fn span(day: Day, today: Day) -> String {
    match today.since(day) {
        ..0 => "ahead".to_owned(),
        0 => "today".to_owned(),
        1 => "1 day".to_owned(),
        days @ 2..14 => format!("{days} days"),
        days => format!("{} weeks", days / 7),
    }
}

fn medicine_view(medicine: &Medication, folded: &Folded, office: &Office, today: Day) -> MedicineView {
    let zone = office.clinic.zone;
    let versions = versions(folded, medicine.medication);
    let said = |(live, version): &(&Live, &Medication)| {
        let day = version
            .until
            .or(version.dose_from)
            .or(version.from.filter(|_| live.replaces.is_empty()));
        let when = day.unwrap_or_else(|| written_on(live, zone));
        let what = match version.until {
            Some(_) => format!("stopped: {}", care::medicine_words(version)),
            None => care::medicine_words(version),
        };
        (day_words(when), what, office.name(live.author))
    };
    let checks = folded.live().iter().filter_map(|live| match &live.fact {
        Fact::MedicationCheck(check) if check.medication == medicine.medication => Some(CheckView {
            entry: live.id,
            at: check.at,
            words: check_line(check),
            is_severe: check.side_effects.iter().any(|e| e.severity == Severity::Severe),
        }),
        _ => None,
    });
    let mut checks: Vec<CheckView> = checks.collect();
    checks.sort_by_key(|check| Reverse((check.at.day(zone), check.at.instant(zone))));
    let on_file = medicine.prescriber.map(|person| office.name(person));
    MedicineView {
        prescriber: on_file.or(medicine.prescriber_name.clone()),
        dose_since: since_words(&versions, zone, today),
        minimum: care::check_dose(medicine, &office.minimum_doses()).words(),
        versions: versions.iter().rev().map(said).collect(),
        checks,
        medicine: medicine.clone(),
    }
}

/// Treatment changes as they stand, the latest first.
fn changes(sheet: &Flowsheet, folded: &Folded, office: &Office, at: &AsOf<'_>) -> Vec<ChangeView> {
    let is_current = |live: &&Live| match &live.fact {
        Fact::TreatmentChange(change) => change.change.is_none_or(|id| {
            let head = folded.head(&Slot::TreatmentChange(id));
            head.is_some_and(|head| head.id == live.id)
        }),
        _ => false,
    };
    let view = |live: &Live| match &live.fact {
        Fact::TreatmentChange(change) => Some(ChangeView {
            entry: live.id,
            kind: change_word(change.kind).to_owned(),
            proposed: who_and_when(change.proposed_by, change.proposed_on, office),
            decided: decided(change, office),
            carries_out: change.recommendation.and_then(|id| recommendation(folded, id)),
            effect: effect_words(sheet, live.id, at),
            effect_stands: effect(sheet, live.id, at).map(|effect| match effect.seen {
                Seen::Ahead => EffectStands::Ahead,
                Seen::Open => EffectStands::Due,
                Seen::Missed { later: None } => EffectStands::Late,
                Seen::Measured { .. } | Seen::Missed { later: Some(_) } => EffectStands::Measured,
            }),
            is_unlisted: care::is_unlisted(folded, live, change),
            change: change.clone(),
        }),
        _ => None,
    };
    let mut changes: Vec<ChangeView> = folded.live().iter().filter(is_current).filter_map(view).collect();
    changes.sort_by_key(|view| Reverse((view.change.day, view.entry)));
    changes
}

/// The effect seen of the treatment change of an entry, in words; `None` where none is expected.
pub(super) fn effect_words(sheet: &Flowsheet, entry: EntryId, at: &AsOf<'_>) -> Option<String> {
    Some(effect(sheet, entry, at)?.words(at.today))
}

fn effect(sheet: &Flowsheet, entry: EntryId, at: &AsOf<'_>) -> Option<Effect> {
    let line = sheet.treatments.iter().find(|line| line.entry == entry)?;
    care::effect_of(sheet, line, at)
}

fn recommendation(folded: &Folded, id: ThingId) -> Option<String> {
    match &folded.head(&Slot::Recommendation(id))?.fact {
        Fact::Recommendation(recommendation) => Some(recommendation.text.clone()),
        _ => None,
    }
}

fn who_and_when(who: Option<PersonId>, on: Option<Day>, office: &Office) -> Option<String> {
    match (who.map(|person| office.name(person)), on.map(day_words)) {
        (Some(who), Some(on)) => Some(format!("{who}, {on}")),
        (Some(who), None) => Some(who),
        (None, on) => on,
    }
}

fn decided(change: &TreatmentChange, office: &Office) -> Option<String> {
    let by = match change.decided_with {
        Some(with) => {
            let who = super::timeline::with_word(with);
            let on = change.decided_on.map(|on| format!(", {}", day_words(on)));
            Some(format!("{who}{}", on.unwrap_or_default()))
        }
        None => who_and_when(change.decided_by, change.decided_on, office),
    };
    match change.stands() {
        ChangeState::Proposed => Some("not decided yet".to_owned()),
        ChangeState::Made => by.map(|by| format!("accepted by {by}")),
        // Without a name and a day there is nothing to say that the state itself doesn't.
        ChangeState::Declined => by.map(|by| format!("declined by {by}")),
    }
}
