//! Safety in the initial assessment: a yes that means "now" opens a concern, and nothing that is said later closes it.

use super::*;
use caseload::care::known_of_safety;
use caseload::journal::Slot;

fn yes() -> Said {
    Said::Yes { words: None }
}

fn area(area: Area, on: &str, replies: &[(Question, Said)]) -> AreaAnswers {
    AreaAnswers {
        area,
        day: day(on),
        replies: replies.iter().cloned().collect(),
        treatments: Vec::new(),
    }
}

fn harm(on: &str, replies: &[(Question, Said)]) -> AreaAnswers {
    area(Area::PastHarm, on, replies)
}

fn copy() -> Copy {
    Copy::new(1).at("2026-11-20T09:20:00-05:00")
}

fn opened(copy: &Copy) -> Vec<(ConcernKind, bool)> {
    copy.sheet().concerns.iter().map(|c| (c.kind, c.is_open())).collect()
}

#[test]
fn a_yes_that_means_now_opens_a_concern_of_its_kind_in_the_same_save() {
    let cases = [
        (Area::PastHarm, Question::SuicideNow, ConcernKind::Suicide),
        (Area::PastHarm, Question::HarmOthersNow, ConcernKind::HarmToOthers),
        (Area::Trauma, Question::TraumaNow, ConcernKind::PartnerViolence),
    ];
    for (of, question, kind) in cases {
        let mut copy = copy();
        let words = Some("since Sunday".to_owned());
        let fact = area(of, "2026-11-20", &[(question, Said::Yes { words })]);
        let decision = copy
            .decide(
                &Intent::Record {
                    chart: chart(),
                    facts: vec![fact.clone().into()],
                },
                None,
            )
            .unwrap();
        assert_eq!(decision.concerns.len(), 1, "{kind:?}: the steps follow");
        copy.record(vec![fact.into()]);
        assert_eq!(opened(&copy), [(kind, true)]);
        let folded = copy.entries.fold();
        let note = folded.live().iter().find_map(|live| match &live.fact {
            Fact::Concern(Concern {
                because: Because::ByHand { note },
                ..
            }) => Some(note.clone()),
            _ => None,
        });
        let note = note.unwrap();
        assert!(note.starts_with("Initial assessment: yes to "), "{note}");
        assert!(note.ends_with(": since Sunday"), "{note}");
    }
}

#[test]
fn a_no_a_refusal_and_what_was_once_open_nothing() {
    let mut copy = copy();
    copy.record(vec![
        harm(
            "2026-11-20",
            &[
                (Question::SuicideNow, Said::No),
                (Question::HarmOthersNow, Said::RatherNot),
                (Question::PastAttempt, yes()),
                (Question::PastViolence, yes()),
            ],
        )
        .into(),
    ]);
    assert_eq!(opened(&copy), []);
    let known = known_of_safety(&copy.entries.fold())
        .into_iter()
        .map(|(on, title, _)| (on, title))
        .collect::<Vec<_>>();
    let on = day("2026-11-20");
    assert_eq!(known, [(on, "past attempts"), (on, "violence")], "but it is shown");
}

#[test]
fn somebody_under_eighteen_who_is_not_safe_is_a_matter_of_abuse_or_neglect() {
    for (birth, kind) in [
        ("2008-11-20", ConcernKind::PartnerViolence),
        ("2008-11-21", ConcernKind::AbuseOrNeglect),
    ] {
        let mut copy = copy();
        copy.write(Registration {
            birth: Some(day(birth)),
            ..Registration::named("Jun".to_owned(), "Ito".to_owned())
        });
        copy.record(vec![
            area(Area::Trauma, "2026-11-20", &[(Question::TraumaNow, yes())]).into(),
        ]);
        assert_eq!(opened(&copy), [(kind, true)], "{birth}");
    }
}

#[test]
fn neither_a_later_no_nor_a_correction_nor_an_undo_closes_the_concern() {
    let first = harm("2026-11-20", &[(Question::SuicideNow, yes())]);
    let no = harm("2026-11-20", &[(Question::SuicideNow, Said::No)]);

    let mut later = copy();
    later.record(vec![first.clone().into()]);
    later.record(vec![no.clone().into()]);
    assert_eq!(opened(&later), [(ConcernKind::Suicide, true)]);

    let mut corrected = copy();
    let entry = corrected.record(vec![first.clone().into()])[0];
    corrected.carry_out(&Intent::Correct {
        chart: chart(),
        entry,
        fact: Box::new(no.into()),
        reason: None,
    });
    assert_eq!(opened(&corrected), [(ConcernKind::Suicide, true)]);

    let mut undone = copy();
    let entries = undone.record(vec![first.into()]);
    undone.carry_out(&Intent::Void {
        chart: chart(),
        entries,
        reason: "Written down by mistake".to_owned(),
    });
    assert_eq!(opened(&undone), [(ConcernKind::Suicide, true)]);
}

#[test]
fn a_corrected_answer_that_is_yes_opens_the_concern_and_one_that_stays_yes_opens_no_second() {
    let mut copy = copy();
    let entry = copy.record(vec![harm("2026-11-20", &[(Question::SuicideNow, Said::No)]).into()])[0];
    copy.carry_out(&Intent::Correct {
        chart: chart(),
        entry,
        fact: Box::new(harm("2026-11-20", &[(Question::SuicideNow, yes())]).into()),
        reason: None,
    });
    assert_eq!(opened(&copy), [(ConcernKind::Suicide, true)]);
    copy.see_to();
    let again = harm(
        "2026-11-20",
        &[(Question::SuicideNow, yes()), (Question::PastAttempt, Said::No)],
    );
    copy.record(vec![again.clone().into()]);
    assert!(
        caseload::care::missing_to_close(&copy.concern()).is_empty(),
        "the same answer, kept: the steps don't start again"
    );
    copy.close().unwrap();
    let kept = harm(
        "2026-11-20",
        &[(Question::SuicideNow, yes()), (Question::PastAttempt, yes())],
    );
    let entry = copy.entries.fold().head(&Slot::Area(Area::PastHarm)).unwrap().id;
    copy.carry_out(&Intent::Correct {
        chart: chart(),
        entry,
        fact: Box::new(kept.into()),
        reason: None,
    });
    assert_eq!(
        opened(&copy),
        [(ConcernKind::Suicide, false)],
        "nothing was asked again"
    );
    copy.record(vec![harm("2026-11-20", &[(Question::SuicideNow, Said::No)]).into()]);
    copy.record(vec![harm("2026-11-20", &[(Question::SuicideNow, yes())]).into()]);
    let open = copy.sheet().open_concerns().count();
    assert_eq!(open, 1, "said no, and then yes again: a new concern");
}

#[test]
fn a_yes_joins_the_concern_that_is_open_and_starts_its_steps_again() {
    let mut copy = copy();
    copy.record(vec![harm("2026-11-20", &[(Question::SuicideNow, yes())]).into()]);
    copy.see_to();
    let mut later = copy.at("2026-11-23T10:00:00-05:00");
    later.record(vec![harm("2026-11-23", &[(Question::SuicideNow, Said::No)]).into()]);
    later.record(vec![harm("2026-11-23", &[(Question::SuicideNow, yes())]).into()]);
    assert_eq!(later.sheet().concerns.len(), 1);
    assert!(!caseload::care::missing_to_close(&later.concern()).is_empty());
}

#[test]
fn an_assessment_that_is_moved_to_the_right_patient_opens_its_concern_there() {
    let mut wrong = copy();
    let entry = wrong.record(vec![harm("2026-11-20", &[(Question::SuicideNow, yes())]).into()])[0];
    let right = ChartId::from_random([6; 16]);
    let decision = wrong
        .decide(
            &Intent::Move {
                from: chart(),
                to: right,
                entry,
            },
            Some(&Chart::default()),
        )
        .unwrap();
    let there = decision
        .entries
        .iter()
        .filter(|planned| planned.draft.chart == right)
        .filter(|planned| matches!(&planned.draft.fact, Fact::Concern(c) if c.kind == ConcernKind::Suicide));
    assert_eq!(there.count(), 1);
    assert_eq!(decision.concerns.len(), 1);
}

#[test]
fn a_yes_now_is_skipped_only_while_it_is_the_same_and_its_concern_is_open() {
    // A yes of a former episode, whose concern was closed, hid each later one.
    use caseload::care::missing_to_close;
    let said = |words: &str| Said::Yes {
        words: Some(words.to_owned()),
    };
    let first = || harm("2026-11-02", &[(Question::SuicideNow, yes())]);
    let again = |on: &str, said: Said| harm(on, &[(Question::SuicideNow, said), (Question::PastAttempt, Said::No)]);
    // Name, whether the first concern was closed, what is said then, how many concerns there are, whether the open one
    // is ready to be closed.
    let table = [
        (
            "closed, the same on another day",
            true,
            again("2026-11-20", yes()),
            2,
            false,
        ),
        (
            "closed, other words",
            true,
            again("2026-11-20", said("since Sunday")),
            2,
            false,
        ),
        (
            "closed, the same on the same day",
            true,
            again("2026-11-02", yes()),
            2,
            false,
        ),
        ("open, the same", false, again("2026-11-02", yes()), 1, true),
        (
            "open, the same on another day",
            false,
            again("2026-11-20", yes()),
            1,
            true,
        ),
        (
            "open, other words",
            false,
            again("2026-11-20", said("has a plan")),
            1,
            false,
        ),
    ];
    for (name, is_closed, then, concerns, ready) in table {
        let mut copy = Copy::new(1);
        copy.record(vec![first().into()]);
        copy.see_to();
        if is_closed {
            copy.close().unwrap();
        }
        let mut copy = copy.at("2026-11-20T09:20:00-05:00");
        let decision = copy.decide(
            &Intent::Record {
                chart: chart(),
                facts: vec![then.clone().into()],
            },
            None,
        );
        copy.record(vec![then.into()]);
        let sheet = copy.sheet();
        assert_eq!(sheet.concerns.len(), concerns, "{name}");
        let open: Vec<_> = sheet.open_concerns().collect();
        assert_eq!(open.len(), 1, "{name}");
        assert_eq!(missing_to_close(open[0]).is_empty(), ready, "{name}");
        if !ready {
            assert_eq!(decision.unwrap().concerns.len(), 1, "{name}: its steps follow");
        }
    }
}

#[test]
fn the_same_yes_on_a_later_day_keeps_a_concern_open_that_another_copy_closed_before_it() {
    let mut copy = Copy::new(1);
    copy.record(vec![harm("2026-11-02", &[(Question::SuicideNow, yes())]).into()]);
    copy.see_to();
    let mut elsewhere = copy.elsewhere(2).at("2026-11-19T09:00:00-05:00");
    elsewhere.close().unwrap();
    let mut copy = copy.at("2026-11-20T09:20:00-05:00");
    copy.record(vec![harm("2026-11-20", &[(Question::SuicideNow, yes())]).into()]);
    copy.merge(&elsewhere);
    assert_eq!(opened(&copy), [(ConcernKind::Suicide, true)]);
}

#[test]
fn an_answer_that_means_now_is_asked_anew_on_another_day_and_once_its_concern_is_closed() {
    use caseload::care::asked_anew;
    let mut copy = copy();
    let area = harm(
        "2026-11-20",
        &[
            (Question::SuicideNow, yes()),
            (Question::HarmOthersNow, Said::No),
            (Question::PastAttempt, yes()),
        ],
    );
    copy.record(vec![area.clone().into()]);
    let anew = |copy: &Copy, on: &str| asked_anew(std::slice::from_ref(&area), &copy.sheet(), day(on));
    let now = [Question::SuicideNow, Question::HarmOthersNow];
    assert_eq!(anew(&copy, "2026-11-20"), []);
    assert_eq!(anew(&copy, "2026-11-21"), now);
    copy.see_to();
    copy.close().unwrap();
    assert_eq!(anew(&copy, "2026-11-20"), now[..1], "a no is of its day");
}

/// Whether an action on a concern ends with these words.
fn says(copy: &Copy, words: &str) -> bool {
    let folded = copy.entries.fold();
    let mut actions = folded.live().iter().filter_map(|live| match &live.fact {
        Fact::ConcernStep(ConcernStep {
            step: Step::Action { what },
            ..
        }) => Some(what.clone()),
        _ => None,
    });
    actions.any(|what| what.ends_with(words))
}

#[test]
fn words_that_follow_a_yes_of_the_same_day_start_no_step_again() {
    // The yes is saved the moment it is chosen; its words were saved after the steps had been taken, and undid them.
    use caseload::care::missing_to_close;
    let mut copy = copy();
    copy.record(vec![harm("2026-11-20", &[(Question::SuicideNow, yes())]).into()]);
    copy.see_to();
    let words = Some("since Sunday".to_owned());
    copy.record(vec![
        harm("2026-11-20", &[(Question::SuicideNow, Said::Yes { words })]).into(),
    ]);
    assert_eq!(opened(&copy), [(ConcernKind::Suicide, true)]);
    assert!(missing_to_close(&copy.concern()).is_empty());
    assert!(says(&copy, ": since Sunday"), "the concern says them");
}

#[test]
fn a_yes_by_a_slip_of_the_hand_is_closed_as_such_only_once_it_is_taken_back() {
    use caseload::care::was_asked_in_error;
    let is_slip = |copy: &Copy| was_asked_in_error(&copy.entries.fold(), &copy.sheet(), &copy.concern());
    let mut copy = copy();
    copy.record(vec![harm("2026-11-20", &[(Question::SuicideNow, yes())]).into()]);
    assert!(!is_slip(&copy), "the yes stands");
    copy.record(vec![harm("2026-11-20", &[(Question::SuicideNow, Said::No)]).into()]);
    assert!(is_slip(&copy));
    let mut measured = copy.elsewhere(2).at("2026-11-20T10:00:00-05:00");
    measured.take(phq9("2026-11-20T10:00:00-05:00", 1));
    assert!(!is_slip(&measured), "a measure says it too");
    let close = Intent::CloseTypedInError {
        chart: chart(),
        concern: copy.concern().concern,
        reason: "Clicked the wrong line, asked again: no".to_owned(),
        at: when("2026-11-20T09:30:00-05:00"),
    };
    copy.carry_out(&close);
    assert_eq!(opened(&copy), [(ConcernKind::Suicide, false)]);
}

#[test]
fn an_undo_leaves_on_the_concern_that_the_yes_came_again() {
    let mut copy = Copy::new(1);
    copy.record(vec![harm("2026-11-02", &[(Question::SuicideNow, yes())]).into()]);
    let mut copy = copy.at("2026-11-20T09:20:00-05:00");
    let saved = copy.record(vec![harm("2026-11-20", &[(Question::SuicideNow, yes())]).into()]);
    copy.carry_out(&Intent::Void {
        chart: chart(),
        entries: saved,
        reason: "Undone".to_owned(),
    });
    assert!(says(&copy, "as before"));
}

#[test]
fn what_was_asked_on_an_earlier_day_keeps_its_day_and_its_yes_when_the_area_is_saved_of_another() {
    use caseload::care::{asked_on, not_asked, was_asked_in_error};
    let gap = |copy: &Copy| {
        let gaps = not_asked(&copy.entries.fold(), None);
        let open = gaps.get(&Area::PastHarm).cloned().unwrap_or_default();
        open.contains(&Question::SuicideNow)
    };
    let asked =
        |copy: &Copy| asked_on(&copy.entries.fold(), Question::SuicideNow).map(|(day, said)| (day, said.clone()));
    // The talk was on Friday, written down today; today the rest of the area is asked.
    let mut copy = copy();
    copy.record(vec![harm("2026-11-13", &[(Question::SuicideNow, yes())]).into()]);
    assert_eq!(
        opened(&copy),
        [(ConcernKind::Suicide, true)],
        "a yes of an earlier day opens it too"
    );
    copy.record(vec![harm("2026-11-20", &[(Question::PastAttempt, Said::No)]).into()]);
    assert_eq!(asked(&copy), Some((day("2026-11-13"), yes())));
    assert!(!gap(&copy), "it was asked, on its day");
    assert!(
        !was_asked_in_error(&copy.entries.fold(), &copy.sheet(), &copy.concern()),
        "nobody took the yes back"
    );
    // A later answer has its own day; one that is taken back on its day is asked no more.
    copy.record(vec![harm("2026-11-20", &[(Question::SuicideNow, Said::No)]).into()]);
    assert_eq!(asked(&copy), Some((day("2026-11-20"), Said::No)));
    copy.record(vec![harm("2026-11-20", &[(Question::PastAttempt, Said::No)]).into()]);
    assert_eq!(asked(&copy), None);
    assert!(gap(&copy));
}
