//! Fields to choose in.

use leptos::prelude::*;

use super::fields::{described_by, error_line, hint_line};
use super::form::error_of;

/// One of a few: a group of radio buttons on one line. The arrow keys move within it.
#[component]
pub fn Choice<T>(
    /// Unique on the page; errors name it.
    #[prop(into)]
    id: String,
    /// What is chosen.
    #[prop(into)]
    legend: String,
    /// Values and their words.
    #[prop(into)]
    options: Vec<(T, String)>,
    /// The chosen value.
    value: RwSignal<Option<T>>,
    /// What to know before choosing.
    #[prop(optional, into)]
    hint: Option<String>,
    /// One below the other instead of on one line, for longer words.
    #[prop(optional)]
    stacked: bool,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let error = error_of(&id);
    let described = described_by(&id, hint.is_some(), error);
    let buttons = options.into_iter().enumerate().map(|(at, (option, words))| {
        // The first button has the group's id, so that an error's link finds it.
        let own = if at == 0 { id.clone() } else { format!("{id}-{at}") };
        let (held, picked) = (option.clone(), option);
        view! {
            <label class="choice">
                <input
                    type="radio"
                    id=own
                    name=id.clone()
                    prop:checked=move || value.with(|now| now.as_ref() == Some(&held))
                    on:change=move |_| value.set(Some(picked.clone()))
                />
                <span>{words}</span>
            </label>
        }
    });
    let buttons = buttons.collect_view();
    view! {
        <fieldset
            class="field choices"
            class:stacked=stacked
            class:wrong=move || error.with(Option::is_some)
            aria-describedby=described
        >
            <legend>{legend}</legend>
            {hint_line(&id, hint)}
            {error_line(&id, error)}
            <div class="options">{buttons}</div>
        </fieldset>
    }
}

/// Any of several: a group of check boxes.
#[component]
pub fn Checks<T>(
    /// Unique on the page; errors name it.
    #[prop(into)]
    id: String,
    /// What is chosen.
    #[prop(into)]
    legend: String,
    /// Values and their words.
    #[prop(into)]
    options: Vec<(T, String)>,
    /// The chosen values, in the order of the options.
    value: RwSignal<Vec<T>>,
    /// What to know before choosing.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let error = error_of(&id);
    let described = described_by(&id, hint.is_some(), error);
    let order: StoredValue<Vec<T>> = StoredValue::new(options.iter().map(|(option, _)| option.clone()).collect());
    let toggle = move |option: &T| {
        let chosen = value.get_untracked();
        let next = order.with_value(|order| {
            let stays = |other: &&T| chosen.contains(other) != (*other == option);
            order.iter().filter(stays).cloned().collect()
        });
        value.set(next);
    };
    let boxes = options.into_iter().enumerate().map(|(at, (option, words))| {
        let own = if at == 0 { id.clone() } else { format!("{id}-{at}") };
        let (held, picked) = (option.clone(), option);
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    id=own
                    prop:checked=move || value.with(|now| now.contains(&held))
                    on:change=move |_| toggle(&picked)
                />
                <span>{words}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <fieldset class="field choices" class:wrong=move || error.with(Option::is_some) aria-describedby=described>
            <legend>{legend}</legend>
            {hint_line(&id, hint)}
            {error_line(&id, error)}
            <div class="options">{boxes}</div>
        </fieldset>
    }
}

/// Yes or no.
#[component]
pub fn Check(
    /// Unique on the page; errors name it.
    #[prop(into)]
    id: String,
    /// What holds when it is ticked.
    #[prop(into)]
    label: String,
    /// Whether it holds.
    value: RwSignal<bool>,
) -> impl IntoView {
    let error = error_of(&id);
    let described = described_by(&id, false, error);
    view! {
        <div class="field check" class:wrong=move || error.with(Option::is_some)>
            {error_line(&id, error)}
            <label class="choice">
                <input
                    type="checkbox"
                    id=id
                    aria-describedby=described
                    prop:checked=value
                    on:change:target=move |event| value.set(event.target().checked())
                />
                <span>{label}</span>
            </label>
        </div>
    }
}

/// One of many, in a list that opens.
#[component]
pub fn Select(
    /// Unique on the page; errors name it.
    #[prop(into)]
    id: String,
    /// What is chosen.
    #[prop(into)]
    label: String,
    /// Values and their words. Start with an empty value where nothing may be chosen.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The chosen value.
    value: RwSignal<String>,
    /// What to know before choosing.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let error = error_of(&id);
    let described = described_by(&id, hint.is_some(), error);
    let line = move |(option, words): (String, String)| {
        let held = option.clone();
        view! { <option value=option selected=move || value.with(|now| *now == held)>{words}</option> }
    };
    view! {
        <div class="field" class:wrong=move || error.with(Option::is_some)>
            <label for=id.clone()>{label}</label>
            {hint_line(&id, hint)}
            {error_line(&id, error)}
            <select
                id=id.clone()
                name=id
                autocomplete="off"
                aria-describedby=described
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=value
                on:change:target=move |event| value.set(event.target().value())
            >
                {move || options.get().into_iter().map(line).collect_view()}
            </select>
        </div>
    }
}
