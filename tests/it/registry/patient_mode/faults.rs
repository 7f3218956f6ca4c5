//! Every storage operation fails in turn while a patient answers, and while the answers are taken in: what was acknowledged is there.

use super::*;
use caseload::store::{Fault, FaultKind, FaultyStore, Repeat};

pub(in crate::registry) const KINDS: [FaultKind; 4] = [
    FaultKind::Abort,
    FaultKind::Quota,
    FaultKind::Closed,
    FaultKind::AnswerLost,
];

/// A machine whose one database fails on command.
#[derive(Clone)]
pub(in crate::registry) struct Flaky {
    twin: Twin,
    pub(in crate::registry) store: FaultyStore<MemoryStore>,
}

impl Machine for Flaky {
    type Store = FaultyStore<MemoryStore>;
    type Aead = NativeAes;

    fn aead(&self) -> NativeAes {
        NativeAes
    }
    fn entropy(&self) -> Box<dyn Entropy> {
        self.twin.entropy()
    }
    async fn create(&self, _: RegistryId) -> Result<Self::Store, StoreError> {
        Err(StoreError::Exists)
    }
    async fn open(&self, _: RegistryId) -> Result<Self::Store, StoreError> {
        Ok(self.store.clone())
    }
    async fn delete(&self, _: RegistryId) -> Result<(), StoreError> {
        Ok(())
    }
    fn progress(&self) -> Progress {
        self.twin.progress.clone()
    }
    async fn databases(&self) -> Vec<RegistryId> {
        Vec::new()
    }
    async fn worksheets(&self, workbook: &[u8], as_of: Day) -> Result<Vec<Worksheet>, Failure> {
        self.twin.worksheets(workbook, as_of).await
    }
    async fn storage(&self) -> (Option<bool>, Option<u64>, Option<u64>) {
        (None, None, None)
    }
}

pub(in crate::registry) fn ask(core: &mut Core<Flaky>, request: Request) -> Result<Response, Failure> {
    let envelope = Envelope {
        id: 1,
        now: NOW + 60_000,
        zone: "America/New_York".to_owned(),
        canaries: Vec::new(),
        request,
    };
    block_on(core.answer(envelope, Vec::new())).0.result
}

/// A registry in whose inbox a run was begun, on a store that fails when it is told to.
fn handed_over() -> (MemoryStore, RegistryId, RunId, ChartId) {
    let mut clinic = clinic(20);
    let run = clinic.hand_over(&["phq9"]);
    (clinic.store(), clinic.registry, run, clinic.chart)
}

pub(in crate::registry) fn machine(prepared: &MemoryStore) -> Flaky {
    Flaky {
        twin: Twin::default(),
        store: FaultyStore::new(prepared.copy()),
    }
}

fn keep(registry: RegistryId, run: RunId, item: &str, value: u8) -> Request {
    Request::KeepAnswer(PatientAnswer {
        registry,
        run,
        instrument: "phq9".to_owned(),
        version: "1".to_owned(),
        given: question(item, Some(value)),
    })
}

pub(in crate::registry) fn unlock(core: &mut Core<Flaky>, registry: RegistryId) -> Result<Opened, Failure> {
    let slot = match ask(core, Request::Slots(registry))? {
        Response::Slots(slots) => slots[0].slot.clone(),
        other => panic!("{other:?}"),
    };
    let key = Secret(KEY.to_owned());
    ask(core, Request::Unlock { registry, slot, key })?;
    match ask(core, Request::Stand(Standing::Writing))? {
        Response::Opened(opened) => Ok(*opened),
        other => panic!("{other:?}"),
    }
}

/// What a fresh start on a store that works finds in the patient's record: answers to PHQ-9, and whether a concern is open.
fn found(
    store: &FaultyStore<MemoryStore>,
    registry: RegistryId,
    chart: ChartId,
) -> (BTreeMap<String, u8>, bool, usize) {
    let core = &mut Core::new(machine(store.inner()));
    unlock(core, registry).unwrap();
    let view = match ask(core, Request::Patient(chart)) {
        Ok(Response::Patient(view)) => view,
        other => panic!("{other:?}"),
    };
    let taken = view.timeline.iter().filter_map(|row| match &row.fact {
        Fact::Assessment(taken) => Some(items_of(taken)),
        _ => None,
    });
    let taken: Vec<_> = taken.collect();
    let open = view.concerns.iter().filter(|concern| concern.open).count();
    (taken.first().cloned().unwrap_or_default(), open > 0, taken.len())
}

#[test]
fn an_answer_that_was_acknowledged_is_in_the_record_whatever_failed() {
    let (prepared, registry, run, chart) = handed_over();
    let (mut failed, mut survived) = (0, 0);
    for kind in KINDS {
        for repeat in [Repeat::Once, Repeat::Forever] {
            for at in 0..12 {
                let machine = machine(&prepared);
                let core = &mut Core::new(machine.clone());
                assert!(ask(core, keep(registry, run, "phq9_1", 1)).is_ok());
                machine.store.set(Some(Fault { at, kind, repeat }));
                let acknowledged = ask(core, keep(registry, run, "phq9_9", 2)).is_ok();
                machine.store.set(None);
                match acknowledged {
                    true => survived += 1,
                    false => failed += 1,
                }
                let (answers, open, forms) = found(&machine.store, registry, chart);
                assert_eq!((answers.get("phq9_1"), forms), (Some(&1), 1));
                if acknowledged {
                    assert_eq!(answers.get("phq9_9"), Some(&2), "{kind:?} {repeat:?} at {at}");
                }
                assert_eq!(open, answers.contains_key("phq9_9"), "{kind:?} {repeat:?} at {at}");
            }
        }
    }
    assert!(failed > 8 && survived > 8, "{failed} failed, {survived} survived");
}

#[test]
fn taking_in_is_before_or_after_and_never_half_and_says_so_when_it_failed() {
    let (prepared, registry, run, chart) = handed_over();
    let mut told = 0;
    for kind in KINDS {
        for repeat in [Repeat::Once, Repeat::Forever] {
            for at in 0..30 {
                let machine = machine(&prepared);
                let core = &mut Core::new(machine.clone());
                assert!(ask(core, keep(registry, run, "phq9_9", 2)).is_ok());
                machine.store.set(Some(Fault { at, kind, repeat }));
                if let Ok(opened) = unlock(core, registry) {
                    let says = opened.damage.iter().any(|d| d.contains("is not in their records yet"));
                    told += usize::from(says);
                    assert!(
                        says || opened.entered.len() == 1,
                        "{kind:?} {repeat:?} at {at}: {opened:?}"
                    );
                }
                machine.store.set(None);
                let (answers, open, forms) = found(&machine.store, registry, chart);
                assert_eq!(
                    (answers.get("phq9_9"), open, forms),
                    (Some(&2), true, 1),
                    "{kind:?} {repeat:?} at {at}"
                );
            }
        }
    }
    assert!(told > 0, "some failures must be ones that are told of");
}
