//! A long text of the record, folded until somebody wants all of it. A printed page has all of it.

use leptos::prelude::*;

use crate::app::format;

/// A text that keeps its line breaks. One of more than about six lines is folded behind "Show all".
#[component]
pub fn FoldedText(
    /// The text.
    text: String,
    /// What it belongs to, for whoever hears the button: `Note`.
    #[prop(into)]
    says: String,
) -> impl IntoView {
    if !format::is_long(&text) {
        return view! { <p class="more prose-line">{text}</p> }.into_any();
    }
    let open = RwSignal::new(false);
    let words = move || if open.get() { "Show less" } else { "Show all" };
    view! {
        <p class="more prose-line" class:folded=move || !open.get()>{text}</p>
        <p class="unfold"><button type="button" class="button quiet" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
            {words}<span class="visually-hidden">": "{says}</span>
        </button></p>
    }
    .into_any()
}
