//! Letters and messages.

use std::collections::BTreeSet;

use crate::care::Language;
use crate::journal::{Day, EntryId, Fact, Folded, Slot, When};

use super::common;
use super::paper::Letter;
use super::release::{held_words, part2_notice, untold};
use super::source::{Source, date};
use super::template::render;
use super::{clinical, safety};

/// What is asked of whoever gets an open recommendation.
const PLEASE_ANSWER: &str = "Please answer with one of these: accepted / declined / later. If you accept, please say what \
                             you changed and when.";

/// To whom a letter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipient<'a> {
    /// Kind of letter.
    pub letter: Letter,
    /// The name; empty when it is to be filled in.
    pub name: &'a str,
}

/// A letter, by a template. What is held back and not `confirmed` is not told, and a line says how many.
pub fn letter(source: &Source<'_>, to: Recipient<'_>, confirmed: &BTreeSet<EntryId>, template: &str) -> String {
    let held = untold(source.folded, confirmed);
    let source = Source { held: &held, ..*source };
    let today = source.at.today;
    let mut fields = common::fields(&source, today, source.me, When::At(source.at.now));
    // Safety is told to the treating team; nobody else learns of it by a template.
    fields.all("safety", Vec::new());
    let name = match (to.name.trim(), to.letter) {
        ("", Letter::Clinician) => source.sheet.who.clinician.map(|pcp| source.name(pcp)),
        ("", Letter::Patient) => Some(source.sheet.who.given.clone()),
        ("", _) => None,
        (name, _) => Some(name.to_owned()),
    };
    fields.set("recipient", name.unwrap_or_else(|| "[name]".to_owned()));
    let enrolled = source
        .episode(today)
        .and_then(|episode| episode.enrolled().or(Some(episode.opened)));
    fields.set("since", enrolled.map_or_else(|| "[date]".to_owned(), date));
    let advice = clinical::advice(&source);
    if !advice.is_empty() {
        fields.set("please answer", PLEASE_ANSWER);
    }
    fields.all(
        "advice",
        match advice.is_empty() {
            true => vec!["none is open".to_owned()],
            false => advice,
        },
    );
    match to.letter {
        Letter::Clinician => {
            let sheet = safety::as_told_now(&source);
            let source = Source {
                sheet: &sheet,
                ..source
            };
            fields.all("concerns", safety::told(&source, today));
        }
        Letter::Consultant => fields.all("concerns", safety::told(&source, today)),
        _ => {}
    }
    let next = clinical::next_contact(&source, today);
    if to.letter == Letter::Patient && [clinical::NOT_AGREED, clinical::HELD_BACK].contains(&next.as_str()) {
        fields.all("next contact", Vec::new());
    }
    if to.letter == Letter::Patient {
        fields.set("opening", opening(&source));
        fields.maybe("language", written_in(source.folded));
    }
    fields.all("question", question(&source));
    fields.set("crisis line", crisis_line(&source));
    fields.maybe("held back", held_words(source.folded, &held));
    let mut text = render(template, &fields);
    if let Some(notice) = part2_notice(source.folded, &held) {
        text.push_str(&format!("\n\n{notice}"));
    }
    text
}

/// Why a letter goes to the patient: after a try without contact they were not reached; else it sums up what was spoken
/// of in this episode.
fn opening(source: &Source<'_>) -> String {
    const NOT_REACHED: &str = "I tried to reach you because I would like to hear how you are.";
    let (sheet, zone, today) = (source.sheet, source.at.office.zone, source.at.today);
    let opened = source.episode(today).map(|episode| episode.opened);
    let is_now = |day: &Day| opened.is_none_or(|opened| opened <= *day) && *day <= today;
    let spoken = sheet.contacts.iter().filter(|c| c.with_patient && is_now(&c.day));
    let spoken = spoken.max_by_key(|c| (c.day, c.at.instant(zone)));
    let tried = sheet.attempts.iter().filter(|a| is_now(&a.day));
    let tried = tried.map(|a| (a.day, a.at.instant(zone))).max();
    // The contact may have been somebody else's of the team.
    let with = spoken.and_then(|spoken| source.folded.live().iter().find(|live| live.id == spoken.entry));
    let with = match with {
        Some(live) if live.author == source.me => "me",
        _ => "us",
    };
    match (spoken, tried) {
        (None, None) => "I would like to hear how you are.".to_owned(),
        (None, Some(_)) => NOT_REACHED.to_owned(),
        (Some(spoken), Some(tried)) if (spoken.day, spoken.at.instant(zone)) < tried => NOT_REACHED.to_owned(),
        (Some(spoken), _) if source.held.contains(&spoken.entry) => {
            format!("Thank you for talking with {with}. This is a summary for you.")
        }
        (Some(spoken), _) => format!(
            "Thank you for talking with {with} on {}. This is a summary for you.",
            date(spoken.day)
        ),
    }
}

/// That a text is in English, where the patient speaks another language: no other wording ships.
pub fn written_in(folded: &Folded) -> Option<String> {
    let Some(Fact::Registration(who)) = folded.head(&Slot::Registration).map(|live| &live.fact) else {
        return None;
    };
    let language = who
        .language
        .as_deref()
        .map(str::trim)
        .filter(|language| !language.is_empty())?;
    // What follows it is said of the interpreter.
    let name = language.split([';', ',']).next().map_or(language, str::trim);
    (Language::of(language) != Some(Language::English))
        .then(|| format!("Written in English; {name} is this patient's language."))
}

/// 988 and the clinic's own line.
pub(super) fn crisis_line(source: &Source<'_>) -> String {
    let line = source.clinic.crisis_line.as_ref();
    let line = line.map(|line| format!("; {}: {line}", source.clinic.name));
    format!(
        "call or text 988, day and night, or call 911{}",
        line.unwrap_or_default()
    )
}

/// What waits to be asked at the next case review.
pub(super) fn question(source: &Source<'_>) -> Vec<String> {
    let zone = source.at.office.zone;
    let last = source.sheet.reviews.last().map(|review| review.at.instant(zone));
    let open = source.live().filter_map(|live| match &live.fact {
        Fact::ReviewRequest(request) if !request.is_skip() => Some(request),
        _ => None,
    });
    open.filter(|request| last.is_none_or(|last| last < request.at.instant(zone)))
        .map(|request| request.question.clone())
        .collect()
}
