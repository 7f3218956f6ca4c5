//! The parts of the form at its head: where each stands, and the way there.

use leptos::prelude::*;

use super::sitting::Sitting;
use super::typed::Chosen;
use crate::app::browser;
use crate::app::components::{Button, ButtonKind};
use crate::care::{AREAS, AreaState};
use crate::journal::facts::{Question, Sex};

/// Where the question of an area begins: the place of its first question among all.
fn first_of(title: &str) -> Option<usize> {
    let mut first = 0;
    for info in AREAS {
        if info.title == title {
            return Some(first);
        }
        first += info.questions.len();
    }
    None
}

/// The parts, as they stand in the form now.
#[component]
pub fn Parts(
    /// The form.
    sitting: Sitting,
    /// Some questions are not for everybody.
    sex: Memo<Option<Sex>>,
) -> impl IntoView {
    let states = Memo::new(move |_| {
        let sex = sex.get();
        let asked: Vec<Question> = sitting.questions.with_value(|all| {
            let all = all
                .iter()
                .filter(|fields| fields.chosen.get() != Some(Chosen::NotAsked));
            all.map(|fields| fields.info.question).collect()
        });
        // What is asked anew today was asked all the same, on its day: the record says so, and the list above with it.
        let on_its_day = sitting.known.with(|known| known.asked_anew.clone());
        let asked: Vec<_> = asked.into_iter().chain(on_its_day).collect();
        let of = |info| AreaState::of(info, sex, |question| asked.contains(&question));
        AREAS.iter().map(of).collect::<Vec<_>>()
    });
    let summary = move || {
        let asked = states.with(|states| states.iter().filter(|state| **state == AreaState::Asked).count());
        format!("{asked} of {} parts asked in full.", AREAS.len())
    };
    let lines = AREAS.iter().enumerate().map(|(at, info)| {
        let state = Memo::new(move |_| states.with(|states| states.get(at).cloned()));
        let words = move || state.get().map(|state| state.words()).unwrap_or_default();
        let class = move || match state.get() {
            Some(AreaState::Asked) => "state all",
            Some(AreaState::Partly { .. }) => "state some",
            Some(AreaState::NotAsked) | None => "state",
        };
        let go = move |()| {
            if let Some(first) = first_of(info.title) {
                browser::focus(&format!("ask-{first}"));
            }
        };
        view! {
            <li><Button kind=ButtonKind::Quiet on_press=go>{info.title}</Button><span class=class>{words}</span></li>
        }
    });
    let lines = lines.collect_view();
    view! {
        <nav class="assessment-parts" aria-label="Parts of the initial assessment">
            <p class="hint" aria-live="polite">{summary}</p>
            <ol>{lines}</ol>
        </nav>
    }
}
