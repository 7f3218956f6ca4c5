//! Flags of the caseload list: one column of words, or a column each for safety and for the consultant.

use super::caseload::is_yes;
use super::cells::{is_blank, plain, whole_number};
use super::mapping::Field;
use super::problems::{Reason, Severity};
use super::reader::RowReader;

/// What a flag cell asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags {
    /// The patient's safety.
    pub safety: bool,
    /// A word with the consultant.
    pub discuss: bool,
    /// Something that this app doesn't know.
    pub unknown: bool,
}

/// Reads a flag cell, such as `SAFETY` or `Discuss / safety`.
fn flags(cell: &str) -> Flags {
    let mut flags = Flags::default();
    if is_blank(cell) || plain(cell) == "no" {
        return flags;
    }
    let words = plain(cell);
    let has = |starts: &[&str]| {
        words
            .split(' ')
            .any(|word| starts.iter().any(|start| word.starts_with(start)))
    };
    let unsafe_now = words.starts_with("not safe") || has(&["unsafe"]);
    let negated = (words.starts_with("no ") || words.starts_with("not ")) && !unsafe_now;
    flags.safety = !negated
        && (unsafe_now
            || has(&["safe", "suicid", "crisis", "selfharm", "harm", "danger"])
            || words.split(' ').any(|w| w == "si" || w == "risk"));
    flags.discuss = !negated && has(&["discuss", "psych", "consult", "review"]);
    flags.unknown = !flags.safety && !flags.discuss;
    flags
}

/// Cells that say no, as [`plain`] spells them. "No longer safe" and "no plan, but thinks of it" are none of them.
const NO: [&str; 18] = [
    "no",
    "n",
    "none",
    "false",
    "0",
    "negative",
    "neg",
    "denies",
    "denied",
    "no risk",
    "no si",
    "no hi",
    "no si hi",
    "no concern",
    "no concerns",
    "no safety concern",
    "no safety concerns",
    "not at risk",
];

/// Whether a cell of a column that is a flag by its heading raises it: whatever isn't a plain no does, for a sheet's own mark
/// ("x", a day, "high") must never be lost.
fn is_raised(cell: &str) -> bool {
    !is_blank(cell) && !NO.contains(&plain(cell).as_str())
}

/// What a row's flags say, and the words in which the sheet says it.
pub(super) fn read_flags(row: &mut RowReader<'_>) -> (Flags, Option<String>) {
    let cell = row.text(Field::Flag);
    let mut found = cell.map(flags).unwrap_or_default();
    if let Some(cell) = cell.filter(|_| found.unknown) {
        row.problem(Field::Flag, cell, Reason::UnknownFlag, Severity::CellRejected);
    }
    let mut words: Vec<String> = cell.map(str::to_owned).into_iter().collect();
    for field in [Field::SafetyFlag, Field::DiscussFlag] {
        let Some(cell) = row.text(field).filter(|cell| is_raised(cell)) else {
            continue;
        };
        row.look_at_text(field, cell);
        found.discuss |= field == Field::DiscussFlag;
        // A concern is known by these words: a mark for the consultant that comes and goes must not open another one.
        if field == Field::SafetyFlag || flags(cell).safety {
            found.safety = true;
            words.push(format!("{}: {cell}", row.heading(field)));
        }
    }
    (found, Some(words.join("; ")).filter(|words| !words.is_empty()))
}

/// Names a flag for safety, or a positive item 9, of a row that is left out.
pub(super) fn name_what_is_lost(row: &mut RowReader<'_>) {
    for field in [Field::Item9, Field::Item9Last] {
        let cell = row.raw(field);
        if whole_number(cell).is_some_and(|item| item > 0) || is_yes(cell) {
            row.problem(field, cell, Reason::LostPositive, Severity::Note);
        }
    }
    for field in [Field::Flag, Field::SafetyFlag, Field::DiscussFlag] {
        let cell = row.raw(field);
        if flags(cell).safety || (field == Field::SafetyFlag && is_raised(cell)) {
            row.problem(field, cell, Reason::LostFlag, Severity::Note);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_tell_safety_from_a_wish_to_discuss() {
        for (cell, safety, discuss, unknown) in [
            ("SAFETY", true, false, false),
            ("Discuss / safety", true, true, false),
            ("discuss", false, true, false),
            ("Suicide risk", true, false, false),
            ("Self-harm", true, false, false),
            ("unsafe at home", true, false, false),
            ("not safe", true, false, false),
            ("no safety concern", false, false, true),
            ("", false, false, false),
            ("no", false, false, false),
            ("star", false, false, true),
        ] {
            assert_eq!(
                flags(cell),
                Flags {
                    safety,
                    discuss,
                    unknown
                },
                "{cell}"
            );
        }
    }

    #[test]
    fn a_column_of_flags_is_raised_by_whatever_is_no_no() {
        for (cell, raised) in [
            ("x", true),
            ("Yes", true),
            ("high", true),
            ("11/02/2026", true),
            ("1", true),
            ("not safe", true),
            ("", false),
            ("No", false),
            ("none", false),
            ("0", false),
            ("denies SI", true),
            ("no longer safe", true),
            ("no plan, but thinks of it", true),
            ("No SI/HI", false),
            ("denies", false),
            ("no risk", false),
        ] {
            assert_eq!(is_raised(cell), raised, "{cell}");
        }
    }
}
