//! Today: whom to call and why.

use std::sync::Arc;

use leptos::prelude::*;

use super::common::Once;
use super::places;
use crate::app::components::{Button, ButtonKind, ButtonLink, Choice, EmptyState, WhenText};
use crate::app::format;
use crate::app::route::{CaseloadRoute, Route};
use crate::app::state::use_desk;
use crate::app::words::{APPOINTMENT_STATES, MODES, word_of};
use crate::registry::{AppointmentRow, CaseloadFilter, Request, Response, TodayItem, TodayQuery, TodayView};

mod keys;
mod put_off;
mod row;
mod snooze;

/// Whose patients are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Everybody,
    Mine,
}

/// Rows that are drawn at first, and added by "Show more": a day's work many times over.
const ROWS: u32 = 100;

/// No row is lower than this, in pixels.
const LOWEST_ROW: f64 = 44.0;

/// Rows that are drawn with the page: as many as the window can show, and a few more. The rest follow once these can be seen.
fn at_once() -> usize {
    let height = window().inner_height().ok().and_then(|height| height.as_f64());
    height.map_or(40, |height| (height / LOWEST_ROW) as usize + 2)
}

/// Today: whom to call and why.
#[component]
pub fn TodayPage() -> impl IntoView {
    let desk = use_desk();
    let whose = RwSignal::new(Some(Whose::Everybody));
    let most = RwSignal::new(ROWS);
    let answer = desk.follow(
        move || {
            let mine = whose.get() == Some(Whose::Mine);
            Request::Today(TodayQuery {
                care_manager: mine.then(|| desk.me()),
                most: Some(most.get()),
            })
        },
        |response| match response {
            Response::Today(view) => Some(*view),
            _ => None,
        },
    );
    view! {
        <Once answer what="your worklist" children=move |view| view! { <Day view whose most/> }/>
    }
}

#[component]
fn Day(view: Signal<Arc<TodayView>>, whose: RwSignal<Option<Whose>>, most: RwSignal<u32>) -> impl IntoView {
    let due = Memo::new(move |_| view.with(|view| view.items.iter().cloned().map(Arc::new).collect::<Vec<_>>()));
    let put_off_shown = RwSignal::new(false);
    let snoozing = RwSignal::new(None::<Arc<TodayItem>>);
    let refused = keys::of_rows(due);
    let nobody = Memo::new(move |_| due.with(Vec::is_empty));
    let drawn = RwSignal::new(at_once());
    // The frame after the next one is asked for when the first rows have been painted.
    request_animation_frame(move || {
        request_animation_frame(move || {
            let _gone = drawn.try_set(usize::MAX);
        });
    });
    view! {
        <header class="today-head">
            <h1>
                <span class="visually-hidden">"Today, "</span>
                {move || view.with(|view| format::short_day(view.today, view.today))}
            </h1>
            <Counts view put_off_shown/>
            <Choice
                id="whose"
                legend="Patients"
                options=vec![(Whose::Everybody, "All".to_owned()), (Whose::Mine, "Mine".to_owned())]
                value=whose
            />
        </header>
        <Show when=move || put_off_shown.get()><put_off::PutOff view/></Show>
        <p class="row-said" class:shown=move || refused.with(Option::is_some) role="alert">{move || refused.get()}</p>
        <Show when=move || !nobody.get() fallback=move || view! { <Nobody view/> }>
            <ul class="worklist" aria-label="Whom to call and why">
                <For each=move || numbered(due.get(), drawn.get()) key=row::key_of children=move |(at, item)| view! {
                    <row::Row at item snoozing/>
                }/>
            </ul>
        </Show>
        <More view most/>
        <Later view/>
        {move || (drawn.get() == usize::MAX).then(places::the_day)}
        <p class="hint keys-hint">
            <kbd>"j"</kbd>" "<kbd>"k"</kbd>" or arrow keys walk the list, "<kbd>"Enter"</kbd>" opens, "<kbd>"c"</kbd>" records a contact, "
            <kbd>"s"</kbd>" opens a safety concern; "
            <kbd>"v"</kbd>" voicemail, "<kbd>"a"</kbd>" no answer, "<kbd>"t"</kbd>" text, "<kbd>"w"</kbd>" letter: each recorded at once; "
            <kbd>"?"</kbd>" shows all keys."
        </p>
        <snooze::SnoozeDialog snoozing/>
    }
}

/// What is on the list below the rows that are drawn.
#[component]
fn More(view: Signal<Arc<TodayView>>, most: RwSignal<u32>) -> impl IntoView {
    let more = Memo::new(move |_| {
        view.with(|view| {
            view.listed
                .saturating_sub(u32::try_from(view.items.len()).unwrap_or(u32::MAX))
        })
    });
    view! {
        <Show when=move || { more.get() > 0 }>
            <p class="actions">
                <Button on_press=move |()| most.update(|most| *most += ROWS)>
                    {move || format!("Show {} more", more.get().min(ROWS))}
                </Button>
                <span class="hint">{move || format!("{} further down the list", format::count(more.get().into(), "patient is", "patients are"))}</span>
            </p>
        </Show>
    }
}

fn numbered(items: Vec<Arc<TodayItem>>, most: usize) -> Vec<(usize, Arc<TodayItem>)> {
    items.into_iter().take(most).enumerate().collect()
}

/// How many are active, how many come first, how many are put off.
#[component]
fn Counts(view: Signal<Arc<TodayView>>, put_off_shown: RwSignal<bool>) -> impl IntoView {
    let snoozed = Memo::new(move |_| view.with(|view| view.put_off.len()));
    let to_settle = Memo::new(move |_| view.with(|view| view.to_settle));
    let words = move || format!("{} put off", snoozed.get());
    view! {
        <p class="counts">
            <span>{move || view.with(|view| format!("{} active", view.active))}</span>
            <strong>{move || view.with(|view| need_first(view.first))}</strong>
            <Show when=move || { to_settle.get() > 0 }>
                <a href=TO_SETTLE.href()>{move || to_settle_words(to_settle.get())}</a>
            </Show>
            <Show when=move || view.with(|view| view.erased_elsewhere > 0)>
                <a href=Route::Erased.href()>"Erased elsewhere: decide"</a>
            </Show>
            <Show when=move || { snoozed.get() > 0 }>
                <button
                    type="button"
                    class="button quiet"
                    aria-expanded=move || if put_off_shown.get() { "true" } else { "false" }
                    on:click=move |_| put_off_shown.update(|shown| *shown = !*shown)
                >
                    {words}
                </button>
            </Show>
        </p>
    }
}

/// The patients with two versions of something to settle.
const TO_SETTLE: Route = Route::Caseload(CaseloadRoute {
    filter: CaseloadFilter::ToSettle,
    ..CaseloadRoute::PLAIN
});

fn to_settle_words(patients: u32) -> String {
    format!(
        "{} with two versions to settle",
        format::count(patients.into(), "patient", "patients")
    )
}

fn need_first(first: u32) -> String {
    match first {
        0 => "nobody needs you first".to_owned(),
        1 => "1 needs you first".to_owned(),
        more => format!("{more} need you first"),
    }
}

/// No items: either all is done, or there is nobody yet.
#[component]
fn Nobody(view: Signal<Arc<TodayView>>) -> impl IntoView {
    let empty = move || view.with(|view| view.active == 0 && view.put_off.is_empty());
    move || {
        if empty() {
            view! {
                <EmptyState title="Whom to call today, and why, will be here.">
                    <p>"Bring in your spreadsheet, or register your first patient."</p>
                    <div class="actions">
                        <ButtonLink kind=ButtonKind::Primary href=Route::Import.href()>"Import a spreadsheet"</ButtonLink>
                        <ButtonLink href=Route::NewPatient.href()>"New patient"</ButtonLink>
                    </div>
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                <EmptyState title="Nobody is due today.">
                    <p>"Every clock of every patient is on time. The caseload shows when the next ones come up."</p>
                    <div class="actions">
                        <ButtonLink href=Route::Caseload(CaseloadRoute::PLAIN).href()>"Open the caseload"</ButtonLink>
                    </div>
                </EmptyState>
            }
            .into_any()
        }
    }
}

/// The day's appointments, by time.
#[component]
fn Later(view: Signal<Arc<TodayView>>) -> impl IntoView {
    let any = Memo::new(move |_| view.with(|view| !view.appointments.is_empty()));
    let line = |row: AppointmentRow| {
        let mode = word_of(MODES, row.mode).to_lowercase();
        let state = word_of(APPOINTMENT_STATES, row.state).to_lowercase();
        view! {
            <li>
                <span class="at"><WhenText when=row.at/></span>
                <a href=Route::Patient(row.chart).href()>{row.name}</a>
                <span>{mode}</span>
                <span class="hint">{state}</span>
            </li>
        }
    };
    view! {
        <Show when=move || any.get()>
            <section class="later" aria-labelledby="later">
                <h2 id="later">"Later today"</h2>
                <ul>{move || view.with(|view| view.appointments.clone()).into_iter().map(line).collect_view()}</ul>
            </section>
        </Show>
    }
}
