//! The pages of a day beside Today: what stands on a day and on a week, the evening, the huddle sheet.

use std::sync::Arc;

use leptos::prelude::*;

use super::common::Once;
use super::download::DownloadButton;
use crate::app::browser;
use crate::app::components::{Button, ButtonKind, ButtonLink, Check, EmptyState, Icon, IconName};
use crate::app::format;
use crate::app::keys::use_key;
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::journal::{Day, When};
use crate::registry::{CalendarNames, DiaryQuery, DiaryRow, DiaryView, Request, Response};

mod answers;
mod block;
mod evening;
mod feedback;
mod huddle;
mod news;
mod rows;
mod unseen;

pub use answers::WaitingAnswers;
pub use block::TheDay;
pub use evening::EveningPage;
pub use feedback::FeedbackWaits;
pub use huddle::HuddlePage;

/// How many days a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    Day,
    Week,
}

impl Span {
    /// The first and the last of the days that are shown for one.
    fn around(self, day: Day) -> (Day, Day) {
        match self {
            Self::Day => (day, day),
            Self::Week => {
                let monday = day.plus(-i64::from(day.weekday().num_days_from_monday()));
                (monday, monday.plus(6))
            }
        }
    }
    /// How many days earlier or later the next page is.
    fn days(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
        }
    }
    fn route(self, day: Option<Day>) -> Route {
        match self {
            Self::Day => Route::Day(day),
            Self::Week => Route::Week(day),
        }
    }
    fn word(self) -> &'static str {
        match self {
            Self::Day => "Day",
            Self::Week => "Week",
        }
    }
}

/// What stands on a day: `#/day/2026-11-22`.
#[component]
pub fn DayPage() -> impl IntoView {
    view! { <Days span=Span::Day/> }
}

/// What stands on the days of a week: `#/week/2026-11-22`.
#[component]
pub fn WeekPage() -> impl IntoView {
    view! { <Days span=Span::Week/> }
}

#[component]
fn Days(span: Span) -> impl IntoView {
    let (desk, router) = (use_desk(), use_router());
    let today = desk.today();
    let shown = Memo::new(move |before: Option<&Day>| match router.get() {
        Some(Route::Day(day) | Route::Week(day)) => day.unwrap_or_else(|| today.get()),
        // Another page is about to be shown in this one's place.
        _ => before.copied().unwrap_or_else(|| today.get()),
    });
    let query = move || {
        let (from, to) = span.around(shown.get());
        DiaryQuery {
            from,
            to,
            care_manager: None,
        }
    };
    let answer = desk.follow(
        move || Request::Diary(query()),
        |response| match response {
            Response::Diary(view) => Some(*view),
            _ => None,
        },
    );
    let turn = move |by: i64| router.replace(span.route(Some(shown.get_untracked().plus(by * span.days()))));
    use_key("ArrowLeft", format!("{} before", span.word()), move || turn(-1));
    use_key("ArrowRight", format!("{} after", span.word()), move || turn(1));
    // What others wrote stands on the day that it is.
    let is_now = Memo::new(move |_| {
        let (from, to) = span.around(shown.get());
        (from..=to).contains(&today.get())
    });
    let title = move || {
        let (from, to) = span.around(shown.get());
        match span {
            Span::Day => format!("Day: {}", format::full_day(from)),
            Span::Week => format!("Week: {} to {}", format::plain_day(from), format::plain_day(to)),
        }
    };
    let other = match span {
        Span::Day => Span::Week,
        Span::Week => Span::Day,
    };
    let other_href = Signal::derive(move || other.route(Some(shown.get())).href());
    let now_href = Signal::derive(move || span.route(None).href());
    view! {
        <div class="page days-page">
            <header class="page-head">
                <h1>{title}</h1>
                <div class="actions no-print">
                    <Button icon=IconName::Back says=format!("{} before", span.word()) on_press=move |()| turn(-1)>"Earlier"</Button>
                    <ButtonLink kind=ButtonKind::Quiet href=now_href>"Today"</ButtonLink>
                    <Button says=format!("{} after", span.word()) on_press=move |()| turn(1)>"Later"</Button>
                    <ButtonLink href=other_href>{other.word()}</ButtonLink>
                    <Button on_press=|()| browser::print()><Icon name=IconName::Print/>"Print"</Button>
                </div>
            </header>
            {move || is_now.get().then(|| view! { <news::News/> })}
            <Once answer what="the days" children=move |view| view! { <List view/> }/>
            <p class="hint no-print">
                "What is late stands on the day on which it was due; "<a href=Route::Today.href()>"Today"</a>" has it first. "
                <kbd>"\u{2190}"</kbd>" "<kbd>"\u{2192}"</kbd>" go earlier and later."
            </p>
            <Calendar query=Signal::derive(query)/>
        </div>
    }
}

/// The rows, a heading a day.
#[component]
fn List(view: Signal<Arc<DiaryView>>) -> impl IntoView {
    let day_of = |(day, rows): (Day, Vec<DiaryRow>)| {
        let id = format!("day-{day}");
        let labelled = id.clone();
        view! {
            <section class="later keep" aria-labelledby=labelled>
                <h2 id=id>{format::full_day(day)}</h2>
                <ul>{rows.into_iter().map(|row| view! { <rows::Row row/> }).collect_view()}</ul>
            </section>
        }
    };
    let nothing = move || view.with(|view| view.rows.is_empty());
    view! {
        {move || nothing().then(|| view! {
            <EmptyState title="Nothing stands on these days.">"Contacts, case reviews and tasks are here once they are booked, due or done."</EmptyState>
        })}
        {move || by_day(view.with(|view| view.rows.clone())).into_iter().map(day_of).collect_view()}
    }
}

fn by_day(rows: Vec<DiaryRow>) -> Vec<(Day, Vec<DiaryRow>)> {
    let mut days: Vec<(Day, Vec<DiaryRow>)> = Vec::new();
    for row in rows {
        match days.last_mut() {
            Some((day, of_day)) if *day == row.day => of_day.push(row),
            _ => days.push((row.day, vec![row])),
        }
    }
    days
}

/// What is booked and due on these days, for another calendar: without names, unless somebody wants them.
#[component]
fn Calendar(query: Signal<DiaryQuery>) -> impl IntoView {
    let names = RwSignal::new(false);
    let request = Callback::new(move |()| {
        let shown = match names.get_untracked() {
            true => CalendarNames::Shown,
            false => CalendarNames::LeftOut,
        };
        Request::Calendar(query.get_untracked(), shown)
    });
    view! {
        <section class="calendar-file no-print" aria-labelledby="calendar-file">
            <h2 id="calendar-file">"For your calendar"</h2>
            <p class="hint">
                "A file (.ics) with what is booked and due on these days. It says what kind of thing each is, and not whose. \
                 Times are written in universal time; your calendar shows them in its own."
            </p>
            <Check id="calendar-names" label="With patients\u{2019} names and reasons" value=names/>
            {move || names.get().then(|| view! {
                <p class="notice-line" role="status">
                    <Icon name=IconName::Alert/>
                    "Calendars are synchronised, shared and shown on locked telephones. Only for a calendar that may hold patient data."
                </p>
            })}
            <DownloadButton request>"Save calendar file"</DownloadButton>
        </section>
    }
}

/// The time of day, or nothing for a day without one.
fn time_of(at: When) -> String {
    match at {
        When::At(at) => format::clock_time(at, use_desk().zone()),
        When::Day(_) => String::new(),
    }
}
