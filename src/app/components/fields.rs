//! Fields to type in. Each shows the error that its [`Form`](super::Form) has for its id.

use leptos::prelude::*;

use super::form::error_of;

/// How wide a field is: about as wide as what goes into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// Some four digits.
    Narrow,
    /// A date, a telephone number, a record number.
    Short,
    /// A name.
    #[default]
    Medium,
    /// The whole line.
    Full,
}

impl Width {
    fn class(self) -> &'static str {
        match self {
            Self::Narrow => "field narrow",
            Self::Short => "field short",
            Self::Medium => "field",
            Self::Full => "field full",
        }
    }
}

/// What is typed into a text field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Any text.
    #[default]
    Text,
    /// A telephone number.
    Telephone,
    /// Text to look for.
    Search,
    /// A passphrase that is being chosen: password managers may offer one.
    NewPassphrase,
    /// A passphrase that opens something: password managers may fill it in.
    Passphrase,
}

impl InputKind {
    fn html(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Telephone => "tel",
            Self::Search => "search",
            Self::NewPassphrase | Self::Passphrase => "password",
        }
    }
    pub(super) fn autocomplete(self) -> &'static str {
        match self {
            Self::NewPassphrase => "new-password",
            Self::Passphrase => "current-password",
            Self::Text | Self::Telephone | Self::Search => "off",
        }
    }
}

/// The ids of what describes a field: its hint and its error.
pub(super) fn described_by(id: &str, has_hint: bool, error: Signal<Option<String>>) -> Signal<Option<String>> {
    let (hint, wrong) = (format!("{id}-hint"), format!("{id}-error"));
    Signal::derive(move || match (has_hint, error.with(Option::is_some)) {
        (false, false) => None,
        (true, false) => Some(hint.clone()),
        (false, true) => Some(wrong.clone()),
        (true, true) => Some(format!("{hint} {wrong}")),
    })
}

/// A field's error, where its description points.
pub(super) fn error_line(id: &str, error: Signal<Option<String>>) -> impl IntoView + use<> {
    let id = format!("{id}-error");
    move || {
        let id = id.clone();
        error.get().map(|text| {
            view! { <p class="error" id=id><span class="visually-hidden">"Error: "</span>{text}</p> }
        })
    }
}

/// A field's hint, where its description points.
pub(super) fn hint_line(id: &str, hint: Option<String>) -> impl IntoView + use<> {
    let id = format!("{id}-hint");
    hint.map(|hint| view! { <p class="hint" id=id>{hint}</p> })
}

/// One line of text.
#[component]
pub fn TextField(
    /// Unique on the page; errors name it.
    #[prop(into)]
    id: String,
    /// What to type.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What to know before typing.
    #[prop(optional, into)]
    hint: Option<String>,
    /// How wide.
    #[prop(optional)]
    width: Width,
    /// What is typed into it.
    #[prop(optional)]
    kind: InputKind,
    /// The id of a `datalist` of what is usually typed.
    #[prop(optional)]
    list: Option<&'static str>,
) -> impl IntoView {
    let error = error_of(&id);
    let described = described_by(&id, hint.is_some(), error);
    view! {
        <div class=width.class() class:wrong=move || error.with(Option::is_some)>
            <label for=id.clone()>{label}</label>
            {hint_line(&id, hint)}
            {error_line(&id, error)}
            <input
                id=id.clone()
                name=id
                type=kind.html()
                list=list
                autocomplete=kind.autocomplete()
                spellcheck="false"
                autocapitalize="none"
                aria-describedby=described
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
        </div>
    }
}

/// A whole number with its unit. Kept as typed; read it with [`parse_whole`](crate::app::format::parse_whole).
#[component]
pub fn NumberField(
    /// Unique on the page; errors name it.
    #[prop(into)]
    id: String,
    /// What to type.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What is counted, shown after the field: `minutes`.
    #[prop(optional, into)]
    unit: Option<String>,
    /// What to know before typing.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let error = error_of(&id);
    let described = described_by(&id, hint.is_some(), error);
    view! {
        <div class=Width::Narrow.class() class:wrong=move || error.with(Option::is_some)>
            <label for=id.clone()>{label}</label>
            {hint_line(&id, hint)}
            {error_line(&id, error)}
            <span class="with-unit">
                <input
                    id=id.clone()
                    name=id
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-describedby=described
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=value
                    on:input:target=move |event| value.set(event.target().value())
                />
                {unit.map(|unit| view! { <span class="unit">{unit}</span> })}
            </span>
        </div>
    }
}

/// A day, as `YYYY-MM-DD`; empty when there is none. Read it with `parse::<Day>()`.
#[component]
pub fn DateField(
    /// Unique on the page; errors name it.
    #[prop(into)]
    id: String,
    /// Which day.
    #[prop(into)]
    label: String,
    /// The day.
    value: RwSignal<String>,
    /// What to know before choosing.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The first day that can be chosen.
    #[prop(optional, into)]
    min: Option<String>,
    /// The last day that can be chosen.
    #[prop(optional, into)]
    max: Option<String>,
) -> impl IntoView {
    let error = error_of(&id);
    let described = described_by(&id, hint.is_some(), error);
    view! {
        <div class=Width::Short.class() class:wrong=move || error.with(Option::is_some)>
            <label for=id.clone()>{label}</label>
            {hint_line(&id, hint)}
            {error_line(&id, error)}
            <input
                id=id.clone()
                name=id
                type="date"
                autocomplete="off"
                min=min
                max=max
                aria-describedby=described
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
        </div>
    }
}

/// A time of day, as `HH:MM`; empty when there is none.
#[component]
pub fn TimeField(
    /// Unique on the page; errors name it.
    #[prop(into)]
    id: String,
    /// Which time.
    #[prop(into)]
    label: String,
    /// The time.
    value: RwSignal<String>,
    /// What to know before typing.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let error = error_of(&id);
    let described = described_by(&id, hint.is_some(), error);
    view! {
        <div class=Width::Short.class() class:wrong=move || error.with(Option::is_some)>
            <label for=id.clone()>{label}</label>
            {hint_line(&id, hint)}
            {error_line(&id, error)}
            <input
                id=id.clone()
                name=id
                type="time"
                autocomplete="off"
                aria-describedby=described
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// Unique on the page; errors name it.
    #[prop(into)]
    id: String,
    /// What to type.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What to know before typing.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Lines shown at first.
    #[prop(default = 4)]
    rows: u32,
) -> impl IntoView {
    let error = error_of(&id);
    let described = described_by(&id, hint.is_some(), error);
    view! {
        <div class=Width::Full.class() class:wrong=move || error.with(Option::is_some)>
            <label for=id.clone()>{label}</label>
            {hint_line(&id, hint)}
            {error_line(&id, error)}
            <textarea
                id=id.clone()
                name=id
                rows=rows
                autocomplete="off"
                spellcheck="false"
                aria-describedby=described
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            ></textarea>
        </div>
    }
}
