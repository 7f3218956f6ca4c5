//! The referral in, and the clock that it started.

use leptos::prelude::*;

use super::{Open, Place, fact};
use crate::app::components::{Sourced, WhenText};
use crate::app::pages::common::{IntentForm, Reading, follow_people, to_errors, today_text};
use crate::app::pages::course::boxes::{OneForm, PlanBox};
use crate::app::pages::referral::{ReasonField, ReferralFields, ReferralGroup};
use crate::app::state::use_desk;
use crate::care::intent::{Intent, Referrer};
use crate::journal::Fact;
use crate::journal::facts::{Feedback, Referral};

/// Who referred, why, when, with which scores; what is due first, and what clears it.
#[component]
pub fn ReferralIn(place: Place) -> impl IntoView {
    let lines = move || {
        let (referral, by, scores) = place
            .intake
            .with(|view| (view.referral.clone(), view.referred_by.clone(), view.came_with.clone()));
        let Some(referral) = referral else {
            return view! { <p class="hint">"No referral is on record."</p> }.into_any();
        };
        view! {
            <dl class="facts">
                <dt>"Received"</dt><dd><WhenText when=referral.at/></dd>
                {fact("From", Some(by.unwrap_or_else(|| "not recorded".to_owned())))}
                {fact("Why", referral.reason)}
                {fact("Handoff", referral.warm.then(|| "warm: introduced in person".to_owned()))}
                {fact("Sent along", (!scores.is_empty()).then(|| scores.join("; ")))}
            </dl>
        }
        .into_any()
    };
    let clock = move || {
        let clock = place.intake.with(|view| view.clock.clone())?;
        Some(view! {
            <p class="clock"><strong>{crate::app::typed::capital(&clock.says)}</strong>". Clears when: "{clock.clears}"."</p>
            <p class="hint"><Sourced text=clock.rule/></p>
        })
    };
    view! {
        <PlanBox id="box-referral" title="Referral" add=(place.open.opens(Open::Referral), "Change referral")>
            {lines}
            {clock}
            {move || place.is(Open::Referral).then(|| view! { <ReferralForm place/> })}
        </PlanBox>
    }
}

#[component]
fn ReferralForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let people = follow_people(desk);
    let now = place.now();
    let known = now.referral.clone();
    let fields = known
        .as_ref()
        .map_or_else(|| ReferralFields::now(desk), |known| ReferralFields::of(desk, known));
    let errors = crate::app::components::FormErrors::new();
    let (episode, birth) = (now.episode, now.registration.birth);
    let before = known.as_ref().map(|known| (known.by, known.from.clone()));
    let feedback = known.as_ref().and_then(|known| known.feedback.clone());
    let scores = known.map(|known| known.scores).unwrap_or_default();
    let intent = Callback::new(move |()| -> Option<Intent> {
        let mut reading = Reading::default();
        let read = untrack(|| fields.read(desk, birth, &mut reading));
        let referral = match reading.finish(read.zip(episode)) {
            Ok((read, episode)) => {
                let (by, from) = match read.referrer {
                    Some(Referrer::Known(person)) => (Some(person), None),
                    Some(Referrer::Typed(name)) => (None, Some(name)),
                    None => (None, None),
                };
                // What was left out was left out for whoever stood here before.
                let same = before.as_ref() == Some(&(by, from.clone()));
                let feedback = feedback.clone().filter(|_| same);
                let is_known = by.is_some() || from.is_some();
                Referral {
                    feedback: feedback.or_else(|| is_known.then(Feedback::default)),
                    episode,
                    at: read.at,
                    by,
                    reason: read.reason,
                    warm: read.warm,
                    from,
                    scores: scores.clone(),
                }
            }
            Err(wrong) if wrong.is_empty() => {
                errors.set_whole("There is no episode: open one under \u{201c}Episodes\u{201d}");
                return None;
            }
            Err(wrong) => {
                errors.set(to_errors(wrong));
                return None;
            }
        };
        Some(Intent::Record {
            chart: place.chart,
            facts: vec![Fact::Referral(referral)],
        })
    });
    view! {
        <IntentForm title="Referral" deed="Referral changed" save="Save referral" errors intent on_close=place.open.closes() on_saved=None>
            <ReferralGroup fields people nobody="Not recorded" latest=today_text(desk)/>
            <ReasonField fields/>
        </IntentForm>
    }
}
