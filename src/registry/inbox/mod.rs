//! Patient mode: the clinic's device is handed over locked, and what a patient answers is sealed to the registry's public key.
//!
//! A run begins while the registry is open ([`Books::hand_over`]): a record sealed under the data key says whose form it will be. From
//! then on nobody has the keys. Each answer is one item of the inbox ([`keep`]); instrument, version and place in the form stay in the
//! clear, so that a page that was loaded again goes on ([`place`]). At the next unlock it all becomes part of the record ([`drain`]).

mod answer;
mod drain;

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::api::Failure;
use super::books::Books;
use super::machine::Machine;
use super::open;
use super::views::RunPlace;
use crate::care::intent::Refusal;
use crate::instruments::definition_of;
use crate::journal::facts::Taken;
use crate::journal::{ChartId, Fact, Live, PersonId, RegistryId, RunId, When, Zone};
use crate::store::{self, Key, Store};
use crate::vault::Aead;

pub use answer::{Given, PatientAnswer};
pub(super) use drain::not_taken_in;

/// What a run is for: sealed under the data key, so that only somebody who unlocked could write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    /// Whose form it is.
    chart: ChartId,
    /// Who handed the device over.
    by: PersonId,
    /// When.
    at: When,
    /// Which instruments were to be asked.
    instruments: Vec<String>,
}

/// What lies in the clear of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    instrument: String,
    version: String,
    position: u32,
}

/// What is sealed of an item. Its run says whose it is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Sealed {
    /// The item; `None` at the end of the form.
    item: Option<String>,
    /// The answer; `None` when the patient would rather not answer.
    value: Option<u8>,
    /// When it was given.
    at: When,
}

/// Every item is sealed at this length, in bytes, so that the length tells nothing.
const SEALED_LENGTH: usize = 192;

const TWO_PEOPLE: &str = "A measure for a parent or guardian is handed over by itself: the patient\u{2019}s own measures are for the patient";

impl<S: Store, A: Aead> Books<S, A> {
    /// Begins a run for one patient.
    pub async fn hand_over(
        &mut self,
        chart: ChartId,
        instruments: &[String],
        at: DateTime<FixedOffset>,
    ) -> Result<RunId, Failure> {
        if self.sheet(chart)?.erased {
            return Err(Refusal::NoSuchChart.into());
        }
        if instruments.is_empty() {
            return Err(Refusal::Field("Choose at least one measure".to_owned()).into());
        }
        let mut by = BTreeSet::new();
        for instrument in instruments {
            let definition = definition_of(instrument).map_err(|problem| Refusal::Measure(problem.to_string()))?;
            let Some(respondent) = definition.filled_in_alone_by() else {
                let sentence = format!("{} can\u{2019}t be filled in alone", definition.short_title);
                return Err(Refusal::Field(sentence).into());
            };
            by.insert(respondent);
            if definition.asks_about_suicide() && self.office.same_day_review.is_none() {
                let sentence = format!(
                    "{} asks about suicide, and nobody has confirmed in Settings that the answers are looked at the \
                     same day",
                    definition.short_title
                );
                return Err(Refusal::Field(sentence).into());
            }
        }
        if 1 < by.len() {
            return Err(Refusal::Field(TWO_PEOPLE.to_owned()).into());
        }
        let run = RunId::from_random(self.random());
        let ticket = Run {
            chart,
            by: self.me,
            at: When::At(at),
            instruments: instruments.to_vec(),
        };
        let json = serde_json::to_vec(&ticket).map_err(|_error: serde_json::Error| store::SealedError::Unwritable)?;
        self.store.begin_run(Key::new(run.to_string()), &json).await?;
        Ok(run)
    }

    /// The keys of what lies in the inbox about a patient: runs, and their items.
    pub(super) async fn inbox_about(&self, chart: ChartId) -> Result<Vec<Key>, Failure> {
        let inbox = self.store.open_inbox().await?;
        let is_of = |plain: &[u8]| serde_json::from_slice::<Run>(plain).is_ok_and(|run| run.chart == chart);
        let runs = inbox.runs.iter().filter(|(_, plain)| is_of(plain));
        let runs: BTreeSet<&str> = runs.map(|(key, _)| key.as_str()).collect();
        let of_run = |key: &&Key| key.in_run().is_some_and(|(run, _)| runs.contains(run));
        let items = inbox.items.iter().map(|item| &item.key);
        let damaged = inbox.damage.iter().map(|damage| &damage.key);
        let items = items.chain(damaged).filter(of_run).cloned();
        Ok(items.chain(runs.iter().map(|run| Key::new(*run))).collect())
    }
}

/// Keeps one answer. When this returns `Ok`, it is on the disk.
pub(super) async fn keep<M: Machine>(machine: &M, answer: &PatientAnswer, now: u64, zone: Zone) -> Result<(), Failure> {
    let store = machine.open(answer.registry).await?;
    let run = answer.run.to_string();
    let kept = store::read_run(&store, &run).await?;
    if !kept.iter().any(|(key, _)| key.as_str() == run) {
        return Err(Failure::Nothing);
    }
    let file = open::key_file(&store).await?;
    let mut entropy = machine.entropy();
    // Two tabs may give out the same number: what is random keeps both.
    let mut random = [0; 4];
    let no_random = |_error: crate::vault::EntropyError| Failure::Browser(open::NO_RANDOM.to_owned());
    entropy.fill(&mut random).map_err(no_random)?;
    let number = kept.iter().filter_map(|(key, _)| number_of(key)).max().unwrap_or(0) + 1;
    let key = Key::of_run(&run, &format!("{number:04x}-{:08x}", u32::from_be_bytes(random)));
    let at = zone
        .from_millis(i64::try_from(now).unwrap_or(i64::MAX))
        .unwrap_or_default();
    let (line, sealed) = item_of(answer, When::At(at));
    let unwritable = |_error: serde_json::Error| store::SealedError::Unwritable;
    let line = serde_json::to_string(&line).map_err(unwritable)?;
    let mut plain = serde_json::to_vec(&sealed).map_err(unwritable)?;
    if plain.len() > SEALED_LENGTH {
        return Err(store::SealedError::Unwritable.into());
    }
    plain.resize(SEALED_LENGTH, b' ');
    let bytes = store::seal_item(&file, &key, &line, &plain, &mut *entropy)?;
    Ok(store::put_item(&store, key, bytes).await?)
}

fn item_of(answer: &PatientAnswer, at: When) -> (Line, Sealed) {
    let (position, item, value) = match &answer.given {
        Given::Question { position, item, value } => (*position, Some(item.clone()), *value),
        // One past the last question.
        Given::End => {
            let questions = definition_of(&answer.instrument).map_or(0, |d| d.questions().count());
            (open::count(questions), None, None)
        }
    };
    let line = Line {
        instrument: answer.instrument.clone(),
        version: answer.version.clone(),
        position,
    };
    (line, Sealed { item, value, at })
}

/// The number of a run's item: they count up.
fn number_of(key: &Key) -> Option<u32> {
    let (_, number) = key.in_run()?;
    u32::from_str_radix(number.split('-').next()?, 16).ok()
}

/// Where a run stands, by what lies in the clear.
pub(super) async fn place<M: Machine>(machine: &M, registry: RegistryId, run: RunId) -> Result<RunPlace, Failure> {
    let store = machine.open(registry).await?;
    let run = run.to_string();
    let kept = store::read_run(&store, &run).await?;
    let last = kept
        .iter()
        .filter_map(|(key, bytes)| Some((number_of(key)?, store::line_of(bytes)?)))
        .max_by_key(|(number, _)| *number)
        .and_then(|(_, line)| serde_json::from_str::<Line>(line).ok());
    Ok(RunPlace {
        is_here: kept.iter().any(|(key, _)| key.as_str() == run),
        last: last.map(|line| (line.instrument, line.position)),
    })
}

/// Whether a form came from the inbox: what the clinic's device gave, under an id that was derived from it.
pub(super) fn is_entered_while_locked(live: &Live) -> bool {
    let taken = match &live.fact {
        Fact::Assessment(a) => a.taken == Taken::Device,
        Fact::Declined(_) => true,
        _ => false,
    };
    taken && live.id.is_derived()
}
