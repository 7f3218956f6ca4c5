//! What the suites stand on: a browser with storage and cryptography.

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

fn member(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &name.into()).unwrap()
}

#[wasm_bindgen_test]
fn the_browser_offers_indexed_db() {
    assert!(member(&js_sys::global(), "indexedDB").is_object());
}

#[wasm_bindgen_test]
fn the_browser_offers_subtle_cryptography() {
    assert!(member(&member(&js_sys::global(), "crypto"), "subtle").is_object());
}
