//! The recovery sheet: shown once, printed, and a part of it typed back.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::browser;
use crate::app::components::{
    Button, ButtonKind, Check, CrisisLines, FieldError, Form, FormErrors, IconName, Notice, Submit, TextField, Tone,
    Width,
};
use crate::app::core::Core;
use crate::app::format;
use crate::app::gate::use_gate;
use crate::journal::Day;
use crate::registry::Opened;

/// The group that is typed back, from 1: far enough in that the sheet must be at hand.
const ASKED: usize = 9;
/// Letters of a group.
const GROUP: usize = 4;

/// The recovery sheet.
#[component]
pub fn SheetPage(
    /// The core.
    core: Core,
    /// The registry that was just made.
    opened: Arc<Opened>,
) -> impl IntoView {
    let gate = use_gate();
    let typed = RwSignal::new(String::new());
    let kept = RwSignal::new(false);
    let errors = FormErrors::new();
    let text = opened.sheet.clone().unwrap_or_default();
    let (prefix, lines) = laid_out(&text);
    let asked = StoredValue::new(group(&text, ASKED));
    let clinic = opened.clinic.name.clone();
    let made = made_on(&opened);
    let enter = move |()| {
        let mut wrong = Vec::new();
        let given: String = typed.get_untracked().split_whitespace().collect();
        if !asked.with_value(|asked| given.eq_ignore_ascii_case(asked)) {
            wrong.push(FieldError {
                field: "group".to_owned(),
                text: format!("Type group {ASKED} as it is on the printed sheet"),
            });
        }
        if !kept.get_untracked() {
            wrong.push(FieldError {
                field: "kept".to_owned(),
                text: "Tick the box once the sheet is locked away".to_owned(),
            });
        }
        errors.set(wrong.clone());
        if wrong.is_empty() {
            // The sheet's text goes with this page's copy of what was opened.
            gate.enter(
                core,
                Arc::new(Opened {
                    sheet: None,
                    ..(*opened).clone()
                }),
            );
        }
    };
    view! {
        <main class="alone">
            <h1>"Your recovery sheet"</h1>
            <Notice tone=Tone::Warning title="This is shown once">
                <p>"If you forget your passphrase, this sheet is the only way in. Print it now, or copy it by hand, and lock it away."</p>
            </Notice>
            <section class="sheet keep" aria-label="Recovery sheet">
                <p class="sheet-title">"Caseload recovery sheet"</p>
                <p>{clinic}", "{made}</p>
                <p class="sheet-prefix">{prefix}</p>
                <ol class="sheet-groups">
                    {lines.into_iter().map(|group| view! { <li>{group}</li> }).collect_view()}
                </ol>
                <p class="only-print">
                    "To use it: open Caseload, choose \u{201c}Use the recovery sheet\u{201d}, and type all groups. It opens everything: keep it \
                    locked away, apart from the computer."
                </p>
            </section>
            <p><Button icon=IconName::Print on_press=|()| browser::print()>"Print the sheet"</Button></p>
            <Form errors on_submit=enter label="Check the sheet">
                <TextField
                    id="group"
                    label=format!("Group {ASKED} of the sheet")
                    value=typed
                    width=Width::Narrow
                    hint="Read it from the paper, so that you know it can be read"
                />
                <Check id="kept" label="The sheet is printed or copied, and locked away" value=kept/>
                <div class="actions">
                    <Submit>"Go to the registry"</Submit>
                    <Button kind=ButtonKind::Quiet on_press=|()| browser::print()>"Print again"</Button>
                </div>
            </Form>
            <CrisisLines/>
        </main>
    }
}

/// The prefix line, and the groups in reading order.
fn laid_out(text: &str) -> (String, Vec<String>) {
    let (prefix, rest) = text.split_once('\n').unwrap_or((text, ""));
    (prefix.to_owned(), rest.split_whitespace().map(str::to_owned).collect())
}

fn group(text: &str, number: usize) -> String {
    let (_, groups) = laid_out(text);
    groups
        .into_iter()
        .nth(number - 1)
        .map(|group| group.chars().take(GROUP).collect())
        .unwrap_or_default()
}

/// The day on which the sheet was made, in the clinic's zone.
fn made_on(opened: &Opened) -> String {
    let now = i64::try_from(browser::now_millis()).unwrap_or_default();
    let zone = opened.clinic.zone;
    let day: Option<Day> = zone.from_millis(now).map(|at| zone.day(at));
    day.map(format::plain_day).unwrap_or_default()
}
