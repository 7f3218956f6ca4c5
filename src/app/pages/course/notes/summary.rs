//! The patient's page: plain words, large, one sheet.

use std::sync::Arc;

use leptos::prelude::*;

use super::Sheet;
use crate::app::browser;
use crate::app::components::{Button, IconName};
use crate::app::format;
use crate::registry::NotesView;

/// What the patient takes home.
#[component]
pub fn Summary(
    /// Notes and letters.
    view: Signal<Arc<NotesView>>,
    /// What is printed.
    sheet: RwSignal<Option<Sheet>>,
) -> impl IntoView {
    let print = move |()| {
        sheet.set(Some(Sheet::Summary));
        request_animation_frame(browser::print);
    };
    let part = |(title, lines): (String, Vec<String>)| {
        let lines = lines
            .into_iter()
            .map(|line| view! { <li class="prose-line">{line}</li> });
        view! { <section><h3>{title}</h3><ul>{lines.collect_view()}</ul></section> }
    };
    let parts = move || {
        view.with(|view| view.summary.parts.clone())
            .into_iter()
            .map(part)
            .collect_view()
    };
    let call = move || {
        let lines = view.with(|view| view.summary.call.clone()).into_iter();
        lines.map(|line| view! { <li>{line}</li> }).collect_view()
    };
    let whose = move || view.with(|view| format!("{}, {}", view.summary.name, format::full_day(view.today)));
    view! {
        <section class="no-print" aria-labelledby="for-patient">
            <h2 id="for-patient">"For the patient"</h2>
            <p>"One page in plain words. Read it through with the patient before you hand it over."</p>
            <p class="actions"><Button icon=IconName::Print on_press=print>"Print for the patient"</Button></p>
        </section>
        <article class="plan-sheet patient-sheet" aria-labelledby="my-care">
            <h2 id="my-care">"My care"</h2>
            <p class="plan-whose">{whose}</p>
            {parts}
            <section class="plan-call">
                <h3>"Whom to call"</h3>
                <ul>{call}</ul>
            </section>
            {move || view.with(|view| view.summary.language.clone()).map(|words| view! { <p class="hint">{words}</p> })}
        </article>
    }
}
