//! The measures: latest score, change, named outcomes with their rules, graph, table, answers.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::QuickFormKind;
use crate::app::components::{Button, ChangeCell, DayText, EmptyState, Icon, IconName, ScoreCell, Sourced, Svg};
use crate::app::format;
use crate::app::typed::contact::shipped;
use crate::app::typed::measure::questions;
use crate::app::typed::source::read_source;
use crate::journal::facts::{Answered, Taken};
use crate::registry::{MeasureView, PatientView, SafetyMark, ScorePoint};

/// Most administrations that the grid of answers shows side by side: the latest.
const MOST_COLUMNS: usize = 8;

/// What is shown of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Graph,
    Table,
    Items,
}

#[component]
pub fn Measures(
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// The form that is open.
    form: RwSignal<Option<QuickFormKind>>,
) -> impl IntoView {
    let instruments = Memo::new(move |_| {
        let of = |view: &Arc<PatientView>| view.measures.iter().map(|m| m.instrument.clone()).collect::<Vec<_>>();
        view.with(of)
    });
    let one = move |instrument: String| {
        let measure = Signal::derive(move || {
            view.with(|view| view.measures.iter().find(|m| m.instrument == instrument).cloned())
        });
        view! { <Measure measure/> }
    };
    view! {
        <section class="measures-section" aria-labelledby="measures">
            <h2 id="measures">"Measures"</h2>
            <Show when=move || instruments.with(|all| !all.is_empty()) fallback=move || view! {
                <EmptyState title="No score yet. The first one in this episode becomes the baseline.">
                    <Button on_press=move |()| form.set(Some(QuickFormKind::Measure))>"Record a measure"</Button>
                </EmptyState>
            }>
                <For each=move || instruments.get() key=String::clone children=one/>
            </Show>
        </section>
    }
}

#[component]
fn Measure(measure: Signal<Option<MeasureView>>) -> impl IntoView {
    let shown = RwSignal::new(Shown::Graph);
    let title = measure.with_untracked(|measure| measure.as_ref().map_or_else(String::new, |m| m.title.clone()));
    let button = move |what: Shown, words: &'static str| {
        let pressed = move || if shown.get() == what { "true" } else { "false" };
        view! {
            <button type="button" class="button quiet" aria-pressed=pressed on:click=move |_| shown.set(what)>
                {words}
            </button>
        }
    };
    view! {
        <section class="measure-box" aria-label=format!("{title} scores")>
            <div class="measure-head">
                <h3>{title.clone()}</h3>
                {move || measure.get().map(|measure| view! { <Headline measure/> })}
                <div class="views" role="group" aria-label=format!("Show {title} as")>
                    {button(Shown::Graph, "Graph")}
                    {button(Shown::Table, "Table")}
                    {button(Shown::Items, "Items")}
                </div>
            </div>
            {move || measure.get().map(|measure| view! { <Outcomes measure/> })}
            {move || measure.get().map(|measure| match shown.get() {
                Shown::Graph => view! { <Graph measure/> }.into_any(),
                Shown::Table => view! { <ScoreTable measure/> }.into_any(),
                Shown::Items => view! { <ItemGrid measure/> }.into_any(),
            })}
        </section>
    }
}

/// The latest score with its severity, age and change, and the baseline with its reason.
#[component]
fn Headline(measure: MeasureView) -> impl IntoView {
    let cells = measure.cells.clone();
    let severity = cells.severity.clone().map(|words| words.to_lowercase());
    let age = cells.age_days.map(|days| match days {
        0 => "today".to_owned(),
        days => format!("{} ago", format::count(days.into(), "day", "days")),
    });
    let stale = cells.stale.then_some(", too old to color");
    let target = cells.at_target.then(|| {
        view! { <span class="status at-target"><Icon name=IconName::Done/>"At target"</span> }
    });
    let percent = cells.percent.map(|percent| format!(" ({} %)", format::signed(percent)));
    view! {
        <p class="headline">
            <ScoreCell cells=cells.clone()/>
            <span>{severity}</span>
            {target}
            <span class="since">"change since baseline "<ChangeCell cells/>{percent}</span>
            <span class="hint">{age}{stale}</span>
            <span class="hint">{measure.baseline}</span>
        </p>
    }
}

/// All named definitions, each with its answer and its rule: "improved" alone says nothing.
#[component]
fn Outcomes(measure: MeasureView) -> impl IntoView {
    let short = measure.outcomes.iter().map(|(name, holds, rule)| {
        view! {
            <li class:holds=*holds == Some(true) title=read_source(rule).words>
                {name.clone()}" "<strong>{yes_no(*holds)}</strong>
            </li>
        }
    });
    let rows = measure.outcomes.iter().map(|(name, holds, rule)| {
        view! { <tr><th scope="row">{name.clone()}</th><td>{yes_no(*holds)}</td><td><Sourced text=rule.clone()/></td></tr> }
    });
    let (short, rows) = (short.collect_view(), rows.collect_view());
    let any = !measure.outcomes.is_empty();
    any.then(|| {
        view! {
            <ul class="outcomes">{short}</ul>
            <details class="outcome-rules">
                <summary>"What each of these means"</summary>
                <table class="data">
                    <thead><tr><th scope="col">"Outcome"</th><th scope="col">"Now"</th><th scope="col">"Rule"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        }
    })
}

fn yes_no(holds: Option<bool>) -> &'static str {
    match holds {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    }
}

/// The core's drawing, wide or narrow by the window.
#[component]
fn Graph(measure: MeasureView) -> impl IntoView {
    view! {
        <div class="graph-wide"><Svg markup=measure.graph_wide summary=measure.summary.clone()/></div>
        <div class="graph-narrow"><Svg markup=measure.graph_narrow summary=measure.summary.clone()/></div>
        <p class="hint graph-summary">{measure.summary}</p>
    }
}

/// Every administration, newest first.
#[component]
fn ScoreTable(measure: MeasureView) -> impl IntoView {
    let watched = shipped(&measure.instrument).and_then(|definition| definition.safety_items.first());
    let row = move |point: ScorePoint| {
        let total = point
            .total
            .map_or_else(|| "\u{2013}".to_owned(), |total| total.to_string());
        view! {
            <tr>
                <td><DayText day=point.day/></td>
                <td class="num">{total}</td>
                <td>{point.label.clone()}</td>
                {watched.map(|safety| view! { <td>{safety_words(&point, safety.item.as_str())}</td> })}
                <td>{taken_words(&point)}</td>
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
                        {watched.map(|_| view! { <th scope="col">"Safety item"</th> })}
                        <th scope="col">"How"</th>
                    </tr>
                </thead>
                <tbody>{measure.scores.into_iter().rev().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// What the safety item was answered: 0 is an answer.
fn safety_words(point: &ScorePoint, item: &str) -> String {
    match point.safety {
        SafetyMark::None => answer_of(point, item).map_or_else(|| "\u{2013}".to_owned(), |answer| answer.to_string()),
        SafetyMark::Positive(answer) => format!("S, answered {answer}"),
        SafetyMark::NotKnown => "? not answered".to_owned(),
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

/// The answers, a column an administration, the latest on the right.
#[component]
fn ItemGrid(measure: MeasureView) -> impl IntoView {
    let Some(definition) = shipped(&measure.instrument) else {
        return view! { <p class="hint">"This version doesn\u{2019}t know the questions of this measure."</p> }
            .into_any();
    };
    let skip = measure.scores.len().saturating_sub(MOST_COLUMNS);
    let points: Vec<ScorePoint> = measure.scores.into_iter().skip(skip).collect();
    let safety: BTreeSet<&str> = definition
        .safety_items
        .iter()
        .map(|safety| safety.item.as_str())
        .collect();
    let heads = points
        .iter()
        .map(|point| view! { <th scope="col" class="num"><DayText day=point.day/></th> });
    let heads = heads.collect_view();
    let rows = questions(definition).enumerate().map(|(at, item)| {
        let cells = points.iter().map(|point| {
            let answer = answer_of(point, item.id.as_str());
            let alarm = safety.contains(item.id.as_str()) && answer.is_some_and(|answer| answer > 0);
            let told = answer.map_or_else(|| "\u{b7}".to_owned(), |answer| answer.to_string());
            view! { <td class="num" class:safety-answer=alarm>{told}</td> }
        });
        let cells = cells.collect_view();
        let text = if item.text.is_empty() {
            format!("Item {}", at + 1)
        } else {
            item.text.clone()
        };
        view! { <tr><th scope="row" class="item-text">{at + 1}". "{text}</th>{cells}</tr> }
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
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label=caption>
            <table class="data item-grid">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead><tr><th scope="col">"Question"</th>{heads}</tr></thead>
                <tbody>{rows}<tr><th scope="row">"Total"</th>{totals}</tr></tbody>
            </table>
        </div>
        <p class="hint">"A dot is a question that was not answered. "{earlier}</p>
        <p class="instrument-notice">{definition.notice.clone()}</p>
    }
    .into_any()
}

fn answer_of(point: &ScorePoint, item: &str) -> Option<u8> {
    match &point.assessment.answers {
        Answered::Items(items) => items.get(item).copied(),
        Answered::Total { known, .. } => known.get(item).copied(),
    }
}
