//! The answers over time: a row an item, a column an administration, and which items do not move.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::table::answer_of;
use crate::app::components::DayText;
use crate::app::typed::contact::shipped;
use crate::app::typed::measure::number_of;
use crate::care::items::{LATEST, shade, still};
use crate::instruments::{Definition, Item};
use crate::registry::{MeasureView, ScorePoint};

/// Most administrations that stand side by side: the latest.
const MOST_COLUMNS: usize = 8;

/// The latest on the right. A cell's shade goes with its number; a row that does not move says so in words.
#[component]
pub fn ItemGrid(measure: MeasureView) -> impl IntoView {
    let Some(definition) = shipped(&measure.instrument) else {
        return view! { <p class="hint">"This version doesn\u{2019}t know the questions of this measure."</p> }
            .into_any();
    };
    // A total without a form has no answers to show.
    let forms: Vec<ScorePoint> = measure
        .scores
        .into_iter()
        .filter(|p| has_answers(p, definition))
        .collect();
    let skip = forms.len().saturating_sub(MOST_COLUMNS);
    let points: Vec<&ScorePoint> = forms.iter().skip(skip).collect();
    if points.is_empty() {
        return view! { <p class="hint">"No answers are known: totals only."</p> }.into_any();
    }
    let heads = points
        .iter()
        .map(|point| view! { <th scope="col" class="num"><DayText day=point.day/></th> });
    let heads = heads.collect_view();
    let watched: BTreeSet<&str> = definition.safety_items.iter().map(|s| s.item.as_str()).collect();
    let mut unmoved = Vec::new();
    let rows = definition.questions().enumerate().map(|(at, item)| {
        let answers: Vec<u8> = forms.iter().filter_map(|p| answer_of(p, item.id.as_str())).collect();
        let said = still(definition, item, &answers).map(|still| still.words());
        if let Some(said) = &said {
            unmoved.push(format!(
                "{}. {} ({said})",
                number_of(definition, &item.id),
                short(item, at)
            ));
        }
        let alarm = watched.contains(item.id.as_str());
        let cells = points
            .iter()
            .map(|point| cell(definition, item, answer_of(point, item.id.as_str()), alarm));
        let cells = cells.collect_view();
        let class = if said.is_some() { "still" } else { "" };
        view! {
            <tr class=class>
                <th scope="row" class="item-text">{number_of(definition, &item.id)}". "{short(item, at)}</th>
                <td class="what">{said}</td>
                {cells}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let totals = points.iter().map(|point| {
        let told = point
            .total
            .map_or_else(|| "\u{2013}".to_owned(), |total| total.to_string());
        view! { <td class="num"><strong>{told}</strong></td> }
    });
    let totals = totals.collect_view();
    let caption = format!("Answers of {}", measure.title);
    let earlier =
        (skip > 0).then(|| format!("The latest {MOST_COLUMNS} are shown; {skip} earlier ones are in the table."));
    let moves = moving_words(&unmoved, forms.len());
    view! {
        <p class="unmoved">{moves}</p>
        <div class="scroll-x" tabindex="0" role="region" aria-label=caption>
            <table class="data item-grid">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead><tr><th scope="col">"Question"</th><th scope="col" class="what">"Not moving"</th>{heads}</tr></thead>
                <tbody>{rows}<tr><th scope="row">"Total"</th><td class="what"></td>{totals}</tr></tbody>
            </table>
        </div>
        <p class="hint">"A dot is a question that was not answered. The darker a cell, the worse the answer. "{earlier}</p>
        <p class="instrument-notice">{definition.notice.clone()}</p>
    }
    .into_any()
}

/// Which items do not move, in a sentence.
fn moving_words(unmoved: &[String], forms: usize) -> String {
    if forms < LATEST {
        return format!("Which items do not move is said from {LATEST} forms on.");
    }
    match unmoved {
        [] => format!("Every item moved over the last {LATEST} forms, or rests at its best answer."),
        rows => format!("Not moving over the last {LATEST} forms: {}.", rows.join("; ")),
    }
}

fn cell(definition: &Definition, item: &Item, answer: Option<u8>, watched: bool) -> impl IntoView + use<> {
    let told = answer.map_or_else(|| "\u{b7}".to_owned(), |answer| answer.to_string());
    let class = match answer {
        Some(answer) if watched && 0 < answer => "num safety-answer".to_owned(),
        Some(answer) => format!("num shade-{}", shade(definition, item, answer)),
        None => "num".to_owned(),
    };
    view! { <td class=class>{told}</td> }
}

/// The question, or its number where its words are not shipped.
fn short(item: &Item, at: usize) -> String {
    if item.text.is_empty() {
        format!("Item {}", at + 1)
    } else {
        item.text.clone()
    }
}

fn has_answers(point: &ScorePoint, definition: &Definition) -> bool {
    definition
        .questions()
        .any(|item| answer_of(point, item.id.as_str()).is_some())
}
