//! Locking: after idle minutes, after eight hours, on command, and in all tabs at once. The key is dropped and the
//! page loaded anew, so that its memory goes too; unlocking returns to the same route and field.

use std::time::Duration;

use gloo_storage::{SessionStorage, Storage as _};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;

use crate::app::browser::{self, now_millis};
use crate::app::components::{Notice, Tone};
use crate::app::preferences::use_preferences;
use crate::app::state::{Desk, use_desk};
use crate::registry::Request;

const MINUTE: u64 = 60_000;
/// An open contact or crisis form keeps the page open for so long.
const HELD_OPEN: u64 = 60 * MINUTE;
/// However busy, a page locks after so long.
const WORKING_DAY: u64 = 8 * 60 * MINUTE;
/// A warning comes so long before.
const WARNING: u64 = MINUTE;
/// Other tabs hear of keys and clicks so often.
const TELL_EVERY: u64 = 10_000;
/// Where the field that had the focus is kept over a lock.
const FIELD: &str = "caseload.field";

/// What tabs say to each other.
const LOCK: &str = "lock";
const BUSY: &str = "busy";

/// Locks the page.
#[derive(Clone, Copy)]
struct Locker {
    lock: Callback<()>,
    /// Seconds until it locks by itself, once there are few.
    left: RwSignal<Option<u64>>,
}

/// What locks the page on command.
pub fn use_lock() -> Callback<()> {
    expect_context::<Locker>().lock
}

/// Watches the page from now on.
pub fn provide(desk: Desk) {
    let preferences = use_preferences();
    let (opened_at, last, told) = (now_millis(), StoredValue::new(now_millis()), StoredValue::new(0_u64));
    let left = RwSignal::new(None);
    let channel = web_sys::BroadcastChannel::new("caseload").ok();
    let channel = StoredValue::new_local(channel);
    let tell = move |word: &str| {
        channel.with_value(|channel| {
            if let Some(channel) = channel {
                let _told = channel.post_message(&JsValue::from_str(word));
            }
        });
    };
    let lock_here = move || {
        remember_field();
        spawn_local(async move {
            desk.store_drafts().await;
            let _locked = desk.ask(Request::Lock).await;
            browser::reload();
        });
    };
    let lock = Callback::new(move |()| {
        tell(LOCK);
        lock_here();
    });
    let deadline = move || {
        let idle = u64::from(preferences.get_untracked().lock_minutes) * MINUTE;
        let idle = if desk.holds.get_untracked() > 0 {
            idle.max(HELD_OPEN)
        } else {
            idle
        };
        (last.get_value() + idle).min(opened_at + WORKING_DAY)
    };
    let check = move || {
        let rest = deadline().saturating_sub(now_millis());
        if rest == 0 {
            lock.run(());
        }
        left.set((rest <= WARNING).then_some(rest / 1000));
        rest > 0
    };
    // A machine that slept past the deadline locks before its first key counts.
    let busy = move || {
        if !check() {
            return;
        }
        let now = now_millis();
        last.set_value(now);
        left.set(None);
        if now.saturating_sub(told.get_value()) > TELL_EVERY {
            told.set_value(now);
            tell(BUSY);
        }
    };
    let listeners = [
        window_event_listener(ev::keydown, move |_| busy()),
        window_event_listener(ev::pointerdown, move |_| busy()),
        window_event_listener(ev::wheel, move |_| busy()),
    ];
    let tick = set_interval_with_handle(
        move || {
            check();
        },
        Duration::from_secs(1),
    );
    hear(channel, move |word| match word.as_str() {
        LOCK => lock_here(),
        BUSY => last.set_value(now_millis()),
        _ => {}
    });
    on_cleanup(move || {
        listeners.into_iter().for_each(WindowListenerHandle::remove);
        if let Ok(tick) = tick {
            tick.clear();
        }
    });
    provide_context(Locker { lock, left });
    return_to_field();
}

/// Hears what other tabs say.
fn hear(channel: StoredValue<Option<web_sys::BroadcastChannel>, LocalStorage>, run: impl Fn(String) + 'static) {
    let hear = Closure::<dyn Fn(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
        run(event.data().as_string().unwrap_or_default());
    });
    channel.with_value(|channel| {
        if let Some(channel) = channel {
            channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        }
    });
    // The channel lives as long as the page.
    hear.forget();
}

/// Keeps the id of the field that has the focus, for this tab's next unlock. Ids say nothing about a patient.
fn remember_field() {
    let id = document().active_element().map(|element| element.id());
    let _kept = SessionStorage::set(FIELD, id.unwrap_or_default());
}

/// Puts the focus back where it was when the page locked, once the page is drawn.
fn return_to_field() {
    let id: String = SessionStorage::get(FIELD).unwrap_or_default();
    SessionStorage::delete(FIELD);
    if !id.is_empty() {
        set_timeout(move || browser::focus(&id), Duration::from_millis(300));
    }
}

/// Says that the page is about to lock.
#[component]
pub fn Warning() -> impl IntoView {
    let left = expect_context::<Locker>().left;
    let _desk = use_desk();
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
