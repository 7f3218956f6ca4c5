//! One patient.

use serde::{Deserialize, Serialize};

use super::codes::{SafetyMark, TimelineKind};
use super::day::{FoundPatient, ScoreCells, TodayItem};
use super::files::MonthRowView;
use super::learned::{AssessedView, MayView};
use crate::graphs::History;
use crate::journal::facts::{Assessment, ConcernKind, Level, Protection, Registration, Status};
use crate::journal::{ChartId, Day, EntryId, EpisodeId, Fact, Stamp, ThingId, When};

views! {
    /// One patient.
    pub struct PatientView {
        /// Whose.
        pub chart: ChartId,
        /// The clinic's day.
        pub today: Day,
        /// Registration as it stands.
        #[serde(with = "crate::journal::as_json")]
        pub registration: Registration,
        /// The entry that holds the registration.
        pub registration_entry: Option<EntryId>,
        /// Age in years.
        pub age: Option<u32>,
        /// Names that are like this one: name and date of birth.
        pub alike: Vec<FoundPatient>,
        /// The current episode.
        pub episode: Option<EpisodeId>,
        /// Status.
        #[serde(with = "crate::journal::as_json")]
        pub status: Option<Status>,
        /// Status in words, with the week.
        pub status_line: String,
        /// Treating clinician's name.
        pub clinician: Option<String>,
        /// Care manager's name.
        pub care_manager: Option<String>,
        /// Why the patient is on the list: the strongest reason first.
        pub reasons: Vec<TodayItem>,
        /// When the next reason would come up, in words.
        pub coming: Vec<String>,
        /// Safety concerns, open ones first.
        pub concerns: Vec<ConcernView>,
        /// Whether there is a safety plan, and of which day.
        pub safety_plan: Option<Day>,
        /// Measures with a score, the episode's target first.
        pub measures: Vec<MeasureView>,
        /// All that graphs can be drawn of.
        pub history: History,
        /// How the episode is measured; `None` without an episode.
        pub measure_plan: Option<MeasurePlanView>,
        /// What happened, newest first.
        pub timeline: Vec<TimelineRow>,
        /// Diagnoses as they stand.
        pub diagnoses: Vec<String>,
        /// Medicines as they stand, with weeks.
        pub medicines: Vec<String>,
        /// Treatment changes, newest first.
        pub treatments: Vec<String>,
        /// Plan sections and goals, in words.
        pub plan: Vec<(String, String)>,
        /// Open recommendations and where they stand.
        pub recommendations: Vec<RecommendationView>,
        /// Open tasks.
        pub tasks: Vec<TaskView>,
        /// Consent in words.
        pub consent: String,
        /// The service month of today.
        pub month: MonthRowView,
        /// Forks to settle.
        pub forks: Vec<ForkView>,
        /// Entries that this version can't read.
        pub unreadable: u32,
        /// What a caller has to know before calling.
        pub may: MayView,
        /// Where the initial assessment stands.
        pub assessed: AssessedView,
    }
    /// A safety concern.
    pub struct ConcernView {
        /// Which.
        pub concern: ThingId,
        /// What about.
        pub kind: ConcernKind,
        /// How urgent.
        pub level: Level,
        /// What opened it, with the rule's source.
        pub because: String,
        /// When.
        pub opened: When,
        /// From when on an answer is one to it: since it was opened, or its steps last started again.
        pub answers_since: When,
        /// When and by whom it was closed.
        pub closed: Option<String>,
        /// Whether it is open.
        pub open: bool,
        /// What the structured second steps found, in words: `ASQ acute positive today 09:10`.
        pub found: Option<String>,
        /// The day of the second step that found thoughts right now, a plan or an intent.
        pub acute: Option<Day>,
        /// What was decided when it was brought in, and when.
        pub decided: Option<String>,
        /// Second step done.
        pub second_step: Option<When>,
        /// Clinician told.
        pub clinician_told: Option<When>,
        /// Next contact agreed.
        pub next_contact: Option<Day>,
        /// By when each step is due while it is open: second step, telling the clinician, next contact.
        pub due: StepsDue,
        /// Whether nobody has decided on it yet.
        pub untriaged: bool,
        /// How long it stood open, in words, up to now while it does.
        pub stood: String,
        /// Deadlines that were missed, in words.
        pub missed: Vec<String>,
        /// The last day of the watch over it, while that runs.
        pub watch: Option<Day>,
        /// The last day for a next contact that is agreed today, by the protocol.
        pub contact_by: Day,
        /// Whether the answer that opened it doesn't stand any more: it may be closed as typed in error.
        pub typed_in_error: bool,
        /// The last day of the watch if it were closed today.
        pub watch_if_closed: Day,
    }
    /// When the steps of an open concern are due, in words such as `due today` or `late, was due Wed 18 Nov`; `None`
    /// for a step that is done, or not needed.
    #[derive(Default)]
    pub struct StepsDue {
        /// The decision on an imported concern.
        pub triage: Option<String>,
        /// The structured second step.
        pub second_step: Option<String>,
        /// Telling the clinician.
        pub clinician: Option<String>,
        /// The next contact with the patient; `None` while a day that was agreed lies ahead.
        pub next_contact: Option<String>,
    }
    /// One instrument over time.
    pub struct MeasureView {
        /// Instrument id.
        pub instrument: String,
        /// Short title.
        pub title: String,
        /// First, last, change.
        pub cells: ScoreCells,
        /// Highest possible total.
        pub max: u16,
        /// Which score is the baseline and why, in words.
        pub baseline: String,
        /// Each named definition: name, whether it holds, and its rule.
        pub outcomes: Vec<(String, Option<bool>, String)>,
        /// Where the definitions disagree: which hold, which don't and why not; and what a metric does not count.
        pub disagreement: Option<String>,
        /// What else the latest answers and totals give, one line an instrument: "PHQ-2 5, positive, from the same PHQ-9".
        pub derived: Vec<String>,
        /// Every administration, oldest first.
        pub scores: Vec<ScorePoint>,
    }
    /// How the episode is measured.
    pub struct MeasurePlanView {
        /// The day on which the episode opened.
        pub opened: Day,
        /// The instrument that the episode is judged by, when a person chose it.
        pub target: Option<String>,
        /// The instrument that it is judged by, chosen or not.
        pub judged_by: String,
        /// Each instrument of the plan, those that are stopped last.
        pub lines: Vec<PlanLine>,
        /// Days between measures by the protocol: in treatment, after response, in relapse prevention.
        pub protocol: [u32; 3],
        /// The protocol's name.
        pub protocol_name: String,
    }
    /// How the episode is measured by one instrument.
    pub struct PlanLine {
        /// Instrument id.
        pub instrument: String,
        /// Short title.
        pub title: String,
        /// The plan's own interval, in days.
        pub every: Option<u32>,
        /// The plan's own interval from response on, in days.
        pub after_response: Option<u32>,
        /// The first day on which it is not taken any more.
        pub stopped: Option<Day>,
        /// How often, in words, with where that comes from.
        pub cadence: String,
        /// When it is due: the clock's sentence; what clears it.
        pub due: Option<(String, String)>,
        /// The baseline.
        pub baseline: Option<BaselineView>,
        /// The one that the rule alone gives, where a person chose another.
        pub by_rule: Option<BaselineView>,
        /// Why a person chose it.
        pub reason: Option<String>,
    }
    /// A score that others are compared with.
    pub struct BaselineView {
        /// The administration.
        pub entry: EntryId,
        /// Total, day and rule: `17 (Thu 24 Sep, first in episode)`.
        pub words: String,
    }
    /// What an administration is to the baseline.
    pub enum SinceBaseline {
        /// There is no baseline, or it is from before the episode.
        Nothing,
        /// It is the baseline.
        Baseline,
        /// It comes before the baseline.
        Earlier,
        /// Later: what changed.
        Change {
            /// Points; negative when it fell.
            points: i32,
            /// Percent of the baseline; `None` for a baseline of 0.
            percent: Option<i32>,
            /// Names of the definitions that hold.
            holds: Vec<String>,
        },
    }
    /// One administration.
    pub struct ScorePoint {
        /// The entry.
        pub entry: EntryId,
        /// When.
        pub at: When,
        /// The clinic's day.
        pub day: Day,
        /// Total.
        pub total: Option<u16>,
        /// Severity in words, or what is missing.
        pub label: String,
        /// The safety item.
        pub safety: SafetyMark,
        /// What changed since the baseline.
        pub since: SinceBaseline,
        /// What was answered.
        #[serde(with = "crate::journal::as_json")]
        pub assessment: Assessment,
    }
    /// One thing that happened.
    pub struct TimelineRow {
        /// The entry.
        pub entry: EntryId,
        /// When.
        pub at: When,
        /// Kind, for the filter.
        pub kind: TimelineKind,
        /// One line.
        pub line: String,
        /// More, such as a note.
        pub more: Option<String>,
        /// Who.
        pub by: String,
        /// When it was written down.
        pub stamp: Stamp,
        /// Whether it was corrected.
        pub corrected: bool,
        /// The fact, for correcting it.
        pub fact: Fact,
        /// Why it is held back from what leaves; empty when it is free.
        pub marks: Vec<Protection>,
        /// What it said before it was corrected, and who corrected it, when and why.
        pub before: Option<String>,
        /// Where an entry of a trainee stands: `entered by B. Ito, trainee; co-signature pending`.
        pub signature: Option<String>,
    }
    /// A recommendation.
    pub struct RecommendationView {
        /// Which.
        pub recommendation: ThingId,
        /// The day of it.
        pub day: Day,
        /// The advice.
        pub text: String,
        /// Where it stands.
        pub state: String,
        /// Whether it was accepted and no treatment change says yet what was done.
        pub is_to_write: bool,
        /// The letter in which it went out, and when, while its answer is waited for.
        pub letter: Option<(EntryId, When)>,
    }
    /// A task.
    pub struct TaskView {
        /// Which.
        pub task: ThingId,
        /// What.
        pub text: String,
        /// By when.
        pub due: Day,
        /// Whether it is late.
        pub late: bool,
    }
    /// Two versions to settle.
    pub struct ForkView {
        /// What is forked, in words.
        pub what: String,
        /// Which version holds until a person chooses.
        pub until_settled: UntilSettled,
        /// Each version, oldest first.
        pub versions: Vec<ForkVersion>,
    }
    /// One of two versions.
    pub struct ForkVersion {
        /// Its entry.
        pub entry: EntryId,
        /// What it is, in a line.
        pub says: String,
        /// Who wrote it, and when.
        pub who: String,
        /// What the versions differ in, the same names in each, with this one's values; a dash for none.
        pub fields: Vec<(String, String)>,
    }
    /// Which version holds until a person chooses.
    #[derive(Copy)]
    pub enum UntilSettled {
        /// The one that keeps the patient safe and on the list.
        Safer,
        /// The newer.
        Newer,
    }

}
