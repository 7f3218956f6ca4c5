//! The contact form's fields, a signal each, and back to what was typed.

use leptos::prelude::*;

use crate::app::route::{from_word, word};
use crate::app::typed::contact::{ContactTyped, NextTyped, ReachedTyped};
use crate::app::typed::measure::MeasureTyped;
use crate::journal::facts::{AttemptOutcome, Channel, Intervention, Mode, With};

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
    pub phq9: RwSignal<MeasureTyped>,
    pub gad7: RwSignal<MeasureTyped>,
    pub did: RwSignal<Vec<Intervention>>,
    pub note: RwSignal<String>,
    pub next: RwSignal<Option<NextTyped>>,
    pub next_day: RwSignal<String>,
    pub next_time: RwSignal<String>,
    pub next_mode: RwSignal<Option<Mode>>,
}

impl Fields {
    /// Fields that hold what was typed.
    pub fn new(typed: ContactTyped) -> Self {
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
            activity: chosen(typed.activity.map(word)),
            bucket: chosen(typed.bucket.map(word)),
            phq9: RwSignal::new(typed.phq9),
            gad7: RwSignal::new(typed.gad7),
            did: RwSignal::new(typed.did),
            note: RwSignal::new(typed.note),
            next: RwSignal::new(typed.next),
            next_day: RwSignal::new(typed.next_day),
            next_time: RwSignal::new(typed.next_time),
            next_mode: RwSignal::new(typed.next_mode),
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
            activity: from_word(&self.activity.get()),
            bucket: from_word(&self.bucket.get()),
            phq9: self.phq9.get(),
            gad7: self.gad7.get(),
            did: self.did.get(),
            note: self.note.get(),
            next: self.next.get(),
            next_day: self.next_day.get(),
            next_time: self.next_time.get(),
            next_mode: self.next_mode.get(),
        }
    }

    /// Whether somebody was reached.
    pub fn was_reached(&self) -> bool {
        self.reached.get() != Some(ReachedTyped::No)
    }
}
