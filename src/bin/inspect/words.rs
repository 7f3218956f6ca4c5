//! Rules' results as JSON.

use caseload::care::{Clock, State};
use caseload::flowsheet::StatusLine;
use caseload::journal::facts::CloseReason;
use serde::Serialize;
use serde_json::{Value, json};

/// The name that a small value has in an entry, for example `first_contact`.
pub fn word(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// A clock: rule, numbers and dates in words, what clears it, when it would fire next, and where the rule is from.
pub fn clock(clock: &Clock) -> Value {
    json!({
        "rule": clock.rule.name(),
        "clock": word(clock.clock()),
        "kind": clock.kind.map(caseload::care::Kind::word),
        "why": clock.sentence(),
        "since": clock.since,
        "due": clock.due,
        "late_days": match clock.state() { State::LateBy(days) => days, State::DueOn(_) => 0 },
        "clears": clock.clears_sentence(),
        "next_fires": clock.next_fires(),
        "snoozed_until": clock.snoozed,
        "source": clock.rule.source(),
    })
}

/// Where an episode stands: `active`, `on hold until 2026-12-01`, `closed: goals_met`.
pub fn status(status: StatusLine) -> String {
    match status {
        StatusLine::Referred => "referred".to_owned(),
        StatusLine::Outreach => "outreach".to_owned(),
        StatusLine::Enrolled => "enrolled".to_owned(),
        StatusLine::Active => "active".to_owned(),
        StatusLine::RelapsePrevention => "relapse_prevention".to_owned(),
        StatusLine::OnHold { review } => format!("on_hold until {review}"),
        StatusLine::Closed(reason) => format!("closed: {}", closed(reason)),
    }
}

fn closed(reason: CloseReason) -> String {
    word(reason).as_str().unwrap_or_default().to_owned()
}
