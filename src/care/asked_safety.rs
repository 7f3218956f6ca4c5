//! Safety in the initial assessment: which yes opens a concern, and what of the past is known.

use super::areas::{AREAS, answers, area_info};
use crate::journal::facts::{Area, ConcernKind, Question, Said};
use crate::journal::{Day, Folded};

/// The concern that a yes opens, by the patient's age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpensConcern {
    /// Of an adult, and where the age is not known.
    pub adult: ConcernKind,
    /// Of somebody younger than [`Self::of_age`].
    pub minor: ConcernKind,
    /// Years. 18: the age up to which suspected abuse is reported as that of a child
    /// (<https://www.childwelfare.gov/resources/mandated-reporting-child-abuse-and-neglect/>).
    pub of_age: u32,
}

/// What a yes to a question opens: only those that mean "now". What was once, such as a past attempt, opens nothing
/// and is shown with what is known of safety.
pub fn concerns_of(question: Question) -> Option<OpensConcern> {
    let (adult, minor) = match question {
        Question::SuicideNow => (ConcernKind::Suicide, ConcernKind::Suicide),
        Question::HarmOthersNow => (ConcernKind::HarmToOthers, ConcernKind::HarmToOthers),
        Question::TraumaNow => (ConcernKind::PartnerViolence, ConcernKind::AbuseOrNeglect),
        _ => return None,
    };
    let of_age = 18;
    Some(OpensConcern { adult, minor, of_age })
}

/// What a yes was said to, in a concern's own words.
pub fn concern_words_of(question: Question) -> &'static str {
    match question {
        Question::TraumaNow => "not being safe now, or being afraid of somebody",
        _ => AREAS
            .iter()
            .flat_map(|info| info.questions)
            .find(|info| info.question == question)
            .map_or("a question", |info| info.title),
    }
}

/// What is known of safety from the initial assessment, one for every yes that lies in the past or in the family:
/// the day of the conversation, the question's title, what was said.
pub fn known_of_safety(folded: &Folded) -> Vec<(Day, &'static str, Option<&str>)> {
    let of_interest = [
        (Area::PastHarm, Question::PastAttempt),
        (Area::PastHarm, Question::PastSelfHarm),
        (Area::PastHarm, Question::PastViolence),
        (Area::Family, Question::FamilySuicide),
    ];
    let line = |(area, question): (Area, Question)| {
        let asked = answers(folded, area)?;
        let info = area_info(area)?.questions.iter().find(|q| q.question == question)?;
        match asked.replies.get(&question)? {
            Said::Yes { words } => Some((asked.day, info.title, words.as_deref())),
            Said::No | Said::RatherNot => None,
        }
    };
    of_interest.into_iter().filter_map(line).collect()
}
