//! Minutes alone: those of a timer, or typed.

use chrono::TimeDelta;
use leptos::prelude::*;

use super::{Place, empty};
use crate::app::browser::now_millis;
use crate::app::components::{Checks, DateField, NumberField, Select, TextArea, TimeField};
use crate::app::format;
use crate::app::pages::activities::{activity_options, colleagues, follow_own_activities};
use crate::app::pages::common::{QuickForm, Reading, Written, today_text};
use crate::app::route::{Route, from_word, word};
use crate::app::state::{Desk, use_desk};
use crate::app::timer::{Stopwatch, timed_parts, use_timers};
use crate::app::typed::{Wrong, read_day, read_when, text};
use crate::app::words::{BUCKETS, MODES, WITH, options};
use crate::journal::facts::{self, Activity, Bucket, Clocked, Mode, Time};
use crate::journal::{ChartId, Day, Fact, PersonId, Seconds, When};

/// Most minutes of one entry: one day.
const MOST_MINUTES: u32 = 24 * 60;

#[derive(Clone, Copy)]
struct TimeFields {
    day: RwSignal<String>,
    time: RwSignal<String>,
    minutes: RwSignal<String>,
    activity: RwSignal<String>,
    mode: RwSignal<String>,
    with: RwSignal<Vec<facts::With>>,
    colleague: RwSignal<String>,
    bucket: RwSignal<String>,
    note: RwSignal<String>,
}

#[component]
pub fn TimeForm(place: Place) -> impl IntoView {
    let (desk, timers) = (use_desk(), use_timers());
    let chart = place.chart;
    let fields = TimeFields {
        day: RwSignal::new(today_text(desk)),
        time: empty(),
        minutes: empty(),
        activity: RwSignal::new(Activity::Registry.code()),
        mode: empty(),
        with: RwSignal::new(Vec::new()),
        colleague: empty(),
        bucket: RwSignal::new(word(Bucket::Cocm)),
        note: empty(),
    };
    let timed = Memo::new(move |_| timers.of(chart).map(|timed| timed.seconds.0));
    let from_timer = move || {
        timed.get().map(|seconds| {
            let clock = format::stopwatch(seconds.into());
            format!("Left empty, {clock} from the timer are saved and the timer is cleared.")
        })
    };
    // The moment up to which the timer's minutes are saved; it runs on while a save is tried again.
    let used_timer = StoredValue::new(None);
    let read = Callback::new(move |()| {
        let (written, used) = untrack(|| read_time(fields, desk, timers, chart));
        used_timer.set_value(used.then(now_millis));
        written
    });
    let saved = Callback::new(move |_| {
        if let Some(Some(until)) = used_timer.try_get_value() {
            timers.saved_at(chart, until);
        }
    });
    let own = follow_own_activities(desk);
    let activities = Signal::derive(move || own.with(|own| activity_options(own, None)));
    let buckets: Vec<(String, String)> = BUCKETS
        .iter()
        .map(|(bucket, words)| (word(*bucket), (*words).to_owned()))
        .collect();
    let mut modes = vec![(String::new(), "No contact".to_owned())];
    modes.extend(MODES.iter().map(|(mode, words)| (word(*mode), (*words).to_owned())));
    let consent = move || place.view.with(|view| format!("Consent: {}.", view.consent));
    view! {
        <QuickForm chart title="Time" deed="Time recorded" save="Save time" read on_close=place.close on_saved=saved>
            <div class="fields">
                <NumberField id="time-minutes" label="Minutes" value=fields.minutes unit="min"/>
                <Select id="time-activity" label="Spent on" options=activities value=fields.activity/>
                <Select id="time-mode" label="How" options=Signal::stored(modes) value=fields.mode/>
                <Select id="time-bucket" label="Counts for" options=Signal::stored(buckets) value=fields.bucket/>
                <Select id="time-colleague" label="Together with" options=colleagues(desk) value=fields.colleague/>
                <DateField id="time-day" label="Day" value=fields.day max=today_text(desk)/>
                <TimeField id="time-start" label="Began" value=fields.time/>
            </div>
            <Checks id="time-with" legend="With" options=options(WITH) value=fields.with/>
            <p class="hint">{from_timer}</p>
            <p class="hint">
                "Without a beginning, today\u{2019}s minutes end now; those of another day have no clock time. With a colleague both \
                 names are written down, and the payer profile says whose minutes count."
            </p>
            <p class="hint">{consent}" Time before it is saved, and the month says that it doesn\u{2019}t count."</p>
            <TextArea id="time-note" label="Note" value=fields.note rows=2/>
            <p class="hint">
                "Was it a contact, with measures or a note for the EHR? "
                <a href=Route::Contact(chart).href()>"Record the contact"</a>
                ": it takes the timer\u{2019}s minutes too."
            </p>
        </QuickForm>
    }
}

/// The time entries, and whether they took the timer's seconds.
fn read_time(fields: TimeFields, desk: Desk, timers: Stopwatch, chart: ChartId) -> (Written, bool) {
    let mut reading = Reading::default();
    let typed = fields.minutes.get();
    let parts = match timed_parts(timers, desk, chart) {
        parts if text(&typed).is_none() && !parts.is_empty() => Some((parts, Clocked::Timer)),
        _ => read_typed(&mut reading, fields, desk, &typed).map(|part| (vec![part], Clocked::Typed)),
    };
    let whole: u32 = parts
        .iter()
        .flat_map(|(parts, _)| parts)
        .map(|(_, seconds)| seconds.0)
        .sum();
    if whole > MOST_MINUTES * 60 {
        let text = "The timer ran for more than a day: type the minutes";
        let _noted: Option<()> = reading.take(Err(Wrong::new("time-minutes", text)));
    }
    let used = matches!(parts, Some((_, Clocked::Timer)));
    let colleague: Option<PersonId> = fields.colleague.get().parse().ok();
    let by: Vec<PersonId> = [Some(desk.me()), colleague].into_iter().flatten().collect();
    let facts = parts.map(|(parts, clocked)| {
        let of_person = |by: PersonId| {
            let time = move |(start, seconds): &(When, Seconds)| {
                Fact::Time(Time {
                    start: *start,
                    seconds: *seconds,
                    activity: Activity::of_code(&fields.activity.get()).unwrap_or(Activity::Registry),
                    bucket: from_word(&fields.bucket.get()).unwrap_or(Bucket::Cocm),
                    by,
                    mode: from_word::<Mode>(&fields.mode.get()),
                    clocked,
                    of: None,
                    note: text(&fields.note.get()),
                    with: fields.with.get(),
                    beside: None,
                    own: None,
                })
            };
            parts.iter().map(time).collect::<Vec<Fact>>()
        };
        by.into_iter().flat_map(of_person).collect::<Vec<Fact>>()
    });
    (reading.finish(facts), used)
}

/// Typed minutes with when they began. Time that ends ahead of now is no time that was spent.
fn read_typed(reading: &mut Reading, fields: TimeFields, desk: Desk, typed: &str) -> Option<(When, Seconds)> {
    let minutes = format::parse_whole(typed, "Minutes", 1..=MOST_MINUTES);
    let minutes = reading.take(minutes.map_err(|text| Wrong::new("time-minutes", text)));
    let today: Day = desk.today().get();
    let day = reading.take(read_day("time-day", "the day", &fields.day.get(), Some(today)))?;
    let start = reading.take(read_when("time-start", day, &fields.time.get(), desk.zone()))?;
    let (minutes, now) = (minutes?, desk.instant());
    let length = TimeDelta::minutes(minutes.into());
    let start = match start {
        When::Day(day) if day == today => When::At(now - length),
        When::At(at) if now < at + length => {
            let text = "This time would end in the future: change its beginning or its minutes";
            let _noted: Option<()> = reading.take(Err(Wrong::new("time-start", text)));
            return None;
        }
        start => start,
    };
    Some((start, Seconds(minutes * 60)))
}
