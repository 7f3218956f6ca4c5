//! What every store must do, sealed: one suite, run natively on the memory twin and in a real browser on IndexedDB.
//! Each case is given a fresh, empty store; a clone of it is another tab.

use std::cell::Cell;
use std::rc::Rc;

use caseload::journal::{ChartId, Entry, EntryId, Stamp};
use caseload::store::{
    Area, Expect, Key, Kind, PageNumber, Save, SealedError, SealedStore, Store, Transaction, read_key_file,
};
use caseload::vault::{
    Aead, Entropy, EntropyError, KdfRecipe, KeyFile, Label, NewLock, NewPerson, PassphraseKey, Secret32,
    create_registry, unlock_with_passphrase_key,
};
use uuid::Uuid;

mod basics;
mod batches;
mod damage;
mod frozen;
mod inbox;

pub use basics::*;
pub use batches::*;
pub use damage::*;
pub use frozen::*;
pub use inbox::*;

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
            a_batch_says_what_it_was_and_whether_it_was_built_upon
            an_abandoned_batch_leaves_nothing
            what_a_cut_off_import_left_is_swept_and_nothing_else
            an_import_that_another_tab_swept_is_refused_whole
            flowsheet_pages_and_drafts_come_back
            a_save_takes_its_draft_away
            what_is_written_while_locked_opens_after_the_unlock_and_goes_with_its_entries
            every_altered_record_is_noticed_and_kept
            a_record_put_back_from_earlier_is_noticed
            two_segments_that_change_places_are_noticed
            a_missing_segment_is_noticed_without_reading_any
            a_head_put_back_with_its_pages_shows_saves_beyond_it
            many_charts_are_read_as_each_alone
            compaction_keeps_every_entry
            a_tab_that_follows_is_told_that_compaction_moved_what_it_reads
            compaction_leaves_alone_what_it_cant_read
            a_rewritten_key_file_is_known_to_the_head
            the_frozen_registry_opens_for_ever
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

fn page(number: u32) -> PageNumber {
    PageNumber(number)
}
