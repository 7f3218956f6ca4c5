//! Which screen comes first, and when the page locks.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::browser;
use super::components::{CrisisLines, FailureNotice, Loading, remember_crisis_line};
use super::core::Core;
use super::frame::Frame;
use super::pages::{UnlockPage, end_run, marker, places};
use super::patient_run::{MARKER_KEY, Marker};
use super::preferences::Preferred;
use super::router::Router;
use super::state::Desk;
use super::tabs::{Tabs, use_tabs};
use crate::registry::{Failure, KnownRegistry, Opened, Request, Response};

mod lock;
mod stopped;

pub use lock::{use_lock, use_lock_to_hand_over};

/// Which screen is shown.
#[derive(Clone)]
enum Stage {
    /// The core is starting.
    Starting,
    /// Nothing is here yet.
    Welcome(Core),
    /// There is something to unlock, or something that should be here.
    Unlock(Core, Arc<Vec<KnownRegistry>>),
    /// A registry was just made: its recovery sheet is shown, once.
    Sheet(Core, Arc<Opened>),
    /// A registry is open.
    Open(Core, Arc<Opened>),
    /// The core can't say what is here.
    Failed(Failure),
    /// The browser is in a patient's hands.
    Patient(Core, Arc<Marker>),
}

/// How a screen goes on to the next.
#[derive(Clone, Copy)]
pub struct Gate {
    stage: RwSignal<Stage>,
    tabs: Tabs,
}

impl Gate {
    /// Goes on with a registry that was opened: to its recovery sheet if it was just made, else to its pages.
    pub fn open(&self, core: Core, opened: Opened) {
        let gate = *self;
        // Whoever can unlock has the device again.
        end_run();
        spawn_local(async move {
            let now = gate.tabs.take_place(core, opened.registry).await;
            let opened = Arc::new(match now {
                Some(now) => Opened {
                    sheet: opened.sheet,
                    ..now
                },
                None => opened,
            });
            gate.stage.set(match opened.sheet {
                Some(_) => Stage::Sheet(core, opened),
                None => Stage::Open(core, opened),
            });
        });
    }
    /// Goes on to the pages, once the recovery sheet was kept.
    pub fn enter(&self, core: Core, opened: Arc<Opened>) {
        self.stage.set(Stage::Open(core, opened));
    }
    /// Offers a new registry beside those that are known.
    pub fn welcome(&self, core: Core) {
        self.stage.set(Stage::Welcome(core));
    }
    /// Looks again at what is here.
    pub fn look(&self, core: Core) {
        let gate = *self;
        if let Some(marker) = marker() {
            gate.stage.set(Stage::Patient(core, Arc::new(marker)));
            return;
        }
        spawn_local(async move {
            let stage = match core.ask(Request::Registries).await {
                Ok(Response::Registries(known)) if known.is_empty() => Stage::Welcome(core),
                Ok(Response::Registries(known)) => Stage::Unlock(core, Arc::new(known)),
                Ok(_) => Stage::Failed(Failure::Browser(
                    "Caseload could not read what is stored here. Nothing was changed. Reload the page.".to_owned(),
                )),
                Err(failure) => Stage::Failed(failure),
            };
            gate.stage.set(stage);
        });
    }
}

/// The gate of this page.
pub fn use_gate() -> Gate {
    expect_context()
}

/// Mounts the page.
pub fn start() {
    stopped::let_go_when_stopped();
    leptos::mount::mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    let _preferences = Preferred::provide();
    let _router = Router::provide();
    let stage = RwSignal::new(Stage::Starting);
    let tabs = Tabs::provide();
    let gate = Gate { stage, tabs };
    provide_context(gate);
    follow_runs(stage);
    spawn_local(async move { gate.look(Core::start(tabs).await) });
    move || match stage.get() {
        Stage::Starting => {
            view! { <main class="alone"><Loading words="Looking at what is stored here\u{2026}"/></main> }.into_any()
        }
        Stage::Welcome(core) => places::welcome(core),
        Stage::Unlock(core, known) => view! { <UnlockPage core known/> }.into_any(),
        Stage::Sheet(core, opened) => places::sheet(core, opened),
        Stage::Open(core, opened) => view! { <Office core opened/> }.into_any(),
        Stage::Failed(failure) => view! { <FailedPage failure/> }.into_any(),
        Stage::Patient(core, marker) => places::patient_mode(core, marker),
    }
}

/// When another tab begins or ends a run, a locked page is loaded anew: it must show no more and no less than the form. An open one is
/// told to lock, and keeps its drafts first.
fn follow_runs(stage: RwSignal<Stage>) {
    let listener = window_event_listener(ev::storage, move |event| {
        let is_open = stage.with_untracked(|stage| matches!(stage, Stage::Open(..) | Stage::Sheet(..)));
        if event.key().as_deref() == Some(MARKER_KEY) && !is_open {
            browser::reload();
        }
    });
    on_cleanup(move || listener.remove());
}

/// The pages of an open registry.
#[component]
fn Office(core: Core, opened: Arc<Opened>) -> impl IntoView {
    let desk = Desk::provide(core, opened);
    desk.follow_tabs(use_tabs());
    lock::provide(desk);
    remember_crisis_line(desk);
    places::fetch_ahead();
    view! { <Frame/><lock::Warning/> }
}

/// Nothing can be opened; nothing is lost.
#[component]
fn FailedPage(failure: Failure) -> impl IntoView {
    view! {
        <main class="alone">
            <h1>"Caseload can\u{2019}t start here"</h1>
            <FailureNotice failure/>
            <p>"Nothing was changed. Reload this page. If that doesn\u{2019}t help, close the other tabs of Caseload first."</p>
            <p><button type="button" class="button primary" on:click=|_| browser::reload()>"Reload"</button></p>
            <CrisisLines/>
        </main>
    }
}
