//! Imported concerns that wait for a decision.

use leptos::prelude::*;

/// Imported concerns that wait for a decision.
#[component]
pub fn TriagePage() -> impl IntoView {
    view! { <h1>"Imported concerns"</h1> }
}
