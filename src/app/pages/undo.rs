//! Hiding the newest import or merge again.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::{Button, DayText, FailureNotice};
use crate::app::format;
use crate::app::state::{Desk, use_desk};
use crate::registry::{Failure, ImportView, Request, Response};

/// Hides the newest import or merge; what was written since stays. Every page asks again.
///
/// # Errors
/// What the core answers; [`Failure::NothingToUndo`] and [`Failure::WrittenSince`] among it.
pub async fn undo_last(desk: Desk) -> Result<(), Failure> {
    desk.ask(Request::UndoImport).await?;
    if let Ok(Response::Triage(left)) = desk.ask(Request::Triage).await {
        desk.untriaged().set(u32::try_from(left.rows.len()).unwrap_or(u32::MAX));
    }
    desk.changed();
    Ok(())
}

/// The newest import or merge that is part of the registry, also from before a lock or a reload, and a way to undo it.
/// Nothing where there is none.
#[component]
pub fn LastImport() -> impl IntoView {
    let desk = use_desk();
    let last = desk.follow(
        || Request::LastImport,
        |response| match response {
            Response::LastImport(last) => Some(last),
            _ => None,
        },
    );
    let failure = RwSignal::new(None::<Failure>);
    let said = RwSignal::new(None::<String>);
    let undo = Callback::new(move |what: String| {
        failure.set(None);
        spawn_local(async move {
            match undo_last(desk).await {
                Ok(()) => {
                    let words = format!(
                        "Undone: {what}. Nothing of it is shown any more, and what you wrote since is still here. \
                         Bringing the same files in again brings it back."
                    );
                    let _gone = said.try_set(Some(words));
                }
                Err(why) => {
                    let _gone = failure.try_set(Some(why));
                }
            }
        });
    });
    let panel = move || {
        let view = last.value().get()?;
        let view = Arc::unwrap_or_clone(view)?;
        Some(view! { <Panel view undo/> })
    };
    view! {
        {panel}
        {move || failure.get().map(|failure| view! { <FailureNotice failure/> })}
        <p role="status">{said}</p>
    }
}

#[component]
fn Panel(view: ImportView, undo: Callback<String>) -> impl IntoView {
    let ImportView {
        what,
        day,
        time,
        new_patients,
        known_patients,
        entries,
        settled,
    } = view;
    let new = format::count(new_patients.into(), "new patient", "new patients");
    let known = (known_patients > 0).then(|| {
        let known = format::count(known_patients.into(), "known patient", "known patients");
        format!(", {known} with something new")
    });
    let entries = format::count(entries.into(), "entry", "entries");
    let name = what.clone();
    let way = match settled {
        Some(sentence) => view! { <p class="hint">{sentence}</p> }.into_any(),
        None => {
            let says = format!("Undo: {what}");
            view! { <Button on_press=move |()| undo.run(what.clone()) says>"Undo it"</Button> }.into_any()
        }
    };
    view! {
        <section class="last-import" aria-label="The last import or merge">
            <p><strong>{name}</strong>", "<DayText day/>", "{time}": "{new}{known}", "{entries}"."</p>
            {way}
        </section>
    }
}
