//! The running timer in the top bar, and those that are paused.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::{Button, ButtonKind, Icon, IconName};
use crate::app::format;
use crate::app::keys::{use_key, use_key_in};
use crate::app::parked::Parked;
use crate::app::parts::{apart_later, of_part, part};
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::app::stopwatch::Timer;
use crate::app::timer::use_timers;
use crate::journal::ChartId;
use crate::registry::{Request, Response};

/// Each timer with its patient's name, its time and what can be done: pause, go on, record.
#[component]
pub fn TimerBar() -> impl IntoView {
    let (timers, router) = (use_timers(), use_router());
    use_key("p", "Start or pause the timer of the patient in view", move || {
        let shown = router.get_untracked().and_then(|route| route.chart());
        let running = untrack(|| timers.running()).map(|timer| timer.chart);
        match shown.filter(|shown| running != Some(*shown)) {
            Some(shown) => timers.start(shown),
            None => timers.pause(),
        }
    });
    let parked = expect_context::<Parked>();
    for (place, (keys, words)) in BACK.into_iter().enumerate() {
        use_key_in(OUTSIDE_FORMS, keys, words, move || parked.go_back(place));
    }
    let any = Memo::new(move |_| !timers.all().is_empty() || !parked.all().is_empty());
    move || any.get().then(|| apart_later(shown::load, || of_part(shown::draw())))
}

/// What is drawn once there is a timer or a parked form: most starts have neither.
mod shown {
    use super::*;

    part! {
        days, load,
        fn draw() -> AnyView {
            view! { <Shown/> }.into_any()
        }
    }
}

/// The parked forms and the timers.
#[component]
fn Shown() -> impl IntoView {
    let (timers, parked) = (use_timers(), expect_context::<Parked>());
    let numbered = move || parked.all().into_iter().enumerate();
    view! {
        <div class="timers">
            <For each=numbered key=|one| *one children=|(place, chart)| view! { <ParkedForm place chart/> }/>
            <For each=move || timers.all() key=|timer| (timer.chart, timer.is_running()) let:timer>
                <OneTimer timer/>
            </For>
        </div>
    }
}

/// Keys that go back to a parked form.
const BACK: [(&str, &str); 3] = [
    ("1", "Go back to the first parked form"),
    ("2", "Go back to the second parked form"),
    ("3", "Go back to the third parked form"),
];

/// A digit answers a question while a form has the focus.
const OUTSIDE_FORMS: &str = "body:not(:has(form:focus-within))";

/// A parked form: the way back to it, and its key.
#[component]
fn ParkedForm(place: usize, chart: ChartId) -> impl IntoView {
    let name = name_of(chart);
    view! {
        <a class="timer parked" href=Route::Contact(chart).href()>
            <Icon name=IconName::Waiting/>
            <span class="visually-hidden">"Parked form: "</span>
            <span class="timer-name">{name}</span>
            {BACK.get(place).map(|(keys, _)| view! { <kbd aria-hidden="true">{*keys}</kbd> })}
        </a>
    }
}

#[component]
fn OneTimer(timer: Timer) -> impl IntoView {
    let (timers, router) = (use_timers(), use_router());
    let chart = timer.chart;
    let name = name_of(chart);
    let runs = timer.is_running();
    // Asked anew each time: an answer about a gap changes what it came to, and not that it runs.
    let time = move || timers.of(chart).map(|timed| format::stopwatch(timed.seconds.0.into()));
    let says = move |deed: &str| format!("{deed} the timer of {}", name.get_untracked());
    let turn = if runs {
        let says = says("Pause");
        view! {
            <Button kind=ButtonKind::Quiet icon=IconName::Pause says=says on_press=move |()| timers.pause()>"Pause"</Button>
        }
    } else {
        let says = says("Go on with");
        view! {
            <Button kind=ButtonKind::Quiet icon=IconName::Play says=says on_press=move |()| timers.start(chart)>"Go on"</Button>
        }
    };
    // Stopping leads to a short form that takes the minutes: they are never thrown away by a stray click. A contact form that
    // is open for this patient takes them itself.
    let stop = move |()| {
        timers.pause();
        if router.get_untracked() == Some(Route::Contact(chart)) {
            return;
        }
        timers.stopped().set(Some(chart));
        router.go(Route::Patient(chart));
    };
    view! {
        <span class="timer" class:running=runs>
            <Icon name=IconName::Clock/>
            <span class="timer-time">{time}</span>
            <a class="timer-name" href=Route::Patient(chart).href()>{name}</a>
            {turn}
            <Button kind=ButtonKind::Quiet icon=IconName::Stop says=says("Stop and record") on_press=stop>"Stop"</Button>
        </span>
    }
}

/// The patient's name; never stored with the timer.
fn name_of(chart: ChartId) -> RwSignal<String> {
    let desk = use_desk();
    let name = RwSignal::new("a patient".to_owned());
    spawn_local(async move {
        if let Ok(Response::Patient(patient)) = desk.ask(Request::Patient(chart)).await {
            let registration = &patient.registration;
            let short = format::short_name(registration);
            // Where another patient has a like name the birth date says whose minutes these are.
            let born = registration.birth.filter(|_| !patient.alike.is_empty());
            let _shown = name.try_set(match born {
                Some(day) => format!("{short}, born {} (like name)", format::plain_day(day)),
                None => short,
            });
        }
    });
    name
}
