//! Erasing a chart leaves nothing of it in the store, wherever it was: saves, a published import, one that was undone.

use std::collections::BTreeMap;

use caseload::journal::Entry;
use caseload::store::{Area, BatchState, Key, MemoryStore, Rewrite, Save, SealedError, SealedStore, Store};
use pollster::block_on;

use super::NativeAes;
use super::suite::{chart, create, entry, open};

type Sealed = SealedStore<MemoryStore, NativeAes>;

/// Two saves and two imports, each about two charts; the second import was undone.
fn prepared() -> (MemoryStore, Sealed) {
    let store = MemoryStore::new();
    let mut sealed = block_on(create(&store, &NativeAes)).unwrap();
    block_on(async {
        for number in 0..2 {
            let entries = [entry(1, number), entry(2, number)];
            let entries = &entries;
            sealed
                .save(Save {
                    entries,
                    ..Save::default()
                })
                .await
                .unwrap();
        }
        for number in [10, 20] {
            let mut batch = sealed.begin_batch().await.unwrap();
            let entries = vec![entry(1, number), entry(2, number), entry(3, number)];
            sealed.add_to_batch(&mut batch, entries).await.unwrap();
            sealed.publish_batch(&mut batch, &[]).await.unwrap();
        }
        let undone = sealed.batches().await.unwrap()[1].id;
        sealed.hide_batch(undone, &[]).await.unwrap();
        sealed.put_draft(Key::new("about chart 1"), b"half").await.unwrap();
    });
    (store, sealed)
}

fn erase(sealed: &mut Sealed, left: &[Entry]) -> Result<(), SealedError> {
    let rewrite = Rewrite {
        chart: chart(1),
        left,
        pages: Vec::new(),
        forget: vec![(Area::Drafts, Key::new("about chart 1"))],
    };
    block_on(sealed.rewrite_chart(&rewrite)).map(drop)
}

fn segments(store: &MemoryStore) -> BTreeMap<Key, Vec<u8>> {
    block_on(store.all(Area::Segments)).unwrap().into_iter().collect()
}

fn entries_of(sealed: &Sealed, n: u32) -> Vec<Entry> {
    let mut entries = block_on(sealed.read_chart(chart(n))).unwrap().entries;
    entries.sort_by_key(Entry::stamp);
    entries
}

#[test]
fn no_segment_that_held_the_chart_is_left_and_the_others_keep_all() {
    let (store, mut sealed) = prepared();
    let before = segments(&store);
    assert_eq!(before.len(), 4, "each holds the chart");
    let left = [entry(1, 99)];
    erase(&mut sealed, &left).unwrap();

    let after = segments(&store);
    for (key, bytes) in &before {
        assert!(!after.contains_key(key), "{key} is still there");
        assert!(
            !after.values().any(|other| other == bytes),
            "the bytes of {key} are still there"
        );
    }
    assert!(block_on(sealed.drafts()).unwrap().is_empty());
    let sealed = block_on(open(&store, &NativeAes)).unwrap();
    assert_eq!((sealed.damage(), block_on(sealed.survey()).unwrap()), (&[][..], vec![]));
    assert_eq!(entries_of(&sealed, 1), left);
    assert_eq!(entries_of(&sealed, 2), [entry(2, 0), entry(2, 1), entry(2, 10)]);
    assert_eq!(entries_of(&sealed, 3), [entry(3, 10)]);
}

#[test]
fn an_undone_import_that_is_published_again_brings_back_the_others_only() {
    let (_, mut sealed) = prepared();
    erase(&mut sealed, &[entry(1, 99)]).unwrap();
    let batches = block_on(sealed.batches()).unwrap();
    let undone = batches.iter().find(|batch| batch.state == BatchState::Hidden).unwrap();
    assert!(!undone.charts.contains(&chart(1)));
    block_on(sealed.show_batch(undone.id, &[])).unwrap();
    assert_eq!(entries_of(&sealed, 1), [entry(1, 99)]);
    assert_eq!(entries_of(&sealed, 2).last(), Some(&entry(2, 20)));
    // And what was published can be undone as before.
    let published = batches
        .iter()
        .find(|batch| batch.state == BatchState::Published)
        .unwrap();
    block_on(sealed.hide_batch(published.id, &[])).unwrap();
    assert_eq!(entries_of(&sealed, 2), [entry(2, 0), entry(2, 1), entry(2, 20)]);
    for segment in sealed.segments() {
        let read = block_on(sealed.read_whole_segment(segment)).unwrap().unwrap();
        assert!(read.iter().all(|e| e.chart() != chart(1) || *e == entry(1, 99)));
    }
}

#[test]
fn a_segment_that_cannot_be_read_stops_the_erasing_when_others_are_in_it() {
    let (store, sealed) = prepared();
    let damaged = sealed.segments()[0].key();
    drop(sealed);
    block_on(async {
        let bytes = vec![0; 40];
        let transaction = caseload::store::Transaction::new(caseload::store::Expect::Anything);
        store
            .commit(&transaction.put(Area::Segments, damaged.clone(), bytes))
            .await
            .unwrap();
    });
    let before = segments(&store);
    let mut sealed = block_on(open(&store, &NativeAes)).unwrap();
    match erase(&mut sealed, &[entry(1, 99)]) {
        Err(SealedError::Damaged(damage)) => assert_eq!(damage.key, damaged),
        other => panic!("{other:?}"),
    }
    assert_eq!(segments(&store), before, "nothing was changed");
}

#[test]
fn a_segment_that_cannot_be_read_and_holds_nothing_else_goes_too() {
    let store = MemoryStore::new();
    let mut sealed = block_on(create(&store, &NativeAes)).unwrap();
    let entries = [entry(1, 0)];
    let entries = &entries;
    block_on(sealed.save(Save {
        entries,
        ..Save::default()
    }))
    .unwrap();
    let key = sealed.segments()[0].key();
    let transaction = caseload::store::Transaction::new(caseload::store::Expect::Anything);
    block_on(store.commit(&transaction.put(Area::Segments, key.clone(), vec![0; 40]))).unwrap();
    erase(&mut sealed, &[entry(1, 99)]).unwrap();
    assert!(!segments(&store).contains_key(&key));
    assert_eq!(entries_of(&sealed, 1), [entry(1, 99)]);
}
