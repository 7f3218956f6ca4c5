//! What the suites stand on: a browser with storage and cryptography.

use wasm_bindgen_test::wasm_bindgen_test;

fn global_has(name: &str) -> bool {
    js_sys::Reflect::get(&js_sys::global(), &name.into()).is_ok_and(|value| value.is_object())
}

#[wasm_bindgen_test]
fn the_browser_offers_indexed_db() {
    assert!(global_has("indexedDB"));
}

#[wasm_bindgen_test]
fn the_browser_offers_subtle_cryptography() {
    let crypto = js_sys::Reflect::get(&js_sys::global(), &"crypto".into()).expect("crypto");
    let subtle = js_sys::Reflect::get(&crypto, &"subtle".into()).expect("subtle");
    assert!(subtle.is_object());
}
