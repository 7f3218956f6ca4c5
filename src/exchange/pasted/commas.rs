//! What a header says with commas between: `Female, 47 y.o., 03/14/1979`, also behind or below a name.

use super::pieces::{FoundName, Named, Piece, is_written_as_a_name, name, piece, sex, split, without_ages};
use crate::journal::Day;

/// Known things with commas between them, of which one says whose header it is; a name may stand before them.
pub(super) fn in_commas(words: &str, today: Day) -> Option<Piece> {
    let parts: Vec<&str> = words
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if let Some(known) = known_parts(&parts, today) {
        return Some(Piece::Several(known));
    }
    for heads in [2, 1] {
        let Some((head, rest)) = parts.split_at_checked(heads) else {
            continue;
        };
        let Some(known) = known_parts(rest, today) else {
            continue;
        };
        // `Maria Sandoval, F` is no family name with a given one.
        let is_of_the_rest = head.get(1..).is_some_and(|more| known_parts(more, today).is_some());
        if is_of_the_rest {
            continue;
        }
        if let Some(name) = name_alone(&head.join(", ")) {
            return Some(Piece::Headed(name, known));
        }
    }
    None
}

/// The parts, each with the next where only both together are a date; `None` where one isn't known, or nothing says more
/// than an age.
fn known_parts(parts: &[&str], today: Day) -> Option<Vec<String>> {
    let is_known = |words: &str| {
        let one = piece(words, today);
        !matches!(one, Piece::Unknown | Piece::Name(_) | Piece::Headed(..))
    };
    let (mut known, mut at) = (Vec::new(), 0);
    while let Some(rest) = parts.get(at..).filter(|rest| !rest.is_empty()) {
        let both = rest.get(..2).map(|both| both.join(" "));
        let date = both.filter(|both| matches!(piece(both, today), Piece::Birth(_)));
        let (words, taken) = match (date, rest.first()) {
            (Some(date), _) => (date, 2),
            (None, Some(one)) if is_known(one) => ((*one).to_owned(), 1),
            _ => return None,
        };
        known.push(words);
        at += taken;
    }
    let says_who = |words: &String| !matches!(piece(words, today), Piece::Passed);
    known.iter().any(says_who).then_some(known)
}

/// Whether some words are only what a header says of somebody, sex, age and birth date among them.
pub(super) fn is_of_somebody(words: &str, today: Day) -> bool {
    let all: Vec<&str> = split(words).collect();
    let read = |words: &&str| piece(words, today);
    let is_known = |one: Piece| !matches!(one, Piece::Unknown | Piece::Name(_) | Piece::Headed(..));
    let says = |one: Piece| matches!(one, Piece::Sex(_) | Piece::Birth(_) | Piece::Several(_));
    all.iter().map(read).all(is_known) && all.iter().map(read).any(says)
}

/// A name and nothing else, each word written as one; also with the given name first.
pub(super) fn name_alone(words: &str) -> Option<FoundName> {
    const MOST_WORDS: usize = 5;
    let is_short = (2..=MOST_WORDS).contains(&words.split_whitespace().count());
    (is_short && is_written_as_a_name(words))
        .then(|| name(words, Named::Guessed))
        .flatten()
}

/// The one sex in `F`, `47 y.o. / F`, `F (47)`.
pub(super) fn sex_among_ages(words: &str) -> Option<&'static str> {
    let apart = words.replace(['/', ','], " ");
    let others: Vec<String> = without_ages(&apart);
    let is_figure = |word: &&String| !word.chars().all(|c| c.is_ascii_digit() || ['(', ')'].contains(&c));
    match others.iter().filter(is_figure).collect::<Vec<_>>().as_slice() {
        [only] => sex(only),
        _ => sex(words),
    }
}
