//! Concerns that an answer just opened and about which nobody has said yet what is done: their alert can't be sent
//! away without an action and a reason.

use leptos::prelude::*;

use crate::care::intent::Intent;
use crate::journal::{ChartId, Fact, ThingId};
use crate::registry::Saved;

/// A concern that an answer opened, or touched while it was open, in this tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// Whose.
    pub chart: ChartId,
    /// Which concern.
    pub concern: ThingId,
    /// The patient's name as lists show it.
    pub who: String,
}

/// The concerns that wait for an action, the oldest first.
#[derive(Clone, Copy)]
pub struct FreshConcerns {
    waiting: RwSignal<Vec<Fresh>>,
    /// Forms that show the alert themselves while they are filled in.
    forms: RwSignal<u32>,
}

impl FreshConcerns {
    /// None so far.
    pub(super) fn new() -> Self {
        Self {
            waiting: RwSignal::new(Vec::new()),
            forms: RwSignal::new(0),
        }
    }

    /// The concerns that wait, unless a form that is being filled in shows its own alert.
    pub fn waiting(&self) -> Vec<Fresh> {
        match self.forms.get() {
            0 => self.waiting.get(),
            _ => Vec::new(),
        }
    }

    /// Leaves the alert to the calling component for as long as it is shown.
    pub fn leave_to_form(&self) {
        let forms = self.forms;
        forms.update(|forms| *forms += 1);
        on_cleanup(move || {
            let _gone = forms.try_update(|forms| *forms = forms.saturating_sub(1));
        });
    }

    /// Takes over what a save did: an answer that opened a concern, or something that was done about one.
    pub(super) fn note(&self, kind: &SaveKind, saved: &Saved) {
        match kind {
            SaveKind::Answers => self.waiting.update(|waiting| {
                for concern in &saved.concerns {
                    if !waiting.iter().any(|fresh| fresh.concern == *concern) {
                        waiting.push(Fresh {
                            chart: saved.chart,
                            concern: *concern,
                            who: saved.name.clone().unwrap_or_default(),
                        });
                    }
                }
            }),
            SaveKind::Steps(concerns) => {
                self.waiting
                    .update(|waiting| waiting.retain(|fresh| !concerns.contains(&fresh.concern)));
            }
            SaveKind::Other => {}
        }
    }

    /// Lets go of a concern that is not open any more, as after an undo.
    pub fn forget(&self, concern: ThingId) {
        self.waiting
            .update(|waiting| waiting.retain(|fresh| fresh.concern != concern));
    }
}

/// What a save is to the concerns that wait.
pub(super) enum SaveKind {
    /// Answers, of which one may be positive.
    Answers,
    /// Something was done about these concerns.
    Steps(Vec<ThingId>),
    /// Anything else.
    Other,
}

impl SaveKind {
    pub(super) fn of(intent: &Intent) -> Self {
        match intent {
            Intent::Begin { .. }
            | Intent::Finish { .. }
            | Intent::Contact(_)
            | Intent::Correct { .. }
            | Intent::Move { .. }
            | Intent::Register(_)
            | Intent::OpenEpisode { .. } => Self::Answers,
            Intent::Record { facts, .. } => {
                let steps: Vec<ThingId> = facts.iter().filter_map(step_of).collect();
                match (steps.is_empty(), facts.iter().any(|f| matches!(f, Fact::Assessment(_)))) {
                    (false, _) => Self::Steps(steps),
                    (true, true) => Self::Answers,
                    (true, false) => Self::Other,
                }
            }
            Intent::CloseConcern { concern, .. }
            | Intent::CloseTypedInError { concern, .. }
            | Intent::Triage { concern, .. } => Self::Steps(vec![*concern]),
            _ => Self::Other,
        }
    }
}

fn step_of(fact: &Fact) -> Option<ThingId> {
    match fact {
        Fact::ConcernStep(step) => Some(step.concern),
        _ => None,
    }
}
