//! What the record knows already when a safety step is taken: whom to tell, whom a plan names, and a second step that was
//! answered today.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::state::{Desk, use_desk};
use crate::app::typed::early::Positives;
use crate::app::typed::measure::{MeasureTyped, Way};
use crate::care::is_answered_since;
use crate::instruments::Context;
use crate::journal::facts::{Answered, Taken};
use crate::journal::{ChartId, EntryId, Fact, When};
use crate::registry::{PatientView, Request, Response, SafetyKnownView};

/// Who can be called about a patient, as soon as it is known.
pub fn follow_known(chart: ChartId) -> Signal<Option<Arc<SafetyKnownView>>> {
    let answer = use_desk().follow(
        move || Request::SafetyKnown(chart),
        |response| match response {
            Response::SafetyKnown(view) => Some(*view),
            _ => None,
        },
    );
    answer.value()
}

/// A second step that was answered today, since its concern was opened or started again, in whatever form.
#[derive(Clone, Debug, PartialEq)]
pub struct AnsweredToday {
    /// Its entry.
    pub entry: EntryId,
    /// Which instrument.
    pub instrument: &'static str,
    /// `ASQ at 09:10: acute positive`.
    pub words: String,
    /// What was answered.
    pub typed: MeasureTyped,
    /// When.
    pub at: When,
    /// How.
    pub taken: Taken,
    /// Its positive answers, which are in the record.
    pub positives: Positives,
    /// How many questions are open; none where all that are asked have an answer.
    pub open: usize,
}

/// The latest second step of today, by one of these instruments, from a moment on.
pub fn answered_today(
    view: &PatientView,
    desk: Desk,
    context: &Context,
    instruments: &[&'static str],
    since: When,
) -> Option<AnsweredToday> {
    let zone = untrack(|| desk.zone());
    let found = view.timeline.iter().find_map(|row| {
        let Fact::Assessment(taken) = &row.fact else {
            return None;
        };
        let instrument = instruments.iter().find(|id| **id == taken.instrument)?;
        let Answered::Items(answers) = &taken.answers else {
            return None;
        };
        let counts = taken.at.day(zone) == view.today && is_answered_since(taken.at, since, zone);
        counts.then_some((row.entry, *instrument, taken, answers.clone()))
    });
    let (entry, instrument, form, answers) = found?;
    let definition = untrack(|| desk.instrument(instrument))?;
    let typed = MeasureTyped {
        way: Way::Questions,
        answers,
        respondent: form.respondent,
        ..MeasureTyped::default()
    };
    let time = match form.at {
        When::At(at) => format!(" at {}", zone.local(at).format("%H:%M")),
        When::Day(_) => String::new(),
    };
    let came_to = typed.outcome(definition, context);
    let came_to = came_to.map(|words| format!(": {words}")).unwrap_or_default();
    Some(AnsweredToday {
        entry,
        instrument,
        words: format!("{}{time}{came_to}", definition.short_title),
        at: form.at,
        taken: form.taken,
        positives: typed.positives(definition),
        open: typed.running(definition, context).open.len(),
        typed,
    })
}
