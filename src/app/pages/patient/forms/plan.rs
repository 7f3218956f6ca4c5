//! Sections of the plan, goals, and a concern that a person opens.

use leptos::prelude::*;

use super::{Place, empty};
use crate::app::components::{Choice, CrisisLines, DateField, Select, TextArea, TextField, Width};
use crate::app::pages::common::{QuickForm, Reading, Written, new_thing};
use crate::app::pages::safety::RuleOfKind;
use crate::app::route::{Route, from_word, word};
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::app::words::{CONCERNS, PLAN_PARTS, options};
use crate::journal::facts::{Because, Concern, ConcernKind, Goal, GoalState, Level, PlanPart, PlanSection};
use crate::journal::{Fact, Stamp, When};
use crate::registry::PatientView;

#[component]
pub fn PlanForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let part = RwSignal::new(word(PlanPart::Problems));
    let words = RwSignal::new(place.view.with_untracked(|view| section(view, PlanPart::Problems)));
    crate::app::effects::effect(move |before: Option<String>| {
        let now = part.get();
        if before.is_some_and(|before| before != now)
            && let Some(part) = from_word(&now)
        {
            words.set(place.view.with_untracked(|view| section(view, part)));
        }
        now
    });
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let text = reading.text(&words.get_untracked(), "plan-text", "Write the section");
        let part = from_word(&part.get_untracked()).unwrap_or(PlanPart::Problems);
        let day = desk.today().get_untracked();
        reading.finish(text.map(|text| vec![Fact::PlanSection(PlanSection { part, text, day })]))
    });
    let parts: Vec<(String, String)> = PLAN_PARTS
        .iter()
        .map(|(part, words)| (word(*part), (*words).to_owned()))
        .collect();
    view! {
        <QuickForm chart=place.chart title="Plan" deed="Plan written" save="Save section" read on_close=place.close>
            <Select id="plan-part" label="Section" options=Signal::stored(parts) value=part/>
            <TextArea id="plan-text" label="Text" value=words rows=6/>
        </QuickForm>
    }
}

/// What a section of the plan says now.
fn section(view: &PatientView, part: PlanPart) -> String {
    let mut newest: Option<(Stamp, &PlanSection)> = None;
    for row in &view.timeline {
        if let Fact::PlanSection(section) = &row.fact
            && section.part == part
            && newest.is_none_or(|(stamp, _)| stamp < row.stamp)
        {
            newest = Some((row.stamp, section));
        }
    }
    newest.map_or_else(String::new, |(_, section)| section.text.clone())
}

#[component]
pub fn GoalForm(place: Place) -> impl IntoView {
    let (words, by) = (empty(), empty());
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let text = reading.text(
            &words.get_untracked(),
            "goal-text",
            "Write the goal in the patient\u{2019}s words",
        );
        let by = reading.maybe_day(&by.get_untracked(), "goal-by", "the day");
        let goal = new_thing()?;
        let state = GoalState::Open;
        reading.finish(text.map(|text| vec![Fact::Goal(Goal { goal, text, by, state })]))
    });
    view! {
        <QuickForm chart=place.chart title="Goal" deed="Goal recorded" save="Save goal" read on_close=place.close>
            <TextField id="goal-text" label="Goal, in the patient\u{2019}s words" value=words width=Width::Full/>
            <DateField id="goal-by" label="By" value=by/>
        </QuickForm>
    }
}

#[component]
pub fn ConcernForm(place: Place) -> impl IntoView {
    let (desk, router) = (use_desk(), use_router());
    let kind = RwSignal::new(None::<ConcernKind>);
    let level = RwSignal::new(Some(Level::Positive));
    let note = empty();
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let kind = reading.chosen(kind.get_untracked(), "concern-kind", "Choose what it is about");
        let level = reading.chosen(level.get_untracked(), "concern-level", "Choose how urgent it is");
        let note = reading.text(&note.get_untracked(), "concern-note", "Say why you open it");
        let concern = new_thing()?;
        let at = When::At(desk.instant());
        let fact = kind.zip(level).zip(note).map(|((kind, level), note)| {
            let because = Because::ByHand { note };
            Fact::Concern(Concern {
                concern,
                kind,
                because,
                level,
                at,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let chart = place.chart;
    let opened = Callback::new(move |saved: crate::registry::Saved| {
        if let Some(concern) = saved.concerns.first() {
            router.go(Route::Safety(chart, *concern));
        }
    });
    let levels = vec![
        (Level::Positive, "Follow up today".to_owned()),
        (Level::High, "High: act now".to_owned()),
    ];
    view! {
        <QuickForm chart title="Open a safety concern" deed="Concern opened" save="Open concern" read on_close=place.close on_saved=opened>
            <Choice id="concern-kind" legend="About" options=options(CONCERNS) value=kind/>
            {move || kind.get().map(|kind| view! { <RuleOfKind kind/> })}
            <Choice id="concern-level" legend="How urgent" options=levels value=level/>
            <TextArea id="concern-note" label="Why" value=note rows=2/>
            <p class="hint">"It stays open, and at the top of the worklist, until a named person closes it. Nobody else is alerted."</p>
            <CrisisLines/>
        </QuickForm>
    }
}
