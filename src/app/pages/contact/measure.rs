//! One instrument to be asked: its words, its answers, the total as it runs.
//!
//! Digits answer and move on, Backspace goes back. A positive safety answer is named with its rule before the total.

use leptos::ev;
use leptos::prelude::*;

use super::alarm::{Alarm, AlarmBox, positive_at};
use super::language::{Found, MeasureInLanguage, Subscales};
use crate::app::browser;
use crate::app::components::{Choice, Icon, IconName, Notice, NumberField, Sourced, Tone};
use crate::app::typed::capital;
use crate::app::typed::measure::{MeasureTyped, Running, SafetyTyped, Way, number_of, questions};
use crate::instruments::{Context, Definition, Item, SafetyAnswer};

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
    let way = RwSignal::new(Some(value.with_untracked(|typed| typed.way)));
    follow_way(value, way);
    let ways = vec![
        (Way::NotNow, "Not now".to_owned()),
        (Way::Questions, "Ask the questions".to_owned()),
        (Way::TotalOnly, "Total only".to_owned()),
    ];
    let can_be = |way: Way| match way {
        Way::NotNow => true,
        Way::Questions => definition.has_questions(),
        Way::TotalOnly => definition.takes_total(),
    };
    let ways: Vec<(Way, String)> = ways.into_iter().filter(|(way, _)| can_be(*way)).collect();
    let (title, label) = (definition.short_title.clone(), definition.short_title.clone());
    let inner = id.clone();
    view! {
        <section class="measure" aria-label=label>
            <Choice id=format!("{id}-way") legend=title options=ways value=way/>
            {move || match way.get() {
                Some(Way::Questions) => {
                    view! { <MeasureInLanguage id=inner.clone() definition value context=context.clone()/> }.into_any()
                }
                Some(Way::TotalOnly) => view! { <TotalEntry id=inner.clone() definition value/> }.into_any(),
                Some(Way::NotNow) | None => ().into_any(),
            }}
        </section>
    }
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
    let rows = questions(definition)
        .enumerate()
        .map(|(at, item)| {
            let own = labels(definition, item);
            let own = (Some(&own) != shared.as_ref()).then_some(own);
            let first_watched = definition
                .safety_items
                .first()
                .is_some_and(|safety| safety.item == item.id);
            view! {
                <Question id=id.clone() definition item number=at + 1 labels=own value running/>
                {first_watched.then(|| view! { <Alarm running/> })}
            }
        })
        .collect_view();
    let instruction = (!definition.instruction.is_empty()).then(|| definition.instruction.clone());
    let shared = shared.filter(|labels| !labels.is_empty());
    view! {
        <div class="measure-grid">
            {instruction.map(|words| view! { <p class="instruction">{words}</p> })}
            {shared.map(|labels| view! { <p class="answer-key">{labels}</p> })}
            {rows}
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

/// The answers of an item with their words: `0 Not at all`.
fn labels(definition: &Definition, item: &Item) -> String {
    let options = definition.options(item).iter();
    let words = options.map(|option| match word_stands_alone(definition, item) {
        true => option.label.clone(),
        false => format!("{}\u{a0}{}", option.value, option.label.replace(' ', "\u{a0}")),
    });
    if word_stands_alone(definition, item) {
        return String::new();
    }
    words.collect::<Vec<_>>().join("   ")
}

/// Whether the answers are short enough to stand on their buttons: yes and no.
fn word_stands_alone(definition: &Definition, item: &Item) -> bool {
    let options = definition.options(item);
    !options.is_empty() && options.iter().all(|option| option.label.len() <= 4)
}

#[component]
fn Question(
    id: String,
    definition: &'static Definition,
    item: &'static Item,
    number: usize,
    labels: Option<String>,
    value: RwSignal<MeasureTyped>,
    running: Memo<Running>,
) -> impl IntoView {
    let key = item.id.as_str();
    let answer = move || value.with(|typed| typed.answers.get(key).copied());
    let asked = move || running.with(|running| MeasureTyped::is_asked(item, running, answer().is_some()));
    let group = format!("{id}-{key}");
    let text = if item.text.is_empty() {
        let label = item.label.as_ref();
        label.map_or_else(|| format!("Item {number}, from your licensed form"), Clone::clone)
    } else {
        item.text.clone()
    };
    let extra = (!item.scored).then_some("Asked beside the score, not counted in it.");
    let alone = word_stands_alone(definition, item);
    let limit = positive_at(definition, item);
    let positive = move || answer().filter(|answer| limit.is_some_and(|limit| limit <= i32::from(*answer)));
    let options = definition.options(item).iter().enumerate().filter_map(|(at, option)| {
        let points = u8::try_from(option.value).ok()?;
        let own = if at == 0 {
            group.clone()
        } else {
            format!("{group}-{at}")
        };
        let shown = if alone {
            option.label.clone()
        } else {
            points.to_string()
        };
        let says = if alone {
            option.label.clone()
        } else {
            format!("{points} {}", option.label)
        };
        Some(view! {
            <label class="answer" title=option.label.clone()>
                <input
                    type="radio"
                    id=own
                    name=group.clone()
                    aria-label=says
                    prop:checked=move || answer() == Some(points)
                    on:change=move |_| value.update(|typed| { typed.answers.insert(key.to_owned(), points); })
                />
                <span aria-hidden="true">{shown}</span>
            </label>
        })
    });
    let options = options.collect_view();
    let keys = Keyboard {
        id,
        definition,
        item,
        value,
    };
    let labelled = format!("{group}-text");
    view! {
        <div
            class="question"
            class:hidden=move || !asked()
            class:answered=move || answer().is_some()
            class:positive=move || positive().is_some()
            role="radiogroup"
            aria-labelledby=labelled
            on:keydown=move |event| keys.press(&event)
        >
            <span class="number" aria-hidden="true">{number}</span>
            <span class="question-text" id=labelled.clone()>
                {item.stem.clone().map(|stem| format!("{stem} "))}
                {text}
                {item.help.clone().map(|words| view! { <span class="hint">" "{words}</span> })}
                {extra.map(|words| view! { <span class="hint">" "{words}</span> })}
                {labels.filter(|labels| !labels.is_empty()).map(|labels| view! { <span class="answer-key">{labels}</span> })}
                {move || positive().map(|answer| view! {
                    <span class="status safety"><Icon name=IconName::Alert/>{format!("Positive: {answer}")}</span>
                })}
            </span>
            <span class="answers">{options}</span>
        </div>
    }
}

/// What the keys do in one question.
struct Keyboard {
    id: String,
    definition: &'static Definition,
    item: &'static Item,
    value: RwSignal<MeasureTyped>,
}

impl Keyboard {
    fn press(&self, event: &ev::KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        if key == "Backspace" {
            event.prevent_default();
            self.go_back();
        } else if let Some(points) = self.answer_of(&key) {
            event.prevent_default();
            let item = self.item.id.as_str().to_owned();
            self.value.update(|typed| {
                typed.answers.insert(item, points);
            });
            self.move_on();
        }
    }

    /// The answer that a key stands for: its digit, or its letter (y, n).
    fn answer_of(&self, key: &str) -> Option<u8> {
        let options = self.definition.options(self.item).iter();
        let mut matching =
            options.filter(|option| option.value.to_string() == key || option.words.iter().any(|word| word == key));
        u8::try_from(matching.next()?.value).ok()
    }

    /// Takes this answer back; where there is none, goes to the question before and takes that one back.
    fn go_back(&self) {
        let here = self.item.id.as_str();
        let answered = self.value.with_untracked(|typed| typed.answers.contains_key(here));
        let item = if answered {
            Some(self.item)
        } else {
            self.neighbour(Direction::Before)
        };
        let Some(item) = item else { return };
        self.value.update(|typed| {
            typed.answers.remove(item.id.as_str());
        });
        self.focus(item);
    }

    fn move_on(&self) {
        if let Some(next) = self.neighbour(Direction::After) {
            self.focus(next);
        }
    }

    fn neighbour(&self, way: Direction) -> Option<&'static Item> {
        let context = Context::new();
        let running = self
            .value
            .with_untracked(|typed| typed.running(self.definition, &context));
        let asked = |item: &&'static Item| {
            let answered = self
                .value
                .with_untracked(|typed| typed.answers.contains_key(item.id.as_str()));
            item.id == self.item.id || MeasureTyped::is_asked(item, &running, answered)
        };
        let all: Vec<&'static Item> = questions(self.definition).filter(asked).collect();
        let at = all.iter().position(|item| item.id == self.item.id)?;
        match way {
            Direction::Before => all.get(at.checked_sub(1)?).copied(),
            Direction::After => all.get(at + 1).copied(),
        }
    }

    fn focus(&self, item: &Item) {
        let id = format!("{}-{}", self.id, item.id);
        // At once: the next key of a fast typist must find the next question.
        browser::focus(&id);
        if item.asked_when.is_some() {
            // A question that this answer brings up is drawn only now.
            request_animation_frame(move || browser::focus(&id));
        }
    }
}

/// A direction in the form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Before,
    After,
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

/// A total from elsewhere, and the safety item apart.
#[component]
fn TotalEntry(id: String, definition: &'static Definition, value: RwSignal<MeasureTyped>) -> impl IntoView {
    let total = RwSignal::new(value.with_untracked(|typed| typed.total.clone()));
    let safety = RwSignal::new(value.with_untracked(|typed| typed.safety));
    crate::app::effects::effect(move |_| {
        let (total, safety) = (total.get(), safety.get());
        value.update(|typed| {
            typed.total = total;
            typed.safety = safety;
        });
    });
    let (low, high) = definition.score_range.unwrap_or((0, 0));
    let question = definition.safety_items.first().and_then(|safety| {
        let item = definition.item(&safety.item)?;
        let mut options: Vec<(SafetyTyped, String)> = definition
            .options(item)
            .iter()
            .filter_map(|option| {
                let value = u8::try_from(option.value).ok()?;
                Some((SafetyTyped::Answer(value), format!("{value} {}", option.label)))
            })
            .collect();
        options.push((SafetyTyped::NotKnown, "Not known".to_owned()));
        let legend = format!("Item {}: {}", number_of(definition, &item.id), item.text);
        Some((legend, options))
    });
    let positive = move || {
        let known = safety.get()?;
        let SafetyTyped::Answer(answer) = known else {
            return None;
        };
        let item = definition.safety_items.first()?;
        (item.positive_at <= i32::from(answer)).then_some(answer)
    };
    let unknown = move || safety.get() == Some(SafetyTyped::NotKnown);
    let hint = format!("{low} to {high}, as reported");
    view! {
        <div class="total-entry">
            <NumberField id=format!("{id}-total") label=format!("{} total", definition.short_title) value=total hint/>
            <Subscales id=id.clone() definition value/>
            {question.map(|(legend, options)| view! {
                <Choice id=format!("{id}-safety") legend=legend options=options value=safety/>
            })}
            {move || positive().map(|answer| {
                let title = format!("{} safety item = {answer}: follow up the same day, whatever the total.", definition.short_title);
                view! { <AlarmBox title/> }
            })}
            {move || unknown().then(|| view! {
                <p class="hint">
                    {capital("the score will carry a question mark: not known is not \u{201c}no\u{201d}. Ask it at the next contact.")}
                </p>
            })}
            <p class="instrument-notice">{definition.notice.clone()}</p>
        </div>
    }
}
