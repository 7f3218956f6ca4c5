//! What became of months that were sent, and what may go out: a month that was sent or claimed doesn't go twice, one that
//! was denied may go again.

use std::collections::BTreeMap;

use super::claim::{Conflict, claim_conflicts};
use super::code::Code;
use super::profile::Profile;
use crate::flowsheet::{ClaimLine, Flowsheet};
use crate::journal::Month;
use crate::journal::facts::ClaimState;

/// What is known of each code of a patient's month: the latest word on it, by code.
pub fn standing(sheet: &Flowsheet, month: Month) -> BTreeMap<&str, &ClaimLine> {
    let mut latest = BTreeMap::new();
    // By day, and of one day as they were written down.
    for claim in sheet.gates.claims.iter().filter(|claim| claim.month == month) {
        latest.insert(claim.code.as_str(), claim);
    }
    latest
}

/// Which codes of a month may go to the payer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToSend {
    /// With their units.
    pub codes: BTreeMap<String, u32>,
    /// Why others are left out, a sentence each.
    pub left_out: Vec<String>,
}

/// What of a month's codes may go: all of them while none was sent; of a month that was sent, only what was denied.
pub fn to_send(ready: &BTreeMap<String, u32>, standing: &BTreeMap<&str, &ClaimLine>) -> ToSend {
    let ours: Vec<&&ClaimLine> = standing
        .values()
        .filter(|claim| Code::named(&claim.code).is_some())
        .collect();
    let went = ours
        .iter()
        .any(|claim| claim.state != ClaimState::Denied && !is_base(&claim.code));
    if !went {
        return ToSend {
            codes: ready.clone(),
            left_out: Vec::new(),
        };
    }
    let mut may = ToSend {
        codes: BTreeMap::new(),
        left_out: Vec::new(),
    };
    for (code, units) in ready {
        match standing.get(code.as_str()) {
            Some(claim) if claim.state == ClaimState::Denied => {
                may.codes.insert(code.clone(), *units);
            }
            Some(claim) => may.left_out.push(went_words(claim, *units)),
            None => may.left_out.push(format!(
                "{code} was not part of what was sent for this month: it is left out. Whether a corrected claim goes is your \
                 biller\u{2019}s to decide."
            )),
        }
    }
    may
}

/// Whether a code is reported by the practice itself, beside the month's.
fn is_base(code: &str) -> bool {
    Code::named(code).is_some_and(Code::is_apcm_base)
}

fn went_words(claim: &ClaimLine, units: u32) -> String {
    let word = match claim.state {
        ClaimState::Sent => "sent",
        ClaimState::Claimed => "claimed",
        ClaimState::Denied => "denied",
    };
    let day = super::why::day_words(claim.day);
    let other = match claim.units == units {
        true => String::new(),
        false => format!(" with {} units, where the minutes support {units} now", claim.units),
    };
    format!(
        "{} was {word} on {day}{other}: it is left out, and doesn\u{2019}t go twice.",
        claim.code
    )
}

/// Conflicts of what the month supports with what went for it, denied codes aside.
pub fn conflicts_in_month(
    profile: &Profile,
    ready: &BTreeMap<String, u32>,
    standing: &BTreeMap<&str, &ClaimLine>,
    month: Month,
) -> Vec<Conflict> {
    let went = standing.values().filter(|claim| claim.state != ClaimState::Denied);
    let mut units: BTreeMap<&str, u32> = went.map(|claim| (claim.code.as_str(), claim.units)).collect();
    for (code, number) in ready {
        // A code that went is in the month once, whatever the minutes support now.
        units.entry(code.as_str()).or_insert(*number);
    }
    let written: Vec<String> = units
        .iter()
        .map(|(code, number)| match number {
            1 => (*code).to_owned(),
            number => format!("{code}x{number}"),
        })
        .collect();
    let codes: Vec<&str> = written.iter().map(String::as_str).collect();
    claim_conflicts(profile, &codes, month)
}
