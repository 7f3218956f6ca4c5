//! Worksheets that are gone on with: what was planned stays until a person says what became of it, and a form that was
//! opened before something else was written takes nothing of that away.

use std::collections::BTreeMap;

use crate::journal::Day;
use crate::journal::facts::{ProblemSheet, Solution, SolutionStep};

/// The earlier words of what is typed, place by place; where there are none, it is called now what it was called before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EarlierWords {
    /// Of the options.
    pub options: Vec<Option<String>>,
    /// Of the steps.
    pub steps: Vec<Option<String>>,
}

/// A problem-solving sheet as it is saved: `typed` is what stands in the form, `before` the sheet as the form was opened,
/// `now` as it stands; `earlier` the words that options and steps had before they were put otherwise. What was not touched
/// is as it stands now, fact by fact of every option and step. A step that is left out was given up on `today`; one that
/// another form wrote in the meantime stays, and so does an option.
pub fn gone_on(
    before: &ProblemSheet,
    typed: ProblemSheet,
    now: &ProblemSheet,
    earlier: &EarlierWords,
    today: Day,
) -> ProblemSheet {
    let (options, chosen) = options(before, &typed, now, &earlier.options);
    ProblemSheet {
        sheet: typed.sheet,
        day: typed.day,
        problem: changed(typed.problem, &before.problem, &now.problem),
        goal: changed(typed.goal, &before.goal, &now.goal),
        chosen: chosen.and_then(|place| u8::try_from(place).ok()),
        options,
        steps: steps(&before.steps, typed.steps, &now.steps, &earlier.steps, today),
        outcome: changed(typed.outcome, &before.outcome, &now.outcome),
        finished: changed(typed.finished, &before.finished, &now.finished),
    }
}

/// What was typed, where it was touched; else what stands now.
fn changed<T: PartialEq + Clone>(typed: T, before: &T, now: &T) -> T {
    if typed == *before { now.clone() } else { typed }
}

/// Which one something is: its words, and how many of the same words come before it.
type Key<'a> = (&'a str, usize);

fn keys<'a>(words: impl Iterator<Item = &'a str>) -> Vec<Key<'a>> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    words
        .map(|word| {
            let count = seen.entry(word).or_default();
            *count += 1;
            (word, *count)
        })
        .collect()
}

/// The keys of what is typed: by the words that it had before.
fn typed_keys<'a>(words: impl Iterator<Item = &'a str>, earlier: &'a [Option<String>]) -> Vec<Key<'a>> {
    let earlier = earlier.iter().map(Option::as_deref).chain(std::iter::repeat(None));
    keys(words.zip(earlier).map(|(word, earlier)| earlier.unwrap_or(word)))
}

/// The keys of what stands now, by what it was called as the form was opened: one that another form put otherwise since is
/// the same one.
fn keys_since<'a>(now: impl Iterator<Item = (&'a str, &'a [String])>, were: &[Key<'a>]) -> Vec<Key<'a>> {
    let now: Vec<(&str, &[String])> = now.collect();
    let own = keys(now.iter().map(|(word, _)| *word));
    let mut taken: Vec<Key<'a>> = own.iter().filter(|key| were.contains(key)).copied().collect();
    let mut all = Vec::with_capacity(own.len());
    for (key, (_, earlier)) in own.into_iter().zip(now) {
        if were.contains(&key) {
            all.push(key);
            continue;
        }
        let before = were
            .iter()
            .find(|was| !taken.contains(was) && earlier.iter().any(|word| word == was.0));
        taken.extend(before);
        all.push(before.copied().unwrap_or(key));
    }
    all
}

/// What something was called before it is called as it is now: as the form was opened, and in another form since.
fn called_before(what: &str, was: Option<&str>, is: Option<(&str, &[String])>, typed: &[String]) -> Vec<String> {
    let known = is.map(|(_, earlier)| earlier).unwrap_or(typed);
    let mut all: Vec<String> = known.to_vec();
    for word in was.into_iter().chain(is.map(|(word, _)| word)) {
        if word != what && !all.iter().any(|known| known == word) {
            all.push(word.to_owned());
        }
    }
    all.retain(|word| word != what);
    all
}

fn find<'a, T>(all: &'a [T], keys: &[Key<'_>], key: &Key<'_>) -> Option<&'a T> {
    all.get(keys.iter().position(|one| one == key)?)
}

/// The options, and the place of the chosen one.
fn options(
    before: &ProblemSheet,
    typed: &ProblemSheet,
    now: &ProblemSheet,
    earlier: &[Option<String>],
) -> (Vec<Solution>, Option<usize>) {
    let words = |sheet: &'_ ProblemSheet| -> Vec<String> { sheet.options.iter().map(|o| o.what.clone()).collect() };
    let (words_before, words_typed, words_now) = (words(before), words(typed), words(now));
    let were = keys(words_before.iter().map(String::as_str));
    let now_called = now.options.iter().map(|option| option.was.as_slice());
    let are = keys_since(words_now.iter().map(String::as_str).zip(now_called), &were);
    let typed_as = typed_keys(words_typed.iter().map(String::as_str), earlier);
    let chosen = |sheet: &ProblemSheet| sheet.chosen.map(usize::from);
    let chosen_before = chosen(before).and_then(|at| were.get(at));
    let chosen_typed = chosen(typed).and_then(|at| typed_as.get(at));
    let chosen_now = chosen(now).and_then(|at| are.get(at));
    let chosen = changed(chosen_typed, &chosen_before, &chosen_now);
    let mut all: Vec<(&Key<'_>, Solution)> = Vec::new();
    for (key, option) in typed_as.iter().zip(&typed.options) {
        let was = find(&before.options, &were, key);
        let is = find(&now.options, &are, key);
        let option = match (was, is) {
            // Another form put it otherwise, and this one didn't touch it: it follows as it is called now.
            (Some(was), None) if was == option && chosen != Some(key) => continue,
            (_, Some(is)) => {
                let what = changed(option.what.clone(), &was.map_or(is, |was| was).what, &is.what);
                let before = was.map(|was| was.what.as_str());
                Solution {
                    was: called_before(&what, before, Some((&is.what, &is.was)), &option.was),
                    what,
                    pros: changed(option.pros.clone(), &was.and_then(|was| was.pros.clone()), &is.pros),
                    cons: changed(option.cons.clone(), &was.and_then(|was| was.cons.clone()), &is.cons),
                }
            }
            _ => option.clone(),
        };
        all.push((key, option));
    }
    for (key, option) in are.iter().zip(&now.options) {
        let is_typed = typed_as.contains(key);
        let is_as_it_was = find(&before.options, &were, key) == Some(option) && chosen != Some(key);
        if !is_typed && !is_as_it_was {
            all.push((key, option.clone()));
        }
    }
    let place = chosen.and_then(|chosen| all.iter().position(|(key, _)| *key == chosen));
    (all.into_iter().map(|(_, option)| option).collect(), place)
}

fn steps(
    before: &[SolutionStep],
    typed: Vec<SolutionStep>,
    now: &[SolutionStep],
    earlier: &[Option<String>],
    today: Day,
) -> Vec<SolutionStep> {
    let were = keys(before.iter().map(|step| step.what.as_str()));
    let are = keys_since(now.iter().map(|step| (step.what.as_str(), step.was.as_slice())), &were);
    let words: Vec<String> = typed.iter().map(|step| step.what.clone()).collect();
    let typed_as = typed_keys(words.iter().map(String::as_str), earlier);
    let mut all = Vec::new();
    for (key, step) in typed_as.iter().zip(typed) {
        let was = find(before, &were, key);
        let is = find(now, &are, key);
        all.push(match (was, is) {
            // Another form put it otherwise, and this one didn't touch it: it follows as it is called now.
            (Some(was), None) if *was == step => continue,
            (_, Some(is)) => {
                // A step is either done or given up: what became of it is one fact.
                let (done, dropped) = changed(
                    (step.done, step.dropped),
                    &was.map_or((None, None), |was| (was.done, was.dropped)),
                    &(is.done, is.dropped),
                );
                let what = changed(step.what, &was.map_or(is, |was| was).what, &is.what);
                let before = was.map(|was| was.what.as_str());
                SolutionStep {
                    by: changed(step.by, &was.and_then(|was| was.by), &is.by),
                    was: called_before(&what, before, Some((&is.what, &is.was)), &step.was),
                    what,
                    done,
                    dropped,
                }
            }
            _ => step,
        });
    }
    // Those that the form had and has no more come first, as they stood; then those of another form.
    for (key, step) in are.iter().zip(now) {
        if typed_as.contains(key) {
            continue;
        }
        let was_in_form = were.contains(key);
        let is_open = step.done.is_none() && step.dropped.is_none();
        all.push(SolutionStep {
            dropped: step.dropped.or(Some(today).filter(|_| was_in_form && is_open)),
            ..step.clone()
        });
    }
    all
}

#[cfg(test)]
mod tests;
