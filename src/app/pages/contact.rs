//! Recording a contact.

use leptos::prelude::*;

use crate::journal::ChartId;

/// Recording a contact.
#[component]
pub fn ContactPage(
    /// With whom.
    chart: ChartId,
) -> impl IntoView {
    let _chart = chart;
    view! { <h1>"Record a contact"</h1> }
}
