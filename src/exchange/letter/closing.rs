//! The end of an episode, to the treating clinician and to the patient.

use serde::{Deserialize, Serialize};

use super::lines::{Letterhead, MISSING, day_in_full, section};
use crate::journal::Day;
use crate::journal::facts::CloseReason;

/// What scores came to, ready for a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeLine {
    /// The instrument's short title.
    pub title: String,
    /// The first total and its day.
    pub first: (u16, Day),
    /// The last total and its day.
    pub last: (u16, Day),
    /// Names of the definitions that hold.
    pub holds: Vec<String>,
    /// Names of those that don't.
    pub fails: Vec<String>,
}

/// The latest score of an instrument, ready for a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LatestScore {
    /// The instrument's short title, the score and its band.
    pub said: String,
    /// The day on which it was taken.
    pub on: Day,
}

/// How an episode ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending<'a> {
    /// The day on which it opened.
    pub opened: Day,
    /// The last day.
    pub last: Day,
    /// The day of the letter.
    pub today: Day,
    /// Why.
    pub reason: CloseReason,
    /// More about that.
    pub note: Option<&'a str>,
    /// What the scores came to.
    pub outcomes: &'a [OutcomeLine],
    /// The latest score of each instrument, of the episode or sent along with the referral.
    pub latest: &'a [LatestScore],
    /// Safety concerns of the episode, each with what opened it and how it was closed.
    pub safety: &'a [String],
    /// What goes on: medicines, therapy.
    pub goes_on: Option<&'a str>,
    /// Who follows from now on.
    pub followed_by: Option<&'a str>,
    /// What was open and was handed over: what, and to whom.
    pub handed: &'a [(String, String)],
    /// The patient's own warning signs.
    pub warning_signs: Option<&'a str>,
    /// Whom the patient calls.
    pub whom_to_call: Option<&'a str>,
}

/// To the treating clinician: why it ended, what the scores came to by each definition, what goes on, what was handed
/// over, and when to refer again.
pub fn closing_to_clinician(head: &Letterhead, ending: &Ending<'_>) -> String {
    let Ending { opened, last, .. } = ending;
    let why = match (because(ending.reason), ending.note) {
        (why, Some(note)) => format!("{why} ({note})"),
        (why, None) => why.to_owned(),
    };
    let opening = format!(
        "Dear {},\n\nCollaborative care of your patient ended on {}. It began on {}. Reason: {why}.",
        head.clinician(),
        day_in_full(*last),
        day_in_full(*opened),
    );
    let scores: Vec<String> = ending.outcomes.iter().map(clinical_line).collect();
    let scores = match scores.is_empty() {
        true => "No instrument has a first and a later score in this episode: no outcome can be given.".to_owned(),
        false => scores.join("\n"),
    };
    let latest: Vec<String> = ending
        .latest
        .iter()
        .map(|score| format!("- {} ({})", score.said, day_in_full(score.on)))
        .collect();
    let safety: Vec<String> = ending.safety.iter().map(|line| format!("- {line}")).collect();
    let handed: Vec<String> = ending
        .handed
        .iter()
        .map(|(what, to)| format!("- {what}: handed to {to}"))
        .collect();
    let again = match ending.reason {
        CloseReason::Died => None,
        _ => Some(
            "A new referral opens care again at any time: for a PHQ-9 or GAD-7 of 10 or more, a rise of 5 points, any \
             positive answer about suicide or self-harm, or at the patient's wish.",
        ),
    };
    let parts = [
        Some(format!("{}\n{}", head.head(ending.today), head.about())),
        Some(opening),
        section("Outcome", &scores),
        section("Latest scores", &latest.join("\n")),
        section("Safety concerns in this episode", &safety.join("\n")),
        section("What goes on", ending.goes_on.unwrap_or_default()),
        section("Who follows", ending.followed_by.unwrap_or_default()),
        section("Handed over", &handed.join("\n")),
        section(
            "The patient's own warning signs",
            ending.warning_signs.unwrap_or_default(),
        ),
        again.and_then(|again| section("If it comes back", again)),
        Some(format!("Sincerely,\n{}", head.from)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n") + "\n"
}

fn clinical_line(line: &OutcomeLine) -> String {
    let (first, last) = (line.first, line.last);
    let mut text = format!(
        "{}: {} on {} to {} on {}.",
        line.title,
        first.0,
        day_in_full(first.1),
        last.0,
        day_in_full(last.1)
    );
    if !line.holds.is_empty() {
        text.push_str(&format!(" Met: {}.", line.holds.join(", ")));
    }
    if !line.fails.is_empty() {
        text.push_str(&format!(" Not met: {}.", line.fails.join(", ")));
    }
    text
}

/// Why it ended, for a clinician.
pub fn because(reason: CloseReason) -> &'static str {
    match reason {
        CloseReason::GoalsMet => "treatment goals met",
        CloseReason::ReferredOn => "referred on to other care",
        CloseReason::Declined => "the patient did not want to go on",
        CloseReason::Unreachable => "the patient could not be reached",
        CloseReason::Moved => "the patient moved away",
        CloseReason::CoverageLost => "coverage was lost",
        CloseReason::Died => "the patient died",
        CloseReason::NotRecorded => "not recorded",
        CloseReason::Other => "see note",
    }
}

/// To the patient, in plain words: no scores, no definitions; what goes on, whom to call, and that coming back is easy.
/// `None` where the patient died.
pub fn closing_to_patient(head: &Letterhead, ending: &Ending<'_>) -> Option<String> {
    let opening = match ending.reason {
        CloseReason::Died => return None,
        CloseReason::GoalsMet => {
            "We have finished our work together: you reached what you set out to do. Well done. You did this."
        }
        CloseReason::ReferredOn => "Your care is now with another service, so our work together ends here.",
        CloseReason::Declined => {
            "You told us that you do not want to go on with this program for now. That is your choice, and you can come \
             back."
        }
        CloseReason::Unreachable => {
            "We tried to reach you several times and could not. We are ending the program for now. Nothing is wrong: you \
             can come back whenever you like."
        }
        CloseReason::Moved => "You have moved away, so our work together ends here. We wish you well.",
        CloseReason::CoverageLost => {
            "Your coverage for this program has ended, so we end it for now. Ask us what other help there is."
        }
        CloseReason::NotRecorded | CloseReason::Other => "Our work together in this program has ended.",
    };
    let clinician = head.clinician();
    let back = format!(
        "If your warning signs come back, or you feel worse for two weeks, call {clinician}'s office or us. You do not have \
         to wait until it is bad."
    );
    let line = match &head.crisis_line {
        Some(line) => format!("\n- Call {}: {line}", head.clinic),
        None => String::new(),
    };
    let crisis = format!(
        "If you think about hurting yourself, or can't keep yourself safe:\n- Call or text 988, day and night\n- Call 911, or \
         go to the nearest emergency department{line}"
    );
    let followed = match ending.followed_by {
        Some(who) => format!("{who} looks after you from now on."),
        None => format!("{MISSING} looks after you from now on."),
    };
    let parts = [
        Some(head.head(ending.today)),
        Some(format!("Dear {},\n\n{opening}", head.goes_by)),
        section("What goes on", ending.goes_on.unwrap_or_default()),
        section("Who looks after you", &followed),
        section("Your own warning signs", ending.warning_signs.unwrap_or_default()),
        section("Whom you can call", ending.whom_to_call.unwrap_or_default()),
        section("Coming back", &back),
        Some(crisis),
        Some(format!("With best wishes,\n{}", head.from)),
    ];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn head() -> Letterhead {
        Letterhead {
            clinic: "Elm Street Clinic".to_owned(),
            crisis_line: Some("555-0100".to_owned()),
            from: "Lena Brandt".to_owned(),
            clinician: Some("Dr. Amara Obi".to_owned()),
            patient: "Jun Ito".to_owned(),
            goes_by: "Jun".to_owned(),
            birth: Some(day("1980-04-02")),
            mrn: Some("700100".to_owned()),
        }
    }

    fn ending<'a>(reason: CloseReason, outcomes: &'a [OutcomeLine], handed: &'a [(String, String)]) -> Ending<'a> {
        Ending {
            opened: day("2026-03-02"),
            last: day("2026-11-20"),
            today: day("2026-11-20"),
            reason,
            note: None,
            outcomes,
            latest: &[],
            safety: &[],
            goes_on: Some("sertraline 100 mg until June 2027"),
            followed_by: None,
            handed,
            warning_signs: Some("sleeping badly"),
            whom_to_call: None,
        }
    }

    #[test]
    fn the_clinician_reads_each_definition_and_what_was_handed_over() {
        let outcomes = [OutcomeLine {
            title: "PHQ-9".to_owned(),
            first: (20, day("2026-03-02")),
            last: (10, day("2026-11-10")),
            holds: vec!["response".to_owned()],
            fails: vec!["remission".to_owned()],
        }];
        let handed = [(
            "a referral out (sent)".to_owned(),
            "Rosa Diaz, Harbor Therapy".to_owned(),
        )];
        let letter = closing_to_clinician(&head(), &ending(CloseReason::GoalsMet, &outcomes, &handed));
        for words in [
            "Dear Dr. Amara Obi,",
            "Re: Jun Ito, born April 2, 1980, MRN 700100",
            "PHQ-9: 20 on March 2, 2026 to 10 on November 10, 2026. Met: response. Not met: remission.",
            "- a referral out (sent): handed to Rosa Diaz, Harbor Therapy",
            "sertraline 100 mg until June 2027",
            "Reason: treatment goals met.",
        ] {
            assert!(letter.contains(words), "{words} in {letter}");
        }
        assert!(!letter.contains("Latest scores"), "{letter}");
        let latest = [LatestScore {
            said: "GAD-7 12, moderate".to_owned(),
            on: day("2026-02-27"),
        }];
        let safety = ["Concern about suicide, closed by Lena Brandt; opened by: PHQ-9 item 9 answered 1".to_owned()];
        let only_one = Ending {
            latest: &latest,
            safety: &safety,
            ..ending(CloseReason::Unreachable, &[], &[])
        };
        let told = closing_to_clinician(&head(), &only_one);
        assert!(
            told.contains("Latest scores\n- GAD-7 12, moderate (February 27, 2026)"),
            "{told}"
        );
        assert!(
            told.contains("Safety concerns in this episode\n- Concern about suicide, closed by Lena Brandt"),
            "{told}"
        );
        let to_patient = closing_to_patient(&head(), &only_one).unwrap();
        assert!(
            !to_patient.contains("GAD-7") && !to_patient.contains("item 9"),
            "{to_patient}"
        );
        let none = closing_to_clinician(&head(), &ending(CloseReason::Died, &[], &[]));
        assert!(none.contains("no outcome can be given"));
        assert!(!none.contains("If it comes back"));
    }

    #[test]
    fn the_patient_reads_no_score_and_whom_to_call_and_nobody_writes_to_a_patient_who_died() {
        let every = [
            CloseReason::GoalsMet,
            CloseReason::ReferredOn,
            CloseReason::Declined,
            CloseReason::Unreachable,
            CloseReason::Moved,
            CloseReason::CoverageLost,
            CloseReason::Other,
        ];
        for reason in every {
            let letter = closing_to_patient(&head(), &ending(reason, &[], &[])).unwrap();
            for words in [
                "Dear Jun,",
                "988",
                "911",
                "Elm Street Clinic: 555-0100",
                "sleeping badly",
                MISSING,
            ] {
                assert!(letter.contains(words), "{reason:?}: {words} in {letter}");
            }
            assert!(!letter.contains("PHQ-9") && !letter.contains("MRN"), "{reason:?}");
        }
        assert_eq!(closing_to_patient(&head(), &ending(CloseReason::Died, &[], &[])), None);
    }
}
