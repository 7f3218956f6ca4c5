//! A treatment change and the medicine list: what of a change that was made the list doesn't say yet, and what the list
//! says from the day of the change on.

use crate::journal::facts::{ChangeKind, ChangeState, Frequency, Medication, MedicineUse, TreatmentChange};
use crate::journal::{Fact, Folded, Live, Slot, ThingId};

use super::dose::amounts_in;
use super::medicine::{FREQUENCIES, frequency_word};

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
        (ChangeKind::MedicationStarted, None) => !versions().any(|(_, m)| is_named(m, change)),
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

/// Whether the words of a change name a medicine.
pub fn is_named(medicine: &Medication, change: &TreatmentChange) -> bool {
    let name = medicine.name.trim().to_lowercase();
    !name.is_empty() && change.what.to_lowercase().contains(&name)
}

/// What the list is to say of a medicine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The name of a medicine that is begun.
    pub name: String,
    /// The dose.
    pub dose: Option<String>,
    /// How often.
    pub how_often: Option<Frequency>,
    /// Who prescribes it; whoever does so now when absent.
    pub prescriber: Option<crate::journal::PersonId>,
}

/// What the words of a change say of the medicine: a name only for one that is begun, a dose only where there is just one
/// other than today's, how often only where it says so in one way. Nothing is guessed.
pub fn said_of(change: &TreatmentChange, known: Option<&Medication>) -> Listing {
    let what = change.what.as_str();
    let now = known
        .and_then(|m| m.dose.as_deref())
        .and_then(|dose| amounts_in(dose)?.first().copied());
    let amounts = amounts_in(what).unwrap_or_default();
    let mut others = amounts
        .iter()
        .filter(|(amount, _)| now.is_none_or(|(now, _)| now != *amount));
    let (first, second) = (others.next(), others.next());
    let amount = first.filter(|_| second.is_none());
    let dose = amount
        .and_then(|(_, (from, until))| what.get(*from..*until))
        .map(str::to_owned);
    let lower = what.to_lowercase();
    let mut often =
        (FREQUENCIES.iter()).filter(|often| frequency_word(**often).is_some_and(|word| lower.contains(word)));
    let how_often = match (often.next(), often.next()) {
        (Some(only), None) => Some(*only),
        _ => None,
    };
    let begins = matches!(
        change.kind,
        ChangeKind::MedicationStarted | ChangeKind::MedicationSwitched
    );
    let name = match (change.kind, known) {
        (ChangeKind::MedicationStarted, Some(known)) => known.name.clone(),
        _ if begins => name_in(what, first.map(|(_, (from, _))| *from)),
        _ => known.map(|m| m.name.clone()).unwrap_or_default(),
    };
    Listing {
        name,
        dose,
        how_often,
        prescriber: known.and_then(|m| m.prescriber),
    }
}

/// Words that stand before the name of a medicine that is begun.
const VERBS: [&str; 8] = [
    "start",
    "started",
    "begin",
    "began",
    "begun",
    "add",
    "added",
    "switched to",
];
/// Longer texts are no name.
const LONGEST_NAME: usize = 60;

/// The name before the dose, or before the first comma.
fn name_in(what: &str, dose_at: Option<usize>) -> String {
    let until = dose_at.or(what.find(',')).unwrap_or(what.len());
    let mut name = what.get(..until).unwrap_or_default();
    if let Some((_, after)) = name.rsplit_once(" to ") {
        name = after;
    }
    let mut name = name.trim_matches(|c: char| !c.is_alphanumeric());
    for verb in VERBS {
        let rest = name.get(..verb.len()).filter(|start| start.eq_ignore_ascii_case(verb));
        if let Some(rest) = rest
            .and_then(|_| name.get(verb.len()..))
            .filter(|rest| rest.starts_with(' '))
        {
            name = rest.trim();
        }
    }
    if LONGEST_NAME < name.len() || name.contains('\n') {
        return String::new();
    }
    name.to_owned()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> crate::journal::Day {
        text.parse().unwrap()
    }

    fn change(kind: ChangeKind, what: &str) -> TreatmentChange {
        TreatmentChange::made(day("2026-11-10"), kind, what.to_owned())
    }

    fn taken(dose: &str) -> Medication {
        Medication {
            dose: Some(dose.to_owned()),
            ..Medication::named(ThingId::from_random([1; 16]), "Testazepine".to_owned())
        }
    }

    #[test]
    fn only_what_the_words_say_in_one_way_is_taken_over() {
        use ChangeKind::{DoseChanged, MedicationStarted, MedicationSwitched};
        let table = [
            (
                MedicationStarted,
                "Start samplepram 10 mg once a day",
                None,
                "samplepram",
                Some("10 mg"),
            ),
            (MedicationStarted, "Samplepram", None, "Samplepram", None),
            (MedicationStarted, "samplepram 10 mg or 20 mg", None, "samplepram", None),
            (
                DoseChanged,
                "Testazepine from 50 mg to 100 mg",
                Some("50 mg"),
                "Testazepine",
                Some("100 mg"),
            ),
            (DoseChanged, "to 100mg", Some("50 mg"), "Testazepine", Some("100mg")),
            (
                DoseChanged,
                "50 to 100 mg",
                Some("50 mg"),
                "Testazepine",
                Some("100 mg"),
            ),
            (DoseChanged, "75-100 mg", Some("50 mg"), "Testazepine", None),
            (DoseChanged, "up to 1,000 mg", Some("500 mg"), "Testazepine", None),
            (DoseChanged, "75 mg, then 100 mg", Some("50 mg"), "Testazepine", None),
            (DoseChanged, "increase", Some("50 mg"), "Testazepine", None),
            (DoseChanged, "", None, "", None),
            (
                MedicationSwitched,
                "Switch from Testazepine 50 mg to samplepram 20 mg",
                Some("50 mg"),
                "samplepram",
                Some("20 mg"),
            ),
        ];
        for (kind, what, now, name, dose) in table {
            let known = now.map(taken);
            let said = said_of(&change(kind, what), known.as_ref());
            assert_eq!((said.name.as_str(), said.dose.as_deref()), (name, dose), "{what}");
        }
        let said = said_of(&change(DoseChanged, "100 mg twice a day"), Some(&taken("50 mg")));
        assert_eq!(said.how_often, Some(Frequency::TwiceDaily));
        let long = "x".repeat(10_000);
        assert_eq!(said_of(&change(MedicationStarted, &long), None).name, "");
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
