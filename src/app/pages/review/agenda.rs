//! The agenda: who is discussed in which order and why, how many fit, who is added or left out.

use leptos::prelude::*;

use super::Meeting;
use crate::app::browser;
use crate::app::components::{Button, ButtonKind, DayText, EmptyState, NumberField, Select, StatusKind, StatusTag};
use crate::app::format;
use crate::app::keys::use_key;
use crate::app::pages::search::PatientSearch;
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::app::typed::capital;
use crate::care::{Move, fitting};
use crate::journal::ChartId;
use crate::registry::{AgendaRow, EarlierRow, FoundPatient};

/// The longest meeting, in minutes.
const LONGEST: u32 = 480;

/// The agenda.
#[component]
pub fn Agenda(
    /// The meeting.
    meeting: Meeting,
) -> impl IntoView {
    let router = use_router();
    let start = move || {
        if let Some(first) = meeting.order.with_untracked(|order| order.first().copied()) {
            router.go(Route::Review(Some(first)));
        }
    };
    use_key("m", "Start or go on with the case review", start);
    let left = Memo::new(move |_| {
        let used: u32 = meeting.view.with(|view| view.held.iter().map(|row| row.minutes).sum());
        meeting.lineup.with(|lineup| lineup.minutes.saturating_sub(used))
    });
    let fit = Memo::new(move |_| fitting(left.get(), meeting.lineup.with(|lineup| lineup.each)));
    let is_packet = use_desk().is_packet();
    let nobody = move || meeting.order.with(Vec::is_empty);
    let told = RwSignal::new(String::new());
    let row = move |chart: ChartId| view! { <Row chart meeting fit told/> };
    let add = move |patient: FoundPatient| meeting.change(|lineup, _| lineup.add(patient.chart));
    view! {
        <section class="review-plan" aria-label="The meeting">
            {(!is_packet).then(|| view! { <Numbers meeting/> })}
            <p class="counts" role="status"><strong>{move || words(meeting, fit.get(), left.get())}</strong></p>
            <p class="hint">
                "Open safety concerns first; then who was left out of the last meeting; then new patients, patients who are not \
                 improving, side effects and questions, overdue and routine reviews. Alt with an arrow key moves a row."
            </p>
            <div class="actions">
                <Button kind=ButtonKind::Primary on_press=move |()| start() disabled=Signal::derive(nobody)>
                    {if is_packet { "Begin with the first " } else { "Start the meeting " }}<kbd aria-hidden="true">"m"</kbd>
                </Button>
                {(!is_packet).then(|| view! {
                    <span class="hint">"It shows one patient at a time, and nobody else\u{2019}s name: share the screen from then on."</span>
                    <a href=Route::Send.href()>"Make a packet for the consultant instead"</a>
                })}
            </div>
        </section>
        <Show when=move || !nobody() fallback=|| view! {
            <EmptyState title="Nobody is left to discuss. Add a patient below, or come back before the next meeting.">
                <p>"Concerns, scores and questions bring patients here, and so does the day of their next review."</p>
            </EmptyState>
        }>
            <ol class="agenda" aria-label="Agenda">
                <For each=move || meeting.order.get() key=|chart| *chart children=row/>
            </ol>
        </Show>
        <p class="visually-hidden" role="status">{move || told.get()}</p>
        <LeftOut meeting/>
        <Earlier meeting/>
        {(!is_packet).then(|| view! {
            <section class="review-add" aria-labelledby="review-add">
                <h2 id="review-add">"Add a patient"</h2>
                <PatientSearch id="review-find" label="Find a patient" verb="Add" left_out=meeting.order on_pick=add/>
            </section>
        })}
    }
}

fn words(meeting: Meeting, fit: usize, left: u32) -> String {
    let many = meeting.order.with(Vec::len);
    if meeting.is_packet {
        return format::count(
            many as u64,
            "patient is left to look at",
            "patients are left to look at",
        );
    }
    let whole = meeting.lineup.with(|lineup| lineup.minutes);
    let minutes = match left == whole {
        true => format!("{whole} minutes"),
        false => format!("the {left} of {whole} minutes that are left"),
    };
    let patients = format::count(many as u64, "patient", "patients");
    match fit < many {
        true => format!(
            "{patients} to discuss; {fit} fit into {minutes}, the others are next week\u{2019}s if time runs out"
        ),
        false => format!("{patients} to discuss; all fit into {minutes}"),
    }
}

/// Minutes of the meeting and for each patient, and the consultant.
#[component]
fn Numbers(meeting: Meeting) -> impl IntoView {
    let lineup = meeting.lineup;
    let start = |number: u32| RwSignal::new(number.to_string());
    let minutes = start(lineup.with_untracked(|lineup| lineup.minutes));
    let each = start(lineup.with_untracked(|lineup| lineup.each));
    let who = lineup.with_untracked(|lineup| lineup.consultant);
    let consultant = RwSignal::new(who.map_or_else(String::new, |who| who.to_string()));
    // What is no number changes nothing; what was read last holds.
    crate::app::effects::effect(move |_| {
        let minutes = format::parse_whole(&minutes.get(), "Minutes", 1..=LONGEST).ok();
        let each = format::parse_whole(&each.get(), "Minutes", 1..=LONGEST).ok();
        let consultant = consultant.get().parse().ok();
        let now = lineup.with_untracked(|lineup| (lineup.minutes, lineup.each, lineup.consultant));
        let next = (minutes.unwrap_or(now.0), each.unwrap_or(now.1), consultant);
        if now != next {
            lineup.update(|lineup| (lineup.minutes, lineup.each, lineup.consultant) = next);
        }
    });
    let options = Signal::derive(move || {
        let mut options = vec![(String::new(), "Not in the list".to_owned())];
        meeting.view.with(|view| {
            let named = view.consultants.iter();
            options.extend(named.map(|(id, name)| (id.to_string(), name.clone())));
        });
        options
    });
    view! {
        <div class="fields">
            <NumberField id="review-length" label="Minutes for the meeting" value=minutes unit="min"/>
            <NumberField id="review-each" label="Minutes per patient" value=each unit="min"/>
            <Select id="review-with" label="Consultant" options value=consultant
                hint="Chosen once for the meeting; people are added under Settings"/>
        </div>
    }
}

/// One patient of the agenda.
#[component]
fn Row(
    chart: ChartId,
    meeting: Meeting,
    fit: Memo<usize>,
    /// Is set to what became of a move, for those who listen.
    told: RwSignal<String>,
) -> impl IntoView {
    let place = Memo::new(move |_| {
        meeting
            .order
            .with(|order| order.iter().position(|other| *other == chart))
    });
    let row = Memo::new(move |_| meeting.row(chart));
    let shift = move |to: Move, focus: String| {
        meeting.change(|lineup, agenda| lineup.shift(agenda, chart, to));
        let name = row.with_untracked(|row| row.as_ref().map(|row| row.name.clone()));
        let at = place.get_untracked().unwrap_or_default() + 1;
        let of = meeting.order.with_untracked(Vec::len);
        told.set(format!("{}: now {at} of {of}", name.unwrap_or_default()));
        // A row that is moved loses the focus with its old place.
        browser::focus_soon(focus);
    };
    let by_key = move |event: leptos::ev::KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => Move::Up,
            "ArrowDown" if event.alt_key() => Move::Down,
            _ => return,
        };
        event.prevent_default();
        shift(to, row_id(chart));
    };
    let fits = move || meeting.is_packet || place.get().is_some_and(|place| place < fit.get());
    let late = move || (!fits()).then(|| view! { <span class="hint">"next week if time runs out"</span> });
    let drawn = move || {
        row.get().map(|row| {
            let says = move |deed: &str, name: &str| format!("{deed}: {name}");
            let (up, down) = (says("Move up", &row.name), says("Move down", &row.name));
            // A packet has no record page: the screen is all that there is.
            let link = match meeting.is_packet {
                true => Route::Review(Some(chart)).href(),
                false => Route::Patient(chart).href(),
            };
            let leave = says("Leave out of this meeting", &row.name);
            let discuss = says("Discuss", &row.name);
            let (up_id, down_id) = (format!("agenda-up-{chart}"), format!("agenda-down-{chart}"));
            view! {
                <div class="agenda-who">
                    <a id=row_id(chart) href=link>{row.name.clone()}</a>
                    <span class="hint">{row.about.clone()}</span>
                    <Tags row=row.clone()/>
                    {late}
                </div>
                <div class="agenda-why"><Why row/></div>
                <div class="agenda-do">
                    <a class="button" href=Route::Review(Some(chart)).href() aria-label=discuss>"Discuss"</a>
                    <Button kind=ButtonKind::Quiet says=up id=up_id.clone() on_press=move |()| shift(Move::Up, up_id.clone())>"Up"</Button>
                    <Button kind=ButtonKind::Quiet says=down id=down_id.clone() on_press=move |()| shift(Move::Down, down_id.clone())>"Down"</Button>
                    <Button kind=ButtonKind::Quiet says=leave on_press=move |()| meeting.change(|lineup, _| lineup.leave_out(chart))>
                        "Leave out"
                    </Button>
                </div>
            }
        })
    };
    view! {
        <li class="agenda-row" class:late=move || !fits() on:keydown=by_key>
            <span class="agenda-place">{move || place.get().map(|place| place + 1)}</span>
            {drawn}
        </li>
    }
}

fn row_id(chart: ChartId) -> String {
    format!("agenda-{chart}")
}

/// The group, and that the last meeting left the patient out.
#[component]
fn Tags(row: AgendaRow) -> impl IntoView {
    let skipped = row
        .skipped
        .is_some()
        .then(|| view! { <StatusTag kind=StatusKind::Waiting words="skipped last time"/> });
    view! { <span class="agenda-group">{capital(&row.group)}</span>{skipped} }
}

/// The reason in a sentence, the questions, the last review.
#[component]
fn Why(row: AgendaRow) -> impl IntoView {
    let questions = row
        .questions
        .iter()
        .cloned()
        .map(|question| view! { <li>"Question: "{question}</li> });
    let questions = questions.collect_view();
    let skipped = row.skipped.map(|(day, why)| {
        let why = match why.is_empty() {
            true => String::new(),
            false => format!(": {why}"),
        };
        view! { <p class="hint">"Left out of the meeting of "<DayText day/>{why}</p> }
    });
    let last = row
        .last_review
        .map(|day| view! { <p class="hint">"Last reviewed "<DayText day/></p> });
    view! {
        <p class="reason">{capital(&row.why)}</p>
        <ul>{questions}</ul>
        {skipped}
        {last}
    }
}

/// Who is on the agenda and was left out by hand, with the way back.
#[component]
fn LeftOut(meeting: Meeting) -> impl IntoView {
    let rows = move || {
        let rows = meeting.view.with(|view| view.rows.clone());
        let left = rows
            .into_iter()
            .filter(|row| meeting.lineup.with(|lineup| lineup.leaves_out(row.chart)));
        left.collect::<Vec<_>>()
    };
    move || {
        let rows = rows();
        (!rows.is_empty()).then(|| {
            let line = |row: AgendaRow| {
                let chart = row.chart;
                let says = format!("Put back: {}", row.name);
                view! {
                    <li>
                        {row.name}" "
                        <Button kind=ButtonKind::Quiet says on_press=move |()| meeting.change(|lineup, _| lineup.add(chart))>"Put back"</Button>
                    </li>
                }
            };
            view! {
                <section aria-labelledby="review-left-out">
                    <h2 id="review-left-out">"Left out of this meeting"</h2>
                    <p class="hint">"They stay on the agenda, and nothing is written in their records."</p>
                    <ul class="plain">{rows.into_iter().map(line).collect_view()}</ul>
                </section>
            }
        })
    }
}

/// In a consultant's browser: patients of earlier packets, folded away. This week's stand above, and only they.
#[component]
fn Earlier(meeting: Meeting) -> impl IntoView {
    let line = |row: EarlierRow| {
        let last = row
            .last_review
            .map(|day| view! { <span class="hint">"last reviewed "<DayText day/></span> });
        view! {
            <li>
                <a href=Route::Review(Some(row.chart)).href()>{row.name}</a>" "<span class="hint">{row.about}</span>" "{last}
            </li>
        }
    };
    move || {
        let (rows, packet) = meeting.view.with(|view| (view.earlier.clone(), view.packet));
        (!rows.is_empty()).then(|| {
            let many = format::count(rows.len() as u64, "patient", "patients");
            let of = packet.map(|day| format!("The list above is the packet of {}. ", format::full_day(day)));
            view! {
                <details class="review-earlier">
                    <summary>"From earlier packets: "{many}</summary>
                    <p class="hint">{of}"These are not in it; what you wrote about them stays, and goes into your reply."</p>
                    <ul class="plain">{rows.into_iter().map(line).collect_view()}</ul>
                </details>
            }
        })
    }
}
