//! A measure alone: taken, or offered and not taken.

use std::sync::Arc;

use leptos::prelude::*;

use super::Place;
use crate::app::browser;
use crate::app::components::{Choice, DateField, FormErrors, Select, TimeField};
use crate::app::pages::common::{AskOnce, IntentForm, Reading, time_text, to_errors, today_text};
use crate::app::pages::contact::early::{Early, finishing};
use crate::app::pages::contact::form::scoring_context;
use crate::app::pages::contact::measure::{MeasureEntry, ask_who};
use crate::app::pages::patient::same_day::same_day;
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::measure::MeasureTyped;
use crate::app::typed::{Wrong, read_day, read_when};
use crate::care::intent::Intent;
use crate::instruments::Definition;
use crate::journal::facts::Taken;
use crate::journal::{Day, Fact, When};
use crate::registry::PatientView;

#[derive(Clone, Copy)]
struct Fields {
    instrument: RwSignal<String>,
    how: RwSignal<Option<Taken>>,
    day: RwSignal<String>,
    time: RwSignal<String>,
    measure: RwSignal<MeasureTyped>,
}

#[component]
pub fn MeasureForm(place: Place) -> impl IntoView {
    let (desk, router) = (use_desk(), use_router());
    let fields = Fields {
        instrument: RwSignal::new("phq9".to_owned()),
        how: RwSignal::new(Some(Taken::Remotely)),
        day: RwSignal::new(today_text(desk)),
        time: RwSignal::new(time_text(desk)),
        measure: RwSignal::new(asked(desk.instrument("phq9"))),
    };
    place.view.with_untracked(|view| ask_who(view, fields.day));
    let _early = Early::provide(place.chart, move || taken_at(fields, desk));
    // The answers of one instrument are no answers of another.
    crate::app::effects::effect(move |before: Option<String>| {
        let instrument = fields.instrument.get();
        if before.is_some_and(|before| before != instrument) {
            fields.measure.set(asked(desk.instrument(&instrument)));
        }
        instrument
    });
    // The keys begin at the first question, past the fields that are right most of the time.
    let first = untrack(|| desk.instrument("phq9"))
        .and_then(|d| d.items.first())
        .map(|item| format!("phq9-{}", item.id));
    if let Some(first) = first {
        browser::focus_soon(first);
    }
    let errors = FormErrors::new();
    let ask = AskOnce::new();
    let scoring = StoredValue::new(place.view.with_untracked(|view| scoring_context(view)));
    let intent = Callback::new(move |()| match untrack(|| read(fields, desk)) {
        Ok(fact) => {
            let definition = untrack(|| desk.instrument(&fields.instrument.get()));
            let typed = fields.measure.get_untracked();
            let open = definition.and_then(|definition| typed.left_open(definition, &scoring.get_value()));
            if !ask.may_save(errors, open.into_iter().collect()) {
                return None;
            }
            let form = Intent::Record {
                chart: place.chart,
                facts: vec![fact],
            };
            let begun = fields.measure.with_untracked(|typed| typed.begun);
            Some(finishing(form, begun.into_iter().collect()))
        }
        Err(wrong) => {
            errors.set(to_errors(wrong));
            None
        }
    });
    let chart = place.chart;
    let opened = Callback::new(move |saved: crate::registry::Saved| {
        if let Some(concern) = saved.concerns.first() {
            router.go(Route::Safety(chart, *concern));
        }
    });
    let hows = vec![
        (Taken::Remotely, "Asked by phone or video".to_owned()),
        (Taken::InPerson, "Asked in person".to_owned()),
        (Taken::Device, "Filled in on a device".to_owned()),
        (Taken::Paper, "On paper".to_owned()),
    ];
    let context = StoredValue::new(place.view.with_untracked(|view| scoring_context(view)));
    let entry = move || {
        let id = fields.instrument.get();
        let definition = desk.instrument(&id)?;
        Some(view! { <MeasureEntry id=id definition value=fields.measure context=context.get_value()/> })
    };
    view! {
        <IntentForm title="Measure" deed="Measure recorded" save="Save measure" errors intent on_close=place.close on_saved=opened>
            <div class="fields">
                <Select id="instrument" label="Instrument" options=Signal::stored(instruments(desk)) value=fields.instrument/>
                <DateField id="measure-day" label="Day" value=fields.day max=today_text(desk)/>
                <TimeField id="measure-time" label="Time" value=fields.time/>
            </div>
            <Choice id="how-taken" legend="Where and how" options=hows value=fields.how/>
            <SameDay fields view=place.view/>
            {entry}
        </IntentForm>
    }
}

/// When and how it is taken, as far as the form says; now, where it doesn't.
fn taken_at(fields: Fields, desk: Desk) -> (When, Taken) {
    let day = read_day("measure-day", "the day", &fields.day.get(), Some(desk.today().get()));
    let at = day.and_then(|day| read_when("measure-time", day, &fields.time.get(), desk.zone()));
    let how = fields.how.get().unwrap_or(Taken::Remotely);
    (at.unwrap_or_else(|_wrong: Wrong| When::At(desk.instant())), how)
}

/// That there is one of that day already, and which of the two counts.
#[component]
fn SameDay(fields: Fields, view: Signal<Arc<PatientView>>) -> impl IntoView {
    let words = move || {
        let day: Day = fields.day.get().parse().ok()?;
        let instrument = fields.instrument.get();
        let begun = fields.measure.with(|typed| typed.begun);
        view.with(|view| same_day(view, &instrument, day, begun))
    };
    move || words().map(|words| view! { <p class="hint same-day" role="status">{words}</p> })
}

fn asked(definition: Option<&Definition>) -> MeasureTyped {
    definition.map_or_else(MeasureTyped::default, MeasureTyped::asked)
}

/// All instruments with their titles; the two of the programme first, then the clinic's own.
fn instruments(desk: Desk) -> Vec<(String, String)> {
    let line = |definition: &Definition| {
        let words = match definition.title == definition.short_title {
            true => definition.title.clone(),
            false => format!("{}, {}", definition.short_title, definition.title),
        };
        (definition.id.as_str().to_owned(), words)
    };
    untrack(|| desk.offered()).into_iter().map(line).collect()
}

fn read(fields: Fields, desk: Desk) -> Result<Fact, Vec<Wrong>> {
    let mut reading = Reading::default();
    let today = desk.today().get();
    let day = reading.take(read_day("measure-day", "the day", &fields.day.get(), Some(today)));
    let at: Option<When> =
        day.and_then(|day| reading.take(read_when("measure-time", day, &fields.time.get(), desk.zone())));
    let instrument = fields.instrument.get();
    let how = fields.how.get().unwrap_or(Taken::Remotely);
    let definition = reading.chosen(desk.instrument(&instrument), "instrument", "Choose an instrument");
    let (Some(at), Some(definition)) = (at, definition) else {
        return reading.finish(None);
    };
    let declined = reading.take(fields.measure.get().read_declined(definition, &instrument, at));
    match declined {
        None => return reading.finish(None),
        Some(Some(declined)) => return reading.finish(Some(Fact::Declined(declined))),
        Some(None) => {}
    }
    let taken = fields.measure.get().read(definition, &instrument, at, how)?;
    let way = format!("{instrument}-way");
    let taken = reading.chosen(taken, &way, "Choose how the measure is entered");
    reading.finish(taken.map(Fact::Assessment))
}
