//! Every storage operation of every step fails, once and for ever, in every way: what is stored afterwards is the state before the
//! step or after it, never half of it, and nothing that was acknowledged is missing.

use caseload::journal::Entry;
use caseload::store::{
    Area, Fault, FaultKind, FaultyStore, Key, MemoryStore, Repeat, Rewrite, Save, SealedError, SealedStore, StoreError,
};
use pollster::block_on;
use proptest::prelude::*;

use super::NativeAes;
use super::suite::{chart, create, entry, open};

type Faulty = FaultyStore<MemoryStore>;
type Sealed = SealedStore<Faulty, NativeAes>;

const KINDS: [FaultKind; 4] = [
    FaultKind::Abort,
    FaultKind::Quota,
    FaultKind::Closed,
    FaultKind::AnswerLost,
];

/// All that a user could tell apart.
#[derive(Debug, PartialEq)]
struct State {
    entries: Vec<Entry>,
    drafts: usize,
    pages: Vec<Vec<u8>>,
}

/// The state as a new start finds it, on a store that works. Nothing may be damaged or left over beyond the head.
fn state(store: &Faulty) -> State {
    let sealed = block_on(open(store.inner(), &NativeAes)).unwrap();
    assert_eq!(sealed.damage(), []);
    assert_eq!(block_on(sealed.survey()).unwrap(), []);
    let mut entries = Vec::new();
    for totals in sealed.charts() {
        let read = block_on(sealed.read_chart(totals.chart)).unwrap();
        assert_eq!((read.damage.len(), read.entries.len()), (0, totals.entries as usize));
        entries.extend(read.entries);
    }
    entries.sort_by_key(|entry| (entry.chart(), entry.stamp()));
    let pages = block_on(sealed.read_pages())
        .unwrap()
        .pages
        .into_iter()
        .map(|(_, bytes)| bytes)
        .collect();
    State {
        entries,
        drafts: block_on(sealed.drafts()).unwrap().len(),
        pages,
    }
}

/// A registry with something of everything, and 64 small segments so that there is something to compact.
fn prepared() -> MemoryStore {
    let store = MemoryStore::new();
    let mut sealed = block_on(create(&store, &NativeAes)).unwrap();
    for number in 0..64 {
        let chart = u32::try_from(number % 5).unwrap();
        block_on(sealed.save(Save {
            entries: &[entry(chart, number)],
            ..Save::default()
        }))
        .unwrap();
    }
    block_on(sealed.put_draft(Key::new("contact"), b"half")).unwrap();
    store
}

/// A copy of it, open.
fn registry(prepared: &MemoryStore) -> (Faulty, Sealed) {
    let store = FaultyStore::new(prepared.copy());
    let sealed = block_on(open(&store, &NativeAes)).unwrap();
    (store, sealed)
}

/// One thing that a user does.
type Step = fn(&mut Sealed) -> Result<(), SealedError>;

fn save(sealed: &mut Sealed) -> Result<(), SealedError> {
    let entries = [entry(1, 500), entry(9, 501)];
    let page = (sealed.number(chart(9)).page(), vec![9; 40]);
    let finished_drafts = vec![Key::new("contact")];
    block_on(sealed.save(Save {
        entries: &entries,
        pages: vec![page],
        finished_drafts,
        ..Save::default()
    }))
    .map(drop)
}

fn import(sealed: &mut Sealed) -> Result<(), SealedError> {
    block_on(async {
        let mut batch = sealed.begin_batch().await?;
        sealed
            .add_to_batch(&mut batch, vec![entry(1, 600), entry(20, 601)])
            .await?;
        sealed.publish_batch(&mut batch, &[]).await.map(drop)
    })
}

fn import_and_undo(sealed: &mut Sealed) -> Result<(), SealedError> {
    import(sealed)?;
    let id = block_on(sealed.batches())?[0].id;
    block_on(sealed.hide_batch(id, &[])).map(drop)
}

fn compact(sealed: &mut Sealed) -> Result<(), SealedError> {
    block_on(sealed.compact()).map(drop)
}

/// A chart goes, with a form about it; one entry says so.
fn erase(sealed: &mut Sealed) -> Result<(), SealedError> {
    let left = [entry(1, 700)];
    let rewrite = Rewrite {
        chart: chart(1),
        left: &left,
        pages: vec![(sealed.number(chart(1)).page(), vec![1; 40])],
        forget: vec![(Area::Drafts, Key::new("contact"))],
    };
    block_on(sealed.rewrite_chart(&rewrite)).map(drop)
}

fn import_and_erase(sealed: &mut Sealed) -> Result<(), SealedError> {
    import(sealed)?;
    erase(sealed)
}

fn draft(sealed: &mut Sealed) -> Result<(), SealedError> {
    block_on(sealed.put_draft(Key::new("plan"), b"half a plan"))
}

fn sweep(sealed: &mut Sealed) -> Result<(), SealedError> {
    block_on(sealed.sweep()).map(drop)
}

#[test]
fn whatever_fails_the_state_is_before_or_after_and_never_half() {
    let prepared = prepared();
    let steps: [(&str, Step); 8] = [
        ("save", save),
        ("import", import),
        ("import and undo", import_and_undo),
        ("compact", compact),
        ("erase", erase),
        ("import and erase", import_and_erase),
        ("draft", draft),
        ("sweep", sweep),
    ];
    for (name, step) in steps {
        let (store, mut sealed) = registry(&prepared);
        let before = state(&store);
        store.set(None);
        step(&mut sealed).unwrap();
        let (operations, after) = (store.operations(), state(&store));
        assert!(0 < operations, "{name}");
        for at in 0..operations {
            for kind in KINDS {
                for repeat in [Repeat::Once, Repeat::Forever] {
                    let (store, mut sealed) = registry(&prepared);
                    store.set(Some(Fault { at, kind, repeat }));
                    let outcome = step(&mut sealed);
                    let what = format!("{name}, {kind:?} at {at} {repeat:?}: {outcome:?}");
                    store.set(None);
                    let found = state(&store);
                    // An import that is undone, or erased in part, passes through the state in which it is there.
                    let between = ["import and undo", "import and erase"].contains(&name)
                        && found.entries.len() == before.entries.len() + 2;
                    assert!(found == before || found == after || between, "{what}");
                    if outcome.is_ok() {
                        assert_eq!(found, after, "{what}");
                    }
                    // A connection that is lost once heals itself, whether or not the write had gone through.
                    let heals = matches!(kind, FaultKind::Closed | FaultKind::AnswerLost) && repeat == Repeat::Once;
                    assert!(!heals || outcome.is_ok(), "{what}");
                    // What works again, works: the same step, or the next save, goes through.
                    block_on(sealed.save(Save {
                        entries: &[entry(3, 900)],
                        ..Save::default()
                    }))
                    .unwrap();
                    assert!(state(&store).entries.contains(&entry(3, 900)), "{what}");
                }
            }
        }
    }
}

#[test]
fn a_save_that_is_tried_again_after_a_lost_connection_is_saved_once() {
    let prepared = prepared();
    for at in 0..4 {
        for kind in [FaultKind::Closed, FaultKind::AnswerLost] {
            let (store, mut sealed) = registry(&prepared);
            let entries_before = sealed.totals().entries;
            store.set(Some(Fault {
                at,
                kind,
                repeat: Repeat::Forever,
            }));
            let first = save(&mut sealed);
            if first.is_err() {
                assert_eq!(first, Err(SealedError::Store(StoreError::Closed)));
            }
            store.set(None);
            save(&mut sealed)
                .or_else(|error| if first.is_ok() { Ok(()) } else { Err(error) })
                .unwrap();
            let expected = if first.is_ok() {
                entries_before + 4
            } else {
                entries_before + 2
            };
            assert_eq!(sealed.totals().entries, expected, "{kind:?} at {at}");
            assert_eq!(state(&store).entries.len() as u64, expected);
        }
    }
}

#[derive(Clone, Debug)]
enum Doing {
    Save(u32, u8),
    Import(u32, u8),
    Hide,
    Show,
    Compact,
    Erase(u32),
    Sweep,
    Restart,
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        4 => (0..40u32, 1..30u8).prop_map(|(n, count)| Doing::Save(n, count)),
        2 => (0..40u32, 1..200u8).prop_map(|(n, count)| Doing::Import(n, count)),
        1 => Just(Doing::Hide),
        1 => Just(Doing::Show),
        1 => Just(Doing::Compact),
        1 => (0..40u32).prop_map(Doing::Erase),
        1 => Just(Doing::Sweep),
        1 => Just(Doing::Restart),
    ]
}

fn fault() -> impl Strategy<Value = Option<Fault>> {
    let kinds = prop::sample::select(KINDS.to_vec());
    let repeats = prop::sample::select(vec![Repeat::Once, Repeat::Forever]);
    prop::option::of((0..6u64, kinds, repeats).prop_map(|(at, kind, repeat)| Fault { at, kind, repeat }))
}

/// Carries one thing out; whether it was acknowledged.
fn carry_out(sealed: &mut Sealed, store: &Faulty, doing: &Doing, next: &mut u64) -> bool {
    let mut entries = |n: u32, count: u8| {
        let of_chart = |number: u64| entry(n + u32::try_from(number % 3).unwrap_or(0), number);
        let made: Vec<Entry> = (*next..*next + u64::from(count)).map(of_chart).collect();
        *next += u64::from(count);
        made
    };
    let first_in = |sealed: &Sealed, state| {
        let batches = block_on(sealed.batches()).ok()?;
        batches
            .into_iter()
            .find(|batch| batch.state == state)
            .map(|batch| batch.id)
    };
    use caseload::store::BatchState::{Hidden, Published};
    match doing {
        Doing::Save(n, count) => {
            let entries = entries(*n, *count);
            block_on(sealed.save(Save {
                entries: &entries,
                ..Save::default()
            }))
            .is_ok()
        }
        Doing::Import(n, count) => {
            let entries = entries(*n, *count);
            let import = async {
                let mut batch = sealed.begin_batch().await?;
                sealed.add_to_batch(&mut batch, entries).await?;
                sealed.publish_batch(&mut batch, &[]).await
            };
            block_on(import).is_ok()
        }
        Doing::Hide => first_in(sealed, Published).is_some_and(|id| block_on(sealed.hide_batch(id, &[])).is_ok()),
        Doing::Show => first_in(sealed, Hidden).is_some_and(|id| block_on(sealed.show_batch(id, &[])).is_ok()),
        Doing::Compact => block_on(sealed.compact()).is_ok(),
        Doing::Erase(n) => {
            let left = [entry(*n, *next)];
            *next += 1;
            let rewrite = Rewrite {
                chart: chart(*n),
                left: &left,
                pages: Vec::new(),
                forget: Vec::new(),
            };
            block_on(sealed.rewrite_chart(&rewrite)).is_ok()
        }
        Doing::Sweep => block_on(sealed.sweep()).is_ok(),
        Doing::Restart => {
            store.set(None);
            *sealed = block_on(open(store, &NativeAes)).unwrap();
            true
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Random things are done while random operations fail. After every one, a new start finds the state before it or the state that
    /// a faultless run of the same history has, and every head adds up.
    #[test]
    fn no_history_of_faults_loses_or_tears_anything(
        history in prop::collection::vec((doing(), fault()), 1..25),
    ) {
        let store = FaultyStore::new(MemoryStore::new());
        let mut sealed = block_on(create(&store, &NativeAes)).unwrap();
        let mut next = 0;
        let mut erased: Vec<Entry> = Vec::new();
        for (doing, fault) in history {
            let before = state(&store).entries;
            let first_new = next;
            store.set(fault);
            let acknowledged = carry_out(&mut sealed, &store, &doing, &mut next);
            store.set(None);
            let after = state(&store).entries;
            let added = usize::try_from(next - first_new).unwrap();
            match doing {
                Doing::Save(..) | Doing::Import(..) => {
                    let grown = after.len() == before.len() + added;
                    prop_assert!(grown || (after == before && !acknowledged), "{doing:?} {fault:?}");
                    prop_assert!(before.iter().all(|entry| after.contains(entry)));
                }
                Doing::Erase(n) => {
                    let of_chart = |entry: &&Entry| entry.chart() == chart(n);
                    let left = after.iter().filter(of_chart).count();
                    let others = |entries: &[Entry]| entries.iter().filter(|e| !of_chart(e)).cloned().collect::<Vec<_>>();
                    prop_assert_eq!(others(&after), others(&before));
                    let gone = left == 1 && !before.contains(&entry(n, first_new)) && after.contains(&entry(n, first_new));
                    prop_assert!(gone || (after == before && !acknowledged), "{doing:?} {fault:?}");
                    if gone {
                        erased.extend(before.iter().filter(of_chart).cloned());
                    }
                }
                Doing::Compact | Doing::Sweep | Doing::Restart => prop_assert_eq!(&after, &before),
                Doing::Hide => prop_assert!(after.iter().all(|entry| before.contains(entry))),
                Doing::Show => prop_assert!(before.iter().all(|entry| after.contains(entry))),
            }
            prop_assert!(after.iter().all(|entry| !erased.contains(entry)), "what was erased came back: {doing:?}");
        }
    }
}
