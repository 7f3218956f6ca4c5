//! A treatment change and the medicine list: what of a change that was made the list doesn't say yet, and what the list
//! says from the day of the change on.

use crate::journal::facts::{AnswerKind, ChangeKind, ChangeState, Medication, MedicineUse, TreatmentChange};
use crate::journal::{Fact, Folded, Live, Slot, ThingId};

mod advised;
mod later;
mod said;

pub use advised::{advised_change, carried_out_as};
pub use later::starts_later;
pub use said::{Listing, is_dose_of, said_of};

/// Whether a change of a medicine was made and the medicine list doesn't say so. One that is only proposed, or was
/// declined, changes nothing; one of which it isn't known which medicine it is about is left alone.
pub fn is_unlisted(folded: &Folded, live: &Live, change: &TreatmentChange) -> bool {
    if change.stands() != ChangeState::Made {
        return false;
    }
    let versions = || {
        folded.live().iter().filter_map(|live| match &live.fact {
            Fact::Medication(medicine) => Some((live, medicine)),
            _ => None,
        })
    };
    let carries = |m: &Medication| change.change.is_some() && m.change == change.change;
    // A switch ends one medicine and begins another.
    let is_switch = change.kind == ChangeKind::MedicationSwitched;
    let is_carried_out = versions().any(|(_, m)| carries(m) && !(is_switch && m.until.is_some()));
    let known = change
        .medication
        .and_then(|id| match folded.head(&Slot::Medication(id)).map(|live| &live.fact) {
            Some(Fact::Medication(medicine)) => Some(medicine),
            _ => None,
        });
    match (change.kind, known) {
        _ if is_carried_out => false,
        (ChangeKind::MedicationStarted, Some(known)) => known.until.is_some_and(|until| until <= change.day),
        (ChangeKind::MedicationStarted, None) => !versions().any(|(live, m)| {
            // As it stands: one that was stopped before is begun again by the change.
            let is_head = folded
                .head(&Slot::Medication(m.medication))
                .is_some_and(|head| head.id == live.id);
            is_head && m.until.is_none_or(|until| change.day < until) && is_named(m, change)
        }),
        (ChangeKind::DoseChanged, Some(known)) => {
            let mut of_it = versions().filter(|(_, m)| m.medication == known.medication);
            let mut before: Option<&Medication> = None;
            known.until.is_none()
                && !of_it.any(|(written, version)| {
                    let other = before.is_some_and(|b| (&b.dose, b.how_often) != (&version.dose, version.how_often));
                    before = Some(version);
                    let since = version.dose_from.or(version.from);
                    since.is_some_and(|since| change.day <= since) || (other && live.stamp < written.stamp)
                })
        }
        (ChangeKind::MedicationStopped, Some(known)) => known.until.is_none(),
        (ChangeKind::MedicationSwitched, Some(known)) => {
            let is_begun =
                |m: &Medication| m.medication != known.medication && m.from.is_some_and(|from| change.day <= from);
            known.until.is_none() || !versions().any(|(_, m)| is_begun(m))
        }
        _ => false,
    }
}

/// Whether the list can say a change that is being written down: it must be known which medicine it is about, that it is
/// taken (nothing is begun again by a change of its dose), and no later dose may stand there already.
pub fn can_be_listed(change: &TreatmentChange, known: Option<&Medication>) -> bool {
    if change.stands() != ChangeState::Made {
        return false;
    }
    match (change.kind, known) {
        (ChangeKind::MedicationStarted, None) | (ChangeKind::MedicationSwitched, Some(_)) => true,
        (ChangeKind::MedicationStarted, Some(known)) => known.until.is_some_and(|until| until <= change.day),
        (ChangeKind::DoseChanged, Some(known)) => {
            let since = known.dose_from.or(known.from);
            known.until.is_none() && since.is_none_or(|since| since <= change.day)
        }
        (ChangeKind::MedicationStopped, Some(known)) => known.until.is_none(),
        _ => false,
    }
}

/// Whether the words of a change name a medicine: as whole words, for "iron" is a part of other names.
pub fn is_named(medicine: &Medication, change: &TreatmentChange) -> bool {
    let (name, what) = (words_of(&medicine.name), words_of(&change.what));
    !name.is_empty() && what.windows(name.len()).any(|some| some == name)
}

/// The words of a text, in small letters and without what stands between them.
fn words_of(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The versions of medicines that make a change the medicine list: from the day of the change on, and naming it. `known`
/// is the medicine that it is about, as it stands; `new` the id of one that is begun.
pub fn listed(change: &TreatmentChange, known: Option<&Medication>, new: ThingId, says: Listing) -> Vec<Medication> {
    let begun = || Medication {
        dose: says.dose.clone(),
        how_often: says.how_often,
        prescriber: says.prescriber,
        from: Some(change.day),
        used_for: Some(MedicineUse::MentalHealth),
        change: change.change,
        ..Medication::named(new, says.name.clone())
    };
    let ended = |known: &Medication| Medication {
        until: Some(change.day),
        stopped_because: change.why.clone().or_else(|| Some(change.what.clone())),
        change: change.change,
        ..known.clone()
    };
    let taken = |known: &Medication| Medication {
        dose: says.dose.clone(),
        how_often: says.how_often.or(known.how_often),
        prescriber: says.prescriber.or(known.prescriber),
        prescriber_name: known.prescriber_name.clone().filter(|_| says.prescriber.is_none()),
        until: None,
        stopped_because: None,
        change: change.change,
        ..known.clone()
    };
    match (change.kind, known) {
        (ChangeKind::MedicationStarted, Some(known)) => vec![Medication {
            from: Some(change.day),
            dose_from: None,
            ..taken(known)
        }],
        (ChangeKind::DoseChanged, Some(known)) => vec![Medication {
            dose_from: Some(change.day),
            ..taken(known)
        }],
        (ChangeKind::MedicationStopped, Some(known)) => vec![ended(known)],
        (ChangeKind::MedicationSwitched, Some(known)) if known.until.is_none() => vec![ended(known), begun()],
        (ChangeKind::MedicationStarted | ChangeKind::MedicationSwitched, _) => vec![begun()],
        _ => Vec::new(),
    }
}

/// A change as it is decided on: when the day on which it is made is another one than that of the proposal, the latter
/// stays on record beside it. Weeks count from the day on which it was made.
pub fn decided(before: &TreatmentChange, after: TreatmentChange) -> TreatmentChange {
    let was_proposed = before.stands() == ChangeState::Proposed && after.stands() == ChangeState::Made;
    let proposed = Some(before.day).filter(|day| was_proposed && *day != after.day);
    TreatmentChange {
        proposed_on: after.proposed_on.or(before.proposed_on).or(proposed),
        ..after
    }
}

/// Whether the treating clinician is known to have accepted a change that is now said to be made: the answer to the
/// recommendation that it carries out says so, or a proposal (`before`) is decided on. Nobody accepted a change by its
/// being written down.
pub fn is_accepted(before: Option<ChangeState>, state: Option<ChangeState>, answer: Option<AnswerKind>) -> bool {
    let is_said = matches!(answer, Some(AnswerKind::Accepted | AnswerKind::Done));
    state == Some(ChangeState::Made)
        && match before {
            Some(ChangeState::Proposed) => true,
            None => is_said,
            Some(ChangeState::Made | ChangeState::Declined) => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn day(text: &str) -> crate::journal::Day {
        text.parse().unwrap()
    }

    pub(super) fn change(kind: ChangeKind, what: &str) -> TreatmentChange {
        TreatmentChange::made(day("2026-11-10"), kind, what.to_owned())
    }

    pub(super) fn taken(dose: &str) -> Medication {
        Medication {
            dose: Some(dose.to_owned()),
            ..Medication::named(ThingId::from_random([1; 16]), "Testazepine".to_owned())
        }
    }

    #[test]
    fn a_medicine_is_named_by_whole_words_only() {
        let named = |name: &str, what: &str| {
            let medicine = Medication::named(ThingId::from_random([1; 16]), name.to_owned());
            is_named(&medicine, &change(ChangeKind::MedicationStarted, what))
        };
        assert!(named("Iron", "Start iron, with food"));
        assert!(named("samplepram XR", "Samplepram XR 20 mg"));
        assert!(!named("Iron", "Start buspirone 5 mg"));
        assert!(!named("samplepram XR", "samplepram 20 mg"));
        assert!(!named(" ", "Start buspirone 5 mg"));
    }

    #[test]
    fn a_change_of_long_ago_brings_back_no_earlier_dose_and_no_medicine_that_was_stopped() {
        use ChangeKind::{DoseChanged, MedicationStarted, MedicationStopped, MedicationSwitched, Other};
        let on = |from: Option<&str>, until: Option<&str>| {
            Some(Medication {
                dose_from: from.map(day),
                until: until.map(day),
                ..taken("50 mg")
            })
        };
        let table = [
            (DoseChanged, None, false),
            (DoseChanged, on(None, None), true),
            (DoseChanged, on(Some("2026-11-10"), None), true),
            (DoseChanged, on(Some("2026-11-11"), None), false),
            (DoseChanged, on(None, Some("2026-11-01")), false),
            (MedicationStopped, on(None, None), true),
            (MedicationStopped, on(None, Some("2026-11-01")), false),
            (MedicationStarted, None, true),
            (MedicationStarted, on(None, None), false),
            (MedicationStarted, on(None, Some("2026-11-01")), true),
            (MedicationSwitched, None, false),
            (MedicationSwitched, on(None, None), true),
            (Other, on(None, None), false),
        ];
        for (kind, known, can) in table {
            assert_eq!(
                can_be_listed(&change(kind, "x"), known.as_ref()),
                can,
                "{kind:?} {known:?}"
            );
            for state in [ChangeState::Proposed, ChangeState::Declined] {
                let other = TreatmentChange {
                    state: Some(state),
                    ..change(kind, "x")
                };
                assert!(!can_be_listed(&other, known.as_ref()));
            }
        }
    }

    #[test]
    fn nobody_has_accepted_a_change_who_did_not_say_so() {
        use ChangeState::{Declined, Made, Proposed};
        let table = [
            (None, Some(Made), None, false),
            (None, Some(Made), Some(AnswerKind::Accepted), true),
            (None, Some(Made), Some(AnswerKind::Done), true),
            (None, Some(Made), Some(AnswerKind::Later), false),
            (None, Some(Proposed), Some(AnswerKind::Accepted), false),
            (Some(Proposed), Some(Made), None, true),
            (Some(Proposed), Some(Declined), None, false),
            (Some(Made), Some(Made), Some(AnswerKind::Accepted), false),
        ];
        for (before, state, answer, is_it) in table {
            assert_eq!(
                is_accepted(before, state, answer),
                is_it,
                "{before:?} {state:?} {answer:?}"
            );
        }
    }

    #[test]
    fn the_day_of_the_proposal_stays_beside_the_day_on_which_it_was_made() {
        let proposed = TreatmentChange {
            state: Some(ChangeState::Proposed),
            ..change(ChangeKind::DoseChanged, "100 mg")
        };
        let made = |on: &str| TreatmentChange {
            day: day(on),
            ..change(ChangeKind::DoseChanged, "100 mg")
        };
        assert_eq!(
            decided(&proposed, made("2026-11-17")).proposed_on,
            Some(day("2026-11-10"))
        );
        assert_eq!(decided(&proposed, made("2026-11-10")).proposed_on, None);
        assert_eq!(decided(&made("2026-11-10"), made("2026-11-12")).proposed_on, None);
    }
}
