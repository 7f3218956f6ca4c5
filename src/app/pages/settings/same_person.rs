//! Two people on file who are one: which of them stays, and how many patients change hands.

use leptos::prelude::*;

use crate::app::components::{Button, FieldError, Form, FormErrors, Select, Submit};
use crate::app::format;
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::journal::PersonId;
use crate::journal::facts::{Person, Role};

/// Asks whom somebody really is.
#[component]
pub(super) fn SamePersonForm(
    /// Whose name is a second one.
    person: Person,
    /// Everybody on file.
    people: Vec<Person>,
    /// How many patients each care manager has.
    patients: Vec<(PersonId, u32)>,
    /// Closes the dialog.
    open: RwSignal<bool>,
) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let same_as = RwSignal::new(String::new());
    let others = people
        .into_iter()
        .filter(|other| other.person != person.person && other.same_as.is_none() && other.role != Role::Import);
    let option = |other: Person| (other.person.to_string(), other.name);
    let options: Vec<(String, String)> = std::iter::once((String::new(), "Choose a person".to_owned()))
        .chain(others.map(option))
        .collect();
    let names = StoredValue::new(options.clone());
    let count = patients
        .iter()
        .find(|(of, _)| *of == person.person)
        .map_or(0, |(_, count)| *count);
    let name = person.name.clone();
    let preview = move || {
        let chosen = same_as.get();
        let other = names.with_value(|names| names.iter().find(|(id, _)| *id == chosen).cloned())?;
        let patients = format::count(count.into(), "patient goes", "patients go");
        (!chosen.is_empty()).then(|| {
            format!(
                "{patients} from {name} to {}, what was recorded stays as it is, and {name} is no longer offered.",
                other.1
            )
        })
    };
    let save = move |()| {
        let Ok(chosen) = same_as.get_untracked().parse() else {
            errors.set(vec![FieldError {
                field: "same-as".to_owned(),
                text: "Choose who this is".to_owned(),
            }]);
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let intent = Intent::SamePerson {
            person: person.person,
            same_as: chosen,
        };
        desk.submit(intent, "Two people made one", move |result| {
            let _shown = busy.try_set(false);
            match result {
                Ok(_) => {
                    let _closed = open.try_set(false);
                }
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    };
    view! {
        <Form errors on_submit=save label="Same person">
            <Select id="same-as" label="This is the same person as" options value=same_as/>
            <p role="status">{preview}</p>
            <div class="actions">
                <Submit busy>"Make them one"</Submit>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            </div>
        </Form>
    }
}
