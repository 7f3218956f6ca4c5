//! The caseload: one row a patient. Tab, filter, order and care manager are in the address; what is typed never is.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::common::follow_people;
use super::patient::{QuickFormKind, wish_for};
use crate::app::browser;
use crate::app::components::{
    Button, ButtonKind, ButtonLink, Column, DataTable, EmptyState, FailureNotice, IconName, Loading, Tab, Tabs,
    Visible, table_row,
};
use crate::app::format;
use crate::app::keys::use_key;
use crate::app::route::{CaseloadRoute, Route, from_word, word};
use crate::app::router::use_router;
use crate::app::state::{Desk, use_desk};
use crate::journal::ChartId;
use crate::registry::{
    CaseloadFilter, CaseloadQuery, CaseloadSort, CaseloadTab, Failure, NewsAsk, NewsView, Request, Response,
};

mod cells;
mod rows;

/// Tabs with their words.
const TABS: [(CaseloadTab, &str); 5] = [
    (CaseloadTab::Active, "Active"),
    (CaseloadTab::RelapsePrevention, "Relapse prevention"),
    (CaseloadTab::Referred, "Referred"),
    (CaseloadTab::OnHold, "On hold"),
    (CaseloadTab::Closed, "Closed"),
];

/// Filters with their words.
const FILTERS: [(CaseloadFilter, &str); 7] = [
    (CaseloadFilter::Everybody, "Everybody"),
    (CaseloadFilter::Safety, "Safety"),
    (CaseloadFilter::NotImproving, "Not improving"),
    (CaseloadFilter::Late, "Late: contact or measure"),
    (CaseloadFilter::AtTarget, "At target"),
    (CaseloadFilter::NoScore, "No score yet"),
    (CaseloadFilter::ToSettle, "Two versions to settle"),
];

/// Who has news for whoever is here: how many, and in words.
#[derive(Clone, Copy)]
struct NewsMarks(Memo<BTreeMap<ChartId, (u32, String)>>);

impl NewsMarks {
    fn provide(desk: Desk) {
        let list = desk.follow(
            || Request::News(Box::new(NewsAsk::List)),
            |response| match response {
                Response::News(view) => match *view {
                    NewsView::List(rows) => Some(rows),
                    _ => None,
                },
                _ => None,
            },
        );
        let marks = Memo::new(move |_| {
            let rows = list.value().get();
            let rows = rows.iter().flat_map(|rows| rows.iter());
            rows.map(|row| (row.chart, (row.count, row.words.clone()))).collect()
        });
        provide_context(Self(marks));
    }
}

/// The caseload.
#[component]
pub fn CaseloadPage() -> impl IntoView {
    let (desk, router) = (use_desk(), use_router());
    // The page stays while only its query changes; on the way out the route is another page's.
    let place = Memo::new(move |before: Option<&CaseloadRoute>| match router.get() {
        Some(Route::Caseload(place)) => place,
        _ => before.copied().unwrap_or(CaseloadRoute::PLAIN),
    });
    let search = RwSignal::new(String::new());
    let visible = RwSignal::new(Visible::default());
    let asked = Memo::new(move |_| query(place.get(), search.get()));
    let rows = rows::Rows::follow(desk, asked, visible);
    NewsMarks::provide(desk);
    let change = move |place: CaseloadRoute| router.replace(Route::Caseload(place));

    let (counts, total) = (Memo::new(move |_| rows.tabs()), Memo::new(move |_| rows.total()));
    let tabs = Signal::derive(move || {
        let (here, counts) = (place.get(), counts.get());
        let tab = |(tab, label): (CaseloadTab, &str)| Tab {
            label: label.to_owned(),
            count: counts.iter().find(|(other, _)| *other == tab).map(|(_, count)| *count),
            href: Route::Caseload(CaseloadRoute { tab, ..here }).href(),
            current: here.tab == tab,
        };
        TABS.into_iter().map(tab).collect::<Vec<_>>()
    });
    let sort = Signal::derive(move || (place.get().sort, place.get().descending));
    let on_sort = Callback::new(move |by: CaseloadSort| {
        let here = place.get_untracked();
        let descending = if here.sort == by {
            !here.descending
        } else {
            largest_first(by)
        };
        change(CaseloadRoute {
            sort: by,
            descending,
            ..here
        });
    });
    let on_open = Callback::new(move |at: u32| {
        if let Some(row) = untrack(|| rows.at(at)) {
            router.go(Route::Patient(row.chart));
        }
    });
    use_key("f", "Search in the caseload", || browser::focus("caseload-search"));
    use_key("s", "Open a safety concern about the patient of this row", move || {
        let row = table_row().and_then(|at| untrack(|| rows.at(at)));
        if let Some(row) = row {
            wish_for(row.chart, QuickFormKind::Concern);
            router.go(Route::Patient(row.chart));
        }
    });
    use_key("x", "Clear filter and search", move || {
        search.set(String::new());
        change(CaseloadRoute {
            tab: place.get_untracked().tab,
            ..CaseloadRoute::PLAIN
        });
    });
    view! {
        <div class="caseload">
            <header class="page-head">
                <h1>"Caseload"</h1>
                <div class="actions">
                    <ButtonLink href=Route::NewPatient.href()>"New patient"</ButtonLink>
                    <ButtonLink href=Route::Alerts.href()>"Safety alerts"</ButtonLink>
                    <ButtonLink href=Route::Stack.href()>"Enter a stack of forms"</ButtonLink>
                    <ButtonLink href=Route::Assign.href()>"By care manager"</ButtonLink>
                    <CsvButton asked/>
                </div>
            </header>
            <Tabs label="Patients by status" tabs/>
            <Bar place search on_change=Callback::new(change)/>
            <ToSettle rows place/>
            {move || rows.failure().map(|failure| view! { <FailureNotice failure/> })}
            <p class="result-count" role="status">{move || total.get().map(|total| told(total, place.get(), &search.get()))}</p>
            <Show when=move || total.get() != Some(0) fallback=move || view! { <Nobody place search/> }>
                <Show when=move || total.get().is_some() fallback=|| view! { <Loading words="Reading your caseload\u{2026}"/> }>
                    <DataTable
                        caption="Caseload"
                        columns=columns()
                        sort
                        on_sort
                        total=Signal::derive(move || total.get().unwrap_or(0))
                        visible
                        narrow_row=NARROW_ROW
                        on_open
                        row=Callback::new(move |(row, at)| cells::fill(row, at, rows))
                    />
                </Show>
            </Show>
        </div>
    }
}

/// Height of a row on a narrow screen, in pixels, as `tables.css` has it: name and status, a line for each score with
/// a date beside it, why.
const NARROW_ROW: u32 = 120;

fn columns() -> Vec<Column<CaseloadSort>> {
    let column = |label, title, sort, class| Column {
        label,
        title,
        sort,
        class,
    };
    use CaseloadSort::{Contact, Gad7, Minutes, Name, Next, Phq9, Phq9Change, Review, Status, Urgency, Weeks};
    vec![
        column(
            "!",
            Some("Strongest reason to act; sorts by urgency"),
            Some(Urgency),
            "flag",
        ),
        column("Name, age", None, Some(Name), "name"),
        column("Status", None, Some(Status), "standing"),
        column(
            "Wk",
            Some("Weeks since enrollment or treatment start"),
            Some(Weeks),
            "num wk",
        ),
        column("PHQ-9\nfirst", Some("PHQ-9 at baseline"), None, "num"),
        column("last", Some("Latest PHQ-9"), Some(Phq9), "num"),
        column(
            "change",
            Some("Change of PHQ-9 since baseline, in points"),
            Some(Phq9Change),
            "num",
        ),
        column(
            "trend",
            Some("The measure that the episode is judged by, over time: PHQ-9 where no other was chosen"),
            None,
            "trend",
        ),
        column("GAD-7\nfirst", Some("GAD-7 at baseline"), None, "num"),
        column("last", Some("Latest GAD-7"), Some(Gad7), "num"),
        column("Contact", Some("Days since the last contact"), Some(Contact), "num"),
        column("Next", Some("Next contact due"), Some(Next), "date"),
        column("Review", Some("Last case review"), Some(Review), "date review"),
        column("Month", Some("Minutes that count this month"), Some(Minutes), "num"),
        column("Why", Some("Strongest reason to act, with its numbers"), None, "why"),
    ]
}

/// Scores, waits and minutes are looked at from the largest; names and dates from the first.
fn largest_first(by: CaseloadSort) -> bool {
    use CaseloadSort::{Contact, Gad7, Minutes, Phq9, Phq9Change, Weeks};
    matches!(by, Phq9 | Phq9Change | Gad7 | Contact | Minutes | Weeks)
}

fn query(place: CaseloadRoute, search: String) -> CaseloadQuery {
    CaseloadQuery {
        tab: place.tab,
        care_manager: place.care_manager,
        filter: place.filter,
        search,
        sort: place.sort,
        descending: place.descending,
        from: 0,
        count: 0,
    }
}

fn told(total: u32, place: CaseloadRoute, search: &str) -> String {
    let count = format::count(total.into(), "patient", "patients");
    let filtered =
        place.filter != CaseloadFilter::Everybody || place.care_manager.is_some() || !search.trim().is_empty();
    if filtered {
        match place.filter {
            CaseloadFilter::ToSettle => format!("{count} with two versions to settle, of every status"),
            _ => format!("{count} in this view"),
        }
    } else {
        count
    }
}

/// How many patients have two versions of something to settle, with the way to them.
#[component]
fn ToSettle(rows: rows::Rows, place: Memo<CaseloadRoute>) -> impl IntoView {
    let left = move || rows.unsettled();
    let here = move || place.get().filter == CaseloadFilter::ToSettle;
    let href = move || {
        let to = CaseloadRoute {
            filter: CaseloadFilter::ToSettle,
            ..CaseloadRoute::PLAIN
        };
        Route::Caseload(to).href()
    };
    let words = move || {
        let patients = format::count(left().into(), "patient", "patients");
        format!("{patients} with two versions to settle")
    };
    view! {
        <Show when=move || { left() > 0 && !here() }>
            <p class="hint"><a href=href>{words}</a></p>
        </Show>
    }
}

/// Search box, filter, care manager.
#[component]
fn Bar(place: Memo<CaseloadRoute>, search: RwSignal<String>, on_change: Callback<CaseloadRoute>) -> impl IntoView {
    let desk = use_desk();
    let people = follow_people(desk);
    let me = desk.me();
    let filters = FILTERS.into_iter().map(|(filter, words)| {
        view! { <option value=word(filter) selected=move || place.get().filter == filter>{words}</option> }
    });
    let managers = move || {
        let chosen = place.get().care_manager;
        let mut others = people.get();
        others.retain(|person| person.person != me && manages(person.role));
        others.sort_by(|a, b| a.name.cmp(&b.name));
        let line = move |person: crate::journal::facts::Person| {
            let id = person.person;
            view! { <option value=id.to_string() selected=chosen == Some(id)>{person.name}</option> }
        };
        view! {
            <option value="" selected=chosen.is_none()>"Everybody"</option>
            <option value=me.to_string() selected=chosen == Some(me)>"Me"</option>
            {others.into_iter().map(line).collect_view()}
        }
    };
    let set_filter = move |event: leptos::ev::Event| {
        if let Some(filter) = from_word(&event_target_value(&event)) {
            on_change.run(CaseloadRoute {
                filter,
                ..place.get_untracked()
            });
        }
    };
    let set_manager = move |event: leptos::ev::Event| {
        let care_manager = event_target_value(&event).parse().ok();
        on_change.run(CaseloadRoute {
            care_manager,
            ..place.get_untracked()
        });
    };
    let is_plain = move || {
        let here = place.get();
        here.filter == CaseloadFilter::Everybody && here.care_manager.is_none() && search.with(|typed| typed.is_empty())
    };
    let clear = move |()| {
        search.set(String::new());
        let here = place.get_untracked();
        on_change.run(CaseloadRoute {
            filter: CaseloadFilter::Everybody,
            care_manager: None,
            ..here
        });
    };
    view! {
        <div class="bar" role="search">
            <label>"Search "
                <input id="caseload-search" type="search" autocomplete="off" spellcheck="false" prop:value=search
                    placeholder="name, MRN, phone"
                    on:input:target=move |event| search.set(event.target().value())/>
            </label>
            <label>"Filter "
                <select id="caseload-filter" autocomplete="off" on:change=set_filter>{filters.collect_view()}</select>
            </label>
            <label>"Care manager "
                <select id="caseload-manager" autocomplete="off" on:change=set_manager>{managers}</select>
            </label>
            <Show when=move || !is_plain()>
                <Button kind=ButtonKind::Quiet icon=IconName::Close on_press=clear>"Clear"</Button>
            </Show>
        </div>
    }
}

/// Who can manage care.
fn manages(role: crate::journal::facts::Role) -> bool {
    use crate::journal::facts::Role::{CareManager, Supervisor, Trainee};
    matches!(role, CareManager | Supervisor | Trainee)
}

/// Nobody in this view: why, and the way out.
#[component]
fn Nobody(place: Memo<CaseloadRoute>, search: RwSignal<String>) -> impl IntoView {
    move || {
        let here = place.get();
        let narrowed = here.filter != CaseloadFilter::Everybody || here.care_manager.is_some();
        if narrowed || search.with(|typed| !typed.trim().is_empty()) {
            return view! {
                <EmptyState title="Nobody fits this filter and search.">
                    <p>"Clear them to see everybody of this tab, or look in another tab."</p>
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <EmptyState title="Patients of this status will be here, one row each.">
                <div class="actions">
                    <ButtonLink kind=ButtonKind::Primary href=Route::Import.href()>"Import a spreadsheet"</ButtonLink>
                    <ButtonLink href=Route::NewPatient.href()>"New patient"</ButtonLink>
                    <ButtonLink href=Route::Stack.href()>"Enter a stack of forms"</ButtonLink>
                </div>
            </EmptyState>
        }
        .into_any()
    }
}

/// Saves the rows of this view as a CSV file.
#[component]
fn CsvButton(asked: Memo<CaseloadQuery>) -> impl IntoView {
    let desk = use_desk();
    let problem = RwSignal::new(None::<String>);
    let save = move |()| {
        let query = asked.get_untracked();
        spawn_local(async move { problem.set(save_csv(desk, query).await.err()) });
    };
    view! {
        <Button on_press=save says="Save this view as a CSV file">"CSV"</Button>
        {move || problem.get().map(|problem| view! { <span class="error" role="alert">{problem}</span> })}
    }
}

async fn save_csv(desk: Desk, query: CaseloadQuery) -> Result<(), String> {
    let file = desk.core().ask_file(Request::CaseloadCsv(query)).await;
    match file.map_err(|failure: Failure| failure.to_string())? {
        (Response::File { name, media }, bytes) => browser::save_file(&name, &media, &bytes)
            .map_err(|_error| "The browser refused to save the file. Nothing was changed.".to_owned()),
        _ => Err("The file could not be made. Nothing was changed.".to_owned()),
    }
}
