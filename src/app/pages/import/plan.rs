//! The dry run: what will be made of the files, and the button that writes it.

use std::sync::Arc;

use leptos::prelude::*;

use super::people::WhoIsThis;
use super::problems::Problems;
use super::sheets::{LeftOut, SheetPanel};
use super::{Import, OtherFiles};
use crate::app::components::{Button, ButtonKind, Notice, Tone};
use crate::app::format;
use crate::app::pages::download::DownloadButton;
use crate::journal::facts::Sheet;
use crate::registry::{PastPositiveRow, PlanRow, PlanView, Request};

/// Rows listed at once; the file with what was left out has all of them.
pub(super) const LISTED: usize = 200;

/// The plan of an import. Nothing is written yet. The files' panels stay while it is planned anew, and with them the
/// focus.
#[component]
pub(super) fn PlanPanel(
    /// The import.
    import: Import,
) -> impl IntoView {
    let sheets = Memo::new(move |_| import.plan.get().map_or_else(Vec::new, |plan| plan.sheets.clone()));
    let places = move || sheets.with(|sheets| sheets.iter().map(|sheet| sheet.sheet).enumerate().collect::<Vec<_>>());
    let dry_run = move || {
        import.plan.get().map(|plan| {
            if let Some(sentence) = plan.missing.clone() {
                return view! {
                    <Notice tone=Tone::Warning title="A column is missing">
                        <p>{sentence}" Open the columns above and choose what each holds. Nothing is written yet."</p>
                    </Notice>
                }
                .into_any();
            }
            view! {
                <Counts plan=Arc::clone(&plan)/>
                <Concerns plan=Arc::clone(&plan)/>
                <Earlier plan=Arc::clone(&plan)/>
                <Problems plan=Arc::clone(&plan)/>
                <Rows plan=Arc::clone(&plan)/>
                <Rejected plan/>
            }
            .into_any()
        })
    };
    let nothing_new = Signal::derive(move || import.plan.get().is_none_or(|plan| plan.new == 0));
    let missing = move || {
        import
            .plan
            .with(|plan| plan.as_ref().and_then(|plan| plan.missing.clone()))
    };
    let hint = move || {
        if let Some(sentence) = missing() {
            format!("{sentence} Until then nothing can be imported.")
        } else if nothing_new.get() {
            "Nothing in these files is new here: there is nothing to import.".to_owned()
        } else {
            "All of it is written at once or not at all. You can undo it afterwards.".to_owned()
        }
    };
    view! {
        <h2>"How the files were read"</h2>
        <For each=places key=|place| *place children=move |(at, _)| view! { <SheetPanel at sheets import/> }/>
        <LeftOut import/>
        <WhoIsThis import/>
        <h2>"What will be made of them"</h2>
        {dry_run}
        <div class="actions">
            <Button kind=ButtonKind::Primary disabled=nothing_new on_press=move |()| import.publish()>"Import"</Button>
            <OtherFiles import/>
        </div>
        <p class="hint">{hint}</p>
    }
}

#[component]
fn Counts(plan: Arc<PlanView>) -> impl IntoView {
    let count = |(what, number): &(String, u32)| {
        view! { <div><dt>{what.clone()}</dt><dd><b>{format::grouped((*number).into())}</b></dd></div> }
    };
    let counts = plan.counts.iter().map(count).collect_view();
    view! { <dl class="totals">{counts}</dl> }
}

/// What the safety rule of an import will do.
#[component]
fn Concerns(plan: Arc<PlanView>) -> impl IntoView {
    (plan.concerns > 0).then(|| {
        let concerns = format::count(plan.concerns.into(), "patient has", "patients have");
        let earlier = (plan.concerns_with_earlier > 0).then(|| {
            let earlier = format::count(plan.concerns_with_earlier.into(), "of them has", "of them have");
            format!(" {earlier} an earlier positive item 9 besides: the decision names it.")
        });
        view! {
            <Notice tone=Tone::Warning title=format!("{concerns} a safety flag or a positive item 9")>
                <p>
                    "Each opens a concern, whatever the status. You decide on each right after the import, before Today."
                    {earlier}
                </p>
            </Notice>
        }
    })
}

/// Patients whose item 9 was positive and is 0 since.
#[component]
fn Earlier(plan: Arc<PlanView>) -> impl IntoView {
    let total = plan.earlier.len();
    (total > 0).then(|| {
        let patients = format::count(total as u64, "patient", "patients");
        let line = |row: &PastPositiveRow| view! { <li>{format!("{} (MRN {}): {}", row.name, row.mrn, row.said)}</li> };
        let more = total.saturating_sub(LISTED);
        let more = (more > 0).then(|| {
            let more = format::count(more as u64, "more patient", "more patients");
            view! { <p class="hint">{more}" in the same way."</p> }
        });
        view! {
            <Notice title=format!("{patients} answered item 9 above 0 before, and 0 last")>
                <p>"This opens no concern. The record keeps the answers, and its notes and letters name them."</p>
                <ul>{plan.earlier.iter().take(LISTED).map(line).collect_view()}</ul>
                {more}
            </Notice>
        }
    })
}

/// What will be made of each row.
#[component]
fn Rows(plan: Arc<PlanView>) -> impl IntoView {
    let total = plan.rows.len();
    let line = |row: &PlanRow| {
        view! {
            <tr>
                <td>{sheet_word(row.sheet)}</td>
                <td class="num">{row.row}</td>
                <td>{row.makes.clone()}</td>
            </tr>
        }
    };
    let more = total.saturating_sub(LISTED);
    let more = (more > 0).then(|| {
        let more = format::count(more as u64, "further row", "further rows");
        view! { <p class="hint">{more}" in the same way."</p> }
    });
    let lines = plan.rows.iter().take(LISTED).map(line).collect_view();
    view! {
        <details>
            <summary>{format!("Each row: what will be made of it ({})", format::grouped(total as u64))}</summary>
            <table class="data list">
                <caption class="visually-hidden">"What will be made of each row"</caption>
                <thead>
                    <tr><th scope="col">"Sheet"</th><th scope="col" class="num">"Row"</th><th scope="col">"Becomes"</th></tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            {more}
        </details>
    }
}

/// The rows that stay out: a file for each sheet, to be corrected and imported again.
#[component]
fn Rejected(plan: Arc<PlanView>) -> impl IntoView {
    let file = |(sheet, rows): &(Sheet, u32)| {
        let (sheet, word) = (*sheet, sheet_word(*sheet).to_lowercase());
        let rows = format::count((*rows).into(), "row does", "rows do");
        view! {
            <li>
                <span>{rows}" not come in from the "{word.clone()}" sheet."</span>
                <DownloadButton request=move |()| Request::RejectedRows(sheet)>
                    {format!("Save rejected {word} rows")}
                </DownloadButton>
            </li>
        }
    };
    (!plan.rejected.is_empty()).then(|| {
        view! {
            <div class="rejected">
                <ul>{plan.rejected.iter().map(file).collect_view()}</ul>
                <p class="hint">
                    "Each file has its sheet\u{2019}s own headings and says why in its last column. Correct it and import \
                     it: what is here already is skipped."
                </p>
            </div>
        }
    })
}

/// A sheet's name.
pub(super) fn sheet_word(sheet: Sheet) -> &'static str {
    match sheet {
        Sheet::Caseload => "Caseload",
        Sheet::Contacts => "Contacts",
    }
}
