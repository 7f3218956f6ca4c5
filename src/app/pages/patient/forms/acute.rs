//! An acute event: emergency department, admission, discharge, overdose, death.

use leptos::prelude::*;

use super::{Place, empty};
use crate::app::components::{Choice, DateField, TextArea, TimeField};
use crate::app::pages::common::{QuickForm, Reading, Written, today_text};
use crate::app::state::use_desk;
use crate::app::typed::{read_when, text};
use crate::app::words::{ACUTE_KINDS, options};
use crate::journal::Fact;
use crate::journal::facts::{AcuteEvent, AcuteKind};

#[component]
pub fn AcuteForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let kind = RwSignal::new(None::<AcuteKind>);
    let day = RwSignal::new(today_text(desk));
    let (time, note) = (empty(), empty());
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let kind = reading.chosen(kind.get_untracked(), "acute-kind", "Choose what happened");
        let today = desk.today().get_untracked();
        let day = reading.past(&day.get_untracked(), "acute-day", "the day", today);
        let zone = untrack(|| desk.zone());
        let at = day.and_then(|day| reading.take(read_when("acute-time", day, &time.get_untracked(), zone)));
        let note = text(&note.get_untracked());
        let fact = kind
            .zip(at)
            .map(|(kind, at)| Fact::AcuteEvent(AcuteEvent { kind, at, note }));
        reading.finish(fact.map(|fact| vec![fact]))
    });
    view! {
        <QuickForm chart=place.chart title="Acute event" deed="Acute event recorded" save="Save event" read on_close=place.close>
            <Choice id="acute-kind" legend="What happened" options=options(ACUTE_KINDS) value=kind/>
            <div class="fields">
                <DateField id="acute-day" label="On" value=day max=today_text(desk)/>
                <TimeField id="acute-time" label="At, if known" value=time/>
            </div>
            <TextArea id="acute-note" label="Where, and why" value=note rows=2/>
            <p class="hint">"It asks for a contact within the protocol\u{2019}s working days; an overdose stands with the safety alerts until then."</p>
        </QuickForm>
    }
}
