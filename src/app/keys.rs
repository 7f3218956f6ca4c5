//! Single keys and key sequences: pages name theirs, one listener runs them, the help lists them.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::preferences::{SingleKeys, use_preferences};

/// What a key does.
#[derive(Clone)]
pub struct KeyBinding {
    /// The keys: one such as `c`, or two after another such as `g t`.
    pub keys: &'static str,
    /// What it does: `Record contact`.
    pub label: String,
    /// Does it.
    pub run: Callback<()>,
    number: u32,
}

/// The keys of the frame and of the page in it.
#[derive(Clone, Copy)]
pub struct Keys {
    bindings: RwSignal<Vec<KeyBinding>>,
    /// The first key of a sequence that was begun.
    begun: StoredValue<Option<String>>,
    next: StoredValue<u32>,
}

impl Keys {
    /// Listens from now on, and makes itself the context's.
    pub fn provide() -> Self {
        let keys = Self {
            bindings: RwSignal::new(Vec::new()),
            begun: StoredValue::new(None),
            next: StoredValue::new(0),
        };
        provide_context(keys);
        let preferences = use_preferences();
        let listener = window_event_listener(ev::keydown, move |event| {
            let off = preferences.get_untracked().single_keys == SingleKeys::Off;
            if !off && !is_typing(&event) {
                keys.press(&event);
            }
        });
        on_cleanup(move || listener.remove());
        keys
    }

    /// All bindings, for the help and the finder.
    pub fn all(&self) -> Vec<KeyBinding> {
        self.bindings.get()
    }

    fn press(&self, event: &ev::KeyboardEvent) {
        let key = event.key();
        let begun = self.begun.try_update_value(Option::take).flatten();
        let pressed = match begun {
            Some(first) => format!("{first} {key}"),
            None => key,
        };
        let bindings = self.bindings.get_untracked();
        if let Some(binding) = bindings.iter().rev().find(|b| b.keys == pressed) {
            event.prevent_default();
            binding.run.run(());
        } else if bindings
            .iter()
            .any(|b| b.keys.strip_prefix(&pressed).is_some_and(|rest| rest.starts_with(' ')))
        {
            self.begun.set_value(Some(pressed));
        }
    }
}

/// Binds keys for as long as the component that calls this is shown. Keys typed into fields are never taken.
pub fn use_key(keys: &'static str, label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) {
    let Some(all) = use_context::<Keys>() else {
        return;
    };
    let number = all.next.get_value();
    all.next.set_value(number.wrapping_add(1));
    let binding = KeyBinding {
        keys,
        label: label.into(),
        run: Callback::new(move |()| run()),
        number,
    };
    all.bindings.update(|bindings| bindings.push(binding));
    on_cleanup(move || {
        let _gone = all
            .bindings
            .try_update(|bindings| bindings.retain(|binding| binding.number != number));
    });
}

/// Whether the key belongs to a field, a dialog or the browser.
fn is_typing(event: &ev::KeyboardEvent) -> bool {
    if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return true;
    }
    let element = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element
        .and_then(|element| {
            let fields = "input:not([type=radio]):not([type=checkbox]), textarea, select, dialog, [contenteditable]";
            element.closest(fields).ok().flatten()
        })
        .is_some()
}
