//! Saving, reading, following, drafts and pages.

use caseload::store::{Area, Expect, Key, Reason, Save, SealedError, Store, StoreError, Transaction};
use caseload::vault::{Aead, KeyFile};

use super::{chart, create, entropy, entry, get, key, open, page, put, read, save_of};
use caseload::journal::Entry;

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
    sealed.write_pages(&[(page(0), b"Aspen Fable".to_vec())]).await.unwrap();
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

pub async fn a_second_tab_never_overwrites_the_first<S: Store, A: Aead>(store: S, aead: A) {
    let mut first = create(&store, &aead).await.unwrap();
    let mut second = open(&store, &aead).await.unwrap();
    first.save(save_of(&[entry(1, 1)])).await.unwrap();
    let moved = SealedError::Store(StoreError::HeadMoved);
    assert_eq!(second.save(save_of(&[entry(1, 2)])).await, Err(moved.clone()));
    assert_eq!(second.write_pages(&[(page(0), vec![1])]).await, Err(moved.clone()));
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

pub async fn flowsheet_pages_and_drafts_come_back<S: Store, A: Aead>(store: S, aead: A) {
    let mut sealed = create(&store, &aead).await.unwrap();
    let pages = vec![(page(0), vec![1; 9]), (page(3), vec![3; 9])];
    sealed
        .save(Save {
            entries: &[entry(1, 1)],
            pages: pages.clone(),
            ..Save::default()
        })
        .await
        .unwrap();
    sealed.write_pages(&[(page(3), vec![4; 9])]).await.unwrap();
    sealed
        .put_draft(Key::new("contact-1"), b"half a sentence")
        .await
        .unwrap();
    let sealed = open(&store, &aead).await.unwrap();
    assert_eq!(
        sealed.read_pages().await.unwrap().pages,
        [pages[0].clone(), (page(3), vec![4; 9])]
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
