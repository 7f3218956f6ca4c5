//! A whole form on one page. Each answer is kept as soon as it is chosen.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::help::Kinder;
use super::{Kept, NotKept, Progress, Screen, Sitting, Then};
use crate::app::components::{Button, ButtonKind};
use crate::app::patient_run::Place;
use crate::instruments::{Definition, Item};

/// All questions of one form.
#[component]
pub fn WholeForm(
    /// The run.
    sitting: Sitting,
    /// Which form.
    form: usize,
    /// The clinic's own number.
    crisis_line: StoredValue<Option<String>>,
) -> impl IntoView {
    let words = sitting.words;
    let Some(definition) = sitting.walk.with_untracked(|walk| walk.definition(form)) else {
        return ().into_any();
    };
    let places = Memo::new(move |_| sitting.walk.with(|walk| walk.places(form)));
    let open = move || {
        let unknown = |place: &&Place| sitting.walk.with(|walk| walk.answered(**place).is_none());
        places.with(|places| places.iter().filter(unknown).count())
    };
    // Asked once more when something has no answer; what was passed over is nobody's mistake.
    let warned = RwSignal::new(false);
    let send = move |()| {
        if sitting.failed.get_untracked() {
            sitting.run();
        }
        if sitting.busy.get_untracked() {
            return;
        }
        if open() > 0 && !warned.get_untracked() {
            warned.set(true);
            return;
        }
        finish(sitting, form);
    };
    let first = places
        .with_untracked(|places| places.first().copied())
        .unwrap_or(Place::Done);
    view! {
        <Progress sitting place=first/>
        <h1 tabindex="-1" lang=definition.language.clone()>{definition.instruction.clone()}</h1>
        <For each=move || places.get() key=|place| format!("{place:?}") children=move |place| view! {
            <One sitting definition place crisis_line/>
        }/>
        {definition.closing.clone().map(|words| view! { <p lang=definition.language.clone()>{words}</p> })}
        <NotKept sitting/>
        {move || (warned.get() && open() > 0).then(|| view! {
            <p role="alert" class="patient-open">{format!("{}{}{}", words.open.0, open(), words.open.1)}</p>
        })}
        <p class="patient-actions">
            <Button kind=ButtonKind::Primary on_press=send>{words.done}</Button>
            <span role="status" class="hint">{move || sitting.busy.get().then_some(words.keeping)}</span>
        </p>
        <p class="instrument-notice" lang=definition.language.clone()>{definition.notice.clone()}</p>
    }
    .into_any()
}

/// Says that the form is at its end, and goes on.
fn finish(sitting: Sitting, form: usize) {
    let last = sitting.walk.with_untracked(|walk| walk.places(form).last().copied());
    let Some(last) = last else { return };
    sitting.busy.set(true);
    spawn_local(async move {
        let kept = sitting.send_end(last).await;
        let _done = sitting.busy.try_set(false);
        match kept {
            true => {
                let next = sitting.walk.with_untracked(|walk| walk.first_from(form + 1));
                sitting.screen.set(Screen::At(next));
            }
            false => sitting.failed.set(true),
        }
    });
}

/// One question with its answers, and the way to pass it over.
#[component]
fn One(
    sitting: Sitting,
    definition: &'static Definition,
    place: Place,
    crisis_line: StoredValue<Option<String>>,
) -> impl IntoView {
    let words = sitting.words;
    let Some(item): Option<&'static Item> = sitting.walk.with_untracked(|walk| walk.item(place)) else {
        return ().into_any();
    };
    let name = item.id.as_str();
    let answers = definition.options(item).iter().filter_map(|option| {
        let value = u8::try_from(option.value).ok()?;
        Some((Some(value), option.label.clone()))
    });
    let only_for = sitting.walk.with_untracked(|walk| walk.only_for(place));
    let pass = match only_for {
        Some(_) => words.not_mine,
        None => words.rather_not,
    };
    let only_for = only_for.map(|sex| view! { <p class="patient-only">{words.only_for(sex)}</p> });
    let answers = answers.chain([(None, pass.to_owned())]);
    let answers = answers.map(|(value, label)| {
        let choose = move |_| {
            sitting.keep(Kept {
                place,
                value,
                then: Then::Stay,
            });
        };
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name=name
                    prop:checked=move || sitting.walk.with(|walk| walk.answered(place)) == Some(value)
                    on:change=choose
                />
                <span>{label}</span>
            </label>
        }
    });
    let answers = answers.collect_view();
    view! {
        <fieldset class="patient-question" lang=definition.language.clone()>
            <legend>
                {item.stem.clone().map(|stem| view! { <span class="patient-stem">{stem}</span> })}
                {item.text.clone()}
            </legend>
            {item.help.clone().map(|help| view! { <p class="hint">{help}</p> })}
            {only_for}
            {answers}
        </fieldset>
        <Show when=move || sitting.walk.with(|walk| walk.is_positive(place, walk.answered(place).flatten()))>
            <div role="status"><Kinder words crisis_line/></div>
        </Show>
    }
    .into_any()
}
