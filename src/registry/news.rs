//! What others wrote since whoever is here last looked at a patient: by a merge, a reply, in patient mode, or on this device.
//!
//! What counts is when an entry came here, not when it was written: a file can bring what is older than the last look. A save
//! came when it was saved; what a file brought came when it was merged. Only records that may have news are read, each once
//! until it is written to again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::api::{Failure, Response};
use super::audit::said;
use super::books::{Books, chart_of};
use super::core::Answered;
use super::looks::Look;
use super::open::count;
use super::queries::about;
use super::receive::{About, Source};
use super::views::*;
use crate::care::news::{is_news, listed};
use crate::exchange::handoff::RegistryKind;
use crate::journal::facts::{AnswerKind, Role};
use crate::journal::{ChartId, Day, Digest, Entry, EntryId, Fact, PersonId, Zone};
use crate::store::{BatchId, Store};
use crate::vault::Aead;

/// Lines that are told of one patient; the timeline has all.
const LINES: usize = 12;
/// Characters of a text that a line shows.
const TEXT: usize = 120;
/// People who are named; the others are counted.
const NAMED: usize = 3;

/// What others wrote about a patient, as far as it was read.
pub(super) struct Others {
    digest: Digest,
    /// Newest first.
    items: Vec<Item>,
    /// When the newest of everything came, also what whoever is here wrote.
    latest: u64,
}

/// One entry by somebody else.
#[derive(Clone)]
struct Item {
    /// What of the timeline it is, or changes.
    entry: EntryId,
    came: u64,
    /// What tells one save from another.
    save: (u64, PersonId),
    by: By,
    line: String,
}

/// By whom, as it is told.
#[derive(Clone, PartialEq, Eq)]
enum By {
    Patient,
    Consultant,
    Person(String),
}

impl By {
    fn words(&self) -> String {
        match self {
            Self::Patient => "the patient".to_owned(),
            Self::Consultant => "the consultant\u{2019}s reply".to_owned(),
            Self::Person(name) => name.clone(),
        }
    }
}

impl<S: Store, A: Aead> Books<S, A> {
    /// Answers what is asked about news.
    pub(super) async fn answer_news(&mut self, ask: NewsAsk, at: DateTime<FixedOffset>, now: u64) -> Answered {
        let view = match ask {
            NewsAsk::List => NewsView::List(self.news_list(at, now).await?),
            NewsAsk::Of(chart) => NewsView::Of(self.news_of(chart, at, now).await?),
            NewsAsk::Seen { chart, through } => {
                self.look(chart, through, now).await?;
                NewsView::Done
            }
            NewsAsk::Waiting(charts) => {
                let mut waiting = Vec::new();
                for chart in charts {
                    // One that was erased meanwhile leaves the others their answers.
                    if self.sheets.contains_key(&chart) {
                        waiting.push((chart, self.waiting_answers(chart).await?));
                    }
                }
                NewsView::Waiting(waiting)
            }
            NewsAsk::Feedback(chart) => NewsView::Feedback(self.feedback_due(chart, at).await?.map(Box::new)),
            NewsAsk::Today(mine) => NewsView::Today(self.seen_today(mine, self.zone().day(at)).await?),
        };
        Ok((Response::News(Box::new(view)), None))
    }

    /// Recommendations that are neither declined nor done, the newest first.
    async fn waiting_answers(&mut self, chart: ChartId) -> Result<Vec<WaitingAnswer>, Failure> {
        self.sheet(chart)?;
        let folded = self.read_again(chart).await?.fold();
        let sheet = self.sheet(chart)?;
        let ended = |line: &RecommendationView| {
            let mut lines = sheet.recommendations.iter();
            let found = lines.find(|other| other.recommendation == line.recommendation);
            let answer = found.and_then(|line| line.answer);
            matches!(answer, Some((_, AnswerKind::Declined | AnswerKind::Done)))
        };
        let open = self
            .recommendations(&folded, sheet)
            .into_iter()
            .filter(|line| !ended(line));
        let waiting = open.map(|line| WaitingAnswer {
            recommendation: line.recommendation,
            day: line.day,
            text: line.text,
            state: line.state,
            letter: line.letter,
        });
        Ok(waiting.collect())
    }

    /// Patients with news, the newest first. A consultant's packet has none: all of it is somebody else's.
    async fn news_list(&mut self, at: DateTime<FixedOffset>, now: u64) -> Result<Vec<NewsRow>, Failure> {
        if self.kind() == RegistryKind::Packet {
            return Ok(Vec::new());
        }
        let looked = self.looked(now).await?;
        let files = self.files().await?;
        let (zone, today) = (self.zone(), self.zone().day(at));
        let here: Vec<ChartId> = self
            .sheets
            .values()
            .filter(|sheet| !sheet.erased)
            .map(|sheet| sheet.chart)
            .collect();
        let mut rows = Vec::new();
        for chart in here {
            let look = looked.of(chart);
            let items = self.items_since(chart, look, &files).await?;
            let (Some(newest), Some(sheet)) = (items.first(), self.sheets.get(&chart)) else {
                continue;
            };
            rows.push(NewsRow {
                chart,
                name: sheet.list_name(),
                about: about(sheet, today),
                count: saves(&items),
                words: words(&items, look, today, zone),
                newest: newest.line.clone(),
                came: came_words(newest.came, today, zone),
                at: newest.came,
            });
        }
        rows.sort_by_key(|row| (std::cmp::Reverse(row.at), row.chart));
        Ok(rows)
    }

    /// News of a patient whose page is open. Where there is none, this was a look.
    async fn news_of(&mut self, chart: ChartId, at: DateTime<FixedOffset>, now: u64) -> Result<ChartNews, Failure> {
        self.sheet(chart)?;
        if self.kind() == RegistryKind::Packet {
            return Ok(ChartNews::default());
        }
        let look = self.looked(now).await?.of(chart);
        let files = self.files().await?;
        let items = self.items_since(chart, look, &files).await?;
        let (zone, today) = (self.zone(), self.zone().day(at));
        let Some(newest) = items.first() else {
            let latest = self.others.get(&chart).map_or(look.through, |others| others.latest);
            self.look(chart, latest.max(look.through), now).await?;
            return Ok(ChartNews::default());
        };
        let line = |item: &Item| NewsLine {
            line: item.line.clone(),
            by: item.by.words(),
            came: came_words(item.came, today, zone),
        };
        Ok(ChartNews {
            count: saves(&items),
            words: words(&items, look, today, zone),
            lines: items.iter().take(LINES).map(line).collect(),
            entries: items.iter().map(|item| item.entry).collect(),
            through: newest.came,
        })
    }

    /// What came from others after a look, the newest first.
    async fn items_since(
        &mut self,
        chart: ChartId,
        look: Look,
        files: &BTreeMap<BatchId, About>,
    ) -> Result<Vec<Item>, Failure> {
        let Some(line) = self.store.chart(chart) else {
            return Ok(Vec::new());
        };
        if self
            .others
            .get(&chart)
            .is_none_or(|others| others.digest != line.digest)
        {
            if !self.may_have_news(chart, look, files) {
                return Ok(Vec::new());
            }
            let others = self.read_others(chart, line.digest, files).await?;
            self.others.insert(chart, others);
        }
        let items = self.others.get(&chart).map_or(&[][..], |others| &others.items);
        Ok(items.iter().filter(|item| look.through < item.came).cloned().collect())
    }

    /// Whether anything came since, by what is known without reading the record.
    fn may_have_news(&self, chart: ChartId, look: Look, files: &BTreeMap<BatchId, About>) -> bool {
        let written = self.sheets.get(&chart).and_then(|sheet| sheet.written);
        if written.is_some_and(|stamp| look.through < stamp.millis()) {
            return true;
        }
        let parts = self.store.segments_of(&BTreeSet::from([chart]));
        let files = parts.iter().filter_map(|part| files.get(&part.batch()?));
        files.into_iter().any(|file| look.through < file.at)
    }

    async fn read_others(
        &mut self,
        id: ChartId,
        digest: Digest,
        files: &BTreeMap<BatchId, About>,
    ) -> Result<Others, Failure> {
        let mut came: BTreeMap<EntryId, (u64, Option<BatchId>)> = BTreeMap::new();
        let mut entries: Vec<Entry> = Vec::new();
        // What can't be read is named where the record is opened.
        for (segment, part) in self.store.read_parts(id).await? {
            for entry in part.unwrap_or_default() {
                let batch = segment.batch();
                let moment = match batch.and_then(|batch| files.get(&batch)) {
                    Some(file) => file.at,
                    None => entry.id().saved_at().unwrap_or_else(|| entry.stamp().millis()),
                };
                let known = came.entry(entry.id()).or_insert((moment, batch));
                *known = (*known).min((moment, batch));
                entries.push(entry);
            }
        }
        let chart = chart_of(entries);
        let folded = chart.fold();
        let mut items: Vec<Item> = Vec::new();
        for entry in chart.entries() {
            let Some((came, batch)) = came.get(&entry.id()).copied() else {
                continue;
            };
            let file = batch.and_then(|batch| files.get(&batch)).map(|file| &file.source);
            let Some(by) = self.by(entry, file) else { continue };
            items.push(Item {
                entry: shown_as(entry),
                came,
                save: (
                    entry.id().saved_at().unwrap_or_else(|| entry.stamp().millis()),
                    entry.author(),
                ),
                by,
                line: in_a_line(self.audit_words(entry, &chart, &folded)),
            });
        }
        // Of one save the first entry names it: a contact stands before its measures.
        items.sort_by_key(|item| (std::cmp::Reverse(item.came), item.save.0, item.entry));
        let latest = came.values().map(|(moment, _)| *moment).max().unwrap_or_default();
        Ok(Others { digest, items, latest })
    }

    /// By whom an entry is news; `None` where it is none: one's own, book-keeping, what the registry began with, or a sheet
    /// whose import was looked through before.
    fn by(&self, entry: &Entry, file: Option<&Source>) -> Option<By> {
        if !is_news(&said(entry).fact) || !is_news(entry.fact()) {
            return None;
        }
        if super::inbox::is_entered_while_locked(&said(entry)) {
            return Some(By::Patient);
        }
        let author = self.office.stands_for(entry.author());
        if author == self.office.stands_for(self.me) {
            return None;
        }
        match file {
            Some(Source::Beginning | Source::Sheets { .. }) => None,
            Some(Source::Handoff { .. }) if self.is_consultant(author) => Some(By::Consultant),
            Some(Source::Handoff { .. }) | None => Some(By::Person(self.office.name(author))),
        }
    }

    fn is_consultant(&self, person: PersonId) -> bool {
        let known = self.office.people.get(&person);
        known.is_some_and(|person| person.role == Role::Consultant)
    }

    async fn files(&self) -> Result<BTreeMap<BatchId, About>, Failure> {
        self.sources().await
    }
}

/// The entry under which the timeline shows it: a correction stands on what it corrects.
fn shown_as(entry: &Entry) -> EntryId {
    match entry.fact() {
        Fact::Corrected(corrected) => corrected.entry,
        _ => entry.id(),
    }
}

/// What an entry says, with the beginning of its text.
fn in_a_line((line, more): (String, Option<String>)) -> String {
    let Some(first) = more
        .as_deref()
        .and_then(|more| more.lines().find(|line| !line.trim().is_empty()))
    else {
        return line;
    };
    let cut: String = first.chars().take(TEXT).collect();
    match cut.len() < first.len() {
        true => format!("{line}: {}\u{2026}", cut.trim_end()),
        false => format!("{line}: {cut}"),
    }
}

fn saves(items: &[Item]) -> u32 {
    let saves: BTreeSet<(u64, PersonId)> = items.iter().map(|item| item.save).collect();
    count(saves.len())
}

/// How many, since when, by whom.
fn words(items: &[Item], look: Look, today: Day, zone: Zone) -> String {
    let mut names: Vec<String> = Vec::new();
    for item in items {
        let name = item.by.words();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    if 0 < more {
        names.push(format!("{more} more"));
    }
    format!(
        "{} new since {}, by {}",
        saves(items),
        since_words(look.at, today, zone),
        listed(&names)
    )
}

/// "9:02 today", "Tuesday", "3 Nov 2026".
fn since_words(at: u64, today: Day, zone: Zone) -> String {
    let Some(moment) = i64::try_from(at).ok().and_then(|millis| zone.from_millis(millis)) else {
        return "before".to_owned();
    };
    let day = zone.day(moment);
    match today.since(day) {
        ..=0 => format!("{} today", zone.local(moment).format("%-H:%M")),
        1..=6 => day.date().format("%A").to_string(),
        _ => day.date().format("%-d %b %Y").to_string(),
    }
}

/// "today 9:02", "Tue 17 Nov".
fn came_words(at: u64, today: Day, zone: Zone) -> String {
    let Some(moment) = i64::try_from(at).ok().and_then(|millis| zone.from_millis(millis)) else {
        return String::new();
    };
    let day = zone.day(moment);
    match day == today {
        true => format!("today {}", zone.local(moment).format("%-H:%M")),
        false => day_words(day),
    }
}
