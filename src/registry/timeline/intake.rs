//! Lines about who the patient is, how they came and who looks after them.

use super::Line;
use crate::care::diagnosis::diagnosis_words;
use crate::journal::Fact;
use crate::journal::facts::*;
use crate::registry::office::Office;
use crate::registry::views::{TimelineKind, day_words};

/// The line of such a fact; `None` for any other.
pub(super) fn describe(fact: &Fact, office: &Office) -> Line {
    let record = |text: String, more: Option<String>| Some((TimelineKind::Record, text, more));
    match fact {
        Fact::Referral(r) => record(referral_line(r, office), r.reason.clone()),
        Fact::Diagnosis(d) => record(diagnosis_line(d), None),
        Fact::Payer(p) => {
            let member = p.member.as_ref().map(|member| format!("Member number {member}"));
            record(format!("Payer: {}", p.name), member)
        }
        Fact::Claim(c) => record(crate::registry::claims::claim_line(c), c.reason.clone()),
        Fact::InitiatingVisit(v) => record(visit_line(v, office), None),
        Fact::CareTeamMember(m) => record(member_line(m), reach_line(m)),
        _ => None,
    }
}

/// `Referred by Dr. Lee (warm handoff), 2 scores sent along`.
pub(in crate::registry) fn referral_line(r: &Referral, office: &Office) -> String {
    let mut line = "Referred".to_owned();
    if let Some(by) = r.by.map(|person| office.name(person)).or_else(|| r.from.clone()) {
        line.push_str(&format!(" by {by}"));
    }
    if r.warm {
        line.push_str(" (warm handoff)");
    }
    match r.scores.len() {
        0 => {}
        1 => line.push_str(", a score sent along"),
        many => line.push_str(&format!(", {many} scores sent along")),
    }
    for left in r.feedback.iter().flat_map(|feedback| &feedback.left_out) {
        line.push_str(&format!("; no letter after {}: {}", after_word(left.after), left.why));
    }
    line
}

/// After what whoever referred is told.
pub(in crate::registry) fn after_word(after: FeedbackAfter) -> &'static str {
    match after {
        FeedbackAfter::Enrolled => "enrollment",
        FeedbackAfter::Closed => "closing",
    }
}

/// `F33.1 Depression, recurrent, moderate, provisional`.
pub(in crate::registry) fn diagnosis_line(d: &Diagnosis) -> String {
    let words = diagnosis_words(&d.code, d.label.as_deref());
    let words = words.map(|words| format!(" {words}")).unwrap_or_default();
    let provisional = if d.provisional { ", provisional" } else { "" };
    let until = d
        .until
        .map(|day| format!(", until {}", day_words(day)))
        .unwrap_or_default();
    format!("Diagnosis {}{words}{provisional}{until}", d.code)
}

/// Who stands in, on which copy, and how the record came back.
pub(super) fn coverage(c: &Coverage, office: &Office) -> Line {
    let (by, until) = (office.name(c.by), day_words(c.until));
    let of =
        c.of.map(|person| format!(" for {}", office.name(person)))
            .unwrap_or_default();
    let (line, more) = match (&c.back, c.coverage) {
        (Some(CameBack::HandedBack { on }), _) => {
            (format!("Coverage by {by}{of} handed back on {}", day_words(*on)), None)
        }
        (Some(CameBack::Otherwise { on, reason }), _) => {
            let line = format!(
                "Coverage by {by}{of} ended on {}: came back by other means",
                day_words(*on)
            );
            (line, Some(reason.clone()))
        }
        (None, Some(_)) => {
            let from = day_words(c.from);
            (
                format!("Covered by {by}{of} from {from} until {until}, on a copy of their own"),
                None,
            )
        }
        (None, None) => (format!("Covered by {by} until {until}"), None),
    };
    Some((TimelineKind::Record, line, more))
}

fn visit_line(v: &InitiatingVisit, office: &Office) -> String {
    let code = v.code.as_ref().map(|code| format!(", {code}")).unwrap_or_default();
    let with = v.practitioner.map(|person| format!(" with {}", office.name(person)));
    format!("Initiating visit{}{code}", with.unwrap_or_default())
}

fn member_line(m: &CareTeamMember) -> String {
    let of = m.of.as_ref().map(|of| format!(" ({of})")).unwrap_or_default();
    let role = team_role_word(m.role);
    match m.until {
        Some(until) => format!("Care team: {role} {}{of} until {}", m.name, day_words(until)),
        None => format!("Care team: {role} {}{of}", m.name),
    }
}

fn reach_line(m: &CareTeamMember) -> Option<String> {
    let fax = m.fax.as_ref().map(|fax| format!("fax {fax}"));
    let parts = [m.phone.clone(), fax, m.email.clone(), m.reach.clone()];
    let told: Vec<String> = parts.into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(" \u{b7} "))
}

/// What somebody is to the patient's care, in words.
pub(in crate::registry) fn team_role_word(role: TeamRole) -> &'static str {
    match role {
        TeamRole::TreatingClinician => "treating clinician",
        TeamRole::Therapist => "therapist",
        TeamRole::Prescriber => "prescriber",
        TeamRole::Specialist => "specialist",
        TeamRole::CaseManager => "case manager",
        TeamRole::Pharmacy => "pharmacy",
        TeamRole::Family => "family",
        TeamRole::Agency => "agency or school",
        TeamRole::Other => "other",
    }
}
