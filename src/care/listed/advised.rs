//! A recommendation that was carried out becomes a treatment change: what its words say of the kind and the medicine.

use crate::journal::facts::{ChangeKind, ChangeState, Medication, Recommendation, TreatmentChange};
use crate::journal::{Day, Fact, Folded, Slot, ThingId};

use super::said::said_of;
use super::{is_named, words_of};

/// Words by which a medicine takes the place of another.
const SWITCHES: [&str; 6] = ["switch", "switched", "replace", "replaced", "change", "changed"];
/// Words by which a medicine ends.
const STOPS: [&str; 5] = ["stop", "stopped", "discontinue", "discontinued", "taper"];

/// The treatment change that a recommendation comes to, made on a day, for the form to start with. `taken` are the
/// medicines that are taken. Where the words don't say for certain what kind it is, it is [`ChangeKind::Other`], and the
/// form asks.
pub fn advised_change(advice: &Recommendation, on: Day, taken: &[&Medication]) -> TreatmentChange {
    let made = TreatmentChange {
        recommendation: Some(advice.recommendation),
        ..TreatmentChange::made(on, ChangeKind::Other, advice.text.clone())
    };
    let words = words_of(&advice.text);
    let has = |some: &[&str]| words.iter().any(|word| some.contains(&word.as_str()));
    let named: Vec<&&Medication> = taken.iter().filter(|medicine| is_named(medicine, &made)).collect();
    let of = |kind, medicine: Option<&Medication>| TreatmentChange {
        kind,
        medication: medicine.map(|medicine| medicine.medication),
        ..made.clone()
    };
    match named.as_slice() {
        [] => {
            let begun = of(ChangeKind::MedicationStarted, None);
            match said_of(&begun, None).is_certain(ChangeKind::MedicationStarted) {
                true => begun,
                false => made,
            }
        }
        [only] => {
            let switched = of(ChangeKind::MedicationSwitched, Some(only));
            let another = of(ChangeKind::DoseChanged, Some(only));
            let begins_another = !said_of(&switched, Some(only)).name.is_empty() && words.iter().any(|w| w == "to");
            if has(&SWITCHES) && begins_another {
                switched
            } else if has(&STOPS) {
                of(ChangeKind::MedicationStopped, Some(only))
            } else if said_of(&another, Some(only)).dose.is_some() {
                another
            } else {
                of(ChangeKind::Other, Some(only))
            }
        }
        _ => made,
    }
}

/// The changes that were made to carry out a recommendation, the earliest first.
pub fn carried_out_as(folded: &Folded, recommendation: ThingId) -> Vec<&TreatmentChange> {
    let change = |slot: &Slot| match (slot, &folded.head(slot)?.fact) {
        (Slot::TreatmentChange(_), Fact::TreatmentChange(change)) => Some(change),
        _ => None,
    };
    let is_it = |change: &&TreatmentChange| {
        change.recommendation == Some(recommendation) && change.stands() == ChangeState::Made
    };
    // An older change has no versions and no slot.
    let alone = folded.live().iter().filter_map(|live| match &live.fact {
        Fact::TreatmentChange(change) if change.change.is_none() => Some(change),
        _ => None,
    });
    let mut made: Vec<&TreatmentChange> = folded.slots().filter_map(change).chain(alone).filter(is_it).collect();
    made.sort_by_key(|change| change.day);
    made
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, taken};
    use super::*;

    #[test]
    fn advice_names_the_kind_and_the_medicine_only_where_its_words_do() {
        use ChangeKind::{DoseChanged, MedicationStarted, MedicationStopped, MedicationSwitched, Other};
        let table = [
            ("Start samplepram 10 mg once a day", MedicationStarted, false),
            ("Start samplepram", Other, false),
            ("Start behavioural activation", Other, false),
            ("Increase testazepine to 100 mg", DoseChanged, true),
            ("Testazepine 100 mg", DoseChanged, true),
            ("Increase testazepine", Other, true),
            ("Stop testazepine", MedicationStopped, true),
            ("Switch from testazepine to samplepram 20 mg", MedicationSwitched, true),
            ("Change testazepine to 100 mg", DoseChanged, true),
            ("See again in two weeks", Other, false),
            ("", Other, false),
        ];
        let known = taken("50 mg");
        for (text, kind, names) in table {
            let id = ThingId::from_random([8; 16]);
            let advice = Recommendation::in_words(id, day("2026-11-10"), text.to_owned(), None);
            let change = advised_change(&advice, day("2026-11-12"), &[&known]);
            assert_eq!(change.kind, kind, "{text}");
            assert_eq!(change.medication.is_some(), names, "{text}");
            assert_eq!(change.recommendation, Some(advice.recommendation), "{text}");
            assert_eq!((change.what.as_str(), change.day), (text, day("2026-11-12")));
        }
    }
}
