//! Closing a month and opening it again.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, Dialog, FieldError, Form, FormErrors, Notice, Submit, TextField};
use crate::app::format;
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::journal::Fact;
use crate::journal::facts::MonthLock;
use crate::registry::MonthView;

/// Whether the month is closed, what it was closed with, and the way to close or reopen it.
#[component]
pub(super) fn Closing(
    /// The month.
    view: Arc<MonthView>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    if view.closed {
        let late = view.rows.iter().filter(|row| row.late.is_some()).count();
        let late = (late > 0).then(|| {
            let patients = format::count(late as u64, "patient has", "patients have");
            view! { <p>{patients}" changes that were written later: open their reasons to see what they would do."</p> }
        });
        let with = view.closed_with.clone();
        let month = view.month;
        return view! {
            <Notice title="This month is closed">
                <p>{with}" What is written now shows as late and changes neither the codes below nor the CSV file."</p>
                {late}
                <div class="actions"><Button on_press=move |()| open.set(true)>"Reopen the month"</Button></div>
            </Notice>
            <Dialog open title="Reopen the month">
                <Reopen month open/>
            </Dialog>
        }
        .into_any();
    }
    if !view.over || view.rows.is_empty() {
        return ().into_any();
    }
    view! {
        <div class="actions"><Button kind=ButtonKind::Primary on_press=move |()| open.set(true)>"Close the month"</Button></div>
        <Dialog open title="Close the month">
            <Review view=Arc::clone(&view) open/>
        </Dialog>
    }
    .into_any()
}

/// What closing would take up, problems first.
#[component]
fn Review(view: Arc<MonthView>, open: RwSignal<bool>) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let month = view.month;
    let count = |holds: &dyn Fn(&crate::registry::MonthRowView) -> bool| {
        view.rows.iter().filter(|row| holds(row)).count() as u64
    };
    // Each patient once: what is missing comes first.
    let held = count(&|row| !row.supports.is_empty() && !row.missing.is_empty());
    let unsettled = count(&|row| row.is_unsettled && row.missing.is_empty());
    let short = count(&|row| row.minutes > 0 && row.supports.is_empty());
    let ready = count(&|row| !row.codes.is_empty());
    let line = |number: u64, words: &'static str| {
        view! { <li>{format::count(number, "patient", "patients")}" "{words}</li> }
    };
    let save = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        desk.submit(Intent::CloseMonth(month), "Month closed", move |result| {
            let _shown = busy.try_set(false);
            match result {
                Ok(_) => {
                    let _closed = open.try_set(false);
                }
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    };
    view! {
        <Form errors on_submit=save label="Close the month">
            <ul>
                {line(held, "with minutes for a code, but something missing: they go without a code")}
                {line(unsettled, "whose code waits for your choice about G2214: they go without a code")}
                {line(short, "with time below every threshold")}
                {line(ready, "ready to be billed")}
            </ul>
            <p>"What the month comes to is kept as it is now. Whatever is written later shows as late. You can reopen it, with a reason."</p>
            <div class="actions">
                <Submit busy>"Close it now"</Submit>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            </div>
        </Form>
    }
}

#[component]
fn Reopen(month: crate::journal::Month, open: RwSignal<bool>) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let save = move |()| {
        let why = reason.with_untracked(|reason| reason.trim().to_owned());
        if why.is_empty() {
            errors.set(vec![FieldError {
                field: "reopen-reason".to_owned(),
                text: "Enter why the month is opened again".to_owned(),
            }]);
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let lock = MonthLock {
            month,
            closed: false,
            reason: Some(why),
            snapshot: None,
        };
        desk.submit(
            Intent::Office(vec![Fact::MonthLock(lock)]),
            "Month reopened",
            move |result| {
                let _shown = busy.try_set(false);
                match result {
                    Ok(_) => {
                        let _closed = open.try_set(false);
                    }
                    Err(failure) => errors.set_whole(failure.to_string()),
                }
            },
        );
    };
    view! {
        <Form errors on_submit=save label="Reopen the month">
            <TextField id="reopen-reason" label="Why is it opened again?" value=reason/>
            <div class="actions">
                <Submit busy>"Reopen it"</Submit>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            </div>
        </Form>
    }
}
