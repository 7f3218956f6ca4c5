//! Who wrote what: of a record, and of a day. What is shown is what is printed.

use std::sync::Arc;

use leptos::prelude::*;

use super::follow;
use crate::app::browser;
use crate::app::components::{
    Button, ButtonLink, Check, Choice, DateField, EmptyState, Icon, IconName, Notice, Select, Tone,
};
use crate::app::format;
use crate::app::pages::common::Once;
use crate::app::pages::download::DownloadButton;
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::journal::{ChartId, Day, PersonId};
use crate::registry::{
    AuditAsk, AuditOf, AuditOrder, AuditRow, AuditView, LedgerAsk, LedgerView, Request, TimelineKind,
};

/// Rows that are drawn at first, and added by "Show more".
const ROWS: u32 = 200;

const KINDS: [(TimelineKind, &str); 7] = [
    (TimelineKind::Contact, "Contacts"),
    (TimelineKind::Measure, "Measures"),
    (TimelineKind::Safety, "Safety"),
    (TimelineKind::Treatment, "Treatment"),
    (TimelineKind::Team, "Team"),
    (TimelineKind::Time, "Time"),
    (TimelineKind::Record, "Record"),
];

/// What is chosen of it.
#[derive(Clone, Copy)]
struct Chosen {
    by: RwSignal<String>,
    kind: RwSignal<String>,
    patients_only: RwSignal<bool>,
    order: RwSignal<Option<AuditOrder>>,
    most: RwSignal<u32>,
}

impl Chosen {
    fn new() -> Self {
        Self {
            by: RwSignal::new(String::new()),
            kind: RwSignal::new(String::new()),
            patients_only: RwSignal::new(false),
            order: RwSignal::new(Some(AuditOrder::Written)),
            most: RwSignal::new(ROWS),
        }
    }
    fn ask(self, of: AuditOf) -> AuditAsk {
        let kind = self.kind.get().parse::<usize>().ok();
        AuditAsk {
            of,
            by: self.by.get().parse::<PersonId>().ok(),
            kind: kind.and_then(|at| KINDS.get(at)).map(|(kind, _)| *kind),
            patients_only: self.patients_only.get(),
            order: self.order.get().unwrap_or_default(),
            most: self.most.get(),
        }
    }
}

/// Everything that was written into one record: `#/patient/<chart>/audit`.
#[component]
pub fn ChartAuditPage(
    /// Whose record.
    chart: ChartId,
) -> impl IntoView {
    let of = Signal::derive(move || AuditOf::Chart(chart));
    view! { <Audit of chart=Some(chart)/> }
}

/// Everything that was written on a day: `#/audit`, `#/audit/2026-11-22`.
#[component]
pub fn DayAuditPage() -> impl IntoView {
    let (desk, router) = (use_desk(), use_router());
    let day = Memo::new(move |before: Option<&Day>| match router.get() {
        Some(Route::Audit(Some(day))) => day,
        Some(Route::Audit(None)) => desk.today().get(),
        // Another page is about to be shown in this one's place.
        _ => before.copied().unwrap_or_else(|| desk.today().get()),
    });
    let of = Signal::derive(move || AuditOf::Day(day.get()));
    let typed = RwSignal::new(day.get_untracked().to_string());
    crate::app::effects::effect(move |_| typed.set(day.get().to_string()));
    crate::app::effects::effect(move |_| {
        let chosen = typed.get().parse::<Day>();
        if let Ok(chosen) = chosen
            && chosen != day.get_untracked()
        {
            router.go(Route::Audit(Some(chosen)));
        }
    });
    let earlier = Signal::derive(move || Route::Audit(Some(day.get().plus(-1))).href());
    let later = Signal::derive(move || Route::Audit(Some(day.get().plus(1))).href());
    view! {
        <Audit of chart=None>
            <ButtonLink href=earlier>"Day before"</ButtonLink>
            <DateField id="audit-day" label="Written on" value=typed/>
            <ButtonLink href=later>"Day after"</ButtonLink>
        </Audit>
    }
}

#[component]
fn Audit(of: Signal<AuditOf>, chart: Option<ChartId>, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let chosen = Chosen::new();
    let answer = follow(
        move || LedgerAsk::Audit(chosen.ask(of.get())),
        |view| match view {
            LedgerView::Audit(view) => Some(view),
            _ => None,
        },
    );
    let csv = move |()| Request::Ledger(Box::new(LedgerAsk::AuditCsv(untrack(|| chosen.ask(of.get())))));
    let heading = move || match of.get() {
        AuditOf::Chart(_) => "Who wrote what".to_owned(),
        AuditOf::Day(day) => format!("Who wrote what on {}", format::plain_day(day)),
    };
    let orders = vec![
        (AuditOrder::Written, "As written".to_owned()),
        (AuditOrder::Clinical, "By the day it is about".to_owned()),
    ];
    view! {
        {chart.map(|chart| view! {
            <p class="back no-print"><a href=Route::Section(chart, crate::app::route::Section::Intake).href()><Icon name=IconName::Back/>"Record"</a></p>
        })}
        <header class="page-head">
            <h1>{heading}</h1>
            <div class="actions">
                <Button on_press=|()| browser::print()><Icon name=IconName::Print/>"Print"</Button>
                <DownloadButton request=csv>"Save as CSV"</DownloadButton>
            </div>
        </header>
        <div class="bar no-print">
            {children.map(|children| children())}
            <Choice id="audit-order" legend="Order" options=orders value=chosen.order/>
        </div>
        <Once answer what="who wrote what" children=move |view| view! { <List view chosen chart/> }/>
    }
}

#[component]
fn List(view: Signal<Arc<AuditView>>, chosen: Chosen, chart: Option<ChartId>) -> impl IntoView {
    let people = Signal::derive(move || {
        let option = |(id, name, number): &(PersonId, String, u32)| (id.to_string(), format!("{name} ({number})"));
        let everybody = (String::new(), "Everybody".to_owned());
        view.with(|view| {
            std::iter::once(everybody)
                .chain(view.people.iter().map(option))
                .collect::<Vec<_>>()
        })
    });
    let kinds = KINDS
        .iter()
        .enumerate()
        .map(|(at, (_, words))| (at.to_string(), (*words).to_owned()));
    let kinds: Vec<(String, String)> = std::iter::once((String::new(), "All kinds".to_owned()))
        .chain(kinds)
        .collect();
    let counts = move || {
        view.with(|view| {
            let whose = view.name.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
            let all = format::count(view.all.into(), "entry", "entries");
            let people = view.people.iter().map(|(_, name, number)| format!("{name} {number}"));
            let people: Vec<String> = people.collect();
            let by = if people.is_empty() {
                String::new()
            } else {
                format!(" ({})", people.join(", "))
            };
            format!("{whose}{all}{by}; {} listed, {} shown", view.listed, view.rows.len())
        })
    };
    let left = Memo::new(move |_| {
        view.with(|view| {
            view.listed
                .saturating_sub(u32::try_from(view.rows.len()).unwrap_or(u32::MAX))
        })
    });
    let rows = move || view.with(|view| view.rows.clone());
    view! {
        <div class="bar no-print">
            <Select id="audit-by" label="Written by" options=people value=chosen.by/>
            <Select id="audit-kind" label="Kind" options=Signal::stored(kinds) value=chosen.kind/>
            {chart.is_none().then(|| view! { <Check id="audit-patients" label="Only patients\u{2019} records" value=chosen.patients_only/> })}
        </div>
        <p class="result-count" role="status">{counts}</p>
        {move || {
            let all = view.with(|view| view.unreadable.clone());
            (!all.is_empty()).then(|| view! { <Notice tone=Tone::Error title="Some of it can\u{2019}t be read"><Lines all/></Notice> })
        }}
        {move || {
            let all = view.with(|view| view.files.clone());
            (!all.is_empty()).then(|| view! { <Notice title="Files that came in on this day"><Lines all/></Notice> })
        }}
        <Show when=move || view.with(|view| !view.rows.is_empty()) fallback=|| view! {
            <EmptyState title="Nothing that fits was written."><p>"Choose another day, or show everybody and all kinds."</p></EmptyState>
        }>
            <div class="alerts-scroll" role="region" aria-label="Entries" tabindex="0">
                <table class="data alerts">
                    <thead>
                        <tr>
                            <th scope="col">"Written"</th>
                            <th scope="col">"By"</th>
                            <th scope="col">"Record"</th>
                            <th scope="col">"About"</th>
                            <th scope="col">"What"</th>
                            <th scope="col">"What it replaced"</th>
                            <th scope="col">"Remarks"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=rows key=|row| format!("{row:?}") children=|row| view! { <Row row/> }/>
                    </tbody>
                </table>
            </div>
        </Show>
        <Show when=move || { left.get() > 0 }>
            <p class="actions no-print"><Button on_press=move |()| chosen.most.update(|most| *most += ROWS)>"Show more"</Button></p>
        </Show>
    }
}

#[component]
fn Lines(all: Vec<String>) -> impl IntoView {
    view! { <ul>{all.into_iter().map(|words| view! { <li>{words}</li> }).collect_view()}</ul> }
}

#[component]
fn Row(row: AuditRow) -> impl IntoView {
    let whose = match row.chart {
        Some(chart) => view! { <a href=Route::Patient(chart).href()>{row.patient}</a> }.into_any(),
        None => row.patient.into_any(),
    };
    let lines = |lines: Vec<String>| match lines.is_empty() {
        true => "\u{2013}".into_any(),
        false => {
            let line = |words: String| view! { <li class="prose-line">{words}</li> };
            view! { <ul class="missed">{lines.into_iter().map(line).collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <tr>
            <td data-label="Written">{row.written}</td>
            <td data-label="By">{row.by}</td>
            <td class="name" data-label="Record">{whose}</td>
            <td data-label="About">{row.about}</td>
            <td data-label="What">{row.line}{row.more.map(|more| view! { <span class="hint prose-line">{more}</span> })}</td>
            <td data-label="What it replaced">{lines(row.before)}</td>
            <td data-label="Remarks">{lines(row.marks)}</td>
        </tr>
    }
}
