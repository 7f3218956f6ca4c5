//! A graph: the drawing, wide or narrow by the window, its sentence, its data as a table, and a file of it.

use std::sync::Arc;

use leptos::prelude::*;

use super::save::SaveGraph;
use crate::app::components::{DayText, Sourced, Svg};
use crate::graphs::{self, EARLY_SOURCE, EarlyWarning, Panel, Range, Shape};
use crate::registry::PatientView;

/// Which measures a graph shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    /// One.
    One(String),
    /// All that have a score.
    Together,
}

/// Whether the parts of a measure are drawn under its total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parts {
    Hidden,
    Shown,
}

impl Picked {
    /// The beginning of a file's name: instruments, never a patient.
    fn file(&self) -> &str {
        match self {
            Self::One(instrument) => instrument,
            Self::Together => "measures",
        }
    }
    fn panels<'a>(&'a self, view: &'a PatientView, parts: Parts) -> Vec<&'a Panel> {
        match self {
            Self::One(instrument) => {
                let parts = view.history.parts_of(instrument).filter(|_| parts == Parts::Shown);
                view.history.of_instrument(instrument).chain(parts).collect()
            }
            Self::Together => view.history.together(),
        }
    }
}

#[component]
pub fn Graph(
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// What is drawn.
    pick: Picked,
    /// How much of the time.
    range: RwSignal<Range>,
    /// Its proportions where there is room.
    shape: Shape,
) -> impl IntoView {
    let pick = StoredValue::new(pick);
    let early = RwSignal::new(EarlyWarning::Hidden);
    let parts = RwSignal::new(Parts::Hidden);
    let has = move |what: fn(&PatientView, &Picked) -> bool| {
        Memo::new(move |_| pick.with_value(|pick| view.with(|view| what(view, pick))))
    };
    let has_early = has(|view, pick| pick.panels(view, Parts::Hidden).iter().any(|p| !p.early.is_empty()));
    let has_parts = has(|view, pick| match pick {
        Picked::One(instrument) => view.history.parts_of(instrument).next().is_some(),
        Picked::Together => false,
    });
    let has_score = has(|view, pick| !pick.panels(view, Parts::Hidden).is_empty());
    let drawn = move |shape: Shape| {
        let (range, early, parts) = (range.get(), early.get(), parts.get());
        pick.with_value(|pick| view.with(|view| view.history.graph(&pick.panels(view, parts), range, early, shape)))
    };
    let wide = Memo::new(move |_| drawn(shape));
    let svg = move |graph: &graphs::Graph| {
        let markup = graphs::score_graph(graph, graphs::Look::Page);
        view! { <Svg markup summary=graphs::summary(graph)/> }
    };
    let narrow = move || svg(&drawn(Shape::Narrow));
    let warned = move || {
        let words = wide.with(|graph| graph.panels.iter().flat_map(graphs::early_words).collect::<Vec<_>>());
        let none = words.is_empty().then_some("No early-warning point lies in this time.");
        (early.get() == EarlyWarning::Shown).then(|| {
            view! {
                <ul class="hint early">{words.into_iter().map(|words| view! { <li>{words}</li> }).collect_view()}</ul>
                <p class="hint">{none}" "<Sourced text=EARLY_SOURCE.to_owned()/></p>
            }
        })
    };
    let switch_early = move |on: bool| early.set(if on { EarlyWarning::Shown } else { EarlyWarning::Hidden });
    let switch_parts = move |on: bool| parts.set(if on { Parts::Shown } else { Parts::Hidden });
    let file = Signal::derive(move || pick.with_value(|pick| pick.file().to_owned()));
    view! {
        <Show when=move || has_score.get() fallback=|| view! {
            <p class="hint">"This measure has no score to draw: what it came to is in the table."</p>
        }>
            <div class="graph-wide">{move || wide.with(svg)}</div>
            <div class="graph-narrow">{narrow}</div>
            <p class="hint graph-summary">{move || wide.with(graphs::summary)}</p>
            {warned}
            <div class="graph-tools">
                <Show when=move || has_early.get()>
                    <Switch words="Early-warning points" on=switch_early/>
                </Show>
                <Show when=move || has_parts.get()>
                    <Switch words="Subscales" on=switch_parts/>
                </Show>
                <SaveGraph graph=wide.into() file/>
            </div>
            <GraphTable graph=wide.into()/>
        </Show>
    }
}

/// A box that is ticked to show more; off at first.
#[component]
fn Switch(words: &'static str, on: impl Fn(bool) + 'static) -> impl IntoView {
    view! {
        <label class="choice switch">
            <input type="checkbox" autocomplete="off" on:change:target=move |event| on(event.target().checked())/>
            <span>{words}</span>
        </label>
    }
}

/// What the graph shows, as a table: made when it is opened.
#[component]
fn GraphTable(graph: Signal<graphs::Graph>) -> impl IntoView {
    let open = RwSignal::new(false);
    let details = NodeRef::<leptos::html::Details>::new();
    let toggled = move |_| open.set(details.get_untracked().is_some_and(|details| details.open()));
    let table =
        move || {
            open.get().then(|| {
            let graph = graph.get();
            let rows = graphs::table(&graph);
            let heads = graph.panels.iter().map(|panel| {
                let banded = !panel.bands.is_empty();
                view! {
                    <th scope="col" class="num">{panel.title.clone()}</th>
                    {banded.then(|| view! { <th scope="col">"Severity"</th> })}
                }
            });
            let heads = heads.collect_view();
            let banded: Vec<bool> = graph.panels.iter().map(|panel| !panel.bands.is_empty()).collect();
            let rows = rows.into_iter().rev().map(|row| {
                let cells = row.values.iter().zip(row.bands).zip(&banded).map(|((values, band), banded)| {
                    view! {
                        <td class="num">{values_words(values)}</td>
                        {banded.then(|| view! { <td>{band}</td> })}
                    }
                });
                let cells = cells.collect_view();
                view! { <tr><td><DayText day=row.day/></td>{cells}<td class="what">{row.events.join("; ")}</td></tr> }
            });
            let caption = format!("{}: scores and what was done", graph.title);
            view! {
                <div class="scroll-x" tabindex="0" role="region" aria-label=caption.clone()>
                    <table class="data">
                        <caption class="visually-hidden">{caption.clone()}</caption>
                        <thead><tr><th scope="col">"Date"</th>{heads}<th scope="col">"What was done"</th></tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            }
        })
        };
    view! {
        <details class="graph-data" node_ref=details on:toggle=toggled>
            <summary>"Data of this graph as a table"</summary>
            {table}
        </details>
    }
}

/// The scores of a day; a dash for one that is missing, and nothing on a day without one.
fn values_words(values: &[Option<u16>]) -> String {
    let word = |value: &Option<u16>| value.map_or_else(|| "\u{2013} no score".to_owned(), |value| value.to_string());
    values.iter().map(word).collect::<Vec<_>>().join(", ")
}
