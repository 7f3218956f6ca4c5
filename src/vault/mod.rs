//! Identities, key slots, sealed envelopes.
//!
//! What is at rest is ciphertext; this room makes it and reads it, and knows no browser, clock or randomness: the bulk cipher is
//! the [`Aead`] trait (WebCrypto in the browser), random bytes come from an [`Entropy`] argument.
//!
//! 1. A passphrase is stretched by Argon2id ([`kdf`]) to a key that opens one slot of the [`KeyFile`].
//! 2. The slot holds a person's X25519 secret ([`identity`]); the recovery sheet ([`sheet`]) is another such secret, on paper.
//! 3. The registry's data key is sealed to each of them by HPKE; who they are is a list sealed under the data key ([`keyring`]).
//! 4. The data key seals records, each bound to its place ([`envelope`]).
//! 5. What is written while locked is sealed to the registry's own public key ([`KeyFile::seal_for_inbox`]).
//!
//! What it doesn't do: it can't protect an unlocked screen, a machine with malware, or a changed app; memory of a tab can't be
//! wiped reliably, so secrets are overwritten on a best effort. A lost passphrase and a lost sheet together lose the data.

mod aead;
mod backoff;
mod change;
mod encoding;
mod entropy;
pub mod envelope;
pub mod identity;
mod inbox;
pub mod kdf;
mod keyfile;
pub mod keyring;
mod secret;
pub mod sheet;
pub mod strength;
mod unlock;
mod words;
mod wrap;

#[cfg(test)]
pub(crate) mod testing;

pub use aead::{Aead, AeadError};
pub use backoff::wait_after;
pub use change::{change_passphrase, renew_sheet, reset_with_sheet};
pub use entropy::{Entropy, EntropyError};
pub use envelope::{Nonce, OpenError, Place, SealError, Vault};
pub use identity::{Identity, IdentityError, Label, LabelError, PublicKey};
pub use kdf::{KdfError, KdfParams, KdfRecipe, Salt, derive_key};
pub use keyfile::{Epoch, KEY_FILE_VERSION, KeyFile, KeyFileError, Recipient, RecipientId, Role, Slot, SlotId};
pub use keyring::{ChangeError, Created, NewLock, NewPerson, Part, UnlockError, Unlocked, create_registry};
pub use secret::{PassphraseKey, Secret32};
pub use sheet::{RecoverySheet, SheetError, parse_sheet};
pub use strength::{Pattern, Strength, Verdict, estimate_strength};
pub use unlock::{open_identity, unlock_with_passphrase_key, unlock_with_sheet};
pub use words::{GeneratedPassphrase, WORDS_IN_A_PASSPHRASE, make_passphrase, words};
