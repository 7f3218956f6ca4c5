//! The protocol's numbers, each with its default and where that comes from.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::Section;
use crate::app::components::{FieldError, Form, FormErrors, Sourced, Submit};
use crate::app::state::use_desk;
use crate::care::Protocol;
use crate::care::intent::Intent;
use crate::journal::Fact;
use crate::journal::facts::ProtocolChange;
use crate::registry::ProtocolNumber;

/// One number as it is typed.
#[derive(Clone)]
struct Typed {
    number: ProtocolNumber,
    value: RwSignal<String>,
}

/// The numbers.
#[component]
pub fn ProtocolSection(
    /// The protocol's name and version.
    protocol: String,
    /// Its numbers.
    numbers: Vec<ProtocolNumber>,
) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let typed: Vec<Typed> = numbers
        .into_iter()
        .map(|number| Typed {
            value: RwSignal::new(number.value.to_string()),
            number,
        })
        .collect();
    let all = StoredValue::new(typed.clone());
    let save = move |()| {
        let name = desk
            .clinic()
            .with_untracked(|clinic| format!("{} protocol", clinic.name));
        let changes = match all.with_value(|all| changes(all)) {
            Ok(changes) => changes,
            Err(wrong) => return errors.set(wrong),
        };
        if let Err(problem) = Protocol::with_changes(&name, &changes) {
            return errors.set_whole(problem.to_string());
        }
        errors.clear();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let change = ProtocolChange { name, numbers: changes };
        desk.submit(
            Intent::Office(vec![Fact::ProtocolChange(change)]),
            "Protocol changed",
            move |result| {
                let _shown = busy.try_set(false);
                if let Err(failure) = result {
                    errors.set_whole(failure.to_string());
                }
            },
        );
    };
    view! {
        <Section id="protocol-section">
            <p class="quiet-text">
                "In force: "{protocol}". The worklist names it with every item. A number that you leave empty goes back to its default."
            </p>
            <Form errors on_submit=save label="Protocol">
                <table class="data list numbers">
                    <caption class="visually-hidden">"Numbers of the protocol"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"What it means"</th>
                            <th scope="col">"Yours"</th>
                            <th scope="col" class="num">"Default"</th>
                            <th scope="col">"Where the default comes from"</th>
                        </tr>
                    </thead>
                    <tbody>{typed.into_iter().map(row).collect_view()}</tbody>
                </table>
                <div class="actions"><Submit busy>"Save protocol"</Submit></div>
            </Form>
        </Section>
    }
}

fn row(typed: Typed) -> impl IntoView {
    let Typed { number, value } = typed;
    let id = field_id(&number.name);
    let default = number.default.to_string();
    let differs = move || {
        let text = value.get();
        let text = text.trim();
        !text.is_empty() && text != default
    };
    view! {
        <tr class:changed=differs>
            <th scope="row"><label for=id.clone()>{number.label}</label></th>
            <td data-label="Yours">
                <span class="field narrow in-table">
                    <input
                        id=id.clone()
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        placeholder=number.default.to_string()
                        prop:value=value
                        on:input:target=move |event| value.set(event.target().value())
                    />
                </span>
            </td>
            <td class="num" data-label="Default">{number.default}</td>
            <td class="quiet-text source"><Sourced text=number.source/></td>
        </tr>
    }
}

fn field_id(name: &str) -> String {
    format!("number-{name}")
}

/// The numbers that differ from their defaults, or what is wrong with those typed.
fn changes(all: &[Typed]) -> Result<BTreeMap<String, u32>, Vec<FieldError>> {
    let mut changes = BTreeMap::new();
    let mut wrong = Vec::new();
    for Typed { number, value } in all {
        let text = value.get_untracked();
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let alone = |value: u32| BTreeMap::from([(number.name.clone(), value)]);
        match text.parse::<u32>() {
            Err(_) => wrong.push(problem(number, format!("{}: type a whole number", number.label))),
            Ok(value) if value == number.default => {}
            Ok(value) => match Protocol::with_changes("Changed", &alone(value)) {
                // Two numbers that must be in order are compared once all are known.
                Err(crate::care::ProtocolError::OutOfRange { min, max, .. }) => {
                    wrong.push(problem(number, format!("{}: type {min} to {max}", number.label)));
                }
                Ok(_) | Err(_) => {
                    changes.insert(number.name.clone(), value);
                }
            },
        }
    }
    if wrong.is_empty() { Ok(changes) } else { Err(wrong) }
}

fn problem(number: &ProtocolNumber, text: String) -> FieldError {
    FieldError {
        field: field_id(&number.name),
        text,
    }
}
