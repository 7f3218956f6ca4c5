//! A row a patient, each with its reasons.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, Icon, IconName};
use crate::app::format;
use crate::app::route::Route;
use crate::registry::{MonthRowView, MonthView};

/// Rows shown at a time, so that a large clinic's month stays quick.
const PAGE: usize = 100;

/// The order of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// By name.
    Name,
    /// What needs a look first, then by name.
    NeedsALook,
}

/// Which rows show their reasons, by their place in the answer.
type Opened = RwSignal<BTreeSet<usize>>;

/// The patients of the month.
#[component]
pub(super) fn Rows(
    /// The month.
    view: Arc<MonthView>,
) -> impl IntoView {
    let order = RwSignal::new(Order::Name);
    let first = RwSignal::new(0_usize);
    let opened: Opened = RwSignal::new(BTreeSet::new());
    let total = view.rows.len();
    let to_look_at = view.rows.iter().filter(|row| needs_a_look(row)).count();
    let places = {
        let view = Arc::clone(&view);
        Memo::new(move |_| ordered(&view.rows, order.get()))
    };
    let row = move |place: usize| view.rows.get(place).map(|row| row_lines(place, row, opened));
    let rows = move || {
        let from = first.get();
        places.with(|places| {
            places
                .iter()
                .skip(from)
                .take(PAGE)
                .map(|place| row(*place))
                .collect_view()
        })
    };
    let sort = move |of: Order, words: String| {
        let pressed = move || if order.get() == of { "true" } else { "false" };
        let press = move |_| {
            order.set(of);
            first.set(0);
        };
        view! { <button type="button" class="button quiet" aria-pressed=pressed on:click=press>{words}</button> }
    };
    view! {
        <h2 class="visually-hidden">"Patients"</h2>
        <div class="month-order" role="group" aria-label="Order">
            {sort(Order::Name, "By name".to_owned())}
            {sort(Order::NeedsALook, format!("Needs a look first ({to_look_at})"))}
            <span class="hint">"Never sorted by what can be billed."</span>
        </div>
        <table class="data list month">
            <caption class="visually-hidden">"Patients of the month, with minutes, codes and what is missing"</caption>
            <thead>
                <tr>
                    <th scope="col">"Patient"</th>
                    <th scope="col">"MRN"</th>
                    <th scope="col" class="num">"Minutes"</th>
                    <th scope="col">"Kind of month"</th>
                    <th scope="col">"Supports"</th>
                    <th scope="col">"Next code"</th>
                    <th scope="col">"Missing or to check"</th>
                    <th scope="col">"Reasons"</th>
                </tr>
            </thead>
            {rows}
        </table>
        <Pages first total/>
    }
}

/// Places of the rows in the order asked for.
fn ordered(rows: &[MonthRowView], order: Order) -> Vec<usize> {
    let mut places: Vec<usize> = (0..rows.len()).collect();
    let calm = |row: &MonthRowView| match order {
        Order::Name => false,
        Order::NeedsALook => !needs_a_look(row),
    };
    places.sort_by_cached_key(|place| rows.get(*place).map(|row| (calm(row), row.name.to_lowercase())));
    places
}

fn needs_a_look(row: &MonthRowView) -> bool {
    !row.missing.is_empty() || !row.warnings.is_empty()
}

/// One patient's line, and the line under it with the reasons.
fn row_lines(place: usize, row: &MonthRowView, opened: Opened) -> impl IntoView + use<> {
    let id = format!("month-why-{place}");
    let is_open = move || opened.with(|opened| opened.contains(&place));
    let toggle = move |_| {
        opened.update(|opened| {
            if !opened.remove(&place) {
                opened.insert(place);
            }
        });
    };
    let name = row.name.clone();
    let patient = match row.chart {
        Some(chart) => view! { <a href=Route::Patient(chart).href()>{name.clone()}</a> }.into_any(),
        None => view! { {name.clone()} }.into_any(),
    };
    let supports = match (row.supports.is_empty(), row.codes.is_empty()) {
        (true, _) => view! { <span class="quiet-text">"Nothing yet"</span> }.into_any(),
        (false, true) => view! { {row.supports.clone()}<span class="quiet-text">", not ready"</span> }.into_any(),
        (false, false) => view! { {row.codes.clone()} }.into_any(),
    };
    let next = match &row.next {
        Some((code, at)) => format!("{code} at {at} min, {} more", at.saturating_sub(row.minutes)),
        None => "None further".to_owned(),
    };
    let problems = row.missing.len() + row.warnings.len();
    let first_problem = row.missing.iter().chain(&row.warnings).next().cloned();
    let problem = first_problem.map(|sentence| {
        let more = (problems > 1).then(|| format!(" ({} more)", problems - 1));
        view! { <span class="to-check"><Icon name=IconName::Alert/>" "{sentence}{more}</span> }.into_any()
    });
    let problem = problem.unwrap_or_else(|| view! { <span class="quiet-text">"Nothing"</span> }.into_any());
    let reasons = reasons(row);
    view! {
        <tbody>
            <tr>
                <th scope="row" class="name">{patient}</th>
                <td data-label="MRN">{row.mrn.clone().unwrap_or_else(|| "\u{2014}".to_owned())}</td>
                <td class="num" data-label="Minutes">{row.minutes}</td>
                <td data-label="Kind of month">{row.kind.clone()}</td>
                <td data-label="Supports">{supports}</td>
                <td data-label="Next code" class="next">{next}</td>
                <td data-label="Missing or to check" class="problem">{problem}</td>
                <td class="toggle">
                    <button
                        type="button"
                        class="button quiet"
                        aria-expanded=move || if is_open() { "true" } else { "false" }
                        aria-controls=id.clone()
                        aria-label=format!("Why: {name}")
                        on:click=toggle
                    >
                        "Why"
                        {move || view! { <Icon name=if is_open() { IconName::Up } else { IconName::Down }/> }}
                    </button>
                </td>
            </tr>
            <tr class="reasons" id=id hidden=move || !is_open()>
                <td colspan="8">{reasons}</td>
            </tr>
        </tbody>
    }
}

/// Why the month supports what it does, what is missing, and what does not count.
fn reasons(row: &MonthRowView) -> impl IntoView + use<> {
    let part = |heading: &'static str, lines: &[String]| {
        let items = lines
            .iter()
            .map(|line| view! { <li>{line.clone()}</li> })
            .collect_view();
        (!lines.is_empty()).then(|| view! { <h3>{heading}</h3><ul>{items}</ul> })
    };
    view! {
        <p>{row.why.clone()}</p>
        {part("Missing", &row.missing)}
        {part("To check", &row.warnings)}
        {part("Time that does not count", &row.not_counted)}
    }
}

/// Which rows are shown, and the next ones, where there are more than fit.
#[component]
fn Pages(first: RwSignal<usize>, total: usize) -> impl IntoView {
    if total <= PAGE {
        return ().into_any();
    }
    let words = move || {
        let from = first.get();
        let (from, to) = ((from + 1) as u64, (from + PAGE).min(total) as u64);
        format!(
            "{} to {} of {}",
            format::grouped(from),
            format::grouped(to),
            format::grouped(total as u64)
        )
    };
    let at_start = Signal::derive(move || first.get() == 0);
    let at_end = Signal::derive(move || first.get() + PAGE >= total);
    view! {
        <nav class="pages" aria-label="Rows">
            <Button
                kind=ButtonKind::Quiet
                disabled=at_start
                on_press=move |()| first.update(|first| *first = first.saturating_sub(PAGE))
            >
                "Earlier rows"
            </Button>
            <span role="status">{words}</span>
            <Button kind=ButtonKind::Quiet disabled=at_end on_press=move |()| first.update(|first| *first += PAGE)>
                "Later rows"
            </Button>
        </nav>
    }
    .into_any()
}
