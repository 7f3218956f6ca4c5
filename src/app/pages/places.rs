//! Which page is in which part of the module: pages that are used together come together.

use std::sync::Arc;

use leptos::prelude::*;

use super::*;
use crate::app::core::Core;
use crate::app::parts::{apart, of_part, part};
use crate::app::patient_run::Marker;
use crate::registry::Opened;

/// The page of a route, but for Today, which comes with the app.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Patient(_)
        | Route::Contact(_)
        | Route::Section(..)
        | Route::SafetyPlan(_)
        | Route::Safety(..)
        | Route::Crisis
        | Route::Stack => apart(records::load, move || of_part(records::draw(route))),
        Route::Caseload(_) | Route::Month(_) | Route::Alerts | Route::Directory | Route::Ehr => {
            apart(lists::load, move || of_part(lists::draw(route)))
        }
        Route::Send | Route::Import | Route::Triage | Route::NewPatient => {
            apart(files::load, move || of_part(files::draw(route)))
        }
        Route::Settings | Route::Credits => apart(settings::load, move || of_part(settings::draw(route))),
        Route::HandOver(_) | Route::Form(_) | Route::Filled(..) => {
            apart(paper::load, move || of_part(paper::draw(route)))
        }
        Route::Today => view! { <TodayPage/> }.into_any(),
    }
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
                Route::SafetyPlan(chart) => view! { <SafetyPlanPage chart/> }.into_any(),
                Route::Safety(chart, concern) => view! { <SafetyPage chart concern/> }.into_any(),
                Route::Crisis => view! { <CrisisPage/> }.into_any(),
                Route::Stack => view! { <StackPage/> }.into_any(),
                _ => ().into_any(),
            }
        }
    }
}

mod lists {
    use super::*;

    part! {
        lists, load,
        fn draw(route: Route) -> AnyView {
            match route {
                Route::Caseload(_) => view! { <CaseloadPage/> }.into_any(),
                Route::Month(_) => view! { <MonthPage/> }.into_any(),
                Route::Alerts => view! { <AlertsPage/> }.into_any(),
                Route::Directory => view! { <DirectoryPage/> }.into_any(),
                Route::Ehr => view! { <EhrPage/> }.into_any(),
                _ => ().into_any(),
            }
        }
    }
}

mod files {
    use super::*;

    part! {
        files, load,
        fn draw(route: Route) -> AnyView {
            match route {
                Route::Send => view! { <SendPage/> }.into_any(),
                Route::Import => view! { <ImportPage/> }.into_any(),
                Route::Triage => view! { <TriagePage/> }.into_any(),
                Route::NewPatient => view! { <RegisterPage/> }.into_any(),
                _ => ().into_any(),
            }
        }
    }
}

mod settings {
    use super::*;

    part! {
        settings, load,
        fn draw(route: Route) -> AnyView {
            match route {
                Route::Settings => view! { <SettingsPage/> }.into_any(),
                Route::Credits => view! { <CreditsPage/> }.into_any(),
                _ => ().into_any(),
            }
        }
    }
}

mod paper {
    use super::*;

    part! {
        paper, load,
        fn draw(route: Route) -> AnyView {
            match route {
                Route::HandOver(chart) => view! { <HandOverPage chart/> }.into_any(),
                Route::Form(instrument) => view! { <FormPage instrument/> }.into_any(),
                Route::Filled(chart, entry) => view! { <FilledPage chart entry/> }.into_any(),
                _ => ().into_any(),
            }
        }
    }
}

/// The page on which a registry is made.
pub fn welcome(core: Core) -> AnyView {
    apart(first::load, move || of_part(first::draw(First::Welcome(core))))
}

/// The recovery sheet of a registry that was just made.
pub fn sheet(core: Core, opened: Arc<Opened>) -> AnyView {
    apart(first::load, move || {
        of_part(first::draw(First::Sheet(core, Arc::clone(&opened))))
    })
}

/// What a patient fills in.
pub fn patient_mode(core: Core, marker: Arc<Marker>) -> AnyView {
    apart(patient::load, move || of_part(patient::draw(core, Arc::clone(&marker))))
}

/// What is shown once, when a registry is made.
pub enum First {
    /// New, or with data from elsewhere.
    Welcome(Core),
    /// The recovery sheet.
    Sheet(Core, Arc<Opened>),
}

mod first {
    use super::*;

    part! {
        first, load,
        fn draw(first: First) -> AnyView {
            match first {
                First::Welcome(core) => view! { <WelcomePage core/> }.into_any(),
                First::Sheet(core, opened) => view! { <SheetPage core opened/> }.into_any(),
            }
        }
    }
}

mod patient {
    use super::*;

    part! {
        patient, load,
        fn draw(core: Core, marker: Arc<Marker>) -> AnyView {
            view! { <PatientModePage core marker=(*marker).clone()/> }.into_any()
        }
    }
}
