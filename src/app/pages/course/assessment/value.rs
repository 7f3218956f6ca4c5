//! Dated values: blood pressure, A1c, weight, others; the last five each, with target.

use std::sync::Arc;

use leptos::prelude::*;

use super::target::{TargetFields, TargetView};
use crate::app::components::{Choice, DateField, StatusKind, StatusTag, TextField, TimeField, WhenText, Width};
use crate::app::pages::common::{QuickForm, Reading, Written, today_text};
use crate::app::pages::course::boxes::{PlanBox, shows};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, read_when, text};
use crate::journal::facts::{DatedValue, ValueKind, ValueTarget};
use crate::journal::{ChartId, Fact, read_value};
use crate::registry::{LearnedView, ValueTable};

/// Kinds with their words, units and an example.
const KINDS: [(ValueKind, &str, &str, &str); 4] = [
    (ValueKind::BloodPressure, "Blood pressure", "mmHg", "such as 128/82"),
    (ValueKind::A1c, "A1c", "%", "such as 7.2"),
    (ValueKind::Weight, "Weight", "lb", "such as 182.5"),
    (ValueKind::Other, "Another value", "", "a number, such as 0.8"),
];

/// The tables, and the form of a new value.
#[component]
pub fn ValuesBox(
    /// Whose record.
    chart: ChartId,
    /// What is known.
    known: Signal<Arc<LearnedView>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let tables = move || known.with(|known| known.values.clone());
    view! {
        <PlanBox id="values" title="Blood pressure, A1c, weight, others" add=(shows(open), "Add a value")>
            <Show when=move || open.get()><ValueForm chart known on_close=move |()| open.set(false)/></Show>
            {move || {
                let tables = tables();
                match tables.is_empty() {
                    true => view! { <p class="hint">"None on record."</p> }.into_any(),
                    false => tables.into_iter().map(|table| view! { <Table table/> }).collect_view().into_any(),
                }
            }}
        </PlanBox>
    }
}

#[component]
fn Table(table: ValueTable) -> impl IntoView {
    let ValueTable {
        name,
        age,
        rows,
        at_target,
        all,
    } = table;
    let shown = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let older = (shown < all).then(|| format!(" The last {shown} of {all}."));
    let row = |(value, at): (DatedValue, Option<bool>)| {
        let unit = value.unit.map(|unit| format!(" {unit}"));
        let target = value.target.as_ref().map(target_words);
        let standing = match at {
            Some(true) => view! { <StatusTag kind=StatusKind::AtTarget/> }.into_any(),
            Some(false) => view! { <StatusTag kind=StatusKind::Overdue words="Not at target"/> }.into_any(),
            None => view! { <span class="hint">"no target"</span> }.into_any(),
        };
        view! { <tr><td><WhenText when=value.at/></td><td>{value.value}{unit}</td><td>{target}</td><td>{standing}</td></tr> }
    };
    let rows = rows.into_iter().zip(at_target).map(row).collect_view();
    view! {
        <table class="data list">
            <caption>{name}<span class="hint">", last "{age}.{older}</span></caption>
            <thead><tr><th scope="col">"Day"</th><th scope="col">"Value"</th><th scope="col">"Target"</th><th scope="col">"Standing"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn target_words(target: &ValueTarget) -> String {
    match target {
        ValueTarget::Below { value } => format!("below {value}"),
        ValueTarget::Above { value } => format!("above {value}"),
        ValueTarget::Between { low, high } => format!("{low} to {high}"),
    }
}

#[component]
fn ValueForm(chart: ChartId, known: Signal<Arc<LearnedView>>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let empty = || RwSignal::new(String::new());
    let (kind, name, value, unit, time) = (RwSignal::new(None::<ValueKind>), empty(), empty(), empty(), empty());
    let day = RwSignal::new(today_text(desk));
    let target = TargetFields::new();
    // The unit and the target of the last value of the kind are offered again.
    crate::app::effects::effect(move |_| {
        let Some(chosen) = kind.get() else { return };
        let Some((_, title, usual, _)) = KINDS.iter().find(|(kind, ..)| *kind == chosen) else {
            return;
        };
        known.with_untracked(|known| {
            let table = known.values.iter().find(|table| table.name == *title);
            let last = table.and_then(|table| table.rows.first());
            target.set(last.and_then(|last| last.target.as_ref()));
            let before = last.and_then(|last| last.unit.clone());
            unit.set(before.unwrap_or_else(|| (*usual).to_owned()));
        });
    });
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let what = reading.chosen(kind.get_untracked(), "value-kind", "Choose what was measured");
        let today = desk.today().get_untracked();
        let day = reading.past(&day.get_untracked(), "value-day", "the day", today);
        let zone = untrack(|| desk.zone());
        let at = day.and_then(|day| reading.take(read_when("value-time", day, &time.get_untracked(), zone)));
        let title = what.and_then(|what| match what {
            ValueKind::Other => reading.text(&name.get_untracked(), "value-name", "Enter what was measured"),
            known => KINDS
                .iter()
                .find(|(kind, ..)| *kind == known)
                .map(|(_, title, ..)| (*title).to_owned()),
        });
        let typed = value.get_untracked().trim().to_owned();
        let read = what.and_then(|what| {
            let wrong = |error: crate::journal::ShapeError| Wrong::new("value-value", format!("The value {error}"));
            reading.take(read_value(what, &typed).map(|_| typed.clone()).map_err(wrong))
        });
        let target = what.and_then(|what| target.read(&mut reading, what));
        let unit = text(&unit.get_untracked());
        let fact = title.zip(read).zip(at).map(|((name, value), at)| {
            Fact::DatedValue(DatedValue {
                name,
                value,
                unit,
                at,
                what,
                target,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let options: Vec<(ValueKind, String)> = KINDS
        .iter()
        .map(|(kind, title, ..)| (*kind, (*title).to_owned()))
        .collect();
    let other = move || kind.get() == Some(ValueKind::Other);
    let example = move || {
        let found = KINDS.iter().find(|(known, ..)| Some(*known) == kind.get());
        found.map(|(_, _, _, example)| *example)
    };
    view! {
        <QuickForm chart title="Value" deed="Value recorded" save="Save value" read on_close>
            <Choice id="value-kind" legend="What was measured" options value=kind/>
            <div class="fields">
                <Show when=other><TextField id="value-name" label="Its name" value=name/></Show>
                <TextField id="value-value" label="Value" value=value width=Width::Short/>
                <TextField id="value-unit" label="Unit" value=unit width=Width::Short/>
                <DateField id="value-day" label="Day" value=day max=today_text(desk)/>
                <TimeField id="value-time" label="Time, if known" value=time/>
            </div>
            <p class="hint">{example}</p>
            <TargetView fields=target/>
        </QuickForm>
    }
}
