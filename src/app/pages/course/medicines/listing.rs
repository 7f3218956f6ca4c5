//! A treatment change becomes the medicine list in one step: the medicine's next version, prefilled from the change.

use leptos::prelude::*;

use super::clash::{Against, AgainstIt};
use super::form::{known, often_options};
use super::lists::described;
use super::{Open, Place};
use crate::app::components::{DateField, Select, TextField, Width};
use crate::app::pages::common::{QuickForm, Reading, Written, new_thing, today_text};
use crate::app::pages::course::boxes::{LineButton, OneForm};
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, text};
use crate::care::{Listing, is_named, listed, said_of};
use crate::journal::facts::{ChangeKind, ChangeState, Medication, TreatmentChange};
use crate::journal::{Day, EntryId, Fact, ThingId};
use crate::registry::ChangeView;

/// What the list is to say.
#[derive(Clone, Copy)]
pub struct ListFields {
    place: Place,
    against: Against,
    name: RwSignal<String>,
    dose: RwSignal<String>,
    often: RwSignal<String>,
    prescriber: RwSignal<String>,
    /// What was filled in last: only that is filled in anew.
    filled: StoredValue<[String; 4]>,
}

impl ListFields {
    /// Empty.
    pub fn new(place: Place) -> Self {
        let field = || RwSignal::new(String::new());
        let name = field();
        Self {
            place,
            against: Against::new(place, name.into(), None),
            name,
            dose: field(),
            often: field(),
            prescriber: field(),
            filled: StoredValue::new([const { String::new() }; 4]),
        }
    }

    /// Fills in what a change says, but nothing that was typed. Whoever prescribes the medicine goes on; the treating
    /// clinician prescribes one that is begun. Says whether the words say for certain what the list is to say.
    pub fn fill(self, change: &TreatmentChange, known: Option<&Medication>) -> bool {
        let says = said_of(change, known);
        let is_certain = says.is_certain(change.kind);
        let clinician = self.place.medicines.with_untracked(|view| view.clinician);
        let by_name = known.is_some_and(|m| m.prescriber_name.is_some());
        let prescriber = says.prescriber.or(clinician.filter(|_| !by_name));
        let often = says.how_often.or(known.and_then(|m| m.how_often));
        let new = [
            says.name,
            says.dose.unwrap_or_default(),
            often.map(word).unwrap_or_default(),
            prescriber.map(|person| person.to_string()).unwrap_or_default(),
        ];
        let before = self.filled.get_value();
        let fields = [self.name, self.dose, self.often, self.prescriber];
        for ((field, before), new) in fields.into_iter().zip(before).zip(&new) {
            if field.get_untracked() == before && before != *new {
                field.set(new.clone());
            }
        }
        self.filled.set_value(new);
        is_certain
    }

    fn read(self, reading: &mut Reading, kind: ChangeKind) -> Option<Listing> {
        let typed = |signal: RwSignal<String>| text(&signal.get_untracked());
        let name = match begins(kind) {
            true => reading.text(
                &self.name.get_untracked(),
                "list-name",
                "Enter the medication\u{2019}s name",
            )?,
            false => String::new(),
        };
        if begins(kind) {
            self.against.read(reading);
        }
        let dose = match kind {
            ChangeKind::DoseChanged => {
                Some(reading.text(&self.dose.get_untracked(), "list-dose", "Enter the new dose")?)
            }
            _ => typed(self.dose),
        };
        Some(Listing {
            name,
            dose,
            how_often: from_word(&self.often.get_untracked()),
            prescriber: self.prescriber.get_untracked().parse().ok(),
        })
    }

    /// The versions of medicines that make a change the list from a day on, with the change when it says more by that than
    /// `before`. The change keeps its own day: weeks count from it.
    ///
    /// # Errors
    /// When the browser has no randomness. What is wrong with the fields is noted in `reading`.
    pub fn write(
        self,
        reading: &mut Reading,
        change: TreatmentChange,
        on: Day,
        before: Option<&TreatmentChange>,
    ) -> Result<Option<Vec<Fact>>, Vec<Wrong>> {
        let Some(says) = self.read(reading, change.kind) else {
            return Ok(None);
        };
        let known = change.medication.and_then(|id| known(self.place, id));
        let new = new_thing()?;
        let from_then = TreatmentChange {
            day: on,
            ..change.clone()
        };
        let versions = listed(&from_then, known.as_ref(), new, says);
        let begun = (change.kind == ChangeKind::MedicationStarted).then_some(new);
        let change = TreatmentChange {
            medication: change.medication.or(begun),
            ..change
        };
        // An older one has no versions: it stays as it is.
        let again = change.change.is_some() && before != Some(&change);
        let change = again.then_some(Fact::TreatmentChange(change));
        Ok(Some(
            change
                .into_iter()
                .chain(versions.into_iter().map(Fact::Medication))
                .collect(),
        ))
    }
}

/// Whether a change begins a medicine.
fn begins(kind: ChangeKind) -> bool {
    matches!(kind, ChangeKind::MedicationStarted | ChangeKind::MedicationSwitched)
}

/// The fields.
#[component]
pub fn ListingFields(fields: ListFields, kind: ChangeKind) -> impl IntoView {
    let people = fields.place.medicines;
    let people = Signal::derive(move || super::why::people_of(people, "Not in the list"));
    (kind != ChangeKind::MedicationStopped).then(|| {
        view! {
            <div class="fields">
                {begins(kind).then(|| view! { <TextField id="list-name" label="Name of the medication" value=fields.name/> })}
                <TextField id="list-dose" label="Dose from then on" value=fields.dose width=Width::Short hint="such as 50 mg"/>
                <Select id="list-often" label="How often" options=often_options() value=fields.often/>
                <Select id="list-prescriber" label="Prescribed by" options=people value=fields.prescriber/>
            </div>
            {begins(kind).then(|| view! { <AgainstIt against=fields.against/> })}
        }
    })
}

/// A change that was made becomes the list.
#[component]
pub fn ListForm(place: Place, which: EntryId) -> impl IntoView {
    let desk = use_desk();
    let view = place.medicines.with_untracked(|view| {
        let found = view.changes.iter().find(|view| view.entry == which);
        found.cloned()
    });
    let Some(ChangeView {
        change, kind: words, ..
    }) = view
    else {
        return ().into_any();
    };
    let known = change.medication.and_then(|id| known(place, id));
    let fields = ListFields::new(place);
    let _certain = fields.fill(&change, known.as_ref());
    let day = RwSignal::new(change.day.to_string());
    let kind = change.kind;
    let told = format!("{words}: {}", change.what);
    let now = known.as_ref().map(described);
    let kept = StoredValue::new(change);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let day = reading.past(&day.get_untracked(), "list-day", "the day", today);
        let before = kept.get_value();
        let Some(day) = day else {
            return reading.finish(None);
        };
        let facts = fields.write(&mut reading, before.clone(), day, Some(&before))?;
        reading.finish(facts)
    });
    let day_label = match kind {
        ChangeKind::MedicationStopped => "Last day",
        _ => "Taken so since",
    };
    view! {
        <QuickForm chart=place.chart title="Make it the medicine list" deed="Medicine list changed" save="Save to the list" read on_close=place.form.closes()>
            <p>{told}</p>
            {now.map(|now| view! { <p class="hint">"The list says: "{now}</p> })}
            <ListingFields fields kind/>
            <DateField id="list-day" label=day_label value=day max=today_text(desk) hint="Weeks count from the day of the change, which stays"/>
        </QuickForm>
    }
    .into_any()
}

/// The medicines that are taken now and are named as what a change begins; `known` is the one that it is about.
pub fn already_taken(place: Place, change: &TreatmentChange, known: Option<&Medication>) -> Vec<ThingId> {
    let begun = said_of(change, known.filter(|_| change.kind != ChangeKind::MedicationStarted)).name;
    let words = match begun.is_empty() {
        true => change.clone(),
        false => TreatmentChange {
            what: begun,
            ..change.clone()
        },
    };
    place.medicines.with_untracked(|view| {
        let all = view.current.iter().map(|view| &view.medicine);
        all.filter(|m| is_named(m, &words) && known.is_none_or(|known| known.medication != m.medication))
            .map(|m| m.medication)
            .collect()
    })
}

/// Says that a change of a medicine is proposed, so that it is decided on and not written beside.
#[component]
pub fn ProposedHint(
    place: Place,
    /// Whether a change is of that medicine.
    is_it: impl Fn(&TreatmentChange) -> bool + Send + Sync + 'static,
) -> impl IntoView {
    move || {
        let found = place.medicines.with(|view| {
            let mut all = view.changes.iter();
            let waits = |view: &&ChangeView| view.change.stands() == ChangeState::Proposed && is_it(&view.change);
            all.find(waits).map(|view| (view.entry, view.change.what.clone()))
        });
        found.map(|(entry, what)| {
            let about = what.clone();
            view! {
                <p class="notice-line">
                    "A change of it is proposed and not decided: "{what}". "
                    <LineButton words="Decide on it" about on_press=place.form.opens(Open::Change(Some(entry)))/>
                </p>
            }
        })
    }
}
