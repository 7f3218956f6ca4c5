//! One question: its words, its answers, and what the keys do in it. Digits answer and move on, Backspace goes back.

use leptos::ev;
use leptos::prelude::*;

use super::alarm::positive_at;
use crate::app::browser;
use crate::app::components::{Icon, IconName};
use crate::app::typed::measure::{ChoiceOf, MeasureTyped, Running, choices};
use crate::instruments::{Context, Definition, Item};

/// The answers of an item with their words: `0 Not at all`.
pub fn labels(definition: &Definition, item: &Item) -> String {
    let options = definition.options(item).iter();
    let words = options.map(|option| match word_stands_alone(definition, item) {
        true => option.label.clone(),
        // A label that is the number itself is said once.
        false if option.label == option.value.to_string() => option.label.clone(),
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

/// An answer as its button says it: `Yes`, `2`.
fn answer_words(definition: &Definition, item: &Item, answer: u8) -> String {
    let options = definition.options(item).iter();
    let mut given = options.filter(|option| option.value == i32::from(answer) && word_stands_alone(definition, item));
    given
        .next()
        .map_or_else(|| answer.to_string(), |option| option.label.clone())
}

/// One question with its answers.
#[component]
pub fn Question(
    /// Starts the ids of its fields.
    id: String,
    /// The instrument.
    definition: &'static Definition,
    /// The question.
    item: &'static Item,
    /// Its number on the form.
    number: usize,
    /// What its answers mean, where that isn't said above.
    labels: Option<String>,
    /// What was typed.
    value: RwSignal<MeasureTyped>,
    /// The answers as they run.
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
    let buttons = choices(definition, item);
    let role = if buttons.is_empty() { "group" } else { "radiogroup" };
    let typed = buttons
        .is_empty()
        .then(|| view! { <TypedNumber id=group.clone() definition item value/> });
    let options = buttons.into_iter().enumerate().map(|(at, choice)| {
        let ChoiceOf { value: points, label } = choice;
        let own = if at == 0 {
            group.clone()
        } else {
            format!("{group}-{at}")
        };
        let number_alone = label == points.to_string();
        let shown = if alone { label.clone() } else { points.to_string() };
        let says = if alone || number_alone {
            label.clone()
        } else {
            format!("{points} {label}")
        };
        view! {
            <label class="answer" title=label>
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
        }
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
            role=role
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
                    <span class="status safety"><Icon name=IconName::Alert/>{format!("Positive: {}", answer_words(definition, item, answer))}</span>
                })}
            </span>
            <span class="answers">{options}{typed}</span>
        </div>
    }
}

/// An answer that is a number of more than one digit.
#[component]
fn TypedNumber(
    id: String,
    definition: &'static Definition,
    item: &'static Item,
    value: RwSignal<MeasureTyped>,
) -> impl IntoView {
    let key = item.id.as_str();
    let (low, high) = definition.item_range(item).unwrap_or((0, i32::from(u8::MAX)));
    let given = value.with_untracked(|typed| typed.answers.get(key).map(ToString::to_string));
    let text = RwSignal::new(given.unwrap_or_default());
    let take = move |words: String| {
        let number = words.trim().parse::<u8>().ok();
        text.set(words);
        let number = number.filter(|number| (low..=high).contains(&i32::from(*number)));
        value.update(|typed| match number {
            Some(number) => {
                typed.answers.insert(key.to_owned(), number);
            }
            None => {
                typed.answers.remove(key);
            }
        });
    };
    view! {
        <input
            type="number"
            id=id
            class="typed-number"
            min=low
            max=high
            autocomplete="off"
            aria-label=format!("From {low} to {high}")
            prop:value=text
            on:input:target=move |event| take(event.target().value())
        />
        <span class="hint">{format!("{low} to {high}")}</span>
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
        if choices(self.definition, self.item).is_empty() {
            // A number is typed as in any field; Enter moves on.
            if key == "Enter" && self.neighbour(Direction::After).is_some() {
                event.prevent_default();
                self.move_on();
            }
        } else if key == "Backspace" {
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
        let words = self.definition.options(self.item).iter();
        let by_word = words
            .filter(|option| option.words.iter().any(|word| word == key))
            .find_map(|option| u8::try_from(option.value).ok());
        let digit = |choice: &ChoiceOf| choice.value.to_string() == key;
        let by_digit = choices(self.definition, self.item).into_iter().find(digit);
        by_digit.map(|choice| choice.value).or(by_word)
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
        let all: Vec<&'static Item> = self.definition.questions().filter(asked).collect();
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
