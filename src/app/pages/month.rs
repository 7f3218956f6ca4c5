//! The service month: minutes and codes of each patient, why, and what is missing. Sorted by name, or with what needs
//! a look first; never by what can be billed.

use std::sync::Arc;

use leptos::prelude::*;

use super::download::DownloadButton;
use crate::app::components::{ButtonLink, EmptyState, Loaded};
use crate::app::format;
use crate::app::route::{MonthPart, Route, TimeSpan};
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::journal::Month;
use crate::registry::{MonthView, PaperFor, Request, Response};

mod amounts;
mod claims;
mod close;
mod detail;
mod lacks;
mod many;
mod paper;
mod rows;
mod unsettled;

/// The service month of all patients: `#/month/2026-11`.
#[component]
pub fn MonthPage() -> impl IntoView {
    let desk = use_desk();
    let router = use_router();
    let today = desk.today();
    let month = Memo::new(move |before: Option<&Month>| match router.get() {
        Some(Route::Month(Some(month))) => month,
        Some(Route::Month(None)) => today.get().month(),
        // Another page is about to be shown in this one's place.
        _ => before.copied().unwrap_or_else(|| today.get().month()),
    });
    let answer = desk.follow(
        move || Request::Month(month.get()),
        |response| match response {
            Response::Month(view) => Some(*view),
            _ => None,
        },
    );
    view! {
        <div class="page month-page">
            <h1>"Month: "{move || format::month_name(month.get())}</h1>
            <Picker month view=answer.value()/>
            <Loaded answer what="the month" let:view>
                <Body view/>
            </Loaded>
        </div>
    }
}

/// Earlier, later, a list of months, and the month as a file.
#[component]
fn Picker(month: Memo<Month>, view: Signal<Option<Arc<MonthView>>>) -> impl IntoView {
    let router = use_router();
    let today = use_desk().today();
    // Those of the registry; the list of the month before stands until the answer comes.
    let known = Memo::new(move |before: Option<&Vec<Month>>| match view.get() {
        Some(view) => view.offered.clone(),
        None => before.cloned().unwrap_or_default(),
    });
    let months = Memo::new(move |_| {
        let (shown, mut months) = (month.get(), known.get());
        if !months.contains(&shown) {
            months.push(shown);
            months.sort_unstable_by(|a, b| b.cmp(a));
        }
        months
    });
    let has_earlier = move || known.with(|known| known.last().is_none_or(|first| *first < month.get()));
    let choose = move |text: String| {
        if let Ok(month) = text.parse() {
            router.go(Route::Month(Some(month)));
        }
    };
    let option = move |of: Month| {
        view! {
            <option value=of.to_string() selected=move || month.get() == of>{format::month_name(of)}</option>
        }
    };
    let earlier = Signal::derive(move || Route::Month(Some(month.get().previous())).href());
    let later = Signal::derive(move || Route::Month(Some(month.get().next())).href());
    let claims = Signal::derive(move || Route::MonthPart(month.get(), MonthPart::Claims).href());
    let amounts = Signal::derive(move || Route::MonthPart(month.get(), MonthPart::Amounts).href());
    view! {
        <div class="month-picker">
            <Show when=has_earlier>
                <ButtonLink href=earlier>"Earlier month"</ButtonLink>
            </Show>
            <label for="month">"Show month"</label>
            <select
                id="month"
                autocomplete="off"
                prop:value=move || month.get().to_string()
                on:change:target=move |event| choose(event.target().value())
            >
                {move || months.get().into_iter().map(option).collect_view()}
            </select>
            <Show when=move || month.get() < today.get().month()>
                <ButtonLink href=later>"Later month"</ButtonLink>
            </Show>
            <span class="grow"></span>
            <ButtonLink href=Route::Time(TimeSpan::Week, None).href()>"Your time"</ButtonLink>
            <ButtonLink href=claims>"Sent, claimed, denied"</ButtonLink>
            <ButtonLink href=amounts>"Sums and amounts"</ButtonLink>
            <DownloadButton request=move |()| Request::MonthCsv(month.get_untracked())>
                "Save as CSV"
            </DownloadButton>
        </div>
    }
}

#[component]
fn Body(view: Arc<MonthView>) -> impl IntoView {
    let unsettled = view! { <unsettled::Unsettled view=Arc::clone(&view)/> };
    let closing = view! { <close::Closing view=Arc::clone(&view)/> };
    let rows = if view.rows.is_empty() {
        view! {
            <EmptyState title="No patient has time in this month.">
                <p>
                    "Minutes come from recorded contacts and from the timer. "
                    <a href=Route::Today.href()>"Go to Today"</a>
                </p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <rows::Rows view=Arc::clone(&view)/> }.into_any()
    };
    view! {
        {unsettled}
        {closing}
        <Totals view/>
        {rows}
    }
}

/// What the month comes to.
#[component]
fn Totals(view: Arc<MonthView>) -> impl IntoView {
    let with_time = view.rows.iter().filter(|row| row.minutes > 0).count();
    let line = |(what, number): (String, String)| view! { <li><b>{number}</b>" "{what}</li> };
    let codes = view
        .totals
        .iter()
        .map(|(code, units)| (code.clone(), units.to_string()));
    let codes = codes
        .map(|(code, units)| line((code, format!("{units} \u{d7}"))))
        .collect_view();
    let minutes = |(activity, minutes): &(String, u32)| line((activity.clone(), format!("{minutes} min")));
    let activities = view.activities.iter().map(minutes).collect_view();
    let patients = format::count(with_time as u64, "patient", "patients");
    view! {
        <dl class="totals">
            <div><dt>"Minutes that count"</dt><dd><b>{format::grouped(view.minutes.into())}</b>" of "{patients}</dd></div>
            <div><dt>"Codes that the minutes support"</dt><dd>{or_dash(view.totals.is_empty(), codes)}</dd></div>
            <div><dt>"Minutes by activity"</dt><dd>{or_dash(view.activities.is_empty(), activities)}</dd></div>
            <div><dt>"Payer profile"</dt><dd>{view.profile.clone()}</dd></div>
        </dl>
    }
}

fn or_dash(is_empty: bool, lines: impl IntoView + 'static) -> AnyView {
    if is_empty {
        view! { "None" }.into_any()
    } else {
        view! { <ul class="inline">{lines}</ul> }.into_any()
    }
}

/// A page about a month beside its list: what came back, sums, papers.
#[component]
pub fn MonthPartPage(
    /// The month.
    month: Month,
    /// Which page.
    part: MonthPart,
) -> impl IntoView {
    let page = match part {
        MonthPart::Claims => view! { <claims::Claims month/> }.into_any(),
        MonthPart::Amounts => view! { <amounts::Amounts month/> }.into_any(),
        MonthPart::Statement(chart) => view! { <paper::Paper chart month paper=PaperFor::Patient/> }.into_any(),
        MonthPart::Audit(chart) => view! { <paper::Paper chart month paper=PaperFor::Audit/> }.into_any(),
    };
    view! {
        <div class="page month-page">
            <p class="no-print">
                <a href=Route::Month(Some(month)).href()>"Back to "{format::month_name(month)}</a>
            </p>
            {page}
        </div>
    }
}
