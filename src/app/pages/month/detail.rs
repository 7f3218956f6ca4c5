//! What one patient's month is made of: asked for when its line is opened.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{ButtonLink, DayText, Loaded, Notice, Tone};
use crate::app::pages::course::intake::{wish_for_details, wish_for_diagnosis, wish_for_visit};
use crate::app::pages::course::privacy::{wish_for_consent, wish_to_complete_consent};
use crate::app::pages::patient::{QuickFormKind, wish_for};
use crate::app::route::{MonthPart, Route, Section};
use crate::app::state::use_desk;
use crate::journal::{ChartId, Month};
use crate::registry::{GateStanding, Mend, MonthDetailView, MonthGateView, MonthLineView, Request, Response};

/// Minutes by activity and person, gates with what mends them, and every entry.
#[component]
pub(super) fn Detail(
    /// Whose month.
    chart: ChartId,
    /// Which month.
    month: Month,
) -> impl IntoView {
    let answer = use_desk().follow(
        move || Request::MonthDetail(chart, month),
        |response| match response {
            Response::MonthDetail(view) => Some(*view),
            _ => None,
        },
    );
    view! {
        <Loaded answer what="the month\u{2019}s entries" let:view>
            <Parts view chart month/>
        </Loaded>
    }
}

#[component]
fn Parts(view: Arc<MonthDetailView>, chart: ChartId, month: Month) -> impl IntoView {
    let sums = |heading: &'static str, sums: &[(String, u32)]| {
        let items = sums
            .iter()
            .map(|(what, minutes)| view! { <li>{what.clone()}": "{*minutes}" min"</li> })
            .collect_view();
        (!sums.is_empty()).then(|| view! { <h3>{heading}</h3><ul class="inline">{items}</ul> })
    };
    let late = view
        .late
        .clone()
        .map(|late| view! { <Notice tone=Tone::Warning title="Late entries"><p>{late}</p></Notice> });
    let gates = view.gates.iter().map(|gate| gate_line(gate, chart)).collect_view();
    let lines = view.lines.iter().map(|line| entry_line(line, chart)).collect_view();
    view! {
        {late}
        {view.reach.clone().map(|reach| view! { <p>{reach}</p> })}
        {view.uncapped.clone().map(|uncapped| view! { <p>{uncapped}</p> })}
        {sums("Minutes by activity", &view.by_activity)}
        {sums("Minutes by person", &view.by_person)}
        <h3>"What the month needs besides minutes"</h3>
        <ul class="gates">{gates}</ul>
        {(!view.lines.is_empty()).then(|| view! {
            <h3>"Entries"</h3>
            <ul class="month-entries">{lines}</ul>
        })}
        <div class="actions">
            <ButtonLink href=Route::MonthPart(month, MonthPart::Statement(chart)).href()>"Statement for the patient"</ButtonLink>
            <ButtonLink href=Route::MonthPart(month, MonthPart::Audit(chart)).href()>"Statement for an audit"</ButtonLink>
        </div>
    }
}

fn entry_line(line: &MonthLineView, chart: ChartId) -> impl IntoView + use<> {
    let (minutes, seconds) = (line.seconds.0 / 60, line.seconds.0 % 60);
    let long = match seconds {
        0 => format!("{minutes} min"),
        seconds => format!("{minutes} min {seconds} s"),
    };
    let about = format!(": {long}, {}, {}", line.activity, line.by);
    let why = line.not_counted.clone().map(|why| format!(". Not counted: {why}"));
    view! {
        <li>
            <DayText day=line.day/>{about}{why}
            {line.late.then_some(" (written after the month was closed)")}
            {super::lacks::mend(line, chart)}
        </li>
    }
}

/// One gate, with a link to the place where it is mended.
fn gate_line(gate: &MonthGateView, chart: ChartId) -> impl IntoView + use<> {
    let standing = match gate.standing {
        GateStanding::Met => "Met",
        GateStanding::ToCheck => "To check",
        GateStanding::Missing => "Missing",
    };
    let link = gate
        .mend
        .filter(|_| !matches!(gate.standing, GateStanding::Met))
        .map(|mend| {
            let (route, words) = place(mend, chart);
            view! { " "<a href=route.href() on:click=move |_| wish(mend, chart)>{words}</a> }
        });
    view! { <li><b>{standing}": "</b>{gate.sentence.clone()}{link}</li> }
}

/// Where a gate is mended, and what the link says.
fn place(mend: Mend, chart: ChartId) -> (Route, &'static str) {
    let intake = Route::Section(chart, Section::Intake);
    match mend {
        Mend::Consent => (intake, "Record consent"),
        Mend::Explained => (intake, "Complete the consent"),
        Mend::Diagnosis => (intake, "Add the diagnosis"),
        Mend::Visit => (intake, "Record the visit"),
        Mend::Clinician => (intake, "Name the treating clinician"),
        Mend::Npi => (Route::Settings, "Add the NPI under People"),
        Mend::Scale => (Route::Patient(chart), "Enter a measure"),
        Mend::Review => (Route::Patient(chart), "Record the review"),
        Mend::Plan => (Route::Section(chart, Section::CarePlan), "Go through the plan"),
    }
}

/// Lets the place open with the form that mends it.
fn wish(mend: Mend, chart: ChartId) {
    match mend {
        Mend::Consent => wish_for_consent(chart),
        Mend::Explained => wish_to_complete_consent(chart),
        Mend::Diagnosis => wish_for_diagnosis(chart),
        Mend::Visit => wish_for_visit(chart),
        Mend::Clinician => wish_for_details(chart),
        Mend::Scale => wish_for(chart, QuickFormKind::Measure),
        Mend::Review => wish_for(chart, QuickFormKind::Review),
        Mend::Npi | Mend::Plan => {}
    }
}
