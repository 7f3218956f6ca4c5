//! That a concern is open, in a line: at the head of every page on which a patient is worked with.

use std::sync::Arc;

use leptos::prelude::*;

use super::panel::urgency;
use crate::app::components::{DayText, StatusKind, StatusTag, WhenText};
use crate::app::route::Route;
use crate::app::words::{CONCERNS, word_of};
use crate::registry::{ConcernView, PatientView};

/// The open concerns of a patient, a line each, with the way to their safety steps. Nothing where none is open.
#[component]
pub fn OpenConcerns(
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let open = Memo::new(move |_| {
        let open = |view: &Arc<PatientView>| {
            let open = view.concerns.iter().filter(|concern| concern.open);
            open.cloned().collect::<Vec<ConcernView>>()
        };
        view.with(open)
    });
    let chart = view.with_untracked(|view| view.chart);
    let line = move |concern: ConcernView| {
        let kind = word_of(CONCERNS, concern.kind);
        let href = Route::Safety(chart, concern.concern).href();
        view! {
            <p class="concern-head">
                <StatusTag kind=StatusKind::Safety words=urgency(&concern)/>
                <strong>{kind}</strong>
                <span>"open since "<WhenText when=concern.opened/></span>
                {concern.next_contact.map(|day| view! { <span>"next contact "<DayText day/></span> })}
                <a href=href aria-label=format!("Safety steps: {kind}")>"Safety steps"</a>
            </p>
        }
    };
    move || {
        let open = open.get();
        (!open.is_empty()).then(|| {
            view! {
                <section class="concerns open no-print" aria-label="Open concerns">
                    {open.into_iter().map(line).collect_view()}
                </section>
            }
        })
    }
}
