//! The clinic's directory of resources.

use leptos::prelude::*;

/// The directory.
#[component]
pub fn DirectoryPage() -> impl IntoView {
    view! { <h1>"Directory"</h1> }
}
