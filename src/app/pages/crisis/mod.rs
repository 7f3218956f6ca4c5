//! A crisis contact: open at once, whoever it is with. Nothing is required; what is typed is kept, sealed, until it
//! stands in a record.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::browser::{fill_random, now_millis};
use crate::app::components::{Button, ButtonKind, Confirm, CrisisLines, Loading, Notice, Tone};
use crate::app::format;
use crate::app::frame::{Crises, Wanted, use_crises};
use crate::app::pages::scripts::CallScripts;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::crisis::CrisisTyped;
use crate::exchange::note::Script;
use crate::journal::{ChartId, When};
use crate::registry::Request;

mod fields;
mod form;
mod who;

/// A crisis contact that is being written down.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Begun {
    /// The key of its draft.
    key: String,
    /// What was typed.
    typed: CrisisTyped,
    /// Whether it comes from a draft.
    restored: bool,
}

/// A crisis contact.
#[component]
pub fn CrisisPage() -> impl IntoView {
    let desk = use_desk();
    desk.hold_open();
    let crises = use_crises();
    let wanted = crises.take_wanted();
    let now = RwSignal::new(None::<Begun>);
    let others = RwSignal::new(Vec::<Begun>::new());
    spawn_local(async move {
        let mut kept = read_all(desk, crises).await;
        let chosen = pick(&kept, wanted, now_millis()).map(|at| kept.remove(at));
        let chart = match wanted {
            Wanted::With(chart) => Some(chart),
            Wanted::Anybody | Wanted::WhatWasLeft => None,
        };
        let _shown = others.try_set(kept);
        let _shown = now.try_set(Some(chosen.unwrap_or_else(|| fresh(chart))));
    });
    // What is on the page is stored before it is left.
    let another = move || {
        spawn_local(async move {
            let _shown = others.try_set(read_all(desk, crises).await);
            let _shown = now.try_set(Some(fresh(None)));
        });
    };
    view! {
        <div class="crisis-page">
            <Notice tone=Tone::Error title="Nobody else is alerted">
                <p>"This app tells nobody but you. Stay on the line while somebody else calls."</p>
                <CrisisLines/>
            </Notice>
            <Others now others/>
            <CallScripts fitting=vec![Script::Suicide]/>
            {move || match now.get() {
                Some(begun) => view! { <form::CrisisForm begun on_another=Callback::new(move |()| another())/> }.into_any(),
                None => view! { <Loading words="Looking for what was typed before\u{2026}"/> }.into_any(),
            }}
        </div>
    }
}

/// The drafts that are kept, the newest first.
async fn read_all(desk: Desk, crises: Crises) -> Vec<Begun> {
    desk.store_drafts().await;
    let mut kept = Vec::new();
    for key in untrack(|| crises.keys()) {
        let json = desk.draft(&key).await;
        match json.and_then(|json| serde_json::from_str::<CrisisTyped>(&json).ok()) {
            Some(typed) => kept.push(Begun {
                key,
                typed,
                restored: true,
            }),
            None => crises.over(&key),
        }
    }
    kept.sort_by_key(|begun| std::cmp::Reverse(begun.typed.started));
    kept
}

/// A call that was begun less than this ago, in milliseconds, is probably the one that the key is pressed for again.
const STILL_ON: u64 = 60 * 60 * 1000;

/// Which draft is gone on with. Asked for on a patient's page, that patient's; by key elsewhere, the call that is still
/// on; after a lock, a reload or by the banner, the newest. One that was saved without a patient waits for a name, not
/// for the next call: it comes last.
fn pick(kept: &[Begun], wanted: Wanted, now: u64) -> Option<usize> {
    let is_on = |begun: &Begun| !begun.typed.held && now.saturating_sub(begun.typed.started) < STILL_ON;
    match wanted {
        Wanted::With(chart) => kept.iter().position(|begun| begun.typed.chart == Some(chart)),
        Wanted::Anybody => kept.iter().position(is_on),
        Wanted::WhatWasLeft => kept
            .iter()
            .position(|begun| !begun.typed.held)
            .or((!kept.is_empty()).then_some(0)),
    }
}

fn fresh(chart: Option<ChartId>) -> Begun {
    let mut random = [0; 8];
    let now = now_millis();
    let number = match fill_random(&mut random) {
        true => u64::from_be_bytes(random),
        false => now,
    };
    Begun {
        key: Crises::new_key(number),
        typed: CrisisTyped::begun(now, chart),
        restored: false,
    }
}

/// Other crisis contacts that are in no record yet.
#[component]
fn Others(now: RwSignal<Option<Begun>>, others: RwSignal<Vec<Begun>>) -> impl IntoView {
    let (desk, crises) = (use_desk(), use_crises());
    let asking = RwSignal::new(false);
    let thrown = RwSignal::new(None::<String>);
    let throw = move |()| {
        let Some(key) = thrown.get_untracked() else { return };
        crises.over(&key);
        others.update(|others| others.retain(|other| other.key != key));
        spawn_local(async move {
            let _dropped = desk.ask(Request::DropDraft(key)).await;
        });
    };
    let open = move |key: String| {
        spawn_local(async move {
            let mut kept = read_all(desk, crises).await;
            if let Some(at) = kept.iter().position(|begun| begun.key == key) {
                let chosen = kept.remove(at);
                let _shown = others.try_set(kept);
                let _shown = now.try_set(Some(chosen));
            }
        });
    };
    let line = move |begun: Begun| {
        let zone = desk.zone();
        let when = format::short_when(begun.typed.at(zone), zone, desk.today().get());
        let whose = match (begun.typed.chart, begun.typed.held) {
            (Some(_), _) => "of a patient, not saved",
            (None, true) => "waits for its patient",
            (None, false) => "no patient yet",
        };
        let place = crate::app::typed::text(&begun.typed.place).map(|place| format!(": {place}"));
        let (key, opened) = (begun.key.clone(), begun.key);
        let said = when.clone();
        view! {
            <li>
                <p>"Begun "{when}", "{whose}{place}</p>
                <Button on_press=move |()| open(opened.clone()) says=format!("Open the one begun {said}")>"Open"</Button>
                <Button kind=ButtonKind::Quiet on_press=move |()| { thrown.set(Some(key.clone())); asking.set(true); }>"Throw away"</Button>
            </li>
        }
    };
    view! {
        <Show when=move || !others.with(Vec::is_empty)>
            <section class="crisis-others" aria-labelledby="crisis-others">
                <h2 id="crisis-others">"Others that are in no record yet"</h2>
                <ul>{move || others.get().into_iter().map(line).collect_view()}</ul>
            </section>
        </Show>
        <Confirm open=asking title="Throw this crisis contact away?" deed="Throw it away" on_confirm=throw>
            <p>"It is in no record: what was typed is gone for good then."</p>
        </Confirm>
    }
}

/// When something began, for those who read it on the page.
fn began(desk: Desk, at: When) -> String {
    format::short_when(at, desk.zone(), desk.today().get())
}
