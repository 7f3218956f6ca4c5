//! Measures: what was asked and answered. Scores are computed, never stored.

use std::collections::BTreeMap;

use crate::journal::{Day, Days, EntryId, EpisodeId, When};

codes! {
    /// How an assessment was taken.
    pub enum Taken {
        /// Asked by staff, on the telephone or by video.
        Remotely,
        /// Asked by staff, in person.
        InPerson,
        /// Filled in by the patient on the clinic's device.
        Device,
        /// Filled in on paper.
        Paper,
        /// Taken over from a spreadsheet or another system.
        Imported,
    }
    /// Why a measure was not taken.
    pub enum DeclineReason {
        /// The patient did not want to.
        Refused,
        /// No time.
        NoTime,
        /// Not able to, for example too unwell.
        Unable,
        /// Language.
        Language,
    }
}

data! {
    /// One administration of an instrument.
    pub struct Assessment {
        /// Instrument, for example `phq9`.
        pub instrument: String,
        /// Version of its definition.
        pub version: String,
        /// When it was taken.
        pub at: When,
        /// How it was taken.
        pub taken: Taken,
        /// What was answered.
        pub answers: Answered,
    }
    /// All answers by item, or a total with any items that are known.
    pub enum Answered {
        /// Answers by item id; an item that is absent was not answered.
        Items(BTreeMap<String, u8>),
        /// A total without the form.
        Total {
            /// The total as reported.
            total: u16,
            /// Items that are known all the same, for example the safety item.
            #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
            known: BTreeMap<String, u8>,
        },
    }
    /// A measure that was offered and not taken.
    pub struct Declined {
        /// Instrument.
        pub instrument: String,
        /// When.
        pub at: When,
        /// Why.
        pub reason: DeclineReason,
    }
    /// How an episode is measured: instrument, baseline, cadence.
    pub struct MeasurePlan {
        /// Which episode.
        pub episode: EpisodeId,
        /// Instrument.
        pub instrument: String,
        /// The assessment that is the baseline, when a person chose it; otherwise the rule does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub baseline: Option<EntryId>,
        /// Days between administrations, instead of the protocol's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub every: Option<Days>,
        /// Days between administrations from response on, when that is another interval.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub after_response: Option<Days>,
        /// Why that assessment is the baseline, when a person chose it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub baseline_reason: Option<String>,
        /// The first day on which the episode is not measured by this instrument any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub stopped: Option<Day>,
    }
}
