//! What was taken over into the clinic's EHR.

use crate::journal::{Day, EntryId, When};

codes! {
    /// What a note for the EHR is about.
    pub enum NoteKind {
        /// A two-way contact.
        Contact,
        /// A try to reach the patient.
        Attempt,
        /// A safety concern and what was done about it, a safety plan, an acute event.
        Safety,
        /// The first assessment.
        InitialAssessment,
        /// The treatment plan, and what changed in it.
        Plan,
        /// A case review with its advice and the answer to it.
        Review,
        /// The relapse-prevention plan.
        RelapsePlan,
        /// An episode was closed.
        Closing,
        /// Measures taken outside of a contact.
        Measures,
        /// A note that belongs to no contact.
        Note,
        /// A service month: minutes, codes, gates.
        Month,
        /// All that was said and tried in a period.
        Log,
    }
}

data! {
    /// A note was taken over into the EHR.
    pub struct EhrCopy {
        /// The entries that it tells of, their corrections included. A correction that is not among them came later.
        pub of: Vec<EntryId>,
        /// What the note is about.
        pub kind: NoteKind,
        /// The text as it was taken over.
        pub text: String,
        /// When.
        pub at: When,
        /// Entries that are held back and that it tells beside those, each confirmed by a person.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub held: Vec<EntryId>,
    }
    /// From which day on what is written waits to be taken over into the EHR.
    pub struct EhrStart {
        /// The first day.
        pub since: Day,
    }
}
