//! Scores as a note tells them: severity, change since the last and since the baseline, the rule, the age; and safety items.

use crate::care::decide::asked;
use crate::care::{self, Positive, Scale};
use crate::flowsheet::{SafetyItem, ScoreLine};
use crate::instruments::{
    Context, ItemId, MissingPolicy, SafetyAnswer, Scored, answer_words, definition_taken, score_assessment, title_of,
    yes_or_no,
};
use crate::journal::facts::{Answered, Assessment, Respondent, Sex, Taken};
use crate::journal::{Day, EntryId, Fact};

use super::clinical::HELD_BACK;
use super::source::{Source, date};
use super::words::{count, signed};

/// The most earlier positive answers that are named one by one.
const MOST_NAMED: usize = 5;

/// The latest of each instrument up to a day, the episode's own first. None is said so.
pub(super) fn latest(source: &Source<'_>, day: Day) -> Vec<String> {
    let target = target(source, day);
    let mut instruments: Vec<&str> = source.sheet.scores.iter().map(|s| s.instrument.as_str()).collect();
    instruments.sort_unstable();
    instruments.dedup();
    instruments.sort_by_key(|id| (*id != target.id(), *id));
    let of = |id: &str| {
        let told = |s: &&ScoreLine| s.instrument == id && s.day <= day && !is_held(source, s);
        source.sheet.scores.iter().rfind(told)
    };
    let mut lines: Vec<String> = instruments
        .iter()
        .filter_map(|id| of(id))
        .filter_map(|line| score(source, line, day))
        .collect();
    if of(target.id()).is_none() {
        let mut all = source.sheet.scores.iter();
        let said = match all.any(|s| s.instrument == target.id() && s.day <= day) {
            true => HELD_BACK,
            false => "not asked in this record",
        };
        lines.insert(0, format!("{target}: {said}"));
    }
    lines
}

fn is_held(source: &Source<'_>, line: &ScoreLine) -> bool {
    source.held.contains(&line.entry)
}

/// Those of some entries, and which of the episode's own instruments were left out.
pub(super) fn of_entries(source: &Source<'_>, entries: &[EntryId], day: Day) -> Vec<String> {
    let taken = || source.sheet.scores.iter().filter(|s| entries.contains(&s.entry));
    let mut lines: Vec<String> = taken().filter_map(|line| score(source, line, day)).collect();
    for scale in planned(source, day) {
        if taken().any(|s| s.instrument == scale.id()) {
            continue;
        }
        let before = care::latest(source.sheet, source.episode(day), &scale, day);
        let last = before.map(|(line, point)| {
            if is_held(source, line) {
                return format!("; the last is {HELD_BACK}");
            }
            let ago = day.since(point.day);
            let ago = count(ago, "day", "days");
            format!("; last {} on {} ({ago} before)", point.total, date(point.day))
        });
        lines.push(format!("{scale}: not asked{}", last.unwrap_or_default()));
    }
    lines
}

/// The instruments by which the episode of a day is measured, its own first.
fn planned(source: &Source<'_>, day: Day) -> Vec<Scale> {
    let mut scales = vec![target(source, day)];
    let plans = source.episode(day).into_iter().flat_map(|episode| &episode.measures);
    for plan in plans.filter(|plan| plan.runs_on(day)) {
        let scale = Scale::of(&plan.instrument);
        if !scales.contains(&scale) {
            scales.push(scale);
        }
    }
    scales
}

/// The instrument by which the episode of a day is judged.
fn target(source: &Source<'_>, day: Day) -> Scale {
    let episode = source.episode(day);
    episode.map_or(Scale::Phq9, |episode| care::primary(source.sheet, episode, day))
}

/// One administration: `PHQ-9 19, moderately severe (20 Nov 2026); +5 since 30 Oct 2026 (14); ...`.
pub(super) fn score(source: &Source<'_>, line: &ScoreLine, day: Day) -> Option<String> {
    let taken = assessment(source, line.entry)?;
    let title = title_of(&line.instrument);
    let scored = match score_assessment(taken, &context(source)) {
        Ok(scored) => scored,
        Err(why) => {
            return Some(format!(
                "{title} of {}: not scored. {why} As answered: {}",
                date(line.day),
                raw(taken)
            ));
        }
    };
    let mut said = vec![format!("{title} {}", result(taken, &scored, line))];
    said.extend(taken.respondent.map(|who| match who {
        Respondent::Patient => "answered by the patient".to_owned(),
        Respondent::Parent => "answered by a parent or guardian".to_owned(),
        Respondent::Teacher => "answered by a teacher".to_owned(),
    }));
    if let Some(total) = line.total {
        said.extend(change_since_last(source, line, total));
        said.extend(change_since_baseline(source, line, total));
    }
    let age = match day.since(line.day) {
        0 => String::new(),
        days => format!(", {} old", count(days, "day", "days")),
    };
    Some(format!(
        "{} [{}{age}. Rule: {}]",
        said.join("; "),
        date(line.day),
        scored.rule.trim_end_matches('.')
    ))
}

fn result(taken: &Assessment, scored: &Scored, line: &ScoreLine) -> String {
    let total_only = if line.total_only { ", total only" } else { "" };
    let missing = match line.missing {
        0 => String::new(),
        n => format!(", {n} not answered"),
    };
    match (line.total, &scored.band) {
        (Some(total), Some(band)) => format!("{total}, {}{total_only}{missing}", band.label.to_lowercase()),
        (Some(total), None) => format!("{total}{total_only}{missing}"),
        (None, _) => {
            let definition = definition_taken(taken)
                .ok()
                .filter(|definition| definition.total.is_none());
            let words = definition.and_then(|definition| scored.outcome_words(&definition));
            words.unwrap_or_else(|| format!("no score{missing}"))
        }
    }
}

fn raw(taken: &Assessment) -> String {
    let (total, items) = match &taken.answers {
        Answered::Items(items) => (None, items),
        Answered::Total { total, known } => (Some(format!("total {total}")), known),
    };
    let items = items.iter().map(|(item, value)| format!("{item} {value}"));
    total.into_iter().chain(items).collect::<Vec<_>>().join(", ")
}

fn change_since_last(source: &Source<'_>, line: &ScoreLine, total: u16) -> Option<String> {
    let zone = source.at.office.zone;
    let place = |s: &ScoreLine| (s.day, s.at.instant(zone), s.stamp);
    let is_before = |s: &&ScoreLine| s.instrument == line.instrument && s.total.is_some() && place(s) < place(line);
    // Where the one before is held back, a change would tell it.
    let before = source.sheet.scores.iter().rfind(is_before);
    let before = before.filter(|before| !is_held(source, before))?;
    let first = before.total?;
    Some(format!(
        "{} since {} ({first})",
        signed(i32::from(total) - i32::from(first)),
        date(before.day)
    ))
}

fn change_since_baseline(source: &Source<'_>, line: &ScoreLine, total: u16) -> Option<String> {
    let (episode, scale) = (source.episode(line.day)?, Scale::of(&line.instrument));
    let baseline = care::baseline(source.sheet, episode, &scale, line.day)?;
    if is_held(source, baseline.score) {
        return None;
    }
    if baseline.score.entry == line.entry {
        return Some(format!("this is the baseline ({})", baseline.rule.word()));
    }
    let first = baseline.point.total;
    let percent = care::percent(first, total).map(|percent| format!(" ({} %)", signed(percent)));
    Some(format!(
        "{}{} since baseline {first} of {} ({})",
        signed(i32::from(total) - i32::from(first)),
        percent.unwrap_or_default(),
        date(baseline.point.day),
        baseline.rule.word()
    ))
}

/// The safety items of some administrations: positive in capitals, not known never read as no.
pub(super) fn safety_items(source: &Source<'_>, entries: &[EntryId]) -> Vec<String> {
    let taken = source.sheet.scores.iter().filter(|s| entries.contains(&s.entry));
    taken.flat_map(|line| items_of(source, line)).collect()
}

/// The latest safety items up to a day: those of that day a line each, earlier ones as what was asked last.
pub(super) fn last_safety_items(source: &Source<'_>, day: Day) -> Vec<String> {
    let Some(line) = care::latest_with_safety_item(source.sheet, day) else {
        return vec!["Item 9: not asked in this record".to_owned()];
    };
    if is_held(source, line) {
        return vec![format!("Safety item: the latest answer is {HELD_BACK}")];
    }
    let said = items_of(source, line);
    match day.since(line.day) {
        0 => said,
        days => vec![format!(
            "Not asked again; last: {} ({}, {} before)",
            said.join("; "),
            date(line.day),
            count(days, "day", "days")
        )],
    }
}

/// The positive answers up to a day before the latest, each with its day: `0` today doesn't undo a `2` in March. Where the latest
/// is positive too, the concern of each that was given here tells of it; those of an imported history opened none, and are
/// named.
pub(super) fn earlier_positive(source: &Source<'_>, day: Day) -> Option<String> {
    let earlier = earlier_positives(source, day);
    let (named, others) = care::to_name(earlier, MOST_NAMED);
    let mut title_before = None;
    let mut said: Vec<String> = Vec::new();
    for one in named {
        let title = title_of(&one.form.instrument);
        let on = date(one.form.day);
        // Questions are told in their words, with the instrument that they are of.
        if let Some(yes) = yes_to(source, one.form.entry) {
            said.push(format!("{title}, POSITIVE, on {on}: {yes}"));
            title_before = None;
            continue;
        }
        let at_least = if one.by_total.is_some() { "at least " } else { "" };
        let by_total = one.by_total.map(|total| format!(" (by its total of {total})"));
        let answer = format!(
            "{at_least}{}, POSITIVE, on {on}{}",
            one.value,
            by_total.unwrap_or_default()
        );
        // The instrument is said where it changes.
        said.push(match title_before.as_ref() == Some(&title) {
            true => answer,
            false => format!("{title} safety item {answer}"),
        });
        title_before = Some(title);
    }
    said.extend(others.map(|(n, since)| format!("and {n} more since {}", date(since))));
    (!said.is_empty()).then(|| format!("Earlier: {}", said.join("; ")))
}

/// Whether a text about a day names a positive answer: the latest, or one before it.
pub(super) fn has_told_positives(source: &Source<'_>, day: Day) -> bool {
    care::positives(source.sheet, day).any(|one| !is_held(source, one.form))
}

fn earlier_positives<'a>(source: &Source<'a>, day: Day) -> Vec<Positive<'a>> {
    let sheet = source.sheet;
    let Some(last) = care::latest_with_safety_item(sheet, day) else {
        return Vec::new();
    };
    let is_positive = Positive::of(last).is_some();
    care::positives(sheet, day)
        .filter(|one| one.form.entry != last.entry && !is_held(source, one.form))
        .filter(|one| !is_positive || is_history(source, one))
        .collect()
}

/// Whether an answer was brought in with a sheet, and lies before every concern.
fn is_history(source: &Source<'_>, one: &Positive<'_>) -> bool {
    let is_imported = assessment(source, one.form.entry).is_some_and(|taken| taken.taken == Taken::Imported);
    is_imported && source.sheet.concerns.iter().all(|concern| one.form.day < concern.day)
}

/// `Yes to item 1 ("Have you ...?") and to item 5 ("Are you ...?")`: the safety items of a form that were answered with yes. Who
/// gets a message hasn't the form at hand. `None` where there is none.
pub(super) fn yes_to(source: &Source<'_>, entry: EntryId) -> Option<String> {
    let taken = assessment(source, entry)?;
    let scored = score_assessment(taken, &context(source)).ok()?;
    let yes = scored.safety.iter().filter_map(|(item, answer)| match answer {
        SafetyAnswer::Positive(value) => said_yes(taken, item, *value),
        _ => None,
    });
    let yes: Vec<String> = yes.map(|item| format!("to item {item}")).collect();
    (!yes.is_empty()).then(|| format!("Yes {}", yes.join(" and ")))
}

/// What an answer was that opened a concern: all that was answered with yes in its form, or else the answer itself, also one that
/// was corrected since.
pub(super) fn answered(source: &Source<'_>, entry: EntryId, instrument: &str, item: &str, value: u8) -> String {
    let title = title_of(instrument);
    let question = ItemId::new(item);
    let taken = assessment(source, entry);
    let still = taken.and_then(|taken| score_assessment(taken, &context(source)).ok());
    let still = still.is_some_and(|now| now.safety.get(&question) == Some(&SafetyAnswer::Positive(value.into())));
    match yes_to(source, entry).filter(|_| still && yes_or_no(instrument, item, value) == Some("Yes")) {
        Some(yes) => format!("{title} answered {yes}"),
        None => format!(
            "{title} item {} answered {}",
            with_question(taken, instrument, &question, value),
            answer_words(instrument, item, value)
        ),
    }
}

/// `1, "Have you ...?"`: a question that was answered with yes. `None` where the answer is no yes.
fn said_yes(taken: &Assessment, item: &ItemId, value: i32) -> Option<String> {
    let value = u8::try_from(value).ok()?;
    yes_or_no(&taken.instrument, item.as_str(), value).filter(|said| *said == "Yes")?;
    Some(with_question(Some(taken), &taken.instrument, item, value))
}

/// The place of a question, and, where it was answered with yes, its words as far as they ship with the form that was taken.
fn with_question(taken: Option<&Assessment>, instrument: &str, item: &ItemId, value: u8) -> String {
    let (_, number) = asked(instrument, item.as_str());
    let is_yes = yes_or_no(instrument, item.as_str(), value) == Some("Yes");
    let definition = taken.filter(|_| is_yes).and_then(|taken| definition_taken(taken).ok());
    let question = definition.as_ref().and_then(|definition| definition.item(item));
    match question.map(|question| question.text.as_str()) {
        None | Some("") => number,
        Some(question) => format!("{number} (\"{question}\")"),
    }
}

fn items_of(source: &Source<'_>, line: &ScoreLine) -> Vec<String> {
    let title = title_of(&line.instrument);
    match line.safety {
        SafetyItem::None => return Vec::new(),
        SafetyItem::Line { reached: true, .. } => return vec![format!("{title}: alarm line REACHED")],
        SafetyItem::Line { reached: false, .. } => return vec![format!("{title}: alarm line not reached")],
        SafetyItem::Answered(_) | SafetyItem::NotKnown => {}
    }
    let taken = assessment(source, line.entry);
    let scored = taken.and_then(|taken| Some((taken, score_assessment(taken, &context(source)).ok()?)));
    let Some((taken, scored)) = scored else {
        return vec![match line.safety {
            SafetyItem::Answered(value) => format!("{title} safety item: {value}, POSITIVE"),
            _ => format!("{title} safety item: not known"),
        }];
    };
    let answers = scored.safety.iter().filter_map(|(item, answer)| {
        let (title, number) = asked(&line.instrument, item.as_str());
        let said = match answer {
            SafetyAnswer::Positive(value) => match said_yes(taken, item, *value) {
                Some(yes) => return Some(format!("{title} item {yes}: Yes, POSITIVE")),
                None => format!("{value}, POSITIVE"),
            },
            SafetyAnswer::Negative => format!("{}, negative", answer_words(&line.instrument, item.as_str(), 0)),
            SafetyAnswer::NotAnswered => "not answered or not known; not a no".to_owned(),
            SafetyAnswer::NotAsked => return None,
        };
        Some(format!("{title} item {number}: {said}"))
    });
    answers.collect()
}

fn assessment<'a>(source: &Source<'a>, entry: EntryId) -> Option<&'a Assessment> {
    source.live().find_map(|live| match &live.fact {
        Fact::Assessment(taken) if live.id == entry => Some(taken),
        _ => None,
    })
}

fn context(source: &Source<'_>) -> Context {
    let context = Context::new().with_missing(MissingPolicy::CompleteOnly);
    match source.sheet.who.sex {
        Some(Sex::Female) => context.with("sex", "female"),
        Some(Sex::Male) => context.with("sex", "male"),
        Some(Sex::Other) | None => context,
    }
}
