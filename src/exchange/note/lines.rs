//! One fact in a line or two.

use crate::care;
use crate::journal::facts::*;
use crate::journal::{Day, Fact, PersonId, Slot};

use super::any::{any_line, with_others};
use super::clinical::{check_words, medicine_name};
use super::plain;
use super::safety::step_words;
use super::sheets;
use super::source::{Source, date};
use super::words::{capital, list, words};

/// Whether a fact changes treatment or plan.
pub(super) fn is_change(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::TreatmentChange(_)
            | Fact::Medication(_)
            | Fact::MedicationCheck(_)
            | Fact::Diagnosis(_)
            | Fact::Condition(_)
            | Fact::DatedValue(_)
            | Fact::Goal(_)
            | Fact::PlanSection(_)
            | Fact::Barrier(_)
            | Fact::Consent(_)
            | Fact::InitiatingVisit(_)
            | Fact::OutgoingReferral(_)
            | Fact::Education(_)
    )
}

/// A change of treatment or plan.
pub(super) fn change_line(source: &Source<'_>, fact: &Fact) -> Option<String> {
    let change = match fact {
        Fact::TreatmentChange(t) => treatment(source, t),
        Fact::Medication(m) => medication(source, m),
        Fact::MedicationCheck(check) => {
            format!(
                "{}: {}",
                medicine_name(source, check.medication),
                check_words(source, check)
            )
        }
        Fact::Diagnosis(d) => {
            let provisional = if d.provisional { ", provisional" } else { "" };
            let label = d.label.as_ref().map(|label| format!(" {label}")).unwrap_or_default();
            let until = d.until.map(|until| format!(" until {}", date(until)));
            format!(
                "Diagnosis: {}{label}{provisional}, from {}{}",
                d.code,
                date(d.from),
                until.unwrap_or_default()
            )
        }
        Fact::Goal(goal) => self::goal(goal),
        Fact::PlanSection(part) => format!("{}: {}", capital(&words(part.part)), part.text),
        Fact::Barrier(b) => {
            let overcome = b.overcome.map(|day| format!(" (overcome {})", date(day)));
            let said = format!("Barrier, {}: {}{}", words(b.kind), b.text, overcome.unwrap_or_default());
            let since = b.from.map(|day| format!("Since {}", date(day)));
            with_others(sentences(said, [since]), b, &["kind", "text", "overcome", "from"])
        }
        Fact::Consent(consent) => consent_line(source, consent),
        Fact::InitiatingVisit(visit) => {
            let with = visit.practitioner.map(|who| format!(" with {}", source.name(who)));
            let code = visit.code.as_ref().map(|code| format!(", {code}"));
            format!(
                "Initiating visit {}{}{}",
                date(visit.day),
                with.unwrap_or_default(),
                code.unwrap_or_default()
            )
        }
        Fact::OutgoingReferral(r) => referral_out(source, r),
        Fact::Education(given) => sheets::education(given),
        Fact::DatedValue(value) => sheets::value(source, value),
        Fact::Condition(c) => plain::condition(c),
        other => any_line(other),
    };
    Some(change)
}

/// A sentence with others behind it.
fn sentences<const N: usize>(said: String, more: [Option<String>; N]) -> String {
    more.into_iter().flatten().fold(said, |said, one| {
        let end = if said.ends_with(['.', '?', '!']) { "" } else { "." };
        format!("{said}{end} {one}")
    })
}

/// `by Mara Lind, MD on 19 Nov 2026`, as far as it is known.
fn by_and_on(source: &Source<'_>, what: &str, who: Option<PersonId>, on: Option<Day>) -> Option<String> {
    let who = who.map(|who| format!(" by {}", source.name(who)));
    let on = on.map(|day| format!(" on {}", date(day)));
    (who.is_some() || on.is_some()).then(|| format!("{what}{}{}", who.unwrap_or_default(), on.unwrap_or_default()))
}

/// What was not made is not told as made: where it stands comes first.
fn treatment(source: &Source<'_>, t: &TreatmentChange) -> String {
    const TOLD: [&str; 13] = [
        "day",
        "kind",
        "what",
        "why",
        "proposed_by",
        "decided_by",
        "state",
        "medication",
        "proposed_on",
        "decided_on",
        "decision_note",
        "because",
        "decided_with",
    ];
    let (stands, decided, note) = match t.stands() {
        ChangeState::Made => ("", "Decided", "Said with the decision"),
        ChangeState::Proposed => ("PROPOSED, not made: ", "Decided", "Said with it"),
        ChangeState::Declined => ("DECLINED, not made: ", "Declined", "Why it was declined"),
    };
    let said = format!("{stands}{}, {}: {}", capital(&words(t.kind)), date(t.day), t.what);
    let mut said = sentences(
        said,
        [
            t.decision_note.as_ref().map(|text| format!("{note}: {text}")),
            t.why.as_ref().map(|why| format!("Why: {why}")),
            by_and_on(source, "Proposed", t.proposed_by, t.proposed_on),
            match t.decided_with {
                Some(with) => {
                    let on = t.decided_on.map(|on| format!(" on {}", date(on)));
                    Some(format!("{decided} by {}{}", words(with), on.unwrap_or_default()))
                }
                None => by_and_on(source, decided, t.decided_by, t.decided_on),
            },
        ],
    );
    for fired in &t.because {
        let says = fired.says.trim_end_matches('.');
        let rule = format!("Rule, {}: {says} ({}, {})", fired.rule, date(fired.on), fired.protocol);
        said = sentences(said, [Some(rule)]);
    }
    with_others(said, t, &TOLD)
}

fn medication(source: &Source<'_>, m: &Medication) -> String {
    const TOLD: [&str; 13] = [
        "medication",
        "name",
        "dose",
        "from",
        "until",
        "prescriber",
        "prescriber_name",
        "how_often",
        "timing",
        "reason",
        "dose_from",
        "stopped_because",
        "change",
    ];
    let stopped = m.until.map(|until| format!(" stopped {}", date(until)));
    let from = m.from.map(|from| format!(", from {}", date(from)));
    let said = format!(
        "Medication{}: {}{}",
        stopped.unwrap_or_default(),
        care::medicine_words(m),
        from.unwrap_or_default()
    );
    let on_file = m.prescriber.map(|who| source.name(who));
    let prescribers: Vec<String> = on_file.into_iter().chain(m.prescriber_name.clone()).collect();
    let said = sentences(
        said,
        [
            m.stopped_because.as_ref().map(|why| format!("Why stopped: {why}")),
            m.dose_from.map(|day| format!("This dose from {}", date(day))),
            (!prescribers.is_empty()).then(|| format!("Prescribed by {}", prescribers.join("; "))),
            m.reason.as_ref().map(|reason| format!("Taken for: {reason}")),
        ],
    );
    with_others(said, m, &TOLD)
}

fn goal(goal: &Goal) -> String {
    const TOLD: [&str; 7] = ["goal", "text", "by", "state", "measured_by", "from", "settled"];
    let by = goal.by.map(|by| format!(" (by {})", date(by))).unwrap_or_default();
    let said = sentences(
        format!("Goal, {}: {}{by}", words(goal.state), goal.text),
        [
            goal.measured_by.as_ref().map(|how| format!("Measured by: {how}")),
            goal.from.map(|day| format!("Agreed {}", date(day))),
            goal.settled.map(|day| format!("Settled {}", date(day))),
        ],
    );
    with_others(said, goal, &TOLD)
}

fn consent_line(source: &Source<'_>, consent: &Consent) -> String {
    let programme = words(consent.programme);
    let day = date(consent.day);
    let said = match &consent.answer {
        ConsentAnswer::Given { how, explained, points } => {
            let said = format!("Consent to {programme} given {day}, {}", words(how));
            let points = Some(list(points)).filter(|points| !points.is_empty());
            let all: Vec<String> = points.into_iter().chain(explained.clone()).collect();
            sentences(
                said,
                [(!all.is_empty()).then(|| format!("Explained: {}", all.join("; ")))],
            )
        }
        ConsentAnswer::Refused => format!("Consent to {programme} refused {day}"),
        ConsentAnswer::Withdrawn => format!("Consent to {programme} withdrawn {day}"),
    };
    let said = sentences(said, [by_and_on(source, "Taken", consent.taken_by, None)]);
    with_others(said, consent, &["programme", "answer", "day", "taken_by"])
}

fn referral_out(source: &Source<'_>, r: &OutgoingReferral) -> String {
    const TOLD: [&str; 10] = [
        "referral", "to", "what", "state", "day", "kind", "by", "at", "note", "ended",
    ];
    let kind = r.kind.map(|kind| format!(" ({})", words(kind))).unwrap_or_default();
    let said = sentences(
        format!(
            "Referral to {}{kind}, {} {}: {}",
            r.to,
            words(r.state),
            date(r.day),
            r.what
        ),
        [
            r.ended.map(|how| capital(&words(how))),
            r.note.clone(),
            r.by.map(|by| format!("Sent by {}", words(by))),
            r.at.map(|at| format!("Appointment there {}", source.when(at))),
        ],
    );
    with_others(said, r, &TOLD)
}

fn contact(c: &Contact) -> String {
    const TOLD: [&str; 8] = ["at", "mode", "kind", "with", "inbound", "did", "language", "note"];
    let from = if c.inbound { ", the patient reached out" } else { "" };
    let said = sentences(
        format!(
            "Contact, {}, {}{from}, with {}",
            words(c.kind),
            words(c.mode),
            list(&c.with)
        ),
        [
            (!c.did.is_empty()).then(|| list(&c.did)),
            c.language.as_ref().map(|language| format!("Language: {language}")),
            c.note.clone(),
        ],
    );
    with_others(said, c, &TOLD)
}

fn message(source: &Source<'_>, m: &Communication) -> String {
    const TOLD: [&str; 9] = ["at", "to", "person", "by", "text", "name", "held", "feedback", "also"];
    let audience = words(m.to);
    let whom = match m.person.map(|person| source.name(person)).or_else(|| m.name.clone()) {
        Some(name) => format!("{name} ({audience})"),
        None => audience,
    };
    let release = m
        .release
        .and_then(|release| match source.head(&Slot::Release(release)) {
            Some(Fact::Release(release)) => Some(format!(", under the release to {}", release.to)),
            _ => None,
        });
    let said = format!(
        "Message to {whom} by {}{}: {}",
        words(m.by),
        release.unwrap_or_default(),
        m.text
    );
    with_others(said, m, &TOLD)
}

fn referral_in(source: &Source<'_>, r: &Referral) -> String {
    let who = r.by.map(|by| source.name(by)).or_else(|| r.from.clone());
    let warm = if r.warm { ", introduced in person" } else { "" };
    let said = format!(
        "Referred by {}{warm}",
        who.unwrap_or_else(|| "somebody not named".to_owned())
    );
    let said = match &r.reason {
        Some(reason) => format!("{said}: {reason}"),
        None => said,
    };
    with_others(said, r, &["episode", "at", "by", "reason", "warm", "from", "feedback"])
}

/// A fact of any kind; `None` for one that says nothing to a reader of a note.
pub(super) fn line(source: &Source<'_>, fact: &Fact) -> Option<String> {
    Some(match fact {
        Fact::Unknown => "1 entry was written by a newer version and can't be told here".to_owned(),
        Fact::Declined(d) => format!(
            "{} not taken: {}",
            crate::instruments::title_of(&d.instrument),
            words(d.reason)
        ),
        Fact::Communication(m) => message(source, m),
        Fact::Contact(c) => contact(c),
        Fact::Attempt(a) => with_others(
            sentences(
                format!("Tried by {}: {}", words(a.by), words(a.outcome)),
                [a.note.clone()],
            ),
            a,
            &["at", "by", "outcome", "note"],
        ),
        Fact::Appointment(a) => with_others(
            format!(
                "Appointment {}, {}: {}",
                source.when(a.at),
                words(a.mode),
                words(a.state).replace("no show", "did not come")
            ),
            a,
            &["appointment", "at", "mode", "state"],
        ),
        Fact::Referral(r) => referral_in(source, r),
        Fact::ConcernStep(step) => format!("Safety: {}", step_words(source, step)),
        Fact::CaseReview(r) => {
            let by = r.consultant.map(|who| format!(" with {}", source.name(who)));
            let note = r.note.as_ref().map(|note| format!(": {note}"));
            format!("Case review{}{}", by.unwrap_or_default(), note.unwrap_or_default())
        }
        Fact::Recommendation(r) => {
            let by = r.by.map(|by| format!(" of {}", source.name(by))).unwrap_or_default();
            format!("Recommendation{by}: {}", r.text)
        }
        Fact::Answer(a) => {
            let note = a.note.as_ref().map(|note| format!(": {note}"));
            format!(
                "PCP's answer {}: {}{}",
                date(a.day),
                words(a.answer),
                note.unwrap_or_default()
            )
        }
        Fact::Corrected(c) => return plain::correction(source, c),
        Fact::AreaAnswers(a) => plain::area(a),
        Fact::PlannedIntervention(p) => plain::intervention(source, p),
        Fact::PlannedActivity(a) => plain::activity(a),
        Fact::PlanStep(s) => plain::step(s),
        Fact::PlanReview(r) => plain::plan_review(r),
        Fact::Time(t) => plain::time(t),
        Fact::ReadinessRuler(ruler) => sheets::ruler(ruler),
        Fact::ProblemSheet(sheet) => sheets::problem(sheet),
        Fact::CareTeamMember(member) => sheets::member(member),
        Fact::HandedOver(handed) => sheets::handed_over(source, handed),
        fact if is_change(fact) => return change_line(source, fact),
        other => any_line(other),
    })
}
