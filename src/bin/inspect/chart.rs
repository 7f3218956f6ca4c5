//! One patient: the flowsheet, the row, the clocks.

use std::io::Write;

use caseload::care::{caseload_row, clocks, item_of};
use caseload::flowsheet::Flowsheet;
use caseload::journal::Day;
use serde_json::{Value, json};

use crate::args::{Args, print};
use crate::book::Book;
use crate::problem::Problem;
use crate::{rows, words};

/// `chart ID FILE`: `ID` is a chart's id or a record number. Without `--as-of`, on the day on which the file was written.
pub fn chart(args: &Args, out: &mut dyn Write) -> Result<(), Problem> {
    let [id, path] = args.words()?;
    let asked: Option<Day> = args.value("as-of")?;
    let book = Book::open(path, args)?;
    let day = asked.unwrap_or_else(|| book.zone().day(book.header.created));
    let is_it = |sheet: &&Flowsheet| sheet.chart.to_string() == id || sheet.who.mrn.as_deref() == Some(id);
    let sheet = book.sheets.iter().find(is_it).ok_or(Problem::NoChart)?;
    let at = book.at(day);
    let clocks: Vec<Value> = clocks(sheet, &at).iter().map(words::clock).collect();
    let item = item_of(sheet, &at);
    print(
        out,
        &json!({
            "as_of": day,
            "zone": book.zone(),
            "protocol": at.protocol.label(),
            "row": rows::row(&book, &caseload_row(sheet, &at)),
            "on_the_list": item.map(|item| item.kind().word()),
            "clocks": clocks,
            "flowsheet": serde_json::to_value(sheet)?,
        }),
    )
}
