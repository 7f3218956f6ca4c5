//! The clinic's own minimum doses. Without one for a medicine the app never says whether a dose is enough.

use leptos::prelude::*;

use super::Section;
use crate::app::components::{Button, ButtonKind, FieldError, Form, FormErrors, Select, Submit, TextField, Width};
use crate::app::effects::effect;
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::text;
use crate::app::words::DOSE_UNITS;
use crate::care::intent::Intent;
use crate::care::{Amount, read_dose};
use crate::journal::Fact;
use crate::journal::facts::{DoseUnit, MinimumDose, MinimumDoses};
use crate::registry::{Request, Response};

fn amount(dose: &MinimumDose) -> Amount {
    Amount {
        thousandths: dose.thousandths.into(),
        unit: dose.unit,
    }
}

/// The list, and the form that adds to it.
#[component]
pub fn DosesSection(
    /// As they are.
    doses: Vec<MinimumDose>,
) -> impl IntoView {
    let desk = use_desk();
    // The list as it stands, also after what another tab or a file wrote: what is saved is made from it.
    let newest = desk.follow(
        || Request::Settings,
        |response| match response {
            Response::Settings(view) => Some(view.minimum_doses),
            _ => None,
        },
    );
    let kept = RwSignal::new(doses);
    effect(move |_| {
        if let Some(newest) = newest.value().get()
            && kept.with_untracked(|kept| *kept != *newest)
        {
            kept.set(newest.to_vec());
        }
    });
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let (name, least) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let unit = RwSignal::new(word(DoseUnit::Mg));
    let save = move |doses: Vec<MinimumDose>, what: &'static str| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let fact = Fact::MinimumDoses(MinimumDoses { doses: doses.clone() });
        desk.submit(Intent::Office(vec![fact]), what, move |result| {
            let _free = busy.try_set(false);
            match result {
                Ok(_) => {
                    // At once: another change may be made before the settings are read again, and from the list as it is now.
                    let _kept = kept.try_set(doses.clone());
                    let _name = name.try_set(String::new());
                    let _least = least.try_set(String::new());
                }
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    };
    let add = move |()| {
        let mut wrong = Vec::new();
        let error = |field: &str, text: &str| FieldError {
            field: field.to_owned(),
            text: text.to_owned(),
        };
        let medicine = text(&name.get_untracked());
        if medicine.is_none() {
            wrong.push(error(
                "dose-medicine",
                "Enter the medication, spelled as in the records",
            ));
        }
        // The amount is read with its unit, as doses are.
        let typed = least.with_untracked(|least| least.trim().to_owned());
        let read = read_dose(&format!("{typed} mg")).map(|(amount, _)| amount.thousandths);
        let thousandths = read.and_then(|read| u32::try_from(read).ok());
        if thousandths.is_none() {
            wrong.push(error(
                "dose-least",
                "Enter the least amount a day as a number, such as 50 or 12.5",
            ));
        }
        errors.set(wrong);
        if let (Some(medicine), Some(thousandths)) = (medicine, thousandths) {
            let unit = from_word(&unit.get_untracked()).unwrap_or(DoseUnit::Mg);
            let mut doses = kept.get_untracked();
            doses.retain(|dose| !dose.medicine.eq_ignore_ascii_case(&medicine));
            doses.push(MinimumDose {
                medicine,
                thousandths,
                unit,
            });
            doses.sort_by_key(|dose| dose.medicine.to_lowercase());
            save(doses, "Minimum dose saved");
        }
    };
    let remove = move |medicine: String| {
        let mut doses = kept.get_untracked();
        doses.retain(|dose| dose.medicine != medicine);
        save(doses, "Minimum dose removed");
    };
    let line = move |dose: MinimumDose| {
        let says = format!("Remove {}", dose.medicine);
        let medicine = dose.medicine.clone();
        view! {
            <li>
                {format!("{}: {} a day", dose.medicine, amount(&dose))}" "
                <Button kind=ButtonKind::Quiet says on_press=move |()| remove(medicine.clone())>"Remove"</Button>
            </li>
        }
    };
    let units = Signal::stored(
        DOSE_UNITS
            .iter()
            .map(|(unit, words)| (word(*unit), (*words).to_owned()))
            .collect::<Vec<_>>(),
    );
    view! {
        <Section id="doses-section">
            <p>
                "The least amount a day of a medication that your clinic calls an adequate dose. The app has no list of its own: it compares a \
                 dose only with a number that you typed, and says \u{201c}can\u{2019}t be compared\u{201d} where a dose is not an amount with a unit and a \
                 number of times a day."
            </p>
            {move || {
                let all = kept.get();
                match all.is_empty() {
                    true => view! { <p class="hint">"None yet: no dose is called adequate or not."</p> }.into_any(),
                    false => view! { <ul>{all.into_iter().map(line).collect_view()}</ul> }.into_any(),
                }
            }}
            <Form errors on_submit=add label="Minimum dose">
                <div class="fields">
                    <TextField id="dose-medicine" label="Medication" value=name hint="as the records spell it"/>
                    <TextField id="dose-least" label="Least amount a day" value=least width=Width::Short/>
                    <Select id="dose-unit" label="Unit" options=units value=unit/>
                </div>
                <div class="actions"><Submit busy>"Save minimum dose"</Submit></div>
            </Form>
        </Section>
    }
}
