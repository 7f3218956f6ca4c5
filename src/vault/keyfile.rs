//! What is stored beside the data in the clear: key slots, wrapped data keys, and sealed lists.
//!
//! Whoever takes the file learns how many people there are, their labels and the registry's public key; nothing else. Whoever alters it
//! is noticed at the next unlock: slots authenticate themselves, and the sealed list carries a digest of all that is in the clear. A
//! whole older file that is put back is recognised by its generation, if the caller keeps the last one elsewhere (the sealed head).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::encoding::{HexBytes, frame, hex};
use super::identity::{Label, PublicKey};
use super::kdf::{KdfError, KdfRecipe};

/// The version of the key file that this code writes and reads.
pub const KEY_FILE_VERSION: u32 = 1;
const FORMAT: &str = "caseload-keys";
/// The most bytes of a key file that are read: room for thousands of people.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Which data key: 1, and one more with each rotation. 0 stands for a key without epochs, such as a passphrase's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Epoch(pub u32);

impl Epoch {
    /// The first data key of a registry's copy.
    pub const FIRST: Self = Self(1);
    /// For keys that are not a registry's data key.
    pub(super) const NONE: Self = Self(0);
}

/// A key slot's random id. Stays when its passphrase changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SlotId(pub Uuid);

/// The random id of someone or something that the data key is sealed to. Says nothing about who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecipientId(pub Uuid);

/// One person's secret, sealed under the key of their passphrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    pub(super) id: SlotId,
    pub(super) recipient: RecipientId,
    pub(super) label: Label,
    pub(super) kdf: KdfRecipe,
    pub(super) sealed_identity: HexBytes,
}

impl Slot {
    /// Its id: what the unlock page passes back.
    pub fn id(&self) -> SlotId {
        self.id
    }

    /// What its owner recognises it by.
    pub fn label(&self) -> &Label {
        &self.label
    }

    /// How its owner's passphrase becomes a key.
    pub fn kdf(&self) -> &KdfRecipe {
        &self.kdf
    }

    /// Everything about the slot that must not be altered, as one byte string.
    pub(super) fn framed(&self) -> Vec<u8> {
        let label = self.label.as_str().as_bytes();
        frame(&[
            self.id.0.as_bytes(),
            self.recipient.0.as_bytes(),
            label,
            &self.kdf.framed(),
        ])
    }
}

/// The data key of one epoch, sealed to one recipient by HPKE.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrappedKey {
    pub(super) recipient: RecipientId,
    pub(super) epoch: Epoch,
    pub(super) encapsulated: HexBytes,
    pub(super) sealed: HexBytes,
}

/// All of the key file but the sealed list, which carries the digest of this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keys {
    pub(super) registry: Uuid,
    pub(super) epoch: Epoch,
    pub(super) generation: u64,
    pub(super) slots: Vec<Slot>,
    pub(super) wrapped: Vec<WrappedKey>,
    pub(super) registry_key: PublicKey,
    pub(super) sealed_registry_secret: HexBytes,
}

impl Keys {
    /// SHA-256 of the keys as JSON without white space, in hex.
    pub(super) fn digest(&self) -> String {
        // Serialising these types can't fail: no map, no float, nothing fallible. An empty digest would match no stored one.
        let json = serde_json::to_vec(self).unwrap_or_default();
        hex(&Sha256::digest(&json))
    }

    pub(super) fn slot(&self, id: SlotId) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.id == id)
    }
}

/// The key file of one copy of a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFile {
    pub(super) keys: Keys,
    pub(super) sealed_recipients: HexBytes,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFileV1 {
    format: String,
    version: u32,
    keys: Keys,
    sealed_recipients: HexBytes,
}

#[derive(Deserialize)]
struct Header {
    format: String,
    version: u32,
}

/// Why a key file can't be read. It stays as it is; the data needs it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// Not JSON, or JSON of something else.
    #[error("this is not a Caseload key file")]
    NotAKeyFile,
    /// Written by a newer Caseload.
    #[error("the key file has version {found}; this version reads {supported}")]
    UnknownVersion {
        /// Version found.
        found: u32,
        /// Version that this code reads.
        supported: u32,
    },
    /// Cut off, altered, or larger than any key file.
    #[error("the key file is damaged")]
    Malformed,
    /// A slot's key derivation is too weak or too costly.
    #[error(transparent)]
    Kdf(#[from] KdfError),
}

impl KeyFile {
    /// Reads a key file and checks all that can be checked without a key.
    pub fn from_json(json: &[u8]) -> Result<Self, KeyFileError> {
        if json.len() > MOST_BYTES {
            return Err(KeyFileError::Malformed);
        }
        let header: Header = serde_json::from_slice(json).map_err(|_source| KeyFileError::NotAKeyFile)?;
        if header.format != FORMAT {
            return Err(KeyFileError::NotAKeyFile);
        }
        if header.version != KEY_FILE_VERSION {
            return Err(KeyFileError::UnknownVersion {
                found: header.version,
                supported: KEY_FILE_VERSION,
            });
        }
        let file: KeyFileV1 = serde_json::from_slice(json).map_err(|_source| KeyFileError::Malformed)?;
        for slot in &file.keys.slots {
            slot.kdf.params.check()?;
        }
        Ok(Self {
            keys: file.keys,
            sealed_recipients: file.sealed_recipients,
        })
    }

    /// The file's bytes: JSON in one line.
    pub fn to_json(&self) -> Vec<u8> {
        let file = KeyFileV1 {
            format: FORMAT.to_owned(),
            version: KEY_FILE_VERSION,
            keys: self.keys.clone(),
            sealed_recipients: self.sealed_recipients.clone(),
        };
        // As in `Keys::digest`: nothing in these types can fail to serialise.
        serde_json::to_vec(&file).unwrap_or_default()
    }

    /// The registry it belongs to.
    pub fn registry(&self) -> Uuid {
        self.keys.registry
    }

    /// The epoch of the current data key.
    pub fn epoch(&self) -> Epoch {
        self.keys.epoch
    }

    /// Counts up with every change of the file. A file whose generation is behind the last one known was put back.
    pub fn generation(&self) -> u64 {
        self.keys.generation
    }

    /// The key slots, one a person.
    pub fn slots(&self) -> &[Slot] {
        &self.keys.slots
    }

    /// The slot of that id.
    pub fn slot(&self, id: SlotId) -> Option<&Slot> {
        self.keys.slot(id)
    }

    /// The registry's own public key: what is written while locked is sealed to it. Confirmed by the next unlock, not before.
    pub fn registry_key(&self) -> PublicKey {
        self.keys.registry_key
    }
}

/// Someone or something that may open the registry: an entry of the list sealed under the data key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// The random id that wrapped keys carry in the clear.
    pub id: RecipientId,
    /// The key that the data key is sealed to.
    pub key: PublicKey,
    /// Who or what it is.
    pub role: Role,
}

/// Who or what a recipient is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Role {
    /// A person, by the id that their entries carry as author.
    Person {
        /// The person's id in the journal.
        person: Uuid,
    },
    /// The printed recovery sheet.
    Sheet,
}

/// The list of recipients as sealed under the data key.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Roster {
    pub(super) version: u32,
    pub(super) keys_digest: String,
    pub(super) recipients: Vec<Recipient>,
}

/// The version of the sealed list.
pub(super) const ROSTER_VERSION: u32 = 1;
