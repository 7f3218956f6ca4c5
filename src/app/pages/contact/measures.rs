//! The measures of the contact form: those asked by default, and any other that is added.

use std::sync::Arc;

use leptos::prelude::*;

use super::apart::AskedApart;
use super::fields::Fields;
use super::form::scoring_context;
use super::measure::MeasureEntry;
use crate::app::components::Select;
use crate::app::effects::effect;
use crate::app::state::use_desk;
use crate::app::typed::measure::MeasureTyped;
use crate::registry::PatientView;

/// The measures of the form.
#[component]
pub fn Measures(
    /// The form.
    fields: Fields,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let context = StoredValue::new(view.with_untracked(|view| scoring_context(view)));
    let desk = use_desk();
    let entry = move |(id, value): (String, RwSignal<MeasureTyped>)| {
        let definition = untrack(|| desk.instrument(&id))?;
        Some(view! { <MeasureEntry id definition value context=context.get_value()/> })
    };
    view! {
        <div class="band measures" class:hidden=move || !fields.was_reached()>
            <AskedApart fields view/>
            <For each=move || fields.measures.get() key=|(id, _)| id.clone() children=entry/>
            <AddMeasure fields/>
        </div>
    }
}

/// Any instrument of the catalog that the form doesn't ask for yet.
#[component]
fn AddMeasure(fields: Fields) -> impl IntoView {
    let desk = use_desk();
    let chosen = RwSignal::new(String::new());
    let rest = Signal::derive(move || {
        let there: Vec<String> = fields.measures.get().into_iter().map(|(id, _)| id).collect();
        let mut all = vec![(String::new(), "Choose a measure".to_owned())];
        let titles = desk
            .offered()
            .into_iter()
            .filter(|d| !there.iter().any(|id| id == d.id.as_str()));
        all.extend(titles.map(|d| (d.id.as_str().to_owned(), d.short_title.clone())));
        all
    });
    // What is typed lives as long as the form; what an effect makes ends with its next run.
    let form = Owner::current().unwrap_or_default();
    effect(move |_| {
        let id = chosen.get();
        let Some(definition) = untrack(|| desk.instrument(&id)) else {
            return;
        };
        chosen.set(String::new());
        let typed = form.with(|| RwSignal::new(MeasureTyped::asked(definition)));
        fields.measures.update(|all| {
            if !all.iter().any(|(there, _)| *there == id) {
                all.push((id.clone(), typed));
            }
        });
        let first = definition.items.first().map_or("total", |item| item.id.as_str());
        crate::app::browser::focus_soon(format!("{id}-{first}"));
    });
    view! { <Select id="add-measure" label="Add a measure" options=rest value=chosen/> }
}
