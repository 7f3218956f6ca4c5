//! What is typed into the forms of the page, kept as one sealed draft: leaving to call a patient, a lock or a reload
//! loses none of it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use crate::app::effects::effect;
use crate::app::state::Desk;
use crate::journal::ThingId;

/// Under which key the draft is kept.
const DRAFT: &str = "triage";

/// What can be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choose {
    /// It stays open and is worked on today.
    ActToday,
    /// Somebody else looks after it.
    Elsewhere,
    /// It was dealt with before.
    DealtWith,
}

/// What is typed about one concern.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Decision {
    choice: Option<Choose>,
    plan: String,
    by: String,
    done: String,
    day: String,
}

/// The fields of one form.
#[derive(Clone, Copy)]
pub struct Fields {
    /// The decision.
    pub choice: RwSignal<Option<Choose>>,
    /// What will be done today.
    pub plan: RwSignal<String>,
    /// Who looks after it.
    pub by: RwSignal<String>,
    /// What was done.
    pub done: RwSignal<String>,
    /// On which day.
    pub day: RwSignal<String>,
}

/// What is typed into all forms of the page. Take it with [`use_typed`].
#[derive(Clone, Copy)]
pub struct Typed {
    /// None until the draft was read.
    decisions: RwSignal<Option<BTreeMap<ThingId, Decision>>>,
}

impl Typed {
    /// Reads what was kept, keeps what is typed from then on, and makes itself the context's.
    pub fn provide(desk: Desk) -> Self {
        let decisions = RwSignal::new(None);
        let owner = Owner::current();
        spawn_local(async move {
            let kept = desk.draft(DRAFT).await;
            let kept = kept.and_then(|json| serde_json::from_str(&json).ok());
            if decisions.try_set(Some(kept.unwrap_or_default())).is_some() {
                return;
            }
            let keep = move || {
                desk.keep_draft(DRAFT, move || {
                    let typed = decisions.try_get()??;
                    serde_json::to_string(&typed).ok()
                })
            };
            // The page may be gone by now; its owner says so by running nothing that outlives it.
            if let Some(owner) = owner {
                owner.with(keep);
            }
        });
        let typed = Self { decisions };
        provide_context(typed);
        typed
    }

    /// Whether what was kept has been read.
    pub fn is_here(&self) -> bool {
        self.decisions.with(Option::is_some)
    }

    /// The fields of one form, with what was typed into them before.
    pub fn fields(&self, concern: ThingId) -> Fields {
        let decisions = self.decisions;
        let before = decisions.with_untracked(|all| all.as_ref().and_then(|all| all.get(&concern)).cloned());
        let before = before.unwrap_or_default();
        let fields = Fields {
            choice: RwSignal::new(before.choice),
            plan: RwSignal::new(before.plan),
            by: RwSignal::new(before.by),
            done: RwSignal::new(before.done),
            day: RwSignal::new(before.day),
        };
        effect(move |_| {
            let now = Decision {
                choice: fields.choice.get(),
                plan: fields.plan.get(),
                by: fields.by.get(),
                done: fields.done.get(),
                day: fields.day.get(),
            };
            if now != Decision::default() {
                decisions.update(|all| {
                    all.get_or_insert_default().insert(concern, now);
                });
            }
        });
        fields
    }

    /// Forgets what was typed about a concern: it was decided on.
    pub fn forget(&self, concern: ThingId) {
        let _gone = self
            .decisions
            .try_update(|all| all.as_mut().map(|all| all.remove(&concern)));
    }
}

/// What is typed into the forms of this page.
pub fn use_typed() -> Typed {
    expect_context()
}
