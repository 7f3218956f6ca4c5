//! What a concern of each kind needs before a named person may close it: a first step of its own, the treating clinician
//! told, and a next contact. What is said here is a reminder with its source; the law of the place and the clinic's own
//! policy hold, and nothing here decides.

use crate::journal::facts::{AcuteKind, ConcernKind, Found};

/// The first of the three things that closing needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstStep {
    /// A structured second step: ASQ or the C-SSRS screener.
    SecondStep,
    /// A report or a warning was made, or it is said why none is due.
    Report,
    /// The questions that go with the kind.
    Questions(&'static [Question]),
}

/// A question that is asked beside a concern, in this project's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its id in entries.
    pub id: &'static str,
    /// Its words.
    pub text: &'static str,
    /// The answer that asks for help at once.
    pub urgent: Option<Found>,
}

/// What holds for a kind of concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindRule {
    /// What comes first.
    pub first: FirstStep,
    /// Its name: `Second step`.
    pub name: &'static str,
    /// Its name in a sentence about what is missing: `the second step`.
    pub missing: &'static str,
    /// The rule, in a sentence or two.
    pub rule: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Lines to call: whose, and the number.
    pub lines: &'static [(&'static str, &'static str)],
}

const fn ask(id: &'static str, text: &'static str, urgent: Option<Found>) -> Question {
    Question { id, text, urgent }
}

/// The National Domestic Violence Hotline: <https://www.thehotline.org>.
const PARTNER: &[Question] = &[
    ask(
        "safe_to_talk",
        "Is it safe to talk now, and can nobody listen in?",
        Some(Found::No),
    ),
    ask("danger_today", "Is there danger at home today?", Some(Found::Yes)),
    ask(
        "weapon_or_choking",
        "Was there a weapon, or were hands around the neck?",
        Some(Found::Yes),
    ),
    ask("worse_lately", "Has it become worse or more frequent?", None),
    ask("children", "Do children live there?", None),
];
const OVERDOSE: &[Question] = &[
    ask("awake", "Awake, and breathing as usual?", Some(Found::No)),
    ask(
        "meant_to_die",
        "Was it meant to end their life? Then open a concern about suicide too.",
        Some(Found::Yes),
    ),
    ask(
        "mixed",
        "Opioids, alcohol or sedatives taken together?",
        Some(Found::Yes),
    ),
    ask(
        "withdrawal",
        "Alcohol or sedatives stopped in the last three days: shaking, fits, confusion?",
        Some(Found::Yes),
    ),
    ask("naloxone", "Naloxone at hand, and somebody who can give it?", None),
];
const PSYCHOSIS: &[Question] = &[
    ask(
        "commands",
        "Voices that tell them to harm themselves or somebody?",
        Some(Found::Yes),
    ),
    ask(
        "fear",
        "Afraid of somebody in particular, or ready to defend themselves?",
        Some(Found::Yes),
    ),
    ask(
        "oriented",
        "Do they know where they are, and what day it is?",
        Some(Found::No),
    ),
    ask("eats_sleeps", "Eating, drinking and sleeping?", None),
    ask("somebody_there", "Is somebody with them?", None),
];
const MANIA: &[Question] = &[
    ask("no_sleep", "Hardly any sleep for several nights, and not tired?", None),
    ask(
        "dangerous",
        "Driving, spending, sex or fights that endanger them or others?",
        Some(Found::Yes),
    ),
    ask(
        "psychotic",
        "Beliefs or voices that others don\u{2019}t share?",
        Some(Found::Yes),
    ),
    ask(
        "antidepressant",
        "An antidepressant started or raised in the last weeks?",
        None,
    ),
    ask("somebody_there", "Is somebody with them?", None),
];
const SIDE_EFFECT: &[Question] = &[
    ask(
        "breathing",
        "Trouble breathing, a swollen face or throat?",
        Some(Found::Yes),
    ),
    ask(
        "fever_stiff",
        "Fever with stiffness, shaking or confusion?",
        Some(Found::Yes),
    ),
    ask(
        "rash",
        "A rash that spreads, blisters, or sores in the mouth?",
        Some(Found::Yes),
    ),
    ask(
        "heart",
        "Fainting, chest pain, a racing or uneven heartbeat?",
        Some(Found::Yes),
    ),
    ask("goes_on", "Is the medicine still being taken?", None),
];

/// What holds for a kind.
pub fn kind_rule(kind: ConcernKind) -> KindRule {
    let questions = |asked: &'static [Question], rule, source, lines| KindRule {
        first: FirstStep::Questions(asked),
        name: "Questions",
        missing: "the questions for this concern",
        rule,
        source,
        lines,
    };
    match kind {
        ConcernKind::Suicide => KindRule {
            first: FirstStep::SecondStep,
            name: "Second step",
            missing: "the second step",
            rule: "A positive answer needs a structured second step in the same contact, the clinician told the same day, and a next contact within one to three days.",
            source: "population-health toolkit, key activity 9B, phminitiative.com",
            lines: &[("988 Suicide & Crisis Lifeline, call or text", "988")],
        },
        ConcernKind::AbuseOrNeglect => KindRule {
            first: FirstStep::Report,
            name: "Report",
            missing: "the report, or why none is due",
            rule: "Suspected abuse or neglect of a child is reported by law in every state, of an older or dependent adult in most. Report at once, then write down to whom and when; or say why none is due.",
            source: "Child Welfare Information Gateway, https://www.childwelfare.gov/resources/mandated-reporting-child-abuse-and-neglect/",
            lines: &[("Childhelp", "800-422-4453"), ("Eldercare Locator", "800-677-1116")],
        },
        ConcernKind::HarmToOthers => KindRule {
            first: FirstStep::Report,
            name: "Warning or report",
            missing: "the warning or report, or why none is due",
            rule: "Ask who is threatened, with what, and how soon. Many states ask or allow a clinician to warn that person, tell the police or arrange hospital care; your state\u{2019}s law and your clinic\u{2019}s policy hold.",
            source: "NCSL, Mental Health Professionals\u{2019} Duty to Warn, https://www.ncsl.org/health/mental-health-professionals-duty-to-warn",
            lines: &[],
        },
        ConcernKind::PartnerViolence => questions(
            PARTNER,
            "Ask alone and in private. For an adult who can decide, most states ask for no report: what is done is theirs to choose.",
            "National Domestic Violence Hotline, https://www.thehotline.org",
            &[("National Domestic Violence Hotline", "800-799-7233")],
        ),
        ConcernKind::Overdose => questions(
            OVERDOSE,
            "Not awake, not breathing as usual, or fits: call 911 and give naloxone. Withdrawal from alcohol or sedatives can kill: it is seen by a clinician the same day.",
            "SAMHSA Overdose Prevention and Response Toolkit, https://library.samhsa.gov",
            &[("Poison Help", "800-222-1222"), ("SAMHSA helpline", "800-662-4357")],
        ),
        ConcernKind::Psychosis => questions(
            PSYCHOSIS,
            "New or worse psychosis is seen by a clinician the same day; voices that command harm go to the emergency department.",
            "this project\u{2019}s words; no single source",
            &[],
        ),
        ConcernKind::Mania => questions(
            MANIA,
            "Tell the prescriber the same day: an antidepressant may have to be stopped.",
            "this project\u{2019}s words; no single source",
            &[],
        ),
        ConcernKind::SideEffect => questions(
            SIDE_EFFECT,
            "Tell the prescriber the same day; a medicine is stopped or changed by them, not by this app.",
            "FDA MedWatch takes reports of serious side effects, https://www.fda.gov/safety/medwatch",
            &[("Poison Help", "800-222-1222"), ("FDA MedWatch", "800-332-1088")],
        ),
    }
}

/// An acute event, in a sentence.
pub(super) fn acute(kind: AcuteKind) -> &'static str {
    match kind {
        AcuteKind::EmergencyDepartment => "emergency department",
        AcuteKind::Admission => "admitted",
        AcuteKind::Discharge => "discharged",
        AcuteKind::Overdose => "overdose",
        AcuteKind::Death => "died",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const KINDS: [ConcernKind; 8] = [
        ConcernKind::Suicide,
        ConcernKind::HarmToOthers,
        ConcernKind::AbuseOrNeglect,
        ConcernKind::PartnerViolence,
        ConcernKind::Overdose,
        ConcernKind::Psychosis,
        ConcernKind::Mania,
        ConcernKind::SideEffect,
    ];

    #[test]
    fn every_kind_says_what_comes_first_by_which_rule_and_where_that_comes_from() {
        for kind in KINDS {
            let rule = kind_rule(kind);
            for words in [rule.name, rule.missing, rule.rule, rule.source] {
                assert!(!words.is_empty(), "{kind:?}");
            }
        }
        assert_eq!(kind_rule(ConcernKind::Suicide).first, FirstStep::SecondStep);
        assert_eq!(kind_rule(ConcernKind::AbuseOrNeglect).first, FirstStep::Report);
    }

    #[test]
    fn the_questions_of_a_kind_have_ids_of_their_own_and_one_of_them_at_least_is_urgent() {
        for kind in KINDS {
            let FirstStep::Questions(asked) = kind_rule(kind).first else {
                continue;
            };
            let ids: BTreeSet<&str> = asked.iter().map(|question| question.id).collect();
            assert_eq!(ids.len(), asked.len(), "{kind:?}");
            assert!(asked.iter().any(|question| question.urgent.is_some()), "{kind:?}");
        }
    }
}
