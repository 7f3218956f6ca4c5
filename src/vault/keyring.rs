//! Making, opening and changing a registry's keys.
//!
//! A copy of a registry has one random data key. It is sealed to every recipient: each person's key pair, whose secret lies in a slot
//! under their passphrase, and the recovery sheet's, whose secret is on paper. Who they are is a list sealed under the data key; a
//! change of the keys takes the recipients from there and nowhere else.
//!
//! The raw data key exists only inside the functions of this module, from its unwrapping to its import into the cipher.

use uuid::Uuid;

use super::aead::{Aead, AeadError};
use super::encoding::HexBytes;
use super::entropy::{Entropy, make_bytes, make_uuid};
use super::envelope::{OpenError, Place, SealError, Vault, open_envelope, seal_envelope};
use super::identity::{Identity, Label};
use super::kdf::{KdfError, KdfRecipe};
use super::keyfile::{Epoch, KeyFile, Keys, ROSTER_VERSION, Recipient, RecipientId, Role, Roster, Slot, SlotId};
use super::secret::{DataKey, PassphraseKey, Secret32};
use super::sheet::RecoverySheet;
use super::wrap::{WrapContext, unwrap_key, wrap_key};

const STORE: &str = "keys";
const SLOT_STORE: &str = "key slot";

/// The person who makes a registry.
#[derive(Debug)]
pub struct NewPerson<'a> {
    /// Their id in the journal.
    pub person: Uuid,
    /// What they recognise their slot by.
    pub label: Label,
    /// Their passphrase's lock.
    pub lock: NewLock<'a>,
}

/// A passphrase, stretched: the recipe, and the key that [`KdfRecipe::derive`] made with it.
#[derive(Debug)]
pub struct NewLock<'a> {
    /// How the key was derived.
    pub kdf: KdfRecipe,
    /// The derived key.
    pub key: &'a PassphraseKey,
}

/// A new copy of a registry.
#[derive(Debug)]
pub struct Created<A: Aead> {
    /// To be stored before anything else is.
    pub file: KeyFile,
    /// Ready for use.
    pub unlocked: Unlocked<A>,
    /// To be printed now; it can't be shown again.
    pub sheet: RecoverySheet,
}

/// An opened registry.
#[derive(Debug)]
pub struct Unlocked<A: Aead> {
    /// Seals and opens the registry's records.
    pub vault: Vault<A>,
    /// Who may open the registry.
    pub recipients: Vec<Recipient>,
    /// Who opened it now. A person's id is the author of what they write.
    pub opened_by: Recipient,
}

/// Which part of the key file is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The data key sealed to this recipient: missing or altered.
    WrappedKey,
    /// The sealed list of recipients.
    Recipients,
    /// Something in the clear (slots, wrapped keys, the registry's public key): not what the sealed list says.
    Clear,
    /// The registry's own key pair.
    RegistryKey,
}

/// Why a registry doesn't open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnlockError {
    /// No slot has this id.
    #[error("this key slot is not there any more")]
    NoSuchSlot,
    /// The slot's key derivation is not acceptable.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// Wrong passphrase. A slot that was altered looks the same.
    #[error("this is not the passphrase")]
    WrongPassphrase,
    /// The sheet is of another registry, of another copy of this one, or was replaced by a newer sheet.
    #[error("this recovery sheet doesn't open this registry")]
    WrongSheet,
    /// The passphrase or the sheet is right, the key file isn't.
    #[error("the key file was altered or is damaged ({0:?}): restore from a backup")]
    Damaged(Part),
    /// The cipher isn't available; this says nothing about the passphrase or the file.
    #[error("the browser's cipher is not available")]
    Unavailable,
}

/// Why the keys weren't changed. The old key file still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// It didn't open.
    #[error(transparent)]
    Unlock(#[from] UnlockError),
    /// The new keys couldn't be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl From<super::EntropyError> for ChangeError {
    fn from(error: super::EntropyError) -> Self {
        Self::Seal(SealError::Entropy(error))
    }
}

/// Makes the keys of a new registry, or of a new copy of one that came in a handoff: joining is this, with the known registry's id.
/// Data key, registry key pair, person's key pair and recovery sheet are all new: keys belong to one copy.
pub async fn create_registry<A: Aead>(
    aead: &A,
    registry: Uuid,
    new: NewPerson<'_>,
    entropy: &mut dyn Entropy,
) -> Result<Created<A>, SealError> {
    let data_key = DataKey(Secret32::new(make_bytes(entropy)?));
    let vault = Vault::new(aead, aead.import(data_key.0.expose()).await?, registry, Epoch::FIRST);

    let registry_identity = Identity::make(entropy)?;
    let secret = registry_identity.secret().expose();
    let sealed_registry_secret = HexBytes(vault.seal(registry_secret_place(Epoch::FIRST), secret, entropy).await?);

    let identity = Identity::make(entropy)?;
    let sheet = RecoverySheet::new(Identity::make(entropy)?);
    let person = Recipient {
        id: RecipientId(make_uuid(entropy)?),
        key: identity.public(),
        role: Role::Person { person: new.person },
    };
    let paper = Recipient { id: RecipientId(make_uuid(entropy)?), key: sheet.public(), role: Role::Sheet };

    let mut keys = Keys {
        registry,
        epoch: Epoch::FIRST,
        generation: 1,
        slots: Vec::new(),
        wrapped: Vec::new(),
        registry_key: registry_identity.public(),
        sealed_registry_secret,
    };
    let id = SlotId(make_uuid(entropy)?);
    keys.slots.push(seal_slot(aead, registry, (id, person.id, new.label), &identity, new.lock, entropy).await?);
    let recipients = vec![person.clone(), paper];
    wrap_for_all(&mut keys, &data_key, &recipients, entropy)?;
    let file = seal_file(&vault, keys, &recipients, entropy).await?;
    Ok(Created { file, unlocked: Unlocked { vault, recipients, opened_by: person }, sheet })
}

/// Opens a registry with the key that was derived from a person's passphrase by their slot's recipe.
pub async fn unlock_with_passphrase_key<A: Aead>(
    aead: &A,
    file: &KeyFile,
    slot: SlotId,
    key: &PassphraseKey,
) -> Result<Unlocked<A>, UnlockError> {
    Ok(open_with_slot(aead, file, slot, key).await?.unlocked)
}

/// Opens a registry with its recovery sheet.
pub async fn unlock_with_sheet<A: Aead>(aead: &A, file: &KeyFile, sheet: &RecoverySheet) -> Result<Unlocked<A>, UnlockError> {
    Ok(open_with_sheet(aead, file, sheet).await?.unlocked)
}

/// A person's own key pair out of their slot: for the identity file that they save with a backup. Drop it as soon as that is written.
pub async fn open_identity<A: Aead>(aead: &A, file: &KeyFile, slot: SlotId, key: &PassphraseKey) -> Result<Identity, UnlockError> {
    let slot = file.slot(slot).ok_or(UnlockError::NoSuchSlot)?;
    slot.kdf.params.check()?;
    let imported = aead.import(key.0.expose()).await.map_err(|error| unlock_error(error, UnlockError::WrongPassphrase))?;
    let framed = slot.framed();
    let place = Place { store: SLOT_STORE, record: &framed, generation: 0 };
    let secret = open_envelope(aead, &imported, Epoch::NONE, file.registry(), place, &slot.sealed_identity.0)
        .await
        .map_err(|error| not_opened(error, UnlockError::WrongPassphrase))?;
    let secret = Secret32::from_slice(&zeroize::Zeroizing::new(secret)).ok_or(UnlockError::WrongPassphrase)?;
    Ok(Identity::from_secret(secret))
}

/// Seals a person's secret under a new passphrase. The data isn't sealed anew, and what is open stays open. Nothing takes the old
/// passphrase away from someone who kept a copy of the old key file.
pub async fn change_passphrase<A: Aead>(
    aead: &A,
    file: &KeyFile,
    slot: SlotId,
    old: &PassphraseKey,
    new: NewLock<'_>,
    entropy: &mut dyn Entropy,
) -> Result<KeyFile, ChangeError> {
    let identity = open_identity(aead, file, slot, old).await?;
    let Opened { unlocked, .. } = open_as_person(aead, file, slot, &identity).await?;
    let mut keys = next_generation(file);
    let place = keys.slots.iter_mut().find(|candidate| candidate.id == slot).ok_or(UnlockError::NoSuchSlot)?;
    let about = (slot, place.recipient, place.label.clone());
    *place = seal_slot(aead, file.registry(), about, &identity, new, entropy).await?;
    Ok(seal_file(&unlocked.vault, keys, &unlocked.recipients, entropy).await?)
}

/// Gives the owner of a slot a new passphrase by means of the recovery sheet. Their old key pair is lost with the old passphrase, so
/// they get a new one; slot, label and person stay. The sheet stays valid.
pub async fn reset_with_sheet<A: Aead>(
    aead: &A,
    file: &KeyFile,
    sheet: &RecoverySheet,
    slot: SlotId,
    new: NewLock<'_>,
    entropy: &mut dyn Entropy,
) -> Result<(KeyFile, Unlocked<A>), ChangeError> {
    let Opened { unlocked: Unlocked { vault, mut recipients, .. }, data_key } = open_with_sheet(aead, file, sheet).await?;
    let identity = Identity::make(entropy)?;
    let mut keys = next_generation(file);
    let place = keys.slots.iter_mut().find(|candidate| candidate.id == slot).ok_or(UnlockError::NoSuchSlot)?;
    let about = (slot, place.recipient, place.label.clone());
    let id = place.recipient;
    *place = seal_slot(aead, file.registry(), about, &identity, new, entropy).await?;
    let person = recipients.iter_mut().find(|one| one.id == id).ok_or(UnlockError::Damaged(Part::Recipients))?;
    person.key = identity.public();
    let opened_by = person.clone();
    wrap_for_all(&mut keys, &data_key, &recipients, entropy)?;
    let file = seal_file(&vault, keys, &recipients, entropy).await?;
    Ok((file, Unlocked { vault, recipients, opened_by }))
}

/// Makes a new recovery sheet; the old one no longer opens the new key file. (With a copy of the old file it still would: a sheet in
/// wrong hands asks for a new data key.)
pub async fn renew_sheet<A: Aead>(
    aead: &A,
    file: &KeyFile,
    slot: SlotId,
    key: &PassphraseKey,
    entropy: &mut dyn Entropy,
) -> Result<(KeyFile, RecoverySheet), ChangeError> {
    let Opened { unlocked, data_key } = open_with_slot(aead, file, slot, key).await?;
    let sheet = RecoverySheet::new(Identity::make(entropy)?);
    let mut recipients = unlocked.recipients;
    recipients.retain(|one| one.role != Role::Sheet);
    recipients.push(Recipient { id: RecipientId(make_uuid(entropy)?), key: sheet.public(), role: Role::Sheet });
    let mut keys = next_generation(file);
    wrap_for_all(&mut keys, &data_key, &recipients, entropy)?;
    Ok((seal_file(&unlocked.vault, keys, &recipients, entropy).await?, sheet))
}

impl<A: Aead> Vault<A> {
    /// The registry's own key pair, for reading what was written while locked.
    pub async fn open_registry_identity(&self, file: &KeyFile) -> Result<Identity, UnlockError> {
        let damaged = UnlockError::Damaged(Part::RegistryKey);
        let place = registry_secret_place(file.epoch());
        let opened = self.open(place, &file.keys.sealed_registry_secret.0).await;
        let secret = zeroize::Zeroizing::new(opened.map_err(|error| not_opened(error, damaged))?);
        let identity = Identity::from_secret(Secret32::from_slice(&secret).ok_or(damaged)?);
        if identity.public() == file.registry_key() { Ok(identity) } else { Err(damaged) }
    }
}

/// An opened registry, and the raw data key for as long as a function of this module needs it.
struct Opened<A: Aead> {
    unlocked: Unlocked<A>,
    data_key: DataKey,
}

async fn open_with_slot<A: Aead>(aead: &A, file: &KeyFile, slot: SlotId, key: &PassphraseKey) -> Result<Opened<A>, UnlockError> {
    let identity = open_identity(aead, file, slot, key).await?;
    open_as_person(aead, file, slot, &identity).await
}

async fn open_as_person<A: Aead>(aead: &A, file: &KeyFile, slot: SlotId, identity: &Identity) -> Result<Opened<A>, UnlockError> {
    let recipient = file.slot(slot).ok_or(UnlockError::NoSuchSlot)?.recipient;
    let data_key = unwrap_for(file, identity, Some(recipient)).ok_or(UnlockError::Damaged(Part::WrappedKey))?;
    open_file(aead, file, identity, data_key).await
}

async fn open_with_sheet<A: Aead>(aead: &A, file: &KeyFile, sheet: &RecoverySheet) -> Result<Opened<A>, UnlockError> {
    let data_key = unwrap_for(file, sheet.identity(), None).ok_or(UnlockError::WrongSheet)?;
    open_file(aead, file, sheet.identity(), data_key).await
}

/// The data key that is sealed to this identity, as that recipient or as any.
fn unwrap_for(file: &KeyFile, identity: &Identity, recipient: Option<RecipientId>) -> Option<DataKey> {
    let current = file.keys.wrapped.iter().filter(|wrapped| wrapped.epoch == file.epoch());
    let candidates = current.filter(|wrapped| recipient.is_none_or(|id| id == wrapped.recipient));
    let context = |recipient| WrapContext { registry: file.registry(), epoch: file.epoch(), recipient };
    candidates.into_iter().find_map(|wrapped| unwrap_key(wrapped, identity, &context(wrapped.recipient)))
}

/// Imports the data key and checks the whole file against the list sealed under it.
async fn open_file<A: Aead>(aead: &A, file: &KeyFile, identity: &Identity, data_key: DataKey) -> Result<Opened<A>, UnlockError> {
    let damaged = UnlockError::Damaged(Part::Recipients);
    let imported = aead.import(data_key.0.expose()).await.map_err(|error| unlock_error(error, damaged))?;
    let vault = Vault::new(aead, imported, file.registry(), file.epoch());
    let place = roster_place(file.generation());
    let json = vault.open(place, &file.sealed_recipients.0).await.map_err(|error| not_opened(error, damaged))?;
    let roster: Roster = serde_json::from_slice(&json).map_err(|_source| damaged)?;
    if roster.version != ROSTER_VERSION {
        return Err(damaged);
    }
    if roster.keys_digest != file.keys.digest() {
        return Err(UnlockError::Damaged(Part::Clear));
    }
    let opened_by = roster.recipients.iter().find(|one| one.key == identity.public()).cloned().ok_or(damaged)?;
    vault.open_registry_identity(file).await?;
    Ok(Opened { unlocked: Unlocked { vault, recipients: roster.recipients, opened_by }, data_key })
}

async fn seal_slot<A: Aead>(
    aead: &A,
    registry: Uuid,
    (id, recipient, label): (SlotId, RecipientId, Label),
    identity: &Identity,
    lock: NewLock<'_>,
    entropy: &mut dyn Entropy,
) -> Result<Slot, SealError> {
    let mut slot = Slot { id, recipient, label, kdf: lock.kdf, sealed_identity: HexBytes(Vec::new()) };
    let key = aead.import(lock.key.0.expose()).await?;
    let framed = slot.framed();
    let place = Place { store: SLOT_STORE, record: &framed, generation: 0 };
    let secret = identity.secret().expose();
    slot.sealed_identity = HexBytes(seal_envelope(aead, &key, Epoch::NONE, registry, place, secret, entropy).await?);
    Ok(slot)
}

fn wrap_for_all(
    keys: &mut Keys,
    data_key: &DataKey,
    recipients: &[Recipient],
    entropy: &mut dyn Entropy,
) -> Result<(), SealError> {
    let (registry, epoch) = (keys.registry, keys.epoch);
    let wrap = |one: &Recipient| wrap_key(data_key, &one.key, &WrapContext { registry, epoch, recipient: one.id }, entropy);
    keys.wrapped = recipients.iter().map(wrap).collect::<Result<_, _>>()?;
    Ok(())
}

async fn seal_file<A: Aead>(
    vault: &Vault<A>,
    keys: Keys,
    recipients: &[Recipient],
    entropy: &mut dyn Entropy,
) -> Result<KeyFile, SealError> {
    let roster = Roster { version: ROSTER_VERSION, keys_digest: keys.digest(), recipients: recipients.to_vec() };
    // As in `Keys::digest`: nothing in the list can fail to serialise.
    let json = serde_json::to_vec(&roster).unwrap_or_default();
    let sealed_recipients = HexBytes(vault.seal(roster_place(keys.generation), &json, entropy).await?);
    Ok(KeyFile { keys, sealed_recipients })
}

fn next_generation(file: &KeyFile) -> Keys {
    Keys { generation: file.generation() + 1, ..file.keys.clone() }
}

fn roster_place(generation: u64) -> Place<'static> {
    Place { store: STORE, record: b"recipients", generation }
}

fn registry_secret_place(epoch: Epoch) -> Place<'static> {
    Place { store: STORE, record: b"registry secret", generation: u64::from(epoch.0) }
}

fn unlock_error(error: AeadError, refused: UnlockError) -> UnlockError {
    match error {
        AeadError::Refused => refused,
        AeadError::Unavailable => UnlockError::Unavailable,
    }
}

fn not_opened(error: OpenError, refused: UnlockError) -> UnlockError {
    match error {
        OpenError::Unavailable => UnlockError::Unavailable,
        OpenError::TooShort { .. } | OpenError::UnknownVersion { .. } | OpenError::WrongKey { .. } | OpenError::Tampered => refused,
    }
}
