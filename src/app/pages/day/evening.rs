//! The evening: what nobody has seen, what is still open, what was begun and what is not written down, and tomorrow.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::super::common::Once;
use super::rows::Row;
use super::unseen::{Leaving, Unseen};
use crate::app::components::{Button, ButtonKind, ButtonLink, Icon, IconName, Notice, StatusTag, Tone, WhenText};
use crate::app::format;
use crate::app::gate::use_lock;
use crate::app::parked::Parked;
use crate::app::route::{Route, Section, TimeSpan};
use crate::app::seen::Seen;
use crate::app::state::use_desk;
use crate::app::timer::use_timers;
use crate::app::typed::capital;
use crate::app::words::{MODES, word_of};
use crate::journal::ChartId;
use crate::registry::{
    AppointmentRow, DraftRow, EveningItem, EveningQuery, EveningView, Request, Response, UnwrittenRow,
};

/// The page.
#[component]
pub fn EveningPage() -> impl IntoView {
    let desk = use_desk();
    let (seen, parked, timers) = (expect_context::<Seen>(), expect_context::<Parked>(), use_timers());
    // Other tabs may have seen something, also while this page stood open.
    seen.refresh();
    let back = window_event_listener(leptos::ev::focus, move |_| seen.refresh());
    on_cleanup(move || back.remove());
    // The seconds of a timer that runs are no reason to ask again.
    let named = Memo::new(move |_| {
        let mut charts: Vec<ChartId> = timers.all().into_iter().map(|timer| timer.chart).collect();
        charts.extend(parked.all());
        charts.extend(seen.acknowledged().into_iter().map(|(chart, ..)| chart));
        charts.sort_unstable();
        charts.dedup();
        charts
    });
    let opened = Memo::new(move |_| latest(seen.opened()));
    let acknowledged = Memo::new(move |_| {
        let acknowledged = seen.acknowledged().into_iter();
        latest(acknowledged.map(|(chart, at, _)| (chart, at)))
    });
    let answer = desk.follow(
        move || {
            Request::Evening(EveningQuery {
                care_manager: None,
                opened: opened.get(),
                acknowledged: acknowledged.get(),
                named: named.get(),
            })
        },
        |response| match response {
            Response::Evening(view) => Some(*view),
            _ => None,
        },
    );
    let lock = use_lock();
    let today = desk.today();
    view! {
        <div class="page evening">
            <header class="page-head">
                <h1>"Evening: "{move || format::full_day(today.get())}</h1>
                <div class="actions no-print">
                    <Button kind=ButtonKind::Primary icon=IconName::Lock on_press=lock>"Lock and go home"</Button>
                </div>
            </header>
            <Once answer what="what is still open" children=move |view| view! { <Evening view/> }/>
        </div>
    }
}

/// The latest moment of each record.
fn latest(moments: impl IntoIterator<Item = (ChartId, u64)>) -> BTreeMap<ChartId, u64> {
    let mut latest: BTreeMap<ChartId, u64> = BTreeMap::new();
    for (chart, at) in moments {
        let kept = latest.entry(chart).or_insert(at);
        *kept = at.max(*kept);
    }
    latest
}

#[component]
fn Evening(view: Signal<Arc<EveningView>>) -> impl IntoView {
    let unseen = Memo::new(move |_| {
        let is_unseen = |row: &&EveningItem| row.urgent && !row.seen;
        view.with(|view| {
            view.open
                .iter()
                .filter(is_unseen)
                .cloned()
                .collect::<Vec<EveningItem>>()
        })
    });
    let nothing = move || unseen.with(Vec::is_empty);
    view! {
        <Leaving unseen/>
        <Show
            when=move || !nothing()
            fallback=|| view! { <p class="notice-line" role="status"><Icon name=IconName::Done/>"Nothing urgent is unseen."</p> }
        >
            <Notice tone=Tone::Error title="Not seen, or not done, today">
                <ul class="unseen-list">{move || unseen.get().into_iter().map(|item| view! { <Unseen item/> }).collect_view()}</ul>
            </Notice>
        </Show>
        <Open view/>
        <Begun view/>
        <NotWritten view/>
        <Tomorrow view/>
        <Acknowledged view/>
    }
}

/// The worklist as it stands, but for what nobody has seen: that stands above.
#[component]
fn Open(view: Signal<Arc<EveningView>>) -> impl IntoView {
    let rows = move || {
        let rest = |row: &&EveningItem| !row.urgent || row.seen;
        view.with(|view| view.open.iter().filter(rest).cloned().collect::<Vec<_>>())
    };
    let count = move || format::count(u64::try_from(rows().len()).unwrap_or(0), "patient", "patients");
    let row = move |row: EveningItem| {
        let item = row.item;
        let kind = item.kind;
        let told = view.with(|view| view.names.get(&item.chart).cloned());
        view! {
            <li>
                <span class="at"><StatusTag kind/></span>
                <a href=Route::Patient(item.chart).href()>{told.unwrap_or(item.name)}</a>
                <span>{capital(&item.reason)}</span>
                {(row.urgent && row.seen).then(|| view! { <span class="hint">"seen today"</span> })}
            </li>
        }
    };
    view! {
        <section class="later" aria-labelledby="still-open">
            <h2 id="still-open">"Still open: "{count}</h2>
            <ul>{move || rows().into_iter().map(row).collect_view()}</ul>
        </section>
    }
}

/// Forms that were begun or parked, and timers.
#[component]
fn Begun(view: Signal<Arc<EveningView>>) -> impl IntoView {
    let (parked, timers) = (expect_context::<Parked>(), use_timers());
    let name = move |chart: ChartId| {
        let found = view.with(|view| view.names.get(&chart).cloned());
        found.unwrap_or_else(|| "a patient".to_owned())
    };
    let draft = |row: DraftRow| {
        let href = draft_route(&row).href();
        let whose = row.whose.map(|(_, name)| name);
        let says = format!(
            "Go on with {}{}",
            row.words.to_lowercase(),
            whose.as_ref().map_or_else(String::new, |name| format!(": {name}"))
        );
        view! {
            <li>
                <span class="at">"Draft"</span>
                <span>{row.words}{whose.map(|name| view! { ", "<strong>{name}</strong> })}</span>
                <ButtonLink kind=ButtonKind::Quiet href=href says>"Go on with it"</ButtonLink>
            </li>
        }
    };
    let form = move |chart: ChartId| {
        let says = format!("Go back to the parked form: {}", name(chart));
        view! {
            <li>
                <span class="at">"Parked"</span>
                <span>"Contact, "<strong>{move || name(chart)}</strong></span>
                <ButtonLink kind=ButtonKind::Quiet href=Route::Contact(chart).href() says>"Go back to it"</ButtonLink>
            </li>
        }
    };
    let timer = move |timer: crate::app::stopwatch::Timer| {
        let (chart, runs) = (timer.chart, timer.is_running());
        let says = format!("Record the time: {}", name(chart));
        let time = move || format::stopwatch(timers.seconds(&timer).0.into());
        view! {
            <li>
                <span class="at">{if runs { "Timer runs" } else { "Timer paused" }}</span>
                <span><strong>{move || name(chart)}</strong>", "<span aria-live="off">{time}</span></span>
                <ButtonLink kind=ButtonKind::Quiet href=Route::Contact(chart).href() says>"Record it"</ButtonLink>
            </li>
        }
    };
    let drafts = move || {
        // A parked form is named once.
        let is_parked =
            |row: &DraftRow| row.form == "contact" && row.whose.as_ref().is_some_and(|(chart, _)| parked.has(*chart));
        view.with(|view| {
            view.drafts
                .iter()
                .filter(|row| !is_parked(row))
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    let nothing = move || drafts().is_empty() && parked.all().is_empty() && timers.all().is_empty();
    view! {
        <section class="later" aria-labelledby="begun">
            <h2 id="begun">"Begun and not saved"</h2>
            <ul>
                {move || nothing().then(|| view! { <li>"No form, no timer."</li> })}
                {move || parked.all().into_iter().map(form).collect_view()}
                {move || timers.all().into_iter().map(timer).collect_view()}
                {move || drafts().into_iter().map(draft).collect_view()}
            </ul>
        </section>
    }
}

/// Where a form is that was begun.
fn draft_route(row: &DraftRow) -> Route {
    let Some((chart, _)) = row.whose else {
        return match row.form.as_str() {
            "crisis" => Route::Crisis,
            "triage" => Route::Triage,
            "time" => Route::Time(TimeSpan::Day, None),
            _ => Route::Settings,
        };
    };
    match row.form.as_str() {
        "contact" => Route::Contact(chart),
        "review" => Route::Review(Some(chart)),
        "assessment" => Route::Section(chart, Section::Assessment),
        "letter" | "ehr" => Route::Section(chart, Section::Notes),
        "plan-section" | "problem-sheet" => Route::Section(chart, Section::CarePlan),
        "relapse-plan" | "closing" | "closing-letter" => Route::Section(chart, Section::Closing),
        "outreach-letter" => Route::Section(chart, Section::Intake),
        _ => Route::Patient(chart),
    }
}

/// What was done today and is not in the record, or not in the EHR.
#[component]
fn NotWritten(view: Signal<Arc<EveningView>>) -> impl IntoView {
    let touched = |row: UnwrittenRow| {
        let missing = match (row.note, row.minutes) {
            (true, true) => "no note and no minutes",
            (true, false) => "no note",
            (false, _) => "no minutes",
        };
        view! {
            <li>
                <span class="at">"Touched today"</span>
                <a href=Route::Patient(row.chart).href()>{row.name}</a>
                <span>{missing}</span>
            </li>
        }
    };
    let booked = |row: AppointmentRow| {
        view! {
            <li>
                <span class="at"><WhenText when=row.at/></span>
                <a href=Route::Patient(row.chart).href()>{row.name}</a>
                <span>{word_of(MODES, row.mode).to_lowercase()}", neither kept nor missed"</span>
            </li>
        }
    };
    let ehr = move || view.with(|view| view.ehr);
    let nothing = move || view.with(|view| view.unwritten.is_empty() && view.booked.is_empty() && view.ehr == 0);
    view! {
        <section class="later" aria-labelledby="not-written">
            <h2 id="not-written">"Not written down"</h2>
            <ul>
                {move || nothing().then(|| view! { <li>"Everything of today is written down."</li> })}
                {move || view.with(|view| view.booked.clone()).into_iter().map(booked).collect_view()}
                {move || view.with(|view| view.unwritten.clone()).into_iter().map(touched).collect_view()}
                {move || (ehr() > 0).then(|| view! {
                    <li>
                        <span class="at">"EHR"</span>
                        <a href=Route::Ehr.href()>{format::count(ehr().into(), "note waits for the EHR", "notes wait for the EHR")}</a>
                    </li>
                })}
            </ul>
        </section>
    }
}

/// What is booked and due until the next working day.
#[component]
fn Tomorrow(view: Signal<Arc<EveningView>>) -> impl IntoView {
    let rows = move || view.with(|view| view.plan.clone());
    let href = move || Route::Day(Some(view.with(|view| view.next))).href();
    view! {
        <section class="later" aria-labelledby="tomorrow">
            <h2 id="tomorrow">"Next: "{move || view.with(|view| format::full_day(view.next))}</h2>
            <ul>
                {move || rows().is_empty().then(|| view! { <li>"Nothing is booked, and nothing becomes due."</li> })}
                {move || rows().into_iter().map(|row| view! { <Row row/> }).collect_view()}
            </ul>
            <p class="no-print"><a href=href>"The list of that day"</a></p>
        </section>
    }
}

/// Whose items were acknowledged by name today, and by whom.
#[component]
fn Acknowledged(view: Signal<Arc<EveningView>>) -> impl IntoView {
    let (desk, seen) = (use_desk(), expect_context::<Seen>());
    let line = move |(chart, at, who): (ChartId, u64, String)| {
        let name = view.with(|view| view.names.get(&chart).cloned()).unwrap_or_default();
        let at = i64::try_from(at)
            .ok()
            .and_then(|millis| desk.zone().from_millis(millis));
        let time = at.map(|at| format::clock_time(at, desk.zone())).unwrap_or_default();
        view! { <li><span class="at">{time}</span><span>{name}", seen by "{who}</span></li> }
    };
    let any = move || !seen.acknowledged().is_empty();
    view! {
        <Show when=any>
            <section class="later" aria-labelledby="acknowledged">
                <h2 id="acknowledged">"Acknowledged today"</h2>
                <ul>{move || seen.acknowledged().into_iter().map(line).collect_view()}</ul>
            </section>
        </Show>
    }
}
