//! The form itself: what is asked, in the order in which it is asked.

use leptos::prelude::*;
use leptos::task::spawn_local;

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
use crate::app::pages::common::{new_thing, to_errors};
use crate::app::pages::contact::measure::MeasureGrid;
use crate::app::pages::safety::{RuleOfKind, ToldFields};
use crate::app::route::{Route, word};
use crate::app::router::use_router;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::contact::shipped;
use crate::app::typed::crisis::FORGOTTEN;
use crate::app::words::{CONCERNS, DISPOSITIONS, MODES, WITH, options};
use crate::care::intent::Intent;
use crate::instruments::Context;
use crate::journal::facts::{Because, Concern, ConcernKind, Level};
use crate::journal::{ChartId, Fact, ThingId, When};
use crate::registry::{Request, Response};

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
        worth_it.then(|| serde_json::to_string(&typed).ok()).flatten()
    });
    let keeper = StoredValue::new_local(keeper);
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    raise_at_once(fields, errors, busy);

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
        desk.submit(
            Intent::Crisis(Box::new(form)),
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
    request_animation_frame(move || {
        let to = if fields.held.get_untracked() {
            "crisis-find"
        } else {
            "crisis-place"
        };
        crate::app::browser::focus(to);
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
                    <SecondStep fields/>
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
    request_animation_frame(|| crate::app::browser::focus("crisis-find"));
}

/// A positive answer about a patient who is known opens a concern at once, whatever becomes of the form; the open one,
/// where there is one. A save that failed is tried again with the next answer.
fn raise_at_once(fields: Fields, errors: FormErrors, busy: RwSignal<bool>) {
    let desk = use_desk();
    let Some(asq) = shipped("asq") else { return };
    let is_positive = Memo::new(move |_| {
        let running = fields.asq.with(|typed| typed.running(asq, &Context::new()));
        running.alarm().is_some()
    });
    let underway = StoredValue::new(None::<ChartId>);
    effect(move |_| {
        fields.asq.track();
        let waits = is_positive.get() && !fields.raised.get_untracked();
        let chart = fields.chart.get().filter(|_| waits);
        let Some(chart) = chart.filter(|chart| underway.get_value() != Some(*chart)) else {
            return;
        };
        underway.set_value(Some(chart));
        let at = untrack(|| fields.typed().at(desk.zone()));
        spawn_local(async move {
            let open = open_concern(desk, chart).await;
            // The form is being saved meanwhile, and its answers with it: that opens the concern.
            let fact = match busy.try_get_untracked() {
                Some(true) => None,
                _ => answered_in_crisis(open, at),
            };
            let Some(fact) = fact else {
                let _gone = underway.try_set_value(None);
                return;
            };
            let facts = vec![fact];
            desk.submit(Intent::Record { chart, facts }, "Concern opened", move |result| {
                let _gone = underway.try_set_value(None);
                // The form may be gone, or with somebody else by now.
                if fields.chart.try_get_untracked().flatten() != Some(chart) {
                    return;
                }
                match result {
                    Ok(_) => fields.raised.set(true),
                    Err(failure) => errors.set_whole(failure.to_string()),
                }
            });
        });
    });
}

/// The concern about suicide that is open already.
async fn open_concern(desk: Desk, chart: ChartId) -> Option<ThingId> {
    let Ok(Response::Patient(view)) = desk.ask(Request::Patient(chart)).await else {
        return None;
    };
    let mut concerns = view.concerns.iter();
    let open = concerns.find(|concern| concern.open && concern.kind == ConcernKind::Suicide)?;
    Some(open.concern)
}

fn answered_in_crisis(open: Option<ThingId>, at: When) -> Option<Fact> {
    let concern = open.or_else(|| new_thing().ok())?;
    let note = "A positive answer in a crisis contact that is being written down".to_owned();
    Some(Fact::Concern(Concern {
        concern,
        kind: ConcernKind::Suicide,
        because: Because::ByHand { note },
        level: Level::High,
        at,
    }))
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
fn SecondStep(fields: Fields) -> impl IntoView {
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
        Some(view! { <MeasureGrid id="asq" definition value=fields.asq context=Context::new()/> })
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
    fields.raised.set(false);
    fields.chart.set(chart);
}
