//! The activity plan: what the patient will do and when, whether it was done, and mood before and after.

use leptos::prelude::*;

use super::{Open, Place};
use crate::app::components::{DateField, DayText, NumberField, StatusKind, StatusTag, TextField, Width};
use crate::app::pages::common::{QuickForm, Reading, Written, new_thing, today_text};
use crate::app::pages::course::boxes::{LineButton, OneForm, PlanBox};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, text};
use crate::journal::facts::{ActivityState, PlannedActivity};
use crate::journal::{Day, Fact, ThingId};
use crate::registry::ActivityView;

/// How many activities that are over are shown at first.
const SHOWN: usize = 5;

/// The activities of the plan, those whose day has passed first.
#[component]
pub fn Activities(place: Place) -> impl IntoView {
    let all = Memo::new(move |_| place.plan.with(|plan| plan.activities.clone()));
    let add = (place.form.opens(Open::NewActivity), "Plan an activity");
    let form = move || {
        place.form.get().and_then(|open| match open {
            Open::NewActivity => Some(view! { <PlanForm place which=None/> }.into_any()),
            Open::Again(which) => Some(view! { <PlanForm place which=Some(which)/> }.into_any()),
            Open::Done(which) => Some(view! { <DoneForm place which/> }.into_any()),
            Open::Drop(which) => Some(view! { <DropForm place which/> }.into_any()),
            Open::Problem(_) | Open::Ruler(_) => None,
        })
    };
    view! {
        <PlanBox id="sheet-activities" title="Activity plan" add>
            {form}
            {move || {
                let (waiting, over): (Vec<_>, Vec<_>) =
                    all.get().into_iter().partition(|view| view.activity.state == ActivityState::Planned);
                let none = waiting.is_empty();
                view! {
                    {none.then(|| view! { <p class="hint">"Nothing is planned."</p> })}
                    {(!none).then(|| view! { <ul class="plan-items">{waiting.into_iter().map(|view| waits(place, view)).collect_view()}</ul> })}
                    {(!over.is_empty()).then(|| view! {
                        <h3>"Lately"</h3>
                        <ul class="plain-list">{over.into_iter().take(SHOWN).map(is_over).collect_view()}</ul>
                    })}
                }
            }}
        </PlanBox>
    }
}

fn waits(place: Place, view: ActivityView) -> impl IntoView {
    let ActivityView {
        activity,
        carried,
        first,
        has_passed,
        ..
    } = view;
    let (id, about) = (activity.activity, activity.what.clone());
    let carried = (carried > 0).then(|| match carried {
        1 => "carried over once".to_owned(),
        times => format!("carried over {times} times"),
    });
    view! {
        <li class="plan-item">
            <p class="plan-line">
                {has_passed.then(|| view! { <StatusTag kind=StatusKind::Due words="Done?"/>" " })}
                <strong>{activity.what}</strong>
                {activity.on.map(|day| view! { ", "<DayText day/> })}
                {activity.time.map(|time| format!(", {time}"))}
                {carried.map(|carried| view! {
                    " "<span class="hint">{carried}{first.map(|day| view! { ", first for "<DayText day/> })}</span>
                })}
            </p>
            <p class="line-actions">
                <LineButton words="Done" about=about.clone() on_press=place.form.opens(Open::Done(id))/>
                <LineButton words="Plan again" about=about.clone() on_press=place.form.opens(Open::Again(id))/>
                <LineButton words="Drop" about on_press=place.form.opens(Open::Drop(id))/>
            </p>
        </li>
    }
}

fn is_over(view: ActivityView) -> impl IntoView {
    let activity = view.activity;
    let (word, day, more) = match activity.state {
        ActivityState::Planned => ("", None, None),
        ActivityState::Done {
            on,
            before,
            after,
            note,
        } => {
            let mark = |mark: Option<u8>| mark.map_or_else(|| "not asked".to_owned(), |mark| mark.to_string());
            let mood = (before.is_some() || after.is_some())
                .then(|| format!("mood before {}, after {}", mark(before), mark(after)));
            let more: Vec<String> = [mood, note].into_iter().flatten().collect();
            ("Done", Some(on), (!more.is_empty()).then(|| more.join(". ")))
        }
        ActivityState::Dropped { on, why } => ("Dropped", Some(on), why),
    };
    view! {
        <li>
            {word}" "{day.map(|day| view! { <DayText day/> })}": "{activity.what}
            {more.map(|more| view! { " "<span class="hint">{more}</span> })}
        </li>
    }
}

fn known(place: Place, which: Option<ThingId>) -> Option<PlannedActivity> {
    place.plan.with_untracked(|plan| {
        let known = plan
            .activities
            .iter()
            .find(|view| Some(view.activity.activity) == which);
        known.map(|view| view.activity.clone())
    })
}

fn field(text: impl Into<String>) -> RwSignal<String> {
    RwSignal::new(text.into())
}

#[component]
fn PlanForm(place: Place, which: Option<ThingId>) -> impl IntoView {
    let desk = use_desk();
    let before = known(place, which);
    let what = field(
        before
            .as_ref()
            .map(|activity| activity.what.clone())
            .unwrap_or_default(),
    );
    let time = field(
        before
            .as_ref()
            .and_then(|activity| activity.time.clone())
            .unwrap_or_default(),
    );
    let on = field("");
    let is_new = before.is_none();
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let what = reading.text(&what.get_untracked(), "activity-what", "Say what the patient will do");
        let on = reading.maybe_day(&on.get_untracked(), "activity-on", "the day");
        let activity = match which {
            Some(activity) => activity,
            None => new_thing()?,
        };
        let agreed = desk.today().get_untracked();
        let time = text(&time.get_untracked());
        reading.finish(what.map(|what| {
            vec![Fact::PlannedActivity(PlannedActivity {
                activity,
                what,
                agreed,
                on,
                time,
                state: ActivityState::Planned,
            })]
        }))
    });
    let title = if is_new { "Plan an activity" } else { "Plan it again" };
    view! {
        <QuickForm chart=place.chart title deed="Activity planned" save="Save activity" read on_close=place.form.closes()>
            <TextField id="activity-what" label="What the patient will do" value=what width=Width::Full hint="small enough to be done this week"/>
            <div class="fields">
                <DateField id="activity-on" label="Day" value=on min=today_text(desk)/>
                <TextField id="activity-time" label="Time" value=time width=Width::Short hint="such as: after breakfast"/>
            </div>
        </QuickForm>
    }
}

/// A mark from 0 to 10; empty when it was not asked.
fn read_mark(typed: &str, id: &str, what: &str) -> Result<Option<u8>, Wrong> {
    match typed.trim() {
        "" => Ok(None),
        typed => match typed.parse::<u8>() {
            Ok(mark) if mark <= 10 => Ok(Some(mark)),
            _ => Err(Wrong::new(id, format!("Enter {what} as a whole number from 0 to 10"))),
        },
    }
}

#[component]
fn DoneForm(place: Place, which: ThingId) -> impl IntoView {
    let desk = use_desk();
    let Some(activity) = known(place, Some(which)) else {
        return ().into_any();
    };
    let today = desk.today().get_untracked();
    let day = field(activity.on.filter(|on| *on <= today).unwrap_or(today).to_string());
    let (before, after, note) = (field(""), field(""), field(""));
    let title = format!("Done: {}", activity.what);
    let kept = StoredValue::new(activity);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let on: Option<Day> = reading.past(
            &day.get_untracked(),
            "done-day",
            "the day",
            desk.today().get_untracked(),
        );
        let before = reading.take(read_mark(&before.get_untracked(), "mood-before", "the mood before it"));
        let after = reading.take(read_mark(&after.get_untracked(), "mood-after", "the mood after it"));
        let note = text(&note.get_untracked());
        let fact = on.zip(before).zip(after).map(|((on, before), after)| {
            Fact::PlannedActivity(PlannedActivity {
                state: ActivityState::Done {
                    on,
                    before,
                    after,
                    note,
                },
                ..kept.get_value()
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    view! {
        <QuickForm chart=place.chart title deed="Activity done" save="Save" read on_close=place.form.closes()>
            <div class="fields">
                <NumberField id="mood-before" label="Mood before" value=before hint="0 worst, 10 best"/>
                <NumberField id="mood-after" label="Mood after" value=after hint="0 worst, 10 best"/>
                <DateField id="done-day" label="Day" value=day max=today_text(desk)/>
            </div>
            <TextField id="done-note" label="What the patient says about it" value=note width=Width::Full/>
        </QuickForm>
    }
    .into_any()
}

#[component]
fn DropForm(place: Place, which: ThingId) -> impl IntoView {
    let desk = use_desk();
    let Some(activity) = known(place, Some(which)) else {
        return ().into_any();
    };
    let why = field("");
    let title = format!("Drop: {}", activity.what);
    let kept = StoredValue::new(activity);
    let read = Callback::new(move |()| -> Written {
        let on = desk.today().get_untracked();
        let why = text(&why.get_untracked());
        let state = ActivityState::Dropped { on, why };
        Ok(vec![Fact::PlannedActivity(PlannedActivity {
            state,
            ..kept.get_value()
        })])
    });
    view! {
        <QuickForm chart=place.chart title deed="Activity dropped" save="Drop it" read on_close=place.form.closes()>
            <TextField id="drop-why" label="Why, or what stands in its place" value=why width=Width::Full/>
        </QuickForm>
    }
    .into_any()
}
