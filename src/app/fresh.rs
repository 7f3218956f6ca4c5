//! Concerns that an answer just opened and about which nobody has said yet what is done: their alert can't be sent
//! away without an action and a reason.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::core::Core;
use crate::care::concerns_of;
use crate::care::intent::Intent;
use crate::journal::facts::{HandedThing, Said};
use crate::journal::{ChartId, Fact, ThingId};
use crate::registry::{Request, Response, Saved};

/// The key under which they are kept, sealed, beside the drafts: a reload, a crash or a lock doesn't send the alert away.
const KEPT: &str = "fresh";

/// A concern that an answer opened, or touched while it was open, in this tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    core: Core,
}

impl FreshConcerns {
    /// Those that were left when the registry was last closed, among its drafts.
    pub(super) fn new(core: Core, drafts: &[String]) -> Self {
        let fresh = Self {
            waiting: RwSignal::new(Vec::new()),
            forms: RwSignal::new(0),
            core,
        };
        if drafts.iter().any(|key| key == KEPT) {
            spawn_local(async move {
                if let Ok(Response::Draft(Some(json))) = core.ask(Request::Draft(KEPT.to_owned())).await {
                    fresh.add(serde_json::from_str(&json).unwrap_or_default());
                }
            });
        }
        fresh
    }

    /// Adds those that don't wait yet.
    fn add(&self, more: Vec<Fresh>) {
        let _gone = self.waiting.try_update(|waiting| {
            for fresh in more {
                if !waiting.iter().any(|other| other.concern == fresh.concern) {
                    waiting.push(fresh);
                }
            }
        });
    }

    /// Lets go of some.
    fn remove(&self, is_over: impl Fn(ThingId) -> bool) {
        if self
            .waiting
            .with_untracked(|waiting| waiting.iter().any(|fresh| is_over(fresh.concern)))
        {
            self.waiting
                .update(|waiting| waiting.retain(|fresh| !is_over(fresh.concern)));
            self.keep();
        }
    }

    /// Keeps them as they are now.
    fn keep(&self) {
        let (core, key) = (self.core, KEPT.to_owned());
        let json = self.waiting.with_untracked(|waiting| match waiting.is_empty() {
            true => None,
            false => serde_json::to_string(waiting).ok(),
        });
        spawn_local(async move {
            let request = match json {
                Some(json) => Request::PutDraft { key, json },
                None => Request::DropDraft(key),
            };
            let _kept = core.ask(request).await;
        });
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
            SaveKind::Answers => {
                let fresh = saved.concerns.iter().map(|concern| Fresh {
                    chart: saved.chart,
                    concern: *concern,
                    who: saved.name.clone().unwrap_or_default(),
                });
                let fresh: Vec<Fresh> = fresh.collect();
                if !fresh.is_empty() {
                    self.add(fresh);
                    self.keep();
                }
            }
            SaveKind::Steps(concerns) => self.remove(|concern| concerns.contains(&concern)),
            // A crisis contact is what is done about its concern.
            SaveKind::Crisis => self.remove(|concern| saved.concerns.contains(&concern)),
            SaveKind::Other => {}
        }
    }

    /// Lets go of a concern that is not open any more, as after an undo.
    pub fn forget(&self, concern: ThingId) {
        self.remove(|other| other == concern);
    }
}

/// What a save is to the concerns that wait.
pub(super) enum SaveKind {
    /// Answers, of which one may be positive.
    Answers,
    /// Something was done about these concerns.
    Steps(Vec<ThingId>),
    /// A crisis contact.
    Crisis,
    /// Anything else.
    Other,
}

impl SaveKind {
    pub(super) fn of(intent: &Intent) -> Self {
        match intent {
            Intent::Crisis(_) => Self::Crisis,
            Intent::Finish { form, .. } if matches!(**form, Intent::Crisis(_)) => Self::Crisis,
            Intent::Begin { .. }
            | Intent::Finish { .. }
            | Intent::Contact(_)
            | Intent::Correct { .. }
            | Intent::Move { .. }
            | Intent::Register(_)
            | Intent::OpenEpisode { .. } => Self::Answers,
            Intent::Record { facts, .. } => {
                let steps: Vec<ThingId> = facts.iter().filter_map(step_of).collect();
                let asked = |fact: &Fact| matches!(fact, Fact::Assessment(_) | Fact::AreaAnswers(_));
                match (steps.is_empty(), facts.iter().any(asked)) {
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
        Fact::HandedOver(handed) if handed.what == HandedThing::Concern => Some(handed.about),
        _ => None,
    }
}

/// Whether an intent commits an answer that is being typed: a measure's, or a yes of the initial assessment that means "now".
pub(super) fn is_early(intent: &Intent) -> bool {
    let facts = match intent {
        Intent::Begin { .. } => return true,
        Intent::Record { facts, .. } => facts,
        _ => return false,
    };
    let [Fact::AreaAnswers(area)] = facts.as_slice() else {
        return false;
    };
    let is_now = |(question, said): (_, &Said)| concerns_of(question).is_some() && matches!(said, Said::Yes { .. });
    area.replies.iter().any(|(question, said)| is_now((*question, said)))
}
