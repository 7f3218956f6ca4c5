//! Cells copied out of a spreadsheet program, pasted.

use leptos::prelude::*;

use super::Import;
use super::source::PASTED;
use crate::app::components::{Button, PickedFile, TextArea};
use crate::exchange::sheets::LARGEST_SHEET;

/// A place to paste cells into, under a line that opens it.
#[component]
pub(super) fn PasteCells(import: Import) -> impl IntoView {
    let cells = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<&'static str>);
    let read = move |()| {
        let text = cells.get_untracked();
        if text.trim().is_empty() {
            return problem.set(Some(
                "Nothing was pasted yet. Copy the cells with their headings, and paste them here.",
            ));
        }
        if text.len() > LARGEST_SHEET {
            return problem.set(Some("That is more than any caseload. Nothing was read."));
        }
        problem.set(None);
        import.start(vec![PickedFile {
            name: PASTED.to_owned(),
            bytes: text.into_bytes(),
        }]);
    };
    view! {
        <details class="paste-cells">
            <summary>"Paste cells instead"</summary>
            <TextArea
                id="import-cells"
                label="Cells from a spreadsheet, with their headings"
                value=cells
                rows=6
                hint="In the spreadsheet: choose the cells, copy them, and paste them here"
            />
            <p class="error" role="alert">{problem}</p>
            <div class="actions"><Button on_press=read>"Read these cells"</Button></div>
        </details>
    }
}
