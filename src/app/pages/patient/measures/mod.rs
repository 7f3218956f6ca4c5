//! The measures: latest score, change, named outcomes with their rules, graph, table, answers; how they are planned.

use std::sync::Arc;

use leptos::prelude::*;

use super::QuickFormKind;
use crate::app::components::{Button, ChangeCell, EmptyState, Icon, IconName, ScoreCell, Sourced};
use crate::app::format;
use crate::app::pages::course::boxes::OneForm as _;
use crate::app::typed::source::read_source;
use crate::graphs::{Range, Shape};
use crate::registry::{MeasureView, PatientView};

mod graph;
mod items;
mod plan;
mod save;
mod table;

pub use graph::{Graph, Picked};
use items::ItemGrid;
use plan::Plan;
use table::ScoreTable;

/// What is shown of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Graph,
    Table,
    Items,
}

/// Whether each measure has its own graph, or all stand above each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Apart,
    Together,
}

/// What holds for all graphs of the page.
#[derive(Clone, Copy)]
struct Controls {
    range: RwSignal<Range>,
    layout: RwSignal<Layout>,
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
    let first = view.with_untracked(|view| view.history.first_range(&view.history.together()));
    let controls = Controls {
        range: RwSignal::new(first),
        layout: RwSignal::new(Layout::Apart),
    };
    let one = move |instrument: String| view! { <Measure view instrument controls/> };
    let several = Memo::new(move |_| view.with(|view| 1 < view.history.together().len()));
    let together = move || several.get() && controls.layout.get() == Layout::Together;
    view! {
        <section class="measures-section" aria-labelledby="measures">
            <h2 id="measures">"Measures"</h2>
            <Show when=move || instruments.with(|all| !all.is_empty()) fallback=move || view! {
                <EmptyState title="No score yet. The first one in this episode becomes the baseline.">
                    <Button on_press=move |()| form.open(QuickFormKind::Measure)>"Record a measure"</Button>
                </EmptyState>
            }>
                <div class="graph-controls">
                    <Ranges controls/>
                    <Show when=move || several.get()><Layouts controls/></Show>
                </div>
                <Show when=together>
                    <section class="measure-box together" aria-label="All measures">
                        <h3>"All measures"</h3>
                        <Graph view pick=Picked::Together range=controls.range shape=Shape::Full/>
                    </section>
                </Show>
                <For each=move || instruments.get() key=String::clone children=one/>
            </Show>
            <Plan view form/>
        </section>
    }
}

/// A button of a group of which one is pressed.
fn pressed<T: Copy + PartialEq + Send + Sync + 'static>(
    value: RwSignal<T>,
    what: T,
    words: &'static str,
) -> impl IntoView {
    let pressed = move || if value.get() == what { "true" } else { "false" };
    view! {
        <button type="button" class="button quiet" aria-pressed=pressed on:click=move |_| value.set(what)>{words}</button>
    }
}

#[component]
fn Ranges(controls: Controls) -> impl IntoView {
    let words = |range: Range| match range {
        Range::Episode => "This episode",
        Range::HalfYear => "6 months",
        Range::Year => "1 year",
        Range::All => "All",
    };
    let buttons = Range::ALL.map(|range| pressed(controls.range, range, words(range)));
    view! { <div class="views" role="group" aria-label="Time shown in graphs">{buttons.into_iter().collect_view()}</div> }
}

#[component]
fn Layouts(controls: Controls) -> impl IntoView {
    view! {
        <div class="views" role="group" aria-label="Graphs">
            {pressed(controls.layout, Layout::Apart, "Each by itself")}
            {pressed(controls.layout, Layout::Together, "Together")}
        </div>
    }
}

#[component]
fn Measure(view: Signal<Arc<PatientView>>, instrument: String, controls: Controls) -> impl IntoView {
    let shown = RwSignal::new(Shown::Graph);
    let id = StoredValue::new(instrument);
    let measure = Signal::derive(move || {
        id.with_value(|id| view.with(|view| view.measures.iter().find(|m| m.instrument == *id).cloned()))
    });
    let title = measure.with_untracked(|measure| measure.as_ref().map_or_else(String::new, |m| m.title.clone()));
    // Its graph is in the drawing of all.
    let graphless = move || shown.get() == Shown::Graph && controls.layout.get() == Layout::Together;
    let body = move || match shown.get() {
        Shown::Graph if graphless() => ().into_any(),
        Shown::Graph => view! {
            <Graph view pick=Picked::One(id.get_value()) range=controls.range shape=Shape::Wide/>
        }
        .into_any(),
        Shown::Table => measure.get().map(|measure| view! { <ScoreTable measure/> }).into_any(),
        Shown::Items => measure.get().map(|measure| view! { <ItemGrid measure/> }).into_any(),
    };
    view! {
        <section class="measure-box" aria-label=format!("{title} scores")>
            <div class="measure-head">
                <h3>{title.clone()}</h3>
                {move || measure.get().map(|measure| view! { <Headline measure/> })}
                <div class="views" role="group" aria-label=format!("Show {title} as")>
                    {pressed(shown, Shown::Graph, "Graph")}
                    {pressed(shown, Shown::Table, "Table")}
                    {pressed(shown, Shown::Items, "Items")}
                </div>
            </div>
            {move || measure.get().map(|measure| view! { <Outcomes measure/> })}
            {move || measure.get().filter(|measure| !measure.derived.is_empty()).map(|measure| view! {
                <p class="hint derived">{measure.derived.join(". ")}"."</p>
            })}
            {body}
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
    let baseline = format!("baseline {}", measure.baseline);
    view! {
        <p class="headline">
            <ScoreCell cells=cells.clone()/>
            <span>{severity}</span>
            {target}
            <span class="since">"change since baseline "<ChangeCell cells/>{percent}</span>
            <span class="hint">{age}{stale}</span>
            <span class="hint">{baseline}</span>
        </p>
    }
}

/// All named definitions, each with its answer and its rule: "improved" alone says nothing. Where they disagree, that is
/// said with the numbers.
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
            {measure.disagreement.map(|words| view! { <p class="hint disagreement">{words}</p> })}
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
