//! Beginning from a colleague's file in an empty browser: which file it is, before anything is made of it.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::components::{Button, FileDrop, Notice, PickedFile, Tone};
use crate::app::format;
use crate::exchange::handoff::{self, Handoff, RegistryKind, Scope};
use crate::journal::Zone;
use crate::registry::FALLBACK_ZONE;

/// A file that a registry can begin from, and what it says of itself.
struct Origin {
    from: String,
    holds: String,
    kind: RegistryKind,
}

/// Asks for the file and says what it holds. The form around it asks who will work here, and sends
/// [`Request::Join`](crate::registry::Request::Join) with the file's bytes.
#[component]
pub fn JoinPanel(
    /// The id of the field for the file; errors name it.
    #[prop(into)]
    id: String,
    /// Takes the file once it was read and can be used; `None` when another one is to be chosen.
    #[prop(into)]
    on_file: Callback<Option<PickedFile>>,
) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let origin = RwSignal::new(None::<(String, String, RegistryKind)>);
    let open = move |files: Vec<PickedFile>| {
        let Some(file) = files.into_iter().next() else { return };
        match read(&file) {
            Ok(Origin { from, holds, kind }) => {
                problem.set(None);
                origin.set(Some((from, holds, kind)));
                on_file.run(Some(file));
            }
            Err(sentence) => problem.set(Some(sentence)),
        }
    };
    let again = move |()| {
        origin.set(None);
        on_file.run(None);
    };
    let body = move || match origin.get() {
        None => view! {
            <FileDrop
                id=id.clone()
                label="Choose the file"
                accept=".json,application/json"
                largest=handoff::LARGEST_FILE
                on_files=open
            />
        }
        .into_any(),
        Some((from, holds, kind)) => {
            let training =
                (kind == RegistryKind::Training).then(|| view! { <p>"Its patients are invented, for training."</p> });
            view! {
                <Notice title=format!("From {from}")>
                    <p>{holds}" Who wrote it is what the file says: a plain file can\u{2019}t prove it."</p>
                    {training}
                    <p>"This browser gets keys and a recovery sheet of its own. Your passphrase stays yours."</p>
                </Notice>
                <Button on_press=again>"Choose another file"</Button>
            }
            .into_any()
        }
    };
    let wrong = move || {
        problem
            .get()
            .map(|sentence| view! { <Notice tone=Tone::Error><p>{sentence}</p></Notice> })
    };
    view! { {wrong}{body} }
}

/// What a file says of itself, or one sentence on why nothing can begin from it.
fn read(file: &PickedFile) -> Result<Origin, String> {
    let Handoff { header, charts, .. } =
        handoff::read(&file.bytes).map_err(|problem| format!("{problem} Nothing was changed."))?;
    if header.scope != Scope::All {
        return Err(
            "This file holds some patients only. Ask for a file of the whole caseload, or make a registry first and \
             receive it there. Nothing was changed."
                .to_owned(),
        );
    }
    let zone: Zone = browser::zone_name().parse().unwrap_or(FALLBACK_ZONE);
    let named = header.people.iter().find(|person| person.person == header.author);
    let name = named.map_or_else(
        || "somebody whom the file does not name".to_owned(),
        |person| person.name.clone(),
    );
    let day = format::plain_day(zone.day(header.created));
    let time = format::clock_time(header.created, zone);
    // One of the charts is the registry's own.
    let patients = charts
        .iter()
        .filter(|(chart, _)| *chart != header.registry.own_chart())
        .count() as u64;
    Ok(Origin {
        from: format!("{name}, {day}, {time}"),
        holds: format!("It holds {}.", format::count(patients, "patient", "patients")),
        kind: header.kind,
    })
}
