//! One instrument to be asked: its words, its answers, the total as it runs.
//!
//! Digits answer and move on, Backspace goes back. A positive safety answer is named with its rule before the total.

use leptos::ev;
use leptos::prelude::*;

use super::alarm::Alarm;
use super::beside::{Found, MeasureInLanguage};
use super::early::Early;
use super::question::{Question, labels};
use super::total::TotalEntry;
use crate::app::browser;
use crate::app::components::{Choice, Notice, Sourced, Tone};
use crate::app::patient_run::Language;
use crate::app::state::use_desk;
use crate::app::typed::measure::{MeasureTyped, Running, Way, asks_who, number_of, ways};
use crate::app::words::{DECLINES, RESPONDENTS, options};
use crate::care::UnderAge;
use crate::instruments::{Context, Definition, SafetyAnswer};
use crate::journal::Day;
use crate::journal::facts::{DeclineReason, Respondent};
use crate::registry::PatientView;

/// Stands in the context of a form about somebody whose language there is wording in: the questions begin in it.
#[derive(Clone, Copy)]
pub struct ReadIn(pub Language);

/// Whether a form is about somebody who is under age on its day: who answers is asked with each measure then.
#[derive(Clone, Copy)]
pub struct OfAMinor(Memo<bool>);

impl OfAMinor {
    /// Where it is asked.
    pub fn is_asked() -> Signal<bool> {
        match use_context::<Self>() {
            Some(Self(asked)) => asked.into(),
            None => Signal::stored(false),
        }
    }
}

/// Until when a patient is under age.
pub fn under_age(view: &PatientView) -> UnderAge {
    UnderAge {
        birth: view.registration.birth,
        of_age: use_desk().clinic().with_untracked(|clinic| clinic.of_age),
    }
}

/// Asks with each measure of a form who answers, where the patient is under age on the day of the form; begins in the patient's
/// language.
pub fn ask_who(view: &PatientView, day: RwSignal<String>) {
    if let Some(language) = view.registration.language.as_deref().and_then(Language::of) {
        provide_context(ReadIn(language));
    }
    let (under, today) = (under_age(view), use_desk().today());
    provide_context(OfAMinor(Memo::new(move |_| {
        let typed: Option<Day> = day.with(|day| day.trim().parse().ok());
        under.is_on(typed.unwrap_or_else(|| today.get()))
    })));
}

/// An instrument with the ways to enter it.
#[component]
pub fn MeasureEntry(
    /// Starts the ids of its fields; the instrument's id on most pages.
    #[prop(into)]
    id: String,
    /// The instrument.
    definition: &'static Definition,
    /// What was typed.
    value: RwSignal<MeasureTyped>,
    /// What scoring may need to know of the patient.
    context: Context,
) -> impl IntoView {
    let way = RwSignal::new(Some(value.with_untracked(|typed| typed.way_in(definition))));
    follow_way(value, way);
    if let Some(early) = use_context::<Early>() {
        early.follow(definition, value);
    }
    let ways: Vec<(Way, String)> = ways(definition)
        .into_iter()
        .map(|way| (way, way_words(way).to_owned()))
        .collect();
    let (title, label) = (definition.short_title.clone(), definition.short_title.clone());
    let inner = id.clone();
    let first = definition.questions().next().map(|item| format!("{id}-{}", item.id));
    let asks = AskedByHand::new(way, first);
    let who = format!("{id}-respondent");
    let minor = OfAMinor::is_asked();
    let is_taken = move || minor.get() && matches!(way.get(), Some(Way::Questions | Way::TotalOnly));
    view! {
        <section class="measure" aria-label=label>
            <div on:keydown=move |event| asks.key(&event) on:pointerdown=move |_| asks.pointer() on:change=move |_| asks.chosen()>
                <Choice id=format!("{id}-way") legend=title options=ways value=way/>
            </div>
            {asks_who(definition).then(|| view! {
                <Show when=is_taken><Answerer id=who.clone() value/></Show>
            })}
            {move || match way.get() {
                Some(Way::Questions) => {
                    view! { <MeasureInLanguage id=inner.clone() definition value context=context.clone()/> }.into_any()
                }
                Some(Way::TotalOnly) => view! { <TotalEntry id=inner.clone() definition value/> }.into_any(),
                Some(Way::Declined) => view! { <DeclinedEntry id=inner.clone() value/> }.into_any(),
                Some(Way::NotNow) | None => ().into_any(),
            }}
        </section>
    }
}

/// Who answers for somebody under age.
#[component]
pub fn Answerer(
    /// Of the field.
    id: String,
    /// What was typed.
    value: RwSignal<MeasureTyped>,
) -> impl IntoView {
    let who = RwSignal::new(value.with_untracked(|typed| typed.respondent));
    crate::app::effects::effect(move |_| {
        let who: Option<Respondent> = who.get();
        if value.with_untracked(|typed| typed.respondent != who) {
            value.update(|typed| typed.respondent = who);
        }
    });
    view! { <Choice id legend="Who answers" options=options(RESPONDENTS) value=who/> }
}

/// Where the focus goes once "Ask the questions" was chosen: to the first of them. Not while the arrow keys pass over it
/// on their way to another choice; the space bar chooses then.
#[derive(Clone, Copy)]
struct AskedByHand {
    way: RwSignal<Option<Way>>,
    first: StoredValue<Option<String>>,
    by_arrow: StoredValue<bool>,
}

impl AskedByHand {
    fn new(way: RwSignal<Option<Way>>, first: Option<String>) -> Self {
        Self {
            way,
            first: StoredValue::new(first),
            by_arrow: StoredValue::new(false),
        }
    }
    fn key(self, event: &ev::KeyboardEvent) {
        self.by_arrow.set_value(event.key().starts_with("Arrow"));
        if event.key() == " " {
            self.chosen();
        }
    }
    fn pointer(self) {
        self.by_arrow.set_value(false);
    }
    fn chosen(self) {
        let asked = move || self.way.try_get_untracked().flatten() == Some(Way::Questions);
        if self.by_arrow.get_value() {
            return;
        }
        // The questions are drawn in the next frame.
        request_animation_frame(move || {
            request_animation_frame(move || {
                // Whoever was quicker and answers already keeps the question that they are at.
                let answers = browser::is_there(".measure-grid :focus");
                if let (true, false, Some(Some(first))) = (asked(), answers, self.first.try_get_value()) {
                    browser::focus(&first);
                }
            });
        });
    }
}

fn way_words(way: Way) -> &'static str {
    match way {
        Way::NotNow => "Not now",
        Way::Questions => "Ask the questions",
        Way::TotalOnly => "Total only",
        Way::Declined => "Offered, not taken",
    }
}

/// Why it was not taken.
#[component]
fn DeclinedEntry(id: String, value: RwSignal<MeasureTyped>) -> impl IntoView {
    let why = RwSignal::new(value.with_untracked(|typed| typed.declined));
    crate::app::effects::effect(move |_| {
        let why: Option<DeclineReason> = why.get();
        if value.with_untracked(|typed| typed.declined != why) {
            value.update(|typed| typed.declined = why);
        }
    });
    view! { <Choice id=format!("{id}-declined") legend="Why not" options=options(DECLINES) value=why/> }
}

/// Keeps the choice and what was typed in step, both ways.
fn follow_way(value: RwSignal<MeasureTyped>, way: RwSignal<Option<Way>>) {
    crate::app::effects::effect(move |_| {
        let chosen = way.get().unwrap_or_default();
        if value.with_untracked(|typed| typed.way) != chosen {
            value.update(|typed| typed.way = chosen);
        }
    });
    crate::app::effects::effect(move |_| {
        let typed = value.with(|typed| typed.way);
        if way.get_untracked() != Some(typed) {
            way.set(Some(typed));
        }
    });
}

/// All questions of an instrument, verbatim, with its notice.
#[component]
pub fn MeasureGrid(
    /// Starts the ids of its fields.
    #[prop(into)]
    id: String,
    /// The instrument.
    definition: &'static Definition,
    /// What was typed.
    value: RwSignal<MeasureTyped>,
    /// What scoring may need to know of the patient.
    context: Context,
) -> impl IntoView {
    let found = context.clone();
    let running = Memo::new(move |_| value.with(|typed| typed.running(definition, &context)));
    let shared = definition.items.first().map(|item| labels(definition, item));
    // Under the question that was answered so; one that was changed again keeps its place at the first watched question.
    let first_safety = definition.safety_items.first().map(|safety| safety.item.clone());
    let alarm_at = Memo::new(move |_| {
        let positives = value.with(|typed| typed.positives(definition));
        let watched = definition.safety_items.iter().map(|safety| &safety.item);
        let positive = watched.rev().find(|item| positives.contains_key(item.as_str()));
        positive.cloned().or_else(|| first_safety.clone())
    });
    let rows = definition
        .questions()
        .enumerate()
        .map(|(at, item)| {
            let own = labels(definition, item);
            let own = (Some(&own) != shared.as_ref()).then_some(own);
            view! {
                <Question id=id.clone() definition item number=at + 1 labels=own value running/>
                {move || (alarm_at.get().as_ref() == Some(&item.id)).then(|| view! { <Alarm definition value running/> })}
            }
        })
        .collect_view();
    let instruction = (!definition.instruction.is_empty()).then(|| definition.instruction.clone());
    let recall = (!definition.recall.is_empty()).then(|| format!("Time frame: {}", definition.recall));
    let shared = shared.filter(|labels| !labels.is_empty());
    view! {
        <div class="measure-grid">
            {instruction.map(|words| view! { <p class="instruction">{words}</p> })}
            {recall.map(|words| view! { <p class="hint">{words}</p> })}
            {shared.map(|labels| view! { <p class="answer-key">{labels}</p> })}
            {rows}
            {definition.closing.clone().map(|words| view! { <p class="instruction">{words}</p> })}
            <Unasked definition running/>
            <RunningTotal definition running/>
            <Found definition value context=found/>
            <div class="instrument-notice">
                {definition.title.clone()}". "{definition.rule.clone()}" Source: "<Sourced text=definition.source.clone()/>". "
                {definition.notice.clone()}
            </div>
        </div>
    }
}

/// That the safety item is still open once others are answered.
#[component]
fn Unasked(definition: &'static Definition, running: Memo<Running>) -> impl IntoView {
    let open = Memo::new(move |_| {
        running.with(|running| {
            running.alarm().is_none() && running.answered > 0 && running.safety == SafetyAnswer::NotAnswered
        })
    });
    let number = definition
        .safety_items
        .first()
        .map_or(0, |safety| number_of(definition, &safety.item));
    move || {
        open.get().then(|| view! {
            <Notice tone=Tone::Warning>
                <p>{format!("{} item {number} is not answered. Not answered is not \u{201c}no\u{201d}: ask it.", definition.short_title)}</p>
            </Notice>
        })
    }
}

/// The digits, the total and the band, as they run.
#[component]
fn RunningTotal(definition: &'static Definition, running: Memo<Running>) -> impl IntoView {
    let words = move || running.with(|running| told(definition, running));
    view! {
        <p class="running" aria-live="polite">
            <strong>{definition.short_title.clone()}</strong>
            " "
            <span class="digits">{move || running.with(|running| running.digits.clone())}</span>
            " "
            <span class="total">{words}</span>
        </p>
    }
}

fn told(definition: &Definition, running: &Running) -> String {
    if running.answered == 0 {
        return "no answers yet".to_owned();
    }
    match (running.sum, running.is_complete()) {
        (Some(sum), true) => {
            let band = running
                .band
                .clone()
                .map_or_else(String::new, |band| format!(", {}", band.to_lowercase()));
            format!("= {sum}{band}")
        }
        (Some(sum), false) => format!(
            "{} of {} answered, {sum} so far; no score until all are answered",
            running.answered, running.asked
        ),
        (None, true) => "all answered".to_owned(),
        (None, false) => format!(
            "{} of {} answered",
            running.answered,
            definition.items.len().min(running.asked)
        ),
    }
}
