//! A registry frozen when its formats were: every later version opens it, none makes it anew.

use caseload::store::{Area, BatchState, Expect, Key, SealedError, Store, Transaction};
use caseload::vault::Aead;
use serde_json::Value;

use super::{entry, open, read};

const FROZEN: &str = include_str!("../../data/store/registry-v1.json");

pub async fn the_frozen_registry_opens_for_ever<S: Store, A: Aead>(store: S, aead: A) {
    let frozen: Value = serde_json::from_str(FROZEN).unwrap();
    let mut transaction = Transaction::new(Expect::NoHead);
    for record in frozen["records"].as_array().unwrap() {
        let text = |name: &str| record[name].as_str().unwrap();
        let area = Area::ALL.into_iter().find(|area| area.name() == text("area")).unwrap();
        let hex = text("hex");
        let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        let bytes = (0..hex.len()).step_by(2).map(byte).collect();
        transaction = transaction.put(area, Key::new(text("key")), bytes);
    }
    store.commit(&transaction).await.unwrap();
    let sealed = open(&store, &aead).await.unwrap();
    assert_eq!(
        (sealed.damage(), sealed.survey().await),
        (&[][..], Ok::<_, SealedError>(vec![]))
    );
    let totals = sealed.totals();
    assert_eq!((totals.generation.0, totals.charts, totals.entries), (6, 3, 4));
    assert_eq!(totals.digest.to_string(), frozen["digest"].as_str().unwrap());
    assert_eq!(read(&sealed, 1).await, [entry(1, 1), entry(1, 3)]);
    assert_eq!(read(&sealed, 2).await, [entry(2, 2)]);
    assert_eq!(read(&sealed, 4).await, [entry(4, 5)]);
    let batches = sealed.batches().await.unwrap();
    assert_eq!(
        batches.iter().filter(|batch| batch.state == BatchState::Hidden).count(),
        1
    );
    assert_eq!(
        batches
            .iter()
            .filter(|batch| batch.state == BatchState::Published)
            .count(),
        1
    );
    assert_eq!(
        sealed.read_pages().await.unwrap().pages,
        [(super::page(0), b"flowsheets".to_vec())]
    );
    assert_eq!(
        sealed.get_draft(&Key::new("contact")).await.unwrap(),
        Some(b"half".to_vec())
    );
}
