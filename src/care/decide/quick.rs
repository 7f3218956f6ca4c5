//! A try that one key records: the attempt and the minutes that it usually takes, in one save, without a form.

use super::{Desk, contact};
use crate::care::intent::{ContactForm, Next, Reached, Refusal};
use crate::care::quick::{QuickTry, said_no};
use crate::journal::facts::{Activity, Bucket, Clocked, Time};
use crate::journal::{Fact, Seconds, Slot, When};

/// Writes the try and its minutes; the ladder goes on from it as from any other.
pub(super) fn record(desk: &mut Desk<'_, '_, '_>, what: QuickTry, at: When) -> Result<(), Refusal> {
    let (_, sheet) = desk.patient()?;
    let permissions = match desk.head(&Slot::Permissions) {
        Some(Fact::Permissions(permissions)) => Some(permissions),
        _ => None,
    };
    let registration = match desk.head(&Slot::Registration) {
        Some(Fact::Registration(registration)) => Some(registration),
        _ => None,
    };
    if let Some(why) = said_no(what, permissions, registration, desk.hand.today()) {
        return Err(Refusal::NotPermitted(why));
    }
    let attempt = desk.entry();
    let form = ContactForm {
        chart: sheet.chart,
        at,
        reached: Reached::No {
            by: what.channel(),
            outcome: what.outcome(),
            left: None,
            next: None,
        },
        measures: Vec::new(),
        declined: Vec::new(),
        education: Vec::new(),
        time: None,
        note: None,
        next: Next::Protocol,
        entry: Some(attempt),
    };
    contact::record(desk, &form)?;
    let minutes = desk.view.limits.tries.get(what);
    if minutes > 0 {
        let by = desk.hand.me;
        // Nobody measured them: they claim their day and no stretch of the clock, which the next try would overlap.
        let day = at.day(desk.hand.zone);
        desk.add(Time {
            start: When::Day(day),
            seconds: Seconds(minutes * 60),
            activity: Activity::Outreach,
            bucket: Bucket::Cocm,
            by,
            mode: None,
            clocked: Clocked::Typed,
            of: Some(attempt),
            note: Some(what.minutes_note().to_owned()),
            with: Vec::new(),
            beside: None,
            own: None,
        })?;
    }
    Ok(())
}
