//! Acute events: emergency department, admission, discharge, overdose, death. Recording one asks for a contact within
//! the protocol's working days and for a case review, in one save.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Choice, DateField, TextArea, TimeField, WhenText};
use crate::app::pages::common::{QuickForm, Reading, Written, today_text};
use crate::app::pages::course::boxes::{PlanBox, shows};
use crate::app::state::use_desk;
use crate::app::typed::{read_when, text};
use crate::app::words::{ACUTE_KINDS, options};
use crate::journal::facts::{AcuteEvent, AcuteKind};
use crate::journal::{ChartId, Fact};
use crate::registry::{PatientView, TimelineRow};

/// The events of the record, and the form.
#[component]
pub fn AcuteBox(
    /// Whose record.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let events = move || {
        view.with(|view| {
            let rows = view
                .timeline
                .iter()
                .filter(|row| matches!(row.fact, Fact::AcuteEvent(_)));
            rows.cloned().collect::<Vec<_>>()
        })
    };
    let line = |row: TimelineRow| {
        let more = row.more.map(|more| view! { <span class="hint">" "{more}</span> });
        view! { <li><WhenText when=row.at/>": "{row.line}{more}</li> }
    };
    view! {
        <PlanBox id="acute-events" title="Acute events" add=(shows(open), "Record an acute event")>
            <Show when=move || open.get()><AcuteForm chart on_close=move |()| open.set(false)/></Show>
            {move || {
                let events = events();
                match events.is_empty() {
                    true => view! { <p class="hint">"None on record."</p> }.into_any(),
                    false => view! { <ul>{events.into_iter().map(line).collect_view()}</ul> }.into_any(),
                }
            }}
        </PlanBox>
    }
}

#[component]
fn AcuteForm(chart: ChartId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let kind = RwSignal::new(None::<AcuteKind>);
    let day = RwSignal::new(today_text(desk));
    let (time, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
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
        <QuickForm chart title="Acute event" deed="Acute event recorded" save="Save event" read on_close>
            <Choice id="acute-kind" legend="What happened" options=options(ACUTE_KINDS) value=kind/>
            <div class="fields">
                <DateField id="acute-day" label="On" value=day max=today_text(desk)/>
                <TimeField id="acute-time" label="At, if known" value=time/>
            </div>
            <TextArea id="acute-note" label="Where, and why" value=note rows=2/>
            <p class="hint">"It asks for a contact within the protocol\u{2019}s working days (2, unless your clinic changed it) and for a case review; both come up on Today. An overdose stands with the safety alerts until then."</p>
        </QuickForm>
    }
}
