//! The rows in view, asked for as the table scrolls; a margin is asked with them, so that most scrolling asks nothing.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::Visible;
use crate::app::state::Desk;
use crate::registry::{CaseloadQuery, CaseloadRowView, CaseloadTab, CaseloadView, Failure, Request, Response};

/// Rows are asked for from a multiple of this number.
const STEP: u32 = 25;
/// How many are asked for at once beyond those in view.
const BEYOND: u32 = 50;

/// The rows that were asked for last.
#[derive(Clone, Copy)]
pub struct Rows {
    held: RwSignal<Option<Arc<Held>>>,
    failure: RwSignal<Option<Failure>>,
}

struct Held {
    from: u32,
    view: CaseloadView,
}

impl Rows {
    /// Asks for the rows in view whenever the query, the place in the list or the data changes.
    pub fn follow(desk: Desk, asked: Memo<CaseloadQuery>, visible: RwSignal<Visible>) -> Self {
        let rows = Self {
            held: RwSignal::new(None),
            failure: RwSignal::new(None),
        };
        let window = Memo::new(move |_| window(visible.get()));
        let turn = StoredValue::new(0_u64);
        crate::app::effects::effect(move |_| {
            desk.version().track();
            let (from, count) = window.get();
            let query = CaseloadQuery {
                from,
                count,
                ..asked.get()
            };
            let now = turn.get_value() + 1;
            turn.set_value(now);
            spawn_local(async move {
                let answer = desk.ask(Request::Caseload(query)).await;
                // A later question was asked meanwhile, or the page is gone.
                if turn.try_get_value() != Some(now) {
                    return;
                }
                match answer {
                    Ok(Response::Caseload(view)) => {
                        rows.failure.set(None);
                        rows.held.set(Some(Arc::new(Held { from, view: *view })));
                    }
                    Ok(_) => {}
                    Err(failure) => rows.failure.set(Some(failure)),
                }
            });
        });
        rows
    }

    /// The row at a place from 0; none while it is being asked for.
    pub fn at(&self, at: u32) -> Option<CaseloadRowView> {
        self.held.with(|held| {
            let held = held.as_ref()?;
            let place = usize::try_from(at.checked_sub(held.from)?).ok()?;
            held.view.rows.get(place).cloned()
        })
    }
    /// Number of rows in all; none before the first answer.
    pub fn total(&self) -> Option<u32> {
        self.held.with(|held| held.as_ref().map(|held| held.view.total))
    }
    /// Patients by tab.
    pub fn tabs(&self) -> Vec<(CaseloadTab, u32)> {
        self.held
            .with(|held| held.as_ref().map_or(Vec::new(), |held| held.view.tabs.clone()))
    }
    /// Patients with two versions of something to settle.
    pub fn unsettled(&self) -> u32 {
        self.held
            .with(|held| held.as_ref().map_or(0, |held| held.view.to_settle))
    }
    /// Why the last request failed.
    pub fn failure(&self) -> Option<Failure> {
        self.failure.get()
    }
}

/// First row and number of rows to ask for.
fn window(visible: Visible) -> (u32, u32) {
    let from = visible.from.saturating_sub(STEP) / STEP * STEP;
    (from, visible.count.div_ceil(STEP) * STEP + BEYOND)
}
