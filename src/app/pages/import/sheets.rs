//! How each file was read, and what its columns hold.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::Import;
use crate::app::components::{Button, ButtonKind, Notice};
use crate::app::format;
use crate::journal::facts::Sheet;
use crate::registry::SheetView;

/// One file: how it was read, what it holds, and its columns.
#[component]
pub(super) fn SheetPanel(
    /// Its place among the files.
    at: usize,
    /// All files, as they were read last.
    sheets: Memo<Vec<SheetView>>,
    /// The import.
    import: Import,
) -> impl IntoView {
    let sheet = Memo::new(move |_| sheets.with(|sheets| sheets.get(at).cloned()));
    let name = move || sheet.get().map(|sheet| sheet.name);
    let how = move || {
        let of_workbook = import
            .sources
            .with(|sources| sources.get(at).is_some_and(|source| source.rows.is_some()));
        sheet.get().map(|sheet| match of_workbook {
            true => sheet.how,
            false => format!("{}, {}", sheet.spelled, sheet.how),
        })
    };
    let can_go = move || {
        import
            .sources
            .with(|sources| sources.len() > 1 && sources.get(at).is_some_and(|s| s.rows.is_some()))
    };
    let is_empty = move || sheet.with(|sheet| sheet.as_ref().is_some_and(|sheet| sheet.rows == 0));
    let summary = move || {
        let columns = sheet.get().map_or_else(Vec::new, |sheet| sheet.columns);
        let used = columns.iter().filter(|(_, field, _)| !field.is_empty()).count();
        format!("Columns: {used} used, {} passed over", columns.len() - used)
    };
    let headers = move || {
        let columns = sheet.get().map_or_else(Vec::new, |sheet| sheet.columns);
        columns
            .into_iter()
            .map(|(header, _, example)| (header, example))
            .enumerate()
            .collect::<Vec<_>>()
    };
    let is_missing = Memo::new(move |before: Option<&bool>| {
        // Once open they stay open: the focus is in them.
        let missing = import
            .plan
            .with(|plan| plan.as_ref().is_some_and(|plan| plan.missing.is_some()));
        missing || before == Some(&true)
    });
    let kind = move |of: Sheet, words: &'static str| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name=format!("sheet-{at}")
                    prop:checked=move || sheet.with(|sheet| sheet.as_ref().is_some_and(|sheet| sheet.sheet == of))
                    on:change=move |_| import.set_sheet(at, of)
                />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <section class="sheet-file" aria-label=format!("File {}", at + 1)>
            <h3>{name}</h3>
            <p class="hint">{how}</p>
            <Show when=can_go>
                <Button kind=ButtonKind::Quiet on_press=move |()| import.leave_out(at)>"Leave this sheet out"</Button>
            </Show>
            {move || is_empty().then(|| view! { <Notice><p>"This file has headings and no rows."</p></Notice> })}
            <fieldset class="field choices">
                <legend>"This file is"</legend>
                <div class="options">
                    {kind(Sheet::Caseload, "the caseload: one row a patient")}
                    {kind(Sheet::Contacts, "contacts: one row a contact")}
                </div>
            </fieldset>
            <details open=move || is_missing.get()>
                <summary>{summary}</summary>
                <p class="hint">"A change is remembered for the next sheet with the same headings."</p>
                <table class="data list columns">
                    <caption class="visually-hidden">"Columns of the file, an example of each, and what it holds"</caption>
                    <thead>
                        <tr><th scope="col">"Heading"</th><th scope="col">"Example"</th><th scope="col">"Holds"</th></tr>
                    </thead>
                    <tbody>
                        <For
                            each=headers
                            key=Clone::clone
                            children=move |(column, (header, example))| {
                                view! { <ColumnRow at column header example sheet import/> }
                            }
                        />
                    </tbody>
                </table>
            </details>
        </section>
    }
}

/// The sheets of a workbook that are not used, each to be used after all.
#[component]
pub(super) fn LeftOut(import: Import) -> impl IntoView {
    let line = move |(left, name, rows): (usize, String, Option<usize>)| {
        let rows = rows.map(|rows| format::count(rows as u64, "row", "rows"));
        let says = |kind: &str| format!("Use {name} as {kind}");
        let (caseload, contacts) = (says("the caseload"), says("the contacts"));
        view! {
            <li>
                <span class="name">{name.clone()}</span>
                <span class="hint">{rows}</span>
                <Button kind=ButtonKind::Quiet says=caseload on_press=move |()| import.use_sheet(left, Sheet::Caseload)>
                    "Use as caseload"
                </Button>
                <Button kind=ButtonKind::Quiet says=contacts on_press=move |()| import.use_sheet(left, Sheet::Contacts)>
                    "Use as contacts"
                </Button>
            </li>
        }
    };
    move || {
        let left: Vec<_> = import.left.with(|left| {
            let named = left.iter().enumerate();
            named
                .map(|(at, source)| (at, source.file.name.clone(), source.rows))
                .collect()
        });
        (!left.is_empty()).then(|| {
            view! {
                <section class="sheet-file" aria-labelledby="sheets-left">
                    <h3 id="sheets-left">"Sheets that are not used"</h3>
                    <ul class="sheets-left">{left.into_iter().map(line).collect_view()}</ul>
                </section>
            }
        })
    }
}

/// One column and the field that it fills.
#[component]
fn ColumnRow(
    at: usize,
    column: usize,
    header: String,
    example: String,
    sheet: Memo<Option<SheetView>>,
    import: Import,
) -> impl IntoView {
    let id = format!("column-{at}-{column}");
    let field = Memo::new(move |_| {
        let columns = sheet.get().map_or_else(Vec::new, |sheet| sheet.columns);
        columns
            .into_iter()
            .nth(column)
            .map(|(_, field, _)| field)
            .unwrap_or_default()
    });
    let fields = sheet.get_untracked().map_or_else(Vec::new, |sheet| sheet.fields);
    let labels = StoredValue::new(fields.iter().cloned().collect::<BTreeMap<String, String>>());
    let displaced = {
        let header = header.clone();
        move || import.displaced(at, &header)
    };
    let change = {
        let header = header.clone();
        move |chosen: String| {
            let columns = sheet.get_untracked().map_or_else(Vec::new, |sheet| sheet.columns);
            let mapping: BTreeMap<String, String> =
                columns.into_iter().map(|(header, field, _)| (header, field)).collect();
            let label = labels.with_value(|labels| labels.get(&chosen).cloned().unwrap_or_default());
            import.set_field(at, mapping, &header, &chosen, &label);
        }
    };
    let fields = std::iter::once((String::new(), "Passed over".to_owned())).chain(fields);
    let option = move |(value, words): (String, String)| {
        let own = value.clone();
        view! { <option value=value selected=move || field.with(|field| *field == own)>{words}</option> }
    };
    let options = fields.map(option).collect_view();
    view! {
        <tr>
            <th scope="row"><label for=id.clone()>{header}</label></th>
            <td class="example">{example}</td>
            <td>
                <select
                    id=id
                    autocomplete="off"
                    prop:value=field
                    on:change:target=move |event| change(event.target().value())
                >
                    {options}
                </select>
                <p class="displaced" role="status">{displaced}</p>
            </td>
        </tr>
    }
}
