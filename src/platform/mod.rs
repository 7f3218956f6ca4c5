//! What the browser gives: the cipher, locks between tabs.

#[cfg(target_arch = "wasm32")]
mod locks;
#[cfg(target_arch = "wasm32")]
mod webcrypto;

#[cfg(target_arch = "wasm32")]
pub use locks::{End, Held, Locks, NoLock, let_go};
#[cfg(target_arch = "wasm32")]
pub use webcrypto::WebCrypto;
