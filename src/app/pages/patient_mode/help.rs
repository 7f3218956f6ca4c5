//! Crisis help, and the page that asks for the device back.

use leptos::prelude::*;

use super::{Screen, Sitting};
use crate::app::components::{Button, ButtonKind};
use crate::app::patient_run::{Place, Words};

/// Whom to call. On every screen of the run, whatever was answered: a page that was loaded again doesn't know.
#[component]
pub fn Lines(
    /// The words.
    words: &'static Words,
    /// The clinic's own number.
    crisis_line: StoredValue<Option<String>>,
) -> impl IntoView {
    view! {
        <p class="crisis">
            <span class="crisis-line">{words.lifeline}" "<strong>"988"</strong></span>
            <span class="crisis-line">{words.danger}" "<strong>"911"</strong></span>
            {crisis_line.get_value().map(|line| view! {
                <span class="crisis-line">{words.clinic}" "<strong>{line}</strong></span>
            })}
        </p>
    }
}

/// After a positive answer: kind words, and whom to call.
#[component]
pub fn Help(
    /// The run.
    sitting: Sitting,
    /// Where it goes on.
    next: Place,
    /// The clinic's own number.
    crisis_line: StoredValue<Option<String>>,
) -> impl IntoView {
    let words = sitting.words;
    view! {
        <Kind words crisis_line/>
        <p class="patient-actions">
            <Button kind=ButtonKind::Primary on_press=move |()| sitting.screen.set(Screen::At(next))>{words.next}</Button>
        </p>
    }
}

/// After the last question.
#[component]
pub fn Thanks(
    /// The run.
    sitting: Sitting,
    /// The clinic's own number.
    crisis_line: StoredValue<Option<String>>,
) -> impl IntoView {
    let words = sitting.words;
    view! {
        <h1 tabindex="-1">{words.thanks_title}</h1>
        <p class="patient-thanks">{words.thanks}</p>
        {move || sitting.positive.get().then(|| view! { <Kinder words crisis_line/> })}
    }
}

#[component]
fn Kind(words: &'static Words, crisis_line: StoredValue<Option<String>>) -> impl IntoView {
    view! {
        <h1 tabindex="-1">{words.help_title}</h1>
        <Numbers words crisis_line/>
    }
}

/// The same beside something else.
#[component]
pub fn Kinder(
    /// The words.
    words: &'static Words,
    /// The clinic's own number.
    crisis_line: StoredValue<Option<String>>,
) -> impl IntoView {
    view! {
        <section class="patient-help">
            <h2>{words.help_title}</h2>
            <Numbers words crisis_line/>
        </section>
    }
}

#[component]
fn Numbers(words: &'static Words, crisis_line: StoredValue<Option<String>>) -> impl IntoView {
    view! {
        {words.help.map(|text| view! { <p>{text}</p> })}
        <ul class="patient-numbers">
            <li>{words.lifeline}" "<a href="tel:988">"988"</a></li>
            <li>{words.danger}" "<a href="tel:911">"911"</a></li>
            {crisis_line.get_value().map(|line| {
                let href = format!("tel:{}", line.replace(' ', ""));
                view! { <li>{words.clinic}" "<a href=href>{line}</a></li> }
            })}
        </ul>
    }
}
