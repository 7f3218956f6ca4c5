//! Consent, releases, what is held back, permissions, the care of a minor: what may be told, and how.

use std::cell::Cell;
use std::sync::Arc;

use leptos::prelude::*;

use super::assessment::follow_learned;
use crate::app::pages::common::Once;
use crate::app::state::use_desk;
use crate::journal::ChartId;
use crate::registry::LearnedView;

mod consent;
mod marks;
mod minor;
mod permissions;
mod releases;

pub use consent::{ConsentBox, POINTS, POINTS_HINT};
pub use marks::{ConfidentialBox, MarkForm, protection_tag};
pub use minor::MinorBox;
pub use permissions::PermissionsBox;
pub use releases::ReleasesBox;

thread_local! {
    /// The patient whose consent another page wants to record or complete: addresses hold pages, not half-open forms.
    static WISH: Cell<Option<(ChartId, Wish)>> = const { Cell::new(None) };
}

/// What another page wants of the box for consent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// A new consent.
    Record,
    /// What one on record lacks.
    Complete,
}

/// Lets the page open with the form for consent.
pub fn wish_for_consent(chart: ChartId) {
    WISH.set(Some((chart, Wish::Record)));
}

/// Lets the page open with what a consent on record lacks.
pub fn wish_to_complete_consent(chart: ChartId) {
    WISH.set(Some((chart, Wish::Complete)));
}

fn wished(chart: ChartId) -> Option<Wish> {
    WISH.take().filter(|(of, _)| *of == chart).map(|(_, wish)| wish)
}

/// What may be told, and how: five boxes at the end of the intake.
#[component]
pub fn Privacy(
    /// Whose record.
    chart: ChartId,
) -> impl IntoView {
    let learned = follow_learned(use_desk(), chart);
    let shown = move |known: Signal<Arc<LearnedView>>| {
        view! {
            <div class="learned">
                <ConsentBox chart known/>
                <PermissionsBox chart known/>
                <MinorBox chart known/>
                <ReleasesBox chart known/>
                <ConfidentialBox chart known/>
            </div>
        }
    };
    view! { <Once answer=learned what="what may be told" children=shown/> }
}

/// Lines, or that there are none.
fn lines(all: Vec<String>, none: &'static str) -> AnyView {
    match all.is_empty() {
        true => view! { <p class="hint">{none}</p> }.into_any(),
        false => view! { <ul>{all.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }.into_any(),
    }
}
