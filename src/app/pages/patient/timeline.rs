//! What happened, newest first, with a filter; each row can be corrected or marked as entered in error.

use std::sync::Arc;

use leptos::prelude::*;

use super::QuickFormKind;
use super::correct::can_be_corrected;
use crate::app::components::{Button, ButtonKind, EmptyState, WhenText};
use crate::app::format;
use crate::app::state::use_desk;
use crate::journal::When;
use crate::registry::{PatientView, TimelineKind, TimelineRow};

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
    let only = RwSignal::new(None::<TimelineKind>);
    let most = RwSignal::new(STEP);
    let rows = Memo::new(move |_| {
        let only = only.get();
        view.with(|view| {
            let wanted = view
                .timeline
                .iter()
                .filter(|row| only.is_none_or(|kind| row.kind == kind));
            wanted.cloned().collect::<Vec<TimelineRow>>()
        })
    });
    let shown = move || rows.with(|rows| rows.iter().take(most.get()).cloned().collect::<Vec<_>>());
    let more = move || rows.with(Vec::len).saturating_sub(most.get());
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
                    <For each=shown key=|row| (row.entry, row.corrected) children=move |row| view! { <Event row form/> }/>
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

/// One row; its details say when it was written down, by whom, and offer to correct it.
#[component]
fn Event(row: TimelineRow, form: RwSignal<Option<QuickFormKind>>) -> impl IntoView {
    let desk = use_desk();
    let (entry, stamp) = (row.entry, row.stamp);
    let written = move || {
        let zone = desk.zone();
        let millis = i64::try_from(stamp.millis()).unwrap_or_default();
        let at = zone.from_millis(millis).unwrap_or_default();
        format::short_when(When::At(at), zone, desk.today().get())
    };
    let correctable = can_be_corrected(&row.fact);
    let says = row.line.clone();
    view! {
        <li class="event">
            <span class="at"><WhenText when=row.at/></span>
            <div class="what">
                <p>
                    <span>{row.line.clone()}</span>
                    {row.corrected.then(|| view! { <span class="corrected">"corrected"</span> })}
                </p>
                {row.more.clone().map(|more| view! { <p class="more">{more}</p> })}
                <details>
                    <summary><span class="by">{row.by.clone()}</span><span class="visually-hidden">", details of "{says}</span></summary>
                    <p class="hint">"Written down "{written}" by "{row.by}". Entries are never changed: a correction keeps the original."</p>
                    <div class="actions">
                        {correctable.then(|| view! {
                            <Button kind=ButtonKind::Quiet on_press=move |()| form.set(Some(QuickFormKind::Correct(entry)))>"Correct"</Button>
                        })}
                        <Button kind=ButtonKind::Quiet on_press=move |()| form.set(Some(QuickFormKind::InError(entry)))>"Entered in error"</Button>
                        <Button kind=ButtonKind::Quiet on_press=move |()| form.set(Some(QuickFormKind::Moved(entry)))>"Wrong patient"</Button>
                    </div>
                </details>
            </div>
        </li>
    }
}
