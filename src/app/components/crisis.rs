//! Whom to call in a crisis. On the lock screen, on error screens and on safety pages.

use leptos::prelude::*;

use crate::app::state::Desk;

/// 988, 911 and the clinic's number. The 988 Lifeline takes calls and texts: <https://988lifeline.org>.
#[component]
pub fn CrisisLines() -> impl IntoView {
    let desk = use_context::<Desk>();
    let clinic = move || {
        // The framework keeps the desk in its context after the pages of the registry have gone.
        let line = desk.and_then(|desk| desk.clinic().try_with(|clinic| clinic.crisis_line.clone()).flatten());
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
