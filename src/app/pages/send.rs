//! Send and receive: handoff files out and in.

use leptos::prelude::*;

/// Send and receive: handoff files out and in.
#[component]
pub fn SendPage() -> impl IntoView {
    view! { <h1>"Send and receive"</h1> }
}
