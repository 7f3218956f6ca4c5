//! Days and instants: short to read, in full on hover.

use leptos::prelude::*;

use crate::app::format;
use crate::app::state::use_desk;
use crate::journal::{Day, Month, When};

/// A day: `Tue 24 Nov`.
#[component]
pub fn DayText(
    /// Which.
    day: Day,
) -> impl IntoView {
    let today = use_desk().today();
    view! {
        <time datetime=day.to_string() title=format::full_day(day)>
            {move || format::short_day(day, today.get())}
        </time>
    }
}

/// When something happened, on the clinic's clock: `Tue 24 Nov, 14:05`.
#[component]
pub fn WhenText(
    /// When.
    when: When,
) -> impl IntoView {
    let desk = use_desk();
    let today = desk.today();
    let full = move || {
        let zone = desk.zone();
        match when {
            When::Day(day) => format::full_day(day),
            When::At(at) => format!(
                "{}, {} ({})",
                format::full_day(zone.day(at)),
                format::clock_time(at, zone),
                zone.name()
            ),
        }
    };
    view! {
        <time datetime=when.to_string() title=full>
            {move || format::short_when(when, desk.zone(), today.get())}
        </time>
    }
}

/// A month: `November 2026`.
#[component]
pub fn MonthText(
    /// Which.
    month: Month,
) -> impl IntoView {
    view! { <time datetime=month.to_string()>{format::month_name(month)}</time> }
}
