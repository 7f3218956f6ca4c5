//! Problems with cells and rows, by row and column with the reason.

use std::sync::Arc;

use leptos::prelude::*;

use super::plan::{LISTED, sheet_word};
use crate::app::format;
use crate::journal::facts::Sheet;
use crate::registry::{PlanView, ProblemRow};

/// Which problems are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    /// All.
    All,
    /// Rows that don't come in.
    LeftOut,
    /// Cells that don't come in, in rows that do.
    Cells,
    /// Of one sheet.
    Of(Sheet),
}

impl Filter {
    fn takes(self, problem: &ProblemRow) -> bool {
        match self {
            Self::All => true,
            Self::LeftOut => problem.rejected,
            Self::Cells => !problem.rejected,
            Self::Of(sheet) => problem.sheet == sheet,
        }
    }
    fn words(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::LeftOut => "Row left out",
            Self::Cells => "Row comes in",
            Self::Of(sheet) => sheet_word(sheet),
        }
    }
}

/// The problems of a plan, with a filter.
#[component]
pub(super) fn Problems(
    /// The plan.
    plan: Arc<PlanView>,
) -> impl IntoView {
    if plan.problems.is_empty() {
        return view! { <p>"No problems were found."</p> }.into_any();
    }
    let filter = RwSignal::new(Filter::All);
    let filters = [
        Filter::All,
        Filter::LeftOut,
        Filter::Cells,
        Filter::Of(Sheet::Caseload),
        Filter::Of(Sheet::Contacts),
    ];
    let buttons = filters.into_iter().filter_map(|of| {
        let number = plan.problems.iter().filter(|problem| of.takes(problem)).count();
        let pressed = move || if filter.get() == of { "true" } else { "false" };
        (number > 0).then(|| {
            view! {
                <button type="button" class="button quiet" aria-pressed=pressed on:click=move |_| filter.set(of)>
                    {format!("{} ({})", of.words(), format::grouped(number as u64))}
                </button>
            }
        })
    });
    let buttons = buttons.collect_view();
    let heading = format::count(plan.problems.len() as u64, "problem", "problems");
    let shown = {
        let plan = Arc::clone(&plan);
        move || {
            let filter = filter.get();
            let problems = plan.problems.iter().filter(|problem| filter.takes(problem));
            problems.take(LISTED).map(line).collect_view()
        }
    };
    let more = move || {
        let filter = filter.get();
        let all = plan.problems.iter().filter(|problem| filter.takes(problem)).count();
        let more = all.saturating_sub(LISTED);
        (more > 0)
            .then(|| view! { <p class="hint">{format::count(more as u64, "further problem", "further problems")}</p> })
    };
    view! {
        <section aria-labelledby="problems">
            <h3 id="problems">{heading}</h3>
            <div class="filters" role="group" aria-label="Show problems">{buttons}</div>
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
                <tbody>{shown}</tbody>
            </table>
            {more}
        </section>
    }
    .into_any()
}

fn line(problem: &ProblemRow) -> impl IntoView + use<> {
    let column = if problem.column.is_empty() {
        "Whole row".to_owned()
    } else {
        problem.column.clone()
    };
    let outcome = if problem.rejected {
        "Row left out"
    } else {
        "Row comes in"
    };
    view! {
        <tr>
            <td data-label="Sheet">{sheet_word(problem.sheet)}</td>
            <td data-label="Row" class="num">{problem.row}</td>
            <td data-label="Column">{column}</td>
            <td data-label="Cell" class="cell">{problem.cell.clone()}</td>
            <td data-label="Problem">{problem.reason.clone()}</td>
            <td data-label="What happens">{outcome}</td>
        </tr>
    }
}
