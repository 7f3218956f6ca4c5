//! Months that wait until the clinic says from how many minutes on a payer takes G2214: chosen right here.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, Notice, Tone};
use crate::app::format;
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::journal::Fact;
use crate::journal::facts::PayerChoice;
use crate::registry::{MonthView, WaitingView};

/// The choice for each payer whose months wait.
#[component]
pub(super) fn Unsettled(
    /// The month.
    view: Arc<MonthView>,
) -> impl IntoView {
    if view.unsettled.is_none() && view.waiting.is_empty() {
        return ().into_any();
    }
    let sentence = view.unsettled.clone().unwrap_or_else(|| {
        "Months of 16 to 29 minutes are not settled: sources differ on whether G2214 takes 16 or 30 minutes. They stay out \
         of totals and files until you choose."
            .to_owned()
    });
    let lines = view.waiting.iter().map(line).collect_view();
    let lines = (!view.waiting.is_empty()).then(|| view! { <div class="payer-choices">{lines}</div> });
    view! {
        <Notice tone=Tone::Warning title="Not settled yet">
            <p>{sentence}" "<a href=Route::Settings.href()>"Choose in settings"</a></p>
            {lines}
        </Notice>
    }
    .into_any()
}

fn line(waiting: &WaitingView) -> impl IntoView + use<> {
    let desk = use_desk();
    let busy = RwSignal::new(false);
    let name = match waiting.payer.as_str() {
        "" => "Patients without a payer".to_owned(),
        payer => payer.to_owned(),
    };
    let months = format::count(waiting.patients.into(), "month waits", "months wait");
    let button = |minutes: u32| {
        let payer = waiting.payer.clone();
        let press = move |()| {
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            let choice = PayerChoice {
                payer: payer.clone(),
                g2214_minutes: minutes,
                day: desk.today().get_untracked(),
                source: None,
            };
            let what = format!("G2214 from {minutes} minutes chosen");
            desk.submit(Intent::Office(vec![Fact::PayerChoice(choice)]), what, move |_| {
                let _gone = busy.try_set(false);
            });
        };
        view! { <Button on_press=press>"From "{minutes}" minutes"</Button>" " }
    };
    let (used, other) = waiting.readings;
    let group = format!("G2214 for {name}");
    view! {
        <p role="group" aria-label=group>
            <b>{name}</b>": "{months}". "{button(used)}{button(other)}
        </p>
    }
}
