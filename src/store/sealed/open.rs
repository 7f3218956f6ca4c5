//! Making, opening and following a registry: the head and its pages.

use std::collections::BTreeSet;
use std::rc::Rc;

use futures_util::future::join_all;

use super::super::damage::{Damage, Reason, SealedError};
use super::super::index::{Change, ChartNumber, Generation, Index, Kind, Line, Root, decode_page, head_page_key};
use super::super::raw::{Area, Expect, Key, Put, Store, StoreError, Transaction};
use super::super::reconnect::Reconnecting;
use super::{SealedStore, Unsealed, open_sealed};
use crate::journal::{ChartId, Digest};
use crate::vault::{Aead, Entropy, KeyFile, Vault};

/// Layout of the head record: this version, the generation (8 bytes, most significant first), the envelope.
const HEAD_VERSION: u8 = 1;
const HEAD_PREFIX: usize = 9;

/// What another tab has changed since the registry was last read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Charts whose entries changed: read their flowsheet pages again, or fold them.
    pub charts: BTreeSet<ChartId>,
}

/// The key file as stored, to unlock with; `None` in an empty database.
pub async fn read_key_file<S: Store>(store: &S) -> Result<Option<Vec<u8>>, SealedError> {
    Ok(Reconnecting(store.clone()).get(Area::Meta, &Key::key_file()).await?)
}

/// The generation that the stored head gives itself, before anything is unlocked: a hint for the canary. `None` without a head.
pub async fn peek_generation<S: Store>(store: &S) -> Result<Option<Generation>, SealedError> {
    let head = Reconnecting(store.clone()).get(Area::Meta, &Key::head()).await?;
    head.map(|head: Vec<u8>| split_head(&head).map(|(generation, _)| generation))
        .transpose()
}

impl<S: Store, A: Aead> SealedStore<S, A> {
    /// Makes a new registry in an empty database: its key file and its first head, by one transaction.
    pub async fn create(
        store: S,
        vault: Rc<Vault<A>>,
        entropy: Box<dyn Entropy>,
        kind: Kind,
        keys: &KeyFile,
    ) -> Result<Self, SealedError> {
        let root = Root {
            kind,
            epoch: vault.epoch().0,
            keys_generation: keys.generation(),
            charts: 0,
            entries: 0,
            digest: Digest::ZERO,
            pages: Vec::new(),
        };
        let (store, index) = (Reconnecting(store), Index::empty(root.clone()));
        let mut new = Self {
            store,
            vault,
            entropy,
            index,
            head: Vec::new(),
            in_doubt: None,
            damage: Vec::new(),
        };
        let sealed = new.seal_all(&[unsealed_head(&root, Generation(1))?]).await?;
        let mut head = sealed.into_iter().next().ok_or(SealedError::Unwritable)?;
        with_generation(&mut head, Generation(1));
        let mut transaction = Transaction::new(Expect::NoHead).put(Area::Meta, Key::key_file(), keys.to_json());
        new.head.clone_from(&head.bytes);
        transaction.puts.push(head);
        new.store.commit(&transaction).await.map_err(|error| match error {
            StoreError::HeadMoved => StoreError::Exists,
            other => other,
        })?;
        new.index.adopt(root, Change::new());
        Ok(new)
    }

    /// Opens a registry: reads the head and the head pages, no segment. Damaged head pages are named by
    /// [`damage`](Self::damage); a damaged head is an error.
    pub async fn open(store: S, vault: Rc<Vault<A>>, entropy: Box<dyn Entropy>) -> Result<Self, SealedError> {
        let store = Reconnecting(store);
        let Found { head, index, damage } = read_index(&store, &vault, None).await?;
        Ok(Self {
            store,
            vault,
            entropy,
            index,
            head,
            in_doubt: None,
            damage,
        })
    }

    /// Takes over what another tab wrote: reads the head, and the head pages that changed.
    pub async fn refresh(&mut self) -> Result<Refreshed, SealedError> {
        if !self.head_moved().await? {
            return Ok(Refreshed::default());
        }
        let Found { head, index, damage } = read_index(&self.store, &self.vault, Some(&self.index)).await?;
        if let Some(damage) = damage.into_iter().next() {
            return Err(SealedError::Damaged(damage));
        }
        if index.generation <= self.index.generation {
            let put_back = Damage::new(Area::Meta, Key::head(), Reason::Mismatch);
            return Err(SealedError::Damaged(put_back));
        }
        let charts = index.differing(&self.index);
        (self.index, self.head, self.in_doubt) = (index, head, None);
        Ok(Refreshed { charts })
    }

    /// Whether another tab has written since the head was last seen. A write in doubt counts.
    pub async fn head_moved(&self) -> Result<bool, SealedError> {
        let head = self.store.get(Area::Meta, &Key::head()).await?;
        Ok(head.as_ref() != Some(&self.head))
    }

    /// Writes a changed key file, and a head that knows its generation.
    pub async fn write_keys(&mut self, keys: &KeyFile) -> Result<Generation, SealedError> {
        self.settle().await?;
        let put = Put {
            area: Area::Meta,
            key: Key::key_file(),
            bytes: keys.to_json(),
        };
        self.publish(Change::new(), vec![put], Vec::new(), Some(keys.generation()), None)
            .await
    }
}

/// A head that is to be sealed.
pub(super) fn unsealed_head(root: &Root, generation: Generation) -> Result<Unsealed, SealedError> {
    Ok(Unsealed {
        area: Area::Meta,
        key: Key::head(),
        generation,
        plain: root.encode().ok_or(SealedError::Unwritable)?,
    })
}

/// Puts a head's version and generation before its envelope.
pub(super) fn with_generation(head: &mut Put, generation: Generation) {
    let mut bytes = Vec::with_capacity(HEAD_PREFIX + head.bytes.len());
    bytes.push(HEAD_VERSION);
    bytes.extend_from_slice(&generation.0.to_be_bytes());
    bytes.append(&mut head.bytes);
    head.bytes = bytes;
}

/// A head and all its pages.
struct Found {
    head: Vec<u8>,
    index: Index,
    damage: Vec<Damage>,
}

/// How often an index is read again because another tab wrote meanwhile.
const TRIES: usize = 8;

/// Reads the head, and the head pages that differ from those known. What looks damaged because another tab wrote between the head
/// and its pages is read again.
async fn read_index<S: Store, A: Aead>(
    store: &S,
    vault: &Vault<A>,
    known: Option<&Index>,
) -> Result<Found, SealedError> {
    let mut found = read_index_once(store, vault, known).await?;
    for _ in 1..TRIES {
        if found.damage.is_empty() || store.get(Area::Meta, &Key::head()).await?.as_ref() == Some(&found.head) {
            break;
        }
        found = read_index_once(store, vault, known).await?;
    }
    Ok(found)
}

async fn read_index_once<S: Store, A: Aead>(
    store: &S,
    vault: &Vault<A>,
    known: Option<&Index>,
) -> Result<Found, SealedError> {
    let (head, keys) = read_meta(store).await?;
    let (generation, root) = open_head(vault, &head).await?;
    let mut damage = Vec::new();
    let fits = |json: Vec<u8>| KeyFile::from_json(&json).is_ok_and(|file| file.generation() == root.keys_generation);
    if !keys.is_some_and(fits) {
        damage.push(Damage::new(Area::Meta, Key::key_file(), Reason::Mismatch));
    }
    let written = |pages: &[Generation], page: u32| pages.get(page as usize).copied().unwrap_or_default();
    let known_pages = known.map_or(&[][..], |index| &index.root.pages);
    let changed: Vec<u32> = (0..)
        .take(root.pages.len())
        .filter(|page| written(&root.pages, *page) != written(known_pages, *page))
        .collect();
    let keys: Vec<Key> = changed.iter().map(|page| head_page_key(*page)).collect();
    let stored = store.get_many(Area::Index, &keys).await?;
    let mut lines = known.map(|index| index.lines_outside(&changed)).unwrap_or_default();
    let opening = changed
        .iter()
        .zip(&stored)
        .map(|(page, bytes)| open_page(vault, *page, written(&root.pages, *page), bytes.as_deref()));
    for opened in join_all(opening).await {
        match opened? {
            Ok(of_page) => lines.extend(of_page),
            Err(found) => damage.push(found),
        }
    }
    let index = Index::new(generation, root, lines);
    if damage.is_empty() && !index.adds_up() {
        damage.push(Damage::new(Area::Meta, Key::head(), Reason::Mismatch));
    }
    Ok(Found { head, index, damage })
}

/// The head and the key file, as of one moment.
async fn read_meta<S: Store>(store: &S) -> Result<(Vec<u8>, Option<Vec<u8>>), SealedError> {
    let mut found = store
        .get_many(Area::Meta, &[Key::head(), Key::key_file()])
        .await?
        .into_iter();
    let (head, keys) = (found.next().flatten(), found.next().flatten());
    Ok((head.ok_or(SealedError::Emptied)?, keys))
}

async fn open_head<A: Aead>(vault: &Vault<A>, head: &[u8]) -> Result<(Generation, Root), SealedError> {
    let (generation, envelope) = split_head(head)?;
    let opened = open_sealed(vault, Area::Meta, &Key::head(), generation, envelope).await?;
    let plain = opened.map_err(SealedError::Damaged)?;
    let root = Root::decode(&plain)
        .map_err(|undecoded| SealedError::Damaged(Damage::new(Area::Meta, Key::head(), undecoded)))?;
    Ok((generation, root))
}

fn split_head(head: &[u8]) -> Result<(Generation, &[u8]), SealedError> {
    let damaged = |reason| SealedError::Damaged(Damage::new(Area::Meta, Key::head(), reason));
    let (&version, rest) = head.split_first().ok_or_else(|| damaged(Reason::Malformed))?;
    if version != HEAD_VERSION {
        return Err(damaged(Reason::Newer { found: version }));
    }
    let (generation, envelope) = rest
        .split_first_chunk::<8>()
        .ok_or_else(|| damaged(Reason::Malformed))?;
    Ok((Generation(u64::from_be_bytes(*generation)), envelope))
}

async fn open_page<A: Aead>(
    vault: &Vault<A>,
    page: u32,
    written: Generation,
    stored: Option<&[u8]>,
) -> Result<Result<Vec<(ChartNumber, Line)>, Damage>, SealedError> {
    let key = head_page_key(page);
    let Some(stored) = stored else {
        return Ok(Err(Damage::new(Area::Index, key, Reason::Missing)));
    };
    let opened = open_sealed(vault, Area::Index, &key, written, stored).await?;
    Ok(
        opened
            .and_then(|plain| decode_page(page, &plain).map_err(|undecoded| Damage::new(Area::Index, key, undecoded))),
    )
}
