//! One module a page.

use leptos::prelude::*;

use super::components::ButtonLink;
use super::route::Route;
use super::router::{Router, use_router};
use super::state::{Desk, use_desk};
use crate::journal::ThingId;

mod activities;
mod alerts;
mod assign;
mod caseload;
mod common;
mod contact;
mod course;
mod credits;
mod crisis;
mod day;
mod directory;
mod download;
mod edited;
mod ehr;
mod entered;
mod form_draft;
mod found;
mod hand_over;
mod help;
mod import;
mod ledger;
mod month;
mod paper;
mod patient;
mod patient_mode;
pub mod places;
mod privacy;
pub mod questions;
mod referral;
mod register;
mod review;
mod safety;
mod scripts;
mod search;
mod send;
mod set_aside;
mod settings;
mod sheet;
mod stack;
mod supervision;
mod time;
mod today;
mod triage;
mod undo;
mod unlock;
mod welcome;

pub use alerts::AlertsPage;
pub use assign::AssignPage;
pub use caseload::CaseloadPage;
pub use common::{Reading, to_errors};
pub use contact::ContactPage;
pub use course::SectionPage;
pub use credits::CreditsPage;
pub use crisis::CrisisPage;
pub use day::{DayPage, EveningPage, FeedbackWaits, HuddlePage, TheDay, WaitingAnswers, WeekPage};
pub use directory::DirectoryPage;
pub use ehr::EhrPage;
pub use entered::EnteredNotice;
pub use hand_over::HandOverPage;
pub use help::{HelpPanel, SingleKeysChoice};
pub use import::ImportPage;
pub use ledger::{ChartAuditPage, DayAuditPage, ErasePage, ErasedPage};
pub use month::{MonthPage, MonthPartPage};
pub use paper::{FilledPage, FormPage};
pub use patient::PatientPage;
pub use patient_mode::{PatientModePage, end_run, marker};
pub use privacy::PrivacyPage;
pub use register::RegisterPage;
pub use review::ReviewPage;
pub use safety::{SafetyPage, SafetyPlanPage};
pub use send::{JoinPanel, Joined, SendPage};
pub use settings::SettingsPage;
pub use sheet::SheetPage;
pub use stack::StackPage;
pub use supervision::SupervisionPage;
pub use time::TimePage;
pub use today::TodayPage;
pub use triage::TriagePage;
pub use unlock::{SheetForm, UnlockPage};
pub use welcome::WelcomePage;

/// The page of the current route. A page is made anew when its patient changes, and stays while only a filter, an
/// order or a month does: those it follows through the router.
#[component]
pub fn PageOf() -> impl IntoView {
    let (router, desk) = (use_router(), use_desk());
    let page = Memo::new(move |_| {
        let waiting = desk.untriaged().get() > 0;
        router.get().map(|route| match route {
            // A packet is reviewed and answered; whoever has it has no caseload.
            other if desk.is_packet() && other != Route::Send => Route::Review(None),
            // Imported concerns are decided on before the first worklist is shown.
            Route::Today if waiting => Route::Triage,
            Route::Caseload(_) => Route::Caseload(super::route::CaseloadRoute::PLAIN),
            Route::Month(_) => Route::Month(None),
            Route::Audit(_) => Route::Audit(None),
            Route::Day(_) => Route::Day(None),
            Route::Week(_) => Route::Week(None),
            Route::Time(..) => Route::Time(super::route::TimeSpan::Day, None),
            Route::Review(_) => Route::Review(None),
            other => other,
        })
    });
    // A concern that a patient's answers opened while the registry was locked comes before everything.
    let alarms = Memo::new(move |_| {
        let concerns = desk.entered().with(|entered| entered::unseen(entered));
        match router.get() {
            Some(Route::Safety(_, concern)) if concerns.contains(&concern) => false,
            _ => !concerns.is_empty(),
        }
    });
    follow_alarms(router, desk);
    move || match page.get() {
        _ if alarms.get() => view! { <entered::EnteredPage/> }.into_any(),
        Some(Route::Today) => view! { <TodayPage/> }.into_any(),
        Some(route) => places::page(route),
        None => view! { <NotFound/> }.into_any(),
    }
}

/// Whoever opens the steps of such a concern has seen it.
fn follow_alarms(router: Router, desk: Desk) {
    super::effects::effect(move |before: Option<Option<ThingId>>| {
        let here = match router.get() {
            Some(Route::Safety(_, concern)) => Some(concern),
            _ => None,
        };
        // It counts as seen when its page is left.
        if let Some(left) = before.flatten().filter(|left| Some(*left) != here) {
            let is_of = |one: &crate::registry::EnteredView| one.concern.as_ref().is_some_and(|(c, _)| *c == left);
            if desk.entered().with_untracked(|entered| entered.iter().any(is_of)) {
                desk.entered().update(|entered| entered.retain(|one| !is_of(one)));
            }
        }
        here
    });
}

/// An address that is no page.
#[component]
fn NotFound() -> impl IntoView {
    view! {
        <h1>"There is no such page"</h1>
        <p>"The address may come from another version. Nothing is lost."</p>
        <p><ButtonLink href=Route::Today.href()>"Go to Today"</ButtonLink></p>
    }
}
