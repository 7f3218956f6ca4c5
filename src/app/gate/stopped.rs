//! When the app itself stops.
//!
//! A panic is a bare trap: the page's script hears of it, shows the fixed words of `index.html`, and calls what is left
//! here. Nothing is said of what the app was doing, which may hold what was typed.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

use crate::app::core::set;

/// Leaves with the page's script what it must do when the app has stopped: another tab may write then.
pub fn let_go_when_stopped() {
    let contract = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("__caseload"));
    if let Ok(contract) = contract {
        let let_go = Closure::<dyn Fn()>::new(crate::platform::let_go).into_js_value();
        set(&contract.into(), "letGo", &let_go);
    }
}
