//! What the locked page sends: it doesn't know who the patient is.

use serde::{Deserialize, Serialize};

use crate::journal::{RegistryId, RunId};

/// One answer of a patient, as the locked page gives it. It doesn't know who the patient is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientAnswer {
    /// Which registry.
    pub registry: RegistryId,
    /// Which run.
    pub run: RunId,
    /// Instrument.
    pub instrument: String,
    /// Version of its definition.
    pub version: String,
    /// What was answered, at which place of the form.
    pub given: Given,
}

/// What a patient did at one place of a form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Given {
    /// Answered a question, or passed it over.
    Question {
        /// Its place in the form, from 0.
        position: u32,
        /// The item.
        item: String,
        /// The answer; `None` when the patient would rather not answer.
        value: Option<u8>,
    },
    /// Came to the end of the form.
    End,
}

/// Never the answer.
impl std::fmt::Debug for PatientAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PatientAnswer({})", self.run)
    }
}
