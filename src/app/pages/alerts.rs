//! The history of safety alerts of all patients: how long each stood open, which deadlines were missed. Printable.

use std::sync::Arc;

use leptos::prelude::*;

use super::common::Once;
use crate::app::browser;
use crate::app::components::{
    Button, ButtonLink, Choice, DayText, EmptyState, Icon, IconName, StatusKind, StatusTag, WhenText,
};
use crate::app::format;
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::app::typed::capital;
use crate::app::words::{CONCERNS, word_of};
use crate::journal::facts::Level;
use crate::registry::{AlertFilter, AlertRow, AlertsQuery, AlertsView, Request, Response};

/// Rows that are drawn at first, and added by "Show more".
const ROWS: u32 = 200;

/// Whose alerts are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Everybody,
    Mine,
}

/// The history of safety alerts.
#[component]
pub fn AlertsPage() -> impl IntoView {
    let desk = use_desk();
    let filter = RwSignal::new(Some(AlertFilter::All));
    let whose = RwSignal::new(Some(Whose::Everybody));
    let most = RwSignal::new(ROWS);
    let answer = desk.follow(
        move || {
            let mine = whose.get() == Some(Whose::Mine);
            Request::Alerts(AlertsQuery {
                filter: filter.get().unwrap_or_default(),
                care_manager: mine.then(|| desk.me()),
                most: Some(most.get()),
            })
        },
        |response| match response {
            Response::Alerts(view) => Some(*view),
            _ => None,
        },
    );
    let filters = vec![
        (AlertFilter::All, "All".to_owned()),
        (AlertFilter::Open, "Open".to_owned()),
        (AlertFilter::Missed, "Missed a deadline".to_owned()),
        (AlertFilter::Watched, "Watched".to_owned()),
    ];
    let people = vec![(Whose::Everybody, "All".to_owned()), (Whose::Mine, "Mine".to_owned())];
    view! {
        <header class="page-head">
            <h1>"Safety alerts"</h1>
            <div class="actions">
                <Button on_press=|()| browser::print()><Icon name=IconName::Print/>"Print"</Button>
            </div>
        </header>
        <div class="bar no-print">
            <Choice id="alerts-filter" legend="Show" options=filters value=filter/>
            <Choice id="alerts-whose" legend="Patients" options=people value=whose/>
        </div>
        <Once answer what="the safety alerts" children=move |view| view! { <List view most/> }/>
    }
}

#[component]
fn List(view: Signal<Arc<AlertsView>>, most: RwSignal<u32>) -> impl IntoView {
    let counts = move || {
        view.with(|view| {
            let alerts = format::count(view.all.into(), "alert", "alerts");
            let (open, missed, watched) = (view.open, view.missed, view.watched);
            format!("{alerts}: {open} open, {missed} with a missed deadline, {watched} watched after closing")
        })
    };
    let rows = move || view.with(|view| view.rows.clone());
    let left = Memo::new(move |_| {
        view.with(|view| {
            let drawn = u32::try_from(view.rows.len()).unwrap_or(u32::MAX);
            view.listed.saturating_sub(drawn)
        })
    });
    view! {
        <p class="result-count" role="status">{counts}</p>
        <Show when=move || view.with(|view| !view.rows.is_empty()) fallback=|| view! {
            <EmptyState title="No safety alert fits this choice.">
                <p>"Every concern that is opened, by an answer or by hand, is listed here with its steps and how long it stood open."</p>
            </EmptyState>
        }>
            <div class="alerts-scroll" role="region" aria-label="Safety alerts" tabindex="0">
                <table class="data alerts">
                    <thead>
                        <tr>
                            <th scope="col">"State"</th>
                            <th scope="col">"Patient"</th>
                            <th scope="col">"About"</th>
                            <th scope="col">"Opened"</th>
                            <th scope="col">"Closed"</th>
                            <th scope="col">"Stood open"</th>
                            <th scope="col">"Deadlines missed"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=rows key=|row| format!("{row:?}") children=|row| view! { <Row row/> }/>
                    </tbody>
                </table>
            </div>
        </Show>
        <Show when=move || { left.get() > 0 }>
            <p class="actions"><Button on_press=move |()| most.update(|most| *most += ROWS)>"Show more"</Button></p>
        </Show>
    }
}

#[component]
fn Row(row: AlertRow) -> impl IntoView {
    let (kind, state) = match (row.open, row.level, row.watch) {
        (true, Level::High, _) => (StatusKind::Safety, "Open, high"),
        (true, ..) => (StatusKind::Safety, "Open"),
        (false, _, Some(_)) => (StatusKind::Waiting, "Watched"),
        (false, _, None) => (StatusKind::Waiting, "Closed"),
    };
    let steps = row.open.then(|| {
        let href = Route::Safety(row.chart, row.concern).href();
        view! { <ButtonLink href says=format!("Safety steps: {}", row.name)>"Safety steps"</ButtonLink> }
    });
    let list = |lines: &[String], class: &'static str| {
        let lines = lines.iter().cloned().map(|words| view! { <li>{words}</li> });
        view! { <ul class=class>{lines.collect_view()}</ul> }.into_any()
    };
    let missed = match row.missed.is_empty() {
        true => "none".into_any(),
        false => list(&row.missed, "missed"),
    };
    let later = (!row.written_later.is_empty()).then(|| list(&row.written_later, "written-later hint"));
    let closed = match &row.closed {
        Some(words) => words.clone(),
        None => "\u{2013}".to_owned(),
    };
    view! {
        <tr>
            <td data-label="State"><StatusTag kind words=state/></td>
            <td class="name" data-label="Patient">
                <a href=Route::Patient(row.chart).href()>{row.name.clone()}</a>" "<span class="hint">{row.about.clone()}</span>
                <span class="no-print">{steps}</span>
            </td>
            <td data-label="About" class="about">
                <strong>{capital(&word_of(CONCERNS, row.kind).to_lowercase())}</strong>
                <span class="hint">{row.because.clone()}</span>
            </td>
            <td data-label="Opened"><WhenText when=row.opened/></td>
            <td data-label="Closed">
                {closed}
                {row.watch.map(|day| view! { <span class="hint">"watched until "<DayText day/></span> })}
            </td>
            <td data-label="Stood open">{row.stood.clone()}</td>
            <td data-label="Deadlines missed">{missed}{later}</td>
        </tr>
    }
}
