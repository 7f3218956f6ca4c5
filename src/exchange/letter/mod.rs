//! Letters, drafted from data for a person to edit: a pure function a letter, plain text, no markup.

mod closing;
mod lines;

pub use closing::{Ending, LatestScore, OutcomeLine, because, closing_to_clinician, closing_to_patient};
pub use lines::{Letterhead, MISSING, day_in_full};
