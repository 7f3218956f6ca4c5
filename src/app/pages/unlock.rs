//! Unlocking what is here.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::core::Core;
use crate::registry::KnownRegistry;

/// Unlocking what is here.
#[component]
pub fn UnlockPage(
    /// The core.
    core: Core,
    /// What this browser knows.
    known: Arc<Vec<KnownRegistry>>,
) -> impl IntoView {
    let _what = (core, known);
    view! { <main class="alone"><h1>"Unlock"</h1></main> }
}
