//! Whether the patient is ready for relapse prevention: advice with its numbers, never a deed.

use leptos::prelude::*;

use super::phase::PhaseForm;
use super::{OpenForm, Place};
use crate::app::components::{ButtonKind, Icon, IconName, Select, Sourced};
use crate::app::typed::capital;
use crate::registry::{ReadinessView, ReadyLineView};

/// What is met and what is missing, by the meaning of "at target" that is chosen.
#[component]
pub fn Ready(place: Place) -> impl IntoView {
    let chosen = RwSignal::new("0".to_owned());
    let names = Signal::derive(move || {
        place.view.with(|view| {
            let names = view.readiness.iter().enumerate();
            names
                .map(|(at, by)| (at.to_string(), capital(&by.name)))
                .collect::<Vec<_>>()
        })
    });
    let found = move || {
        let at: usize = chosen.get().parse().unwrap_or(0);
        place.view.with(|view| view.readiness.get(at).cloned())
    };
    let preparing = move || place.form.get() == Some(OpenForm::Prevent);
    let others = move || place.view.with(|view| disagreement(&view.readiness));
    view! {
        <section class="side-box readiness" aria-labelledby="readiness">
            <div class="side-head">
                <h2 id="readiness">"Ready for relapse prevention?"</h2>
                <span class="side-actions">
                    {place.opens(OpenForm::Prevent, "Move to relapse prevention", ButtonKind::Secondary)}
                </span>
            </div>
            <Select id="ready-by" label="\u{201c}At target\u{201d} means" options=names value=chosen/>
            {move || found().map(|found| view! { <Found found/> })}
            {move || others().map(|words| view! { <p class="hint">{words}</p> })}
            <p class="hint">"This is advice. Nothing moves by itself: you and the patient decide."</p>
            <Show when=preparing>
                <PhaseForm place kind=OpenForm::Prevent/>
            </Show>
        </section>
    }
}

#[component]
fn Found(found: ReadinessView) -> impl IntoView {
    let missing = found.lines.iter().filter(|line| !line.met).count();
    let verdict = match found.ready {
        true => "Ready: everything below is met.".to_owned(),
        false => format!("Not ready yet: {missing} of {} missing.", found.lines.len()),
    };
    let line = |line: ReadyLineView| {
        let (icon, word) = match line.met {
            true => (IconName::Done, "Met"),
            false => (IconName::Waiting, "Missing"),
        };
        view! {
            <li class:met=line.met>
                <Icon name=icon/>
                <div>
                    <p><strong>{word}</strong>": "{line.words}</p>
                    <p class="source"><Sourced text=line.source/></p>
                </div>
            </li>
        }
    };
    view! {
        <p class="verdict" role="status"><strong>{verdict}</strong></p>
        <p class="source"><Sourced text=found.source/></p>
        <ul class="ready-lines">{found.lines.into_iter().map(line).collect_view()}</ul>
    }
}

/// By which meanings the patient is ready and by which not, where they disagree.
fn disagreement(all: &[ReadinessView]) -> Option<String> {
    let names = |ready: bool| -> Vec<&str> {
        let of = all.iter().filter(|by| by.ready == ready);
        of.map(|by| by.name.as_str()).collect()
    };
    let (yes, no) = (names(true), names(false));
    (!yes.is_empty() && !no.is_empty()).then(|| {
        format!(
            "The definitions disagree. Ready by: {}. Not by: {}.",
            yes.join(", "),
            no.join(", ")
        )
    })
}
