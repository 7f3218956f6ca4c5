//! The outreach ladder: what was tried, what is next, the letter.

use leptos::prelude::*;

use super::{Open, Place};
use crate::app::components::{Button, ButtonKind, ButtonLink, DateField, DayText, Sourced, TextArea};
use crate::app::pages::common::{QuickForm, Reading, Written, today_text};
use crate::app::pages::course::boxes::OneForm;
use crate::app::pages::form_draft::{FormDraft, put, row};
use crate::app::pages::scripts::CallScripts;
use crate::app::route::{Route, Section};
use crate::app::state::use_desk;
use crate::app::typed::read_when;
use crate::app::words::{CHANNELS, OUTCOMES, word_of};
use crate::exchange::note::Script;
use crate::journal::Fact;
use crate::journal::facts::{Attempt, AttemptOutcome, Audience, Channel, Communication};
use crate::registry::{AttemptRow, OutreachView, RungRow};

/// The ladder, while the patient is not reached.
#[component]
pub fn Reaching(place: Place) -> impl IntoView {
    let outreach = Memo::new(move |_| place.intake.with(|view| view.outreach.clone()));
    let is_reaching = Memo::new(move |_| outreach.with(Option::is_some));
    let chart = place.chart;
    let ladder = move || {
        let OutreachView { rungs, .. } = outreach.get()?;
        Some(view! { <ol class="ladder">{rungs.into_iter().map(rung).collect_view()}</ol> })
    };
    // The letter is written beside what a save changes, so that no save takes it away.
    let attempts = Memo::new(move |_| place.intake.with(|view| view.attempts.clone()));
    let letter = move || match outreach.with(|view| view.as_ref().is_some_and(|view| view.letter_sent)) {
        true => "Send another letter",
        false => "Write the letter",
    };
    let may_close = move || {
        let may_close = outreach.with(|view| view.as_ref().is_some_and(|view| view.may_close));
        let href = Route::Section(chart, Section::Closing).href();
        may_close.then(|| view! { <ButtonLink kind=ButtonKind::Secondary href>"Close as unreachable"</ButtonLink> })
    };
    let numbers = move || {
        let number =
            |(words, source): (String, String)| view! { <li>{words}" "<Sourced text=format!("({source})")/></li> };
        let numbers = outreach.get().map(|view| view.numbers).unwrap_or_default();
        numbers.into_iter().map(number).collect_view()
    };
    view! {
        <Show when=move || is_reaching.get()>
            <section class="side-box" aria-labelledby="box-outreach">
                <div class="side-head"><h2 id="box-outreach">"Reaching the patient"</h2></div>
                {ladder}
                <CallScripts fitting=vec![Script::Outreach, Script::Voicemail]/>
                {move || attempt_list(attempts.get())}
                <div class="actions">
                    <ButtonLink kind=ButtonKind::Secondary href=Route::Contact(chart).href()>"Record a try or a contact"</ButtonLink>
                    <Button on_press=move |()| place.open.open(Open::Letter)>{letter}</Button>
                    {may_close}
                </div>
                {move || place.is(Open::Letter).then(|| view! { <LetterForm place/> })}
                <details>
                    <summary>"The numbers of this ladder"</summary>
                    <ul class="hint">{numbers}</ul>
                    <p class="hint">"Order: this project\u{2019}s choice. Numbers can be changed in Settings, under the protocol."</p>
                </details>
            </section>
        </Show>
    }
}

fn rung(rung: RungRow) -> impl IntoView {
    let is_next = rung.due.is_some();
    view! {
        <li class:next=is_next aria-current=is_next.then_some("step")>
            {crate::app::typed::capital(&rung.words)}
            {rung.done.map(|day| view! { <span class="hint">": done "<DayText day/></span> })}
            {rung.due.map(|day| view! { <strong>": next, "<DayText day/></strong> })}
        </li>
    }
}

fn attempt_list(attempts: Vec<AttemptRow>) -> impl IntoView {
    let line = |row: AttemptRow| {
        let outcome = word_of(OUTCOMES, row.outcome);
        let outcome = if outcome.is_empty() {
            "Outcome not recorded"
        } else {
            outcome
        };
        view! {
            <tr>
                <th scope="row"><DayText day=row.day/>{row.time.map(|time| format!(" {time}"))}</th>
                <td data-label="By">{word_of(CHANNELS, row.by)}</td>
                <td data-label="Outcome">{outcome}</td>
            </tr>
        }
    };
    if attempts.is_empty() {
        return view! { <p class="hint">"No try is on record yet."</p> }.into_any();
    }
    view! {
        <table class="data list">
            <caption class="visually-hidden">"Tries"</caption>
            <thead><tr><th scope="col">"Day"</th><th scope="col">"By"</th><th scope="col">"Outcome"</th></tr></thead>
            <tbody>{attempts.into_iter().map(line).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn LetterForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let wording = RwSignal::new(place.now().letter.clone());
    let day = RwSignal::new(today_text(desk));
    FormDraft::keep(
        format!("outreach-letter/{}", place.chart),
        move || vec![row(&[wording])],
        move |rows| put(&[wording], rows.first()),
    );
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let written = reading.text(&wording.get_untracked(), "letter-text", "Write the letter");
        let on = reading.past(&day.get_untracked(), "letter-day", "the day", today);
        // Of today with its time, so that what was tried before it stays before it.
        let time = if on == Some(today) {
            desk.instant().format("%H:%M").to_string()
        } else {
            String::new()
        };
        let at = on.and_then(|on| reading.take(read_when("letter-day", on, &time, untrack(|| desk.zone()))));
        let facts = written.zip(at).map(|(written, at)| {
            let sent = Communication {
                at,
                to: Audience::Patient,
                person: None,
                by: Channel::Letter,
                about: None,
                text: written,
                release: None,
                name: None,
                held: Vec::new(),
                member: None,
                closing: None,
                feedback: None,
                also: Vec::new(),
            };
            let tried = Attempt {
                at,
                by: Channel::Letter,
                outcome: AttemptOutcome::Sent,
                note: None,
                left: None,
                next: None,
            };
            vec![Fact::Attempt(tried), Fact::Communication(sent)]
        });
        reading.finish(facts)
    });
    view! {
        <QuickForm chart=place.chart title="Letter to the patient" deed="Letter recorded" save="Letter sent" read on_close=place.open.closes()>
            <TextArea id="letter-text" label="The letter, as it goes out" value=wording rows=12
                hint="It names no condition: somebody else may open it. Copy it into your letterhead; the text is kept with the try."/>
            <DateField id="letter-day" label="Sent on" value=day max=today_text(desk)/>
        </QuickForm>
    }
}
