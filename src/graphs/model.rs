//! What a graph of scores shows. Plain data without the name of a patient.

use serde::{Deserialize, Serialize};

use crate::journal::Day;

macro_rules! data {
    ($($item:item)*) => {
        $(
            #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
            $item
        )*
    };
}
macro_rules! choice {
    ($($item:item)*) => {
        $(
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
            $item
        )*
    };
}

data! {
    /// All that can be drawn of one patient; [`History::graph`] takes a part of it.
    pub struct History {
        /// A panel for each measure, and for each part of one that has a score of its own.
        pub panels: Vec<Panel>,
        /// What was done, by day.
        pub marks: Vec<Mark>,
        /// Where the episodes stood, by day.
        pub spans: Vec<Span>,
        /// Episodes, the latest last.
        pub courses: Vec<Course>,
        /// The clinic's day.
        pub today: Day,
    }
    /// One score over time, in its own range.
    pub struct Panel {
        /// The instrument's id.
        pub instrument: String,
        /// The part of the instrument, such as `internalizing`; `None` for its total.
        pub part: Option<String>,
        /// What is shown, for example `PHQ-9`, or `BAM, protective`.
        pub title: String,
        /// The least score.
        pub min: u16,
        /// The greatest score.
        pub max: u16,
        /// Which way is better.
        pub better: Better,
        /// The scores in order of time.
        pub points: Vec<Point>,
        /// Severity bands from low to high scores.
        pub bands: Vec<Band>,
        /// Target, response and cut-offs.
        pub lines: Vec<Line>,
        /// Early-warning points; drawn only where they were asked for.
        pub early: Vec<Early>,
    }
    /// A range of scores with a name. Both ends belong to it.
    pub struct Band {
        /// Least score.
        pub from: u16,
        /// Greatest score.
        pub to: u16,
        /// What it is called, for example `moderate`.
        pub label: String,
        /// Its shade; 0 is the least severe.
        pub shade: u8,
    }
    /// A limit across a panel.
    pub struct Line {
        /// What it is.
        pub kind: LineKind,
        /// Which scores lie beyond it.
        pub edge: Edge,
        /// The first day on which it holds; from the beginning when absent.
        pub from: Option<Day>,
        /// The last day on which it holds; to the end when absent.
        pub until: Option<Day>,
        /// For the key below the graph: `response: 8 or less, half of the baseline 17`.
        pub label: String,
    }
    /// Something that was done on a day.
    #[derive(PartialOrd, Ord)]
    pub struct Mark {
        /// The clinic's day.
        pub day: Day,
        /// What.
        pub kind: MarkKind,
        /// What exactly, for a treatment: `sertraline 50 mg`. Empty for the others.
        pub label: String,
    }
}

choice! {
    /// One administration.
    pub struct Point {
        /// The clinic's day.
        pub day: Day,
        /// The score; `None` where the form was incomplete or declined: a gap in the line, never 0.
        pub value: Option<u16>,
    }
    /// Which way is better.
    #[derive(Default)]
    pub enum Better {
        /// A lower score: symptoms.
        #[default]
        Lower,
        /// A higher score: well-being.
        Higher,
    }
    /// What a limit is.
    pub enum LineKind {
        /// At target beyond it.
        Target,
        /// Response beyond it.
        Response,
        /// Positive beyond it.
        Cutoff,
    }
    /// A limit between two scores, so that no dot ever lies on it.
    pub enum Edge {
        /// This score and those under it.
        AtMost(u16),
        /// This score and those over it.
        AtLeast(u16),
    }
    /// A score that, so many weeks into treatment, warns that it may not be working.
    pub struct Early {
        /// Weeks in treatment.
        pub week: u8,
        /// The day of that.
        pub day: Day,
        /// The lowest score that warns.
        pub score: u16,
    }
    /// What was done.
    pub enum MarkKind {
        /// A treatment was started or changed.
        Treatment,
        /// The consultant reviewed the case.
        Review,
        /// A two-way contact with the patient.
        Contact,
    }
    /// Where an episode stood, from a day until the day before the next.
    pub struct Span {
        /// The first day.
        pub from: Day,
        /// The day on which it ended, which belongs to what came next; absent while it lasts.
        pub until: Option<Day>,
        /// What.
        pub phase: Phase,
    }
    /// Where an episode stands, as far as a graph shows it.
    pub enum Phase {
        /// Referred, or being tried.
        Waiting,
        /// Enrolled or in treatment.
        Care,
        /// Preventing relapse.
        RelapsePrevention,
        /// Paused.
        OnHold,
        /// Ended.
        Closed,
    }
    /// One episode.
    pub struct Course {
        /// The first day that belongs to it: that on which it opened, or that of the first score before it.
        pub from: Day,
        /// The day on which it was closed.
        pub until: Option<Day>,
    }
    /// How much of the time is shown.
    pub enum Range {
        /// The latest episode.
        Episode,
        /// The last 26 weeks.
        HalfYear,
        /// The last 52 weeks.
        Year,
        /// All.
        All,
    }
    /// Whether the early-warning points are drawn.
    pub enum EarlyWarning {
        /// They are not: the usual case.
        Hidden,
        /// They are.
        Shown,
    }
    /// The proportions of a graph: text keeps its size, so each width of a page gets its own.
    pub enum Shape {
        /// As wide as a page, 900 pixels.
        Full,
        /// Half a page, 500 pixels.
        Wide,
        /// For a telephone, 360 pixels.
        Narrow,
    }
}

impl Range {
    /// All of them, in the order shown.
    pub const ALL: [Self; 4] = [Self::Episode, Self::HalfYear, Self::Year, Self::All];
    /// In words, for a choice: "this episode".
    pub fn words(self) -> &'static str {
        match self {
            Self::Episode => "this episode",
            Self::HalfYear => "6 months",
            Self::Year => "1 year",
            Self::All => "all",
        }
    }
}

impl MarkKind {
    /// All of them, in the order shown.
    pub const ALL: [Self; 3] = [Self::Treatment, Self::Review, Self::Contact];
    /// For a key and a table: "treatment change".
    pub fn words(self) -> &'static str {
        match self {
            Self::Treatment => "treatment change",
            Self::Review => "case review",
            Self::Contact => "contact",
        }
    }
}

impl Phase {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Waiting => "referred",
            Self::Care => "in treatment",
            Self::RelapsePrevention => "relapse prevention",
            Self::OnHold => "on hold",
            Self::Closed => "closed",
        }
    }
}

impl Edge {
    /// Where it is drawn, in half points.
    pub(super) fn halves(self) -> i32 {
        match self {
            Self::AtMost(score) => 2 * i32::from(score) + 1,
            Self::AtLeast(score) => 2 * i32::from(score) - 1,
        }
    }
    /// Whether a score lies beyond it.
    pub fn holds(self, score: u16) -> bool {
        match self {
            Self::AtMost(most) => score <= most,
            Self::AtLeast(least) => least <= score,
        }
    }
    /// "8 or less", "33 or more".
    pub fn words(self) -> String {
        match self {
            Self::AtMost(score) => format!("{score} or less"),
            Self::AtLeast(score) => format!("{score} or more"),
        }
    }
}

impl Panel {
    /// A panel without anything in it yet.
    pub fn new(instrument: &str, title: &str, (min, max): (u16, u16)) -> Self {
        Self {
            instrument: instrument.to_owned(),
            part: None,
            title: title.to_owned(),
            min,
            max,
            better: Better::Lower,
            points: Vec::new(),
            bands: Vec::new(),
            lines: Vec::new(),
            early: Vec::new(),
        }
    }
    /// The band that a score lies in.
    pub fn band(&self, value: u16) -> Option<&Band> {
        self.bands.iter().find(|b| b.from <= value && value <= b.to)
    }
    /// Administrations with a score.
    pub fn known(&self) -> impl DoubleEndedIterator<Item = (Day, u16)> + Clone {
        self.points.iter().filter_map(|p| Some((p.day, p.value?)))
    }
    /// Whether a score is better or worse than an earlier one; `None` when they are the same.
    pub fn is_better(&self, earlier: u16, later: u16) -> Option<bool> {
        match self.better {
            _ if earlier == later => None,
            Better::Lower => Some(later < earlier),
            Better::Higher => Some(earlier < later),
        }
    }
}
