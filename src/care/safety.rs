//! Safety concerns and their deadlines. A concern stays until a named person closes it; no clock ever does.

use crate::flowsheet::{Acuity, Cause, ConcernLine, Flowsheet, SafetyItem, ScoreLine};
use crate::instruments::ALARM_SCORE;
use crate::journal::facts::ConcernKind;
use crate::journal::{Day, EntryId, When, Zone};

use super::case::Case;
use super::concern_kind::kind_rule;
use super::office::AsOf;
use super::protocol::Number;
use super::reason::{ConcernState, Found, Needed, Opened, SecondStep};
use super::scale::Scale;

/// Whether a concern had been opened and not closed by then.
pub fn is_open(concern: &ConcernLine, at: &AsOf<'_>) -> bool {
    let closed = concern.closed.is_some_and(|(when, _)| at.has_happened(when));
    concern.day <= at.safety_until && !closed
}

/// An open concern with its deadlines.
pub fn concern_state(sheet: &Flowsheet, concern: &ConcernLine, at: &AsOf<'_>) -> ConcernState {
    state(&Case::of(sheet, at), concern)
}

/// What a concern still lacks before a named person can close it, in words.
pub fn missing_to_close(concern: &ConcernLine) -> Vec<&'static str> {
    let mut missing = Vec::new();
    if concern.untriaged {
        missing.push("a decision on the imported concern");
    }
    if concern.second_step.is_none() {
        missing.push(kind_rule(concern.kind).missing);
    }
    if concern.clinician_told.is_none() {
        missing.push("telling the clinician");
    }
    if concern.next_contact.is_none() {
        missing.push("the next contact");
    }
    missing
}

/// Whether a step of an open concern is due by today and not done.
pub fn owes_today(sheet: &Flowsheet, at: &AsOf<'_>) -> bool {
    let is_due = |needed: Needed| matches!(needed, Needed::By(day) if day <= at.today);
    let open = sheet.concerns.iter().filter(|concern| is_open(concern, at));
    open.map(|concern| concern_state(sheet, concern, at)).any(|state| {
        let steps = [state.triage, state.second_step, state.clinician];
        steps.into_iter().any(is_due) || state.next_contact <= at.today
    })
}

/// Whether the answer that opened a concern doesn't stand any more, because staff changed it to a negative one before its
/// form was saved or the form was entered in error, and nothing else is behind the concern: no positive answer since, no
/// crisis contact, nobody's decision. What the patient answered on the device was never typed in error.
pub fn was_typed_in_error(sheet: &Flowsheet, concern: &ConcernLine) -> bool {
    let Cause::Answer { assessment, .. } = &concern.cause else {
        return false;
    };
    let went_on = concern.joined || concern.reassessed.is_some() || concern.restarted.is_some();
    if went_on || concern.by_patient {
        return false;
    }
    let is_negative = |s: &ScoreLine| {
        let negative = SafetyItem::Line {
            about: concern.kind,
            reached: false,
        };
        s.safety == SafetyItem::Answered(0) || s.safety == negative
    };
    form_of(sheet, *assessment).is_none_or(is_negative) && !is_positive_since(sheet, concern)
}

/// From when on an answer is one to a concern: since it was opened, or since a higher answer last started its steps again.
pub fn answers_since(concern: &ConcernLine) -> When {
    concern.restarted.unwrap_or(concern.opened)
}

/// Whether an answer was given at or after a moment, as far as that is known: of a day without a time nobody knows which
/// came first, so that it is asked again, unless both were written with the very same.
pub fn is_answered_since(answered: When, since: When, zone: Zone) -> bool {
    match (answered, since) {
        (When::At(answered), When::At(since)) => since <= answered,
        _ => answered == since || since.day(zone) < answered.day(zone),
    }
}

/// Whether a measure says since the day of a concern what it is about.
pub(super) fn is_positive_since(sheet: &Flowsheet, concern: &ConcernLine) -> bool {
    let from = first_day(sheet, concern);
    let second_step = |s: &ScoreLine| needs_second_step(concern.kind) && s.acuity >= Some(Acuity::Low);
    let stands = |s: &ScoreLine| s.concern() == Some(concern.kind) || second_step(s);
    sheet.scores.iter().filter(|s| from <= s.day).any(stands)
}

/// The form that an entry is, unless it was entered in error.
fn form_of(sheet: &Flowsheet, entry: EntryId) -> Option<&ScoreLine> {
    sheet.scores.iter().find(|s| s.entry == entry)
}

/// The day from which answers belong to a concern: that of the answer that opened it, also when its form was dated back
/// since.
pub(super) fn first_day(sheet: &Flowsheet, concern: &ConcernLine) -> Day {
    let form = match &concern.cause {
        Cause::Answer { assessment, .. } => form_of(sheet, *assessment),
        Cause::ByHand | Cause::Assessed | Cause::Crisis | Cause::Imported { .. } => None,
    };
    form.map_or(concern.day, |form| form.day.min(concern.day))
}

/// Whether a second step since a concern was opened found thoughts right now, a plan or an intent.
pub(super) fn was_acute(sheet: &Flowsheet, concern: &ConcernLine) -> bool {
    let from = first_day(sheet, concern);
    let acute = |s: &ScoreLine| s.acuity == Some(Acuity::Acute) && from <= s.day;
    needs_second_step(concern.kind) && sheet.scores.iter().any(acute)
}

/// Whether there is a structured second step (C-SSRS screener or ASQ) for this kind of concern.
pub fn needs_second_step(kind: ConcernKind) -> bool {
    kind == ConcernKind::Suicide
}

/// The watch over a patient's closed concerns: the one that runs longest.
pub fn watched(sheet: &Flowsheet, at: &AsOf<'_>) -> Option<Watch> {
    let watches = sheet.concerns.iter().filter_map(|concern| watch_of(sheet, concern, at));
    watches.max_by_key(|watch| watch.until)
}

/// The watch over a closed concern: from the closing to its last day, or to the first case review after it, whichever
/// comes first. A concern that is open is not watched, it is worked on.
pub fn watch_of(sheet: &Flowsheet, concern: &ConcernLine, at: &AsOf<'_>) -> Option<Watch> {
    let (closed, _) = concern.closed?;
    let until = concern.watch_until?;
    let case = Case::of(sheet, at);
    let runs = at.has_happened(closed) && at.today <= until && case.died().is_none();
    (runs && !case.reviewed_after(at.moment(closed))).then(|| Watch {
        kind: concern.kind,
        closed: at.day_of(closed),
        until,
    })
}

/// A closed concern that is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// What the concern was about.
    pub kind: ConcernKind,
    /// The day on which it was closed.
    pub closed: Day,
    /// The last day of the watch, unless a case review ends it before.
    pub until: Day,
}

/// Whether a concern is open, or a positive answer stands without one.
pub(super) fn is_unsafe(case: &Case<'_>) -> bool {
    case.sheet.concerns.iter().any(|c| is_open(c, case.at)) || unanswered_positive(case).is_some()
}

pub(super) fn state(case: &Case<'_>, concern: &ConcernLine) -> ConcernState {
    let at = case.at;
    // A higher answer starts the full step again: what was done before it doesn't count.
    let higher = concern.restarted.filter(|when| at.has_happened(*when));
    let start = higher.map_or(known_since(concern, at), |when| at.day_of(when));
    let needed = |done: Option<When>, number| match done {
        Some(done) if at.has_happened(done) && !higher.is_some_and(|h| at.moment(h).is_after(at.moment(done))) => {
            Needed::Done
        }
        _ => Needed::By(start.plus(case.days(number))),
    };
    let second_step = needed(concern.second_step, Number::SecondStep);
    let clinician = needed(concern.clinician_told, Number::ClinicianTold);
    let again = |step: &Needed| matches!(step, Needed::By(_));
    let (next_contact, agreed) = next_contact(case, concern);
    ConcernState {
        concern: concern.concern,
        kind: concern.kind,
        level: concern.level,
        because: match &concern.cause {
            Cause::Answer {
                instrument,
                item,
                value,
                ..
            } => Opened::Answer(Scale::of(instrument), item.as_str().into(), *value),
            Cause::ByHand | Cause::Assessed | Cause::Crisis => Opened::ByHand,
            Cause::Imported { value, flagged } => Opened::Imported(*value, *flagged),
        },
        opened: concern.opened,
        day: concern.day,
        higher_since: higher
            .filter(|_| again(&second_step) || again(&clinician))
            .map(|when| at.day_of(when)),
        triage: match concern.untriaged {
            true => Needed::By(start.plus(case.days(Number::Triage))),
            false => Needed::NotNeeded,
        },
        second_step,
        clinician,
        next_contact,
        agreed,
        highest: highest(case, concern),
        found: found(case, concern),
    }
}

/// Scores since the day of the answer that opened a concern, that day included, oldest first.
fn since<'a>(case: &Case<'a>, concern: &ConcernLine) -> impl DoubleEndedIterator<Item = &'a ScoreLine> {
    let from = first_day(case.sheet, concern).min(case.at.today);
    let until = case.at.safety_until;
    let scores = case.sheet.scores.iter();
    scores.filter(move |s| from <= s.day && s.day <= until)
}

/// The highest answer to a safety item since, the one that opened the concern included. A score that reached its alarm
/// line is no answer to an item.
fn highest(case: &Case<'_>, concern: &ConcernLine) -> u8 {
    let opened = match concern.cause {
        Cause::Answer { ref item, .. } if item == ALARM_SCORE => 0,
        Cause::Answer { value, .. } => value,
        Cause::Imported { value, .. } => value.unwrap_or(0),
        Cause::ByHand | Cause::Assessed | Cause::Crisis => 0,
    };
    let about = concern.kind == ConcernKind::Suicide;
    let answers = since(case, concern).filter(|_| about).filter_map(|s| match s.safety {
        SafetyItem::Answered(value) => Some(value),
        SafetyItem::None | SafetyItem::NotKnown | SafetyItem::Line { .. } => None,
    });
    answers.fold(opened, u8::max)
}

/// What the structured second steps since came to, however they were recorded.
fn found(case: &Case<'_>, concern: &ConcernLine) -> Option<SecondStep> {
    if !needs_second_step(concern.kind) {
        return None;
    }
    let taken: Vec<Found> = since(case, concern)
        .filter_map(|s| {
            Some(Found {
                scale: Scale::of(&s.instrument),
                acuity: s.acuity?,
                at: s.at,
                day: s.day,
            })
        })
        .collect();
    Some(SecondStep {
        latest: taken.last()?.clone(),
        worst: taken.iter().max_by_key(|found| found.acuity)?.clone(),
    })
}

/// The next contact that an open concern waits for: the day agreed, until there was a contact on it or later;
/// otherwise so many days after it was opened or after the last contact since. There is always one ahead.
fn next_contact(case: &Case<'_>, concern: &ConcernLine) -> (Day, bool) {
    if let Some(agreed) = concern.next_contact
        && !case.contact_since(agreed)
    {
        return (agreed, true);
    }
    let since = known_since(concern, case.at);
    let last = case.contacts().next().map_or(since, |c| c.day);
    (last.max(since).plus(case.days(Number::SafetyContact)), false)
}

/// The day from which a concern's deadlines count: the day of the answer or the decision to open it; for one that
/// came with an import, the day on which somebody decided on it, and until then today. A sheet's answer may be weeks
/// old when it is brought in: nobody here could have acted on it before (docs/decisions/0016).
pub(super) fn known_since(concern: &ConcernLine, at: &AsOf<'_>) -> Day {
    let imported = matches!(concern.cause, Cause::Imported { .. });
    let decided = concern.triaged.filter(|when| at.has_happened(*when));
    match (imported, decided) {
        (false, _) => concern.day.min(at.today),
        (true, Some(when)) => concern.day.max(at.day_of(when)),
        (true, None) => concern.day.max(at.today),
    }
}

/// The latest answered safety item of an instrument, when it is positive and neither the concern that it opened
/// nor a later one is on record. A copy that was merged in part, or a chart from elsewhere, can be like that; a
/// positive answer outranks everything all the same. The value is none where the score itself reached its alarm line.
pub(super) fn unanswered_positive<'a>(case: &Case<'a>) -> Option<(&'a ScoreLine, Option<u8>)> {
    let until_now = || {
        case.sheet
            .scores
            .iter()
            .enumerate()
            .filter(|(_, s)| s.day <= case.at.safety_until)
    };
    let answered = |s: &ScoreLine| matches!(s.safety, SafetyItem::Answered(_) | SafetyItem::Line { .. });
    let found = until_now().filter_map(|(place, score)| {
        let about = score.concern()?;
        let value = match score.safety {
            SafetyItem::Answered(value) => Some(value),
            _ => None,
        };
        let again = |(later, s): (usize, &ScoreLine)| place < later && answered(s) && s.instrument == score.instrument;
        let standing = !until_now().any(again) && !answered_by_concern(case, score, about);
        standing.then_some((score, value))
    });
    found.max_by_key(|(_, value)| *value)
}

/// Whether a concern of this kind is open, was opened by this answer, or was opened or closed on its day or later.
fn answered_by_concern(case: &Case<'_>, score: &ScoreLine, kind: ConcernKind) -> bool {
    case.sheet.concerns.iter().any(|concern| {
        let by_this = matches!(&concern.cause, Cause::Answer { assessment, .. } if *assessment == score.entry);
        let closed_since = concern
            .closed
            .is_some_and(|(when, _)| score.day <= case.at.day_of(when));
        let about = concern.kind == kind && concern.day <= case.at.safety_until;
        by_this || about && (is_open(concern, case.at) || score.day <= concern.day || closed_since)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_older_than_the_concern_or_may_be_is_no_second_step_of_it() {
        let zone: Zone = "America/New_York".parse().unwrap();
        let when = |text: &str| text.parse::<When>().unwrap();
        // When it was answered, since when the concern's steps count, whether it counts.
        let table = [
            ("2026-11-20T09:10:00-05:00", "2026-11-20T14:00:00-05:00", false),
            ("2026-11-20T14:00:00-05:00", "2026-11-20T14:00:00-05:00", true),
            ("2026-11-20T14:05:00-05:00", "2026-11-20T14:00:00-05:00", true),
            // The same instant and a later one, written with another offset.
            ("2026-11-20T19:00:00Z", "2026-11-20T14:00:00-05:00", true),
            ("2026-11-20T13:30:00-06:00", "2026-11-20T14:00:00-05:00", true),
            ("2026-11-20", "2026-11-20T14:00:00-05:00", false),
            ("2026-11-20T09:10:00-05:00", "2026-11-20", false),
            ("2026-11-20", "2026-11-20", true),
            ("2026-11-20", "2026-11-19T14:00:00-05:00", true),
            ("2026-11-19T23:00:00-05:00", "2026-11-20", false),
        ];
        for (answered, since, counts) in table {
            let found = is_answered_since(when(answered), when(since), zone);
            assert_eq!(found, counts, "{answered} since {since}");
        }
    }
}
