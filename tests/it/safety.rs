//! How safety answers travel: from a form to a concern, through corrections, moves, merges and imports. The entries
//! are decided on and folded as the app does it, in two copies where they part.

use caseload::care::decide::{Decision, Hand, Limits, View, decide};
use caseload::care::intent::{Intent, Refusal};
use caseload::care::quick::TryMinutes;
use caseload::care::{AsOf, Item, Office, Protocol, WorkingDays, item_of};
use caseload::flowsheet::{ConcernLine, Flowsheet, project};
use caseload::journal::facts::*;
use caseload::journal::{Chart, ChartId, Clock, Day, Draft, Entry, EntryId, EpisodeId, Fact, PersonId, ThingId, When};

mod again;
mod asked;
mod checked;
mod close;
mod closing;
mod course;
mod crisis;
mod dated;
mod early;
mod ended;
mod follow_up;
mod law;
mod slip;
mod taken_back;
mod travel;
mod wrong;

fn office() -> Office {
    Office {
        zone: "America/New_York".parse().unwrap(),
        working_days: WorkingDays::MONDAY_TO_FRIDAY,
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// `2026-11-20`, or `2026-11-20T09:00:00-05:00`.
fn when(text: &str) -> When {
    text.parse().unwrap()
}

fn me() -> PersonId {
    PersonId::from_random([1; 16])
}

fn chart() -> ChartId {
    ChartId::from_random([5; 16])
}

/// One copy of one patient's chart, with a clock of its own.
#[derive(Clone)]
struct Copy {
    id: ChartId,
    entries: Chart,
    clock: Clock,
    node: u64,
    drawn: u64,
    now: When,
}

impl Copy {
    /// An active patient since 1 September 2026.
    fn new(node: u64) -> Self {
        let mut copy = Self {
            id: chart(),
            entries: Chart::default(),
            clock: Clock::new(node),
            node,
            drawn: 0,
            now: when("2026-11-02T09:00:00-05:00"),
        };
        let episode = EpisodeId::from_random([9; 16]);
        copy.write(StatusChange {
            episode,
            status: Status::Active,
            from: day("2026-09-01"),
            why: None,
        });
        copy
    }
    /// The same chart in another browser, whose entries get their own ids.
    fn elsewhere(&self, node: u64) -> Self {
        let mut other = self.clone();
        (other.node, other.clock) = (node, Clock::new(node));
        self.entries.entries().for_each(|e| other.clock.observe(e.stamp()));
        other
    }
    fn at(mut self, now: &str) -> Self {
        self.now = when(now);
        self
    }
    fn millis(&self) -> u64 {
        u64::try_from(self.now.instant(office().zone).timestamp_millis()).unwrap()
    }
    fn draw(&mut self) -> [u8; 16] {
        self.drawn += 1;
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&(self.node << 32 | self.drawn).to_be_bytes());
        bytes
    }
    fn write(&mut self, fact: impl Into<Fact>) -> EntryId {
        let fact: Fact = fact.into();
        let folded = self.entries.fold();
        let replaces = fact
            .slot()
            .map(|slot| folded.replaced_by_next(&slot))
            .unwrap_or_default();
        let id = EntryId::from_random(self.draw());
        let stamp = self.clock.tick(self.millis());
        let draft = Draft {
            chart: self.id,
            replaces,
            fact,
        };
        self.entries.insert(Entry::write(draft, id, stamp, me()).unwrap());
        id
    }
    fn sheet(&self) -> Flowsheet {
        project(self.id, &self.entries, &self.entries.fold(), office().zone)
    }
    fn decide(&mut self, intent: &Intent, other: Option<&Chart>) -> Result<Decision, Refusal> {
        let (folded, sheet) = (self.entries.fold(), self.sheet());
        let (own, empty) = (ChartId::from_random([7; 16]), Chart::default().fold());
        let other = other.map(Chart::fold);
        let far = day("2027-01-01");
        let view = View {
            chart: Some((&folded, &sheet)),
            office: (own, &empty),
            other: other.as_ref(),
            assigned: Vec::new(),
            limits: Limits {
                watch_days: 7,
                safety_contact_days: 3,
                short_snooze: far,
                long_snooze: far,
                tries: TryMinutes::of(&Protocol::default_v1()),
            },
        };
        let now = self.now.instant(office().zone);
        let mut random = || self.draw();
        let mut hand = Hand {
            now,
            zone: office().zone,
            me: me(),
            random: &mut random,
        };
        decide(&view, intent, &mut hand)
    }
    /// Decides and writes; the ids of what was written.
    fn carry_out(&mut self, intent: &Intent) -> Vec<EntryId> {
        let decision = self.decide(intent, None).unwrap();
        let mut ids = Vec::new();
        for planned in decision.entries {
            let stamp = self.clock.tick(self.millis());
            ids.push(planned.id);
            let entry = Entry::write(planned.draft, planned.id, stamp, me()).unwrap();
            self.entries.insert(entry);
        }
        ids
    }
    fn record(&mut self, facts: Vec<Fact>) -> Vec<EntryId> {
        self.carry_out(&Intent::Record { chart: chart(), facts })
    }
    /// Takes a form; the entry of it.
    fn take(&mut self, assessment: Assessment) -> EntryId {
        self.record(vec![assessment.into()])[0]
    }
    fn step(&mut self, step: Step) {
        let (concern, at) = (self.concern().concern, self.now);
        let note = None;
        self.record(vec![
            ConcernStep {
                concern,
                at,
                step,
                note,
            }
            .into(),
        ]);
    }
    /// Everything that closing needs.
    fn see_to(&mut self) {
        let outcome = "safe for now".to_owned();
        self.step(Step::SecondStep {
            assessment: None,
            outcome,
        });
        let (who, how) = (Audience::Clinician, "by phone".to_owned());
        let name = None;
        self.step(Step::Told { who, how, name });
        self.step(Step::NextContact { on: day("2026-12-01") });
    }
    fn close(&mut self) -> Result<(), Refusal> {
        let intent = Intent::CloseConcern {
            chart: chart(),
            concern: self.concern().concern,
            action: "spoken with, plan made".to_owned(),
            reason: "no thoughts of it for a week".to_owned(),
            at: self.now,
        };
        self.decide(&intent, None)?;
        self.carry_out(&intent);
        Ok(())
    }
    fn merge(&mut self, other: &Copy) {
        for entry in other.entries.entries() {
            self.clock.observe(entry.stamp());
            self.entries.insert(entry.clone());
        }
    }
    fn concern(&self) -> ConcernLine {
        self.sheet().concerns.last().unwrap().clone()
    }
    fn compared(&self) -> Option<Compared> {
        self.concern().reassessed.map(|(_, compared)| compared)
    }
    fn item(&self) -> Option<Item> {
        let (protocol, office) = (Protocol::default_v1(), office());
        let now = self.now.instant(office.zone);
        item_of(&self.sheet(), &AsOf::now(&protocol, &office, now))
    }
}

fn items(instrument: &str, at: &str, answers: &[(&str, u8)]) -> Assessment {
    Assessment {
        instrument: instrument.to_owned(),
        version: "1".to_owned(),
        at: when(at),
        taken: Taken::Remotely,
        answers: Answered::Items(
            answers
                .iter()
                .map(|(item, value)| ((*item).to_owned(), *value))
                .collect(),
        ),
        scale: None,
        respondent: None,
    }
}

/// A PHQ-9 of zeros but for item 9.
fn phq9(at: &str, item9: u8) -> Assessment {
    let names: Vec<String> = (1..=9).map(|n| format!("phq9_{n}")).collect();
    let mut answers: Vec<(&str, u8)> = names.iter().map(|name| (name.as_str(), 0)).collect();
    answers[8].1 = item9;
    items("phq9", at, &answers)
}

/// An ASQ; the fifth question is asked after a Yes.
fn asq(at: &str, answers: [u8; 5]) -> Assessment {
    let names: Vec<String> = (1..=5).map(|n| format!("asq_{n}")).collect();
    let all: Vec<(&str, u8)> = names.iter().map(String::as_str).zip(answers).collect();
    items("asq", at, if answers[..4] == [0; 4] { &all[..4] } else { &all })
}

fn imported(concern: u8, on: &str, value: Option<u8>) -> Concern {
    Concern {
        concern: ThingId::from_random([concern; 16]),
        kind: ConcernKind::Suicide,
        because: Because::Imported { value, flag: None },
        level: Level::Positive,
        at: When::Day(day(on)),
    }
}
