//! Imports: seen whole or not at all; and compaction.

use caseload::store::{Area, BatchState, SealedError, Store, StoreError};
use caseload::vault::Aead;

use std::collections::{BTreeMap, BTreeSet};

use super::{chart, create, entry, get, open, put, read, save_of};
use caseload::journal::{ChartId, Entry};

pub async fn a_batch_is_seen_only_when_it_is_published<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    let mut batch = sealed.begin_batch().await.unwrap();
    sealed
        .add_to_batch(&mut batch, vec![entry(1, 1), entry(2, 2)])
        .await
        .unwrap();
    // A save in between is not disturbed and doesn't disturb.
    sealed.save(save_of(&[entry(1, 5)])).await.unwrap();
    assert_eq!(read(&open(&store, &aead).await.unwrap(), 2).await, []);
    let number = sealed.number(chart(2));
    let page = (number.page(), b"flowsheets".to_vec());
    sealed
        .publish_batch(&mut batch, std::slice::from_ref(&page))
        .await
        .unwrap();
    let reopened = open(&store, &aead).await.unwrap();
    assert_eq!(read(&reopened, 1).await, [entry(1, 1), entry(1, 5)]);
    assert_eq!(read(&reopened, 2).await, [entry(2, 2)]);
    assert_eq!(reopened.read_pages().await.unwrap().pages, [page]);
    let [info] = reopened.batches().await.unwrap().try_into().unwrap();
    assert_eq!(
        (info.id, info.state, info.entries),
        (batch.id(), BatchState::Published, 2)
    );
    assert_eq!(info.charts, [chart(1), chart(2)]);
}

pub async fn a_hidden_batch_is_absent_and_what_came_later_stays<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    sealed.save(save_of(&[entry(1, 1)])).await.unwrap();
    let before = sealed.totals();
    let mut batch = sealed.begin_batch().await.unwrap();
    sealed
        .add_to_batch(&mut batch, vec![entry(1, 2), entry(2, 3)])
        .await
        .unwrap();
    sealed.publish_batch(&mut batch, &[]).await.unwrap();
    let shown = sealed.totals();
    sealed.hide_batch(batch.id(), &[]).await.unwrap();
    let mut sealed = open(&store, &aead).await.unwrap();
    let hidden = sealed.totals();
    assert_eq!(
        (hidden.charts, hidden.entries, hidden.digest),
        (before.charts, before.entries, before.digest)
    );
    assert_eq!(
        (read(&sealed, 1).await, read(&sealed, 2).await),
        (vec![entry(1, 1)], vec![])
    );
    assert_eq!(sealed.hide_batch(batch.id(), &[]).await, Err(SealedError::NoSuchBatch));
    sealed.save(save_of(&[entry(2, 4)])).await.unwrap();
    sealed.show_batch(batch.id(), &[]).await.unwrap();
    let mut sealed = open(&store, &aead).await.unwrap();
    assert_eq!(sealed.totals().entries, shown.entries + 1);
    assert_eq!(read(&sealed, 2).await, [entry(2, 3), entry(2, 4)]);
    sealed.hide_batch(batch.id(), &[]).await.unwrap();
    assert_eq!(read(&open(&store, &aead).await.unwrap(), 2).await, [entry(2, 4)]);
    assert_eq!(sealed.sweep().await, Ok(0));
    assert_eq!(sealed.batches().await.unwrap()[0].state, BatchState::Hidden);
}

pub async fn an_abandoned_batch_leaves_nothing<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    let mut batch = sealed.begin_batch().await.unwrap();
    let large: Vec<Entry> = (0..9_000).map(|number| entry(1, number)).collect();
    sealed.add_to_batch(&mut batch, large).await.unwrap();
    assert!(1 < store.keys(Area::Segments).await.unwrap().len());
    sealed.abandon_batch(batch).await.unwrap();
    assert_eq!(store.keys(Area::Segments).await.unwrap(), []);
    assert_eq!(store.keys(Area::Batches).await.unwrap(), []);
}

pub async fn what_a_cut_off_import_left_is_swept_and_nothing_else<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    sealed.save(save_of(&[entry(1, 1)])).await.unwrap();
    let mut published = sealed.begin_batch().await.unwrap();
    sealed.add_to_batch(&mut published, vec![entry(2, 2)]).await.unwrap();
    sealed.publish_batch(&mut published, &[]).await.unwrap();
    let kept = store.keys(Area::Segments).await.unwrap();
    let mut cut_off = sealed.begin_batch().await.unwrap();
    let large: Vec<Entry> = (10..9_000).map(|number| entry(3, number)).collect();
    sealed.add_to_batch(&mut cut_off, large).await.unwrap();
    let mut sealed = open(&store, &aead).await.unwrap();
    assert_eq!(sealed.survey().await.unwrap(), []);
    assert_eq!(sealed.sweep().await, Ok(1));
    assert_eq!(sealed.sweep().await, Ok(0));
    assert_eq!(store.keys(Area::Segments).await.unwrap(), kept);
    assert_eq!(read(&sealed, 2).await, [entry(2, 2)]);
}

pub async fn compaction_keeps_every_entry<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    let mut batch = sealed.begin_batch().await.unwrap();
    sealed.add_to_batch(&mut batch, vec![entry(1, 900)]).await.unwrap();
    sealed.publish_batch(&mut batch, &[]).await.unwrap();
    for number in 0..70 {
        sealed
            .save(save_of(&[entry(u32::try_from(number % 3).unwrap(), number)]))
            .await
            .unwrap();
    }
    let before = sealed.totals();
    let compacted = sealed.compact().await.unwrap();
    assert_eq!((compacted.merged, compacted.into), (70, 1));
    assert_eq!(sealed.compact().await.unwrap(), Default::default());
    assert_eq!(store.keys(Area::Segments).await.unwrap().len(), 2);
    let mut sealed = open(&store, &aead).await.unwrap();
    let after = sealed.totals();
    assert_eq!(
        (after.charts, after.entries, after.digest),
        (before.charts, before.entries, before.digest)
    );
    let of_chart_1 = (0..70)
        .filter(|number| number % 3 == 1)
        .chain([900])
        .map(|number| entry(1, number));
    assert_eq!(read(&sealed, 1).await, of_chart_1.collect::<Vec<_>>());
    sealed.hide_batch(batch.id(), &[]).await.unwrap();
    assert_eq!(read(&sealed, 1).await.len(), 23);
}

pub async fn a_tab_that_follows_is_told_that_compaction_moved_what_it_reads<S: Store, A: Aead>(store: S, aead: A) {
    let mut writer = create(&store, &aead).await.unwrap();
    for number in 0..64 {
        writer.save(save_of(&[entry(1, number)])).await.unwrap();
    }
    let mut follower = open(&store, &aead).await.unwrap();
    let segment = follower.segments()[0];
    assert_eq!(writer.compact().await.unwrap().merged, 64);
    let moved = SealedError::Store(StoreError::HeadMoved);
    assert_eq!(follower.read_chart(chart(1)).await.err(), Some(moved.clone()));
    assert_eq!(follower.read_segment(segment).await.err(), Some(moved.clone()));
    let read_all = follower.read_charts(&[chart(1)].into(), |_, _| ()).await;
    assert_eq!(read_all.err(), Some(moved));
    assert_eq!(follower.refresh().await.unwrap().charts.len(), 0);
    assert_eq!(read(&follower, 1).await.len(), 64);
}

pub async fn compaction_leaves_alone_what_it_cant_read<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    for number in 0..66 {
        sealed.save(save_of(&[entry(1, number)])).await.unwrap();
    }
    let damaged = store.keys(Area::Segments).await.unwrap()[5].clone();
    let bytes = get(&store, Area::Segments, &damaged).await;
    put(&store, Area::Segments, &damaged, bytes[1..].to_vec()).await;
    assert_eq!(sealed.compact().await.unwrap().merged, 65);
    assert!(store.keys(Area::Segments).await.unwrap().contains(&damaged));
    let read = sealed.read_chart(chart(1)).await.unwrap();
    assert_eq!((read.entries.len(), read.damage.len()), (65, 1));
    put(&store, Area::Segments, &damaged, bytes).await;
    assert_eq!(self::read(&open(&store, &aead).await.unwrap(), 1).await.len(), 66);
}

pub async fn an_import_that_another_tab_swept_is_refused_whole<S: Store, A: Aead>(store: S, aead: A) {
    let mut importing = create(&store, &aead).await.unwrap();
    let mut batch = importing.begin_batch().await.unwrap();
    let large: Vec<Entry> = (0..9_000).map(|number| entry(1, number)).collect();
    importing.add_to_batch(&mut batch, large).await.unwrap();
    assert_eq!(open(&store, &aead).await.unwrap().sweep().await, Ok(1));
    importing.add_to_batch(&mut batch, vec![entry(2, 9_001)]).await.unwrap();
    let refused = importing.publish_batch(&mut batch, &[]).await;
    assert_eq!(refused, Err(SealedError::NoSuchBatch));
    assert_eq!(store.keys(Area::Segments).await.unwrap(), []);
    assert_eq!(open(&store, &aead).await.unwrap().totals().entries, 0);
}

pub async fn many_charts_are_read_as_each_alone<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    let mut batch = sealed.begin_batch().await.unwrap();
    // Charts of several megabytes in all, so that some are cut by the end of a segment.
    let large: Vec<Entry> = (0..9_000)
        .map(|number| entry(u32::try_from(number / 90).unwrap(), number))
        .collect();
    sealed.add_to_batch(&mut batch, large).await.unwrap();
    sealed.publish_batch(&mut batch, &[]).await.unwrap();
    sealed
        .save(save_of(&[entry(3, 10_000), entry(50, 10_001)]))
        .await
        .unwrap();
    let wanted: BTreeSet<ChartId> = [3, 50, 51, 99, 555].map(chart).into();
    let mut found = BTreeMap::new();
    sealed
        .read_charts(&wanted, |id, read| drop(found.insert(id, read)))
        .await
        .unwrap();
    assert_eq!(found.len(), 4);
    for (id, mut many) in found {
        let mut alone = sealed.read_chart(id).await.unwrap();
        many.entries.sort_by_key(Entry::stamp);
        alone.entries.sort_by_key(Entry::stamp);
        assert_eq!(many, alone);
        assert_eq!(many.damage, []);
    }
}

pub async fn a_batch_says_what_it_was_and_whether_it_was_built_upon<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    sealed.save(save_of(&[entry(1, 1)])).await.unwrap();
    for (number, about) in [(10, "first"), (20, "second")] {
        let mut batch = sealed.begin_batch().await.unwrap();
        let entries = vec![entry(1, number), entry(number as u32, number + 1)];
        sealed.add_to_batch(&mut batch, entries).await.unwrap();
        batch.describe(about.as_bytes().to_vec());
        sealed.publish_batch(&mut batch, &[]).await.unwrap();
    }
    let mut sealed = open(&store, &aead).await.unwrap();
    let said = |batches: &[caseload::store::BatchInfo]| -> Vec<(Vec<u8>, usize)> {
        batches
            .iter()
            .map(|batch| (batch.about.clone(), batch.written_since))
            .collect()
    };
    let (first, second) = (b"first".to_vec(), b"second".to_vec());
    // The first chart was there before, so that it is written to contradicts nothing.
    sealed.save(save_of(&[entry(1, 30)])).await.unwrap();
    let batches = sealed.batches().await.unwrap();
    assert_eq!(said(&batches), [(first.clone(), 0), (second.clone(), 0)]);
    sealed.save(save_of(&[entry(10, 31)])).await.unwrap();
    let batches = sealed.batches().await.unwrap();
    assert_eq!(said(&batches), [(first.clone(), 1), (second, 0)]);
    for number in 100..170 {
        sealed.save(save_of(&[entry(1, number)])).await.unwrap();
    }
    assert!(0 < sealed.compact().await.unwrap().merged);
    sealed.hide_batch(batches[1].id, &[]).await.unwrap();
    let batches = open(&store, &aead).await.unwrap().batches().await.unwrap();
    assert_eq!(
        batches.iter().map(|b| b.state).collect::<Vec<_>>(),
        [BatchState::Published, BatchState::Hidden]
    );
    assert_eq!(said(&batches)[0], (first, 1));
}
