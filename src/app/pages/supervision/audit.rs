//! The audit of records: drawn at random by a number that is kept, prefilled from the record, answered, saved, compared.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::browser;
use crate::app::components::{
    Button, ButtonKind, DateField, DayText, EmptyState, FailureNotice, Form, FormErrors, NumberField, Select, Submit,
    TextField,
};
use crate::app::format::{self, plain_day};
use crate::app::pages::common::{Reading, new_thing, to_errors};
use crate::app::route::{Route, from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, text};
use crate::care::intent::Intent;
use crate::journal::facts::{AuditAnswer, AuditFinding, AuditedRecord, RecordAudit};
use crate::journal::{ChartId, Day, Fact, ThingId};
use crate::registry::{AuditLine, DrawQuery, DrawView, DrawnRecord, Failure, Request, Response, SupervisionView};

/// Records of one audit, unless fewer are there.
const RECORDS: u32 = 10;

/// The answers with their words.
pub(super) const ANSWERS: [(AuditAnswer, &str); 3] = [
    (AuditAnswer::Yes, "Yes"),
    (AuditAnswer::No, "No"),
    (AuditAnswer::NotApplicable, "Not applicable"),
];

/// What is answered of one item of one record.
#[derive(Clone)]
struct Cell {
    chart: ChartId,
    item: String,
    shown: String,
    answer: RwSignal<String>,
    note: RwSignal<String>,
}

/// The draw that is answered, with its fields.
#[derive(Clone)]
struct Drawn {
    query: DrawQuery,
    view: Arc<DrawView>,
    cells: Arc<Vec<Cell>>,
}

impl Drawn {
    fn of(query: DrawQuery, view: DrawView) -> Self {
        let of_record = |record: &DrawnRecord| {
            let chart = record.chart;
            let cell = move |(item, answer, shown): &(String, Option<AuditAnswer>, String)| Cell {
                chart,
                item: item.clone(),
                shown: shown.clone(),
                answer: RwSignal::new(answer.map(word).unwrap_or_default()),
                note: RwSignal::new(String::new()),
            };
            record.found.iter().map(cell).collect::<Vec<Cell>>()
        };
        let cells = view.records.iter().flat_map(of_record).collect();
        Self {
            query,
            view: Arc::new(view),
            cells: Arc::new(cells),
        }
    }
}

/// Audits: a new one, and those that were made.
#[component]
pub fn Audits(
    /// The page.
    view: Signal<Arc<SupervisionView>>,
) -> impl IntoView {
    let drawn = RwSignal::new(None::<Drawn>);
    let opened = RwSignal::new(None::<ThingId>);
    let shown = Memo::new(move |_| {
        let which = opened.get()?;
        view.with(|view| view.audits.iter().find(|line| line.audit.audit == which).cloned())
    });
    let all = move || {
        view! {
            <section aria-labelledby="audit">
                <h2 id="audit">"Audit of records"</h2>
                <Show when=move || drawn.with(Option::is_none)><Draw drawn/></Show>
                {move || drawn.get().map(|one| view! { <Answering one drawn/> })}
            </section>
            <Earlier view opened/>
        }
    };
    // One that is opened stands alone, so that a print has nothing else.
    move || match shown.get() {
        Some(line) => view! { <super::kept::Kept line opened/> }.into_any(),
        None => all().into_any(),
    }
}

/// Which records are drawn.
#[component]
fn Draw(drawn: RwSignal<Option<Drawn>>) -> impl IntoView {
    let desk = use_desk();
    let seed = RwSignal::new(new_seed().map(|seed| seed.to_string()).unwrap_or_default());
    let (from, until) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, errors) = (RwSignal::new(false), FormErrors::new());
    let failed = RwSignal::new(None::<Failure>);
    let draw = move |()| {
        errors.clear();
        let mut reading = Reading::default();
        let number = format::parse_whole(&seed.get_untracked(), "The number of the draw", 0..=u32::MAX);
        let number = reading.take(number.map_err(|text| Wrong::new("audit-seed", text)));
        let from = reading.maybe_day(&from.get_untracked(), "audit-from", "the first day");
        let until = reading.maybe_day(&until.get_untracked(), "audit-until", "the last day");
        let period = match (from, until) {
            (Some(from), Some(until)) if until < from => {
                reading.chosen(None::<(Day, Day)>, "audit-until", "The last day lies before the first")
            }
            (Some(from), until) => Some((from, until.unwrap_or(desk.today().get_untracked()))),
            (None, Some(_)) => reading.chosen(None, "audit-from", "Enter the first day, too"),
            (None, None) => None,
        };
        let query = match reading.finish(number) {
            Ok(seed) => DrawQuery {
                seed,
                count: RECORDS,
                period,
            },
            Err(wrong) => return errors.set(to_errors(wrong)),
        };
        busy.set(true);
        spawn_local(async move {
            let result = desk.ask(Request::Draw(query.clone())).await;
            let _gone = busy.try_set(false);
            match result {
                Ok(Response::Draw(view)) => {
                    let _gone = drawn.try_set(Some(Drawn::of(query, *view)));
                }
                Ok(_) => {}
                Err(failure) => {
                    let _gone = failed.try_set(Some(failure));
                }
            }
        });
    };
    view! {
        <p>"Ten records are drawn at random. The number below is kept with the audit: the same number draws the same records of the same list."</p>
        {move || failed.get().map(|failure| view! { <FailureNotice failure/> })}
        <Form errors on_submit=Callback::new(draw) label="Draw records">
            <div class="fields">
                <NumberField id="audit-seed" label="Number of the draw" value=seed/>
                <DateField id="audit-from" label="Active from (optional)" value=from/>
                <DateField id="audit-until" label="Active until (optional)" value=until/>
            </div>
            <div class="actions"><Submit busy busy_words="Drawing\u{2026}">"Draw ten records"</Submit></div>
        </Form>
    }
}

fn new_seed() -> Option<u32> {
    let mut bytes = [0; 4];
    browser::fill_random(&mut bytes).then(|| u32::from_le_bytes(bytes))
}

/// The records that were drawn, with the checklist.
#[component]
fn Answering(one: Drawn, drawn: RwSignal<Option<Drawn>>) -> impl IntoView {
    let desk = use_desk();
    let (busy, errors) = (RwSignal::new(false), FormErrors::new());
    let kept = one.clone();
    let save = move |()| {
        errors.clear();
        match read(&kept, desk.today().get_untracked()) {
            Ok(audit) => {
                busy.set(true);
                let intent = Intent::Office(vec![Fact::from(audit)]);
                desk.submit(intent, "Audit saved", move |result| {
                    let _gone = busy.try_set(false);
                    match result {
                        Ok(_) => {
                            let _gone = drawn.try_set(None);
                        }
                        Err(failure) => errors.set_whole(failure.to_string()),
                    }
                });
            }
            Err(wrong) => errors.set(to_errors(wrong)),
        }
    };
    let (pool, seed) = (one.view.pool, one.query.seed);
    let said = format!(
        "{} of {pool} records, drawn by the number {seed}",
        one.view.records.len()
    );
    let is_empty = one.view.records.is_empty();
    let records = one.view.records.iter().enumerate().map(|(at, record)| {
        let cells: Vec<Cell> = one
            .cells
            .iter()
            .filter(|cell| cell.chart == record.chart)
            .cloned()
            .collect();
        view! { <Record at record=record.clone() cells items=one.view.items.clone()/> }
    });
    let records = records.collect_view();
    view! {
        <p class="counts"><strong>{said}</strong></p>
        <p class="hint">"What the record tells by itself is filled in, with its numbers; read the rest in the record. Every answer can be changed."</p>
        <Form errors on_submit=Callback::new(save) label="Audit">
            {records}
            <div class="actions">
                {(!is_empty).then(|| view! { <Submit busy>"Save the audit"</Submit> })}
                <Button kind=ButtonKind::Quiet on_press=move |()| drawn.set(None)>"Throw this draw away"</Button>
            </div>
        </Form>
    }
}

#[component]
fn Record(at: usize, record: DrawnRecord, cells: Vec<Cell>, items: Vec<(String, String, String)>) -> impl IntoView {
    let options: Vec<(String, String)> = std::iter::once((String::new(), "Choose".to_owned()))
        .chain(
            ANSWERS
                .iter()
                .map(|(answer, words)| (word(*answer), (*words).to_owned())),
        )
        .collect();
    let rows = cells.into_iter().enumerate().map(|(n, cell)| {
        let (question, source) = items
            .iter()
            .find(|(name, ..)| *name == cell.item)
            .map(|(_, question, source)| (question.clone(), source.clone()))
            .unwrap_or_default();
        view! {
            <div class="audit-item">
                <Select id=answer_id(at, n) label=question options=Signal::stored(options.clone()) value=cell.answer hint=cell.shown/>
                <TextField id=format!("audit-{at}-{n}-note") label="Note" value=cell.note/>
                <p class="hint">{source}</p>
            </div>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="supervised" aria-label=record.name.clone()>
            <h3><a class="name" href=Route::Patient(record.chart).href()>{record.name.clone()}</a>" "<span class="hint">{record.about.clone()}</span></h3>
            {rows}
        </section>
    }
}

fn answer_id(record: usize, item: usize) -> String {
    format!("audit-{record}-{item}")
}

fn read(one: &Drawn, today: Day) -> Result<RecordAudit, Vec<Wrong>> {
    let audit = new_thing()?;
    let mut wrong = Vec::new();
    let mut records: Vec<AuditedRecord> = Vec::new();
    for (at, record) in one.view.records.iter().enumerate() {
        let mut items = BTreeMap::new();
        for (n, cell) in one.cells.iter().filter(|cell| cell.chart == record.chart).enumerate() {
            match from_word(&cell.answer.get_untracked()) {
                Some(answer) => {
                    let finding = AuditFinding {
                        answer,
                        shown: text(&cell.shown),
                        note: text(&cell.note.get_untracked()),
                    };
                    items.insert(cell.item.clone(), finding);
                }
                None => wrong.push(Wrong::new(
                    answer_id(at, n),
                    format!("Choose an answer for {}", record.name),
                )),
            }
        }
        records.push(AuditedRecord {
            chart: record.chart,
            items,
        });
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(RecordAudit {
        audit,
        day: today,
        seed: one.query.seed,
        period: one.query.period,
        pool: one.view.pool,
        checklist: one.view.checklist.clone(),
        records,
    })
}

/// Audits that were made, side by side, the latest first.
#[component]
fn Earlier(view: Signal<Arc<SupervisionView>>, opened: RwSignal<Option<ThingId>>) -> impl IntoView {
    let audits = move || view.with(|view| view.audits.clone());
    view! {
        <section aria-labelledby="audits">
            <h2 id="audits">"Audits made"</h2>
            <Show when=move || view.with(|view| !view.audits.is_empty()) fallback=|| view! {
                <EmptyState title="No audit was saved yet.">""</EmptyState>
            }>
                <div class="alerts-scroll" role="region" aria-label="Audits" tabindex="0">{move || compared(&audits(), opened)}</div>
            </Show>
        </section>
    }
}

/// A table of the items, a column an audit: yes of those to whom it applies.
fn compared(audits: &[AuditLine], opened: RwSignal<Option<ThingId>>) -> AnyView {
    let heads = audits.iter().map(|line| {
        let drawn = format!(
            "{} of {} records, number {}",
            line.audit.records.len(),
            line.audit.pool,
            line.audit.seed
        );
        let which = line.audit.audit;
        let says = format!(
            "Open the audit of {} by {}, number {}",
            plain_day(line.audit.day),
            line.by,
            line.audit.seed
        );
        view! {
            <th scope="col">
                <DayText day=line.audit.day/>", "{line.by.clone()}<br/><span class="hint">{drawn}</span><br/>
                <Button kind=ButtonKind::Quiet says on_press=move |()| opened.set(Some(which))>"Open"</Button>
            </th>
        }
    });
    let heads = heads.collect_view();
    let row = |item: &crate::care::fidelity::Item| {
        let cells = audits.iter().map(|line| {
            let found = line.totals.iter().find(|(name, ..)| name == item.name);
            let words = match found {
                Some((_, 0, 0, none)) => format!("\u{2013} ({none} not applicable)"),
                Some((_, yes, no, 0)) => format!("{yes} of {}", yes + no),
                Some((_, yes, no, none)) => format!("{yes} of {} ({none} not applicable)", yes + no),
                None => "\u{2013} (not asked)".to_owned(),
            };
            view! { <td>{words}</td> }
        });
        view! { <tr><th scope="row">{item.question}</th>{cells.collect_view()}</tr> }
    };
    let rows = crate::care::fidelity::ITEMS.iter().map(row).collect_view();
    view! {
        <table class="data">
            <caption class="visually-hidden">"Audits compared: yes, of the records to which an item applies"</caption>
            <thead><tr><th scope="col">"Item"</th>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
