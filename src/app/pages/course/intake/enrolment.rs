//! Enrolling: what is there, what is missing, the initiating visit.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Open, Place};
use crate::app::components::{Button, ButtonKind, DateField, DayText, Select, TextField, Width};
use crate::app::pages::common::{QuickForm, Reading, Written, follow_people, people_options, today_text};
use crate::app::pages::course::boxes::{OneForm, PlanBox};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, text};
use crate::journal::Fact;
use crate::journal::facts::{InitiatingVisit, Role, Status, StatusChange};
use crate::registry::{NeedRow, PatientView};

/// Visit codes that a checker takes for an initiating visit: office visits, the welcome and wellness visits of
/// Medicare, care after a discharge; 90791 and 90792 where the payer takes them (CMS CoCM material; CARE 93).
const VISIT_CODES: &str = "99202 to 99215, G0402, G0438, G0439, 99495, 99496";

/// What enrolling needs, and visits.
#[component]
pub fn Enrolment(
    /// Where.
    place: Place,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let standing = move || {
        place
            .intake
            .with(|now| (now.status_line.clone(), now.enrolled, now.to_enrol))
    };
    let need = |row: NeedRow| {
        let mark = if row.is_there { "there" } else { "missing" };
        view! {
            <li class:missing=!row.is_there>
                <strong>{crate::app::typed::capital(&row.what)}": "{mark}</strong>". "{row.why}
            </li>
        }
    };
    let visit = |(visit, with): (InitiatingVisit, Option<String>)| {
        let code = visit.code.map(|code| format!(", {code}"));
        view! { <li><DayText day=visit.day/>{code}{with.map(|with| format!(", {with}"))}</li> }
    };
    view! {
        <PlanBox id="box-enrolment" title="Enrollment" add=(place.open.opens(Open::Visit), "Add an initiating visit")>
            {move || {
                let (status, enrolled, waits) = standing();
                view! {
                    <p>
                        "Now: "<strong>{status}</strong>
                        {enrolled.map(|day| view! { ", in care since "<DayText day/> })}
                        {waits.then(|| view! {
                            " "<Button kind=ButtonKind::Secondary on_press=move |()| place.open.open(Open::Enrol)>"Enroll"</Button>
                        })}
                    </p>
                }
            }}
            {move || place.is(Open::Enrol).then(|| view! { <EnrolForm place/> })}
            <ul class="needs">{move || place.intake.with(|now| now.needs.clone()).into_iter().map(need).collect_view()}</ul>
            <p class="hint">{move || view.with(|view| format!("Consent: {}.", view.consent))}</p>
            {move || {
                let visits = place.intake.with(|now| now.visits.clone());
                (!visits.is_empty()).then(|| view! { <h3>"Initiating visits"</h3><ul>{visits.into_iter().map(visit).collect_view()}</ul> })
            }}
            {move || place.is(Open::Visit).then(|| view! { <VisitForm place/> })}
        </PlanBox>
    }
}

#[component]
fn EnrolForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let from = RwSignal::new(today_text(desk));
    let now = place.now();
    let episode = now.episode;
    let missing: Vec<String> = now
        .needs
        .iter()
        .filter(|need| !need.is_there)
        .map(|need| need.what.clone())
        .collect();
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let from = reading.past(&from.get_untracked(), "enrol-from", "the first day", today);
        let Some(episode) = episode else {
            return Err(vec![Wrong::new(
                "",
                "There is no episode: open one under \u{201c}Episodes\u{201d}",
            )]);
        };
        let status = Status::Enrolled;
        reading.finish(from.map(|from| {
            vec![Fact::StatusChange(StatusChange {
                episode,
                status,
                from,
                why: None,
            })]
        }))
    });
    view! {
        <QuickForm chart=place.chart title="Enroll" deed="Patient enrolled" save="Enroll" read on_close=place.open.closes()>
            {(!missing.is_empty()).then(|| view! {
                <p class="hint">{format!("Still missing: {}. You can enroll all the same; the month says what it can\u{2019}t support.", missing.join(", "))}</p>
            })}
            <DateField id="enrol-from" label="Enrolled on" value=from max=today_text(desk)/>
        </QuickForm>
    }
}

#[component]
fn VisitForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let people = follow_people(desk);
    let clinician = place.now().registration.clinician;
    let day = RwSignal::new(String::new());
    let with = RwSignal::new(clinician.map_or_else(String::new, |person| person.to_string()));
    let code = RwSignal::new(String::new());
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let day = reading.past(&day.get_untracked(), "visit-day", "the day of the visit", today);
        let code = match text(&code.get_untracked()).map(|code| code.to_uppercase()) {
            Some(code) if code.len() != 5 || !code.chars().all(|c| c.is_ascii_alphanumeric()) => {
                let wrong =
                    "Enter the visit\u{2019}s code of five letters and digits, such as 99214, or leave it empty";
                reading.take(Err(Wrong::new("visit-code", wrong)))
            }
            code => code,
        };
        let practitioner = with.get_untracked().parse().ok();
        let fact = day.map(|day| {
            Fact::InitiatingVisit(InitiatingVisit {
                day,
                practitioner,
                code,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    view! {
        <QuickForm chart=place.chart title="Initiating visit" deed="Initiating visit recorded" save="Save visit" read on_close=place.open.closes()>
            <div class="fields">
                <DateField id="visit-day" label="Day" value=day max=today_text(desk)/>
                <Select id="visit-with" label="With" options=people_options(people, Role::Clinician, "Not in the list") value=with/>
                <TextField id="visit-code" label="Code" value=code width=Width::Short hint=VISIT_CODES/>
            </div>
            <p class="hint">"Within a year before the first counted time, with the practitioner under whom the claim goes out. Payers differ; the profile says what is asked."</p>
        </QuickForm>
    }
}
