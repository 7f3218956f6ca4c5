//! Handing the device to a patient: which questions, how they are shown; then the registry locks.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::common::{Once, follow_patient};
use super::contact::full_name;
use crate::app::browser;
use crate::app::components::{ButtonLink, Checks, Choice, FieldError, Form, FormErrors, Notice, Submit, Tone};
use crate::app::format;
use crate::app::gate::use_lock_to_hand_over;
use crate::app::patient_run::{Language, MARKER_KEY, Marker, Size, speaks};
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::{Desk, use_desk};
use crate::instruments::{Definition, definition_of, known_instruments};
use crate::journal::facts::{Respondent, SameDayReview};
use crate::journal::{ChartId, RunId};
use crate::registry::{Failure, PatientView, Request, Response};

/// Those that are asked most come first, where they are offered.
const FIRST: [&str; 4] = ["phq9", "phq8", "gad7", "phq9m"];

/// Handing the device to one patient.
#[component]
pub fn HandOverPage(
    /// Whose form it will be.
    chart: ChartId,
) -> impl IntoView {
    let desk = use_desk();
    let patient = follow_patient(desk, chart);
    let review = desk.follow(
        || Request::Settings,
        |response| match response {
            Response::Settings(view) => Some(view.same_day_review),
            _ => None,
        },
    );
    view! {
        <Once answer=patient what="the patient" children=move |view| view! {
            <header class="contact-head">
                <h1>"Hand over the tablet"</h1>
                <p class="who"><a class="name" href=Route::Patient(chart).href()>{move || view.with(|view: &Arc<PatientView>| full_name(view))}</a></p>
            </header>
            <Once answer=review what="the settings" children=move |review| view! {
                <Chosen
                    chart
                    is_adult=view.with_untracked(is_adult)
                    speaks_mostly=view.with_untracked(|view| view.registration.language.clone())
                    review=(*review.get_untracked()).clone()
                />
            }/>
        }/>
    }
}

/// What can be handed over: a question about suicide only where somebody looks at the answers, and one for parents only where the
/// patient isn't known to be of age. Those come last.
fn offered(reviewed: bool, is_adult: bool) -> Vec<(&'static Definition, Respondent)> {
    let all = known_instruments().filter_map(|id| definition_of(id.as_str()).ok());
    let fits = |d: &Definition, by: Respondent| {
        (reviewed || !d.asks_about_suicide()) && (by == Respondent::Patient || !is_adult)
    };
    let mut offered: Vec<(&Definition, Respondent)> = all
        .filter_map(|d| Some((d, d.filled_in_alone_by()?)))
        .filter(|(d, by)| fits(d, *by))
        .collect();
    let place = |d: &Definition| FIRST.iter().position(|id| *id == d.id.as_str()).unwrap_or(FIRST.len());
    offered.sort_by_key(|(d, by)| (*by, place(d), d.short_title.clone()));
    offered
}

#[component]
fn Chosen(
    chart: ChartId,
    is_adult: bool,
    speaks_mostly: Option<String>,
    review: Option<SameDayReview>,
) -> impl IntoView {
    let desk = use_desk();
    let (lock, router) = (use_lock_to_hand_over(), use_router());
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let offered = offered(review.is_some(), is_adult);
    let label = |d: &Definition, by: Respondent| {
        let whose = match by {
            Respondent::Patient => "",
            _ => ", for a parent or guardian, handed over by itself",
        };
        format!("{} ({} questions){whose}", d.short_title, d.questions().count())
    };
    let options: Vec<(String, String)> = offered
        .iter()
        .map(|(d, by)| (d.id.as_str().to_owned(), label(d, *by)))
        .collect();
    let depression = if review.is_some() { "phq9" } else { "phq8" };
    let chosen = RwSignal::new(vec![depression.to_owned(), "gad7".to_owned()]);
    let size = RwSignal::new(Some(Size::One));
    // In the patient's own language where there is wording in it.
    let own = speaks_mostly.as_deref().and_then(Language::of);
    let spanish = offered.iter().any(|(d, _)| speaks(d, Language::Spanish));
    let language = RwSignal::new(Some(own.filter(|_| spanish).unwrap_or_default()));
    let other = speaks_mostly.filter(|words| own.is_none() && !words.trim().is_empty());
    let other = other.map(|words| {
        view! { <p class="hint">{format!("Shown in English or Spanish; {words} is this patient\u{2019}s language.")}</p> }
    });
    let crisis_line = desk.clinic().get_untracked().crisis_line;
    let shown = crisis_line.clone();
    let send = move |()| {
        let instruments = chosen.get_untracked();
        if instruments.is_empty() {
            errors.set(vec![FieldError {
                field: "measures".to_owned(),
                text: "Choose at least one measure".to_owned(),
            }]);
            return;
        }
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        busy.set(true);
        let (size, language) = (
            size.get_untracked().unwrap_or_default(),
            language.get_untracked().unwrap_or_default(),
        );
        let crisis_line = crisis_line.clone();
        spawn_local(async move {
            match begin(desk, chart, &instruments).await {
                Ok(run) => {
                    let marker = Marker {
                        registry: desk.opened().registry,
                        run,
                        instruments,
                        size,
                        language,
                        crisis_line,
                    };
                    if browser::store_surely(MARKER_KEY, &marker.to_text()) {
                        // The unlock returns to where the page was: the record, with what was answered.
                        router.replace(Route::Patient(chart));
                        lock.run(());
                        return;
                    }
                    errors.set_whole(NO_MARKER.to_owned());
                }
                Err(failure) => errors.set_whole(failure.to_string()),
            }
            busy.set(false);
        });
    };
    view! {
        <Form errors on_submit=send label="Hand over the tablet">
            {about_review(review)}
            <Checks id="measures" legend="Measures, asked in this order" options value=chosen/>
            <Choice
                id="size"
                legend="Questions"
                options=vec![(Size::One, "One at a time".to_owned()), (Size::Whole, "Each measure on one page".to_owned())]
                value=size
            />
            {spanish.then(|| view! {
                <Choice
                    id="language"
                    legend="Language"
                    options=vec![(Language::English, "English".to_owned()), (Language::Spanish, "Espa\u{f1}ol".to_owned())]
                    value=language
                    hint="A measure without checked Spanish wording is shown in English"
                />
            })}
            {other}
            <Notice tone=Tone::Warning title="What happens now">
                <ul>
                    <li>"Caseload locks, here and in all its tabs. Only these questions can be used; leaving them needs your passphrase."</li>
                    <li>"Each answer is sealed as it is given. When you unlock, all of it is in the record, finished or not."</li>
                    <li>"Nobody is alerted while the patient answers. Take the tablet back and unlock it before the patient leaves."</li>
                    <li>{match shown {
                        Some(line) => format!("The patient sees 988, 911 and the clinic\u{2019}s number, {line}."),
                        None => "The patient sees 988 and 911. The clinic has no number for a crisis yet: add it in Settings.".to_owned(),
                    }}</li>
                </ul>
            </Notice>
            <div class="actions">
                <Submit busy busy_words="Locking\u{2026}">"Lock and hand over"</Submit>
                <ButtonLink href=Route::Patient(chart).href()>"Not now"</ButtonLink>
            </div>
        </Form>
    }
}

/// Whether the patient is known to be of age.
fn is_adult(view: &Arc<PatientView>) -> bool {
    view.age.is_some() && view.may.minor.is_none()
}

const NO_MARKER: &str = "This browser keeps nothing in local storage, so it could not stay with the questions after a reload. The tablet \
                         can\u{2019}t be handed over with it.";

/// Begins the run.
async fn begin(desk: Desk, chart: ChartId, instruments: &[String]) -> Result<RunId, Failure> {
    let request = Request::HandOver {
        chart,
        instruments: instruments.to_vec(),
    };
    match desk.ask(request).await? {
        Response::HandedOver(run) => Ok(run),
        _ => Err(Failure::Nothing),
    }
}

/// Why a question about suicide is offered, or isn't.
fn about_review(review: Option<SameDayReview>) -> impl IntoView {
    match review {
        Some(review) => view! {
            <p class="hint">{format!(
                "Positive answers are looked at the same day by: {} (confirmed {}).",
                review.who,
                format::full_day(review.on),
            )}</p>
        }
        .into_any(),
        None => view! {
            <Notice tone=Tone::Info title="PHQ-8 in place of PHQ-9">
                <p>
                    "Item 9 of PHQ-9 asks about suicide. It isn\u{2019}t handed to a patient alone, because nobody has confirmed that the \
                    answers are looked at the same day. PHQ-8 has the other eight questions. "
                    <a href=Route::Settings.href()>"Confirm it in Settings"</a>"."
                </p>
            </Notice>
        }
        .into_any(),
    }
}
