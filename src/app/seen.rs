//! Which records were opened today, and which urgent items somebody acknowledged by name: what the evening asks before the
//! day ends. Kept sealed beside the drafts of this browser, for one day: it is about the person who looks, not about the
//! patient, so it is no fact of a record.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::browser::now_millis;
use super::effects::effect;
use super::router::use_router;
use super::state::{Desk, use_desk};
use crate::journal::{ChartId, Day};
use crate::registry::Request;

/// The key under which it is kept.
const KEPT: &str = "seen";

/// What is kept.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Kept {
    /// The day that it is about.
    day: Option<Day>,
    /// Records and when they were last open, in milliseconds since 1970.
    opened: Vec<(ChartId, u64)>,
    /// Who acknowledged whose item by name, and when.
    acknowledged: Vec<(ChartId, u64, String)>,
}

/// What was seen today.
#[derive(Clone, Copy)]
pub struct Seen {
    desk: Desk,
    kept: RwSignal<Kept>,
}

impl Seen {
    /// What was kept of today; notes every record that is opened from now on, and makes itself the context's.
    pub fn provide() {
        let (desk, router) = (use_desk(), use_router());
        let seen = Self {
            desk,
            kept: RwSignal::new(Kept::default()),
        };
        provide_context(seen);
        spawn_local(async move {
            let Some(json) = desk.draft(KEPT).await else { return };
            if let Ok(before) = serde_json::from_str::<Kept>(&json) {
                let _gone = seen.kept.try_update(|kept| kept.join(before));
            }
        });
        effect(move |before: Option<Option<ChartId>>| {
            let now = router.get().and_then(|route| route.chart());
            let left = before.flatten();
            if left != now {
                // A record is seen until it is left: what was written meanwhile was seen too.
                for chart in left.into_iter().chain(now) {
                    seen.change(|kept| put(&mut kept.opened, chart));
                }
            }
            now
        });
    }

    /// Somebody says by name that they have seen a patient's item.
    pub fn acknowledge(&self, chart: ChartId) {
        let who = self.desk.opened().name.clone();
        self.change(|kept| {
            kept.acknowledged.retain(|(other, ..)| *other != chart);
            kept.acknowledged.push((chart, now_millis(), who));
        });
    }

    /// When each record was last open or acknowledged today, in milliseconds since 1970. Follows it.
    pub fn moments(&self) -> Vec<(ChartId, u64)> {
        let today = self.desk.today().get();
        let kept = self.kept.get();
        if kept.day != Some(today) {
            return Vec::new();
        }
        let acknowledged = kept.acknowledged.into_iter().map(|(chart, at, _)| (chart, at));
        kept.opened.into_iter().chain(acknowledged).collect()
    }

    /// Whose items were acknowledged today, when, by whom. Follows it.
    pub fn acknowledged(&self) -> Vec<(ChartId, u64, String)> {
        let today = self.desk.today().get();
        self.kept.with(|kept| match kept.day == Some(today) {
            true => kept.acknowledged.clone(),
            false => Vec::new(),
        })
    }

    fn change(self, change: impl FnOnce(&mut Kept)) {
        let today = self.desk.today().get_untracked();
        self.kept.update(|kept| {
            if kept.day != Some(today) {
                *kept = Kept {
                    day: Some(today),
                    ..Kept::default()
                };
            }
            change(kept);
        });
        let Ok(json) = self.kept.with_untracked(serde_json::to_string) else {
            return;
        };
        let (desk, key) = (self.desk, KEPT.to_owned());
        spawn_local(async move {
            let _kept = desk.ask(Request::PutDraft { key, json }).await;
        });
    }
}

impl Kept {
    /// Takes in what was kept before, unless it is about another day than what is here already.
    fn join(&mut self, before: Kept) {
        match self.day {
            None => *self = before,
            Some(day) if before.day == Some(day) => {
                self.opened.splice(0..0, before.opened);
                self.acknowledged.splice(0..0, before.acknowledged);
            }
            Some(_) => {}
        }
    }
}

fn put(opened: &mut Vec<(ChartId, u64)>, chart: ChartId) {
    opened.retain(|(other, _)| *other != chart);
    opened.push((chart, now_millis()));
}
