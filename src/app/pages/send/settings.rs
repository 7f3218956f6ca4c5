//! Where a colleague's file has the clinic's protocol, people or directory otherwise than they are here.

use leptos::prelude::*;

use crate::app::components::Choice;
use crate::registry::{OfficeChoice, OfficeDifference, OfficePart};

/// What differs, part by part, with a choice for each.
#[component]
pub(super) fn Differences(
    /// What differs.
    differences: Vec<OfficeDifference>,
    /// What was chosen.
    choices: RwSignal<Vec<OfficeChoice>>,
) -> impl IntoView {
    let parts = [OfficePart::Protocol, OfficePart::People, OfficePart::Directory];
    let found = parts.map(|part| {
        let of_it: Vec<OfficeDifference> = differences.iter().filter(|d| d.part == part).cloned().collect();
        (!of_it.is_empty()).then(|| view! { <Part part differences=of_it choices/> })
    });
    (!differences.is_empty()).then(|| {
        view! {
            <section aria-labelledby="settings-differ">
                <h3 id="settings-differ">"The clinic\u{2019}s settings differ"</h3>
                <p class="hint">"Choose before you merge. What you keep stays as it is here; theirs comes again with their next file."</p>
                {found.into_iter().collect_view()}
            </section>
        }
    })
}

#[component]
fn Part(part: OfficePart, differences: Vec<OfficeDifference>, choices: RwSignal<Vec<OfficeChoice>>) -> impl IntoView {
    let (id, word) = match part {
        OfficePart::Protocol => ("differ-protocol", "Protocol"),
        OfficePart::People => ("differ-people", "People"),
        OfficePart::Directory => ("differ-directory", "Directory"),
    };
    // A protocol changes every deadline: it is taken only where somebody says so. People and resources that are only in
    // the file are names that its entries need.
    let theirs = RwSignal::new(Some(part != OfficePart::Protocol));
    crate::app::effects::effect(move |_| {
        let theirs = theirs.get().unwrap_or_default();
        choices.update(|choices| {
            choices.retain(|choice| choice.part != part);
            choices.push(OfficeChoice { part, theirs });
        });
    });
    let line = |difference: OfficeDifference| {
        let here = difference.here.unwrap_or_else(|| "not here".to_owned());
        view! { <tr><th scope="row">{difference.what}</th><td>{here}</td><td>{difference.there}</td></tr> }
    };
    view! {
        <table class="data list">
            <caption>{word}</caption>
            <thead><tr><th scope="col">"What"</th><th scope="col">"Here"</th><th scope="col">"In the file"</th></tr></thead>
            <tbody>{differences.into_iter().map(line).collect_view()}</tbody>
        </table>
        <Choice
            id
            legend=format!("{word}: which holds")
            options=vec![(false, "Keep mine".to_owned()), (true, "Take theirs".to_owned())]
            value=theirs
        />
    }
}
