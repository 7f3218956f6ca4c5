//! The tests that need a real browser. Natively this binary is empty. `cfg(test)` tells clippy that helpers may unwrap.

#![cfg(target_arch = "wasm32")]

#[cfg(test)]
mod platform;
#[cfg(test)]
mod store;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
