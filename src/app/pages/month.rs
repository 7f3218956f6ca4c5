//! The service month.

use leptos::prelude::*;

/// The service month.
#[component]
pub fn MonthPage() -> impl IntoView {
    view! { <h1>"Month"</h1> }
}
