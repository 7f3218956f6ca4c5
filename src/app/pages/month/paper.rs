//! One patient's month on paper: for the patient, or for an audit.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::browser;
use crate::app::components::{Button, ButtonKind, IconName, Loaded};
use crate::app::state::use_desk;
use crate::journal::{ChartId, Month};
use crate::registry::{ClaimsAsk, ClaimsView, PaperFor, PaperView, Request, Response};

/// The paper with the button that prints it.
#[component]
pub(super) fn Paper(
    /// Whose.
    chart: ChartId,
    /// Which month.
    month: Month,
    /// For whom.
    paper: PaperFor,
) -> impl IntoView {
    let answer = use_desk().follow(
        move || Request::Claims(Box::new(ClaimsAsk::Paper(chart, month, paper))),
        |response| match response {
            Response::Claims(view) => match *view {
                ClaimsView::Paper(view) => Some(view),
                _ => None,
            },
            _ => None,
        },
    );
    view! {
        <Loaded answer what="the statement" let:view>
            <Sheet view/>
        </Loaded>
    }
}

#[component]
fn Sheet(view: Arc<PaperView>) -> impl IntoView {
    let paragraphs = |lines: &[String]| lines.iter().map(|line| view! { <p>{line.clone()}</p> }).collect_view();
    let facts = view.facts.iter();
    let facts = facts
        .map(|(name, value)| view! { <div><dt>{name.clone()}</dt><dd>{value.clone()}</dd></div> })
        .collect_view();
    let heads = view
        .heads
        .iter()
        .map(|head| view! { <th scope="col">{head.clone()}</th> })
        .collect_view();
    let names = view.heads.clone();
    let row = |cells: &Vec<String>| {
        let cells = cells.iter().zip(&names);
        let cells = cells
            .map(|(cell, name)| view! { <td data-label=name.clone()>{cell.clone()}</td> })
            .collect_view();
        view! { <tr>{cells}</tr> }
    };
    let rows = view.rows.iter().map(row).collect_view();
    let table = (!view.rows.is_empty()).then(|| {
        view! {
            <table class="data list statement">
                <caption class="visually-hidden">"Time of the month"</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        <article class="month-paper">
            <h1>{view.title.clone()}</h1>
            <div class="actions no-print">
                <Button kind=ButtonKind::Primary icon=IconName::Print on_press=|()| browser::print()>"Print"</Button>
            </div>
            {paragraphs(&view.lead)}
            <dl class="totals">{facts}</dl>
            {table}
            {paragraphs(&view.notes)}
        </article>
    }
}
