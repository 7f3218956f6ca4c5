//! What a handoff would bring, before anything is written.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::alike::{SamePersonHint, same_person};
use super::news::{News, Tally, tally};
use super::{Handoff, NamedPerson, RegistryKind};
use crate::journal::facts::{Registration, SamePerson};
use crate::journal::{Chart, ChartId, Day, Entry, EntryId, Fact, FactProblem, Folded, Journal, Live, RegistryId, Slot};

/// What the preview asks of the registry that is open.
pub trait Local {
    /// The registry's id and kind; `None` where there is none yet, and while it holds nothing but itself.
    fn identity(&self) -> Option<(RegistryId, RegistryKind)>;
    /// The entries of a chart. Only charts that the handoff holds are asked for.
    fn chart(&self, chart: ChartId) -> Option<&Chart>;
    /// All patients, for the name alert.
    fn patients(&self) -> Vec<LocalPatient>;
    /// Pairs of charts that are known to be one person.
    fn same_person(&self) -> BTreeSet<(ChartId, ChartId)>;
}

/// A patient as the name alert compares them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalPatient {
    /// Whose chart.
    pub chart: ChartId,
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// Date of birth.
    pub birth: Option<Day>,
    /// Medical record number.
    pub mrn: Option<String>,
    /// First telephone number.
    pub phone: Option<String>,
}

impl LocalPatient {
    /// The patient of a registration.
    pub fn of(chart: ChartId, r: &Registration) -> Self {
        let (given, family) = (r.given.clone(), r.family.clone());
        Self {
            chart,
            given,
            family,
            birth: r.birth,
            mrn: r.mrn.clone(),
            phone: r.phones.first().cloned(),
        }
    }
}

/// A registry that is a journal in memory.
#[derive(Clone, Debug)]
pub struct Shelf<'a> {
    /// Its id and kind; `None` when it is to be joined.
    pub identity: Option<(RegistryId, RegistryKind)>,
    /// Its entries.
    pub journal: &'a Journal,
}

impl Local for Shelf<'_> {
    fn identity(&self) -> Option<(RegistryId, RegistryKind)> {
        self.identity
    }
    fn chart(&self, chart: ChartId) -> Option<&Chart> {
        self.journal.chart(chart)
    }
    fn patients(&self) -> Vec<LocalPatient> {
        self.journal
            .charts()
            .filter_map(|(id, chart)| patient_of(id, &chart.fold()))
            .collect()
    }
    fn same_person(&self) -> BTreeSet<(ChartId, ChartId)> {
        self.journal
            .charts()
            .flat_map(|(id, chart)| same_person_of(id, chart))
            .collect()
    }
}

/// How a handoff meets the registry that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joining {
    /// Nothing is here yet: this copy joins the handoff's registry.
    Joins,
    /// It comes from a copy of the same registry: everything in it is taken.
    SameRegistry,
    /// It comes from another registry: only patients' charts are taken.
    OtherRegistry,
}

/// Why a handoff doesn't belong in the registry that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Invented patients never enter a real registry.
    #[error("This handoff holds invented patients, from a training registry; they can't be added to real ones.")]
    TrainingIntoReal,
    /// Real patients never enter a training registry.
    #[error("This handoff holds real patients; they can't be added to a training registry.")]
    RealIntoTraining,
    /// A packet is opened by itself, or comes back to the registry that it left.
    #[error("This file is a packet of another registry; it opens in a window of its own.")]
    ForeignPacket,
    /// Chosen patients don't make a registry.
    #[error(
        "This handoff holds only chosen patients; to start a registry from a file, ask for a handoff of all of it."
    )]
    PartOfARegistry,
}

/// What a handoff would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// How it meets the registry.
    pub joining: Joining,
    /// Entries that are not here.
    pub new_entries: usize,
    /// Entries that are here already.
    pub known_entries: usize,
    /// Entries of the other registry's own chart, which are not taken.
    pub left_out: usize,
    /// Each patient's chart that brings something new, and the registry's own.
    pub charts: Vec<ChartPreview>,
    /// Patients' charts that are not here.
    pub new_charts: usize,
    /// Patients' charts that are here already, with or without anything new.
    pub known_charts: usize,
    /// Charts that may be one person with another.
    pub same_person: Vec<SamePersonHint>,
    /// Ids that come with two contents: both are kept.
    pub damaged: Vec<(ChartId, EntryId)>,
    /// Charts that it erases, once a person confirms it.
    pub erasures: Vec<ChartId>,
    /// New entries that this version can't read. They are kept and passed on.
    pub unknown_kinds: usize,
    /// New entries whose content breaks its own rules. They are kept, and shown as such.
    pub problems: Vec<EntryProblem>,
    /// People whom the handoff names.
    pub people: Vec<NamedPerson>,
}

/// What a handoff brings to one chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartPreview {
    /// Whose.
    pub chart: ChartId,
    /// The patient, as registered after the merge; `None` for the registry's own chart.
    pub patient: Option<LocalPatient>,
    /// Whether the chart is not here yet.
    pub is_new: bool,
    /// Entries that are not here.
    pub new: usize,
    /// Entries that are here already.
    pub known: usize,
    /// What is new, by kind.
    pub news: BTreeMap<News, Tally>,
    /// What the two copies set differently, and nobody had to settle before.
    pub forks: Vec<ForkPreview>,
}

/// Something that the two copies set differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForkPreview {
    /// What.
    pub slot: Slot,
    /// The entries that would stand side by side, oldest first.
    pub heads: Vec<EntryId>,
}

/// An entry whose content breaks its own rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryProblem {
    /// Whose chart.
    pub chart: ChartId,
    /// The entry.
    pub entry: EntryId,
    /// What is wrong.
    pub problems: Vec<FactProblem>,
}

/// What opening a handoff in this registry would do. Nothing is written.
pub fn preview(handoff: &Handoff, local: &impl Local) -> Result<Preview, Refusal> {
    let mut previewing = Previewing::begin(handoff, local)?;
    while let Some(id) = previewing.next_chart() {
        previewing.look(local.chart(id));
    }
    Ok(previewing.finish(local))
}

/// A handoff that is being compared with what is here, a chart at a time: only that chart has to be at hand, and a
/// large one can be given up.
#[derive(Debug)]
pub struct Previewing<'a> {
    handoff: &'a Handoff,
    preview: Preview,
    own: BTreeSet<ChartId>,
    charts: Vec<(ChartId, Vec<&'a Entry>)>,
    at: usize,
    newcomers: Vec<LocalPatient>,
}

impl<'a> Previewing<'a> {
    /// Begins; no chart was looked at yet.
    ///
    /// # Errors
    /// The handoff doesn't belong here.
    pub fn begin(handoff: &'a Handoff, local: &impl Local) -> Result<Self, Refusal> {
        let joining = joining(handoff, local)?;
        let own = own_charts(handoff, local);
        let mut charts: Vec<_> = by_chart(handoff).into_iter().collect();
        let mut left_out = 0;
        if joining == Joining::OtherRegistry {
            let foreign = |(id, _): &(ChartId, _)| own.contains(id);
            left_out = charts
                .iter()
                .filter(|c| foreign(c))
                .map(|(_, entries)| entries.len())
                .sum();
            charts.retain(|chart| !foreign(chart));
        }
        let preview = Preview {
            joining,
            new_entries: 0,
            known_entries: 0,
            left_out,
            charts: Vec::new(),
            new_charts: 0,
            known_charts: 0,
            same_person: Vec::new(),
            damaged: Vec::new(),
            erasures: Vec::new(),
            unknown_kinds: 0,
            problems: Vec::new(),
            people: handoff.header.people.clone(),
        };
        Ok(Self {
            handoff,
            preview,
            own,
            charts,
            at: 0,
            newcomers: Vec::new(),
        })
    }

    /// Charts that were looked at, and all of them.
    pub fn progress(&self) -> (usize, usize) {
        (self.at, self.charts.len())
    }
    /// The next few charts that will be asked for, in their order.
    pub fn next_charts(&self, most: usize) -> impl Iterator<Item = ChartId> {
        self.charts.iter().skip(self.at).take(most).map(|(id, _)| *id)
    }
    /// The next chart.
    pub fn next_chart(&self) -> Option<ChartId> {
        self.next_charts(1).next()
    }

    /// Compares the next chart with what is here of it.
    pub fn look(&mut self, here: Option<&Chart>) {
        let Some((id, entries)) = self.charts.get(self.at) else {
            return;
        };
        let chart = self.preview.chart(*id, entries, here, self.own.contains(id));
        self.newcomers.extend(chart.patient.clone());
        if chart.new > 0 {
            self.preview.charts.push(chart);
        }
        self.at += 1;
    }

    /// What came of it.
    pub fn finish(mut self, local: &impl Local) -> Preview {
        self.preview.same_person = same_person(&self.newcomers, self.handoff, local);
        self.preview
    }
}

/// The entries that a merge adds to this registry: those that are not here, without another registry's own chart.
pub fn entries_to_take(handoff: &Handoff, local: &impl Local) -> Result<Vec<Entry>, Refusal> {
    let joining = joining(handoff, local)?;
    let own = own_charts(handoff, local);
    let mut seen = BTreeSet::new();
    let wanted = handoff.entries().filter(|e| {
        let foreign = joining == Joining::OtherRegistry && own.contains(&e.chart());
        let known = local.chart(e.chart()).is_some_and(|c| c.holds(e.id(), e.digest()));
        !foreign && !known && seen.insert((e.id(), e.digest()))
    });
    Ok(wanted.cloned().collect())
}

fn joining(handoff: &Handoff, local: &impl Local) -> Result<Joining, Refusal> {
    use RegistryKind::{Packet, Real, Training};
    let header = &handoff.header;
    let Some((registry, kind)) = local.identity() else {
        let with_office = matches!(header.scope, super::Scope::All | super::Scope::Coverage(_));
        let whole = with_office || header.kind == Packet;
        return if whole {
            Ok(Joining::Joins)
        } else {
            Err(Refusal::PartOfARegistry)
        };
    };
    let same = registry == header.registry;
    match (header.kind, kind) {
        (Training, Training) | (Real, Real) | (Packet, Packet) if same => Ok(Joining::SameRegistry),
        (Training, Training) | (Real, Real) => Ok(Joining::OtherRegistry),
        (Packet, Real) if same => Ok(Joining::SameRegistry),
        (Training, _) => Err(Refusal::TrainingIntoReal),
        (_, Training) => Err(Refusal::RealIntoTraining),
        (Packet, _) | (_, Packet) => Err(Refusal::ForeignPacket),
    }
}

/// The own charts of both registries: neither is a patient's.
fn own_charts(handoff: &Handoff, local: &impl Local) -> BTreeSet<ChartId> {
    let here = local.identity().map(|(id, _)| id.own_chart());
    here.into_iter().chain([handoff.header.registry.own_chart()]).collect()
}

/// The handoff's entries by chart; a chart that came in several pieces is one.
fn by_chart(handoff: &Handoff) -> BTreeMap<ChartId, Vec<&Entry>> {
    let mut charts: BTreeMap<ChartId, Vec<&Entry>> = BTreeMap::new();
    for entry in handoff.entries() {
        charts.entry(entry.chart()).or_default().push(entry);
    }
    charts
}

impl Preview {
    fn chart(&mut self, id: ChartId, entries: &[&Entry], here: Option<&Chart>, own: bool) -> ChartPreview {
        let mut merged = here.cloned().unwrap_or_default();
        let damaged_before: BTreeSet<EntryId> = merged.damaged().into_iter().collect();
        let erased_before = merged.is_erased();
        // Of a record that was erased for good nothing comes back.
        let is_gone = erased_before && !merged.erasure_waits();
        let comes = |entry: &&&Entry| !is_gone || matches!(entry.fact(), Fact::Erased(_));
        let mut fresh: Vec<&Entry> = Vec::new();
        for entry in entries.iter().filter(comes) {
            if merged.insert((*entry).clone()) {
                self.look_at(id, entry);
                fresh.push(entry);
            }
        }
        let (new, known) = (fresh.len(), entries.len() - fresh.len());
        let news = tally(fresh.into_iter());
        self.new_entries += new;
        self.known_entries += known;
        let damaged = merged.damaged().into_iter().filter(|e| !damaged_before.contains(e));
        self.damaged.extend(damaged.map(|e| (id, e)));
        if merged.is_erased() && !erased_before {
            self.erasures.push(id);
        }
        if !own {
            *if here.is_some() {
                &mut self.known_charts
            } else {
                &mut self.new_charts
            } += 1;
        }
        let folded = merged.fold();
        let forks = new_forks(&folded, here, entries);
        let patient = if own { None } else { patient_of(id, &folded) };
        ChartPreview {
            chart: id,
            patient,
            is_new: here.is_none(),
            new,
            known,
            news,
            forks,
        }
    }

    fn look_at(&mut self, chart: ChartId, entry: &Entry) {
        if matches!(entry.fact(), Fact::Unknown) {
            self.unknown_kinds += 1;
        }
        let problems = entry.fact().problems();
        if !problems.is_empty() {
            self.problems.push(EntryProblem {
                chart,
                entry: entry.id(),
                problems,
            });
        }
    }
}

/// The forks of a merged chart that neither side had.
fn new_forks(merged: &Folded, here: Option<&Chart>, theirs: &[&Entry]) -> Vec<ForkPreview> {
    let mut forks = merged.forks().peekable();
    if forks.peek().is_none() {
        return Vec::new();
    }
    let mut their_chart = Chart::default();
    for entry in theirs {
        their_chart.insert((*entry).clone());
    }
    let sides = [Some(&their_chart), here].into_iter().flatten().map(Chart::fold);
    let before: BTreeSet<(Slot, Vec<EntryId>)> = sides
        .flat_map(|side| side.forks().map(|(s, h)| (s.clone(), ids(&h))).collect::<Vec<_>>())
        .collect();
    forks
        .map(|(slot, heads)| (slot.clone(), ids(&heads)))
        .filter(|fork| !before.contains(fork))
        .map(|(slot, heads)| ForkPreview { slot, heads })
        .collect()
}

fn ids(heads: &[&Live]) -> Vec<EntryId> {
    heads.iter().map(|l| l.id).collect()
}

fn patient_of(id: ChartId, folded: &Folded) -> Option<LocalPatient> {
    match folded.head(&Slot::Registration).map(|l| &l.fact) {
        Some(Fact::Registration(r)) => Some(LocalPatient::of(id, r)),
        _ => None,
    }
}

fn same_person_of(id: ChartId, chart: &Chart) -> Vec<(ChartId, ChartId)> {
    let links = chart.entries().filter_map(|e| match e.fact() {
        Fact::SamePerson(SamePerson { other, .. }) => Some((id, *other)),
        _ => None,
    });
    links.collect()
}
