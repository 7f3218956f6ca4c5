//! Every administration, newest first.

use leptos::prelude::*;

use crate::app::components::DayText;
use crate::app::format;
use crate::app::typed::contact::shipped;
use crate::app::words::{RESPONDENTS, word_of};
use crate::journal::facts::{Answered, Respondent, Taken};
use crate::registry::{MeasureView, SafetyMark, ScorePoint, SinceBaseline};

#[component]
pub fn ScoreTable(measure: MeasureView) -> impl IntoView {
    let watched = shipped(&measure.instrument).and_then(|definition| definition.safety_items.first());
    let row = move |point: ScorePoint| {
        let total = point
            .total
            .map_or_else(|| "\u{2013}".to_owned(), |total| total.to_string());
        let (change, holds) = since_words(&point.since);
        view! {
            <tr>
                <td><DayText day=point.day/></td>
                <td class="num">{total}</td>
                <td>{point.label.clone()}</td>
                <td>{change}</td>
                <td class="what">{holds}</td>
                {watched.map(|safety| view! { <td>{safety_words(&point, safety.item.as_str())}</td> })}
                <td>{taken_words(&point)}{answered_by(&point)}</td>
            </tr>
        }
    };
    let caption = format!("Scores of {}", measure.title);
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label=caption>
            <table class="data">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Date"</th>
                        <th scope="col" class="num">"Total"</th>
                        <th scope="col">"Severity"</th>
                        <th scope="col">"Since baseline"</th>
                        <th scope="col">"Holds"</th>
                        {watched.map(|_| view! { <th scope="col">"Safety item"</th> })}
                        <th scope="col">"How"</th>
                    </tr>
                </thead>
                <tbody>{measure.scores.into_iter().rev().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// The change in points and percent, and the definitions that hold.
fn since_words(since: &SinceBaseline) -> (String, String) {
    let dash = || "\u{2013}".to_owned();
    match since {
        SinceBaseline::Nothing => (dash(), String::new()),
        SinceBaseline::Baseline => ("baseline".to_owned(), String::new()),
        SinceBaseline::Earlier => ("before the baseline".to_owned(), String::new()),
        SinceBaseline::Change { points, percent, holds } => {
            let percent = match percent {
                Some(percent) => format!(" ({} %)", format::signed(*percent)),
                None => " (no percentage of 0)".to_owned(),
            };
            let holds = match holds.is_empty() {
                true => "none".to_owned(),
                false => holds.join(", "),
            };
            (format!("{}{percent}", format::signed(*points)), holds)
        }
    }
}

/// What the safety item was answered: 0 is an answer.
fn safety_words(point: &ScorePoint, item: &str) -> String {
    match point.safety {
        SafetyMark::None => answer_of(point, item).map_or_else(|| "\u{2013}".to_owned(), |answer| answer.to_string()),
        SafetyMark::Positive(answer) => format!("S, answered {answer}"),
        SafetyMark::NotKnown => "? not answered".to_owned(),
        SafetyMark::Line => "S, on its alarm line".to_owned(),
    }
}

fn taken_words(point: &ScorePoint) -> &'static str {
    let total = matches!(point.assessment.answers, Answered::Total { .. });
    match (point.assessment.taken, total) {
        (Taken::Imported, true) => "imported, total only",
        (Taken::Imported, false) => "imported",
        (_, true) => "total only",
        (Taken::Remotely, false) => "asked by phone or video",
        (Taken::InPerson, false) => "asked in person",
        (Taken::Device, false) => "filled in on a device",
        (Taken::Paper, false) => "on paper",
    }
}

/// Who answered in the patient's place.
fn answered_by(point: &ScorePoint) -> Option<String> {
    let who = point.assessment.respondent.filter(|who| *who != Respondent::Patient)?;
    Some(format!(", answered by {}", word_of(RESPONDENTS, who).to_lowercase()))
}

/// What an item was answered in an administration.
pub fn answer_of(point: &ScorePoint, item: &str) -> Option<u8> {
    match &point.assessment.answers {
        Answered::Items(items) => items.get(item).copied(),
        Answered::Total { known, .. } => known.get(item).copied(),
    }
}
