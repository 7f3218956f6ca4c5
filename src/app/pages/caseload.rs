//! The caseload: one row a patient.

use leptos::prelude::*;

/// The caseload: one row a patient.
#[component]
pub fn CaseloadPage() -> impl IntoView {
    view! { <h1>"Caseload"</h1> }
}
