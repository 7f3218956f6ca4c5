//! Scripts for calls beside a form: shown to trainees, and to whoever asks for them; folded until wanted.

use std::sync::Arc;

use gloo_storage::{LocalStorage, Storage as _};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::app::browser;
use crate::app::components::{Button, ButtonKind, Check, Icon, IconName};
use crate::app::effects::effect;
use crate::app::route::word;
use crate::app::state::{Answer, use_desk};
use crate::exchange::note::Script;
use crate::journal::PersonId;
use crate::registry::{Request, Response, ScriptView, ScriptsView};

/// Whether somebody wants scripts beside forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Wanted {
    Shown,
    Hidden,
}

/// Under which key this browser remembers what a person said: several may work in one browser.
fn key(person: PersonId) -> String {
    format!("caseload.scripts.{person}")
}

/// What the person said; `None` before they said anything.
fn said(person: PersonId) -> Option<Wanted> {
    LocalStorage::get(key(person)).ok()
}

/// Remembers it. A browser that refuses local storage remembers nothing and goes on.
fn remember(person: PersonId, wanted: Wanted) {
    let _remembered = LocalStorage::set(key(person), wanted);
}

fn follow() -> Answer<ScriptsView> {
    use_desk().follow(
        || Request::Scripts,
        |response| match response {
            Response::Scripts(view) => Some(*view),
            _ => None,
        },
    )
}

/// What holds: what the person said, else what their role has.
fn is_shown(wanted: Option<Wanted>, view: &ScriptsView) -> bool {
    wanted.map_or(view.is_trainee, |wanted| wanted == Wanted::Shown)
}

/// The scripts that fit what is being done, the most urgent first, each folded; all others behind one more fold. Nothing
/// for whom they are off.
#[component]
pub fn CallScripts(
    /// Which fit, in their order.
    #[prop(into)]
    fitting: Signal<Vec<Script>>,
) -> impl IntoView {
    let me = use_desk().me();
    let wanted = RwSignal::new(said(me));
    if wanted.get_untracked() == Some(Wanted::Hidden) {
        return ().into_any();
    }
    let asked = follow().value();
    // Every save asks anew; what comes back the same draws nothing anew, and a script that is open stays open.
    let view = Memo::new(move |_| asked.get());
    let shown = Memo::new(move |_| view.get().is_some_and(|view| is_shown(wanted.get(), &view)));
    let hide = move |()| {
        remember(me, Wanted::Hidden);
        wanted.set(Some(Wanted::Hidden));
    };
    view! {
        <Show when=move || shown.get()>
            <aside class="scripts no-print" aria-label="Call scripts">
                <div class="scripts-head">
                    <h2>"Call scripts"</h2>
                    <Button kind=ButtonKind::Quiet on_press=hide says="Hide call scripts">"Hide"</Button>
                </div>
                <p class="hint">"Words to lean on, not to recite. Settings turns them on and off, and has the clinic\u{2019}s own text."</p>
                {move || view.get().map(|view| view! { <Lists view fitting/> })}
            </aside>
        </Show>
    }
    .into_any()
}

#[component]
fn Lists(view: Arc<ScriptsView>, fitting: Signal<Vec<Script>>) -> impl IntoView {
    let all = StoredValue::new(view.scripts.clone());
    let of = move |script: Script| all.with_value(|all| all.iter().find(|one| one.script == script).cloned());
    let suited = move || fitting.get().into_iter().filter_map(of).collect::<Vec<_>>();
    let other = move || {
        let fitting = fitting.get();
        all.with_value(|all| {
            all.iter()
                .filter(|one| !fitting.contains(&one.script))
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    view! {
        // By its script, so that one that is open stays open while others come and go.
        <For each=suited key=|one| one.script children=|one| view! { <One one/> }/>
        <details class="other-scripts">
            <summary>"Other scripts"</summary>
            <For each=other key=|one| one.script children=|one| view! { <One one/> }/>
        </details>
    }
}

/// One script.
#[component]
fn One(one: ScriptView) -> impl IntoView {
    let id = format!("script-{}", word(one.script));
    let of_print = id.clone();
    let own = one
        .is_own
        .then(|| view! { <span class="hint">" (your clinic\u{2019}s own)"</span> });
    let says = format!("Print this script: {}", one.title);
    view! {
        <details class="script" id=id>
            <summary>{one.title}{own}</summary>
            {said_and_done(&one.text)}
            <p class="actions no-print">
                <Button kind=ButtonKind::Quiet says on_press=move |()| print_one(&of_print)><Icon name=IconName::Print/>"Print"</Button>
            </p>
        </details>
    }
}

/// The lines: what is said, what is done, and what explains either.
fn said_and_done(text: &str) -> impl IntoView + use<> {
    let line = |line: &str| match (line.strip_prefix("> "), line.strip_prefix("- ")) {
        (Some(said), _) => {
            view! { <p class="say"><span class="visually-hidden">"Say: "</span>{said.to_owned()}</p> }.into_any()
        }
        (None, Some(done)) => {
            view! { <p class="do"><span aria-hidden="true">"\u{2022} "</span>{done.to_owned()}</p> }.into_any()
        }
        (None, None) => view! { <p class="about">{line.to_owned()}</p> }.into_any(),
    };
    let lines: Vec<AnyView> = text.lines().filter(|line| !line.trim().is_empty()).map(line).collect();
    lines
}

/// Prints one script and nothing else: a copy of it stands beside the page for as long as that takes, wherever on the page it is.
fn print_one(id: &str) {
    const MARK: &str = "data-printed";
    let (root, body) = (document().document_element(), document().body());
    let Some(((root, body), one)) = root.zip(body).zip(document().get_element_by_id(id)) else {
        return;
    };
    let Ok(copy) = one
        .clone_node_with_deep(true)
        .map(wasm_bindgen::JsCast::unchecked_into::<web_sys::Element>)
    else {
        return;
    };
    copy.set_class_name("printed-script script");
    let marked = copy.remove_attribute("id").is_ok()
        && copy.set_attribute("open", "").is_ok()
        && root.set_attribute(MARK, "").is_ok()
        && body.append_child(&copy).is_ok();
    if marked {
        browser::print();
    }
    copy.remove();
    let _unmarked = root.remove_attribute(MARK);
}

/// Whether the person who works here sees scripts beside forms: for Settings.
#[component]
pub fn ScriptsChoice() -> impl IntoView {
    let me = use_desk().me();
    let view = follow().value();
    let choice = move || {
        let start = view.with_untracked(|view| view.as_ref().is_some_and(|view| is_shown(said(me), view)));
        let on = RwSignal::new(start);
        effect(move |before: Option<()>| {
            let wanted = if on.get() { Wanted::Shown } else { Wanted::Hidden };
            if before.is_some() {
                remember(me, wanted);
            }
        });
        view! { <Check id="call-scripts" label="Call scripts beside forms, for me in this browser (on for trainees until they say otherwise)" value=on/> }
    };
    let is_here = Memo::new(move |_| view.with(Option::is_some));
    move || is_here.get().then(choice)
}
