//! The phase itself: moving there, how often the patient is called and measured in it, and the way back to active
//! treatment.

use leptos::prelude::*;

use super::{OpenForm, Place};
use crate::app::components::{ButtonKind, DateField, DayText, Notice, NumberField, TextArea, Tone};
use crate::app::format;
use crate::app::pages::common::{QuickForm, Reading, Written, today_text};
use crate::app::pages::course::boxes::OneForm;
use crate::app::state::use_desk;
use crate::app::typed::Wrong;
use crate::journal::facts::{ContactPlan, MeasurePlan, Status, StatusChange};
use crate::journal::{Day, Days, EpisodeId, Fact};
use crate::registry::PhaseIntervals;

/// Since when, how often, and by whose numbers.
#[component]
pub fn Phase(place: Place) -> impl IntoView {
    let since = move || place.view.with(|view| view.since);
    let words = move || place.view.with(|view| interval_words(&view.intervals));
    let next = move || place.view.with(|view| view.intervals.next_contact);
    let changing = move || place.form.get() == Some(OpenForm::Intervals);
    view! {
        <section class="side-box" aria-labelledby="phase">
            <div class="side-head">
                <h2 id="phase">"Relapse prevention"</h2>
                <span class="side-actions">
                    {place.opens(OpenForm::Intervals, "Change how often", ButtonKind::Secondary)}
                    {place.opens(OpenForm::Reopen, "Reopen active treatment", ButtonKind::Secondary)}
                </span>
            </div>
            {move || since().map(|day| view! { <p>"Since "<DayText day/>"."</p> })}
            <ul>{move || words().into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            {move || next().map(|day| view! { <p>"Next contact agreed for "<DayText day/>"."</p> })}
            <Show when=changing>
                <PhaseForm place kind=OpenForm::Intervals/>
            </Show>
        </section>
    }
}

fn interval_words(intervals: &PhaseIntervals) -> Vec<String> {
    let line = |what: &str, own: Option<u32>, protocol: u32| match own {
        Some(days) => format!("{what} every {days} days, as agreed with this patient (your protocol: {protocol})"),
        None => format!("{what} every {protocol} days, by your protocol"),
    };
    vec![
        line("Contact", intervals.own_contact, intervals.contact),
        line(&intervals.title, own_measure(intervals), intervals.measure),
    ]
}

/// The interval between measures that the patient's own plan has for the phase.
fn own_measure(intervals: &PhaseIntervals) -> Option<u32> {
    let plan = intervals.plan.as_ref()?;
    plan.after_response.or(plan.every).map(|days| days.0)
}

/// Moves on to the phase, or changes how often in it.
#[component]
pub fn PhaseForm(place: Place, kind: OpenForm) -> impl IntoView {
    let desk = use_desk();
    let (episode, intervals) = place.view.with_untracked(|view| (view.episode, view.intervals.clone()));
    let moves = kind == OpenForm::Prevent;
    let own = |own: Option<u32>, protocol: u32| RwSignal::new(own.filter(|_| !moves).unwrap_or(protocol).to_string());
    let from = RwSignal::new(today_text(desk));
    let contact = own(intervals.own_contact, intervals.contact);
    let measure = own(own_measure(&intervals), intervals.measure);
    let kept = StoredValue::new(intervals.clone());
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let from = reading.past(&from.get_untracked(), "phase-from", "the first day", today);
        let days = |reading: &mut Reading, field: &str, what: &str, typed: String, most: u32| {
            let read = format::parse_whole(&typed, what, 1..=most).map_err(|text| Wrong::new(field, text));
            reading.take(read)
        };
        let contact = days(
            &mut reading,
            "phase-contact",
            "Days between contacts",
            contact.get_untracked(),
            366,
        );
        let measure = days(
            &mut reading,
            "phase-measure",
            "Days between measures",
            measure.get_untracked(),
            182,
        );
        let episode = reading.chosen(episode, "", "There is no episode");
        let facts = from
            .zip(contact)
            .zip(measure)
            .zip(episode)
            .map(|(((from, contact), measure), episode)| {
                let status = moves.then(|| status(episode, Status::RelapsePrevention, from, None));
                let often = kept.with_value(|intervals| how_often(intervals, episode, contact, measure));
                status.into_iter().chain(often).collect::<Vec<_>>()
            });
        reading.finish(facts)
    });
    let (title, deed, save) = match moves {
        true => (
            "Move to relapse prevention",
            "Moved to relapse prevention",
            "Move to relapse prevention",
        ),
        false => ("How often in relapse prevention", "How often changed", "Save"),
    };
    let protocol = |days: u32| format!("your protocol: {days}");
    view! {
        <QuickForm chart=place.chart title=title deed=deed save=save read on_close=place.form.closes()>
            <div class="fields">
                {moves.then(|| view! { <DateField id="phase-from" label="First day of it" value=from max=today_text(desk)/> })}
                <NumberField id="phase-contact" label="Contact every" value=contact unit="days" hint=protocol(intervals.contact)/>
                <NumberField id="phase-measure" label=format!("{} every", intervals.title) value=measure unit="days" hint=protocol(intervals.measure)/>
            </div>
            {moves.then(|| view! {
                <p class="hint">"Sources differ: every 1 to 3 months (SCOPE, COMPASS). The plan is due within the days that your protocol gives."</p>
            })}
        </QuickForm>
    }
}

fn status(episode: EpisodeId, status: Status, from: Day, why: Option<String>) -> Fact {
    Fact::StatusChange(StatusChange {
        episode,
        status,
        from,
        why,
    })
}

/// The patient's own intervals, where they differ from the protocol's; an interval from another phase ends.
fn how_often(intervals: &PhaseIntervals, episode: EpisodeId, contact: u32, measure: u32) -> Vec<Fact> {
    let mut facts = Vec::new();
    let every = (contact != intervals.contact).then_some(Days(contact));
    if every.is_some() || intervals.own_contact.is_some() {
        facts.push(Fact::ContactPlan(ContactPlan {
            episode,
            next: intervals.next_contact,
            every,
        }));
    }
    let plan = intervals.plan.clone();
    let has_own = plan
        .as_ref()
        .is_some_and(|p| p.every.is_some() || p.after_response.is_some());
    if measure != intervals.measure || has_own {
        let plan = plan.unwrap_or_else(|| MeasurePlan {
            episode,
            instrument: intervals.instrument.clone(),
            baseline: None,
            baseline_reason: None,
            every: None,
            after_response: None,
            stopped: None,
        });
        facts.push(Fact::MeasurePlan(MeasurePlan {
            after_response: Some(Days(measure)),
            ..plan
        }));
    }
    facts
}

/// What calls for active treatment, and the form that reopens it in one step.
#[component]
pub fn Relapsed(place: Place) -> impl IntoView {
    let found = move || place.view.with(|view| view.relapsed.clone());
    let asked = move || place.form.get() == Some(OpenForm::Reopen);
    view! {
        {move || {
            let found = found();
            (!found.is_empty()).then(|| view! {
                <Notice tone=Tone::Warning title="Reopen active treatment?">
                    <ul>{found.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                    <p class="hint">"The app names the rule; you and the patient decide."</p>
                </Notice>
            })
        }}
        <Show when=asked>
            <ReopenForm place/>
        </Show>
    }
}

#[component]
fn ReopenForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let (episode, found, own, next) = place.view.with_untracked(|view| {
        let intervals = &view.intervals;
        let found = view.relapsed.join("; ");
        (view.episode, found, intervals.own_contact, intervals.next_contact)
    });
    let why = RwSignal::new(found);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let why = reading.text(
            &why.get_untracked(),
            "reopen-why",
            "Say why active treatment is reopened",
        );
        let episode = reading.chosen(episode, "", "There is no episode");
        let today = desk.today().get_untracked();
        let facts = why.zip(episode).map(|(why, episode)| {
            // The longer interval was agreed on for the phase that ends; the next contact is agreed on all the same.
            let often = own.map(|_| {
                Fact::ContactPlan(ContactPlan {
                    episode,
                    next,
                    every: None,
                })
            });
            let active = status(episode, Status::Active, today, Some(why));
            std::iter::once(active).chain(often).collect::<Vec<_>>()
        });
        reading.finish(facts)
    });
    view! {
        <QuickForm chart=place.chart title="Reopen active treatment" deed="Active treatment reopened" save="Reopen active treatment" read on_close=place.form.closes()>
            <TextArea id="reopen-why" label="Why" value=why rows=2 hint="Kept with the status. Contacts and measures are due again as in active treatment."/>
        </QuickForm>
    }
}
