//! The inbox: what is written while nobody has the keys. It lies outside the head.
//!
//! Two kinds of record, told apart by their keys:
//!
//! - `<run>` was written by whoever handed the device over. It is sealed under the data key like any other record, so nobody makes one
//!   who can't unlock.
//! - `<run>/<number>` is an item of that run: one line in the clear, a line break, and an envelope for the registry's own key pair. It
//!   proves nothing about who wrote it.

use zeroize::Zeroizing;

use super::super::damage::{Damage, Reason, SealedError};
use super::super::index::Generation;
use super::super::raw::{Area, Expect, Key, Store, StoreError, Transaction};
use super::super::reconnect::Reconnecting;
use super::SealedStore;
use crate::vault::{Aead, Entropy, KeyFile, OpenError, SealError};

/// What divides an item's key into its run and its number.
const OF_RUN: char = '/';

/// What the inbox holds, opened as far as it opens.
#[derive(Debug, Default)]
pub struct Inbox {
    /// Runs, by key.
    pub runs: Vec<(Key, Vec<u8>)>,
    /// Items in the order of their keys.
    pub items: Vec<InboxItem>,
    /// What doesn't open. It was kept.
    pub damage: Vec<Damage>,
}

/// An item that opened.
pub struct InboxItem {
    /// Its key.
    pub key: Key,
    /// Its line in the clear, which is bound to what is sealed.
    pub line: String,
    /// What was sealed.
    pub plain: Zeroizing<Vec<u8>>,
}

/// Only the key: the rest may be what a patient said.
impl std::fmt::Debug for InboxItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "InboxItem({})", self.key)
    }
}

impl Key {
    /// The key of a run's item.
    pub fn of_run(run: &str, number: &str) -> Self {
        Self::new(format!("{run}{OF_RUN}{number}"))
    }

    /// The run and the number of an item's key; `None` for a run's own.
    pub fn in_run(&self) -> Option<(&str, &str)> {
        self.as_str().split_once(OF_RUN)
    }
}

/// Seals an item to the registry, for its key. Needs no unlock. The line must not hold a line break.
pub fn seal_item(
    file: &KeyFile,
    key: &Key,
    line: &str,
    plain: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, SealError> {
    let envelope = file.seal_for_inbox(&place(key, line), plain, entropy)?;
    Ok([line.as_bytes(), b"\n", &envelope].concat())
}

/// The line in the clear of a stored item; `None` when there is none.
pub fn line_of(stored: &[u8]) -> Option<&str> {
    let end = stored.iter().position(|byte| *byte == b'\n')?;
    std::str::from_utf8(stored.get(..end)?).ok()
}

/// Writes an item. When this returns `Ok`, it is on the disk. Writing the same again changes nothing.
pub async fn put_item<S: Store>(store: &S, key: Key, bytes: Vec<u8>) -> Result<(), StoreError> {
    let transaction = Transaction::new(Expect::Anything).put(Area::Inbox, key, bytes);
    let store = Reconnecting(store.clone());
    match store.commit(&transaction).await {
        // Whether it went through or not, the same key and bytes are right.
        Err(StoreError::Closed) => store.commit(&transaction).await,
        other => other,
    }
}

/// All records of one run, as stored, by key: the run's own first.
pub async fn read_run<S: Store>(store: &S, run: &str) -> Result<Vec<(Key, Vec<u8>)>, StoreError> {
    let all = Reconnecting(store.clone()).all(Area::Inbox).await?;
    let of_run = |key: &Key| key.as_str() == run || key.in_run().is_some_and(|(of, _)| of == run);
    Ok(all.into_iter().filter(|(key, _)| of_run(key)).collect())
}

fn place(key: &Key, line: &str) -> Vec<u8> {
    format!("{key}\n{line}").into_bytes()
}

impl<S: Store, A: Aead> SealedStore<S, A> {
    /// Begins a run: what it is for, sealed under the data key.
    pub async fn begin_run(&mut self, key: Key, plain: &[u8]) -> Result<(), SealedError> {
        let put = self.seal(Area::Inbox, key, Generation(0), plain).await?;
        self.commit_outside(Transaction {
            puts: vec![put],
            ..Transaction::new(Expect::Anything)
        })
        .await
    }

    /// Forgets items from which nothing is to be written down.
    pub async fn forget_items(&self, keys: &[Key]) -> Result<(), SealedError> {
        if keys.is_empty() {
            return Ok(());
        }
        let transaction = Transaction {
            deletes: keys.iter().map(|key| (Area::Inbox, key.clone())).collect(),
            ..Transaction::new(Expect::Anything)
        };
        self.commit_outside(transaction).await
    }

    /// Whether nothing was written while locked, or all of it was taken in.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn inbox_is_empty(&self) -> Result<bool, SealedError> {
        Ok(self.store.keys(Area::Inbox).await?.is_empty())
    }

    /// Opens what is in the inbox. What doesn't open is named, and kept.
    pub async fn open_inbox(&self) -> Result<Inbox, SealedError> {
        let mut inbox = Inbox::default();
        let stored = self.store.all(Area::Inbox).await?;
        if stored.is_empty() {
            return Ok(inbox);
        }
        let damaged = || SealedError::Damaged(Damage::new(Area::Meta, Key::key_file(), Reason::Malformed));
        let file = self
            .store
            .get(Area::Meta, &Key::key_file())
            .await?
            .ok_or_else(damaged)?;
        let file = KeyFile::from_json(&file).map_err(|_unreadable: crate::vault::KeyFileError| damaged())?;
        let identity = self.vault.open_registry_identity(&file).await;
        let identity = identity.map_err(|error| match error {
            crate::vault::UnlockError::Unavailable => SealedError::CipherUnavailable,
            _ => damaged(),
        })?;
        for (key, bytes) in stored {
            if key.in_run().is_none() {
                match self.open_record(Area::Inbox, &key, Generation(0), Some(&bytes)).await? {
                    Ok(plain) => inbox.runs.push((key, plain)),
                    Err(damage) => inbox.damage.push(damage),
                }
                continue;
            }
            let open = |line: &str| -> Result<Zeroizing<Vec<u8>>, OpenError> {
                let envelope = bytes.get(line.len() + 1..).unwrap_or_default();
                file.open_from_inbox(&identity, &place(&key, line), envelope)
            };
            match line_of(&bytes).map(|line| (line, open(line))) {
                Some((line, Ok(plain))) => inbox.items.push(InboxItem {
                    line: line.to_owned(),
                    key,
                    plain,
                }),
                Some((_, Err(error))) => inbox.damage.push(Damage::new(Area::Inbox, key, error)),
                None => inbox.damage.push(Damage::new(Area::Inbox, key, Reason::Malformed)),
            }
        }
        Ok(inbox)
    }
}

impl Damage {
    /// An item of the inbox that opens and isn't what it must be.
    pub fn of_item(key: Key) -> Self {
        Self::new(Area::Inbox, key, Reason::Malformed)
    }
}
