//! What is new about patients since somebody looked last, and what of today was seen.

use serde::{Deserialize, Serialize};

use crate::journal::facts::{Communication, FeedbackAfter, Referral};
use crate::journal::{ChartId, Day, EntryId, ThingId, When};

views! {
    /// What is asked about news.
    pub enum NewsAsk {
        /// Patients with news for whoever asks (answer: [`NewsView::List`]).
        List,
        /// News of one patient, whose page is open: where there is none, it was looked at now (answer: [`NewsView::Of`]).
        Of(ChartId),
        /// All of one patient's news was seen, as far as it was shown (answer: [`NewsView::Done`]).
        Seen {
            /// Whose.
            chart: ChartId,
            /// [`ChartNews::through`] as it was shown.
            through: u64,
        },
        /// What this tab knows of what was seen today; what all tabs know comes back (answer: [`NewsView::Today`]).
        Today(SeenToday),
        /// What the treating clinician's answer is waited for about these patients (answer: [`NewsView::Waiting`]).
        Waiting(Vec<ChartId>),
        /// The letter to whoever referred a patient (answer: [`NewsView::Feedback`]).
        Feedback(ChartId),
    }
    /// What is answered about news.
    pub enum NewsView {
        /// Done; nothing to show.
        Done,
        /// To [`NewsAsk::List`].
        List(Vec<NewsRow>),
        /// To [`NewsAsk::Of`].
        Of(ChartNews),
        /// To [`NewsAsk::Today`].
        Today(SeenToday),
        /// To [`NewsAsk::Waiting`]: those of each patient who is here.
        Waiting(Vec<(ChartId, Vec<WaitingAnswer>)>),
        /// To [`NewsAsk::Feedback`]: `None` where nobody waits for one.
        Feedback(Option<Box<FeedbackDue>>),
    }
    /// The letter to whoever referred, before it goes out.
    pub struct FeedbackDue {
        /// After what.
        pub after: FeedbackAfter,
        /// To whom, by name.
        pub to: String,
        /// How they are reached, as the record has it.
        pub contact: Vec<String>,
        /// On what ground they are told; empty where they may be told nothing.
        pub ground: String,
        /// Why they may be told nothing.
        pub not: Option<String>,
        /// The letter as it would be kept: its text is written from the record.
        #[serde(with = "crate::journal::as_json")]
        pub message: Communication,
        /// The referral that it is about.
        #[serde(with = "crate::journal::as_json")]
        pub referral: Referral,
    }
    /// A recommendation whose answer, or whose being carried out, is waited for.
    pub struct WaitingAnswer {
        /// Which.
        pub recommendation: ThingId,
        /// The day of it.
        pub day: Day,
        /// The advice.
        pub text: String,
        /// Where it stands.
        pub state: String,
        /// The letter in which it went out, and when, while its answer is waited for.
        pub letter: Option<(EntryId, When)>,
    }
    /// A patient with news.
    pub struct NewsRow {
        /// Whose.
        pub chart: ChartId,
        /// Name as lists show it.
        pub name: String,
        /// What tells two patients of one name apart.
        pub about: String,
        /// How many saves are new.
        pub count: u32,
        /// How many, since when, by whom: `3 new since Tuesday, by M. Ruiz and the consultant's reply`.
        pub words: String,
        /// What the newest says, in the timeline's words.
        pub newest: String,
        /// When the newest came, in words.
        pub came: String,
        /// The same, in milliseconds since 1970.
        pub at: u64,
    }
    /// News of one patient.
    #[derive(Default)]
    pub struct ChartNews {
        /// How many saves are new.
        pub count: u32,
        /// As [`NewsRow::words`]; empty where nothing is new.
        pub words: String,
        /// One line for each, newest first.
        pub lines: Vec<NewsLine>,
        /// The entries of the timeline that are new, or were changed.
        pub entries: Vec<EntryId>,
        /// When the newest of what is shown came, in milliseconds since 1970.
        pub through: u64,
    }
    /// Something new.
    pub struct NewsLine {
        /// What it says, in the timeline's words.
        pub line: String,
        /// By whom.
        pub by: String,
        /// When it came here, in words.
        pub came: String,
    }
    /// Which records were opened today and which urgent items somebody acknowledged by name.
    #[derive(Default)]
    pub struct SeenToday {
        /// The day that it is about.
        pub day: Option<Day>,
        /// Records and when they were last open, in milliseconds since 1970.
        pub opened: Vec<(ChartId, u64)>,
        /// Who acknowledged whose item by name, and when.
        pub acknowledged: Vec<(ChartId, u64, String)>,
    }
}

impl SeenToday {
    /// Takes in what another knows of the same day: of each record the later moment holds. What is about an earlier day goes.
    pub fn join(&mut self, other: Self) {
        if self.day < other.day {
            *self = other;
            return;
        }
        if self.day != other.day {
            return;
        }
        for (chart, at) in other.opened {
            match self.opened.iter_mut().find(|(known, _)| *known == chart) {
                Some((_, known)) => *known = at.max(*known),
                None => self.opened.push((chart, at)),
            }
        }
        for (chart, at, who) in other.acknowledged {
            match self.acknowledged.iter_mut().find(|(known, ..)| *known == chart) {
                Some(known) if known.1 < at => *known = (chart, at, who),
                Some(_) => {}
                None => self.acknowledged.push((chart, at, who)),
            }
        }
    }
}
