//! The store in a real browser: the shared suite on IndexedDB with the browser's own cipher, and what only a browser can do.

#[path = "../suite/store/mod.rs"]
mod suite;

use caseload::journal::RegistryId;
use caseload::platform::WebCrypto;
use caseload::store::{
    Area, Expect, Fault, FaultKind, FaultyStore, IdbStore, Key, Repeat, Save, Store, StoreError, Transaction,
    databases, delete_database,
};
use wasm_bindgen_test::wasm_bindgen_test;

use suite::{create, entry, open, read};

/// A registry that no other case uses.
fn registry() -> RegistryId {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).unwrap();
    RegistryId::from_random(bytes)
}

macro_rules! run {
    ($($case:ident)*) => {
        $(
            #[wasm_bindgen_test]
            async fn $case() {
                let registry = registry();
                let store = IdbStore::create(registry).await.unwrap();
                suite::$case(store.clone(), WebCrypto).await;
                store.close();
                delete_database(registry).await.unwrap();
            }
        )*
    };
}
suite::each_case!(run);

#[wasm_bindgen_test]
async fn a_known_registry_that_is_not_there_is_missing_and_not_made() {
    let registry = registry();
    for _ in 0..2 {
        assert_eq!(IdbStore::open(registry).await.err(), Some(StoreError::Missing));
    }
    assert!(!databases().await.contains(&registry));
}

#[wasm_bindgen_test]
async fn databases_are_listed_and_deleted() {
    let registry = registry();
    let store = IdbStore::create(registry).await.unwrap();
    assert!(databases().await.contains(&registry));
    // A connection that is in the way of a deletion gives way.
    delete_database(registry).await.unwrap();
    assert!(!databases().await.contains(&registry));
    assert_eq!(store.get(Area::Meta, &Key::head()).await, Err(StoreError::Closed));
    assert_eq!(store.reopen().await, Err(StoreError::Missing));
}

/// A connection that is closed in the event of its last transaction blocked the deletion now and then.
#[wasm_bindgen_test]
async fn a_database_is_deleted_in_the_same_breath_as_its_connection_is_closed() {
    for _ in 0..30 {
        let registry = registry();
        let store = IdbStore::create(registry).await.unwrap();
        let transaction = Transaction::new(Expect::NoHead).put(Area::Segments, Key::number(1), vec![7; 100_000]);
        store.commit(&transaction).await.unwrap();
        store.close();
        delete_database(registry).await.unwrap();
        assert_eq!(IdbStore::open(registry).await.err(), Some(StoreError::Missing));
    }
}

#[wasm_bindgen_test]
async fn a_save_on_a_dead_connection_heals_itself() {
    let registry = registry();
    let store = IdbStore::create(registry).await.unwrap();
    let mut sealed = create(&store, &WebCrypto).await.unwrap();
    for number in 0..3 {
        store.close();
        sealed
            .save(Save {
                entries: &[entry(1, number)],
                ..Save::default()
            })
            .await
            .unwrap();
        store.close();
        assert_eq!(read(&sealed, 1).await.len() as u64, number + 1);
    }
    assert_eq!(read(&open(&store, &WebCrypto).await.unwrap(), 1).await.len(), 3);
}

#[wasm_bindgen_test]
async fn two_connections_never_both_win() {
    let registry = registry();
    let (first, second) = (
        IdbStore::create(registry).await.unwrap(),
        IdbStore::open(registry).await.unwrap(),
    );
    let mut one = create(&first, &WebCrypto).await.unwrap();
    let mut other = open(&second, &WebCrypto).await.unwrap();
    let mut moved = 0;
    for number in 0..20 {
        let (a, b) = ([entry(1, 2 * number)], [entry(1, 2 * number + 1)]);
        let save = |entries| Save {
            entries,
            ..Save::default()
        };
        let (won, lost) = futures_util::future::join(one.save(save(&a)), other.save(save(&b))).await;
        assert!(won.is_ok() != lost.is_ok(), "{won:?} {lost:?}");
        let (loser, entries) = if won.is_ok() { (&mut other, &b) } else { (&mut one, &a) };
        moved += 1;
        loser.refresh().await.unwrap();
        loser.save(save(entries)).await.unwrap();
        one.refresh().await.unwrap();
        other.refresh().await.unwrap();
    }
    assert_eq!(moved, 20);
    assert_eq!(read(&open(&first, &WebCrypto).await.unwrap(), 1).await.len(), 40);
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_not_saved_twice_on_indexed_db() {
    let registry = registry();
    let store = FaultyStore::new(IdbStore::create(registry).await.unwrap());
    let mut sealed = create(&store, &WebCrypto).await.unwrap();
    for (number, kind) in [FaultKind::Closed, FaultKind::AnswerLost].into_iter().enumerate() {
        store.set(Some(Fault {
            at: 0,
            kind,
            repeat: Repeat::Once,
        }));
        let entries = [entry(1, number as u64)];
        sealed
            .save(Save {
                entries: &entries,
                ..Save::default()
            })
            .await
            .unwrap();
        assert_eq!(sealed.totals().entries, number as u64 + 1);
    }
    assert_eq!(read(&open(store.inner(), &WebCrypto).await.unwrap(), 1).await.len(), 2);
}

#[wasm_bindgen_test]
async fn a_large_transaction_is_all_or_nothing() {
    let registry = registry();
    let store = IdbStore::create(registry).await.unwrap();
    let mut transaction = Transaction::new(Expect::Head(b"another".to_vec()));
    for number in 0..300 {
        transaction = transaction.put(Area::Segments, Key::number(number), vec![7; 20_000]);
    }
    assert_eq!(store.commit(&transaction).await, Err(StoreError::HeadMoved));
    assert_eq!(store.keys(Area::Segments).await.unwrap().len(), 0);
    transaction.expect = Expect::NoHead;
    store.commit(&transaction).await.unwrap();
    assert_eq!(store.keys(Area::Segments).await.unwrap().len(), 300);
}
