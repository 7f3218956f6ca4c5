//! A positive safety answer is committed while its form is still being filled in: one score, one concern, and a
//! concern that nobody's later answer closes.

use super::*;
use caseload::care::{Kind, was_typed_in_error};
use caseload::flowsheet::SafetyItem;

const AT: &str = "2026-11-02T09:00:00-05:00";

/// The answers when item 9 was just typed: the first eight may be open.
fn so_far(item9: u8) -> Assessment {
    items("phq9", AT, &[("phq9_1", 2), ("phq9_9", item9)])
}

/// The id that the form made.
fn id() -> EntryId {
    EntryId::from_random([77; 16])
}

fn begin(taken: Assessment) -> Intent {
    Intent::Begin {
        chart: chart(),
        entry: id(),
        taken,
    }
}

fn finish(taken: Assessment) -> Intent {
    Intent::Finish {
        form: Box::new(Intent::Record {
            chart: chart(),
            facts: vec![taken.into()],
        }),
        begun: vec![id()],
    }
}

fn actions(copy: &Copy) -> Vec<String> {
    let folded = copy.entries.fold();
    let steps = folded.live().iter().filter_map(|l| match &l.fact {
        Fact::ConcernStep(s) => match &s.step {
            Step::Action { what } => Some(what.clone()),
            _ => None,
        },
        _ => None,
    });
    steps.collect()
}

#[test]
fn an_abandoned_form_leaves_its_concern_on_today() {
    let mut copy = Copy::new(1).at(AT);
    copy.carry_out(&begin(so_far(1)));
    assert!(copy.concern().is_open());
    assert!(copy.item().is_some_and(|item| item.first.kind == Some(Kind::Safety)));
    let sheet = copy.sheet();
    assert_eq!((sheet.scores.len(), sheet.scores[0].total), (1, None));
    assert_eq!(sheet.scores[0].safety, SafetyItem::Answered(1));
}

#[test]
fn only_a_positive_answer_is_committed_early() {
    let mut copy = Copy::new(1).at(AT);
    assert_eq!(copy.decide(&begin(so_far(0)), None), Err(Refusal::Nothing));
}

#[test]
fn the_final_save_counts_one_score_and_one_concern_and_no_reassessment() {
    let mut copy = Copy::new(1).at(AT);
    copy.carry_out(&begin(so_far(1)));
    let decision = copy.decide(&finish(phq9(AT, 1)), None).unwrap();
    assert_eq!(decision.concerns, [copy.concern().concern], "the safety step follows");
    copy.carry_out(&finish(phq9(AT, 1)));
    let sheet = copy.sheet();
    assert_eq!((sheet.scores.len(), sheet.scores[0].total), (1, Some(1)));
    assert_eq!((sheet.concerns.len(), copy.compared()), (1, None));
    assert!(actions(&copy).is_empty());
}

#[test]
fn a_contact_replaces_what_it_committed_and_keeps_the_rest() {
    use caseload::care::intent::{ContactForm, Next, Reached};
    let mut copy = Copy::new(1).at(AT);
    copy.carry_out(&begin(so_far(2)));
    let gad7 = items("gad7", AT, &[("gad7_1", 1)]);
    let form = ContactForm {
        chart: chart(),
        at: when(AT),
        reached: Reached::Yes {
            mode: Mode::Phone,
            kind: ContactKind::FollowUp,
            with: vec![With::Patient],
            did: Vec::new(),
            inbound: false,
            language: None,
            talk: Talk::default(),
        },
        measures: vec![gad7, phq9(AT, 2)],
        declined: vec![Declined {
            instrument: "auditc".to_owned(),
            at: when(AT),
            reason: DeclineReason::NoTime,
        }],
        education: Vec::new(),
        time: None,
        note: None,
        next: Next::On(day("2026-11-04")),
        entry: None,
    };
    copy.carry_out(&Intent::Finish {
        form: Box::new(Intent::Contact(form)),
        begun: vec![id()],
    });
    let sheet = copy.sheet();
    assert_eq!(sheet.scores.iter().filter(|s| s.instrument == "phq9").count(), 1);
    assert_eq!(sheet.scores.iter().filter(|s| s.instrument == "gad7").count(), 1);
    assert_eq!(sheet.declined.len(), 1);
    assert_eq!(copy.concern().next_contact, Some(day("2026-11-04")));
    assert_eq!((sheet.concerns.len(), copy.compared()), (1, None));
}

#[test]
fn an_answer_that_rises_while_it_is_typed_raises_the_level_and_starts_the_steps_again() {
    let mut copy = Copy::new(1).at(AT);
    copy.carry_out(&begin(so_far(1)));
    copy.see_to();
    copy.carry_out(&begin(so_far(3)));
    let concern = copy.concern();
    assert_eq!((concern.level, concern.second_step), (Level::High, None));
    assert_eq!(copy.sheet().scores.len(), 1);
    assert_eq!(copy.compared(), None);
}

#[test]
fn a_slip_of_the_hand_leaves_the_concern_open_and_says_what_happened() {
    let mut copy = Copy::new(1).at(AT);
    copy.carry_out(&begin(so_far(1)));
    copy.carry_out(&finish(phq9(AT, 0)));
    assert!(copy.concern().is_open());
    let said = actions(&copy);
    assert!(
        said[0].starts_with("PHQ-9 item 9: 1 was typed, and changed to 0"),
        "{said:?}"
    );
    assert_eq!(copy.sheet().scores.len(), 1);
    assert_eq!(copy.sheet().scores[0].safety, SafetyItem::Answered(0));
}

#[test]
fn a_yes_that_is_changed_is_told_also_where_another_yes_stays() {
    let mut copy = Copy::new(1).at(AT);
    copy.carry_out(&begin(items("asq", AT, &[("asq_1", 1), ("asq_2", 1)])));
    copy.carry_out(&finish(asq(AT, [0, 1, 0, 0, 0])));
    let said = actions(&copy);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].starts_with("ASQ item 1: Yes was typed, and changed to No"),
        "{said:?}"
    );
    assert!(copy.concern().is_open());
    // Saved again as it is, nothing more is told.
    copy.carry_out(&finish(asq(AT, [0, 1, 0, 0, 0])));
    assert_eq!(actions(&copy).len(), 1);
}

#[test]
fn a_slip_is_closed_by_a_named_person_with_a_reason_and_nothing_else_is() {
    let table = [
        (1, "misread the paper", false),
        (0, "slip", false),
        (0, "hit 1 instead of 0", true),
    ];
    for (finally, reason, closes) in table {
        let mut copy = Copy::new(1).at(AT);
        copy.carry_out(&begin(so_far(1)));
        copy.carry_out(&finish(phq9(AT, finally)));
        let close = Intent::CloseTypedInError {
            chart: chart(),
            concern: copy.concern().concern,
            reason: reason.to_owned(),
            at: when(AT),
        };
        assert_eq!(copy.decide(&close, None).is_ok(), closes, "{finally} {reason}");
        if closes {
            copy.carry_out(&close);
            assert_eq!(copy.concern().closed.map(|(_, by)| by), Some(me()));
            assert_eq!(copy.concern().watch_until, None);
        }
    }
}

#[test]
fn a_positive_answer_on_another_form_is_no_slip() {
    let mut copy = Copy::new(1).at(AT);
    copy.carry_out(&begin(so_far(1)));
    copy.carry_out(&finish(phq9(AT, 0)));
    copy.take(asq(AT, [1, 0, 0, 0, 0]));
    assert!(!was_typed_in_error(&copy.sheet(), &copy.concern()));
}

#[test]
fn an_early_answer_joins_the_concern_that_is_open_once() {
    let mut copy = Copy::new(1).at("2026-10-20T09:00:00-04:00");
    copy.take(phq9("2026-10-20T09:00:00-04:00", 2));
    let mut copy = copy.at(AT);
    copy.carry_out(&begin(so_far(1)));
    copy.carry_out(&finish(phq9(AT, 1)));
    assert_eq!(copy.sheet().concerns.len(), 1);
    assert_eq!(copy.compared(), Some(Compared::Lower));
    assert_eq!(copy.sheet().scores.len(), 2);
}

#[test]
fn a_form_that_is_taken_back_alone_leaves_its_concern_and_says_so() {
    let mut copy = Copy::new(1).at(AT);
    let entry = copy.take(phq9(AT, 1));
    copy.carry_out(&Intent::Void {
        chart: chart(),
        entries: vec![entry],
        reason: "Another patient\u{2019}s form".to_owned(),
    });
    assert!(copy.concern().is_open());
    assert!(actions(&copy)[0].contains("Another patient\u{2019}s form"));
    assert!(was_typed_in_error(&copy.sheet(), &copy.concern()));
}

#[test]
fn a_total_replaces_the_safety_item_that_was_typed_before_it() {
    let mut copy = Copy::new(1).at(AT);
    let known = items("phq9", AT, &[("phq9_9", 1)]);
    copy.carry_out(&begin(known));
    let total = Assessment {
        answers: Answered::Total {
            total: 14,
            known: [("phq9_9".to_owned(), 1)].into(),
        },
        ..phq9(AT, 1)
    };
    copy.carry_out(&finish(total));
    let sheet = copy.sheet();
    assert_eq!((sheet.scores.len(), sheet.scores[0].total), (1, Some(14)));
    assert_eq!((sheet.concerns.len(), copy.compared()), (1, None));
}

#[test]
fn a_form_that_is_gone_on_with_after_a_crash_commits_once() {
    let mut copy = Copy::new(1).at(AT);
    copy.carry_out(&begin(so_far(1)));
    assert_eq!(copy.decide(&begin(so_far(1)), None), Err(Refusal::Nothing));
    copy.carry_out(&finish(phq9(AT, 1)));
    assert_eq!((copy.sheet().scores.len(), copy.sheet().concerns.len()), (1, 1));
}

#[test]
fn a_commit_that_was_not_saved_is_made_up_for_by_the_final_save() {
    let mut copy = Copy::new(1).at(AT);
    copy.carry_out(&finish(phq9(AT, 1)));
    assert_eq!((copy.sheet().scores.len(), copy.sheet().concerns.len()), (1, 1));
}

#[test]
fn a_commit_that_was_undone_is_not_written_over() {
    let mut copy = Copy::new(1).at(AT);
    let entries = copy.carry_out(&begin(so_far(1)));
    copy.carry_out(&Intent::Void {
        chart: chart(),
        entries,
        reason: "Undone".to_owned(),
    });
    copy.carry_out(&begin(so_far(1)));
    assert_eq!(
        (copy.sheet().scores.len(), copy.sheet().open_concerns().count()),
        (1, 1)
    );
    assert_ne!(copy.sheet().scores[0].entry, id());
}

#[test]
fn a_form_whose_last_answer_was_committed_is_finished_all_the_same() {
    let mut copy = Copy::new(1).at(AT);
    copy.carry_out(&begin(phq9(AT, 1)));
    let decision = copy.decide(&finish(phq9(AT, 1)), None).unwrap();
    assert_eq!(decision.concerns, [copy.concern().concern]);
    copy.carry_out(&finish(phq9(AT, 1)));
    assert_eq!((copy.sheet().scores.len(), copy.sheet().concerns.len()), (1, 1));
}

/// A crisis contact whose ASQ committed its first Yes while it was typed.
fn in_crisis(answers: [u8; 5]) -> (Copy, Vec<String>) {
    let mut copy = Copy::new(1).at(AT);
    copy.carry_out(&begin(items("asq", AT, &[("asq_1", 1)])));
    assert!(copy.concern().is_open(), "open before the call is over");
    let form = caseload::care::intent::CrisisForm {
        second_step: Some(asq(AT, answers)),
        ..super::crisis::empty(AT)
    };
    copy.carry_out(&Intent::Finish {
        form: Box::new(Intent::Crisis(Box::new(form))),
        begun: vec![id()],
    });
    let said = actions(&copy);
    (copy, said)
}

#[test]
fn a_crisis_contact_takes_the_place_of_what_its_second_step_committed() {
    let (copy, _) = in_crisis([1, 0, 0, 0, 1]);
    let sheet = copy.sheet();
    assert_eq!(
        (sheet.scores.len(), sheet.concerns.len()),
        (1, 1),
        "one score, one concern"
    );
    assert!(copy.concern().is_open());
    let contacts = sheet.contacts.iter().filter(|c| c.kind == ContactKind::Crisis);
    assert_eq!(contacts.count(), 1);
    // Changed to No before the save: the concern says so in the form's own words, and stays.
    let (changed, said) = in_crisis([0, 0, 0, 0, 0]);
    assert!(changed.concern().is_open());
    assert!(
        said.iter()
            .any(|what| what.starts_with("ASQ item 1: Yes was typed, and changed to No before the form was saved")),
        "{said:?}"
    );
}

/// How the concern was reassessed, one after the other, by a form of which each state was committed as it was typed.
fn reassessed(opened: Fact, typed: &[Assessment]) -> Vec<Compared> {
    let mut copy = Copy::new(1).at("2026-10-20T09:00:00-04:00");
    copy.record(vec![opened]);
    let mut copy = copy.at(AT);
    for taken in typed {
        copy.carry_out(&begin(taken.clone()));
    }
    copy.carry_out(&finish(typed.last().unwrap().clone()));
    assert_eq!((copy.sheet().concerns.len(), copy.concern().is_open()), (1, true));
    let folded = copy.entries.fold();
    let steps = folded.live().iter().filter_map(|l| match &l.fact {
        Fact::ConcernStep(s) => match s.step {
            Step::Reassessed { compared, .. } => Some(compared),
            _ => None,
        },
        _ => None,
    });
    steps.collect()
}

#[test]
fn a_form_that_is_typed_reassesses_its_concern_once_and_again_only_for_news() {
    use Compared::*;
    const BEFORE: &str = "2026-10-20T09:00:00-04:00";
    let asq_of = |answers: &[u8]| {
        let names: Vec<String> = (1..=5).map(|n| format!("asq_{n}")).collect();
        let typed: Vec<(&str, u8)> = names.iter().map(String::as_str).zip(answers.iter().copied()).collect();
        items("asq", AT, &typed)
    };
    let one_by_one =
        |answers: &[u8]| -> Vec<Assessment> { (1..=answers.len()).map(|n| asq_of(&answers[..n])).collect() };
    let by_hand = || {
        Fact::from(Concern {
            concern: ThingId::from_random([3; 16]),
            kind: ConcernKind::Suicide,
            because: Because::ByHand {
                note: "the family rang".to_owned(),
            },
            level: Level::Positive,
            at: when(BEFORE),
        })
    };
    let after = |taken: Assessment| Fact::from(taken);
    let item9 = |values: &[u8]| -> Vec<Assessment> { values.iter().map(|value| so_far(*value)).collect() };
    let table = [
        (
            "four Yes",
            after(phq9(BEFORE, 1)),
            one_by_one(&[1, 1, 1, 1]),
            vec![Same],
        ),
        (
            "four Yes, nothing known",
            by_hand(),
            one_by_one(&[1, 1, 1, 1]),
            vec![Higher],
        ),
        (
            "four Yes, not now",
            by_hand(),
            one_by_one(&[1, 1, 1, 1, 0]),
            vec![Higher],
        ),
        (
            "four Yes, one known",
            after(asq(BEFORE, [1, 0, 0, 0, 0])),
            one_by_one(&[1, 1, 1, 1]),
            vec![Same, Higher],
        ),
        // Thoughts right now are a finding of their own, once.
        (
            "four Yes, and now",
            by_hand(),
            one_by_one(&[1, 1, 1, 1, 1]),
            vec![Higher, Higher],
        ),
        (
            "now, before the rest is typed",
            after(phq9(BEFORE, 1)),
            vec![
                asq(AT, [1, 0, 0, 0, 0]),
                asq(AT, [1, 0, 0, 0, 1]),
                asq(AT, [1, 1, 0, 0, 1]),
            ],
            vec![Same, Higher],
        ),
        (
            "item 9: 1, then 3",
            after(phq9(BEFORE, 1)),
            item9(&[1, 3]),
            vec![Same, Higher],
        ),
        (
            "item 9: 1, then 3, after 0",
            by_hand(),
            item9(&[1, 3]),
            vec![Higher, Higher],
        ),
        (
            "item 9: 1, then 2, after 3",
            after(phq9(BEFORE, 3)),
            item9(&[1, 2]),
            vec![Lower],
        ),
    ];
    for (what, opened, typed, expected) in table {
        assert_eq!(reassessed(opened, &typed), expected, "{what}");
    }
}
