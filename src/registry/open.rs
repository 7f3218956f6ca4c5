//! Which registries are here, making one, unlocking one.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::str::FromStr;

use super::api::{Failure, Kind, NewRegistry, Secret};
use super::books::Books;
use super::failure::alarm;
use super::machine::Machine;
use super::office::Office;
use super::progress::Progress;
use super::views::{KnownRegistry, Opened, RegistryState, SlotView};
use crate::journal::facts::{Person, Role};
use crate::journal::{Chart, Clock, Day, Draft, Entry, EntryId, Kinds, PersonId, RegistryId, Zone};
use crate::store::canary::{Alarm, Canary, Found, Known, Verdict, judge};
use crate::store::{self, SealedStore, StoreError};
use crate::vault::{
    self, Entropy, KdfParams, KdfRecipe, KeyFile, Label, NewLock, NewPerson, PassphraseKey, Salt, Secret32, SlotId,
    Unlocked, Vault,
};

/// Canaries by registry, as local storage has them.
pub(super) type Canaries = BTreeMap<RegistryId, Known>;

/// The canaries among what local storage holds.
pub(super) fn canaries(stored: &[(String, String)]) -> Canaries {
    let known = stored
        .iter()
        .filter_map(|(key, text)| Some((Canary::registry_of(key)?, Canary::from_text(text))));
    known.collect()
}

/// Every registry that this browser has, or should have.
pub(super) async fn known<M: Machine>(machine: &M, canaries: &Canaries, zone: Zone) -> Vec<KnownRegistry> {
    let mut ids: BTreeSet<RegistryId> = canaries.keys().copied().collect();
    ids.extend(machine.databases().await);
    let mut list = Vec::new();
    for registry in ids {
        let known = canaries.get(&registry).unwrap_or(&Known::Nothing);
        let (kind, last_backup) = match known {
            Known::Canary(canary) => (kind_of(canary.kind), canary.last_backup.and_then(|at| day_of(at, zone))),
            Known::Nothing | Known::Unreadable => (None, None),
        };
        let state = state(machine, registry, known).await;
        list.push(KnownRegistry {
            registry,
            kind,
            state,
            last_backup,
        });
    }
    list
}

fn kind_of(kind: store::Kind) -> Option<Kind> {
    match kind {
        store::Kind::Real => Some(Kind::Real),
        store::Kind::Training => Some(Kind::Training),
        store::Kind::Packet => Some(Kind::Packet),
    }
}

fn day_of(millis: u64, zone: Zone) -> Option<Day> {
    zone.from_millis(i64::try_from(millis).ok()?).map(|at| zone.day(at))
}

async fn state<M: Machine>(machine: &M, registry: RegistryId, known: &Known) -> RegistryState {
    let store = match machine.open(registry).await {
        Ok(store) => store,
        Err(StoreError::Newer { .. }) => return RegistryState::Newer,
        Err(StoreError::Blocked) => return RegistryState::InUse,
        Err(StoreError::Missing) => return RegistryState::ShouldBeHere(alarm(Alarm::Lost)),
        Err(_) => return RegistryState::ShouldBeHere(alarm(Alarm::Damaged)),
    };
    let generation = store::peek_generation(&store).await;
    let keys = store::read_key_file(&store).await;
    match (generation, keys, known) {
        (Ok(None), _, _) => RegistryState::ShouldBeHere(alarm(Alarm::Emptied)),
        (Ok(Some(found)), Ok(Some(_)), Known::Canary(canary)) if found < canary.generation => {
            let saved = canary.generation;
            RegistryState::ShouldBeHere(alarm(Alarm::RolledBack { saved, found }))
        }
        (Ok(Some(_)), Ok(Some(_)), _) => RegistryState::Here,
        _ => RegistryState::ShouldBeHere(alarm(Alarm::Damaged)),
    }
}

/// The key slots of a registry.
pub(super) async fn slots<M: Machine>(machine: &M, registry: RegistryId, wait: u32) -> Result<Vec<SlotView>, Failure> {
    let file = key_file(&machine.open(registry).await?).await?;
    let view = |slot: &vault::Slot| {
        let KdfRecipe { params, salt } = slot.kdf();
        SlotView {
            slot: slot.id().0.to_string(),
            label: slot.label().as_str().to_owned(),
            salt: hex(salt.as_bytes()),
            memory_kib: params.memory_kib(),
            passes: params.passes(),
            lanes: params.lanes(),
            wait,
        }
    };
    Ok(file.slots().iter().map(view).collect())
}

pub(super) async fn key_file<S: store::Store>(store: &S) -> Result<KeyFile, Failure> {
    let json = store::read_key_file(store)
        .await?
        .ok_or_else(|| Failure::Damage(alarm(Alarm::Emptied)))?;
    KeyFile::from_json(&json).map_err(|_error: vault::KeyFileError| Failure::Damage(alarm(Alarm::Damaged)))
}

/// The books of a registry of which nothing is read yet.
fn books<S: store::Store, A: vault::Aead>(
    store: SealedStore<S, A>,
    mut entropy: Box<dyn Entropy>,
    (registry, me, zone): (RegistryId, PersonId, Zone),
    progress: Progress,
) -> Result<Books<S, A>, Failure> {
    let mut node = [0; 8];
    entropy
        .fill(&mut node)
        .map_err(|_error: vault::EntropyError| Failure::Browser(NO_RANDOM.to_owned()))?;
    Ok(Books {
        store,
        entropy,
        me,
        clock: Clock::new(u64::from_be_bytes(node)),
        // Of an empty chart: any reading does, and the short one is here at a start.
        office: Office::of_kinds(registry.own_chart(), Chart::default(), zone, Kinds::own()),
        sheets: BTreeMap::new(),
        layout: BTreeMap::new(),
        stale: BTreeSet::new(),
        damage: Vec::new(),
        found: BTreeMap::new(),
        checked: 0,
        canary: None,
        progress,
        exported: None,
        ready: None,
        searchable: BTreeMap::new(),
        audit: super::audit::Scans::default(),
        looks: super::looks::Looks::default(),
        others: BTreeMap::new(),
        recent: super::recent::Recent::default(),
    })
}

pub(super) const NO_RANDOM: &str = "This browser gives no secure random numbers, so nothing can be encrypted here.";

/// Makes a registry, or a new copy of one that came in a handoff: its keys are new either way.
pub(super) async fn create<M: Machine>(
    machine: &M,
    new: &NewRegistry,
    registry: Option<RegistryId>,
    now: u64,
) -> Result<(Books<M::Store, M::Aead>, String), Failure> {
    let mut entropy = machine.entropy();
    let mut bytes = [[0; 16]; 3];
    for random in &mut bytes {
        entropy
            .fill(random)
            .map_err(|_error: vault::EntropyError| Failure::Browser(NO_RANDOM.to_owned()))?;
    }
    let registry = registry.unwrap_or_else(|| RegistryId::from_random(bytes[0]));
    let me = new.person.unwrap_or(PersonId::from_random(bytes[1]));
    let label = Label::parse(&new.label).map_err(|problem| Failure::File(sentence(&problem.to_string())))?;
    let salt: [u8; 16] = unhex(&new.key.salt)?;
    let kdf = KdfRecipe {
        params: KdfParams::STANDARD,
        salt: Salt::new(salt),
    };
    let key = PassphraseKey(Secret32::new(unhex(&new.key.key)?));
    let person = uuid::Uuid::from_bytes(*me.bytes());
    let lock = NewLock { kdf, key: &key };
    let made = vault::create_registry(
        &machine.aead(),
        uuid::Uuid::from_bytes(*registry.bytes()),
        NewPerson { person, label, lock },
        &mut *entropy,
    )
    .await?;
    let sheet = made.sheet.sheet_text().to_string();
    let store = machine.create(registry).await?;
    let kind = match new.kind {
        Kind::Real => store::Kind::Real,
        Kind::Training => store::Kind::Training,
        Kind::Packet => store::Kind::Packet,
    };
    let vault: Rc<Vault<M::Aead>> = Rc::new(made.unlocked.vault);
    let sealed = SealedStore::create(store, vault, machine.entropy(), kind, &made.file).await?;
    let mut books = books(sealed, entropy, (registry, me, new.clinic.zone), machine.progress())?;
    books.write_first(new, now).await?;
    Ok((books, sheet))
}

impl<S: store::Store, A: vault::Aead> Books<S, A> {
    /// The first entries: the clinic, and who made the registry.
    async fn write_first(&mut self, new: &NewRegistry, now: u64) -> Result<(), Failure> {
        let person = Person {
            person: self.me,
            name: new.name.clone(),
            role: match new.kind {
                Kind::Real | Kind::Training => Role::CareManager,
                Kind::Packet => Role::Consultant,
            },
            credential: new.credential.clone(),
            npi: None,
            supervisor: None,
            phone: None,
            left: false,
            same_as: None,
        };
        let own = self.office.chart;
        let mut entries = Vec::new();
        // Somebody of the file that is joined is written down in it.
        let drafts = match new.person {
            Some(_) => vec![Draft::new(own, new.clinic.clone())],
            None => vec![Draft::new(own, person), Draft::new(own, new.clinic.clone())],
        };
        for draft in drafts {
            let mut tail = [0; 10];
            tail.copy_from_slice(&self.random()[..10]);
            let stamp = self.clock.tick(now);
            let entry = Entry::write(draft, EntryId::from_time(now, tail), stamp, self.me);
            entries.push(entry.map_err(|_error: crate::journal::EntryError| store::SealedError::Unwritable)?);
        }
        self.write(&entries, &BTreeMap::new()).await?;
        let chart = super::books::chart_of(entries);
        self.take_office(chart).await
    }
}

/// Opens a registry with a derived key.
pub(super) async fn unlock<M: Machine>(
    machine: &M,
    registry: RegistryId,
    slot: &str,
    key: &Secret,
    zone: Zone,
) -> Result<Books<M::Store, M::Aead>, Failure> {
    let mut books = unlock_only(machine, registry, slot, key, zone).await?;
    books.load().await?;
    Ok(books)
}

/// The same, of which nothing is read yet.
pub(super) async fn unlock_only<M: Machine>(
    machine: &M,
    registry: RegistryId,
    slot: &str,
    key: &Secret,
    zone: Zone,
) -> Result<Books<M::Store, M::Aead>, Failure> {
    let store = machine.open(registry).await?;
    let file = key_file(&store).await?;
    let slot = uuid::Uuid::from_str(slot).map_err(|_error: uuid::Error| Failure::WrongKey { wait: 0 })?;
    let key = PassphraseKey(Secret32::new(unhex(key)?));
    let unlocked = vault::unlock_with_passphrase_key(&machine.aead(), &file, SlotId(slot), &key).await?;
    open(machine, store, unlocked, registry, zone).await
}

/// Opens a registry with its recovery sheet; who works is then the first person of the registry.
pub(super) async fn unlock_with_sheet<M: Machine>(
    machine: &M,
    registry: RegistryId,
    sheet: &Secret,
    zone: Zone,
) -> Result<Books<M::Store, M::Aead>, Failure> {
    let store = machine.open(registry).await?;
    let file = key_file(&store).await?;
    let sheet = vault::parse_sheet(&sheet.0).map_err(|problem| Failure::File(sentence(&problem.to_string())))?;
    let unlocked = vault::unlock_with_sheet(&machine.aead(), &file, &sheet).await?;
    let mut books = open(machine, store, unlocked, registry, zone).await?;
    books.load().await?;
    Ok(books)
}

async fn open<M: Machine>(
    machine: &M,
    store: M::Store,
    unlocked: Unlocked<M::Aead>,
    registry: RegistryId,
    zone: Zone,
) -> Result<Books<M::Store, M::Aead>, Failure> {
    let person = |r: &vault::Recipient| match r.role {
        vault::Role::Person { person } => Some(PersonId::new(person)),
        vault::Role::Sheet => None,
    };
    let me = person(&unlocked.opened_by).or_else(|| unlocked.recipients.iter().find_map(person));
    let me = me.ok_or_else(|| Failure::Damage(alarm(Alarm::Damaged)))?;
    let sealed = SealedStore::open(store, Rc::new(unlocked.vault), machine.entropy()).await?;
    books(sealed, machine.entropy(), (registry, me, zone), machine.progress())
}

impl<S: store::Store, A: vault::Aead> Books<S, A> {
    /// Compares with what local storage remembers; an alarm is an error, and nothing is written.
    pub(super) fn compare(&mut self, known: Option<&Known>) -> Result<(), Failure> {
        let known = known.unwrap_or(&Known::Nothing);
        if let Verdict::Alarm(found) = judge(known, Found::Head(self.store.totals())) {
            return Err(Failure::Damage(alarm(found)));
        }
        if let Known::Canary(canary) = known {
            self.canary = Some(canary.clone());
        }
        Ok(())
    }

    /// What the window is told when a registry is open.
    pub(super) async fn opened(&mut self, sheet: Option<String>) -> Result<Opened, Failure> {
        let totals = self.store.totals();
        let drafts = self.store.drafts().await?;
        let mut damage = self.damage.clone();
        if !self.store.damage().is_empty() {
            damage.push(
                "A part of this registry is damaged. It can be read and exported, and nothing is written until it is \
                 restored from a backup."
                    .to_owned(),
            );
        }
        let untriaged = self
            .sheets
            .values()
            .flat_map(|s| s.open_concerns())
            .filter(|c| c.untriaged)
            .count();
        Ok(Opened {
            registry: totals.registry,
            kind: kind_of(totals.kind).unwrap_or(Kind::Real),
            me: self.me,
            name: self.office.name(self.me),
            clinic: self.office.clinic.clone(),
            sheet,
            patients: count(self.sheets.len()),
            untriaged: count(untriaged),
            damage,
            drafts: drafts.iter().map(|key| key.as_str().to_owned()).collect(),
            generation: totals.generation.0,
            measures: self.office.measures.clone(),
            entered: Vec::new(),
        })
    }
}

pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A message from below as a sentence.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let rest = letters.as_str().trim_end_matches('.');
    format!("{first}{rest}.")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

pub(super) fn unhex<const N: usize>(text: &Secret) -> Result<[u8; N], Failure> {
    let wrong = || Failure::WrongKey { wait: 0 };
    if text.0.len() != 2 * N {
        return Err(wrong());
    }
    let mut bytes = [0; N];
    for (i, byte) in bytes.iter_mut().enumerate() {
        let pair = text.0.get(2 * i..2 * i + 2).ok_or_else(wrong)?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_error: std::num::ParseIntError| wrong())?;
    }
    Ok(bytes)
}
