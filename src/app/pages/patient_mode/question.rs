//! One question at a time: large, with one button an answer.

use leptos::prelude::*;

use super::{Kept, NotKept, Progress, Screen, Sitting, Then};
use crate::app::components::{Button, ButtonKind, IconName};
use crate::app::patient_run::Place;

/// One question.
#[component]
pub fn Question(
    /// The run.
    sitting: Sitting,
    /// Which question.
    place: Place,
) -> impl IntoView {
    let words = sitting.words;
    let asked = sitting.walk.with_untracked(|walk| {
        let Place::Question { form, .. } = place else {
            return None;
        };
        Some((
            walk.definition(form)?,
            walk.item(place)?,
            walk.answered(place),
            walk.before(place),
            walk.only_for(place),
        ))
    });
    let Some((definition, item, answered, before, only_for)) = asked else {
        return ().into_any();
    };
    let give = move |value: Option<u8>| {
        sitting.keep(Kept {
            place,
            value,
            then: Then::GoOn,
        });
    };
    let options = definition.options(item).iter().filter_map(|option| {
        let value = u8::try_from(option.value).ok()?;
        let chosen = answered == Some(Some(value));
        Some(view! {
            <li>
                <button
                    type="button"
                    class="patient-answer"
                    class:chosen=chosen
                    aria-pressed=if chosen { "true" } else { "false" }
                    disabled=move || !sitting.ready.get()
                    on:click=move |_| give(Some(value))
                >
                    {option.label.clone()}
                </button>
            </li>
        })
    });
    let options = options.collect_view();
    let closing = definition.closing.clone();
    let closing = closing.filter(|_| sitting.walk.with_untracked(|walk| walk.ends_form(place)));
    let back = before.map(|before| {
        let to = move |()| sitting.screen.set(Screen::At(before));
        view! { <Button kind=ButtonKind::Quiet icon=IconName::Back on_press=to>{words.back}</Button> }
    });
    let next = answered.map(|_| {
        let to = move |()| {
            let next = sitting.walk.with_untracked(|walk| walk.next(place));
            sitting.screen.set(Screen::At(next));
        };
        view! { <Button kind=ButtonKind::Quiet on_press=to>{words.next}</Button> }
    });
    let pass = match only_for {
        Some(_) => words.not_mine,
        None => words.rather_not,
    };
    let only_for = only_for.map(|sex| view! { <p class="patient-only">{words.only_for(sex)}</p> });
    view! {
        <Progress sitting place/>
        <div class="patient-form" lang=definition.language.clone()>
            <p class="patient-instruction">{definition.instruction.clone()}</p>
            <h1 tabindex="-1">
                {item.stem.clone().map(|stem| view! { <span class="patient-stem">{stem}</span> })}
                {item.text.clone()}
            </h1>
            {item.help.clone().map(|help| view! { <p class="hint">{help}</p> })}
            {only_for}
            <ul class="patient-answers">{options}</ul>
            {closing.map(|words| view! { <p>{words}</p> })}
        </div>
        <NotKept sitting/>
        <p class="patient-actions">
            {back}
            <Button disabled=Signal::derive(move || !sitting.ready.get()) on_press=move |()| give(None)>{pass}</Button>
            {next}
            <span role="status" class="hint">{move || sitting.busy.get().then_some(words.keeping)}</span>
        </p>
        <p class="instrument-notice" lang=definition.language.clone()>{definition.notice.clone()}</p>
    }
    .into_any()
}
