//! The search box: patients by name or number, and everything that has a key.

use leptos::ev;
use leptos::prelude::*;

use super::effects::effect;
use leptos::task::spawn_local;

use super::browser;
use super::components::{Icon, IconName};
use super::format;
use super::keys::{Keys, use_key};
use super::parked::Parked;
use super::route::Route;
use super::router::use_router;
use super::state::use_desk;
use crate::registry::{FoundPatient, Request, Response};

/// Actions that are offered at most, beside the patients.
const MOST_ACTIONS: usize = 8;

/// Something that was found.
#[derive(Clone)]
enum Found {
    Patient(FoundPatient),
    Action {
        label: String,
        keys: &'static str,
        run: Callback<()>,
    },
}

/// A box to type in and a list under it: arrow keys walk, Enter takes, Escape closes.
#[component]
pub fn Finder(
    /// Unique on the page.
    id: &'static str,
    /// The key that leads here.
    #[prop(optional)]
    keys: Option<&'static str>,
    /// Is run when something was taken.
    #[prop(optional, into)]
    on_done: Option<Callback<()>>,
    /// Whether the list is shown before anything is typed.
    #[prop(optional)]
    eager: bool,
) -> impl IntoView {
    let (desk, router) = (use_desk(), use_router());
    let (all_keys, parked) = (expect_context::<Keys>(), use_context::<Parked>());
    let typed = RwSignal::new(String::new());
    let patients = RwSignal::new(Vec::<FoundPatient>::new());
    // Whether the search for what stands in the box was answered with nobody.
    let nobody = RwSignal::new(false);
    let open = RwSignal::new(eager);
    let at = RwSignal::new(0_usize);
    if let Some(keys) = keys {
        use_key(keys, "Search", move || browser::focus(id));
    }

    effect(move |_| {
        let text = typed.get().trim().to_owned();
        at.set(0);
        nobody.set(false);
        if text.is_empty() {
            patients.set(Vec::new());
            return;
        }
        spawn_local(async move {
            let found = match desk.ask(Request::Find(text.clone())).await {
                Ok(Response::Found(found)) => found,
                Ok(_) | Err(_) => Vec::new(),
            };
            // What was typed since then has a search of its own.
            if typed.try_get_untracked().is_some_and(|now| now.trim() == text) {
                nobody.set(found.is_empty());
                patients.set(found);
            }
        });
    });
    let found = Memo::new_with_compare(
        move |_| {
            let text = typed.get().trim().to_lowercase();
            let actions = all_keys
                .all()
                .into_iter()
                .rev()
                .filter(|binding| binding.label.to_lowercase().contains(&text));
            let actions = actions.take(MOST_ACTIONS).map(|binding| Found::Action {
                label: binding.label,
                keys: binding.keys,
                run: binding.run,
            });
            let people = patients.get().into_iter().map(Found::Patient);
            people.chain(actions).collect::<Vec<Found>>()
        },
        |_, _| true,
    );
    let close = move || {
        open.set(eager);
        typed.set(String::new());
        at.set(0);
    };
    let take = move |index: usize| {
        let Some(taken) = found.with_untracked(|found| found.get(index).cloned()) else {
            return;
        };
        close();
        if let Some(done) = on_done {
            done.run(());
        }
        match taken {
            Found::Patient(patient) => {
                if let Some(parked) = parked {
                    parked.park_open(patient.chart);
                }
                router.go(Route::Patient(patient.chart));
            }
            Found::Action { run, .. } => run.run(()),
        }
    };
    let press = move |event: ev::KeyboardEvent| {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" if open.get_untracked() => take(at.get_untracked()),
            "Escape" if open.get_untracked() && !eager => close(),
            _ => return,
        }
        event.prevent_default();
    };
    let list = format!("{id}-list");
    let option_id = move |index: usize| format!("{id}-option-{index}");
    let is_open = move || open.get() && (eager || !typed.with(|typed| typed.trim().is_empty()));
    let is_listed = move || is_open() && found.with(|found| !found.is_empty());
    let option = move |(index, found): (usize, Found)| {
        let (words, more) = match found {
            Found::Patient(patient) => (patient.name.clone(), told(&patient)),
            Found::Action { label, keys, .. } => (label, keys.to_owned()),
        };
        view! {
            <li
                id=option_id(index)
                role="option"
                aria-selected=move || (at.get() == index).to_string()
                on:mousedown=move |event| { event.prevent_default(); take(index); }
            >
                <span>{words}</span>
                <span class="found-more">{more}</span>
            </li>
        }
    };
    view! {
        <div class="finder" class:eager=eager>
            <Icon name=IconName::Search/>
            <input
                id=id
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                placeholder="Search patients, actions"
                aria-label="Search patients and actions"
                aria-autocomplete="list"
                aria-controls=list.clone()
                aria-expanded=move || is_listed().to_string()
                aria-activedescendant=move || is_listed().then(|| option_id(at.get()))
                prop:value=typed
                on:input:target=move |event| { typed.set(event.target().value()); open.set(true); }
                on:focus=move |_| open.set(true)
                on:blur=move |_| open.set(eager)
                on:keydown=press
            />
            {keys.map(|keys| view! { <kbd aria-hidden="true">{keys}</kbd> })}
            <ul id=list role="listbox" aria-label="Found" hidden=move || !is_open()>
                {move || found.get().into_iter().enumerate().map(option).collect_view()}
            </ul>
            <p class="found-none" role="status" class:beside=move || found.with(|found| !found.is_empty())>
                {move || (is_open() && nobody.get()).then_some("Nobody found by this name or number")}
            </p>
        </div>
    }
}

/// What tells patients of one name apart.
fn told(patient: &FoundPatient) -> String {
    let birth = patient.birth.map(format::plain_day);
    let mrn = patient.mrn.as_ref().map(|mrn| format!("MRN {mrn}"));
    let status = Some(patient.status.clone()).filter(|status| !status.is_empty());
    let parts = [birth, mrn, status];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
}
