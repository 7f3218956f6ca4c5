//! Tasks and referrals out.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::pages::common::Once;
use crate::app::state::{Answer, Desk, use_desk};
use crate::journal::ChartId;
use crate::registry::{PatientView, Request, Response, TogetherView};

mod referral_forms;
mod referrals;
mod tasks;

pub use tasks::{Finishing, finished};

/// The section.
#[component]
pub fn Together(
    /// Whose record.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let answer = follow(use_desk(), chart);
    view! {
        <Once answer what="tasks and referrals" children=move |around| view! {
            <tasks::Tasks chart view=around/>
            <referrals::Referrals chart patient=view view=around/>
        }/>
    }
}

fn follow(desk: Desk, chart: ChartId) -> Answer<TogetherView> {
    desk.follow(
        move || Request::Together(chart),
        |response| match response {
            Response::Together(view) => Some(*view),
            _ => None,
        },
    )
}
