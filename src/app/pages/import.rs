//! Import of spreadsheets.

use leptos::prelude::*;

/// Import of spreadsheets.
#[component]
pub fn ImportPage() -> impl IntoView {
    view! { <h1>"Import"</h1> }
}
