//! Drafts: what is typed into a form is sealed and stored, at most two seconds behind, until the form is saved.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use super::effects::effect;
use leptos::task::spawn_local;

use super::core::Core;
use super::state::Desk;
use crate::registry::{Request, Response};

/// How long after the first change a draft is stored: under the two seconds that are promised.
const DELAY: Duration = Duration::from_millis(1_500);

/// Keeps one form's draft.
#[derive(Clone)]
pub struct DraftKeeper {
    key: String,
    core: Core,
    /// What the form held when it last changed.
    latest: Rc<RefCell<Option<String>>>,
    state: Rc<Cell<State>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing has changed since the last store.
    Clean,
    /// A change waits to be stored.
    Waiting,
    /// The form was saved: nothing is stored any more.
    Over,
}

impl Desk {
    /// What was kept of a form, as it wrote it.
    pub async fn draft(&self, key: &str) -> Option<String> {
        match self.ask(Request::Draft(key.to_owned())).await {
            Ok(Response::Draft(json)) => json,
            Ok(_) | Err(_) => None,
        }
    }

    /// Keeps a form's draft for as long as the calling component is shown. `content` reads the form's signals and
    /// writes them as JSON, or says `None` while there is nothing worth keeping. Call it after the old draft was read.
    pub fn keep_draft(&self, key: impl Into<String>, content: impl Fn() -> Option<String> + 'static) -> DraftKeeper {
        let keeper = DraftKeeper {
            key: key.into(),
            core: self.core(),
            latest: Rc::new(RefCell::new(None)),
            state: Rc::new(Cell::new(State::Clean)),
        };
        let changed = keeper.clone();
        effect(move |before: Option<()>| {
            // Reading the form here is what makes this run again when it changes.
            changed.latest.replace(content());
            if before.is_some() {
                changed.touch();
            }
        });
        self.drafts.update_value(|all| all.push(keeper.clone()));
        let (drafts, left) = (self.drafts, StoredValue::new_local(keeper.clone()));
        on_cleanup(move || {
            let Some(left) = left.try_get_value() else {
                return;
            };
            // Of this form alone: the same one may have been opened anew by then.
            drafts.update_value(|all| all.retain(|other| !Rc::ptr_eq(&other.latest, &left.latest)));
            spawn_local(async move { left.store_now().await });
        });
        keeper
    }

    /// Stores all drafts that wait: before the page locks.
    pub async fn store_drafts(&self) {
        for keeper in self.drafts.get_value() {
            keeper.store_now().await;
        }
    }
}

impl DraftKeeper {
    /// Throws the draft away and keeps no more: the form was saved, or its user said so.
    pub fn drop_draft(&self) {
        self.state.set(State::Over);
        let (core, key) = (self.core, self.key.clone());
        spawn_local(async move {
            let _dropped = core.ask(Request::DropDraft(key)).await;
        });
    }

    /// Throws away what was kept so far: it was saved, and what is typed from now on is kept again.
    pub fn start_over(&self) {
        self.latest.replace(None);
        self.state.set(State::Clean);
        let (core, key) = (self.core, self.key.clone());
        spawn_local(async move {
            let _dropped = core.ask(Request::DropDraft(key)).await;
        });
    }

    /// Whether there is something to keep that was not saved.
    pub fn holds_something(&self) -> bool {
        self.state.get() != State::Over && self.latest.borrow().is_some()
    }

    fn touch(&self) {
        if self.state.get() != State::Clean {
            return;
        }
        self.state.set(State::Waiting);
        let keeper = self.clone();
        set_timeout(move || spawn_local(async move { keeper.store_now().await }), DELAY);
    }

    /// Stores what waits without waiting any longer: after something that a draft must not be behind of.
    pub fn store_soon(&self) {
        let keeper = self.clone();
        spawn_local(async move { keeper.store_now().await });
    }

    /// Stores what waits.
    async fn store_now(&self) {
        if self.state.get() != State::Waiting {
            return;
        }
        self.state.set(State::Clean);
        let Some(json) = self.latest.borrow().clone() else {
            return;
        };
        let key = self.key.clone();
        let _stored = self.core.ask(Request::PutDraft { key, json }).await;
    }
}
