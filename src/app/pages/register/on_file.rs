//! Who is on file already and may be the patient who is about to be registered.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Fields, parse_birth};
use crate::app::components::{Check, Notice, Tone};
use crate::app::format;
use crate::app::route::Route;
use crate::app::state::Desk;
use crate::app::typed::text;
use crate::care::{self, Somebody};
use crate::journal::ChartId;
use crate::registry::{FoundPatient, Request, Response};

/// Patients of a like name, the same birth date, MRN or telephone number, asked for while these are typed.
pub fn follow_alike(desk: Desk, fields: Fields) -> RwSignal<Vec<FoundPatient>> {
    let alike = RwSignal::new(Vec::new());
    let turn = StoredValue::new(0_u32);
    crate::app::effects::effect(move |_| {
        let (given, family) = (fields.given.get(), fields.family.get());
        let somebody = Somebody {
            given,
            family,
            preferred: None,
            birth: parse_birth(&fields.birth.get()),
            mrn: text(&fields.mrn.get()),
            phone: text(&fields.phone.get()),
        };
        let now = turn.get_value() + 1;
        turn.set_value(now);
        let is_named = !somebody.given.trim().is_empty() && !somebody.family.trim().is_empty();
        if !is_named && somebody.mrn.is_none() && somebody.phone.is_none() {
            alike.set(Vec::new());
            return;
        }
        spawn_local(async move {
            let found = desk.ask(Request::Alike(somebody)).await;
            if turn.try_get_value() == Some(now)
                && let Ok(Response::Found(found)) = found
            {
                alike.set(found);
            }
        });
    });
    alike
}

/// Who is on file and is probably this person.
pub fn likely(alike: &[FoundPatient]) -> impl Iterator<Item = &FoundPatient> {
    let is_likely = |found: &&FoundPatient| found.alike.is_some_and(care::Alike::is_likely_one_person);
    alike.iter().filter(is_likely)
}

/// The id of its "It is somebody else".
pub fn not_this_id(chart: ChartId) -> String {
    format!("not-this-{chart}")
}

/// Who is on file with this MRN, or with this name and birth date: one opens that record, or says that it is somebody
/// else, before a second record can be made.
#[component]
pub fn OnFile(alike: RwSignal<Vec<FoundPatient>>, not_these: RwSignal<BTreeSet<ChartId>>) -> impl IntoView {
    let found = Memo::new(move |_| alike.with(|alike| likely(alike).cloned().collect::<Vec<_>>()));
    let line = move |found: FoundPatient| {
        let chart = found.chart;
        let ticked = RwSignal::new(not_these.with_untracked(|charts| charts.contains(&chart)));
        crate::app::effects::effect(move |_| {
            let is_ticked = ticked.get();
            not_these.update(|charts| {
                if is_ticked {
                    charts.insert(chart);
                } else {
                    charts.remove(&chart);
                }
            });
        });
        view! {
            <li>
                <p>{found.on_file_words()}", "{found.status.clone()}". "
                    <a href=Route::Patient(chart).href()>"Open that record"</a>
                </p>
                <Check id=not_this_id(chart) label="It is somebody else" value=ticked/>
            </li>
        }
    };
    move || {
        let found = found.get();
        (!found.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Error title="On file already. Is it the same person?">
                    <ul class="on-file">{found.into_iter().map(line).collect_view()}</ul>
                </Notice>
            }
        })
    }
}

/// Who is here already and may be the same person. It warns and never stands in the way.
#[component]
pub fn Alike(alike: RwSignal<Vec<FoundPatient>>) -> impl IntoView {
    let line = |found: FoundPatient| {
        let birth = found.birth.map_or_else(
            || "birth date unknown".to_owned(),
            |birth| format!("born {}", format::plain_day(birth)),
        );
        let mrn = found.mrn.map(|mrn| format!(", MRN {mrn}"));
        view! {
            <li>
                <a href=Route::Patient(found.chart).href()>{found.name}</a>
                ", "{birth}{mrn}", "{found.status}
                {found.alike.map(|alike| format!(": {}", alike.word()))}
            </li>
        }
    };
    move || {
        let mut found = alike.get();
        found.retain(|found| !found.alike.is_some_and(care::Alike::is_likely_one_person));
        (!found.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Warning title="Is it one of these? They are here already.">
                    <ul>{found.into_iter().map(line).collect_view()}</ul>
                </Notice>
            }
        })
    }
}
