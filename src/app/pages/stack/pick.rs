//! Finding the next patient by typing: arrow keys walk, Enter takes.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::effects::effect;
use crate::app::format;
use crate::app::state::use_desk;
use crate::registry::{FoundPatient, Request, Response};

/// A box to type a name or number in, and who was found.
#[component]
pub fn PatientPicker(
    /// Unique on the page.
    id: &'static str,
    /// Takes the patient.
    on_pick: Callback<FoundPatient>,
) -> impl IntoView {
    let desk = use_desk();
    let typed = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Vec<FoundPatient>>);
    let at = RwSignal::new(0_usize);
    // Enter pressed before the answer came: the only one found is taken then.
    let hasty = RwSignal::new(false);
    effect(move |_| {
        let text = typed.get().trim().to_owned();
        at.set(0);
        hasty.set(false);
        found.set(None);
        if text.is_empty() {
            return;
        }
        spawn_local(async move {
            let people = match desk.ask(Request::Find(text.clone())).await {
                Ok(Response::Found(people)) => people,
                Ok(_) | Err(_) => Vec::new(),
            };
            if typed.try_get_untracked().is_none_or(|now| now.trim() != text) {
                return;
            }
            if let ([only], true) = (people.as_slice(), hasty.get_untracked()) {
                on_pick.run(only.clone());
                return;
            }
            found.set(Some(people));
        });
    });
    let take = move |index: usize| {
        let picked = found.with_untracked(|found| found.as_ref()?.get(index).cloned());
        match picked {
            Some(picked) => on_pick.run(picked),
            None => hasty.set(true),
        }
    };
    let press = move |event: ev::KeyboardEvent| {
        let count = found.with_untracked(|found| found.as_ref().map_or(0, Vec::len));
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(count.saturating_sub(1))),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => take(at.get_untracked()),
            "Escape" => typed.set(String::new()),
            _ => return,
        }
        event.prevent_default();
    };
    let list = format!("{id}-list");
    let option_id = move |index: usize| format!("{id}-option-{index}");
    let listed = move || found.with(|found| found.as_ref().is_some_and(|found| !found.is_empty()));
    let nobody = move || found.with(|found| found.as_ref().is_some_and(Vec::is_empty));
    let option = move |(index, patient): (usize, FoundPatient)| {
        view! {
            <li
                id=option_id(index)
                role="option"
                aria-selected=move || (at.get() == index).to_string()
                on:mousedown=move |event| { event.prevent_default(); take(index); }
            >
                <span>{patient.name.clone()}</span>
                <span class="found-more">{told(&patient)}</span>
            </li>
        }
    };
    view! {
        <div class="stack-picker finder eager">
            <label for=id>"Next patient: name or MRN"</label>
            <input
                id=id
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                aria-autocomplete="list"
                aria-controls=list.clone()
                aria-expanded=move || listed().to_string()
                aria-activedescendant=move || listed().then(|| option_id(at.get()))
                prop:value=typed
                on:input:target=move |event| typed.set(event.target().value())
                on:keydown=press
            />
            <ul id=list role="listbox" aria-label="Patients found" hidden=move || !listed()>
                {move || found.get().unwrap_or_default().into_iter().enumerate().map(option).collect_view()}
            </ul>
            <p class="found-none" role="status">{move || nobody().then_some("Nobody found by this name or number")}</p>
        </div>
    }
}

/// What tells patients of one name apart.
pub fn told(patient: &FoundPatient) -> String {
    let birth = patient.birth.map(|day| format!("born {}", format::plain_day(day)));
    let mrn = patient.mrn.as_ref().map(|mrn| format!("MRN {mrn}"));
    let status = Some(patient.status.clone()).filter(|status| !status.is_empty());
    [birth, mrn, status]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" \u{b7} ")
}
