//! A case review: who, what was asked, what was advised, what the treating clinician said.

use crate::flowsheet::EhrItem;
use crate::journal::{Fact, When};

use super::lines::line;
use super::source::{Source, date};
use super::template::Fields;
use super::words::words;
use super::{Told, scores};

pub(super) fn fields(fields: &mut Fields, source: &Source<'_>, item: &EhrItem, told: &Told<'_>) {
    fields.all("scores", scores::latest(source, item.day));
    fields.set("consultant", "not named");
    let mut reviewed = None;
    for live in &told.entries {
        match &live.fact {
            Fact::CaseReview(review) => {
                reviewed = Some(review.at);
                fields.set("when", source.when(review.at));
                fields.maybe("consultant", review.consultant.map(|who| source.name(who)));
                fields.maybe("note", review.note.clone());
            }
            Fact::Recommendation(advice) => {
                fields.maybe("consultant", advice.by.map(|who| source.name(who)));
                fields.add("advice", advice.text.clone());
            }
            Fact::Answer(answer) => {
                let note = answer.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
                fields.add("answer", format!("{} {}{note}", date(answer.day), words(answer.answer)));
            }
            other => fields.lines("also").extend(line(source, other)),
        }
    }
    if fields.lines("advice").is_empty() {
        fields.set("advice", "none recorded");
    }
    if fields.lines("answer").is_empty() {
        fields.set("answer", "not yet");
    }
    let question = asked_before(source, reviewed.unwrap_or(item.at));
    fields.all("question", question);
}

/// What was asked since the review before.
fn asked_before(source: &Source<'_>, until: When) -> Vec<String> {
    let zone = source.at.office.zone;
    let until = until.instant(zone);
    let reviews = source.sheet.reviews.iter().map(|r| r.at.instant(zone));
    let since = reviews.filter(|at| *at < until).max();
    let asked = source.live().filter_map(|live| match &live.fact {
        Fact::ReviewRequest(request) if !request.is_skip() => Some(request),
        _ => None,
    });
    asked
        .filter(|r| r.at.instant(zone) <= until && since.is_none_or(|since| since < r.at.instant(zone)))
        .map(|r| r.question.clone())
        .collect()
}
