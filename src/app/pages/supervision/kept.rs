//! An audit that was saved, as it was answered: to read again and to print.

use leptos::prelude::*;

use super::audit::ANSWERS;
use crate::app::browser;
use crate::app::components::{Button, ButtonKind, Icon, IconName};
use crate::app::format::{self, plain_day};
use crate::app::route::Route;
use crate::care::fidelity::ITEMS;
use crate::journal::ThingId;
use crate::journal::facts::{AuditAnswer, AuditFinding, AuditedRecord};
use crate::registry::AuditLine;

/// The id of its heading, which takes the focus when it opens.
const HEADING: &str = "kept-audit";

/// One audit, every record with its answers.
#[component]
pub fn Kept(
    /// The audit.
    line: AuditLine,
    /// Which audit is opened.
    opened: RwSignal<Option<ThingId>>,
) -> impl IntoView {
    request_animation_frame(|| browser::focus(HEADING));
    let AuditLine {
        audit,
        by,
        names,
        totals,
    } = line;
    let period = audit
        .period
        .map(|(from, until)| format!(", active between {} and {}", plain_day(from), plain_day(until)));
    let drawn = format!(
        "{} of {} drawn by the number {}{}. {}.",
        audit.records.len(),
        format::count(audit.pool.into(), "record", "records"),
        audit.seed,
        period.unwrap_or_default(),
        audit.checklist,
    );
    let answered = |wanted: AuditAnswer| -> u32 {
        totals
            .iter()
            .map(|(_, yes, no, none)| match wanted {
                AuditAnswer::Yes => *yes,
                AuditAnswer::No => *no,
                AuditAnswer::NotApplicable => *none,
            })
            .sum()
    };
    let (yes, no) = (answered(AuditAnswer::Yes), answered(AuditAnswer::No));
    let sum = format!("Yes {yes} of the {} answers that apply.", yes + no);
    let records = audit
        .records
        .iter()
        .zip(names)
        .map(|(record, name)| one(record, name))
        .collect_view();
    view! {
        <article class="kept-audit" aria-labelledby=HEADING>
            <h2 id=HEADING tabindex="-1">{format!("Audit of {}, by {by}", plain_day(audit.day))}</h2>
            <p>{drawn}" "<strong>{sum}</strong></p>
            <div class="actions no-print">
                <Button on_press=|()| browser::print()><Icon name=IconName::Print/>"Print this audit"</Button>
                <Button kind=ButtonKind::Quiet on_press=move |()| opened.set(None)>"Back to all audits"</Button>
            </div>
            {records}
        </article>
    }
}

fn one(record: &AuditedRecord, (name, about): (String, String)) -> impl IntoView + use<> {
    let known = ITEMS.iter().filter_map(|item| {
        let finding = record.items.get(item.name)?;
        Some((item.question.to_owned(), finding.clone()))
    });
    // Of a checklist that this page doesn't know: by the item's own name.
    let other = record
        .items
        .iter()
        .filter(|(name, _)| ITEMS.iter().all(|item| item.name != name.as_str()));
    let other = other.map(|(name, finding)| (name.clone(), finding.clone()));
    let rows: Vec<_> = known.chain(other).map(row).collect();
    let (label, section) = (format!("Answers about {name}"), name.clone());
    view! {
        <section class="supervised" aria-label=section>
            <h3><a class="name" href=Route::Patient(record.chart).href()>{name}</a>" "<span class="hint">{about}</span></h3>
            <div class="alerts-scroll" role="region" aria-label=label tabindex="0">
                <table class="data">
                    <thead><tr>
                        <th scope="col">"Item"</th><th scope="col">"Answer"</th><th scope="col">"The record showed"</th><th scope="col">"Note"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn row((question, finding): (String, AuditFinding)) -> impl IntoView {
    let answer = ANSWERS.iter().find(|(answer, _)| *answer == finding.answer);
    let class = (finding.answer == AuditAnswer::No).then_some("answered-no");
    view! {
        <tr>
            <th scope="row">{question}</th>
            <td class=class>{answer.map(|(_, words)| *words)}</td>
            <td>{finding.shown}</td>
            <td class="prose-line">{finding.note}</td>
        </tr>
    }
}
