//! The bulk cipher behind a trait: AES-256-GCM by WebCrypto in the browser, by a Rust crate in tests.

use std::future::Future;

/// AES-256-GCM with a 96-bit nonce and a 128-bit tag appended to the ciphertext.
///
/// Asynchronous because WebCrypto is. An implementation must be a cheap handle without key material. It must not choose nonces, compress or pad.
pub trait Aead: Clone + std::fmt::Debug {
    /// A key ready for use. In the browser a non-extractable `CryptoKey`: no raw bytes.
    type Key;

    /// Takes the raw key in. The implementation keeps no copy of `raw` outside the key that it returns.
    fn import(&self, raw: &[u8; 32]) -> impl Future<Output = Result<Self::Key, AeadError>>;

    /// Encrypts `plain` and authenticates it together with `aad`: ciphertext, then the tag of 16 bytes.
    fn seal(
        &self,
        key: &Self::Key,
        nonce: &[u8; 12],
        aad: &[u8],
        plain: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, AeadError>>;

    /// Reverses [`Aead::seal`]; [`AeadError::Refused`] when the key, nonce, `aad` or a single bit differs.
    fn open(
        &self,
        key: &Self::Key,
        nonce: &[u8; 12],
        aad: &[u8],
        sealed: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, AeadError>>;
}

/// Why the cipher gave nothing back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AeadError {
    /// The tag doesn't match: wrong key, wrong place, or altered bytes.
    #[error("the sealed bytes don't match their key and place")]
    Refused,
    /// The cipher itself isn't available or failed (WebCrypto missing, out of memory, a page without a secure context).
    #[error("the browser's cipher is not available")]
    Unavailable,
}
