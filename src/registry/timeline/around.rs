//! The lines of contacts, tries, tasks and referrals out.

use super::{Line, channel_word, intervention_word, mode_word};
use crate::care::coordination::{
    ADVOCACY_WITH, COVERED, DAY_PARTS, PLANNING, REFERRAL_ENDS, RESOURCE_KINDS, repeat_words, word_of,
};
use crate::journal::facts::*;
use crate::journal::{When, Zone};
use crate::registry::views::{TimelineKind, day_words};

/// A contact: what it was, what was done; below it what it was about, and the note.
pub(super) fn contact(c: &Contact) -> Line {
    Some((
        TimelineKind::Contact,
        contact_line(c),
        join(talk_lines(c), c.note.as_ref()),
    ))
}

/// A try: what came of it; below it what was left, when it is tried again, and the note.
pub(super) fn attempt(a: &Attempt) -> Line {
    let line = format!("Tried by {}: {}", channel_word(a.by), outcome_word(a.outcome));
    let left = a.left.as_ref().map(|left| format!("Left: {left}"));
    let next = a
        .next
        .map(|part| format!("To be tried again: {}", word_of(DAY_PARTS, part).to_lowercase()));
    let more = left.into_iter().chain(next).collect();
    Some((TimelineKind::Contact, line, join(more, a.note.as_ref())))
}

/// A task as it stands after this entry.
pub(super) fn task(t: &Task) -> Line {
    let what = match (t.done, t.dropped, &t.handed) {
        (Some(_), ..) => "Task done".to_owned(),
        (None, Some(_), Some(to)) => format!("Task handed to {to}"),
        (None, Some(_), None) => "Task dropped".to_owned(),
        (None, None, _) => "Task".to_owned(),
    };
    let again = repeat_words(t).map_or_else(String::new, |often| format!(", {often}"));
    let line = format!("{what}: {} (due {}{again})", t.text, day_words(t.due));
    Some((TimelineKind::Team, line, t.why.clone()))
}

/// One step of a referral out.
pub(super) fn referral(r: &OutgoingReferral, zone: Zone) -> Line {
    let kind = r.kind.map_or_else(String::new, |kind| {
        format!(" ({})", word_of(RESOURCE_KINDS, kind).to_lowercase())
    });
    let step = referral_step(r, zone);
    let more = match r.state {
        ReferralState::Made => join(vec![r.what.clone()], r.note.as_ref()),
        _ => r.note.clone().or_else(|| Some(r.what.clone())),
    };
    Some((TimelineKind::Team, format!("Referral to {}{kind}: {step}", r.to), more))
}

/// What a step says: `sent by letter`, `appointment 4 Nov 10:00`.
pub(in crate::registry) fn referral_step(r: &OutgoingReferral, zone: Zone) -> String {
    match r.state {
        ReferralState::Made => "made".to_owned(),
        ReferralState::Sent => match r.by {
            Some(by) => format!("sent by {}", channel_word(by)),
            None => "sent".to_owned(),
        },
        ReferralState::Booked => match r.at {
            Some(at) => format!("appointment {}", when_words(at, zone)),
            None => "appointment booked".to_owned(),
        },
        ReferralState::Attended => "attended".to_owned(),
        ReferralState::Result => "result came back".to_owned(),
        ReferralState::Ended => match r.ended {
            Some(how) => format!("ended: {}", word_of(REFERRAL_ENDS, how).to_lowercase()),
            None => "ended".to_owned(),
        },
    }
}

fn when_words(at: When, zone: Zone) -> String {
    match at {
        When::At(at) => format!("{} {}", day_words(zone.day(at)), zone.local(at).format("%H:%M")),
        When::Day(day) => day_words(day),
    }
}

fn join(mut lines: Vec<String>, note: Option<&String>) -> Option<String> {
    lines.extend(note.cloned());
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// What a contact was about, a line each.
fn talk_lines(c: &Contact) -> Vec<String> {
    let talk = &c.talk;
    let mut lines = Vec::new();
    let covered = talk.covered.iter().map(|it| word_of(COVERED, *it).to_lowercase());
    let covered: Vec<String> = covered.chain(talk.covered_else.clone()).collect();
    if !covered.is_empty() {
        lines.push(format!("Covered: {}", covered.join(", ")));
    }
    let interpreter = talk.interpreter.as_ref().map(|it| {
        let parts: Vec<&str> = [&it.name, &it.service]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        format!("interpreter {}", parts.join(", "))
    });
    let language: Vec<String> = c.language.iter().cloned().chain(interpreter).collect();
    if !language.is_empty() {
        lines.push(format!("Language: {}", language.join(", ")));
    }
    if let Some(advocacy) = &talk.advocacy {
        let with = word_of(ADVOCACY_WITH, advocacy.with).to_lowercase();
        let name = advocacy
            .name
            .as_ref()
            .map_or_else(String::new, |name| format!(" ({name})"));
        lines.push(format!("Asked of {with}{name}: {}", advocacy.asked));
    }
    let labelled = [("Offered", &talk.offered), ("Chosen", &talk.chosen)];
    lines.extend(
        labelled
            .into_iter()
            .filter_map(|(label, words)| Some(format!("{label}: {}", words.as_ref()?))),
    );
    lines
}

fn contact_line(c: &Contact) -> String {
    let kind = match c.kind {
        ContactKind::InitialAssessment => "Initial assessment",
        ContactKind::FollowUp => "Follow-up",
        ContactKind::Crisis => "Crisis contact",
        ContactKind::RelapsePrevention => "Relapse-prevention contact",
        ContactKind::Advocacy => "Advocacy",
    };
    let others = c.with.iter().filter(|w| **w != With::Patient);
    let who: Vec<&str> = others.map(|w| with_word(*w)).collect();
    let mut line = format!("{kind}, {}", mode_word(c.mode));
    if let Some(planned) = c.talk.planned {
        line.push_str(&format!(", {}", word_of(PLANNING, planned).to_lowercase()));
    }
    if c.inbound {
        line.push_str(", they called");
    }
    if !c.with.contains(&With::Patient) {
        line.push_str(", without the patient");
    }
    if !who.is_empty() {
        line.push_str(&format!(", with {}", who.join(" and ")));
    }
    if let Some(name) = &c.talk.who {
        line.push_str(&format!(" ({name})"));
    }
    if !c.did.is_empty() {
        let did: Vec<&str> = c.did.iter().map(|d| intervention_word(*d)).collect();
        line.push_str(&format!(". {}", did.join(", ")));
    }
    line
}

pub(in crate::registry) fn with_word(with: With) -> &'static str {
    match with {
        With::Patient => "the patient",
        With::Family => "family",
        With::Clinic => "the clinic",
        With::Other => "somebody else",
    }
}

fn outcome_word(outcome: AttemptOutcome) -> &'static str {
    match outcome {
        AttemptOutcome::NoAnswer => "no answer",
        AttemptOutcome::Voicemail => "voicemail left",
        AttemptOutcome::MessageLeft => "message left",
        AttemptOutcome::Sent => "sent",
        AttemptOutcome::NotAGoodTime => "not a good time",
        AttemptOutcome::WrongNumber => "wrong number",
        AttemptOutcome::NotRecorded => "outcome not recorded",
    }
}
