//! Episodes and the outreach ladder, a table each.

use caseload::care::episodes::{EpisodeProblem, EpisodeStep, check_episode};
use caseload::care::outreach::{LetterParts, Rung, letter, outreach_of};
use caseload::care::{AsOf, Protocol};
use caseload::flowsheet::{AttemptLine, MessageLine, StatusLine};
use caseload::journal::facts::{AttemptOutcome, Audience, Channel, CloseReason, DayPart};
use caseload::journal::{EntryId, EpisodeId, ThingId};

use super::build::{Patient, TODAY, day, now, office, when};

/// Born in 1990; one episode from March to June, closed; what follows is the row's own.
fn once_closed() -> Patient {
    Patient::new(1)
        .with(|sheet| sheet.who.birth = Some("1990-04-02".parse().unwrap()))
        .referred("03-02")
        .status("03-02", StatusLine::Active)
        .status("06-15", StatusLine::Closed(CloseReason::GoalsMet))
}

#[test]
fn two_open_episodes_one_before_birth_and_one_that_ends_before_it_starts_are_refused() {
    let first = |p: &Patient| p.sheet.episodes[0].episode;
    let closed = once_closed();
    let again = once_closed().referred("11-02").status("11-02", StatusLine::Referred);
    let (one, second) = (first(&closed), again.sheet.episodes[1].episode);
    // Opened twice on one day, the first time by mistake; which stands first is chance.
    let mut same_day = Patient::new(1)
        .referred("10-02")
        .status("10-02", StatusLine::Active)
        .status("10-02", StatusLine::Closed(CloseReason::Other))
        .referred("10-02")
        .status("10-02", StatusLine::Active)
        .status("11-10", StatusLine::Closed(CloseReason::GoalsMet));
    let longer = same_day
        .sheet
        .episodes
        .iter()
        .find(|e| e.closed() == Some(day("11-10")))
        .unwrap()
        .episode;
    same_day.sheet.episodes.sort_by_key(|e| e.episode != longer);
    let twice = once_closed()
        .referred("11-02")
        .status("11-02", StatusLine::Active)
        .status("11-10", StatusLine::Closed(CloseReason::Declined));
    // Two copies can leave two open ones.
    let both = Patient::new(1)
        .referred("03-02")
        .status("03-02", StatusLine::Active)
        .referred("11-02")
        .status("11-02", StatusLine::Active);
    let unknown = EpisodeId::from_random([9; 16]);
    let none = Patient::new(1).with(|sheet| sheet.who.birth = Some("1990-04-02".parse().unwrap()));
    let born = "1990-04-02".parse().unwrap();
    use EpisodeProblem::*;
    use EpisodeStep::*;
    let table = [
        ("a first one", &none, Open(day("11-02")), Ok(())),
        (
            "on the day of birth",
            &none,
            Open("1990-04-02".parse().unwrap()),
            Ok(()),
        ),
        (
            "before birth",
            &none,
            Open("1990-04-01".parse().unwrap()),
            Err(BeforeBirth { born }),
        ),
        (
            "tomorrow",
            &none,
            Open(day("11-21")),
            Err(InFuture { day: day("11-21") }),
        ),
        ("after the last was closed", &closed, Open(day("11-02")), Ok(())),
        ("on the day on which it was closed", &closed, Open(day("06-15")), Ok(())),
        (
            "into the one before",
            &closed,
            Open(day("06-14")),
            Err(BeforeTheLastEnded { closed: day("06-15") }),
        ),
        (
            "beside an open one",
            &again,
            Open(day("11-20")),
            Err(AlreadyOpen { since: day("11-02") }),
        ),
        (
            "the old one opened again beside the new",
            &again,
            Continue(first(&again), day("11-20")),
            Err(AlreadyOpen { since: day("11-02") }),
        ),
        (
            "the old one opened again alone",
            &closed,
            Continue(one, day("11-20")),
            Ok(()),
        ),
        ("the new one goes on", &again, Continue(second, day("11-20")), Ok(())),
        (
            "in care before it was opened here",
            &again,
            Continue(second, day("10-01")),
            Ok(()),
        ),
        (
            "in care in the episode before",
            &again,
            Continue(second, day("06-01")),
            Err(BeforeTheLastEnded { closed: day("06-15") }),
        ),
        (
            "in care before birth",
            &again,
            Continue(second, "1980-01-01".parse().unwrap()),
            Err(BeforeBirth { born }),
        ),
        ("closed later", &again, Close(second, day("11-20")), Ok(())),
        ("closed on its first day", &again, Close(second, day("11-02")), Ok(())),
        (
            "closed before it began",
            &again,
            Close(second, day("11-01")),
            Err(EndsBeforeItStarts { opened: day("11-02") }),
        ),
        (
            "its first day moved past its end",
            &closed,
            Opened(one, day("06-16")),
            Err(EndsBeforeItStarts { opened: day("06-16") }),
        ),
        ("its first day moved", &closed, Opened(one, day("03-10")), Ok(())),
        ("its first day moved back", &twice, Opened(one, day("02-10")), Ok(())),
        (
            "its first day moved into the one before",
            &again,
            Opened(second, day("06-14")),
            Err(BeforeTheLastEnded { closed: day("06-15") }),
        ),
        (
            "its last day moved up to the next one",
            &again,
            Close(first(&again), day("11-02")),
            Ok(()),
        ),
        (
            "its last day moved into the next one",
            &again,
            Close(first(&again), day("11-03")),
            Err(EndsInTheNext { until: day("11-02") }),
        ),
        (
            "one of two open ones closed",
            &both,
            Close(first(&both), day("11-20")),
            Ok(()),
        ),
        (
            "opened again on a day of the next one",
            &twice,
            Continue(first(&twice), day("11-09")),
            Err(BeforeTheLastEnded { closed: day("11-10") }),
        ),
        (
            "opened again after the next one",
            &twice,
            Continue(first(&twice), day("11-10")),
            Ok(()),
        ),
        (
            "what it was, beside an open one",
            &again,
            Was(first(&again), day("03-05")),
            Ok(()),
        ),
        (
            "in care before birth in the past",
            &again,
            Was(second, "1980-01-01".parse().unwrap()),
            Err(BeforeBirth { born }),
        ),
        (
            "a new one in care in the one before",
            &closed,
            Was(unknown, day("06-14")),
            Err(BeforeTheLastEnded { closed: day("06-15") }),
        ),
        (
            "the longer of two that opened on one day",
            &same_day,
            Close(longer, day("11-11")),
            Ok(()),
        ),
        ("one that is not here", &closed, Close(unknown, day("01-01")), Ok(())),
    ];
    for (name, patient, step, expected) in table {
        assert_eq!(check_episode(&patient.sheet, step, day(TODAY)), expected, "{name}");
    }
}

#[test]
fn a_refusal_names_the_day_that_stands_in_the_way() {
    let problem = EpisodeProblem::AlreadyOpen { since: day("11-02") };
    assert_eq!(
        problem.to_string(),
        "An episode is open since Mon 2 Nov 2026: close it before another one is opened"
    );
}

/// A try of any channel.
fn tried(patient: Patient, at: &str, by: Channel, outcome: AttemptOutcome) -> Patient {
    let n = u8::try_from(patient.sheet.attempts.len()).unwrap();
    patient.with(|sheet| {
        sheet.attempts.push(AttemptLine {
            entry: EntryId::from_random([100 + n; 16]),
            at: when(at),
            day: when(at).day(office().zone),
            by,
            outcome,
            next: None,
        });
    })
}

/// The part of the day that was chosen with the last try.
fn chosen(patient: Patient, part: DayPart) -> Patient {
    patient.with(|sheet| sheet.attempts.last_mut().unwrap().next = Some(part))
}

fn asked(patient: Patient, at: &str) -> Patient {
    patient.with(|sheet| {
        sheet.messages.push(MessageLine {
            entry: EntryId::from_random([77; 16]),
            at: when(at),
            day: when(at).day(office().zone),
            to: Audience::Clinician,
            by: Channel::Portal,
            about: None,
        });
    })
}

#[track_caller]
fn next(patient: &Patient, expected: (Rung, &str)) {
    let (protocol, office) = (Protocol::default_v1(), office());
    let at = AsOf::now(&protocol, &office, now("11-20 14:00"));
    let outreach = outreach_of(&patient.sheet, &at).expect("outreach");
    assert_eq!((outreach.next, outreach.on), (expected.0, day(expected.1)));
}

#[test]
fn another_call_is_proposed_within_the_hours_that_the_patient_prefers() {
    use AttemptOutcome::NoAnswer;
    use DayPart::{Afternoon, Evening, Midday, Morning};
    // Preferred hours, when it was tried, the part that is proposed.
    let table: [(&str, &[&str], DayPart); 6] = [
        ("mornings", &["11-18 09:30"], Morning),
        ("evenings", &["11-18 09:30"], Evening),
        ("mornings or evenings", &["11-18 09:30"], Evening),
        ("mornings or evenings", &["11-18 18:30"], Morning),
        ("afternoons", &["11-18 15:00"], Afternoon),
        // What is not certain is for a person to weigh.
        ("works nights, sleeps mornings", &["11-18 09:30"], Midday),
    ];
    for (hours, tries, part) in table {
        let mut patient = Patient::new(1)
            .referred("11-02 09:00")
            .status("11-02", StatusLine::Outreach)
            .with(|sheet| sheet.who.hours = Some(hours.to_owned()));
        for at in tries {
            patient = tried(patient, at, Channel::Phone, NoAnswer);
        }
        next(&patient, (Rung::CallAgain(Some(part)), TODAY));
    }
    // What was agreed on with the patient goes before it.
    let patient = Patient::new(1)
        .referred("11-02 09:00")
        .status("11-02", StatusLine::Outreach)
        .with(|sheet| sheet.who.hours = Some("evenings".to_owned()));
    let patient = chosen(tried(patient, "11-18 09:30", Channel::Phone, NoAnswer), Midday);
    next(&patient, (Rung::CallAgain(Some(Midday)), TODAY));
}

#[test]
fn the_ladder_climbs_from_call_to_letter_to_the_clinician_to_closing() {
    use AttemptOutcome::{NoAnswer, Sent, WrongNumber};
    use Channel::{Letter, Phone, Text};
    let referred = || {
        Patient::new(1)
            .referred("11-02 09:00")
            .status("11-02", StatusLine::Outreach)
    };
    next(&referred(), (Rung::Call, TODAY));
    // Two working days after a morning call: another part of the day.
    let morning = || tried(referred(), "11-18 09:30", Phone, NoAnswer);
    next(&morning(), (Rung::CallAgain(Some(DayPart::Midday)), TODAY));
    next(
        &tried(referred(), "11-18", Phone, NoAnswer),
        (Rung::CallAgain(None), TODAY),
    );
    let afternoon = || tried(morning(), "11-19 15:00", Phone, NoAnswer);
    next(&afternoon(), (Rung::Message, "11-23"));
    let texted = || tried(afternoon(), "11-19 15:10", Text, Sent);
    next(&texted(), (Rung::Letter, "11-23"));
    // Somebody who may not be texted comes to the letter by a third call.
    next(
        &tried(afternoon(), "11-20 17:30", Phone, NoAnswer),
        (Rung::Letter, "11-24"),
    );
    let letter = || tried(texted(), "11-20", Letter, Sent);
    next(&letter(), (Rung::AskClinician, "11-27"));
    next(&asked(letter(), "11-20"), (Rung::Close, "12-04"));
    // A wrong number is not called again.
    next(
        &tried(referred(), "11-19", Phone, WrongNumber),
        (Rung::AskClinician, "11-19"),
    );
    // A message about a recommendation asks for something else.
    let about = |about| {
        asked(letter(), "11-20").with(|sheet| {
            sheet.messages[0].about = about;
        })
    };
    next(
        &about(Some(ThingId::from_random([8; 16]))),
        (Rung::AskClinician, "11-27"),
    );
    next(&about(None), (Rung::Close, "12-04"));
    // What was asked before the first try is no answer to where the patient is.
    next(&asked(letter(), "11-03"), (Rung::AskClinician, "11-27"));
}

#[test]
fn another_call_is_in_the_part_of_the_day_that_was_chosen_otherwise_in_the_one_tried_least() {
    use AttemptOutcome::NoAnswer;
    use Channel::{Phone, Text};
    use DayPart::{Afternoon, Evening, Midday, Morning};
    let called = |at: &[&str]| {
        let referred = Patient::new(1)
            .referred("11-02 09:00")
            .status("11-02", StatusLine::Outreach);
        at.iter().fold(referred, |p, at| tried(p, at, Phone, NoAnswer))
    };
    let again = |part| (Rung::CallAgain(Some(part)), TODAY);
    // The bounds are those of the form that records the try.
    for (at, part) in [
        ("11-18 10:59", Midday),
        ("11-18 11:00", Afternoon),
        ("11-18 14:00", Evening),
        ("11-18 17:00", Morning),
    ] {
        next(&called(&[at]), again(part));
    }
    next(&chosen(called(&["11-18 09:30"]), Evening), again(Evening));
    // A second call that was decided on stands in place of the message; the letter comes all the same.
    let two = || called(&["11-16 09:30", "11-18 12:00"]);
    next(&two(), (Rung::Message, TODAY));
    next(&chosen(two(), Morning), again(Morning));
    let three = called(&["11-12 09:30", "11-16 12:00", "11-18 15:00"]);
    next(&chosen(three, Evening), (Rung::Letter, TODAY));
    // What was chosen with an earlier try was tried since.
    let since = tried(
        chosen(called(&["11-17 09:30"]), Evening),
        "11-18 17:30",
        Phone,
        NoAnswer,
    );
    next(&since, (Rung::Message, TODAY));
    // The time of a text says nothing of when somebody answers.
    let texted = tried(called(&["11-18"]), "11-18 15:00", Text, AttemptOutcome::Sent);
    next(&texted, (Rung::CallAgain(None), TODAY));
    // Messages beside one call don't stand for the second; who isn't called at all comes to the letter by messages.
    let messages = |patient| {
        let texted = tried(patient, "11-18 15:00", Text, AttemptOutcome::Sent);
        let mailed = tried(texted, "11-18 15:05", Channel::Email, AttemptOutcome::Sent);
        tried(mailed, "11-18 15:10", Channel::Portal, AttemptOutcome::Sent)
    };
    next(&messages(called(&["11-18"])), (Rung::CallAgain(None), TODAY));
    next(&messages(called(&[])), (Rung::Letter, TODAY));
}

#[test]
fn somebody_who_was_reached_climbs_only_from_tries_since_then() {
    let (protocol, office) = (Protocol::default_v1(), office());
    let at = AsOf::now(&protocol, &office, now("11-20 14:00"));
    let active = Patient::active(1, "09-01").attempt("09-20").contact("10-01");
    assert_eq!(outreach_of(&active.sheet, &at), None);
    let silent = active.attempt("11-16").attempt("11-18");
    let outreach = outreach_of(&silent.sheet, &at).unwrap();
    assert_eq!((outreach.tries, outreach.next), (2, Rung::Message));
    let closed = silent.status("11-19", StatusLine::Closed(CloseReason::Unreachable));
    assert_eq!(outreach_of(&closed.sheet, &at), None);
    let held = Patient::active(2, "09-01").status("11-01", StatusLine::OnHold { review: day("12-01") });
    assert_eq!(outreach_of(&held.sheet, &at), None);
    // Somebody in care whom nobody has tried yet is called when the contact clock says so.
    let enrolled = Patient::active(3, "11-18");
    assert_eq!(outreach_of(&enrolled.sheet, &at), None);
    assert!(outreach_of(&enrolled.attempt("11-19").sheet, &at).is_some_and(|o| o.tries == 1));
}

#[test]
fn the_letter_names_no_condition_and_says_how_to_answer() {
    let parts = LetterParts {
        patient: "Maria <b>Sandoval</b>",
        clinician: Some("Dr. Lee"),
        author: "Lena Brandt",
        phone: None,
        clinic: "River Street Clinic",
        tried: true,
        by: day("12-04"),
    };
    let first = letter(&LetterParts { tried: false, ..parts });
    assert!(!first.contains("tried to reach you"), "nobody tried: {first}");
    let text = letter(&parts);
    assert!(
        text.contains("I have tried to reach you and have not been able to.\n\n"),
        "{text}"
    );
    assert!(text.starts_with("Dear Maria <b>Sandoval</b>,\n\nDr. Lee asked me to get in touch with you."));
    for words in [
        "December 4, 2026",
        "988",
        "River Street Clinic",
        "Please call the clinic and ask for me",
    ] {
        assert!(text.contains(words), "{words}");
    }
    for word in ["depress", "anxi", "psychiatr", "mental", "diagnos"] {
        assert!(!text.to_lowercase().contains(word), "{word}");
    }
}
