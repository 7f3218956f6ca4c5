//! Which records were opened today, and which urgent items somebody acknowledged by name: what the evening asks before the
//! day ends. The core keeps it sealed beside the drafts of this browser, a part for each tab and all parts read together, for
//! one day: it is about the person who looks, not about the patient, so it is no fact of a record.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

use super::browser::now_millis;
use super::effects::effect;
use super::route::Route;
use super::router::{Leave, Router, use_router};
use super::state::{Desk, use_desk};
use crate::journal::{ChartId, Day};
use crate::registry::{NewsAsk, NewsView, Request, Response, SeenToday};

/// Long enough for a browser to close its page, should somebody close it all the same.
const STAYED: Duration = Duration::from_millis(50);

/// What was seen today.
#[derive(Clone, Copy)]
pub struct Seen {
    desk: Desk,
    router: Router,
    kept: RwSignal<SeenToday>,
    /// The day on which the evening page had something that nobody has seen, and still has as far as is known.
    owed: RwSignal<Option<Day>>,
    /// How somebody wanted to go home while it had.
    going: RwSignal<Option<Leave>>,
}

impl Seen {
    /// Notes every record that is opened from now on, asks before the page is closed while something urgent is known to be
    /// unseen, and makes itself the context's.
    pub fn provide() {
        let (desk, router) = (use_desk(), use_router());
        let seen = Self {
            desk,
            router,
            kept: RwSignal::new(SeenToday::default()),
            owed: RwSignal::new(None),
            going: RwSignal::new(None),
        };
        provide_context(seen);
        effect(move |before: Option<Option<ChartId>>| {
            let now = router.get().and_then(|route| route.chart());
            let left = before.flatten();
            if left != now {
                // A record is seen until it is left: what was written meanwhile was seen too.
                let opened: Vec<(ChartId, u64)> =
                    left.into_iter().chain(now).map(|chart| (chart, now_millis())).collect();
                seen.note(SeenToday {
                    opened,
                    ..SeenToday::default()
                });
            }
            now
        });
        let closing = window_event_listener(ev::beforeunload, move |event| {
            // A page that locks by itself goes, whatever is open.
            let locks = document()
                .document_element()
                .is_some_and(|root| root.has_attribute("data-locking"));
            if !locks && seen.owes() {
                event.prevent_default();
                // Runs where the page stays: what nobody has seen is then shown by name.
                set_timeout(move || seen.list(Leave::For(None)), STAYED);
            }
        });
        on_cleanup(move || closing.remove());
    }

    /// Somebody says by name that they have seen a patient's item.
    pub fn acknowledge(&self, chart: ChartId) {
        let who = self.desk.opened().name.clone();
        self.note(SeenToday {
            acknowledged: vec![(chart, now_millis(), who)],
            ..SeenToday::default()
        });
    }

    /// Asks what other tabs know of today.
    pub fn refresh(&self) {
        self.note(SeenToday::default());
    }

    /// When each record was last open today, in milliseconds since 1970. Follows it.
    pub fn opened(&self) -> Vec<(ChartId, u64)> {
        self.of_today().opened
    }

    /// Whose items were acknowledged today, when, by whom. Follows it.
    pub fn acknowledged(&self) -> Vec<(ChartId, u64, String)> {
        self.of_today().acknowledged
    }

    /// Whether the evening page, when it was shown last today, had something urgent that nobody has seen.
    pub fn owes(&self) -> bool {
        let today = self.desk.today().get_untracked();
        self.owed.get_untracked() == Some(today)
    }

    /// The evening page has something that nobody has seen, or nothing any more.
    pub fn owe(&self, something: bool) {
        let today = self.desk.today().get_untracked();
        self.owed.set(something.then_some(today));
    }

    /// Whether going home from another page has to wait: then the evening page is shown, and lists what nobody has seen.
    pub fn keeps(&self, leave: Leave) -> bool {
        let elsewhere = self.router.get_untracked() != Some(Route::Evening);
        let keeps = elsewhere && self.owes();
        if keeps {
            self.list(leave);
        }
        keeps
    }

    /// How somebody wanted to go home, once. Follows it.
    pub fn take_going(&self) -> Option<Leave> {
        let going = self.going.get();
        if going.is_some() {
            self.going.set(None);
        }
        going
    }

    fn list(&self, leave: Leave) {
        self.going.set(Some(leave));
        self.router.go(Route::Evening);
    }

    fn of_today(&self) -> SeenToday {
        let today = self.desk.today().get();
        let kept = self.kept.get();
        match kept.day == Some(today) {
            true => kept,
            false => SeenToday::default(),
        }
    }

    /// Takes in what was seen now, and what other tabs know.
    fn note(self, now: SeenToday) {
        let now = SeenToday {
            day: Some(self.desk.today().get_untracked()),
            ..now
        };
        self.kept.update(|kept| kept.join(now));
        let mine = self.kept.get_untracked();
        spawn_local(async move {
            let answer = self.desk.ask(Request::News(Box::new(NewsAsk::Today(mine)))).await;
            // What could not be kept holds for as long as this page is open.
            if let Ok(Response::News(view)) = answer
                && let NewsView::Today(all) = *view
            {
                let _gone = self.kept.try_update(|kept| kept.join(all));
            }
        });
    }
}
