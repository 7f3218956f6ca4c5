//! The contact form's fields, a signal each, and back to what was typed.

use leptos::prelude::*;

use super::more::MoreFields;
use crate::app::route::{from_word, word};
use crate::app::typed::contact::{ContactTyped, NextTyped, ReachedTyped};
use crate::app::typed::measure::MeasureTyped;
use crate::journal::EntryId;
use crate::journal::facts::{Activity, AttemptOutcome, Channel, DayPart, Intervention, Mode, With};

/// The fields of the form.
#[derive(Clone, Copy)]
pub struct Fields {
    pub with: RwSignal<Vec<With>>,
    pub mode: RwSignal<Option<Mode>>,
    pub by: RwSignal<Option<Channel>>,
    pub reached: RwSignal<Option<ReachedTyped>>,
    /// Word of the kind of contact.
    pub kind: RwSignal<String>,
    pub outcome: RwSignal<Option<AttemptOutcome>>,
    pub day: RwSignal<String>,
    pub time: RwSignal<String>,
    pub minutes: RwSignal<String>,
    /// Word of the activity; empty for the usual one.
    pub activity: RwSignal<String>,
    /// Word of the programme that the time is counted for.
    pub bucket: RwSignal<String>,
    /// Id of whoever shared the contact; empty for nobody.
    pub colleague: RwSignal<String>,
    /// The measures of the form by instrument, in the form's order.
    pub measures: RwSignal<Vec<(String, RwSignal<MeasureTyped>)>>,
    /// Safety items that were left open earlier, by instrument.
    pub apart: RwSignal<Vec<(String, RwSignal<MeasureTyped>)>>,
    pub did: RwSignal<Vec<Intervention>>,
    pub note: RwSignal<String>,
    pub next: RwSignal<Option<NextTyped>>,
    pub next_day: RwSignal<String>,
    pub next_time: RwSignal<String>,
    pub next_mode: RwSignal<Option<Mode>>,
    /// What a try left.
    pub left: RwSignal<String>,
    /// The part of the day of another try.
    pub part: RwSignal<Option<DayPart>>,
    /// What it was about.
    pub more: MoreFields,
    /// The id that it is saved under.
    pub entry: Option<EntryId>,
}

impl Fields {
    /// Fields that hold what was typed.
    pub fn new(typed: ContactTyped) -> Self {
        let each = |all: Vec<(String, MeasureTyped)>| {
            RwSignal::new(
                all.into_iter()
                    .map(|(id, typed)| (id, RwSignal::new(typed)))
                    .collect::<Vec<_>>(),
            )
        };
        let chosen = |word: Option<String>| RwSignal::new(word.unwrap_or_default());
        Self {
            with: RwSignal::new(typed.with),
            mode: RwSignal::new(typed.mode),
            by: RwSignal::new(typed.by),
            reached: RwSignal::new(typed.reached),
            kind: chosen(typed.kind.map(word)),
            outcome: RwSignal::new(typed.outcome),
            day: RwSignal::new(typed.day),
            time: RwSignal::new(typed.time),
            minutes: RwSignal::new(typed.minutes),
            activity: chosen(typed.activity.map(Activity::code)),
            bucket: chosen(typed.bucket.map(word)),
            colleague: chosen(typed.colleague.map(|who| who.to_string())),
            measures: each(typed.measures),
            apart: each(typed.apart),
            did: RwSignal::new(typed.did),
            note: RwSignal::new(typed.note),
            next: RwSignal::new(typed.next),
            next_day: RwSignal::new(typed.next_day),
            next_time: RwSignal::new(typed.next_time),
            next_mode: RwSignal::new(typed.next_mode),
            left: RwSignal::new(typed.left),
            part: RwSignal::new(typed.part),
            more: MoreFields::new(typed.more),
            entry: typed.entry,
        }
    }

    /// What is typed now. Follows every field.
    pub fn typed(&self) -> ContactTyped {
        ContactTyped {
            with: self.with.get(),
            mode: self.mode.get(),
            by: self.by.get(),
            reached: self.reached.get(),
            kind: from_word(&self.kind.get()),
            outcome: self.outcome.get(),
            day: self.day.get(),
            time: self.time.get(),
            minutes: self.minutes.get(),
            activity: Activity::of_code(&self.activity.get()),
            bucket: from_word(&self.bucket.get()),
            colleague: self.colleague.get().parse().ok(),
            measures: self
                .measures
                .get()
                .into_iter()
                .map(|(id, typed)| (id, typed.get()))
                .collect(),
            apart: self
                .apart
                .get()
                .into_iter()
                .map(|(id, typed)| (id, typed.get()))
                .filter(|(_, typed)| !typed.answers.is_empty() || typed.begun.is_some())
                .collect(),
            did: self.did.get(),
            note: self.note.get(),
            next: self.next.get(),
            next_day: self.next_day.get(),
            next_time: self.next_time.get(),
            next_mode: self.next_mode.get(),
            left: self.left.get(),
            part: self.part.get(),
            more: self.more.typed(),
            entry: self.entry,
            ..ContactTyped::default()
        }
    }

    /// A measure of the form, by its instrument.
    pub fn measure(&self, instrument: &str) -> Option<RwSignal<MeasureTyped>> {
        let measures = self.measures.get();
        measures
            .into_iter()
            .find(|(id, _)| id == instrument)
            .map(|(_, typed)| typed)
    }

    /// Whether somebody was reached.
    pub fn was_reached(&self) -> bool {
        self.reached.get() != Some(ReachedTyped::No)
    }
}
