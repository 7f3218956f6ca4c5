//! Two administrations of one day: both are kept, and one rule says which counts as the latest.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::format;
use crate::app::typed::contact::shipped;
use crate::journal::{Day, EntryId};
use crate::registry::PatientView;

/// What is said beside a second administration of one day; `None` where there is none. `own` is the one being written.
pub fn same_day(view: &PatientView, instrument: &str, day: Day, own: Option<EntryId>) -> Option<String> {
    let measure = view.measures.iter().find(|measure| measure.instrument == instrument)?;
    let there = measure
        .scores
        .iter()
        .filter(|point| point.day == day && Some(point.entry) != own);
    let totals: Vec<String> = there
        .map(|point| {
            point
                .total
                .map_or_else(|| "incomplete".to_owned(), |total| total.to_string())
        })
        .collect();
    if totals.is_empty() {
        return None;
    }
    let title = shipped(instrument).map_or(instrument, |definition| &definition.short_title);
    let day = format::short_day(day, view.today);
    Some(format!("There is a {title} of {day}: {}. {TIE}", totals.join(", ")))
}

/// Which of two on one day is the latest: the order of a flowsheet's scores.
pub const TIE: &str = "Both are kept. The later time of day counts as the latest; one without a time counts before those with one; \
     of two at the same time, the one written down later counts.";

/// The days of which there are two, each with its scores and the rule.
#[component]
pub fn TwoOfOneDay(
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let lines = move || view.with(|view| twos(view));
    move || {
        let lines = lines()
            .into_iter()
            .map(|words| view! { <p class="hint same-day">{words}</p> });
        lines.collect_view()
    }
}

fn twos(view: &PatientView) -> Vec<String> {
    let of_measure = |measure: &crate::registry::MeasureView| {
        // The latest day of which there are two: older ones are in the table.
        let twice = measure.scores.windows(2).rev().find_map(|pair| match pair {
            [first, second] if first.day == second.day => Some(first.day),
            _ => None,
        })?;
        let of_day = measure.scores.iter().filter(|point| point.day == twice);
        let totals: Vec<String> = of_day
            .map(|point| {
                point
                    .total
                    .map_or_else(|| "incomplete".to_owned(), |total| total.to_string())
            })
            .collect();
        let day = format::short_day(twice, view.today);
        Some(format!(
            "{} of {day}: {}, in the order that counts. {TIE}",
            measure.title,
            totals.join(", ")
        ))
    };
    view.measures.iter().filter_map(of_measure).collect()
}
