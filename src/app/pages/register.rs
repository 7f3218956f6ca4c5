//! Registering a patient.

use leptos::prelude::*;

/// Registering a patient.
#[component]
pub fn RegisterPage() -> impl IntoView {
    view! { <h1>"New patient"</h1> }
}
