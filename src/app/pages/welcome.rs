//! The first screen where nothing is yet: three ways to begin, and what this is and isn't.

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, CrisisLines, IconName};
use crate::app::core::Core;
use crate::app::gate::use_gate;
use crate::registry::Kind;

use super::found::{Found, FoundForm};

/// Three ways to begin.
#[component]
pub fn WelcomePage(
    /// The core.
    core: Core,
) -> impl IntoView {
    let chosen = RwSignal::new(None::<Found>);
    let gate = use_gate();
    move || {
        match chosen.get() {
        Some(what) => view! { <FoundForm core what on_back=move |()| chosen.set(None)/> }.into_any(),
        None => view! {
            <main class="alone">
                <header>
                    <h1>"Caseload"</h1>
                    <p class="lead">
                        "The registry for collaborative care: whom to call today and why, every score and minute in one place, kept \
                        encrypted in this browser."
                    </p>
                </header>
                <Ways chosen/>
                <Plainly/>
                <CrisisLines/>
                <p>
                    <Button kind=ButtonKind::Quiet icon=IconName::Back on_press=move |()| gate.look(core)>
                        "Look again for what is stored here"
                    </Button>
                </p>
            </main>
        }
        .into_any(),
    }
    }
}

/// The three ways, each with the same weight.
#[component]
fn Ways(chosen: RwSignal<Option<Found>>) -> impl IntoView {
    let way = move |title: &'static str, words: &'static str, button: &'static str, what: Found| {
        view! {
            <li>
                <h2>{title}</h2>
                <p>{words}</p>
                <Button on_press=move |()| chosen.set(Some(what))>{button}</Button>
            </li>
        }
    };
    view! {
        <ul class="ways">
            {way(
                "New registry",
                "For a clinic or a care manager who starts here. You can bring in a spreadsheet afterwards.",
                "Make a new registry",
                Found::New(Kind::Real),
            )}
            {way(
                "I already have data",
                "From another computer, another browser, a colleague or a backup, or a packet for your review: a file that Caseload made.",
                "Open my file",
                Found::Join,
            )}
            {way(
                "Practise first",
                "An invented caseload with months of history. Real patients can\u{2019}t be entered in it.",
                "Practise with invented patients",
                Found::New(Kind::Training),
            )}
        </ul>
    }
}

/// What this is and isn't.
#[component]
fn Plainly() -> impl IntoView {
    view! {
        <section class="prose">
            <h2>"Before you begin"</h2>
            <ul>
                <li>"Your data is in this browser on this computer and nowhere else. There is no server and no account. Save backups."</li>
                <li>"Nobody else is alerted, whatever you record. An open safety concern is on your list and on nobody else\u{2019}s."</li>
                <li>"It reminds, counts and shows its reasons. It doesn\u{2019}t diagnose, and it doesn\u{2019}t decide."</li>
                <li>"Whoever has your passphrase or your recovery sheet can read everything. Without both, nobody can, and nobody can reset them."</li>
            </ul>
        </section>
    }
}
