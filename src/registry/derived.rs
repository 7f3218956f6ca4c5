//! What comes out of a measure with no further question: PHQ-2 and PHQ-8 of a PHQ-9's answers, GAD-2 of a GAD-7's, and
//! PHQ-ADS of the totals of both. Computed when it is shown, never stored, and named as what it was made of.

use std::collections::BTreeMap;

use super::views::day_words;
use crate::flowsheet::{Flowsheet, ScoreLine};
use crate::instruments::{
    Answers, Context, Definition, DerivedFrom, InstrumentId, ItemId, Score, Scored, catalog, derive_from_answers,
    derive_from_totals, score, title_of,
};
use crate::journal::facts::{Answered, Assessment};
use crate::journal::{Day, EntryId};

/// A line for each instrument that the latest score of this one gives, alone or with another's.
pub(super) fn derived(
    sheet: &Flowsheet,
    taken: &BTreeMap<EntryId, &Assessment>,
    instrument: &str,
    today: Day,
) -> Vec<String> {
    let Some(latest) = sheet.latest_score(instrument, today) else {
        return Vec::new();
    };
    let id = InstrumentId::new(instrument);
    let answers = taken.get(&latest.entry).and_then(|taken| match &taken.answers {
        Answered::Items(items) => Some(items),
        Answered::Total { .. } => None,
    });
    let answers: Option<Answers> = answers.map(|items| {
        let pairs = items.iter();
        pairs
            .map(|(item, value)| (ItemId::new(item.as_str()), i32::from(*value)))
            .collect()
    });
    let of_answers = |definition: &Definition| {
        let made = derive_from_answers(definition, &id, answers.as_ref()?)?;
        let words = told(&score(definition, &made, &Context::new()).ok()?)?;
        let from = title_of(instrument);
        Some(format!("{} {words}, from the same {from}", definition.short_title))
    };
    let all = catalog().iter();
    all.filter_map(|definition| of_answers(definition).or_else(|| of_totals(definition, sheet, latest, today)))
        .collect()
}

/// An instrument that adds up the totals of several, where the latest of each lie close enough together. It is said where
/// the first of them is shown.
fn of_totals(definition: &Definition, sheet: &Flowsheet, latest: &ScoreLine, today: Day) -> Option<String> {
    let ways = definition.derived_from.iter();
    let (items, window) = ways.into_iter().find_map(|way| match way {
        DerivedFrom::Totals { items, window_days } => Some((items, i64::from(*window_days))),
        DerivedFrom::Answers { .. } => None,
    })?;
    if items.values().next_back()?.as_str() != latest.instrument {
        return None;
    }
    let lines: Vec<&ScoreLine> = items
        .values()
        .map(|other| sheet.latest_score(other.as_str(), today))
        .collect::<Option<_>>()?;
    let (first, last) = (lines.iter().map(|l| l.day).min()?, lines.iter().map(|l| l.day).max()?);
    if window < last.since(first) {
        return None;
    }
    let total = |line: &&ScoreLine| {
        let total = Score::new(i32::from(line.total?));
        Some((InstrumentId::new(line.instrument.as_str()), total))
    };
    let totals: BTreeMap<InstrumentId, Score> = lines.iter().map(total).collect::<Option<_>>()?;
    let made = derive_from_totals(definition, &totals)?;
    let words = told(&score(definition, &made, &Context::new()).ok()?)?;
    let parts: Vec<String> = lines
        .iter()
        .filter_map(|line| {
            let title = title_of(&line.instrument);
            Some(format!("{title} {} of {}", line.total?, day_words(line.day)))
        })
        .collect();
    Some(format!("{} {words}: {}", definition.short_title, parts.join(" and ")))
}

/// "28, moderate"; a screen with a line and no bands says on which side of it.
fn told(scored: &Scored) -> Option<String> {
    let total = scored.total?.points();
    let positive = scored.results.get("positive").and_then(|result| result.truth());
    let words = match (&scored.band, positive) {
        (Some(band), _) => format!(", {}", band.label.to_lowercase()),
        (None, Some(true)) => ", positive".to_owned(),
        (None, Some(false)) => ", negative".to_owned(),
        (None, None) => String::new(),
    };
    Some(format!("{total}{words}"))
}
