//! Registering a patient: a referral in under half a minute by keyboard.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::common::{Reading, follow_people, people_options, time_text, to_errors, today_text};
use crate::app::components::{
    Check, DateField, FieldError, Form, FormErrors, FormGroup, InputKind, Notice, Select, Submit, TextArea, TextField,
    TimeField, Tone, Width,
};
use crate::app::format;
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::{Wrong, read_day, read_when, text};
use crate::care::intent::{Intent, NewPatient};
use crate::care::{self, Somebody};
use crate::journal::facts::{Registration, Role};
use crate::journal::{ChartId, Day};
use crate::registry::{FoundPatient, Request, Response};

#[derive(Clone, Copy)]
struct Fields {
    given: RwSignal<String>,
    family: RwSignal<String>,
    birth: RwSignal<String>,
    mrn: RwSignal<String>,
    phone: RwSignal<String>,
    clinician: RwSignal<String>,
    reason: RwSignal<String>,
    warm: RwSignal<bool>,
    day: RwSignal<String>,
    time: RwSignal<String>,
    care_manager: RwSignal<String>,
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
        reason: empty(),
        warm: RwSignal::new(false),
        day: RwSignal::new(today_text(desk)),
        time: RwSignal::new(time_text(desk)),
        care_manager: RwSignal::new(desk.me().to_string()),
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
                Ok(saved) => router.go(Route::Patient(saved.chart)),
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    });
    crate::app::effects::effect(move |_| request_animation_frame(|| crate::app::browser::focus("given")));
    view! {
        <h1>"New patient"</h1>
        {desk.is_training().then(|| view! { <p class="hint">"Enter an invented person: this is a training registry."</p> })}
        <div class="register">
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
                    <Select id="clinician" label="Treating clinician (PCP)" options=people_options(people, Role::Clinician, "Not in the list") value=fields.clinician/>
                </div>
                <OnFile alike not_these=fields.not_these/>
                <TextArea id="reason" label="Reason for referral" value=fields.reason rows=2/>
                <FormGroup legend="Referral" hint="The clock of the first contact starts here.">
                    <div class="columns">
                        <DateField id="referred-day" label="Received on" value=fields.day max=today_text(desk)/>
                        <TimeField id="referred-time" label="At" value=fields.time/>
                        <Select id="care-manager" label="Care manager" options=people_options(people, Role::CareManager, "Nobody yet") value=fields.care_manager/>
                    </div>
                    <Check id="warm" label="Warm handoff: introduced in person" value=fields.warm/>
                </FormGroup>
                <div class="actions">
                    <Submit busy>"Register patient"</Submit>
                    <span class="hint"><kbd>"Ctrl+Enter"</kbd>" saves from anywhere"</span>
                </div>
            </Form>
        </div>
    }
}

/// Patients of a like name, the same birth date, MRN or telephone number, asked for while these are typed.
fn follow_alike(desk: Desk, fields: Fields) -> RwSignal<Vec<FoundPatient>> {
    let alike = RwSignal::new(Vec::new());
    let turn = StoredValue::new(0_u32);
    crate::app::effects::effect(move |_| {
        let (given, family) = (fields.given.get(), fields.family.get());
        let somebody = Somebody {
            given,
            family,
            preferred: None,
            birth: parse_birth(&fields.birth.get()),
            mrn: text(&fields.mrn.get()),
            phone: text(&fields.phone.get()),
        };
        let now = turn.get_value() + 1;
        turn.set_value(now);
        let is_named = !somebody.given.trim().is_empty() && !somebody.family.trim().is_empty();
        if !is_named && somebody.mrn.is_none() && somebody.phone.is_none() {
            alike.set(Vec::new());
            return;
        }
        spawn_local(async move {
            let found = desk.ask(Request::Alike(somebody)).await;
            if turn.try_get_value() == Some(now)
                && let Ok(Response::Found(found)) = found
            {
                alike.set(found);
            }
        });
    });
    alike
}

/// Who is on file and is probably this person.
fn likely(alike: &[FoundPatient]) -> impl Iterator<Item = &FoundPatient> {
    let is_likely = |found: &&FoundPatient| found.alike.is_some_and(care::Alike::is_likely_one_person);
    alike.iter().filter(is_likely)
}

fn not_this_id(chart: ChartId) -> String {
    format!("not-this-{chart}")
}

/// Who is on file with this MRN, or with this name and birth date: one opens that record, or says that it is somebody
/// else, before a second record can be made.
#[component]
fn OnFile(alike: RwSignal<Vec<FoundPatient>>, not_these: RwSignal<BTreeSet<ChartId>>) -> impl IntoView {
    let found = Memo::new(move |_| alike.with(|alike| likely(alike).cloned().collect::<Vec<_>>()));
    let line = move |found: FoundPatient| {
        let chart = found.chart;
        let ticked = RwSignal::new(not_these.with_untracked(|charts| charts.contains(&chart)));
        crate::app::effects::effect(move |_| {
            let is_ticked = ticked.get();
            not_these.update(|charts| {
                if is_ticked {
                    charts.insert(chart);
                } else {
                    charts.remove(&chart);
                }
            });
        });
        view! {
            <li>
                <p>{found.on_file_words()}", "{found.status.clone()}". "
                    <a href=Route::Patient(chart).href()>"Open that record"</a>
                </p>
                <Check id=not_this_id(chart) label="It is somebody else" value=ticked/>
            </li>
        }
    };
    move || {
        let found = found.get();
        (!found.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Error title="On file already. Is it the same person?">
                    <ul class="on-file">{found.into_iter().map(line).collect_view()}</ul>
                </Notice>
            }
        })
    }
}

/// Who is here already and may be the same person. It warns and never stands in the way.
#[component]
fn Alike(alike: RwSignal<Vec<FoundPatient>>) -> impl IntoView {
    let line = |found: FoundPatient| {
        let birth = found.birth.map_or_else(
            || "birth date unknown".to_owned(),
            |birth| format!("born {}", format::plain_day(birth)),
        );
        let mrn = found.mrn.map(|mrn| format!(", MRN {mrn}"));
        view! {
            <li>
                <a href=Route::Patient(found.chart).href()>{found.name}</a>
                ", "{birth}{mrn}", "{found.status}
                {found.alike.map(|alike| format!(": {}", alike.word()))}
            </li>
        }
    };
    move || {
        let mut found = alike.get();
        found.retain(|found| !found.alike.is_some_and(care::Alike::is_likely_one_person));
        (!found.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Warning title="Is it one of these? They are here already.">
                    <ul>{found.into_iter().map(line).collect_view()}</ul>
                </Notice>
            }
        })
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
    let zone = untrack(|| desk.zone());
    let received = read_day(
        "referred-day",
        "the day of the referral",
        &fields.day.get(),
        Some(today),
    );
    let referred = reading
        .take(received)
        .and_then(|day| reading.take(read_when("referred-time", day, &fields.time.get(), zone)));
    let registration = given.zip(family).map(|(given, family)| Registration {
        birth,
        mrn,
        phones: phone.into_iter().collect(),
        clinician: fields.clinician.get().parse().ok(),
        ..Registration::named(given, family)
    });
    let patient = registration.zip(referred).map(|(registration, referred)| NewPatient {
        registration,
        referred,
        reason: text(&fields.reason.get()),
        warm: fields.warm.get(),
        care_manager: fields.care_manager.get().parse().ok(),
        not_these: fields.not_these.get().into_iter().collect(),
    });
    reading.finish(patient)
}
