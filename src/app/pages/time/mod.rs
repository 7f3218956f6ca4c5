//! Time as one person keeps it: a day by the clock, a week, and the ways to enter what was not timed.

use std::sync::Arc;

use leptos::prelude::*;

use super::common::Once;
use crate::app::browser;
use crate::app::components::{Button, ButtonKind, ButtonLink, DateField, Icon, IconName, Select};
use crate::app::effects::effect;
use crate::app::format;
use crate::app::keys::use_key;
use crate::app::route::{Route, TimeSpan};
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::journal::{Day, PersonId};
use crate::registry::{DaysView, Request, Response, TimeAsk, TimeView, TimesAsk};

mod batch;
mod day;
mod line;
mod meeting;
mod mend;
mod together;
mod week;

/// What is open below the line: rows of a day, or a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entering {
    Rows,
    Meeting,
}

/// The time of one person: `#/time/2026-11-20`, `#/time/week/2026-11-20`.
#[component]
pub fn TimePage() -> impl IntoView {
    let (desk, router) = (use_desk(), use_router());
    let today = desk.today();
    let shown = Memo::new(move |before: Option<&(TimeSpan, Day)>| match router.get() {
        Some(Route::Time(span, day)) => (span, day.unwrap_or_else(|| today.get())),
        // Another page is about to be shown in this one's place.
        _ => before.copied().unwrap_or_else(|| (TimeSpan::Day, today.get())),
    });
    let whose = RwSignal::new(String::new());
    let answer = desk.follow(
        move || {
            let (from, to) = days_of(shown.get());
            let by = whose.get().parse::<PersonId>().ok();
            Request::Time(Box::new(TimeAsk::Days(TimesAsk { by, from, to })))
        },
        |response| match response {
            Response::Time(view) => match *view {
                TimeView::Days(view) => Some(view),
                _ => None,
            },
            _ => None,
        },
    );
    let turn = move |by: i64| {
        let (span, day) = shown.get_untracked();
        let days = if span == TimeSpan::Day { by } else { 7 * by };
        router.replace(Route::Time(span, Some(day.plus(days))));
    };
    use_key("ArrowLeft", "Time before", move || turn(-1));
    use_key("ArrowRight", "Time after", move || turn(1));
    let title = move || {
        let (from, to) = days_of(shown.get());
        match shown.get().0 {
            TimeSpan::Day => format!("Time: {}", format::full_day(from)),
            TimeSpan::Week => format!("Time: week {} to {}", format::plain_day(from), format::plain_day(to)),
        }
    };
    view! {
        <div class="page time-page">
            <header class="page-head">
                <h1>{title}</h1>
                <Turns shown turn=Callback::new(turn)/>
            </header>
            <Once answer what="your time" children=move |view| view! { <Body view shown whose/> }/>
        </div>
    }
}

/// The first and the last of the days that are shown.
fn days_of((span, day): (TimeSpan, Day)) -> (Day, Day) {
    match span {
        TimeSpan::Day => (day, day),
        TimeSpan::Week => {
            let monday = day.plus(-i64::from(day.weekday().num_days_from_monday()));
            (monday, monday.plus(6))
        }
    }
}

/// Earlier, later, a day, the other span.
#[component]
fn Turns(shown: Memo<(TimeSpan, Day)>, turn: Callback<i64>) -> impl IntoView {
    let router = use_router();
    let typed = RwSignal::new(shown.get_untracked().1.to_string());
    effect(move |_| typed.set(shown.get().1.to_string()));
    effect(move |_| {
        let (span, day) = shown.get_untracked();
        if let Ok(chosen) = typed.get().parse::<Day>()
            && chosen != day
        {
            router.replace(Route::Time(span, Some(chosen)));
        }
    });
    let other = move || match shown.get().0 {
        TimeSpan::Day => TimeSpan::Week,
        TimeSpan::Week => TimeSpan::Day,
    };
    let other_href = Signal::derive(move || Route::Time(other(), Some(shown.get().1)).href());
    let now_href = Signal::derive(move || Route::Time(shown.get().0, None).href());
    view! {
        <div class="actions no-print">
            <Button icon=IconName::Back says="Time before" on_press=move |()| turn.run(-1)>"Earlier"</Button>
            <DateField id="time-shown" label="Day shown" value=typed/>
            <Button says="Time after" on_press=move |()| turn.run(1)>"Later"</Button>
            <ButtonLink kind=ButtonKind::Quiet href=now_href>"Today"</ButtonLink>
            <ButtonLink href=other_href>{move || other().word()}</ButtonLink>
            <Button on_press=|()| browser::print()><Icon name=IconName::Print/>"Print"</Button>
        </div>
    }
}

#[component]
fn Body(view: Signal<Arc<DaysView>>, shown: Memo<(TimeSpan, Day)>, whose: RwSignal<String>) -> impl IntoView {
    let desk = use_desk();
    let people = Signal::derive(move || {
        view.with(|view| {
            let people = view.people.iter();
            people
                .map(|(person, name)| (person.to_string(), name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let several = Memo::new(move |_| people.with(|people| 1 < people.len()));
    // The list begins with whoever works here.
    effect(move |_| {
        if whose.with_untracked(String::is_empty)
            && let Some((me, _)) = people.with(|people| people.first().cloned())
        {
            whose.set(me);
        }
    });
    let is_mine = Memo::new(move |_| {
        view.with(|view| {
            view.people
                .first()
                .is_none_or(|(me, _)| *me == view.by || desk.me() == view.by)
        })
    });
    let is_day = Memo::new(move |_| shown.get().0 == TimeSpan::Day);
    view! {
        <Show when=move || several.get()>
            <div class="bar no-print"><Select id="time-whose" label="Whose time" options=people value=whose/></div>
        </Show>
        <Show when=move || is_mine.get() fallback=move || view! {
            <p class="hint">{move || view.with(|view| format!("This is the time of {}. What you enter is always your own.", view.name))}</p>
        }>
            <Show when=move || is_day.get()><Enter day=Signal::derive(move || shown.get().1)/></Show>
        </Show>
        {move || match shown.get().0 {
            TimeSpan::Day => view! { <day::DayView view is_mine/> }.into_any(),
            TimeSpan::Week => view! { <week::WeekView view/> }.into_any(),
        }}
        <mend::Missing view is_mine/>
    }
}

/// The ways to enter time that no timer measured.
#[component]
fn Enter(day: Signal<Day>) -> impl IntoView {
    let open = RwSignal::new(None::<Entering>);
    use_key("b", "Enter the time of a day, row by row", move || {
        open.set(Some(Entering::Rows))
    });
    use_key("s", "Spread one meeting over many patients", move || {
        open.set(Some(Entering::Meeting))
    });
    let close = Callback::new(move |()| open.set(None));
    view! {
        <section class="no-print time-enter" aria-label="Enter time">
            <line::QuickLine day/>
            <div class="actions">
                <Button on_press=move |()| open.set(Some(Entering::Rows))>"Enter rows of a day"</Button>
                <Button on_press=move |()| open.set(Some(Entering::Meeting))>"One meeting, many patients"</Button>
                <span class="hint"><kbd>"b"</kbd>" rows, "<kbd>"s"</kbd>" meeting, "<kbd>"\u{2190}"</kbd>" "<kbd>"\u{2192}"</kbd>" other days"</span>
            </div>
            {move || match open.get() {
                Some(Entering::Rows) => Some(view! { <batch::Batch day on_close=close/> }.into_any()),
                Some(Entering::Meeting) => Some(view! { <meeting::Meeting day on_close=close/> }.into_any()),
                None => None,
            }}
        </section>
    }
}
