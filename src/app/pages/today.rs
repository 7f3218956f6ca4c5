//! Today: whom to call and why.

use leptos::prelude::*;

/// Today: whom to call and why.
#[component]
pub fn TodayPage() -> impl IntoView {
    view! { <h1>"Today"</h1> }
}
