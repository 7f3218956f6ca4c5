//! What an entry said before it was corrected: it is kept, and it is shown.

use super::super::office::Office;
use super::super::views::day_words;
use super::{describe, happened};
use crate::journal::{Fact, Folded, Live, When, Zone};

/// What was first written, and who corrected it, when and why; a line each.
pub(super) fn before(live: &Live, folded: &Folded, office: &Office, zone: Zone) -> Option<String> {
    let by = live.corrected_by?;
    let first = Live {
        fact: folded.first_written(live.id)?.clone(),
        ..live.clone()
    };
    let (_, line, more) = describe(&first.fact, folded, office)?;
    let at = match happened(&first, zone) {
        When::At(at) => format!("{} {}", day_words(zone.day(at)), zone.local(at).format("%H:%M")),
        When::Day(day) => day_words(day),
    };
    let mut lines = vec![format!("{at}: {line}")];
    lines.extend(more);
    let correction = folded.live().iter().find(|other| other.id == by);
    if let Some(correction) = correction
        && let Fact::Corrected(corrected) = &correction.fact
    {
        let millis = i64::try_from(correction.stamp.millis()).unwrap_or(i64::MAX);
        let day = zone.from_millis(millis).map(|at| day_words(zone.day(at)));
        let day = day.map_or_else(String::new, |day| format!(" {day}"));
        let why = corrected
            .reason
            .as_ref()
            .map_or_else(String::new, |why| format!(": {why}"));
        lines.push(format!("Corrected{day} by {}{why}", office.name(correction.author)));
    }
    Some(lines.join("\n"))
}
