//! What trainees wrote, and what a supervisor said of it, in words.

use std::collections::BTreeMap;

use super::super::office::Office;
use super::super::views::{TimelineKind, day_words};
use super::Line;
use crate::care::cosign::{Crew, Signature, Supervised, supervised};
use crate::journal::facts::{CloseAsked, CoVerdict};
use crate::journal::{EntryId, Fact, Folded};

/// Where each entry of a trainee stands, in words.
pub(in crate::registry) fn signatures(folded: &Folded, office: &Office) -> BTreeMap<EntryId, String> {
    let all = supervised(folded, &Crew::of(&office.folded));
    let words = |(entry, one): (EntryId, Supervised)| (entry, signature_words(&one, office));
    all.into_iter().map(words).collect()
}

/// `entered by B. Ito, trainee; co-signature pending`.
pub(in crate::registry) fn signature_words(one: &Supervised, office: &Office) -> String {
    let day = |at: crate::journal::When| day_words(at.day(office.clinic.zone));
    let who = format!("entered by {}, trainee", office.name(one.by));
    match &one.signature {
        Signature::Waits { again: false } => format!("{who}; co-signature pending"),
        Signature::Waits { again: true } => {
            format!("{who}; changed since a supervisor read it, co-signature pending")
        }
        Signature::Signed { by, at } => format!("{who}; co-signed by {} on {}", office.name(*by), day(*at)),
        Signature::Returned { by, at, .. } => {
            format!("{who}; returned by {} on {}, not co-signed", office.name(*by), day(*at))
        }
    }
}

/// The line of a co-signature, a request to close, or a point of supervision.
pub(super) fn describe(fact: &Fact) -> Line {
    match fact {
        Fact::CoSigned(signed) => {
            let number = match signed.entries.len() {
                1 => "an entry".to_owned(),
                several => format!("{several} entries"),
            };
            let line = match signed.verdict {
                CoVerdict::Signed => format!("Co-signed {number}"),
                CoVerdict::Returned => format!("Returned {number} to the trainee"),
            };
            Some((TimelineKind::Team, line, signed.comment.clone()))
        }
        Fact::CloseAsked(asked) => {
            let (what, why) = asked_words(asked);
            Some((TimelineKind::Team, format!("Asked a supervisor to {what}"), why))
        }
        Fact::SupervisionPoint(point) => {
            let line = match point.discussed {
                None => "To be discussed in supervision",
                Some(_) => "Discussed in supervision",
            };
            Some((TimelineKind::Team, line.to_owned(), Some(point.text.clone())))
        }
        _ => None,
    }
}

/// What is asked for, and the reason that the trainee gave.
pub(in crate::registry) fn asked_words(asked: &CloseAsked) -> (String, Option<String>) {
    let facts = asked.facts.iter();
    for fact in facts.map(|fact| Fact::read(&fact.kind, &fact.fact.to_string())) {
        match fact {
            Fact::ConcernClosed(closed) => {
                let why = closed.reason.map_or_else(String::new, |reason| format!(" {reason}"));
                return (
                    "close a safety concern".to_owned(),
                    Some(format!("{}.{why}", closed.action)),
                );
            }
            Fact::StatusChange(change) => {
                let status = super::status_word(&change.status);
                let day = day_words(change.from);
                return (
                    "close the episode".to_owned(),
                    Some(format!("{status}; last day {day}")),
                );
            }
            _ => {}
        }
    }
    ("close something".to_owned(), None)
}
