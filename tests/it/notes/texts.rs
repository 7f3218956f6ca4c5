//! Each kind of text as a whole. They are in tests/data/notes; with UPDATE_NOTES=1 they are written anew.

use caseload::billing::{Profile, Team, service_month};
use caseload::exchange::note::{self, Letter, Paper};
use caseload::flowsheet::EhrState;
use caseload::journal::Fact;
use caseload::journal::facts::*;
use serde_json::json;

use super::story::*;
use super::told::tells;

#[track_caller]
pub fn golden(name: &str, text: &str) {
    let path = format!("{}/tests/data/notes/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_NOTES").is_some() {
        std::fs::write(&path, format!("{text}\n")).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert_eq!(format!("{text}\n"), expected, "{name}");
}

#[test]
fn a_contact_is_told_the_way_a_clinician_reads_it() {
    let mut story = jun();
    november(&mut story);
    let text = story.note(NoteKind::Contact);
    golden("contact", &text);
    assert!(text.contains("item 9: 2, POSITIVE"));
    // Bullets, signs and dashes that any EHR's field takes.
    assert!(text.is_ascii());
}

#[test]
fn the_first_assessment_names_what_was_not_asked() {
    let story = jun();
    let text = story.note(NoteKind::InitialAssessment);
    golden("initial", &text);
    assert!(text.contains("Strengths: not asked"));
}

#[test]
fn the_first_assessment_tells_each_area_as_it_was_asked() {
    let mut story = jun();
    let area = |area, replies: Vec<(Question, Said)>, treatments| {
        Fact::AreaAnswers(AreaAnswers {
            area,
            day: day("2026-09-24"),
            replies: replies.into_iter().collect(),
            treatments,
        })
    };
    let yes = |words: &str| Said::Yes {
        words: Some(words.to_owned()),
    };
    let sertraline = PastTreatment {
        what: "sertraline".to_owned(),
        dose: Some("50 mg".to_owned()),
        how_long: Some("half a year, 2019".to_owned()),
        helped: Some(Helped::Somewhat),
    };
    story.save(
        "2026-09-24 11:00",
        [
            area(
                Area::PastTreatment,
                vec![
                    (Question::PastMedicines, yes("sertraline")),
                    (Question::PastHospital, Said::No),
                ],
                vec![sertraline],
            ),
            area(
                Area::PastHarm,
                vec![
                    (Question::SuicideNow, Said::No),
                    (Question::PastAttempt, yes("tablets, 2019")),
                    (Question::PastViolence, Said::RatherNot),
                ],
                Vec::new(),
            ),
            area(
                Area::Strengths,
                vec![(Question::Strengths, yes("plays the cello"))],
                Vec::new(),
            ),
        ],
    );
    let text = story.note(NoteKind::InitialAssessment);
    golden("initial-areas", &text);
    assert!(text.contains("past attempts: yes, tablets, 2019"));
    assert!(text.contains("Strengths (asked 24 Sep 2026): plays the cello"));
    assert!(!text.contains("Strengths: not asked"));
    assert!(text.contains("Not asked yet: Past treatment: therapy before now; "));
}

#[test]
fn a_safety_event_tells_what_opened_it_what_was_done_and_what_is_missing() {
    let mut story = jun();
    november(&mut story);
    golden("safety", &story.note(NoteKind::Safety));
}

#[test]
fn an_attempt_says_how_many_there_were_and_no_score() {
    let mut story = jun();
    for (at, outcome) in [
        ("2026-10-02 09:10", AttemptOutcome::NoAnswer),
        ("2026-10-05 16:20", AttemptOutcome::Voicemail),
    ] {
        let attempt = Attempt {
            at: when(at),
            by: Channel::Phone,
            outcome,
            note: None,
            left: None,
            next: None,
        };
        story.save(at, [attempt.into()]);
    }
    let last = story
        .items()
        .into_iter()
        .rfind(|item| item.kind == NoteKind::Attempt)
        .unwrap();
    let text = story.read(|source| note::note(source, &last, Paper::Note(NoteKind::Attempt).ours()));
    golden("attempt", &text);
    assert!(!text.contains("Scores"));
}

#[test]
fn a_review_tells_the_question_the_advice_word_for_word_and_the_answer() {
    let mut story = jun();
    reviewed(&mut story);
    let before = story.item(NoteKind::Review);
    story.copy("2026-11-19 14:00", &before, "as copied");
    assert_eq!(story.item(NoteKind::Review).state, EhrState::Copied);
    let answer = Answer {
        recommendation: thing(40),
        day: day("2026-11-20"),
        answer: AnswerKind::Accepted,
        note: Some("Dose raised today.".to_owned()),
        how: None,
        again: None,
    };
    story.save("2026-11-20 08:00", [answer.into()]);
    assert_eq!(story.item(NoteKind::Review).state, EhrState::Changed);
    golden("review", &story.note(NoteKind::Review));
}

#[test]
fn a_plan_tells_what_changed_and_why() {
    let mut story = jun();
    story.save(
        "2026-11-20 15:00",
        [
            fact(
                "goal",
                json!({"goal": thing(50), "text": "Walk to the park three times a week", "by": "2026-12-18", "state": "open"}),
            ),
            PlanSection {
                part: PlanPart::Interventions,
                text: "Behavioral activation weekly".to_owned(),
                day: day("2026-11-20"),
            }
            .into(),
            fact(
                "medication",
                json!({
                    "medication": thing(51), "name": "Sertraline", "dose": "100 mg in the morning", "from": "2026-11-20",
                    "prescriber": person(PCP),
                }),
            ),
            fact(
                "treatment_change",
                json!({
                    "day": "2026-11-20", "kind": "dose_changed", "what": "Sertraline 50 to 100 mg", "why": "PHQ-9 rose by 2",
                    "proposed_by": person(CONSULTANT), "decided_by": person(PCP),
                }),
            ),
        ],
    );
    let item = story
        .items()
        .into_iter()
        .rfind(|item| item.kind == NoteKind::Plan)
        .unwrap();
    assert_eq!(item.told.len(), 4);
    let text = story.read(|source| note::note(source, &item, Paper::Note(NoteKind::Plan).ours()));
    golden("plan", &text);
}

#[test]
fn an_episode_that_was_closed_tells_its_outcome_by_each_definition() {
    let mut story = jun();
    november(&mut story);
    story.save(
        "2026-11-20 15:30",
        [
            fact(
                "relapse_plan",
                json!({
                    "day": "2026-11-20", "medications": "Sertraline until June", "helps": "Walking",
                    "warning_signs": "Waking at four", "stress": "", "whom_to_call": "Lena Brandt", "appointments": "",
                }),
            ),
            StatusChange {
                episode: episode(),
                status: Status::Closed {
                    reason: CloseReason::ReferredOn,
                    note: Some("To the day hospital.".to_owned()),
                    closure: None,
                },
                from: day("2026-11-20"),
                why: None,
            }
            .into(),
        ],
    );
    golden("closing", &story.note(NoteKind::Closing));
    golden("relapse", &story.note(NoteKind::RelapsePlan));
}

#[test]
fn a_month_tells_minutes_dates_codes_and_every_gate() {
    let mut story = jun();
    november(&mut story);
    let text = story.read(|source| {
        let people = people();
        let team = Team::of(people.values());
        let month = "2026-11".parse().unwrap();
        let profile = Profile::default();
        let reckoned = service_month(source.sheet, month, &profile, &team, zone(), day("2026-11-20"));
        note::month_note(source, &reckoned, Paper::Note(NoteKind::Month).ours())
    });
    golden("month", &text);
    for gate in ["consent", "diagnosis", "initiating visit", "validated scale"] {
        assert!(text.contains(&format!("- {gate}, ")), "{gate}");
    }
}

#[test]
fn a_log_tells_what_was_said_and_tried_in_its_period_and_nothing_else() {
    let mut story = jun();
    november(&mut story);
    reviewed(&mut story);
    let log = |from: &str, until: &str| {
        story.read(|source| note::log_note(source, day(from), day(until), Paper::Note(NoteKind::Log).ours()))
    };
    golden("log", &log("2026-11-01", "2026-11-20"));
    assert!(log("2026-10-01", "2026-10-31").contains("No contact, try, message or review in this period."));
}

#[test]
fn letters_tell_the_pcp_all_and_an_agency_only_what_it_needs() {
    let mut story = jun();
    november(&mut story);
    reviewed(&mut story);
    let pcp = story.letter(Letter::Clinician, "");
    golden("letter-pcp", &pcp);
    assert!(pcp.contains("Sertraline to 100 mg after two weeks of full adherence; PHQ-9 in 2 weeks."));
    golden("letter-consultant", &story.letter(Letter::Consultant, "Mara Lind"));
    golden("letter-patient", &story.letter(Letter::Patient, ""));
    for letter in [
        Letter::Family,
        Letter::Insurer,
        Letter::Employer,
        Letter::School,
        Letter::Housing,
    ] {
        let text = story.letter(letter, "Harbor Housing");
        for told in ["PHQ-9", "F33.1", "suicide", "POSITIVE", "Sertraline"] {
            assert!(!text.contains(told), "{letter:?} tells {told}");
        }
    }
    golden("letter-insurer", &story.letter(Letter::Insurer, "Blue Shore Health"));
}

#[test]
fn the_pcp_is_asked_for_an_answer_only_while_a_recommendation_is_open() {
    let mut story = jun();
    november(&mut story);
    let asked = "Please answer";
    let text = story.letter(Letter::Clinician, "");
    assert!(text.contains("none is open") && !text.contains(asked), "{text}");
    reviewed(&mut story);
    let text = story.letter(Letter::Clinician, "");
    assert!(text.contains(asked), "{text}");
}

#[test]
fn the_patients_page_says_scores_in_words_with_their_numbers_and_988() {
    let mut story = jun();
    november(&mut story);
    let page = story.read(note::summary);
    let text = page
        .parts
        .iter()
        .map(|(title, lines)| format!("{title}\n{}", lines.join("\n")))
        .chain([page.call.join("\n")])
        .collect::<Vec<_>>()
        .join("\n\n");
    golden("patient", &text);
    assert!(text.contains("19 out of 27"));
    assert!(text.contains("988"));
}

#[test]
fn the_patients_page_has_what_was_explained_to_the_patient_and_the_page_to_keep() {
    let mut story = jun();
    for (topic, to, handout) in [
        ("Sleep", With::Patient, Some("Sleeping better")),
        ("What family can do", With::Family, None),
        ("How antidepressants work", With::Patient, None),
        ("How antidepressants work", With::Patient, None),
    ] {
        let given = Education {
            handout: handout.map(str::to_owned),
            ..Education::about(when("2026-11-19"), topic.to_owned(), vec![to])
        };
        story.write(given.into());
    }
    let parts = story.read(note::summary).parts.into_iter();
    let talked: Vec<String> = parts
        .filter(|(title, _)| *title == "What we talked about")
        .flat_map(|(_, lines)| lines)
        .collect();
    assert_eq!(
        talked,
        [
            "Sleep. We gave you a page to keep: Sleeping better",
            "How antidepressants work"
        ]
    );
}

#[test]
fn the_patients_page_leaves_out_what_is_held_back_for_others_see_it_at_home() {
    let mut story = jun();
    november(&mut story);
    let medicine = Medication::named(thing(50), "buprenorphine".to_owned());
    let goal = fact(
        "goal",
        json!({"goal": thing(53), "text": "stay off opioids", "state": "open"}),
    );
    let mut held: Vec<_> = [medicine.into(), goal].map(|fact| story.write(fact)).into();
    held.push(story.read(|source| source.sheet.scores[0].entry));
    let page = |story: &Story| {
        let parts = story.read(note::summary).parts.into_iter();
        parts.flat_map(|(_, lines)| lines).collect::<Vec<_>>().join("\n")
    };
    let told = ["buprenorphine", "stay off opioids", "it was 17"];
    for told in told {
        assert!(page(&story).contains(told), "{told}: {}", page(&story));
    }
    for entry in held {
        let state = MarkState::Set { note: None };
        let why = Protection::MinorConsented;
        story.write(Mark { entry, why, state }.into());
    }
    for told in told {
        assert!(!page(&story).contains(told), "{told}: {}", page(&story));
    }
}

#[test]
fn a_held_score_takes_from_the_patients_page_only_what_is_told_of_it() {
    let page = |story: &Story| {
        let parts = story.read(note::summary).parts.into_iter();
        let doing = parts.filter(|(title, _)| *title == "How you are doing");
        doing.flat_map(|(_, lines)| lines).collect::<Vec<_>>().join("\n")
    };
    let latest = "your score was 19 out of 27 on 20 Nov 2026";
    let (first, between) = ("it was 17", "14");
    // The first, the one between, the last.
    let cases: [(usize, &[&str], &[&str]); 3] = [
        (0, &[latest], &[first, "higher", between]),
        (1, &[latest, first, "higher"], &[between]),
        (2, &[], &["Low mood", "19", "17", between]),
    ];
    for (held, told, untold) in cases {
        let mut story = jun();
        story.save(
            "2026-10-20 10:00",
            [phq9("2026-10-20 10:00", [2, 2, 2, 2, 2, 2, 2, 0, 0])],
        );
        november(&mut story);
        tells(&page(&story), &[latest, first, "higher"], &[between]);
        let entry = story.read(|source| source.sheet.scores[held].entry);
        let state = MarkState::Set { note: None };
        let why = Protection::MinorConsented;
        story.write(Mark { entry, why, state }.into());
        tells(&page(&story), told, untold);
    }
}
