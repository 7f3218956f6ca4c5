//! One imported concern and the decision on it.

use leptos::prelude::*;

use super::typed::{Choose, Fields, use_typed};
use crate::app::browser;
use crate::app::components::{
    ButtonKind, ButtonLink, Choice, DateField, DayText, FieldError, Form, FormErrors, Icon, IconName, StatusKind,
    StatusTag, Submit, TextField, Width,
};
use crate::app::format;
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::care::decide::SHORTEST_REASON;
use crate::care::intent::{Intent, TriageDecision};
use crate::journal::{Day, When};
use crate::registry::TriageRow;

/// Why a reason of a word or two is not enough.
const TOO_SHORT: &str = "This closes a safety concern, and your reason is all that the next reader has: say in at least 10 characters what was done, or who looks after the patient";

/// One concern: what the sheet said, and the form.
#[component]
pub(super) fn Decision(
    /// The concern.
    row: TriageRow,
) -> impl IntoView {
    let heading = format!("triage-{}", row.concern);
    let phone = row.phone.clone();
    let phone = match phone {
        Some(phone) => {
            let href = format::dial(&phone);
            view! { <a href=href><Icon name=IconName::Phone/>" "{phone}</a> }.into_any()
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
                    <span>{row.about.clone()}</span>
                    <span>{row.status.clone()}</span>
                    <span>{phone}</span>
                    <span>{last_contact}</span>
                    <ButtonLink kind=ButtonKind::Quiet href=Route::Patient(row.chart).href() says=format!("Open record: {}", row.name)>
                        "Open record"
                    </ButtonLink>
                </div>
                <p class="because">{row.because.clone()}</p>
                <DecisionForm row/>
            </article>
        </li>
    }
}

#[component]
fn DecisionForm(row: TriageRow) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let concern = row.concern;
    let kept = use_typed();
    let Fields {
        choice,
        plan,
        by,
        done,
        day,
    } = kept.fields(concern);
    let busy = RwSignal::new(false);
    let field = move |name: &str| format!("{name}-{concern}");
    let answered = row.day;

    let read = move || {
        let today = desk.today().get_untracked();
        let text = |signal: RwSignal<String>| signal.with_untracked(|text| text.trim().to_owned());
        let wrong = |name: &str, sentence: &str| {
            Err(vec![FieldError {
                field: field(name),
                text: sentence.to_owned(),
            }])
        };
        let short = |signal: RwSignal<String>| text(signal).chars().count() < SHORTEST_REASON;
        match choice.get_untracked() {
            None => wrong("choice", "Choose what to do about this concern"),
            Some(Choose::ActToday) if text(plan).is_empty() => wrong("plan", "Say what will be done today"),
            Some(Choose::ActToday) => Ok(TriageDecision::ActToday { note: text(plan) }),
            Some(Choose::Elsewhere) if text(by).is_empty() => wrong("by", "Say who looks after it and how you know"),
            Some(Choose::Elsewhere) if short(by) => wrong("by", TOO_SHORT),
            Some(Choose::Elsewhere) => Ok(TriageDecision::CaredForElsewhere { by: text(by) }),
            Some(Choose::DealtWith) if text(done).is_empty() => wrong("done", "Say what was done"),
            Some(Choose::DealtWith) if short(done) => wrong("done", TOO_SHORT),
            Some(Choose::DealtWith) => match text(day).parse::<Day>() {
                Err(_) => wrong("day", "Enter the day on which it was done"),
                Ok(on) if on > today => wrong("day", "Enter a day that is not in the future"),
                Ok(on) if on < answered => wrong(
                    "day",
                    &format!(
                        "The sheet\u{2019}s answer is of {}: it can\u{2019}t have been dealt with before that day",
                        format::plain_day(answered)
                    ),
                ),
                Ok(on) => Ok(TriageDecision::DealtWith { note: text(done), on }),
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
                kept.forget(concern);
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
    let more = move || {
        match choice.get() {
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
            <DateField id=field("day") label="When" value=day min=answered.to_string() max=desk.today().get_untracked().to_string()/>
        }
        .into_any(),
    }
    };
    view! {
        <Form errors on_submit=submit label=format!("Decision on {name}")>
            <Choice id=field("choice") legend=format!("Decision on {name}") options value=choice/>
            {more}
            <div class="actions"><Submit busy>"Save decision"</Submit></div>
        </Form>
    }
}
