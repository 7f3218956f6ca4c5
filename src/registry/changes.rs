//! What a handoff would change, a patient each, in words.

use std::collections::BTreeMap;

use super::books::Books;
use super::open::count;
use super::views::ChangeRow;
use crate::exchange::handoff::{Likeness, News, Preview, Tally};
use crate::flowsheet::Flowsheet;
use crate::journal::{ChartId, Slot};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// A row for each patient who gets something new: safety first, then what has to be looked at, then by name.
    pub fn changes(&self, preview: &Preview) -> Vec<ChangeRow> {
        let theirs: BTreeMap<ChartId, String> = preview
            .charts
            .iter()
            .filter_map(|c| {
                Some((
                    c.chart,
                    format!("{}, {}", c.patient.as_ref()?.family, c.patient.as_ref()?.given),
                ))
            })
            .collect();
        let name = |chart: ChartId| {
            let here = self.sheets.get(&chart).map(Flowsheet::list_name);
            here.or_else(|| theirs.get(&chart).cloned())
                .unwrap_or_else(|| "a patient".to_owned())
        };
        let mut like: BTreeMap<ChartId, Vec<String>> = BTreeMap::new();
        for hint in &preview.same_person {
            let alike = match hint.because {
                Likeness::Mrn => "the same MRN",
                Likeness::NameAndBirth => "a like name and the same date of birth",
                Likeness::NameAndPhone => "a like name and the same telephone number",
            };
            let words = format!("{} has {alike}. Both records are kept.", name(hint.ours));
            like.entry(hint.theirs).or_default().push(words);
        }
        let mut damaged: BTreeMap<ChartId, u32> = BTreeMap::new();
        for (chart, _) in &preview.damaged {
            *damaged.entry(*chart).or_default() += 1;
        }
        let own = self.office.chart;
        let mut rows: Vec<(bool, ChangeRow)> = preview
            .charts
            .iter()
            .map(|c| {
                let row = ChangeRow {
                    chart: (c.chart != own).then_some(c.chart),
                    name: match c.chart == own {
                        true => "The clinic\u{2019}s people and settings".to_owned(),
                        false => name(c.chart),
                    },
                    is_new: c.is_new,
                    news: c.news.iter().map(|(kind, tally)| news_words(*kind, tally)).collect(),
                    forks: c.forks.iter().map(|fork| slot_words(&fork.slot).to_owned()).collect(),
                    damaged: damaged.get(&c.chart).copied().unwrap_or_default(),
                    same_person: like.remove(&c.chart).unwrap_or_default(),
                };
                (c.news.contains_key(&News::Safety), row)
            })
            .collect();
        rows.sort_by_cached_key(|(is_safety, row)| {
            let to_look_at = !row.forks.is_empty() || row.damaged > 0 || !row.same_person.is_empty();
            (!is_safety, !to_look_at, row.name.to_lowercase())
        });
        rows.into_iter().map(|(_, row)| row).collect()
    }
}

/// How much of a kind is new, in words, and its newest date.
fn news_words(kind: News, tally: &Tally) -> (String, Option<crate::journal::Day>) {
    let (one, many) = match kind {
        News::Safety => ("safety entry", "safety entries"),
        News::Score => ("score", "scores"),
        News::Contact => ("contact", "contacts"),
        News::Attempt => ("attempt", "attempts"),
        News::Time => ("minute", "minutes"),
        News::Review => ("case-review entry", "case-review entries"),
        News::Treatment => ("treatment entry", "treatment entries"),
        News::Course => (
            "change of status or responsibility",
            "changes of status or responsibility",
        ),
        News::Plan => ("appointment or plan", "appointments or plans"),
        News::Note => ("note or message", "notes or messages"),
        News::Correction => ("correction", "corrections"),
        News::Details => ("change of details", "changes of details"),
        News::Other => ("other entry", "other entries"),
    };
    let number = match kind {
        News::Time => tally.seconds.whole_minutes(),
        _ => count(tally.entries),
    };
    (
        format!("{number} {}", if number == 1 { one } else { many }),
        tally.newest,
    )
}

/// What a slot is about, in words.
pub(super) fn slot_words(slot: &Slot) -> &'static str {
    match slot {
        Slot::Registration => "name, birth date or contact details",
        Slot::SamePerson(_) => "whether two records are one person",
        Slot::Payer => "the payer",
        Slot::Consent(_) => "consent",
        Slot::Release(_) => "a release of information",
        Slot::Referral(_) => "the referral",
        Slot::Episode(_) => "the episode",
        Slot::Status(_) => "the status",
        Slot::Assignment => "the care manager",
        Slot::Appointment(_) => "an appointment",
        Slot::ContactPlan(_) => "when the next contact is due",
        Slot::MeasurePlan(_, _) => "how progress is measured",
        Slot::Diagnosis(_) => "a diagnosis",
        Slot::Condition(_) => "a medical condition",
        Slot::Goal(_) => "a goal",
        Slot::PlanSection(_) => "a section of the plan",
        Slot::Barrier(_) => "a barrier",
        Slot::RelapsePlan => "the relapse-prevention plan",
        Slot::Medication(_) => "a medication",
        Slot::Recommendation(_) => "a recommendation",
        Slot::Answer(_) => "the answer to a recommendation",
        Slot::Task(_) => "a task",
        Slot::OutgoingReferral(_) => "a referral out",
        Slot::Concern(_) => "whether a safety concern is open",
        Slot::SafetyPlan => "the safety plan",
        Slot::Person(_) => "somebody's details",
        Slot::Clinic => "the clinic's details",
        Slot::Protocol => "the protocol's numbers",
        Slot::PayerProfile(_) => "a payer profile",
        Slot::Resource(_) => "a resource",
        Slot::Template(_) => "a template",
        Slot::MonthLock(_) => "whether a month is closed",
        Slot::ColumnMapping(_) => "how a sheet is read",
        Slot::Correction(_) => "a correction",
        Slot::OwnInstrument(_) => "a measure of the clinic\u{2019}s own",
        Slot::MeasureSettings => "what is chosen for measures",
        Slot::EhrStart => "from when on notes wait for the EHR",
        Slot::PatientMode => "what was agreed on for forms that patients fill in alone",
        Slot::CareTeam(_) => "somebody of the care team",
        Slot::Area(_) => "an area of the initial assessment",
        Slot::Mark(..) => "a mark",
        Slot::Permissions => "permissions",
        Slot::MinorCare => "the care of a minor",
        Slot::PlannedIntervention(_) => "an intervention of the plan",
        Slot::PlanReview => "when the plan is gone through",
        Slot::PlannedActivity(_) => "a planned activity",
        Slot::ProblemSheet(_) => "a problem-solving sheet",
        Slot::TreatmentChange(_) => "a treatment change",
        Slot::MinimumDoses => "the clinic\u{2019}s own minimum doses",
        Slot::SupervisionPoint(_) => "a point of supervision",
        Slot::SupervisionSession(_) => "a session of supervision",
        Slot::RecordAudit(_) => "an audit of records",
        Slot::FeeSchedule(..) => "a fee schedule",
        Slot::PayerChoice(_) => "from when on a payer takes G2214",
        Slot::MonthPart(_) => "part of a closed month",
        Slot::OwnActivity(_) => "an activity of the clinic\u{2019}s own",
    }
}
