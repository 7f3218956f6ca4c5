//! For tests only: AES-256-GCM by the `aes-gcm` crate, and a counting source of bytes so that vectors can be frozen.
//! `tests/it/vault.rs` takes this file in by its path.

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _};

use super::{Aead, AeadError, EntropyError};

/// The native twin of WebCrypto.
#[derive(Debug, Clone)]
pub struct NativeAes;

impl Aead for NativeAes {
    type Key = Aes256Gcm;

    async fn import(&self, raw: &[u8; 32]) -> Result<Aes256Gcm, AeadError> {
        Ok(Aes256Gcm::new(raw.into()))
    }

    async fn seal(&self, key: &Aes256Gcm, nonce: &[u8; 12], aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, AeadError> {
        key.encrypt(nonce.into(), Payload { msg: plain, aad })
            .map_err(|_tag| AeadError::Unavailable)
    }

    async fn open(&self, key: &Aes256Gcm, nonce: &[u8; 12], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, AeadError> {
        key.decrypt(nonce.into(), Payload { msg: sealed, aad })
            .map_err(|_tag| AeadError::Refused)
    }
}

/// Bytes that count up from `first`, so that every value drawn differs and every run is the same.
pub fn counting(first: u8) -> impl FnMut(&mut [u8]) -> Result<(), EntropyError> {
    let mut next = first;
    move |bytes| {
        for byte in bytes {
            *byte = next;
            next = next.wrapping_add(1);
        }
        Ok(())
    }
}
