//! What is not in the EHR yet, of all patients.

use leptos::prelude::*;

/// The queue.
#[component]
pub fn EhrPage() -> impl IntoView {
    view! { <h1>"Not in the EHR yet"</h1> }
}
