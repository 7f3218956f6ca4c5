//! One form of the stack.

use std::sync::Arc;

use leptos::prelude::*;

use super::Sitting;
use super::entered::Entered;
use super::pick::told;
use crate::app::browser;
use crate::app::components::{Button, ButtonKind, Form, FormErrors, Submit};
use crate::app::pages::common::{AskOnce, Once, Reading, follow_patient, to_errors};
use crate::app::pages::contact::early::{Early, finishing};
use crate::app::pages::contact::form::scoring_context;
use crate::app::pages::contact::measure::MeasureEntry;
use crate::app::pages::patient::same_day::same_day;
use crate::app::state::use_desk;
use crate::app::typed::measure::{MeasureTyped, Way, safety_field};
use crate::app::typed::{Wrong, read_day};
use crate::care::intent::Intent;
use crate::instruments::{Context, Definition};
use crate::journal::facts::Taken;
use crate::journal::{Day, Fact, When};
use crate::registry::{FoundPatient, PatientView};

/// The form of one patient.
#[component]
pub fn OneForm(
    /// What stays from form to form.
    sitting: Sitting,
    /// Whose form.
    patient: FoundPatient,
    /// Its instrument.
    instrument: String,
) -> impl IntoView {
    let chart = patient.chart;
    let desk = use_desk();
    let view = follow_patient(desk, chart);
    let Some(definition) = untrack(|| desk.instrument(&instrument)) else {
        return ().into_any();
    };
    let patient = StoredValue::new(patient);
    view! {
        <Once answer=view what="the patient" children=move |view| {
            view! { <Fill sitting patient=patient.get_value() definition view/> }
        }/>
    }
    .into_any()
}

#[component]
fn Fill(
    sitting: Sitting,
    patient: FoundPatient,
    definition: &'static Definition,
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let desk = use_desk();
    let chart = patient.chart;
    let id = definition.id.as_str();
    let value = RwSignal::new(sitting.fresh(definition));
    let day = move || {
        read_day(
            "stack-day",
            "the day on the forms",
            &sitting.day.get(),
            Some(desk.today().get()),
        )
    };
    let how = move || sitting.how.get().unwrap_or(Taken::Paper);
    let early = Early::provide(chart, move || {
        let at = day().unwrap_or_else(|_wrong: Wrong| desk.today().get());
        (When::Day(at), how())
    });
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let ask = AskOnce::new();
    let context = view.with_untracked(|view| scoring_context(view));
    let scoring = StoredValue::new(context.clone());
    let name = StoredValue::new(patient.name.clone());
    let submit = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        let typed = value.get_untracked();
        let fact = match untrack(|| read(&typed, definition, day(), how())) {
            Ok(fact) => fact,
            Err(wrong) => return errors.set(to_errors(wrong)),
        };
        let open = scoring.with_value(|context| typed.left_open(definition, context));
        if !ask.may_save(errors, open.into_iter().collect()) {
            return;
        }
        sitting.way.set(Some(typed.way));
        let begun: Vec<_> = typed.begun.into_iter().collect();
        let record = Intent::Record {
            chart,
            facts: vec![fact],
        };
        busy.set(true);
        let what = format!("{} recorded", definition.short_title);
        desk.submit(finishing(record, begun), what, move |result| {
            let _idle = busy.try_set(false);
            match result {
                Ok(saved) => {
                    let committed = typed.begun.filter(|entry| early.has_written(*entry));
                    let entry = committed.or(saved.entries.first().copied());
                    sitting.take(Entered {
                        chart,
                        name: name.get_value(),
                        title: definition.short_title.clone(),
                        words: scoring.with_value(|context| words(&typed, definition, context)),
                        concern: saved.concerns.first().copied(),
                        entry,
                        undone: false,
                    });
                }
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    });
    let first = first_field(definition, sitting.fresh(definition).way);
    browser::focus_soon(first);
    let twice = move || {
        let day: Day = sitting.day.get().parse().ok()?;
        let begun = value.with(|typed| typed.begun);
        view.with(|view| same_day(view, id, day, begun))
    };
    // Left before it was saved: what was committed stays, and is said below.
    let leave = move |()| {
        if let (Some(entry), Some(concern)) = (value.with_untracked(|typed| typed.begun), early.concern()) {
            sitting.take(Entered {
                chart,
                name: name.get_value(),
                title: definition.short_title.clone(),
                words: "not finished: the positive answer was saved".to_owned(),
                concern: Some(concern),
                entry: Some(entry),
                undone: false,
            });
        } else {
            sitting.next();
        }
    };
    view! {
        <section class="stack-form" aria-label="Form of the chosen patient">
            <p class="who"><strong class="name">{patient.name.clone()}</strong><span class="about">{told(&patient)}</span></p>
            {move || twice().map(|words| view! { <p class="hint same-day" role="status">{words}</p> })}
            <Form errors on_submit=submit label=format!("{} of {}", definition.short_title, patient.name)>
                <MeasureEntry id definition value context/>
                <div class="actions">
                    <Submit busy>"Save, next patient"</Submit>
                    <Button kind=ButtonKind::Quiet on_press=leave>"Another patient"</Button>
                    <span class="hint"><kbd>"Enter"</kbd>" saves and goes on"</span>
                </div>
            </Form>
        </section>
    }
}

/// Where the keys begin.
fn first_field(definition: &Definition, way: Way) -> String {
    let id = definition.id.as_str();
    match (way, definition.items.first(), definition.safety_items.first()) {
        (Way::Questions, Some(item), _) => format!("{id}-{}", item.id),
        (_, _, Some(safety)) => safety_field(id, &safety.item),
        (..) => format!("{id}-total"),
    }
}

fn read(
    typed: &MeasureTyped,
    definition: &Definition,
    day: Result<Day, Wrong>,
    how: Taken,
) -> Result<Fact, Vec<Wrong>> {
    let id = definition.id.as_str();
    let at = When::Day(day.map_err(|wrong| vec![wrong])?);
    let declined = typed.read_declined(definition, id, at).map_err(|wrong| vec![wrong])?;
    if let Some(declined) = declined {
        return Ok(Fact::Declined(declined));
    }
    let mut reading = Reading::default();
    let taken = typed.read(definition, id, at, how)?;
    let taken = reading.chosen(taken, &format!("{id}-way"), "Choose how the form is entered");
    reading.finish(taken.map(Fact::Assessment))
}

/// What a form came to, for the list.
fn words(typed: &MeasureTyped, definition: &Definition, context: &Context) -> String {
    let running = typed.running(definition, context);
    match (typed.way, running.sum) {
        (Way::Declined, _) => "not taken".to_owned(),
        (Way::TotalOnly, _) => format!("{}, total only", typed.total.trim()),
        (_, Some(sum)) if running.is_complete() => {
            let band = running.band.map(|band| format!(", {}", band.to_lowercase()));
            format!("{sum}{}", band.unwrap_or_default())
        }
        (_, Some(_)) => format!("{} of {} answered, no score", running.answered, running.asked),
        (_, None) => typed
            .outcome(definition, context)
            .unwrap_or_else(|| "recorded".to_owned()),
    }
}
