//! A registry's keys: what they are, and making them.
//!
//! A copy of a registry has one random data key. It is sealed to every recipient: each person's key pair, whose secret lies in a slot
//! under their passphrase, and the recovery sheet's, whose secret is on paper. Who they are is a list sealed under the data key; a
//! change of the keys takes the recipients from there and nowhere else.
//!
//! The raw data key exists only inside functions of this room, from its making or unwrapping to its import into the cipher.

use uuid::Uuid;

use super::aead::Aead;
use super::encoding::HexBytes;
use super::entropy::{Entropy, make_bytes, make_uuid};
use super::envelope::{Place, SealError, Vault, seal_envelope};
use super::identity::{Identity, Label};
use super::kdf::{KdfError, KdfRecipe};
use super::keyfile::{Epoch, KeyFile, Keys, ROSTER_VERSION, Recipient, RecipientId, Role, Roster, Slot, SlotId};
use super::secret::{DataKey, PassphraseKey, Secret32};
use super::sheet::RecoverySheet;
use super::wrap::{WrapContext, wrap_key};

const STORE: &str = "keys";
pub(super) const SLOT_STORE: &str = "key slot";

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
    let paper = Recipient {
        id: RecipientId(make_uuid(entropy)?),
        key: sheet.public(),
        role: Role::Sheet,
    };

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
    keys.slots
        .push(seal_slot(aead, registry, (id, person.id, new.label), &identity, new.lock, entropy).await?);
    let recipients = vec![person.clone(), paper];
    wrap_for_all(&mut keys, &data_key, &recipients, entropy)?;
    let file = seal_file(&vault, keys, &recipients, entropy).await?;
    Ok(Created {
        file,
        unlocked: Unlocked {
            vault,
            recipients,
            opened_by: person,
        },
        sheet,
    })
}

pub(super) async fn seal_slot<A: Aead>(
    aead: &A,
    registry: Uuid,
    (id, recipient, label): (SlotId, RecipientId, Label),
    identity: &Identity,
    lock: NewLock<'_>,
    entropy: &mut dyn Entropy,
) -> Result<Slot, SealError> {
    let mut slot = Slot {
        id,
        recipient,
        label,
        kdf: lock.kdf,
        sealed_identity: HexBytes(Vec::new()),
    };
    let key = aead.import(lock.key.0.expose()).await?;
    let framed = slot.framed();
    let place = Place {
        store: SLOT_STORE,
        record: &framed,
        generation: 0,
    };
    let secret = identity.secret().expose();
    slot.sealed_identity = HexBytes(seal_envelope(aead, &key, Epoch::NONE, registry, place, secret, entropy).await?);
    Ok(slot)
}

pub(super) fn wrap_for_all(
    keys: &mut Keys,
    data_key: &DataKey,
    recipients: &[Recipient],
    entropy: &mut dyn Entropy,
) -> Result<(), SealError> {
    let (registry, epoch) = (keys.registry, keys.epoch);
    let wrap = |one: &Recipient| {
        wrap_key(
            data_key,
            &one.key,
            &WrapContext {
                registry,
                epoch,
                recipient: one.id,
            },
            entropy,
        )
    };
    keys.wrapped = recipients.iter().map(wrap).collect::<Result<_, _>>()?;
    Ok(())
}

pub(super) async fn seal_file<A: Aead>(
    vault: &Vault<A>,
    keys: Keys,
    recipients: &[Recipient],
    entropy: &mut dyn Entropy,
) -> Result<KeyFile, SealError> {
    let roster = Roster {
        version: ROSTER_VERSION,
        keys_digest: keys.digest(),
        recipients: recipients.to_vec(),
    };
    // As in `Keys::digest`: nothing in the list can fail to serialise.
    let json = serde_json::to_vec(&roster).unwrap_or_default();
    let sealed_recipients = HexBytes(vault.seal(roster_place(keys.generation), &json, entropy).await?);
    Ok(KeyFile {
        keys,
        sealed_recipients,
    })
}

pub(super) fn roster_place(generation: u64) -> Place<'static> {
    Place {
        store: STORE,
        record: b"recipients",
        generation,
    }
}

pub(super) fn registry_secret_place(epoch: Epoch) -> Place<'static> {
    Place {
        store: STORE,
        record: b"registry secret",
        generation: u64::from(epoch.0),
    }
}
