//! Registration and demographics, care manager.

use leptos::prelude::*;

use super::Place;
use crate::app::components::{Checks, FormGroup, InputKind, Select, TextField, Width};
use crate::app::pages::common::{QuickForm, Reading, Written, follow_people, people_options};
use crate::app::pages::register::parse_birth;
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::text;
use crate::app::words::{CHANNELS, SEXES, options};
use crate::journal::facts::{Assignment, Channel, Registration, Role};
use crate::journal::{Fact, PersonId};

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
    phones: RwSignal<String>,
    email: RwSignal<String>,
    language: RwSignal<String>,
    emergency: RwSignal<String>,
    guardian: RwSignal<String>,
    prefers: RwSignal<String>,
    hours: RwSignal<String>,
    messages: RwSignal<Vec<Channel>>,
    clinician: RwSignal<String>,
    care_manager: RwSignal<String>,
}

#[component]
pub fn DetailsForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let people = follow_people(desk);
    let registration = place.view.with_untracked(|view| view.registration.clone());
    let assigned = place.view.with_untracked(|view| view.care_manager.clone());
    let fields = Fields::of(&registration);
    let before = StoredValue::new(String::new());
    // The view names the care manager; the list of people knows the id.
    crate::app::effects::effect(move |_| {
        let people = people.get();
        let known = people.iter().find(|person| Some(&person.name) == assigned.as_ref());
        if let Some(person) = known.filter(|_| before.with_value(String::is_empty)) {
            before.set_value(person.person.to_string());
            fields.care_manager.set(person.person.to_string());
        }
    });
    let kept = StoredValue::new(registration);
    let read = Callback::new(move |()| -> Written {
        let registration = kept.with_value(|kept| untrack(|| fields.read(kept)))?;
        let mut facts = vec![Fact::Registration(registration)];
        let care_manager = fields.care_manager.get_untracked();
        if before.with_value(|before| *before != care_manager) {
            let from = desk.today().get_untracked();
            let care_manager: Option<PersonId> = care_manager.parse().ok();
            facts.push(Fact::Assignment(Assignment { care_manager, from }));
        }
        Ok(facts)
    });
    let sexes = choices(SEXES.iter().map(|(sex, words)| (word(*sex), *words)));
    let channels = choices(CHANNELS.iter().map(|(channel, words)| (word(*channel), *words)));
    view! {
        <QuickForm chart=place.chart title="Name, phone, details" deed="Details changed" save="Save details" read on_close=place.close>
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
                    <TextField id="details-phones" label="Phones" value=fields.phones kind=InputKind::Telephone hint="the preferred one first, with commas between"/>
                    <Select id="details-prefers" label="Prefers" options=Signal::stored(channels) value=fields.prefers/>
                    <TextField id="details-hours" label="Hours, what to know before calling" value=fields.hours/>
                    <TextField id="details-email" label="E-mail" value=fields.email/>
                    <TextField id="details-language" label="Language, when not English" value=fields.language/>
                    <TextField id="details-emergency" label="Emergency contact" value=fields.emergency/>
                    <TextField id="details-guardian" label="Parent or guardian" value=fields.guardian/>
                </div>
                <Checks id="details-messages" legend="Messages may be left by" options=options(CHANNELS) value=fields.messages/>
            </FormGroup>
            <FormGroup legend="Care team">
                <div class="fields">
                    <Select id="details-clinician" label="Treating clinician (PCP)" options=people_options(people, Role::Clinician, "Not in the list") value=fields.clinician/>
                    <Select id="details-care-manager" label="Care manager" options=people_options(people, Role::CareManager, "Nobody") value=fields.care_manager/>
                </div>
            </FormGroup>
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
            phones: RwSignal::new(r.phones.join(", ")),
            email: field(&r.email),
            language: field(&r.language),
            emergency: field(&r.emergency),
            guardian: field(&r.guardian),
            prefers: field(&r.prefers.map(word)),
            hours: field(&r.hours),
            messages: RwSignal::new(r.messages_by.clone()),
            clinician: field(&r.clinician.map(|person| person.to_string())),
            care_manager: RwSignal::new(String::new()),
        }
    }

    fn read(&self, before: &Registration) -> Result<Registration, Vec<crate::app::typed::Wrong>> {
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
        let phones = self.phones.get();
        let phones = phones.split(',').filter_map(text).collect();
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
            address: before.address.clone(),
            language: text(&self.language.get()),
            emergency: text(&self.emergency.get()),
            guardian: text(&self.guardian.get()),
            prefers: from_word(&self.prefers.get()),
            hours: text(&self.hours.get()),
            messages_by: self.messages.get(),
            clinician: self.clinician.get().parse().ok(),
        });
        reading.finish(registration)
    }
}
