//! Single keys and key sequences: pages name theirs, one listener runs them, the help lists them.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::preferences::{SingleKeys, use_preferences};

/// Keys that go on for as long as they are held down: they walk. Any other does what it does once a press.
const WALK: [&str; 4] = ["j", "k", "ArrowDown", "ArrowUp"];

/// What a key does.
#[derive(Clone)]
pub struct KeyBinding {
    /// The keys: one such as `c`, or two after another such as `g t`.
    pub keys: &'static str,
    /// What it does: `Record contact`.
    pub label: String,
    /// Does it.
    pub run: Callback<()>,
    /// Where the focus must be for it, as a selector; anywhere, when absent.
    within: Option<&'static str>,
    number: u32,
}

impl KeyBinding {
    fn is_meant(&self, event: &ev::KeyboardEvent) -> bool {
        self.within.is_none_or(|place| is_in(event, place))
    }
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
        if event.repeat() && !WALK.contains(&key.as_str()) {
            return;
        }
        let begun = self.begun.try_update_value(Option::take).flatten();
        let pressed = match begun {
            Some(first) => format!("{first} {key}"),
            None => key,
        };
        let bindings = self.bindings.get_untracked();
        let meant = |b: &&KeyBinding| b.keys == pressed && b.is_meant(event);
        if let Some(binding) = bindings.iter().rev().find(meant) {
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
    bind(keys, label.into(), None, Callback::new(move |()| run()));
}

/// Binds keys as [`use_key`] does, but only while the focus is in what `place`, a selector, finds: elsewhere the same keys
/// may mean something else.
pub fn use_key_in(
    place: &'static str,
    keys: &'static str,
    label: impl Into<String>,
    run: impl Fn() + Send + Sync + 'static,
) {
    bind(keys, label.into(), Some(place), Callback::new(move |()| run()));
}

fn bind(keys: &'static str, label: String, within: Option<&'static str>, run: Callback<()>) {
    let Some(all) = use_context::<Keys>() else {
        return;
    };
    let number = all.next.get_value();
    all.next.set_value(number.wrapping_add(1));
    let binding = KeyBinding {
        keys,
        label,
        run,
        within,
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
    // With the arrow keys one radio button is chosen instead of another.
    let fields = match event.key().starts_with("Arrow") {
        true => "input:not([type=checkbox]), textarea, select, dialog, [contenteditable]",
        false => "input:not([type=radio]):not([type=checkbox]), textarea, select, dialog, [contenteditable]",
    };
    is_in(event, fields)
}

/// Whether the focus is in what a selector finds.
fn is_in(event: &ev::KeyboardEvent, selector: &str) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}
