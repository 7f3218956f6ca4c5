//! The lines of the initial assessment, medical facts, releases, permissions and marks.

use crate::care::{self, privacy};
use crate::journal::Fact;
use crate::journal::facts::*;
use crate::registry::views::{TimelineKind, day_words};

/// A line and what more there is to it; `None` for a fact of another part.
pub(super) fn describe(fact: &Fact) -> Option<(TimelineKind, String, Option<String>)> {
    let record = |line: String, more: Option<String>| Some((TimelineKind::Record, line, more));
    match fact {
        Fact::AreaAnswers(area) => record(area_line(area), area_words(area)),
        Fact::Mark(mark) => {
            let why = privacy::protection_words(mark.why);
            match &mark.state {
                MarkState::Set { note } => record(format!("An entry is held back: {why}"), note.clone()),
                MarkState::Removed { reason } => {
                    record(format!("An entry is no longer held back ({why})"), Some(reason.clone()))
                }
            }
        }
        Fact::Permissions(permissions) => record("Permissions".to_owned(), Some(may_words(permissions).join("; "))),
        Fact::MinorCare(minor) => record(minor_words(minor), minor.confidential.clone()),
        Fact::Consent(consent) => record(consent_line(consent), consent_more(consent)),
        Fact::Release(release) => record(release_line(release), Some(scope_words(release))),
        Fact::Condition(condition) => record(condition_line(condition), condition.note.clone()),
        Fact::DatedValue(value) => record(format!("{}: {}", value.name, value_words(value)), None),
        _ => None,
    }
}

/// Consent in words, with the programme where it isn't collaborative care.
pub fn consent_line(consent: &Consent) -> String {
    let said = match &consent.answer {
        ConsentAnswer::Given {
            how: ConsentHow::Verbal,
            ..
        } => "Consent given, verbal",
        ConsentAnswer::Given {
            how: ConsentHow::Written,
            ..
        } => "Consent given, written",
        ConsentAnswer::Given {
            how: ConsentHow::OnFile,
            ..
        } => "Consent on file; its date is to be checked",
        ConsentAnswer::Refused => "Consent refused",
        ConsentAnswer::Withdrawn => "Consent withdrawn",
    };
    match consent.programme {
        Programme::Cocm => said.to_owned(),
        Programme::GeneralBhi => format!("{said}, general behavioral health integration"),
        Programme::Other => format!("{said}, another program"),
    }
}

/// What was explained.
pub fn consent_more(consent: &Consent) -> Option<String> {
    let ConsentAnswer::Given { explained, points, .. } = &consent.answer else {
        return None;
    };
    let points = points.iter().map(|point| explained_words(*point).to_owned());
    let all: Vec<String> = points.chain(explained.clone()).collect();
    (!all.is_empty()).then(|| format!("Explained: {}", all.join("; ")))
}

/// A point that was explained, in words.
pub fn explained_words(point: Explained) -> &'static str {
    match point {
        Explained::Consultant => "a consultant advises",
        Explained::CostSharing => "cost sharing may apply",
        Explained::OnePractitioner => "one practitioner a month",
        Explained::RightToStop => "it can be stopped at any time",
    }
}

fn area_line(area: &AreaAnswers) -> String {
    let info = care::area_info(area.area);
    let title = info.map_or("Area", |info| info.title);
    let asked = area.replies.len();
    let all = info.map_or(asked, |info| info.questions.len());
    format!("Initial assessment: {title}, {asked} of {all} asked")
}

/// What was said, a question each.
fn area_words(area: &AreaAnswers) -> Option<String> {
    let questions = care::area_info(area.area).map_or(&[][..], |info| info.questions);
    let said = questions.iter().filter_map(|q| {
        let reply = area.replies.get(&q.question)?;
        Some(format!("{}: {}", q.title, reply_words(reply)))
    });
    let before = area.treatments.iter().map(treatment_words);
    let all: Vec<String> = said.chain(before).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// A reply in words.
pub fn reply_words(reply: &Said) -> String {
    match reply {
        Said::No => "no".to_owned(),
        Said::Yes { words: Some(words) } => format!("yes, {words}"),
        Said::Yes { words: None } => "yes".to_owned(),
        Said::RatherNot => "would rather not say".to_owned(),
    }
}

/// An earlier treatment in words.
pub fn treatment_words(past: &PastTreatment) -> String {
    let helped = past.helped.map(|helped| match helped {
        Helped::Yes => "helped",
        Helped::Somewhat => "helped somewhat",
        Helped::No => "did not help",
        Helped::NotTolerated => "not tolerated",
        Helped::Unknown => "not known whether it helped",
    });
    let parts = [
        Some(past.what.as_str()),
        past.dose.as_deref(),
        past.how_long.as_deref(),
        helped,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A value with its unit, and whether it is at its target.
pub fn value_words(value: &DatedValue) -> String {
    let unit = value.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let target = value.target.as_ref().map(target_words);
    let at = match (crate::journal::is_at_target(value), target) {
        (Some(true), Some(target)) => format!(", at target ({target})"),
        (Some(false), Some(target)) => format!(", not at target ({target})"),
        _ => String::new(),
    };
    format!("{}{unit}{at}", value.value)
}

/// A target in words.
pub fn target_words(target: &ValueTarget) -> String {
    match target {
        ValueTarget::Below { value } => format!("below {value}"),
        ValueTarget::Above { value } => format!("above {value}"),
        ValueTarget::Between { low, high } => format!("{low} to {high}"),
    }
}

fn condition_line(condition: &Condition) -> String {
    let what = match condition.what {
        Some(ConditionKind::Allergy) => "Allergy",
        Some(ConditionKind::Illness) | None => "Condition",
    };
    match condition.until {
        Some(until) => format!("{what}: {}, until {}", condition.label, day_words(until)),
        None => format!("{what}: {}", condition.label),
    }
}

fn release_line(release: &Release) -> String {
    match (release.revoked, release.until) {
        (Some(day), _) => format!("Release to {} revoked {}", release.to, day_words(day)),
        (None, Some(until)) => format!("Release to {}, until {}", release.to, day_words(until)),
        (None, None) => format!("Release to {}", release.to),
    }
}

/// What a release covers, in words.
pub fn scope_words(release: &Release) -> String {
    let mut parts: Vec<String> = release
        .covers
        .iter()
        .map(|c| privacy::covers_words(*c).to_owned())
        .collect();
    parts.extend(Some(release.scope.trim().to_owned()).filter(|scope| !scope.is_empty()));
    parts.push(
        if release.part2 {
            "with 42 CFR Part 2 records"
        } else {
            "without 42 CFR Part 2 records"
        }
        .to_owned(),
    );
    if release.minor {
        // True whatever age the patient has come to since.
        parts.push("given by the patient, for care that they alone consented to as a minor".to_owned());
    }
    parts.join("; ")
}

/// How a message may be left, and with whom we may speak: a line each. What nobody asked about is said to be so.
pub fn may_words(permissions: &Permissions) -> Vec<String> {
    let ways = [
        (MessageWay::Voicemail, "voicemail"),
        (MessageWay::Text, "text"),
        (MessageWay::Post, "post"),
        (MessageWay::Email, "e-mail"),
    ];
    let said = |wanted: Option<Permission>| -> Vec<&str> {
        let of = |way: &&(MessageWay, &'static str)| permissions.ways.get(&way.0).copied() == wanted;
        ways.iter().filter(of).map(|(_, word)| *word).collect()
    };
    let line = |wanted, words: &str| {
        let named = said(wanted);
        (!named.is_empty()).then(|| format!("{words} {}", named.join(", ")))
    };
    let mut lines: Vec<String> = [
        line(Some(Permission::Yes), "may use"),
        line(Some(Permission::No), "must not use"),
        line(None, "not asked:"),
    ]
    .into_iter()
    .flatten()
    .collect();
    lines.extend(permissions.speak_with.iter().map(|person| {
        let relation = person.relation.as_ref().map(|r| format!(" ({r})")).unwrap_or_default();
        let about = person.about.as_ref().map(|a| format!(" about {a}")).unwrap_or_default();
        format!("may speak with {}{relation}{about}", person.name)
    }));
    lines
}

/// Guardian, and who consented.
pub fn minor_words(minor: &MinorCare) -> String {
    let guardian = minor
        .guardian
        .as_ref()
        .map_or_else(|| "guardian not recorded".to_owned(), |g| format!("guardian {g}"));
    let consented = match &minor.consented {
        MinorConsent::NotAsked => "nobody has consented yet".to_owned(),
        MinorConsent::Guardian => "the guardian consented".to_owned(),
        MinorConsent::Minor { rule } => {
            let rule = rule.as_ref().map(|rule| format!(" ({rule})")).unwrap_or_default();
            format!("the minor alone consented{rule}")
        }
    };
    format!("Minor: {guardian}; {consented}")
}
