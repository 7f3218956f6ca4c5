//! By which definition an instrument's scores are listed and drawn.

use std::borrow::Cow;

use crate::instruments::{Definition, definition_of, definition_taken};
use crate::journal::facts::Assessment;

/// The definition by which scores of an instrument are drawn: the shipped one; of a clinic's own measure the one that the
/// latest of them was taken with, wherever it came from.
pub(super) fn drawn_by<'a>(
    taken: impl Iterator<Item = &'a Assessment>,
    instrument: &str,
) -> Option<Cow<'static, Definition>> {
    if let Ok(shipped) = definition_of(instrument) {
        return Some(Cow::Borrowed(shipped));
    }
    let latest = taken
        .filter(|taken| taken.instrument == instrument)
        .max_by_key(|taken| taken.at.to_string());
    definition_taken(latest?).ok()
}
