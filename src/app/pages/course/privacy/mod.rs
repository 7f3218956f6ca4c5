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

pub use consent::ConsentBox;
pub use marks::{ConfidentialBox, MarkForm, protection_tag};
pub use minor::MinorBox;
pub use permissions::PermissionsBox;
pub use releases::ReleasesBox;

thread_local! {
    /// The patient whose consent another page wants to record: addresses hold pages, not half-open forms.
    static WISH: Cell<Option<ChartId>> = const { Cell::new(None) };
}

/// Lets the page open with the form for consent.
pub fn wish_for_consent(chart: ChartId) {
    WISH.set(Some(chart));
}

fn is_wished(chart: ChartId) -> bool {
    WISH.take() == Some(chart)
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
