//! What happened, newest first, with a filter: a row for each save, and each of its entries can be corrected or marked
//! as entered in error.

use std::sync::Arc;

use leptos::prelude::*;

use super::QuickFormKind;
use super::correct::can_be_corrected;
use crate::app::components::{Button, ButtonKind, EmptyState, FoldedText, WhenText};
use crate::app::format;
use crate::app::pages::course::boxes::OneForm as _;
use crate::app::pages::course::privacy::protection_tag;
use crate::app::state::use_desk;
use crate::app::typed::capital;
use crate::care::privacy::can_be_marked;
use crate::journal::{EntryId, When};
use crate::registry::{PatientView, TimelineKind, TimelineRow, by_save};

/// Rows shown at first, and added by "Show more".
const STEP: usize = 30;

/// Kinds with their words, as the filter has them.
const KINDS: [(TimelineKind, &str); 7] = [
    (TimelineKind::Contact, "Contacts"),
    (TimelineKind::Measure, "Measures"),
    (TimelineKind::Safety, "Safety"),
    (TimelineKind::Treatment, "Treatment"),
    (TimelineKind::Team, "Team"),
    (TimelineKind::Time, "Time"),
    (TimelineKind::Record, "Record"),
];

#[component]
pub fn Timeline(
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// The form that is open.
    form: RwSignal<Option<QuickFormKind>>,
) -> impl IntoView {
    let desk = use_desk();
    let only = RwSignal::new(None::<TimelineKind>);
    let most = RwSignal::new(STEP);
    let rows = Memo::new(move |_| {
        let only = only.get();
        view.with(|view| {
            let wanted = view
                .timeline
                .iter()
                .filter(|row| only.is_none_or(|kind| row.kind == kind));
            let wanted: Vec<TimelineRow> = wanted.cloned().collect();
            by_save(&wanted, desk.zone())
        })
    });
    let shown = move || rows.with(|rows| rows.iter().take(most.get()).cloned().collect::<Vec<_>>());
    let more = move || rows.with(Vec::len).saturating_sub(most.get());
    let news = super::news::use_news();
    super::news::follow_to_the_end(move || {
        let is_whole = only.get_untracked().is_none();
        let is_new = |save: &&Vec<TimelineRow>| {
            let entries: Vec<EntryId> = save.iter().map(|row| row.entry).collect();
            untrack(|| news.marks(&entries))
        };
        is_whole.then(|| rows.with_untracked(|rows| rows.iter().filter(is_new).count()))
    });
    view! {
        <section class="timeline" aria-labelledby="timeline">
            <div class="side-head">
                <h2 id="timeline">"Timeline"</h2>
                <Filter only most/>
            </div>
            <Show when=move || rows.with(|rows| !rows.is_empty()) fallback=|| view! {
                <EmptyState title="Nothing of this kind yet.">""</EmptyState>
            }>
                <ol class="events">
                    <For each=shown key=|save| key_of(save) children=move |save| view! { <Save save form/> }/>
                </ol>
            </Show>
            <Show when=move || { more() > 0 }>
                <Button on_press=move |()| most.update(|most| *most += STEP)>
                    {move || format!("Show {} more", more().min(STEP))}
                </Button>
            </Show>
        </section>
    }
}

#[component]
fn Filter(only: RwSignal<Option<TimelineKind>>, most: RwSignal<usize>) -> impl IntoView {
    let choose = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event);
        only.set(crate::app::route::from_word(&chosen));
        most.set(STEP);
    };
    let options = KINDS.into_iter().map(|(kind, words)| {
        view! { <option value=crate::app::route::word(kind)>{words}</option> }
    });
    view! {
        <label class="filter">
            "Show "
            <select autocomplete="off" on:change=choose>
                <option value="">"Everything"</option>
                {options.collect_view()}
            </select>
        </label>
    }
}

/// What stays the same while a row stays: its entries, which of them were corrected, marked or signed.
fn key_of(save: &[TimelineRow]) -> Vec<(EntryId, bool, usize, Option<String>)> {
    save.iter()
        .map(|row| (row.entry, row.corrected, row.marks.len(), row.signature.clone()))
        .collect()
}

/// What one save wrote: a line each; the details say when it was written down, by whom, and offer to correct each.
#[component]
fn Save(save: Vec<TimelineRow>, form: RwSignal<Option<QuickFormKind>>) -> impl IntoView {
    let Some(first) = save.first().cloned() else {
        return ().into_any();
    };
    let several = save.len() > 1;
    let news = super::news::use_news();
    let entries: Vec<EntryId> = save.iter().map(|row| row.entry).collect();
    let is_new = Memo::new(move |_| news.marks(&entries));
    let says = first.line.clone();
    let line = |row: &TimelineRow| {
        view! {
            <p>
                <span>{row.line.clone()}</span>
                {row.corrected.then(|| view! { <span class="corrected">"corrected"</span> })}
                {row.marks.iter().map(|why| protection_tag(*why)).collect_view()}
            </p>
            {row.signature.clone().map(|words| view! { <p class="hint signature">{capital(&words)}</p> })}
            {row.more.clone().map(|more| view! { <FoldedText text=more says=row.line.clone()/> })}
        }
    };
    let lines = save.iter().map(line).collect_view();
    let mend = save
        .iter()
        .map(|row| view! { <Mend row=row.clone() several form/> })
        .collect_view();
    view! {
        <li class="event" class:new=move || is_new.get()>
            <span class="at">
                <WhenText when=first.at/>
                {move || is_new.get().then(|| view! { <span class="mark news">"new"</span> })}
            </span>
            <div class="what">
                <div class="lines">{lines}</div>
                <details>
                    <summary><span class="by">{first.by.clone()}</span><span class="visually-hidden">", details of "{says}</span></summary>
                    {mend}
                    <p class="hint">"Entries are never changed: a correction keeps the original."</p>
                </details>
            </div>
        </li>
    }
    .into_any()
}

/// When one entry was written down, and the ways to correct it.
#[component]
fn Mend(row: TimelineRow, several: bool, form: RwSignal<Option<QuickFormKind>>) -> impl IntoView {
    let desk = use_desk();
    let (entry, stamp, by) = (row.entry, row.stamp, row.by.clone());
    let written = move || {
        let zone = desk.zone();
        let millis = i64::try_from(stamp.millis()).unwrap_or_default();
        let at = zone.from_millis(millis).unwrap_or_default();
        format::short_when(When::At(at), zone, desk.today().get())
    };
    let correctable = can_be_corrected(&row.fact);
    let markable = can_be_marked(&row.fact);
    let named = several.then(|| row.line.clone());
    let says = move |deed: &str| match &named {
        Some(line) => format!("{deed}: {line}"),
        None => deed.to_owned(),
    };
    let heading = several.then(|| view! { <p class="part">{row.line.clone()}</p> });
    let (correct, in_error, wrong) = (says("Correct"), says("Entered in error"), says("Wrong patient"));
    let protect = says("Protect");
    view! {
        <div class="mend">
            {heading}
            <p class="hint">"Written down "{written}" by "{by}"."</p>
            {row.before.clone().map(|before| view! {
                <p class="hint before">"As it was first written:"</p>
                <FoldedText text=before says="As it was first written"/>
            })}
            <div class="actions">
                {correctable.then(|| view! {
                    <Button kind=ButtonKind::Quiet on_press=move |()| form.open(QuickFormKind::Correct(entry)) says=correct>"Correct"</Button>
                })}
                <Button kind=ButtonKind::Quiet on_press=move |()| form.open(QuickFormKind::InError(entry)) says=in_error>"Entered in error"</Button>
                <Button kind=ButtonKind::Quiet on_press=move |()| form.open(QuickFormKind::Moved(entry)) says=wrong>"Wrong patient"</Button>
                {markable.then(|| view! {
                    <Button kind=ButtonKind::Quiet on_press=move |()| form.open(QuickFormKind::Mark(entry)) says=protect>"Protect"</Button>
                })}
            </div>
        </div>
    }
}
