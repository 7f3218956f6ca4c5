//! Worksheets that are gone on with: what was planned stays until a person says what became of it, and a form that was
//! opened before something else was written takes nothing of that away.

use crate::journal::Day;
use crate::journal::facts::{ProblemSheet, SolutionStep};

/// A problem-solving sheet as it is saved: `typed` is what stands in the form, `before` the sheet as the form was opened,
/// `now` as it stands; `reworded` the earlier words of steps that are put otherwise. What was not touched is as it stands
/// now. A step that is left out was given up on `today`; one that another form wrote in the meantime stays, and so does an
/// option.
pub fn gone_on(
    before: &ProblemSheet,
    typed: ProblemSheet,
    now: &ProblemSheet,
    reworded: &[String],
    today: Day,
) -> ProblemSheet {
    let chosen = typed.chosen.and_then(|at| typed.options.get(usize::from(at))).cloned();
    let chosen_before = before
        .chosen
        .and_then(|at| before.options.get(usize::from(at)))
        .cloned();
    let chosen_now = now.chosen.and_then(|at| now.options.get(usize::from(at))).cloned();
    let mut options = typed.options;
    for option in &now.options {
        if !before.options.contains(option) && !options.contains(option) {
            options.push(option.clone());
        }
    }
    let chosen = changed(chosen, &chosen_before, &chosen_now);
    let place = chosen.and_then(|chosen| options.iter().position(|option| *option == chosen));
    ProblemSheet {
        sheet: typed.sheet,
        day: typed.day,
        problem: changed(typed.problem, &before.problem, &now.problem),
        goal: changed(typed.goal, &before.goal, &now.goal),
        chosen: place.and_then(|place| u8::try_from(place).ok()),
        options,
        steps: steps(&before.steps, typed.steps, &now.steps, (reworded, today)),
        outcome: changed(typed.outcome, &before.outcome, &now.outcome),
        finished: changed(typed.finished, &before.finished, &now.finished),
    }
}

/// What was typed, where it was touched; else what stands now.
fn changed<T: PartialEq + Clone>(typed: T, before: &T, now: &T) -> T {
    if typed == *before { now.clone() } else { typed }
}

fn steps(
    before: &[SolutionStep],
    typed: Vec<SolutionStep>,
    now: &[SolutionStep],
    (reworded, today): (&[String], Day),
) -> Vec<SolutionStep> {
    let same = |a: &SolutionStep, b: &SolutionStep| a.what == b.what;
    let mut all: Vec<SolutionStep> = typed
        .into_iter()
        .map(|step| {
            let was = before.iter().find(|was| same(was, &step));
            let is = now.iter().find(|is| same(is, &step));
            match (was, is) {
                (Some(was), Some(is)) if *was == step => is.clone(),
                _ => step,
            }
        })
        .collect();
    // Those that the form had and has no more come first, as they stood; then those of another form.
    for step in now {
        if all.iter().any(|kept| same(kept, step)) || reworded.contains(&step.what) {
            continue;
        }
        let was_in_form = before.iter().any(|was| same(was, step));
        let is_open = step.done.is_none() && step.dropped.is_none();
        all.push(SolutionStep {
            dropped: step.dropped.or(Some(today).filter(|_| was_in_form && is_open)),
            ..step.clone()
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::ThingId;
    use crate::journal::facts::Solution;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn step(what: &str) -> SolutionStep {
        SolutionStep {
            what: what.to_owned(),
            by: None,
            done: None,
            dropped: None,
        }
    }

    fn option(what: &str) -> Solution {
        Solution {
            what: what.to_owned(),
            pros: None,
            cons: None,
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
        let after = gone_on(&before, sheet(vec![step("Call")]), &before, &[], day("2026-11-20"));
        assert_eq!(told(&after), [("Call", false, false), ("Find the number", false, true)]);
        assert_eq!(after.steps[1].dropped, Some(day("2026-11-20")));
        // One that is put otherwise is the same step.
        let words = ["Find the number".to_owned()];
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
        let again = gone_on(&after, sheet(vec![step("Call")]), &after, &[], day("2026-11-25"));
        assert_eq!(again.steps[1].dropped, Some(day("2026-11-20")));
        let done = sheet(vec![SolutionStep {
            done: Some(day("2026-11-12")),
            ..step("Call")
        }]);
        assert_eq!(
            told(&gone_on(&done, sheet(Vec::new()), &done, &[], day("2026-11-20"))),
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
        let after = gone_on(&before, typed, &now, &[], day("2026-11-20"));
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
        assert_eq!(gone_on(&before, typed.clone(), &before, &[], day("2026-11-20")), typed);
    }
}
