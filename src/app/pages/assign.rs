//! Who has how many patients, and giving several of them to another care manager at once.

use std::sync::Arc;

use leptos::prelude::*;

use super::common::{Once, Reading, to_errors, today_text};
use crate::app::components::{Button, ButtonKind, DateField, Form, FormErrors, Select, Submit, TextField, Width};
use crate::app::format;
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::app::typed::Wrong;
use crate::care::intent::{Intent, TeamChange};
use crate::journal::{ChartId, Day, PersonId};
use crate::registry::{Request, Response, ShareView, SharesView};

/// What the list of those to whom patients go says of giving them to nobody.
const NOBODY: &str = "nobody";

/// Care managers and their patients: `#/assign`.
#[component]
pub fn AssignPage() -> impl IntoView {
    let desk = use_desk();
    let answer = desk.follow(
        || Request::Shares,
        |response| match response {
            Response::Shares(view) => Some(*view),
            _ => None,
        },
    );
    view! {
        <header class="page-head"><h1>"Patients by care manager"</h1></header>
        <Once answer what="who has which patients" children=move |view| view! { <Shares view/> }/>
    }
}

#[component]
fn Shares(view: Signal<Arc<SharesView>>) -> impl IntoView {
    let ticked = RwSignal::new(Vec::<ChartId>::new());
    let rows = move || {
        let shares = view.with(|view| view.shares.clone());
        shares.into_iter().map(row).collect_view()
    };
    let sizes = move || {
        let sizes = view.with(|view| view.sizes.clone());
        let line =
            |(words, source): (String, String)| view! { <li>{words}<span class="hint">" ("{source}")"</span></li> };
        sizes.into_iter().map(line).collect_view()
    };
    let lists = move || {
        let shares = view.with(|view| view.shares.clone());
        let some = shares.into_iter().filter(|share| !share.patients.is_empty());
        some.map(|share| view! { <Patients share ticked/> }).collect_view()
    };
    view! {
        <table class="data list">
            <caption class="visually-hidden">"Patients by care manager"</caption>
            <thead>
                <tr>
                    <th scope="col">"Care manager"</th>
                    <th scope="col">"Active"</th>
                    <th scope="col">"Relapse prevention"</th>
                    <th scope="col">"Referred or on hold"</th>
                    <th scope="col">"With an open concern"</th>
                    <th scope="col">"With something late"</th>
                    <th scope="col">"All"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <details class="no-print">
            <summary>"How large is a caseload elsewhere?"</summary>
            <p class="hint">"Per full-time care manager. The sources differ widely, so these are for comparison; nothing here alarms by them."</p>
            <ul>{sizes}</ul>
        </details>
        <h2>"Give patients to somebody else"</h2>
        <p class="hint">"Choose patients below, then who takes them over. Their records show who changed it, and why."</p>
        <AssignForm view ticked/>
        {lists}
    }
}

fn row(share: ShareView) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{share.name}</th>
            <td>{share.active}</td>
            <td>{share.relapse_prevention}</td>
            <td>{share.other}</td>
            <td>{share.concerns}</td>
            <td>{share.late}</td>
            <td>{share.patients.len()}</td>
        </tr>
    }
}

/// One care manager's patients, a box each.
#[component]
fn Patients(share: ShareView, ticked: RwSignal<Vec<ChartId>>) -> impl IntoView {
    let all: Vec<ChartId> = share.patients.iter().map(|(chart, ..)| *chart).collect();
    let words = format!(
        "{}: {}",
        share.name,
        format::count(all.len() as u64, "patient", "patients")
    );
    let says = format!("Choose all of {}", share.name);
    let choose_all = move |()| {
        let all = all.clone();
        ticked.update(|ticked| {
            let more: Vec<ChartId> = all.into_iter().filter(|chart| !ticked.contains(chart)).collect();
            ticked.extend(more);
        });
    };
    let boxes = share.patients.into_iter().map(|(chart, name, about)| {
        let toggle = move |_| {
            ticked.update(|ticked| match ticked.contains(&chart) {
                true => ticked.retain(|other| *other != chart),
                false => ticked.push(chart),
            });
        };
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=move || ticked.with(|ticked| ticked.contains(&chart))
                    on:change=toggle
                />
                <span><a href=Route::Patient(chart).href()>{name}</a><span class="hint">" "{about}</span></span>
            </label>
        }
    });
    view! {
        <fieldset class="field choices stacked">
            <legend>{words}</legend>
            <div class="options">{boxes.collect_view()}</div>
            <Button kind=ButtonKind::Quiet on_press=choose_all says>"Choose all"</Button>
        </fieldset>
    }
}

#[component]
fn AssignForm(view: Signal<Arc<SharesView>>, ticked: RwSignal<Vec<ChartId>>) -> impl IntoView {
    let desk = use_desk();
    let to = RwSignal::new(String::new());
    let from = RwSignal::new(today_text(desk));
    let reason = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let people = Signal::derive(move || {
        let people = view.with(|view| view.people.clone());
        let named = people.into_iter().map(|(person, name)| (person.to_string(), name));
        let none = [
            (String::new(), "Choose".to_owned()),
            (NOBODY.to_owned(), "Nobody".to_owned()),
        ];
        none.into_iter().chain(named).collect::<Vec<_>>()
    });
    let submit = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        let charts = ticked.get_untracked();
        let today = desk.today().get_untracked();
        let typed = (to.get_untracked(), from.get_untracked(), reason.get_untracked());
        let change = match read((&typed.0, &typed.1, &typed.2), charts.is_empty(), today) {
            Ok(change) => change,
            Err(wrong) => return errors.set(to_errors(wrong)),
        };
        busy.set(true);
        let what = format!("{} assigned", format::count(charts.len() as u64, "patient", "patients"));
        desk.submit(Intent::Team { charts, change }, what, move |result| {
            let _gone = busy.try_set(false);
            match result {
                Ok(_) => {
                    let _gone = ticked.try_set(Vec::new());
                    let _gone = reason.try_set(String::new());
                }
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    });
    view! {
        <Form errors on_submit=submit label="Assign">
            <div class="fields">
                <Select id="assign-to" label="Assign to" options=people value=to/>
                <DateField id="assign-from" label="From" value=from max=today_text(desk)/>
                <TextField id="assign-why" label="Why" value=reason width=Width::Full/>
            </div>
            <div class="actions">
                <Submit busy>{move || format!("Assign {}", format::count(ticked.with(Vec::len) as u64, "patient", "patients"))}</Submit>
            </div>
        </Form>
    }
}

fn read((to, from, reason): (&str, &str, &str), nobody: bool, today: Day) -> Result<TeamChange, Vec<Wrong>> {
    let mut reading = Reading::default();
    let to: Option<Option<PersonId>> = match to {
        NOBODY => Some(None),
        person => person.parse().ok().map(Some),
    };
    let to = reading.chosen(to, "assign-to", "Choose who takes them over");
    let from = reading.past(from, "assign-from", "the first day", today);
    let reason = reading.text(reason, "assign-why", "Say why they change hands");
    reading.chosen(
        (!nobody).then_some(()),
        "assign-to",
        "Choose at least one patient below",
    );
    let read = to.zip(from).zip(reason);
    reading.finish(read.map(|((to, from), reason)| TeamChange::Assign { to, from, reason }))
}
