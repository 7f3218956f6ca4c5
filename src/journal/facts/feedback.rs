//! What whoever referred a patient is told of what came of it: after enrollment, and when the episode is closed.

use crate::journal::{Day, EpisodeId};

codes! {
    /// After what whoever referred is told.
    pub enum FeedbackAfter {
        /// After enrollment.
        Enrolled,
        /// After closing.
        Closed,
    }
}

data! {
    /// That whoever referred is to be told what came of it. A referral without it, such as one that a sheet brought, asks
    /// for nothing.
    #[derive(Default)]
    pub struct Feedback {
        /// What is not written, each with why.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub left_out: Vec<FeedbackLeftOut>,
    }
    /// A feedback that is not written.
    pub struct FeedbackLeftOut {
        /// After what.
        pub after: FeedbackAfter,
        /// The day on which somebody decided so.
        pub on: Day,
        /// Why: it isn't wanted, the patient doesn't agree, they were told otherwise.
        pub why: String,
    }
    /// Of which referral a message is the feedback.
    pub struct FeedbackTold {
        /// The episode that the referral opened.
        pub episode: EpisodeId,
        /// After what.
        pub after: FeedbackAfter,
    }
}
