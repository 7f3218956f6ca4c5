//! An invented chart that is written save by save, and read as a note reads it.

use std::collections::{BTreeMap, BTreeSet};

use caseload::care::{AsOf, Office, Protocol, WorkingDays};
use caseload::exchange::note::{self, Letter, Paper, Recipient, Source};
use caseload::flowsheet::{EhrItem, Flowsheet, ehr_items, project};
use caseload::journal::facts::*;
use caseload::journal::{
    Chart, ChartId, Clock, Day, Draft, Entry, EntryId, EpisodeId, Fact, Folded, PersonId, Seconds, ThingId, When, Zone,
};

pub fn zone() -> Zone {
    "America/New_York".parse().unwrap()
}
pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}
pub fn when(text: &str) -> When {
    match text.split_once(' ') {
        None => When::Day(day(text)),
        Some((date, time)) => {
            let (hour, minute) = time.split_once(':').unwrap();
            When::At(zone().at(day(date), hour.parse().unwrap(), minute.parse().unwrap()))
        }
    }
}
pub fn thing(n: u8) -> ThingId {
    ThingId::from_random([n; 16])
}
pub const MANAGER: u8 = 1;
pub const PCP: u8 = 2;
pub const CONSULTANT: u8 = 3;
pub fn person(n: u8) -> PersonId {
    PersonId::from_random([n; 16])
}
pub fn episode() -> EpisodeId {
    EpisodeId::from_random([9; 16])
}

/// A chart that is written save by save.
pub struct Story {
    pub chart: Chart,
    pub clock: Clock,
    pub saved: u64,
    next: u8,
}

impl Story {
    pub fn new() -> Self {
        Self {
            chart: Chart::default(),
            clock: Clock::new(1),
            saved: 0,
            next: 0,
        }
    }
    /// What one save wrote at a time, an entry a fact.
    pub fn save<const N: usize>(&mut self, at: &str, facts: [Fact; N]) -> [EntryId; N] {
        let millis = u64::try_from(when(at).instant(zone()).timestamp_millis()).unwrap();
        self.saved = millis;
        facts.map(|fact| self.write(fact))
    }
    pub fn write(&mut self, fact: Fact) -> EntryId {
        self.next += 1;
        let mut tail = [0; 10];
        tail[9] = self.next;
        let id = EntryId::from_time(self.saved, tail);
        let folded = self.chart.fold();
        let replaces = fact
            .slot()
            .map(|slot| folded.replaced_by_next(&slot))
            .unwrap_or_default();
        let draft = Draft {
            chart: id_of_chart(),
            replaces,
            fact,
        };
        let stamp = self.clock.tick(self.saved);
        self.chart
            .insert(Entry::write(draft, id, stamp, person(MANAGER)).unwrap());
        id
    }
    pub fn folded(&self) -> (Folded, Flowsheet) {
        let folded = self.chart.fold();
        let sheet = project(id_of_chart(), &self.chart, &folded, zone());
        (folded, sheet)
    }
    pub fn items(&self) -> Vec<EhrItem> {
        ehr_items(&self.folded().0, zone())
    }
    pub fn item(&self, kind: NoteKind) -> EhrItem {
        let mut items = self.items();
        items.retain(|item| item.kind == kind);
        assert_eq!(items.len(), 1, "{kind:?}: {items:?}");
        items.remove(0)
    }
    pub fn copy(&mut self, at: &str, item: &EhrItem, text: &str) {
        let copy = EhrCopy {
            of: item.told.clone(),
            kind: item.kind,
            text: text.to_owned(),
            at: when(at),
            held: Vec::new(),
        };
        self.save(at, [copy.into()]);
    }
    pub fn read<T>(&self, read: impl FnOnce(&Source<'_>) -> T) -> T {
        let (folded, sheet) = self.folded();
        let (people, clinic) = (people(), clinic());
        let protocol = Protocol::default_v1();
        let office = Office {
            zone: zone(),
            working_days: WorkingDays::MONDAY_TO_FRIDAY,
        };
        let none = BTreeSet::new();
        let source = Source {
            folded: &folded,
            sheet: &sheet,
            at: AsOf::now(&protocol, &office, zone().at(day("2026-11-20"), 16, 0)),
            people: &people,
            clinic: &clinic,
            me: person(MANAGER),
            held: &none,
            confirmed: &none,
        };
        read(&source)
    }
    pub fn note(&self, kind: NoteKind) -> String {
        let item = self.item(kind);
        self.read(|source| note::note(source, &item, Paper::Note(kind).ours()))
    }
    pub fn letter(&self, letter: Letter, name: &str) -> String {
        let to = Recipient { letter, name };
        self.read(|source| note::letter(source, to, &BTreeSet::new(), Paper::Letter(letter).ours()))
    }
}

pub fn id_of_chart() -> ChartId {
    ChartId::from_random([7; 16])
}
pub fn clinic() -> Clinic {
    let clinic = serde_json::json!({
        "name": "River Street Clinic", "zone": "America/New_York", "crisis_line": "555-0100", "working_days": ["mon"],
        "payer_profile": "midpoint-g2214-16",
    });
    serde_json::from_value(clinic).unwrap()
}
pub fn people() -> BTreeMap<PersonId, Person> {
    let one = |n, name: &str, role, credential: &str, phone: Option<&str>| Person {
        person: person(n),
        name: name.to_owned(),
        role,
        credential: Some(credential.to_owned()),
        npi: None,
        supervisor: None,
        phone: phone.map(str::to_owned),
        left: false,
        same_as: None,
    };
    let all = [
        one(MANAGER, "Lena Brandt", Role::CareManager, "LCSW", Some("555-0142")),
        one(PCP, "Chidi Okafor", Role::Clinician, "MD", None),
        one(CONSULTANT, "Mara Lind", Role::Consultant, "MD", None),
    ];
    all.into_iter().map(|p| (p.person, p)).collect()
}

pub fn phq9(at: &str, answers: [u8; 9]) -> Fact {
    let items = (1..).zip(answers).map(|(n, answer)| (format!("phq9_{n}"), answer));
    Assessment {
        instrument: "phq9".to_owned(),
        version: "1".to_owned(),
        at: when(at),
        taken: Taken::Remotely,
        answers: Answered::Items(items.collect()),
        scale: None,
        respondent: None,
    }
    .into()
}
pub fn contact(at: &str, kind: ContactKind, note: &str) -> Contact {
    Contact {
        at: when(at),
        mode: Mode::Phone,
        kind,
        with: vec![With::Patient],
        inbound: false,
        did: vec![Intervention::BehaviouralActivation, Intervention::MedicationCheck],
        language: None,
        note: Some(note.to_owned()),
        talk: Talk::default(),
    }
}
pub fn time(at: &str, minutes: u32, of: Option<EntryId>, activity: Activity) -> Fact {
    Time {
        start: when(at),
        seconds: Seconds(minutes * 60),
        activity,
        bucket: Bucket::Cocm,
        by: person(MANAGER),
        mode: Some(Mode::Phone),
        clocked: Clocked::Timer,
        of,
        note: None,
        with: Vec::new(),
        beside: None,
        own: None,
    }
    .into()
}

/// A fact as a file has it: only the parts that a test is about.
pub fn fact(kind: &str, json: serde_json::Value) -> Fact {
    let fact = Fact::read(kind, &json.to_string());
    assert!(!matches!(fact, Fact::Unknown), "{kind}: {json}");
    fact
}

/// Jun Ito, from the referral on: better at first, worse in November with item 9 positive, reviewed, changed.
pub fn jun() -> Story {
    let mut story = Story::new();
    let mut who = Registration::named("Jun".to_owned(), "Ito".to_owned());
    who.birth = Some(day("1995-02-03"));
    who.mrn = Some("100312".to_owned());
    who.clinician = Some(person(PCP));
    story.save(
        "2026-09-14 09:00",
        [
            who.into(),
            Episode {
                episode: episode(),
                opened: day("2026-09-14"),
                target: Some("phq9".to_owned()),
            }
            .into(),
            Assignment {
                care_manager: Some(person(MANAGER)),
                from: day("2026-09-14"),
                why: None,
            }
            .into(),
            StatusChange {
                episode: episode(),
                status: Status::Active,
                from: day("2026-09-24"),
                why: None,
            }
            .into(),
            Diagnosis {
                diagnosis: thing(20),
                code: "F33.1".to_owned(),
                label: Some("Major depression, recurrent, moderate".to_owned()),
                from: day("2026-09-24"),
                until: None,
                provisional: true,
            }
            .into(),
        ],
    );
    let [first] = story.save(
        "2026-09-24 10:00",
        [contact("2026-09-24 10:00", ContactKind::InitialAssessment, "Low since spring.").into()],
    );
    story.write(phq9("2026-09-24 10:00", [2, 2, 2, 2, 2, 2, 2, 2, 1]));
    story.write(time("2026-09-24 10:00", 55, Some(first), Activity::Assessment));
    story.write(
        PlanSection {
            part: PlanPart::History,
            text: "One earlier episode in 2019, sertraline helped.".to_owned(),
            day: day("2026-09-24"),
        }
        .into(),
    );
    story
}

pub fn november(story: &mut Story) {
    let [call] = story.save(
        "2026-11-20 14:05",
        [contact(
            "2026-11-20 14:05",
            ContactKind::FollowUp,
            "Sleeps badly again.\nMissed doses at weekends.",
        )
        .into()],
    );
    let measure = story.write(phq9("2026-11-20 14:05", [2, 3, 2, 3, 2, 2, 2, 1, 2]));
    story.write(time("2026-11-20 14:05", 22, Some(call), Activity::FollowUp));
    let concern = |because| Concern {
        concern: thing(30),
        kind: ConcernKind::Suicide,
        because,
        level: Level::Positive,
        at: when("2026-11-20 14:05"),
    };
    story.write(
        concern(Because::Answer {
            assessment: measure,
            instrument: "phq9".to_owned(),
            item: "phq9_9".to_owned(),
            value: 2,
        })
        .into(),
    );
    story.save(
        "2026-11-20 14:30",
        [
            ConcernStep {
                concern: thing(30),
                at: when("2026-11-20 14:30"),
                step: Step::Told {
                    who: Audience::Clinician,
                    how: "by phone, will see her today".to_owned(),
                    name: Some("Dr Okafor".to_owned()),
                },
                note: None,
            }
            .into(),
            ConcernStep {
                concern: thing(30),
                at: when("2026-11-20 14:30"),
                step: Step::NextContact { on: day("2026-11-23") },
                note: None,
            }
            .into(),
        ],
    );
}

pub fn reviewed(story: &mut Story) {
    let request = ReviewRequest {
        at: when("2026-11-18 10:00"),
        question: "Raise the dose or switch?".to_owned(),
        kind: None,
    };
    story.save("2026-11-18 10:00", [request.into()]);
    story.save(
        "2026-11-19 13:00",
        [
            CaseReview {
                at: when("2026-11-19 13:00"),
                consultant: Some(person(CONSULTANT)),
                note: Some("Partial adherence is the likelier reason.".to_owned()),
            }
            .into(),
            Recommendation::in_words(
                thing(40),
                day("2026-11-19"),
                "Sertraline to 100 mg after two weeks of full adherence; PHQ-9 in 2 weeks.".to_owned(),
                Some(person(CONSULTANT)),
            )
            .into(),
        ],
    );
}
