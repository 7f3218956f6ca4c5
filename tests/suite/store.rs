//! What every store must do, sealed: one suite, run natively on the memory twin and in a real browser on IndexedDB.
//! Each case is given a fresh, empty store; a clone of it is another tab.

use std::cell::Cell;
use std::rc::Rc;

use caseload::journal::{ChartId, Entry, EntryId, Stamp};
use caseload::store::{
    Area, BatchState, Damage, Expect, Key, Kind, Reason, Save, SealedError, SealedStore, Store, StoreError,
    Transaction, read_key_file,
};
use caseload::vault::{
    Aead, Entropy, EntropyError, KdfRecipe, KeyFile, Label, NewLock, NewPerson, PassphraseKey, Secret32,
    create_registry, unlock_with_passphrase_key,
};
use uuid::Uuid;

/// Names every case, for the binaries that run them.
macro_rules! each_case {
    ($run:ident) => {
        $run! {
            a_transaction_writes_all_or_nothing
            records_come_back_in_the_order_of_their_keys
            what_is_saved_is_read_again
            a_registry_is_made_only_once
            an_empty_database_is_said_to_be_empty
            nothing_readable_is_stored
            a_second_tab_never_overwrites_the_first
            a_tab_that_follows_sees_what_changed
            a_batch_is_seen_only_when_it_is_published
            a_hidden_batch_is_absent_and_what_came_later_stays
            an_abandoned_batch_leaves_nothing
            what_a_cut_off_import_left_is_swept_and_nothing_else
            flowsheet_pages_and_drafts_come_back
            a_save_takes_its_draft_away
            every_altered_record_is_noticed_and_kept
            a_record_put_back_from_earlier_is_noticed
            two_segments_that_change_places_are_noticed
            a_missing_segment_is_noticed_without_reading_any
            a_head_put_back_with_its_pages_shows_saves_beyond_it
            compaction_keeps_every_entry
            compaction_leaves_alone_what_it_cant_read
            a_rewritten_key_file_is_known_to_the_head
        }
    };
}
pub(crate) use each_case;

thread_local! {
    static SEED: Cell<u64> = const { Cell::new(1) };
}

/// Bytes that never come twice in a run.
pub fn entropy() -> Box<dyn Entropy> {
    Box::new(|bytes: &mut [u8]| -> Result<(), EntropyError> {
        for chunk in bytes.chunks_mut(8) {
            let seed = SEED.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
            SEED.set(seed);
            // The finaliser of splitmix64.
            let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    })
}

const REGISTRY: Uuid = Uuid::from_u128(0x0a0b_0c0d_0e0f_4a1b_8c2d_3e4f_5061_7283);

fn key() -> PassphraseKey {
    PassphraseKey(Secret32::new([0x70; 32]))
}

/// Makes the registry in an empty store.
pub async fn create<S: Store, A: Aead>(store: &S, aead: &A) -> Result<SealedStore<S, A>, SealedError> {
    let mut random = entropy();
    let key = key();
    let new = NewPerson {
        person: Uuid::from_u128(9),
        label: Label::parse("MK").unwrap(),
        lock: NewLock {
            kdf: KdfRecipe::make(&mut *random).unwrap(),
            key: &key,
        },
    };
    let created = create_registry(aead, REGISTRY, new, &mut *random).await?;
    let vault = Rc::new(created.unlocked.vault);
    SealedStore::create(store.clone(), vault, random, Kind::Real, &created.file).await
}

/// Unlocks and opens the registry, as after a reload.
pub async fn open<S: Store, A: Aead>(store: &S, aead: &A) -> Result<SealedStore<S, A>, SealedError> {
    let file = read_key_file(store).await?.ok_or(SealedError::Emptied)?;
    let file = KeyFile::from_json(&file).unwrap();
    let slot = file.slots()[0].id();
    let unlocked = unlock_with_passphrase_key(aead, &file, slot, &key()).await.unwrap();
    SealedStore::open(store.clone(), Rc::new(unlocked.vault), entropy()).await
}

pub fn chart(n: u32) -> ChartId {
    ChartId::new(Uuid::from_u128(0x4a1b_8c2d_0000_0000 + u128::from(n)))
}

/// The `number`th entry of the `n`th chart. Its fact is of a kind that this version doesn't know.
pub fn entry(n: u32, number: u64) -> Entry {
    let id = EntryId::from_time(number, [7; 10]);
    let (chart, stamp) = (chart(n), Stamp::new(1_700_000_000_000 + number, 0, 1));
    let author = Uuid::from_u128(9);
    let json = format!(
        r#"{{"id":"{id}","chart":"{chart}","stamp":"{stamp}","author":"{author}","replaces":[],"kind":"later","fact":{{"text":"Aspen Fable {number}"}}}}"#
    );
    Entry::read(&json).unwrap()
}

fn save_of(entries: &[Entry]) -> Save<'_> {
    Save {
        entries,
        ..Save::default()
    }
}

/// All entries of a chart; anything damaged fails the case.
pub async fn read<S: Store, A: Aead>(sealed: &SealedStore<S, A>, n: u32) -> Vec<Entry> {
    let read = sealed.read_chart(chart(n)).await.unwrap();
    assert_eq!(read.damage, []);
    let mut entries = read.entries;
    entries.sort_by_key(Entry::stamp);
    entries
}

async fn put<S: Store>(store: &S, area: Area, key: &Key, bytes: Vec<u8>) {
    store
        .commit(&Transaction::new(Expect::Anything).put(area, key.clone(), bytes))
        .await
        .unwrap();
}

async fn get<S: Store>(store: &S, area: Area, key: &Key) -> Vec<u8> {
    store.get(area, key).await.unwrap().unwrap()
}

pub async fn a_transaction_writes_all_or_nothing<S: Store, A: Aead>(store: S, _aead: A) {
    let draft = |key: &str, byte| Transaction::new(Expect::Anything).put(Area::Drafts, Key::new(key), vec![byte]);
    store.commit(&draft("a", 1)).await.unwrap();
    let head = Transaction::new(Expect::NoHead).put(Area::Meta, Key::head(), vec![1]);
    store.commit(&head).await.unwrap();
    let refused = [Expect::NoHead, Expect::Head(vec![2]), Expect::Head(Vec::new())];
    for expect in refused {
        let late = Transaction {
            expect,
            ..draft("a", 9).put(Area::Segments, Key::new("s"), vec![9])
        };
        let late = late.delete(Area::Drafts, Key::new("a"));
        assert_eq!(store.commit(&late).await, Err(StoreError::HeadMoved));
    }
    assert_eq!(store.get(Area::Drafts, &Key::new("a")).await.unwrap(), Some(vec![1]));
    assert_eq!(store.keys(Area::Segments).await.unwrap(), []);
    let next = Transaction::new(Expect::Head(vec![1])).put(Area::Meta, Key::head(), vec![2]);
    store.commit(&next.delete(Area::Drafts, Key::new("a"))).await.unwrap();
    assert_eq!(store.get(Area::Drafts, &Key::new("a")).await.unwrap(), None);
    assert_eq!(get(&store, Area::Meta, &Key::head()).await, [2]);
}

pub async fn records_come_back_in_the_order_of_their_keys<S: Store, A: Aead>(store: S, _aead: A) {
    let mut transaction = Transaction::new(Expect::Anything);
    for number in [300, 2, 10] {
        transaction = transaction.put(Area::Pages, Key::number(number), number.to_be_bytes().to_vec());
    }
    store.commit(&transaction).await.unwrap();
    let keys = [2, 10, 300].map(Key::number);
    assert_eq!(store.keys(Area::Pages).await.unwrap(), keys);
    let all = store.all(Area::Pages).await.unwrap();
    assert_eq!(all, [2u64, 10, 300].map(|n| (Key::number(n), n.to_be_bytes().to_vec())));
    let some = store
        .get_many(Area::Pages, &[Key::number(300), Key::number(3), Key::number(2)])
        .await
        .unwrap();
    assert_eq!(
        some,
        [
            Some(300u64.to_be_bytes().to_vec()),
            None,
            Some(2u64.to_be_bytes().to_vec())
        ]
    );
    assert_eq!(store.all(Area::Inbox).await.unwrap(), []);
    assert_eq!(
        store.get_many(Area::Pages, &[]).await.unwrap(),
        [] as [Option<Vec<u8>>; 0]
    );
}

pub async fn what_is_saved_is_read_again<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    let first = [entry(1, 1), entry(2, 2), entry(1, 3)];
    let generation = sealed.save(save_of(&first)).await.unwrap();
    assert_eq!(generation.0, 2);
    sealed.save(save_of(&[entry(1, 4)])).await.unwrap();
    let reopened = open(&store, &aead).await.unwrap();
    for sealed in [sealed, reopened] {
        assert_eq!(sealed.damage(), []);
        assert_eq!(read(&sealed, 1).await, [entry(1, 1), entry(1, 3), entry(1, 4)]);
        assert_eq!(read(&sealed, 2).await, [entry(2, 2)]);
        assert_eq!(read(&sealed, 3).await, []);
        let totals = sealed.totals();
        assert_eq!((totals.generation.0, totals.charts, totals.entries), (3, 2, 4));
        assert_eq!(sealed.chart(chart(1)).unwrap().entries, 3);
        let segments = sealed.segments();
        assert_eq!(segments.len(), 2);
        let all = sealed.read_segment(segments[0]).await.unwrap().unwrap();
        assert_eq!(all, [entry(1, 1), entry(1, 3), entry(2, 2)]);
        assert_eq!(sealed.survey().await.unwrap(), []);
    }
}

pub async fn a_registry_is_made_only_once<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    sealed.save(save_of(&[entry(1, 1)])).await.unwrap();
    let again = create(&store, &aead).await.err();
    assert_eq!(again, Some(SealedError::Store(StoreError::Exists)));
    assert_eq!(read(&open(&store, &aead).await.unwrap(), 1).await, [entry(1, 1)]);
}

pub async fn an_empty_database_is_said_to_be_empty<S: Store, A: Aead>(store: S, aead: A) {
    let other = create(&store, &aead).await.unwrap();
    let everything = Transaction::new(Expect::Anything).delete(Area::Meta, Key::head());
    store.commit(&everything).await.unwrap();
    drop(other);
    assert_eq!(open(&store, &aead).await.err(), Some(SealedError::Emptied));
}

pub async fn nothing_readable_is_stored<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    sealed.save(save_of(&[entry(1, 1)])).await.unwrap();
    sealed.put_draft(Key::new("contact"), b"Aspen Fable").await.unwrap();
    sealed
        .write_pages(&[(sealed_page(0), b"Aspen Fable".to_vec())])
        .await
        .unwrap();
    let mut batch = sealed.begin_batch().await.unwrap();
    sealed.add_to_batch(&mut batch, vec![entry(2, 2)]).await.unwrap();
    sealed.publish_batch(&mut batch, &[]).await.unwrap();
    for area in Area::ALL {
        for (key, bytes) in store.all(area).await.unwrap() {
            let chart = chart(1);
            for secret in [&b"Aspen"[..], b"Fable", b"later", chart.bytes()] {
                let found = bytes.windows(secret.len()).any(|window| window == secret);
                assert!(!found, "{} {key}", area.name());
            }
        }
    }
}

fn sealed_page(number: u32) -> caseload::store::PageNumber {
    caseload::store::PageNumber(number)
}

pub async fn a_second_tab_never_overwrites_the_first<S: Store, A: Aead>(store: S, aead: A) {
    let mut first = create(&store, &aead).await.unwrap();
    let mut second = open(&store, &aead).await.unwrap();
    first.save(save_of(&[entry(1, 1)])).await.unwrap();
    let moved = SealedError::Store(StoreError::HeadMoved);
    assert_eq!(second.save(save_of(&[entry(1, 2)])).await, Err(moved.clone()));
    assert_eq!(
        second.write_pages(&[(sealed_page(0), vec![1])]).await,
        Err(moved.clone())
    );
    assert_eq!(second.compact().await, Ok(Default::default()));
    second.refresh().await.unwrap();
    second.save(save_of(&[entry(1, 2)])).await.unwrap();
    assert_eq!(first.save(save_of(&[entry(1, 3)])).await, Err(moved));
    assert_eq!(
        read(&open(&store, &aead).await.unwrap(), 1).await,
        [entry(1, 1), entry(1, 2)]
    );
}

pub async fn a_tab_that_follows_sees_what_changed<S: Store, A: Aead>(store: S, aead: A) {
    let mut writer = create(&store, &aead).await.unwrap();
    // 200 charts fill one head page and begin another.
    let many: Vec<Entry> = (0..200).map(|n| entry(n, u64::from(n))).collect();
    writer.save(save_of(&many)).await.unwrap();
    let mut follower = open(&store, &aead).await.unwrap();
    assert_eq!(follower.refresh().await.unwrap().charts.len(), 0);
    writer
        .save(save_of(&[entry(150, 1_000), entry(777, 1_001)]))
        .await
        .unwrap();
    let refreshed = follower.refresh().await.unwrap();
    assert_eq!(
        refreshed.charts.into_iter().collect::<Vec<_>>(),
        [chart(150), chart(777)]
    );
    assert_eq!(follower.totals(), writer.totals());
    assert_eq!(read(&follower, 150).await, [entry(150, 150), entry(150, 1_000)]);
    assert_eq!(read(&follower, 3).await, [entry(3, 3)]);
}

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

pub async fn flowsheet_pages_and_drafts_come_back<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    let pages = vec![(sealed_page(0), vec![1; 9]), (sealed_page(3), vec![3; 9])];
    sealed
        .save(Save {
            entries: &[entry(1, 1)],
            pages: pages.clone(),
            ..Save::default()
        })
        .await
        .unwrap();
    sealed.write_pages(&[(sealed_page(3), vec![4; 9])]).await.unwrap();
    sealed
        .put_draft(Key::new("contact-1"), b"half a sentence")
        .await
        .unwrap();
    let sealed = open(&store, &aead).await.unwrap();
    assert_eq!(
        sealed.read_pages().await.unwrap().pages,
        [pages[0].clone(), (sealed_page(3), vec![4; 9])]
    );
    assert_eq!(
        sealed.get_draft(&Key::new("contact-1")).await.unwrap(),
        Some(b"half a sentence".to_vec())
    );
    assert_eq!(sealed.get_draft(&Key::new("contact-2")).await.unwrap(), None);
    sealed.delete_draft(&Key::new("contact-1")).await.unwrap();
    assert_eq!(sealed.drafts().await.unwrap(), []);
}

pub async fn a_save_takes_its_draft_away<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    let draft = Key::new("contact-1");
    sealed.put_draft(draft.clone(), b"half a sentence").await.unwrap();
    let save = Save {
        entries: &[entry(1, 1)],
        finished_drafts: vec![draft.clone()],
        ..Save::default()
    };
    sealed.save(save).await.unwrap();
    assert_eq!(
        open(&store, &aead).await.unwrap().get_draft(&draft).await.unwrap(),
        None
    );
}

/// Every record of a registry, one after the other, gets a bit flipped, is cut in half, is emptied. It is always noticed, and what
/// is left can be read; what is damaged stays as it is.
pub async fn every_altered_record_is_noticed_and_kept<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    let page = (sealed.number(chart(1)).page(), b"flowsheets".to_vec());
    sealed
        .save(Save {
            entries: &[entry(1, 1)],
            pages: vec![page],
            ..Save::default()
        })
        .await
        .unwrap();
    sealed.save(save_of(&[entry(2, 2)])).await.unwrap();
    for area in [Area::Meta, Area::Index, Area::Segments, Area::Pages] {
        for (key, good) in store.all(area).await.unwrap() {
            if key == Key::key_file() {
                continue;
            }
            let mut flipped = good.clone();
            let middle = flipped.len() / 2;
            flipped[middle] ^= 1;
            for bad in [flipped, good[..middle].to_vec(), Vec::new()] {
                put(&store, area, &key, bad.clone()).await;
                assert!(is_noticed(&store, &aead).await, "{} {key}", area.name());
                assert_eq!(get(&store, area, &key).await, bad);
            }
            put(&store, area, &key, good).await;
        }
    }
    assert!(!is_noticed(&store, &aead).await);
}

/// Opens and reads everything; whether any of it was said to be damaged. What isn't must be right.
async fn is_noticed<S: Store, A: Aead>(store: &S, aead: &A) -> bool {
    let mut sealed = match open(store, aead).await {
        Ok(sealed) => sealed,
        Err(SealedError::Damaged(_)) => return true,
        Err(other) => panic!("{other}"),
    };
    let mut damage: Vec<Damage> = sealed.damage().to_vec();
    if !damage.is_empty() {
        assert_eq!(sealed.save(save_of(&[entry(1, 99)])).await, Err(SealedError::ReadOnly));
    }
    for n in [1, 2] {
        let read = sealed.read_chart(chart(n)).await.unwrap();
        damage.extend(read.damage);
        assert!(read.entries.iter().all(|found| *found == entry(n, n.into())));
    }
    damage.extend(sealed.read_pages().await.unwrap().damage);
    !damage.is_empty()
}

pub async fn a_record_put_back_from_earlier_is_noticed<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    sealed.save(save_of(&[entry(1, 1)])).await.unwrap();
    let [index] = store.keys(Area::Index).await.unwrap().try_into().unwrap();
    let earlier = [(Area::Index, index), (Area::Meta, Key::head())];
    let mut kept = Vec::new();
    for (area, key) in &earlier {
        kept.push(get(&store, *area, key).await);
    }
    sealed.save(save_of(&[entry(2, 2)])).await.unwrap();
    for ((area, key), old) in earlier.iter().zip(kept) {
        let new = get(&store, *area, key).await;
        put(&store, *area, key, old).await;
        assert!(is_noticed(&store, &aead).await, "{}", area.name());
        put(&store, *area, key, new).await;
    }
    assert!(!is_noticed(&store, &aead).await);
}

pub async fn two_segments_that_change_places_are_noticed<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    sealed.save(save_of(&[entry(1, 1)])).await.unwrap();
    sealed.save(save_of(&[entry(2, 2)])).await.unwrap();
    let [(a, first), (b, second)] = store.all(Area::Segments).await.unwrap().try_into().unwrap();
    put(&store, Area::Segments, &a, second).await;
    put(&store, Area::Segments, &b, first).await;
    let sealed = open(&store, &aead).await.unwrap();
    for n in [1, 2] {
        let read = sealed.read_chart(chart(n)).await.unwrap();
        assert_eq!((read.entries, read.damage.len()), (vec![], 1));
    }
}

pub async fn a_missing_segment_is_noticed_without_reading_any<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    sealed.save(save_of(&[entry(1, 1)])).await.unwrap();
    sealed.save(save_of(&[entry(1, 2)])).await.unwrap();
    let first = store.keys(Area::Segments).await.unwrap()[0].clone();
    store
        .commit(&Transaction::new(Expect::Anything).delete(Area::Segments, first.clone()))
        .await
        .unwrap();
    let sealed = open(&store, &aead).await.unwrap();
    let missing = Damage {
        area: Area::Segments,
        key: first,
        reason: Reason::Missing,
    };
    assert_eq!(sealed.survey().await.unwrap(), std::slice::from_ref(&missing));
    let read = sealed.read_chart(chart(1)).await.unwrap();
    assert_eq!((read.entries, read.damage), (vec![entry(1, 2)], vec![missing]));
}

pub async fn a_head_put_back_with_its_pages_shows_saves_beyond_it<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    sealed.save(save_of(&[entry(1, 1)])).await.unwrap();
    let index = store.all(Area::Index).await.unwrap();
    let head = get(&store, Area::Meta, &Key::head()).await;
    sealed.save(save_of(&[entry(1, 2)])).await.unwrap();
    put(&store, Area::Meta, &Key::head(), head).await;
    for (key, bytes) in index {
        put(&store, Area::Index, &key, bytes).await;
    }
    let mut sealed = open(&store, &aead).await.unwrap();
    let [beyond] = sealed.survey().await.unwrap().try_into().unwrap();
    assert_eq!(beyond.reason, Reason::BeyondHead);
    assert_eq!(sealed.sweep().await, Ok(0));
    assert_eq!(store.keys(Area::Segments).await.unwrap().len(), 2);
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

pub async fn a_rewritten_key_file_is_known_to_the_head<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    sealed.save(save_of(&[entry(1, 1)])).await.unwrap();
    let old = get(&store, Area::Meta, &Key::key_file()).await;
    let file = KeyFile::from_json(&old).unwrap();
    let slot = file.slots()[0].id();
    let (renewed, _sheet) = caseload::vault::renew_sheet(&aead, &file, slot, &key(), &mut *entropy())
        .await
        .unwrap();
    sealed.write_keys(&renewed).await.unwrap();
    let sealed = open(&store, &aead).await.unwrap();
    assert_eq!(sealed.damage(), []);
    assert_eq!(read(&sealed, 1).await, [entry(1, 1)]);
    put(&store, Area::Meta, &Key::key_file(), old).await;
    let [put_back] = open(&store, &aead).await.unwrap().damage().to_vec().try_into().unwrap();
    assert_eq!((put_back.key, put_back.reason), (Key::key_file(), Reason::Mismatch));
}
