//! One thing set for the patients chosen: consent, payer, treating clinician.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, Checks, DateField, Dialog, Form, FormErrors, Select, Submit, TextField};
use crate::app::format;
use crate::app::pages::common::{Reading, to_errors};
use crate::app::pages::course::privacy::{POINTS, POINTS_HINT};
use crate::app::state::use_desk;
use crate::app::typed::read_day;
use crate::app::words::options as choices;
use crate::care::intent::{Intent, SetForMany};
use crate::journal::ChartId;
use crate::journal::facts::{Consent, ConsentAnswer, ConsentHow, Explained, Payer, Programme};
use crate::registry::MonthView;

/// Which patients are chosen.
pub(super) type Chosen = RwSignal<BTreeSet<ChartId>>;

/// What is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Consent,
    Payer,
    Clinician,
}

/// How many are chosen, and what can be set for them.
#[component]
pub(super) fn ForMany(
    /// The month.
    view: Arc<MonthView>,
    /// Which patients.
    chosen: Chosen,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let what = RwSignal::new(What::Consent);
    let number = move || chosen.with(BTreeSet::len) as u64;
    let none = Signal::derive(move || number() == 0);
    let press = move |of: What| {
        what.set(of);
        open.set(true);
    };
    let title = Signal::derive(move || {
        let patients = format::count(number(), "patient", "patients");
        match what.get() {
            What::Consent => format!("Consent of {patients}"),
            What::Payer => format!("Payer of {patients}"),
            What::Clinician => format!("Treating clinician of {patients}"),
        }
    });
    view! {
        <div class="month-order" role="group" aria-label="For the patients chosen">
            <span role="status">{move || format::count(number(), "patient chosen", "patients chosen")}</span>
            <Button disabled=none on_press=move |()| press(What::Consent)>"Record consent"</Button>
            <Button disabled=none on_press=move |()| press(What::Payer)>"Set payer"</Button>
            <Button disabled=none on_press=move |()| press(What::Clinician)>"Set clinician"</Button>
        </div>
        <Dialog open title>
            {
                let view = Arc::clone(&view);
                move || view! { <ManyForm view=Arc::clone(&view) chosen what=what.get() open/> }
            }
        </Dialog>
    }
}

#[component]
fn ManyForm(view: Arc<MonthView>, chosen: Chosen, what: What, open: RwSignal<bool>) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let day = RwSignal::new(match what {
        What::Consent | What::Clinician => String::new(),
        // From the month's first day: it is the month in view that lacks it.
        What::Payer => view.month.first().to_string(),
    });
    let how = RwSignal::new("verbal".to_owned());
    let points = RwSignal::new(Vec::<Explained>::new());
    let payer = RwSignal::new(String::new());
    let profile = RwSignal::new(String::new());
    let clinician = RwSignal::new(String::new());
    let people = StoredValue::new(view.clinicians.clone());
    let read = move || {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let set = match what {
            What::Consent => reading
                .past(&day.get_untracked(), "many-day", "the day of the consent", today)
                .map(|day| {
                    SetForMany::Consent(Consent {
                        programme: Programme::Cocm,
                        answer: ConsentAnswer::Given {
                            how: match how.get_untracked().as_str() {
                                "written" => ConsentHow::Written,
                                _ => ConsentHow::Verbal,
                            },
                            explained: None,
                            points: points.get_untracked(),
                        },
                        day,
                        taken_by: None,
                    })
                }),
            What::Payer => {
                let name = reading.text(&payer.get_untracked(), "many-payer", "Enter who pays");
                let from = reading.take(read_day("many-day", "the first day", &day.get_untracked(), None));
                let profile = Some(profile.get_untracked()).filter(|name| !name.is_empty());
                name.zip(from).map(|(name, from)| {
                    SetForMany::Payer(Payer {
                        name,
                        profile,
                        member: None,
                        from,
                    })
                })
            }
            What::Clinician => {
                let wanted = clinician.get_untracked();
                let person = people.with_value(|people| {
                    let found = people.iter().find(|(person, _)| person.to_string() == wanted);
                    found.map(|(person, _)| *person)
                });
                let person = reading.chosen(person, "many-clinician", "Choose the treating clinician");
                person.map(SetForMany::Clinician)
            }
        };
        reading.finish(set)
    };
    let save = move |()| {
        let set = match read() {
            Ok(set) => set,
            Err(wrong) => return errors.set(to_errors(wrong)),
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let charts = chosen.with_untracked(|chosen| chosen.iter().copied().collect());
        let intent = Intent::SetForMany { charts, what: set };
        let said = match what {
            What::Consent => "Consent recorded",
            What::Payer => "Payer set",
            What::Clinician => "Treating clinician set",
        };
        desk.submit(intent, said, move |result| {
            let _shown = busy.try_set(false);
            match result {
                Ok(_) => {
                    let _none = chosen.try_set(BTreeSet::new());
                    let _closed = open.try_set(false);
                }
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    };
    let fields = match what {
        What::Consent => {
            let options = vec![
                ("verbal".to_owned(), "Spoken, and written into the record".to_owned()),
                ("written".to_owned(), "Signed".to_owned()),
            ];
            view! {
                <p>"Only for patients who all gave consent to collaborative care on this day. An answer that is on record already stays."</p>
                <DateField id="many-day" label="Day of the consent" value=day/>
                <Select id="many-how" label="How" options value=how/>
                <Checks id="many-points" legend="What was explained to all of them" options=choices(&POINTS) value=points
                    hint=POINTS_HINT/>
            }
            .into_any()
        }
        What::Payer => {
            let mut options = vec![(String::new(), "The clinic\u{2019}s own profile".to_owned())];
            options.extend(
                view.profiles
                    .iter()
                    .map(|(name, about)| (name.clone(), format!("{name}: {about}"))),
            );
            view! {
                <TextField id="many-payer" label="Payer" value=payer/>
                <DateField id="many-day" label="From" value=day/>
                <Select id="many-profile" label="Minutes are counted by" options value=profile
                    hint="A profile is a set of thresholds and gates, and no payer\u{2019}s own word"/>
            }
            .into_any()
        }
        What::Clinician => {
            let mut options = vec![(String::new(), "Choose\u{2026}".to_owned())];
            options.extend(
                view.clinicians
                    .iter()
                    .map(|(person, name)| (person.to_string(), name.clone())),
            );
            view! {
                <Select id="many-clinician" label="Treating clinician" options value=clinician
                    hint="The claim goes out under this clinician\u{2019}s NPI"/>
            }
            .into_any()
        }
    };
    view! {
        <Form errors on_submit=save label="For the patients chosen">
            {fields}
            <div class="actions">
                <Submit busy>"Save for all of them"</Submit>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            </div>
        </Form>
    }
}
