//! Who the care managers are whom the sheets name.

use leptos::prelude::*;

use super::Import;
use crate::app::format;
use crate::app::state::use_desk;
use crate::journal::PersonId;
use crate::registry::{PlanView, SheetPersonView};

/// Asks of each name that is not on file who it is: oneself, somebody on file, or somebody new. Guessed beforehand, and
/// remembered with the import.
#[component]
pub(super) fn WhoIsThis(
    /// The import.
    import: Import,
) -> impl IntoView {
    let asked = Memo::new(move |_| {
        import
            .plan
            .with(|plan| plan.as_ref().map_or_else(Vec::new, |plan| names(plan)))
    });
    let row = move |name: String| view! { <Name name import/> };
    move || {
        (!asked.with(Vec::is_empty)).then(|| {
            view! {
                <section class="who-is-this" aria-labelledby="who-is-this">
                    <h3 id="who-is-this">"Who is this?"</h3>
                    <p class="hint">
                        "These care managers stand in the sheets. Whose patients are yours follows from it; the answer is \
                         remembered with the import."
                    </p>
                    <table class="data list">
                        <caption class="visually-hidden">"Care managers of the sheets, and who each is"</caption>
                        <thead><tr><th scope="col">"In the sheets"</th><th scope="col">"Is"</th></tr></thead>
                        <tbody>{asked.get().into_iter().map(row).collect_view()}</tbody>
                    </table>
                </section>
            }
        })
    }
}

fn names(plan: &PlanView) -> Vec<String> {
    let asked = plan.people.iter().filter(|person| !person.is_on_file);
    asked.map(|person| person.name.clone()).collect()
}

#[component]
fn Name(name: String, import: Import) -> impl IntoView {
    let me = use_desk().me();
    let id = format!(
        "who-{}",
        name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-")
    );
    let own = name.clone();
    let person = Memo::new(move |_| {
        let of = |plan: &PlanView| plan.people.iter().find(|person| person.name == own).cloned();
        import.plan.with(|plan| plan.as_ref().and_then(|plan| of(plan)))
    });
    let rows = move || {
        let rows = person.with(|person| person.as_ref().map_or(0, |person: &SheetPersonView| person.rows));
        format!(" ({})", format::count(rows.into(), "row", "rows"))
    };
    let chosen = Memo::new(move |_| person.with(|person| person.as_ref().and_then(|person| person.is)));
    let team = import
        .plan
        .with_untracked(|plan| plan.as_ref().map_or_else(Vec::new, |plan| plan.team.clone()));
    let option = move |(value, words): (Option<PersonId>, String)| {
        let text = value.map(|person| person.to_string()).unwrap_or_default();
        view! { <option value=text selected=move || chosen.get() == value>{words}</option> }
    };
    let people = team.into_iter().map(|(person, name)| {
        let you = if person == me { " (you)" } else { "" };
        (Some(person), format!("{name}{you}"))
    });
    let options = std::iter::once((None, "A new person".to_owned())).chain(people);
    let options = options.map(option).collect_view();
    let value = move || chosen.get().map(|person| person.to_string()).unwrap_or_default();
    let label = name.clone();
    view! {
        <tr>
            <th scope="row"><label for=id.clone()>{label}</label>{rows}</th>
            <td>
                <select
                    id=id
                    autocomplete="off"
                    prop:value=value
                    on:change:target=move |event| import.set_person(name.clone(), event.target().value().parse().ok())
                >
                    {options}
                </select>
            </td>
        </tr>
    }
}
