//! The initial assessment: its sections, with what was not asked.

use crate::care::{self, AreaInfo};
use crate::journal::facts::{Area, AreaAnswers, PlanPart, Said};
use crate::journal::{Fact, Live, Slot};

use super::clinical;
use super::lines::line;
use super::source::{Source, date};
use super::template::Fields;
use super::words::{capital, words};

/// Sections that an initial assessment has.
pub(super) const SECTIONS: [PlanPart; 4] = [
    PlanPart::History,
    PlanPart::Strengths,
    PlanPart::Preferences,
    PlanPart::Formulation,
];

pub(super) fn fields(fields: &mut Fields, source: &Source<'_>) {
    for part in SECTIONS {
        let text = match source.head(&Slot::PlanSection(part)) {
            Some(Fact::PlanSection(section)) if !section.text.trim().is_empty() => section.text.as_str(),
            _ if source.folded.head(&Slot::Area(area_of(part))).is_some() => continue,
            _ => "not asked",
        };
        fields.add("history", format!("{}: {text}", capital(&words(part))));
    }
    for info in care::AREAS {
        if let Some(Fact::AreaAnswers(answers)) = source.head(&Slot::Area(info.area)) {
            fields.add("history", area_line(info, answers));
        }
        // Asked on another day than the rest of its area: it stands with its own.
        if source.head(&Slot::Area(info.area)).is_some() {
            for (asked, day, said) in care::asked_before(source.folded, info.area) {
                let replies = [(asked.question, said.clone())].into_iter().collect();
                let alone = AreaAnswers {
                    area: info.area,
                    day,
                    replies,
                    treatments: Vec::new(),
                };
                fields.add("history", area_line(info, &alone));
            }
        }
    }
    let gaps = care::gap_words(source.folded, source.sheet.who.sex);
    if !gaps.is_empty() {
        fields.add("history", format!("Not asked yet: {}", gaps.join("; ")));
    }
    // Whatever else was learned in a form of its own.
    let learned = source.set().filter(is_of_assessment);
    fields
        .lines("history")
        .extend(learned.filter_map(|live| line(source, &live.fact)).collect::<Vec<_>>());
    fields.all("sections", clinical::sections(source, &SECTIONS));
}

fn is_of_assessment(live: &&Live) -> bool {
    let kind = live.fact.kind();
    matches!(live.fact, Fact::Condition(_))
        || (kind.contains("assessment") && !matches!(live.fact, Fact::Assessment(_) | Fact::AreaAnswers(_)))
}

/// The area in which a section of the plan is asked for.
fn area_of(part: PlanPart) -> Area {
    match part {
        PlanPart::Strengths => Area::Strengths,
        PlanPart::Preferences => Area::Preferences,
        PlanPart::Formulation => Area::Formulation,
        _ => Area::PastTreatment,
    }
}

/// `Psychosis: voices or visions: no; unusual beliefs: yes, once in 2019`.
pub(super) fn area_line(info: &AreaInfo, answers: &AreaAnswers) -> String {
    let replies = info.questions.iter().filter_map(|question| {
        let said = match answers.replies.get(&question.question)? {
            Said::No if question.open => "none".to_owned(),
            Said::No => "no".to_owned(),
            Said::Yes { words: Some(words) } if question.open => words.clone(),
            Said::Yes { words: Some(words) } => format!("yes, {words}"),
            Said::Yes { words: None } => "yes".to_owned(),
            Said::RatherNot => "would rather not say".to_owned(),
        };
        // An area of one question has its name.
        Some(match info.questions.len() {
            1 => said,
            _ => format!("{}: {said}", question.title),
        })
    });
    let treatments = answers.treatments.iter().map(|past| {
        let helped = past.helped.map(|helped| format!("helped: {}", words(helped)));
        let parts = [
            Some(past.what.clone()),
            past.dose.clone(),
            past.how_long.clone(),
            helped,
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    let all: Vec<String> = replies.chain(treatments).collect();
    format!("{} (asked {}): {}", info.title, date(answers.day), all.join("; "))
}
