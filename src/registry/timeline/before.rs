//! What an entry said before it was corrected: it is kept, and it is shown.

use super::super::office::Office;
use super::super::views::day_words;
use super::{describe, happened};
use crate::care::decide::FORM_WENT_ON;
use crate::journal::facts::Corrected;
use crate::journal::{Fact, Folded, Live, When, Zone};

/// What was written before it was corrected, and who corrected it, when and why; a line each, for every correction. What a
/// form committed before it was finished was never said: it begins with the form as it was saved.
pub(super) fn before(live: &Live, folded: &Folded, office: &Office, zone: Zone) -> Option<String> {
    let corrections: Vec<(&Live, &Corrected)> = folded
        .live()
        .iter()
        .filter_map(|other| match &other.fact {
            Fact::Corrected(corrected) if corrected.entry == live.id => Some((other, corrected)),
            _ => None,
        })
        .collect();
    let is_form = |(_, corrected): &(&Live, &Corrected)| corrected.reason.as_deref() == Some(FORM_WENT_ON);
    let from = corrections.iter().rposition(is_form);
    let mut said = match from.and_then(|at| corrections.get(at)) {
        Some((_, form)) => read(form),
        None => folded.first_written(live.id)?.clone(),
    };
    let mut lines = Vec::new();
    for (written, corrected) in corrections.iter().skip(from.map_or(0, |at| at + 1)) {
        let then = Live {
            fact: std::mem::replace(&mut said, read(corrected)),
            ..live.clone()
        };
        lines.extend(said_then(&then, folded, office, zone));
        let millis = i64::try_from(written.stamp.millis()).unwrap_or(i64::MAX);
        let day = zone.from_millis(millis).map(|at| day_words(zone.day(at)));
        let day = day.map_or_else(String::new, |day| format!(" {day}"));
        let why = corrected
            .reason
            .as_ref()
            .map_or_else(String::new, |why| format!(": {why}"));
        lines.push(format!("Corrected{day} by {}{why}", office.name(written.author)));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn read(corrected: &Corrected) -> Fact {
    Fact::read(&corrected.kind, &corrected.fact.to_string())
}

/// When it was, and what was said of it.
fn said_then(then: &Live, folded: &Folded, office: &Office, zone: Zone) -> Vec<String> {
    let Some((_, line, more)) = describe(&then.fact, folded, office) else {
        return Vec::new();
    };
    let at = match happened(then, zone) {
        When::At(at) => format!("{} {}", day_words(zone.day(at)), zone.local(at).format("%H:%M")),
        When::Day(day) => day_words(day),
    };
    [format!("{at}: {line}")].into_iter().chain(more).collect()
}
