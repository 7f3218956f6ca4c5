//! What all pages of an open registry share: who is working, the clock, saves with their undo, drafts.
//!
//! A page asks with [`Desk::follow`], which asks again whenever something was saved, and writes with
//! [`Desk::submit`]. "Saved" is said only when the browser has confirmed it.

use std::rc::Rc;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use leptos::prelude::*;

use super::effects::effect;
use leptos::task::spawn_local;

use super::browser;
use super::core::Core;
use super::fresh::{FreshConcerns, SaveKind, is_early};
use super::instruments::Instruments;
use super::route::Route;
use super::router::{Router, use_router};
use super::settling::Overlapping;
use super::tabs::Tabs;
use crate::care::intent::{Asked, Intent};
use crate::journal::facts::Clinic;
use crate::journal::{Day, PersonId, Zone};
use crate::registry::{EnteredView, Failure, Kind, Opened, Request, Response, Saved, Scope};

/// The open registry, as pages see it. A cheap handle; take it with [`use_desk`].
#[derive(Clone, Copy)]
pub struct Desk {
    core: Core,
    router: Router,
    opened: StoredValue<Arc<Opened>>,
    clinic: RwSignal<Clinic>,
    now: RwSignal<u64>,
    today: Memo<Day>,
    version: RwSignal<u64>,
    mark: RwSignal<Option<SaveMark>>,
    unsaved: RwSignal<Option<Unsaved>, LocalStorage>,
    overlapping: RwSignal<Option<Overlapping>, LocalStorage>,
    untriaged: RwSignal<u32>,
    damage: RwSignal<Vec<String>>,
    instruments: Instruments,
    entered: RwSignal<Vec<EnteredView>>,
    fresh: FreshConcerns,
    pub(super) holds: RwSignal<u32>,
    pub(super) drafts: StoredValue<Vec<super::drafts::DraftKeeper>, LocalStorage>,
}

/// The last save, as the frame shows it.
#[derive(Clone, Debug)]
pub struct SaveMark {
    /// What was done: `Call recorded`.
    pub what: String,
    /// The clinic's time of day, with seconds.
    pub time: String,
    /// What was written; `None` once it was undone.
    pub saved: Option<Saved>,
    /// The patient's name; `None` for what is not about a patient.
    pub who: Option<String>,
    /// The page on which it was saved.
    pub page: Option<Route>,
}

impl SaveMark {
    /// The deed with the patient that it is about: `Ito, Jun: Call recorded`.
    pub fn words(&self) -> String {
        match &self.who {
            Some(who) => format!("{who}: {}", self.what),
            None => self.what.clone(),
        }
    }
    /// Whether undoing it needs no question: on the page where it was saved, and on that patient's own pages. Anywhere
    /// else a key press could take back something about somebody who is not on the screen.
    pub fn is_at_hand(&self, route: Option<Route>) -> bool {
        let its_patient = self.who.as_ref().and(self.saved.as_ref()).map(|saved| saved.chart);
        let shown = route.and_then(|route| route.chart());
        match (its_patient, shown) {
            (Some(own), Some(shown)) => own == shown,
            _ => route.is_some() && self.page == route,
        }
    }
}

/// A save that failed: it stays on the screen until it is tried again with success or dismissed.
#[derive(Clone)]
pub struct Unsaved {
    /// Why, as a sentence.
    pub sentence: String,
    /// Tries the same save again.
    pub retry: Rc<dyn Fn()>,
}

/// What is said after an undo of a save that opened a concern, or touched an open one.
const CONCERN_STAYS: &str = ". Its safety concern stays open: an undo never takes back that an answer was positive. A named \
                             person closes it, also where it was typed in error";

/// Takes every outcome of a save.
pub(super) type Done = Rc<dyn Fn(Result<Saved, Failure>)>;

/// The open registry of this page.
pub fn use_desk() -> Desk {
    expect_context()
}

impl Desk {
    /// Makes the desk of a registry that was just opened, and makes it the context's.
    pub fn provide(core: Core, opened: Arc<Opened>) -> Self {
        let now = RwSignal::new(browser::now_millis());
        let clinic = RwSignal::new(opened.clinic.clone());
        let today = Memo::new(move |_| day_at(clinic.with(|clinic| clinic.zone), now.get()));
        let tick = set_interval_with_handle(
            move || now.set(browser::now_millis()),
            std::time::Duration::from_secs(1),
        );
        if let Ok(tick) = tick {
            on_cleanup(move || tick.clear());
        }
        let desk = Self {
            core,
            router: use_router(),
            clinic,
            now,
            today,
            version: RwSignal::new(opened.generation),
            mark: RwSignal::new(None),
            unsaved: RwSignal::new_local(None),
            overlapping: RwSignal::new_local(None),
            untriaged: RwSignal::new(opened.untriaged),
            damage: RwSignal::new(opened.damage.clone()),
            instruments: Instruments::new(opened.measures.clone()),
            entered: RwSignal::new(opened.entered.clone()),
            fresh: FreshConcerns::new(core, &opened.drafts),
            holds: RwSignal::new(0),
            drafts: StoredValue::new_local(Vec::new()),
            opened: StoredValue::new(opened),
        };
        provide_context(desk);
        desk
    }

    /// The core, for requests that are neither followed nor saves: plans, files, handoffs.
    pub fn core(&self) -> Core {
        self.core
    }
    /// What was opened.
    pub fn opened(&self) -> Arc<Opened> {
        self.opened.get_value()
    }
    /// Who is working.
    pub fn me(&self) -> PersonId {
        self.opened.with_value(|opened| opened.me)
    }
    /// Whether the patients are invented.
    pub fn is_training(&self) -> bool {
        self.opened.with_value(|opened| opened.kind == Kind::Training)
    }
    /// The clinic, as settings have it now.
    pub fn clinic(&self) -> RwSignal<Clinic> {
        self.clinic
    }
    /// The instruments of the registry.
    pub(super) fn instruments(&self) -> Instruments {
        self.instruments
    }
    /// What patients filled in while the registry was locked, until somebody has seen it.
    pub fn entered(&self) -> RwSignal<Vec<EnteredView>> {
        self.entered
    }
    /// The clinic's zone.
    pub fn zone(&self) -> Zone {
        self.clinic.with(|clinic| clinic.zone)
    }
    /// Milliseconds since 1970, each second anew.
    pub fn now(&self) -> Signal<u64> {
        self.now.into()
    }
    /// This instant on the clinic's clock, without following it: for what is being recorded.
    pub fn instant(&self) -> DateTime<FixedOffset> {
        let zone = self.clinic.with_untracked(|clinic| clinic.zone);
        instant_at(zone, browser::now_millis())
    }
    /// The clinic's day.
    pub fn today(&self) -> Memo<Day> {
        self.today
    }
    /// Rises with every save: whatever shows data follows it.
    pub fn version(&self) -> Signal<u64> {
        self.version.into()
    }
    /// Lets every page ask again, after something was written that is no intent, such as an import.
    pub fn changed(&self) {
        self.version.update(|version| *version += 1);
    }
    /// Takes over what other tabs wrote. What was saved last can't be undone by a tab that only reads.
    pub fn follow_tabs(&self, tabs: Tabs) {
        let desk = *self;
        effect(move |_| {
            let Some(opened) = tabs.latest().get() else { return };
            if opened.generation < desk.opened().generation {
                return;
            }
            if desk.clinic.with_untracked(|clinic| *clinic != opened.clinic) {
                desk.clinic.set(opened.clinic.clone());
            }
            if desk.measures().with_untracked(|measures| *measures != opened.measures) {
                desk.measures().set(opened.measures.clone());
            }
            desk.untriaged.set(opened.untriaged);
            if desk.damage.with_untracked(|damage| *damage != opened.damage) {
                desk.damage.set(opened.damage.clone());
            }
            if !opened.entered.is_empty() {
                desk.entered
                    .update(|entered| entered.extend(opened.entered.iter().cloned()));
            }
            desk.changed();
        });
        effect(move |_| {
            if !tabs.standing().get().writes() {
                desk.mark
                    .update(|mark| mark.iter_mut().for_each(|mark| mark.saved = None));
            }
        });
    }
    /// How many imported concerns wait for a decision. While there are any, triage stands in Today's place.
    pub fn untriaged(&self) -> RwSignal<u32> {
        self.untriaged
    }
    /// What is wrong with what is stored, and what could not be taken in, a sentence each.
    pub fn damage(&self) -> Signal<Vec<String>> {
        self.damage.into()
    }
    /// Concerns that an answer just opened and about which nobody has said yet what is done.
    pub fn fresh(&self) -> FreshConcerns {
        self.fresh
    }
    /// The last save.
    pub fn mark(&self) -> RwSignal<Option<SaveMark>> {
        self.mark
    }
    /// The save that failed.
    pub fn unsaved(&self) -> RwSignal<Option<Unsaved>, LocalStorage> {
        self.unsaved
    }

    /// Asks the core.
    ///
    /// # Errors
    /// What the core answers.
    pub async fn ask(&self, request: Request) -> Result<Response, Failure> {
        self.core.ask(request).await
    }

    /// Asks now, whenever what `request` reads changes, and after every save. `pick` takes the answer out.
    pub fn follow<T: Send + Sync + 'static>(
        &self,
        request: impl Fn() -> Request + 'static,
        pick: impl Fn(Response) -> Option<T> + Copy + 'static,
    ) -> Answer<T> {
        self.follow_once(RwSignal::new(true).into(), request, pick)
    }

    /// The same, from when it is time for it.
    pub fn follow_once<T: Send + Sync + 'static>(
        &self,
        time: Signal<bool>,
        request: impl Fn() -> Request + 'static,
        pick: impl Fn(Response) -> Option<T> + Copy + 'static,
    ) -> Answer<T> {
        let answer = Answer::new();
        let (core, version) = (self.core, self.version);
        effect(move |_| {
            version.track();
            if !time.get() {
                return;
            }
            let request = request();
            let turn = answer.next_turn();
            spawn_local(async move {
                let result = core.ask(request).await;
                answer.take(turn, result, pick);
            });
        });
        answer
    }

    /// Carries out an intent and says so in the frame: `what` names the deed, as in `Call recorded`.
    ///
    /// `done` is run with every outcome: a refusal, to be shown in the form; a failed save, which the frame shows in
    /// red with a way to try again; and the save, also when it came from trying again. It may run after the form
    /// was closed: read signals in it with `try_get`.
    pub fn submit(&self, intent: Intent, what: impl Into<String>, done: impl Fn(Result<Saved, Failure>) + 'static) {
        self.submit_asked(intent.into(), what, done);
    }

    /// As [`Desk::submit`], of an intent that the form keeps beside.
    pub fn submit_asked(
        &self,
        intent: Asked,
        what: impl Into<String>,
        done: impl Fn(Result<Saved, Failure>) + 'static,
    ) {
        self.try_save(intent, what.into(), Rc::new(done));
    }

    /// The save that waits until an overlap of its time is settled.
    pub fn overlapping(&self) -> RwSignal<Option<Overlapping>, LocalStorage> {
        self.overlapping
    }

    /// Carries out an intent that no form waits for: the frame shows every failure, refusals too, with a way to try
    /// again. `done` is run when it was saved.
    pub fn submit_alone(&self, intent: Intent, what: impl Into<String>, done: impl Fn() + 'static) {
        let (desk, what, intent) = (*self, what.into(), Asked::from(intent));
        let unsaved = (intent.clone(), what.clone());
        let done: Done = Rc::new(move |result| {
            if result.is_ok() {
                done();
            }
        });
        let again = Rc::clone(&done);
        let shown = move |result| {
            if let Err(failure) = &result {
                desk.show_unsaved(failure, unsaved.0.clone(), unsaved.1.clone(), Rc::clone(&again));
            }
            done(result);
        };
        self.try_save(intent, what, Rc::new(shown));
    }

    /// Carries out an intent. Prefer [`Desk::submit`], which shows a failed save in the frame.
    ///
    /// # Errors
    /// What the core answers.
    pub async fn save(&self, intent: Asked, what: String) -> Result<Saved, Failure> {
        // Some forms go on to another page as soon as they are saved.
        let page = self.router.get_untracked();
        let kind = SaveKind::of(&intent);
        // An answer that was committed at once is taken back by its form, and its concern by a person: not by one key.
        let is_early = is_early(&intent);
        let response = self.core.ask(Request::Do(intent)).await?;
        let Response::Saved(saved) = response else {
            return Err(Failure::Browser(
                "The save was answered by something else. Reload this page.".to_owned(),
            ));
        };
        self.unsaved.set(None);
        self.fresh.note(&kind, &saved);
        self.mark.set(Some(SaveMark {
            what,
            time: self.instant().format("%H:%M:%S").to_string(),
            saved: (!is_early).then(|| saved.clone()),
            who: saved.name.clone(),
            page,
        }));
        self.version
            .update(|version| *version = (*version + 1).max(saved.generation));
        Ok(saved)
    }

    /// Undoes the last save: its entries are marked as entered in error; the record shows both.
    pub fn undo(&self) {
        let desk = *self;
        let Some(mark) = desk.mark.get_untracked() else {
            return;
        };
        let Some(saved) = mark.saved else { return };
        let Some(intent) = saved.undo() else { return };
        let opened = !saved.concerns.is_empty();
        let what = format!("Undone: {}", mark.what);
        desk.submit_alone(intent, what, move || {
            // An undo isn't undone: the deed is done again instead.
            desk.mark.update(|mark| {
                for mark in mark.iter_mut() {
                    let undone = mark.saved.take();
                    if opened || undone.as_ref().is_some_and(|saved| !saved.concerns.is_empty()) {
                        mark.what.push_str(CONCERN_STAYS);
                    }
                    let notes = undone.into_iter().flat_map(|saved| saved.notes);
                    notes.for_each(|note| mark.what.extend([". ", &note]));
                }
            });
        });
    }

    /// Saves all data as a plain handoff file on this machine: what remains to be done when a save fails.
    pub fn export_all(&self) {
        let desk = *self;
        spawn_local(async move {
            if let Err(failure) = desk.save_file(Request::Export(Scope::All)).await {
                desk.unsaved.set(Some(Unsaved {
                    sentence: failure.to_string(),
                    retry: Rc::new(move || desk.export_all()),
                }));
            }
        });
    }

    /// Keeps the page from locking for up to an hour while the calling component is shown: an open contact or
    /// crisis form.
    pub fn hold_open(&self) {
        let holds = self.holds;
        holds.update(|holds| *holds += 1);
        on_cleanup(move || {
            let _gone = holds.try_update(|holds| *holds = holds.saturating_sub(1));
        });
    }
}

fn instant_at(zone: Zone, millis: u64) -> DateTime<FixedOffset> {
    let millis = i64::try_from(millis).unwrap_or_default();
    zone.from_millis(millis).unwrap_or_default()
}

fn day_at(zone: Zone, millis: u64) -> Day {
    zone.day(instant_at(zone, millis))
}

/// An answer that is followed: the last value that came, and why the last request failed, if it did.
pub struct Answer<T: Send + Sync + 'static> {
    value: RwSignal<Option<Arc<T>>>,
    failure: RwSignal<Option<Failure>>,
    turn: StoredValue<u64>,
}

impl<T: Send + Sync + 'static> Clone for Answer<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Answer<T> {}

impl<T: Send + Sync + 'static> Answer<T> {
    fn new() -> Self {
        Self {
            value: RwSignal::new(None),
            failure: RwSignal::new(None),
            turn: StoredValue::new(0),
        }
    }
    /// The last value.
    pub fn value(&self) -> Signal<Option<Arc<T>>> {
        self.value.into()
    }
    /// Why the last request failed.
    pub fn failure(&self) -> Signal<Option<Failure>> {
        self.failure.into()
    }
    fn next_turn(&self) -> u64 {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        turn
    }
    /// Takes an answer, unless a later request was made meanwhile or the page is gone.
    fn take(&self, turn: u64, result: Result<Response, Failure>, pick: impl Fn(Response) -> Option<T>) {
        if self.turn.try_get_value() != Some(turn) {
            return;
        }
        let picked = result.map(pick);
        match picked {
            Ok(Some(value)) => {
                self.failure.set(None);
                self.value.set(Some(Arc::new(value)));
            }
            Ok(None) => self.failure.set(Some(Failure::Browser(
                "The answer was not what was asked for. Reload this page.".to_owned(),
            ))),
            Err(failure) => self.failure.set(Some(failure)),
        }
    }
}
