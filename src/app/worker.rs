//! The worker's side: what this module does where there is no window.

use std::rc::Rc;

use futures_util::FutureExt as _;
use futures_util::future::{LocalBoxFuture, Shared};

use wasm_bindgen::prelude::*;

use super::core::{bytes_of, get, set};
use super::kdf;
use super::service::{self, Answered, Answers};
use crate::registry::wire;

/// Answers messages as the worker that the scope's name asks for: `kdf` derives one key, `core` carries out requests.
pub fn start(scope: &web_sys::DedicatedWorkerGlobalScope) {
    if scope.name() == "kdf" {
        let port = scope.clone();
        on_message(scope, move |event| kdf::answer(&port, &event.data()));
        return;
    }
    let service: Coming = async { service::start().await.ok() }.boxed_local().shared();
    // What comes first needs it: it is fetched before that is asked.
    wasm_bindgen_futures::spawn_local(service.clone().map(drop));
    let port = scope.clone();
    on_message(scope, move |event| {
        let (service, port) = (service.clone(), port.clone());
        wasm_bindgen_futures::spawn_local(carry(service, port, event.data()));
    });
}

/// The core, once its part of the module is here; `None` if that can't be loaded.
type Coming = Shared<LocalBoxFuture<'static, Option<Rc<dyn Answers>>>>;

/// Without its code the core answers with the request's number and nothing else, which the window takes for a core that
/// stopped.
async fn answer(service: Coming, envelope: Vec<u8>, files: Vec<Vec<u8>>) -> Answered {
    match service.await {
        Some(service) => service.answer(envelope, files).await,
        None => (wire::no_answer(&envelope), None),
    }
}

fn on_message(scope: &web_sys::DedicatedWorkerGlobalScope, run: impl Fn(web_sys::MessageEvent) + 'static) {
    let pump = Closure::<dyn Fn(web_sys::MessageEvent)>::new(run);
    scope.set_onmessage(Some(pump.as_ref().unchecked_ref()));
    pump.forget();
}

/// Carries one request to the service and its answer back; a file's bytes change hands without being copied again.
async fn carry(service: Coming, port: web_sys::DedicatedWorkerGlobalScope, message: JsValue) {
    let envelope = bytes_of(&message, "envelope").unwrap_or_default();
    let files: Vec<Vec<u8>> = js_sys::Array::from(&get(&message, "files"))
        .iter()
        .filter_map(|file| file.dyn_into::<js_sys::Uint8Array>().ok())
        .map(|file| file.to_vec())
        .collect();
    let (reply, file) = answer(service, envelope, files).await;
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
