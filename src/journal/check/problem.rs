//! What can be wrong with a field.

use thiserror::Error;

use crate::journal::ShapeError;

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// It is empty.
    #[error("is empty")]
    Empty,
    /// It is too long.
    #[error("is longer than {max} characters")]
    TooLong {
        /// Most characters.
        max: usize,
    },
    /// It is not within its range.
    #[error("is not between {min} and {max}")]
    OutOfRange {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// It ends before it starts.
    #[error("ends before it starts")]
    EndsBeforeStart,
    /// It lies in the future.
    #[error("lies in the future")]
    InFuture,
    /// It lies before the patient was born, or before 1900.
    #[error("lies before the patient was born")]
    BeforeBirth,
    /// It is not written as it should be.
    #[error("can't be read")]
    NotRead,
    /// It has not the shape of its kind.
    #[error("{0}")]
    Shape(ShapeError),
}
