//! The help: which keys do what on this page.

use leptos::prelude::*;

use crate::app::effects::effect;

use crate::app::components::{Check, Dialog};
use crate::app::keys::{KeyBinding, Keys, use_key};
use crate::app::preferences::{SingleKeys, use_preferences};

/// Opens with `?`.
#[component]
pub fn Help() -> impl IntoView {
    let open = RwSignal::new(false);
    let keys = expect_context::<Keys>();
    use_key("?", "Show the keys", move || open.set(true));
    let row = |binding: KeyBinding| {
        view! {
            <tr><td><kbd>{binding.keys}</kbd></td><td>{binding.label}</td></tr>
        }
    };
    view! {
        <Dialog open title="Keys on this page">
            <table class="data keys">
                <thead><tr><th scope="col">"Key"</th><th scope="col">"What it does"</th></tr></thead>
                <tbody>
                    <tr><td><kbd>"Ctrl K"</kbd></td><td>"Go anywhere, do anything, by typing"</td></tr>
                    <tr><td><kbd>"Ctrl Enter"</kbd></td><td>"Send the form"</td></tr>
                    {move || keys.all().into_iter().map(row).collect_view()}
                </tbody>
            </table>
            <SingleKeysChoice/>
        </Dialog>
    }
}

/// Single keys can be turned off, for speech input and for hands that rest on the keys.
#[component]
pub fn SingleKeysChoice() -> impl IntoView {
    let preferences = use_preferences();
    let on = RwSignal::new(preferences.get_untracked().single_keys == SingleKeys::On);
    effect(move |before: Option<()>| {
        let wanted = if on.get() { SingleKeys::On } else { SingleKeys::Off };
        if before.is_some() {
            preferences.change(|preferences| preferences.single_keys = wanted);
        }
    });
    view! { <Check id="single-keys" label="Single keys do something (Ctrl K always does)" value=on/> }
}
