//! Episodes: each course of care, the rule of the six months, and referring again.

use leptos::prelude::*;

use super::{Open, Place};
use crate::app::components::{DayText, FormErrors, Sourced};
use crate::app::pages::common::{IntentForm, Reading, follow_people, to_errors, today_text};
use crate::app::pages::course::boxes::{OneForm, PlanBox};
use crate::app::pages::referral::{ReasonField, ReferralFields, ReferralGroup, ScoresSent};
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::registry::{EpisodeRow, Saved};

/// The episodes of a patient, the latest first.
#[component]
pub fn Episodes(place: Place) -> impl IntoView {
    let row = |e: EpisodeRow| {
        let closed = match e.closed {
            Some((day, why)) => view! { <DayText day/>{format!(", {why}")} }.into_any(),
            None => "open".into_any(),
        };
        view! {
            <tr>
                <th scope="row">{e.number}</th>
                <td data-label="Opened"><DayText day=e.opened/></td>
                <td data-label="Closed">{closed}</td>
                <td data-label="Scores">{e.scores}</td>
                <td data-label="Weeks in care" class="num">{e.weeks.map_or_else(|| "\u{2014}".to_owned(), |weeks| weeks.to_string())}</td>
                <td data-label="Referral">{e.referral}</td>
            </tr>
        }
    };
    let gap = move || {
        let (words, source) = place.intake.with(|view| view.gap.clone());
        view! { <p>{words}" "<span class="hint"><Sourced text=source/></span></p> }
    };
    view! {
        <PlanBox id="box-episodes" title="Episodes" add=(place.open.opens(Open::Episode), "Refer again")>
            <table class="data list">
                <caption class="visually-hidden">"Episodes"</caption>
                <thead>
                    <tr>
                        <th scope="col">"No."</th>
                        <th scope="col">"Opened"</th>
                        <th scope="col">"Closed"</th>
                        <th scope="col">"Scores"</th>
                        <th scope="col" class="num">"Weeks"</th>
                        <th scope="col">"Referral"</th>
                    </tr>
                </thead>
                <tbody>{move || place.intake.with(|view| view.episodes.clone()).into_iter().map(row).collect_view()}</tbody>
            </table>
            {gap}
            {move || place.is(Open::Episode).then(|| view! { <AgainForm place/> })}
        </PlanBox>
    }
}

#[component]
fn AgainForm(place: Place) -> impl IntoView {
    let (desk, router) = (use_desk(), use_router());
    let people = follow_people(desk);
    let fields = ReferralFields::now(desk);
    let errors = FormErrors::new();
    let now = place.now();
    let birth = now.registration.birth;
    let not_now = now.not_now.clone();
    let chart = place.chart;
    let intent = Callback::new(move |()| -> Option<Intent> {
        let mut reading = Reading::default();
        let read = untrack(|| fields.read(desk, birth, &mut reading));
        match reading.finish(read) {
            Ok(referral) => Some(Intent::OpenEpisode {
                chart,
                referral,
                target: None,
            }),
            Err(wrong) => {
                errors.set(to_errors(wrong));
                None
            }
        }
    });
    let saved = Callback::new(move |saved: Saved| {
        if let Some(concern) = saved.concerns.first() {
            router.go(Route::Safety(saved.chart, *concern));
        }
    });
    view! {
        <IntentForm title="Referred again: a new episode" deed="Episode opened" save="Open the episode" errors intent on_close=place.open.closes() on_saved=Some(saved)>
            {not_now.map(|why| view! { <p class="error" role="status">{why}"."</p> })}
            <ReferralGroup fields people nobody="Not recorded" latest=today_text(desk)/>
            <ReasonField fields/>
            <ScoresSent fields latest=today_text(desk)/>
        </IntentForm>
    }
}
