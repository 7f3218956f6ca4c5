//! What is altered, put back, swapped or missing is noticed; nothing is written over it.

use caseload::store::{Area, Damage, Expect, Key, Reason, Save, SealedError, Store, Transaction};
use caseload::vault::Aead;

use super::{chart, create, entry, get, open, put, save_of};

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
