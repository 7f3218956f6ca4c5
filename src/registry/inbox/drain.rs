//! At unlock, what was answered while locked becomes part of the record: entries and removal by one transaction.
//!
//! Ids and stamps are derived from the run, so that the same items make the same entries however often they are taken in. What doesn't
//! open or doesn't fit is named and kept.

use std::collections::{BTreeMap, BTreeSet};

use super::super::api::Failure;
use super::super::books::Books;
use super::super::queries::limits;
use super::super::timeline::assessment_line;
use super::super::views::EnteredView;
use super::{Line, Run, Sealed};
use crate::care::decide::{Decision, EnteredForm, Hand, View, decide_entered};
use crate::flowsheet::Flowsheet;
use crate::instruments::{
    Answers, Context, Definition, InstrumentId, ItemId, SafetyAnswer, catalog, definition_of, score_assessment,
};
use crate::journal::facts::{Answered, Assessment, DeclineReason, Declined, Taken};
use crate::journal::{Chart, ChartId, Clock, Digest, Entry, EntryId, ThingId, When};
use crate::store::{Damage, Inbox, Key, SealedError, Store};
use crate::vault::Aead;

/// A run's record is kept so long after it began, in milliseconds: an answer that another tab was just writing finds its patient.
const KEPT_FOR: u64 = 24 * 60 * 60 * 1000;
const IS_KEPT: &str = "Something that was entered while locked can't be read or doesn't fit its form, and a positive answer \
                       may be among it: ask the patients. It was kept as it is, and is listed in Settings.";

/// That what was filled in could not become part of the record.
pub(in crate::registry) fn not_taken_in(failure: &Failure) -> String {
    format!(
        "What patients filled in while this registry was locked is not in their records yet, and a positive answer may be among it. \
         It is kept. {failure} Ask the patients, then lock and unlock again."
    )
}

/// The items of one form, as they were given.
struct Form {
    instrument: String,
    version: String,
    /// The key of its first item.
    first: Key,
    /// The keys of all its items.
    keys: Vec<Key>,
    /// The last answer to each question; `None` where it was passed over.
    answers: BTreeMap<String, Option<u8>>,
    /// The highest answer to each question.
    highest: BTreeMap<String, u8>,
    is_finished: bool,
    at: When,
}

/// A run with what was answered in it.
struct Handed {
    id: String,
    /// What its ids and stamps are drawn from.
    seed: String,
    run: Run,
    forms: Vec<Form>,
}

/// The inbox, looked through.
#[derive(Default)]
struct Sorted {
    handed: Vec<Handed>,
    /// What becomes entries, or is left over.
    drained: Vec<Key>,
    damage: Vec<Damage>,
}

impl<S: Store, A: Aead> Books<S, A> {
    /// Takes in what was written while locked. When another tab has written in between, that is read first.
    pub async fn drain(&mut self, now: u64) -> Result<Vec<EnteredView>, Failure> {
        match self.try_drain(now).await {
            Err(Failure::Moved) => {
                self.follow().await?;
                self.try_drain(now).await
            }
            other => other,
        }
    }

    async fn try_drain(&mut self, now: u64) -> Result<Vec<EnteredView>, Failure> {
        let inbox = self.store.open_inbox().await?;
        let mut sorted = self.sort(inbox, now);
        let mut charts: BTreeMap<ChartId, Chart> = BTreeMap::new();
        let (mut entries, mut entered) = (Vec::new(), Vec::new());
        let mut waiting = std::mem::take(&mut sorted.handed);
        waiting.reverse();
        while let Some(handed) = waiting.pop() {
            let id = handed.run.chart;
            let chart = match charts.remove(&id) {
                Some(chart) => chart,
                None => self.read(id).await?,
            };
            let taken_in = self.take_in(&handed, &chart, now);
            let chart = charts.entry(id).or_insert(chart);
            match taken_in {
                Ok((mut written, view)) => {
                    written.iter().for_each(|entry| {
                        chart.insert(entry.clone());
                    });
                    entered.extend(view);
                    entries.append(&mut written);
                    sorted.drained.extend(handed.keys());
                }
                // One form that doesn't fit must not hold back the others, and a positive answer among them.
                Err(Failure::Refused(_)) if handed.forms.len() > 1 => {
                    waiting.extend(handed.one_by_one().into_iter().rev())
                }
                // It fits its form and not this patient: it waits for a person to look at it.
                Err(Failure::Refused(_)) => sorted.damage.extend(handed.keys().map(Damage::of_item)),
                Err(failure) => return Err(failure),
            }
        }
        self.note_damage(None, &sorted.damage);
        if !sorted.damage.is_empty() && !self.damage.iter().any(|known| known == IS_KEPT) {
            self.damage.push(IS_KEPT.to_owned());
        }
        let drained = std::mem::take(&mut sorted.drained);
        if entries.is_empty() {
            self.store.forget_items(&drained).await?;
            return Ok(Vec::new());
        }
        let touched: BTreeSet<ChartId> = entries.iter().map(Entry::chart).collect();
        let changed: BTreeMap<ChartId, Flowsheet> = charts
            .iter()
            .filter(|(id, _)| touched.contains(id))
            .map(|(id, chart)| (*id, self.fold(*id, chart).1))
            .collect();
        self.write_draining(&entries, &changed, drained).await?;
        entries.iter().for_each(|entry| self.clock.observe(entry.stamp()));
        self.adopt(changed);
        entered.sort_by_key(|one| one.concern.is_none());
        Ok(entered)
    }

    /// Puts items to their runs and forms, and what doesn't fit aside.
    fn sort(&self, inbox: Inbox, now: u64) -> Sorted {
        let mut sorted = Sorted {
            damage: inbox.damage,
            ..Sorted::default()
        };
        let mut runs: BTreeMap<String, Handed> = BTreeMap::new();
        for (key, plain) in inbox.runs {
            let id = key.as_str().to_owned();
            match serde_json::from_slice::<Run>(&plain) {
                Ok(run) => {
                    let (seed, forms) = (id.clone(), Vec::new());
                    runs.insert(id.clone(), Handed { id, seed, run, forms });
                }
                Err(_malformed) => sorted.damage.push(Damage::of_item(key)),
            }
        }
        let mut with_items: BTreeSet<String> = BTreeSet::new();
        for item in inbox.items {
            let handed = item.key.in_run().and_then(|(id, _)| runs.get_mut(id));
            let read = handed.and_then(|handed| {
                with_items.insert(handed.id.clone());
                let is_here = self.sheets.get(&handed.run.chart).is_some_and(|sheet| !sheet.erased);
                let (line, sealed) = read_item(&item.line, &item.plain, &handed.run)?;
                is_here.then_some((handed, line, sealed))
            });
            match read {
                Some((handed, line, sealed)) => {
                    handed.take(item.key, line, sealed);
                }
                None => sorted.damage.push(Damage::of_item(item.key)),
            }
        }
        for (id, handed) in runs {
            let began = u64::try_from(handed.run.at.instant(self.zone()).timestamp_millis()).unwrap_or(0);
            if began.saturating_add(KEPT_FOR) < now && !with_items.contains(&id) {
                sorted.drained.push(Key::new(id));
            } else if !handed.forms.is_empty() {
                sorted.handed.push(handed);
            }
        }
        sorted
    }

    /// The entries of one run, and what is said of it.
    fn take_in(&self, handed: &Handed, chart: &Chart, now: u64) -> Result<(Vec<Entry>, Option<EnteredView>), Failure> {
        let is_new = |form: &EnteredForm| !chart.entries().any(|entry| entry.id() == form.id());
        let forms: Vec<EnteredForm> = handed.forms().into_iter().filter(is_new).collect();
        if forms.is_empty() {
            return Ok((Vec::new(), None));
        }
        let millis = self.moment_of(handed, now);
        let decision = self.decide_on(handed, chart, &forms, millis)?;
        let mut clock = Clock::new(node_of(&handed.seed));
        let mut entries = Vec::with_capacity(decision.entries.len());
        for planned in decision.entries {
            let replaced = chart.entries().filter(|e| planned.draft.replaces.contains(&e.id()));
            replaced.for_each(|entry| clock.observe(entry.stamp()));
            let entry = Entry::write(planned.draft, planned.id, clock.tick(millis), handed.run.by);
            let entry = entry.map_err(|_error: crate::journal::EntryError| SealedError::Unwritable)?;
            entries.push(entry);
        }
        let view = self.view_of(handed.run.chart, &forms, decision.concerns.first().copied());
        Ok((entries, view))
    }

    /// When a run's last answer was given, held between its beginning and now: an item proves nothing, also not its time.
    fn moment_of(&self, handed: &Handed, now: u64) -> u64 {
        let zone = self.zone();
        let millis = |at: When| u64::try_from(at.instant(zone).timestamp_millis()).unwrap_or(0);
        let began = millis(handed.run.at).min(now);
        let last = handed.forms.iter().map(|form| millis(form.at)).max();
        last.unwrap_or(now).clamp(began, now)
    }

    fn decide_on(
        &self,
        handed: &Handed,
        chart: &Chart,
        forms: &[EnteredForm],
        millis: u64,
    ) -> Result<Decision, Failure> {
        let (folded, sheet) = self.fold(handed.run.chart, chart);
        let zone = self.zone();
        let at = zone
            .from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
            .unwrap_or_default();
        let view = View {
            chart: Some((&folded, &sheet)),
            office: (self.office.chart, &self.office.folded),
            other: None,
            assigned: Vec::new(),
            limits: limits(&self.office.protocol, &self.office.hours, zone.day(at)),
        };
        // The same run on the same chart gives the same ids.
        let seed = Digest::of(&[handed.seed.as_bytes(), chart.digest().bytes()].concat());
        let mut drawn: u64 = 0;
        let mut random = || {
            drawn += 1;
            derived(&[seed.bytes(), &drawn.to_be_bytes()])
        };
        let mut hand = Hand {
            now: at,
            zone,
            me: handed.run.by,
            random: &mut random,
        };
        // Times of answers are held to the run's as well.
        let forms: Vec<EnteredForm> = forms.iter().map(|form| held_to(form, When::At(at), zone)).collect();
        Ok(decide_entered(&view, &forms, &mut hand)?)
    }

    fn view_of(&self, chart: ChartId, forms: &[EnteredForm], concern: Option<ThingId>) -> Option<EnteredView> {
        let sheet = self.sheets.get(&chart)?;
        let (mut lines, mut positive) = (Vec::new(), Vec::new());
        for form in forms {
            match form {
                EnteredForm::PassedOver { declined, .. } => {
                    let title = super::super::timeline::title(&declined.instrument);
                    lines.push(format!("{title}: every question was passed over"));
                }
                EnteredForm::Answered { taken, withdrawn, .. } => {
                    lines.push(assessment_line(taken));
                    safety_words(taken, withdrawn, &mut positive, &mut lines);
                }
            }
        }
        Some(EnteredView {
            chart,
            name: sheet.list_name(),
            concern: concern.map(|concern| (concern, positive)),
            lines,
        })
    }
}

/// What a form says about safety: positive answers, and questions that are open.
fn safety_words(
    taken: &Assessment,
    withdrawn: &BTreeMap<String, u8>,
    positive: &mut Vec<String>,
    lines: &mut Vec<String>,
) {
    let (Ok(definition), Ok(scored)) = (
        definition_of(&taken.instrument),
        score_assessment(taken, &Context::new()),
    ) else {
        return;
    };
    let title = &definition.short_title;
    let number = |item: &ItemId| {
        definition
            .questions()
            .position(|q| q.id == *item)
            .map_or(0, |at| at + 1)
    };
    for (item, answer) in &scored.safety {
        let at_first = withdrawn.get(item.as_str());
        match (answer, at_first) {
            (_, Some(first)) => positive.push(format!(
                "Item {} of {title} was answered {first} at first, and changed before the end",
                number(item)
            )),
            (SafetyAnswer::Positive(value), None) => {
                let label = label_of(definition, item, *value);
                positive.push(format!("Item {} of {title}: {value}{label}", number(item)));
            }
            (SafetyAnswer::NotAnswered, None) => lines.push(format!(
                "Item {} of {title} was not answered. Not answered is not \u{201c}no\u{201d}: ask it",
                number(item)
            )),
            (SafetyAnswer::Negative | SafetyAnswer::NotAsked, None) => {}
        }
    }
}

fn label_of(definition: &Definition, item: &ItemId, value: i32) -> String {
    let item = definition.item(item);
    let option = item.and_then(|item| definition.options(item).iter().find(|option| option.value == value));
    option.map_or_else(String::new, |option| format!(", {}", option.label.to_lowercase()))
}

/// The definition by which a form was shown.
fn version_of(instrument: &str, version: &str) -> Option<&'static Definition> {
    catalog().version(&InstrumentId::new(instrument), version)
}

/// Reads an item and checks that it belongs to its run and fits its form.
fn read_item(line: &str, plain: &[u8], run: &Run) -> Option<(Line, Sealed)> {
    let line: Line = serde_json::from_str(line).ok()?;
    let sealed: Sealed = serde_json::from_slice(plain).ok()?;
    if !run.instruments.contains(&line.instrument) {
        return None;
    }
    let definition = version_of(&line.instrument, &line.version)?;
    let Some(item) = &sealed.item else {
        return Some((line, sealed));
    };
    let position = usize::try_from(line.position).ok()?;
    if definition.questions().nth(position)?.id.as_str() != item {
        return None;
    }
    if let Some(value) = sealed.value {
        let answer = (ItemId::new(item.as_str()), i32::from(value));
        Answers::from_iter([answer]).check(definition).ok()?;
    }
    Some((line, sealed))
}

impl Handed {
    /// Puts an item to its form; items come in the order in which they were given. What was answered to another version
    /// of the questions, after an update in mid-run, is another form.
    fn take(&mut self, key: Key, line: Line, sealed: Sealed) {
        let is_its = |form: &Form| (&form.instrument, &form.version) == (&line.instrument, &line.version);
        let at = self.forms.iter().position(is_its);
        let at = at.unwrap_or_else(|| {
            self.forms.push(Form {
                instrument: line.instrument,
                version: line.version,
                first: key.clone(),
                keys: Vec::new(),
                answers: BTreeMap::new(),
                highest: BTreeMap::new(),
                is_finished: false,
                at: sealed.at,
            });
            self.forms.len() - 1
        });
        let Some(form) = self.forms.get_mut(at) else { return };
        form.keys.push(key);
        form.at = sealed.at;
        let Some(item) = sealed.item else {
            form.is_finished = true;
            return;
        };
        if let Some(value) = sealed.value {
            let highest = form.highest.entry(item.clone()).or_insert(value);
            *highest = value.max(*highest);
        }
        form.answers.insert(item, sealed.value);
    }

    /// The keys of its items.
    fn keys(&self) -> impl Iterator<Item = Key> {
        self.forms.iter().flat_map(|form| form.keys.iter().cloned())
    }

    /// Each form as if it were all that the run holds.
    fn one_by_one(self) -> Vec<Self> {
        let Self { id, run, forms, .. } = self;
        let alone = |form: Form| Self {
            id: id.clone(),
            seed: format!("{id} {}", form.first),
            run: run.clone(),
            forms: vec![form],
        };
        forms.into_iter().map(alone).collect()
    }

    fn forms(&self) -> Vec<EnteredForm> {
        self.forms.iter().filter_map(|form| form.entered(&self.id)).collect()
    }
}

impl Form {
    /// What becomes of it; `None` when nothing was answered and it was left before its end.
    fn entered(&self, run: &str) -> Option<EnteredForm> {
        let id = derived(&[b"caseload inbox 1", run.as_bytes(), self.first.as_str().as_bytes()]);
        let id = EntryId::derived(id);
        let given = |(item, value): (&String, &Option<u8>)| Some((item.clone(), (*value)?));
        let mut items: BTreeMap<String, u8> = self.answers.iter().filter_map(given).collect();
        let withdrawn = self.withdrawn();
        if items.is_empty() {
            // Nothing is left but what was taken back: it was given all the same, and the concern says the rest.
            items.clone_from(&withdrawn);
        }
        if items.is_empty() {
            let declined = Declined {
                instrument: self.instrument.clone(),
                at: self.at,
                reason: DeclineReason::Refused,
            };
            return self.is_finished.then_some(EnteredForm::PassedOver { id, declined });
        }
        let taken = Assessment {
            instrument: self.instrument.clone(),
            version: self.version.clone(),
            at: self.at,
            taken: Taken::Device,
            answers: Answered::Items(items),
            scale: None,
            respondent: None,
        };
        Some(EnteredForm::Answered { id, taken, withdrawn })
    }

    /// Positive safety answers that were higher than what stands in the end.
    fn withdrawn(&self) -> BTreeMap<String, u8> {
        let Some(definition) = version_of(&self.instrument, &self.version) else {
            return BTreeMap::new();
        };
        let watched = definition.safety_items.iter().filter_map(|safety| {
            let item = safety.item.as_str();
            let highest = *self.highest.get(item)?;
            let last = self.answers.get(item).copied().flatten();
            let is_positive = safety.positive_at <= i32::from(highest);
            (is_positive && last.is_none_or(|last| last < highest)).then(|| (item.to_owned(), highest))
        });
        watched.collect()
    }
}

/// A form whose time lies beyond the run's is dated at the run's end.
fn held_to(form: &EnteredForm, end: When, zone: crate::journal::Zone) -> EnteredForm {
    let hold = |at: When| match at.instant(zone) <= end.instant(zone) {
        true => at,
        false => end,
    };
    match form.clone() {
        EnteredForm::Answered { id, taken, withdrawn } => EnteredForm::Answered {
            id,
            taken: Assessment {
                at: hold(taken.at),
                ..taken
            },
            withdrawn,
        },
        EnteredForm::PassedOver { id, declined } => EnteredForm::PassedOver {
            id,
            declined: Declined {
                at: hold(declined.at),
                ..declined
            },
        },
    }
}

/// Sixteen bytes that the same parts always give.
fn derived(parts: &[&[u8]]) -> [u8; 16] {
    let digest = Digest::of(&parts.concat());
    let mut bytes = [0; 16];
    for (byte, from) in bytes.iter_mut().zip(digest.bytes()) {
        *byte = *from;
    }
    bytes
}

/// The node of a run's stamps.
fn node_of(run: &str) -> u64 {
    let bytes = derived(&[b"caseload node", run.as_bytes()]);
    bytes.iter().take(8).fold(0, |node, byte| node << 8 | u64::from(*byte))
}
