//! What is written while locked: sealed to the registry's own public key, which lies in the key file in the clear.
//!
//! | bytes | what |
//! |---|---|
//! | 0 | version, 1 |
//! | 1..5 | epoch of the registry's key pair, most significant byte first |
//! | 5..37 | HPKE's encapsulated key |
//! | 37.. | ciphertext, then its tag of 16 bytes |
//!
//! Whoever has the browser can seal something: an item is confidential and bound to its place, and proves nothing about who wrote it.
//! It is to be validated by whoever opens it. A public key that was put in the place of the registry's is noticed at the next unlock
//! ([`super::UnlockError::Damaged`]), not before.

use zeroize::Zeroizing;

use super::encoding::frame;
use super::entropy::Entropy;
use super::envelope::{OpenError, SealError};
use super::identity::{Identity, PublicKey};
use super::keyfile::{Epoch, KeyFile};
use super::wrap::{open_as, seal_to};

const VERSION: u8 = 1;
const KEY: std::ops::Range<usize> = 5..37;
const TAG_LENGTH: usize = 16;

impl KeyFile {
    /// What an item is sealed under: registry, purpose, epoch and key.
    fn inbox_info(&self, key: &PublicKey) -> Vec<u8> {
        let epoch = self.epoch().0.to_be_bytes();
        frame(&[
            b"caseload hpke 1",
            b"inbox",
            self.registry().as_bytes(),
            &epoch,
            key.as_bytes(),
        ])
    }

    /// Seals an item to the registry. Needs no unlock. `place` is what lies beside it in the clear: the item opens with that only.
    pub fn seal_for_inbox(&self, place: &[u8], plain: &[u8], entropy: &mut dyn Entropy) -> Result<Vec<u8>, SealError> {
        let to = self.registry_key();
        let made = seal_to(&to, &self.inbox_info(&to), place, plain, entropy)?;
        let mut bytes = Vec::with_capacity(KEY.end + made.sealed.len());
        bytes.push(VERSION);
        bytes.extend_from_slice(&self.epoch().0.to_be_bytes());
        bytes.extend_from_slice(&made.encapsulated);
        bytes.extend_from_slice(&made.sealed);
        Ok(bytes)
    }

    /// Opens an item with the registry's own key pair, as [`super::Vault::open_registry_identity`] gives it.
    pub fn open_from_inbox(
        &self,
        registry: &Identity,
        place: &[u8],
        item: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let short = OpenError::TooShort {
            found: item.len(),
            least: KEY.end + TAG_LENGTH,
        };
        let (&found, rest) = item.split_first().ok_or(short)?;
        if found != VERSION {
            return Err(OpenError::UnknownVersion {
                found,
                supported: VERSION,
            });
        }
        let (epoch, _) = rest.split_first_chunk::<4>().ok_or(short)?;
        let (found, have) = (Epoch(u32::from_be_bytes(*epoch)), self.epoch());
        if found != have {
            return Err(OpenError::WrongKey { found, have });
        }
        let key = item.get(KEY).ok_or(short)?;
        let sealed = item.get(KEY.end..).filter(|s| s.len() >= TAG_LENGTH).ok_or(short)?;
        let info = self.inbox_info(&registry.public());
        open_as(registry, &info, place, key, sealed).ok_or(OpenError::Tampered)
    }
}
