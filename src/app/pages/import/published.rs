//! What was imported, and what comes next.

use leptos::prelude::*;

use super::{Import, OtherFiles};
use crate::app::components::{Button, ButtonKind, ButtonLink, Notice, Tone};
use crate::app::format;
use crate::app::route::Route;
use crate::registry::Published;

/// The import is in.
#[component]
pub(super) fn PublishedPanel(
    /// What it brought.
    published: Published,
    /// The import.
    import: Import,
) -> impl IntoView {
    let Published {
        new_patients,
        known_patients,
        entries,
        untriaged,
        ..
    } = published;
    let new = format::count(new_patients.into(), "new patient", "new patients");
    let known = (known_patients > 0).then(|| {
        let known = format::count(known_patients.into(), "patient", "patients");
        format!(" {known} who were here got something new.")
    });
    let entries = format::count(entries.into(), "entry", "entries");
    let next = if untriaged > 0 {
        let concerns = format::count(untriaged.into(), "concern waits", "concerns wait");
        view! {
            <Notice tone=Tone::Warning title=format!("{concerns} for your decision")>
                <p>"The sheet says that these patients may be at risk. Nobody else is alerted. Today waits for your decisions."</p>
                <ButtonLink kind=ButtonKind::Primary href=Route::Triage.href()>"Decide now"</ButtonLink>
            </Notice>
        }
        .into_any()
    } else {
        view! { <ButtonLink kind=ButtonKind::Primary href=Route::Today.href()>"Go to Today"</ButtonLink> }.into_any()
    };
    view! {
        <Notice tone=Tone::Success title=format!("{new} imported")>
            <p>{entries}" are saved in this browser."{known}" Importing the same files again changes nothing."</p>
        </Notice>
        {next}
        <div class="actions">
            <Button on_press=move |()| import.undo()>"Undo import"</Button>
            <OtherFiles import/>
        </div>
    }
}

/// The import was hidden again.
#[component]
pub(super) fn UndonePanel(
    /// The import.
    import: Import,
) -> impl IntoView {
    view! {
        <Notice title="The import was undone">
            <p>"Nothing of it is shown any more. What you wrote since then is still here. Importing the files again brings it back."</p>
        </Notice>
        <div class="actions"><OtherFiles import/></div>
    }
}
