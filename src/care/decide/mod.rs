//! From an intent to the entries that carry it out, or to the sentence that says why not. Pure: now, zone and new
//! ids come in, and nothing is written here.

mod activities;
mod again;
mod asked_now;
mod closing;
mod contact;
mod crisis;
mod early;
mod entered;
mod intake;
mod many;
mod moving;
mod once;
mod outside;
mod people;
mod quick;
mod record;
mod safety;
mod supervised;
mod team;
mod times;

use chrono::{DateTime, FixedOffset};

pub use early::FORM_WENT_ON;
pub use entered::{EnteredForm, asked};
pub use safety::{ACT_TODAY, SHORTEST_REASON};
pub use supervised::{NO_CONCERN, NO_EPISODE};

use super::intent::{Intent, Refusal};
use super::quick::TryMinutes;
use crate::flowsheet::{Flowsheet, project_folded};
use crate::instruments::{Context, MissingPolicy};
use crate::journal::facts::Sex;
use crate::journal::{ChartId, Day, Draft, EntryId, Fact, FactProblem, Folded, PersonId, Slot, ThingId, Zone};

/// What an intent is decided on.
pub struct View<'a> {
    /// The chart that the intent names: its state and its flowsheet; `None` when it isn't here.
    pub chart: Option<(&'a Folded, &'a Flowsheet)>,
    /// The registry's own chart.
    pub office: (ChartId, &'a Folded),
    /// The other chart of a move.
    pub other: Option<&'a Folded>,
    /// Charts of the patients whose care manager is another name of somebody, who change hands together, or for whom
    /// something is set together.
    pub assigned: Vec<(ChartId, &'a Folded)>,
    /// What the protocol allows.
    pub limits: Limits,
}

/// What the protocol allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Days for which a closed concern is watched.
    pub watch_days: u32,
    /// Days to the next contact with a patient who has an open concern.
    pub safety_contact_days: u32,
    /// Last day to which worsening and first contact may be put off.
    pub short_snooze: Day,
    /// Last day to which anything else may be put off.
    pub long_snooze: Day,
    /// Minutes that a try takes which one key records.
    pub tries: TryMinutes,
}

/// Who decides, when, and where new ids come from.
pub struct Hand<'a> {
    /// Now.
    pub now: DateTime<FixedOffset>,
    /// The clinic's zone.
    pub zone: Zone,
    /// Who.
    pub me: PersonId,
    /// Sixteen random bytes, new each time.
    pub random: &'a mut dyn FnMut() -> [u8; 16],
}

impl Hand<'_> {
    /// The clinic's day.
    pub fn today(&self) -> Day {
        self.zone.day(self.now)
    }
    /// A new entry of a save; `saved` is the millisecond that all ids of the save begin with, where it isn't now.
    fn entry(&mut self, saved: Option<u64>) -> EntryId {
        let bytes = (self.random)();
        let mut tail = [0; 10];
        tail.copy_from_slice(&bytes[..10]);
        let now = u64::try_from(self.now.timestamp_millis()).unwrap_or(0);
        EntryId::from_time(saved.unwrap_or(now), tail)
    }
    fn thing(&mut self) -> ThingId {
        ThingId::from_random((self.random)())
    }
}

/// An entry to be written, with the id that others of the same save may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its id.
    pub id: EntryId,
    /// What to write.
    pub draft: Draft,
}

/// What carries an intent out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The chart that the page shows afterwards.
    pub chart: ChartId,
    /// What to write, in order.
    pub entries: Vec<Planned>,
    /// Concerns that were opened or touched while open.
    pub concerns: Vec<ThingId>,
}

/// Turns an intent into entries.
///
/// # Errors
/// A sentence that says why nothing is written.
pub fn decide(view: &View<'_>, intent: &Intent, hand: &mut Hand<'_>) -> Result<Decision, Refusal> {
    let mut desk = Desk::new(view, intent, hand);
    carry_out(&mut desk, intent)?;
    supervised::check(&desk)?;
    if desk.entries.is_empty() {
        return Err(Refusal::Nothing);
    }
    Ok(Decision {
        chart: desk.chart,
        entries: desk.entries,
        concerns: desk.concerns,
    })
}

/// Turns what was filled in while locked into entries of one chart.
///
/// # Errors
/// When the chart is not here, or a form doesn't fit its instrument.
pub fn decide_entered(view: &View<'_>, forms: &[EnteredForm], hand: &mut Hand<'_>) -> Result<Decision, Refusal> {
    let mut desk = Desk {
        view,
        hand,
        chart: view.chart.map_or(view.office.0, |(_, sheet)| sheet.chart),
        entries: Vec::new(),
        concerns: Vec::new(),
        begun: Vec::new(),
        saved: None,
    };
    entered::forms(&mut desk, forms)?;
    Ok(Decision {
        chart: desk.chart,
        entries: desk.entries,
        concerns: desk.concerns,
    })
}

fn carry_out(desk: &mut Desk<'_, '_, '_>, intent: &Intent) -> Result<(), Refusal> {
    match intent {
        Intent::Register(patient) => intake::register(desk, patient),
        Intent::Contact(form) => contact::record(desk, form),
        Intent::Record { facts, .. } => record::facts(desk, facts),
        Intent::Office(facts) => record::office(desk, facts),
        Intent::SamePerson { person, same_as } => people::same_person(desk, *person, *same_as),
        Intent::Correct {
            entry, fact, reason, ..
        } => record::correct(desk, *entry, fact, reason.as_ref()),
        Intent::Void { entries, reason, .. } => record::void(desk, entries, reason),
        Intent::Move { from, to, entry } => moving::moved(desk, *from, *to, *entry),
        Intent::CloseConcern {
            concern,
            action,
            reason,
            at,
            ..
        } => safety::close(desk, *concern, action, reason, *at),
        Intent::Triage {
            concern, decision, at, ..
        } => safety::triage(desk, *concern, decision, *at),
        Intent::Snooze {
            clock, until, reason, ..
        } => record::snooze(desk, *clock, *until, reason),
        Intent::Settle { keep, .. } => record::settle(desk, *keep),
        Intent::Crisis(form) => crisis::record(desk, form),
        Intent::Begin { entry, taken, .. } => early::begin(desk, *entry, taken),
        Intent::Finish { form, begun } => early::finish(desk, form, begun),
        Intent::CloseTypedInError {
            concern, reason, at, ..
        } => early::close_typed_in_error(desk, *concern, reason, *at),
        Intent::OpenEpisode { referral, target, .. } => intake::open_episode(desk, referral, target.as_ref()),
        Intent::Try { what, at, .. } => quick::record(desk, *what, *at),
        Intent::Team { change, .. } => team::change(desk, change),
        Intent::CoSign { entries, verdict, .. } => supervised::sign(desk, entries, verdict),
        Intent::AskToClose { closing, .. } => supervised::ask(desk, closing),
        Intent::CarryOutAsked { request, .. } => supervised::carry_out_asked(desk, *request),
        // The registry has put a snapshot in its place.
        Intent::CloseMonth(_) => Err(Refusal::Nothing),
        Intent::SetForMany { what, .. } => many::set(desk, what),
    }
}

/// Where a decision is put together.
struct Desk<'v, 'h, 'r> {
    view: &'v View<'v>,
    hand: &'h mut Hand<'r>,
    chart: ChartId,
    entries: Vec<Planned>,
    concerns: Vec<ThingId>,
    /// Assessments that the form committed before it was finished.
    begun: Vec<EntryId>,
    /// The millisecond that the ids of this save begin with, where its form made one before: what is saved together is
    /// known by it.
    saved: Option<u64>,
}

impl<'v, 'h, 'r> Desk<'v, 'h, 'r> {
    fn new(view: &'v View<'v>, intent: &Intent, hand: &'h mut Hand<'r>) -> Self {
        let chart = match intent {
            Intent::Register(_) => ChartId::from_random((hand.random)()),
            Intent::Office(_) | Intent::SamePerson { .. } | Intent::SetForMany { .. } => view.office.0,
            _ => view.chart.map_or(view.office.0, |(_, sheet)| sheet.chart),
        };
        Self {
            view,
            hand,
            chart,
            entries: Vec::new(),
            concerns: Vec::new(),
            begun: Vec::new(),
            saved: None,
        }
    }

    fn entry(&mut self) -> EntryId {
        self.hand.entry(self.saved)
    }

    fn patient(&self) -> Result<(&'v Folded, &'v Flowsheet), Refusal> {
        self.view.chart.ok_or(Refusal::NoSuchChart)
    }

    /// Adds an entry that replaces the current ones of its slot.
    fn add(&mut self, fact: impl Into<Fact>) -> Result<EntryId, Refusal> {
        let id = self.entry();
        self.add_as(id, fact)
    }

    /// The same under an id that was made before.
    fn add_as(&mut self, id: EntryId, fact: impl Into<Fact>) -> Result<EntryId, Refusal> {
        let fact = activities::with_words(self, fact.into());
        let birth = self.view.chart.and_then(|(_, sheet)| sheet.who.birth);
        check(&fact, self.hand.today(), birth, self.hand.zone)?;
        let replaces = self.replaced_by(&fact);
        self.entries.push(Planned {
            id,
            draft: Draft {
                chart: self.chart,
                replaces,
                fact,
            },
        });
        Ok(id)
    }

    fn replaced_by(&self, fact: &Fact) -> Vec<EntryId> {
        let Some(slot) = fact.slot() else {
            return Vec::new();
        };
        let same_slot = |p: &&Planned| p.draft.fact.slot().as_ref() == Some(&slot);
        if let Some(earlier) = self.entries.iter().rev().find(same_slot) {
            return vec![earlier.id];
        }
        self.folded()
            .map(|folded| folded.replaced_by_next(&slot))
            .unwrap_or_default()
    }

    /// The steps of a concern that are written, those of this decision among them: what a closing has seen.
    fn steps_of(&self, concern: ThingId) -> Vec<EntryId> {
        let is_its = |fact: &Fact| matches!(fact, Fact::ConcernStep(step) if step.concern == concern);
        let live = self.folded().into_iter().flat_map(|folded| folded.live());
        let before = live.filter(|live| is_its(&live.fact)).map(|live| live.id);
        let now = self.entries.iter().filter(|planned| is_its(&planned.draft.fact));
        before.chain(now.map(|planned| planned.id)).collect()
    }

    fn folded(&self) -> Option<&'v Folded> {
        if self.chart == self.view.office.0 {
            return Some(self.view.office.1);
        }
        self.view.chart.map(|(folded, _)| folded)
    }

    /// The patient's chart and flowsheet once what was decided on so far is written.
    fn after(&self) -> Result<(Folded, Flowsheet), Refusal> {
        let (folded, sheet) = self.patient()?;
        let own = self.entries.iter().filter(|p| p.draft.chart == sheet.chart);
        let folded = folded.with(own.map(|p| (p.id, &p.draft)), self.hand.me);
        let missing = match self.view.office.1.head(&Slot::MeasureSettings).map(|live| &live.fact) {
            Some(Fact::MeasureSettings(settings)) if settings.prorating => MissingPolicy::Prorate,
            _ => MissingPolicy::CompleteOnly,
        };
        let sheet = project_folded(sheet.chart, &folded, self.hand.zone, missing);
        Ok((folded, sheet))
    }

    fn head(&self, slot: &Slot) -> Option<&'v Fact> {
        self.folded()
            .and_then(|folded| folded.head(slot))
            .map(|live| &live.fact)
    }

    /// What a scoring rule may need to know of the patient.
    fn scoring_context(&self) -> Context {
        let context = Context::new();
        match self.view.chart.and_then(|(_, sheet)| sheet.who.sex) {
            Some(Sex::Female) => context.with("sex", "female"),
            Some(Sex::Male) => context.with("sex", "male"),
            Some(Sex::Other) | None => context,
        }
    }
}

/// Refuses a fact that is not what it must be.
fn check(fact: &Fact, today: Day, birth: Option<Day>, zone: Zone) -> Result<(), Refusal> {
    let mut problems = fact.problems();
    problems.extend(fact.timing(today, birth, zone));
    match problems.first() {
        Some(FactProblem { field, problem }) => Err(Refusal::Field(format!("{field} {problem}"))),
        None => Ok(()),
    }
}
