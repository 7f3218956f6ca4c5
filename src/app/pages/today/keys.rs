//! The keys of Today's rows: walking, what opens a form for the patient of the row, and what records a try without one.

use std::sync::Arc;

use leptos::prelude::*;

use super::row::{self, Deed};
use crate::app::browser;
use crate::app::effects::effect;
use crate::app::keys::{use_key, use_key_in};
use crate::app::pages::patient::{QuickFormKind, wish_for};
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::care::quick::QuickTry;
use crate::journal::{ChartId, When};
use crate::registry::TodayItem;

/// Where a key means the patient of the row that has the focus.
const ROWS: &str = "li[data-row]";

/// What opens a form, by its key.
const FORMS: [(&str, &str, Deed); 3] = [
    ("m", "Record a measure of the patient of this row", Deed::Measure),
    ("b", "Book an appointment with the patient of this row", Deed::Book),
    ("o", "Write a letter or message to the patient of this row", Deed::Write),
];

/// What one key records: its key, what the help says, the deed. `l` and `n` begin `l l` and `n p`, which must go on working
/// while a row has the focus.
const TRIES: [(&str, &str, &str, QuickTry); 4] = [
    (
        "v",
        "Record a voicemail left for the patient of this row",
        "Voicemail recorded",
        QuickTry::Voicemail,
    ),
    (
        "a",
        "Record a call without an answer to the patient of this row",
        "Call without an answer recorded",
        QuickTry::NoAnswer,
    ),
    (
        "t",
        "Record a text sent to the patient of this row",
        "Text recorded",
        QuickTry::Text,
    ),
    (
        "w",
        "Record a letter sent to the patient of this row",
        "Letter recorded",
        QuickTry::Letter,
    ),
];

/// Binds the keys. j, k and the arrow keys walk the rows by their names' links; Enter opens as on any link. Says why a try
/// was not recorded.
pub fn of_rows(due: Memo<Vec<Arc<TodayItem>>>) -> RwSignal<Option<String>> {
    let router = use_router();
    let step = move |by: isize| {
        let count = due.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        let to = match row::focused() {
            Some(at) => at.saturating_add_signed(by).min(count - 1),
            None => 0,
        };
        browser::focus(&row::link_id(to));
    };
    use_key("j", "Next row", move || step(1));
    use_key("k", "Row before", move || step(-1));
    use_key("ArrowDown", "Next row", move || step(1));
    use_key("ArrowUp", "Row before", move || step(-1));
    let chart_at = move |at: usize| due.with_untracked(|due| due.get(at).map(|item| item.chart));
    use_key("c", "Record a contact with the patient of this row", move || {
        if let Some(chart) = chart_at(row::focused().unwrap_or(0)) {
            Deed::Call.of(chart, router);
        }
    });
    // Only of the row that has the focus: nothing else is ever done about whoever happens to come first.
    let of_row = move || row::focused().and_then(chart_at);
    use_key("s", "Open a safety concern about the patient of this row", move || {
        if let Some(chart) = of_row() {
            wish_for(chart, QuickFormKind::Concern);
            router.go(Route::Patient(chart));
        }
    });
    for (keys, label, deed) in FORMS {
        use_key_in(ROWS, keys, label, move || {
            if let Some(chart) = of_row() {
                deed.of(chart, router);
            }
        });
    }
    tries(due)
}

/// Binds the keys that record a try.
fn tries(due: Memo<Vec<Arc<TodayItem>>>) -> RwSignal<Option<String>> {
    let desk = use_desk();
    let refused = RwSignal::new(None::<String>);
    // The row is drawn anew when its reason changes, by the try and by its undo: the focus that went with it comes back to
    // its patient, or to who stands there now, until it is moved elsewhere.
    let back_to = StoredValue::new(None::<(ChartId, usize)>);
    effect(move |_| {
        let to = due.with(|due| {
            let (chart, at) = back_to.get_value()?;
            let found = due.iter().position(|item| item.chart == chart);
            Some(found.unwrap_or(at).min(due.len().checked_sub(1)?))
        });
        let Some(to) = to else { return };
        request_animation_frame(move || match browser::is_there(":focus:not(body)") {
            true if row::focused() == Some(to) => {}
            true => {
                let _moved = back_to.try_update_value(Option::take);
            }
            false => browser::focus(&row::link_id(to)),
        });
    });
    let record = move |what: QuickTry, deed: &'static str| {
        let Some(at) = row::focused() else { return };
        let Some(item) = due.with_untracked(|due| due.get(at).cloned()) else {
            return;
        };
        let (chart, name) = (item.chart, item.name.clone());
        let intent = Intent::Try {
            chart,
            what,
            at: When::At(desk.instant()),
        };
        refused.set(None);
        back_to.set_value(Some((chart, at)));
        desk.submit(intent, deed, move |result| {
            if let Err(failure) = result {
                back_to.set_value(None);
                let _said = refused.try_set(Some(format!("{name}: {failure}")));
            }
        });
    };
    for (keys, label, deed, what) in TRIES {
        use_key_in(ROWS, keys, label, move || record(what, deed));
    }
    refused
}
