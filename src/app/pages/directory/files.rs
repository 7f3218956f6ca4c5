//! The directory as a CSV file, in and out. A file that comes in is looked at first: nothing is written before somebody has
//! seen what would be.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::browser;
use crate::app::components::{Button, ButtonKind, FileDrop, Notice, PickedFile, Tone};
use crate::app::format;
use crate::app::pages::common::new_thing;
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::exchange::directory::{Plan, Problem, csv, plan};
use crate::journal::Fact;
use crate::registry::{DirectoryView, Failure};

/// The largest file that is read, in bytes: a directory is small.
const LARGEST: u64 = 5 * 1024 * 1024;
/// Problems that are listed.
const LISTED: usize = 200;

/// Saves the directory as a file.
#[component]
pub(super) fn SaveFile(view: Signal<Arc<DirectoryView>>) -> impl IntoView {
    let saved = RwSignal::new(None::<Result<String, ()>>);
    let save = move |()| {
        let (name, text) = view.with_untracked(|view| (format!("directory-{}.csv", view.today), csv(&view.entries)));
        let done = browser::save_file(&name, "text/csv;charset=utf-8", text.as_bytes());
        saved.set(Some(done.map(|()| name).map_err(|_error| ())));
    };
    view! {
        <Button on_press=save>"Save as CSV"</Button>
        <span class="hint" role="status">
            {move || saved.get().map(|saved| match saved {
                Ok(name) => format!("Saved as {name}"),
                Err(()) => "The browser refused to save the file. Nothing was changed.".to_owned(),
            })}
        </span>
    }
}

/// Brings a file in: a dry run, then one save.
#[component]
pub(super) fn BringIn(view: Signal<Arc<DirectoryView>>) -> impl IntoView {
    let desk = use_desk();
    let planned = RwSignal::new(None::<Result<Plan, String>>);
    let failure = RwSignal::new(None::<Failure>);
    let take = Callback::new(move |files: Vec<PickedFile>| {
        failure.set(None);
        let Some(file) = files.into_iter().next() else { return };
        let mut random = true;
        let mut new_id = || {
            new_thing().unwrap_or_else(|_wrong| {
                random = false;
                crate::journal::ThingId::from_random([0; 16])
            })
        };
        let result = view.with_untracked(|view| plan(&file.bytes, &view.entries, view.today, &mut new_id));
        planned.set(Some(match result {
            Ok(_) if !random => {
                Err("This browser gives no random numbers, so nothing new can be recorded in it.".to_owned())
            }
            Ok(plan) => Ok(plan),
            Err(error) => Err(error.to_string()),
        }));
    });
    let bring_in = Callback::new(move |plan: Plan| {
        let (added, changed) = (plan.added.len(), plan.changed.len());
        let facts = plan.added.into_iter().chain(plan.changed).map(Fact::DirectoryEntry);
        let words = format!("Directory brought in: {added} new, {changed} changed");
        desk.submit(Intent::Office(facts.collect()), words, move |result| match result {
            Ok(_) => {
                let _gone = planned.try_set(None);
            }
            Err(problem) => {
                let _shown = failure.try_set(Some(problem));
            }
        });
    });
    view! {
        <details class="bring-in">
            <summary>"Bring in a CSV file"</summary>
            <p class="hint">
                "One row a resource. Headings such as Name, Type, Phone, Address, Languages, Fee, Wait list, Last verified and Notes are known."
            </p>
            <FileDrop id="directory-file" label="Choose a CSV file" accept=".csv,.txt,.tsv,text/csv" largest=LARGEST on_files=take/>
            {move || failure.get().map(|failure| view! { <p class="error" role="alert">{failure.to_string()}</p> })}
            {move || planned.get().map(|result| match result {
                Ok(plan) => view! { <DryRun plan bring_in on_leave=Callback::new(move |()| planned.set(None))/> }.into_any(),
                Err(words) => view! { <Notice tone=Tone::Error><p>{words}</p></Notice> }.into_any(),
            })}
        </details>
    }
}

/// What would be made of the file.
#[component]
fn DryRun(plan: Plan, bring_in: Callback<Plan>, on_leave: Callback<()>) -> impl IntoView {
    let (added, changed) = (plan.added.len(), plan.changed.len());
    let left_out = plan.problems.iter().filter(|problem| problem.row_is_left_out).count();
    let many =
        |number: usize, one: &str, more: &str| format::count(u64::try_from(number).unwrap_or_default(), one, more);
    let counts = format!(
        "{} new, {changed} changed, {} the same as on file; {} left out.",
        many(added, "resource is", "resources are"),
        plan.same,
        many(left_out, "row is", "rows are"),
    );
    let column = |(heading, column): &(String, Option<crate::exchange::directory::Column>)| {
        let as_what = column.map_or("not read", |column| column.heading());
        view! { <li>{heading.clone()}": "<span class="hint">{as_what}</span></li> }
    };
    let columns = plan.columns.iter().map(column).collect_view();
    let more = plan.problems.len().saturating_sub(LISTED);
    let problem = |problem: &Problem| {
        view! {
            <tr>
                <td class="num">{problem.row}</td>
                <td>{problem.column.clone()}</td>
                <td>{problem.value.clone()}</td>
                <td>{problem.words.clone()}</td>
            </tr>
        }
    };
    let problems = plan.problems.iter().take(LISTED).map(problem).collect_view();
    let has_problems = !plan.problems.is_empty();
    let nothing = added + changed == 0;
    let plan = StoredValue::new(plan);
    view! {
        <section class="dry-run" aria-label="What would be made of the file">
            <h2>"What would be made of it"</h2>
            <p role="status">{counts}</p>
            <details><summary>"How the columns are read"</summary><ul>{columns}</ul></details>
            {has_problems.then(|| view! {
                <div class="directory-scroll" role="region" aria-label="Problems" tabindex="0">
                    <table class="data">
                        <thead><tr><th scope="col">"Row"</th><th scope="col">"Column"</th><th scope="col">"Cell"</th><th scope="col">"What is wrong"</th></tr></thead>
                        <tbody>{problems}</tbody>
                    </table>
                </div>
                {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
            })}
            <p class="actions">
                {(!nothing).then(|| view! {
                    <Button kind=ButtonKind::Primary on_press=move |()| bring_in.run(plan.get_value())>"Bring in"</Button>
                })}
                <Button kind=ButtonKind::Quiet on_press=on_leave>"Leave it"</Button>
            </p>
        </section>
    }
}
