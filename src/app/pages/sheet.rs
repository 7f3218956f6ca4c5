//! The recovery sheet, shown once.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::core::Core;
use crate::registry::Opened;

/// The recovery sheet, shown once.
#[component]
pub fn SheetPage(
    /// The core.
    core: Core,
    /// The registry that was just made.
    opened: Arc<Opened>,
) -> impl IntoView {
    let _what = (core, opened);
    view! { <main class="alone"><h1>"Your recovery sheet"</h1></main> }
}
