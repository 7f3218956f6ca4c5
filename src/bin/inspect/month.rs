//! The service month of every patient with time in it.

use std::collections::BTreeMap;
use std::io::Write;

use caseload::billing::{MonthRow, Note, Profile, Profiles, ServiceMonth, Warning, service_month};
use caseload::journal::{Day, Month};
use serde_json::{Value, json};

use crate::args::{Args, print};
use crate::book::Book;
use crate::problem::Problem;

/// `month FILE YYYY-MM`: without `--as-of`, as known when the file was written, or at the end of the month if that is later.
pub fn month(args: &Args, out: &mut dyn Write) -> Result<(), Problem> {
    let [path, month] = args.words()?;
    let month: Month = month
        .parse()
        .map_err(|e: caseload::journal::TimeError| args.usage(format!("{month:?} is {e}")))?;
    let book = Book::open(path, args)?;
    let profiles = match args.text("payer") {
        Some(name) => Profiles::only(match book.office.profiles.named(name) {
            Some(profile) => profile.clone(),
            None => Profile::shipped(name)?,
        }),
        None => book.office.profiles.clone(),
    };
    let written = book.zone().day(book.header.created);
    let as_of = args.value("as-of")?.unwrap_or(month.last().max(written));
    let months = months(&book, month, &profiles, as_of);
    let mut totals: BTreeMap<&str, u32> = BTreeMap::new();
    for reckoned in months.iter().filter(|m| !m.is_unsettled()) {
        for code in reckoned.billable() {
            *totals.entry(code.code.as_str()).or_default() += code.units;
        }
    }
    let rows: Vec<Value> = months.iter().map(|m| row(&book, m)).collect();
    print(
        out,
        &json!({
            "month": month,
            "as_of": as_of,
            "zone": book.zone(),
            "payer": profiles.clinic().name(),
            "rows": rows,
            "totals": totals,
            "unsettled": months.iter().filter(|m| m.is_unsettled()).count(),
        }),
    )
}

fn months(book: &Book, month: Month, profiles: &Profiles, as_of: Day) -> Vec<ServiceMonth> {
    let mut sheets: Vec<_> = book.sheets.iter().filter(|sheet| !sheet.erased).collect();
    sheets.sort_by_key(|sheet| (sheet.list_name(), sheet.chart));
    let reckon = |sheet| {
        let profile = profiles.of(sheet, month.last());
        service_month(sheet, month, profile, &book.office.team, book.zone(), as_of)
    };
    let months = sheets.into_iter().map(reckon);
    months
        .filter(|m| m.seconds.0 > 0 || !m.not_counted.is_empty())
        .collect()
}

/// A patient's month: the biller's row, and everything behind it.
pub fn row(book: &Book, month: &ServiceMonth) -> Value {
    let gate = |g: &caseload::billing::Gate| json!({ "kind": g.kind, "state": g.state, "why": g.why() });
    let counted = |c: &caseload::billing::Counted| json!({ "entry": c.entry, "day": c.day, "seconds": c.seconds, "activity": c.activity, "by": c.by });
    let not_counted = |n: &caseload::billing::NotCounted| {
        json!({
            "entry": n.entry, "day": n.day, "seconds": n.seconds, "activity": n.activity, "by": n.by, "why": n.why.words(),
        })
    };
    let warnings = month
        .supported
        .warnings
        .iter()
        .map(Warning::sentence)
        .chain(month.notes.iter().map(Note::sentence));
    let mut value = book.who(month.chart);
    let more = json!({
        "why": month.why(),
        "gates": month.gates.iter().map(gate).collect::<Vec<_>>(),
        "warnings": warnings.collect::<Vec<_>>(),
        "uncapped_add_ons": month.supported.uncapped_add_ons,
        "by_activity": month.by_activity.iter().map(|(a, s)| json!([a.code(), s])).collect::<Vec<_>>(),
        "by_person": month.by_person.iter().map(|(p, s)| json!([p, s])).collect::<Vec<_>>(),
        "counted": month.counted.iter().map(counted).collect::<Vec<_>>(),
        "not_counted": month.not_counted.iter().map(not_counted).collect::<Vec<_>>(),
    });
    let brief = serde_json::to_value(MonthRow::from(month)).unwrap_or_default();
    if let (Some(value), Value::Object(mut brief), Value::Object(more)) = (value.as_object_mut(), brief, more) {
        if let Some(seconds) = brief.remove("not_counted") {
            brief.insert("not_counted_seconds".into(), seconds);
        }
        if let Some(gates) = brief.remove("warnings") {
            brief.insert("gates_to_look_at".into(), gates);
        }
        value.extend(brief);
        value.extend(more);
    }
    value
}
