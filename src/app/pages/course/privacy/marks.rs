//! What is held back, and marking an entry as protected.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, Choice, Icon, IconName, TextField, Width};
use crate::app::pages::common::{QuickForm, Reading, Written};
use crate::app::pages::patient::{QuickFormKind, wish_for};
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::typed::text;
use crate::care::privacy::protection_words;
use crate::journal::facts::{Mark, MarkState, Protection};
use crate::journal::{ChartId, EntryId, Fact};
use crate::registry::{HeldView, LearnedView, PatientView};

const WHY: [(Protection, &str); 2] = [
    (Protection::Part2, "Substance use treatment record: 42 CFR Part 2"),
    (Protection::MinorConsented, "The minor alone consented to it"),
];

/// That an entry is held back, beside wherever it is listed.
pub fn protection_tag(why: Protection) -> AnyView {
    let words = match why {
        Protection::Part2 => "held back: 42 CFR Part 2",
        Protection::MinorConsented => "held back: minor\u{2019}s own",
    };
    view! { <span class="held-tag"><Icon name=IconName::Lock/>{words}</span> }.into_any()
}

/// What is held back of this record, and why.
#[component]
pub fn ConfidentialBox(
    /// Whose record.
    chart: ChartId,
    /// What is known.
    known: Signal<Arc<LearnedView>>,
) -> impl IntoView {
    let router = use_router();
    let held = move || known.with(|known| known.held.clone());
    let line = move |item: HeldView| {
        let why: Vec<&str> = item.why.iter().map(|why| protection_words(*why)).collect();
        let by: Vec<&str> = item.by.iter().map(|(_, to)| to.as_str()).collect();
        let may = match by.is_empty() {
            true => "no release permits telling anybody".to_owned(),
            false => format!("may be told to {}", by.join(", ")),
        };
        let says = format!("Change the mark of {}", item.line);
        let entry = item.entry;
        let change = move |()| {
            wish_for(chart, QuickFormKind::Mark(entry));
            router.go(Route::Patient(chart));
        };
        let words = format!("{}: {}; {may}", item.line, why.join(", "));
        let known_here = item.at.is_some();
        view! {
            <li>
                {words}" "
                {known_here.then(|| view! { <Button kind=ButtonKind::Quiet says on_press=change>"Change"</Button> })}
            </li>
        }
    };
    view! {
        <section class="side-box" aria-labelledby="confidential">
            <div class="side-head"><h2 id="confidential">"Held back"</h2></div>
            <p class="hint">"Marked entries stay out of letters, packets and files of chosen patients until each is confirmed under a release. An entry is marked in the timeline, under its details. A backup of your own registry holds everything."</p>
            {move || {
                let held = held();
                match held.is_empty() {
                    true => view! { <p>"No entry is marked."</p> }.into_any(),
                    false => view! { <ul>{held.into_iter().map(line).collect_view()}</ul> }.into_any(),
                }
            }}
        </section>
    }
}

/// Whether the mark is set or taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Set,
    Remove,
}

/// Marks an entry as protected, or takes a mark away with the reason.
#[component]
pub fn MarkForm(
    /// Whose record.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// Which entry.
    entry: EntryId,
    /// Closes the form.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let row = view.with_untracked(|view| view.timeline.iter().find(|row| row.entry == entry).cloned());
    let Some(row) = row else {
        on_close.run(());
        return ().into_any();
    };
    let marked = row.marks.clone();
    let why = RwSignal::new(marked.first().copied());
    let deed = RwSignal::new(Some(if marked.is_empty() { Deed::Set } else { Deed::Remove }));
    let words = RwSignal::new(String::new());
    // Versions are held back with the one that is marked: a mark is taken away where it was set.
    let versions = marked_entries(&view.get_untracked(), entry);
    let versions = StoredValue::new(versions);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let why = reading.chosen(why.get_untracked(), "mark-why", "Choose why it is protected");
        let typed = words.get_untracked();
        let facts = match deed.get_untracked().unwrap_or(Deed::Set) {
            Deed::Set => why.map(|why| {
                vec![Fact::Mark(Mark {
                    entry,
                    why,
                    state: MarkState::Set { note: text(&typed) },
                })]
            }),
            Deed::Remove => {
                let reason = reading.text(&typed, "mark-words", "Say why it is no longer protected");
                why.zip(reason).map(|(why, reason)| {
                    let of = |entry: EntryId| {
                        Fact::Mark(Mark {
                            entry,
                            why,
                            state: MarkState::Removed { reason: reason.clone() },
                        })
                    };
                    versions.with_value(|all| all.iter().filter(|(_, set)| *set == why).map(|(e, _)| of(*e)).collect())
                })
            }
        };
        reading.finish(facts)
    });
    // What is taken away is one of those that are set.
    let set = StoredValue::new(marked.clone());
    let options = move || -> Vec<(Protection, String)> {
        let removes = deed.get() == Some(Deed::Remove);
        let offered = WHY
            .iter()
            .filter(|(why, _)| !removes || set.with_value(|set| set.contains(why)));
        offered.map(|(why, words)| (*why, (*words).to_owned())).collect()
    };
    crate::app::effects::effect(move |_| {
        let is_set = |why: Protection| set.with_value(|set| set.contains(&why));
        if deed.get() == Some(Deed::Remove) && !why.get_untracked().is_some_and(is_set) {
            why.set(set.with_value(|set| set.first().copied()));
        }
    });
    let deeds = vec![
        (Deed::Set, "It is protected".to_owned()),
        (Deed::Remove, "It is no longer protected".to_owned()),
    ];
    let any = !marked.is_empty();
    let label = move || {
        if deed.get() == Some(Deed::Remove) {
            "Why it is no longer protected"
        } else {
            "Note"
        }
    };
    view! {
        <QuickForm chart title=format!("Protect: {}", row.line) deed="Mark saved" save="Save mark" read on_close>
            {any.then(|| view! { <Choice id="mark-deed" legend="From now on" options=deeds value=deed/> })}
            {move || view! { <Choice id="mark-why" legend="Why" options=options() value=why stacked=true/> }}
            {move || view! { <TextField id="mark-words" label=label() value=words width=Width::Full/> }}
            <p class="hint">"A protected entry stays out of letters, packets and files of chosen patients until it is confirmed under a release. All versions of it, its corrections and its minutes stay with it."</p>
        </QuickForm>
    }
    .into_any()
}

/// The marks that are set on an entry or on another version of it.
fn marked_entries(view: &PatientView, entry: EntryId) -> Vec<(EntryId, Protection)> {
    let slot = view
        .timeline
        .iter()
        .find(|row| row.entry == entry)
        .and_then(|row| row.fact.slot());
    let is_version = |other: EntryId| {
        other == entry
            || slot.is_some()
                && view
                    .timeline
                    .iter()
                    .any(|row| row.entry == other && row.fact.slot() == slot)
    };
    let marks = view.timeline.iter().filter_map(|row| match &row.fact {
        Fact::Mark(mark) if is_version(mark.entry) => Some((mark.entry, mark.why)),
        _ => None,
    });
    let mut all: Vec<(EntryId, Protection)> = marks.collect();
    all.sort();
    all.dedup();
    all
}
