//! What is held back from a file of chosen patients: each is left out until a person includes it under a release.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Loaded, Notice, Select, Tone};
use crate::app::format;
use crate::app::state::use_desk;
use crate::care::privacy::{PART2_NOTICE, protection_words};
use crate::journal::facts::Protection;
use crate::journal::{EntryId, ThingId};
use crate::registry::{FoundPatient, HeldView, Included, Request, Response};

/// What is held back of the chosen patients, and what goes along.
#[component]
pub(super) fn HeldBack(
    /// Who was chosen.
    chosen: RwSignal<Vec<FoundPatient>>,
    /// What goes along.
    included: RwSignal<Vec<Included>>,
) -> impl IntoView {
    let desk = use_desk();
    let held = desk.follow(
        move || {
            // Whoever is chosen anew is looked at anew: nothing goes along by an earlier choice.
            included.set(Vec::new());
            Request::HeldBack(chosen.with(|chosen| chosen.iter().map(|patient| patient.chart).collect()))
        },
        |response| match response {
            Response::HeldBack(held) => Some(held),
            _ => None,
        },
    );
    let shown = move |held: Arc<Vec<HeldView>>| {
        if held.is_empty() {
            return ().into_any();
        }
        let total = held.len();
        let left = move || total.saturating_sub(included.with(Vec::len));
        let part2 = held.iter().any(|item| item.why.contains(&Protection::Part2));
        let rows = held
            .iter()
            .cloned()
            .map(|item| view! { <Row item included/> })
            .collect_view();
        view! {
                <section class="held-back" aria-labelledby="held-back">
                    <h3 id="held-back">{move || match left() {
                        0 => "Nothing is held back".to_owned(),
                        left => format!("{} held back", format::count(left as u64, "entry is", "entries are")),
                    }}</h3>
                    <p class="hint">"They stay out of the file. Include one only if the release permits it for whoever receives the file."</p>
                    <ul>{rows}</ul>
                    {part2.then(|| view! { <Notice tone=Tone::Warning><p>"With a record under Part 2, hand over this notice: \u{201c}"{PART2_NOTICE}"\u{201d}"</p></Notice> })}
                </section>
            }
            .into_any()
    };
    view! { <Loaded answer=held what="what is held back" children=shown/> }
}

/// One entry: why it is held back, and under which release it may go along.
#[component]
fn Row(item: HeldView, included: RwSignal<Vec<Included>>) -> impl IntoView {
    let HeldView {
        name,
        entry,
        line,
        why,
        by,
        not_by,
        ..
    } = item;
    let why: Vec<&str> = why.into_iter().map(protection_words).collect();
    let choice = RwSignal::new(String::new());
    let options: Vec<(String, String)> = std::iter::once((String::new(), "Leave it out".to_owned()))
        .chain(
            by.iter()
                .map(|(id, to)| (id.to_string(), format!("Include it: the release to {to} permits it"))),
        )
        .collect();
    crate::app::effects::effect(move |_| {
        let release: Option<ThingId> = choice.get().parse().ok();
        include(included, entry, release);
    });
    let can = !by.is_empty();
    let label = format!("{name}: {line}");
    let because = format!("Held back: {}.", why.join(", "));
    view! {
        <li>
            {match can {
                true => view! {
                    <Select id=format!("held-{entry}") label hint=because options=Signal::stored(options) value=choice/>
                }.into_any(),
                false => view! {
                    <p><strong>{label}</strong></p>
                    <p class="hint">{because}" It stays out: no release permits it today."</p>
                }.into_any(),
            }}
            {(!not_by.is_empty()).then(|| view! { <p class="hint">{not_by.join("; ")}</p> })}
        </li>
    }
}

fn include(included: RwSignal<Vec<Included>>, entry: EntryId, release: Option<ThingId>) {
    let known = included.with_untracked(|all| all.iter().find(|one| one.entry == entry).map(|one| one.release));
    if known == release {
        return;
    }
    included.update(|all| {
        all.retain(|one| one.entry != entry);
        all.extend(release.map(|release| Included { entry, release }));
    });
}
