//! Registration and demographics.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Open, Place, fact};
use crate::app::components::{FormGroup, InputKind, Select, TextField, Width};
use crate::app::format;
use crate::app::pages::common::{QuickForm, Reading, Written, follow_people, people_options};
use crate::app::pages::course::boxes::{OneForm, PlanBox};
use crate::app::pages::register::parse_birth;
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, text};
use crate::app::words::{CHANNELS, INTERPRETER, SEXES, word_of};
use crate::journal::Fact;
use crate::journal::facts::{Registration, Role};
use crate::registry::PatientView;

/// Who the patient is and how they are reached.
#[component]
pub fn Who(place: Place, view: Signal<Arc<PatientView>>) -> impl IntoView {
    // Both are asked for, and changed, under permissions and under the care of a minor.
    let may = Memo::new(move |_| view.with(|view| view.may.lines.join("; ")));
    let is_minor = Memo::new(move |_| view.with(|view| view.may.minor.is_some()));
    let is_named_below = Memo::new(move |_| {
        let names = |fact: &Fact| matches!(fact, Fact::MinorCare(care) if care.guardian.is_some());
        is_minor.get() && view.with(|view| view.timeline.iter().any(|row| names(&row.fact)))
    });
    let lines = move || {
        let (r, clinician) = place
            .intake
            .with(|view| (view.registration.clone(), view.clinician.clone()));
        let may = may.get();
        view! {
            <dl class="facts">
                {fact("Name", Some(format!("{}, {}", r.family, r.given)))}
                {fact("Goes by", r.preferred)}
                {fact("Born", r.birth.map(format::plain_day))}
                {fact("MRN", r.mrn)}
                {fact("Sex on record", r.sex.map(|sex| word_of(SEXES, sex).to_owned()))}
                {fact("Gender", r.gender)}
                {fact("Pronouns", r.pronouns)}
                {fact("Phone", (!r.phones.is_empty()).then(|| r.phones.join(", ")))}
                {fact("Prefers", r.prefers.map(|channel| word_of(CHANNELS, channel).to_owned()))}
                {fact("Hours", r.hours)}
                {fact("Messages", (!may.is_empty()).then_some(may))}
                {fact("E-mail", r.email)}
                {fact("Address", r.address)}
                {fact("Language", r.language)}
                {fact("Interpreter", r.interpreter.map(|need| word_of(INTERPRETER, need).to_owned()))}
                {fact("Emergency contact", r.emergency)}
                {fact("Guardian", r.guardian.filter(|_| !is_named_below.get()))}
                {fact("PCP", clinician)}
            </dl>
        }
    };
    view! {
        <PlanBox id="box-who" title="Who" add=(place.open.opens(Open::Details), "Change details")>
            {lines}
            {move || place.is(Open::Details).then(|| view! { <DetailsForm place is_minor/> })}
        </PlanBox>
    }
}

#[derive(Clone, Copy)]
struct Fields {
    given: RwSignal<String>,
    family: RwSignal<String>,
    preferred: RwSignal<String>,
    birth: RwSignal<String>,
    sex: RwSignal<String>,
    gender: RwSignal<String>,
    pronouns: RwSignal<String>,
    mrn: RwSignal<String>,
    phones: StoredValue<Vec<RwSignal<String>>>,
    address: RwSignal<String>,
    email: RwSignal<String>,
    language: RwSignal<String>,
    interpreter: RwSignal<String>,
    emergency: RwSignal<String>,
    guardian: RwSignal<String>,
    prefers: RwSignal<String>,
    hours: RwSignal<String>,
    clinician: RwSignal<String>,
}

/// How many telephone numbers the form has room for, besides those that are on record.
const SPARE_PHONES: usize = 2;

#[component]
fn DetailsForm(place: Place, is_minor: Memo<bool>) -> impl IntoView {
    let people = follow_people(use_desk());
    let registration = place.now().registration.clone();
    let fields = Fields::of(&registration);
    let spare = SPARE_PHONES + registration.phones.len();
    let read = Callback::new(move |()| -> Written {
        let registration = untrack(|| fields.read(&place.now().registration, is_minor.get()))?;
        Ok(vec![Fact::Registration(registration)])
    });
    let phones = (0..spare).filter_map(|at| {
        fields
            .phones
            .with_value(|phones| phones.get(at).copied())
            .map(|value| (at, value))
    });
    let phones = phones.map(|(at, value)| {
        let label = if at == 0 {
            "Phone, the preferred one".to_owned()
        } else {
            format!("Phone {}", at + 1)
        };
        view! { <TextField id=format!("details-phone-{at}") label value width=Width::Short kind=InputKind::Telephone/> }
    });
    let phones = phones.collect_view();
    let sexes = choices(SEXES.iter().map(|(sex, words)| (word(*sex), *words)));
    let mut needs = choices(INTERPRETER.iter().map(|(need, words)| (word(*need), *words)));
    if let Some((_, words)) = needs.first_mut() {
        *words = "Not asked".to_owned();
    }
    let channels = choices(CHANNELS.iter().map(|(channel, words)| (word(*channel), *words)));
    view! {
        <QuickForm chart=place.chart title="Name, phone, details" deed="Details changed" save="Save details" read on_close=place.open.closes()>
            <div class="fields">
                <TextField id="details-given" label="Given name" value=fields.given/>
                <TextField id="details-family" label="Family name" value=fields.family/>
                <TextField id="details-preferred" label="Goes by" value=fields.preferred/>
                <TextField id="details-birth" label="Date of birth" value=fields.birth width=Width::Short hint="YYYY-MM-DD or MM/DD/YYYY"/>
                <TextField id="details-mrn" label="MRN" value=fields.mrn width=Width::Short/>
                <Select id="details-sex" label="Sex on record" options=Signal::stored(sexes) value=fields.sex hint="Some cut-offs need it"/>
                <TextField id="details-gender" label="Gender" value=fields.gender/>
                <TextField id="details-pronouns" label="Pronouns" value=fields.pronouns width=Width::Short/>
            </div>
            <FormGroup legend="Reaching the patient">
                <div class="fields">
                    {phones}
                    <Select id="details-prefers" label="Prefers" options=Signal::stored(channels) value=fields.prefers/>
                    <TextField id="details-hours" label="Hours, what to know before calling" value=fields.hours/>
                    <TextField id="details-email" label="E-mail" value=fields.email/>
                    <TextField id="details-address" label="Address" value=fields.address width=Width::Full/>
                    <TextField id="details-language" label="Language, when not English" value=fields.language/>
                    <Select id="details-interpreter" label="Interpreter" options=Signal::stored(needs) value=fields.interpreter/>
                    <TextField id="details-emergency" label="Emergency contact" value=fields.emergency hint="Name, relationship, number"/>
                    <Show when=move || !is_minor.get()>
                        <TextField id="details-guardian" label="Legal guardian" value=fields.guardian hint="Name, relationship, number. Empty: none"/>
                    </Show>
                </div>
                <p class="hint">"How messages may be left, with whom we may speak and the care of a minor stand below, with the day on which they were asked."</p>
            </FormGroup>
            <Select id="details-clinician" label="Treating clinician (PCP)" options=people_options(people, Role::Clinician, "Not in the list") value=fields.clinician
                hint="Somebody new is added in Settings, or under the care team"/>
        </QuickForm>
    }
}

fn choices<'a>(pairs: impl Iterator<Item = (String, &'a str)>) -> Vec<(String, String)> {
    let unknown = (String::new(), "Not recorded".to_owned());
    std::iter::once(unknown)
        .chain(pairs.map(|(value, words)| (value, words.to_owned())))
        .collect()
}

impl Fields {
    fn of(registration: &Registration) -> Self {
        let field = |value: &Option<String>| RwSignal::new(value.clone().unwrap_or_default());
        let r = registration;
        Self {
            given: RwSignal::new(r.given.clone()),
            family: RwSignal::new(r.family.clone()),
            preferred: field(&r.preferred),
            birth: field(&r.birth.map(|day| day.to_string())),
            sex: field(&r.sex.map(word)),
            gender: field(&r.gender),
            pronouns: field(&r.pronouns),
            mrn: field(&r.mrn),
            phones: StoredValue::new(
                (0..r.phones.len() + SPARE_PHONES)
                    .map(|at| RwSignal::new(r.phones.get(at).cloned().unwrap_or_default()))
                    .collect(),
            ),
            address: field(&r.address),
            email: field(&r.email),
            language: field(&r.language),
            interpreter: field(&r.interpreter.map(word)),
            emergency: field(&r.emergency),
            guardian: field(&r.guardian),
            prefers: field(&r.prefers.map(word)),
            hours: field(&r.hours),
            clinician: field(&r.clinician.map(|person| person.to_string())),
        }
    }

    /// What is typed, over what the form has no field for: a minor's guardian is changed under the care of a minor.
    fn read(&self, now: &Registration, is_minor: bool) -> Result<Registration, Vec<Wrong>> {
        let mut reading = Reading::default();
        let family = reading.text(&self.family.get(), "details-family", "Enter the family name");
        let typed = self.birth.get();
        let birth = match text(&typed) {
            None => None,
            Some(typed) => {
                let text = "Enter the date of birth, such as 1986-03-04 or 03/04/1986";
                reading.chosen(parse_birth(&typed), "details-birth", text)
            }
        };
        let phones = self
            .phones
            .with_value(|phones| phones.iter().filter_map(|phone| text(&phone.get())).collect());
        let registration = family.map(|family| Registration {
            given: self.given.get().trim().to_owned(),
            family,
            preferred: text(&self.preferred.get()),
            birth,
            sex: from_word(&self.sex.get()),
            gender: text(&self.gender.get()),
            pronouns: text(&self.pronouns.get()),
            mrn: text(&self.mrn.get()),
            phones,
            email: text(&self.email.get()),
            address: text(&self.address.get()),
            language: text(&self.language.get()),
            interpreter: from_word(&self.interpreter.get()),
            emergency: text(&self.emergency.get()),
            guardian: match is_minor {
                true => now.guardian.clone(),
                false => text(&self.guardian.get()),
            },
            prefers: from_word(&self.prefers.get()),
            hours: text(&self.hours.get()),
            messages_by: now.messages_by.clone(),
            clinician: self.clinician.get().parse().ok(),
        });
        reading.finish(registration)
    }
}
