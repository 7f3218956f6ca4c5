//! Making a referral out, and each of its steps.

use std::sync::Arc;

use leptos::prelude::*;

use super::FromBarrier;
use crate::app::components::{Choice, DateField, Select, TextArea, TextField, TimeField};
use crate::app::format;
use crate::app::pages::common::{QuickForm, Reading, Written, new_thing, today_text};
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::{read_day, read_when, text};
use crate::app::words::{CHANNELS, options};
use crate::care::coordination::{REFERRAL_ENDS, RESOURCE_KINDS, word_of};
use crate::care::fold;
use crate::journal::facts::{Channel, DirectoryEntry, OutgoingReferral, ReferralState};
use crate::journal::{ChartId, Fact};
use crate::registry::{PatientView, TogetherView};

/// What each step is called as a deed.
fn deed(state: ReferralState) -> &'static str {
    match state {
        ReferralState::Made => "Referral made",
        ReferralState::Sent => "Referral sent",
        ReferralState::Booked => "Appointment recorded",
        ReferralState::Attended => "Visit recorded",
        ReferralState::Result => "Result recorded",
        ReferralState::Ended => "Referral ended",
    }
}

/// A new referral, to a resource of the directory or to somebody who is typed.
#[component]
pub fn MadeForm(
    chart: ChartId,
    patient: Signal<Arc<PatientView>>,
    view: Signal<Arc<TogetherView>>,
    /// The barrier that it is about.
    #[prop(optional)]
    from: Option<FromBarrier>,
    close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let asked = from.as_ref().and_then(|from| from.kind);
    let about = from.as_ref().and_then(|from| from.what.clone()).unwrap_or_default();
    let held = from.as_ref().and_then(FromBarrier::hint);
    let kind = RwSignal::new(asked.map(word).unwrap_or_default());
    let to = RwSignal::new(String::new());
    let what = RwSignal::new(about);
    let from = StoredValue::new(from);
    let day = RwSignal::new(today_text(desk));
    let kinds: Vec<(String, String)> = std::iter::once((String::new(), "Any".to_owned()))
        .chain(
            RESOURCE_KINDS
                .iter()
                .map(|(kind, words)| (word(*kind), (*words).to_owned())),
        )
        .collect();
    let resources = move || -> Vec<DirectoryEntry> {
        let wanted = from_word(&kind.get());
        view.with(|view| {
            let all = view.resources.iter();
            all.filter(|entry| wanted.is_none() || entry.kind == wanted)
                .cloned()
                .collect()
        })
    };
    let named = move || {
        let typed = fold(&to.get());
        view.with(|view| view.resources.iter().find(|entry| fold(&entry.name) == typed).cloned())
    };
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let resource = untrack(named);
        let to = reading.text(&to.get_untracked(), "referral-to", "Say to whom");
        let what = reading.text(&what.get_untracked(), "referral-what", "Say what for");
        let day = reading.past(
            &day.get_untracked(),
            "referral-day",
            "the day",
            desk.today().get_untracked(),
        );
        let referral = new_thing()?;
        let chosen = from_word(&kind.get_untracked());
        let fact = to.zip(what).zip(day).map(|((to, what), day)| {
            Fact::OutgoingReferral(OutgoingReferral {
                referral,
                to,
                what,
                state: ReferralState::Made,
                day,
                kind: chosen.or(resource.as_ref().and_then(|entry| entry.kind)),
                resource: resource.map(|entry| entry.resource),
                by: None,
                at: None,
                note: None,
                ended: None,
            })
        });
        reading.finish(fact.zip(day).map(|(fact, day)| {
            let step = from.get_value().and_then(|from| from.step(&fact, day));
            std::iter::once(fact).chain(step).collect()
        }))
    });
    let option = |entry: DirectoryEntry| {
        let kind = entry.kind.map_or("", |kind| word_of(RESOURCE_KINDS, kind));
        view! { <option value=entry.name>{kind}</option> }
    };
    let about = move || {
        named().map(|entry| {
            let parts = [
                entry.phone,
                entry.area,
                entry.languages,
                entry.cost,
                entry.wait.map(|wait| format!("waiting time {wait}")),
            ];
            let checked = entry.checked.map_or_else(
                || "never checked".to_owned(),
                |day| format!("last checked {}", format::plain_day(day)),
            );
            let parts: Vec<String> = parts.into_iter().flatten().chain([checked]).collect();
            view! { <p class="hint">{parts.join(" \u{b7} ")}</p> }
        })
    };
    let speaks = patient.with_untracked(|view| crate::care::spoken(&view.registration));
    view! {
        <QuickForm chart title="New referral" deed=deed(ReferralState::Made) save="Save referral" read on_close=close>
            <div class="fields">
                <Select id="referral-kind" label="Kind" options=Signal::stored(kinds) value=kind/>
                <TextField id="referral-to" label="To" value=to list="resources" hint="a resource of the directory, or any name"/>
                <DateField id="referral-day" label="Agreed with the patient on" value=day max=today_text(desk)/>
            </div>
            <datalist id="resources">{move || resources().into_iter().map(option).collect_view()}</datalist>
            {about}
            {held}
            {speaks.map(|words| view! { <p class="hint">{format!("The patient: {words}.")}</p> })}
            <TextArea id="referral-what" label="What for" value=what rows=2/>
        </QuickForm>
    }
}

/// One step of a referral.
#[component]
pub fn StepForm(
    chart: ChartId,
    referral: OutgoingReferral,
    state: ReferralState,
    close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let zone = desk.zone();
    let day = RwSignal::new(today_text(desk));
    let by = RwSignal::new(Some(Channel::Phone));
    let (on, time) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let how = RwSignal::new(None);
    let note = RwSignal::new(String::new());
    let earliest = referral.day.to_string();
    let title = format!("{}: {}", deed(state), referral.to);
    let before = StoredValue::new(referral);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let stepped = reading.past(
            &day.get_untracked(),
            "step-day",
            "the day",
            desk.today().get_untracked(),
        );
        let at = match state {
            ReferralState::Booked => {
                let on = reading.take(read_day(
                    "step-on",
                    "the day of the appointment",
                    &on.get_untracked(),
                    None,
                ));
                on.and_then(|on| reading.take(read_when("step-time", on, &time.get_untracked(), zone)))
            }
            _ => before.with_value(|before| before.at),
        };
        let ended = match state {
            ReferralState::Ended => reading.chosen(how.get_untracked(), "step-how", "Say how it ended"),
            _ => None,
        };
        let words = match state {
            ReferralState::Result => reading.text(&note.get_untracked(), "step-note", "Write down the result"),
            _ => text(&note.get_untracked()),
        };
        let sent = match state {
            ReferralState::Sent => by.get_untracked(),
            _ => before.with_value(|before| before.by),
        };
        let fact = stepped.map(|day| {
            Fact::OutgoingReferral(OutgoingReferral {
                state,
                day,
                by: sent,
                at: at.filter(|_| state != ReferralState::Made),
                note: words,
                ended,
                ..before.get_value()
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let note_label = match state {
        ReferralState::Result => "Result",
        ReferralState::Ended => "Why",
        _ => "Note",
    };
    let day_label = match state {
        ReferralState::Booked => "Known since",
        ReferralState::Attended => "Went on",
        _ => "On",
    };
    let special = match state {
        ReferralState::Sent => {
            Some(view! { <Choice id="step-by" legend="How" options=options(CHANNELS) value=by/> }.into_any())
        }
        ReferralState::Booked => Some(
            view! {
                <div class="fields">
                    <DateField id="step-on" label="Appointment on" value=on/>
                    <TimeField id="step-time" label="At" value=time/>
                </div>
            }
            .into_any(),
        ),
        ReferralState::Ended => Some(
            view! { <Choice id="step-how" legend="How it ended" options=options(REFERRAL_ENDS) value=how/> }.into_any(),
        ),
        _ => None,
    };
    view! {
        <QuickForm chart title deed=deed(state) save="Save step" read on_close=close>
            {special}
            <DateField id="step-day" label=day_label value=day min=earliest max=today_text(desk)/>
            <TextArea id="step-note" label=note_label value=note rows=2/>
        </QuickForm>
    }
}
