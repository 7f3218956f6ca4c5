//! Who wrote what, when, and what it replaced.
//!
//! Nothing of this is kept resident but when each stored part was written (sixteen bytes a part: parts never change) and the
//! list of what was found last, without any content. A day reads only the parts of charts that were written to since that day
//! began, and of those only the ones whose time covers it. Sentences are made for the rows that are asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::api::Failure;
use super::books::Books;
use super::erasing::why_words;
use super::open::count;
use super::progress::Stage;
use super::receive::{About, Source};
use super::timeline;
use super::views::*;
use crate::exchange::csv_out::CsvOut;
use crate::journal::{Chart, ChartId, Day, Digest, Entry, EntryId, Fact, Folded, Live, PersonId, Stamp};
use crate::store::{BatchId, Generation, SegmentId, Store};
use crate::vault::Aead;

/// Parts that are read without letting messages in.
const STRIDE: usize = 16;

/// What is known from earlier audits.
#[derive(Default)]
pub(super) struct Scans {
    /// The first and last millisecond of each stored part.
    spans: BTreeMap<SegmentId, (u64, u64)>,
    /// What was found last.
    last: Option<Found>,
}

/// What was found, without content.
struct Found {
    of: AuditOf,
    generation: Generation,
    hits: Vec<Hit>,
    unreadable: Vec<String>,
}

/// An entry, without what it says.
#[derive(Clone, Copy)]
struct Hit {
    chart: ChartId,
    entry: EntryId,
    digest: Digest,
    stamp: Stamp,
    author: PersonId,
    kind: TimelineKind,
    day: Day,
    batch: Option<BatchId>,
}

impl<S: Store, A: Aead> Books<S, A> {
    /// The entries of a record, or of a day.
    pub async fn audit(&mut self, ask: &AuditAsk) -> Result<AuditView, Failure> {
        self.find_entries(ask.of).await?;
        let found = self.audit.last.as_ref();
        let hits: Vec<Hit> = found.map_or_else(Vec::new, |found| found.hits.clone());
        let unreadable = found.map_or_else(Vec::new, |found| found.unreadable.clone());
        let mut people: BTreeMap<PersonId, u32> = BTreeMap::new();
        for hit in &hits {
            *people.entry(hit.author).or_default() += 1;
        }
        let own = self.office.chart;
        let mut listed: Vec<Hit> = hits.iter().filter(|hit| is_wanted(hit, ask, own)).copied().collect();
        match ask.order {
            AuditOrder::Written => listed.sort_by_key(|hit| (hit.stamp, hit.entry)),
            AuditOrder::Clinical => listed.sort_by_key(|hit| (hit.day, hit.stamp, hit.entry)),
        }
        let number = count(listed.len());
        listed.truncate(ask.most as usize);
        let sources = self.sources().await?;
        let rows = self.audit_rows(&listed, &sources).await?;
        let mut people: Vec<(PersonId, String, u32)> = people
            .into_iter()
            .map(|(id, number)| (id, self.office.name(id), number))
            .collect();
        people.sort_by(|a, b| (std::cmp::Reverse(a.2), &a.1).cmp(&(std::cmp::Reverse(b.2), &b.1)));
        Ok(AuditView {
            name: match ask.of {
                AuditOf::Chart(chart) => Some(self.whose(chart).1),
                AuditOf::Day(_) => None,
            },
            all: count(hits.len()),
            listed: number,
            people,
            rows,
            files: match ask.of {
                AuditOf::Chart(_) => Vec::new(),
                AuditOf::Day(day) => self.files_of(day, &sources),
            },
            unreadable,
        })
    }

    /// The same as a CSV file, whole.
    pub async fn audit_csv(&mut self, ask: &AuditAsk) -> Result<String, Failure> {
        let whole = AuditAsk {
            most: u32::MAX,
            ..ask.clone()
        };
        let view = self.audit(&whole).await?;
        let header = [
            "Written", "By", "Record", "About", "What", "More", "Replaced", "Remarks", "Entry",
        ];
        let mut out = CsvOut::with_header(header);
        let said = [
            ("Missing from this file", &view.unreadable),
            ("A file came in", &view.files),
        ];
        for (about, words) in said
            .into_iter()
            .flat_map(|(about, all)| all.iter().map(move |one| (about, one)))
        {
            let mut row: [String; 9] = Default::default();
            row[4] = about.to_owned();
            row[5].clone_from(words);
            out.row(row);
        }
        for row in view.rows {
            out.row([
                row.written,
                row.by,
                row.patient,
                row.about,
                row.line,
                row.more.unwrap_or_default(),
                row.before.join("\n"),
                row.marks.join("; "),
                row.entry.to_string(),
            ]);
        }
        Ok(out.into_text())
    }

    /// Finds the entries, unless they were found last and nothing was written since.
    async fn find_entries(&mut self, of: AuditOf) -> Result<(), Failure> {
        let generation = self.store.totals().generation;
        let is_known = |found: &Found| (found.of, found.generation) == (of, generation);
        if self.audit.last.as_ref().is_some_and(is_known) {
            return Ok(());
        }
        let (hits, unreadable) = match of {
            AuditOf::Chart(chart) => self.of_chart(chart).await?,
            AuditOf::Day(day) => self.of_day(day).await?,
        };
        self.audit.last = Some(Found {
            of,
            generation,
            hits,
            unreadable,
        });
        Ok(())
    }

    async fn of_chart(&mut self, chart: ChartId) -> Result<(Vec<Hit>, Vec<String>), Failure> {
        if chart != self.office.chart {
            self.sheet(chart)?;
        }
        let (mut hits, mut unreadable) = (Vec::new(), Vec::new());
        for (segment, part) in self.store.read_parts(chart).await? {
            match part {
                Ok(entries) => hits.extend(entries.iter().map(|entry| self.hit(entry, segment))),
                Err(damage) => {
                    unreadable.push(unreadable_words(segment, &damage.reason.to_string()));
                    self.note_damage(Some(chart), &[damage]);
                }
            }
        }
        Ok((once(hits), unreadable))
    }

    async fn of_day(&mut self, day: Day) -> Result<(Vec<Hit>, Vec<String>), Failure> {
        let zone = self.zone();
        let start = |day: Day| u64::try_from(zone.start_of(day).timestamp_millis()).unwrap_or(0);
        let (from, to) = (start(day), start(day.plus(1)));
        let written = |sheet: &&crate::flowsheet::Flowsheet| sheet.written.is_none_or(|last| from <= last.millis());
        let charts = self.sheets.values().filter(written).map(|sheet| sheet.chart);
        let charts: BTreeSet<ChartId> = charts.chain([self.office.chart]).collect();
        let covers = |segment: &SegmentId| {
            let span = self.audit.spans.get(segment);
            span.is_none_or(|(first, last)| from <= *last && *first < to)
        };
        let segments: Vec<SegmentId> = self.store.segments_of(&charts).into_iter().filter(covers).collect();
        let (mut hits, mut unreadable) = (Vec::new(), Vec::new());
        for (nth, segment) in segments.iter().enumerate() {
            if nth % STRIDE == 0 {
                self.progress.step(Stage::Checking, nth, segments.len()).await?;
            }
            let entries = match self.store.read_segment(*segment).await? {
                Ok(entries) => entries,
                Err(damage) => {
                    unreadable.push(unreadable_words(*segment, &damage.reason.to_string()));
                    self.note_damage(None, &[damage]);
                    continue;
                }
            };
            let stamps = || entries.iter().map(|entry| entry.stamp().millis());
            if let (Some(first), Some(last)) = (stamps().min(), stamps().max()) {
                self.audit.spans.insert(*segment, (first, last));
            }
            let of_day = entries
                .iter()
                .filter(|entry| (from..to).contains(&entry.stamp().millis()));
            hits.extend(
                of_day
                    .filter(|entry| self.may_be_seen(entry))
                    .map(|entry| self.hit(entry, *segment)),
            );
        }
        Ok((once(hits), unreadable))
    }

    /// Of a record that is hidden because another copy erased it, only that is seen.
    fn may_be_seen(&self, entry: &Entry) -> bool {
        let is_erased = self.sheets.get(&entry.chart()).is_some_and(|sheet| sheet.erased);
        !is_erased || matches!(entry.fact(), Fact::Erased(_))
    }

    fn hit(&self, entry: &Entry, segment: SegmentId) -> Hit {
        let said = said(entry);
        let row = timeline::row(&said, &Folded::default(), &self.office, self.zone());
        let written = self.written_day(entry.stamp());
        Hit {
            chart: entry.chart(),
            entry: entry.id(),
            digest: entry.digest(),
            stamp: entry.stamp(),
            author: entry.author(),
            kind: row.as_ref().map_or(TimelineKind::Record, |row| row.kind),
            day: row.map_or(written, |row| row.at.day(self.zone())),
            batch: segment.batch(),
        }
    }

    async fn audit_rows(&mut self, hits: &[Hit], sources: &BTreeMap<BatchId, About>) -> Result<Vec<AuditRow>, Failure> {
        let charts: BTreeSet<ChartId> = hits.iter().map(|hit| hit.chart).collect();
        let charts = self.read_many(&charts).await?;
        let folded: BTreeMap<ChartId, Folded> = charts.iter().map(|(id, chart)| (*id, chart.fold())).collect();
        let row = |hit: &Hit| {
            let (chart, folded) = (charts.get(&hit.chart)?, folded.get(&hit.chart)?);
            let entry = chart
                .entries()
                .find(|e| (e.id(), e.digest()) == (hit.entry, hit.digest))?;
            Some(self.audit_row(hit, entry, (chart, folded), sources))
        };
        Ok(hits.iter().filter_map(row).collect())
    }

    fn audit_row(
        &self,
        hit: &Hit,
        entry: &Entry,
        (chart, folded): (&Chart, &Folded),
        sources: &BTreeMap<BatchId, About>,
    ) -> AuditRow {
        let (line, more) = self.audit_words(entry, chart, folded);
        let find = |id: &EntryId| chart.entries().find(|other| other.id() == *id);
        let answered = match entry.fact() {
            Fact::Corrected(c) => Some(c.entry),
            _ => None,
        };
        let replaced = entry.replaces().iter().chain(&answered).filter_map(find);
        let before = replaced.map(|old| {
            let (line, more) = self.audit_words(old, chart, folded);
            let more = more.map(|more| format!("\n{more}")).unwrap_or_default();
            format!(
                "{} by {}: {line}{more}",
                self.written_words(old.stamp()),
                self.office.name(old.author())
            )
        });
        let (shown, patient) = self.whose(hit.chart);
        AuditRow {
            entry: entry.id(),
            chart: shown,
            patient,
            written: self.written_words(entry.stamp()),
            about: day_words(hit.day),
            by: self.office.name(entry.author()),
            kind: hit.kind,
            line,
            more,
            before: before.collect(),
            marks: self.marks_of(hit, entry, chart, sources),
        }
    }

    /// What an entry says, in the timeline's words.
    pub(super) fn audit_words(&self, entry: &Entry, chart: &Chart, folded: &Folded) -> (String, Option<String>) {
        let words = |live: &Live| timeline::row(live, folded, &self.office, self.zone());
        let target = |id: EntryId| chart.entries().find(|other| other.id() == id);
        match entry.fact() {
            Fact::Corrected(c) => {
                let row = words(&said(entry));
                let line = row.as_ref().map_or_else(|| kind_words(&c.kind), |row| row.line.clone());
                let more = [
                    c.reason.as_ref().map(|why| format!("Why: {why}")),
                    row.and_then(|row| row.more),
                ];
                let more: Vec<String> = more.into_iter().flatten().collect();
                (
                    format!("Corrected to: {line}"),
                    (!more.is_empty()).then(|| more.join("\n")),
                )
            }
            Fact::EnteredInError(e) => {
                let what = target(e.entry).map(|old| self.audit_words(old, chart, folded).0);
                let what = what.unwrap_or_else(|| "an entry that is not here".to_owned());
                let line = match e.moved_to {
                    Some(_) => format!("Moved to another record: {what}"),
                    None => format!("Entered in error: {what}"),
                };
                (line, Some(e.reason.clone()))
            }
            Fact::Erased(erased) => ("Record erased for good".to_owned(), Some(why_words(erased))),
            Fact::Person(person) => (format!("Person: {}", person.name), None),
            _ => match words(&said(entry)) {
                Some(row) => (row.line, row.more),
                None => (kind_words(entry.fact().kind()), None),
            },
        }
    }

    /// What became of an entry, and where it came from.
    fn marks_of(&self, hit: &Hit, entry: &Entry, chart: &Chart, sources: &BTreeMap<BatchId, About>) -> Vec<String> {
        let mut marks = Vec::new();
        let mut answers: Vec<&Entry> = chart
            .entries()
            .filter(|other| answers(other) == Some(entry.id()))
            .collect();
        answers.sort_by_key(|answer| answer.stamp());
        for answer in answers {
            let what = match answer.fact() {
                Fact::EnteredInError(e) if e.moved_to.is_some() => "moved to another record",
                Fact::EnteredInError(_) => "entered in error",
                _ => "corrected",
            };
            let (when, by) = (self.written_words(answer.stamp()), self.office.name(answer.author()));
            marks.push(format!("{what} {when} by {by}"));
        }
        if matches!(entry.fact(), Fact::MovedHere(_)) {
            marks.push("moved here from another record".to_owned());
        }
        if super::inbox::is_entered_while_locked(&said(entry)) {
            marks.push("entered while locked, on the clinic\u{2019}s device".to_owned());
        }
        match hit
            .batch
            .and_then(|batch| sources.get(&batch))
            .map(|about| &about.source)
        {
            Some(Source::Handoff { from }) => marks.push(format!("came by a file from {from}: its author is claimed")),
            Some(Source::Sheets { .. }) => marks.push("imported from a spreadsheet".to_owned()),
            Some(Source::Beginning) => marks.push("the registry began with it: its author is claimed".to_owned()),
            None => {}
        }
        if chart.damaged().contains(&entry.id()) {
            marks.push("came with two contents: both are kept".to_owned());
        }
        marks
    }

    /// Whose record it is: a link, where there is something to see; and a name.
    fn whose(&self, chart: ChartId) -> (Option<ChartId>, String) {
        match self.sheets.get(&chart) {
            Some(sheet) if sheet.erased => (None, "A record that was erased".to_owned()),
            Some(sheet) => (Some(chart), sheet.list_name()),
            None => (None, "The registry itself".to_owned()),
        }
    }

    pub(super) async fn sources(&self) -> Result<BTreeMap<BatchId, About>, Failure> {
        let batches = self.store.batches().await?.into_iter();
        Ok(batches
            .filter_map(|batch| Some((batch.id, About::of_bytes(&batch.about)?)))
            .collect())
    }

    fn files_of(&self, day: Day, sources: &BTreeMap<BatchId, About>) -> Vec<String> {
        let words = |about: &About| {
            let at = self.zone().from_millis(i64::try_from(about.at).ok()?)?;
            let what = match &about.source {
                Source::Beginning => "The registry began".to_owned(),
                Source::Sheets { .. } => "Spreadsheets were imported".to_owned(),
                Source::Handoff { from } => format!("A file from {from} was merged"),
            };
            let much = format!("{} entries, {} new patients", about.entries, about.new_patients);
            (self.zone().day(at) == day).then(|| format!("{} {what}: {much}", at.format("%H:%M")))
        };
        let mut lines: Vec<String> = sources.values().filter_map(words).collect();
        lines.sort();
        lines
    }

    fn written_day(&self, stamp: Stamp) -> Day {
        let millis = i64::try_from(stamp.millis()).unwrap_or(i64::MAX);
        self.zone().day(self.zone().from_millis(millis).unwrap_or_default())
    }
}

/// An entry as it was written, whatever became of it: of a correction, what it says instead.
pub(super) fn said(entry: &Entry) -> Live {
    let fact = match entry.fact() {
        Fact::Corrected(c) => Fact::read(&c.kind, &c.fact.to_string()),
        Fact::MovedHere(moved) => Fact::read(&moved.kind, &moved.fact.to_string()),
        other => other.clone(),
    };
    Live {
        id: entry.id(),
        stamp: entry.stamp(),
        author: entry.author(),
        fact,
        corrected_by: None,
        replaces: entry.replaces().to_vec(),
        moved: matches!(entry.fact(), Fact::MovedHere(_)),
    }
}

/// The entry that another corrects or says to be made in error.
fn answers(entry: &Entry) -> Option<EntryId> {
    match entry.fact() {
        Fact::Corrected(c) => Some(c.entry),
        Fact::EnteredInError(e) => Some(e.entry),
        _ => None,
    }
}

fn is_wanted(hit: &Hit, ask: &AuditAsk, own: ChartId) -> bool {
    ask.by.is_none_or(|by| by == hit.author)
        && ask.kind.is_none_or(|kind| kind == hit.kind)
        && !(ask.patients_only && hit.chart == own)
}

/// An entry that is stored twice is one.
fn once(mut hits: Vec<Hit>) -> Vec<Hit> {
    let mut seen = BTreeSet::new();
    hits.retain(|hit| seen.insert((hit.chart, hit.entry, hit.digest)));
    hits
}

/// A kind in words, where the timeline has none.
fn kind_words(kind: &str) -> String {
    let words = kind.replace('_', " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

fn unreadable_words(segment: SegmentId, reason: &str) -> String {
    format!(
        "A stored part ({}) can\u{2019}t be read: {reason}. What it holds is missing here; it was kept as it is.",
        segment.key()
    )
}
