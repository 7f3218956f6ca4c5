//! Medicines, changes of treatment.

use leptos::prelude::*;

use super::super::facts::{medicine, medicines};
use super::{Place, empty};
use crate::app::components::{Choice, DateField, Select, TextArea, TextField, Width};
use crate::app::pages::common::{QuickForm, Reading, Written, follow_people, new_thing, people_options, today_text};
use crate::app::state::use_desk;
use crate::app::typed::text;
use crate::app::words::{ADHERENCE, CHANGES, SEVERITIES, options};
use crate::journal::facts::{
    Adherence, ChangeKind, Medication, MedicationCheck, Role, Severity, SideEffect, TreatmentChange,
};
use crate::journal::{Fact, ThingId, When};

/// What happens to a medicine that is on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Checked,
    Changed,
    Stopped,
}

#[derive(Clone, Copy)]
struct MedicineFields {
    deed: RwSignal<Option<Deed>>,
    name: RwSignal<String>,
    dose: RwSignal<String>,
    day: RwSignal<String>,
    adherence: RwSignal<Option<Adherence>>,
    effect: RwSignal<String>,
    severity: RwSignal<Option<Severity>>,
}

#[component]
pub fn MedicationForm(place: Place, which: Option<ThingId>) -> impl IntoView {
    let desk = use_desk();
    let known = which.and_then(|id| place.view.with_untracked(|view| medicine(view, id)));
    let fields = MedicineFields {
        deed: RwSignal::new(known.as_ref().map(|_| Deed::Checked)),
        name: RwSignal::new(known.as_ref().map_or_else(String::new, |known| known.name.clone())),
        dose: RwSignal::new(known.as_ref().and_then(|known| known.dose.clone()).unwrap_or_default()),
        day: RwSignal::new(today_text(desk)),
        adherence: RwSignal::new(None),
        effect: empty(),
        severity: RwSignal::new(None),
    };
    let kept = StoredValue::new(known.clone());
    let read = Callback::new(move |()| {
        let today = desk.today().get_untracked();
        kept.with_value(|known| {
            untrack(|| match known {
                Some(known) => read_known(fields, known, today),
                None => read_new(fields, today),
            })
        })
    });
    let is = move |deed: Deed| fields.deed.get() == Some(deed);
    let title = known.as_ref().map_or_else(
        || "Medication".to_owned(),
        |known| format!("Medication: {}", known.name),
    );
    let deeds = known.map(|_| {
        let deeds = vec![
            (Deed::Checked, "Asked how it is taken".to_owned()),
            (Deed::Changed, "Dose changed".to_owned()),
            (Deed::Stopped, "Stopped".to_owned()),
        ];
        view! { <Choice id="medication-deed" legend="What happened" options=deeds value=fields.deed/> }
    });
    let is_new = deeds.is_none();
    view! {
        <QuickForm chart=place.chart title deed="Medication recorded" save="Save medication" read on_close=place.close>
            <crate::app::pages::course::assessment::ManiaLine view=place.view/>
            {deeds}
            <div class="fields">
                {is_new.then(|| view! { <TextField id="medication-name" label="Name" value=fields.name/> })}
                <Show when=move || is_new || is(Deed::Changed)>
                    <TextField id="medication-dose" label="Dose and timing" value=fields.dose hint="such as 50 mg in the morning"/>
                </Show>
                <DateField id="medication-day" label=if is_new { "Since" } else { "Day" } value=fields.day max=today_text(desk)/>
            </div>
            <Show when=move || is(Deed::Checked)>
                <Choice id="adherence" legend="It is taken" options=options(ADHERENCE) value=fields.adherence/>
                <TextField id="side-effect" label="Side effect" value=fields.effect hint="empty when there is none"/>
                <Choice id="severity" legend="How bad" options=options(SEVERITIES) value=fields.severity/>
            </Show>
            <Show when=move || is_new || is(Deed::Changed) || is(Deed::Stopped)>
                <p class="hint">"A treatment change is recorded with it: without one, \u{201c}not improved despite a change\u{201d} can\u{2019}t be told."</p>
            </Show>
        </QuickForm>
    }
}

fn read_new(fields: MedicineFields, today: crate::journal::Day) -> Written {
    let mut reading = Reading::default();
    let name = reading.text(&fields.name.get(), "medication-name", "Enter the name");
    let from = reading.past(&fields.day.get(), "medication-day", "the first day", today);
    let medication = new_thing()?;
    let dose = text(&fields.dose.get());
    let facts = name.zip(from).map(|(name, from)| {
        let what = described(&name, dose.as_ref());
        let medicine = Medication {
            medication,
            name,
            dose,
            from: Some(from),
            until: None,
            prescriber: None,
        };
        vec![
            Fact::Medication(medicine),
            change(from, ChangeKind::MedicationStarted, what),
        ]
    });
    reading.finish(facts)
}

fn read_known(fields: MedicineFields, known: &Medication, today: crate::journal::Day) -> Written {
    let mut reading = Reading::default();
    let day = reading.past(&fields.day.get(), "medication-day", "the day", today);
    let deed = reading.chosen(fields.deed.get(), "medication-deed", "Choose what happened");
    let (Some(day), Some(deed)) = (day, deed) else {
        return reading.finish(None);
    };
    let facts = match deed {
        Deed::Checked => {
            let adherence = reading.chosen(fields.adherence.get(), "adherence", "Choose how it is taken");
            let effect = text(&fields.effect.get());
            let severity = match &effect {
                Some(_) => reading.chosen(fields.severity.get(), "severity", "Choose how bad the side effect is"),
                None => None,
            };
            let side_effects = effect
                .zip(severity)
                .map(|(text, severity)| SideEffect { text, severity });
            let side_effects = side_effects.into_iter().collect();
            let (medication, at) = (known.medication, When::Day(day));
            adherence.map(|adherence| {
                vec![Fact::MedicationCheck(MedicationCheck {
                    medication,
                    at,
                    adherence,
                    side_effects,
                })]
            })
        }
        Deed::Changed => reading
            .text(&fields.dose.get(), "medication-dose", "Enter the new dose")
            .map(|dose| {
                let what = described(&known.name, Some(&dose));
                let next = Medication {
                    dose: Some(dose),
                    ..known.clone()
                };
                vec![Fact::Medication(next), change(day, ChangeKind::DoseChanged, what)]
            }),
        Deed::Stopped => {
            let what = described(&known.name, known.dose.as_ref());
            let ended = Medication {
                until: Some(day),
                ..known.clone()
            };
            Some(vec![
                Fact::Medication(ended),
                change(day, ChangeKind::MedicationStopped, what),
            ])
        }
    };
    reading.finish(facts)
}

fn described(name: &str, dose: Option<&String>) -> String {
    dose.map_or_else(|| name.to_owned(), |dose| format!("{name} {dose}"))
}

fn change(day: crate::journal::Day, kind: ChangeKind, what: String) -> Fact {
    Fact::TreatmentChange(TreatmentChange {
        day,
        kind,
        what,
        why: None,
        proposed_by: None,
        decided_by: None,
        recommendation: None,
    })
}

#[component]
pub fn ChangeForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let people = follow_people(desk);
    let kind = RwSignal::new(None::<ChangeKind>);
    let (what, why, decided, carries) = (empty(), empty(), empty(), empty());
    let day = RwSignal::new(today_text(desk));
    let recommendations = Signal::derive(move || {
        let mut options = vec![(String::new(), "None".to_owned())];
        place.view.with(|view| {
            let open = view.recommendations.iter();
            options.extend(open.map(|open| (open.recommendation.to_string(), shortened(&open.text))));
        });
        options
    });
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let day = reading.past(
            &day.get_untracked(),
            "change-day",
            "the day of the change",
            desk.today().get_untracked(),
        );
        let kind = reading.chosen(kind.get_untracked(), "change-kind", "Choose what kind of change it is");
        let what = reading.text(&what.get_untracked(), "change-what", "Say what was changed");
        let fact = day.zip(kind).zip(what).map(|((day, kind), what)| {
            Fact::TreatmentChange(TreatmentChange {
                day,
                kind,
                what,
                why: text(&why.get_untracked()),
                proposed_by: None,
                decided_by: decided.get_untracked().parse().ok(),
                recommendation: carries.get_untracked().parse().ok(),
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let taken = place.view.with_untracked(|view| medicines(view));
    let taken = taken
        .iter()
        .map(|medicine| described(&medicine.name, medicine.dose.as_ref()))
        .collect::<Vec<_>>();
    let taken = (!taken.is_empty()).then(|| format!("Taken now: {}", taken.join(", ")));
    view! {
        <QuickForm chart=place.chart title="Treatment change" deed="Treatment change recorded" save="Save change" read on_close=place.close>
            <crate::app::pages::course::assessment::ManiaLine view=place.view/>
            {taken.map(|words| view! { <p class="hint">{words}</p> })}
            <Choice id="change-kind" legend="What kind" options=options(CHANGES) value=kind/>
            <TextField id="change-what" label="What exactly" value=what width=Width::Full/>
            <TextArea id="change-why" label="Why" value=why rows=2/>
            <div class="fields">
                <DateField id="change-day" label="Day" value=day max=today_text(desk)/>
                <Select id="change-decided" label="Decided by" options=people_options(people, Role::Clinician, "Not in the list") value=decided/>
                <Select id="change-recommendation" label="Carries out the recommendation" options=recommendations value=carries/>
            </div>
        </QuickForm>
    }
}

/// The start of a text, for a list to choose from.
pub fn shortened(words: &str) -> String {
    const MOST: usize = 60;
    let mut start: String = words.chars().take(MOST).collect();
    if start.len() < words.len() {
        start.push('\u{2026}');
    }
    start
}
