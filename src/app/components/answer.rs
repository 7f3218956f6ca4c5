//! What the core answered, or that it is being asked.

use std::sync::Arc;

use leptos::prelude::*;

use super::FailureNotice;
use crate::app::state::Answer;

/// That something is under way, with a count where there is one.
#[component]
pub fn Loading(
    /// What is under way: `Reading 120 of 400 patients`.
    #[prop(into)]
    words: Signal<String>,
) -> impl IntoView {
    view! { <p class="loading" role="status">{words}</p> }
}

/// Shows an answer. Until the first one comes, says so; when one fails, says why and keeps the last one shown.
#[component]
pub fn Loaded<T, V>(
    /// The answer.
    answer: Answer<T>,
    /// What is asked for: `your worklist`.
    #[prop(into)]
    what: String,
    /// Shows the answer.
    children: impl Fn(Arc<T>) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    V: IntoView + 'static,
{
    let waits = format!("Reading {what}\u{2026}");
    view! {
        {move || answer.failure().get().map(|failure| view! { <FailureNotice failure/> })}
        {move || match answer.value().get() {
            Some(value) => children(value).into_any(),
            None if answer.failure().with(Option::is_some) => ().into_any(),
            None => view! { <Loading words=waits.clone()/> }.into_any(),
        }}
    }
}
