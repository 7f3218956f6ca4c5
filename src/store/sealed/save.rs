//! Saving: seal everything, then one transaction.

use super::super::damage::SealedError;
use super::super::index::{Change, Generation, PageNumber, Root, SegmentId, head_page_key};
use super::super::raw::{Area, Expect, Key, Put, Store, StoreError, Transaction};
use super::super::segment::{Share, pack};
use super::open::{unsealed_head, with_generation};
use super::{SealedStore, Unsealed};
use crate::journal::{Digest, Entry};
use crate::vault::Aead;

/// What is saved together.
#[derive(Clone, Debug, Default)]
pub struct Save<'a> {
    /// New entries, of one or more charts. One that is stored already would only take room.
    pub entries: &'a [Entry],
    /// Flowsheet pages that change with them.
    pub pages: Vec<(PageNumber, Vec<u8>)>,
    /// Drafts that have become entries.
    pub finished_drafts: Vec<Key>,
    /// What was written while locked and has become entries.
    pub drained: Vec<Key>,
}

/// A write of which it isn't known whether it went through.
pub(super) struct InDoubt {
    head: Vec<u8>,
    root: Root,
    change: Change,
    /// The sum of the digests of the entries that it saves, by which it is known again.
    entries: Option<Digest>,
}

impl<S: Store, A: Aead> SealedStore<S, A> {
    /// Saves by one strict transaction. When this returns `Ok`, it is on the disk.
    ///
    /// After [`StoreError::HeadMoved`]: [refresh](Self::refresh), decide again. After [`StoreError::Closed`] it isn't known whether the
    /// save went through: calling again with the same entries finds out, and never saves them twice.
    pub async fn save(&mut self, save: Save<'_>) -> Result<Generation, SealedError> {
        let sum = save.entries.iter().map(Entry::digest).reduce(Digest::plus);
        let settled = self.settle().await?;
        if sum.is_some() && settled == sum {
            return Ok(self.index.generation);
        }
        let next = Generation(self.index.generation.0 + 1);
        let mut records = Vec::new();
        let mut shares: Vec<(SegmentId, Share)> = Vec::new();
        for (part, packed) in (0..).zip(pack(save.entries)?) {
            let id = SegmentId::of_save(next, part);
            records.push(Unsealed {
                area: Area::Segments,
                key: id.key(),
                generation: Generation(0),
                plain: packed.bytes,
            });
            shares.extend(packed.shares.into_iter().map(|share| (id, share)));
        }
        records.extend(save.pages.into_iter().map(unsealed_page));
        let drafts = save.finished_drafts.into_iter().map(|draft| (Area::Drafts, draft));
        let drained = save.drained.into_iter().map(|item| (Area::Inbox, item));
        let deletes = drafts.chain(drained).collect();
        let change = self.index.adding(shares);
        self.publish_sealing(change, records, Vec::new(), deletes, None, sum)
            .await
    }

    /// Writes flowsheet pages that were folded anew, while no entry changed.
    pub async fn write_pages(&mut self, pages: &[(PageNumber, Vec<u8>)]) -> Result<(), SealedError> {
        self.writable()?;
        let mut transaction = Transaction::new(Expect::Head(self.head.clone()));
        transaction.puts = self.seal_pages(pages).await?;
        Ok(self.store.commit(&transaction).await?)
    }

    /// Writes records, the head pages of the change, and the next head: all or nothing.
    pub(super) async fn publish(
        &mut self,
        change: Change,
        puts: Vec<Put>,
        deletes: Vec<(Area, Key)>,
        keys_generation: Option<u64>,
        entries: Option<Digest>,
    ) -> Result<Generation, SealedError> {
        self.publish_sealing(change, Vec::new(), puts, deletes, keys_generation, entries)
            .await
    }

    /// The same, of records that are sealed with the head and its pages.
    async fn publish_sealing(
        &mut self,
        change: Change,
        mut records: Vec<Unsealed>,
        mut puts: Vec<Put>,
        deletes: Vec<(Area, Key)>,
        keys_generation: Option<u64>,
        entries: Option<Digest>,
    ) -> Result<Generation, SealedError> {
        self.writable()?;
        let (mut root, pages) = self.index.next(&change).ok_or(SealedError::Unwritable)?;
        let next = Generation(self.index.generation.0 + 1);
        root.keys_generation = keys_generation.unwrap_or(root.keys_generation);
        records.extend(pages.into_iter().map(|(page, plain)| Unsealed {
            area: Area::Index,
            key: head_page_key(page),
            generation: next,
            plain,
        }));
        records.push(unsealed_head(&root, next)?);
        puts.append(&mut self.seal_all(&records).await?);
        let Some(head) = puts.last_mut() else {
            return Err(SealedError::Unwritable);
        };
        with_generation(head, next);
        let bytes = head.bytes.clone();
        let transaction = Transaction {
            expect: Expect::Head(self.head.clone()),
            puts,
            deletes,
        };
        match self.store.commit(&transaction).await {
            Ok(()) => {
                self.head = bytes;
                self.index.adopt(root, change);
                Ok(next)
            }
            Err(StoreError::Closed) => {
                self.in_doubt = Some(InDoubt {
                    head: bytes,
                    root,
                    change,
                    entries,
                });
                Err(StoreError::Closed.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Whether it isn't known of the last write if it went through: [refresh](Self::refresh) before anything is decided on
    /// what was read before it.
    pub fn is_in_doubt(&self) -> bool {
        self.in_doubt.is_some()
    }

    /// Finds out whether a write in doubt went through, and takes it over if it did: the sum of its entries' digests.
    pub(super) async fn settle(&mut self) -> Result<Option<Digest>, SealedError> {
        let Some(doubt) = &self.in_doubt else { return Ok(None) };
        let stored = self.store.get(Area::Meta, &Key::head()).await?;
        if stored.as_deref() != Some(doubt.head.as_slice()) {
            self.in_doubt = None;
            return Ok(None);
        }
        let Some(doubt) = self.in_doubt.take() else {
            return Ok(None);
        };
        self.head = doubt.head;
        self.index.adopt(doubt.root, doubt.change);
        Ok(doubt.entries)
    }

    /// A flowsheet page is checked by its content (each chart's count and digest), so it is sealed without a generation.
    pub(super) async fn seal_pages(&mut self, pages: &[(PageNumber, Vec<u8>)]) -> Result<Vec<Put>, SealedError> {
        let records: Vec<Unsealed> = pages.iter().cloned().map(unsealed_page).collect();
        self.seal_all(&records).await
    }
}

fn unsealed_page((page, plain): (PageNumber, Vec<u8>)) -> Unsealed {
    Unsealed {
        area: Area::Pages,
        key: Key::number(page.0.into()),
        generation: Generation(0),
        plain,
    }
}
