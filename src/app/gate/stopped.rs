//! When the app itself stops: fixed words, and nothing about what it was doing.

use wasm_bindgen::JsValue;

/// From now on, a panic shows the overlay of `index.html` and writes where it happened to the console: the file and
/// line of our source, never the message, which may hold what was typed. Another tab may write then.
pub fn say_when_stopped() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        web_sys::console::error_1(&JsValue::from_str(&format!("Caseload stopped at {place}")));
        let overlay = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.get_element_by_id("stopped"));
        if let Some(overlay) = overlay {
            let _shown = overlay.remove_attribute("hidden");
        }
        crate::platform::let_go();
    }));
}
