//! Who wrote what, and records that are erased for good.

use leptos::prelude::*;

use crate::app::components::ButtonLink;
use crate::app::route::Route;
use crate::app::state::{Answer, Desk, use_desk};
use crate::journal::ChartId;
use crate::registry::{Failure, LedgerAsk, LedgerView, Request, Response};

mod audit;
mod erase;
mod erased;

pub use audit::{ChartAuditPage, DayAuditPage};
pub use erase::ErasePage;
pub use erased::ErasedPage;

/// Follows what the ledger says.
fn follow<T: Send + Sync + 'static>(
    ask: impl Fn() -> LedgerAsk + 'static,
    pick: impl Fn(LedgerView) -> Option<T> + Copy + 'static,
) -> Answer<T> {
    use_desk().follow(
        move || Request::Ledger(Box::new(ask())),
        move |response| match response {
            Response::Ledger(view) => pick(*view),
            _ => None,
        },
    )
}

/// Carries out what changes the registry and is no intent: `done` gets what came of it.
fn carry_out(desk: Desk, ask: LedgerAsk, done: impl FnOnce(Result<(), Failure>) + 'static) {
    leptos::task::spawn_local(async move {
        let result = desk.ask(Request::Ledger(Box::new(ask))).await;
        if result.is_ok() {
            // What was saved last may be gone with it.
            desk.mark().set(None);
            desk.changed();
        }
        done(result.map(drop));
    });
}

/// The ways from a patient's intake to who wrote what, and to erasing the record.
#[component]
pub fn LedgerLinks(
    /// Whose record.
    chart: ChartId,
) -> impl IntoView {
    view! {
        <section class="side-box no-print" aria-labelledby="ledger-links">
            <h2 id="ledger-links">"This record"</h2>
            <p>"Every entry is kept as it was first written. Erasing is for a legal request; to end care, close the episode."</p>
            <div class="actions">
                <ButtonLink href=Route::ChartAudit(chart).href()>"Who wrote what"</ButtonLink>
                <ButtonLink href=Route::Erase(chart).href()>"Erase this patient for good"</ButtonLink>
            </div>
        </section>
    }
}
