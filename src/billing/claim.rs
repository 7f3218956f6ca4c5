//! Codes of one patient and month side by side: which go together.
//!
//! The matrix is that of the sources named beside each rule; where no source settles a pair, it warns and doesn't block.

use std::collections::BTreeMap;

use serde::Serialize;

use super::code::Code;
use super::profile::{Profile, ProfileError};
use super::values::{Key, Paid};
use crate::journal::Month;

/// What is wrong with the codes of a month, or not settled about them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Conflict {
    /// Whether the claim can't go out like this.
    pub blocks: bool,
    /// The codes that it is about.
    pub codes: Vec<String>,
    /// What, in a sentence.
    pub why: String,
    /// Who says so.
    pub source: &'static str,
}

/// Codes that are once a month at most.
const ONCE: [Code; 9] = [
    Code::C99492,
    Code::C99493,
    Code::G2214,
    Code::C99484,
    Code::G0323,
    Code::G0512,
    Code::G0568,
    Code::G0569,
    Code::G0570,
];

/// Pairs that never go together, and who says so; `D` where it follows from the others.
const NEVER: [(&[Code], &[Code], &str); 8] = [
    (
        &[Code::C99492],
        &[Code::C99493],
        "BCBS North Dakota; NEH-Psychiatry/MedSync8",
    ),
    (
        &[Code::G2214],
        &[Code::C99492, Code::C99493, Code::C99494],
        "Mirah; NEH-Psychiatry/MedSync8",
    ),
    (
        &[Code::C99484],
        &[
            Code::C99492,
            Code::C99493,
            Code::C99494,
            Code::G2214,
            Code::G0568,
            Code::G0569,
            Code::G0570,
        ],
        "CMS-1654-F; BCBS Michigan Record, May 2022",
    ),
    (
        &[Code::G0323],
        &[
            Code::C99492,
            Code::C99493,
            Code::C99494,
            Code::G2214,
            Code::C99484,
            Code::G0568,
            Code::G0569,
            Code::G0570,
        ],
        "derived: one kind of integration a month",
    ),
    (
        &[Code::G0568, Code::G0569],
        &[Code::C99492, Code::C99493],
        "an add-on and the code that it mirrors: FairPath; NEH-Psychiatry/MedSync8",
    ),
    (&[Code::G0568], &[Code::G0569], "derived: a month is initial or later"),
    (
        &[Code::G0570],
        &[
            Code::C99492,
            Code::C99493,
            Code::C99494,
            Code::G2214,
            Code::G0568,
            Code::G0569,
        ],
        "derived: collaborative care or general integration",
    ),
    (
        &[Code::G0512],
        &[
            Code::C99492,
            Code::C99493,
            Code::C99494,
            Code::G2214,
            Code::C99484,
            Code::G0323,
            Code::G0568,
            Code::G0569,
            Code::G0570,
        ],
        "NC Medicaid; CodingIntel: the center's code takes the place of the others",
    ),
];

/// Chronic and principal care management, transitional care: inside advanced primary care management.
const IN_APCM: [&str; 9] = [
    "99490", "99491", "99487", "99489", "99437", "99439", "99424", "99426", "99495",
];

/// The codes of a claim with their units: `99493`, `99494x2` or `99494` twice.
fn counted(claim: &[&str]) -> BTreeMap<String, u32> {
    let mut units: BTreeMap<String, u32> = BTreeMap::new();
    for written in claim.iter().map(|code| code.trim()).filter(|code| !code.is_empty()) {
        let (code, times) = match written.split_once(['x', 'X']) {
            Some((code, times)) => (code, times.trim().parse().unwrap_or(1)),
            None => (written, 1),
        };
        *units.entry(code.trim().to_ascii_uppercase()).or_default() += times;
    }
    units
}

/// What keeps codes of one patient and month from going out together, blocking ones first. Codes that aren't known
/// here, such as those of a visit, are left alone: their time is kept apart by its programme.
pub fn claim_conflicts(profile: &Profile, claim: &[&str], month: Month) -> Vec<Conflict> {
    let units = counted(claim);
    let has = |code: Code| units.contains_key(code.as_str());
    let of = |codes: &[Code]| -> Vec<String> { codes.iter().map(|code| code.as_str().to_owned()).collect() };
    let mut found = Vec::new();
    let mut say = |blocks, codes: &[Code], why: String, source| {
        found.push(Conflict {
            blocks,
            codes: of(codes),
            why,
            source,
        });
    };

    for (left, right, source) in NEVER {
        for (one, other) in left
            .iter()
            .flat_map(|one| right.iter().map(move |other| (*one, *other)))
        {
            if has(one) && has(other) {
                let why = format!("{} and {} are never reported together.", one.as_str(), other.as_str());
                say(true, &[one, other], why, source);
            }
        }
    }
    for code in ONCE {
        if units.get(code.as_str()).is_some_and(|units| *units > 1) {
            let why = format!("{} is reported once a month at most.", code.as_str());
            say(true, &[code], why, "BCBS North Dakota; NEH-Psychiatry/MedSync8");
        }
    }
    if has(Code::C99494) && !has(Code::C99492) && !has(Code::C99493) {
        let why = "99494 requires 99492 or 99493.".to_owned();
        say(true, &[Code::C99494], why, "BCBS North Dakota; NEH-Psychiatry/MedSync8");
    }
    let cap = profile.number(Key::AddOnCap);
    if let Some(reached) = units
        .get(Code::C99494.as_str())
        .filter(|units| cap > 0 && **units > cap)
    {
        let why = format!("{reached} units of 99494 exceed this payer profile's limit of {cap}.");
        say(true, &[Code::C99494], why, "the payer profile");
    }
    if has(Code::G2214) && profile.time(Key::G2214From).is_none() {
        let why = "G2214 is not covered by this payer profile.".to_owned();
        say(true, &[Code::G2214], why, "the payer profile");
    }
    if has(Code::G0512) && !profile.is_health_center_month(Some(month)) {
        let why =
            "G0512 isn't reported in this month under this payer profile; Medicare discontinued it on 1 Jan 2026.";
        say(
            true,
            &[Code::G0512],
            why.to_owned(),
            "AHRQ Integration Academy; NEH-Psychiatry/MedSync8",
        );
    }
    if profile.paid() == Paid::Not {
        for code in ONCE.into_iter().filter(|code| has(*code)) {
            let why = format!("{} is not paid separately under this payer profile.", code.as_str());
            say(true, &[code], why, "the payer profile");
        }
    }
    let add_ons: Vec<Code> = ONCE
        .into_iter()
        .filter(|code| code.is_apcm_add_on() && has(*code))
        .collect();
    let bases: Vec<Code> = [Code::G0556, Code::G0557, Code::G0558]
        .into_iter()
        .filter(|code| has(*code))
        .collect();
    if bases.len() > 1 {
        let why = "Only one of G0556, G0557 and G0558 is reported in a month.".to_owned();
        say(true, &bases, why, "AAFP, advanced primary care management");
    }
    if !add_ons.is_empty() && bases.is_empty() {
        let why = "An add-on needs G0556, G0557 or G0558 by the same practitioner in the same month.".to_owned();
        say(true, &add_ons, why, "FairPath; NEH-Psychiatry/MedSync8");
    }
    if !add_ons.is_empty() && !bases.is_empty() {
        let why = "CMS printed no rule for add-ons beside the codes by minutes: their rules aren't settled.".to_owned();
        say(
            false,
            &add_ons,
            why,
            "NEH-Psychiatry/MedSync8, letter to the contractor",
        );
    }
    for code in [Code::C99494, Code::G2214]
        .into_iter()
        .filter(|code| has(*code) && !add_ons.is_empty())
    {
        let why = format!(
            "Whether {} goes with an add-on is not settled: ask the payer.",
            code.as_str()
        );
        say(false, &[code], why, "no source read");
    }
    let by_minutes = [Code::C99492, Code::C99493, Code::G2214, Code::C99484];
    for code in by_minutes.into_iter().filter(|code| has(*code) && !bases.is_empty()) {
        let why = format!(
            "{} beside advanced primary care management: sources disagree whether the add-on has to be used instead.",
            code.as_str()
        );
        say(
            false,
            &[code],
            why,
            "FairPath; NACHC, as NEH-Psychiatry/MedSync8 quotes it",
        );
    }
    let bundled: Vec<&str> = IN_APCM.into_iter().filter(|code| units.contains_key(*code)).collect();
    if (!bases.is_empty() || !add_ons.is_empty()) && !bundled.is_empty() {
        let why = format!("{} is inside advanced primary care management.", bundled.join(", "));
        say(true, &bases, why, "AAFP, advanced primary care management");
    }
    found.sort_by_key(|conflict| !conflict.blocks);
    found
}

/// The conflicts of a claim as JSON: `{clean, conflicts: [{blocks, codes, why, source}]}`; clean means that nothing blocks.
pub fn inspect_claim(payer: &str, claim: &str, month: Month) -> Result<serde_json::Value, ProfileError> {
    let profile = Profile::shipped(payer)?;
    let codes: Vec<&str> = claim.split(['|', '+', ',']).collect();
    let conflicts = claim_conflicts(&profile, &codes, month);
    Ok(serde_json::json!({
        "clean": conflicts.iter().all(|conflict| !conflict.blocks),
        "conflicts": conflicts,
    }))
}
