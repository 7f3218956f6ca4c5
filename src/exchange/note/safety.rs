//! Safety: concerns with what opened them and what was done, safety plans, acute events.

use crate::care::{concern_words, kind_rule, missing_to_close};
use crate::flowsheet::{ConcernLine, EhrItem, Flowsheet};
use crate::instruments::{ALARM_SCORE, title_of};
use crate::journal::facts::*;
use crate::journal::{Day, EntryId, Fact, Stamp, ThingId, When};

use super::lines::line;
use super::source::{Source, date};
use super::template::Fields;
use super::words::{capital, count, words};
use super::{Told, scores};

/// The parts of a safety plan in the order in which it is read.
const PARTS: [(SafetyPlanPart, &str); 7] = [
    (SafetyPlanPart::WarningSigns, "Warning signs"),
    (SafetyPlanPart::OnMyOwn, "What I can do on my own"),
    (
        SafetyPlanPart::PeopleAndPlaces,
        "People and places that take my mind off it",
    ),
    (SafetyPlanPart::PeopleToAsk, "People I can ask for help"),
    (SafetyPlanPart::Professionals, "Professionals and crisis lines"),
    (SafetyPlanPart::SaferPlace, "Making the place safer"),
    (SafetyPlanPart::ReasonsForLiving, "What I live for"),
];

/// The latest safety item and every open concern.
pub(super) fn lines(source: &Source<'_>, day: Day) -> Vec<String> {
    let mut lines = scores::last_safety_items(source, day);
    lines.extend(scores::earlier_positive(source, day));
    lines.extend(open_concerns(source, day));
    lines
}

/// The same for a clinician: of each concern of the episode, closed ones too, also what opened it and how it was closed.
pub fn told(source: &Source<'_>, day: Day) -> Vec<String> {
    let mut lines = scores::last_safety_items(source, day);
    lines.extend(scores::earlier_positive(source, day));
    lines.extend(told_concerns(source, day));
    lines
}

/// Concerns that were open on a day and those that were closed in its episode, each with what opened and closed it.
pub fn told_concerns(source: &Source<'_>, day: Day) -> Vec<String> {
    let since = of_episode(source, day);
    let concerns = source.sheet.concerns.iter();
    let concerns = concerns.filter(|c| was_open_since(source, c, since, day));
    concerns.map(|concern| in_full(source, concern)).collect()
}

/// Concerns that were open on a day and those that were closed in its episode, without what opened them: whom a release
/// tells of safety alone learns no answers.
pub(super) fn named_concerns(source: &Source<'_>, day: Day) -> Vec<String> {
    let since = of_episode(source, day);
    let concerns = source.sheet.concerns.iter();
    let concerns = concerns.filter(|c| was_open_since(source, c, since, day));
    concerns.map(|concern| standing(source, concern)).collect()
}

/// Concerns that were closed in a period before its last day, each with what opened and closed it: on its last day they
/// are told as they stand.
pub(super) fn closed_before(source: &Source<'_>, since: Day, day: Day) -> Vec<String> {
    let concerns = source.sheet.concerns.iter();
    let concerns = concerns.filter(|c| was_open_since(source, c, since, day) && !was_open(source, c, day));
    concerns.map(|concern| in_full(source, concern)).collect()
}

/// The first day of the episode of a day; the day itself where it has none.
pub(super) fn of_episode(source: &Source<'_>, day: Day) -> Day {
    source.episode(day).map_or(day, |episode| episode.opened.min(day))
}

/// A concern as it stands, what opened it, and how it was closed.
fn in_full(source: &Source<'_>, concern: &ConcernLine) -> String {
    let mut said = standing(source, concern);
    let mut openings: Vec<String> = Vec::new();
    for live in source.live() {
        match &live.fact {
            Fact::Concern(opened) if opened.concern == concern.concern => {
                let because = because(source, opened);
                if openings.contains(&because) {
                    continue;
                }
                let how = if openings.is_empty() { "opened by" } else { "again" };
                said.push_str(&format!("; {how}: {because}"));
                openings.push(because);
            }
            Fact::ConcernClosed(closed) if closed.concern == concern.concern && !concern.is_open() => {
                let why = closed.reason.as_ref().map(|why| format!(", because {why}"));
                let done = closed.action.trim_end_matches('.');
                said.push_str(&format!("; done: {done}{}", why.unwrap_or_default()));
            }
            _ => {}
        }
    }
    said
}

/// The safety items of a contact, and what was done about those that are positive.
pub(super) fn of_contact(source: &Source<'_>, taken: &[EntryId], day: Day) -> Vec<String> {
    let asked = scores::safety_items(source, taken);
    let mut lines = match asked.is_empty() {
        true => scores::last_safety_items(source, day),
        false => asked,
    };
    lines.extend(scores::earlier_positive(source, day));
    lines.extend(open_concerns(source, day));
    lines
}

/// Concerns that were open on a day: what stands, and what is missing.
pub(super) fn open_concerns(source: &Source<'_>, day: Day) -> Vec<String> {
    let concerns = source.sheet.concerns.iter().filter(|c| was_open(source, c, day));
    concerns.map(|concern| standing(source, concern)).collect()
}

fn was_open(source: &Source<'_>, concern: &ConcernLine, day: Day) -> bool {
    was_open_since(source, concern, day, day)
}

/// Whether a concern was open on any day of a period.
fn was_open_since(source: &Source<'_>, concern: &ConcernLine, since: Day, day: Day) -> bool {
    concern.day <= day && concern.closed.is_none_or(|(when, _)| since <= source.day(when))
}

/// What a text that tells of a concern calls it.
pub fn concern_title(concern: &ConcernLine) -> String {
    format!("Concern about {}", concern_words(concern.kind))
}

/// The patient's numbers as a message to the treating clinician leaves them: it is itself the telling of each open concern, and
/// doesn't list that as still to do.
pub(super) fn as_told_now(source: &Source<'_>) -> Flowsheet {
    let mut sheet = source.sheet.clone();
    for concern in sheet.concerns.iter_mut().filter(|concern| concern.is_open()) {
        concern.clinician_told.get_or_insert(When::At(source.at.now));
    }
    sheet
}

fn standing(source: &Source<'_>, concern: &ConcernLine) -> String {
    let mut said = format!("{}, opened {}", concern_title(concern), source.when(concern.opened));
    if let Some((when, by)) = concern.closed {
        said.push_str(&format!("; closed {} by {}", source.when(when), source.name(by)));
        return said;
    }
    said.push_str("; OPEN");
    if let Some(when) = concern.second_step {
        let step = kind_rule(concern.kind).missing.trim_start_matches("the ");
        said.push_str(&format!("; {step}: {}", source.when(when)));
    }
    if let Some(when) = concern.clinician_told.filter(|when| *when != When::At(source.at.now)) {
        said.push_str(&format!("; PCP told {}", source.when(when)));
    }
    if let Some(on) = concern.next_contact {
        said.push_str(&format!("; next contact {}", date(on)));
    }
    let missing = missing_to_close(concern);
    if !missing.is_empty() {
        said.push_str(&format!("; still to do: {}", missing.join(", ")));
    }
    said
}

pub(super) fn fields(fields: &mut Fields, source: &Source<'_>, item: &EhrItem, told: &Told<'_>) {
    let taken: Vec<EntryId> = source
        .sheet
        .scores
        .iter()
        .filter(|s| item.day == s.day)
        .map(|s| s.entry)
        .collect();
    let asked = scores::safety_items(source, &taken);
    if !asked.is_empty() {
        fields.all("safety", asked);
        fields
            .lines("safety")
            .extend(scores::earlier_positive(source, item.day));
    }
    let mut about = None;
    for live in &told.entries {
        match &live.fact {
            Fact::Concern(concern) => {
                if about.is_none() {
                    fields.add("concern", opened(source, concern));
                }
                about = Some(concern.concern);
            }
            Fact::ConcernStep(step) => {
                let by = source.name(live.author);
                fields.add(
                    "steps",
                    format!(
                        "{}: {}; {by}{}",
                        source.when(step.at),
                        step_words(source, step),
                        written(source, step.at, live.stamp)
                    ),
                );
            }
            Fact::ConcernClosed(closed) => {
                about = Some(closed.concern);
                let by = source.name(live.author);
                let by = format!("{by}{}", written(source, closed.at, live.stamp));
                fields.add("steps", closing(source, closed, &by));
            }
            Fact::AcuteEvent(event) => {
                fields.set("when", source.when(event.at));
                let note = event.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
                fields.add("concern", format!("{}{note}", capital(&words(event.kind))));
            }
            Fact::SafetyPlan(plan) => fields.all("safety plan", plan_parts(plan)),
            other => fields.lines("also").extend(line(source, other)),
        }
    }
    if let Some(concern) = about {
        stands(fields, source, concern);
    }
    if fields.lines("safety plan").is_empty() {
        let plan = source.sheet.safety_plan.map_or_else(
            || "none on record".to_owned(),
            |(day, review)| {
                let review = review.map(|day| format!(", to be looked at again {}", date(day)));
                format!("of {}{}", date(day), review.unwrap_or_default())
            },
        );
        fields.set("safety plan", plan);
    }
}

/// `, written 20 Nov 2026`, where that is a later day than the one on which it was done.
fn written(source: &Source<'_>, done: When, stamp: Stamp) -> String {
    let zone = source.at.office.zone;
    let written = i64::try_from(stamp.millis()).ok().and_then(|ms| zone.from_millis(ms));
    let written = written.map(|at| zone.day(at)).filter(|day| done.day(zone) < *day);
    written
        .map(|day| format!(", written {}", date(day)))
        .unwrap_or_default()
}

fn stands(fields: &mut Fields, source: &Source<'_>, concern: ThingId) {
    let line = source.sheet.concerns.iter().find(|line| line.concern == concern);
    if let Some(line) = line {
        fields.add("concern", standing(source, line));
    }
}

/// What opened a concern; of an answer that is held back only that it was one.
fn because(source: &Source<'_>, concern: &Concern) -> String {
    match &concern.because {
        Because::Answer { assessment, .. } if source.held.contains(assessment) => {
            "an answer that is held back here".to_owned()
        }
        Because::Answer {
            instrument,
            item,
            value,
            ..
        } if item == ALARM_SCORE => format!("{} reached its alarm line at {value}", title_of(instrument)),
        Because::Answer {
            assessment,
            instrument,
            item,
            value,
        } => scores::answered(source, *assessment, instrument, item, *value),
        Because::ByHand { note } => note.clone(),
        Because::Imported { value, flag } => {
            let value = value.map(|value| format!("item 9 was {value}"));
            let said: Vec<String> = value.into_iter().chain(flag.clone()).collect();
            format!("brought in with a spreadsheet: {}", said.join(", "))
        }
    }
}

fn opened(source: &Source<'_>, concern: &Concern) -> String {
    format!(
        "{}, {} ({}): {}",
        capital(concern_words(concern.kind)),
        words(concern.level),
        source.when(concern.at),
        because(source, concern)
    )
}

fn closing(source: &Source<'_>, closed: &ConcernClosed, by: &str) -> String {
    let why = closed
        .reason
        .as_ref()
        .map(|why| format!(". Why: {why}"))
        .unwrap_or_default();
    let watch = closed.watch_until.map(|day| format!(". Watched until {}", date(day)));
    format!(
        "{}: closed by {by}. Done: {}{why}{}",
        source.when(closed.at),
        closed.action.trim_end_matches('.'),
        watch.unwrap_or_default()
    )
}

pub(super) fn step_words(source: &Source<'_>, step: &ConcernStep) -> String {
    let said = match &step.step {
        Step::SecondStep { outcome, .. } => format!("second step: {outcome}"),
        Step::Told { who, how, name } => {
            let name = name.as_ref().map(|name| format!("{name}, ")).unwrap_or_default();
            format!("told {name}{}: {how}", words(who))
        }
        Step::NextContact { on } => format!("next contact agreed for {}", date(*on)),
        Step::Reassessed {
            assessment,
            value,
            compared,
        } => format!(
            "answered again: {}, {} than before",
            scores::yes_to(source, *assessment).unwrap_or_else(|| value.to_string()),
            match compared {
                Compared::Lower => "lower",
                Compared::Same => "no other",
                Compared::Higher => "HIGHER",
            }
        ),
        Step::Triaged { decision } => format!("decided: {decision}"),
        Step::Action { what } => what.clone(),
        Step::Reported { to, on, by, reference } => {
            let number = reference.as_ref().map(|number| format!(", number {number}"));
            format!(
                "reported to {} {}: {by}{}",
                words(to),
                source.when(*on),
                number.unwrap_or_default()
            )
        }
        Step::NoReport { why } => format!("no report is due: {why}"),
        Step::Checked { answers, outcome } => {
            let mut parts: Vec<String> = answers
                .iter()
                .map(|(question, found)| format!("{} {}", question.replace('_', " "), words(found)))
                .collect();
            parts.extend((!outcome.is_empty()).then(|| outcome.clone()));
            format!("asked: {}", parts.join("; "))
        }
        Step::Disposition { to, note } => {
            let note = note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
            format!("led to {}{note}", words(to))
        }
    };
    match &step.note {
        Some(note) => format!("{said}. {note}"),
        None => said,
    }
}

fn plan_parts(plan: &SafetyPlan) -> Vec<String> {
    let mut lines = vec![format!("of {}", date(plan.day))];
    for (part, title) in PARTS {
        let text = plan.parts.get(&part).map_or("not filled in", String::as_str);
        lines.push(format!("{title}: {text}"));
    }
    lines.extend(plan.review.map(|day| format!("To be looked at again {}", date(day))));
    lines
}

/// How many concerns there were and how many are open. That none was opened doesn't say that nothing was answered.
pub(super) fn tally(source: &Source<'_>, day: Day) -> String {
    let all = i64::try_from(source.sheet.concerns.len()).unwrap_or(0);
    if all == 0 {
        let none = "No concern was opened in this record";
        return match scores::has_told_positives(source, day) {
            true => format!("{none} for these answers"),
            false => none.to_owned(),
        };
    }
    let open = source.sheet.open_concerns().count();
    format!(
        "{}, {open} open",
        count(all, "concern in this record", "concerns in this record")
    )
}
