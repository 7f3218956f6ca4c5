//! The cover sheet: every safety item, and what falls due, a patient each.

use leptos::prelude::*;

use crate::app::components::DayText;
use crate::app::route::Route;
use crate::exchange::handoff::CoverLine;

/// A table that can be printed.
#[component]
pub(super) fn CoverSheet(
    /// What it is.
    #[prop(into)]
    heading: Signal<String>,
    /// A patient each.
    #[prop(into)]
    lines: Signal<Vec<CoverLine>>,
) -> impl IntoView {
    let row = |line: CoverLine| {
        let safety = line
            .safety
            .into_iter()
            .map(|words| view! { <li><strong>{words}</strong></li> });
        let due = line
            .due
            .into_iter()
            .map(|(day, words)| view! { <li><DayText day/>": "{words}</li> });
        view! {
            <tr>
                <th scope="row"><a href=Route::Patient(line.chart).href()>{line.name}</a></th>
                <td><ul>{safety.collect_view()}</ul></td>
                <td><ul>{due.collect_view()}</ul></td>
            </tr>
        }
    };
    view! {
        <h3>{heading}</h3>
        <table class="data list changes">
            <caption class="visually-hidden">"Safety items, and what is late or falls due"</caption>
            <thead>
                <tr><th scope="col">"Patient"</th><th scope="col">"Safety"</th><th scope="col">"Late, or due by the last day"</th></tr>
            </thead>
            <tbody>{move || lines.get().into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
