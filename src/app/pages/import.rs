//! Import of spreadsheets: choose files, see how they were read, correct the columns, see what will be made of each
//! row, publish, and undo.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::{Button, FailureNotice, FileDrop, LongWork, Notice, PickedFile};
use crate::app::format;
use crate::app::pages::undo::{LastImport, undo_last};
use crate::app::state::{Desk, use_desk};
use crate::exchange::sheets::LARGEST_SHEET;
use crate::journal::PersonId;
use crate::journal::facts::Sheet;
use crate::registry::{Failure, PlanView, Published, Request, Response};

mod paste;
mod people;
mod plan;
mod problems;
mod published;
mod sheets;
mod source;

use source::Source;

/// Where the import stands.
#[derive(Clone)]
enum Step {
    /// No file yet.
    Choose,
    /// Files are read and planned.
    Planning,
    /// The plan is shown; nothing is written.
    Planned,
    /// It is being written.
    Publishing,
    /// It was written.
    Published(Published),
    /// It was written and hidden again.
    Undone,
}

/// The import, as the parts of the page change it.
#[derive(Clone, Copy)]
struct Import {
    desk: Desk,
    sources: RwSignal<Vec<Source>, LocalStorage>,
    /// Sheets of a workbook that are not used.
    left: RwSignal<Vec<Source>, LocalStorage>,
    step: RwSignal<Step>,
    plan: RwSignal<Option<Arc<PlanView>>>,
    /// Who the care managers of the sheets are, where it was chosen.
    people: RwSignal<BTreeMap<String, Option<PersonId>>>,
    failure: RwSignal<Option<Failure>>,
    turn: StoredValue<u64>,
}

/// Import of spreadsheets: `#/import`.
#[component]
pub fn ImportPage() -> impl IntoView {
    let import = Import {
        desk: use_desk(),
        sources: RwSignal::new_local(Vec::new()),
        left: RwSignal::new_local(Vec::new()),
        step: RwSignal::new(Step::Choose),
        plan: RwSignal::new(None),
        people: RwSignal::new(BTreeMap::new()),
        failure: RwSignal::new(None),
        turn: StoredValue::new(0),
    };
    let body = move || match import.step.get() {
        Step::Choose => view! { <ChooseFiles import/> }.into_any(),
        Step::Planning => view! { <LongWork core=import.desk.core() words="Reading the rows\u{2026}"/> }.into_any(),
        Step::Planned => view! { <plan::PlanPanel import/> }.into_any(),
        Step::Publishing => view! { <Publishing import/> }.into_any(),
        Step::Published(published) => view! { <published::PublishedPanel published import/> }.into_any(),
        Step::Undone => view! { <published::UndonePanel import/> }.into_any(),
    };
    view! {
        <div class="page import-page">
            <h1 id="import-top" tabindex="-1">"Import a spreadsheet"</h1>
            {move || import.failure.get().map(|failure| view! { <FailureNotice failure/> })}
            {body}
        </div>
    }
}

/// The first step: one or two files.
#[component]
fn ChooseFiles(import: Import) -> impl IntoView {
    if import.desk.is_training() {
        return view! {
            <Notice title="This is a training registry">
                <p>"Real patients can\u{2019}t come in here. Lock, make a registry of your own, and import there."</p>
            </Notice>
        }
        .into_any();
    }
    view! {
        <p class="lead">
            "Bring in the caseload sheet (one row a patient), the contacts sheet (one row a contact), or both. You see \
             what will be made of each row before anything is written, and you can undo it afterwards."
        </p>
        <FileDrop
            id="import-files"
            label="Choose an Excel or CSV file"
            accept=".xlsx,.xlsm,.csv,.txt,.tsv,text/csv"
            most=2
            largest=LARGEST_SHEET as u64
            on_choice=move |()| import.failure.set(None)
            on_files=move |files| import.start(files)
        />
        <p class="hint">
            "An Excel workbook (.xlsx) with one sheet or several, or one or two CSV files: commas, semicolons and tabs work. So \
             do title rows, empty rows and totals. The files stay on this computer."
        </p>
        <paste::PasteCells import/>
        <LastImport/>
    }
    .into_any()
}

/// It is being written.
#[component]
fn Publishing(import: Import) -> impl IntoView {
    let new = import
        .plan
        .with_untracked(|plan| plan.as_ref().map_or(0, |plan| plan.new));
    let words = format!(
        "Writing {}\u{2026} Nothing is shown until all of it is written.",
        format::count(new.into(), "entry", "entries")
    );
    view! { <LongWork core=import.desk.core() words/> }
}

impl Import {
    /// Plans the import of files that were just chosen. The sheets of a workbook are taken apart first.
    fn start(self, files: Vec<PickedFile>) {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        self.people.set(BTreeMap::new());
        self.plan.set(None);
        self.step.set(Step::Planning);
        spawn_local(async move {
            let found = source::sources_of(self.desk, files).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            match found {
                Ok(found) => {
                    self.sources.set(found.used);
                    self.left.set(found.left);
                    self.make_plan();
                }
                Err(failure) => self.fail(failure),
            }
        });
    }

    /// Plans anew, with what the user has said of the files by now. Of several plans the last one asked for counts.
    fn make_plan(self) {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        self.failure.set(None);
        let sources = self.sources.get_untracked();
        let request = Request::PlanImport {
            sheets: sources.iter().map(|source| source.sheet).collect(),
            names: sources.iter().map(|source| source.file.name.clone()).collect(),
            mappings: sources.iter().map(|source| source.mapping.clone()).collect(),
            people: self.people.get_untracked(),
        };
        let files = sources.into_iter().map(|source| source.file.bytes).collect();
        spawn_local(async move {
            let result = self.desk.core().ask_with_files(request, files).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            match result {
                Ok(Response::Plan(plan)) => {
                    self.plan.set(Some(Arc::new(*plan)));
                    if matches!(self.step.get_untracked(), Step::Planning) {
                        self.step.set(Step::Planned);
                    }
                }
                Ok(_) => self.fail(Failure::File(
                    "The files could not be read. Nothing was changed.".to_owned(),
                )),
                Err(failure) => self.fail(failure),
            }
        });
    }

    /// Shows why it did not work. A plan that was shown stays; otherwise the files are chosen again.
    fn fail(self, failure: Failure) {
        self.failure.set(Some(failure));
        if matches!(self.step.get_untracked(), Step::Planning) {
            self.step.set(Step::Choose);
        }
    }

    /// Writes what was planned.
    fn publish(self) {
        self.failure.set(None);
        self.step.set(Step::Publishing);
        spawn_local(async move {
            let result = self.desk.ask(Request::PublishImport).await;
            match result {
                Ok(Response::Published(published)) => {
                    self.desk.untriaged().set(published.untriaged);
                    self.desk.changed();
                    let _gone = self.step.try_set(Step::Published(published));
                }
                Ok(_) | Err(_) if self.step.try_get_untracked().is_none() => {}
                Ok(_) => self.stay(Failure::Nothing),
                Err(failure) => self.stay(failure),
            }
        });
    }

    /// Shows the plan again after it could not be written. The core has dropped it: it is planned anew.
    fn stay(self, failure: Failure) {
        self.step.set(Step::Planned);
        self.make_plan();
        self.failure.set(Some(failure));
    }

    /// Hides what was written.
    fn undo(self) {
        self.failure.set(None);
        spawn_local(async move {
            match undo_last(self.desk).await {
                Ok(()) => {
                    let _gone = self.step.try_set(Step::Undone);
                }
                Err(failure) => {
                    let _gone = self.failure.try_set(Some(failure));
                }
            }
        });
    }

    /// Drops the plan and begins anew.
    fn restart(self) {
        self.failure.set(None);
        self.turn.update_value(|turn| *turn += 1);
        self.sources.set(Vec::new());
        self.left.set(Vec::new());
        self.plan.set(None);
        self.step.set(Step::Choose);
        spawn_local(async move {
            let _dropped = self.desk.ask(Request::Forget).await;
        });
    }

    /// Uses a sheet that was left out, in place of the one that is used as this kind.
    fn use_sheet(self, left: usize, kind: Sheet) {
        let used = |plan: &Option<Arc<PlanView>>| plan.as_ref()?.sheets.iter().position(|sheet| sheet.sheet == kind);
        let at = self.plan.with_untracked(used);
        self.left.update(|others| {
            if left >= others.len() {
                return;
            }
            let mut taken = others.remove(left);
            taken.say(Some(kind));
            self.sources
                .update(|sources| match at.and_then(|at| sources.get_mut(at)) {
                    Some(place) => others.insert(left, std::mem::replace(place, taken)),
                    None => sources.push(taken),
                });
        });
        self.make_plan();
    }

    /// Leaves out a sheet that is used.
    fn leave_out(self, at: usize) {
        self.sources.update(|sources| {
            if at < sources.len() && sources.len() > 1 {
                let mut gone = sources.remove(at);
                gone.say(None);
                self.left.update(|left| left.push(gone));
            }
        });
        self.make_plan();
    }

    /// Says what a file holds; its columns are guessed anew.
    fn set_sheet(self, at: usize, sheet: Sheet) {
        self.sources.update(|sources| {
            if let Some(source) = sources.get_mut(at) {
                source.say(Some(sheet));
            }
        });
        self.make_plan();
    }

    /// Says what a column holds. A field is held by one column: another one that held it is passed over from now on, and
    /// that is said.
    fn set_field(self, at: usize, mut mapping: BTreeMap<String, String>, header: &str, field: &str, label: &str) {
        self.sources.update(|sources| {
            let Some(source) = sources.get_mut(at) else { return };
            source.displaced.remove(header);
            let others = mapping
                .iter_mut()
                .filter(|(other, held)| *other != header && *held == field);
            for (other, held) in others.filter(|_| !field.is_empty()) {
                let sentence = format!("{other} is now passed over: {label} comes from {header}.");
                source.displaced.insert(other.clone(), sentence);
                held.clear();
            }
            mapping.insert(header.to_owned(), field.to_owned());
            source.mapping = Some(mapping);
        });
        self.make_plan();
    }

    /// Says who a care manager of the sheets is: somebody on file, or somebody new.
    fn set_person(self, name: String, person: Option<PersonId>) {
        self.people.update(|people| {
            people.insert(name, person);
        });
        self.make_plan();
    }

    /// What is to be said of a column that lost its field.
    fn displaced(self, at: usize, header: &str) -> Option<String> {
        self.sources
            .with(|sources| sources.get(at)?.displaced.get(header).cloned())
    }
}

/// A button that begins anew.
#[component]
fn OtherFiles(import: Import) -> impl IntoView {
    view! { <Button on_press=move |()| import.restart()>"Choose other files"</Button> }
}
