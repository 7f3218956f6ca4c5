//! What Today shows under its worklist: the way to the other pages of the day, and whom to try now.

use leptos::prelude::*;

use super::super::common::Once;
use crate::app::components::{ButtonLink, Icon, IconName};
use crate::app::format::dial;
use crate::app::route::{Route, Section, TimeSpan};
use crate::app::state::use_desk;
use crate::registry::{Request, Response, TodayQuery, TryNowRow};

/// The block.
#[component]
pub fn TheDay() -> impl IntoView {
    let answer = use_desk().follow(
        || Request::TryNow(TodayQuery::default()),
        |response| match response {
            Response::TryNow(view) => Some(*view),
            _ => None,
        },
    );
    view! {
        <nav class="day-pages no-print" aria-label="The day">
            <a href=Route::Huddle.href()>"Huddle sheet"</a>
            <a href=Route::Day(None).href()>"Day list"</a>
            <a href=Route::Week(None).href()>"Week list"</a>
            <a href=Route::Time(TimeSpan::Day, None).href()>"Your time"</a>
            <a href=Route::Evening.href()>"Evening: what is still open"</a>
        </nav>
        <super::news::News/>
        <Once answer what="whom to try now" children=move |view| {
            let rows = move || view.with(|view| view.rows.clone());
            let any = Memo::new(move |_| view.with(|view| !view.rows.is_empty()));
            view! {
                <Show when=move || any.get()>
                    <section class="later outreach-now no-print" aria-labelledby="try-now">
                        <h2 id="try-now">"Whom to try now"</h2>
                        <ul>{move || rows().into_iter().map(|row| view! { <Row row/> }).collect_view()}</ul>
                    </section>
                </Show>
            }
        }/>
    }
}

#[component]
fn Row(row: TryNowRow) -> impl IntoView {
    let suits = match row.suits {
        Some(true) => "now",
        None => "any time",
        Some(false) => "another time of day",
    };
    let phone = row.phone.clone().map(|phone| {
        let href = dial(&phone);
        view! { <a class="phone" href=href>{phone}</a> }
    });
    let (href, words) = match row.calls {
        true => (Route::Contact(row.chart), "Call"),
        false => (Route::Section(row.chart, Section::Notes), "Write"),
    };
    let says = format!("{words} now: {}", row.name);
    view! {
        <li class:now=row.suits == Some(true)>
            <span class="at">{suits}</span>
            <span><a href=Route::Patient(row.chart).href()>{row.name}</a>" "<span class="hint">{row.about}</span></span>
            <span>"next, "{row.due}": "{row.next}</span>
            <span class="hint">{row.tries}</span>
            {row.prefers.map(|words| view! { <span class="hint prefers">"prefers "{words}</span> })}
            {phone}
            <ButtonLink href=href.href() says><Icon name=if row.calls { IconName::Phone } else { IconName::Note }/>{words}</ButtonLink>
        </li>
    }
}
