//! Measures: what was asked and answered. Scores are computed, never stored.

use std::collections::BTreeMap;

use crate::journal::{Day, Days, EntryId, EpisodeId, PersonId, When};

use super::ConcernKind;

codes! {
    /// Who answered a measure.
    pub enum Respondent {
        /// The patient.
        Patient,
        /// A parent or guardian.
        Parent,
        /// A teacher.
        Teacher,
    }
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
    /// Which way is worse.
    pub enum Worse {
        /// A higher score.
        Higher,
        /// A lower score.
        Lower,
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
        /// The scale of a measure of the clinic's own, as it was on that day: such an assessment is scored by it
        /// wherever it goes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub scale: Option<OwnScale>,
        /// Who answered for somebody under age, where the instrument's definition doesn't say it already.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub respondent: Option<Respondent>,
    }
    /// All answers by item, or a total with any items that are known.
    pub enum Answered {
        /// Answers by item id; an item that is absent was not answered.
        Items(BTreeMap<String, u8>),
        /// A total without the form.
        Total {
            /// The total as reported.
            total: u16,
            /// What is known all the same: items by their id, for example the safety item, and subscales by the key
            /// of their result.
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
    /// A measure of the clinic's own, entered by its score alone.
    pub struct OwnInstrument {
        /// The id that assessments carry: `own:` and its name. Under another name it is another measure.
        pub instrument: String,
        /// Version, counted from 1: each change of its scale is a new one, and changes no score of before.
        pub version: u32,
        /// What lists and graphs call it.
        pub name: String,
        /// Its numbers.
        pub scale: OwnScale,
        /// Whether it is still offered.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub retired: bool,
    }
    /// The numbers of a measure of the clinic's own.
    pub struct OwnScale {
        /// The lowest score.
        pub low: u16,
        /// The highest score.
        pub high: u16,
        /// Which way is worse.
        pub worse: Worse,
        /// Its bands, from the lowest score up; none when it has no names for them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub bands: Vec<OwnBand>,
        /// The line at which somebody must act the same day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub alarm: Option<OwnAlarm>,
    }
    /// A band of such a scale: from this score up to the next band.
    pub struct OwnBand {
        /// The first score in it.
        pub from: u16,
        /// Its name.
        pub label: String,
    }
    /// The alarm line of such a scale, reached on it and beyond it in the worse direction.
    pub struct OwnAlarm {
        /// The score.
        pub at: u16,
        /// What the concern is about that it opens.
        pub concern: ConcernKind,
    }
    /// What a clinic chose for its measures.
    #[derive(Default)]
    pub struct MeasureSettings {
        /// Instruments whose words it switched on after reading their terms.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub packs: Vec<PackOn>,
        /// Whether an incomplete form with a published rule for it is scored by prorating, labelled so.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub prorating: bool,
    }
    /// Words of an instrument that were switched on.
    pub struct PackOn {
        /// The instrument.
        pub instrument: String,
        /// The version of the terms that were read.
        pub terms: String,
        /// Who read them and switched it on.
        pub by: PersonId,
        /// When.
        pub on: Day,
    }
}
