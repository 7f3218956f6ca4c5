//! One patient.

use leptos::prelude::*;

use crate::journal::ChartId;

/// One patient.
#[component]
pub fn PatientPage(
    /// Whose page.
    chart: ChartId,
) -> impl IntoView {
    let _chart = chart;
    view! { <h1>"Patient"</h1> }
}
