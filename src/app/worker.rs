//! The worker's side: what this module does where there is no window.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::core::{bytes_of, get, set};
use super::kdf;
use super::service::Service;

/// Answers messages as the worker that the scope's name asks for: `kdf` derives one key, `core` carries out requests.
pub fn start(scope: &web_sys::DedicatedWorkerGlobalScope) {
    if scope.name() == "kdf" {
        let port = scope.clone();
        on_message(scope, move |event| kdf::answer(&port, &event.data()));
        return;
    }
    let (service, port) = (Rc::new(Service::default()), scope.clone());
    on_message(scope, move |event| {
        let (service, port) = (Rc::clone(&service), port.clone());
        wasm_bindgen_futures::spawn_local(carry(service, port, event.data()));
    });
}

fn on_message(scope: &web_sys::DedicatedWorkerGlobalScope, run: impl Fn(web_sys::MessageEvent) + 'static) {
    let pump = Closure::<dyn Fn(web_sys::MessageEvent)>::new(run);
    scope.set_onmessage(Some(pump.as_ref().unchecked_ref()));
    pump.forget();
}

/// Carries one request to the service and its answer back; a file's bytes change hands without being copied again.
async fn carry(service: Rc<Service>, port: web_sys::DedicatedWorkerGlobalScope, message: JsValue) {
    let envelope = bytes_of(&message, "envelope").unwrap_or_default();
    let files: Vec<Vec<u8>> = js_sys::Array::from(&get(&message, "files"))
        .iter()
        .filter_map(|file| file.dyn_into::<js_sys::Uint8Array>().ok())
        .map(|file| file.to_vec())
        .collect();
    let (reply, file) = service.answer(&envelope, files).await;
    let answer = js_sys::Object::new();
    let reply = js_sys::Uint8Array::from(reply.as_slice());
    set(&answer, "reply", &reply);
    let moved = js_sys::Array::of1(&reply.buffer());
    match file {
        Some(bytes) => {
            let bytes = js_sys::Uint8Array::from(bytes.as_slice());
            moved.push(&bytes.buffer());
            set(&answer, "file", &bytes);
        }
        None => set(&answer, "file", &JsValue::NULL),
    }
    let _sent = port.post_message_with_transfer(&answer, &moved);
}
