//! Beginning from a colleague's file in an empty browser: which file it is, before anything is made of it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::opening::OpenSealed;
use crate::app::browser;
use crate::app::components::{Button, FileDrop, Loading, Notice, PickedFile, Tone};
use crate::app::format;
use crate::app::sealed::is_sealed;
use crate::app::service::pause;
use crate::exchange::handoff::{self, Handoff, HandoffError, NamedPerson, Reader, RegistryKind, Scope};
use crate::journal::Zone;
use crate::journal::facts::Role;
use crate::registry::FALLBACK_ZONE;

/// A file that a registry can begin from, and what it says of itself.
struct Origin {
    from: String,
    holds: String,
    kind: RegistryKind,
    /// Who works with it, as far as the file names them.
    people: Vec<NamedPerson>,
}

/// How far the choice of a file is.
#[derive(Clone, PartialEq, Eq)]
pub enum Joined {
    /// None was chosen, or the one chosen can't be used.
    Nothing,
    /// It is being read.
    Reading,
    /// It was read and can be used; with the people whom it names.
    File(PickedFile, Vec<NamedPerson>),
}

/// Asks for the file and says what it holds. The form around it asks who will work here, and sends
/// [`Request::Join`](crate::registry::Request::Join) with the file's bytes.
#[component]
pub fn JoinPanel(
    /// The id of the field for the file; errors name it.
    #[prop(into)]
    id: String,
    /// Hears how far it is, whenever that changes.
    #[prop(into)]
    on_file: Callback<Joined>,
) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let origin = RwSignal::new(None::<(String, String, RegistryKind)>);
    let reading = RwSignal::new(None::<String>);
    let locked = RwSignal::new(None::<PickedFile>);
    let open = move |file: PickedFile| {
        spawn_local(async move {
            let told = |done: usize| {
                let (done, all) = (format::size(done as u64), format::size(file.bytes.len() as u64));
                // Told once the page is gone, it goes no further.
                reading.try_set(Some(format!("Reading {done} of {all}"))).is_none()
            };
            let read = read(&file, told).await;
            let _gone = reading.try_set(None);
            match read {
                Ok(Origin {
                    from,
                    holds,
                    kind,
                    people,
                }) => {
                    if origin.try_set(Some((from, holds, kind))).is_none() {
                        on_file.run(Joined::File(file, people));
                    }
                }
                Err(sentence) => {
                    if problem.try_set(Some(sentence)).is_none() {
                        on_file.run(Joined::Nothing);
                    }
                }
            }
        });
    };
    let picked = move |files: Vec<PickedFile>| match files.into_iter().next() {
        Some(file) if is_sealed(&file.bytes) => {
            locked.set(Some(file));
            on_file.run(Joined::Nothing);
        }
        Some(file) => open(file),
        None => {}
    };
    let opened = move |file: PickedFile| {
        locked.set(None);
        on_file.run(Joined::Reading);
        open(file);
    };
    let begin = move |()| {
        problem.set(None);
        on_file.run(Joined::Reading);
    };
    let again = move |()| {
        origin.set(None);
        on_file.run(Joined::Nothing);
    };
    let body = move || match (origin.get(), locked.get()) {
        (None, Some(file)) => view! { <OpenSealed file on_open=opened on_back=move |()| locked.set(None)/> }.into_any(),
        (None, None) => view! {
            <FileDrop
                id=id.clone()
                label="Choose the file"
                accept=".json,.age,application/json"
                largest=handoff::LARGEST_FILE
                on_choice=begin
                on_refused=move |()| on_file.run(Joined::Nothing)
                on_files=picked
            />
        }
        .into_any(),
        (Some((from, holds, kind)), _) => {
            let about = match kind {
                RegistryKind::Training => Some("Its patients are invented, for training."),
                RegistryKind::Packet => Some(
                    "It is a packet for the case review: you see these patients, write your recommendations, and save a \
                     reply file for the clinic. Choose your name below if it is there.",
                ),
                RegistryKind::Real => None,
            };
            let training = about.map(|words| view! { <p>{words}</p> });
            view! {
                <Notice title=format!("From {from}")>
                    <p>{holds}" Who wrote it is what the file says: a file can\u{2019}t prove it."</p>
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
    let waits = move || reading.get().map(|words| view! { <Loading words/> });
    view! { {wrong}{body}{waits} }
}

/// How much is read before the page has its turn, in bytes.
const PIECE: usize = 256 << 10;

/// What a file says of itself, or one sentence on why nothing can begin from it. It is read piece by piece; `told`
/// hears how far, and says whether to go on.
async fn read(file: &PickedFile, told: impl Fn(usize) -> bool) -> Result<Origin, String> {
    let unusable = |problem: HandoffError| format!("{problem} Nothing was changed.");
    Reader::check_size(file.bytes.len() as u64).map_err(unusable)?;
    let mut reader = Reader::new();
    let mut charts = Vec::new();
    for (nth, piece) in file.bytes.chunks(PIECE).enumerate() {
        if !told(nth * PIECE) {
            return Err("The file was not read to its end. Nothing was changed.".to_owned());
        }
        pause().await;
        reader.push(piece).map_err(unusable)?;
        charts.extend(reader.take_charts().into_iter().map(|(chart, _)| chart));
    }
    let Handoff { header, .. } = reader.finish().map_err(unusable)?;
    let is_packet = header.kind == RegistryKind::Packet;
    if !matches!(header.scope, Scope::All | Scope::Coverage(_)) && !is_packet {
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
        .filter(|chart| **chart != header.registry.own_chart())
        .count() as u64;
    Ok(Origin {
        from: format!("{name}, {day}, {time}"),
        holds: format!("It holds {}.", format::count(patients, "patient", "patients")),
        kind: header.kind,
        people: header
            .people
            .iter()
            .filter(|person| !matches!(person.role, Role::Import | Role::Clinician))
            .cloned()
            .collect(),
    })
}
