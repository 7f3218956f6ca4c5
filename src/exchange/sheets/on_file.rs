//! Patients on file, for rows to be compared with: one MRN with two people, one person with two MRNs.

use std::collections::BTreeMap;

use crate::care::{birth_key, fold, mrn_key};
use crate::journal::Day;

/// A patient on file, as far as a row is compared with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnFile {
    /// Name, family name first.
    pub name: String,
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// Date of birth.
    pub birth: Option<Day>,
    /// Medical record number.
    pub mrn: Option<String>,
}

impl OnFile {
    /// Whether a row with this patient's MRN is about somebody else: another name and another date of birth. One of the
    /// two alone may be a typing error or a marriage.
    pub(super) fn is_somebody_else(&self, given: &str, family: &str, birth: Option<Day>) -> bool {
        let other_name = fold(&self.family) != fold(family) || fold(&self.given) != fold(given);
        let other_birth = birth.zip(self.birth).is_some_and(|(row, here)| row != here);
        other_name && other_birth
    }
    /// Name, birth date and MRN, to tell by.
    pub(super) fn words(&self) -> String {
        let born = self
            .birth
            .map_or_else(String::new, |day| format!(", born {}", day.date().format("%-d %b %Y")));
        let mrn = self.mrn.as_ref().map_or_else(String::new, |mrn| format!(", MRN {mrn}"));
        format!("{}{born}{mrn}", self.name)
    }
}

/// All patients on file, by what they are compared by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnFiles {
    by_mrn: BTreeMap<String, OnFile>,
    by_name: BTreeMap<(String, Day), OnFile>,
}

impl OnFiles {
    /// Adds a patient.
    pub fn add(&mut self, given: &str, family: &str, birth: Option<Day>, mrn: Option<&str>) {
        let name = match given.is_empty() {
            true => family.to_owned(),
            false => format!("{family}, {given}"),
        };
        let patient = OnFile {
            name,
            given: given.to_owned(),
            family: family.to_owned(),
            birth,
            mrn: mrn.map(str::to_owned),
        };
        if let Some(key) = mrn.and_then(mrn_key) {
            self.by_mrn.entry(key).or_insert_with(|| patient.clone());
        }
        if let Some(key) = birth_key(given, family, birth) {
            self.by_name.entry(key).or_insert(patient);
        }
    }
    /// Who has this MRN.
    pub fn with_mrn(&self, mrn: &str) -> Option<OnFile> {
        self.by_mrn.get(&mrn_key(mrn)?).cloned()
    }
    /// Who has this name and date of birth.
    pub fn named(&self, given: &str, family: &str, birth: Day) -> Option<OnFile> {
        self.by_name.get(&birth_key(given, family, Some(birth))?).cloned()
    }
}
