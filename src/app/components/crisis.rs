//! Whom to call in a crisis. On the lock screen, on error screens and on safety pages.

use leptos::prelude::*;

use gloo_storage::{LocalStorage, Storage as _};

use crate::app::effects::effect;
use crate::app::state::Desk;

/// Where the clinic's crisis line is remembered while everything is locked. It is the number that the clinic gives to
/// everybody; nothing else of the clinic is kept there.
const KEY: &str = "caseload.crisis-line";

fn remembered() -> Option<String> {
    LocalStorage::get(KEY).ok()
}

/// Remembers the clinic's crisis line for the lock screen and for screens that say what went wrong.
pub fn remember_crisis_line(desk: Desk) {
    effect(move |_| match desk.clinic().with(|clinic| clinic.crisis_line.clone()) {
        Some(line) => {
            let _kept = LocalStorage::set(KEY, line);
        }
        None => LocalStorage::delete(KEY),
    });
}

/// 988, 911 and the clinic's number. The 988 Lifeline takes calls and texts: <https://988lifeline.org>.
#[component]
pub fn CrisisLines() -> impl IntoView {
    let desk = use_context::<Desk>();
    let clinic = move || {
        // The framework keeps the desk in its context after the pages of the registry have gone.
        let line = desk.and_then(|desk| desk.clinic().try_with(|clinic| clinic.crisis_line.clone()).flatten());
        let line = line.or_else(remembered);
        line.map(|line| view! { <span class="crisis-line">"Clinic: "<strong>{line}</strong></span> })
    };
    view! {
        <p class="crisis">
            <span class="crisis-line">"Crisis: call or text "<strong>"988"</strong></span>
            <span class="crisis-line">"Danger to life now: call "<strong>"911"</strong></span>
            {clinic}
        </p>
    }
}
