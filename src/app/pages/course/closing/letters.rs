//! Letters about the end of an episode: drafted from the record, edited here, recorded as sent.

use leptos::prelude::*;

use super::Place;
use crate::app::components::{Button, Select, TextArea};
use crate::app::pages::common::{QuickForm, Reading, Written};
use crate::app::pages::edited::Edited;
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::words::CHANNELS;
use crate::exchange::letter::{Ending, closing_to_clinician, closing_to_patient};
use crate::journal::facts::{Audience, Channel, Communication};
use crate::journal::{Fact, When};
use crate::registry::ClosingView;

/// A letter that can be drafted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letter {
    Clinician,
    Patient,
}

/// The letters that are offered, and the draft that is open.
#[component]
pub fn Letters(place: Place) -> impl IntoView {
    let open = RwSignal::new(None::<Letter>);
    let to_patient = move || place.view.with(|view| draft(view, Letter::Patient).is_some());
    view! {
        <section class="side-box" aria-labelledby="closing-letters">
            <div class="side-head">
                <h2 id="closing-letters">"Letters"</h2>
                <span class="side-actions">
                    <Button on_press=move |()| open.set(Some(Letter::Clinician))>"Letter to the PCP"</Button>
                    <Show when=to_patient>
                        <Button on_press=move |()| open.set(Some(Letter::Patient))>"Letter to the patient"</Button>
                    </Show>
                </span>
            </div>
            <p class="hint">"Drafted from the record. Read and change it; it is kept as you record it, and the app sends nothing."</p>
            {move || open.get().map(|letter| view! { <LetterForm place letter on_close=move |()| open.set(None)/> })}
        </section>
    }
}

/// The draft of a letter; none to somebody who died, and none before the episode ended.
fn draft(view: &ClosingView, letter: Letter) -> Option<String> {
    let ended = view.ended.as_ref()?;
    let plan = view.plans.first().map(|version| &version.plan);
    let said = |text: &'_ str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let (signs, call) = match plan {
        Some(plan) => (said(&plan.warning_signs), said(&plan.whom_to_call)),
        None => (None, None),
    };
    let handed: Vec<(String, String)> = view
        .loose
        .iter()
        .filter_map(|end| Some((end.words.clone(), end.handed.clone()?.0)))
        .collect();
    let ending = Ending {
        opened: view.opened?,
        last: ended.last,
        today: view.today,
        reason: ended.reason,
        note: ended.note.as_deref(),
        outcomes: &ended.outcomes,
        goes_on: ended.goes_on.as_deref(),
        followed_by: ended.followed_by.as_deref(),
        handed: &handed,
        warning_signs: signs.as_deref(),
        whom_to_call: call.as_deref(),
    };
    match letter {
        Letter::Clinician => Some(closing_to_clinician(&view.head, &ending)),
        Letter::Patient => closing_to_patient(&view.head, &ending),
    }
}

#[component]
fn LetterForm(place: Place, letter: Letter, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let text = RwSignal::new(String::new());
    let drafted = place
        .view
        .with_untracked(|view| draft(view, letter).unwrap_or_default());
    let whom = match letter {
        Letter::Clinician => "clinician",
        Letter::Patient => "patient",
    };
    let key = format!("closing-letter/{}/{whom}", place.chart);
    let edited = Edited::follow(desk, key, text, None, move || Some(drafted.clone()));
    let kept = edited.on_sent();
    let on_saved = Callback::new(move |_| kept(text.try_get_untracked().unwrap_or_default()));
    let by = RwSignal::new(word(Channel::Letter));
    let clinician = place.patient.with_untracked(|view| view.registration.clinician);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let text = reading.text(&text.get_untracked(), "letter-text", "Write the letter");
        let by = from_word(&by.get_untracked()).unwrap_or(Channel::Letter);
        let (to, person) = match letter {
            Letter::Clinician => (Audience::Clinician, clinician),
            Letter::Patient => (Audience::Patient, None),
        };
        let at = When::At(desk.instant());
        let fact = text.map(|text| {
            Fact::Communication(Communication {
                at,
                to,
                person,
                by,
                about: None,
                text,
                release: None,
                name: None,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let title = match letter {
        Letter::Clinician => "Letter to the PCP",
        Letter::Patient => "Letter to the patient",
    };
    let channels: Vec<(String, String)> = CHANNELS
        .iter()
        .map(|(by, words)| (word(*by), (*words).to_owned()))
        .collect();
    view! {
        <QuickForm chart=place.chart title=title deed="Letter recorded" save="Record as sent" read on_close on_saved>
            <TextArea id="letter-text" label="Text" value=text rows=18/>
            <p class="hint edited" role="status">{move || edited.words()}</p>
            <Select id="letter-by" label="Sent by" options=Signal::stored(channels) value=by/>
        </QuickForm>
    }
}
