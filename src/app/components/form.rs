//! Forms and their errors, as the NHS design system has them: the summary comes first, takes the focus, and each of
//! its lines leads to its field.

use leptos::context::Provider;
use leptos::ev;
use leptos::prelude::*;

use crate::app::effects::effect;

use crate::app::browser;

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's id; empty for the form as a whole.
    pub field: String,
    /// What to do, as a sentence without a full stop: `Enter your name`.
    pub text: String,
}

/// The errors of one form. Fields inside the form find their own.
#[derive(Clone, Copy)]
pub struct FormErrors(RwSignal<Vec<FieldError>>);

impl Default for FormErrors {
    fn default() -> Self {
        Self::new()
    }
}

impl FormErrors {
    /// No errors yet.
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }
    /// Shows these errors instead of the earlier ones, and moves the focus to the summary when there are any.
    pub fn set(&self, errors: Vec<FieldError>) {
        self.0.set(errors);
    }
    /// Shows one error of the form as a whole.
    pub fn set_whole(&self, text: impl Into<String>) {
        self.set(vec![FieldError {
            field: String::new(),
            text: text.into(),
        }]);
    }
    /// Takes all errors away.
    pub fn clear(&self) {
        self.0.set(Vec::new());
    }
    /// The errors.
    pub fn all(&self) -> Vec<FieldError> {
        self.0.try_get().unwrap_or_default()
    }
    /// The error of a field.
    pub fn of(&self, field: &str) -> Option<String> {
        let found = self.0.try_with(|errors| {
            let found = errors.iter().find(|error| error.field == field);
            found.map(|error| error.text.clone())
        });
        found.flatten()
    }
}

/// The error of a field, when it stands in a [`Form`] that has one.
pub(super) fn error_of(field: &str) -> Signal<Option<String>> {
    let (errors, field) = (use_context::<FormErrors>(), field.to_owned());
    Signal::derive(move || errors.and_then(|errors| errors.of(&field)))
}

/// Which forms Ctrl+Enter may mean when the focus is in none of them: that of the open dialog, else the short form that
/// was opened on the page, else the page's own. Where there are several, none: which one was meant can't be known.
const MEANT: [(&str, &str); 3] = [
    ("dialog[open]", "dialog[open] form.form"),
    ("main .quick-form form.form", "main .quick-form form.form"),
    ("main form.form", "main form.form"),
];

/// Whether this form is the one meant by Ctrl+Enter outside of all forms.
fn is_meant(form: &web_sys::Element) -> bool {
    let first = MEANT.iter().find(|(there, _)| browser::is_there(there));
    first.is_some_and(|(_, forms)| browser::is_the_only(form, forms))
}

fn is_send_key(event: &ev::KeyboardEvent) -> bool {
    event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.default_prevented() && !event.repeat()
}

/// A form: browsers keep nothing of it. Enter in a field or Ctrl+Enter in it sends it; Ctrl+Enter anywhere does, when
/// it is the one form that can be meant.
#[component]
pub fn Form(
    /// Its errors; the summary stands on top.
    errors: FormErrors,
    /// What it does when it is sent.
    #[prop(into)]
    on_submit: Callback<()>,
    /// Its name to those who listen.
    #[prop(optional, into)]
    label: Option<String>,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    let send_by_key = move |event: ev::KeyboardEvent| {
        if is_send_key(&event) {
            event.prevent_default();
            on_submit.run(());
        }
    };
    let place = NodeRef::<leptos::html::Form>::new();
    let anywhere = window_event_listener(ev::keydown, move |event| {
        let meant = || place.try_get_untracked().flatten().is_some_and(|form| is_meant(&form));
        if is_send_key(&event) && meant() {
            event.prevent_default();
            on_submit.run(());
        }
    });
    on_cleanup(move || anywhere.remove());
    view! {
        <form
            class="form"
            novalidate
            autocomplete="off"
            spellcheck="false"
            aria-label=label
            node_ref=place
            on:submit=send
            on:keydown=send_by_key
        >
            <ErrorSummary errors/>
            // Only these fields find these errors; fields beside the form and on the next screen don't.
            <Provider value=errors>{children()}</Provider>
        </form>
    }
}

/// The errors of a form, in one place. It takes the focus when they appear. [`Form`] has one already.
#[component]
pub fn ErrorSummary(
    /// The errors.
    errors: FormErrors,
) -> impl IntoView {
    let place = NodeRef::<leptos::html::Div>::new();
    effect(move |_| {
        if errors.all().is_empty() {
            return;
        }
        // The summary is drawn after this effect; the focus follows it, unless the form was closed by then.
        request_animation_frame(move || {
            if let Some(Some(place)) = place.try_get_untracked() {
                let _focused = place.focus();
            }
        });
    });
    let line = |error: FieldError| {
        if error.field.is_empty() {
            return view! { <li>{error.text}</li> }.into_any();
        }
        let go = move |event: ev::MouseEvent| {
            event.prevent_default();
            browser::focus(&error.field);
        };
        view! { <li><a href="#" on:click=go>{error.text}</a></li> }.into_any()
    };
    view! {
        <Show when=move || !errors.all().is_empty()>
            <div class="error-summary" tabindex="-1" role="alert" node_ref=place>
                <h2>"There is a problem"</h2>
                <ul>{move || errors.all().into_iter().map(line).collect_view()}</ul>
            </div>
        </Show>
    }
}

/// Fields that belong together, under a legend.
#[component]
pub fn FormGroup(
    /// What they are.
    #[prop(into)]
    legend: String,
    /// What to know before filling them in.
    #[prop(optional, into)]
    hint: Option<String>,
    /// A class of its own.
    #[prop(optional)]
    class: &'static str,
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class=format!("group {class}")>
            <legend>{legend}</legend>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            {children()}
        </fieldset>
    }
}
