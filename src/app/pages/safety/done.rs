//! The day on which a safety step was done, and its time where it is known: a step that is written down later is of the
//! day on which it was done.

use leptos::prelude::*;

use crate::app::components::{DateField, TimeField};
use crate::app::pages::common::{Reading, today_text};
use crate::app::state::{Desk, use_desk};
use crate::app::typed::read_when;
use crate::journal::{Day, When};

/// The two fields, as they are being typed. A cheap handle.
#[derive(Clone, Copy)]
pub struct DoneAt {
    desk: Desk,
    /// The day.
    pub day: RwSignal<String>,
    /// The time, where it is known.
    pub time: RwSignal<String>,
}

impl DoneAt {
    /// Done now, until another day or time is typed.
    pub fn now() -> Self {
        let desk = use_desk();
        Self {
            desk,
            day: RwSignal::new(today_text(desk)),
            time: RwSignal::new(String::new()),
        }
    }
    /// When it was done: now where neither field was changed. `id` starts the ids of the fields.
    pub fn read(self, reading: &mut Reading, id: &str) -> Option<When> {
        let today = self.desk.today().get_untracked();
        let (day, time) = (self.day.get_untracked(), self.time.get_untracked());
        let day = reading.past(&day, &format!("{id}-day"), "the day", today)?;
        if day == today && time.trim().is_empty() {
            return Some(When::At(self.desk.instant()));
        }
        let zone = untrack(|| self.desk.zone());
        reading.take(read_when(&format!("{id}-time"), day, &time, zone))
    }
    /// When it was done as far as it can be read; otherwise now.
    pub fn so_far(self) -> When {
        let mut reading = Reading::default();
        self.read(&mut reading, "done").unwrap_or(When::At(self.desk.instant()))
    }
    /// The day as it is typed, today where it is none. Follows the field.
    pub fn day(self) -> Day {
        let today = self.desk.today().get();
        let typed = self.day.get().parse().ok();
        typed.filter(|day| *day <= today).unwrap_or(today)
    }
}

/// The fields.
#[component]
pub fn DoneFields(
    /// What they begin with.
    done: DoneAt,
    /// Starts the ids of the fields.
    id: &'static str,
    /// What the day is called.
    #[prop(default = "Done on")]
    label: &'static str,
) -> impl IntoView {
    let today = today_text(done.desk);
    view! {
        <div class="fields">
            <DateField id=format!("{id}-day") label value=done.day max=today/>
            <TimeField id=format!("{id}-time") label="At, if known" value=done.time/>
        </div>
    }
}
