//! What the browser gives: the cipher, random bytes, tabs.

#[cfg(target_arch = "wasm32")]
mod browser_tabs;
mod tabs;
#[cfg(target_arch = "wasm32")]
mod webcrypto;

#[cfg(target_arch = "wasm32")]
pub use browser_tabs::{BrowserTabs, Ear, Turn};
pub use tabs::{Claim, FakeHold, FakeTabs, Tabs, Told};
#[cfg(target_arch = "wasm32")]
pub use webcrypto::WebCrypto;
