//! Writes what a row says as entries whose ids follow from the row: the same row makes the same entry again.

use std::collections::BTreeMap;

use super::cells::{name_and_credential, plain};
use super::on_file::{OnFile, OnFiles};
use super::people::{self, Named, SheetPerson, WhoIs};
use crate::journal::facts::{Person, Role};
use crate::journal::{
    Chart, ChartId, Day, Digest, Draft, Entry, EntryError, EntryId, EpisodeId, Fact, FactProblem, Folded, Journal,
    PersonId, RegistryId, Slot, Stamp, ThingId,
};

/// What an import asks of the registry that is open.
pub trait Existing {
    /// The entries of a chart.
    fn chart(&self, chart: ChartId) -> Option<&Chart>;
    /// The chart of the patient with this MRN (without blanks around it).
    fn chart_of_mrn(&self, mrn: &str) -> Option<ChartId>;
    /// Who is on file with this MRN.
    fn on_file(&self, _mrn: &str) -> Option<OnFile> {
        None
    }
    /// Who is on file with this name and date of birth.
    fn on_file_as(&self, _given: &str, _family: &str, _birth: Day) -> Option<OnFile> {
        None
    }
    /// Who a care manager is whom the sheet names, where a person has said so.
    fn who_is(&self, _name: &str) -> Option<WhoIs> {
        None
    }
}

/// A registry without entries.
#[derive(Clone, Copy, Debug, Default)]
pub struct NothingYet;

impl Existing for NothingYet {
    fn chart(&self, _: ChartId) -> Option<&Chart> {
        None
    }
    fn chart_of_mrn(&self, _: &str) -> Option<ChartId> {
        None
    }
}

/// A registry that is a journal in memory.
#[derive(Clone, Debug)]
pub struct JournalLookup<'a> {
    journal: &'a Journal,
    by_mrn: BTreeMap<String, ChartId>,
    on_file: OnFiles,
}

impl<'a> JournalLookup<'a> {
    /// Looks up MRNs once.
    pub fn new(journal: &'a Journal) -> Self {
        let (mut by_mrn, mut on_file) = (BTreeMap::new(), OnFiles::default());
        for (id, chart) in journal.charts() {
            if let Some(Fact::Registration(r)) = chart.fold().head(&Slot::Registration).map(|l| &l.fact) {
                on_file.add(&r.given, &r.family, r.birth, r.mrn.as_deref());
                if let Some(mrn) = &r.mrn {
                    by_mrn.entry(mrn.trim().to_owned()).or_insert(id);
                }
            }
        }
        Self {
            journal,
            by_mrn,
            on_file,
        }
    }
}

impl Existing for JournalLookup<'_> {
    fn chart(&self, chart: ChartId) -> Option<&Chart> {
        self.journal.chart(chart)
    }
    fn chart_of_mrn(&self, mrn: &str) -> Option<ChartId> {
        self.by_mrn.get(mrn).copied()
    }
    fn on_file(&self, mrn: &str) -> Option<OnFile> {
        self.on_file.with_mrn(mrn)
    }
    fn on_file_as(&self, given: &str, family: &str, birth: Day) -> Option<OnFile> {
        self.on_file.named(given, family, birth)
    }
}

/// Who authors the entries of an import: always the same person, so that two imports make the same bytes.
pub fn importer(registry: RegistryId) -> PersonId {
    PersonId::derived(derive(&["importer", &registry.to_string()]))
}

/// The chart that a patient of a sheet gets, when no chart has the MRN yet.
pub fn chart_for_mrn(registry: RegistryId, mrn: &str) -> ChartId {
    ChartId::derived(derive(&["chart", &registry.to_string(), mrn]))
}

/// The first sixteen bytes of SHA-256 over the parts, each with its length.
fn derive(parts: &[&str]) -> [u8; 16] {
    let mut bytes = b"caseload-import".to_vec();
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    let mut short = [0; 16];
    short
        .iter_mut()
        .zip(Digest::of(&bytes).bytes())
        .for_each(|(to, from)| *to = *from);
    short
}

/// What became of a fact that a row said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Written.
    New(EntryId),
    /// Here already, from an earlier import or by hand.
    Known(EntryId),
    /// The registry holds something else in its place, which stays.
    Kept(EntryId),
    /// Not written: its content breaks its own rules.
    Broken(Vec<FactProblem>),
}

impl Said {
    pub fn id(&self) -> Option<EntryId> {
        match self {
            Said::New(id) | Said::Known(id) | Said::Kept(id) => Some(*id),
            Said::Broken(_) => None,
        }
    }
}

/// Where a fact goes and what it follows from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub chart: ChartId,
    /// The natural key: which statement of which row this is, without its content.
    pub key: &'a str,
    /// The row's date.
    pub day: Day,
    /// Which of several settings of one slot on one day this is.
    pub order: u16,
}

/// The writer of an import.
pub(super) struct Scribe<'a> {
    registry: RegistryId,
    author: PersonId,
    existing: &'a dyn Existing,
    entries: Vec<Entry>,
    ordinals: BTreeMap<[u8; 16], u32>,
    folded: BTreeMap<ChartId, Option<Folded>>,
    people: BTreeMap<(Role, String), PersonId>,
    named: Named,
}

impl<'a> Scribe<'a> {
    pub fn new(registry: RegistryId, existing: &'a dyn Existing) -> Self {
        Self {
            registry,
            author: importer(registry),
            existing,
            entries: Vec::new(),
            ordinals: BTreeMap::new(),
            folded: BTreeMap::new(),
            people: BTreeMap::new(),
            named: Named::new(),
        }
    }

    /// The chart of a patient, here or to be made.
    pub fn chart(&self, mrn: &str) -> ChartId {
        self.existing
            .chart_of_mrn(mrn)
            .unwrap_or_else(|| chart_for_mrn(self.registry, mrn))
    }
    /// Whether the registry has a chart of this MRN.
    pub fn is_here(&self, mrn: &str) -> bool {
        self.existing.chart_of_mrn(mrn).is_some()
    }
    pub fn is_erased(&self, chart: ChartId) -> bool {
        self.existing.chart(chart).is_some_and(Chart::is_erased)
    }
    /// Who manages the care of a patient who is here already.
    pub fn care_manager_here(&mut self, chart: ChartId) -> Option<PersonId> {
        match self.folded(chart)?.head(&Slot::Assignment).map(|l| &l.fact) {
            Some(Fact::Assignment(a)) => a.care_manager,
            _ => None,
        }
    }

    pub fn thing(&self, chart: ChartId, what: &str, name: &str) -> ThingId {
        ThingId::derived(derive(&["thing", &chart.to_string(), what, name]))
    }
    pub fn episode(&self, chart: ChartId) -> EpisodeId {
        EpisodeId::derived(derive(&["episode", &chart.to_string()]))
    }

    /// Somebody whom a cell names, here already or written into the registry's own chart.
    pub fn person(&mut self, cell: &str, role: Role) -> Result<PersonId, EntryError> {
        let (name, credential) = name_and_credential(cell);
        let key = (role, plain(&name));
        if let Some(known) = self.people.get(&key) {
            if let Some(named) = self.named.get_mut(&key.1).filter(|_| role == Role::CareManager) {
                named.rows += 1;
            }
            return Ok(*known);
        }
        let here = self.person_here(&key);
        let is = match here {
            Some(here) => Some(here),
            None if role == Role::CareManager => self.who_is(&name),
            None => None,
        };
        if role == Role::CareManager {
            let named = SheetPerson {
                name: name.clone(),
                rows: 1,
                is,
                is_on_file: here.is_some(),
            };
            self.named.insert(key.1.clone(), named);
        }
        let id = match here {
            Some(id) => id,
            None => {
                let person = PersonId::derived(derive(&[
                    "person",
                    &self.registry.to_string(),
                    &format!("{role:?}"),
                    &key.1,
                ]));
                // The sheet's spelling is kept as another name of whom it means, so that it is known the next time.
                self.write_person(person, name, role, credential, is)?;
                is.unwrap_or(person)
            }
        };
        self.people.insert(key, id);
        Ok(id)
    }

    /// Whom a name that is not on file means: as a person said, or as its parts let guess.
    fn who_is(&mut self, name: &str) -> Option<PersonId> {
        match self.existing.who_is(name) {
            Some(WhoIs::Person(person)) => Some(person),
            Some(WhoIs::New) => None,
            None => {
                let own = self.registry.own_chart();
                people::guess(self.folded(own)?, name)
            }
        }
    }

    /// The care managers whom the rows named.
    pub fn named(&self) -> Vec<SheetPerson> {
        self.named.values().cloned().collect()
    }
    /// What the registry holds.
    pub fn existing(&self) -> &'a dyn Existing {
        self.existing
    }

    /// Writes down who authors the import.
    pub fn introduce_importer(&mut self) -> Result<(), EntryError> {
        self.write_person(self.author, "Spreadsheet import".to_owned(), Role::Import, None, None)
    }

    fn write_person(
        &mut self,
        person: PersonId,
        name: String,
        role: Role,
        credential: Option<String>,
        same_as: Option<PersonId>,
    ) -> Result<(), EntryError> {
        let fact = Person {
            person,
            name,
            role,
            credential,
            npi: None,
            supervisor: None,
            phone: None,
            left: false,
            same_as,
        };
        // A person has no date in a sheet; the same one always makes the same bytes.
        let day = Day::from(chrono::NaiveDate::default());
        let place = Place {
            chart: self.registry.own_chart(),
            key: "person",
            day,
            order: 0,
        };
        self.say(place, &[], fact).map(|_| ())
    }

    fn person_here(&mut self, (role, name): &(Role, String)) -> Option<PersonId> {
        let own = self.registry.own_chart();
        let own = self.folded(own)?;
        let found = people::on_file(own)
            .rev()
            .find(|p| p.role == *role && plain(&p.name) == *name)?;
        Some(people::stands_for(own, found.person))
    }

    /// Writes a fact down, unless it is here already or the registry holds something else in its place.
    pub fn say(&mut self, place: Place<'_>, replaces: &[EntryId], fact: impl Into<Fact>) -> Result<Said, EntryError> {
        let fact = fact.into();
        let problems = fact.problems();
        if !problems.is_empty() {
            return Ok(Said::Broken(problems));
        }
        let id = self.entry_id(place, &fact)?;
        if let Some(said) = self.folded(place.chart).and_then(|here| here_already(here, id, &fact)) {
            return Ok(said);
        }
        if self.holds(place.chart, id) {
            return Ok(Said::Known(id));
        }
        let draft = Draft {
            chart: place.chart,
            replaces: replaces.to_vec(),
            fact,
        };
        self.entries
            .push(Entry::write(draft, id, stamp(place.day, place.order), self.author)?);
        Ok(Said::New(id))
    }

    /// All that was written.
    pub fn finish(self) -> Vec<Entry> {
        self.entries
    }

    fn entry_id(&mut self, place: Place<'_>, fact: &Fact) -> Result<EntryId, EntryError> {
        let json = fact.to_json().map_err(EntryError::NotAnEntry)?;
        let (registry, chart) = (self.registry.to_string(), place.chart.to_string());
        let same = derive(&["same", &registry, &chart, place.key, fact.kind(), &json]);
        let ordinal = self.ordinals.entry(same).or_default();
        let id = derive(&[
            "entry",
            &registry,
            &chart,
            place.key,
            &ordinal.to_string(),
            fact.kind(),
            &json,
        ]);
        *ordinal += 1;
        Ok(EntryId::derived(id))
    }
    fn holds(&self, chart: ChartId, id: EntryId) -> bool {
        // An entry that was voided or erased since is here all the same, and stays as it was decided.
        self.existing
            .chart(chart)
            .is_some_and(|c| c.entries().any(|e| e.id() == id))
    }
    fn folded(&mut self, chart: ChartId) -> Option<&Folded> {
        let existing = self.existing;
        self.folded
            .entry(chart)
            .or_insert_with(|| existing.chart(chart).map(Chart::fold))
            .as_ref()
    }
}

/// Whether the registry holds this fact, or something in its place that stays.
fn here_already(here: &Folded, id: EntryId, fact: &Fact) -> Option<Said> {
    if here.live().iter().any(|l| l.id == id) {
        return Some(Said::Known(id));
    }
    if let Some(head) = fact.slot().and_then(|slot| here.head(&slot)) {
        return Some(if head.fact == *fact {
            Said::Known(head.id)
        } else {
            Said::Kept(head.id)
        });
    }
    let stands_for = |l: &&crate::journal::Live| match (&l.fact, fact) {
        (Fact::Time(a), Fact::Time(b)) => a.of.is_some() && a.of == b.of,
        (Fact::Assessment(a), Fact::Assessment(b)) => a.instrument == b.instrument && a.at == b.at,
        _ => false,
    };
    here.live().iter().find(stands_for).map(|l| {
        if l.fact == *fact || is_same_but_for_whose(&l.fact, fact) {
            Said::Known(l.id)
        } else {
            Said::Kept(l.id)
        }
    })
}

/// Whether two spans of time differ only in whose they are: who a name of the sheet means may have been settled since.
fn is_same_but_for_whose(here: &Fact, fact: &Fact) -> bool {
    match (here, fact) {
        (Fact::Time(a), Fact::Time(b)) => {
            let mut as_here = b.clone();
            as_here.by = a.by;
            *a == as_here
        }
        _ => false,
    }
}

/// A stamp from a row's date, the same in every zone.
pub(super) fn stamp(day: Day, order: u16) -> Stamp {
    let midnight = day.date().and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
    Stamp::new(u64::try_from(midnight).unwrap_or(0), order, 0)
}
