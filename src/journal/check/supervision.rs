//! What co-signatures, requests to close, points and sessions of supervision, and audits must be.

use super::{Check, LABEL, LONGEST_SECONDS, Problem, TEXT};
use crate::journal::facts::{
    CloseAsked, CoSigned, CoVerdict, RecordAudit, SupervisionKind, SupervisionPoint, SupervisionSession,
};
use crate::journal::{Day, Fact};

/// Most records of one audit: an entry has a size.
const MOST_AUDITED: i64 = 50;
/// Most entries that are signed at once.
const MOST_SIGNED: i64 = 2_000;

impl Check {
    pub(super) fn supervised(&mut self, fact: &Fact) {
        match fact {
            Fact::CoSigned(signed) => self.co_signed(signed),
            Fact::CloseAsked(asked) => self.close_asked(asked),
            Fact::SupervisionPoint(point) => self.point(point),
            Fact::SupervisionSession(session) => self.session(session),
            Fact::RecordAudit(audit) => self.audit(audit),
            _ => {}
        }
    }

    fn co_signed(&mut self, signed: &CoSigned) {
        self.range("Number of entries", super::count(signed.entries.len()), 1, MOST_SIGNED);
        self.maybe("Comment", signed.comment.as_ref(), TEXT);
        if signed.verdict == CoVerdict::Returned && signed.comment.is_none() {
            self.fail("Comment", Problem::Empty);
        }
    }

    /// Only what closes something is asked for; it is what it must be, or it could never be carried out.
    fn close_asked(&mut self, asked: &CloseAsked) {
        self.range("Number of things asked for", super::count(asked.facts.len()), 1, 64);
        for fact in &asked.facts {
            self.0.extend(Fact::read(&fact.kind, &fact.fact.to_string()).problems());
        }
    }

    fn point(&mut self, point: &SupervisionPoint) {
        self.text("What is to be discussed", &point.text, TEXT);
        self.order("Point of supervision", Some(point.day), point.discussed);
    }

    fn session(&mut self, session: &SupervisionSession) {
        self.range(
            "Length of supervision, in seconds,",
            session.seconds.0.into(),
            1,
            LONGEST_SECONDS.into(),
        );
        self.maybe("Kind of supervision", session.other.as_ref(), LABEL);
        if session.kind == SupervisionKind::Other && session.other.is_none() {
            self.fail("Kind of supervision", Problem::Empty);
        }
        if session.with.is_empty() || session.with.contains(&session.supervisor) {
            self.fail("Who was supervised", Problem::Empty);
        }
        self.length("Topics", &session.topics, TEXT);
    }

    fn audit(&mut self, audit: &RecordAudit) {
        self.text("Checklist", &audit.checklist, LABEL);
        self.range("Number of records", super::count(audit.records.len()), 1, MOST_AUDITED);
        if let Some((from, until)) = audit.period {
            self.order("Period of the audit", Some(from), Some(until));
        }
        for finding in audit.records.iter().flat_map(|record| record.items.values()) {
            self.maybe("What the record shows", finding.shown.as_ref(), LABEL);
            self.maybe("Note", finding.note.as_ref(), 2_000);
        }
    }
}

/// The day of what can only lie in the past, and the field that says so.
pub(super) fn happened(fact: &Fact) -> Option<(&'static str, Day)> {
    Some(match fact {
        Fact::SupervisionPoint(point) => ("Date", point.discussed.unwrap_or(point.day)),
        Fact::SupervisionSession(session) => ("Date of supervision", session.day),
        Fact::RecordAudit(audit) => ("Date of the audit", audit.day),
        _ => return None,
    })
}
