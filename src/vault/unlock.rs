//! Opening a registry: by passphrase or by sheet, and checking the whole key file on the way.

use zeroize::Zeroizing;

use super::aead::{Aead, AeadError};
use super::envelope::{OpenError, Place, Vault, open_envelope};
use super::identity::Identity;
use super::keyfile::{Epoch, KeyFile, ROSTER_VERSION, RecipientId, Roster, SlotId};
use super::keyring::{Part, SLOT_STORE, UnlockError, Unlocked, registry_secret_place, roster_place};
use super::secret::{DataKey, PassphraseKey, Secret32};
use super::sheet::RecoverySheet;
use super::wrap::{WrapContext, unwrap_key};

/// Opens a registry with the key that was derived from a person's passphrase by their slot's recipe.
pub async fn unlock_with_passphrase_key<A: Aead>(
    aead: &A,
    file: &KeyFile,
    slot: SlotId,
    key: &PassphraseKey,
) -> Result<Unlocked<A>, UnlockError> {
    Ok(open_with_slot(aead, file, slot, key).await?.unlocked)
}

/// Opens a registry with its recovery sheet. A person's own identity, read by [`parse_sheet`](super::parse_sheet) out of the file
/// saved with a backup, opens it too; `opened_by` then names that person.
pub async fn unlock_with_sheet<A: Aead>(
    aead: &A,
    file: &KeyFile,
    sheet: &RecoverySheet,
) -> Result<Unlocked<A>, UnlockError> {
    Ok(open_with_sheet(aead, file, sheet).await?.unlocked)
}

/// A person's own key pair out of their slot: for the identity file that they save with a backup. Drop it as soon as that is written.
pub async fn open_identity<A: Aead>(
    aead: &A,
    file: &KeyFile,
    slot: SlotId,
    key: &PassphraseKey,
) -> Result<Identity, UnlockError> {
    let slot = file.slot(slot).ok_or(UnlockError::NoSuchSlot)?;
    slot.kdf.params.check()?;
    let imported = aead
        .import(key.0.expose())
        .await
        .map_err(|error| unlock_error(error, UnlockError::WrongPassphrase))?;
    let framed = slot.framed();
    let place = Place {
        store: SLOT_STORE,
        record: &framed,
        generation: 0,
    };
    let secret = open_envelope(
        aead,
        &imported,
        Epoch::NONE,
        file.registry(),
        place,
        &slot.sealed_identity.0,
    )
    .await
    .map_err(|error| not_opened(error, UnlockError::WrongPassphrase))?;
    let secret = Secret32::from_slice(&Zeroizing::new(secret)).ok_or(UnlockError::WrongPassphrase)?;
    Ok(Identity::from_secret(secret))
}

impl<A: Aead> Vault<A> {
    /// The registry's own key pair, for reading what was written while locked.
    pub async fn open_registry_identity(&self, file: &KeyFile) -> Result<Identity, UnlockError> {
        let damaged = UnlockError::Damaged(Part::RegistryKey);
        let place = registry_secret_place(file.epoch());
        let opened = self.open(place, &file.keys.sealed_registry_secret.0).await;
        let secret = Zeroizing::new(opened.map_err(|error| not_opened(error, damaged))?);
        let identity = Identity::from_secret(Secret32::from_slice(&secret).ok_or(damaged)?);
        if identity.public() == file.registry_key() {
            Ok(identity)
        } else {
            Err(damaged)
        }
    }
}

/// An opened registry, and the raw data key for as long as a function of this module needs it.
pub(super) struct Opened<A: Aead> {
    pub(super) unlocked: Unlocked<A>,
    pub(super) data_key: DataKey,
}

pub(super) async fn open_with_slot<A: Aead>(
    aead: &A,
    file: &KeyFile,
    slot: SlotId,
    key: &PassphraseKey,
) -> Result<Opened<A>, UnlockError> {
    let identity = open_identity(aead, file, slot, key).await?;
    open_as_person(aead, file, slot, &identity).await
}

pub(super) async fn open_as_person<A: Aead>(
    aead: &A,
    file: &KeyFile,
    slot: SlotId,
    identity: &Identity,
) -> Result<Opened<A>, UnlockError> {
    let recipient = file.slot(slot).ok_or(UnlockError::NoSuchSlot)?.recipient;
    let data_key = unwrap_for(file, identity, Some(recipient)).ok_or(UnlockError::Damaged(Part::WrappedKey))?;
    open_file(aead, file, identity, data_key).await
}

pub(super) async fn open_with_sheet<A: Aead>(
    aead: &A,
    file: &KeyFile,
    sheet: &RecoverySheet,
) -> Result<Opened<A>, UnlockError> {
    let data_key = unwrap_for(file, sheet.identity(), None).ok_or(UnlockError::WrongSheet)?;
    open_file(aead, file, sheet.identity(), data_key).await
}

/// The data key that is sealed to this identity, as that recipient or as any.
fn unwrap_for(file: &KeyFile, identity: &Identity, recipient: Option<RecipientId>) -> Option<DataKey> {
    let current = file.keys.wrapped.iter().filter(|wrapped| wrapped.epoch == file.epoch());
    let candidates = current.filter(|wrapped| recipient.is_none_or(|id| id == wrapped.recipient));
    let context = |recipient| WrapContext {
        registry: file.registry(),
        epoch: file.epoch(),
        recipient,
    };
    candidates
        .into_iter()
        .find_map(|wrapped| unwrap_key(wrapped, identity, &context(wrapped.recipient)))
}

/// Imports the data key and checks the whole file against the list sealed under it.
async fn open_file<A: Aead>(
    aead: &A,
    file: &KeyFile,
    identity: &Identity,
    data_key: DataKey,
) -> Result<Opened<A>, UnlockError> {
    let damaged = UnlockError::Damaged(Part::Recipients);
    let imported = aead
        .import(data_key.0.expose())
        .await
        .map_err(|error| unlock_error(error, damaged))?;
    let vault = Vault::new(aead, imported, file.registry(), file.epoch());
    let place = roster_place(file.generation());
    let json = vault
        .open(place, &file.sealed_recipients.0)
        .await
        .map_err(|error| not_opened(error, damaged))?;
    let roster: Roster = serde_json::from_slice(&json).map_err(|_source| damaged)?;
    if roster.version != ROSTER_VERSION {
        return Err(damaged);
    }
    if roster.keys_digest != file.keys.digest() {
        return Err(UnlockError::Damaged(Part::Clear));
    }
    let opened_by = roster
        .recipients
        .iter()
        .find(|one| one.key == identity.public())
        .cloned()
        .ok_or(damaged)?;
    vault.open_registry_identity(file).await?;
    Ok(Opened {
        unlocked: Unlocked {
            vault,
            recipients: roster.recipients,
            opened_by,
        },
        data_key,
    })
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
        OpenError::TooShort { .. }
        | OpenError::UnknownVersion { .. }
        | OpenError::WrongKey { .. }
        | OpenError::Tampered => refused,
    }
}
