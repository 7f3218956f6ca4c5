//! The core as the window uses it: one request at a time, from an empty machine to a second copy.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use caseload::care::intent::{ContactForm, Intent, NewPatient, Next, Reached, Refusal, TimeSpent};
use caseload::exchange::workbook::Worksheet;
use caseload::journal::facts::*;
use caseload::journal::{ChartId, Day, Fact, RegistryId, Seconds, When};
use caseload::registry::*;
use caseload::store::{MemoryStore, StoreError};
use caseload::vault::{Entropy, EntropyError};
use pollster::block_on;

use crate::vault::testing::NativeAes;

mod activities;
mod alerts;
mod around;
mod audit;
mod bad_time;
mod claims;
mod closed_months;
mod closing;
mod coverage;
mod day;
mod days;
mod erasing;
mod evening;
mod feedback;
mod handoffs;
mod held;
mod idle;
mod imports;
mod intake;
mod keys;
mod large_month;
mod learned;
mod long;
mod measures;
mod meeting;
mod months;
mod news;
mod notes;
mod notes_clinician;
mod notes_team;
mod once;
mod overlaps;
mod own_measures;
mod packet;
mod patient_mode;
mod people;
mod plan;
mod quick;
mod saves;
mod supervision;
mod tabs;
mod timebook;

/// A machine whose databases are in memory, and whose random bytes count.
#[derive(Clone, Default)]
struct Twin {
    stores: Rc<RefCell<BTreeMap<RegistryId, MemoryStore>>>,
    next: Rc<RefCell<u64>>,
    progress: Progress,
}

impl Machine for Twin {
    type Store = MemoryStore;
    type Aead = NativeAes;

    fn aead(&self) -> NativeAes {
        NativeAes
    }
    fn entropy(&self) -> Box<dyn Entropy> {
        let next = Rc::clone(&self.next);
        Box::new(move |bytes: &mut [u8]| -> Result<(), EntropyError> {
            for chunk in bytes.chunks_mut(8) {
                let mut state = next.borrow_mut();
                *state += 1;
                let mixed = state.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
                chunk.copy_from_slice(&mixed[..chunk.len()]);
            }
            Ok(())
        })
    }
    async fn create(&self, registry: RegistryId) -> Result<MemoryStore, StoreError> {
        let mut stores = self.stores.borrow_mut();
        if stores.contains_key(&registry) {
            return Err(StoreError::Exists);
        }
        Ok(stores.entry(registry).or_default().clone())
    }
    async fn open(&self, registry: RegistryId) -> Result<MemoryStore, StoreError> {
        self.stores.borrow().get(&registry).cloned().ok_or(StoreError::Missing)
    }
    async fn delete(&self, registry: RegistryId) -> Result<(), StoreError> {
        self.stores.borrow_mut().remove(&registry);
        Ok(())
    }
    fn progress(&self) -> Progress {
        self.progress.clone()
    }
    async fn databases(&self) -> Vec<RegistryId> {
        self.stores.borrow().keys().copied().collect()
    }
    async fn worksheets(&self, workbook: &[u8], as_of: Day) -> Result<Vec<Worksheet>, Failure> {
        read_worksheets(workbook, as_of, &self.progress).await
    }
    async fn storage(&self) -> (Option<bool>, Option<u64>, Option<u64>) {
        (Some(true), Some(1), Some(2))
    }
}

/// Friday 20 November 2026, 09:00 in New York.
const NOW: u64 = 1_795_183_200_000;

struct Desk {
    core: Core<Twin>,
    twin: Twin,
    now: u64,
    canaries: Vec<(String, String)>,
    file: Option<Vec<u8>>,
    asked: u32,
}

impl Desk {
    fn new(seed: u64) -> Self {
        let twin = Twin {
            next: Rc::new(RefCell::new(seed << 32)),
            ..Twin::default()
        };
        Self {
            core: Core::new(twin.clone()),
            twin,
            now: NOW,
            canaries: Vec::new(),
            file: None,
            asked: 0,
        }
    }

    fn ask(&mut self, request: Request) -> Result<Response, Failure> {
        self.ask_with(request, Vec::new())
    }

    fn ask_with(&mut self, request: Request, files: Vec<Vec<u8>>) -> Result<Response, Failure> {
        self.now += 1000;
        self.asked += 1;
        let envelope = Envelope {
            id: self.asked,
            now: self.now,
            zone: "America/New_York".to_owned(),
            canaries: self.canaries.clone(),
            request,
        };
        let (reply, file) = self.carry(envelope, files);
        let reply = match reply.soon() {
            Ok(soon) => {
                let bytes = wire::soon_reply_bytes(&soon).unwrap();
                assert_eq!(
                    (wire::reply_id(&bytes), wire::way(&bytes)),
                    (Some(soon.id), Some(wire::Way::Soon))
                );
                wire::soon_reply(&bytes).unwrap().into()
            }
            Err(whole) => {
                let bytes = wire::reply_bytes(&whole).unwrap();
                assert_eq!(
                    (wire::reply_id(&bytes), wire::way(&bytes)),
                    (Some(whole.id), Some(wire::Way::Whole))
                );
                wire::reply(&bytes).unwrap()
            }
        };
        if let Some((key, text)) = reply.canary {
            self.canaries.retain(|(k, _)| *k != key);
            self.canaries.push((key, text));
        }
        self.file = file;
        reply.result
    }

    /// As in the browser: a request of a start goes by its own way, and whole when it takes more than that has. What
    /// the window sends travels as bytes: the types must survive it.
    fn carry(&mut self, envelope: Envelope, files: Vec<Vec<u8>>) -> (Reply, Option<Vec<u8>>) {
        if let Ok(request) = SoonRequest::of(envelope.request.clone()) {
            let soon = Envelope {
                id: envelope.id,
                now: envelope.now,
                zone: envelope.zone.clone(),
                canaries: envelope.canaries.clone(),
                request,
            };
            let bytes = wire::soon_request_bytes(&soon).unwrap();
            assert!(wire::request(&bytes).is_err());
            let soon = wire::soon_request(&bytes).unwrap();
            if let Some(reply) = block_on(self.core.answer_soon(&soon)) {
                return (reply, None);
            }
        }
        let envelope = wire::request(&wire::request_bytes(&envelope).unwrap()).unwrap();
        block_on(self.core.answer(envelope, files))
    }

    fn storage(&mut self) -> StorageView {
        match self.ask(Request::Storage) {
            Ok(Response::Storage(view)) => view,
            other => panic!("{other:?}"),
        }
    }

    fn create(&mut self, kind: Kind) -> Opened {
        match self.ask(Request::Create(new_registry(kind))) {
            Ok(Response::Opened(opened)) => *opened,
            other => panic!("not opened: {other:?}"),
        }
    }

    fn unlock(&mut self, registry: RegistryId, key: &str) -> Result<Opened, Failure> {
        let slot = match self.ask(Request::Slots(registry))? {
            Response::Slots(slots) => slots[0].slot.clone(),
            other => panic!("no slots: {other:?}"),
        };
        let key = Secret(key.to_owned());
        match self.ask(Request::Unlock { registry, slot, key })? {
            Response::Opened(opened) => Ok(*opened),
            other => panic!("not opened: {other:?}"),
        }
    }

    fn save(&mut self, intent: Intent) -> Result<Saved, Failure> {
        match self.ask(Request::Do(intent.into()))? {
            Response::Saved(saved) => Ok(saved),
            other => panic!("not saved: {other:?}"),
        }
    }

    fn today(&mut self) -> TodayView {
        match self.ask(Request::Today(TodayQuery::default())) {
            Ok(Response::Today(view)) => *view,
            other => panic!("no list: {other:?}"),
        }
    }

    fn patient(&mut self, chart: ChartId) -> PatientView {
        match self.ask(Request::Patient(chart)) {
            Ok(Response::Patient(view)) => *view,
            other => panic!("no patient: {other:?}"),
        }
    }

    fn caseload(&mut self, tab: CaseloadTab) -> CaseloadView {
        match self.ask(Request::Caseload(CaseloadQuery { tab, ..everybody() })) {
            Ok(Response::Caseload(view)) => *view,
            other => panic!("no caseload: {other:?}"),
        }
    }
}

fn everybody() -> CaseloadQuery {
    CaseloadQuery {
        tab: CaseloadTab::Active,
        care_manager: None,
        filter: CaseloadFilter::Everybody,
        search: String::new(),
        sort: CaseloadSort::Name,
        descending: false,
        from: 0,
        count: 1000,
    }
}

const KEY: &str = "4242424242424242424242424242424242424242424242424242424242424242";

fn new_registry(kind: Kind) -> NewRegistry {
    NewRegistry {
        kind,
        person: None,
        name: "R. Okoye".to_owned(),
        credential: Some("LCSW".to_owned()),
        label: "RO".to_owned(),
        clinic: Clinic {
            name: "Elm Street Family Practice".to_owned(),
            zone: "America/New_York".parse().unwrap(),
            crisis_line: Some("555-0100".to_owned()),
            working_days: vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri],
            payer_profile: "midpoint-g2214-16".to_owned(),
            of_age: None,
            consents_from: None,
        },
        key: new_key(KEY),
    }
}

fn new_key(key: &str) -> NewKey {
    NewKey {
        salt: Secret("07".repeat(16)),
        key: Secret(key.to_owned()),
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn at(text: &str) -> When {
    text.parse().unwrap()
}

fn newcomer(given: &str, family: &str) -> NewPatient {
    let registration = Registration {
        birth: Some(day("1990-04-02")),
        mrn: Some(format!("M-{given}-{family}")),
        phones: vec!["555-0142".to_owned()],
        ..Registration::named(given.to_owned(), family.to_owned())
    };
    NewPatient {
        reason: Some("PHQ-9 of 17 at the visit".to_owned()),
        ..NewPatient::referred(registration, at("2026-11-19T10:00:00-05:00"))
    }
}

/// A PHQ-9 by its nine answers.
fn phq9(at: When, answers: [u8; 9]) -> Assessment {
    let items = (1..=9).map(|i| (format!("phq9_{i}"), answers[i - 1]));
    Assessment {
        instrument: "phq9".to_owned(),
        version: "1".to_owned(),
        at,
        taken: Taken::Remotely,
        answers: Answered::Items(items.collect()),
        scale: None,
        respondent: None,
    }
}

fn call(chart: ChartId, at: When, measures: Vec<Assessment>) -> ContactForm {
    ContactForm {
        chart,
        at,
        reached: Reached::Yes {
            mode: Mode::Phone,
            kind: ContactKind::FollowUp,
            with: vec![With::Patient],
            did: vec![Intervention::BehaviouralActivation],
            inbound: false,
            language: None,
            talk: Talk::default(),
        },
        measures,
        declined: Vec::new(),
        education: Vec::new(),
        time: Some(TimeSpent {
            start: None,
            seconds: Seconds(22 * 60),
            activity: Activity::FollowUp,
            bucket: Bucket::Cocm,
            clocked: Clocked::Typed,
            rest: Vec::new(),
            beside: None,
            colleague: None,
        }),
        note: Some("Talked about walking again.".to_owned()),
        next: Next::On(day("2026-12-04")),
        entry: None,
    }
}

fn refused(result: Result<Saved, Failure>) -> Refusal {
    match result {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn concern_of(view: &PatientView) -> &ConcernView {
    view.concerns.first().expect("a concern")
}

fn record(chart: ChartId, facts: Vec<Fact>) -> Intent {
    Intent::Record { chart, facts }
}
