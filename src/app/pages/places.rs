//! Which page is in which part of the module: pages that are used together come together.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::*;
use crate::app::core::Core;
use crate::app::parts::{apart, apart_later, of_part, part};
use crate::app::patient_run::Marker;
use crate::app::route::Section;
use crate::journal::{ChartId, RegistryId};
use crate::registry::{Opened, SlotView};

/// The page of a route, but for Today, which comes with the app.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Patient(_)
        | Route::Contact(_)
        | Route::Section(..)
        | Route::CarryOut(..)
        | Route::SafetyPlan(_)
        | Route::Safety(..)
        | Route::Crisis
        | Route::Stack
        | Route::Review(_) => apart(records::load, move || of_part(records::draw(route))),
        Route::Evening | Route::Huddle | Route::Day(_) | Route::Week(_) => {
            apart(days::load, move || of_part(days::draw(route)))
        }
        _ => apart(office::load, move || of_part(office::draw(route))),
    }
}

/// How long after a registry is open its records' pages are fetched, should nobody have opened one: the crisis form is one
/// of them, and must not wait for a network.
const AHEAD: Duration = Duration::from_secs(3);

/// Fetches the pages of records when Today has had its turn.
pub fn fetch_ahead() {
    // A part that doesn't come is asked for again when its page is opened.
    set_timeout(|| spawn_local(records::load().map(drop)), AHEAD);
}

mod records {
    use super::*;

    part! {
        records, load,
        fn draw(route: Route) -> AnyView {
            match route {
                Route::Patient(chart) => view! { <PatientPage chart/> }.into_any(),
                Route::Contact(chart) => view! { <ContactPage chart/> }.into_any(),
                Route::Section(chart, section) => view! { <SectionPage chart section/> }.into_any(),
                Route::CarryOut(chart, advice) => view! { <SectionPage chart section=Section::Medicines advice/> }.into_any(),
                Route::SafetyPlan(chart) => view! { <SafetyPlanPage chart/> }.into_any(),
                Route::Safety(chart, concern) => view! { <SafetyPage chart concern/> }.into_any(),
                Route::Crisis => view! { <CrisisPage/> }.into_any(),
                Route::Stack => view! { <StackPage/> }.into_any(),
                Route::Review(_) => view! { <ReviewPage/> }.into_any(),
                _ => ().into_any(),
            }
        }
    }
}

/// What Today shows under its worklist: whom to try now, and the way to the other pages of the day.
pub fn the_day() -> AnyView {
    // None of the day's pages is at this route: the block stands on it.
    apart(days::load, move || of_part(days::draw(Route::Today)))
}

/// What a row of Today shows below where an answer is waited for: the answers, one press each.
pub fn answers(chart: ChartId, name: String) -> AnyView {
    apart_later(answers::load, move || of_part(answers::draw(chart, name.clone())))
}

mod answers {
    use super::*;

    part! {
        days, load,
        fn draw(chart: ChartId, name: String) -> AnyView {
            view! { <WaitingAnswers chart name/> }.into_any()
        }
    }
}

/// What a row of Today, and a record, show where whoever referred waits for a letter.
pub fn feedback(chart: ChartId, name: String) -> AnyView {
    apart_later(feedback::load, move || of_part(feedback::draw(chart, name.clone())))
}

mod feedback {
    use super::*;

    part! {
        days, load,
        fn draw(chart: ChartId, name: String) -> AnyView {
            view! { <FeedbackWaits chart name/> }.into_any()
        }
    }
}

mod days {
    use super::*;

    part! {
        days, load,
        fn draw(route: Route) -> AnyView {
            match route {
                Route::Today => view! { <TheDay/> }.into_any(),
                Route::Evening => view! { <EveningPage/> }.into_any(),
                Route::Huddle => view! { <HuddlePage/> }.into_any(),
                Route::Day(_) => view! { <DayPage/> }.into_any(),
                Route::Week(_) => view! { <WeekPage/> }.into_any(),
                _ => ().into_any(),
            }
        }
    }
}

mod office {
    use super::*;

    part! {
        office, load,
        fn draw(route: Route) -> AnyView {
            match route {
                Route::Caseload(_) => view! { <CaseloadPage/> }.into_any(),
                Route::Month(_) => view! { <MonthPage/> }.into_any(),
                Route::Time(..) => view! { <TimePage/> }.into_any(),
                Route::MonthPart(month, part) => view! { <MonthPartPage month part/> }.into_any(),
                Route::Alerts => view! { <AlertsPage/> }.into_any(),
                Route::Directory => view! { <DirectoryPage/> }.into_any(),
                Route::Ehr => view! { <EhrPage/> }.into_any(),
                Route::Assign => view! { <AssignPage/> }.into_any(),
                Route::Supervision(tab) => view! { <SupervisionPage tab/> }.into_any(),
                Route::Send => view! { <SendPage/> }.into_any(),
                Route::Import => view! { <ImportPage/> }.into_any(),
                Route::Triage => view! { <TriagePage/> }.into_any(),
                Route::NewPatient => view! { <RegisterPage/> }.into_any(),
                Route::Settings => view! { <SettingsPage/> }.into_any(),
                Route::Credits => view! { <CreditsPage/> }.into_any(),
                Route::Privacy => view! { <PrivacyPage/> }.into_any(),
                Route::HandOver(chart) => view! { <HandOverPage chart/> }.into_any(),
                Route::Form(instrument) => view! { <FormPage instrument/> }.into_any(),
                Route::ChartAudit(chart) => view! { <ChartAuditPage chart/> }.into_any(),
                Route::Audit(_) => view! { <DayAuditPage/> }.into_any(),
                Route::Erase(chart) => view! { <ErasePage chart/> }.into_any(),
                Route::Erased => view! { <ErasedPage/> }.into_any(),
                Route::Filled(chart, entry) => view! { <FilledPage chart entry/> }.into_any(),
                _ => ().into_any(),
            }
        }
    }
}

/// The help beside a page.
pub fn help(on_close: Callback<()>) -> AnyView {
    apart(helping::load, move || of_part(helping::draw(on_close)))
}

mod helping {
    use super::*;

    part! {
        helping, load,
        fn draw(on_close: Callback<()>) -> AnyView {
            view! { <HelpPanel on_close/> }.into_any()
        }
    }
}

/// The page on which a registry is made.
pub fn welcome(core: Core) -> AnyView {
    outside(Outside::Welcome(core))
}

/// The form that takes a registry from a file, and goes back to where it came from.
pub fn restore(core: Core, on_back: Callback<()>) -> AnyView {
    outside(Outside::Restore(core, on_back))
}

/// The recovery sheet of a registry that was just made.
pub fn sheet(core: Core, opened: Arc<Opened>) -> AnyView {
    outside(Outside::Sheet(core, opened))
}

/// The form that opens a registry with its recovery sheet.
pub fn with_sheet(core: Core, registry: RegistryId, slots: Vec<SlotView>) -> AnyView {
    outside(Outside::WithSheet(core, registry, slots))
}

/// What a patient fills in.
pub fn patient_mode(core: Core, marker: Arc<Marker>) -> AnyView {
    outside(Outside::Patient(core, marker))
}

fn outside(what: Outside) -> AnyView {
    apart(outside::load, move || of_part(outside::draw(what.clone())))
}

/// What is shown while no registry is open, but for unlocking with a passphrase, which comes with the app.
#[derive(Clone)]
pub enum Outside {
    /// Three ways to begin.
    Welcome(Core),
    /// A registry from a file.
    Restore(Core, Callback<()>),
    /// The recovery sheet.
    Sheet(Core, Arc<Opened>),
    /// Opening a registry with its recovery sheet.
    WithSheet(Core, RegistryId, Vec<SlotView>),
    /// The browser is in a patient's hands.
    Patient(Core, Arc<Marker>),
}

mod outside {
    use super::found::{Found, FoundForm};
    use super::*;

    part! {
        outside, load,
        fn draw(what: Outside) -> AnyView {
            match what {
                Outside::Welcome(core) => view! { <WelcomePage core/> }.into_any(),
                Outside::Restore(core, on_back) => view! { <FoundForm core what=Found::Join on_back/> }.into_any(),
                Outside::Sheet(core, opened) => view! { <SheetPage core opened/> }.into_any(),
                Outside::WithSheet(core, registry, slots) => view! { <SheetForm core registry slots/> }.into_any(),
                Outside::Patient(core, marker) => view! { <PatientModePage core marker=(*marker).clone()/> }.into_any(),
            }
        }
    }
}
