//! Whom to call today and why; whom to discuss with the consultant.

use std::io::Write;

use caseload::care::{Item, agenda, worklist_as_of};
use serde_json::{Value, json};

use crate::args::{Args, print};
use crate::book::Book;
use crate::problem::Problem;
use crate::words::clock;

/// `worklist FILE --as-of DATE`.
pub fn worklist(args: &Args, out: &mut dyn Write) -> Result<(), Problem> {
    let [path] = args.words()?;
    let day = args.as_of()?;
    let book = Book::open(path, args)?;
    let list = worklist_as_of(book.sheets.iter(), &book.at(day));
    let items = |items: &[Item]| items.iter().map(|i| item(&book, i)).collect::<Vec<_>>();
    print(
        out,
        &json!({
            "as_of": list.as_of,
            "zone": book.zone(),
            "protocol": list.protocol,
            "items": items(&list.items),
            "put_off": items(&list.put_off),
            "snoozed": list.snoozed,
        }),
    )
}

fn item(book: &Book, item: &Item) -> Value {
    let mut row = book.who(item.chart);
    if let Some(row) = row.as_object_mut() {
        row.insert("kind".into(), item.kind().word().into());
        row.insert("same_person".into(), json!(item.same_person));
        row.insert("care_manager".into(), book.person(item.care_manager));
        row.insert("covered_by".into(), book.person(item.covered_by));
        let reasons = std::iter::once(&item.first).chain(&item.others);
        row.insert("reasons".into(), reasons.map(clock).collect());
    }
    row
}

/// `review FILE --as-of DATE`.
pub fn review(args: &Args, out: &mut dyn Write) -> Result<(), Problem> {
    let [path] = args.words()?;
    let day = args.as_of()?;
    let book = Book::open(path, args)?;
    let at = book.at(day);
    let rows = agenda(book.sheets.iter(), &at).into_iter().map(|item| {
        let mut row = book.who(item.chart);
        if let Some(row) = row.as_object_mut() {
            row.insert("group".into(), item.group.word().into());
            row.insert("why".into(), item.sentence(day).into());
            row.insert("by".into(), json!(item.by));
            row.insert("last_review".into(), json!(item.last_review));
            if let Some(skipped) = item.skipped {
                row.insert("skipped".into(), json!(skipped));
            }
        }
        row
    });
    let rows: Vec<Value> = rows.collect();
    print(
        out,
        &json!({ "as_of": day, "zone": book.zone(), "protocol": at.protocol.label(), "items": rows }),
    )
}
