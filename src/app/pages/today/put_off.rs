//! What is put off: whose, what, until when, why, and the way back.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, ButtonLink, DayText, FailureNotice, Icon, IconName, StatusTag};
use crate::app::format::dial;
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::app::typed::capital;
use crate::care::intent::Intent;
use crate::registry::{Failure, PutOffItem, TodayView};

/// The reasons that are put off, also those of patients who are on the list for another one.
#[component]
pub fn PutOff(
    /// Today.
    view: Signal<Arc<TodayView>>,
) -> impl IntoView {
    let desk = use_desk();
    let failure = RwSignal::new(None::<Failure>);
    let again = move |put_off: &PutOffItem| {
        let intent = Intent::Void {
            chart: put_off.item.chart,
            entries: put_off.snoozes.clone(),
            reason: "Shown again".to_owned(),
        };
        desk.submit(intent, "Shown again", move |result| failure.set(result.err()));
    };
    let row = move |put_off: PutOffItem| {
        let item = &put_off.item;
        let phone = item.phone.clone().map(|phone| {
            let href = dial(&phone);
            view! { <a class="phone" href=href>{phone}</a> }
        });
        let call = item.calls.then(|| {
            let says = format!("Call: {}", item.name);
            view! { <ButtonLink href=Route::Contact(item.chart).href() says><Icon name=IconName::Phone/>"Call"</ButtonLink> }
        });
        let (kind, chart, name, about) = (item.kind, item.chart, item.name.clone(), item.about.clone());
        let (reason, says) = (capital(&item.reason), format!("Show again now: {name}"));
        let (until, why) = (put_off.until, put_off.why.clone());
        view! {
            <li class="item">
                <span class="kind"><StatusTag kind/></span>
                <span class="name"><a href=Route::Patient(chart).href()>{name}</a><span class="hint">{about}</span></span>
                <div class="why">
                    <p class="reason">{reason}</p>
                    <p class="because"><span>"put off until "<DayText day=until/>": "{why}</span></p>
                </div>
                <div class="doing">
                    {phone}
                    {call}
                    <Button on_press=move |()| again(&put_off) says>"Show again now"</Button>
                </div>
            </li>
        }
    };
    view! {
        <section class="put-off" aria-labelledby="put-off">
            <h2 id="put-off">"Put off"</h2>
            {move || failure.get().map(|failure| view! { <FailureNotice failure/> })}
            <ul class="worklist">{move || view.with(|view| view.put_off.clone()).into_iter().map(row).collect_view()}</ul>
        </section>
    }
}
