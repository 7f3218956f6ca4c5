//! Sending the caseload as a file, and receiving one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::api::{Failure, Included, Scope};
use super::books::Books;
use super::packet::Part;
use super::progress::{Progress, STRIDE, Stage};
use super::views::{PreviewView, day_words};
use crate::exchange::handoff::{
    self, Handoff, HandoffError, Header, Joining, Local, LocalPatient, NamedPerson, Preview, Previewing, RegistryKind,
};
use crate::flowsheet::Flowsheet;
use crate::journal::facts::Clinic;
use crate::journal::{Chart, ChartId, Entry, Fact, RegistryId, Slot};
use crate::store::{Kind, Store};
use crate::vault::Aead;

/// The most patients whose changes a page is sent; the file's totals count all of them.
const MOST_CHANGES: usize = 1_000;
/// How much of a file is read without letting messages in, in bytes.
const PIECE: usize = 256 << 10;

/// Reads a handoff piece by piece, and says in one sentence why it can't be used.
pub(super) async fn read(bytes: &[u8], progress: &Progress) -> Result<Handoff, Failure> {
    let unusable = |problem: HandoffError| Failure::File(format!("{problem} Nothing was changed."));
    handoff::Reader::check_size(bytes.len() as u64).map_err(unusable)?;
    let mut reader = handoff::Reader::new();
    for (nth, piece) in bytes.chunks(PIECE).enumerate() {
        progress.step(Stage::Reading, nth * PIECE, bytes.len()).await?;
        reader.push(piece).map_err(unusable)?;
    }
    reader.finish().map_err(unusable)
}

/// What the open registry looks like to a handoff.
struct Here<'a> {
    identity: (RegistryId, RegistryKind),
    sheets: &'a BTreeMap<ChartId, Flowsheet>,
}

impl Local for Here<'_> {
    fn identity(&self) -> Option<(RegistryId, RegistryKind)> {
        Some(self.identity)
    }
    /// Charts are looked at one by one, as they are read.
    fn chart(&self, _: ChartId) -> Option<&Chart> {
        None
    }
    fn patients(&self) -> Vec<LocalPatient> {
        let patient = |s: &Flowsheet| LocalPatient {
            chart: s.chart,
            given: s.who.given.clone(),
            family: s.who.family.clone(),
            birth: s.who.birth,
            mrn: s.who.mrn.clone(),
            phone: s.who.phone.clone(),
        };
        self.sheets.values().filter(|s| !s.erased).map(patient).collect()
    }
    fn same_person(&self) -> BTreeSet<(ChartId, ChartId)> {
        self.sheets
            .values()
            .flat_map(|s| s.same_person.iter().map(|other| (s.chart, *other)))
            .collect()
    }
}

impl<S: Store, A: Aead> Books<S, A> {
    pub(super) fn kind(&self) -> RegistryKind {
        match self.store.totals().kind {
            Kind::Real => RegistryKind::Real,
            Kind::Training => RegistryKind::Training,
            Kind::Packet => RegistryKind::Packet,
        }
    }

    fn here(&self) -> Here<'_> {
        Here {
            identity: (self.registry(), self.kind()),
            sheets: &self.sheets,
        }
    }

    /// What merging a handoff would do. The charts that are here are read some at a time.
    pub async fn preview(&mut self, handoff: &Handoff) -> Result<PreviewView, Failure> {
        let from = self.sender_words(handoff);
        let same_registry = handoff.header.registry == self.registry();
        let mut previewing = match Previewing::begin(handoff, &self.here()) {
            Ok(previewing) => previewing,
            Err(refusal) => {
                return Ok(PreviewView {
                    from,
                    same_registry,
                    refused: Some(refusal.to_string()),
                    ..empty()
                });
            }
        };
        loop {
            let next: BTreeSet<ChartId> = previewing.next_charts(STRIDE).collect();
            if next.is_empty() {
                break;
            }
            let (done, total) = previewing.progress();
            self.progress.step(Stage::Comparing, done, total).await?;
            let charts = self.read_many(&next).await?;
            for id in &next {
                previewing.look(charts.get(id));
            }
        }
        let preview = previewing.finish(&self.here());
        let view = self.preview_view(handoff, preview, from, same_registry);
        if view.new_entries == 0 {
            // There is nothing to merge, and it says all the same whom this week is about.
            self.note_packet(handoff).await?;
        }
        Ok(view)
    }

    /// Who made a handoff, and when.
    pub fn sender_words(&self, handoff: &Handoff) -> String {
        let Header {
            author,
            created,
            people,
            ..
        } = &handoff.header;
        let named = people.iter().find(|p| p.person == *author).map(|p| p.name.clone());
        let name = named.unwrap_or_else(|| self.office.name(*author));
        let at = self.zone().local(*created);
        format!("{name}, {} {}", day_words(self.zone().day(at)), at.format("%H:%M"))
    }

    fn preview_view(&self, handoff: &Handoff, p: Preview, from: String, same_registry: bool) -> PreviewView {
        let changes = self.changes(&p);
        let listed = changes.len().min(MOST_CHANGES);
        let known_with_news = p.charts.iter().filter(|c| !c.is_new && c.patient.is_some()).count();
        let mut warnings = vec!["A plain file says who wrote what; it can't prove it.".to_owned()];
        let mut warn = |n: usize, what: &str| {
            if n > 0 {
                warnings.push(format!("{n} {what}"));
            }
        };
        warn(
            p.damaged.len(),
            "entries come with two contents. Both are kept, and the record names them.",
        );
        warn(
            p.erasures.len(),
            "records were erased in the other copy. Here they are hidden until you decide, one by one, to erase or to keep them.",
        );
        warn(
            p.unknown_kinds,
            "entries were written by a newer version. They are kept and passed on untouched.",
        );
        warn(
            p.problems.len(),
            "entries break their own rules. They are kept, and left out of every list and count.",
        );
        warn(
            p.left_out,
            "entries about the other clinic itself (its people and settings) are not taken over.",
        );
        let nothing = p.new_entries == 0;
        PreviewView {
            from,
            same_registry,
            new_patients: super::open::count(p.new_charts),
            known_patients: super::open::count(known_with_news),
            new_entries: super::open::count(p.new_entries),
            known_entries: super::open::count(p.known_entries),
            more_changes: super::open::count(changes.len() - listed),
            changes: changes.into_iter().take(MOST_CHANGES).collect(),
            warnings,
            refused: nothing.then(|| "Everything in this file is here already.".to_owned()),
            differences: self.office_differences(handoff),
            cover: self.cover_words(handoff),
        }
    }

    /// The entries of a handoff that belong here. Which of them are here already is found out when they are written.
    pub fn entries_of(&self, handoff: &Handoff) -> Result<Vec<Entry>, Failure> {
        handoff::entries_to_take(handoff, &self.here()).map_err(|refusal| Failure::File(refusal.to_string()))
    }

    /// A handoff file of all charts, of some patients', or of what a consultant gets or writes.
    pub async fn export(&mut self, scope_asked: &Scope, created: DateTime<FixedOffset>) -> Result<Vec<u8>, Failure> {
        let scope = scope_asked;
        let whole = matches!(scope, Scope::All);
        self.exported = whole.then(|| self.store.totals().generation);
        let kind = self.kind_of_file(scope)?;
        let included: Option<&[Included]> = match scope {
            Scope::Charts(_, included) | Scope::Packet(_, included) => Some(included),
            // Within the clinic's own team nothing is held back: whoever stands in answers for the whole patient.
            Scope::All | Scope::Reply | Scope::Coverage(_) | Scope::Return(_) => None,
        };
        let today = self.zone().day(created);
        let mut cover = None;
        let (ids, scope) = match scope {
            Scope::All => {
                let all: Vec<ChartId> = self.store.charts().map(|c| c.chart).collect();
                (all, handoff::Scope::All)
            }
            Scope::Charts(charts, _) => (charts.clone(), handoff::Scope::Patients(charts.clone())),
            Scope::Coverage(coverage) => {
                let charts = self.charts_of(*coverage);
                cover = self.cover(*coverage, created);
                let own = std::iter::once(self.office.chart);
                (
                    own.chain(charts.iter().copied()).collect(),
                    handoff::Scope::Coverage(charts),
                )
            }
            Scope::Return(coverage) => {
                let charts = self.charts_of(*coverage);
                (charts.clone(), handoff::Scope::Patients(charts))
            }
            Scope::Packet(charts, _) => {
                let patients = handoff::Scope::Patients(charts.clone());
                (charts.iter().copied().chain([self.office.chart]).collect(), patients)
            }
            Scope::Reply => {
                let all: Vec<ChartId> = self.store.charts().map(|c| c.chart).collect();
                let patients = all.iter().copied().filter(|chart| *chart != self.office.chart);
                let patients = handoff::Scope::Patients(patients.collect());
                (all, patients)
            }
        };
        if ids.is_empty() {
            return Err(Failure::File(
                "None of these patients is here any more. No file was made.".to_owned(),
            ));
        }
        let (part, me) = (Part::of(scope_asked), self.me);
        let person = |p: &crate::journal::facts::Person| NamedPerson {
            person: p.person,
            name: p.name.clone(),
            role: p.role,
        };
        let header = Header {
            registry: self.registry(),
            kind,
            created: self.zone().local(created),
            author: self.me,
            scope,
            people: self
                .office
                .people
                .values()
                .filter(|p| p.same_as.is_none())
                .map(person)
                .collect(),
            cover,
        };
        let unwritable = |_: serde_json::Error| Failure::File("The file could not be put together.".to_owned());
        let (mut writer, mut text) = handoff::Writer::begin(&header).map_err(unwritable)?;
        let mut done = 0;
        for some in ids.chunks(STRIDE) {
            self.progress.step(Stage::Collecting, done, ids.len()).await?;
            let charts = self.read_many(&some.iter().copied().collect()).await?;
            for id in some {
                let chart = charts.get(id);
                // A backup holds everything; a file of chosen patients only what may be told.
                let stay = match (chart, included) {
                    (Some(chart), Some(included)) => super::learned::left_out(chart, included, today)?,
                    _ => BTreeSet::new(),
                };
                let is_own = *id == self.office.chart;
                let mut going: Vec<&Entry> = chart.map_or_else(Vec::new, |chart| part.of_chart(chart, is_own, me));
                going.retain(|entry| !stay.contains(&entry.id()));
                if !going.is_empty() || part == Part::Whole {
                    text.push_str(&writer.chart(*id, going));
                }
            }
            done += some.len();
        }
        text.push_str(&writer.end().map_err(unwritable)?);
        Ok(text.into_bytes())
    }
}

fn empty() -> PreviewView {
    PreviewView {
        from: String::new(),
        same_registry: false,
        new_patients: 0,
        known_patients: 0,
        new_entries: 0,
        known_entries: 0,
        changes: Vec::new(),
        more_changes: 0,
        warnings: Vec::new(),
        refused: None,
        differences: Vec::new(),
        cover: None,
    }
}

/// The clinic as a handoff of a whole registry has it.
pub(super) fn clinic_of(handoff: &Handoff) -> Option<Clinic> {
    let own = handoff.header.registry.own_chart();
    let chart = super::books::chart_of(handoff.entries().filter(|e| e.chart() == own).cloned());
    match chart.fold().head(&Slot::Clinic).map(|l| &l.fact) {
        Some(Fact::Clinic(clinic)) => Some(clinic.clone()),
        _ => None,
    }
}

/// Whether a handoff can begin a registry in an empty browser, and which.
pub(super) fn joinable(handoff: &Handoff) -> Result<(RegistryId, RegistryKind), Failure> {
    struct Nothing;
    impl Local for Nothing {
        fn identity(&self) -> Option<(RegistryId, RegistryKind)> {
            None
        }
        fn chart(&self, _: ChartId) -> Option<&Chart> {
            None
        }
        fn patients(&self) -> Vec<LocalPatient> {
            Vec::new()
        }
        fn same_person(&self) -> BTreeSet<(ChartId, ChartId)> {
            BTreeSet::new()
        }
    }
    match handoff::preview(handoff, &Nothing) {
        Ok(preview) if preview.joining == Joining::Joins => Ok((handoff.header.registry, handoff.header.kind)),
        Ok(_) => Err(Failure::File("This file can't begin a registry.".to_owned())),
        Err(refusal) => Err(Failure::File(refusal.to_string())),
    }
}
