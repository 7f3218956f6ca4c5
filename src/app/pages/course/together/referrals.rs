//! Referrals out, as a closed loop: made, sent, appointment, attended, result, or lost. Each step is dated and kept.

use std::sync::Arc;

use leptos::prelude::*;

use super::referral_forms::{MadeForm, StepForm};
use super::tasks::settled_line;
use crate::app::components::{Button, ButtonKind, DayText, Icon, IconName, StatusKind, StatusTag};
use crate::app::pages::course::boxes::OneForm;
use crate::app::route::{Route, Section};
use crate::app::typed::capital;
use crate::care::coordination::{REFERRAL_STATES, RESOURCE_KINDS, is_under_way, steps_after, word_of};
use crate::journal::facts::ReferralState;
use crate::journal::{ChartId, ThingId};
use crate::registry::{PatientView, ReferralRow, ReferralStep, TogetherView};

/// The form that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// A new referral.
    New,
    /// A step of one.
    Step(ThingId, ReferralState),
}

/// The referrals out of one patient.
#[component]
pub fn Referrals(chart: ChartId, patient: Signal<Arc<PatientView>>, view: Signal<Arc<TogetherView>>) -> impl IntoView {
    let form = RwSignal::new(None::<Open>);
    let close = Callback::new(move |()| form.set(None));
    let rows = move |under_way: bool| {
        view.with(|view| {
            let rows = view.referrals.iter();
            let rows = rows.filter(|row| is_under_way(row.referral.state) == under_way);
            rows.cloned().collect::<Vec<_>>()
        })
    };
    let row = move |row: ReferralRow| view! { <Row chart row form/> };
    view! {
        <section class="around" aria-labelledby="referrals-head">
            <div class="side-head">
                <h2 id="referrals-head">"Referrals out"</h2>
                <Button on_press=move |()| form.open(Open::New)>"New referral"</Button>
            </div>
            {move || form.get().map(|open| match open {
                Open::New => view! { <MadeForm chart patient view close/> }.into_any(),
                Open::Step(id, state) => {
                    let referral = view.with_untracked(|view| {
                        let mut rows = view.referrals.iter();
                        rows.find(|row| row.referral.referral == id).map(|row| row.referral.clone())
                    });
                    referral.map(|referral| view! { <StepForm chart referral state close/> }).into_any()
                }
            })}
            {move || {
                let rows = rows(true);
                match rows.is_empty() {
                    true => view! { <p class="hint">"None is under way."</p> }.into_any(),
                    false => view! { <ul class="items">{rows.into_iter().map(row).collect_view()}</ul> }.into_any(),
                }
            }}
            {move || {
                let rows = rows(false);
                (!rows.is_empty()).then(|| view! {
                    <details class="past">
                        <summary>{format!("With a result, or ended ({})", rows.len())}</summary>
                        <ul class="items">{rows.into_iter().map(row).collect_view()}</ul>
                    </details>
                })
            }}
            <p><a href=Route::Directory.href()>"The clinic\u{2019}s directory of resources"</a></p>
        </section>
    }
}

/// One referral with its steps and what can come next.
#[component]
fn Row(chart: ChartId, row: ReferralRow, form: RwSignal<Option<Open>>) -> impl IntoView {
    let ReferralRow {
        referral,
        steps,
        waits,
        late,
        release,
        settled,
    } = row;
    let (id, to) = (referral.referral, referral.to.clone());
    let kind = referral
        .kind
        .map(|kind| format!(" \u{b7} {}", word_of(RESOURCE_KINDS, kind)));
    let step = |step: ReferralStep| {
        view! {
            <li>
                <DayText day=step.day/>": "{step.words}
                {step.note.map(|note| view! { <span class="prose-line">" "{note}</span> })}
                " "<span class="hint">{step.by}</span>
            </li>
        }
    };
    let next = steps_after(referral.state).iter().map(|state| {
        let state = *state;
        let words = match state {
            ReferralState::Made => "Make it again",
            ReferralState::Booked if referral.state == ReferralState::Booked => "Another appointment",
            ReferralState::Sent if referral.state == ReferralState::Sent => "Sent again",
            _ => word_of(REFERRAL_STATES, state),
        };
        let says = format!("{words}: {to}");
        view! { <Button kind=ButtonKind::Quiet says on_press=move |()| form.open(Open::Step(id, state))>{words}</Button> }
    });
    let next = next.collect_view();
    let under_way = is_under_way(referral.state);
    let released = match (release, under_way) {
        (Some(words), _) => Some(view! { <p class="hint">"Release: "{words}</p> }.into_any()),
        (None, true) => Some(
            view! {
                <p class="hint">
                    <Icon name=IconName::Alert/>" No release to them is on record. "
                    <a href=Route::Section(chart, Section::Intake).href()>"Releases"</a>
                </p>
            }
            .into_any(),
        ),
        (None, false) => None,
    };
    view! {
        <li class="item">
            <p>
                {late.then(|| view! { <StatusTag kind=StatusKind::Overdue words="Late"/>" " })}
                <strong>{referral.to.clone()}</strong>{kind}
            </p>
            <p class="prose-line">{referral.what.clone()}</p>
            {waits.map(|words| view! { <p class="hint">{capital(&words)}</p> })}
            {released}
            {settled.filter(|_| under_way).map(settled_line)}
            <ol class="steps">{steps.into_iter().map(step).collect_view()}</ol>
            <p class="actions">{next}</p>
        </li>
    }
}
