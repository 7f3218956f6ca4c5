//! Why the patient is on the list, and what would come next.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{DayText, Sourced, StatusTag};
use crate::app::pages::places;
use crate::journal::facts::ClockKind;
use crate::registry::{PatientView, TodayItem};

#[component]
pub fn Reasons(
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let line = |item: TodayItem| {
        let put_off = item.snoozed_until;
        view! {
            <li>
                <StatusTag kind=item.kind/>
                <div>
                    <p class="reason">
                        {item.reason}
                        {put_off.map(|day| view! { <span class="hint">" put off until "<DayText day/></span> })}
                    </p>
                    <div class="because">
                        <span>"clears when: "{item.clears}</span>
                        <div>"rule: "<Sourced text=item.rule/></div>
                    </div>
                </div>
            </li>
        }
    };
    let reasons = move || {
        let reasons = view.with(|view| view.reasons.clone());
        if reasons.is_empty() {
            return view! { <p class="hint">"Not on today\u{2019}s list: every clock is on time."</p> }.into_any();
        }
        view! { <ul class="reasons">{reasons.into_iter().map(line).collect_view()}</ul> }.into_any()
    };
    // One that stays while other reasons come and go: a letter may be half written.
    let feedback = Memo::new(move |_| {
        view.with(|view| {
            let waits = view.reasons.iter().find(|item| item.clock == ClockKind::Feedback);
            waits.map(|item| (item.chart, item.name.clone()))
        })
    });
    let letter = move || feedback.get().map(|(chart, name)| places::feedback(chart, name));
    let coming = move || {
        let coming = view.with(|view| view.coming.clone());
        (!coming.is_empty()).then(|| {
            view! {
                <details class="coming">
                    <summary>"What would come next"</summary>
                    <ul>{coming.into_iter().map(|words| view! { <li>{words}</li> }).collect_view()}</ul>
                </details>
            }
        })
    };
    view! {
        <section class="why-box" aria-labelledby="why-on-the-list">
            <h2 id="why-on-the-list">"Why on the list"</h2>
            {reasons}
            {letter}
            {coming}
        </section>
    }
}
