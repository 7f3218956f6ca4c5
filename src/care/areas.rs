//! The initial assessment: its areas and questions in our own plain words, what was not asked yet, and whether signs of
//! bipolar disorder were asked for before a medicine is advised.

use std::collections::BTreeMap;

use crate::journal::facts::{Answered, Area, AreaAnswers, Question, Said, Sex};
use crate::journal::{Fact, Folded, Slot};

use super::asked_safety::asked_on;

/// An area with its questions.
pub struct AreaInfo {
    /// Which.
    pub area: Area,
    /// Its title.
    pub title: &'static str,
    /// Its questions, in the order in which they are asked.
    pub questions: &'static [QuestionInfo],
}

/// A question.
pub struct QuestionInfo {
    /// Which.
    pub question: Question,
    /// What it is called in lists.
    pub title: &'static str,
    /// How it can be asked.
    pub ask: &'static str,
    /// Whether it asks what, and not whether: then "no" is "asked: none".
    pub open: bool,
}

const fn q(question: Question, title: &'static str, ask: &'static str) -> QuestionInfo {
    QuestionInfo {
        question,
        title,
        ask,
        open: false,
    }
}

const fn what(question: Question, title: &'static str, ask: &'static str) -> QuestionInfo {
    QuestionInfo {
        question,
        title,
        ask,
        open: true,
    }
}

/// All areas, in the order in which they are asked. The areas are those that a first assessment
/// in collaborative care covers; the questions are this project's own words and no instrument's.
pub const AREAS: &[AreaInfo] = &[
    AreaInfo {
        area: Area::PastTreatment,
        title: "Past treatment",
        questions: &[
            q(
                Question::PastMedicines,
                "medicines before now",
                "Have you taken medicine for your mood, nerves or sleep before?",
            ),
            q(
                Question::PastTherapy,
                "therapy before now",
                "Have you had therapy or counseling before?",
            ),
            q(
                Question::PastHospital,
                "hospital stays",
                "Have you ever stayed in a hospital for your mental health?",
            ),
        ],
    },
    AreaInfo {
        area: Area::PastHarm,
        title: "Attempts, violence, thoughts now",
        questions: &[
            q(
                Question::SuicideNow,
                "thoughts of suicide now",
                "Are you having thoughts of ending your life now, or have you had them in these weeks?",
            ),
            q(
                Question::HarmOthersNow,
                "thoughts of harming somebody now",
                "Are you having thoughts of hurting or killing somebody now?",
            ),
            q(
                Question::PastAttempt,
                "past attempts",
                "Have you ever tried to end your life?",
            ),
            q(
                Question::PastSelfHarm,
                "self-harm",
                "Have you ever hurt yourself on purpose without wanting to die?",
            ),
            q(
                Question::PastViolence,
                "violence",
                "Have you ever hurt somebody, or come close to it?",
            ),
        ],
    },
    AreaInfo {
        area: Area::Mania,
        title: "Mania screen",
        questions: &[
            q(
                Question::ManiaMood,
                "high mood or energy",
                "Was there ever a time of several days when you were so full of energy, so high or so irritable that others noticed?",
            ),
            q(
                Question::ManiaSleep,
                "little need of sleep",
                "In such a time, did you sleep far less than usual and not miss it?",
            ),
            q(
                Question::ManiaTold,
                "told of bipolar disorder",
                "Has anybody ever told you that you have bipolar disorder?",
            ),
            q(
                Question::ManiaFamily,
                "bipolar disorder in the family",
                "Does a parent, brother, sister or child of yours have bipolar disorder?",
            ),
            q(
                Question::ManiaAntidepressant,
                "reaction to an antidepressant",
                "Did an antidepressant ever make you restless, sped up or unusually high?",
            ),
        ],
    },
    AreaInfo {
        area: Area::Psychosis,
        title: "Psychosis",
        questions: &[
            q(
                Question::PsychosisSenses,
                "voices or visions",
                "Have you ever heard or seen things that others around you did not?",
            ),
            q(
                Question::PsychosisBeliefs,
                "unusual beliefs",
                "Have you ever been sure that you were watched, followed or controlled when others disagreed?",
            ),
        ],
    },
    AreaInfo {
        area: Area::Substances,
        title: "Substances",
        questions: &[
            q(
                Question::Alcohol,
                "alcohol",
                "Do you drink alcohol? How much, how often?",
            ),
            q(Question::Tobacco, "tobacco", "Do you smoke or vape?"),
            q(
                Question::Drugs,
                "drugs",
                "Do you use cannabis or other drugs, or medicines in another way than prescribed?",
            ),
            q(
                Question::SubstanceTreatment,
                "treatment for substance use",
                "Have you ever been treated for alcohol or drug use?",
            ),
        ],
    },
    AreaInfo {
        area: Area::Trauma,
        title: "Trauma",
        questions: &[
            q(
                Question::TraumaPast,
                "past trauma",
                "Has something frightening or violent happened to you that still troubles you?",
            ),
            q(
                Question::TraumaNow,
                "safety now",
                "Is there anybody you are afraid of now, or any place where you don\u{2019}t feel safe?",
            ),
        ],
    },
    AreaInfo {
        area: Area::Medical,
        title: "Medical",
        questions: &[
            q(
                Question::Illness,
                "medical illness",
                "Do you have illnesses that are being treated or watched?",
            ),
            q(
                Question::Sleep,
                "sleep",
                "Do you have trouble sleeping, or do you snore or stop breathing at night?",
            ),
            q(Question::Pain, "pain", "Do you live with pain?"),
            q(
                Question::Allergies,
                "allergies",
                "Is there any medicine that you are allergic to or can\u{2019}t take?",
            ),
            q(
                Question::Pregnancy,
                "pregnancy",
                "Are you pregnant, or do you hope to be?",
            ),
            q(Question::Breastfeeding, "breastfeeding", "Are you breastfeeding?"),
            q(
                Question::Contraception,
                "contraception",
                "Do you use contraception? Which?",
            ),
        ],
    },
    AreaInfo {
        area: Area::Family,
        title: "Family history",
        questions: &[
            q(
                Question::FamilyIllness,
                "mental illness in the family",
                "Has anybody in your family had depression, anxiety or another mental illness?",
            ),
            q(
                Question::FamilySuicide,
                "suicide in the family",
                "Has anybody in your family tried to end their life, or died that way?",
            ),
            q(
                Question::FamilySubstances,
                "substance use in the family",
                "Has alcohol or drug use been a problem in your family?",
            ),
        ],
    },
    AreaInfo {
        area: Area::Function,
        title: "Function",
        questions: &[
            q(
                Question::Work,
                "work or school",
                "Do your symptoms get in the way at work or school?",
            ),
            q(
                Question::Home,
                "home and daily tasks",
                "Do they get in the way at home: housework, money, looking after yourself?",
            ),
            q(
                Question::Relationships,
                "relationships",
                "Do they get in the way between you and the people close to you?",
            ),
        ],
    },
    AreaInfo {
        area: Area::Supports,
        title: "Supports",
        questions: &[
            what(Question::SupportPeople, "people who help", "Who can you turn to?"),
            what(
                Question::SupportServices,
                "services that help",
                "Which services, groups or communities help you?",
            ),
        ],
    },
    AreaInfo {
        area: Area::Strengths,
        title: "Strengths",
        questions: &[what(
            Question::Strengths,
            "strengths",
            "What are you good at? What has carried you so far?",
        )],
    },
    AreaInfo {
        area: Area::Preferences,
        title: "Preferences",
        questions: &[
            what(
                Question::TreatmentWishes,
                "wishes for treatment",
                "What kind of help do you want? What do you not want?",
            ),
            what(
                Question::Culture,
                "culture, faith, language",
                "Is there anything about your culture, faith or language that we should know?",
            ),
        ],
    },
    AreaInfo {
        area: Area::Diagnosis,
        title: "Provisional diagnosis",
        questions: &[what(
            Question::ProvisionalDiagnosis,
            "provisional diagnosis",
            "What is it most likely, and what else could it be?",
        )],
    },
    AreaInfo {
        area: Area::Formulation,
        title: "Formulation",
        questions: &[what(
            Question::Formulation,
            "formulation",
            "How did it come about, what keeps it going, what protects?",
        )],
    },
];

/// An area's title and questions.
pub fn area_info(area: Area) -> Option<&'static AreaInfo> {
    AREAS.iter().find(|info| info.area == area)
}

/// An area as it stands: of two versions to settle the newer.
pub fn answers(folded: &Folded, area: Area) -> Option<&AreaAnswers> {
    match folded.head(&Slot::Area(area)).map(|live| &live.fact) {
        Some(Fact::AreaAnswers(answers)) => Some(answers),
        _ => None,
    }
}

/// What the patient said to a question; `None` when it was not asked.
pub fn reply(folded: &Folded, question: Question) -> Option<&Said> {
    let info = AREAS
        .iter()
        .find(|info| info.questions.iter().any(|q| q.question == question))?;
    answers(folded, info.area)?.replies.get(&question)
}

/// Whether a question is one for this patient. Nothing is taken from a name or from a sex that isn't recorded.
pub fn is_relevant(question: Question, sex: Option<Sex>) -> bool {
    let of_women = matches!(
        question,
        Question::Pregnancy | Question::Breastfeeding | Question::Contraception
    );
    !(of_women && sex == Some(Sex::Male))
}

/// What was not asked yet, area by area, in the order in which it is asked.
pub fn not_asked(folded: &Folded, sex: Option<Sex>) -> BTreeMap<Area, Vec<Question>> {
    let mut gaps: BTreeMap<Area, Vec<Question>> = BTreeMap::new();
    for info in AREAS {
        if info.area == Area::Mania && mdq(folded).is_some() {
            continue;
        }
        let asked = answers(folded, info.area);
        let open = info.questions.iter().map(|q| q.question).filter(|question| {
            let is_open = || asked.is_none_or(|asked| !asked.replies.contains_key(question));
            is_relevant(*question, sex) && is_open() && asked_on(folded, *question).is_none()
        });
        let open: Vec<Question> = open.collect();
        if !open.is_empty() {
            gaps.insert(info.area, open);
        }
    }
    gaps
}

/// The gaps, an area each: `Mania screen`, or `Medical: pain, allergies` where the rest was asked.
pub fn gap_words(folded: &Folded, sex: Option<Sex>) -> Vec<String> {
    let gaps = not_asked(folded, sex);
    let line = |(area, questions): (&Area, &Vec<Question>)| {
        let info = area_info(*area)?;
        let of_interest = info.questions.iter().filter(|q| is_relevant(q.question, sex)).count();
        if questions.len() == of_interest {
            return Some(info.title.to_owned());
        }
        let titles = info
            .questions
            .iter()
            .filter(|q| questions.contains(&q.question))
            .map(|q| q.title);
        Some(format!("{}: {}", info.title, titles.collect::<Vec<_>>().join(", ")))
    };
    gaps.iter().filter_map(line).collect()
}

/// What is known of bipolar disorder before a medicine is advised: an antidepressant alone can bring on mania.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManiaScreen {
    /// All was asked, and nothing points to it.
    Clear,
    /// The patient said yes to something, or the MDQ was positive.
    Yes(Vec<&'static str>),
    /// It was not asked, or not all of it.
    NotAsked(Vec<&'static str>),
    /// All was put to the patient, who would rather not say.
    RatherNot,
}

/// The state of the mania screen. A yes counts whatever else was asked; a taken MDQ counts as asked.
pub fn mania_screen(folded: &Folded) -> ManiaScreen {
    let Some(info) = area_info(Area::Mania) else {
        return ManiaScreen::Clear;
    };
    let asked = answers(folded, Area::Mania);
    let said = |q: &&QuestionInfo| asked.and_then(|asked| asked.replies.get(&q.question));
    let titles = |wanted: fn(Option<&Said>) -> bool| -> Vec<&'static str> {
        info.questions
            .iter()
            .filter(|q| wanted(said(q)))
            .map(|q| q.title)
            .collect()
    };
    let mut yes = titles(|reply| matches!(reply, Some(Said::Yes { .. })));
    let mdq = mdq(folded);
    if mdq == Some(true) {
        yes.push("MDQ positive");
    }
    let open = titles(|reply| reply.is_none());
    if !yes.is_empty() {
        return ManiaScreen::Yes(yes);
    }
    if mdq.is_some() {
        return ManiaScreen::Clear;
    }
    if !open.is_empty() {
        return ManiaScreen::NotAsked(open);
    }
    match titles(|reply| matches!(reply, Some(Said::RatherNot))).is_empty() {
        true => ManiaScreen::Clear,
        false => ManiaScreen::RatherNot,
    }
}

impl ManiaScreen {
    /// The line that stands wherever a medicine is advised or started; `None` when nothing has to be said.
    pub fn line(&self) -> Option<String> {
        match self {
            Self::Clear => None,
            Self::Yes(what) => Some(format!(
                "Mania screen: yes to {}. An antidepressant alone can bring on mania: the consultant decides.",
                what.join(", ")
            )),
            Self::NotAsked(what) if what.len() == area_info(Area::Mania).map_or(0, |info| info.questions.len()) => {
                Some("Mania screen: not asked yet. Ask it before an antidepressant is advised or started.".to_owned())
            }
            Self::NotAsked(what) => Some(format!(
                "Mania screen: not asked yet: {}. Ask before an antidepressant is advised or started.",
                what.join(", ")
            )),
            Self::RatherNot => {
                Some("Mania screen: the patient would rather not say. Nothing is ruled out by that.".to_owned())
            }
        }
    }
}

/// Whether the latest MDQ with an outcome was positive; `None` when none was taken.
fn mdq(folded: &Folded) -> Option<bool> {
    let taken = folded.live().iter().filter_map(|live| match &live.fact {
        Fact::Assessment(taken) if taken.instrument == "mdq" && matches!(taken.answers, Answered::Items(_)) => {
            let scored = crate::instruments::score_assessment(taken, &crate::instruments::Context::new()).ok()?;
            Some((taken.at, live.stamp, scored.results.get("positive")?.truth()?))
        }
        _ => None,
    });
    let latest = taken.max_by_key(|(at, stamp, _)| (at.day(crate::journal::Zone::UTC), *stamp));
    latest.map(|(_, _, positive)| positive)
}
