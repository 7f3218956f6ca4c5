//! The first screen where nothing is yet.

use leptos::prelude::*;

use crate::app::core::Core;

/// The first screen where nothing is yet.
#[component]
pub fn WelcomePage(
    /// The core.
    core: Core,
) -> impl IntoView {
    let _core = core;
    view! { <main class="alone"><h1>"Caseload"</h1></main> }
}
