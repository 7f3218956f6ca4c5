//! Settings: the clinic, its people, the protocol, measures, the payer profile; this browser's lock, look and storage.

use leptos::prelude::*;

use crate::app::components::{FailureNotice, FormErrors, Loading};
use crate::app::state::{Desk, use_desk};
use crate::care::intent::Intent;
use crate::journal::Fact;
use crate::journal::facts::Clinic;
use crate::registry::{Request, Response, SettingsView};

mod about;
mod activities;
mod browser;
mod clinic;
mod doses;
mod gap;
mod keys;
mod measures;
mod own_profile;
mod patient_mode;
mod payer;
mod people;
mod protocol;
mod same_person;
mod templates;
mod upkeep;

/// The sections: id and words.
const SECTIONS: [(&str, &str); 12] = [
    ("clinic-section", "Clinic"),
    ("people-section", "People"),
    ("protocol-section", "Protocol"),
    ("measures-section", "Measures"),
    ("payer-section", "Payer profile"),
    ("activities-section", "Activities"),
    ("doses-section", "Minimum doses"),
    ("patient-mode-section", "Forms that patients fill in"),
    ("templates-section", "Templates of notes and letters"),
    ("keys-section", "Passphrase and recovery sheet"),
    ("browser-section", "This browser"),
    ("about-section", "About"),
];

/// Settings.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let desk = use_desk();
    let answer = desk.follow(
        || Request::Settings,
        |response| match response {
            Response::Settings(view) => Some(*view),
            _ => None,
        },
    );
    // A section keeps what is typed in it while another one is saved, so it is made once, from the first answer.
    let ready = Memo::new(move |_| answer.value().with(Option::is_some));
    let people = Memo::new(move |_| answer.value().get().map(|view| view.people.clone()).unwrap_or_default());
    let patients = Memo::new(move |_| {
        answer
            .value()
            .get()
            .map(|view| view.patients_of.clone())
            .unwrap_or_default()
    });
    let profiles = Memo::new(move |_| {
        answer
            .value()
            .get()
            .map(|view| view.profiles.clone())
            .unwrap_or_default()
    });
    let own_profiles = Memo::new(move |_| {
        let view = answer.value().get();
        view.map(|view| view.own_profiles.clone()).unwrap_or_default()
    });
    let sections = move || {
        let view = answer.value().get_untracked()?;
        Some(view! { <Sections view=(*view).clone() people patients profiles own_profiles/> })
    };
    view! {
        <div class="page-head"><h1>"Settings"</h1></div>
        <nav class="on-page" aria-label="On this page">
            <ul>{SECTIONS.map(|(id, words)| view! { <li><SectionLink id words/></li> }).collect_view()}</ul>
        </nav>
        {move || answer.failure().get().map(|failure| view! { <FailureNotice failure/> })}
        {move || if ready.get() {
            sections().into_any()
        } else if answer.failure().with(Option::is_none) {
            view! { <Loading words="Reading settings\u{2026}"/> }.into_any()
        } else {
            ().into_any()
        }}
    }
}

/// A link within the page. The hash holds the route, so it moves the view by itself.
#[component]
fn SectionLink(id: &'static str, words: &'static str) -> impl IntoView {
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(section) = document().get_element_by_id(id) {
            section.scroll_into_view();
        }
        crate::app::browser::focus(id);
    };
    view! { <a href="#/settings" on:click=go>{words}</a> }
}

#[component]
fn Sections(
    view: SettingsView,
    people: Memo<Vec<crate::journal::facts::Person>>,
    patients: Memo<Vec<(crate::journal::PersonId, u32)>>,
    profiles: Memo<Vec<payer::Shipped>>,
    own_profiles: Memo<Vec<crate::journal::facts::PayerProfileChange>>,
) -> impl IntoView {
    let SettingsView {
        clinic,
        protocol,
        numbers,
        same_day_review,
        minimum_doses,
        ..
    } = view;
    let payer = clinic.payer_profile.clone();
    view! {
        <clinic::ClinicSection clinic/>
        <people::PeopleSection people patients/>
        <protocol::ProtocolSection protocol numbers/>
        <measures::MeasuresSection people/>
        <payer::PayerSection profiles chosen=payer own=own_profiles/>
        <activities::ActivitiesSection/>
        <doses::DosesSection doses=minimum_doses/>
        <patient_mode::PatientModeSection agreed=same_day_review people/>
        <templates::TemplatesSection/>
        <keys::KeysSection/>
        <browser::BrowserSection/>
        <about::AboutSection/>
    }
}

/// Saves the clinic as it is from now on; every page follows it.
fn save_clinic(desk: Desk, changed: Clinic, what: &'static str, busy: RwSignal<bool>, errors: FormErrors) {
    let saved = changed.clone();
    desk.submit(Intent::Office(vec![Fact::Clinic(changed)]), what, move |result| {
        let _shown = busy.try_set(false);
        match result {
            Ok(_) => desk.clinic().set(saved.clone()),
            Err(failure) => errors.set_whole(failure.to_string()),
        }
    });
}

/// A section with its heading.
#[component]
fn Section(
    /// Which of [`SECTIONS`].
    id: &'static str,
    /// Its content.
    children: Children,
) -> impl IntoView {
    let words = SECTIONS
        .iter()
        .find(|(section, _)| *section == id)
        .map_or("", |(_, words)| words);
    let heading = format!("{id}-heading");
    view! {
        <section class="setting" id=id tabindex="-1" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{words}</h2>
            {children()}
        </section>
    }
}
