//! The locked page in a patient's hands: only the form runs. Nothing of the registry is open, so nothing of it can be reached; the way
//! out is the unlock form.

use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::browser;
use crate::app::components::{Button, ButtonKind, Loading};
use crate::app::core::Core;
use crate::app::effects::effect;
use crate::app::patient_run::{MARKER_KEY, Marker, Place, Size, Walk, Words, words};
use crate::registry::{Given, PatientAnswer, Request, Response};

use super::unlock::UnlockForm;

mod help;
mod question;
mod whole;

/// So long after a question came up, presses don't count yet.
const DOUBLE_TAP: Duration = Duration::from_millis(300);

/// What the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Screen {
    /// The run's place is being read.
    Starting,
    /// At a place of the run.
    At(Place),
    /// Crisis help after a positive answer; then the place.
    Help(Place),
    /// The run is not here any more, or can't be read.
    Ended,
    /// Staff unlocks; the way back leads to the place, if there is one.
    Unlock(Option<Place>),
}

/// The run on this page. A cheap handle.
#[derive(Clone, Copy)]
struct Sitting {
    core: Core,
    marker: StoredValue<Rc<Marker>, LocalStorage>,
    walk: RwSignal<Walk>,
    screen: RwSignal<Screen>,
    /// Whether a positive answer was given on this page.
    positive: RwSignal<bool>,
    /// Whether an answer is being kept.
    busy: RwSignal<bool>,
    /// Answers that wait to be kept, the first of them on its way.
    queue: StoredValue<VecDeque<Kept>>,
    /// Whether the first of them could not be kept.
    failed: RwSignal<bool>,
    /// Whether a press counts: the second of a double tap must not answer the question that comes next.
    ready: RwSignal<bool>,
    words: &'static Words,
}

/// An answer on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kept {
    place: Place,
    value: Option<u8>,
    then: Then,
}

/// What follows an answer that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// The next question, or crisis help before it.
    GoOn,
    /// The page stays: more questions are on it.
    Stay,
}

/// The run that this browser is in, if it is in a patient's hands.
pub fn marker() -> Option<Marker> {
    let stored = browser::stored_under(MARKER_KEY);
    let (_, text) = stored.into_iter().find(|(key, _)| key == MARKER_KEY)?;
    Marker::from_text(&text)
}

/// Ends the run in this browser and all its tabs: after an unlock.
pub fn end_run() {
    browser::forget(MARKER_KEY);
}

/// The locked page in a patient's hands.
#[component]
pub fn PatientModePage(
    /// The core.
    core: Core,
    /// The run.
    marker: Marker,
) -> impl IntoView {
    let words = words(marker.language);
    let whole = marker.size == Size::Whole;
    let language = marker.language.tag();
    let registry = marker.registry;
    let crisis_line = StoredValue::new(marker.crisis_line.clone());
    let sitting = Sitting {
        core,
        walk: RwSignal::new(Walk::new(&marker.definitions())),
        marker: StoredValue::new_local(Rc::new(marker)),
        screen: RwSignal::new(Screen::Starting),
        positive: RwSignal::new(false),
        busy: RwSignal::new(false),
        queue: StoredValue::new(VecDeque::new()),
        failed: RwSignal::new(false),
        ready: RwSignal::new(true),
        words,
    };
    keep_address_plain();
    document().set_title(words.title);
    sitting.start();
    let main = NodeRef::<leptos::html::Main>::new();
    follow_screens(sitting, main);
    let screen = move || {
        match sitting.screen.get() {
        Screen::Starting => view! { <Loading words=words.keeping/> }.into_any(),
        Screen::At(Place::Begin) => view! { <Begin sitting/> }.into_any(),
        Screen::At(Place::Done) => view! { <help::Thanks sitting crisis_line/> }.into_any(),
        Screen::At(Place::Question { form, .. }) if whole => {
            view! { <whole::WholeForm sitting form crisis_line/> }.into_any()
        }
        Screen::At(place) => view! { <question::Question sitting place/> }.into_any(),
        Screen::Help(next) => view! { <help::Help sitting next crisis_line/> }.into_any(),
        Screen::Ended => view! { <h1 tabindex="-1">{words.ended}</h1> }.into_any(),
        Screen::Unlock(place) => view! {
            <h1 tabindex="-1">{words.staff}</h1>
            <div lang="en"><UnlockForm core registry/></div>
            <p><Button kind=ButtonKind::Quiet on_press=move |()| sitting.screen.set(place.map_or(Screen::Ended, Screen::At))>{words.to_questions}</Button></p>
        }
        .into_any(),
    }
    };
    let foot = move || {
        let place = match sitting.screen.get() {
            Screen::At(place) | Screen::Help(place) => Some(place),
            Screen::Ended => None,
            Screen::Starting | Screen::Unlock(_) => return None,
        };
        Some(view! {
            <Button kind=ButtonKind::Quiet on_press=move |()| sitting.screen.set(Screen::Unlock(place))>{words.staff}</Button>
        })
    };
    view! {
        <main class="alone patient-mode" lang=language node_ref=main>
            {screen}
            <footer class="patient-foot">
                <help::Lines words crisis_line/>
                <p class="patient-staff">{foot}</p>
            </footer>
        </main>
    }
}

impl Sitting {
    /// Goes on where the run was left.
    fn start(self) {
        let marker = self.marker.get_value();
        spawn_local(async move {
            let request = Request::RunPlace {
                registry: marker.registry,
                run: marker.run,
            };
            let screen = match self.core.ask(request).await {
                Ok(Response::RunPlace(place)) if place.is_here => {
                    let last = place.last.as_ref().map(|(id, at)| (id.as_str(), *at));
                    Screen::At(self.walk.with_untracked(|walk| walk.resume(last, marker.size)))
                }
                _ => Screen::Ended,
            };
            let _shown = self.screen.try_set(screen);
        });
    }

    /// Keeps an answer, and goes on only when it is on the disk. On a page with many questions the next may be given meanwhile: it
    /// waits for its turn.
    fn keep(self, kept: Kept) {
        if kept.then == Then::GoOn && self.busy.get_untracked() {
            return;
        }
        self.walk.update(|walk| walk.answer(kept.place, kept.value));
        self.queue.update_value(|queue| queue.push_back(kept));
        self.run();
    }

    /// Keeps what waits, one after the other, until all is kept or one can't be.
    fn run(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failed.set(false);
        spawn_local(async move {
            while let Some(kept) = self.queue.try_with_value(|queue| queue.front().copied()).flatten() {
                if !self.send(kept).await {
                    let _told = self.failed.try_set(true);
                    break;
                }
                let _kept = self.queue.try_update_value(VecDeque::pop_front);
                self.go_on(kept);
            }
            let _done = self.busy.try_set(false);
        });
    }

    /// Sends one answer, and the form's end after its last question.
    async fn send(self, kept: Kept) -> bool {
        let Some(answer) = self.answer(kept.place, kept.value) else {
            return true;
        };
        if self.core.ask(Request::KeepAnswer(answer)).await.is_err() {
            return false;
        }
        let ends = kept.then == Then::GoOn && self.walk.with_untracked(|walk| walk.ends_form(kept.place));
        !ends || self.send_end(kept.place).await
    }

    /// Says that the patient came to the end of a form.
    async fn send_end(self, place: Place) -> bool {
        let Some(end) = self.answer(place, None) else {
            return true;
        };
        let end = PatientAnswer {
            given: Given::End,
            ..end
        };
        self.core.ask(Request::KeepAnswer(end)).await.is_ok()
    }

    fn answer(self, place: Place, value: Option<u8>) -> Option<PatientAnswer> {
        let Place::Question { form, .. } = place else {
            return None;
        };
        let marker = self.marker.get_value();
        self.walk.with_untracked(|walk| {
            let definition = walk.definition(form)?;
            Some(PatientAnswer {
                registry: marker.registry,
                run: marker.run,
                instrument: definition.id.as_str().to_owned(),
                version: definition.version.clone(),
                given: Given::Question {
                    position: walk.position(place)?,
                    item: walk.item(place)?.id.as_str().to_owned(),
                    value,
                },
            })
        })
    }

    /// What comes after an answer: crisis help, if it was a positive one; else the next question.
    fn go_on(self, kept: Kept) {
        let walk = self.walk.get_untracked();
        let is_positive = walk.is_positive(kept.place, kept.value);
        if is_positive {
            self.positive.set(true);
        }
        if kept.then == Then::GoOn {
            let next = walk.next(kept.place);
            self.screen.set(match is_positive {
                true => Screen::Help(next),
                false => Screen::At(next),
            });
        }
    }
}

/// Before the first question.
#[component]
fn Begin(sitting: Sitting) -> impl IntoView {
    let words = sitting.words;
    let first = move |()| {
        let next = sitting.walk.with_untracked(|walk| walk.next(Place::Begin));
        sitting.screen.set(Screen::At(next));
    };
    let [about, rest @ ..] = words.begin;
    let (title, about) = match sitting.walk.with_untracked(Walk::is_for_a_parent) {
        true => (words.begin_title_child, words.begin_child),
        false => (words.begin_title, about),
    };
    view! {
        <h1 tabindex="-1">{title}</h1>
        <p>{about}</p>
        {rest.map(|text| view! { <p>{text}</p> })}
        <p class="patient-actions"><Button kind=ButtonKind::Primary on_press=first>{words.begin_button}</Button></p>
    }
}

/// That an answer could not be kept, and the way to try again.
#[component]
fn NotKept(sitting: Sitting) -> impl IntoView {
    let words = sitting.words;
    view! {
        <Show when=move || sitting.failed.get()>
            <div class="notice error" role="alert">
                <div class="notice-body">
                    <p>{words.not_kept}</p>
                    <p><Button on_press=move |()| sitting.run()>{words.again}</Button></p>
                </div>
            </div>
        </Show>
    }
}

/// How far the run is.
#[component]
fn Progress(sitting: Sitting, place: Place) -> impl IntoView {
    let words = sitting.words;
    let (at, all) = sitting.walk.with_untracked(|walk| walk.progress(place));
    let told = format!("{} {} {} {all}", words.question, at + 1, words.of);
    view! {
        <p class="patient-progress">
            <span>{told.clone()}</span>
            <progress max=all.to_string() value=at.to_string() aria-label=told></progress>
        </p>
    }
}

/// The heading of each new screen gets the focus, as when a browser loads a page.
fn follow_screens(sitting: Sitting, main: NodeRef<leptos::html::Main>) {
    effect(move |before: Option<()>| {
        sitting.screen.track();
        let Some(main) = main.get() else { return };
        if before.is_none() {
            return;
        }
        sitting.ready.set(false);
        let ready = move || {
            let _ready = sitting.ready.try_set(true);
        };
        set_timeout(ready, DOUBLE_TAP);
        request_animation_frame(move || {
            use wasm_bindgen::JsCast as _;
            window().scroll_to_with_x_and_y(0.0, 0.0);
            let heading = main.query_selector("h1").ok().flatten();
            if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _focused = heading.focus();
            }
        });
    });
}

/// The address holds no route: neither which record was open before, nor, after Back, one of the history's.
fn keep_address_plain() {
    let plain = || {
        let history = window().history();
        let _plain =
            history.and_then(|history| history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some("#/")));
    };
    plain();
    let listener = window_event_listener(ev::hashchange, move |_| plain());
    on_cleanup(move || listener.remove());
}
