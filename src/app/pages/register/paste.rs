//! Paste from the EHR: what the text says is proposed field by field, and nothing else of it is kept.

use leptos::prelude::*;

use super::{Fields, NEW_CLINICIAN};
use crate::app::components::{Button, ButtonKind, Checks, TextArea};
use crate::app::route::from_word;
use crate::app::state::use_desk;
use crate::app::words::{INTERPRETER, word_of};
use crate::care::fold;
use crate::exchange::pasted::{PastedField, Proposal, read_pasted};
use crate::journal::facts::{Person, Role};

/// The box, closed at first.
#[component]
pub fn PasteBox(
    /// The form that it fills in.
    fields: Fields,
    /// The people of the registry.
    people: Signal<Vec<Person>>,
) -> impl IntoView {
    let desk = use_desk();
    let pasted = RwSignal::new(String::new());
    let chosen = RwSignal::new(Vec::<usize>::new());
    let place = NodeRef::<leptos::html::Details>::new();
    let found = Memo::new(move |_| read_pasted(&pasted.get(), desk.today().get_untracked()));
    // What may be somebody else's is taken only by a person's own tick.
    crate::app::effects::effect(move |_| {
        let sure = found.with(|found| {
            let sure = found.iter().enumerate().filter(|(_, proposal)| !proposal.is_doubtful);
            sure.map(|(at, _)| at).collect()
        });
        chosen.set(sure);
    });
    let fill = move |()| {
        let found = found.get_untracked();
        let taken = chosen
            .get_untracked()
            .into_iter()
            .filter_map(|at| found.get(at).cloned());
        fill_in(fields, &people.get_untracked(), taken.collect());
        pasted.set(String::new());
        if let Some(place) = place.get_untracked() {
            let _closed = place.remove_attribute("open");
        }
        crate::app::browser::focus("given");
    };
    let proposals = move || {
        let found = found.get();
        if found.is_empty() {
            let words = match pasted.with(|text| text.trim().is_empty()) {
                true => "Nothing of the text is kept but what you take.",
                false => "Nothing was found in this text. Type the fields below.",
            };
            return view! { <p class="hint" role="status">{words}</p> }.into_any();
        }
        let line = |(at, p): (usize, &Proposal)| (at, format!("{}: {}", p.field.words(), shown(p)));
        let options: Vec<(usize, String)> = found.iter().enumerate().map(line).collect();
        view! {
            <Checks id="proposals" legend="Found in the text: take what is right" options value=chosen/>
            <div class="actions">
                <Button kind=ButtonKind::Secondary on_press=fill>"Fill in the form"</Button>
            </div>
        }
        .into_any()
    };
    view! {
        <details class="paste" node_ref=place>
            <summary>"Paste from the EHR"</summary>
            <TextArea id="pasted" label="The patient\u{2019}s header, as copied from the EHR" value=pasted rows=4
                hint="Name, date of birth, MRN, phone, PCP, insurance, in any order"/>
            {proposals}
        </details>
    }
}

fn shown(proposal: &Proposal) -> String {
    let value = match (proposal.field, proposal.value.parse()) {
        (PastedField::Birth, Ok(day)) => crate::app::format::plain_day(day),
        (PastedField::Interpreter, _) => from_word(&proposal.value).map_or_else(
            || proposal.value.clone(),
            |need| word_of(INTERPRETER, need).to_lowercase(),
        ),
        _ => proposal.value.clone(),
    };
    match proposal.is_doubtful {
        true => format!("{value} (may be the clinic\u{2019}s: tick it if it is the patient\u{2019}s)"),
        false => value,
    }
}

/// Puts what was taken into the form; what the form has no field for stands apart in it.
fn fill_in(fields: Fields, people: &[Person], taken: Vec<Proposal>) {
    let mut extras = Vec::new();
    let mut has_phone = false;
    for proposal in taken {
        let value = proposal.value.clone();
        match proposal.field {
            PastedField::Given => fields.given.set(value),
            PastedField::Family => fields.family.set(value),
            PastedField::Birth => fields.birth.set(value),
            PastedField::Mrn => fields.mrn.set(value),
            PastedField::Phone if !has_phone => {
                has_phone = true;
                fields.phone.set(value);
            }
            PastedField::Reason => fields.referral.reason.set(value),
            PastedField::Clinician => match same_name(people, &value) {
                Some(person) => fields.clinician.set(person.person.to_string()),
                None => {
                    fields.clinician.set(NEW_CLINICIAN.to_owned());
                    fields.new_clinician.set(value);
                }
            },
            _ => extras.push(proposal),
        }
    }
    fields.extras.take(extras);
}

/// The one clinician on file who is called so: every word of the shorter name is in the other, titles aside.
fn same_name<'a>(people: &'a [Person], name: &str) -> Option<&'a Person> {
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric() && c != '\'').map(fold);
        let title = |word: &String| ["dr", "md", "do", "np", "pa", "rn", "aprn", "fnp", "phd"].contains(&word.as_str());
        words.filter(|word| word.len() > 1 && !title(word)).collect()
    };
    let wanted = words(name);
    let fits = |person: &&Person| {
        let own = words(&person.name);
        let (few, many) = if own.len() < wanted.len() {
            (&own, &wanted)
        } else {
            (&wanted, &own)
        };
        person.role == Role::Clinician && !few.is_empty() && few.iter().all(|word| many.contains(word))
    };
    let mut found = people.iter().filter(fits);
    let first = found.next();
    first.filter(|_| found.next().is_none())
}
