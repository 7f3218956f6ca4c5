//! The steps of one safety concern.

use leptos::prelude::*;

use crate::journal::{ChartId, ThingId};

/// The steps of one safety concern.
#[component]
pub fn SafetyPage(
    /// Whose.
    chart: ChartId,
    /// Which concern.
    concern: ThingId,
) -> impl IntoView {
    let _which = (chart, concern);
    view! { <h1>"Safety"</h1> }
}
