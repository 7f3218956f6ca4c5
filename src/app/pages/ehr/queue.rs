//! A list of notes that wait, and the one that is chosen: j and k or the arrow keys walk, c copies, Enter marks, m does all
//! three.

use leptos::ev;
use leptos::prelude::*;

use super::editor::{Asked, Deed, Editor};
use crate::app::browser;
use crate::app::components::{DayText, EmptyState};
use crate::app::effects::effect;
use crate::app::format;
use crate::app::keys::{use_key, use_key_in};
use crate::app::route::Route;
use crate::flowsheet::EhrState;
use crate::journal::EntryId;
use crate::registry::{EhrRow, TextAsk};

/// The list, while the focus is in it or in the text beside it.
const HERE: &str = ".ehr-queue:focus-within";

/// The focus where it stays when another row is chosen: it is moved only from a row that is gone, or from its text.
const ELSEWHERE: &str = ":focus:not(body):not(.ehr-queue *)";

/// What a row names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The patient, then what the note is about.
    Patients,
    /// What the note is about.
    Notes,
}

/// Notes that wait.
#[component]
pub fn Queue(
    /// The rows, in order.
    rows: Signal<Vec<EhrRow>>,
    /// What they name.
    shown: Shown,
) -> impl IntoView {
    let rows = Memo::new(move |_| rows.get());
    let chosen = RwSignal::new(rows.with_untracked(|rows| rows.first().map(|row| row.anchor)));
    let place = Memo::new(move |before: Option<&usize>| {
        let found = rows.with(|rows| rows.iter().position(|row| Some(row.anchor) == chosen.get()));
        // What was marked is gone: what stands in its place now is next.
        found.unwrap_or_else(|| before.copied().unwrap_or(0).min(rows.with(Vec::len).saturating_sub(1)))
    });
    let row = Memo::new(move |_| rows.with(|rows| rows.get(place.get()).cloned()));
    let asked = RwSignal::new(None::<Asked>);
    // The row that took the place of a marked one is chosen from then on, and has the focus where the other had it.
    effect(move |before: Option<Option<EntryId>>| {
        let now = row.get().map(|row| row.anchor);
        if before.is_some_and(|before| before != now) {
            // What a key asked of one note is never done to another, and not later either.
            asked.set(None);
            if chosen.get_untracked() != now {
                chosen.set(now);
                request_animation_frame(move || {
                    if let Some(at) = place.try_get_untracked().filter(|_| !browser::is_there(ELSEWHERE)) {
                        browser::focus(&row_id(at));
                    }
                });
            }
        }
        now
    });
    let ask_for = move |deed: Deed| asked.set(row.get_untracked().map(|row| Asked { of: row.anchor, deed }));
    let step = move |by: isize| {
        let count = rows.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        // From elsewhere on the page the first step leads to the note that is shown.
        let by = if browser::is_there(HERE) { by } else { 0 };
        let to = place.get_untracked().saturating_add_signed(by).min(count - 1);
        chosen.set(rows.with_untracked(|rows| rows.get(to).map(|row| row.anchor)));
        browser::focus(&row_id(to));
    };
    use_key("j", "Next note", move || step(1));
    use_key("k", "Note before", move || step(-1));
    use_key_in(".ehr-rows", "ArrowDown", "Next note", move || step(1));
    use_key_in(".ehr-rows", "ArrowUp", "Note before", move || step(-1));
    use_key_in(".ehr-queue", "c", "Copy the note", move || ask_for(Deed::Copy));
    let all = "Copy the note, mark it as in the EHR, and go on";
    use_key_in(".ehr-queue", "m", all, move || ask_for(Deed::CopyAndMark));
    let line = move |(at, row): (usize, EhrRow)| view! { <Row at row shown chosen asked/> };
    let numbered = move || rows.get().into_iter().enumerate();
    let ask = move || {
        let row = row.get()?;
        let whose = (shown == Shown::Patients).then(|| row.clone());
        Some((row, whose))
    };
    view! {
        <Show
            when=move || rows.with(|rows| !rows.is_empty())
            fallback=|| view! { <EmptyState title="Everything is in the EHR.">"What is recorded from now on waits here until it is copied."</EmptyState> }
        >
            <div class="ehr-queue">
                <ul class="ehr-rows" aria-label="Notes that wait">{move || numbered().map(line).collect_view()}</ul>
                <div class="ehr-text">
                    {move || ask().map(|(row, whose)| {
                        let title = format!("{}, {}", row.label, format::full_day(row.day));
                        view! {
                            {whose.map(|row| view! {
                                <p class="who"><a class="name" href=Route::Patient(row.chart).href()>{row.name.clone()}</a>" "<span class="hint">{row.about}</span></p>
                            })}
                            <Editor id="ehr-note" chart=row.chart ask=TextAsk::Note(row.anchor) title asked state=row.state/>
                        }
                    })}
                </div>
            </div>
            <p class="hint keys-hint">
                <kbd>"j"</kbd>" "<kbd>"k"</kbd>" or arrow keys walk the notes, "<kbd>"c"</kbd>" copies, "<kbd>"Enter"</kbd>
                " marks as in the EHR, "<kbd>"m"</kbd>" copies, marks and goes on."
            </p>
        </Show>
    }
}

fn row_id(at: usize) -> String {
    format!("ehr-row-{at}")
}

#[component]
fn Row(
    at: usize,
    row: EhrRow,
    shown: Shown,
    chosen: RwSignal<Option<EntryId>>,
    asked: RwSignal<Option<Asked>>,
) -> impl IntoView {
    let anchor = row.anchor;
    let is_chosen = move || chosen.get() == Some(anchor);
    let press = move |event: ev::KeyboardEvent| {
        // Enter on the chosen row marks it; on another one it chooses, as a click does.
        if event.key() == "Enter" && !event.repeat() && chosen.get_untracked() == Some(anchor) {
            event.prevent_default();
            asked.set(Some(Asked {
                of: anchor,
                deed: Deed::Mark,
            }));
        }
    };
    let name = (shown == Shown::Patients).then(|| {
        view! {
            <span class="name">{row.name.clone()}" "<span class="hint">{row.about.clone()}</span></span>
        }
    });
    let state = state_words(row.state).map(|words| view! { <span class="state">{words}</span> });
    view! {
        <li>
            <button
                type="button"
                id=row_id(at)
                aria-current=move || is_chosen().then_some("true")
                on:click=move |_| chosen.set(Some(anchor))
                on:keydown=press
            >
                {name}
                <span class="what">{row.label.clone()}</span>
                <DayText day=row.day/>
                {state}
            </button>
        </li>
    }
}

/// Why a note waits, where that is more than that it is new.
pub fn state_words(state: EhrState) -> Option<&'static str> {
    match state {
        EhrState::New | EhrState::Copied => None,
        EhrState::Changed => Some("changed since it was copied"),
        EhrState::Withdrawn => Some("entered in error since it was copied"),
    }
}
