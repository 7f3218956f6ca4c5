//! What stands against a medicine that is being written down: an allergy on record to something of its name, or the same
//! medicine on the list already. By words alone: it knows no classes of medicines and no interactions.

use crate::journal::facts::Medication;

/// What stands against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// An allergy or intolerance, as it is on record.
    Allergy(String),
    /// A medicine that is taken, by its name on the list.
    Taken(String),
}

/// Words of many medicines' names, which say nothing of what is in them.
const COMMON: [&str; 22] = [
    "acid",
    "allergy",
    "allergic",
    "calcium",
    "capsule",
    "capsules",
    "chloride",
    "citrate",
    "delayed",
    "extended",
    "fumarate",
    "hydrochloride",
    "intolerance",
    "maleate",
    "medication",
    "medicine",
    "potassium",
    "release",
    "sodium",
    "sulfate",
    "tablet",
    "tablets",
];

/// The shortest beginning by which two words are taken for one: `penicillin` and `penicillins`, `sulfa` and
/// `sulfamethoxazole`.
const BEGINNING: usize = 5;

/// All that stands against a medicine of this name.
pub fn clashes<'m>(name: &str, allergic_to: &[String], taken: impl IntoIterator<Item = &'m Medication>) -> Vec<Clash> {
    let words = telling_words(name);
    let alike = |other: &str| {
        telling_words(other)
            .iter()
            .any(|other| words.iter().any(|word| is_alike(word, other)))
    };
    let allergies = allergic_to.iter().filter(|allergy| alike(allergy));
    let twice = taken.into_iter().filter(|medicine| alike(&medicine.name));
    let allergies = allergies.map(|allergy| Clash::Allergy(allergy.clone()));
    allergies
        .chain(twice.map(|medicine| Clash::Taken(medicine.name.clone())))
        .collect()
}

/// The words of a name that tell what is in it, in small letters.
fn telling_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    words
        .filter(|word| word.chars().count() > 3 && !COMMON.contains(&word.as_str()))
        .collect()
}

fn is_alike(one: &str, other: &str) -> bool {
    let shorter = one.chars().count().min(other.chars().count());
    one == other || (shorter >= BEGINNING && (one.starts_with(other) || other.starts_with(one)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::ThingId;

    #[test]
    fn a_medicine_of_an_allergys_name_and_one_that_is_taken_already_are_found_by_their_words() {
        let taken = Medication::named(ThingId::from_random([1; 16]), "Sertraline HCl".to_owned());
        let allergic = [
            "Penicillins".to_owned(),
            "sulfa drugs (rash)".to_owned(),
            "valproic acid".to_owned(),
        ];
        let allergy = |text: &str| Clash::Allergy(text.to_owned());
        let table = [
            ("penicillin V potassium", vec![allergy("Penicillins")]),
            ("Sulfamethoxazole-trimethoprim", vec![allergy("sulfa drugs (rash)")]),
            ("sertraline 50 mg", vec![Clash::Taken("Sertraline HCl".to_owned())]),
            ("folic acid", vec![]),
            ("potassium chloride", vec![]),
            ("escitalopram", vec![]),
            ("", vec![]),
        ];
        for (name, expected) in table {
            assert_eq!(clashes(name, &allergic, [&taken]), expected, "{name}");
        }
        assert_eq!(
            clashes("sertraline", &["SERTRALINE".to_owned()], []),
            [allergy("SERTRALINE")]
        );
    }
}
