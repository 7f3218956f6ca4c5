//! Minutes alone, and a note alone.

use leptos::prelude::*;

use super::{Place, empty};
use crate::app::browser::now_millis;
use crate::app::components::{Check, DateField, NumberField, Select, TextArea, TimeField};
use crate::app::format;
use crate::app::pages::common::{QuickForm, Reading, Written, time_text, today_text};
use crate::app::route::{from_word, word};
use crate::app::state::{Desk, use_desk};
use crate::app::timer::{Stopwatch, use_timers};
use crate::app::typed::{Wrong, read_day, read_when, text};
use crate::app::words::{ACTIVITIES, BUCKETS};
use crate::journal::facts::{Activity, Bucket, Clocked, Note, Time};
use crate::journal::{ChartId, Day, Fact, Seconds, When};

/// Most minutes of one entry: one day.
const MOST_MINUTES: u32 = 24 * 60;

#[derive(Clone, Copy)]
struct TimeFields {
    day: RwSignal<String>,
    time: RwSignal<String>,
    minutes: RwSignal<String>,
    activity: RwSignal<String>,
    bucket: RwSignal<String>,
    note: RwSignal<String>,
}

#[component]
pub fn TimeForm(place: Place) -> impl IntoView {
    let (desk, timers) = (use_desk(), use_timers());
    let chart = place.chart;
    let fields = TimeFields {
        day: RwSignal::new(today_text(desk)),
        time: RwSignal::new(time_text(desk)),
        minutes: empty(),
        activity: RwSignal::new(word(Activity::Registry)),
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
    let activities: Vec<(String, String)> = ACTIVITIES
        .iter()
        .map(|(activity, words)| (word(*activity), (*words).to_owned()))
        .collect();
    let buckets: Vec<(String, String)> = BUCKETS
        .iter()
        .map(|(bucket, words)| (word(*bucket), (*words).to_owned()))
        .collect();
    view! {
        <QuickForm chart title="Time" deed="Time recorded" save="Save time" read on_close=place.close on_saved=saved>
            <div class="fields">
                <NumberField id="time-minutes" label="Minutes" value=fields.minutes unit="min"/>
                <Select id="time-activity" label="Spent on" options=Signal::stored(activities) value=fields.activity/>
                <Select id="time-bucket" label="Counts for" options=Signal::stored(buckets) value=fields.bucket/>
                <DateField id="time-day" label="Day" value=fields.day max=today_text(desk)/>
                <TimeField id="time-start" label="Began" value=fields.time/>
            </div>
            <p class="hint">{from_timer}</p>
            <TextArea id="time-note" label="Note" value=fields.note rows=2/>
        </QuickForm>
    }
}

/// The time entry, and whether it took the timer's seconds.
fn read_time(fields: TimeFields, desk: Desk, timers: Stopwatch, chart: ChartId) -> (Written, bool) {
    let mut reading = Reading::default();
    let start = read_start(&mut reading, fields, desk);
    let typed = fields.minutes.get();
    let timed = timers.of(chart).filter(|_| text(&typed).is_none());
    let (seconds, clocked, start) = match timed {
        Some(timed) => {
            let zone = desk.zone();
            let started = i64::try_from(timed.started)
                .ok()
                .and_then(|millis| zone.from_millis(millis));
            (Some(timed.seconds), Clocked::Timer, started.map(When::At).or(start))
        }
        None => {
            let minutes = format::parse_whole(&typed, "Minutes", 1..=MOST_MINUTES);
            let minutes = reading.take(minutes.map_err(|text| Wrong::new("time-minutes", text)));
            (minutes.map(|minutes| Seconds(minutes * 60)), Clocked::Typed, start)
        }
    };
    let fact = seconds.zip(start).map(|(seconds, start)| {
        vec![Fact::Time(Time {
            start,
            seconds,
            activity: from_word(&fields.activity.get()).unwrap_or(Activity::Registry),
            bucket: from_word(&fields.bucket.get()).unwrap_or(Bucket::Cocm),
            by: desk.me(),
            mode: None,
            clocked,
            of: None,
            note: text(&fields.note.get()),
        })]
    });
    (reading.finish(fact), clocked == Clocked::Timer)
}

fn read_start(reading: &mut Reading, fields: TimeFields, desk: Desk) -> Option<When> {
    let today: Day = desk.today().get();
    let day = reading.take(read_day("time-day", "the day", &fields.day.get(), Some(today)))?;
    reading.take(read_when("time-start", day, &fields.time.get(), desk.zone()))
}

#[component]
pub fn NoteForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let note = empty();
    let day = RwSignal::new(today_text(desk));
    let discuss = RwSignal::new(false);
    let key = format!("note/{}", place.chart);
    let restored = RwSignal::new(false);
    let keeper = StoredValue::new_local(None);
    let (own, chart) = (key.clone(), place.chart);
    leptos::task::spawn_local(async move {
        let kept = desk.draft(&own).await;
        if let Some(kept) = kept.filter(|kept| !kept.is_empty()) {
            let untouched = note.try_get_untracked().is_some_and(|typed| typed.is_empty());
            if untouched {
                note.set(kept);
                restored.set(true);
            }
        }
    });
    keeper.set_value(Some(desk.keep_draft(key, move || text(&note.get()))));
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let words = reading.text(&note.get_untracked(), "note-text", "Write the note");
        let at = reading
            .past(&day.get_untracked(), "note-day", "the day", today)
            .map(|day| {
                if day == today {
                    When::At(desk.instant())
                } else {
                    When::Day(day)
                }
            });
        let discuss = discuss.get_untracked();
        reading.finish(
            at.zip(words)
                .map(|(at, text)| vec![Fact::Note(Note { at, text, discuss })]),
        )
    });
    let saved = Callback::new(move |_| {
        // The form is gone by now; its draft goes with it.
        leptos::task::spawn_local(async move {
            let _dropped = desk
                .ask(crate::registry::Request::DropDraft(format!("note/{chart}")))
                .await;
        });
    });
    view! {
        <QuickForm chart title="Note" deed="Note recorded" save="Save note" read on_close=place.close on_saved=saved>
            {move || restored.get().then(|| view! { <p class="hint">"This is what you typed before; it is not saved yet."</p> })}
            <TextArea id="note-text" label="Note" value=note rows=5/>
            <div class="fields">
                <DateField id="note-day" label="Day that it is about" value=day max=today_text(desk)/>
                <Check id="note-discuss" label="Discuss in the case review" value=discuss/>
            </div>
        </QuickForm>
    }
}
