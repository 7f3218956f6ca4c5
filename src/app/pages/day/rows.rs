//! One thing on a day, as a row.

use leptos::prelude::*;

use super::time_of;
use crate::app::route::{Route, Section};
use crate::registry::{DiaryKind, DiaryRow};

/// The time, whose, and what.
#[component]
pub fn Row(
    /// The row.
    row: DiaryRow,
) -> impl IntoView {
    let time = match time_of(row.at) {
        time if time.is_empty() => "any time".to_owned(),
        time => time,
    };
    let href = match row.kind {
        DiaryKind::Task => Route::Section(row.chart, Section::Together),
        _ => Route::Patient(row.chart),
    };
    view! {
        <li class:done=!row.ahead>
            <span class="at">{time}</span>
            <a href=href.href()>{row.name}</a>
            <span>{row.words}</span>
        </li>
    }
}
