//! Writes a handoff, one chart a line.

use std::io::{self, Write};

use super::{EndMark, FORMAT, Header, VERSION};
use crate::journal::{ChartId, Entry, Journal};

/// A handoff that is being written: begin it, add charts, end it. Each step returns the text to append to the file.
#[derive(Debug)]
pub struct Writer {
    counted: EndMark,
}

impl Writer {
    /// Begins a handoff. Every part of the text that this writer returns belongs in the file, in order.
    pub fn begin(header: &Header) -> Result<(Self, String), serde_json::Error> {
        let members = serde_json::to_string(header)?;
        let members = members
            .strip_prefix('{')
            .and_then(|m| m.strip_suffix('}'))
            .unwrap_or_default();
        let text = format!("{{\"format\":\"{FORMAT}\",\"version\":{VERSION},{members},\"charts\":[\n");
        Ok((
            Self {
                counted: EndMark::default(),
            },
            text,
        ))
    }
    /// Adds a chart. All entries have to be of this chart, and each chart is added once.
    pub fn chart<'a>(&mut self, chart: ChartId, entries: impl IntoIterator<Item = &'a Entry>) -> String {
        let mut line = String::new();
        if self.counted.charts > 0 {
            line.push_str(",\n");
        }
        line.push_str(&format!("{{\"chart\":\"{chart}\",\"entries\":["));
        for (i, entry) in entries.into_iter().enumerate() {
            if i > 0 {
                line.push(',');
            }
            line.push_str(entry.text());
            self.counted.count(entry);
        }
        line.push_str("]}");
        self.counted.charts += 1;
        line
    }
    /// Ends the handoff with its end mark.
    pub fn end(self) -> Result<String, serde_json::Error> {
        let end = serde_json::to_string(&self.counted)?;
        Ok(format!("\n],\"digest\":{end}}}\n"))
    }
}

/// Writes a handoff of some charts to a stream, holding one chart's text at a time.
pub fn write_to<'a, E>(
    out: &mut impl Write,
    header: &Header,
    charts: impl IntoIterator<Item = (ChartId, E)>,
) -> io::Result<()>
where
    E: IntoIterator<Item = &'a Entry>,
{
    let (mut writer, begin) = Writer::begin(header)?;
    out.write_all(begin.as_bytes())?;
    for (chart, entries) in charts {
        out.write_all(writer.chart(chart, entries).as_bytes())?;
    }
    out.write_all(writer.end()?.as_bytes())
}

/// The text of a handoff of a whole journal.
pub fn to_text(header: &Header, journal: &Journal) -> Result<String, serde_json::Error> {
    let (mut writer, mut text) = Writer::begin(header)?;
    for (id, chart) in journal.charts() {
        text.push_str(&writer.chart(id, chart.entries()));
    }
    text.push_str(&writer.end()?);
    Ok(text)
}
