//! Letters and messages.

use std::collections::BTreeSet;

use crate::journal::{EntryId, Fact, When};

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
    if matches!(to.letter, Letter::Clinician | Letter::Consultant) {
        fields.all("concerns", safety::lines(&source, today));
    }
    let next = clinical::next_contact(&source, today);
    if to.letter == Letter::Patient && [clinical::NOT_AGREED, clinical::HELD_BACK].contains(&next.as_str()) {
        fields.all("next contact", Vec::new());
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
        Fact::ReviewRequest(request) => Some(request),
        _ => None,
    });
    open.filter(|request| last.is_none_or(|last| last < request.at.instant(zone)))
        .map(|request| request.question.clone())
        .collect()
}
