//! Seven days: hours by group, drawn and as a table.

use std::sync::Arc;

use leptos::prelude::*;

use super::day::Totals;
use crate::app::components::{EmptyState, Svg};
use crate::app::format;
use crate::app::route::{Route, TimeSpan};
use crate::journal::Seconds;
use crate::journal::facts::ActivityGroup;
use crate::registry::{DaysView, TimeDay, duration};

/// The week.
#[component]
pub(super) fn WeekView(view: Signal<Arc<DaysView>>) -> impl IntoView {
    move || {
        let view = view.get();
        let groups: Vec<(ActivityGroup, Seconds)> = ActivityGroup::ALL
            .into_iter()
            .map(|group| (group, sum(view.days.iter(), group)))
            .collect();
        let whole: u32 = groups.iter().map(|(_, seconds)| seconds.0).sum();
        if whole == 0 {
            return view! {
                <EmptyState title="No time is written down for this week.">
                    <p>"Time comes from the timer, from contacts, and from what you enter above."</p>
                </EmptyState>
            }
            .into_any();
        }
        let used: Vec<ActivityGroup> = groups
            .iter()
            .filter(|(_, s)| 0 < s.0)
            .map(|(group, _)| *group)
            .collect();
        let summary = format!(
            "{} in this week, by day and group. The table below has the numbers.",
            duration(Seconds(whole))
        );
        let legend = used.iter().map(|group| {
            let class = format!("g-hours-{}", place(*group) + 1);
            view! {
                <li>
                    <svg class="time-key" viewBox="0 0 12 12" aria-hidden="true" focusable="false"><rect class=class width="12" height="12"/></svg>
                    {group.words()}
                </li>
            }
        });
        let legend = legend.collect_view();
        let heads = used
            .iter()
            .map(|group| view! { <th scope="col" class="num">{group.words()}</th> })
            .collect_view();
        let rows = view.days.iter().map(|day| row(day, &used)).collect_view();
        view! {
            <figure class="time-plot">
                <Svg markup=view.plot.clone() summary=summary/>
                <figcaption><ul class="time-legend">{legend}</ul></figcaption>
            </figure>
            <div class="alerts-scroll" role="region" aria-label="Hours of the week" tabindex="0">
                <table class="data alerts">
                    <caption class="visually-hidden">"Hours by day and group"</caption>
                    <thead><tr><th scope="col">"Day"</th>{heads}<th scope="col" class="num">"All"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Totals groups/>
        }
        .into_any()
    }
}

fn place(group: ActivityGroup) -> usize {
    ActivityGroup::ALL
        .iter()
        .position(|one| *one == group)
        .unwrap_or_default()
}

fn sum<'a>(days: impl Iterator<Item = &'a TimeDay>, group: ActivityGroup) -> Seconds {
    let of_group = days.flat_map(|day| &day.groups).filter(|(one, _)| *one == group);
    Seconds(of_group.map(|(_, seconds)| seconds.0).sum())
}

fn row(day: &TimeDay, used: &[ActivityGroup]) -> impl IntoView + use<> {
    let shown = |seconds: Seconds| match seconds.0 {
        0 => "\u{2013}".to_owned(),
        _ => duration(seconds),
    };
    let cell = |group: &ActivityGroup| {
        let words = shown(sum(std::iter::once(day), *group));
        view! { <td class="num" data-label=group.words()>{words}</td> }
    };
    let cells = used.iter().map(cell).collect_view();
    let all = Seconds(day.groups.iter().map(|(_, seconds)| seconds.0).sum());
    let href = Route::Time(TimeSpan::Day, Some(day.day)).href();
    let hours = day.hours.map(|hours| format!(" ({hours} hours)")).unwrap_or_default();
    view! {
        <tr>
            <td data-label="Day"><a href=href>{day.day.date().format("%A").to_string()}", "{format::plain_day(day.day)}</a>{hours}</td>
            {cells}
            <td class="num" data-label="All">{shown(all)}</td>
        </tr>
    }
}
