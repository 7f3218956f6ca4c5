//! One patient's screen, to be shared in a call: it shows this patient and nobody else, and its stopwatch runs for them.

use std::sync::Arc;

use leptos::prelude::*;

use super::Meeting;
use super::advice::{self, Advice};
use super::after::{TIME_RAN_OUT, skip};
use super::brief::Brief;
use crate::app::browser;
use crate::app::components::{Button, ButtonKind, FormErrors, Icon, IconName, Notice, TextField};
use crate::app::format;
use crate::app::keys::use_key;
use crate::app::pages::common::{IntentForm, Once, Reading, to_errors};
use crate::app::route::{Route, Section};
use crate::app::router::{Router, use_router};
use crate::app::state::use_desk;
use crate::app::timer::{Stopwatch, use_timers};
use crate::journal::{ChartId, PersonId};
use crate::registry::{BriefView, Request, Response};

/// A stopwatch that ran for less was a look in passing, and is thrown away when the screen is left, in seconds.
const A_LOOK: u32 = 10;

/// Where the patient stands in the order, when the screen was opened.
#[derive(Clone, Copy)]
struct Place {
    at: Option<usize>,
    of: usize,
    before: Option<ChartId>,
    next: Option<ChartId>,
}

impl Place {
    fn of(order: &[ChartId], chart: ChartId) -> Self {
        let at = order.iter().position(|other| *other == chart);
        let near = |place: Option<usize>| place.and_then(|place| order.get(place)).copied();
        Self {
            at,
            of: order.len(),
            before: near(at.and_then(|at| at.checked_sub(1))),
            // Who was reviewed is not in the order any more: it goes on from its beginning.
            next: match at {
                Some(at) => near(Some(at + 1)),
                None => near(Some(0)),
            },
        }
    }
    fn words(self) -> String {
        match self.at {
            Some(at) => format!("{} of {}", at + 1, self.of),
            None => format!("{} to go", format::count(self.of as u64, "patient", "patients")),
        }
    }
}

/// The screen of one patient.
#[component]
pub fn Screen(
    /// Whose record.
    chart: ChartId,
    /// The meeting.
    meeting: Meeting,
) -> impl IntoView {
    let (desk, router, timers) = (use_desk(), use_router(), use_timers());
    desk.hold_open();
    let place = meeting.order.with_untracked(|order| Place::of(order, chart));
    let reviewed = meeting
        .view
        .with_untracked(|view| view.held.iter().any(|row| row.chart == chart));
    let saved = RwSignal::new(reviewed);
    // The consultant's own time is nobody's minutes.
    let is_packet = desk.is_packet();
    if !reviewed && !is_packet {
        timers.start(chart);
    }
    on_cleanup(move || leave(timers, chart));
    let skipping = RwSignal::new(false);
    let go = move |to: Option<ChartId>| router.go(Route::Review(to));
    use_key("j", "Next patient of the case review", move || go(place.next));
    use_key("k", "Previous patient of the case review", move || {
        if let Some(before) = place.before {
            go(Some(before));
        }
    });
    if !is_packet {
        use_key("x", "Skip this patient until the next meeting", move || {
            skipping.set(true)
        });
        use_key("m", "Write the message to the PCP", move || {
            router.go(Route::Section(chart, Section::Notes));
        });
    }
    use_key("a", "Type the consultant\u{2019}s advice", || {
        browser::focus(advice::NOTE)
    });
    use_key("Escape", "Leave the shared screen", move || go(None));
    let again = move || {
        saved.set(false);
        if !is_packet {
            timers.start(chart);
        }
    };
    let answer = desk.follow(
        move || Request::Brief(chart),
        |response| match response {
            Response::Brief(view) => Some(*view),
            _ => None,
        },
    );
    let consultant = Memo::new(move |_| {
        if is_packet {
            return Some((desk.me(), desk.opened().name.clone()));
        }
        let chosen: PersonId = meeting.lineup.with(|lineup| lineup.consultant)?;
        meeting
            .view
            .with(|view| view.consultants.iter().find(|(id, _)| *id == chosen).cloned())
    });
    let body = move |view: Signal<Arc<BriefView>>| view! { <Brief view/> };
    view! {
        <div class="meeting">
            <Bar chart place router skipping/>
            <Show when=move || skipping.get()>
                <Skip
                    chart
                    on_close=move |()| skipping.set(false)
                    on_skipped=move |()| {
                        meeting.change(|lineup, _| lineup.forget_added(chart));
                        go(place.next);
                    }
                />
            </Show>
            <Show when=move || saved.get()>
                <Notice title="This review is saved">
                    <div class="actions">
                        {(!is_packet).then(|| view! {
                            <a class="button primary" href=Route::Section(chart, Section::Notes).href()>
                                "Write the message to the PCP "<kbd aria-hidden="true">"m"</kbd>
                            </a>
                        })}
                        <Button kind=ButtonKind::Quiet on_press=move |()| again()>"Record more"</Button>
                        <Button on_press=move |()| go(place.next)>
                            {if place.next.is_some() { "Next patient " } else { "Back to the agenda " }}<kbd aria-hidden="true">"j"</kbd>
                        </Button>
                    </div>
                </Notice>
            </Show>
            <Once answer what="the patient" children=body/>
            <Show when=move || !saved.get()>
                <Advice chart consultant on_saved=move |()| saved.set(true)/>
            </Show>
        </div>
    }
}

/// The stopwatch stops when the screen is left; minutes that were not saved stay in the bar on top.
fn leave(timers: Stopwatch, chart: ChartId) {
    if untrack(|| timers.running()).is_some_and(|timer| timer.chart == chart) {
        timers.pause();
    }
    if untrack(|| timers.of(chart)).is_some_and(|timed| timed.seconds.0 < A_LOOK) {
        let _a_look = timers.stop(chart);
    }
}

/// Where the meeting is, the stopwatch, and what a key does: no name stands in it.
#[component]
fn Bar(chart: ChartId, place: Place, router: Router, skipping: RwSignal<bool>) -> impl IntoView {
    let timers = use_timers();
    let runs = Memo::new(move |_| timers.running().is_some_and(|timer| timer.chart == chart));
    let time = move || format::stopwatch(timers.of(chart).map_or(0, |timed| timed.seconds.0).into());
    let turn = move || {
        match runs.get() {
        true => view! {
            <Button kind=ButtonKind::Quiet icon=IconName::Pause on_press=move |()| timers.pause()>"Pause "<kbd aria-hidden="true">"p"</kbd></Button>
        }
        .into_any(),
        false => view! {
            <Button kind=ButtonKind::Quiet icon=IconName::Play on_press=move |()| timers.start(chart)>"Start"</Button>
        }
        .into_any(),
    }
    };
    let go = move |to: Option<ChartId>| router.go(Route::Review(to));
    let is_packet = use_desk().is_packet();
    let none_before = Signal::stored(place.before.is_none());
    view! {
        <div class="meeting-bar" role="group" aria-label="The meeting">
            <Button kind=ButtonKind::Quiet disabled=none_before on_press=move |()| if let Some(before) = place.before { go(Some(before)) }>
                "Previous "<kbd aria-hidden="true">"k"</kbd>
            </Button>
            <span class="meeting-place">{place.words()}</span>
            <Button kind=ButtonKind::Quiet on_press=move |()| go(place.next)>
                {if place.next.is_some() { "Next " } else { "To the agenda " }}<kbd aria-hidden="true">"j"</kbd>
            </Button>
            {(!is_packet).then(|| view! {
                <span class="timer" class:running=runs>
                    <Icon name=IconName::Clock/><span class="timer-time">{time}</span>{turn}
                </span>
            })}
            <span class="grow"></span>
            <Button kind=ButtonKind::Quiet on_press=move |()| browser::focus(advice::NOTE)>"Advice "<kbd aria-hidden="true">"a"</kbd></Button>
            {(!is_packet).then(|| view! {
                <Button kind=ButtonKind::Quiet on_press=move |()| skipping.set(true)>"Skip "<kbd aria-hidden="true">"x"</kbd></Button>
            })}
            <Button kind=ButtonKind::Quiet on_press=move |()| go(None)>{if is_packet { "Back to the list " } else { "Leave the shared screen " }}<kbd aria-hidden="true">"Esc"</kbd></Button>
        </div>
    }
}

/// Why the patient is not discussed now.
#[component]
fn Skip(chart: ChartId, #[prop(into)] on_close: Callback<()>, #[prop(into)] on_skipped: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let why = RwSignal::new(TIME_RAN_OUT.to_owned());
    let errors = FormErrors::new();
    let intent = Callback::new(move |()| {
        let mut reading = Reading::default();
        let why = reading.text(&why.get_untracked(), "skip-why", "Say why, in a word or two");
        match reading.finish(why) {
            Ok(why) => Some(skip(desk, chart, why)),
            Err(wrong) => {
                errors.set(to_errors(wrong));
                None
            }
        }
    });
    let saved = Callback::new(move |_| on_skipped.run(()));
    view! {
        <IntentForm title="Skip until the next meeting" deed="First in the next case review" save="Skip" errors intent on_close on_saved=saved>
            <TextField id="skip-why" label="Why" value=why/>
        </IntentForm>
    }
}
