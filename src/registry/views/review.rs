//! The case review: the meeting's agenda, and one patient as the consultant sees them.

use serde::{Deserialize, Serialize};

use super::patient::{PatientView, RecommendationView};
use super::plan::MedicineView;
use crate::journal::{ChartId, Day, PersonId, ThingId};

views! {
    /// Whose patients a meeting is about.
    #[derive(Default)]
    pub struct MeetingQuery {
        /// Only this care manager's; and always safety, unassigned and covered patients.
        pub care_manager: Option<PersonId>,
        /// Patients who are not on the agenda and are discussed all the same.
        pub added: Vec<ChartId>,
    }
    /// A meeting: who is to be discussed, what was, and what is to be done after it.
    pub struct MeetingView {
        /// The clinic's day.
        pub today: Day,
        /// Patients in the order of discussion; those who were added last.
        pub rows: Vec<AgendaRow>,
        /// Patients who were reviewed today.
        pub held: Vec<HeldRow>,
        /// Patients who were left out today: first in the next meeting.
        pub skipped: Vec<SkippedRow>,
        /// Recommendations that nobody has sent to the PCP, the oldest first.
        pub unsent: Vec<UnsentRow>,
        /// Consultants on file.
        pub consultants: Vec<(PersonId, String)>,
        /// The day of the newest packet, in a consultant's browser.
        pub packet: Option<Day>,
        /// Patients of earlier packets who are not in the newest, by name.
        pub earlier: Vec<EarlierRow>,
    }
    /// A patient of an earlier packet.
    pub struct EarlierRow {
        /// Whose chart.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// Age, MRN.
        pub about: String,
        /// The last review.
        pub last_review: Option<Day>,
    }
    /// A patient to discuss.
    pub struct AgendaRow {
        /// Whose chart.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// Age, MRN.
        pub about: String,
        /// Why, in the order of discussion: `not improving`.
        pub group: String,
        /// Why, in a sentence.
        pub why: String,
        /// Open questions, the oldest first.
        pub questions: Vec<String>,
        /// The meeting that left the patient out, and why, while none was held since.
        pub skipped: Option<(Day, String)>,
        /// Last review in this episode.
        pub last_review: Option<Day>,
    }
    /// A patient who was reviewed.
    pub struct HeldRow {
        /// Whose chart.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// Whole minutes of case review that were booked for the day.
        pub minutes: u32,
        /// What was recommended.
        pub advice: Vec<String>,
    }
    /// A patient who was left out.
    pub struct SkippedRow {
        /// Whose chart.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// Why.
        pub why: String,
    }
    /// A recommendation that waits for a message to the PCP.
    pub struct UnsentRow {
        /// Whose chart.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// Which.
        pub recommendation: ThingId,
        /// The day of it.
        pub day: Day,
        /// The advice.
        pub text: String,
    }
    /// One patient for the consultant: nothing of anybody else.
    pub struct BriefView {
        /// The record, for scores, graphs and what stands.
        pub patient: PatientView,
        /// Who, and how it has gone: two lines.
        pub story: (String, String),
        /// Why the patient is discussed; `None` for one who was added by hand.
        pub why: Option<String>,
        /// Open questions, the oldest first.
        pub questions: Vec<String>,
        /// The meeting that left the patient out, and why.
        pub skipped: Option<(Day, String)>,
        /// The latest answer to a safety item, in words.
        pub safety_item: String,
        /// Medicines that are taken, with how long at the dose and what was said about taking them.
        pub medicines: Vec<MedicineView>,
        /// Treatment changes with the effect seen, the latest first.
        pub changes: Vec<String>,
        /// All recommendations, the latest first, with what became of them.
        pub advice: Vec<RecommendationView>,
        /// The last review in this episode.
        pub last_review: Option<Day>,
    }
}
