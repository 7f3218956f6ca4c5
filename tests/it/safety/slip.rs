//! Which concerns a person may close as typed in error, and which stay whatever is undone.

use super::*;
use caseload::care::{Rule, concern_state, latest_with_safety_item, was_typed_in_error};

const AT: &str = "2026-11-02T09:00:00-05:00";
const PAPER: &str = "2026-10-29T09:00:00-04:00";

fn correct(copy: &mut Copy, entry: EntryId, to: Assessment) {
    copy.carry_out(&Intent::Correct {
        chart: chart(),
        entry,
        fact: Box::new(to.into()),
        reason: None,
    });
}

fn void(entries: Vec<EntryId>, reason: &str) -> Intent {
    Intent::Void {
        chart: chart(),
        entries,
        reason: reason.to_owned(),
    }
}

fn begin(item9: u8) -> Intent {
    Intent::Begin {
        chart: chart(),
        entry: EntryId::from_random([77; 16]),
        taken: items("phq9", AT, &[("phq9_9", item9)]),
    }
}

fn finish(taken: Assessment) -> Intent {
    Intent::Finish {
        form: Box::new(Intent::Record {
            chart: chart(),
            facts: vec![taken.into()],
        }),
        begun: vec![EntryId::from_random([77; 16])],
    }
}

fn crisis(second_step: Option<Assessment>) -> Intent {
    Intent::Crisis(Box::new(caseload::care::intent::CrisisForm {
        second_step,
        ..super::crisis::empty(AT)
    }))
}

/// A clinic's own measure that counts as a safety matter from 300 of 400 on.
fn own(at: &str, total: u16, concern: ConcernKind) -> Assessment {
    Assessment {
        instrument: "own:Craving".to_owned(),
        version: "1".to_owned(),
        at: when(at),
        taken: Taken::Remotely,
        answers: Answered::Total {
            total,
            known: [].into(),
        },
        scale: Some(OwnScale {
            low: 0,
            high: 400,
            worse: Worse::Higher,
            bands: vec![OwnBand {
                from: 0,
                label: "Any".to_owned(),
            }],
            alarm: Some(OwnAlarm { at: 300, concern }),
        }),
        respondent: None,
    }
}

fn is_slip(copy: &Copy) -> bool {
    was_typed_in_error(&copy.sheet(), &copy.concern())
}

fn highest(copy: &Copy) -> u8 {
    let (protocol, office) = (Protocol::default_v1(), office());
    let at = AsOf::now(&protocol, &office, copy.now.instant(office.zone));
    concern_state(&copy.sheet(), &copy.concern(), &at).highest
}

fn said(copy: &Copy) -> Vec<String> {
    let folded = copy.entries.fold();
    let words = folded.live().iter().filter_map(|l| match &l.fact {
        Fact::ConcernStep(s) => match &s.step {
            Step::Action { what } => Some(what.clone()),
            _ => None,
        },
        _ => None,
    });
    words.collect()
}

#[test]
fn an_answer_that_stands_is_no_slip_when_its_form_was_dated_back() {
    let mut begun = Copy::new(1).at(AT);
    begun.carry_out(&begin(1));
    begun.carry_out(&finish(phq9(PAPER, 2)));
    assert!(!is_slip(&begun));
    assert_eq!(highest(&begun), 2, "the answer as it was typed in the end");

    let mut corrected = Copy::new(1).at(AT);
    let entry = corrected.take(phq9(AT, 1));
    correct(&mut corrected, entry, phq9(PAPER, 1));
    assert!(!is_slip(&corrected));
}

#[test]
fn a_concern_that_a_crisis_contact_joined_is_no_slip_whatever_becomes_of_its_answer() {
    for voided in [false, true] {
        let mut copy = Copy::new(1).at(AT);
        let entry = copy.take(phq9(AT, 1));
        copy.carry_out(&crisis(None));
        match voided {
            true => drop(copy.carry_out(&void(vec![entry], "misread the paper"))),
            false => correct(&mut copy, entry, phq9(AT, 0)),
        }
        assert!(!is_slip(&copy), "voided: {voided}");
    }
}

#[test]
fn the_second_step_of_a_crisis_contact_can_be_wrong_and_the_crisis_is_none_the_less_one() {
    let mut copy = Copy::new(1).at(AT);
    let ids = copy.carry_out(&crisis(Some(asq(AT, [1, 0, 0, 0, 0]))));
    let folded = copy.entries.fold();
    let is_form = |id: &&EntryId| {
        let live = folded.live().iter().find(|l| l.id == **id);
        live.is_some_and(|l| matches!(l.fact, Fact::Assessment(_)))
    };
    let form = ids.iter().find(is_form).copied().unwrap();
    copy.carry_out(&void(vec![form], "another patient's form"));
    assert!(!is_slip(&copy));
}

#[test]
fn what_the_patient_answered_on_the_device_is_no_slip_of_staff() {
    let mut copy = Copy::new(1).at(AT);
    let on_device = |item9| Assessment {
        taken: Taken::Device,
        ..phq9(AT, item9)
    };
    let entry = copy.take(on_device(2));
    correct(&mut copy, entry, on_device(0));
    assert!(!is_slip(&copy));
}

#[test]
fn an_answer_that_is_not_known_any_more_is_no_slip_and_a_negative_one_is() {
    let mut copy = Copy::new(1).at(AT);
    let entry = copy.take(phq9(AT, 2));
    correct(&mut copy, entry, items("phq9", AT, &[("phq9_1", 2)]));
    assert!(!is_slip(&copy));
    correct(&mut copy, entry, phq9(AT, 0));
    assert!(is_slip(&copy));
}

#[test]
fn a_crisis_starts_the_steps_again_also_with_a_second_step_that_is_no_higher() {
    for answers in [[1, 0, 0, 0, 0], [0, 0, 0, 0, 0]] {
        let mut copy = Copy::new(1).at("2026-10-30T09:00:00-04:00");
        copy.take(asq("2026-10-30T09:00:00-04:00", [1, 1, 0, 0, 0]));
        copy.see_to();
        let mut copy = copy.at(AT);
        copy.carry_out(&crisis(Some(asq(AT, answers))));
        let line = copy.concern();
        assert_eq!(
            (line.restarted, line.clinician_told),
            (Some(when(AT)), None),
            "{answers:?}"
        );
        assert!(line.second_step.is_some(), "the crisis contact took one");
    }
}

#[test]
fn a_line_about_something_else_hides_no_item_that_is_not_known() {
    let mut copy = Copy::new(1).at(AT);
    copy.take(items("phq9", "2026-10-30T09:00:00-04:00", &[("phq9_1", 1)]));
    copy.take(own(AT, 10, ConcernKind::Overdose));
    let latest = latest_with_safety_item(&copy.sheet(), day("2026-11-02")).map(|s| s.instrument.clone());
    assert_eq!(latest.as_deref(), Some("phq9"));
}

/// Scores that reached a line and were merged without their concern.
#[test]
fn a_concern_answers_the_scores_of_its_own_kind_and_no_others() {
    use ConcernKind::{Overdose, Suicide};
    for (open, about, listed) in [
        (Suicide, Overdose, true),
        (Overdose, Suicide, true),
        (Overdose, Overdose, false),
        (Suicide, Suicide, false),
    ] {
        let mut copy = Copy::new(1).at(AT);
        copy.write(own(AT, 350, about));
        copy.write(Concern {
            concern: ThingId::from_random([3; 16]),
            kind: open,
            because: Because::ByHand {
                note: "said on the telephone".to_owned(),
            },
            level: Level::Positive,
            at: when(AT),
        });
        let item = copy.item().unwrap();
        let mut clocks = std::iter::once(&item.first).chain(&item.others);
        let found = clocks.any(|clock| clock.rule == Rule::PositiveAnswer);
        assert_eq!(found, listed, "{open:?} open, score about {about:?}");
    }
}

#[test]
fn a_score_on_its_line_is_no_answer_to_an_item_and_its_own_number_is_not_cut() {
    for about in [ConcernKind::Suicide, ConcernKind::Overdose] {
        let mut copy = Copy::new(1).at(AT);
        copy.take(phq9(AT, 1));
        copy.take(own(AT, 350, about));
        let suicide = copy.sheet().concerns[0].clone();
        assert_eq!(suicide.kind, ConcernKind::Suicide);
        assert_eq!(highest(&copy), u8::from(about == ConcernKind::Suicide), "{about:?}");
    }
}

#[test]
fn a_form_that_was_undone_while_it_goes_on_is_committed_once_more_and_no_oftener() {
    let mut copy = Copy::new(1).at(AT);
    let entries = copy.carry_out(&begin(1));
    copy.carry_out(&void(entries, "Undone"));
    for item9 in [1, 2, 3] {
        copy.carry_out(&begin(item9));
    }
    copy.carry_out(&finish(phq9(AT, 3)));
    let sheet = copy.sheet();
    assert_eq!((sheet.scores.len(), sheet.scores[0].total), (1, Some(3)));
    assert_eq!(sheet.concerns.len(), 1);
}

#[test]
fn a_question_is_named_by_its_place_whatever_its_id_ends_in() {
    let mut copy = Copy::new(1).at(AT);
    let month = |yes| items("phq9m", AT, &[("phq9m_si_month", yes)]);
    copy.carry_out(&Intent::Begin {
        chart: chart(),
        entry: EntryId::from_random([77; 16]),
        taken: month(1),
    });
    copy.carry_out(&finish(month(0)));
    let said = said(&copy);
    assert!(!said[0].contains("item month"), "{said:?}");
    let number = said[0].split("item ").nth(1).and_then(|rest| rest.split(':').next());
    assert!(number.is_some_and(|n| n.parse::<u8>().is_ok()), "{said:?}");
}

#[test]
fn undoing_a_form_leaves_the_concern_of_its_answer_and_says_so_on_it() {
    let mut copy = Copy::new(1).at(AT);
    let entries = copy.record(vec![phq9(AT, 1).into()]);
    copy.carry_out(&void(entries, "Undone"));
    assert!(copy.sheet().scores.is_empty());
    assert!(copy.concern().is_open());
    assert!(said(&copy)[0].contains("Undone"), "{:?}", said(&copy));
    assert!(is_slip(&copy), "a person closes it");
}

#[test]
fn undoing_a_correction_leaves_the_concern_that_it_opened() {
    let mut copy = Copy::new(1).at(AT);
    let entry = copy.take(phq9(AT, 0));
    let entries = copy.carry_out(&Intent::Correct {
        chart: chart(),
        entry,
        fact: Box::new(phq9(AT, 2).into()),
        reason: None,
    });
    copy.carry_out(&void(entries, "Undone"));
    assert!(copy.concern().is_open());
    assert_eq!(said(&copy).len(), 1);
}

#[test]
fn undoing_a_crisis_contact_leaves_its_concern_and_says_so_on_it() {
    let mut copy = Copy::new(1).at(AT);
    let entries = copy.carry_out(&crisis(None));
    copy.carry_out(&void(entries, "Undone"));
    assert!(copy.sheet().contacts.is_empty());
    assert!(copy.concern().is_open());
    assert!(said(&copy)[0].contains("Undone"), "{:?}", said(&copy));
}

#[test]
fn the_concern_of_an_answer_is_not_voided_alone_and_one_opened_by_hand_with_a_reason_only() {
    let mut copy = Copy::new(1).at(AT);
    let entries = copy.record(vec![phq9(AT, 1).into()]);
    let alone = void(vec![entries[1]], "opened for somebody else");
    assert!(matches!(copy.decide(&alone, None), Err(Refusal::Field(_))));

    let mut copy = Copy::new(1).at(AT);
    let by_hand = Concern {
        concern: ThingId::from_random([3; 16]),
        kind: ConcernKind::Mania,
        because: Because::ByHand {
            note: "talks without a stop".to_owned(),
        },
        level: Level::Positive,
        at: when(AT),
    };
    let entries = copy.record(vec![by_hand.into()]);
    assert!(matches!(
        copy.decide(&void(entries.clone(), "Undone"), None),
        Err(Refusal::Field(_))
    ));
    copy.carry_out(&void(entries, "it was the next patient on the list"));
    assert!(copy.sheet().concerns.is_empty());
}
