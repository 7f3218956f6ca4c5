//! What happened, one line each.

mod again;
mod around;
mod before;
pub(super) mod closing;
pub(super) mod intake;
pub(super) mod learned;
mod plan;
pub(super) mod supervised;

use std::collections::BTreeMap;

use super::concern_lines::{acute_word, closing_words, step_line, told_whom};
use super::office::Office;
use super::views::{TimelineKind, TimelineRow, channel_word, day_words};
use crate::care::concern_words;
use crate::care::decide::FORM_WENT_ON;
use crate::care::privacy::{self, WhyHeld};
use crate::instruments::{AssessmentError, Context, Scored, definition_taken, score_assessment, title_of, total_words};
use crate::journal::facts::*;
use crate::journal::{Day, EntryId, Fact, Folded, Live, When, Zone};

pub(super) use around::{referral_step, with_word};
pub(super) use plan::{check_line, education_words, to_words, with_effects};

/// Everything that a chart holds, newest first by when it happened.
pub(super) fn timeline(folded: &Folded, office: &Office) -> Vec<TimelineRow> {
    let zone = office.clinic.zone;
    let held = privacy::held_back(folded);
    let signatures = supervised::signatures(folded, office);
    let mut rows: Vec<TimelineRow> = folded
        .live()
        .iter()
        .filter_map(|live| row(live, folded, office, zone))
        .map(|row| marked(row, &held))
        .map(|row| TimelineRow {
            signature: signatures.get(&row.entry).cloned(),
            ..row
        })
        .collect();
    rows.sort_by_key(|r| std::cmp::Reverse((r.at.day(zone), r.at.instant(zone), r.stamp)));
    rows
}

/// The row with what holds its entry back.
fn marked(mut row: TimelineRow, held: &BTreeMap<EntryId, Vec<WhyHeld>>) -> TimelineRow {
    row.marks = held
        .get(&row.entry)
        .into_iter()
        .flatten()
        .map(|why| why.protection)
        .collect();
    row
}

/// Whether the newer content is only the rest of a form of which the first answers were committed early.
fn went_on(live: &Live, folded: &Folded, by: EntryId) -> bool {
    let answer = folded.live().iter().find(|l| l.id == by);
    answer.is_some_and(|l| {
        let Fact::Corrected(c) = &l.fact else { return false };
        c.entry == live.id && c.reason.as_deref() == Some(FORM_WENT_ON)
    })
}

pub(super) fn row(live: &Live, folded: &Folded, office: &Office, zone: Zone) -> Option<TimelineRow> {
    let (kind, mut line, mut more) = plan::describe(live, office)
        .or_else(|| supervised::describe(&live.fact))
        .or_else(|| describe(&live.fact, folded, office))?;
    if let Some(again) = again::line(live, folded) {
        line = again;
    }
    // Written again for a later answer or a decision: the step beside it says which.
    if let Fact::Concern(c) = &live.fact
        && !live.replaces.is_empty()
    {
        line = format!("Concern stays open: {}", concern_words(c.kind));
    }
    if let Fact::ConcernClosed(closed) = &live.fact
        && is_blind(live, closed, folded)
    {
        line = "Concern closed without having seen a step that another copy had".to_owned();
    }
    if let Some(written) = written_later(live, zone) {
        let written = format!("Written {}", day_words(written));
        more = Some(more.map_or(written.clone(), |more| format!("{more}\n{written}")));
    }
    if live.moved {
        line = format!("{line}. Moved here from another record, where it was first written");
    }
    if super::inbox::is_entered_while_locked(live) {
        line = format!("{line}. Entered while locked, on the clinic's device");
    }
    let corrected = live.corrected_by.is_some_and(|by| !went_on(live, folded, by));
    Some(TimelineRow {
        before: corrected.then(|| before::before(live, folded, office, zone)).flatten(),
        entry: live.id,
        at: happened(live, zone),
        kind,
        line,
        more,
        by: office.name(live.author),
        stamp: live.stamp,
        corrected,
        fact: live.fact.clone(),
        marks: Vec::new(),
        signature: None,
    })
}

/// Whether a closing didn't know of a step that another copy had before it.
fn is_blind(live: &Live, closed: &ConcernClosed, folded: &Folded) -> bool {
    let unseen = |saw: &[EntryId], step: &Live| {
        step.stamp < live.stamp
            && !saw.contains(&step.id)
            && matches!(&step.fact, Fact::ConcernStep(s) if s.concern == closed.concern)
    };
    let saw = closed.saw.as_ref();
    saw.is_some_and(|saw| folded.live().iter().any(|step| unseen(saw, step)))
}

/// The day on which something of safety was written down, where it was done on another.
fn written_later(live: &Live, zone: Zone) -> Option<Day> {
    let done = match &live.fact {
        Fact::Concern(c) => c.at,
        Fact::ConcernStep(s) => s.at,
        Fact::ConcernClosed(c) => c.at,
        _ => return None,
    };
    let millis = i64::try_from(live.stamp.millis()).ok()?;
    let written = zone.day(zone.from_millis(millis)?);
    (done.day(zone) < written).then_some(written)
}

/// When a fact says that it happened; what only holds counts from its own day, or from when it was written.
fn happened(live: &Live, zone: Zone) -> When {
    let day = match &live.fact {
        Fact::StatusChange(f) => Some(f.from),
        Fact::Assignment(f) => Some(f.from),
        Fact::Coverage(f) => Some(f.back.as_ref().map_or(f.from, crate::journal::facts::CameBack::on)),
        Fact::Episode(f) => Some(f.opened),
        Fact::Payer(f) => Some(f.from),
        Fact::Diagnosis(f) => Some(f.from),
        Fact::Recommendation(f) => Some(f.day),
        Fact::Answer(f) => Some(f.day),
        Fact::SafetyPlan(f) => Some(f.day),
        Fact::RelapsePlan(f) => Some(f.day),
        Fact::OutgoingReferral(f) => Some(f.day),
        other => plan::day(other),
    };
    let written = || {
        let millis = i64::try_from(live.stamp.millis()).unwrap_or(i64::MAX);
        When::At(zone.from_millis(millis).unwrap_or_default())
    };
    match &live.fact {
        Fact::Note(f) => f.at,
        Fact::ReviewRequest(f) => f.at,
        Fact::MedicationCheck(f) => f.at,
        Fact::Appointment(f) if f.state != AppointmentState::Booked => f.at,
        other => other
            .happened()
            .map(|(_, at)| at)
            .or(day.map(When::Day))
            .unwrap_or_else(written),
    }
}

pub(super) type Line = Option<(TimelineKind, String, Option<String>)>;

fn describe(fact: &Fact, folded: &Folded, office: &Office) -> Line {
    use TimelineKind::{Contact, Measure, Record, Safety, Team};
    let line = |kind, text: String| Some((kind, text, None));
    let with = |kind, text: String, more: Option<&String>| Some((kind, text, more.cloned()));
    match fact {
        Fact::Contact(c) => around::contact(c),
        Fact::Attempt(a) => around::attempt(a),
        Fact::Communication(m) => with(
            Team,
            match &m.feedback {
                Some(told) => format!(
                    "Letter to whoever referred, {}, by {}, after {}",
                    told_whom(m),
                    channel_word(m.by),
                    intake::after_word(told.after)
                ),
                None => format!("Message to {} by {}", told_whom(m), channel_word(m.by)),
            },
            Some(&m.text),
        ),
        Fact::Note(n) => with(Record, "Note".to_owned(), Some(&n.text)),
        Fact::EnteredInError(e) if e.moved_to.is_some() => {
            let what = match folded.gone(e.entry).map(|gone| &gone.fact) {
                Some(Fact::Contact(_) | Fact::Attempt(_)) => "A contact",
                Some(Fact::Assessment(_)) => "A measure",
                // It went along with its contact.
                Some(Fact::Time(_) | Fact::Declined(_) | Fact::Education(_)) => return None,
                _ => "An entry",
            };
            line(
                Record,
                format!("{what} was moved to another record: it was written on the wrong patient"),
            )
        }
        Fact::Assessment(a) => Some((Measure, assessment_line(a), a.respondent.map(plan::answered_by))),
        Fact::Declined(d) => line(
            Measure,
            format!("{} not taken: {}", title(&d.instrument), decline_word(d.reason)),
        ),
        Fact::MeasurePlan(p) => with(Measure, super::measure_plan::plan_line(p), p.baseline_reason.as_ref()),
        Fact::Time(t) => {
            let activity = office.activity(t.activity, t.own.as_ref().map(|own| own.name.as_str()));
            let mut words = format!("{} min, {activity}", t.seconds.whole_minutes());
            if !t.with.is_empty() {
                let with: Vec<&str> = t.with.iter().map(|with| with_word(*with)).collect();
                words.push_str(&format!(", with {}", with.join(", ")));
            }
            let beside = t.beside.as_ref().map(|why| format!("Kept beside other time: {why}"));
            let more = [t.note.clone(), beside]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(". ");
            Some((TimelineKind::Time, words, (!more.is_empty()).then_some(more)))
        }
        Fact::Concern(c) => {
            let why = match &c.because {
                Because::ByHand { note } => Some(note),
                Because::Answer { .. } | Because::Imported { .. } => None,
            };
            with(Safety, format!("Concern opened: {}", concern_words(c.kind)), why)
        }
        Fact::ConcernStep(s) => with(Safety, step_line(s, office.clinic.zone), s.note.as_ref()),
        Fact::ConcernClosed(c) => Some((Safety, "Concern closed".to_owned(), Some(closing_words(c)))),
        Fact::SafetyPlan(_) => line(Safety, "Safety plan".to_owned()),
        Fact::AcuteEvent(a) => with(Safety, acute_word(a.kind).to_owned(), a.note.as_ref()),
        Fact::CaseReview(r) => with(Team, "Case review".to_owned(), r.note.as_ref()),
        Fact::ReviewRequest(r) if r.is_skip() => with(
            Team,
            "Left out of the case review, first in the next".to_owned(),
            Some(&r.question),
        ),
        Fact::ReviewRequest(r) => with(Team, "Asked for a case review".to_owned(), Some(&r.question)),
        Fact::Recommendation(r) => with(Team, "Recommendation".to_owned(), Some(&r.text)),
        Fact::Answer(a) => with(
            Team,
            format!("Clinician's answer: {}{}", answer_word(a.answer), plan::answer_came(a)),
            a.note.as_ref(),
        ),
        Fact::Task(t) => around::task(t),
        Fact::OutgoingReferral(r) => around::referral(r, office.clinic.zone),
        Fact::Appointment(a) => line(Contact, appointment_line(a, office.clinic.zone)),
        Fact::StatusChange(s) => closing::status(s, folded, office.clinic.zone),
        Fact::HandedOver(h) => closing::handed_over(h),
        Fact::Assignment(a) => {
            let name = a.care_manager.map_or_else(|| "nobody".to_owned(), |p| office.name(p));
            with(Record, format!("Care manager: {name}"), a.why.as_ref())
        }
        Fact::Coverage(c) => intake::coverage(c, office),
        Fact::Registration(_) => line(Record, "Registration".to_owned()),
        Fact::RelapsePlan(p) => closing::relapse_plan(p),
        Fact::Snooze(s) => {
            let reason = Some(s.reason.clone());
            Some((Record, format!("Put off until {}", day_words(s.until)), reason))
        }
        Fact::EhrCopy(copy) => with(Record, super::notes::copy_line(copy), Some(&copy.text)),
        Fact::Unknown => line(Record, "Written by a newer version; kept as it is".to_owned()),
        other => intake::describe(other, office).or_else(|| learned::describe(other)),
    }
}

/// A title as people know it; an instrument that this version doesn't know keeps its id.
pub(super) fn title(instrument: &str) -> String {
    title_of(instrument).into_owned()
}

pub(super) fn assessment_line(a: &Assessment) -> String {
    let title = title(&a.instrument);
    let scored = match score_assessment(a, &Context::new()) {
        Ok(scored) => scored,
        Err(AssessmentError::UnknownVersion { version }) => {
            let raw = raw_answers(a);
            return format!("{title}: version {version} of the form isn't known here, so it isn't scored. {raw}");
        }
        Err(_) => return format!("{title}: can't be scored by this version. {}", raw_answers(a)),
    };
    let prorated = scored
        .prorated
        .as_ref()
        .map(|it| format!(" of its own, {} where prorated", it.rounded));
    let known = match &a.answers {
        Answered::Total { known, .. } => known,
        Answered::Items(items) => items,
    };
    let points = |total: crate::instruments::Score| total_words(&a.instrument, total.points(), known);
    match (scored.total, scored.band.as_ref()) {
        (Some(total), Some(band)) => format!("{title} {}, {}", points(total), band.label.to_lowercase()),
        (Some(total), None) => format!("{title} {}", points(total)),
        (None, _) => match (without_total(a, &scored), scored.missing.len()) {
            (Some(name), _) => format!("{title}: {name}"),
            (None, 0) => format!("{title}: no total"),
            (None, missing) => {
                let prorated = prorated.unwrap_or_default();
                format!("{title}: {missing} not answered, no score{prorated}")
            }
        },
    }
}

/// The answers as they are stored, for a form that isn't scored.
fn raw_answers(a: &Assessment) -> String {
    let (total, items) = match &a.answers {
        Answered::Items(items) => (None, items),
        Answered::Total { total, known } => (Some(format!("total {total}")), known),
    };
    let items = items.iter().map(|(item, value)| format!("{item} {value}"));
    let all: Vec<String> = total.into_iter().chain(items).collect();
    format!("As answered: {}", all.join(", "))
}

/// What an instrument without a total comes to.
fn without_total(a: &Assessment, scored: &Scored) -> Option<String> {
    let definition = definition_taken(a)
        .ok()
        .filter(|definition| definition.total.is_none())?;
    scored.outcome_words(&definition)
}

fn appointment_line(a: &Appointment, zone: Zone) -> String {
    let at = match a.at {
        When::At(at) => format!("{} {}", day_words(zone.day(at)), zone.local(at).format("%H:%M")),
        When::Day(day) => day_words(day),
    };
    let state = match a.state {
        AppointmentState::Booked => "booked",
        AppointmentState::Kept => "kept",
        AppointmentState::Cancelled => "cancelled",
        AppointmentState::NoShow => "no-show",
    };
    format!("Appointment {at}, {}: {state}", mode_word(a.mode))
}

/// A status in words.
pub(super) fn status_word(status: &Status) -> String {
    match status {
        Status::Referred => "referred".to_owned(),
        Status::Outreach => "outreach".to_owned(),
        Status::Enrolled => "enrolled".to_owned(),
        Status::Active => "active".to_owned(),
        Status::RelapsePrevention => "relapse prevention".to_owned(),
        Status::OnHold { review } => format!("on hold, review {}", day_words(*review)),
        Status::Closed { reason, .. } => format!("closed, {}", close_word(*reason)),
    }
}

/// Why an episode was closed, in words.
pub(super) fn close_word(reason: CloseReason) -> &'static str {
    match reason {
        CloseReason::GoalsMet => "goals met",
        CloseReason::ReferredOn => "referred on",
        CloseReason::Declined => "declined",
        CloseReason::Unreachable => "could not be reached",
        CloseReason::Moved => "moved away",
        CloseReason::CoverageLost => "coverage lost",
        CloseReason::Died => "died",
        CloseReason::NotRecorded => "reason not recorded",
        CloseReason::Other => "other reason",
    }
}

/// How a contact takes place, in words.
pub(super) fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Phone => "phone",
        Mode::Video => "video",
        Mode::InPerson => "in person",
        Mode::Home => "at home",
        Mode::Portal => "portal",
        Mode::Group => "group",
    }
}

/// What a time entry was spent on, in the words that it had when it was written.
pub(super) fn time_word(time: &Time) -> String {
    let own = time.own.as_ref().map(|own| own.name.clone());
    own.unwrap_or_else(|| activity_word(time.activity).to_owned())
}

/// What time was spent on, in words.
pub(super) fn activity_word(activity: Activity) -> &'static str {
    match activity {
        Activity::Outreach => "outreach and engagement",
        Activity::WarmHandoff => "warm handoff",
        Activity::Assessment => "initial assessment and plan",
        Activity::Scales => "giving and scoring scales",
        Activity::FollowUp => "follow-up contact",
        Activity::Intervention => "brief intervention",
        Activity::Group => "group treatment",
        Activity::Family => "contact with family",
        Activity::MedicationSupport => "medication support",
        Activity::CaseloadReview => "caseload review",
        Activity::PsychiatricConsult => "psychiatric consultation",
        Activity::ClinicianCollaboration => "treating clinician",
        Activity::Coordination => "care coordination",
        Activity::Registry => "registry and tracking",
        Activity::PlanRevision => "changing the plan",
        Activity::Crisis => "crisis response",
        Activity::RelapsePlanning => "relapse-prevention planning",
        Activity::ChartReview => "chart review",
        Activity::Documentation => "documentation",
        Activity::Psychotherapy => "psychotherapy billed on its own",
        Activity::OtherProgramme => "another program",
        Activity::Scheduling => "scheduling",
        Activity::Supervision => "supervision and meetings",
        Activity::NoShow => "waiting for a missed visit",
        Activity::Travel => "travel",
        Activity::Own(_) => "an activity of the clinic\u{2019}s own",
    }
}

/// What was done in a contact, in words.
pub(super) fn intervention_word(did: Intervention) -> &'static str {
    match did {
        Intervention::BehaviouralActivation => "behavioral activation",
        Intervention::ProblemSolving => "problem solving",
        Intervention::MotivationalInterviewing => "motivational interviewing",
        Intervention::CognitiveTechniques => "cognitive techniques",
        Intervention::Mindfulness => "mindfulness",
        Intervention::Supportive => "support",
        Intervention::MedicationCheck => "medication check",
        Intervention::Resources => "resources",
        Intervention::Education => "education",
        Intervention::Coordination => "coordination",
        Intervention::SafetyPlanning => "safety planning",
        Intervention::RelapsePlanning => "relapse planning",
    }
}

fn decline_word(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::Refused => "the patient did not want to",
        DeclineReason::NoTime => "no time",
        DeclineReason::Unable => "not able to",
        DeclineReason::Language => "language",
    }
}

/// What kind of treatment change, in words.
pub(super) fn change_word(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::MedicationStarted => "Medication started",
        ChangeKind::DoseChanged => "Dose changed",
        ChangeKind::MedicationSwitched => "Medication switched",
        ChangeKind::MedicationStopped => "Medication stopped",
        ChangeKind::PsychosocialChanged => "Psychosocial treatment changed",
        ChangeKind::Referred => "Referred",
        ChangeKind::Other => "Treatment changed",
    }
}

fn adherence_word(adherence: Adherence) -> &'static str {
    match adherence {
        Adherence::Good => "good",
        Adherence::Partial => "partial",
        Adherence::Poor => "poor",
        Adherence::Stopped => "stopped by the patient",
    }
}

/// The clinician's answer, in words.
pub(super) fn answer_word(answer: AnswerKind) -> &'static str {
    match answer {
        AnswerKind::Accepted => "accepted",
        AnswerKind::Declined => "declined",
        AnswerKind::Later => "later",
        AnswerKind::Done => "accepted and done",
    }
}

/// A section of the plan, in words.
pub(super) fn part_word(part: PlanPart) -> &'static str {
    match part {
        PlanPart::Problems => "problems",
        PlanPart::Interventions => "interventions",
        PlanPart::Strengths => "strengths",
        PlanPart::Preferences => "preferences",
        PlanPart::History => "history",
        PlanPart::Formulation => "formulation",
    }
}
