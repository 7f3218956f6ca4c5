//! What a file changes, a patient each.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, DayText, Icon, IconName};
use crate::app::format;
use crate::app::route::Route;
use crate::registry::{ChangeRow, PreviewView};

/// Patients listed at first.
const LISTED: usize = 50;

/// Whether the patients of the file are here already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// It is a preview: new patients have no page yet.
    Before,
    /// It was merged.
    After,
}

/// A row a patient: what is new, and what has to be looked at.
#[component]
pub(super) fn Changes(
    /// What the file holds.
    preview: Arc<PreviewView>,
    /// Before or after the merge.
    when: When,
) -> impl IntoView {
    let listed = RwSignal::new(LISTED);
    let total = preview.changes.len();
    if total == 0 {
        return ().into_any();
    }
    let beyond = (preview.more_changes > 0).then(|| {
        let beyond = format::count(preview.more_changes.into(), "further patient", "further patients");
        view! { <p class="hint">{beyond}" with something new, not listed here."</p> }
    });
    let rows = move || {
        let rows = preview.changes.iter().take(listed.get());
        rows.map(|change| row(change, when)).collect_view()
    };
    let more = move || {
        let left = total.saturating_sub(listed.get());
        let words = format!("Show {} more", format::grouped(left as u64));
        (left > 0).then(|| view! { <Button on_press=move |()| listed.set(total)>{words}</Button> })
    };
    view! {
        <h3>"What is new, patient by patient"</h3>
        <table class="data list changes">
            <caption class="visually-hidden">"What is new, patient by patient"</caption>
            <thead>
                <tr><th scope="col">"Patient"</th><th scope="col">"New"</th><th scope="col">"To look at"</th></tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {more}
        {beyond}
    }
    .into_any()
}

fn row(change: &ChangeRow, when: When) -> impl IntoView + use<> {
    let ChangeRow {
        chart,
        name,
        is_new,
        news,
        forks,
        damaged,
        same_person,
    } = change.clone();
    let patient = match chart.filter(|_| when == When::After || !is_new) {
        Some(chart) => view! { <a href=Route::Patient(chart).href()>{name}</a> }.into_any(),
        None => view! { {name} }.into_any(),
    };
    let mark = is_new.then(|| view! { <span class="hint">" new patient"</span> });
    let news = news.into_iter().map(|(words, newest)| {
        let newest = newest.map(|day| view! { <span class="hint">", newest "<DayText day/></span> });
        view! { <li>{words}{newest}</li> }
    });
    let forks = forks.into_iter().map(|what| {
        format!("Two versions to settle: {what}. Both are kept and shown until you choose one in the record.")
    });
    let damaged = (damaged > 0).then(|| {
        let entries = format::count(damaged.into(), "entry comes", "entries come");
        format!("{entries} with two contents. Both are kept, and the record names them.")
    });
    let alike = same_person.into_iter().map(|words| format!("The same person? {words}"));
    let look = forks.chain(damaged).chain(alike).map(|words| {
        view! { <li><Icon name=IconName::Alert/>{words}</li> }
    });
    view! {
        <tr>
            <th scope="row">{patient}{mark}</th>
            <td><ul>{news.collect_view()}</ul></td>
            <td><ul>{look.collect_view()}</ul></td>
        </tr>
    }
}
