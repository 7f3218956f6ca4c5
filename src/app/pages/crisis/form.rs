//! The form itself: what is asked, in the order in which it is asked.

use leptos::prelude::*;

use super::fields::Fields;
use super::{Begun, began, who};
use crate::app::browser::now_millis;
use crate::app::components::{
    Button, ButtonKind, Checks, Choice, DateField, Form, FormErrors, FormGroup, Icon, IconName, InputKind, NumberField,
    Select, Submit, TextArea, TextField, Width,
};
use crate::app::effects::effect;
use crate::app::format;
use crate::app::frame::use_crises;
use crate::app::pages::common::to_errors;
use crate::app::pages::contact::early::{Early, finishing};
use crate::app::pages::contact::measure::MeasureGrid;
use crate::app::pages::safety::{RuleOfKind, ToldFields};
use crate::app::route::{Route, word};
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::app::typed::contact::{shipped, taken_by};
use crate::app::typed::crisis::{FORGOTTEN, holds_a_positive_answer};
use crate::app::words::{CONCERNS, DISPOSITIONS, MODES, WITH, options};
use crate::care::intent::Intent;
use crate::instruments::{Context, Definition};
use crate::journal::ChartId;
use crate::journal::facts::ConcernKind;

/// The form of one crisis contact.
#[component]
pub fn CrisisForm(
    /// What was begun.
    begun: Begun,
    /// Begins another one.
    on_another: Callback<()>,
) -> impl IntoView {
    let (desk, router, crises) = (use_desk(), use_router(), use_crises());
    let Begun { key, typed, restored } = begun;
    let fields = Fields::new(typed);
    let key = StoredValue::new(key);
    let keeper = desk.keep_draft(key.get_value(), move || {
        let typed = fields.typed();
        let worth_it = restored || typed.holds_something();
        if worth_it {
            key.with_value(|key| crises.begun(key));
        }
        worth_it.then(|| typed.to_draft()).flatten()
    });
    let keeper = StoredValue::new_local(keeper);
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let soon = Callback::new(move |()| keeper.with_value(|keeper| keeper.store_soon()));
    // The line on the other pages says that a positive answer waits in a draft that has no patient.
    effect(move |_| {
        let waits = fields.chart.with(Option::is_none) && fields.asq.with(holds_a_positive_answer);
        key.with_value(|key| crises.waits(key, waits));
    });

    let submit = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        let typed = untrack(|| fields.typed());
        let Some(chart) = typed.chart else {
            return hold(fields);
        };
        let form = match typed.read(chart, shipped("asq"), untrack(|| desk.zone()), now_millis()) {
            Ok(form) => form,
            Err(wrong) => return errors.set(to_errors(wrong)),
        };
        busy.set(true);
        let begun: Vec<_> = typed.asq.begun.into_iter().collect();
        desk.submit(
            finishing(Intent::Crisis(Box::new(form)), begun),
            "Crisis contact recorded",
            move |result| {
                busy.set(false);
                match result {
                    Ok(saved) => {
                        keeper.with_value(|keeper| keeper.drop_draft());
                        key.with_value(|key| crises.over(key));
                        router.go(match saved.concerns.last() {
                            Some(concern) => Route::Safety(chart, *concern),
                            None => Route::Patient(chart),
                        });
                    }
                    Err(failure) => errors.set_whole(failure.to_string()),
                }
            },
        );
    });
    crate::app::browser::focus_soon(match fields.held.get_untracked() {
        true => "crisis-find",
        false => "crisis-place",
    });
    view! {
        <header class="page-head">
            <h1>"Crisis contact"</h1>
            <Clock fields/>
            <p class="hint">"Begun "{move || began(desk, fields.typed().at(desk.zone()))}</p>
            <div class="actions"><Button kind=ButtonKind::Quiet on_press=on_another>"Begin another"</Button></div>
        </header>
        {restored.then(|| view! {
            <div class="notice-line" role="status">
                <Icon name=IconName::Waiting/>
                <p>"This is what you typed before, kept in this browser. It is in no record yet."</p>
            </div>
        })}
        <div class="crisis-columns">
            <who::Who fields/>
            <div class="crisis-form">
                <Form errors on_submit=submit label="Crisis contact">
                    <Asked fields/>
                    <SecondStep fields soon/>
                    <Ended fields/>
                    <Held fields/>
                    <div class="actions save-bar">
                        <Submit busy>{move || match fields.chart.get() {
                            Some(_) => "Save crisis contact",
                            None => "Keep it without a patient",
                        }}</Submit>
                        <span class="hint"><kbd>"Ctrl+Enter"</kbd>" saves from anywhere. Nothing here is required."</span>
                    </div>
                </Form>
            </div>
        </div>
    }
}

/// Kept without a patient: nothing is lost, and the clock stands still.
fn hold(fields: Fields) {
    fields.held.set(true);
    fields.clock.update(|(stopped, _)| {
        stopped.get_or_insert(now_millis());
    });
    crate::app::browser::focus_soon("crisis-find");
}

/// The questions of ASQ about a patient who is known: a positive answer is committed with its concern the moment it is
/// typed, whatever becomes of the form. The id under which it commits is kept with the draft.
#[component]
fn CommittedAtOnce(
    chart: ChartId,
    fields: Fields,
    definition: &'static Definition,
    soon: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let early = Early::provide(chart, move || {
        let typed = fields.typed();
        (typed.at(desk.zone()), taken_by(typed.mode))
    });
    early.follow(definition, fields.asq);
    effect(move |_| {
        if early.committed().with(Option::is_some) {
            soon.run(());
        }
    });
    view! { <MeasureGrid id="asq" definition value=fields.asq context=Context::new()/> }
}

/// The stopwatch, and a button that stops it.
#[component]
fn Clock(fields: Fields) -> impl IntoView {
    let now = use_desk().now();
    let seconds = move || fields.typed().seconds(now.get());
    let runs = move || fields.clock.get().0.is_none();
    let turn = move |()| {
        let mut typed = untrack(|| fields.typed());
        typed.turn_clock(now_millis());
        fields.clock.set((typed.stopped, typed.paused));
    };
    view! {
        <p class="crisis-clock">
            <Icon name=IconName::Clock/>
            <span class="timer-time" role="timer" aria-label="Time">{move || format::stopwatch(seconds())}</span>
            <Button kind=ButtonKind::Quiet on_press=turn>{move || if runs() { "Stop the clock" } else { "Go on" }}</Button>
            {move || (seconds() > FORGOTTEN).then_some("It ran for hours: type the minutes below, or no time is written down.")}
        </p>
    }
}

/// Where, call back, who is there, means.
#[component]
fn Asked(fields: Fields) -> impl IntoView {
    view! {
        <TextField id="crisis-place" label="Where are you now?" value=fields.place width=Width::Full hint="Address, building, floor; a vehicle: which, and where it stands"/>
        <TextField id="crisis-call-back" label="What number can I call back?" value=fields.call_back kind=InputKind::Telephone/>
        <TextField id="crisis-company" label="Who is with you?" value=fields.company width=Width::Full/>
        <TextArea id="crisis-means" label="Means: what is at hand, and can somebody take it away?" value=fields.means rows=2/>
    }
}

/// What it is about, and its second step.
#[component]
fn SecondStep(fields: Fields, soon: Callback<()>) -> impl IntoView {
    let kinds: Vec<(String, String)> = CONCERNS
        .iter()
        .map(|(kind, words)| (word(*kind), (*words).to_owned()))
        .collect();
    let answered = Memo::new(move |_| fields.asq.with(|typed| !typed.answers.is_empty()));
    let asked = Memo::new(move |_| fields.about() == ConcernKind::Suicide || answered.get());
    let rule = move || match fields.about() {
        ConcernKind::Suicide => None,
        kind => Some(view! { <RuleOfKind kind/> }),
    };
    // Answers that were given before the crisis turned out to be about something else are saved: they stay in sight.
    let grid = move || {
        let definition = shipped("asq").filter(|_| asked.get())?;
        Some(match fields.chart.get() {
            Some(chart) => view! { <CommittedAtOnce chart fields definition soon/> }.into_any(),
            None => view! { <MeasureGrid id="asq" definition value=fields.asq context=Context::new()/> }.into_any(),
        })
    };
    view! {
        <FormGroup legend="Second step">
            <Select id="crisis-kind" label="About" options=Signal::stored(kinds) value=fields.kind/>
            {rule}
            {grid}
            <TextArea id="crisis-showed" label="What it showed, in your words" value=fields.showed rows=2/>
        </FormGroup>
    }
}

/// Where it led, who was told, the next contact, and the rest.
#[component]
fn Ended(fields: Fields) -> impl IntoView {
    let desk = use_desk();
    let today = desk.today().get_untracked();
    let soon = move |days: i64, words: &'static str| {
        let day = today.plus(days).to_string();
        let pressed = {
            let day = day.clone();
            move || (fields.next.get() == day).to_string()
        };
        view! {
            <button type="button" class="button quiet" aria-pressed=pressed on:click=move |_| fields.next.set(day.clone())>{words}</button>
        }
    };
    view! {
        <FormGroup legend="Where it led">
            <Choice id="crisis-led" legend="Disposition" options=options(DISPOSITIONS) value=fields.led_to stacked=true/>
            <TextField id="crisis-led-note" label="More about it" value=fields.led_note width=Width::Full/>
        </FormGroup>
        <FormGroup legend="Who was told">
            <ToldFields rows=fields.told/>
        </FormGroup>
        <FormGroup legend="Next contact">
            <div class="next-days">
                <DateField id="crisis-next" label="On" value=fields.next min=today.to_string()/>
                {soon(0, "Today")}{soon(1, "Tomorrow")}{soon(2, "In 2 days")}{soon(3, "In 3 days")}
            </div>
        </FormGroup>
        <FormGroup legend="The contact">
            <Checks id="crisis-with" legend="Spoken with" options=options(WITH) value=fields.with/>
            <Choice id="crisis-mode" legend="How" options=options(MODES) value=fields.mode/>
            <TextArea id="crisis-note" label="Note" value=fields.note rows=3/>
            <NumberField id="crisis-minutes" label="Minutes" value=fields.minutes unit="min" hint="Empty: what the clock above shows"/>
        </FormGroup>
    }
}

/// Says what became of one that was kept without a patient.
#[component]
fn Held(fields: Fields) -> impl IntoView {
    let waits = move || fields.held.get() && fields.chart.get().is_none();
    view! {
        <div role="status">
            <Show when=waits>
                <p class="crisis-held"><Icon name=IconName::Waiting/>
                    "Kept, sealed, in this browser, and in no record yet. Find the patient or register them: then save. A line on every page leads back here."
                </p>
            </Show>
        </div>
    }
}

/// Chooses the patient, or lets go of one who was chosen by mistake.
pub fn choose(fields: Fields, chart: Option<ChartId>) {
    // What was committed for somebody else stays in their record: here it is committed anew.
    fields.asq.update(|typed| typed.begun = None);
    fields.chart.set(chart);
}
