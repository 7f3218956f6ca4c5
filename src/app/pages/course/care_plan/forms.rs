//! The short forms of the plan.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{Open, Place};
use crate::app::components::{Checks, Choice, DateField, Select, TextArea, TextField, Width};
use crate::app::pages::common::{QuickForm, Reading, Written, follow_people, new_thing, today_text};
use crate::app::pages::course::boxes::{OneForm, everybody};
use crate::app::pages::form_draft::FormDraft;
use crate::app::route::{from_word, word};
use crate::app::state::{Desk, use_desk};
use crate::app::typed::sections::changed_sections;
use crate::app::typed::text;
use crate::app::words::{BARRIERS, EDUCATION_HOW, GOAL_STATES, INTERVENTIONS, PLAN_PARTS, UNDERSTOOD, WITH, options};
use crate::journal::facts::{
    Barrier, BarrierKind, Education, EducationHow, Goal, GoalState, Intervention, PlanPart, PlanReview, PlanSection,
    PlanStep, PlannedIntervention, Understood, With,
};
use crate::journal::{Day, Fact, ThingId, When};

/// Days after which going through the plan again is proposed: eight weeks, when a treatment that doesn't help should be
/// changed at the latest (AIMS: about every 8 to 12 weeks until at target).
const NEXT_REVIEW: i64 = 56;

/// The form that is open.
pub fn open_form(place: Place, open: Open) -> AnyView {
    match open {
        Open::Section(part) => view! { <SectionForm place part/> }.into_any(),
        Open::Goal(which) => view! { <GoalForm place which/> }.into_any(),
        Open::GoalStep(about) => view! { <StepForm place about title="Progress"/> }.into_any(),
        Open::Barrier(which) => view! { <BarrierForm place which/> }.into_any(),
        Open::BarrierStep(about) => {
            view! { <StepForm place about title="What was done about the barrier"/> }.into_any()
        }
        Open::BarrierReferral(_) | Open::BarrierTask(_) => {
            view! { <super::barrier::AboutBarrier place open/> }.into_any()
        }
        Open::Intervention(which) => view! { <InterventionForm place which/> }.into_any(),
        Open::Education => view! { <EducationForm place/> }.into_any(),
        Open::Review => view! { <ReviewForm place/> }.into_any(),
    }
}

fn field(text: impl Into<String>) -> RwSignal<String> {
    RwSignal::new(text.into())
}

fn day_field(day: Option<Day>) -> RwSignal<String> {
    field(day.map(|day| day.to_string()).unwrap_or_default())
}

#[component]
fn SectionForm(place: Place, part: PlanPart) -> impl IntoView {
    let desk = use_desk();
    let said = move |part: PlanPart| {
        place.plan.with_untracked(|plan| {
            let section = plan.sections.iter().find(|view| view.section.part == part);
            section.map_or_else(String::new, |view| view.section.text.clone())
        })
    };
    let chosen = field(word(part));
    let words = field(said(part));
    let day = field(today_text(desk));
    // Which section the text is of, and what was typed into others before they were left for this one.
    let shown = StoredValue::new(word(part));
    let others = StoredValue::new(BTreeMap::<String, String>::new());
    crate::app::effects::effect(move |_| {
        let (now, before) = (chosen.get(), shown.get_value());
        let Some(part) = from_word(&now).filter(|_| now != before) else {
            return;
        };
        others.update_value(|others| {
            others.insert(before, words.get_untracked());
        });
        let typed = others.with_value(|others| others.get(&now).cloned());
        shown.set_value(now);
        words.set(typed.unwrap_or_else(|| said(part)));
    });
    FormDraft::keep(
        format!("plan-section/{}/{}", place.chart, word(part)),
        move || {
            let text = words.get();
            chosen.track();
            let shown = shown.get_value();
            let mut all = others.get_value();
            all.insert(shown.clone(), text);
            let is_typed = |part: &String, text: &String| from_word(part).is_some_and(|part| said(part) != *text);
            all.retain(|part, text| *part == shown || is_typed(part, text));
            let rows = all.into_iter().map(|(part, text)| vec![part, text]);
            std::iter::once(vec![shown]).chain(rows).collect()
        },
        move |rows| {
            let pair = |row: &Vec<String>| Some((row.first()?.clone(), row.get(1)?.clone()));
            let mut texts: BTreeMap<String, String> = rows.iter().skip(1).filter_map(pair).collect();
            let now = rows.first().and_then(|row| row.first()).cloned().unwrap_or_default();
            let text = texts.remove(&now).unwrap_or_default();
            others.set_value(texts);
            shown.set_value(now.clone());
            chosen.set(now);
            words.set(text);
        },
    );
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let part = from_word(&shown.get_value()).unwrap_or(part);
        let left = others.get_value();
        let left = left
            .into_iter()
            .filter_map(|(part, text)| Some((from_word(&part)?, text)));
        let written = changed_sections((part, &words.get_untracked()), left, said);
        let written = reading.chosen(written, "plan-text", "Write the section");
        let day = set_on(&mut reading, day, "plan-day", desk);
        let fact = |(part, text), day| Fact::PlanSection(PlanSection { part, text, day });
        let facts = written.zip(day);
        reading.finish(facts.map(|(written, day)| written.into_iter().map(|said| fact(said, day)).collect()))
    });
    let is_problems = part == PlanPart::Problems;
    let last_day = today_text(desk);
    let parts = PLAN_PARTS.iter().filter(|(part, _)| *part != PlanPart::Problems);
    let parts: Vec<(String, String)> = parts.map(|(part, words)| (word(*part), (*words).to_owned())).collect();
    let (title, hint) = match is_problems {
        true => ("Problems", "One a line, in the patient\u{2019}s words where you can"),
        false => (
            "A section of the plan",
            "The version until now is kept. What you typed for other sections is saved with it",
        ),
    };
    view! {
        <QuickForm chart=place.chart title deed="Plan written" save="Save section" read on_close=place.form.closes()>
            {(!is_problems).then(|| view! { <Select id="plan-part" label="Section" options=Signal::stored(parts) value=chosen/> })}
            <TextArea id="plan-text" label=if is_problems { "Problems" } else { "Text" } value=words rows=5 hint/>
            <DateField id="plan-day" label="Set on" value=day max=last_day/>
        </QuickForm>
    }
}

/// The day on which something of the plan was set: as it was written down, today for what is new.
fn set_field(known: Option<Option<Day>>, desk: Desk) -> RwSignal<String> {
    match known {
        Some(from) => day_field(from),
        None => field(today_text(desk)),
    }
}

/// The same as it is read: what was agreed earlier is of its own day, never of one that lies ahead.
fn set_on(reading: &mut Reading, typed: RwSignal<String>, id: &str, desk: Desk) -> Option<Day> {
    let today = desk.today().get_untracked();
    reading.past(&typed.get_untracked(), id, "the day", today)
}

#[component]
fn GoalForm(place: Place, which: Option<ThingId>) -> impl IntoView {
    let desk = use_desk();
    let known = place.plan.with_untracked(|plan| {
        let known = plan.goals.iter().find(|view| Some(view.goal.goal) == which);
        known.map(|view| view.goal.clone())
    });
    let (words, measured) = match &known {
        Some(goal) => (field(&goal.text), field(goal.measured_by.clone().unwrap_or_default())),
        None => (field(""), field("")),
    };
    let by = day_field(known.as_ref().and_then(|goal| goal.by));
    let state = RwSignal::new(Some(known.as_ref().map_or(GoalState::Open, |goal| goal.state)));
    let settled = field(
        known
            .as_ref()
            .and_then(|goal| goal.settled)
            .map_or_else(|| today_text(desk), |day| day.to_string()),
    );
    let is_new = known.is_none();
    let from = set_field(known.map(|goal| goal.from), desk);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let text_of = |signal: RwSignal<String>| text(&signal.get_untracked());
        let said = reading.text(
            &words.get_untracked(),
            "goal-text",
            "Write the goal in the patient\u{2019}s words",
        );
        let by = reading.maybe_day(&by.get_untracked(), "goal-by", "the day");
        let state = state.get_untracked().unwrap_or(GoalState::Open);
        let settled = match state {
            GoalState::Open => None,
            GoalState::Met | GoalState::Dropped => {
                reading.past(&settled.get_untracked(), "goal-settled", "the day", today)
            }
        };
        let goal = match which {
            Some(goal) => goal,
            None => new_thing()?,
        };
        let measured_by = text_of(measured);
        let from = reading.maybe_past(&from.get_untracked(), "goal-from", "the day", today);
        reading.finish(said.map(|text| {
            vec![Fact::Goal(Goal {
                goal,
                text,
                by,
                state,
                measured_by,
                from,
                settled,
            })]
        }))
    });
    let has_end = move || state.get() != Some(GoalState::Open);
    view! {
        <QuickForm chart=place.chart title=if is_new { "Goal" } else { "Change the goal" } deed="Goal recorded" save="Save goal" read on_close=place.form.closes()>
            <TextField id="goal-text" label="Goal, in the patient\u{2019}s words" value=words width=Width::Full/>
            <TextField id="goal-measured" label="How you will both know" value=measured width=Width::Full hint="such as: walks to the park three times a week"/>
            <DateField id="goal-from" label="Agreed on" value=from max=today_text(desk)/>
            <DateField id="goal-by" label="By" value=by/>
            {(!is_new).then(|| view! {
                <Choice id="goal-state" legend="How far it has come" options=options(GOAL_STATES) value=state/>
                <Show when=has_end><DateField id="goal-settled" label="Since" value=settled max=today_text(desk)/></Show>
            })}
        </QuickForm>
    }
}

#[component]
fn StepForm(place: Place, about: ThingId, title: &'static str) -> impl IntoView {
    let desk = use_desk();
    let (what, day) = (field(""), field(today_text(desk)));
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let what = reading.text(&what.get_untracked(), "step-what", "Say what happened or was done");
        let day = reading.past(
            &day.get_untracked(),
            "step-day",
            "the day",
            desk.today().get_untracked(),
        );
        reading.finish(what.zip(day).map(|(what, day)| {
            vec![Fact::PlanStep(PlanStep {
                about,
                day,
                what,
                begun: None,
            })]
        }))
    });
    view! {
        <QuickForm chart=place.chart title deed="Step recorded" save="Save step" read on_close=place.form.closes()>
            <TextArea id="step-what" label="What happened, or was done" value=what rows=2/>
            <DateField id="step-day" label="Day" value=day max=today_text(desk)/>
        </QuickForm>
    }
}

#[component]
fn BarrierForm(place: Place, which: Option<ThingId>) -> impl IntoView {
    let desk = use_desk();
    let known = place.plan.with_untracked(|plan| {
        let known = plan.barriers.iter().find(|view| Some(view.barrier.barrier) == which);
        known.map(|view| view.barrier.clone())
    });
    let kind = RwSignal::new(known.as_ref().map(|barrier| barrier.kind));
    let words = field(known.as_ref().map(|barrier| barrier.text.clone()).unwrap_or_default());
    let first_step = field("");
    let standing = RwSignal::new(Some(known.as_ref().is_some_and(|barrier| barrier.overcome.is_some())));
    let overcome = known.as_ref().and_then(|barrier| barrier.overcome);
    let day = field(overcome.map_or_else(|| today_text(desk), |day| day.to_string()));
    let is_new = known.is_none();
    let from = set_field(known.map(|barrier| barrier.from), desk);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let kind: Option<BarrierKind> = reading.chosen(
            kind.get_untracked(),
            "barrier-kind",
            "Choose what kind of barrier it is",
        );
        let said = reading.text(&words.get_untracked(), "barrier-text", "Say what is in the way");
        let overcome = match standing.get_untracked() {
            Some(true) => reading.past(&day.get_untracked(), "barrier-day", "the day", today),
            _ => None,
        };
        let barrier = match which {
            Some(barrier) => barrier,
            None => new_thing()?,
        };
        let from = reading.maybe_past(&from.get_untracked(), "barrier-from", "the day", today);
        let step = text(&first_step.get_untracked()).map(|what| {
            Fact::PlanStep(PlanStep {
                about: barrier,
                day: from.unwrap_or(today),
                what,
                begun: None,
            })
        });
        let fact = kind.zip(said).map(|(kind, text)| {
            Fact::Barrier(Barrier {
                barrier,
                kind,
                text,
                overcome,
                from,
            })
        });
        reading.finish(fact.map(|fact| std::iter::once(fact).chain(step).collect()))
    });
    let states = vec![(false, "Open".to_owned()), (true, "Overcome".to_owned())];
    let is_over = move || standing.get() == Some(true);
    view! {
        <QuickForm chart=place.chart title=if is_new { "Barrier" } else { "Change the barrier" } deed="Barrier recorded" save="Save barrier" read on_close=place.form.closes()>
            <Choice id="barrier-kind" legend="What kind" options=options(BARRIERS) value=kind/>
            <TextField id="barrier-text" label="What is in the way" value=words width=Width::Full/>
            <DateField id="barrier-from" label="Heard of on" value=from max=today_text(desk)/>
            {is_new.then(|| view! { <TextField id="barrier-step" label="What was done about it that day" value=first_step width=Width::Full hint="Empty: nothing yet. Each further step is added with its day"/> })}
            {(!is_new).then(|| view! {
                <Choice id="barrier-state" legend="Where it stands" options=states value=standing/>
                <Show when=is_over><DateField id="barrier-day" label="Overcome on" value=day max=today_text(desk)/></Show>
            })}
        </QuickForm>
    }
}

#[component]
fn InterventionForm(place: Place, which: Option<ThingId>) -> impl IntoView {
    let desk = use_desk();
    let people = follow_people(desk);
    let known = place.plan.with_untracked(|plan| {
        let known = plan
            .interventions
            .iter()
            .find(|view| Some(view.planned.intervention) == which);
        known.map(|view| view.planned.clone())
    });
    let kind = RwSignal::new(known.as_ref().map(|planned| planned.kind));
    let detail = field(
        known
            .as_ref()
            .and_then(|planned| planned.detail.clone())
            .unwrap_or_default(),
    );
    let often = field(
        known
            .as_ref()
            .and_then(|planned| planned.how_often.clone())
            .unwrap_or_default(),
    );
    let by = field(
        known
            .as_ref()
            .and_then(|planned| planned.by)
            .map(|by| by.to_string())
            .unwrap_or_default(),
    );
    let until = day_field(known.as_ref().and_then(|planned| planned.until));
    let is_new = known.is_none();
    let from = set_field(known.map(|planned| Some(planned.from)), desk);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let from = set_on(&mut reading, from, "intervention-from", desk);
        let kind: Option<Intervention> =
            reading.chosen(kind.get_untracked(), "intervention-kind", "Choose the intervention");
        let until = reading.maybe_day(&until.get_untracked(), "intervention-until", "the day");
        let intervention = match which {
            Some(intervention) => intervention,
            None => new_thing()?,
        };
        let fact = kind.zip(from).map(|(kind, from)| {
            Fact::PlannedIntervention(PlannedIntervention {
                intervention,
                kind,
                detail: text(&detail.get_untracked()),
                how_often: text(&often.get_untracked()),
                by: by.get_untracked().parse().ok(),
                from,
                until,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let by_whom = everybody(people, "The care manager");
    view! {
        <QuickForm chart=place.chart title=if is_new { "Intervention in the plan" } else { "Change the intervention" } deed="Intervention recorded" save="Save intervention" read on_close=place.form.closes()>
            <Choice id="intervention-kind" legend="Which" options=options(INTERVENTIONS) value=kind/>
            <TextField id="intervention-detail" label="What exactly" value=detail width=Width::Full/>
            <div class="fields">
                <TextField id="intervention-often" label="How often" value=often hint="such as: at each call"/>
                <Select id="intervention-by" label="By whom" options=by_whom value=by/>
                <DateField id="intervention-from" label="Agreed on" value=from max=today_text(desk)/>
                {(!is_new).then(|| view! { <DateField id="intervention-until" label="Ended on" value=until hint="Empty while it goes on"/> })}
            </div>
        </QuickForm>
    }
}

#[component]
fn EducationForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let (topic, day, handout) = (field(""), field(today_text(desk)), field(""));
    let to = RwSignal::new(vec![With::Patient]);
    let how = RwSignal::new(vec![EducationHow::Talk]);
    let understood = RwSignal::new(None::<Understood>);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let topic = reading.text(&topic.get_untracked(), "education-topic", "Say what it was about");
        let day = reading.past(
            &day.get_untracked(),
            "education-day",
            "the day",
            desk.today().get_untracked(),
        );
        let to = to.get_untracked();
        let to = reading.chosen(
            (!to.is_empty()).then_some(to),
            "education-to",
            "Choose to whom it was given",
        );
        let fact = topic.zip(day).zip(to).map(|((topic, day), to)| {
            let handout = text(&handout.get_untracked());
            let mut how = how.get_untracked();
            if handout.is_some() && !how.contains(&EducationHow::Handout) {
                how.push(EducationHow::Handout);
            }
            Fact::Education(Education {
                how,
                handout,
                understood: understood.get_untracked(),
                ..Education::about(When::Day(day), topic, to)
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    view! {
        <QuickForm chart=place.chart title="Education" deed="Education recorded" save="Save education" read on_close=place.form.closes()>
            <TextField id="education-topic" label="About what" value=topic width=Width::Full hint="such as: how antidepressants work, sleep, what depression is"/>
            <Checks id="education-to" legend="To whom" options=options(WITH) value=to/>
            <Checks id="education-how" legend="How" options=options(EDUCATION_HOW) value=how/>
            <TextField id="education-handout" label="Hand-out given" value=handout width=Width::Full hint="its title; empty when there was none"/>
            <Choice id="education-understood" legend="Understood" options=options(UNDERSTOOD) value=understood/>
            <DateField id="education-day" label="Day" value=day max=today_text(desk)/>
        </QuickForm>
    }
}

#[component]
fn ReviewForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let today = desk.today().get_untracked();
    let (note, day) = (field(""), field(today.to_string()));
    let office = desk.clinic().with_untracked(crate::care::Office::of);
    let next = field(office.open_day(today.plus(NEXT_REVIEW)).to_string());
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let day = reading.past(
            &day.get_untracked(),
            "review-day",
            "the day",
            desk.today().get_untracked(),
        );
        let next = reading.maybe_day(&next.get_untracked(), "review-next", "the next day");
        let note = text(&note.get_untracked());
        reading.finish(day.map(|day| vec![Fact::PlanReview(PlanReview { day, next, note })]))
    });
    view! {
        <QuickForm chart=place.chart title="Plan gone through" deed="Plan review recorded" save="Save review" read on_close=place.form.closes()>
            <TextArea id="review-note" label="What was changed" value=note rows=2 hint="Empty: nothing"/>
            <div class="fields">
                <DateField id="review-day" label="Day" value=day max=today_text(desk)/>
                <DateField id="review-next" label="Next" value=next hint="It comes up on Today then. Empty: it doesn\u{2019}t"/>
            </div>
        </QuickForm>
    }
}
