//! A concern that a person opens.

use leptos::prelude::*;

use super::{Place, empty};
use crate::app::components::{Choice, CrisisLines, TextArea};
use crate::app::pages::common::{QuickForm, Reading, Written, new_thing};
use crate::app::pages::safety::{DoneAt, DoneFields, RuleOfKind};
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::words::{CONCERNS, options};
use crate::journal::Fact;
use crate::journal::facts::{Because, Concern, ConcernKind, Level};

#[component]
pub fn ConcernForm(place: Place) -> impl IntoView {
    let (came_up, router) = (DoneAt::now(), use_router());
    let kind = RwSignal::new(None::<ConcernKind>);
    let level = RwSignal::new(Some(Level::Positive));
    let note = empty();
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let kind = reading.chosen(kind.get_untracked(), "concern-kind", "Choose what it is about");
        let level = reading.chosen(level.get_untracked(), "concern-level", "Choose how urgent it is");
        let note = reading.text(&note.get_untracked(), "concern-note", "Say why you open it");
        let concern = new_thing()?;
        let at = came_up.read(&mut reading, "concern");
        let fact = kind.zip(level).zip(note).zip(at).map(|(((kind, level), note), at)| {
            let because = Because::ByHand { note };
            Fact::Concern(Concern {
                concern,
                kind,
                because,
                level,
                at,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let chart = place.chart;
    let opened = Callback::new(move |saved: crate::registry::Saved| {
        if let Some(concern) = saved.concerns.first() {
            router.go(Route::Safety(chart, *concern));
        }
    });
    let levels = vec![
        (Level::Positive, "Follow up today".to_owned()),
        (Level::High, "High: act now".to_owned()),
    ];
    view! {
        <QuickForm chart title="Open a safety concern" deed="Concern opened" save="Open concern" read on_close=place.close on_saved=opened>
            <Choice id="concern-kind" legend="About" options=options(CONCERNS) value=kind/>
            {move || kind.get().map(|kind| view! { <RuleOfKind kind/> })}
            <Choice id="concern-level" legend="How urgent" options=levels value=level/>
            <TextArea id="concern-note" label="Why" value=note rows=2/>
            <DoneFields done=came_up id="concern" label="Came up on"/>
            <p class="hint">"It stays open, and at the top of the worklist, until a named person closes it. Nobody else is alerted."</p>
            <CrisisLines/>
        </QuickForm>
    }
}
