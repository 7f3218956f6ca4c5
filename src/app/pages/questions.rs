//! What a person has to say about time, whatever the page: an overlap before it is saved, a timer that ran on alone.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::browser;
use crate::app::components::{
    Button, ButtonKind, Choice, Dialog, FieldError, Form, FormErrors, NumberField, Submit, TextField,
};
use crate::app::effects::effect;
use crate::app::format;
use crate::app::parts::{apart, of_part, part};
use crate::app::settling::{Overlapping, Settling};
use crate::app::state::use_desk;
use crate::app::stopwatch::Gap;
use crate::app::timer::{TimerQuestion, use_timers};
use crate::care::overlap::Stretch;
use crate::journal::{ChartId, Zone};
use crate::registry::{OverlapView, Request, Response};

/// The questions that are open. Their dialogs come on first use.
pub fn questions() -> impl IntoView {
    let (desk, timers) = (use_desk(), use_timers());
    let overlap = Memo::new(move |_| desk.overlapping().with(Option::is_some));
    let timer = timers.question();
    view! {
        {move || overlap.get().then(|| apart(dialogs::load, || of_part(dialogs::draw(Open::Overlap))))}
        {move || timer.get().map(|asked| apart(dialogs::load, move || of_part(dialogs::draw(Open::Timer(asked)))))}
    }
}

/// Which question is open.
#[derive(Clone, Copy)]
enum Open {
    Overlap,
    Timer(TimerQuestion),
}

mod dialogs {
    use super::*;

    part! {
        questions, load,
        fn draw(what: Open) -> AnyView {
            match what {
                Open::Overlap => view! { <OverlapDialog/> }.into_any(),
                Open::Timer(TimerQuestion::Gap(gap)) => view! { <GapDialog gap/> }.into_any(),
                Open::Timer(TimerQuestion::SetBack { chart, by }) => view! { <SetBackDialog chart by/> }.into_any(),
            }
        }
    }
}

/// What can be chosen about an overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    This,
    Other,
    Both,
}

#[component]
fn OverlapDialog() -> impl IntoView {
    let desk = use_desk();
    desk.overlapping()
        .get_untracked()
        .map(|asked| view! { <Overlaps asked=StoredValue::new_local(asked)/> })
}

#[component]
fn Overlaps(asked: StoredValue<Overlapping, LocalStorage>) -> impl IntoView {
    let zone = use_desk().zone();
    let open = opened(move || asked.with_value(|asked| asked.settle(None, zone)));
    view! {
        <Dialog open title="This time overlaps other time">
            <OverlapForm asked/>
        </Dialog>
    }
}

#[component]
fn OverlapForm(asked: StoredValue<Overlapping, LocalStorage>) -> impl IntoView {
    let zone = use_desk().zone();
    let errors = FormErrors::new();
    let left = asked.with_value(|asked| asked.left(zone));
    let this = match left {
        Some(left) => format!("Shorten this one: {left} min of it are left"),
        None => "Save without this time: all of it is in the other entry".to_owned(),
    };
    let on_shared_screen = is_shared();
    // What would leave nothing of the minutes is never chosen for anybody; nor is anything while others look on.
    let how = RwSignal::new(left.filter(|_| !on_shared_screen).map(|_| How::This));
    let reason = RwSignal::new(String::new());
    let settle = move |()| {
        let how = match how.get_untracked() {
            Some(How::Both) => {
                let Some(reason) = crate::app::typed::text(&reason.get_untracked()) else {
                    return errors.set(vec![FieldError {
                        field: "overlap-reason".to_owned(),
                        text: "Say why both stay: it stands in the record".to_owned(),
                    }]);
                };
                Settling::KeepBoth(reason)
            }
            Some(How::Other) => Settling::ShortenOther,
            Some(How::This) => Settling::ShortenThis,
            None => {
                return errors.set(vec![FieldError {
                    field: "overlap-how".to_owned(),
                    text: "Choose what is right".to_owned(),
                }]);
            }
        };
        asked.with_value(|asked| asked.settle(Some(how), zone));
    };
    let options = vec![
        (How::This, this),
        (
            How::Other,
            "Shorten the other, by a correction that keeps its original".to_owned(),
        ),
        (How::Both, "Keep both, with a reason".to_owned()),
    ];
    let found = asked.with_value(|asked| std::sync::Arc::clone(&asked.found));
    let lines: Vec<_> = found
        .iter()
        .map(|other| match on_shared_screen {
            true => overlap_times("Other time of yours", other, zone),
            false => overlap_line(other, zone),
        })
        .map(|line| view! { <li>{line}</li> })
        .collect();
    view! {
        <Form errors on_submit=settle label="Overlapping time">
            <p>"Nothing is saved yet. One person\u{2019}s minute counts once, so please say what is right:"</p>
            <ul class="overlaps">{lines}</ul>
            <Choice id="overlap-how" legend="What is right" options value=how stacked=true/>
            <Show when=move || how.get() == Some(How::Both)>
                <TextField id="overlap-reason" label="Why both stay" value=reason hint="for example: one call about two sisters"/>
            </Show>
            <div class="actions">
                <Submit>"Save so"</Submit>
                <Button kind=ButtonKind::Quiet on_press=move |()| asked.with_value(|asked| asked.settle(None, zone))>"Back to the form"</Button>
            </div>
        </Form>
    }
}

/// Whether others look on: in a case review the screen is shared, and shows one patient alone.
fn is_shared() -> bool {
    browser::is_there(".meeting")
}

/// `Ito, Jun: 22 min, follow-up contact, 10:08 to 10:30; 15 min of it overlap, 10:15 to 10:30`.
fn overlap_line(other: &OverlapView, zone: Zone) -> String {
    let by = other.by.as_ref().map(|by| format!(", {by}")).unwrap_or_default();
    overlap_times(&format!("{}: {}{by}", other.name, other.line), other, zone)
}

/// `Other time of yours, 10:08 to 10:30; 15 min of it overlap, 10:15 to 10:30`.
fn overlap_times(whose: &str, other: &OverlapView, zone: Zone) -> String {
    let seconds = other.shared.seconds().0;
    let overlap = match seconds / 60 {
        0 => format!("{seconds} s"),
        minutes => format!("{minutes} min"),
    };
    let (whole, shared) = (from_to(other.whole, zone), from_to(other.shared, zone));
    format!("{whose}, {whole}; {overlap} of it overlap, {shared}")
}

/// `10:08 to 10:30`.
fn from_to(stretch: Stretch, zone: Zone) -> String {
    let time = |at: Option<chrono::DateTime<chrono::FixedOffset>>| {
        at.map_or_else(String::new, |at| format::clock_time(at, zone))
    };
    format!("{} to {}", time(stretch.begins(zone)), time(stretch.ends(zone)))
}

/// What can be chosen about a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keep {
    All,
    Nothing,
    Part,
}

#[component]
fn GapDialog(gap: Gap) -> impl IntoView {
    let timers = use_timers();
    let length = gap.until.saturating_sub(gap.from);
    // Closed without an answer it stays: nothing is dropped without a word.
    let open = opened(move || timers.settle(gap, length));
    view! {
        <Dialog open title="The timer ran on alone">
            <GapForm gap/>
        </Dialog>
    }
}

#[component]
fn GapForm(gap: Gap) -> impl IntoView {
    let (desk, timers) = (use_desk(), use_timers());
    let name = name_of(gap.chart);
    let length = gap.until.saturating_sub(gap.from);
    let minutes = u32::try_from(length / 60_000).unwrap_or(u32::MAX);
    let errors = FormErrors::new();
    let keep = RwSignal::new(Some(Keep::All));
    let part = RwSignal::new(String::new());
    let zone = desk.zone();
    let at = move |millis: u64| {
        let at = i64::try_from(millis).ok().and_then(|millis| zone.from_millis(millis));
        at.map_or_else(String::new, |at| format::clock_time(at, zone))
    };
    let settle = move |()| {
        let kept = match keep.get_untracked() {
            Some(Keep::Nothing) => 0,
            Some(Keep::Part) => match format::parse_whole(&part.get_untracked(), "Minutes to keep", 1..=minutes) {
                Ok(minutes) => u64::from(minutes) * 60_000,
                Err(text) => {
                    return errors.set(vec![FieldError {
                        field: "gap-part".to_owned(),
                        text,
                    }]);
                }
            },
            Some(Keep::All) | None => length,
        };
        timers.settle(gap, kept);
    };
    let options = vec![
        (
            Keep::All,
            format!("Keep all {minutes} min: I was working for this patient"),
        ),
        (Keep::Nothing, "Drop them".to_owned()),
        (Keep::Part, "Keep a part".to_owned()),
    ];
    view! {
        <Form errors on_submit=settle label="Timer">
            <p>
                {move || format!(
                    "The timer of {} ran for {minutes} min without a key or a click here, from {} to {}.",
                    name.get(), at(gap.from), at(gap.until),
                )}
                " The machine slept, its clock was set, or you worked elsewhere."
            </p>
            <Choice id="gap-keep" legend="These minutes" options value=keep stacked=true/>
            <Show when=move || keep.get() == Some(Keep::Part)>
                <NumberField id="gap-part" label="Minutes to keep" unit="min" value=part hint="from the beginning of the gap on"/>
            </Show>
            <div class="actions"><Submit>"Go on"</Submit></div>
        </Form>
    }
}

#[component]
fn SetBackDialog(chart: ChartId, by: u64) -> impl IntoView {
    let timers = use_timers();
    let open = opened(move || timers.question().set(None));
    let name = name_of(chart);
    let minutes = by / 60_000;
    view! {
        <Dialog open title="The clock of this machine was set back">
            <p>
                {move || format!(
                    "It was set back by {} while the timer of {} ran. All that the timer counted is kept; only the times of day \
                     can be wrong.",
                    format::count(minutes, "minute", "minutes"), name.get(),
                )}
            </p>
            <div class="actions">
                <Button kind=ButtonKind::Primary on_press=move |()| timers.right_since_set_back(chart)>"The clock is right now"</Button>
                <Button on_press=move |()| timers.question().set(None)>"It was right before: I will set it"</Button>
            </div>
        </Dialog>
    }
}

/// An open dialog; when it is closed otherwise than by an answer, this is done.
fn opened(closed: impl Fn() + 'static) -> RwSignal<bool> {
    let open = RwSignal::new(true);
    effect(move |_| {
        if !open.get() {
            closed();
        }
    });
    open
}

/// The patient's name; never kept with a timer.
pub(super) fn name_of(chart: ChartId) -> RwSignal<String> {
    let desk = use_desk();
    let name = RwSignal::new("a patient".to_owned());
    if is_shared() {
        return name;
    }
    spawn_local(async move {
        if let Ok(Response::Patient(patient)) = desk.ask(Request::Patient(chart)).await {
            let _gone = name.try_set(format::short_name(&patient.registration));
        }
    });
    name
}
