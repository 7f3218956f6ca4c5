//! Whom a handoff brings who may be somebody who is here already.

use std::collections::{BTreeMap, BTreeSet};

use super::Handoff;
use super::preview::{Local, LocalPatient};
use crate::care::{birth_key, fold, mrn_key, telephone_key};
use crate::journal::{ChartId, Day, Fact};

/// Two charts that may be one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SamePersonHint {
    /// The chart that the handoff brings.
    pub theirs: ChartId,
    /// The chart that is here, or another one of the handoff.
    pub ours: ChartId,
    /// Why.
    pub because: Likeness,
}

/// Why two charts may be one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same medical record number.
    Mrn,
    /// Like names, and the same date of birth.
    NameAndBirth,
    /// Like names, and the same telephone number.
    NameAndPhone,
}

/// Charts of the handoff that may be one person with another, and that nobody has decided on.
pub(super) fn same_person(newcomers: &[LocalPatient], handoff: &Handoff, local: &impl Local) -> Vec<SamePersonHint> {
    let mut decided = local.same_person();
    for entry in handoff.entries() {
        if let Fact::SamePerson(same) = entry.fact() {
            decided.insert((entry.chart(), same.other));
        }
    }
    let mut by_mrn: BTreeMap<String, Vec<ChartId>> = BTreeMap::new();
    let mut by_name: BTreeMap<(String, Day), Vec<ChartId>> = BTreeMap::new();
    let mut by_phone: BTreeMap<(String, String), Vec<ChartId>> = BTreeMap::new();
    let theirs: BTreeSet<ChartId> = newcomers.iter().map(|p| p.chart).collect();
    let ours: Vec<LocalPatient> = local
        .patients()
        .into_iter()
        .filter(|p| !theirs.contains(&p.chart))
        .collect();
    for patient in ours.iter().chain(newcomers) {
        if let Some(key) = patient.mrn.as_deref().and_then(mrn_key) {
            by_mrn.entry(key).or_default().push(patient.chart);
        }
        if let Some(key) = birth_key(&patient.given, &patient.family, patient.birth) {
            by_name.entry(key).or_default().push(patient.chart);
        }
        if let Some(key) = phone_key(patient) {
            by_phone.entry(key).or_default().push(patient.chart);
        }
    }
    let mut hints = Vec::new();
    let mut paired = BTreeSet::new();
    for patient in newcomers {
        let mrn = patient.mrn.as_deref().and_then(mrn_key);
        let name = birth_key(&patient.given, &patient.family, patient.birth);
        let like_mrn = mrn.and_then(|k| by_mrn.get(&k)).into_iter().flatten();
        let like_name = name.and_then(|k| by_name.get(&k)).into_iter().flatten();
        let like_phone = phone_key(patient).and_then(|k| by_phone.get(&k)).into_iter().flatten();
        let likes = like_mrn
            .map(|c| (*c, Likeness::Mrn))
            .chain(like_name.map(|c| (*c, Likeness::NameAndBirth)))
            .chain(like_phone.map(|c| (*c, Likeness::NameAndPhone)));
        for (other, because) in likes {
            let theirs = patient.chart;
            let known = decided.contains(&(theirs, other)) || decided.contains(&(other, theirs));
            if other != theirs && !known && paired.insert((theirs.min(other), theirs.max(other))) {
                hints.push(SamePersonHint {
                    theirs,
                    ours: other,
                    because,
                });
            }
        }
    }
    hints
}

/// A name with its telephone number, as both are compared.
fn phone_key(patient: &LocalPatient) -> Option<(String, String)> {
    let name = format!("{} {}", fold(&patient.family), fold(&patient.given));
    let phone = patient.phone.as_deref().and_then(telephone_key);
    phone.filter(|_| name.trim().len() > 1).map(|phone| (name, phone))
}
