//! The history of a concern: when it was opened and by what, each step with its time and person, when it was closed, how
//! long it stood open, and which deadlines were missed.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{DayText, WhenText};
use crate::app::state::use_desk;
use crate::journal::{Fact, ThingId, Zone};
use crate::registry::{ConcernView, PatientView, TimelineRow};

/// The concern that an entry is about.
fn about(fact: &Fact) -> Option<ThingId> {
    match fact {
        Fact::Concern(concern) => Some(concern.concern),
        Fact::ConcernStep(step) => Some(step.concern),
        Fact::ConcernClosed(closed) => Some(closed.concern),
        Fact::Communication(message) => message.about,
        _ => None,
    }
}

/// What happened to a concern, the oldest first.
fn rows(view: &PatientView, concern: ThingId, zone: Zone) -> Vec<TimelineRow> {
    let own = view.timeline.iter().filter(|row| about(&row.fact) == Some(concern));
    let mut rows: Vec<TimelineRow> = own.cloned().collect();
    // As it happened; within a day in the order in which it was written.
    rows.sort_by_key(|row| (row.at.day(zone), row.stamp));
    rows
}

/// How long it stood open, what was missed, and each step.
#[component]
pub fn History(
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// The concern.
    concern: ConcernView,
) -> impl IntoView {
    let id = concern.concern;
    let zone = untrack(|| use_desk().zone());
    let lines = move || view.with(|view| rows(view, id, zone));
    let stood = match concern.open {
        true => format!("Open for {} so far.", concern.stood),
        false => format!("Stood open for {}.", concern.stood),
    };
    let missed = (!concern.missed.is_empty()).then(|| {
        let lines = concern.missed.iter().cloned().map(|words| view! { <li>{words}</li> });
        view! { <p class="missed-head">"Deadlines missed:"</p><ul class="missed">{lines.collect_view()}</ul> }
    });
    let line = |row: TimelineRow| {
        let more = row.more.clone().map(|more| view! { <p class="more">{more}</p> });
        // One step, and what it said before it was put otherwise.
        let before = row.before.clone().map(|before| {
            view! { <details class="before"><summary>"Before it was corrected"</summary><p class="more">{before}</p></details> }
        });
        view! {
            <li>
                <span class="at"><WhenText when=row.at/></span>
                <div><p>{row.line}" "<span class="hint">{row.by}</span></p>{more}{before}</div>
            </li>
        }
    };
    view! {
        <details class="concern-history">
            <summary>"History: "{if concern.open { "open for " } else { "stood open for " }}{concern.stood.clone()}</summary>
            <p>{stood}{concern.watch.map(|day| view! { " Watched until "<DayText day/>", or the next case review." })}</p>
            {missed}
            <ol class="history-steps">{move || lines().into_iter().map(line).collect_view()}</ol>
        </details>
    }
}
