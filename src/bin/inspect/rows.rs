//! The caseload table.

use std::io::Write;

use caseload::care::{CaseloadRow, Kind, Point, SafetyMark, Scores, caseload_row};
use serde_json::{Value, json};

use crate::args::{Args, print};
use crate::book::Book;
use crate::problem::Problem;
use crate::words::{clock, status};

/// `caseload FILE --as-of DATE`: one row a patient, by name.
pub fn caseload(args: &Args, out: &mut dyn Write) -> Result<(), Problem> {
    let [path] = args.words()?;
    let day = args.as_of()?;
    let book = Book::open(path, args)?;
    let at = book.at(day);
    let mut sheets: Vec<_> = book.sheets.iter().filter(|sheet| !sheet.erased).collect();
    sheets.sort_by_key(|sheet| (sheet.list_name(), sheet.chart));
    let rows: Vec<Value> = sheets
        .iter()
        .map(|sheet| row(&book, &caseload_row(sheet, &at)))
        .collect();
    print(
        out,
        &json!({ "as_of": day, "zone": book.zone(), "protocol": at.protocol.label(), "rows": rows }),
    )
}

/// A patient's row.
pub fn row(book: &Book, row: &CaseloadRow) -> Value {
    let mut value = book.who(row.chart);
    let more = json!({
        "flag": row.flag.map(Kind::word),
        "status": row.status.map(status),
        "weeks": row.weeks,
        "phq9": scores(&row.phq9),
        "gad7": scores(&row.gad7),
        "contact_days": row.contact_days,
        "next_contact": row.next_contact,
        "contact_late": row.contact_late,
        "measure_late": row.measure_late,
        "last_review": row.last_review,
        "not_improving": row.not_improving,
        "why": row.why.as_ref().map(clock),
    });
    if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
        value.extend(more);
    }
    value
}

fn scores(scores: &Scores) -> Value {
    let point = |p: &Point| json!({ "total": p.total, "day": p.day });
    json!({
        "first": scores.first.as_ref().map(|(p, rule)| json!({ "total": p.total, "day": p.day, "rule": rule.word() })),
        "last": scores.last.as_ref().map(point),
        "change": scores.change,
        "percent": scores.percent,
        "age_days": scores.age_days,
        "stale": scores.stale,
        "band": scores.band.map(|band| band.label),
        "at_target": scores.at_target,
        "safety_item": match scores.safety {
            SafetyMark::None => Value::Null,
            SafetyMark::No => 0.into(),
            SafetyMark::Positive(value) => value.into(),
            SafetyMark::NotKnown => "not known".into(),
        },
        "trend": scores.trend.values(),
    })
}
