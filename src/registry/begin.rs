//! What a registry begins with, and the keys that open it.

use serde::{Deserialize, Serialize};

use super::scope::Kind;
use crate::journal::PersonId;
use crate::journal::facts::Clinic;

/// Text that must not be shown by `Debug`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// A key derived from a new passphrase.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewKey {
    /// Salt of the derived key, as hexadecimal digits.
    pub salt: Secret,
    /// The derived 32-byte key, as hexadecimal digits.
    pub key: Secret,
}

/// A registry to be made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewRegistry {
    /// Real, or training with an invented caseload.
    pub kind: Kind,
    /// Whom of the people of the joined file the person is; `None` for somebody new.
    pub person: Option<PersonId>,
    /// The person's name as shown.
    pub name: String,
    /// Credential.
    pub credential: Option<String>,
    /// The label of the key slot, for example initials.
    pub label: String,
    /// The clinic.
    #[serde(with = "crate::journal::as_json")]
    pub clinic: Clinic,
    /// The key that the passphrase gives.
    pub key: NewKey,
}
