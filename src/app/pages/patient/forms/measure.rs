//! A measure alone: taken, or offered and not taken.

use leptos::prelude::*;

use super::Place;
use crate::app::components::{Choice, DateField, FormErrors, Select, TimeField};
use crate::app::pages::common::{IntentForm, Reading, time_text, to_errors, today_text};
use crate::app::pages::contact::form::scoring_context;
use crate::app::pages::contact::measure::MeasureEntry;
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::measure::{MeasureTyped, Way};
use crate::app::typed::{Wrong, read_day, read_when};
use crate::app::words::{DECLINES, options};
use crate::care::intent::Intent;
use crate::instruments::Definition;
use crate::journal::facts::{DeclineReason, Declined, Taken};
use crate::journal::{Fact, When};

/// Whether it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Was {
    Taken,
    NotTaken,
}

#[derive(Clone, Copy)]
struct Fields {
    instrument: RwSignal<String>,
    was: RwSignal<Option<Was>>,
    how: RwSignal<Option<Taken>>,
    day: RwSignal<String>,
    time: RwSignal<String>,
    measure: RwSignal<MeasureTyped>,
    reason: RwSignal<Option<DeclineReason>>,
}

#[component]
pub fn MeasureForm(place: Place) -> impl IntoView {
    let (desk, router) = (use_desk(), use_router());
    let fields = Fields {
        instrument: RwSignal::new("phq9".to_owned()),
        was: RwSignal::new(Some(Was::Taken)),
        how: RwSignal::new(Some(Taken::Remotely)),
        day: RwSignal::new(today_text(desk)),
        time: RwSignal::new(time_text(desk)),
        measure: RwSignal::new(asked(desk.instrument("phq9"))),
        reason: RwSignal::new(None),
    };
    // The answers of one instrument are no answers of another.
    crate::app::effects::effect(move |before: Option<String>| {
        let instrument = fields.instrument.get();
        if before.is_some_and(|before| before != instrument) {
            fields.measure.set(asked(desk.instrument(&instrument)));
        }
        instrument
    });
    let errors = FormErrors::new();
    let intent = Callback::new(move |()| match untrack(|| read(fields, desk)) {
        Ok(fact) => Some(Intent::Record {
            chart: place.chart,
            facts: vec![fact],
        }),
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
    let ways = vec![
        (Was::Taken, "Taken".to_owned()),
        (Was::NotTaken, "Offered, not taken".to_owned()),
    ];
    let hows = vec![
        (Taken::Remotely, "Asked by phone or video".to_owned()),
        (Taken::InPerson, "Asked in person".to_owned()),
        (Taken::Device, "Filled in on a device".to_owned()),
        (Taken::Paper, "On paper".to_owned()),
    ];
    let hows = StoredValue::new(hows);
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
            <Choice id="was" legend="It was" options=ways value=fields.was/>
            <Show
                when=move || fields.was.get() == Some(Was::Taken)
                fallback=move || view! {
                    <Choice id="decline" legend="Why not" options=options(DECLINES) value=fields.reason/>
                }
            >
                <Choice id="how-taken" legend="How" options=hows.get_value() value=fields.how/>
                {entry}
            </Show>
        </IntentForm>
    }
}

fn asked(definition: Option<&Definition>) -> MeasureTyped {
    let way = match definition.is_some_and(Definition::has_questions) {
        true => Way::Questions,
        false => Way::TotalOnly,
    };
    MeasureTyped {
        way,
        ..MeasureTyped::default()
    }
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
    if fields.was.get() == Some(Was::NotTaken) {
        let reason = reading.chosen(fields.reason.get(), "decline", "Say why it was not taken");
        let fact = at
            .zip(reason)
            .map(|(at, reason)| Fact::Declined(Declined { instrument, at, reason }));
        return reading.finish(fact);
    }
    let how = fields.how.get().unwrap_or(Taken::Remotely);
    let definition = reading.chosen(desk.instrument(&instrument), "instrument", "Choose an instrument");
    let (Some(at), Some(definition)) = (at, definition) else {
        return reading.finish(None);
    };
    let taken = fields.measure.get().read(definition, &instrument, at, how)?;
    let way = format!("{instrument}-way");
    let taken = reading.chosen(taken, &way, "Choose how the measure is entered");
    reading.finish(taken.map(Fact::Assessment))
}
