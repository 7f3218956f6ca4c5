//! Starts the app, or, without a window, the worker that its name asks for.
//!
//! The page and its workers run this same module; `src/web/boot.js` loads it and documents the contract.

#[cfg(target_arch = "wasm32")]
fn main() {
    use wasm_bindgen::JsCast as _;

    match js_sys::global().dyn_into::<web_sys::DedicatedWorkerGlobalScope>() {
        Ok(scope) => caseload::app::worker::start(&scope),
        Err(_window) => caseload::app::gate::start(),
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
