//! Tasks and referrals out.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::pages::common::Once;
use crate::app::state::{Answer, Desk, use_desk};
use crate::care::coordination::begun_words;
use crate::journal::facts::{PlanStep, ResourceKind};
use crate::journal::{ChartId, Day, Fact, ThingId};
use crate::registry::{PatientView, Request, Response, TogetherView};

mod referral_forms;
mod referrals;
mod tasks;

pub use referral_forms::MadeForm as NewReferral;
pub use tasks::{EditForm as NewTask, Finishing, finished};

/// The barrier about which something is begun.
#[derive(Clone)]
pub struct FromBarrier {
    /// Which.
    pub barrier: ThingId,
    /// The kind of help that it calls for; `None` also for one that is held back.
    pub kind: Option<ResourceKind>,
    /// What is in the way, in words; `None` when it is held back.
    pub what: Option<String>,
}

impl FromBarrier {
    /// What is noted under the barrier with what was begun about it.
    fn step(&self, begun: &Fact, day: Day) -> Option<Fact> {
        let what = begun_words(begun, day)?;
        let about = self.barrier;
        let begun = match begun {
            Fact::Task(task) => Some(task.task),
            Fact::OutgoingReferral(referral) => Some(referral.referral),
            _ => None,
        };
        Some(Fact::PlanStep(PlanStep {
            about,
            day,
            what,
            begun,
        }))
    }

    /// Why nothing is prefilled.
    fn hint(&self) -> Option<AnyView> {
        let words = "The barrier is held back, so nothing of it is filled in here: what you write isn\u{2019}t held back \
                     unless you mark it.";
        self.what
            .is_none()
            .then(|| view! { <p class="hint">{words}</p> }.into_any())
    }
}

/// The section.
#[component]
pub fn Together(
    /// Whose record.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let answer = follow_together(use_desk(), chart);
    view! {
        <Once answer what="tasks and referrals" children=move |around| view! {
            <tasks::Tasks chart view=around/>
            <referrals::Referrals chart patient=view view=around/>
        }/>
    }
}

/// Tasks and referrals, asked for again after every save.
pub fn follow_together(desk: Desk, chart: ChartId) -> Answer<TogetherView> {
    desk.follow(
        move || Request::Together(chart),
        |response| match response {
            Response::Together(view) => Some(*view),
            _ => None,
        },
    )
}
