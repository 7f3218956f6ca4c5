//! From a barrier straight to what is done about it: a referral out, or a task, prefilled; what was done is noted with it.
//! From a barrier that is held back nothing is prefilled: the referral or the task is free, and would tell of it.

use leptos::prelude::*;

use super::{Open, Place};
use crate::app::pages::common::{Once, follow_patient};
use crate::app::pages::course::boxes::OneForm;
use crate::app::pages::course::together::{FromBarrier, NewReferral, NewTask, follow_together};
use crate::app::state::use_desk;
use crate::app::words::{BARRIERS, word_of};
use crate::care::coordination::help_for;
use crate::journal::ThingId;

/// The form of a referral out, or of a task, about a barrier.
#[component]
pub fn AboutBarrier(place: Place, open: Open) -> impl IntoView {
    let desk = use_desk();
    let chart = place.chart;
    let close = place.form.closes();
    let from = match open {
        Open::BarrierReferral(id) | Open::BarrierTask(id) => from_barrier(place, id),
        _ => None,
    };
    let from = from?;
    let around = follow_together(desk, chart);
    Some(match open {
        Open::BarrierTask(_) => {
            let children = move |view| view! { <NewTask chart view from=from.clone() close/> };
            view! { <Once answer=around what="tasks and referrals" children/> }.into_any()
        }
        _ => {
            let patient = follow_patient(desk, chart);
            let children = move |patient| {
                let from = from.clone();
                let children = move |view| view! { <NewReferral chart patient view from=from.clone() close/> };
                view! { <Once answer=around what="tasks and referrals" children/> }
            };
            view! { <Once answer=patient what="the patient" children/> }.into_any()
        }
    })
}

fn from_barrier(place: Place, id: ThingId) -> Option<FromBarrier> {
    place.plan.with_untracked(|plan| {
        let view = plan.barriers.iter().find(|view| view.barrier.barrier == id)?;
        let kind = word_of(BARRIERS, view.barrier.kind);
        Some(FromBarrier {
            barrier: id,
            kind: help_for(view.barrier.kind).filter(|_| !view.held),
            what: (!view.held).then(|| format!("{kind}: {}", view.barrier.text)),
        })
    })
}
