//! Registering a patient: a referral in under half a minute by keyboard, or pasted out of the EHR.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::common::{Reading, follow_people, people_options, to_errors, today_text};
use super::referral::{ReasonField, ReferralFields, ReferralGroup, ScoresSent};
use crate::app::components::{FieldError, Form, FormErrors, FormGroup, InputKind, Select, Submit, TextField, Width};
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::{Wrong, text};
use crate::care::intent::{Intent, NewPatient};
use crate::journal::facts::{Registration, Role};
use crate::journal::{ChartId, Day};

mod extras;
mod on_file;
mod paste;

use extras::{ExtraFields, Extras};
use on_file::{Alike, OnFile, follow_alike, likely, not_this_id};

/// The value of "add somebody" in the list of treating clinicians.
const NEW_CLINICIAN: &str = "new";

#[derive(Clone, Copy)]
struct Fields {
    given: RwSignal<String>,
    family: RwSignal<String>,
    birth: RwSignal<String>,
    mrn: RwSignal<String>,
    phone: RwSignal<String>,
    clinician: RwSignal<String>,
    new_clinician: RwSignal<String>,
    care_manager: RwSignal<String>,
    referral: ReferralFields,
    /// What else a paste said.
    extras: Extras,
    /// Records on file of which it was said that they are somebody else.
    not_these: RwSignal<BTreeSet<ChartId>>,
}

/// Registering a patient.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let (desk, router) = (use_desk(), use_router());
    let empty = || RwSignal::new(String::new());
    let fields = Fields {
        given: empty(),
        family: empty(),
        birth: empty(),
        mrn: empty(),
        phone: empty(),
        clinician: empty(),
        new_clinician: empty(),
        care_manager: RwSignal::new(desk.me().to_string()),
        referral: ReferralFields::now(desk),
        extras: Extras::none(),
        not_these: RwSignal::new(BTreeSet::new()),
    };
    let alike = follow_alike(desk, fields);
    let people = follow_people(desk);
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let submit = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        let patient = match untrack(|| read(desk, fields)) {
            Ok(patient) => patient,
            Err(wrong) => return errors.set(to_errors(wrong)),
        };
        let unanswered = untrack(|| {
            likely(&alike.get())
                .find(|found| !patient.not_these.contains(&found.chart))
                .cloned()
        });
        if let Some(found) = unanswered {
            return errors.set(vec![FieldError {
                field: not_this_id(found.chart),
                text: format!(
                    "{}. Open that record, or tick \u{201c}It is somebody else\u{201d}",
                    found.on_file_words()
                ),
            }]);
        }
        busy.set(true);
        desk.submit(Intent::Register(patient), "Patient registered", move |result| {
            busy.set(false);
            match result {
                // A score that came along and opened a concern is seen to first.
                Ok(saved) => router.go(match saved.concerns.first() {
                    Some(concern) => Route::Safety(saved.chart, *concern),
                    None => Route::Patient(saved.chart),
                }),
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    });
    crate::app::browser::focus_soon("given");
    let clinicians = Signal::derive(move || {
        let mut options = people_options(people, Role::Clinician, "Not known").get();
        options.push((NEW_CLINICIAN.to_owned(), "Add somebody\u{2026}".to_owned()));
        options
    });
    let is_new = move || fields.clinician.with(|clinician| clinician == NEW_CLINICIAN);
    view! {
        <h1>"New patient"</h1>
        {desk.is_training().then(|| view! { <p class="hint">"Enter an invented person: this is a training registry."</p> })}
        <div class="register">
            <paste::PasteBox fields people/>
            <Form errors on_submit=submit label="New patient">
                <div class="columns">
                    <TextField id="given" label="Given name" value=fields.given/>
                    <TextField id="family" label="Family name" value=fields.family/>
                    <TextField id="birth" label="Date of birth" value=fields.birth width=Width::Short hint="YYYY-MM-DD or MM/DD/YYYY"/>
                </div>
                <Alike alike/>
                <div class="columns">
                    <TextField id="mrn" label="MRN" value=fields.mrn width=Width::Short/>
                    <TextField id="phone" label="Phone" value=fields.phone width=Width::Short kind=InputKind::Telephone/>
                    <Select id="clinician" label="Treating clinician (PCP)" options=clinicians value=fields.clinician/>
                    <Show when=is_new>
                        <TextField id="new-clinician" label="Name of the treating clinician" value=fields.new_clinician
                            hint="Added to the people of the clinic when you save"/>
                    </Show>
                </div>
                <OnFile alike not_these=fields.not_these/>
                <ExtraFields extras=fields.extras/>
                <ReasonField fields=fields.referral/>
                <FormGroup legend="Referral" hint="The clock of the first contact starts here.">
                    <ReferralGroup fields=fields.referral people nobody="The treating clinician" latest=today_text(desk)/>
                    <ScoresSent fields=fields.referral latest=today_text(desk)/>
                    <Select id="care-manager" label="Care manager" options=people_options(people, Role::CareManager, "Nobody yet") value=fields.care_manager/>
                </FormGroup>
                <div class="actions">
                    <Submit busy>"Register patient"</Submit>
                    <span class="hint"><kbd>"Ctrl+Enter"</kbd>" saves from anywhere"</span>
                </div>
            </Form>
        </div>
    }
}

/// A birth date as people type it: `1986-03-04` or `03/04/1986` (month first).
pub fn parse_birth(typed: &str) -> Option<Day> {
    let typed = typed.trim();
    if let Ok(day) = typed.parse() {
        return Some(day);
    }
    let parts: Vec<u32> = typed
        .split(['/', '.', ' '])
        .filter_map(|part| part.parse().ok())
        .collect();
    let [month, day, year] = parts.as_slice() else {
        return None;
    };
    let year = i32::try_from(*year).ok().filter(|year| *year > 1900)?;
    Day::new(year, *month, *day)
}

fn read(desk: Desk, fields: Fields) -> Result<NewPatient, Vec<Wrong>> {
    let mut reading = Reading::default();
    let today = desk.today().get_untracked();
    let given = reading.text(&fields.given.get(), "given", "Enter the given name");
    let family = reading.text(&fields.family.get(), "family", "Enter the family name");
    let typed = fields.birth.get();
    let birth = match parse_birth(&typed) {
        Some(birth) if birth <= today => Some(birth),
        Some(_) => reading.chosen(None, "birth", "The date of birth lies in the future"),
        None => reading.chosen(
            None,
            "birth",
            "Enter the date of birth, such as 1986-03-04 or 03/04/1986",
        ),
    };
    let (mrn, phone) = (text(&fields.mrn.get()), text(&fields.phone.get()));
    if mrn.is_none() && phone.is_none() {
        let _missing: Option<()> = reading.chosen(None, "mrn", "Enter the MRN or a telephone number");
    }
    let chosen = fields.clinician.get();
    let new_clinician = match chosen == NEW_CLINICIAN {
        true => reading.text(
            &fields.new_clinician.get(),
            "new-clinician",
            "Enter the name of the treating clinician",
        ),
        false => None,
    };
    let referral = fields.referral.read(desk, birth, &mut reading);
    let registration = given.zip(family).map(|(given, family)| Registration {
        birth,
        mrn,
        phones: phone.into_iter().collect(),
        clinician: chosen.parse().ok(),
        ..Registration::named(given, family)
    });
    let registration = registration.map(|registration| fields.extras.add_to(registration));
    let payer = fields.extras.payer(&mut reading, today);
    let patient = registration.zip(referral).map(|(registration, referral)| NewPatient {
        registration,
        referred: referral.at,
        reason: referral.reason,
        warm: referral.warm,
        care_manager: fields.care_manager.get().parse().ok(),
        not_these: fields.not_these.get().into_iter().collect(),
        new_clinician,
        referrer: referral.referrer,
        scores: referral.scores,
        payer,
    });
    reading.finish(patient)
}
