//! The people who work with the registry or treat its patients.

use leptos::prelude::*;

use super::Section;
use super::same_person::SamePersonForm;
use crate::app::browser::fill_random;
use crate::app::components::{
    Button, ButtonKind, Check, Dialog, EmptyState, FieldError, Form, FormErrors, InputKind, Select, Submit, TextField,
    Width,
};
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::billing::check_npi;
use crate::care::intent::Intent;
use crate::journal::facts::{Person, Role};
use crate::journal::{Fact, PersonId};

/// Roles that somebody can be given.
const ROLES: [(Role, &str); 6] = [
    (Role::CareManager, "Care manager"),
    (Role::Consultant, "Psychiatric consultant"),
    (Role::Clinician, "Treating clinician"),
    (Role::Biller, "Biller"),
    (Role::Supervisor, "Supervisor or program manager"),
    (Role::Trainee, "Trainee"),
];

/// A role in words.
fn role_words(role: Role) -> &'static str {
    let found = ROLES.iter().find(|(other, _)| *other == role);
    found.map_or("Spreadsheet import", |(_, words)| words)
}

/// The people, and a form to add or change one.
#[component]
pub fn PeopleSection(
    /// As they are.
    people: Memo<Vec<Person>>,
    /// How many patients each care manager has.
    patients: Memo<Vec<(PersonId, u32)>>,
) -> impl IntoView {
    let editing = RwSignal::new(None::<Option<Person>>);
    let merging = RwSignal::new(None::<Person>);
    let merge_open = RwSignal::new(false);
    let merge = move |person: Person| {
        merging.set(Some(person));
        merge_open.set(true);
    };
    let merge_title = Signal::derive(move || {
        merging
            .get()
            .map_or_else(String::new, |person| format!("Who is {}?", person.name))
    });
    let open = RwSignal::new(false);
    let edit = move |person: Option<Person>| {
        editing.set(Some(person));
        open.set(true);
    };
    let row = move |person: Person| {
        let says = format!("Change {}", person.name);
        let phone = person.phone.clone().unwrap_or_default();
        let name = match &person.credential {
            Some(credential) => format!("{}, {credential}", person.name),
            None => person.name.clone(),
        };
        let left = person.left.then_some(" (has left)");
        let same_as = person.same_as.map(|same_as| {
            let named = people.with(|people| {
                people
                    .iter()
                    .find(|other| other.person == same_as)
                    .map(|p| p.name.clone())
            });
            format!(" (another name of {})", named.unwrap_or_else(|| "somebody".to_owned()))
        });
        let can_merge = person.role == Role::CareManager && person.same_as.is_none();
        let second = person.clone();
        let merge_says = format!("{} is the same person as\u{2026}", person.name);
        let count = patients.with(|patients| patients.iter().find(|(of, _)| *of == person.person).map(|(_, n)| *n));
        let count = count.map(|count| count.to_string()).unwrap_or_default();
        let role = role_words(person.role);
        let by_import = person.role == Role::Import;
        view! {
            <tr>
                <th scope="row">{name}{left}{same_as}</th>
                <td data-label="Role">{role}</td>
                <td data-label="Telephone">{phone}</td>
                <td data-label="Patients" class="num">{count}</td>
                <td>
                    {(!by_import).then(|| view! {
                        <Button kind=ButtonKind::Quiet says=says on_press=move |()| edit(Some(person.clone()))>"Change"</Button>
                    })}
                    {can_merge.then(|| view! {
                        <Button kind=ButtonKind::Quiet says=merge_says on_press=move |()| merge(second.clone())>"Same person as\u{2026}"</Button>
                    })}
                </td>
            </tr>
        }
    };
    let table = move || {
        let people = people.get();
        if people.is_empty() {
            return view! {
                <EmptyState title="The people of your clinic will be here.">
                    <p>"Add the psychiatric consultant and the treating clinicians, so that patients can be assigned to them."</p>
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <table class="data list">
                <caption class="visually-hidden">"People"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Role"</th>
                        <th scope="col">"Telephone"</th>
                        <th scope="col" class="num">"Patients"</th>
                        <th scope="col"><span class="visually-hidden">"Change"</span></th>
                    </tr>
                </thead>
                <tbody>{people.into_iter().map(row).collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    let title = Signal::derive(move || match editing.get() {
        Some(Some(_)) => "Change a person".to_owned(),
        Some(None) | None => "Add a person".to_owned(),
    });
    view! {
        <Section id="people-section">
            {table}
            <div class="actions"><Button on_press=move |()| edit(None)>"Add a person"</Button></div>
            <Dialog open title>
                {move || editing.get().map(|person| view! { <PersonForm person people=people.get_untracked() open/> })}
            </Dialog>
            <Dialog open=merge_open title=merge_title>
                {move || merging.get().map(|person| {
                    let (people, patients) = (people.get_untracked(), patients.get_untracked());
                    view! { <SamePersonForm person people patients open=merge_open/> }
                })}
            </Dialog>
        </Section>
    }
}

/// Who can supervise somebody: those who work here and are not the person.
fn supervisors(people: &[Person], whose: Option<PersonId>) -> Vec<(String, String)> {
    let can = |one: &&Person| {
        let works = matches!(
            one.role,
            Role::CareManager | Role::Consultant | Role::Clinician | Role::Supervisor
        );
        works && !one.left && one.same_as.is_none() && Some(one.person) != whose
    };
    let lines = people
        .iter()
        .filter(can)
        .map(|one| (word(one.person), one.name.clone()));
    std::iter::once((String::new(), "Nobody".to_owned()))
        .chain(lines)
        .collect()
}

#[component]
fn PersonForm(person: Option<Person>, people: Vec<Person>, open: RwSignal<bool>) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let start = |text: Option<String>| RwSignal::new(text.unwrap_or_default());
    let name = start(person.as_ref().map(|person| person.name.clone()));
    let credential = start(person.as_ref().and_then(|person| person.credential.clone()));
    let npi = start(person.as_ref().and_then(|person| person.npi.clone()));
    let phone = start(person.as_ref().and_then(|person| person.phone.clone()));
    let role = RwSignal::new(word(person.as_ref().map_or(Role::Clinician, |person| person.role)));
    let left = RwSignal::new(person.as_ref().is_some_and(|person| person.left));
    let roles: Vec<(String, String)> = ROLES
        .iter()
        .map(|(role, words)| (word(*role), (*words).to_owned()))
        .collect();
    let supervisor = start(person.as_ref().and_then(|person| person.supervisor).map(word));
    let supervisors = supervisors(&people, person.as_ref().map(|person| person.person));
    let known = person.is_some();
    let before = StoredValue::new(person);
    let save = move |()| {
        if name.with_untracked(|name| name.trim().is_empty()) {
            errors.set(vec![FieldError {
                field: "person-name".to_owned(),
                text: "Enter the person\u{2019}s name".to_owned(),
            }]);
            return;
        }
        let typed_npi = npi.with_untracked(|npi| npi.trim().to_owned());
        if let (false, Err(error)) = (typed_npi.is_empty(), check_npi(&typed_npi)) {
            errors.set(vec![FieldError {
                field: "person-npi".to_owned(),
                text: error.to_string(),
            }]);
            return;
        }
        let Some(id) = before
            .with_value(|before| before.as_ref().map(|person| person.person))
            .or_else(new_id)
        else {
            errors.set_whole("This browser gives no secure random numbers.");
            return;
        };
        if busy.get_untracked() {
            return;
        }
        let optional = |field: RwSignal<String>| {
            let text = field.with_untracked(|text| text.trim().to_owned());
            (!text.is_empty()).then_some(text)
        };
        let changed = Person {
            person: id,
            name: name.with_untracked(|name| name.trim().to_owned()),
            role: from_word(&role.get_untracked()).unwrap_or(Role::Clinician),
            credential: optional(credential),
            npi: optional(npi),
            supervisor: from_word(&supervisor.get_untracked()),
            phone: optional(phone),
            left: left.get_untracked(),
            same_as: before.with_value(|before| before.as_ref().and_then(|person| person.same_as)),
        };
        busy.set(true);
        let what = if known { "Person changed" } else { "Person added" };
        desk.submit(Intent::Office(vec![Fact::Person(changed)]), what, move |result| {
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
        <Form errors on_submit=save label="Person">
            <TextField id="person-name" label="Name" value=name/>
            <Select id="person-role" label="Role" options=roles value=role/>
            <Select id="person-supervisor" label="Supervised by (optional)" options=Signal::stored(supervisors) value=supervisor hint="What a trainee records waits for this person\u{2019}s co-signature."/>
            <TextField id="person-credential" label="Credential (optional)" value=credential width=Width::Short/>
            <TextField id="person-npi" label="NPI, where claims go out under it (optional)" value=npi width=Width::Short/>
            <TextField id="person-phone" label="Telephone (optional)" value=phone width=Width::Short kind=InputKind::Telephone/>
            {known.then(|| view! { <Check id="person-left" label="Has left. What they recorded stays." value=left/> })}
            <div class="actions">
                <Submit busy>"Save person"</Submit>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            </div>
        </Form>
    }
}

fn new_id() -> Option<PersonId> {
    let mut bytes = [0; 16];
    fill_random(&mut bytes).then(|| PersonId::from_random(bytes))
}
