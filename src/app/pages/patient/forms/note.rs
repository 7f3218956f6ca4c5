//! A note alone.

use leptos::prelude::*;

use super::{Place, empty};
use crate::app::components::{Check, DateField, TextArea};
use crate::app::pages::common::{QuickForm, Reading, Written, today_text};
use crate::app::state::use_desk;
use crate::app::typed::text;
use crate::journal::facts::Note;
use crate::journal::{Fact, When};

#[component]
pub fn NoteForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let note = empty();
    let day = RwSignal::new(today_text(desk));
    let discuss = RwSignal::new(false);
    let key = format!("note/{}", place.chart);
    let restored = RwSignal::new(false);
    let keeper = StoredValue::new_local(None);
    let (own, chart) = (key.clone(), place.chart);
    leptos::task::spawn_local(async move {
        let kept = desk.draft(&own).await;
        if let Some(kept) = kept.filter(|kept| !kept.is_empty()) {
            let untouched = note.try_get_untracked().is_some_and(|typed| typed.is_empty());
            if untouched {
                note.set(kept);
                restored.set(true);
            }
        }
    });
    keeper.set_value(Some(desk.keep_draft(key, move || text(&note.get()))));
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let words = reading.text(&note.get_untracked(), "note-text", "Write the note");
        let at = reading
            .past(&day.get_untracked(), "note-day", "the day", today)
            .map(|day| {
                if day == today {
                    When::At(desk.instant())
                } else {
                    When::Day(day)
                }
            });
        let discuss = discuss.get_untracked();
        reading.finish(
            at.zip(words)
                .map(|(at, text)| vec![Fact::Note(Note { at, text, discuss })]),
        )
    });
    let saved = Callback::new(move |_| {
        // The form is gone by now; its draft goes with it.
        leptos::task::spawn_local(async move {
            let _dropped = desk
                .ask(crate::registry::Request::DropDraft(format!("note/{chart}")))
                .await;
        });
    });
    view! {
        <QuickForm chart title="Note" deed="Note recorded" save="Save note" read on_close=place.close on_saved=saved>
            {move || restored.get().then(|| view! { <p class="hint">"This is what you typed before; it is not saved yet."</p> })}
            <TextArea id="note-text" label="Note" value=note rows=5/>
            <div class="fields">
                <DateField id="note-day" label="Day that it is about" value=day max=today_text(desk)/>
                <Check id="note-discuss" label="Discuss in the case review" value=discuss/>
            </div>
        </QuickForm>
    }
}
