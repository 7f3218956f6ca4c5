//! Passphrases: to open something with, and to choose.

use leptos::prelude::*;

use super::fields::{described_by, error_line, hint_line};
use super::form::{FieldError, error_of};
use super::{Button, ButtonKind, InputKind};
use crate::app::browser;
use crate::vault::strength::{LEAST_CHARACTERS, Pattern};
use crate::vault::{EntropyError, Strength, Verdict, estimate_strength, make_passphrase};

/// A passphrase, hidden until it is asked to be shown. Pasting works, and so do password managers.
#[component]
pub fn PassphraseField(
    /// Unique on the page; errors name it.
    #[prop(into)]
    id: String,
    /// What to type.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// Whether one is chosen or one that was chosen is typed.
    #[prop(default = InputKind::Passphrase)]
    kind: InputKind,
    /// What to know before typing.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it can be read.
    #[prop(default = RwSignal::new(false))]
    shown: RwSignal<bool>,
) -> impl IntoView {
    let error = error_of(&id);
    let described = described_by(&id, hint.is_some(), error);
    let words = move || if shown.get() { "Hide" } else { "Show" };
    view! {
        <div class="field passphrase" class:wrong=move || error.with(Option::is_some)>
            <label for=id.clone()>{label}</label>
            {hint_line(&id, hint)}
            {error_line(&id, error)}
            <span class="with-unit">
                <input
                    id=id.clone()
                    name=id
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=kind.autocomplete()
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby=described
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=value
                    on:input:target=move |event| value.set(event.target().value())
                />
                <Button kind=ButtonKind::Quiet on_press=move |()| shown.update(|shown| *shown = !*shown)>{words}</Button>
            </span>
        </div>
    }
}

/// Choosing a passphrase: one can be drawn, and how hard it is to guess is said while it is typed.
#[component]
pub fn NewPassphrase(
    /// Unique on the page; errors name it. The second field is `<id>-again`.
    #[prop(into)]
    id: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What is typed the second time.
    again: RwSignal<String>,
    /// Words that somebody who knows the page would try: label, clinic.
    #[prop(into)]
    context: Signal<Vec<String>>,
    /// What to know before typing.
    #[prop(
        into,
        default = "At least 15 characters. Several unrelated words are easiest to type and hard to guess. It can\u{2019}t be \
                   reset: without it, only the recovery sheet opens your data.".to_owned()
    )]
    hint: String,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let problem = RwSignal::new(None::<&'static str>);
    let draw = move |()| {
        let mut random = |bytes: &mut [u8]| browser::fill_random(bytes).then_some(()).ok_or(EntropyError);
        match make_passphrase(&mut random) {
            Ok(drawn) => {
                value.set(drawn.text.to_string());
                again.set(drawn.text.to_string());
                shown.set(true);
                problem.set(None);
            }
            Err(EntropyError) => problem.set(Some("This browser gives no secure random numbers.")),
        }
    };
    let strength = move || {
        let typed = value.get();
        (!typed.is_empty()).then(|| told(&strength_of(&typed, &context.get())))
    };
    view! {
        <PassphraseField
            id=id.clone()
            label="Passphrase"
            value
            kind=InputKind::NewPassphrase
            shown
            hint
        />
        <div class="draw">
            <Button on_press=draw>"Suggest five words"</Button>
            <p class="strength" role="status">{strength}</p>
            <p class="error" role="alert">{problem}</p>
        </div>
        <PassphraseField
            id=format!("{id}-again")
            label="Passphrase, once more"
            value=again
            kind=InputKind::NewPassphrase
            shown
        />
    }
}

/// What is wrong with a passphrase that was chosen: too easy to guess, or not typed the same twice.
pub fn new_passphrase_errors(
    id: &str,
    value: RwSignal<String>,
    again: RwSignal<String>,
    context: &[String],
) -> Vec<FieldError> {
    let (typed, again) = (value.get_untracked(), again.get_untracked());
    let wrong = |field: String, text: &str| {
        vec![FieldError {
            field,
            text: text.to_owned(),
        }]
    };
    if !strength_of(&typed, context).is_accepted() {
        return wrong(id.to_owned(), "Choose a passphrase that is longer or harder to guess");
    }
    if typed != again {
        return wrong(format!("{id}-again"), "Type the same passphrase once more");
    }
    Vec::new()
}

/// How hard a passphrase is to guess for somebody who knows the page.
fn strength_of(passphrase: &str, context: &[String]) -> Strength {
    let context: Vec<&str> = context
        .iter()
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    estimate_strength(passphrase, &context)
}

/// A strength in words.
fn told(strength: &Strength) -> String {
    let verdict = match strength.verdict {
        Verdict::TooShort => {
            let missing = LEAST_CHARACTERS.saturating_sub(strength.characters);
            format!("Too short: {missing} more to go.")
        }
        Verdict::Guessable => "Too easy to guess.".to_owned(),
        Verdict::Fair => "Fair.".to_owned(),
        Verdict::Strong => "Strong.".to_owned(),
    };
    let why: Vec<&str> = strength.patterns.iter().map(|pattern| why(*pattern)).collect();
    let bits = format!("At most {} bits to guess.", strength.bits);
    let mut parts = vec![verdict, bits];
    if !why.is_empty() {
        parts.push(format!("It has {}.", why.join(", ")));
    }
    parts.join(" ")
}

fn why(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::Common => "a word that everybody tries",
        Pattern::Context => "a word from this page",
        Pattern::Run => "keys in a row",
        Pattern::Repeat => "a repeated part",
        Pattern::Year => "a year",
    }
}
