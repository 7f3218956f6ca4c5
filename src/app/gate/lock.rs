//! Locking: after idle minutes, after eight hours, on command, and in all tabs at once. The key is dropped and the
//! page loaded anew, so that its memory goes too; unlocking returns to the same route and field.

use std::time::Duration;

use gloo_storage::{SessionStorage, Storage as _};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;

use crate::app::browser::{self, now_millis};
use crate::app::components::{Notice, Tone};
use crate::app::effects::effect;
use crate::app::idle::Idle;
use crate::app::preferences::use_preferences;
use crate::app::router::{Leave, use_router};
use crate::app::seen::Seen;
use crate::app::state::Desk;
use crate::app::tabs::{Tabs, use_tabs};
use crate::app::talk::Said;
use crate::registry::Request;

/// A warning comes so long before, in milliseconds.
const WARNING: u64 = 60_000;
/// Drafts are stored and the keys dropped before the page is loaded anew; a core that doesn't answer is not waited for
/// any longer than this. The page is covered meanwhile.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// Where the field that had the focus is kept over a lock.
const FIELD: &str = "caseload.field";
/// The page is drawn anew after an unlock; its field is looked for so often, and so many times.
const LOOK_EVERY: Duration = Duration::from_millis(100);
const LOOKS: u32 = 50;

/// Locks the page.
#[derive(Clone, Copy)]
struct Locker {
    lock: Callback<()>,
    /// Seconds until it locks by itself, once there are few.
    left: RwSignal<Option<u64>>,
}

/// What locks the page on command, unless the page that is shown asks for something first. A page that was idle for too long
/// locks all the same.
pub fn use_lock() -> Callback<()> {
    let (here, seen) = (use_lock_to_hand_over(), use_context::<Seen>());
    Callback::new(move |()| {
        if seen.is_none_or(|seen| !seen.keeps(Leave::Lock)) {
            here.run(());
        }
    })
}

/// The same for giving the device to a patient: nobody goes home, so nothing of the evening is asked.
pub fn use_lock_to_hand_over() -> Callback<()> {
    let (lock, router) = (expect_context::<Locker>().lock, use_router());
    Callback::new(move |()| {
        if router.may_leave(Leave::Lock) {
            lock.run(());
        }
    })
}

/// Watches the page from now on.
pub fn provide(desk: Desk) {
    let (preferences, tabs) = (use_preferences(), use_tabs());
    let idle = StoredValue::new(Idle::new(now_millis()));
    let left = RwSignal::new(None);
    let locking = StoredValue::new(false);
    let lock_here = move || {
        if !locking.get_value() {
            locking.set_value(true);
            lock_page(desk);
        }
    };
    let lock = Callback::new(move |()| {
        tabs.tell(Said::Lock);
        lock_here();
    });
    let check = move || {
        let now = now_millis();
        let deadline = idle.with_value(|idle| idle.deadline(preferences.get_untracked().lock_minutes));
        let rest = deadline.saturating_sub(now);
        if rest == 0 {
            lock.run(());
        }
        left.set((rest <= WARNING).then_some(rest / 1000));
        if let Some(at) = idle.try_update_value(|idle| idle.to_tell(now)).flatten() {
            tabs.tell(Said::Busy(at));
        }
        rest > 0
    };
    // A machine that slept past the deadline locks before its first key counts.
    let busy = move || {
        if check() {
            idle.update_value(|idle| idle.busy(now_millis()));
            check();
        }
    };
    let look = move || {
        check();
    };
    let listeners = [
        window_event_listener(ev::keydown, move |_| busy()),
        window_event_listener(ev::pointerdown, move |_| busy()),
        window_event_listener(ev::wheel, move |_| busy()),
        window_event_listener(ev::visibilitychange, move |_| look()),
        window_event_listener(ev::focus, move |_| look()),
    ];
    let tick = set_interval_with_handle(look, Duration::from_secs(1));
    tabs.hear(move |said| match said {
        Said::Lock => lock_here(),
        // A clock that was set back since then can't put the lock off for longer than from now.
        Said::Busy(at) => idle.update_value(|idle| idle.busy(at.min(now_millis()))),
        Said::Holds(page) => idle.update_value(|idle| idle.hold(page)),
        Said::HoldsNoMore(page) => idle.update_value(|idle| idle.let_go(page)),
        Said::Hello if desk.holds.get_untracked() > 0 => tabs.tell(Said::Holds(tabs.page())),
        Said::Hello | Said::Saved(..) => {}
    });
    follow_holds(desk, tabs, idle);
    tabs.tell(Said::Hello);
    on_cleanup(move || {
        listeners.into_iter().for_each(WindowListenerHandle::remove);
        if let Ok(tick) = tick {
            tick.clear();
        }
    });
    provide_context(Locker { lock, left });
    return_to_field();
}

/// An open contact or crisis form defers the lock here and in all other tabs; one that goes with its tab doesn't.
fn follow_holds(desk: Desk, tabs: Tabs, idle: StoredValue<Idle>) {
    let page = tabs.page();
    effect(move |before: Option<bool>| {
        let holds = desk.holds.get() > 0;
        match holds {
            true if before != Some(true) => {
                idle.update_value(|idle| idle.hold(page));
                tabs.tell(Said::Holds(page));
            }
            false if before == Some(true) => {
                idle.update_value(|idle| idle.let_go(page));
                tabs.tell(Said::HoldsNoMore(page));
            }
            _ => {}
        }
        holds
    });
    let left = window_event_listener(ev::pagehide, move |_| tabs.tell(Said::HoldsNoMore(page)));
    on_cleanup(move || left.remove());
}

/// Covers the page, keeps what is typed, drops the key, and loads the page anew.
fn lock_page(desk: Desk) {
    remember_field();
    if let Some(root) = document().document_element() {
        let _covered = root.set_attribute("data-locking", "");
    }
    set_timeout(browser::reload, LONGEST_WAIT);
    spawn_local(async move {
        desk.store_drafts().await;
        let _locked = desk.ask(Request::Lock).await;
        browser::reload();
    });
}

/// Keeps the id of the field that has the focus, for this tab's next unlock. Ids say nothing about a patient.
fn remember_field() {
    let id = document().active_element().map(|element| element.id());
    let _kept = SessionStorage::set(FIELD, id.unwrap_or_default());
}

/// Puts the focus back where it was when the page locked, as soon as the field is drawn.
fn return_to_field() {
    let id: String = SessionStorage::get(FIELD).unwrap_or_default();
    SessionStorage::delete(FIELD);
    if !id.is_empty() {
        look_for(id, LOOKS);
    }
}

fn look_for(id: String, looks: u32) {
    let is_free = document()
        .active_element()
        .is_none_or(|element| element.id().is_empty());
    if looks == 0 || !is_free {
        // It is gone, or its user has gone on to another field.
        return;
    }
    let field = document().get_element_by_id(&id);
    match field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        Some(field) => {
            let _focused = field.focus();
        }
        None => set_timeout(move || look_for(id, looks - 1), LOOK_EVERY),
    }
}

/// Says that the page is about to lock.
#[component]
pub fn Warning() -> impl IntoView {
    let left = expect_context::<Locker>().left;
    view! {
        <Show when=move || left.with(Option::is_some)>
            <div class="locking">
                <Notice tone=Tone::Warning title="Caseload is about to lock">
                    <p>
                        "It locks in "
                        <span aria-hidden="true">{move || left.get().unwrap_or_default()}" seconds"</span>
                        <span class="visually-hidden">"less than a minute"</span>
                        ". Press any key to go on working. What you typed is kept."
                    </p>
                </Notice>
            </div>
        </Show>
    }
}
