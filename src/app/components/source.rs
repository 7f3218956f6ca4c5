//! Where something comes from: named in the sentence, its address behind a word.

use leptos::prelude::*;

use crate::app::typed::source::{SourceText, read_source};

/// A sentence about a rule or its source. Addresses in it stand behind "Source", as text to copy: the app itself
/// never leads to another host.
#[component]
pub fn Sourced(
    /// The sentence.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let SourceText { words, addresses } = read_source(&text);
    let behind = (!addresses.is_empty()).then(|| {
        view! { " "<details class="source-of"><summary>"Source"</summary><span>{addresses.join(" ")}</span></details> }
    });
    view! { {words}{behind} }
}
