//! What the browser gives: the cipher, random bytes, storage.

#[cfg(target_arch = "wasm32")]
mod webcrypto;

#[cfg(target_arch = "wasm32")]
pub use webcrypto::WebCrypto;
