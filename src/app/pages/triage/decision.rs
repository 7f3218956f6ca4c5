//! One imported concern and the decision on it.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::components::{
    ButtonKind, ButtonLink, Choice, DateField, DayText, FieldError, Form, FormErrors, Icon, IconName, StatusKind,
    StatusTag, Submit, TextField, Width,
};
use crate::app::format;
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::care::intent::{Intent, TriageDecision};
use crate::journal::{Day, When};
use crate::registry::TriageRow;

/// What can be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choose {
    /// It stays open and is worked on today.
    ActToday,
    /// Somebody else looks after it.
    Elsewhere,
    /// It was dealt with before.
    DealtWith,
}

/// One concern: what the sheet said, and the form.
#[component]
pub(super) fn Decision(
    /// The concern.
    row: TriageRow,
    /// How many were decided on this page.
    decided: RwSignal<usize>,
) -> impl IntoView {
    let heading = format!("triage-{}", row.concern);
    let phone = row.phone.clone();
    let phone = match phone {
        Some(phone) => {
            let dial: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            view! { <a href=format!("tel:{dial}")><Icon name=IconName::Phone/>" "{phone}</a> }.into_any()
        }
        None => view! { "No telephone number in the sheet" }.into_any(),
    };
    let last_contact = match row.last_contact {
        Some(day) => view! { "Last contact "<DayText day/> }.into_any(),
        None => view! { "No contact in the sheet" }.into_any(),
    };
    view! {
        <li>
            <article aria-labelledby=heading.clone()>
                <div class="triage-head">
                    <StatusTag kind=StatusKind::Safety/>
                    <h2 id=heading.clone() tabindex="-1">{row.name.clone()}</h2>
                    <span>{row.status.clone()}</span>
                    <span>{phone}</span>
                    <span>{last_contact}</span>
                    <ButtonLink kind=ButtonKind::Quiet href=Route::Patient(row.chart).href() says=format!("Open record: {}", row.name)>
                        "Open record"
                    </ButtonLink>
                </div>
                <p class="because">{row.because.clone()}</p>
                <DecisionForm row decided/>
            </article>
        </li>
    }
}

#[component]
fn DecisionForm(row: TriageRow, decided: RwSignal<usize>) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let choice = RwSignal::new(None::<Choose>);
    let plan = RwSignal::new(String::new());
    let by = RwSignal::new(String::new());
    let done = RwSignal::new(String::new());
    let day = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let concern = row.concern;
    let field = move |name: &str| format!("{name}-{concern}");

    let read = move || {
        let today = desk.today().get_untracked();
        let text = |signal: RwSignal<String>| signal.with_untracked(|text| text.trim().to_owned());
        let wrong = |name: &str, sentence: &str| {
            Err(vec![FieldError {
                field: field(name),
                text: sentence.to_owned(),
            }])
        };
        match choice.get_untracked() {
            None => wrong("choice", "Choose what to do about this concern"),
            Some(Choose::ActToday) if text(plan).is_empty() => wrong("plan", "Say what will be done today"),
            Some(Choose::ActToday) => Ok(TriageDecision::ActToday { note: text(plan) }),
            Some(Choose::Elsewhere) if text(by).is_empty() => wrong("by", "Say who looks after it and how you know"),
            Some(Choose::Elsewhere) => Ok(TriageDecision::CaredForElsewhere { by: text(by) }),
            Some(Choose::DealtWith) if text(done).is_empty() => wrong("done", "Say what was done"),
            Some(Choose::DealtWith) => match text(day).parse::<Day>() {
                Err(_) => wrong("day", "Enter the day on which it was done"),
                Ok(day) if day > today => wrong("day", "Enter a day that is not in the future"),
                Ok(day) => Ok(TriageDecision::DealtWith {
                    note: format!("{} ({})", text(done), format::plain_day(day)),
                }),
            },
        }
    };
    let name = row.name.clone();
    let submit = move |()| {
        if busy.get_untracked() {
            return;
        }
        let decision = match read() {
            Ok(decision) => decision,
            Err(wrong) => return errors.set(wrong),
        };
        errors.clear();
        busy.set(true);
        let intent = Intent::Triage {
            chart: row.chart,
            concern: row.concern,
            decision,
            at: When::At(desk.instant()),
        };
        desk.submit(intent, "Decision recorded", move |result| match result {
            Ok(_) => {
                decided.update(|decided| *decided += 1);
                // This form is about to leave the list; the focus goes on from the top of it.
                browser::focus("triage-top");
            }
            Err(failure) => {
                let _gone = busy.try_set(false);
                errors.set_whole(failure.to_string());
            }
        });
    };
    let options = vec![
        (Choose::ActToday, "Act today".to_owned()),
        (Choose::Elsewhere, "Cared for elsewhere".to_owned()),
        (Choose::DealtWith, "Dealt with".to_owned()),
    ];
    let more = move || match choice.get() {
        None => ().into_any(),
        Some(Choose::ActToday) => view! {
            <TextField
                id=field("plan")
                label="What will be done today"
                hint="The concern stays open, at the top of Today."
                value=plan
                width=Width::Full
            />
        }
        .into_any(),
        Some(Choose::Elsewhere) => view! {
            <TextField
                id=field("by")
                label="Who looks after it, and how you know"
                hint="The concern is closed here with this as its reason."
                value=by
                width=Width::Full
            />
        }
        .into_any(),
        Some(Choose::DealtWith) => view! {
            <TextField
                id=field("done")
                label="What was done"
                hint="The concern is closed here with this as its reason."
                value=done
                width=Width::Full
            />
            <DateField id=field("day") label="When" value=day max=desk.today().get_untracked().to_string()/>
        }
        .into_any(),
    };
    view! {
        <Form errors on_submit=submit label=format!("Decision on {name}")>
            <Choice id=field("choice") legend=format!("Decision on {name}") options value=choice/>
            {more}
            <div class="actions"><Submit busy>"Save decision"</Submit></div>
        </Form>
    }
}
