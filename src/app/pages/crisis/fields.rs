//! The fields of a crisis contact, a signal each, and back to what was typed.

use leptos::prelude::*;

use crate::app::pages::safety::ToldRows;
use crate::app::route::{from_word, word};
use crate::app::typed::crisis::CrisisTyped;
use crate::app::typed::measure::MeasureTyped;
use crate::journal::ChartId;
use crate::journal::facts::{ConcernKind, Disposition, Mode, With};

/// The fields of the form.
#[derive(Clone, Copy)]
pub struct Fields {
    started: u64,
    /// When the clock was stopped, and how long it stood still before.
    pub clock: RwSignal<(Option<u64>, u64)>,
    pub chart: RwSignal<Option<ChartId>>,
    pub held: RwSignal<bool>,
    pub mode: RwSignal<Option<Mode>>,
    pub with: RwSignal<Vec<With>>,
    pub place: RwSignal<String>,
    pub call_back: RwSignal<String>,
    pub company: RwSignal<String>,
    pub means: RwSignal<String>,
    /// Word of the kind of concern.
    pub kind: RwSignal<String>,
    pub asq: RwSignal<MeasureTyped>,
    pub showed: RwSignal<String>,
    pub led_to: RwSignal<Option<Disposition>>,
    pub led_note: RwSignal<String>,
    pub told: ToldRows,
    pub next: RwSignal<String>,
    pub note: RwSignal<String>,
    pub minutes: RwSignal<String>,
}

impl Fields {
    /// Fields that hold what was typed.
    pub fn new(typed: CrisisTyped) -> Self {
        let text = RwSignal::new;
        Self {
            started: typed.started,
            clock: RwSignal::new((typed.stopped, typed.paused)),
            chart: RwSignal::new(typed.chart),
            held: RwSignal::new(typed.held),
            mode: RwSignal::new(typed.mode),
            with: RwSignal::new(typed.with),
            place: text(typed.place),
            call_back: text(typed.call_back),
            company: text(typed.company),
            means: text(typed.means),
            kind: text(word(typed.kind.unwrap_or(ConcernKind::Suicide))),
            asq: RwSignal::new(typed.asq),
            showed: text(typed.showed),
            led_to: RwSignal::new(typed.led_to),
            led_note: text(typed.led_note),
            told: ToldRows::new(typed.told),
            next: text(typed.next),
            note: text(typed.note),
            minutes: text(typed.minutes),
        }
    }

    /// What is typed now. Follows every field.
    pub fn typed(&self) -> CrisisTyped {
        let (stopped, paused) = self.clock.get();
        CrisisTyped {
            started: self.started,
            stopped,
            paused,
            chart: self.chart.get(),
            held: self.held.get(),
            mode: self.mode.get(),
            with: self.with.get(),
            place: self.place.get(),
            call_back: self.call_back.get(),
            company: self.company.get(),
            means: self.means.get(),
            kind: from_word(&self.kind.get()),
            asq: self.asq.get(),
            showed: self.showed.get(),
            led_to: self.led_to.get(),
            led_note: self.led_note.get(),
            told: self.told.typed(),
            next: self.next.get(),
            note: self.note.get(),
            minutes: self.minutes.get(),
            waits: false,
        }
    }

    /// What the crisis is about. Follows it.
    pub fn about(&self) -> ConcernKind {
        from_word(&self.kind.get()).unwrap_or(ConcernKind::Suicide)
    }
}
