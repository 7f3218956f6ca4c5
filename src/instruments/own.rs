//! A clinic's own measure, entered by its score alone: its scale as a definition without questions.
//!
//! An assessment of such a measure carries the scale that it was taken with, so it is scored the same in every registry
//! that it travels to, and no later change of the measure changes it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::brief::brief;
use super::definition::{AlarmLine, Band, Definition, Direction, Entry, LicenceTier, LoincCodes, MissingRule};
use super::ids::InstrumentId;
use super::measure::{Measure, Step};
use crate::journal::OWN_PREFIX;
use crate::journal::facts::{OwnScale, Worse};

/// Why a scale is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OwnError {
    /// The highest score isn't above the lowest.
    #[error("The highest score must be above the lowest.")]
    Range,
    /// Bands that don't begin at the lowest score and rise within the range.
    #[error("The first band begins at the lowest score, and each band after it higher, up to the highest score.")]
    Bands,
    /// An alarm line outside the range, or one that every score reaches.
    #[error("The alarm line lies within the range, and not where every score reaches it.")]
    Alarm,
}

/// The id of a clinic's own measure of this name.
pub fn own_id(name: &str) -> String {
    format!("{OWN_PREFIX}{}", name.trim())
}

/// Whether an id is that of a clinic's own measure.
pub fn is_own(instrument: &str) -> bool {
    instrument.starts_with(OWN_PREFIX)
}

/// What an instrument is called where only its id is known: the short title of a shipped one, the name of a clinic's
/// own; the id itself of one that this version doesn't know.
pub fn title_of(instrument: &str) -> Cow<'_, str> {
    if let Some(name) = instrument.strip_prefix(OWN_PREFIX) {
        return Cow::Borrowed(name);
    }
    Cow::Borrowed(brief(instrument).map_or(instrument, |it| it.short_title))
}

/// The definition of a clinic's own measure: one score, and what the clinic says about it.
///
/// # Errors
/// [`OwnError`] when the numbers don't hold together.
pub fn own_definition(instrument: &str, version: &str, scale: &OwnScale) -> Result<Definition, OwnError> {
    check(scale)?;
    let name = instrument.strip_prefix(OWN_PREFIX).unwrap_or(instrument).to_owned();
    let (low, high) = (i32::from(scale.low), i32::from(scale.high));
    let bands: Vec<Band> = scale
        .bands
        .iter()
        .map(|band| Band {
            from: band.from.into(),
            name: band.label.to_lowercase().replace(' ', "_"),
            label: band.label.clone(),
        })
        .collect();
    let mut results = vec![step(
        "total",
        Measure::Sum {
            items: Vec::new(),
            times: 1,
        },
    )];
    if !bands.is_empty() {
        let of = "total".to_owned();
        results.push(step("severity", Measure::Band { of, bands: Vec::new() }));
    }
    let direction = match scale.worse {
        Worse::Higher => Direction::HigherIsWorse,
        Worse::Lower => Direction::HigherIsBetter,
    };
    Ok(Definition {
        id: InstrumentId::new(instrument),
        version: version.to_owned(),
        title: name.clone(),
        short_title: name,
        respondent: "patient".to_owned(),
        recall: "as the clinic says".to_owned(),
        language: "en".to_owned(),
        entry: Entry::Score,
        instruction: String::new(),
        instruction_paper: None,
        closing: None,
        direction,
        items: Vec::new(),
        extra_items: Vec::new(),
        option_sets: BTreeMap::new(),
        total: Some("total".to_owned()),
        score_range: Some((low, high)),
        bands,
        missing: MissingRule::CompleteOnly,
        safety_items: Vec::new(),
        alarm: scale.alarm.as_ref().map(|alarm| AlarmLine {
            at: alarm.at.into(),
            concern: alarm.concern,
        }),
        own: Some(scale.clone()),
        parts: Vec::new(),
        red_flags: Vec::new(),
        results,
        change: Vec::new(),
        derived_from: Vec::new(),
        loinc: LoincCodes::default(),
        notice: "A measure of this clinic\u{2019}s own. Its text, its bands and its lines are the clinic\u{2019}s."
            .to_owned(),
        licence_tier: LicenceTier::C,
        verified: "the clinic\u{2019}s own".to_owned(),
        rule: format!("The score, {low} to {high}."),
        source: "This clinic, in Settings".to_owned(),
    })
}

fn step(key: &str, by: Measure) -> Step {
    Step {
        key: key.to_owned(),
        label: None,
        direction: None,
        by,
    }
}

fn check(scale: &OwnScale) -> Result<(), OwnError> {
    if scale.high <= scale.low {
        return Err(OwnError::Range);
    }
    let starts: Vec<u16> = scale.bands.iter().map(|band| band.from).collect();
    let rise = starts.is_sorted() && starts.iter().collect::<BTreeSet<_>>().len() == starts.len();
    let within =
        starts.first().is_none_or(|first| *first == scale.low) && starts.iter().all(|from| *from <= scale.high);
    if !rise || !within {
        return Err(OwnError::Bands);
    }
    let reached_by_all = |at: u16| match scale.worse {
        Worse::Higher => at <= scale.low,
        Worse::Lower => scale.high <= at,
    };
    match &scale.alarm {
        Some(alarm) if alarm.at < scale.low || scale.high < alarm.at || reached_by_all(alarm.at) => {
            Err(OwnError::Alarm)
        }
        _ => Ok(()),
    }
}
