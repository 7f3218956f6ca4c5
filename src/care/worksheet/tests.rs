use super::*;
use crate::journal::ThingId;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn step(what: &str) -> SolutionStep {
    SolutionStep {
        what: what.to_owned(),
        by: None,
        done: None,
        dropped: None,
        was: Vec::new(),
    }
}

fn option(what: &str) -> Solution {
    Solution {
        what: what.to_owned(),
        pros: None,
        cons: None,
        was: Vec::new(),
    }
}

fn sheet(steps: Vec<SolutionStep>) -> ProblemSheet {
    ProblemSheet {
        sheet: ThingId::from_random([1; 16]),
        day: day("2026-11-10"),
        problem: "Behind with the rent".to_owned(),
        goal: None,
        options: vec![option("Call the landlord")],
        chosen: None,
        steps,
        outcome: None,
        finished: None,
    }
}

fn told(sheet: &ProblemSheet) -> Vec<(&str, bool, bool)> {
    let steps = sheet.steps.iter();
    steps
        .map(|step| (step.what.as_str(), step.done.is_some(), step.dropped.is_some()))
        .collect()
}

#[test]
fn a_step_that_is_emptied_is_given_up_and_never_gone() {
    let before = sheet(vec![step("Find the number"), step("Call")]);
    let after = gone_on(
        &before,
        sheet(vec![step("Call")]),
        &before,
        &EarlierWords::default(),
        day("2026-11-20"),
    );
    assert_eq!(told(&after), [("Call", false, false), ("Find the number", false, true)]);
    assert_eq!(after.steps[1].dropped, Some(day("2026-11-20")));
    // One that is put otherwise is the same step.
    let words = EarlierWords {
        steps: vec![Some("Find the number".to_owned())],
        ..EarlierWords::default()
    };
    let after_words = gone_on(
        &before,
        sheet(vec![step("Find the new number"), step("Call")]),
        &before,
        &words,
        day("2026-11-20"),
    );
    assert_eq!(
        told(&after_words),
        [("Find the new number", false, false), ("Call", false, false)]
    );
    // Once given up it stays so, and a done one stays done.
    let again = gone_on(
        &after,
        sheet(vec![step("Call")]),
        &after,
        &EarlierWords::default(),
        day("2026-11-25"),
    );
    assert_eq!(again.steps[1].dropped, Some(day("2026-11-20")));
    let done = sheet(vec![SolutionStep {
        done: Some(day("2026-11-12")),
        ..step("Call")
    }]);
    assert_eq!(
        told(&gone_on(
            &done,
            sheet(Vec::new()),
            &done,
            &EarlierWords::default(),
            day("2026-11-20")
        )),
        [("Call", true, false)]
    );
}

#[test]
fn a_form_that_was_opened_before_takes_nothing_away_of_what_was_written_since() {
    let before = sheet(vec![step("Call")]);
    let now = ProblemSheet {
        options: vec![option("Call the landlord"), option("Ask a friend")],
        chosen: Some(1),
        outcome: Some("Left a message".to_owned()),
        ..sheet(vec![
            SolutionStep {
                done: Some(day("2026-11-15")),
                ..step("Call")
            },
            step("Write"),
        ])
    };
    let typed = ProblemSheet {
        goal: Some("Keep the flat".to_owned()),
        ..sheet(vec![step("Call"), step("Count the money")])
    };
    let after = gone_on(&before, typed, &now, &EarlierWords::default(), day("2026-11-20"));
    assert_eq!(
        told(&after),
        [
            ("Call", true, false),
            ("Count the money", false, false),
            ("Write", false, false)
        ]
    );
    assert_eq!(after.goal.as_deref(), Some("Keep the flat"));
    assert_eq!(after.outcome.as_deref(), Some("Left a message"));
    assert_eq!((after.options.len(), after.chosen), (2, Some(1)));
}

#[test]
fn what_is_typed_holds_where_nothing_else_was_written() {
    let before = sheet(vec![step("Call")]);
    let typed = ProblemSheet {
        chosen: Some(0),
        finished: Some(day("2026-11-20")),
        ..sheet(vec![SolutionStep {
            done: Some(day("2026-11-20")),
            ..step("Call")
        }])
    };
    assert_eq!(
        gone_on(
            &before,
            typed.clone(),
            &before,
            &EarlierWords::default(),
            day("2026-11-20")
        ),
        typed
    );
}

#[test]
fn another_day_for_a_step_leaves_it_done_where_another_form_said_so() {
    let before = sheet(vec![step("Call")]);
    let now = sheet(vec![SolutionStep {
        done: Some(day("2026-11-15")),
        ..step("Call")
    }]);
    let typed = sheet(vec![SolutionStep {
        by: Some(day("2026-11-30")),
        ..step("Call the office")
    }]);
    let words = EarlierWords {
        steps: vec![Some("Call".to_owned())],
        ..EarlierWords::default()
    };
    let after = gone_on(&before, typed, &now, &words, day("2026-11-20"));
    assert_eq!(told(&after), [("Call the office", true, false)]);
    assert_eq!(after.steps[0].by, Some(day("2026-11-30")));
}

#[test]
fn an_option_that_was_edited_elsewhere_comes_once_and_stays_chosen() {
    let before = sheet(Vec::new());
    let now = ProblemSheet {
        options: vec![Solution {
            pros: Some("Quick".to_owned()),
            ..option("Call the landlord")
        }],
        chosen: Some(0),
        ..sheet(Vec::new())
    };
    let typed = ProblemSheet {
        options: vec![Solution {
            cons: Some("Awkward".to_owned()),
            ..option("Ring the landlord")
        }],
        ..sheet(Vec::new())
    };
    let words = EarlierWords {
        options: vec![Some("Call the landlord".to_owned())],
        ..EarlierWords::default()
    };
    let after = gone_on(&before, typed, &now, &words, day("2026-11-20"));
    let merged = Solution {
        what: "Ring the landlord".to_owned(),
        pros: Some("Quick".to_owned()),
        cons: Some("Awkward".to_owned()),
        was: vec!["Call the landlord".to_owned()],
    };
    assert_eq!((after.options, after.chosen), (vec![merged], Some(0)));
    // Put otherwise elsewhere and not touched here, it is there once too, as it is called now.
    let renamed = ProblemSheet {
        options: vec![option("Ring the landlord")],
        ..sheet(Vec::new())
    };
    let after = gone_on(
        &before,
        sheet(Vec::new()),
        &renamed,
        &EarlierWords::default(),
        day("2026-11-20"),
    );
    assert_eq!(after.options, [option("Ring the landlord")]);
}

#[test]
fn what_two_forms_put_otherwise_comes_once_and_keeps_what_it_was_called() {
    let before = ProblemSheet {
        chosen: Some(0),
        ..sheet(vec![step("Call"), step("Count the money")])
    };
    let words = EarlierWords {
        options: vec![Some("Call the landlord".to_owned())],
        steps: vec![Some("Call".to_owned()), Some("Count the money".to_owned())],
    };
    let reworded = |what: &str, first: &str| ProblemSheet {
        chosen: Some(0),
        options: vec![option(what)],
        ..sheet(vec![step(first), step("Count the money")])
    };
    let on = |text: &str| day(text);
    // Another form was saved first; this one was opened before it.
    let theirs = gone_on(
        &before,
        reworded("Write to the landlord", "Call at noon"),
        &before,
        &words,
        on("2026-11-12"),
    );
    let ours = gone_on(
        &before,
        reworded("Ring the landlord", "Call at ten"),
        &theirs,
        &words,
        on("2026-11-20"),
    );
    let names: Vec<&str> = ours.steps.iter().map(|step| step.what.as_str()).collect();
    assert_eq!(names, ["Call at ten", "Count the money"]);
    assert_eq!(ours.steps[0].was, ["Call", "Call at noon"]);
    assert!(ours.steps[1].was.is_empty());
    assert_eq!((ours.options.len(), ours.chosen), (1, Some(0)));
    assert_eq!(ours.options[0].what, "Ring the landlord");
    assert_eq!(ours.options[0].was, ["Call the landlord", "Write to the landlord"]);
    // One that doesn't touch the words leaves those of the other form.
    let untouched = gone_on(&before, before.clone(), &theirs, &words, on("2026-11-20"));
    assert_eq!(untouched, theirs);
    // One that empties it gives it up, by the words that it has now.
    let emptied = sheet(vec![step("Count the money")]);
    let words = EarlierWords {
        steps: vec![Some("Count the money".to_owned())],
        ..EarlierWords::default()
    };
    let given_up = gone_on(&before, emptied, &theirs, &words, on("2026-11-20"));
    assert_eq!(
        told(&given_up),
        [("Count the money", false, false), ("Call at noon", false, true)]
    );
}

/// What a form does to a step: another day for it, what became of it, other words. Each is a fact of its own.
type Deed = (bool, u8, bool);

fn deed() -> impl Strategy<Value = Deed> {
    (any::<bool>(), 0..3_u8, any::<bool>())
}

fn after_deed(of: &SolutionStep, (by, became, words): Deed, on: Day, who: &str) -> SolutionStep {
    let mut step = of.clone();
    if by {
        step.by = Some(on);
    }
    if became > 0 {
        step.done = Some(on).filter(|_| became == 1);
        step.dropped = Some(on).filter(|_| became == 2);
    }
    if words {
        step.what = format!("{} {who}", of.what);
        step.was = vec![of.what.clone()];
    }
    step
}

proptest! {
    #[test]
    fn nothing_that_another_form_wrote_and_this_one_did_not_touch_is_lost(
        steps in prop::collection::vec((0..3_u8, deed(), deed(), any::<bool>()), 0..6),
        added in (0..3_usize, 0..3_usize),
    ) {
        // Few words, so that some steps are called the same; those are put otherwise by nobody, for then nobody can
        // tell which is which.
        let name = |what: u8| format!("Step {what}");
        let is_alone = |what: u8| steps.iter().filter(|one| one.0 == what).count() == 1;
        let before: Vec<SolutionStep> = steps.iter().map(|one| step(&name(one.0))).collect();
        let (theirs_on, ours_on) = (day("2026-11-12"), day("2026-11-20"));
        let (mut now, mut typed, mut earlier, mut pairs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (was, (what, theirs, ours, is_emptied)) in before.iter().zip(&steps) {
            let may = is_alone(*what);
            let theirs = (theirs.0, theirs.1, theirs.2 && may);
            let ours = (ours.0, ours.1, ours.2 && may);
            let is = after_deed(was, theirs, theirs_on, "elsewhere");
            now.push(is.clone());
            if *is_emptied && may {
                pairs.push((is, None));
                continue;
            }
            let here = after_deed(was, ours, ours_on, "here");
            pairs.push((is, Some((here.clone(), theirs, ours))));
            earlier.push(Some(was.what.clone()));
            typed.push(here);
        }
        let own = |who: &str, many: usize| (0..many).map(|at| step(&format!("New {who} {at}"))).collect::<Vec<_>>();
        now.extend(own("elsewhere", added.0));
        typed.extend(own("here", added.1));
        let words = EarlierWords { steps: earlier, ..EarlierWords::default() };
        let after = gone_on(&sheet(before), sheet(typed), &sheet(now), &words, ours_on).steps;
        for new in own("elsewhere", added.0).iter().chain(&own("here", added.1)) {
            prop_assert!(after.contains(new));
        }
        for (is, ours) in pairs {
            let kept = match ours {
                None => {
                    let became = is.dropped.or(Some(ours_on).filter(|_| is.done.is_none()));
                    SolutionStep { dropped: became, ..is }
                }
                Some((here, theirs, (by, became, words))) => SolutionStep {
                    was: match (words, theirs.2) {
                        (true, true) => vec![here.was[0].clone(), is.what.clone()],
                        (true, false) => here.was.clone(),
                        (false, _) => is.was.clone(),
                    },
                    what: if words { here.what.clone() } else { is.what.clone() },
                    by: if by { here.by } else { is.by },
                    done: if became > 0 { here.done } else { is.done },
                    dropped: if became > 0 { here.dropped } else { is.dropped },
                },
            };
            prop_assert!(after.contains(&kept), "{kept:?} in {after:?}");
        }
    }
}
