//! Starts the app, or, without a window, the worker that its name asks for.
//!
//! The page and its workers run this same module; `src/web/boot.js` loads it and documents the contract.

#[cfg(target_arch = "wasm32")]
mod web {
    use leptos::prelude::*;
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        /// Starts this module in a worker; null where the browser refuses one.
        #[wasm_bindgen(js_namespace = ["__caseload"], js_name = spawnWorker, catch)]
        pub async fn spawn_worker(kind: &str) -> Result<JsValue, JsValue>;
    }

    /// Mounts the page.
    pub fn start_window() {
        mount_to_body(|| view! { <main><h1>"Caseload"</h1></main> });
    }

    /// Answers each message with the worker's name and the message.
    pub fn start_worker(scope: &web_sys::DedicatedWorkerGlobalScope) {
        let (name, port) = (scope.name(), scope.clone());
        let echo = Closure::<dyn Fn(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
            let answer = js_sys::Array::of2(&JsValue::from_str(&name), &event.data());
            let _sent = port.post_message(&answer);
        });
        scope.set_onmessage(Some(echo.as_ref().unchecked_ref()));
        echo.forget();
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    use wasm_bindgen::JsCast as _;

    match js_sys::global().dyn_into::<web_sys::DedicatedWorkerGlobalScope>() {
        Ok(scope) => web::start_worker(&scope),
        Err(_window) => web::start_window(),
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
