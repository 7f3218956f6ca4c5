//! Planning a coverage: who, from when to when, which patients, and the sheet of what falls due meanwhile.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cover_sheet::CoverSheet;
use super::coverage::Outcome;
use super::protect::Protection;
use crate::app::browser;
use crate::app::components::{Button, ButtonKind, Choice, DateField, Form, FormErrors, IconName, Select, Submit};
use crate::app::format;
use crate::app::pages::common::{Reading, to_errors};
use crate::app::pages::search::PatientSearch;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::read_day;
use crate::care::intent::{Intent, TeamChange};
use crate::journal::{ChartId, Day, PersonId};
use crate::registry::{CoverRow, CoverageQuery, CoverageView, Failure, FoundPatient, Request, Response, Scope};

/// Days that are proposed.
const PROPOSED: i64 = 14;

/// Which patients go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// All of one's own.
    Mine,
    /// Those with a safety item, or with something late or due by the last day.
    Due,
    /// Those that are ticked.
    Ticked,
}

/// The form and the sheet.
#[component]
pub(super) fn Plan(
    /// What falls due.
    view: Signal<Arc<CoverageView>>,
    /// What is asked for: the days and the patients beside the own ones.
    query: RwSignal<CoverageQuery>,
    /// What became of it.
    outcome: Outcome,
    /// Whether this is shown.
    planning: RwSignal<bool>,
) -> impl IntoView {
    let desk = use_desk();
    let today = desk.today().get_untracked();
    let by = RwSignal::new(String::new());
    let from = RwSignal::new(today.to_string());
    let until = RwSignal::new(today.plus(PROPOSED).to_string());
    let who = RwSignal::new(Some(Who::Mine));
    let ticked = RwSignal::new(Vec::<ChartId>::new());
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let protection = Protection::of_page();
    crate::app::effects::effect(move |_| {
        let (from, until) = (from.get().parse::<Day>().ok(), until.get().parse::<Day>().ok());
        query.update(|query| (query.from, query.until) = (from, until));
    });
    let rows = Memo::new(move |_| {
        let who = who.get();
        let goes = |row: &&CoverRow| match who {
            Some(Who::Ticked) => ticked.with(|ticked| ticked.contains(&row.line.chart)),
            Some(Who::Due) => !row.line.safety.is_empty() || !row.line.due.is_empty(),
            Some(Who::Mine) | None => true,
        };
        view.with(|view| {
            view.patients
                .iter()
                .filter(|row| row.out.is_none())
                .filter(goes)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let lines = Signal::derive(move || rows.with(|rows| rows.iter().map(|row| row.line.clone()).collect::<Vec<_>>()));
    let people = Signal::derive(move || {
        let people = view.with(|view| view.people.clone());
        let named = people.into_iter().map(|(person, name)| (person.to_string(), name));
        std::iter::once((String::new(), "Choose".to_owned()))
            .chain(named)
            .collect::<Vec<_>>()
    });
    let submit = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        if let Err(failure) = protection.check() {
            return errors.set_whole(failure.to_string());
        }
        let charts: Vec<ChartId> = rows.with_untracked(|rows| rows.iter().map(|row| row.line.chart).collect());
        match read(
            &by.get_untracked(),
            &from.get_untracked(),
            &until.get_untracked(),
            &charts,
        ) {
            Ok(change) => go(
                desk,
                charts,
                change,
                Going {
                    protection,
                    errors,
                    busy,
                    outcome,
                    planning,
                },
            ),
            Err(wrong) => errors.set(to_errors(wrong)),
        }
    });
    let held = move || rows.with(|rows| rows.iter().map(|row| row.held).sum::<u32>());
    let options = vec![
        (Who::Mine, "All my patients".to_owned()),
        (
            Who::Due,
            "Those with a safety item, or something late or due by the last day".to_owned(),
        ),
        (Who::Ticked, "Those that I choose".to_owned()),
    ];
    view! {
        <div class="no-print">
            <Form errors on_submit=submit label="Plan a coverage">
                <div class="fields">
                    <Select id="cover-by" label="Who covers" options=people value=by/>
                    <DateField id="cover-from" label="From" value=from/>
                    <DateField id="cover-until" label="Until, that day included" value=until/>
                </div>
                <Choice id="cover-who" legend="Which patients" options value=who stacked=true/>
                <Show when=move || who.get() == Some(Who::Ticked)><Ticks view query ticked/></Show>
                <p class="hint">
                    "The file holds each patient\u{2019}s whole record, the clinic\u{2019}s people, protocol and directory. Within the clinic\u{2019}s own team nothing is held back: "
                    {move || format::count(held().into(), "protected entry goes along.", "protected entries go along.")}
                </p>
                <div class="actions">
                    <Submit busy>"Hand over and save the file"</Submit>
                    <Button icon=IconName::Print on_press=|()| browser::print()>"Print the sheet"</Button>
                    <Button kind=ButtonKind::Quiet on_press=move |()| planning.set(false)>"Cancel"</Button>
                </div>
            </Form>
        </div>
        <CoverSheet heading=Signal::derive(move || heading(rows.with(Vec::len))) lines/>
    }
}

fn heading(patients: usize) -> String {
    format!(
        "What falls due: {}",
        format::count(patients as u64, "patient", "patients")
    )
}

/// A box for each of the own patients, and a search for others.
#[component]
fn Ticks(
    view: Signal<Arc<CoverageView>>,
    query: RwSignal<CoverageQuery>,
    ticked: RwSignal<Vec<ChartId>>,
) -> impl IntoView {
    let toggle = move |chart: ChartId| {
        ticked.update(|ticked| match ticked.contains(&chart) {
            true => ticked.retain(|other| *other != chart),
            false => ticked.push(chart),
        });
    };
    let line = move |row: CoverRow| {
        let chart = row.line.chart;
        let is_out = row.out.is_some();
        let where_it_is = row.out.map(|words| format!(", {words}")).unwrap_or_default();
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    disabled=is_out
                    prop:checked=move || ticked.with(|ticked| ticked.contains(&chart))
                    on:change=move |_| toggle(chart)
                />
                <span>{row.line.name}<span class="hint">" "{row.about}{where_it_is}</span></span>
            </label>
        }
    };
    // Made again only when patients come or go, so that a box keeps the focus while it is ticked.
    let names = Memo::new(move |_| {
        let mut rows = view.with(|view| view.patients.clone());
        rows.sort_by(|a, b| (&a.line.name, a.line.chart).cmp(&(&b.line.name, b.line.chart)));
        rows
    });
    let add = move |patient: FoundPatient| {
        query.update(|query| query.chosen.push(patient.chart));
        ticked.update(|ticked| ticked.push(patient.chart));
    };
    let listed =
        Signal::derive(move || view.with(|view| view.patients.iter().map(|row| row.line.chart).collect::<Vec<_>>()));
    view! {
        <fieldset class="field choices stacked">
            <legend>"Patients who go"</legend>
            <div class="options">{move || names.get().into_iter().map(line).collect_view()}</div>
        </fieldset>
        <PatientSearch id="cover-find" label="Add a patient of somebody else" verb="Add" left_out=listed on_pick=add/>
    }
}

fn read(by: &str, from: &str, until: &str, charts: &[ChartId]) -> Result<TeamChange, Vec<crate::app::typed::Wrong>> {
    let mut reading = Reading::default();
    let by: Option<PersonId> = reading.chosen(by.parse().ok(), "cover-by", "Choose who covers");
    let from = reading.take(read_day("cover-from", "the first day", from, None));
    let until = reading.take(read_day("cover-until", "the last day", until, None));
    let in_order = from.zip(until).filter(|(from, until)| from <= until);
    if from.is_some() && until.is_some() {
        reading.chosen(in_order, "cover-until", "The last day lies before the first");
    }
    reading.chosen(
        (!charts.is_empty()).then_some(()),
        "cover-who",
        "Nobody is on the list: choose patients",
    );
    reading.finish(
        by.zip(in_order)
            .map(|(by, (from, until))| TeamChange::SendOut { by, from, until }),
    )
}

/// What hears of how it goes.
#[derive(Clone, Copy)]
struct Going {
    protection: Protection,
    errors: FormErrors,
    busy: RwSignal<bool>,
    outcome: Outcome,
    planning: RwSignal<bool>,
}

/// Saves who covers whom, then makes the file.
fn go(desk: Desk, charts: Vec<ChartId>, change: TeamChange, going: Going) {
    going.busy.set(true);
    going.outcome.set(None);
    spawn_local(async move {
        let first = charts.first().copied();
        let intent = Intent::Team { charts, change };
        if let Err(failure) = desk.save(intent.into(), "Handed over".to_owned()).await {
            let _gone = going.busy.try_set(false);
            going.errors.set_whole(failure.to_string());
            return;
        }
        let made = make_file(desk, going.protection, first).await;
        let _gone = going.busy.try_set(false);
        let _gone = going.outcome.try_set(Some(made));
        let _gone = going.planning.try_set(false);
    });
}

/// The file of the coverage under which a patient is out.
async fn make_file(desk: Desk, protection: Protection, patient: Option<ChartId>) -> Result<String, Failure> {
    let asked = Request::Coverage(CoverageQuery {
        from: None,
        until: None,
        chosen: Vec::new(),
    });
    let Response::Coverage(view) = desk.ask(asked).await? else {
        return Err(Failure::Nothing);
    };
    let is_of = |out: &&crate::registry::OutView| out.patients.iter().any(|(chart, _)| Some(*chart) == patient);
    let coverage = view
        .out
        .iter()
        .find(is_of)
        .map(|out| out.coverage)
        .ok_or(Failure::Nothing)?;
    protection
        .save_file(desk, Request::Export(Scope::Coverage(coverage)))
        .await
}
