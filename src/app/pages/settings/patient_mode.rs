//! What the clinic agreed on for forms that patients fill in alone: who looks at the answers the same day.

use leptos::prelude::*;

use super::Section;
use crate::app::components::{
    Button, ButtonKind, Check, CrisisLines, FieldError, Form, FormErrors, Notice, Submit, TextField, Tone,
};
use crate::app::format;
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::journal::Fact;
use crate::journal::facts::{PatientMode, Person, SameDayReview};

/// The confirmation that positive answers are looked at the same day.
#[component]
pub fn PatientModeSection(
    /// As it is.
    agreed: Option<SameDayReview>,
    /// The people of the registry.
    people: Memo<Vec<Person>>,
) -> impl IntoView {
    let desk = use_desk();
    let agreed = RwSignal::new(agreed);
    let save = move |review: Option<SameDayReview>, what: &'static str, done: Callback<Option<String>>| {
        let fact = Fact::PatientMode(PatientMode {
            same_day_review: review.clone(),
        });
        desk.submit(Intent::Office(vec![fact]), what, move |result| match result {
            Ok(_) => {
                agreed.set(review.clone());
                done.run(None);
            }
            Err(failure) => done.run(Some(failure.to_string())),
        });
    };
    let withdraw = move |()| save(None, "Same-day review withdrawn", Callback::new(|_told| ()));
    let told = move |review: SameDayReview| {
        let name = people.with(|people| {
            let by = people.iter().find(|person| person.person == review.by);
            by.map_or_else(|| "someone not on file".to_owned(), |person| person.name.clone())
        });
        format!(
            "Confirmed by {name} on {}: {} looks at them.",
            format::full_day(review.on),
            review.who
        )
    };
    view! {
        <Section id="patient-mode-section">
            <p>
                "You can hand the tablet to a patient: the registry locks, and only the questions are on the screen. "
                "Nobody watches the answers while a patient fills in a form, and nobody is alerted elsewhere: a positive answer waits \
                on this device until somebody unlocks it."
            </p>
            <p>
                "So a question about suicide is handed to a patient alone only where somebody looks at the answers the same day. Without \
                that, PHQ-8 is offered in place of PHQ-9: the same questions but for the last."
            </p>
            {move || match agreed.get() {
                Some(review) => view! {
                    <Notice tone=Tone::Success title="Questions about suicide are offered"><p>{told(review)}</p></Notice>
                    <p><Button kind=ButtonKind::Secondary on_press=withdraw>"Nobody does any more"</Button></p>
                }
                .into_any(),
                None => view! {
                    <Notice tone=Tone::Info title="Questions about suicide are not offered">
                        <p>"Nobody has confirmed that answers are looked at the same day."</p>
                    </Notice>
                    <ConfirmForm on_save=Callback::new(move |(review, done)| save(Some(review), "Same-day review confirmed", done))/>
                }
                .into_any(),
            }}
            <CrisisLines/>
        </Section>
    }
}

/// Who looks at the answers, and the word of whoever confirms it.
#[component]
fn ConfirmForm(
    /// Saves it; told afterwards what went wrong, if anything did.
    on_save: Callback<(SameDayReview, Callback<Option<String>>)>,
) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let who = RwSignal::new(String::new());
    let sure = RwSignal::new(false);
    let send = move |()| {
        let typed = who.with_untracked(|who| who.trim().to_owned());
        let mut wrong = Vec::new();
        let error = |field: &str, text: &str| FieldError {
            field: field.to_owned(),
            text: text.to_owned(),
        };
        if typed.is_empty() {
            wrong.push(error("review-who", "Enter who looks at the answers"));
        }
        if !sure.get_untracked() {
            wrong.push(error("review-sure", "Confirm it, or leave it as it is"));
        }
        errors.set(wrong.clone());
        if busy.get_untracked() || !wrong.is_empty() {
            return;
        }
        busy.set(true);
        let review = SameDayReview {
            by: desk.me(),
            on: desk.today().get_untracked(),
            who: typed,
        };
        let done = Callback::new(move |told: Option<String>| {
            let _free = busy.try_set(false);
            if let Some(told) = told {
                errors.set_whole(told);
            }
        });
        on_save.run((review, done));
    };
    view! {
        <Form errors on_submit=send label="Same-day review">
            <TextField
                id="review-who"
                label="Who looks at the answers the same day"
                value=who
                hint="For example: the care manager on duty, Dr. Ng when she is away"
            />
            <Check
                id="review-sure"
                label="I confirm that on every day on which forms are handed out, they unlock this device, look at the answers and act on a \
                       positive one before the patient leaves or by the end of the day"
                value=sure
            />
            <div class="actions"><Submit busy>"Confirm"</Submit></div>
        </Form>
    }
}
