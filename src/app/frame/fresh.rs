//! A positive answer whose form was left: what is done is asked for on every page until it is said.

use leptos::prelude::*;

use crate::app::components::{ButtonLink, Form, FormErrors, Icon, IconName, Submit, TextField, Width};
use crate::app::fresh::Fresh;
use crate::app::pages::{Reading, to_errors};
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::journal::facts::{ConcernStep, Step};
use crate::journal::{Fact, When};
use crate::registry::{ConcernView, Request, Response};

/// The oldest concern that waits for an action. The concern's own page asks for more, so it isn't shown there.
#[component]
pub fn FreshBanner() -> impl IntoView {
    let (desk, router) = (use_desk(), use_router());
    let first = Memo::new(move |_| {
        let here = match router.get() {
            Some(Route::Safety(_, concern)) => Some(concern),
            _ => None,
        };
        let waiting = desk.fresh().waiting();
        waiting.into_iter().find(|fresh| Some(fresh.concern) != here)
    });
    move || first.get().map(|fresh| view! { <Waiting fresh/> })
}

/// Whether a concern is open and a step of it lacks, or is due again since a higher answer.
fn waits(concern: &ConcernView) -> bool {
    let due = &concern.due;
    let is_due = due.triage.is_some() || due.second_step.is_some() || due.clinician.is_some();
    concern.open && (is_due || concern.next_contact.is_none())
}

#[component]
fn Waiting(fresh: Fresh) -> impl IntoView {
    let desk = use_desk();
    let (chart, concern) = (fresh.chart, fresh.concern);
    // A concern that was undone, closed elsewhere, or whose steps are all recorded waits for nothing.
    let open = desk.follow(
        move || Request::Patient(chart),
        move |response| match response {
            Response::Patient(view) => Some(view.concerns.iter().any(|c| c.concern == concern && waits(c))),
            _ => None,
        },
    );
    crate::app::effects::effect(move |_| {
        if open.value().get().is_some_and(|open| !*open) {
            desk.fresh().forget(concern);
        }
    });
    let why = RwSignal::new(String::new());
    let (errors, busy) = (FormErrors::new(), RwSignal::new(false));
    let record = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        let mut reading = Reading::default();
        let said = reading.text(
            &why.get_untracked(),
            "fresh-why",
            "Say what you do now, and why the steps wait",
        );
        let said = match reading.finish(said) {
            Ok(said) => said,
            Err(wrong) => return errors.set(to_errors(wrong)),
        };
        let step = ConcernStep {
            concern,
            at: When::At(desk.instant()),
            step: Step::Action {
                what: format!("Safety steps left open: {said}"),
            },
            note: None,
        };
        busy.set(true);
        let facts = vec![Fact::ConcernStep(step)];
        desk.submit(Intent::Record { chart, facts }, "Reason recorded", move |result| {
            let _idle = busy.try_set(false);
            if let Err(failure) = result {
                errors.set_whole(failure.to_string());
            }
        });
    });
    let href = Route::Safety(chart, concern).href();
    view! {
        <section class="fresh no-print" role="alert" aria-label="A positive safety answer waits">
            <p class="alarm-title">
                <Icon name=IconName::Alert/>
                {format!("{}: a positive safety answer. Its concern is open. Nobody else is alerted.", fresh.who)}
            </p>
            <p>"This stays until you take the safety steps, or say what you do now and why they wait."</p>
            <p><ButtonLink href>"Safety steps"</ButtonLink></p>
            <Form errors on_submit=record label="What is done about the positive answer">
                <TextField id="fresh-why" label="What you do now, and why the steps wait" value=why width=Width::Full/>
                <div class="actions"><Submit busy>"Record and close this"</Submit></div>
            </Form>
        </section>
    }
}
