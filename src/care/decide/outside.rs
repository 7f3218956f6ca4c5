//! What goes outside the treating team: under a release that holds, or not at all.

use super::Desk;
use crate::care::intent::Refusal;
use crate::care::privacy::{self, WhyHeld, WhyNot};
use crate::journal::facts::{Audience, Communication};

/// Lets a message to the patient and the treating team pass; to family or an agency it names a release that holds on
/// its day and that permits everything held back that it tells.
pub(super) fn check_told(desk: &Desk<'_, '_, '_>, message: &Communication) -> Result<(), Refusal> {
    match message.to {
        Audience::Clinician | Audience::Consultant | Audience::Patient => return Ok(()),
        Audience::Family | Audience::Agency => {}
    }
    let (folded, _) = desk.patient()?;
    let not_named = || {
        let why = "Choose the release under which this goes out. Without one it can\u{2019}t be sent";
        Refusal::Field(why.to_owned())
    };
    let release = message.release.ok_or_else(not_named)?;
    let marked = privacy::held_back(folded);
    let told = message.held.iter().filter_map(|entry| marked.get(entry)).flatten();
    let told: Vec<WhyHeld> = told.cloned().collect();
    privacy::may_tell(folded, release, message.at.day(desk.hand.zone), &told).map_err(|why| match why {
        WhyNot::NoRelease => not_named(),
        why => Refusal::Field(format!("This can\u{2019}t be sent: {why}")),
    })
}
