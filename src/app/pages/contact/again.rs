//! When to try again: the part of the day that was tried least, so many working days later as the protocol says.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::fields::Fields;
use crate::app::components::Choice;
use crate::app::format;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::read_time;
use crate::app::words::options;
use crate::care::Office;
use crate::care::coordination::{DAY_PARTS, NextTry, day_part, is_call, next_try, part_of, word_of};
use crate::care::try_now::parts_named;
use crate::journal::facts::{self, DayPart};
use crate::journal::{Day, Fact, Zone};
use crate::registry::{PatientView, Request, Response};

/// The protocol's number of working days between two tries.
const EVERY: &str = "outreach_every_working_days";

/// The tries since somebody was last reached, the oldest first: the day, and the part of it for a call
/// whose time is known.
pub fn tries(view: &PatientView, zone: Zone) -> Vec<(Day, Option<DayPart>)> {
    let reached = |fact: &Fact| matches!(fact, Fact::Contact(contact) if contact.with.contains(&facts::With::Patient));
    let since = view.timeline.iter().take_while(|row| !reached(&row.fact));
    let tries = since.filter(|row| matches!(row.fact, Fact::Attempt(_)));
    let mut tries: Vec<_> = tries
        .map(|row| {
            let is_a_call = matches!(&row.fact, Fact::Attempt(attempt) if is_call(attempt.by));
            (row.at.day(zone), part_of(row.at, zone).filter(|_| is_a_call))
        })
        .collect();
    tries.reverse();
    tries
}

/// What is proposed for the next try, as the form stands; `None` while its day can't be read.
pub fn proposed(desk: Desk, fields: Fields, view: Signal<Arc<PatientView>>) -> Memo<Option<NextTry>> {
    let every = RwSignal::new(2_u32);
    spawn_local(async move {
        if let Ok(Response::Settings(settings)) = desk.ask(Request::Settings).await {
            let number = settings.numbers.iter().find(|number| number.name == EVERY);
            if let Some(number) = number {
                let _shown = every.try_set(number.value);
            }
        }
    });
    Memo::new(move |_| {
        let day: Day = fields.day.get().trim().parse().ok()?;
        let office = desk.clinic().with(Office::of);
        let before = view.with(|view| tries(view, office.zone));
        let this = read_time(&fields.time.get()).filter(|_| fields.by.get().is_some_and(is_call));
        let this = this.map(|(hour, _)| day_part(hour));
        let parts: Vec<DayPart> = before.into_iter().filter_map(|(_, part)| part).chain(this).collect();
        let hours = view.with(|view| view.registration.hours.clone());
        let preferred = hours.as_deref().map(parts_named).unwrap_or_default();
        Some(next_try(&parts, &preferred, day, every.get(), &office))
    })
}

/// The words of a try that is proposed: `Try again Tue 24 Nov, midday`.
pub fn words(again: NextTry, today: Day) -> String {
    format!(
        "Try again {}, {}",
        format::short_day(again.day, today),
        word_of(DAY_PARTS, again.part).to_lowercase()
    )
}

/// In which part of the day it is tried again, and when it was tried before.
#[component]
pub fn WhichPart(
    /// The form.
    fields: Fields,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// What is proposed.
    again: Memo<Option<NextTry>>,
) -> impl IntoView {
    let desk = use_desk();
    // What is proposed is shown, and saved, as it changes with the form, until a person chooses.
    let part = RwSignal::new(None);
    crate::app::effects::effect(move |_| {
        let shown = fields.part.get().or(again.get().map(|again| again.part));
        part.set(shown);
    });
    let today = desk.today();
    let before = move || {
        let tries = view.with(|view| tries(view, desk.zone()));
        let words = tries.into_iter().map(|(day, part)| {
            let part = part.map_or_else(String::new, |part| {
                format!(" {}", word_of(DAY_PARTS, part).to_lowercase())
            });
            format!("{}{part}", format::short_day(day, today.get()))
        });
        let words: Vec<String> = words.collect();
        match words.is_empty() {
            true => "No other try since somebody was last reached.".to_owned(),
            false => format!("Tried before: {}.", words.join(", ")),
        }
    };
    // In the patient's words, for the person who chooses.
    let hours = move || {
        let hours = view.with(|view| view.registration.hours.clone());
        hours.map(|hours| view! { <p class="hint">"Preferred hours: "{hours}</p> })
    };
    view! {
        <div on:change=move |_| fields.part.set(part.get_untracked())>
            <Choice id="next-part" legend="In the" options=options(DAY_PARTS) value=part/>
        </div>
        {hours}
        <p class="hint">{before}</p>
    }
}
