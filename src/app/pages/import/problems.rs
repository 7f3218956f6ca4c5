//! Problems with cells and rows, by kind: what matters most first, and many of one kind folded.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::plan::{LISTED, sheet_word};
use crate::app::format;
use crate::exchange::sheets::Weight;
use crate::registry::{PlanView, ProblemRow};

/// Problems of one kind that are listed before it is unfolded.
const SHOWN: usize = 3;

/// Weights, the most first, with their words.
const WEIGHTS: [(Weight, &str); 4] = [
    (Weight::RowLeftOut, "Rows left out"),
    (Weight::Safety, "Safety"),
    (Weight::ValueDropped, "Values dropped"),
    (Weight::Note, "Notes"),
];

/// Problems of one kind, by their places in the plan.
#[derive(Clone)]
struct Group {
    weight: Weight,
    kind: String,
    first: usize,
    size: usize,
}

/// The problems of a plan, with a filter.
#[component]
pub(super) fn Problems(
    /// The plan.
    plan: Arc<PlanView>,
) -> impl IntoView {
    if plan.sheets.iter().all(|sheet| sheet.rows == 0) {
        return ().into_any();
    }
    if plan.problems.is_empty() {
        return view! { <p>"No problems were found."</p> }.into_any();
    }
    let filter = RwSignal::new(None::<Weight>);
    let unfolded = RwSignal::new(BTreeSet::<usize>::new());
    let button = move |of: Option<Weight>, words: &str, number: usize| {
        let pressed = move || if filter.get() == of { "true" } else { "false" };
        let words = format!("{words} ({})", format::grouped(number as u64));
        (number > 0).then(|| {
            view! {
                <button type="button" class="button quiet" aria-pressed=pressed on:click=move |_| filter.set(of)>
                    {words}
                </button>
            }
        })
    };
    let all = button(None, "All", plan.problems.len());
    let of = |weight: Weight| plan.problems.iter().filter(|problem| problem.weight == weight).count();
    let buttons = WEIGHTS
        .map(|(weight, words)| button(Some(weight), words, of(weight)))
        .collect_view();
    let heading = format::count(plan.problems.len() as u64, "problem", "problems");
    let groups = groups(&plan.problems);
    let shown = move || {
        let filter = filter.get();
        let groups = groups
            .iter()
            .filter(|group| filter.is_none_or(|weight| group.weight == weight));
        groups.map(|group| group_lines(&plan, group, unfolded)).collect_view()
    };
    view! {
        <section aria-labelledby="problems">
            <h3 id="problems">{heading}</h3>
            <div class="filters" role="group" aria-label="Show problems">{all}{buttons}</div>
            <table class="data list problems">
                <caption class="visually-hidden">"Problems by row and column"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Sheet"</th>
                        <th scope="col" class="num">"Row"</th>
                        <th scope="col">"Column"</th>
                        <th scope="col">"Cell"</th>
                        <th scope="col">"Problem"</th>
                        <th scope="col">"What happens"</th>
                    </tr>
                </thead>
                {shown}
            </table>
        </section>
    }
    .into_any()
}

/// The kinds, in the order of the problems, which come by weight and kind.
fn groups(problems: &[ProblemRow]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (place, problem) in problems.iter().enumerate() {
        match groups.last_mut() {
            Some(last) if last.weight == problem.weight && last.kind == problem.kind => last.size += 1,
            _ => groups.push(Group {
                weight: problem.weight,
                kind: problem.kind.clone(),
                first: place,
                size: 1,
            }),
        }
    }
    groups
}

/// One kind: its heading, its first problems, and a button for the others.
fn group_lines(plan: &Arc<PlanView>, group: &Group, unfolded: RwSignal<BTreeSet<usize>>) -> impl IntoView + use<> {
    let Group {
        weight,
        kind,
        first,
        size,
    } = group.clone();
    let words = WEIGHTS
        .iter()
        .find(|(of, _)| *of == weight)
        .map_or("", |(_, words)| *words);
    let title = format!("{words}: {kind} ({})", format::grouped(size as u64));
    let plan = Arc::clone(plan);
    let is_open = Memo::new(move |_| unfolded.with(|open| open.contains(&first)));
    let lines = move || {
        let many = if is_open.get() { LISTED } else { SHOWN };
        let problems = plan.problems.iter().skip(first).take(size.min(many));
        problems.map(line).collect_view()
    };
    let more = (size > SHOWN).then(|| {
        let press = move |_| {
            unfolded.update(|open| {
                if !open.remove(&first) {
                    open.insert(first);
                }
            });
        };
        let others = format::grouped((size.min(LISTED) - SHOWN) as u64);
        let words = move || match is_open.get() {
            true => "Show fewer".to_owned(),
            false => format!("Show {others} more"),
        };
        let rest = (size > LISTED).then(|| format!(" of {}", format::grouped(size as u64)));
        view! {
            <tr class="problem-more">
                <td colspan="6">
                    <button
                        type="button"
                        class="button quiet"
                        aria-expanded=move || if is_open.get() { "true" } else { "false" }
                        on:click=press
                    >
                        {words}{rest}
                    </button>
                </td>
            </tr>
        }
    });
    view! {
        <tbody>
            <tr class="problem-kind"><th colspan="6" scope="rowgroup">{title}</th></tr>
            {lines}
            {more}
        </tbody>
    }
}

fn line(problem: &ProblemRow) -> impl IntoView + use<> {
    let column = if problem.column.is_empty() {
        "Whole row".to_owned()
    } else {
        problem.column.clone()
    };
    view! {
        <tr>
            <td data-label="Sheet">{sheet_word(problem.sheet)}</td>
            <td data-label="Row" class="num">{problem.row}</td>
            <td data-label="Column">{column}</td>
            <td data-label="Cell" class="cell">{problem.cell.clone()}</td>
            <td data-label="Problem">{problem.reason.clone()}</td>
            <td data-label="What happens">{problem.outcome.clone()}</td>
        </tr>
    }
}
