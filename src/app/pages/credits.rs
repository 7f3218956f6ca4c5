//! Whose work the app stands on.

use leptos::prelude::*;

/// Whose work the app stands on.
#[component]
pub fn CreditsPage() -> impl IntoView {
    view! { <h1>"Credits"</h1> }
}
