//! What a privacy officer asks, answered on a page to print.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::components::{Button, Icon, IconName};
use crate::app::help::{Block, privacy};

/// For the privacy officer: `#/privacy`.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    view! {
        <header class="page-head">
            <h1>"For your privacy officer"</h1>
            <div class="actions no-print">
                <Button on_press=|()| browser::print()><Icon name=IconName::Print/>"Print"</Button>
            </div>
        </header>
        <div class="prose privacy">{privacy().into_iter().map(drawn).collect_view()}</div>
    }
}

fn drawn(block: Block) -> AnyView {
    match block {
        Block::Heading(words) => view! { <h2>{words}</h2> }.into_any(),
        Block::Paragraph(words) => view! { <p>{words}</p> }.into_any(),
        Block::Lines(lines) => {
            view! { <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }.into_any()
        }
        Block::Pairs(pairs) => {
            let pair = |(first, second): (&'static str, &'static str)| view! { <dt>{first}</dt><dd>{second}</dd> };
            view! { <dl class="pairs">{pairs.into_iter().map(pair).collect_view()}</dl> }.into_any()
        }
    }
}
