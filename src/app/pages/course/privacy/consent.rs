//! Consent: given, refused, withdrawn; by programme; what was explained, and by whom it was taken.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Wish, lines, wished};
use crate::app::components::{Button, Checks, Choice, DateField, FormErrors, Select, TextField, Width};
use crate::app::pages::common::{IntentForm, QuickForm, Reading, Written, to_errors, today_text};
use crate::app::pages::course::boxes::{PlanBox, shows};
use crate::app::pages::scripts::CallScripts;
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::text;
use crate::app::words::{CONSENT_HOW, PROGRAMMES, options};
use crate::care::intent::Intent;
use crate::exchange::note::Script;
use crate::flowsheet::Unexplained;
use crate::journal::facts::{Consent, ConsentAnswer, ConsentHow, Explained, Programme};
use crate::journal::{ChartId, EntryId, Fact, PersonId};
use crate::registry::{IncompleteConsent, LearnedView};

/// What is to be explained before consent, as CMS names it for behavioral health integration (MLN909432).
pub const POINTS: [(Explained, &str); 4] = [
    (Explained::Consultant, "A psychiatric consultant advises the team"),
    (
        Explained::CostSharing,
        "Cost sharing may apply, also in months without a visit",
    ),
    (
        Explained::OnePractitioner,
        "Only one practitioner can bill for it in a month",
    ),
    (Explained::RightToStop, "It can be stopped at any time"),
];

/// Which of them a month asks for.
pub const POINTS_HINT: &str = "Tick what was said. Consent has to cover the first two (CMS-1654-F); a month says when they \
     aren\u{2019}t ticked.";

/// What the patient said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answered {
    Given,
    Refused,
    Withdrawn,
}

/// The consents on record, and the form.
#[component]
pub fn ConsentBox(
    /// Whose record.
    chart: ChartId,
    /// What is known.
    known: Signal<Arc<LearnedView>>,
) -> impl IntoView {
    let wish = wished(chart);
    let open = RwSignal::new(wish == Some(Wish::Record));
    let first = known.with_untracked(|known| known.incomplete.first().map(|first| first.entry));
    let completing = RwSignal::new(first.filter(|_| wish == Some(Wish::Complete)));
    view! {
        <PlanBox id="consent" title="Consent" add=(shows(open), "Record consent")>
            <Show when=move || open.get()>
                <CallScripts fitting=vec![Script::Introduce, Script::Consent]/>
                <ConsentForm chart known on_close=move |()| open.set(false)/>
            </Show>
            {move || lines(known.with(|known| known.consent_lines.clone()), "No consent on record.")}
            {move || {
                let all = known.with(|known| known.incomplete.clone());
                all.into_iter().map(|incomplete| view! { <Incomplete chart incomplete completing/> }).collect_view()
            }}
        </PlanBox>
    }
}

/// What a consent on record lacks, with the form that completes it.
#[component]
fn Incomplete(chart: ChartId, incomplete: IncompleteConsent, completing: RwSignal<Option<EntryId>>) -> impl IntoView {
    let entry = incomplete.entry;
    let lacks = incomplete.lacks.clone();
    let incomplete = StoredValue::new(incomplete);
    let form = move || {
        let close = move |()| completing.set(None);
        match completing.get() == Some(entry) {
            true => incomplete
                .with_value(|incomplete| view! { <CompleteForm chart incomplete=incomplete.clone() on_close=close/> })
                .into_any(),
            false => view! { <Button on_press=move |()| completing.set(Some(entry))>"Complete it"</Button> }.into_any(),
        }
    };
    view! {
        <p class="to-check">{lacks}</p>
        {form}
    }
}

/// The points of a consent on record: what was explained then, and wasn't ticked.
#[component]
fn CompleteForm(chart: ChartId, incomplete: IncompleteConsent, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let IncompleteConsent { entry, consent, .. } = incomplete;
    let ConsentAnswer::Given { how, explained, points } = consent.answer.clone() else {
        return ().into_any();
    };
    let before = Unexplained::of(&points);
    let points = RwSignal::new(points);
    let errors = FormErrors::new();
    let intent = Callback::new(move |()| {
        let points = points.get_untracked();
        let mut reading = Reading::default();
        let is_more = (Unexplained::of(&points) != before).then_some(());
        let ticked = reading.chosen(is_more, "consent-complete", "Tick what was explained then");
        let fact = ticked.map(|()| {
            Fact::Consent(Consent {
                answer: ConsentAnswer::Given {
                    how,
                    explained: explained.clone(),
                    points,
                },
                ..consent.clone()
            })
        });
        match reading.finish(fact) {
            Ok(fact) => Some(Intent::Correct {
                chart,
                entry,
                fact: Box::new(fact),
                reason: Some("What was explained, completed".to_owned()),
            }),
            Err(wrong) => {
                errors.set(to_errors(wrong));
                None
            }
        }
    });
    view! {
        <IntentForm title="Complete the consent" deed="Consent completed" save="Save what was explained" errors intent on_close>
            <Checks id="consent-complete" legend="What was explained then" options=options(&POINTS) value=points
                hint="Only what was said on the day of the consent. What you explain today belongs to a consent of today: record that instead."/>
        </IntentForm>
    }
    .into_any()
}

#[component]
fn ConsentForm(chart: ChartId, known: Signal<Arc<LearnedView>>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let programme = RwSignal::new(word(Programme::Cocm));
    let answer = RwSignal::new(None::<Answered>);
    let how = RwSignal::new(Some(ConsentHow::Verbal));
    let points = RwSignal::new(Vec::<Explained>::new());
    let more = RwSignal::new(String::new());
    let by = RwSignal::new(desk.me().to_string());
    let day = RwSignal::new(today_text(desk));
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let day = reading.past(&day.get_untracked(), "consent-day", "the day", today);
        let said = reading.chosen(answer.get_untracked(), "consent-said", "Choose what the patient said");
        let how = reading.chosen(how.get_untracked(), "consent-how", "Choose how consent was given");
        let answer = said.zip(how).map(|(said, how)| match said {
            Answered::Given => ConsentAnswer::Given {
                how,
                explained: text(&more.get_untracked()),
                points: points.get_untracked(),
            },
            Answered::Refused => ConsentAnswer::Refused,
            Answered::Withdrawn => ConsentAnswer::Withdrawn,
        });
        let programme = from_word(&programme.get_untracked()).unwrap_or(Programme::Cocm);
        let taken_by: Option<PersonId> = by.get_untracked().parse().ok();
        let fact = day.zip(answer).map(|(day, answer)| {
            Fact::Consent(Consent {
                programme,
                answer,
                day,
                taken_by,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let answers = vec![
        (Answered::Given, "Given".to_owned()),
        (Answered::Refused, "Refused".to_owned()),
        (Answered::Withdrawn, "Withdrawn".to_owned()),
    ];
    let programmes: Vec<(String, String)> = PROGRAMMES
        .iter()
        .map(|(programme, words)| (word(*programme), (*words).to_owned()))
        .collect();
    let people = Signal::derive(move || {
        known.with(|known| {
            known
                .people
                .iter()
                .map(|(id, name)| (id.to_string(), name.clone()))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <QuickForm chart title="Consent" deed="Consent recorded" save="Save consent" read on_close>
            <Choice id="consent-said" legend="The patient\u{2019}s answer" options=answers value=answer/>
            <Show when=move || answer.get() == Some(Answered::Given)>
                <Choice id="consent-how" legend="How" options=options(CONSENT_HOW) value=how
                    hint="Spoken consent that is written down is enough (CMS-1654-F)."/>
                <Checks id="consent-points" legend="What was explained" options=options(&POINTS) value=points hint=POINTS_HINT/>
                <TextField id="consent-explained" label="Anything else that was explained" value=more width=Width::Full/>
            </Show>
            <div class="fields">
                <Select id="consent-programme" label="For" options=Signal::stored(programmes) value=programme/>
                <Select id="consent-by" label="Asked by" options=people value=by/>
                <DateField id="consent-day" label="Day" value=day max=today_text(desk)/>
            </div>
        </QuickForm>
    }
}
