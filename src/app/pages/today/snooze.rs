//! Putting an item off: until when, at most as far as the protocol allows, and why.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, DateField, Dialog, Form, FormErrors, Submit, TextField, Width};
use crate::app::format;
use crate::app::pages::common::{Reading, to_errors};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, read_day};
use crate::care::intent::Intent;
use crate::journal::Day;
use crate::registry::TodayItem;

/// The dialog; open while an item is chosen.
#[component]
pub fn SnoozeDialog(
    /// The item to put off.
    snoozing: RwSignal<Option<Arc<TodayItem>>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    crate::app::effects::effect(move |_| open.set(snoozing.with(Option::is_some)));
    crate::app::effects::effect(move |before: Option<bool>| {
        let is_open = open.get();
        if before == Some(true) && !is_open {
            snoozing.set(None);
        }
        is_open
    });
    let title = move || {
        snoozing.with(|item| {
            item.as_ref()
                .map_or_else(String::new, |item| format!("Put off: {}", item.name))
        })
    };
    view! {
        <Dialog open title=Signal::derive(title)>
            {move || snoozing.get().map(|item| view! { <SnoozeForm item open/> })}
        </Dialog>
    }
}

#[component]
fn SnoozeForm(item: Arc<TodayItem>, open: RwSignal<bool>) -> impl IntoView {
    let desk = use_desk();
    let today = desk.today().get_untracked();
    let latest = item.snooze_until.unwrap_or(today);
    let until = RwSignal::new(item.snooze_to.unwrap_or(latest).to_string());
    let reason = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let (chart, clock) = (item.chart, item.clock);
    let submit = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        let (until, reason) = match read(&until.get_untracked(), &reason.get_untracked(), today, latest) {
            Ok(read) => read,
            Err(wrong) => return errors.set(to_errors(wrong)),
        };
        busy.set(true);
        let intent = Intent::Snooze {
            chart,
            clock,
            until,
            reason,
        };
        desk.submit(intent, "Put off", move |result| {
            busy.set(false);
            match result {
                Ok(_) => open.set(false),
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    });
    let hint = format!("At most until {}", format::full_day(latest));
    view! {
        <p>{item.reason.clone()}</p>
        <p class="hint">"It stays off the list through that day and is back the day after, or sooner with any new score or contact. It stays in the count of what is put off."</p>
        <Form errors on_submit=submit>
            <DateField id="snooze-until" label="Put off until" value=until hint min=today.plus(1).to_string() max=latest.to_string()/>
            <TextField id="snooze-reason" label="Why" value=reason width=Width::Full/>
            <div class="actions">
                <Submit busy>"Put off"</Submit>
                <Button kind=ButtonKind::Quiet on_press=move |()| open.set(false)>"Cancel"</Button>
            </div>
        </Form>
    }
}

fn read(until: &str, reason: &str, today: Day, latest: Day) -> Result<(Day, String), Vec<Wrong>> {
    let mut reading = Reading::default();
    let day = reading.take(read_day("snooze-until", "the day", until, None).and_then(|day| {
        if day <= today || latest < day {
            let text = format!("Choose a day after today, at most {}", format::full_day(latest));
            return Err(Wrong::new("snooze-until", text));
        }
        Ok(day)
    }));
    let reason = reading.text(reason, "snooze-reason", "Say why it is put off");
    reading.finish(day.zip(reason))
}
