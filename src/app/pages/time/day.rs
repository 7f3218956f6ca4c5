//! A day by the clock: every entry, what no entry covers, running timers, and what it comes to.

use std::sync::Arc;

use leptos::prelude::*;

use super::line::LINE;
use crate::app::browser;
use crate::app::components::{Button, ButtonKind, EmptyState, Icon, IconName};
use crate::app::format;
use crate::app::pages::questions::name_of;
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::app::stopwatch::Timer;
use crate::app::timer::use_timers;
use crate::app::words::{BUCKETS, MODES, word_of};
use crate::journal::Seconds;
use crate::journal::facts::ActivityGroup;
use crate::journal::facts::{Bucket, Clocked};
use crate::registry::{DaysView, TimeDay, TimeGap, TimeRow, duration};

/// The day.
#[component]
pub(super) fn DayView(view: Signal<Arc<DaysView>>, is_mine: Memo<bool>) -> impl IntoView {
    let desk = use_desk();
    let day = move || view.with(|view| view.days.first().cloned());
    let is_today = Memo::new(move |_| day().is_some_and(|day| day.day == desk.today().get()));
    view! {
        <Show when=move || is_mine.get() && is_today.get()><Timers/></Show>
        {move || day().map(|day| view! { <Entries day=day.clone() is_mine/> <Totals groups=day.groups/> })}
    }
}

/// Timers that run or wait: their minutes are in no record yet.
#[component]
fn Timers() -> impl IntoView {
    let timers = use_timers();
    let any = Memo::new(move |_| !timers.all().is_empty());
    view! {
        <Show when=move || any.get()>
            <section class="time-missing" aria-labelledby="time-timers">
                <h2 id="time-timers">"Timers, not saved yet"</h2>
                <ul>
                    <For each=move || timers.all() key=|timer| (timer.chart, timer.is_running()) children=|timer| view! { <OneTimer timer/> }/>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn OneTimer(timer: Timer) -> impl IntoView {
    let timers = use_timers();
    let (chart, runs) = (timer.chart, timer.is_running());
    let name = name_of(chart);
    let clock = move || timers.of(chart).map(|timed| format::stopwatch(timed.seconds.0.into()));
    let state = if runs { "runs" } else { "paused" };
    view! {
        <li>
            <Icon name=if runs { IconName::Play } else { IconName::Pause }/>
            <span>{state}</span>
            <a href=Route::Patient(chart).href()>{move || name.get()}</a>
            <span>{clock}</span>
        </li>
    }
}

/// Entries and gaps in the order of the clock; what has no clock time comes last.
#[component]
fn Entries(day: TimeDay, is_mine: Memo<bool>) -> impl IntoView {
    enum Line {
        Row(TimeRow),
        Gap(TimeGap),
    }
    if day.rows.is_empty() {
        return view! {
            <EmptyState title="No time is written down for this day.">
                <p>"Time comes from the timer, from contacts, and from what you enter above."</p>
            </EmptyState>
        }
        .into_any();
    }
    let hours = day.hours.map(|hours| {
        view! { <p class="hint">{format!("The clock is changed on this day: it has {hours} hours.")}</p> }
    });
    let rows = day
        .rows
        .into_iter()
        .map(|row| (row.start.unwrap_or(i64::MAX), Line::Row(row)));
    let gaps = day.gaps.into_iter().map(|gap| (gap.start, Line::Gap(gap)));
    let mut lines: Vec<(i64, Line)> = rows.chain(gaps).collect();
    lines.sort_by_key(|(start, _)| *start);
    let drawn = lines.into_iter().map(|(_, line)| match line {
        Line::Row(row) => entry(row).into_any(),
        Line::Gap(gap) => gap_row(gap, is_mine).into_any(),
    });
    let drawn = drawn.collect_view();
    view! {
        {hours}
        <div class="alerts-scroll" role="region" aria-label="Time of the day" tabindex="0">
            <table class="data alerts time-day">
                <thead>
                    <tr>
                        <th scope="col">"Clock"</th>
                        <th scope="col">"Patient"</th>
                        <th scope="col">"Spent on"</th>
                        <th scope="col">"How"</th>
                        <th scope="col" class="num">"Length"</th>
                        <th scope="col">"Counts for"</th>
                        <th scope="col">"Note"</th>
                    </tr>
                </thead>
                <tbody>{drawn}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn entry(row: TimeRow) -> impl IntoView {
    let clock = row.clock.unwrap_or_else(|| "no clock time".to_owned());
    let how = row.mode.map_or("\u{2013}", |mode| word_of(MODES, mode));
    let measured = match row.clocked {
        Clocked::Timer => "timer",
        Clocked::Typed => "typed",
        Clocked::Imported => "imported",
    };
    let whole = row
        .whole
        .map(|whole| view! { <span class="hint">{format!("part of: {whole}")}</span> });
    let overlaps = row
        .overlaps
        .map(|words| view! { <span class="time-open"><Icon name=IconName::Alert/>{words}</span> });
    let note = row.note.unwrap_or_else(|| "\u{2013}".to_owned());
    let bucket = match row.bucket {
        Bucket::None => "nothing",
        bucket => word_of(BUCKETS, bucket),
    };
    view! {
        <tr>
            <td data-label="Clock">{clock}{overlaps}</td>
            <td class="name" data-label="Patient"><a href=Route::Patient(row.chart).href()>{row.name}</a></td>
            <td data-label="Spent on">{row.activity}<span class="hint">{row.group.words()}</span></td>
            <td data-label="How">{how}</td>
            <td class="num" data-label="Length">{row.long}<span class="hint">{measured}</span>{whole}</td>
            <td data-label="Counts for">{bucket}</td>
            <td class="prose-line" data-label="Note">{note}</td>
        </tr>
    }
}

fn gap_row(gap: TimeGap, is_mine: Memo<bool>) -> impl IntoView {
    let says = format!("Enter the time of {}", gap.clock);
    view! {
        <tr class="time-gap">
            <td data-label="Clock">{gap.clock}</td>
            <td colspan="6" data-label="Gap">
                {gap.long}" with nothing written down "
                <Show when=move || is_mine.get()>
                    <Button kind=ButtonKind::Quiet says=says.clone() on_press=|()| browser::focus(LINE)>"Enter it"</Button>
                </Show>
            </td>
        </tr>
    }
}

/// What a day or a week comes to.
#[component]
pub(super) fn Totals(groups: Vec<(ActivityGroup, Seconds)>) -> impl IntoView {
    let sum = |direct: Option<bool>| -> Seconds {
        let wanted = groups
            .iter()
            .filter(|(group, _)| direct.is_none_or(|direct| group.is_direct() == direct));
        Seconds(wanted.map(|(_, seconds)| seconds.0).sum())
    };
    let (whole, direct, indirect) = (sum(None), sum(Some(true)), sum(Some(false)));
    if whole.0 == 0 {
        return ().into_any();
    }
    let rows = groups
        .iter()
        .filter(|(_, seconds)| 0 < seconds.0)
        .map(|(group, seconds)| {
            view! { <tr><th scope="row">{group.words()}</th><td class="num">{duration(*seconds)}</td></tr> }
        });
    let rows = rows.collect_view();
    view! {
        <table class="data hours-totals">
            <caption>"Totals by group"</caption>
            <thead><tr><th scope="col">"Group"</th><th scope="col" class="num">"Time"</th></tr></thead>
            <tbody>
                {rows}
                <tr><th scope="row">"Direct: with the patient or the family"</th><td class="num">{duration(direct)}</td></tr>
                <tr><th scope="row">"Indirect: all other"</th><td class="num">{duration(indirect)}</td></tr>
                <tr class="total"><th scope="row">"All"</th><td class="num">{duration(whole)}</td></tr>
            </tbody>
        </table>
    }
    .into_any()
}
