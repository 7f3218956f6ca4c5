//! Letters about the end of an episode: drafted from the record without what is held back, edited here, recorded as
//! sent.

use leptos::prelude::*;

use super::Place;
use crate::app::components::{Button, Select, TextArea};
use crate::app::pages::common::{QuickForm, Reading, Written};
use crate::app::pages::course::boxes::OneForm;
use crate::app::pages::course::notes::{HeldBack, TAKEN_BACK, refusals};
use crate::app::pages::edited::{Beside, Edited};
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::words::CHANNELS;
use crate::journal::facts::{Audience, Channel, CloseReason, Communication};
use crate::journal::{EntryId, Fact, When};
use crate::registry::{EndingLetter, Request, Response, TextAsk};

/// The letters that are offered, and the draft that is open.
#[component]
pub fn Letters(place: Place) -> impl IntoView {
    let open = RwSignal::new(None::<EndingLetter>);
    // None to somebody who died.
    let to_patient = move || {
        let reason = place.view.with(|view| view.ended.as_ref().map(|ended| ended.reason));
        reason.is_some_and(|reason| reason != CloseReason::Died)
    };
    view! {
        <section class="side-box" aria-labelledby="closing-letters">
            <div class="side-head">
                <h2 id="closing-letters">"Letters"</h2>
                <span class="side-actions">
                    <Button on_press=move |()| open.open(EndingLetter::Clinician)>"Letter to the PCP"</Button>
                    <Show when=to_patient>
                        <Button on_press=move |()| open.open(EndingLetter::Patient)>"Letter to the patient"</Button>
                    </Show>
                </span>
            </div>
            <p class="hint">"Drafted from the record. Read and change it; it is kept as you record it, and the app sends nothing."</p>
            {move || open.get().map(|letter| view! { <LetterForm place letter on_close=move |()| open.set(None)/> })}
        </section>
    }
}

#[component]
fn LetterForm(place: Place, letter: EndingLetter, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let text = RwSignal::new(String::new());
    let confirmed = RwSignal::new(Vec::<EntryId>::new());
    let chart = place.chart;
    let answer = desk.follow(
        move || {
            Request::Text(
                chart,
                TextAsk::Ending {
                    to: letter,
                    confirmed: confirmed.get(),
                },
            )
        },
        |response| match response {
            Response::Text(view) => Some(*view),
            _ => None,
        },
    );
    let refusal = RwSignal::new(None::<String>);
    refusals(
        confirmed,
        move || {
            let view = answer.value().get();
            view.map(|view| view.refused.clone()).unwrap_or_default()
        },
        refusal,
    );
    let whom = match letter {
        EndingLetter::Clinician => "clinician",
        EndingLetter::Patient => "patient",
    };
    let key = format!("closing-letter/{chart}/{whom}");
    // What was edited stays, through a lock too; another draft takes the place of an untouched one only.
    let beside = Beside {
        confirmed: Some(confirmed),
        ..Beside::default()
    };
    let edited = Edited::follow(desk, key, text, beside, move || {
        answer.value().get().map(|view| view.text.clone())
    });
    let kept = edited.on_sent();
    let on_saved = Callback::new(move |_| kept(text.try_get_untracked().unwrap_or_default()));
    let by = RwSignal::new(word(Channel::Letter));
    let clinician = place.patient.with_untracked(|view| view.registration.clinician);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let text = match untrack(|| edited.may_go()) {
            true => reading.text(&text.get_untracked(), "letter-text", "Write the letter"),
            false => reading.chosen(None, "letter-text", TAKEN_BACK),
        };
        let by = from_word(&by.get_untracked()).unwrap_or(Channel::Letter);
        let (to, person) = match letter {
            EndingLetter::Clinician => (Audience::Clinician, clinician),
            EndingLetter::Patient => (Audience::Patient, None),
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
                held: confirmed.get_untracked(),
                member: None,
                also: Vec::new(),
                closing: place
                    .view
                    .with_untracked(|view| view.ended.as_ref().map(|ended| ended.entry)),
                feedback: None,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let title = match letter {
        EndingLetter::Clinician => "Letter to the PCP",
        EndingLetter::Patient => "Letter to the patient",
    };
    let channels: Vec<(String, String)> = CHANNELS
        .iter()
        .map(|(by, words)| (word(*by), (*words).to_owned()))
        .collect();
    let held = Signal::derive(move || place.view.with(|view| view.held.clone()));
    view! {
        <QuickForm chart=place.chart title=title deed="Letter recorded" save="Record as sent" read on_close on_saved>
            <HeldBack held confirmed refusal/>
            <TextArea id="letter-text" label="Text" value=text rows=18/>
            <p class="hint edited" role="status">{move || edited.words()}</p>
            <Select id="letter-by" label="Sent by" options=Signal::stored(channels) value=by/>
        </QuickForm>
    }
}
