//! The clinic: name, zone, working days, crisis line.

use leptos::prelude::*;

use super::Section;
use crate::app::components::{
    Checks, FieldError, Form, FormErrors, FormGroup, InputKind, NumberField, Select, Submit, TextField, Width,
};
use crate::app::format::{parse_whole, zone_choices};
use crate::app::state::use_desk;
use crate::journal::facts::{Clinic, Weekday};

const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "Monday"),
    (Weekday::Tue, "Tuesday"),
    (Weekday::Wed, "Wednesday"),
    (Weekday::Thu, "Thursday"),
    (Weekday::Fri, "Friday"),
    (Weekday::Sat, "Saturday"),
    (Weekday::Sun, "Sunday"),
];

/// The clinic.
#[component]
pub fn ClinicSection(
    /// As it is.
    clinic: Clinic,
) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let name = RwSignal::new(clinic.name.clone());
    let zone = RwSignal::new(clinic.zone.name().to_owned());
    let crisis_line = RwSignal::new(clinic.crisis_line.clone().unwrap_or_default());
    let age = |age: Option<u8>| RwSignal::new(age.map(|age| age.to_string()).unwrap_or_default());
    let (of_age, consents_from) = (age(clinic.of_age), age(clinic.consents_from));
    let days = RwSignal::new(clinic.working_days.clone());
    let zones = zone_choices(clinic.zone.name());
    let options: Vec<(Weekday, String)> = DAYS.iter().map(|(day, words)| (*day, (*words).to_owned())).collect();
    let save = move |()| {
        let mut wrong = Vec::new();
        if name.with_untracked(|name| name.trim().is_empty()) {
            wrong.push(FieldError {
                field: "clinic-name".to_owned(),
                text: "Enter the name of the clinic".to_owned(),
            });
        }
        if days.with_untracked(Vec::is_empty) {
            wrong.push(FieldError {
                field: "working-days".to_owned(),
                text: "Choose at least one working day".to_owned(),
            });
        }
        let mut read_age =
            |typed: RwSignal<String>, field: &str, range| read_age(&typed.get_untracked(), field, range, &mut wrong);
        let of_age = read_age(of_age, "clinic-of-age", 16..=21);
        let consents_from = read_age(consents_from, "clinic-consents", 10..=20);
        errors.set(wrong.clone());
        if busy.get_untracked() || !wrong.is_empty() {
            return;
        }
        let line = crisis_line.with_untracked(|line| line.trim().to_owned());
        let before = desk.clinic().get_untracked();
        let changed = Clinic {
            name: name.with_untracked(|name| name.trim().to_owned()),
            zone: zone.get_untracked().parse().unwrap_or(before.zone),
            crisis_line: (!line.is_empty()).then_some(line),
            working_days: days.get_untracked(),
            of_age,
            consents_from,
            ..before
        };
        busy.set(true);
        super::save_clinic(desk, changed, "Clinic changed", busy, errors);
    };
    view! {
        <Section id="clinic-section">
            <Form errors on_submit=save label="Clinic">
                <div class="fields">
                    <TextField id="clinic-name" label="Name" value=name/>
                    <Select id="clinic-zone" label="Time zone" options=zones value=zone/>
                </div>
                <Checks
                    id="working-days"
                    legend="Working days"
                    options
                    value=days
                    hint="The clock for a first contact runs on these days"
                />
                <TextField
                    id="clinic-crisis"
                    label="Crisis line (optional)"
                    value=crisis_line
                    kind=InputKind::Telephone
                    width=Width::Short
                    hint="Shown beside 988 and 911"
                />
                <FormGroup legend="Minors" hint="By the law of your state. A patient under age shows who consented and what stays confidential.">
                    <div class="fields">
                        <NumberField id="clinic-of-age" label="Of age at" value=of_age unit="years" hint="18 where it is empty"/>
                        <NumberField id="clinic-consents" label="May consent alone from" value=consents_from unit="years" hint="To outpatient mental health care"/>
                    </div>
                </FormGroup>
                <div class="actions"><Submit busy>"Save clinic"</Submit></div>
            </Form>
        </Section>
    }
}

/// An age in years; `None` where nothing was typed. What is wrong is noted.
fn read_age(typed: &str, field: &str, range: std::ops::RangeInclusive<u32>, wrong: &mut Vec<FieldError>) -> Option<u8> {
    if typed.trim().is_empty() {
        return None;
    }
    match parse_whole(typed, "The age", range) {
        Ok(age) => u8::try_from(age).ok(),
        Err(text) => {
            wrong.push(FieldError {
                field: field.to_owned(),
                text,
            });
            None
        }
    }
}
