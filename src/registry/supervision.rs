//! Supervision: open concerns and late clocks by care manager, what trainees wrote that waits, the agenda, the hours.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::timeline::{supervised as words, timeline};
use super::views::*;
use crate::care::cosign::{Crew, Signature, Supervised, supervised};
use crate::care::{self, AsOf, State};
use crate::exchange::csv_out::CsvOut;
use crate::flowsheet::Flowsheet;
use crate::journal::facts::{ClockKind, Person, Role, SupervisionKind, SupervisionPoint, SupervisionSession};
use crate::journal::{ChartId, EntryId, Fact, Folded, PersonId};
use crate::store::Store;
use crate::vault::Aead;

/// The clocks whose lateness a supervisor sees, with their words and the filter of the caseload that comes nearest.
const CLOCKS: [(ClockKind, &str, CaseloadFilter); 13] = [
    (ClockKind::Safety, "safety step", CaseloadFilter::Safety),
    (
        ClockKind::Worsening,
        "answer to worsening",
        CaseloadFilter::NotImproving,
    ),
    (ClockKind::Missed, "missed appointment", CaseloadFilter::Everybody),
    (ClockKind::FirstContact, "first contact", CaseloadFilter::Everybody),
    (ClockKind::Contact, "contact", CaseloadFilter::Late),
    (ClockKind::Measure, "measure", CaseloadFilter::Late),
    (ClockKind::Review, "case review", CaseloadFilter::NotImproving),
    (ClockKind::Plan, "plan", CaseloadFilter::Everybody),
    (ClockKind::Answer, "answer to advice", CaseloadFilter::Everybody),
    (ClockKind::Task, "task", CaseloadFilter::Everybody),
    (ClockKind::Referral, "referral out", CaseloadFilter::Everybody),
    (ClockKind::Coverage, "record not merged back", CaseloadFilter::Everybody),
    (
        ClockKind::Feedback,
        "feedback to the referrer",
        CaseloadFilter::Everybody,
    ),
];

/// What a care manager has: open episodes, open concerns, and by clock how many patients are late.
type Managed = (u32, Vec<OpenConcernLine>, BTreeMap<ClockKind, u32>);

impl<S: Store, A: Aead> Books<S, A> {
    /// What a supervisor looks at; of a trainee, the trainee's own side.
    pub async fn supervision(&mut self, at: DateTime<FixedOffset>) -> Result<SupervisionView, Failure> {
        let crew = Crew::of(&self.office.folded);
        let today = self.as_of(at).today;
        let is_read = |sheet: &&Flowsheet| {
            !sheet.erased && (!sheet.supervision.is_empty() || sheet.authors.iter().any(|who| crew.ever_trainee(*who)))
        };
        let wanted: BTreeSet<ChartId> = self.sheets.values().filter(is_read).map(|sheet| sheet.chart).collect();
        let mut lines: BTreeMap<PersonId, TraineeLine> = crew
            .trainees()
            .map(|person| (person, self.trainee(&crew, person)))
            .collect();
        let mut agenda = points(&self.office.folded, None);
        for chart in wanted {
            let folded = self.read(chart).await?.fold();
            let name = self.sheet(chart)?.list_name();
            agenda.extend(points(&folded, Some((chart, name.clone()))));
            self.waiting(&crew, (chart, &name), &folded, &mut lines);
        }
        for point in &mut agenda {
            point.who = self.office.name(point.by);
        }
        agenda.sort_by_key(|point| (point.day, point.point));
        let mut trainees: Vec<TraineeLine> = lines.into_values().collect();
        let is_here = |line: &TraineeLine| crew.is_trainee(line.person);
        trainees.retain(|line| is_here(line) || !line.patients.is_empty() || !line.asks.is_empty());
        trainees.sort_by(|a, b| (!a.may_sign, &a.name, a.person).cmp(&(!b.may_sign, &b.name, b.person)));
        let sessions = self.sessions(&HoursQuery::default());
        let own = sessions.iter().filter_map(|line| line.session.other.clone());
        let kinds: BTreeSet<String> = own.collect();
        let moment = self.as_of(at);
        Ok(SupervisionView {
            today,
            office: self.office.chart,
            supervises: crew.supervises(self.me),
            is_trainee: crew.is_trainee(self.me),
            managers: self.managers(&moment),
            trainees,
            agenda,
            kinds: kinds.into_iter().collect(),
            sessions,
            people: self.people_here().cloned().collect(),
            audits: self.audits(today),
        })
    }

    fn people_here(&self) -> impl Iterator<Item = &Person> {
        let people = self.office.people.values();
        people.filter(|person| !person.left && person.same_as.is_none() && person.role != Role::Import)
    }

    fn trainee(&self, crew: &Crew, person: PersonId) -> TraineeLine {
        let supervisor = self.office.people.get(&person).and_then(|known| known.supervisor);
        let by_name = supervisor == Some(self.me);
        let by_role = self
            .office
            .people
            .get(&self.me)
            .is_some_and(|me| me.role == Role::Supervisor);
        TraineeLine {
            person,
            name: self.office.name(person),
            supervisor: supervisor.map(|who| self.office.name(who)),
            may_sign: person != self.me && !crew.is_trainee(self.me) && (by_name || by_role),
            patients: Vec::new(),
            returned: Vec::new(),
            asks: Vec::new(),
        }
    }

    /// What waits of one patient.
    fn waiting(
        &self,
        crew: &Crew,
        (chart, name): (ChartId, &str),
        folded: &Folded,
        lines: &mut BTreeMap<PersonId, TraineeLine>,
    ) {
        let all: BTreeMap<EntryId, Supervised> = supervised(folded, crew)
            .into_iter()
            .filter(|(_, one)| !matches!(one.signature, Signature::Signed { .. }))
            .collect();
        if all.is_empty() {
            return;
        }
        let mut unseen: BTreeMap<EntryId, &Supervised> = all.iter().map(|(entry, one)| (*entry, one)).collect();
        // Oldest first: a supervisor reads them in the order in which they happened.
        for row in timeline(folded, &self.office).into_iter().rev() {
            let Some(one) = all.get(&row.entry) else { continue };
            unseen.remove(&row.entry);
            let Some(line) = lines.get_mut(&one.by) else { continue };
            // Whoever supervised at that time signs it, too.
            line.may_sign = line.may_sign || crew.may_sign(self.me, one.by, row.stamp);
            let comment = match &one.signature {
                Signature::Returned { comment, .. } => Some(comment.clone()),
                Signature::Waits { .. } | Signature::Signed { .. } => None,
            };
            if let Fact::CloseAsked(asked) = &row.fact {
                let (what, why) = words::asked_words(asked);
                line.asks.push(AskLine {
                    chart,
                    name: name.to_owned(),
                    request: row.entry,
                    what,
                    why,
                    at: asked.at,
                    comment,
                });
                continue;
            }
            let list = match comment {
                Some(_) => &mut line.returned,
                None => &mut line.patients,
            };
            if list.last().is_none_or(|last| last.chart != chart) {
                list.push(WaitingPatient {
                    chart,
                    name: name.to_owned(),
                    entries: Vec::new(),
                });
            }
            if let Some(patient) = list.last_mut() {
                patient.entries.push(WaitingEntry {
                    names: one.names.clone(),
                    at: row.at,
                    line: row.line,
                    more: row.more,
                    state: words::signature_words(one, &self.office),
                    comment,
                });
            }
        }
        // What has no line of its own, such as when the next contact is due, goes with what it was saved with.
        for (entry, one) in unseen.into_iter().filter(|(_, one)| one.waits()) {
            let Some(line) = lines.get_mut(&one.by) else { continue };
            let patients = line.patients.iter_mut().filter(|patient| patient.chart == chart);
            let mut entries = patients.flat_map(|patient| &mut patient.entries);
            let saved = |with: &WaitingEntry| with.names.first().and_then(|name| name.saved_at());
            if let Some(with) = entries.find(|with| saved(with).is_some() && saved(with) == entry.saved_at()) {
                with.names.extend(&one.names);
            }
        }
    }

    fn managers(&self, at: &AsOf<'_>) -> Vec<ManagerLine> {
        let mut by: BTreeMap<Option<PersonId>, Managed> = BTreeMap::new();
        for sheet in self.sheets.values().filter(|sheet| !sheet.erased) {
            let clocks = care::clocks(sheet, at);
            let in_care = sheet.status_on(at.today).is_some_and(|status| status.is_open());
            if !in_care && sheet.open_concerns().next().is_none() && clocks.is_empty() {
                continue;
            }
            let who = sheet.care_manager_on(at.today).map(|who| self.office.stands_for(who));
            let (patients, concerns, late) = by.entry(who).or_default();
            *patients += u32::from(in_care);
            concerns.extend(sheet.open_concerns().map(|line| OpenConcernLine {
                chart: sheet.chart,
                name: sheet.list_name(),
                concern: line.concern,
                kind: line.kind,
                opened: line.opened,
                days: u32::try_from(at.today.since(at.day_of(line.opened))).unwrap_or(0),
            }));
            // A patient counts once a clock, however many of its kind are late.
            let is_late = |clock: &&care::Clock| clock.snoozed.is_none() && matches!(clock.state(), State::LateBy(_));
            let kinds: BTreeSet<ClockKind> = clocks.iter().filter(is_late).map(care::Clock::clock).collect();
            for kind in kinds {
                *late.entry(kind).or_default() += 1;
            }
        }
        let mut lines: Vec<ManagerLine> = by
            .into_iter()
            .map(|(person, (patients, mut concerns, late))| {
                concerns.sort_by(|a, b| (b.days, &a.name, a.concern).cmp(&(a.days, &b.name, b.concern)));
                let late = CLOCKS
                    .iter()
                    .filter_map(|(kind, said, filter)| Some(((*said).to_owned(), *late.get(kind)?, *filter)));
                ManagerLine {
                    person,
                    name: person.map_or_else(|| "No care manager".to_owned(), |who| self.office.name(who)),
                    patients,
                    concerns,
                    late: late.collect(),
                }
            })
            .collect();
        lines.sort_by(|a, b| (a.person.is_none(), &a.name, a.person).cmp(&(b.person.is_none(), &b.name, b.person)));
        lines
    }

    /// Sessions, the latest first.
    pub(super) fn sessions(&self, query: &HoursQuery) -> Vec<SessionLine> {
        let folded = &self.office.folded;
        let heads = folded.slots().filter_map(|slot| folded.head(slot));
        let mut lines: Vec<SessionLine> = heads
            .filter_map(|live| match &live.fact {
                Fact::SupervisionSession(session) if query.holds(session) => Some(SessionLine {
                    entry: live.id,
                    kind: kind_words(session),
                    supervisor: self.office.name(session.supervisor),
                    with: self.names(&session.with),
                    session: session.clone(),
                }),
                _ => None,
            })
            .collect();
        lines.sort_by_key(|line| std::cmp::Reverse((line.session.day, line.session.session)));
        lines
    }

    fn names(&self, people: &[PersonId]) -> String {
        let names: Vec<String> = people.iter().map(|person| self.office.name(*person)).collect();
        names.join(", ")
    }

    /// The log of sessions as a file, with the total last.
    pub fn supervision_csv(&self, query: &HoursQuery) -> String {
        let mut csv = CsvOut::with_header(["Date", "Kind", "Minutes", "Supervisor", "Supervisees", "Topics"]);
        let mut lines = self.sessions(query);
        lines.reverse();
        for line in &lines {
            csv.row([
                line.session.day.to_string(),
                line.kind.clone(),
                line.session.seconds.whole_minutes().to_string(),
                line.supervisor.clone(),
                line.with.clone(),
                line.session.topics.clone(),
            ]);
        }
        let (kinds, all) = hours_by_kind(&lines);
        for (kind, time) in kinds.into_iter().chain([("All".to_owned(), all)]) {
            csv.row(["Total", &kind, &time.whole_minutes().to_string(), "", "", ""]);
        }
        csv.into_text()
    }
}

/// The kind of a session in words; the clinic's own by its name.
fn kind_words(session: &SupervisionSession) -> String {
    match (session.kind, &session.other) {
        (SupervisionKind::Other, Some(own)) => own.clone(),
        (kind, _) => {
            let found = SUPERVISION_KINDS.iter().find(|(other, _)| *other == kind);
            found.map_or("Supervision", |(_, words)| words).to_owned()
        }
    }
}

/// What of one chart is to be talked about.
fn points(folded: &Folded, patient: Option<(ChartId, String)>) -> Vec<PointLine> {
    let heads = folded.slots().filter_map(|slot| folded.head(slot));
    let line = |point: &SupervisionPoint| PointLine {
        point: point.point,
        patient: patient.clone(),
        by: point.by,
        who: String::new(),
        text: point.text.clone(),
        day: point.day,
    };
    heads
        .filter_map(|live| match &live.fact {
            Fact::SupervisionPoint(point) if point.discussed.is_none() => Some(line(point)),
            _ => None,
        })
        .collect()
}
