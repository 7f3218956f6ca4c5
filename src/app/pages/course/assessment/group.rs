//! One area of the form: what is known of it from other pages, its questions, who saved it last and what they said.

use leptos::prelude::*;

use super::base::{of, shown};
use super::past::PastRows;
use super::question::{QuestionFields, QuestionView};
use super::sitting::Sitting;
use super::typed::Chosen;
use crate::app::components::{Button, ButtonKind, FormGroup, Notice, Tone};
use crate::app::format;
use crate::care::AreaInfo;
use crate::journal::ChartId;
use crate::journal::facts::{Area, Said};
use crate::registry::LearnedView;

/// The area.
#[component]
pub fn AreaGroup(
    /// Whose record.
    chart: ChartId,
    /// Which area.
    info: &'static AreaInfo,
    /// The form.
    sitting: Sitting,
    /// The place of its first question on the page.
    first: usize,
) -> impl IntoView {
    let known = sitting.known;
    let own: Vec<(usize, QuestionFields)> = sitting.questions.with_value(|all| {
        let own = all.iter().copied().enumerate().skip(first);
        own.take(info.questions.len()).collect()
    });
    let beside = Memo::new(move |_| {
        known.with(|known| {
            let found = known.known.iter().find(|(title, _)| title == info.title);
            found.map(|(_, lines)| lines.clone()).unwrap_or_default()
        })
    });
    let saved = Memo::new(move |_| {
        known.with(|known| {
            let place = known.areas.iter().position(|area| area.area == info.area)?;
            known.saved.get(place).map(|by| format!("Last saved: {by}"))
        })
    });
    let asked = own.iter().map(|(_, fields)| fields.chosen).collect::<Vec<_>>();
    let all = asked.len();
    let count = move || {
        asked
            .iter()
            .filter(|chosen| chosen.get() != Some(Chosen::NotAsked))
            .count()
    };
    let questions = own
        .into_iter()
        .map(|(at, fields)| {
            let before = Signal::derive(move || sitting.known.with(|known| answered_before(known, info, fields)));
            view! { <QuestionView chart at fields before/> }
        })
        .collect_view();
    let past = (info.area == Area::PastTreatment).then(|| view! { <PastRows rows=sitting.rows/> });
    view! {
        <FormGroup legend=info.title>
            <p class="hint">{move || format!("{} of {all} asked", count())}{move || saved.get().map(|saved| format!(". {saved}"))}</p>
            {move || {
                let lines = beside.get();
                (!lines.is_empty()).then(|| view! {
                    <ul class="beside">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                })
            }}
            <SavedElsewhere info sitting saved/>
            {questions}
            {past}
        </FormGroup>
    }
}

/// What was answered on another day to a question that is asked anew: it is in the record with its day, and only the form
/// begins again.
fn answered_before(known: &LearnedView, info: &AreaInfo, fields: QuestionFields) -> Option<String> {
    let question = fields.info.question;
    let area = of(&known.areas, info.area).filter(|_| known.asked_anew.contains(&question))?;
    let said = match area.replies.get(&question)? {
        Said::No => "no".to_owned(),
        Said::Yes { words: None } => "yes".to_owned(),
        Said::Yes { words: Some(words) } => format!("yes, {words}"),
        Said::RatherNot => "would rather not say".to_owned(),
    };
    let on = format::plain_day(area.day);
    Some(format!(
        "On record for {on}: {said}. It is about now, so it is asked anew."
    ))
}

/// That the area was saved elsewhere since it was typed in here, what was said there, and the way to take it over.
#[component]
fn SavedElsewhere(info: &'static AreaInfo, sitting: Sitting, saved: Memo<Option<String>>) -> impl IntoView {
    let contested = Memo::new(move |_| sitting.is_contested(info));
    let newest = move || sitting.known.with(|known| of(&known.areas, info.area).cloned());
    let lines = move || {
        let (newest, mine) = (newest(), sitting.read_area(info));
        let anew = sitting.known.with(|known| known.asked_anew.clone());
        let theirs = shown(newest.as_ref(), &anew, info);
        let mut lines: Vec<String> = info
            .questions
            .iter()
            .filter(|asked| theirs.reply(asked.question) != mine.reply(asked.question))
            .map(|asked| match theirs.reply(asked.question) {
                (Chosen::NotAsked, _) => format!("{}: not asked", asked.title),
                (Chosen::No, _) => format!("{}: no", asked.title),
                (Chosen::Yes, words) => format!("{}: yes {words}", asked.title),
                (Chosen::RatherNot, _) => format!("{}: would rather not say", asked.title),
            })
            .collect();
        if theirs.past != mine.past {
            let all: Vec<String> = theirs.past.into_iter().map(|past| past.what).collect();
            lines.push(format!("Earlier treatments: {}", all.join("; ")));
        }
        lines
    };
    let take = move |()| sitting.take(info, newest().as_ref());
    move || {
        contested.get().then(|| view! {
            <Notice tone=Tone::Warning title="Saved elsewhere while you typed">
                <p>{move || saved.get()}</p>
                <ul>{move || lines().into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                <p>"Saving writes your answers in their place. "<Button kind=ButtonKind::Quiet on_press=take says=format!("Take the saved answers: {}", info.title)>"Take the saved answers"</Button></p>
            </Notice>
        })
    }
}
