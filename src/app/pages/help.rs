//! The help beside a page: what the page is for, what to do there, its keys; and a search through all of it.

use leptos::ev;
use leptos::prelude::*;

use crate::app::browser;
use crate::app::components::{Check, Icon, IconName};
use crate::app::effects::effect;
use crate::app::help::{Topic, topics, word_of};
use crate::app::keys::{KeyBinding, Keys};
use crate::app::preferences::{SingleKeys, use_preferences};
use crate::app::route::Route;
use crate::app::router::use_router;

/// Stands beside the page and follows it; nothing of the page is covered where there is room for both.
#[component]
pub fn HelpPanel(
    /// Closes it.
    on_close: Callback<()>,
) -> impl IntoView {
    let router = use_router();
    let keys = expect_context::<Keys>();
    let here = Memo::new(move |_| router.get().map_or("today", word_of));
    let search = RwSignal::new(String::new());
    let topic = move || topics().into_iter().find(|topic| topic.word == here.get());
    let found = move || {
        let wanted = search.get();
        let wanted = wanted.trim();
        let is_wanted = |topic: &Topic| wanted.is_empty() || topic.says(wanted);
        topics().into_iter().filter(is_wanted).collect::<Vec<Topic>>()
    };
    let counted = move || match (search.with(|typed| typed.trim().is_empty()), found().len()) {
        (true, _) => String::new(),
        (false, 0) => "Nothing in the help has all of these words.".to_owned(),
        (false, 1) => "1 page".to_owned(),
        (false, number) => format!("{number} pages"),
    };
    let press = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            on_close.run(());
        }
    };
    let row = |binding: KeyBinding| {
        view! {
            <tr><td><kbd>{binding.keys}</kbd></td><td>{binding.label}</td></tr>
        }
    };
    browser::focus_soon("help-title");
    view! {
        <aside class="help no-print" aria-labelledby="help-title" on:keydown=press>
            <div class="dialog-head">
                <h2 id="help-title" tabindex="-1">"Help: "{move || topic().map(|topic| topic.title)}</h2>
                <button type="button" class="button quiet icon-only" aria-label="Close the help" on:click=move |_| on_close.run(())>
                    <Icon name=IconName::Close/>
                </button>
            </div>
            {move || topic().map(told)}
            <label class="help-search">
                "Search the help"
                <input
                    type="search"
                    autocomplete="off"
                    prop:value=search
                    on:input:target=move |event| search.set(event.target().value())
                />
            </label>
            <p class="hint" role="status">{counted}</p>
            <div class="help-topics">
                <For each=found key=|topic| topic.word children=|topic| view! {
                    <details>
                        <summary>{topic.title}</summary>
                        {told(topic)}
                    </details>
                }/>
            </div>
            <p><a href=Route::Privacy.href()>"For your privacy officer"</a></p>
            <h3 id="help-keys">"Keys on this page"</h3>
            <table class="data keys" aria-labelledby="help-keys">
                <thead><tr><th scope="col">"Key"</th><th scope="col">"What it does"</th></tr></thead>
                <tbody>
                    <tr><td><kbd>"Ctrl K"</kbd></td><td>"Go anywhere, do anything, by typing"</td></tr>
                    <tr><td><kbd>"Ctrl Enter"</kbd></td><td>"Send the form"</td></tr>
                    {move || keys.all().into_iter().map(row).collect_view()}
                </tbody>
            </table>
            <SingleKeysChoice id="help-single-keys"/>
        </aside>
    }
}

/// What a topic says.
fn told(topic: Topic) -> impl IntoView {
    view! {
        <p>{topic.purpose}</p>
        <ul>{topic.deeds.into_iter().map(|deed| view! { <li>{deed}</li> }).collect_view()}</ul>
        {topic.rule.map(|rule| view! { <p class="hint">{rule}</p> })}
    }
}

/// Single keys can be turned off, for speech input and for hands that rest on the keys.
#[component]
pub fn SingleKeysChoice(
    /// Unique on the page.
    id: &'static str,
) -> impl IntoView {
    let preferences = use_preferences();
    let on = RwSignal::new(preferences.get_untracked().single_keys == SingleKeys::On);
    effect(move |before: Option<()>| {
        let wanted = if on.get() { SingleKeys::On } else { SingleKeys::Off };
        if before.is_some() {
            preferences.change(|preferences| preferences.single_keys = wanted);
        }
    });
    view! { <Check id label="Single keys do something (Ctrl K always does)" value=on/> }
}
