//! A colleague's file: see what it holds, merge it, undo it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::changes::{Changes, When};
use super::cover_sheet::CoverSheet;
use super::opening::OpenSealed;
use super::settings::Differences;
use crate::app::browser;
use crate::app::components::{
    Button, ButtonKind, ButtonLink, FailureNotice, FileDrop, IconName, LongWork, Notice, PickedFile, Tone,
};
use crate::app::format;
use crate::app::pages::undo::{LastImport, undo_last};
use crate::app::route::{CaseloadRoute, Route};
use crate::app::sealed::is_sealed;
use crate::app::state::{Desk, use_desk};
use crate::registry::{Failure, OfficeChoice, PreviewView, Published, Request, Response};

/// The largest handoff that is read, in bytes.
const LARGEST: u64 = crate::exchange::handoff::LARGEST_FILE;

/// Where receiving stands.
#[derive(Clone)]
enum Step {
    /// No file yet.
    Choose,
    /// It is sealed: its passphrase is asked for.
    Sealed(PickedFile),
    /// The file is read.
    Reading,
    /// What it holds is shown; nothing is written.
    Preview(Arc<PreviewView>),
    /// It is being written.
    Merging,
    /// It was merged.
    Merged(Published, Arc<PreviewView>),
    /// It was merged and hidden again.
    Undone,
}

/// Receiving, as its parts change it.
#[derive(Clone, Copy)]
struct Receive {
    desk: Desk,
    step: RwSignal<Step>,
    failure: RwSignal<Option<Failure>>,
}

/// Receiving.
#[component]
pub(super) fn ReceivePanel() -> impl IntoView {
    let receive = Receive {
        desk: use_desk(),
        step: RwSignal::new(Step::Choose),
        failure: RwSignal::new(None),
    };
    let body = move || {
        match receive.step.get() {
        Step::Choose => view! { <ChooseFile receive/> }.into_any(),
        Step::Sealed(file) => {
            view! { <OpenSealed file on_open=move |file| receive.read(file) on_back=move |()| receive.go(Step::Choose)/> }.into_any()
        }
        Step::Reading => view! { <LongWork core=receive.desk.core() words="Reading the file\u{2026}"/> }.into_any(),
        Step::Preview(preview) => view! { <PreviewPanel preview receive/> }.into_any(),
        Step::Merging => {
            let words = "Merging\u{2026} Nothing is shown until all of it is written.";
            view! { <LongWork core=receive.desk.core() words/> }.into_any()
        }
        Step::Merged(published, preview) => view! { <MergedPanel published preview receive/> }.into_any(),
        Step::Undone => view! {
            <Notice title="The merge was undone">
                <p>"Nothing of the file is shown any more. What you wrote since then is still here."</p>
            </Notice>
            <Another receive/>
        }
        .into_any(),
    }
    };
    view! {
        <section aria-labelledby="receive">
            <h2 id="receive">"Receive"</h2>
            {move || receive.failure.get().map(|failure| view! { <FailureNotice failure/> })}
            {body}
        </section>
    }
}

#[component]
fn ChooseFile(receive: Receive) -> impl IntoView {
    view! {
        <p>"Choose a file that a colleague sent from Caseload. You see what it would change before anything is written."</p>
        <FileDrop
            id="receive-file"
            label="Choose a Caseload file"
            accept=".json,.age,application/json"
            largest=LARGEST
            on_choice=move |()| receive.failure.set(None)
            on_files=move |files| receive.open(files)
        />
        <LastImport/>
    }
}

#[component]
fn Another(receive: Receive) -> impl IntoView {
    view! { <div class="actions"><Button on_press=move |()| receive.restart()>"Choose another file"</Button></div> }
}

/// What the file holds and would change.
#[component]
fn PreviewPanel(preview: Arc<PreviewView>, receive: Receive) -> impl IntoView {
    let PreviewView {
        from,
        same_registry,
        new_patients,
        known_patients,
        new_entries,
        known_entries,
        warnings,
        refused,
        differences,
        cover,
        ..
    } = (*preview).clone();
    let choices = RwSignal::new(Vec::new());
    let cover = cover.map(|(heading, lines)| {
        let heading = format!("{heading}, as it was when the file was made");
        view! {
            <CoverSheet heading=Signal::stored(heading) lines=Signal::stored(lines)/>
            <div class="actions no-print"><Button icon=IconName::Print on_press=|()| browser::print()>"Print the sheet"</Button></div>
        }
    });
    let merged = Arc::clone(&preview);
    let origin = if same_registry {
        "It comes from a copy of this registry."
    } else {
        "It comes from another registry: only its patients are taken, not its people and settings."
    };
    let number = |what: &'static str, number: u32| {
        view! { <div><dt>{what}</dt><dd><b>{format::grouped(number.into())}</b></dd></div> }
    };
    let merge = match refused {
        Some(sentence) => view! { <Notice><p>{sentence}</p></Notice> }.into_any(),
        None => view! {
            <p class="hint">"All of it is written at once or not at all. You can undo it afterwards."</p>
            <div class="actions">
                <Button kind=ButtonKind::Primary on_press=move |()| receive.merge(Arc::clone(&merged), choices.get_untracked())>"Merge"</Button>
            </div>
        }
        .into_any(),
    };
    view! {
        <h3>"From "{from}</h3>
        <p>{origin}" Who wrote it is what the file says: a file can\u{2019}t prove it."</p>
        <dl class="totals">
            {number("New patients", new_patients)}
            {number("Known patients with something new", known_patients)}
            {number("New entries", new_entries)}
            {number("Entries that are here already", known_entries)}
        </dl>
        <Lines heading="To know before you merge" lines=warnings/>
        {cover}
        <Changes preview when=When::Before/>
        <Differences differences choices/>
        {merge}
        <Another receive/>
    }
}

/// A list under a heading, where it has lines.
#[component]
fn Lines(heading: &'static str, lines: Vec<String>) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        let items = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <h3>{heading}</h3><ul>{items}</ul> }
    })
}

#[component]
fn MergedPanel(published: Published, preview: Arc<PreviewView>, receive: Receive) -> impl IntoView {
    let Published {
        new_patients,
        known_patients,
        entries,
        untriaged,
        ..
    } = published;
    let new = format::count(new_patients.into(), "new patient", "new patients");
    let known = format::count(known_patients.into(), "known patient", "known patients");
    let entries = format::count(entries.into(), "entry", "entries");
    let triage = (untriaged > 0).then(|| {
        let concerns = format::count(untriaged.into(), "imported concern waits", "imported concerns wait");
        view! {
            <Notice tone=Tone::Warning title=format!("{concerns} for your decision")>
                <ButtonLink kind=ButtonKind::Primary href=Route::Triage.href()>"Decide now"</ButtonLink>
            </Notice>
        }
    });
    view! {
        <Notice tone=Tone::Success title=format!("Merged: {new}, {known} changed")>
            <p>{entries}" are saved in this browser. Nothing that was here was changed or lost. Merging the same file again changes nothing."</p>
        </Notice>
        {triage}
        <div class="actions">
            <ButtonLink href=Route::Caseload(CaseloadRoute::default()).href()>"Go to the caseload"</ButtonLink>
            <Button on_press=move |()| receive.undo()>"Undo merge"</Button>
        </div>
        <Changes preview when=When::After/>
        <Another receive/>
    }
}

impl Receive {
    fn open(self, files: Vec<PickedFile>) {
        self.failure.set(None);
        match files.into_iter().next() {
            Some(file) if is_sealed(&file.bytes) => self.go(Step::Sealed(file)),
            Some(file) => self.read(file),
            None => {}
        }
    }

    fn read(self, file: PickedFile) {
        self.failure.set(None);
        self.step.set(Step::Reading);
        spawn_local(async move {
            match self
                .desk
                .core()
                .ask_with_files(Request::OpenHandoff, vec![file.bytes])
                .await
            {
                Ok(Response::Preview(preview)) => self.go(Step::Preview(Arc::new(*preview))),
                Ok(_) => self.fail(Failure::Nothing),
                Err(failure) => self.fail(failure),
            }
        });
    }

    fn merge(self, preview: Arc<PreviewView>, choices: Vec<OfficeChoice>) {
        self.failure.set(None);
        self.step.set(Step::Merging);
        spawn_local(async move {
            let request = match choices.is_empty() {
                true => Request::PublishHandoff,
                false => Request::PublishChosen(choices),
            };
            match self.desk.ask(request).await {
                Ok(Response::Published(published)) => {
                    self.desk.untriaged().set(published.untriaged);
                    self.desk.changed();
                    self.go(Step::Merged(published, preview));
                }
                Ok(_) => self.fail(Failure::Nothing),
                Err(failure) => self.fail(failure),
            }
        });
    }

    fn undo(self) {
        self.failure.set(None);
        spawn_local(async move {
            match undo_last(self.desk).await {
                Ok(()) => self.go(Step::Undone),
                Err(failure) => {
                    let _gone = self.failure.try_set(Some(failure));
                }
            }
        });
    }

    fn restart(self) {
        self.failure.set(None);
        self.step.set(Step::Choose);
        spawn_local(async move {
            let _dropped = self.desk.ask(Request::Forget).await;
        });
    }

    /// Goes on, unless the page is gone.
    fn go(self, step: Step) {
        let _gone = self.step.try_set(step);
    }

    /// Shows why it did not work, and asks for a file again.
    fn fail(self, failure: Failure) {
        let _gone = self.failure.try_set(Some(failure));
        self.go(Step::Choose);
    }
}
