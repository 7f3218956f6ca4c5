//! A row a patient, each with its reasons.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, Icon, IconName, Notice, Tone};
use crate::app::format;
use crate::app::route::Route;
use crate::journal::{ChartId, Month};
use crate::registry::{CommonView, ConflictStanding, ConflictView, MonthRowView, MonthView};

use super::detail::Detail;
use super::many::{Chosen, ForMany};

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
    // A sentence that many rows have: only those rows are shown while it is chosen.
    let only = RwSignal::new(None::<String>);
    let common: Arc<Vec<String>> = Arc::new(view.common.iter().map(|common| common.begins.clone()).collect());
    let meanings = Arc::new(view.codes.iter().cloned().collect::<BTreeMap<String, String>>());
    let folded = folded(&view, only, first);
    let to_look_at = view.rows.iter().filter(|row| needs_a_look(row)).count();
    let places = {
        let view = Arc::clone(&view);
        Memo::new(move |_| only.with(|only| ordered(&view.rows, order.get(), only.as_deref())))
    };
    let legend = legend(&view);
    let chosen: Chosen = RwSignal::new(BTreeSet::new());
    let for_many = view! { <ForMany view=Arc::clone(&view) chosen/> };
    let choose_shown = {
        let view = Arc::clone(&view);
        move |_| {
            let charts = |places: &Vec<usize>| -> BTreeSet<ChartId> {
                let on_page = places.iter().skip(first.get_untracked()).take(PAGE);
                on_page.filter_map(|place| view.rows.get(*place)?.chart).collect()
            };
            let shown = places.with_untracked(charts);
            chosen.update(|chosen| *chosen = if *chosen == shown { BTreeSet::new() } else { shown });
        }
    };
    let month = view.month;
    let row = move |place: usize| {
        let row = view.rows.get(place)?;
        Some(row_lines(place, row, opened, chosen, month, &common, &meanings))
    };
    let total = Signal::derive(move || places.with(Vec::len));
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
        {folded}
        <div class="month-order" role="group" aria-label="Order">
            {sort(Order::Name, "By name".to_owned())}
            {sort(Order::NeedsALook, format!("Needs a look first ({to_look_at})"))}
            <span class="hint">"Never sorted by what can be billed."</span>
            <button type="button" class="button quiet" on:click=choose_shown>"Choose all shown, or none"</button>
        </div>
        {for_many}
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
        {legend}
    }
}

/// Places of the rows in the order asked for.
fn ordered(rows: &[MonthRowView], order: Order, only: Option<&str>) -> Vec<usize> {
    let is_shown =
        |row: &MonthRowView| only.is_none_or(|only| row.missing.iter().any(|sentence| sentence.starts_with(only)));
    let shown = rows.iter().enumerate().filter(|(_, row)| is_shown(row));
    let mut places: Vec<usize> = shown.map(|(place, _)| place).collect();
    let calm = |row: &MonthRowView| match order {
        Order::Name => false,
        Order::NeedsALook => !needs_a_look(row),
    };
    places.sort_by_cached_key(|place| rows.get(*place).map(|row| (calm(row), row.name.to_lowercase())));
    places
}

fn needs_a_look(row: &MonthRowView) -> bool {
    !row.missing.is_empty() || !row.warnings.is_empty() || row.late.is_some() || !row.conflicts.is_empty()
}

/// One patient's line, and the line under it with the reasons.
fn row_lines(
    place: usize,
    row: &MonthRowView,
    opened: Opened,
    chosen: Chosen,
    month: Month,
    common: &[String],
    meanings: &BTreeMap<String, String>,
) -> impl IntoView + use<> {
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
        (false, false) if row.to_send.is_empty() && !row.claims.is_empty() => {
            let codes = coded(&row.codes, meanings);
            view! { {codes}<span class="quiet-text">", went already"</span> }.into_any()
        }
        (false, true) => {
            let codes = coded(&row.supports, meanings);
            let why = match (row.is_unsettled, row.missing.is_empty()) {
                (true, true) => ", waits for your choice",
                (true, false) => ", not ready, and waits for your choice",
                (false, _) => ", not ready",
            };
            view! { {codes}<span class="quiet-text">{why}</span> }.into_any()
        }
        (false, false) => coded(&row.codes, meanings).into_any(),
    };
    let next = match &row.next {
        Some((code, at)) => {
            let more = format!(" at {at} min, {} more", at.saturating_sub(row.minutes));
            view! { {coded(code, meanings)}{more} }.into_any()
        }
        None => "None".into_any(),
    };
    let problems = row.missing.len() + row.warnings.len();
    let own = row
        .missing
        .iter()
        .chain(&row.warnings)
        .find(|sentence| !common.iter().any(|begins| sentence.starts_with(begins.as_str())));
    let first_problem = own
        .cloned()
        .or_else(|| (problems > 0).then(|| "As said above".to_owned()));
    let problem = first_problem.map(|sentence| {
        let more = (problems > 1).then(|| format!(" ({} more)", problems - 1));
        view! { <span class="to-check"><Icon name=IconName::Alert/>" "{sentence}{more}</span> }.into_any()
    });
    let problem = problem.unwrap_or_else(|| view! { <span class="quiet-text">"Nothing"</span> }.into_any());
    let reasons = reasons(row);
    let chart = row.chart;
    let detail = move || is_open().then(|| chart.map(|chart| view! { <Detail chart month/> }));
    let choice = chart.map(|chart| {
        let is_chosen = move || chosen.with(|chosen| chosen.contains(&chart));
        let toggle = move |_| {
            chosen.update(|chosen| {
                if !chosen.remove(&chart) {
                    chosen.insert(chart);
                }
            });
        };
        view! {
            <input type="checkbox" aria-label=format!("Choose {name}") prop:checked=is_chosen on:change=toggle/>
            " "
        }
    });
    let blocked = row
        .conflicts
        .iter()
        .any(|c| matches!(c.standing, ConflictStanding::Blocks));
    let conflict = (!row.conflicts.is_empty()).then(|| {
        let words = if blocked {
            " Codes can\u{2019}t go together"
        } else {
            " Codes not settled"
        };
        view! { <span class="to-check"><Icon name=IconName::Alert/>{words}</span>" " }
    });
    let late = row
        .late
        .is_some()
        .then(|| view! { <span class="to-check"><Icon name=IconName::Alert/>" Late entries"</span>" " });
    view! {
        <tbody>
            <tr>
                <th scope="row" class="name">{choice}{patient}</th>
                <td data-label="MRN">{row.mrn.clone().unwrap_or_else(|| "\u{2014}".to_owned())}</td>
                <td class="num" data-label="Minutes">{row.minutes}</td>
                <td data-label="Kind of month">{row.kind.clone()}</td>
                <td data-label="Supports">{supports}</td>
                <td data-label="Next code" class="next">{next}</td>
                <td data-label="Missing or to check" class="problem">{late}{conflict}{problem}</td>
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
                <td colspan="8">{reasons}{detail}</td>
            </tr>
        </tbody>
    }
}

/// What many patients lack, said once, with a button that shows only these.
fn folded(view: &MonthView, only: RwSignal<Option<String>>, first: RwSignal<usize>) -> impl IntoView + use<> {
    let line = move |common: &CommonView| {
        let patients = format::count(common.rows.into(), "patient", "patients");
        let (chosen, shown) = (common.begins.clone(), common.begins.clone());
        let is_chosen = Signal::derive(move || only.with(|only| only.as_ref() == Some(&shown)));
        let press = move |_| {
            let next = (!is_chosen.get_untracked()).then(|| chosen.clone());
            only.set(next);
            first.set(0);
        };
        let words = move || {
            if is_chosen.get() {
                "Show all patients"
            } else {
                "Show these patients"
            }
        };
        view! {
            <li>
                <b>{patients}</b>": "{common.sentence.clone()}" "
                <button
                    type="button"
                    class="button quiet"
                    aria-pressed=move || if is_chosen.get() { "true" } else { "false" }
                    on:click=press
                >
                    {words}
                </button>
            </li>
        }
    };
    let lines = view.common.iter().map(line).collect_view();
    (!view.common.is_empty()).then(|| {
        view! { <Notice tone=Tone::Warning title="Missing for many"><ul>{lines}</ul></Notice> }
    })
}

/// Codes, each with what it stands for under the pointer; the legend has the same for everybody.
fn coded(codes: &str, meanings: &BTreeMap<String, String>) -> impl IntoView + use<> {
    let part = |(at, part): (usize, &str)| {
        let code = part.split_whitespace().next().unwrap_or_default();
        let meaning = meanings.get(code).cloned();
        let plus = (at > 0).then_some(" + ");
        view! { {plus}<abbr title=meaning>{part.to_owned()}</abbr> }
    };
    codes.split(" + ").enumerate().map(part).collect_view()
}

/// What the codes stand for that the month has, or comes to next.
fn legend(view: &MonthView) -> impl IntoView + use<> {
    let has = |row: &MonthRowView, code: &str| {
        let next = row.next.as_ref().is_some_and(|(next, _)| next == code);
        next || row.supports.contains(code) || row.codes.contains(code)
    };
    let named = view
        .codes
        .iter()
        .filter(|(code, _)| view.rows.iter().any(|row| has(row, code)));
    let line = |(code, about): &(String, String)| view! { <div><dt>{code.clone()}</dt><dd>{about.clone()}</dd></div> };
    view! {
        <section class="codes-legend" aria-labelledby="codes-legend">
            <h2 id="codes-legend">"What the codes stand for"</h2>
            <dl>{named.map(line).collect_view()}</dl>
        </section>
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
        {part("Sent, claimed or denied", &row.claims)}
        {part("Left out of the biller\u{2019}s file", &row.left_out)}
        {conflicts(row)}
    }
}

/// Codes that don't go together, those that block and those that nobody has settled told apart.
fn conflicts(row: &MonthRowView) -> impl IntoView + use<> {
    let line = |conflict: &ConflictView| {
        let (icon, words) = match conflict.standing {
            ConflictStanding::Blocks => (IconName::Alert, "Can\u{2019}t go"),
            ConflictStanding::Unsettled => (IconName::Waiting, "Not settled: ask the payer"),
        };
        let source = format!(" Source: {}.", conflict.source);
        view! { <li><span class="to-check"><Icon name=icon/>" "<b>{words}</b></span>". "{conflict.why.clone()}<span class="hint">{source}</span></li> }
    };
    let lines = row.conflicts.iter().map(line).collect_view();
    (!row.conflicts.is_empty()).then(|| view! { <h3>"Codes that may not go together"</h3><ul>{lines}</ul> })
}

/// Which rows are shown, and the next ones, where there are more than fit.
#[component]
fn Pages(first: RwSignal<usize>, total: Signal<usize>) -> impl IntoView {
    let words = move || {
        let from = first.get();
        let (from, to) = ((from + 1) as u64, (from + PAGE).min(total.get()) as u64);
        format!(
            "{} to {} of {}",
            format::grouped(from),
            format::grouped(to),
            format::grouped(total.get() as u64)
        )
    };
    let is_long = move || total.get() > PAGE;
    let at_start = Signal::derive(move || first.get() == 0);
    let at_end = Signal::derive(move || first.get() + PAGE >= total.get());
    view! {
        <Show when=is_long>
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
        </Show>
    }
}
