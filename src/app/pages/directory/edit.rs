//! A resource that is added, changed, retired or offered again.

use std::sync::Arc;

use leptos::prelude::*;

use super::Open;
use crate::app::components::{Check, DateField, FormErrors, InputKind, Select, TextArea, TextField, Width};
use crate::app::pages::common::{IntentForm, Reading, new_thing, to_errors, today_text};
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, changed, read_day, text};
use crate::care::coordination::RESOURCE_KINDS;
use crate::care::directory::key;
use crate::care::intent::Intent;
use crate::journal::Fact;
use crate::journal::facts::DirectoryEntry;
use crate::registry::DirectoryView;

/// What was changed in the form, over what stands now.
fn over(typed: DirectoryEntry, before: &DirectoryEntry, now: &DirectoryEntry) -> DirectoryEntry {
    DirectoryEntry {
        resource: typed.resource,
        name: changed(typed.name, &before.name, &now.name),
        what: changed(typed.what, &before.what, &now.what),
        phone: changed(typed.phone, &before.phone, &now.phone),
        notes: changed(typed.notes, &before.notes, &now.notes),
        kind: changed(typed.kind, &before.kind, &now.kind),
        area: changed(typed.area, &before.area, &now.area),
        languages: changed(typed.languages, &before.languages, &now.languages),
        cost: changed(typed.cost, &before.cost, &now.cost),
        wait: changed(typed.wait, &before.wait, &now.wait),
        checked: changed(typed.checked, &before.checked, &now.checked),
        retired: changed(typed.retired, &before.retired, &now.retired),
    }
}

/// The form.
#[component]
pub(super) fn EditForm(view: Signal<Arc<DirectoryView>>, open: Open, form: RwSignal<Option<Open>>) -> impl IntoView {
    let desk = use_desk();
    let known = match open {
        Open::New => None,
        Open::Edit(id) => view.with_untracked(|view| {
            let mut entries = view.entries.iter();
            entries.find(|entry| entry.resource == id).cloned()
        }),
    };
    let field =
        |pick: fn(&DirectoryEntry) -> Option<String>| RwSignal::new(known.as_ref().and_then(pick).unwrap_or_default());
    let name = field(|entry| Some(entry.name.clone()));
    let what = field(|entry| Some(entry.what.clone()));
    let kind = field(|entry| entry.kind.map(word));
    let phone = field(|entry| entry.phone.clone());
    let area = field(|entry| entry.area.clone());
    let languages = field(|entry| entry.languages.clone());
    let cost = field(|entry| entry.cost.clone());
    let wait = field(|entry| entry.wait.clone());
    let checked = field(|entry| entry.checked.map(|day| day.to_string()));
    let notes = field(|entry| entry.notes.clone());
    if known.is_none() {
        checked.set(today_text(desk));
    }
    let retired = RwSignal::new(known.as_ref().is_some_and(|entry| entry.retired.is_some()));
    let is_known = known.is_some();
    let known = StoredValue::new(known);
    let errors = FormErrors::new();
    let read = move || -> Result<DirectoryEntry, Vec<Wrong>> {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let before = known.get_value();
        let resource = match &before {
            Some(entry) => entry.resource,
            None => new_thing()?,
        };
        let name = reading.text(&name.get_untracked(), "resource-name", "Enter the name");
        let typed = checked.get_untracked();
        let checked = match typed.trim().is_empty() {
            true => None,
            false => reading.take(read_day("resource-checked", "the day", &typed, Some(today))),
        };
        let since = before.as_ref().and_then(|entry| entry.retired).unwrap_or(today);
        let entry = name.map(|name| DirectoryEntry {
            resource,
            name,
            what: what.get_untracked().trim().to_owned(),
            phone: text(&phone.get_untracked()),
            notes: text(&notes.get_untracked()),
            kind: from_word(&kind.get_untracked()),
            area: text(&area.get_untracked()),
            languages: text(&languages.get_untracked()),
            cost: text(&cost.get_untracked()),
            wait: text(&wait.get_untracked()),
            checked,
            retired: retired.get_untracked().then_some(since),
        });
        let newest = |before: &DirectoryEntry| {
            view.with_untracked(|view| {
                let mut entries = view.entries.iter();
                entries.find(|entry| entry.resource == before.resource).cloned()
            })
        };
        let now = before.as_ref().and_then(newest);
        let entry = match (before, now) {
            (Some(before), Some(now)) => entry.map(|entry| over(entry, &before, &now)),
            _ => entry,
        };
        if let Some(entry) = &entry {
            let twin = view.with_untracked(|view| {
                let mut others = view.entries.iter().filter(|other| other.resource != entry.resource);
                others.any(|other| key(other) == key(entry))
            });
            let free = (!twin).then_some(());
            reading.chosen(
                free,
                "resource-name",
                "This name with this telephone number is in the directory already",
            );
        }
        reading.finish(entry)
    };
    let intent = Callback::new(move |()| match read() {
        Ok(entry) => Some(Intent::Office(vec![Fact::DirectoryEntry(entry)])),
        Err(wrong) => {
            errors.set(to_errors(wrong));
            None
        }
    });
    let kinds: Vec<(String, String)> = std::iter::once((String::new(), "Not said".to_owned()))
        .chain(
            RESOURCE_KINDS
                .iter()
                .map(|(kind, words)| (word(*kind), (*words).to_owned())),
        )
        .collect();
    let (title, deed) = match is_known {
        true => ("Change the resource", "Resource changed"),
        false => ("New resource", "Resource added"),
    };
    let close = Callback::new(move |()| form.set(None));
    view! {
        <IntentForm title deed save="Save resource" errors intent on_close=close>
            <div class="fields">
                <TextField id="resource-name" label="Name" value=name/>
                <Select id="resource-kind" label="Kind" options=Signal::stored(kinds) value=kind/>
                <TextField id="resource-phone" label="Phone" value=phone kind=InputKind::Telephone width=Width::Short/>
            </div>
            <TextField id="resource-what" label="What it offers" value=what width=Width::Full/>
            <div class="fields">
                <TextField id="resource-area" label="Address or area" value=area/>
                <TextField id="resource-languages" label="Languages" value=languages/>
                <TextField id="resource-cost" label="Cost, insurance" value=cost/>
                <TextField id="resource-wait" label="Waiting time" value=wait/>
                <DateField id="resource-checked" label="Last checked" value=checked max=today_text(desk)/>
            </div>
            <TextArea id="resource-notes" label="Notes" value=notes rows=2/>
            {is_known.then(|| view! { <Check id="resource-retired" label="Not offered any more" value=retired/> })}
        </IntentForm>
    }
}
