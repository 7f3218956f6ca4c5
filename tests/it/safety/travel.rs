//! Merges, moves, imports, and forms that can't be scored.

use super::*;
use caseload::care::Kind;

#[test]
fn a_concern_closed_on_one_copy_and_answered_again_on_the_other_stays_open() {
    // A closes it in the afternoon; B, who doesn't know, took a higher answer before or after that.
    for (closed, answered) in [
        ("2026-11-20T15:00:00-05:00", "2026-11-20T11:00:00-05:00"),
        ("2026-11-20T11:00:00-05:00", "2026-11-20T15:00:00-05:00"),
        ("2026-11-20T15:00:00-05:00", "2026-11-19T11:00:00-05:00"),
    ] {
        for again in [1, 3] {
            let mut a = Copy::new(1).at("2026-11-16T15:00:00-05:00");
            a.take(phq9("2026-11-16T10:00:00-05:00", 2));
            let mut b = a.elsewhere(2).at(answered);
            b.take(phq9(answered, again));
            a.see_to();
            let mut a = a.at(closed);
            a.close().unwrap();
            let mut merged = a.clone().at("2026-11-21T09:00:00-05:00");
            merged.merge(&b);
            assert!(
                merged.concern().is_open(),
                "closed {closed}, answered {again} at {answered}"
            );
            assert_eq!(merged.item().unwrap().kind(), Kind::Safety);
            b.merge(&a);
            assert_eq!(merged.sheet().concerns, b.sheet().concerns, "whoever merges");
        }
    }
}

#[test]
fn a_concern_closed_on_one_copy_and_worked_on_later_on_the_other_stays_open() {
    let mut a = Copy::new(1).at("2026-11-16T15:00:00-05:00");
    a.take(phq9("2026-11-16T10:00:00-05:00", 2));
    a.see_to();
    let mut b = a.elsewhere(2).at("2026-11-20T15:00:00-05:00");
    let mut a = a.at("2026-11-20T11:00:00-05:00");
    a.close().unwrap();
    b.step(Step::Action {
        what: "sister drives over tonight".to_owned(),
    });
    a.merge(&b);
    assert!(a.concern().is_open());
    let mut a = a.at("2026-11-21T09:00:00-05:00");
    a.close().unwrap();
    assert!(!a.concern().is_open(), "and can be closed then");
}

#[test]
fn a_concern_closed_without_having_seen_a_step_is_open_whatever_the_clocks_say() {
    for (closed, worked) in [
        ("2026-11-20T15:00:00-05:00", "2026-11-20T11:00:00-05:00"),
        ("2026-11-20T11:00:00-05:00", "2026-11-20T15:00:00-05:00"),
    ] {
        let mut a = Copy::new(1).at("2026-11-16T15:00:00-05:00");
        a.take(phq9("2026-11-16T10:00:00-05:00", 2));
        a.see_to();
        let mut b = a.elsewhere(2).at(worked);
        b.step(Step::Action {
            what: "sister drives over tonight".to_owned(),
        });
        let mut a = a.at(closed);
        a.close().unwrap();
        assert!(!a.concern().is_open(), "closed in one copy");
        let (mut one, mut other) = (a.clone(), b.clone());
        one.merge(&b);
        other.merge(&a);
        assert!(one.concern().is_open(), "closed {closed}, worked on {worked}");
        assert_eq!(one.sheet().concerns, other.sheet().concerns, "whoever merges");
        let mut again = one.at("2026-11-21T09:00:00-05:00");
        again.close().unwrap();
        assert!(!again.concern().is_open(), "and can be closed by whoever has seen it");
        other.merge(&again);
        assert!(!other.concern().is_open(), "in every copy");
        // A new answer later than the closing that saw everything is a new matter.
        let mut later = again.at("2026-11-22T09:00:00-05:00");
        later.take(phq9("2026-11-22T09:00:00-05:00", 2));
        assert!(later.concern().is_open(), "a new answer later");
    }
}

#[test]
fn of_two_closings_one_has_to_have_seen_every_step() {
    for (b_sees, open) in [(false, true), (true, false)] {
        let mut a = Copy::new(1).at("2026-11-16T15:00:00-05:00");
        a.take(phq9("2026-11-16T10:00:00-05:00", 2));
        a.see_to();
        let mut b = a.elsewhere(2).at("2026-11-20T11:00:00-05:00");
        let mut a = a.at("2026-11-20T10:00:00-05:00");
        let action = |what: &str| Step::Action { what: what.to_owned() };
        a.step(action("called"));
        if b_sees {
            b.merge(&a);
        }
        b.step(action("wrote to her"));
        a.close().unwrap();
        b.close().unwrap();
        a.merge(&b);
        assert_eq!(a.concern().is_open(), open, "the other closer had seen it: {b_sees}");
    }
}

#[test]
fn a_closing_of_an_older_version_is_opened_by_what_was_written_later_only() {
    for (worked, open) in [
        ("2026-11-20T11:00:00-05:00", false),
        ("2026-11-20T16:00:00-05:00", true),
    ] {
        let mut a = Copy::new(1).at("2026-11-16T15:00:00-05:00");
        a.take(phq9("2026-11-16T10:00:00-05:00", 2));
        let concern = a.concern().concern;
        let mut b = a.elsewhere(2).at(worked);
        b.step(Step::Action {
            what: "called".to_owned(),
        });
        let mut a = a.at("2026-11-20T15:00:00-05:00");
        let at = a.now;
        a.write(ConcernClosed {
            concern,
            at,
            action: "spoken with".to_owned(),
            reason: None,
            watch_until: None,
            saw: None,
        });
        a.merge(&b);
        assert_eq!(a.concern().is_open(), open, "worked on at {worked}");
    }
}

#[test]
fn an_imported_concern_that_one_copy_acts_on_and_the_other_closes_stays_open() {
    let mut a = Copy::new(1);
    a.write(imported(3, "2026-10-01", Some(1)));
    let mut b = a.elsewhere(2).at("2026-11-20T09:00:00-05:00");
    let mut a = a.at("2026-11-20T10:00:00-05:00");
    let concern = a.concern().concern;
    let triage = |decision, at| Intent::Triage {
        chart: chart(),
        concern,
        decision,
        at,
    };
    use caseload::care::intent::TriageDecision::*;
    let note = "called, no answer".to_owned();
    b.carry_out(&triage(ActToday { note }, b.now));
    let by = "Dr. Vu, by phone".to_owned();
    a.carry_out(&triage(CaredForElsewhere { by }, a.now));
    assert!(!a.concern().is_open());
    a.merge(&b);
    assert!(a.concern().is_open());
    assert!(!a.concern().untriaged, "both decided");
}

#[test]
fn a_positive_form_moved_from_the_wrong_patient_opens_a_concern_in_the_right_record() {
    let mut wrong = Copy::new(1).at("2026-11-20T15:00:00-05:00");
    let entry = wrong.take(phq9("2026-11-20T10:00:00-05:00", 2));
    let to = ChartId::from_random([6; 16]);
    let mut right = Copy::new(3).at("2026-11-20T15:00:00-05:00");
    (right.id, right.entries) = (to, Chart::default());
    right.write(Note {
        at: when("2026-11-02"),
        text: "someone else".to_owned(),
        discuss: false,
    });
    let intent = Intent::Move {
        from: chart(),
        to,
        entry,
    };
    let decision = wrong.decide(&intent, Some(&right.entries)).unwrap();
    assert_eq!(decision.concerns.len(), 1);
    for planned in decision.entries {
        let stamp = wrong.clock.tick(wrong.millis());
        let entry = Entry::write(planned.draft, planned.id, stamp, me()).unwrap();
        let copy = if entry.chart() == to { &mut right } else { &mut wrong };
        copy.entries.insert(entry);
    }
    let line = right.concern();
    assert!(line.is_open());
    assert_eq!(line.level, Level::High);
    assert_eq!(line.day, day("2026-11-20"));
    assert!(wrong.concern().is_open(), "a named person closes the other one");
}

#[test]
fn a_form_that_can_not_be_scored_still_shows_its_positive_safety_answer() {
    // Item 3 takes 0 to 3: another program wrote this form, or it was damaged on the way.
    let broken = items("phq9", "2026-11-20", &[("phq9_3", 7), ("phq9_9", 2)]);
    let known = std::collections::BTreeMap::from([("phq9_9".to_owned(), 3)]);
    let contradictory = Assessment {
        answers: Answered::Total { total: 1, known },
        ..broken.clone()
    };
    for form in [broken, contradictory] {
        let mut copy = Copy::new(1).at("2026-11-20T15:00:00-05:00");
        copy.write(form);
        assert_eq!(copy.sheet().scores[0].total, None);
        let item = copy.item().unwrap();
        assert_eq!(item.kind(), Kind::Safety, "{}", item.first.sentence());
    }
}

#[test]
fn what_an_imported_concern_needs_is_due_from_the_decision_and_shows_the_day_of_the_answer() {
    let mut copy = Copy::new(1).at("2026-11-20T09:00:00-05:00");
    copy.write(CaseReview {
        at: when("2026-09-10"),
        consultant: None,
        note: None,
    });
    copy.write(imported(3, "2026-09-15", Some(1)));
    let late = |copy: &Copy| copy.item().unwrap().first.late_days();
    assert_eq!(late(&copy), 0, "nobody could have acted in September");
    let mut copy = copy.at("2026-11-23T09:00:00-05:00");
    let first = copy.item().unwrap().first;
    assert_eq!(first.late_days(), 0);
    assert!(first.sentence().contains("15 Sep"), "{}", first.sentence());
    let concern = copy.concern().concern;
    copy.carry_out(&Intent::Triage {
        chart: chart(),
        concern,
        decision: caseload::care::intent::TriageDecision::ActToday {
            note: "call now".to_owned(),
        },
        at: copy.now,
    });
    assert_eq!(late(&copy), 0, "due on the day of the decision");
    assert_eq!(copy.concern().day, day("2026-09-15"));
    assert!(
        copy.item()
            .unwrap()
            .others
            .iter()
            .all(|c| c.rule != caseload::care::Rule::CaseReview || c.late_days() == 0)
    );
    let copy = copy.at("2026-11-25T09:00:00-05:00");
    let first = copy.item().unwrap().first;
    assert_eq!(first.late_days(), 2, "{}", first.sentence());
}
