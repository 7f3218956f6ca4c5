//! Notes for the EHR, letters and messages, the patient's page.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::WhenText;
use crate::app::pages::common::Once;
use crate::app::pages::ehr::queue::{Queue, Shown};
use crate::app::state::use_desk;
use crate::journal::{ChartId, When};
use crate::registry::{NotesView, Request, Response};

mod letters;
mod letters_about;
mod make;
mod summary;

pub use letters::{HeldBack, TAKEN_BACK, refusals};
pub use summary::LeftOutMedicines;

/// What is printed: one sheet, and nothing of the page around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// The letter as it was edited.
    Letter,
    /// The patient's page.
    Summary,
}

/// The section.
#[component]
pub fn Notes(
    /// Whose record.
    chart: ChartId,
) -> impl IntoView {
    let desk = use_desk();
    let answer = desk.follow(
        move || Request::Notes(chart),
        |response| match response {
            Response::Notes(view) => Some(*view),
            _ => None,
        },
    );
    view! { <Once answer what="notes and letters" children=move |view| view! { <Body chart view/> }/> }
}

#[component]
fn Body(chart: ChartId, view: Signal<Arc<NotesView>>) -> impl IntoView {
    let sheet = RwSignal::new(None::<Sheet>);
    let printed = move || match sheet.get() {
        Some(Sheet::Letter) => "letter",
        Some(Sheet::Summary) => "summary",
        None => "page",
    };
    let older = move || view.with(|view| view.older);
    view! {
        <div class="notes-page" data-print=printed>
            <section aria-labelledby="notes-wait">
                <h2 id="notes-wait">"Not in the EHR yet"</h2>
                <Show when=move || { older() > 0 }>
                    <p class="hint">{move || format!("{} of them are from before the first day of the clinic\u{2019}s queue.", older())}</p>
                </Show>
                <Queue rows=Signal::derive(move || view.with(|view| view.rows.clone())) shown=Shown::Notes/>
            </section>
            <make::MakeNote chart view/>
            <letters::Letters chart view sheet/>
            <summary::Summary view sheet/>
            <Past view/>
        </div>
    }
}

/// What was copied and what was sent: when, by whom, the text as it went.
#[component]
fn Past(view: Signal<Arc<NotesView>>) -> impl IntoView {
    let entry = |what: String, at: When, how: String, text: String| {
        view! {
            <li>
                <details>
                    <summary>{what}", "<WhenText when=at/>", "{how}</summary>
                    <pre class="as-sent">{text}</pre>
                </details>
            </li>
        }
    };
    let copies = move || {
        let copies = view.with(|view| view.copies.clone()).into_iter();
        let lines = copies.map(|copy| entry(copy.label, copy.at, format!("by {}", copy.by), copy.text));
        lines.collect_view()
    };
    let sent = move || {
        let sent = view.with(|view| view.sent.clone()).into_iter();
        let lines = sent.map(|sent| {
            let release = sent.release.map(|to| format!(", under the release to {to}"));
            let how = format!("by {}{}", sent.by, release.unwrap_or_default());
            entry(format!("To {}", sent.to), sent.at, how, sent.text)
        });
        lines.collect_view()
    };
    view! {
        <section class="notes-past no-print" aria-labelledby="notes-copied">
            <h2 id="notes-copied">{move || format!("In the EHR: {}", view.with(|view| view.copies.len()))}</h2>
            <ul>{copies}</ul>
        </section>
        <section class="notes-past no-print" aria-labelledby="notes-sent">
            <h2 id="notes-sent">{move || format!("Sent: {}", view.with(|view| view.sent.len()))}</h2>
            <ul>{sent}</ul>
        </section>
    }
}
