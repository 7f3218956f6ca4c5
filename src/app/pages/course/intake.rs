//! Who, referral, team, diagnoses, payer and episodes: written once here, used everywhere else.

use std::cell::Cell;
use std::sync::Arc;

use leptos::prelude::*;

use crate::app::pages::common::Once;
use crate::app::state::use_desk;
use crate::journal::{ChartId, ThingId};
use crate::registry::{IntakeView, PatientView, Request, Response};

mod details;
mod diagnoses;
mod enrolment;
mod episodes;
mod manager;
mod outreach;
mod payer;
mod referral;
mod team;

/// The form that is open; one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Details,
    Referral,
    Letter,
    Visit,
    Enrol,
    Diagnosis(Option<ThingId>),
    Payer,
    Member(Option<ThingId>),
    CareManager,
    Coverage,
    Episode,
}

thread_local! {
    /// Whose form another page asked for before it came here.
    static WISH: Cell<Option<(ChartId, Open)>> = const { Cell::new(None) };
}

/// Lets the section open with the form of a new episode.
pub fn wish_for_episode(chart: ChartId) {
    WISH.set(Some((chart, Open::Episode)));
}

/// Lets the section open with the form of a new diagnosis.
pub fn wish_for_diagnosis(chart: ChartId) {
    WISH.set(Some((chart, Open::Diagnosis(None))));
}

/// Lets the section open with the form of an initiating visit.
pub fn wish_for_visit(chart: ChartId) {
    WISH.set(Some((chart, Open::Visit)));
}

/// Lets the section open with the details, among them the treating clinician.
pub fn wish_for_details(chart: ChartId) {
    WISH.set(Some((chart, Open::Details)));
}

/// What every box gets.
#[derive(Clone, Copy)]
struct Place {
    chart: ChartId,
    intake: Signal<Arc<IntakeView>>,
    open: RwSignal<Option<Open>>,
}

impl Place {
    /// Whether this form is open.
    fn is(self, form: Open) -> bool {
        self.open.get() == Some(form)
    }
    /// What the page shows, without following it.
    fn now(self) -> Arc<IntakeView> {
        self.intake.get_untracked()
    }
}

/// The section.
#[component]
pub fn Intake(
    /// Whose record.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let intake = use_desk().follow(
        move || Request::Intake(chart),
        |response| match response {
            Response::Intake(view) => Some(*view),
            _ => None,
        },
    );
    view! {
        <Once answer=intake what="the intake" children=move |intake| {
            let wished = WISH.take().filter(|(of, _)| *of == chart).map(|(_, form)| form);
            let place = Place { chart, intake, open: RwSignal::new(wished) };
            view! {
                <div class="intake">
                    <div class="intake-column">
                        <details::Who place view/>
                        <referral::ReferralIn place/>
                        <outreach::Reaching place/>
                        <episodes::Episodes place/>
                    </div>
                    <div class="intake-column">
                        <enrolment::Enrolment place view/>
                        <diagnoses::Diagnoses place/>
                        <team::Team place/>
                        <manager::CareManager place/>
                        <payer::PayerBox place/>
                    </div>
                </div>
            }
        }/>
        <super::privacy::Privacy chart/>
        <crate::app::pages::ledger::LedgerLinks chart/>
    }
}

/// A line of names and values; nothing where the value is empty.
fn fact(name: &'static str, value: Option<String>) -> Option<impl IntoView> {
    value.map(|value| view! { <dt>{name}</dt><dd class="prose-line">{value}</dd> })
}
