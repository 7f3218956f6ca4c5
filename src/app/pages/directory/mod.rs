//! The clinic's directory of resources: found as one types, checked with one press, never deleted.

use std::sync::Arc;

use leptos::prelude::*;

use super::common::Once;
use super::course::boxes::OneForm;
use crate::app::components::{
    Button, ButtonKind, Choice, DayText, EmptyState, InputKind, Select, StatusKind, StatusTag, TextField,
};
use crate::app::format;
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::care::coordination::{RESOURCE_KINDS, word_of};
use crate::care::directory::{is_old, matches};
use crate::care::intent::Intent;
use crate::journal::facts::DirectoryEntry;
use crate::journal::{Day, Fact, ThingId};
use crate::registry::{DirectoryView, Failure, Request, Response};

mod edit;
mod files;

/// Rows that are drawn at first, and added by "Show more".
const ROWS: usize = 60;

/// Which entries are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    Offered,
    ToCheck,
    Retired,
}

/// The form that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    New,
    Edit(ThingId),
}

/// The directory.
#[component]
pub fn DirectoryPage() -> impl IntoView {
    let desk = use_desk();
    let answer = desk.follow(
        || Request::Directory,
        |response| match response {
            Response::Directory(view) => Some(*view),
            _ => None,
        },
    );
    view! {
        <h1>"Directory"</h1>
        <p class="about">"Where you refer patients. Nothing in it is about a patient."</p>
        <Once answer what="the directory" children=move |view| view! { <Page view/> }/>
    }
}

#[component]
fn Page(view: Signal<Arc<DirectoryView>>) -> impl IntoView {
    let form = RwSignal::new(None::<Open>);
    let (typed, kind) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let show = RwSignal::new(Some(Show::Offered));
    let most = RwSignal::new(ROWS);
    let kinds: Vec<(String, String)> = std::iter::once((String::new(), "All kinds".to_owned()))
        .chain(
            RESOURCE_KINDS
                .iter()
                .map(|(kind, words)| (word(*kind), (*words).to_owned())),
        )
        .collect();
    let found = Memo::new(move |_| {
        let (typed, kind) = (typed.get(), from_word(&kind.get()));
        let show = show.get().unwrap_or(Show::Offered);
        view.with(|view| {
            let is_shown = |entry: &&DirectoryEntry| match show {
                Show::Offered => entry.retired.is_none(),
                Show::ToCheck => entry.retired.is_none() && is_old(entry, view.today),
                Show::Retired => entry.retired.is_some(),
            };
            let entries = view.entries.iter().filter(is_shown);
            let found = entries.filter(|entry| matches(entry, &typed, kind));
            found.cloned().collect::<Vec<_>>()
        })
    });
    let shows = move || {
        view.with(|view| {
            let offered = view.entries.iter().filter(|entry| entry.retired.is_none());
            let old = offered.clone().filter(|entry| is_old(entry, view.today)).count();
            let offered = offered.count();
            vec![
                (Show::Offered, format!("Offered ({offered})")),
                (Show::ToCheck, format!("Not checked for a year ({old})")),
                (Show::Retired, format!("Retired ({})", view.entries.len() - offered)),
            ]
        })
    };
    let count = move || {
        let found = u64::try_from(found.with(Vec::len)).unwrap_or_default();
        format::count(found, "resource", "resources")
    };
    let is_empty = Memo::new(move |_| view.with(|view| view.entries.is_empty()));
    view! {
        <div class="bar actions">
            <Button kind=ButtonKind::Primary on_press=move |()| form.open(Open::New)>"New resource"</Button>
            <files::SaveFile view/>
        </div>
        <files::BringIn view/>
        {move || form.get().map(|open| view! { <edit::EditForm view open form/> })}
        <Show when=move || !is_empty.get() fallback=|| view! {
            <EmptyState title="No resource is in the directory yet.">
                <p>"Add the places that you refer patients to, or bring in the list that you have as a CSV file."</p>
            </EmptyState>
        }>
            <div class="directory-bar">
                <TextField id="directory-search" label="Search" value=typed kind=InputKind::Search hint="name, what it offers, area, language, number"/>
                <Select id="directory-kind" label="Kind" options=Signal::stored(kinds.clone()) value=kind/>
                {move || view! { <Choice id="directory-show" legend="Show" options=shows() value=show/> }}
            </div>
            <p class="result-count" role="status">{count}</p>
            <div class="directory-scroll" role="region" aria-label="Resources" tabindex="0">
                <table class="data list directory">
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col">"Kind"</th>
                            <th scope="col">"Phone"</th>
                            <th scope="col">"Area, languages"</th>
                            <th scope="col">"Cost, waiting time"</th>
                            <th scope="col">"Last checked"</th>
                            <th scope="col"><span class="visually-hidden">"Change"</span></th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || found.get().into_iter().take(most.get())
                            key=|entry| format!("{entry:?}")
                            children=move |entry| view! { <Row entry today=view.with_untracked(|view| view.today) form/> }
                        />
                    </tbody>
                </table>
            </div>
            <Show when=move || found.with(|found| most.get() < found.len())>
                <p class="actions"><Button on_press=move |()| most.update(|most| *most += ROWS)>"Show more"</Button></p>
            </Show>
        </Show>
    }
}

/// One resource; marked when nobody has checked it for a year.
#[component]
fn Row(entry: DirectoryEntry, today: Day, form: RwSignal<Option<Open>>) -> impl IntoView {
    let desk = use_desk();
    let failure = RwSignal::new(None::<Failure>);
    let (id, name) = (entry.resource, entry.name.clone());
    let is_checked_today = entry.checked == Some(today);
    let old = entry.retired.is_none() && is_old(&entry, today);
    let checked = entry.clone();
    let busy = StoredValue::new(false);
    let check = move |()| {
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let entry = DirectoryEntry {
            checked: Some(desk.today().get_untracked()),
            ..checked.clone()
        };
        let intent = Intent::Office(vec![Fact::DirectoryEntry(entry)]);
        desk.submit(intent, "Resource checked", move |result| {
            let _again = busy.try_set_value(result.is_ok());
            let _shown = failure.try_set(result.err());
        });
    };
    let both = |a: Option<String>, b: Option<String>| [a, b].into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ");
    let kind = entry.kind.map_or("", |kind| word_of(RESOURCE_KINDS, kind));
    let what = (!entry.what.is_empty()).then_some(entry.what);
    let phone = entry
        .phone
        .map(|phone| view! { <a href=format::dial(&phone)>{phone.clone()}</a> });
    let (check_says, edit_says) = (format!("Checked today: {name}"), format!("Change: {name}"));
    view! {
        <tr>
            <td>
                <strong>{name}</strong>
                {what.map(|what| view! { <div class="prose-line">{what}</div> })}
                {entry.notes.map(|notes| view! { <div class="hint prose-line">{notes}</div> })}
            </td>
            <td data-label="Kind">{kind}</td>
            <td data-label="Phone">{phone}</td>
            <td data-label="Area, languages">{both(entry.area, entry.languages)}</td>
            <td data-label="Cost, waiting time">{both(entry.cost, entry.wait)}</td>
            <td data-label="Last checked">
                {match entry.checked {
                    Some(day) => view! { <DayText day/> }.into_any(),
                    None => view! { "never" }.into_any(),
                }}
                {old.then(|| view! { " "<StatusTag kind=StatusKind::Overdue words="Old"/> })}
                {entry.retired.map(|day| view! { <div class="hint">"retired "<DayText day/></div> })}
            </td>
            <td class="actions">
                {(!is_checked_today && entry.retired.is_none()).then(|| view! {
                    <Button kind=ButtonKind::Quiet says=check_says on_press=check>"Checked today"</Button>
                })}
                <Button kind=ButtonKind::Quiet says=edit_says on_press=move |()| form.open(Open::Edit(id))>"Change"</Button>
                {move || failure.get().map(|failure| view! { <p class="error" role="alert">{failure.to_string()}</p> })}
            </td>
        </tr>
    }
}
