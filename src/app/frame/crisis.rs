//! The way to a crisis contact from anywhere, and those that were begun and are in no record yet.

use std::collections::BTreeSet;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::{Button, ButtonKind, ButtonLink, Icon, IconName};
use crate::app::format;
use crate::app::keys::use_key;
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::app::typed::crisis::waits_in_draft;
use crate::journal::ChartId;

/// With what every key of a crisis contact's draft begins.
const DRAFT: &str = "crisis/";

/// How the page of a crisis contact was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// By its address: after a lock, a reload, by the banner.
    #[default]
    WhatWasLeft,
    /// By the key or the button, on no patient's page.
    Anybody,
    /// On the page of this patient.
    With(ChartId),
}

/// Crisis contacts that are drafts: begun, and in no record yet.
#[derive(Clone, Copy)]
pub struct Crises {
    /// The keys of their drafts.
    keys: RwSignal<Vec<String>>,
    /// The keys of those in which a positive safety answer waits for its patient.
    positive: RwSignal<BTreeSet<String>>,
    /// How the page was asked for.
    wanted: StoredValue<Wanted>,
}

impl Crises {
    /// Those that were left when the registry was last closed; makes itself the context's.
    pub fn provide() -> Self {
        let mut keys: Vec<String> = Vec::new();
        for key in &use_desk().opened().drafts {
            let key = key.trim_end_matches("/beside");
            if key.starts_with(DRAFT) && keys.iter().all(|known| known != key) {
                keys.push(key.to_owned());
            }
        }
        let crises = Self {
            keys: RwSignal::new(keys.clone()),
            positive: RwSignal::new(BTreeSet::new()),
            wanted: StoredValue::new(Wanted::WhatWasLeft),
        };
        provide_context(crises);
        let desk = use_desk();
        spawn_local(async move {
            for key in keys {
                let draft = desk.draft(&key).await;
                crises.waits(&key, draft.is_some_and(|json| waits_in_draft(&json)));
            }
        });
        crises
    }
    /// The keys of the drafts. Follows them.
    pub fn keys(&self) -> Vec<String> {
        self.keys.get()
    }
    /// The key of a new one.
    pub fn new_key(number: u64) -> String {
        format!("{DRAFT}{number:016x}")
    }
    /// A draft was kept for the first time.
    pub fn begun(&self, key: &str) {
        let known = self.keys.with_untracked(|keys| keys.iter().any(|known| known == key));
        if !known {
            self.keys.update(|keys| keys.push(key.to_owned()));
        }
    }
    /// Whether a positive safety answer waits in a draft for its patient.
    pub fn waits(&self, key: &str, waits: bool) {
        let known = self.positive.try_with_untracked(|positive| positive.contains(key));
        if known == Some(!waits) {
            let _changed = self.positive.try_update(|positive| match waits {
                true => positive.insert(key.to_owned()),
                false => positive.remove(key),
            });
        }
    }
    /// Whether a positive safety answer is in a draft, and in no record.
    pub fn is_positive(&self) -> bool {
        self.positive.with(|positive| !positive.is_empty())
    }
    /// A draft was written into a record, or thrown away.
    pub fn over(&self, key: &str) {
        self.waits(key, false);
        self.keys.update(|keys| keys.retain(|known| known != key));
    }
    /// How the page was asked for, once.
    pub fn take_wanted(&self) -> Wanted {
        let taken = self.wanted.try_update_value(std::mem::take);
        taken.unwrap_or_default()
    }
}

/// The drafts of this page.
pub fn use_crises() -> Crises {
    expect_context()
}

/// A button that is always there, with its keys: `e`, and F8, which works while something is typed too.
#[component]
pub fn CrisisButton() -> impl IntoView {
    let (router, crises) = (use_router(), use_crises());
    let begin = move || {
        let chart = router.get_untracked().and_then(|route| route.chart());
        if router.get_untracked() != Some(Route::Crisis) {
            crises.wanted.set_value(chart.map_or(Wanted::Anybody, Wanted::With));
            router.go(Route::Crisis);
        }
    };
    use_key("e", "Crisis contact", begin);
    let anywhere = window_event_listener(ev::keydown, move |event| {
        if event.key() == "F8" && !event.repeat() && !event.default_prevented() {
            event.prevent_default();
            begin();
        }
    });
    on_cleanup(move || anywhere.remove());
    view! {
        <span class="crisis-button" title="e, or F8 while you type">
            <Button icon=IconName::Alert says="Crisis contact" on_press=move |()| begin()>"Crisis"</Button>
        </span>
    }
}

/// Says how many crisis contacts are in no record yet, on every page but their own.
#[component]
pub fn CrisisBanner() -> impl IntoView {
    let (router, crises) = (use_router(), use_crises());
    move || {
        let waiting = u64::try_from(crises.keys().len()).unwrap_or(0);
        (waiting > 0 && router.get() != Some(Route::Crisis)).then(|| {
            let contacts = format::count(waiting, "crisis contact is", "crisis contacts are");
            view! {
                <div class="notice-line crisis-waits" role="status">
                    <Icon name=IconName::Alert/>
                    <p>
                        {contacts}" not in any record yet. What was typed is kept, sealed, in this browser."
                        {crises.is_positive().then(|| view! {
                            <strong>" A positive safety answer is in it: it opens no concern until its patient is chosen."</strong>
                        })}
                    </p>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::Crisis.href()>"Go on with it"</ButtonLink>
                </div>
            }
        })
    }
}
