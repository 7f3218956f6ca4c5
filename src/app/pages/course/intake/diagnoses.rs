//! Diagnoses: picked from the list or typed, provisional or not, with the measure that fits.

use leptos::prelude::*;

use super::{Open, Place};
use crate::app::components::{Button, ButtonKind, Check, DateField, DayText, InputKind, TextField, Width};
use crate::app::pages::common::{QuickForm, Reading, Written, new_thing, today_text};
use crate::app::pages::course::boxes::{OneForm, PlanBox};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, text};
use crate::care::diagnosis::{diagnosis_words, find_diagnoses, read_code, target_for};
use crate::instruments::title_of;
use crate::journal::facts::{Diagnosis, Episode};
use crate::journal::{Fact, ThingId};

/// How many of the list are offered at once.
const OFFERED: usize = 8;

/// Diagnoses, those that hold first.
#[component]
pub fn Diagnoses(place: Place) -> impl IntoView {
    let line = move |d: Diagnosis| {
        let words = diagnosis_words(&d.code, d.label.as_deref()).map(|words| format!(" {words}"));
        let says = format!("Change {}", d.code);
        let id = d.diagnosis;
        view! {
            <li>
                <strong>{d.code}</strong>{words}{d.provisional.then_some(", provisional")}
                <span class="hint">
                    ", since "<DayText day=d.from/>
                    {d.until.map(|until| view! { " until "<DayText day=until/> })}
                </span>
                " "<Button kind=ButtonKind::Quiet says on_press=move |()| place.open.open(Open::Diagnosis(Some(id)))>"Change"</Button>
            </li>
        }
    };
    let form = move || match place.open.get() {
        Some(Open::Diagnosis(which)) => Some(view! { <DiagnosisForm place which/> }),
        _ => None,
    };
    view! {
        <PlanBox id="box-diagnoses" title="Diagnoses" add=(place.open.opens(Open::Diagnosis(None)), "Add a diagnosis")>
            {move || match place.intake.with(|view| view.diagnoses.clone()) {
                all if all.is_empty() => view! { <p class="hint">"None on record."</p> }.into_any(),
                all => view! { <ul>{all.into_iter().map(line).collect_view()}</ul> }.into_any(),
            }}
            {form}
        </PlanBox>
    }
}

#[component]
fn DiagnosisForm(place: Place, which: Option<ThingId>) -> impl IntoView {
    let desk = use_desk();
    let now = place.now();
    let known = which.and_then(|id| now.diagnoses.iter().find(|d| d.diagnosis == id).cloned());
    let code = RwSignal::new(known.as_ref().map_or_else(String::new, |d| d.code.clone()));
    let label = RwSignal::new(known.as_ref().and_then(|d| d.label.clone()).unwrap_or_default());
    let from = RwSignal::new(known.as_ref().map_or_else(|| today_text(desk), |d| d.from.to_string()));
    let until = RwSignal::new(
        known
            .as_ref()
            .and_then(|d| d.until)
            .map_or_else(String::new, |day| day.to_string()),
    );
    let provisional = RwSignal::new(known.as_ref().is_some_and(|d| d.provisional));
    let wanted = RwSignal::new(String::new());
    let judged = RwSignal::new(false);
    let target = Memo::new(move |_| code.with(|code| target_for(code)));
    // The current episode with the measure as its target, when it has none yet.
    let episode = now
        .episodes
        .first()
        .filter(|e| e.closed.is_none())
        .map(|e| (e.episode, e.opened));
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let shaped = read_code(&code.get_untracked());
        let shaped = shaped.ok_or_else(|| Wrong::new("diagnosis-code", "Enter the ICD-10-CM code, such as F33.1"));
        let code = reading.take(shaped);
        let from = reading.past(&from.get_untracked(), "diagnosis-from", "the first day", today);
        let until = reading.maybe_day(&until.get_untracked(), "diagnosis-until", "the last day");
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            let _noted: Option<()> =
                reading.take(Err(Wrong::new("diagnosis-until", "The last day lies before the first")));
        }
        let diagnosis = match which {
            Some(id) => id,
            None => new_thing()?,
        };
        let label = text(&label.get_untracked());
        let provisional = provisional.get_untracked();
        let fact = code.zip(from).map(|(code, from)| Diagnosis {
            diagnosis,
            code,
            label,
            from,
            until,
            provisional,
        });
        let facts = fact.map(|fact| {
            let mut facts = vec![Fact::Diagnosis(fact)];
            let target = target.get_untracked().filter(|_| judged.get_untracked());
            if let Some(((episode, opened), target)) = episode.zip(target) {
                let target = Some(target.to_owned());
                facts.push(Fact::Episode(Episode {
                    episode,
                    opened,
                    target,
                }));
            }
            facts
        });
        reading.finish(facts)
    });
    let pick = move |picked: &'static str| {
        code.set(picked.to_owned());
        wanted.set(String::new());
        crate::app::browser::focus("diagnosis-code");
    };
    let offered = move || {
        let found = wanted.with(|wanted| find_diagnoses(wanted, OFFERED));
        if found.is_empty() {
            let words = if wanted.with(|wanted| wanted.trim().is_empty()) {
                ""
            } else {
                "Not in the list: type the code below."
            };
            return view! { <p class="hint" role="status">{words}</p> }.into_any();
        }
        let line = |d: &'static crate::care::diagnosis::Diagnosis| {
            view! {
                <li><button type="button" class="menu-item" on:click=move |_| pick(d.code)><strong>{d.code}</strong>" "{d.words}</button></li>
            }
        };
        view! { <ul class="picks" aria-label="Diagnoses found">{found.into_iter().map(line).collect_view()}</ul> }
            .into_any()
    };
    let called = move || code.with(|code| read_code(code).and_then(|code| diagnosis_words(&code, None)));
    let fits = move || {
        let id = target.get().filter(|_| episode.is_some())?;
        let words = format!("Judge this episode by {}", title_of(id));
        Some(view! { <Check id="diagnosis-target" label=words value=judged/> })
    };
    let title = if which.is_some() {
        "Diagnosis: change"
    } else {
        "Diagnosis"
    };
    view! {
        <QuickForm chart=place.chart title deed="Diagnosis recorded" save="Save diagnosis" read on_close=place.open.closes()>
            <TextField id="diagnosis-find" label="Find by code or words" value=wanted kind=InputKind::Search hint="such as recurrent moderate, ptsd, F41"/>
            {offered}
            <div class="fields">
                <TextField id="diagnosis-code" label="ICD-10-CM code" value=code width=Width::Short hint="picked above, or typed"/>
                <TextField id="diagnosis-label" label="In other words" value=label hint="Empty for the list\u{2019}s words"/>
                <DateField id="diagnosis-from" label="On record since" value=from max=today_text(desk)/>
                <DateField id="diagnosis-until" label="Until" value=until hint="Empty while it holds"/>
            </div>
            {move || called().map(|words| view! { <p role="status">{words}</p> })}
            <Check id="diagnosis-provisional" label="Provisional" value=provisional/>
            {fits}
        </QuickForm>
    }
}
