//! The codes. CPT codes are copyright of the American Medical Association; their descriptors aren't here.

use serde::Serialize;

use crate::journal::facts::Programme;

/// A billing code. Descriptors are the AMA's and aren't here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// General behavioral health integration, one a month.
    C99484,
    /// First 30 minutes of collaborative care in a month.
    G2214,
    /// Collaborative care, initial month.
    C99492,
    /// Collaborative care, later month.
    C99493,
    /// Each further 30 minutes, with 99492 or 99493 only.
    C99494,
    /// General integration by a psychologist, social worker, counselor or family therapist under their own NPI.
    G0323,
    /// Collaborative care of a federally qualified or rural health center, by month.
    G0512,
    /// Collaborative care, first month, as an add-on to advanced primary care management.
    G0568,
    /// Collaborative care, later month, as such an add-on.
    G0569,
    /// General integration, as such an add-on.
    G0570,
    /// Advanced primary care management, one or no chronic condition.
    G0556,
    /// Advanced primary care management, two or more.
    G0557,
    /// Advanced primary care management, two or more, Qualified Medicare Beneficiary.
    G0558,
}

use Code::*;

/// Code, what it is in our own words, and what it stands for in a sentence. Minutes are those of the default profile.
const TABLE: [(Code, &str, &str, &str); 13] = [
    (
        C99492,
        "99492",
        "collaborative care, the initial month",
        "Collaborative care, the first calendar month: 70 minutes, from 36 on by the midpoint rule.",
    ),
    (
        C99493,
        "99493",
        "collaborative care, a later month",
        "Collaborative care, any later month: 60 minutes, from 31 on by the midpoint rule.",
    ),
    (
        C99494,
        "99494",
        "collaborative care, each further half hour",
        "Each further half hour of a month of 99492 or 99493, from 16 minutes past its full time on.",
    ),
    (
        G2214,
        "G2214",
        "collaborative care, a short month",
        "Collaborative care in a short month, first or later, in which the minutes don't reach 99492 or 99493. Not every \
         payer covers it, and sources differ on whether it takes 16 or 30 minutes.",
    ),
    (
        C99484,
        "99484",
        "general behavioral health integration, the month",
        "General behavioral health integration: a month of at least 20 minutes, without a registry or a psychiatric \
         consultant. Not together with the others.",
    ),
    (
        G0323,
        "G0323",
        "general integration under a therapist's own NPI",
        "General behavioral health integration of at least 20 minutes by a clinical psychologist, social worker, counselor \
         or family therapist who reports it under their own NPI.",
    ),
    (
        G0512,
        "G0512",
        "collaborative care of a health center, the month",
        "Collaborative care of a federally qualified or rural health center, at full time. Medicare ended it on 1 January \
         2026; some Medicaid programs still use it.",
    ),
    (
        G0568,
        "G0568",
        "collaborative care with advanced primary care, the initial month",
        "Takes the place of 99492 where the same practitioner reports advanced primary care management in the month. Its \
         descriptor has no minutes.",
    ),
    (
        G0569,
        "G0569",
        "collaborative care with advanced primary care, a later month",
        "Takes the place of 99493 where the same practitioner reports advanced primary care management in the month. Its \
         descriptor has no minutes.",
    ),
    (
        G0570,
        "G0570",
        "general integration with advanced primary care",
        "Takes the place of 99484 where the same practitioner reports advanced primary care management in the month.",
    ),
    (
        G0556,
        "G0556",
        "advanced primary care management, one or no chronic condition",
        "The base month of advanced primary care management; the practice reports it, Caseload doesn't.",
    ),
    (
        G0557,
        "G0557",
        "advanced primary care management, two or more chronic conditions",
        "The base month of advanced primary care management; the practice reports it, Caseload doesn't.",
    ),
    (
        G0558,
        "G0558",
        "advanced primary care management, Qualified Medicare Beneficiary",
        "The base month of advanced primary care management; the practice reports it, Caseload doesn't.",
    ),
];

impl Code {
    /// All codes that minutes can support, the base codes first.
    pub const ALL: [Self; 10] = [C99492, C99493, C99494, G2214, C99484, G0323, G0512, G0568, G0569, G0570];

    fn row(self) -> (&'static str, &'static str, &'static str) {
        let row = TABLE.iter().find(|(code, ..)| *code == self);
        row.map_or(("", "", ""), |(_, text, meaning, about)| (text, meaning, about))
    }
    /// The code as a claim has it.
    pub fn as_str(self) -> &'static str {
        self.row().0
    }
    /// The code of a claim's text, where it is one of these.
    pub fn named(text: &str) -> Option<Self> {
        let row = TABLE
            .iter()
            .find(|(_, code, ..)| code.eq_ignore_ascii_case(text.trim()));
        row.map(|(code, ..)| *code)
    }
    /// What it is, in our own words.
    pub fn meaning(self) -> &'static str {
        self.row().1
    }
    /// What it stands for and when it is reached, in a sentence of our own; the minutes are those of the default
    /// profile (section 3 of the sources named in `values.rs`).
    pub fn about(self) -> &'static str {
        self.row().2
    }
    /// The programme that it reports; `None` for what the practice itself reports beside it.
    pub fn programme(self) -> Option<Programme> {
        match self {
            C99492 | C99493 | C99494 | G2214 | G0512 | G0568 | G0569 => Some(Programme::Cocm),
            C99484 | G0323 | G0570 => Some(Programme::GeneralBhi),
            G0556 | G0557 | G0558 => None,
        }
    }
    /// Whether it is an add-on to advanced primary care management.
    pub fn is_apcm_add_on(self) -> bool {
        matches!(self, G0568 | G0569 | G0570)
    }
    /// Whether it is a base month of advanced primary care management.
    pub fn is_apcm_base(self) -> bool {
        matches!(self, G0556 | G0557 | G0558)
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

/// A code with its units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CodeUnits {
    /// Which code.
    pub code: Code,
    /// How many units.
    pub units: u32,
}

impl CodeUnits {
    /// One unit.
    pub(super) fn one(code: Code) -> Self {
        Self { code, units: 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_text_and_is_found_by_it() {
        for (code, text, ..) in TABLE {
            assert_eq!((code.as_str(), Code::named(text)), (text, Some(code)));
            assert!(!code.meaning().is_empty() && code.about().ends_with('.'));
        }
        assert_eq!(Code::named(" g2214 "), Some(G2214));
        assert_eq!(Code::named("99213"), None);
    }
}
