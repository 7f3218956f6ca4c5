//! What came of the meeting: who was reviewed with the minutes booked, who was skipped, what waits for a message.

use leptos::prelude::*;

use super::Meeting;
use crate::app::components::{Button, ButtonLink, DayText};
use crate::app::format;
use crate::app::route::{Route, Section};
use crate::app::state::{Desk, use_desk};
use crate::care::intent::Intent;
use crate::journal::facts::{RequestKind, ReviewRequest};
use crate::journal::{ChartId, Fact, When};
use crate::registry::{HeldRow, SkippedRow, UnsentRow};

/// Why somebody was not reached when the meeting ended.
pub const TIME_RAN_OUT: &str = "Time ran out";

/// A patient was left out of this meeting, and is first in the next.
pub fn skip(desk: Desk, chart: ChartId, why: String) -> Intent {
    Intent::Record {
        chart,
        facts: vec![Fact::ReviewRequest(ReviewRequest {
            at: When::At(desk.instant()),
            question: why,
            kind: Some(RequestKind::Skipped),
        })],
    }
}

/// What came of today's meeting, and what waits for the PCP whenever it was said.
#[component]
pub fn After(
    /// The meeting.
    meeting: Meeting,
) -> impl IntoView {
    let desk = use_desk();
    let met = Memo::new(move |_| {
        meeting
            .view
            .with(|view| !view.held.is_empty() || !view.skipped.is_empty())
    });
    let left = Memo::new(move |_| meeting.order.get());
    // A second press before the first is saved skips nobody twice.
    let ending = RwSignal::new(Vec::<ChartId>::new());
    let end = move |()| {
        for chart in left.get_untracked() {
            if ending.with_untracked(|ending| ending.contains(&chart)) {
                continue;
            }
            ending.update(|ending| ending.push(chart));
            meeting.change(|lineup, _| lineup.forget_added(chart));
            desk.submit_alone(
                skip(desk, chart, TIME_RAN_OUT.to_owned()),
                "First in the next case review",
                move || {
                    let _gone = ending.try_update(|ending| ending.retain(|other| *other != chart));
                },
            );
        }
    };
    let many = move || left.with(Vec::len);
    view! {
        <Show when=move || met.get()>
            <section class="review-after" aria-labelledby="review-after">
                <h2 id="review-after">"Today\u{2019}s meeting"</h2>
                {move || held(&meeting.view.with(|view| view.held.clone()))}
                {move || skipped(&meeting.view.with(|view| view.skipped.clone()))}
                {meeting.is_packet.then(|| view! {
                    <p><ButtonLink href=Route::Send.href()>"Save the reply"</ButtonLink></p>
                })}
                <Show when=move || { many() > 0 && !meeting.is_packet }>
                    <p>
                        {move || format::count(many() as u64, "patient was", "patients were")}" not reached. "
                        <Button on_press=end>{move || match many() {
                            1 => "End the meeting: first next week".to_owned(),
                            many => format!("End the meeting: these {many} first next week"),
                        }}</Button>
                    </p>
                </Show>
            </section>
        </Show>
        {move || unsent(meeting.view.with(|view| view.unsent.clone()))}
    }
}

fn held(rows: &[HeldRow]) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let total: u32 = rows.iter().map(|row| row.minutes).sum();
    let lines = rows.iter().cloned().map(|row| {
        let advice = match row.advice.is_empty() {
            true => "no recommendation".to_owned(),
            false => row.advice.join("; "),
        };
        view! {
            <tr>
                <th scope="row"><a href=Route::Patient(row.chart).href()>{row.name}</a></th>
                <td class="num">{row.minutes}</td>
                <td>{advice}</td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    let title = format!(
        "{} reviewed, {} booked",
        format::count(rows.len() as u64, "patient", "patients"),
        format::count(total.into(), "minute", "minutes")
    );
    view! {
        <h3>{title.clone()}</h3>
        <div class="scroll-x" tabindex="0" role="region" aria-label=title>
            <table class="data">
                <thead><tr><th scope="col">"Patient"</th><th scope="col" class="num">"Minutes"</th><th scope="col">"Recommended"</th></tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn skipped(rows: &[SkippedRow]) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let lines = rows.iter().cloned().map(|row| {
        view! { <li><a href=Route::Patient(row.chart).href()>{row.name}</a>": "{row.why}</li> }
    });
    let lines = lines.collect_view();
    view! {
        <h3>{format!("{} left out: first next week", format::count(rows.len() as u64, "patient", "patients"))}</h3>
        <ul aria-label="First next week">{lines}</ul>
    }
    .into_any()
}

fn unsent(rows: Vec<UnsentRow>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let title = format::count(
        rows.len() as u64,
        "recommendation waits for a message to the PCP",
        "recommendations wait for a message to the PCP",
    );
    let lines = rows.into_iter().map(|row| {
        let says = format!("Write the message: {}", row.name);
        view! {
            <li>
                <a href=Route::Patient(row.chart).href()>{row.name}</a>", "<DayText day=row.day/>": "{row.text}" "
                <ButtonLink href=Route::Section(row.chart, Section::Notes).href() says>"Write the message"</ButtonLink>
            </li>
        }
    });
    let lines = lines.collect_view();
    view! {
        <section class="review-unsent" aria-labelledby="review-unsent">
            <h2 id="review-unsent">{title}</h2>
            <ul>{lines}</ul>
        </section>
    }
    .into_any()
}
