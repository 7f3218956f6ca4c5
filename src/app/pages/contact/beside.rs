//! What stands beside the form: what is open for this patient, so that nothing is looked up while talking. And beside a
//! measure: its questions in a language that is chosen, what the answers come to beside the score,
//! subscales, and the alarm line of a clinic's own.

use std::sync::Arc;

use leptos::prelude::*;

use super::alarm::AlarmBox;
use super::measure::{MeasureGrid, ReadIn};
use crate::app::components::{Choice, DayText, NumberField};
use crate::app::route::{Route, Section};
use crate::app::typed::measure::MeasureTyped;
use crate::app::typed::parts::part_field;
use crate::instruments::{Answers, Context, Definition, ItemId, score};
use crate::journal::ChartId;
use crate::registry::{PatientView, TaskView};

/// Languages in their own words; those who read them look for these.
const LANGUAGES: [(&str, &str); 2] = [("en", "English"), ("es", "Espa\u{f1}ol")];

/// The questions, with a switch where the instrument has words in more than one language. The answers stay.
#[component]
pub fn MeasureInLanguage(
    /// Starts the ids of its fields.
    id: String,
    /// The instrument.
    definition: &'static Definition,
    /// What was typed.
    value: RwSignal<MeasureTyped>,
    /// What scoring may need to know of the patient.
    context: Context,
) -> impl IntoView {
    let own = use_context::<ReadIn>().map(|own| own.0.tag());
    let own = own
        .filter(|own| definition.languages().contains(own))
        .map(str::to_owned);
    let chosen = RwSignal::new(Some(own.unwrap_or_else(|| definition.language.clone())));
    let languages: Vec<(String, String)> = definition
        .languages()
        .into_iter()
        .filter_map(|code| LANGUAGES.iter().find(|(known, _)| *known == code))
        .map(|(code, words)| ((*code).to_owned(), (*words).to_owned()))
        .collect();
    let switch = (languages.len() > 1).then(|| {
        let id = format!("{id}-language");
        view! { <div class="language"><Choice id legend="Language" options=languages value=chosen/></div> }
    });
    let shown = Memo::new(move |_| chosen.get().unwrap_or_default());
    view! {
        {switch}
        {move || {
            let code = shown.get();
            let worded = definition.in_language(&code).filter(|_| code != definition.language);
            let worded = worded.unwrap_or(definition);
            view! { <div lang=code><MeasureGrid id=id.clone() definition=worded value context=context.clone()/></div> }
        }}
    }
}

/// What the answers come to beside the score: subscales, cut-offs, two rules that may disagree, and what can't be said
/// without something that isn't recorded of the patient.
#[component]
pub fn Found(
    /// The instrument.
    definition: &'static Definition,
    /// What was typed.
    value: RwSignal<MeasureTyped>,
    /// What scoring may need to know of the patient.
    context: Context,
) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let answers: Answers = value.with(|typed| {
            let answers = typed.answers.iter();
            answers
                .map(|(item, value)| (ItemId::new(item.as_str()), i32::from(*value)))
                .collect()
        });
        let scored = score(definition, &answers, &context)
            .ok()
            .filter(|scored| scored.complete);
        scored.map_or_else(Vec::new, |scored| definition.lines(&scored))
    });
    move || {
        let lines = lines.get();
        (!lines.is_empty()).then(|| {
            let line = |line: crate::instruments::ResultLine| {
                view! { <div class:unknown=line.is_unknown><dt>{line.label}</dt><dd>{line.words}</dd></div> }
            };
            view! { <dl class="found-results">{lines.into_iter().map(line).collect_view()}</dl> }
        })
    }
}

/// That the score reaches the alarm line of a clinic's own measure.
#[component]
pub fn ScoreAlarm(
    /// The instrument.
    definition: &'static Definition,
    /// What was typed.
    value: RwSignal<MeasureTyped>,
) -> impl IntoView {
    let reached = Memo::new(move |_| {
        let points = value.with(|typed| typed.total.trim().parse::<i32>().ok())?;
        let (low, high) = definition.score_range?;
        let line = definition.alarm.filter(|_| (low..=high).contains(&points))?;
        line.reached(definition.direction, points).map(|_| line.at)
    });
    move || {
        reached.get().map(|at| {
            let title = format!(
                "{} has reached its alarm line of {at}: follow up the same day.",
                definition.short_title
            );
            view! { <AlarmBox title/> }
        })
    }
}

/// Subscales beside a total, where the form gives them.
#[component]
pub fn Subscales(
    /// Starts the ids of its fields.
    id: String,
    /// The instrument.
    definition: &'static Definition,
    /// What was typed.
    value: RwSignal<MeasureTyped>,
) -> impl IntoView {
    let field = |key: &'static String| {
        let text = RwSignal::new(value.with_untracked(|typed| typed.parts.get(key).cloned().unwrap_or_default()));
        crate::app::effects::effect(move |_| {
            let text = text.get();
            if value.with_untracked(|typed| typed.parts.get(key).map_or("", String::as_str) != text) {
                value.update(|typed| {
                    typed.parts.insert(key.clone(), text);
                });
            }
        });
        let (low, high) = definition.part_range(key).unwrap_or_default();
        let label = definition.label_of(key).unwrap_or(key).to_owned();
        view! { <NumberField id=part_field(&id, key) label value=text hint=format!("{low} to {high}")/> }
    };
    (!definition.parts.is_empty()).then(|| {
        view! {
            <details class="subscales">
                <summary>"Subscales, where they are known"</summary>
                <div class="fields">{definition.parts.iter().map(field).collect_view()}</div>
            </details>
        }
    })
}

/// What is open for this patient: goals and plan, medications, tasks, each beside the page on which it is changed. It
/// stands after the form, so that it costs no key on the way through it.
#[component]
pub fn BesideForm(
    /// Whose chart.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let task =
        |task: TaskView| view! { <li>{task.text}" "<span class="hint">"due "<DayText day=task.due/></span></li> };
    let tasks = move || {
        view.with(|view| view.tasks.clone())
            .into_iter()
            .map(task)
            .collect_view()
    };
    let medicine = |words: String| view! { <li>{words}</li> };
    let medicines = move || {
        view.with(|view| view.medicines.clone())
            .into_iter()
            .map(medicine)
            .collect_view()
    };
    let part = |(title, text): (String, String)| view! { <li><span class="hint">{title}": "</span>{text}</li> };
    let plan = move || view.with(|view| view.plan.clone()).into_iter().map(part).collect_view();
    let to = move |section| Route::Section(chart, section).href();
    view! {
        <aside class="beside-form" aria-label="Open for this patient">
            <div><h2><a href=to(Section::CarePlan)>"Plan and goals"</a></h2><ul>{plan}</ul></div>
            <div><h2><a href=to(Section::Medicines)>"Medications"</a></h2><ul>{medicines}</ul></div>
            <div><h2><a href=to(Section::Together)>"Tasks and referrals"</a></h2><ul>{tasks}</ul></div>
        </aside>
    }
}
