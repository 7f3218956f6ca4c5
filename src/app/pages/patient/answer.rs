//! The clinician's answer to one recommendation, or to all of one letter, with one press: on the patient's page, and on a
//! row of Today.

use std::cell::Cell;

use leptos::prelude::*;

use crate::app::browser;
use crate::app::components::{Button, ButtonKind, Form, FormErrors, Submit, TextField, WhenText};
use crate::app::pages::common::{Reading, to_errors};
use crate::app::state::use_desk;
use crate::app::words::ANSWER_WAYS;
use crate::care::intent::Intent;
use crate::journal::facts::{Answer, AnswerKind, AnswerWay};
use crate::journal::{ChartId, EntryId, Fact, ThingId, When};
use crate::registry::Failure;

/// The answers that need no more words than they have.
const AT_ONCE: [(AnswerKind, &str); 3] = [
    (AnswerKind::Accepted, "Accepted"),
    (AnswerKind::Done, "Done"),
    (AnswerKind::Later, "Later"),
];

thread_local! {
    /// How the last answer came: the next one often comes the same way.
    static WAY: Cell<AnswerWay> = const { Cell::new(AnswerWay::Spoken) };
}

/// Today's answer, one press each; how it came is chosen before, and stays chosen. One that declines says why.
#[component]
pub fn AnswerAtOnce(
    /// Whose chart.
    chart: ChartId,
    /// Which recommendations: one, or all of a letter.
    recommendations: Vec<ThingId>,
    /// Whose it is, for those who listen; empty where the page says it.
    #[prop(into, default = String::new())]
    name: String,
    /// Is run when the answer was saved.
    #[prop(optional, into)]
    on_saved: Option<Callback<()>>,
) -> impl IntoView {
    let desk = use_desk();
    let many = recommendations.len();
    let field = recommendations.first().map(|one| match many {
        1 => format!("declined-{one}"),
        _ => format!("declined-all-{one}"),
    });
    let field = field.unwrap_or_default();
    let asked = StoredValue::new(recommendations);
    let how = RwSignal::new(WAY.get());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let declines = RwSignal::new(false);
    let record = move |answer: AnswerKind, note: Option<String>| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let fact = |recommendation: &ThingId| {
            Fact::Answer(Answer {
                recommendation: *recommendation,
                day: desk.today().get_untracked(),
                answer,
                note: note.clone(),
                how: Some(how.get_untracked()),
                again: None,
            })
        };
        let facts: Vec<Fact> = asked.with_value(|asked| asked.iter().map(fact).collect());
        let deed = match facts.len() {
            1 => "Answer recorded".to_owned(),
            many => format!("{many} answers recorded"),
        };
        desk.submit(Intent::Record { chart, facts }, deed, move |result| {
            let _shown = busy.try_set(false);
            let is_saved = result.is_ok();
            let _shown = failure.try_set(result.err());
            if let Some(on_saved) = on_saved.filter(|_| is_saved) {
                on_saved.run(());
            }
        });
    };
    let what = match many {
        1 => "The PCP\u{2019}s answer today".to_owned(),
        many => format!("The PCP\u{2019}s answer today to all {many} of the letter"),
    };
    let group = match name.is_empty() {
        true => what,
        false => format!("{what}: {name}"),
    };
    let to_all = match many {
        1 => "",
        _ => "All: ",
    };
    let way = move |(way, words): &(AnswerWay, &'static str)| {
        let way = *way;
        let choose = move |_| {
            WAY.set(way);
            how.set(way);
        };
        view! {
            <button type="button" class="button quiet" aria-pressed=move || (how.get() == way).to_string() on:click=choose>{*words}</button>
        }
    };
    let button = move |(answer, words): (AnswerKind, &'static str)| {
        view! {
            <Button kind=ButtonKind::Quiet on_press=move |()| record(answer, None)>{to_all}{words}</Button>
        }
    };
    let focused = field.clone();
    let decline = move |()| {
        declines.set(true);
        let field = focused.clone();
        request_animation_frame(move || browser::focus(&field));
    };
    let refuse = Callback::new(move |why: String| record(AnswerKind::Declined, Some(why)));
    view! {
        <span class="no-print answer-at-once" role="group" aria-label=group>
            {ANSWER_WAYS.iter().map(way).collect_view()}
            {AT_ONCE.into_iter().map(button).collect_view()}
            <Button kind=ButtonKind::Quiet on_press=decline>{to_all}"Declined\u{2026}"</Button>
        </span>
        {move || declines.get().then(|| view! { <Declined field=field.clone() busy declines on_why=refuse/> })}
        {move || failure.get().map(|failure| view! { <p class="error" role="alert">{failure.to_string()}</p> })}
    }
}

/// Why it was declined, in one line.
#[component]
fn Declined(field: String, busy: RwSignal<bool>, declines: RwSignal<bool>, on_why: Callback<String>) -> impl IntoView {
    let why = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let named = field.clone();
    let save = Callback::new(move |()| {
        let mut reading = Reading::default();
        let text = reading.text(&why.get_untracked(), &named, "Write why it was declined");
        match reading.finish(text) {
            Ok(text) => on_why.run(text),
            Err(wrong) => errors.set(to_errors(wrong)),
        }
    });
    view! {
        <Form errors on_submit=save label="Why it was declined">
            <div class="fields">
                <TextField id=field label="Why it was declined" value=why/>
                <Submit busy>"Save: declined"</Submit>
                <Button kind=ButtonKind::Quiet on_press=move |()| declines.set(false)>"Cancel"</Button>
            </div>
        </Form>
    }
}

/// A letter, and when it went out.
pub type Letter = (EntryId, When);

/// The recommendations of each letter that asks about several, with when it went out: they are answered with one press too.
pub fn letters(waiting: impl Iterator<Item = (ThingId, Option<Letter>)>) -> Vec<(Letter, Vec<ThingId>)> {
    let mut letters: Vec<(Letter, Vec<ThingId>)> = Vec::new();
    for (recommendation, letter) in waiting {
        let Some(letter) = letter else { continue };
        match letters.iter_mut().find(|(other, _)| *other == letter) {
            Some((_, asked)) => asked.push(recommendation),
            None => letters.push((letter, vec![recommendation])),
        }
    }
    letters.retain(|(_, asked)| 1 < asked.len());
    letters
}

/// One answer to all recommendations of a letter.
#[component]
pub fn AnswerLetter(
    /// Whose chart.
    chart: ChartId,
    /// Which, and when it went out.
    letter: Letter,
    /// What it asks about.
    recommendations: Vec<ThingId>,
    /// Whose it is, for those who listen; empty where the page says it.
    #[prop(into, default = String::new())]
    name: String,
    /// Is run when the answers were saved.
    #[prop(optional, into)]
    on_saved: Option<Callback<()>>,
) -> impl IntoView {
    let many = recommendations.len();
    let answer = match on_saved {
        Some(on_saved) => view! { <AnswerAtOnce chart recommendations name on_saved/> }.into_any(),
        None => view! { <AnswerAtOnce chart recommendations name/> }.into_any(),
    };
    view! {
        <div class="answer-letter no-print">
            <p class="hint">{format!("{many} recommendations went out in one letter, ")}<WhenText when=letter.1/>". One answer to all of them:"</p>
            {answer}
        </div>
    }
}
