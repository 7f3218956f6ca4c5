//! Secrets of 32 bytes: overwritten when dropped, never printed.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Thirty-two secret bytes. Not `Clone`, not serialisable; `Debug` shows nothing; overwritten when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Secret32([u8; 32]);

impl Secret32 {
    /// Takes the bytes over. The caller's own copy, if it keeps one, is the caller's to overwrite.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Copies the bytes from a slice; `None` when there aren't exactly 32.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        Some(Self(bytes.try_into().ok()?))
    }

    /// The bytes. For import into a cipher only: never into storage, a log, a message or an error.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Secret32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret32(..)")
    }
}

/// The key that [`derive_key`](super::derive_key) makes of a passphrase: it opens one slot and nothing else.
#[derive(Debug)]
pub struct PassphraseKey(pub Secret32);

/// The registry's data key. Raw only inside this room, and only until it is imported into the cipher.
#[derive(Debug)]
pub(super) struct DataKey(pub(super) Secret32);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_print_as_nothing() {
        let shown = format!(
            "{:?} {:?}",
            PassphraseKey(Secret32::new([7; 32])),
            DataKey(Secret32::new([7; 32]))
        );
        assert_eq!(shown, "PassphraseKey(Secret32(..)) DataKey(Secret32(..))");
    }

    #[test]
    fn only_thirty_two_bytes_are_a_secret() {
        assert!(Secret32::from_slice(&[1; 31]).is_none());
        assert!(Secret32::from_slice(&[1; 33]).is_none());
        assert_eq!(Secret32::from_slice(&[1; 32]).unwrap().expose(), &[1; 32]);
    }
}
