//! Safety in the initial assessment: which yes opens a concern, and what of the past is known.

use super::areas::{AREAS, QuestionInfo, answers, area_info};
use super::safety::is_positive_since;
pub(super) use crate::flowsheet::ASKED_NOTE as ASKED;
use crate::flowsheet::{ConcernLine, Flowsheet};
use crate::journal::facts::{Area, AreaAnswers, Because, ConcernKind, Question, Said};
use crate::journal::{Day, Fact, Folded};

/// Whether a concern was opened by an initial assessment.
pub(super) fn is_asked(because: &Because) -> bool {
    matches!(because, Because::ByHand { note } if note.starts_with(ASKED))
}

/// What was last said to a question that means "now", and the day on which it was asked. An area that is saved of another
/// day has its own answers alone: what was asked before was asked all the same, on its day. Taken back is what a later
/// version of the same day doesn't say.
pub fn asked_on(folded: &Folded, question: Question) -> Option<(Day, &Said)> {
    concerns_of(question)?;
    let versions = folded.live().iter().filter_map(|live| match &live.fact {
        Fact::AreaAnswers(area) if asks(area.area, question) => Some(area),
        _ => None,
    });
    let mut known: Option<(Day, &Said)> = None;
    for area in versions {
        known = match area.replies.get(&question) {
            Some(said) => Some((area.day, said)),
            None => known.filter(|(day, _)| *day != area.day),
        };
    }
    known
}

fn asks(area: Area, question: Question) -> bool {
    area_info(area).is_some_and(|info| info.questions.iter().any(|own| own.question == question))
}

/// What was said to questions that mean "now" and that the area as it stands, being of another day, doesn't say: the
/// question, the day, what was said.
pub fn asked_before(folded: &Folded, area: Area) -> Vec<(&'static QuestionInfo, Day, &Said)> {
    let own = area_info(area).map(|info| info.questions).unwrap_or_default().iter();
    let stands = |question| answers(folded, area).is_some_and(|area| area.replies.contains_key(&question));
    let before = own.filter(|info| !stands(info.question));
    before
        .filter_map(|info| asked_on(folded, info.question).map(|(day, said)| (info, day, said)))
        .collect()
}

/// Whether a concern that the initial assessment opened, and nothing else, has no answer behind it any more: the yes was
/// changed or taken back, and no positive answer came since.
pub fn was_asked_in_error(folded: &Folded, sheet: &Flowsheet, concern: &ConcernLine) -> bool {
    let mut causes = folded.live().iter().filter_map(|live| match &live.fact {
        Fact::Concern(c) if c.concern == concern.concern => Some(&c.because),
        _ => None,
    });
    let is_all_asked = causes.next().is_some_and(is_asked) && causes.all(is_asked);
    let says_yes = |area: &AreaAnswers| {
        area.replies.iter().any(|(question, said)| {
            matches!(said, Said::Yes { .. }) && concern_of(*question, sheet.who.birth, area.day) == Some(concern.kind)
        })
    };
    let stood = |question: Question| match asked_on(folded, question) {
        Some((day, Said::Yes { .. })) => concern_of(question, sheet.who.birth, day) == Some(concern.kind),
        _ => false,
    };
    let mut questions = AREAS.iter().flat_map(|info| info.questions);
    let stands = questions.any(|info| stood(info.question))
        || AREAS.iter().filter_map(|info| answers(folded, info.area)).any(says_yes)
        || is_positive_since(sheet, concern);
    is_all_asked && concern.reassessed.is_none() && !stands
}

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

/// What a yes to a question is about for a patient born on this day; `None` where it doesn't mean "now".
pub fn concern_of(question: Question, birth: Option<Day>, day: Day) -> Option<ConcernKind> {
    let kinds = concerns_of(question)?;
    let age = birth.and_then(|birth| day.years_since(birth));
    let is_minor = age.is_some_and(|age| age < kinds.of_age);
    Some(if is_minor { kinds.minor } else { kinds.adult })
}

/// Questions that mean "now" and whose answer isn't of now any more: it is of another day, or the concern that a yes
/// opened is closed. The next conversation asks them anew.
pub fn asked_anew(areas: &[AreaAnswers], sheet: &Flowsheet, today: Day) -> Vec<Question> {
    let is_over = |area: &AreaAnswers, question: Question, said: &Said| match said {
        _ if concerns_of(question).is_none() => false,
        _ if area.day != today => true,
        Said::Yes { .. } => {
            let kind = concern_of(question, sheet.who.birth, area.day);
            sheet.open_concerns().all(|line| Some(line.kind) != kind)
        }
        Said::No | Said::RatherNot => false,
    };
    let of = |area: &AreaAnswers| {
        let replies = area
            .replies
            .iter()
            .filter(|(question, said)| is_over(area, **question, said));
        replies.map(|(question, _)| *question).collect::<Vec<_>>()
    };
    areas.iter().flat_map(of).collect()
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
