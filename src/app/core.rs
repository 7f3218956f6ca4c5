//! The window's side of the core: requests out, answers in.
//!
//! The core runs in a worker, so that no save and no import ever holds up a page; where the browser refuses a worker
//! it runs in the window. Pages don't see the difference.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use futures_util::FutureExt as _;
use leptos::prelude::{GetValue as _, LocalStorage, StoredValue};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::browser;
use super::parts::{of_part, part};
use super::service::{self, Answers};
use super::tabs::Tabs;
use crate::platform;
use crate::registry::wire::{self, Way};
use crate::registry::{Envelope, Failure, Reply, Request, Response, SoonRequest};
use crate::store::canary::{Canary, KEY_PREFIX, Known};

#[wasm_bindgen]
extern "C" {
    /// Starts this module in a worker; null where the browser refuses one.
    #[wasm_bindgen(js_namespace = ["__caseload"], js_name = spawnWorker, catch)]
    async fn spawn_worker(kind: &str) -> Result<JsValue, JsValue>;
}

/// A worker of the kind `core` or `kdf`; `None` where the browser refuses one.
pub async fn start_worker(kind: &str) -> Option<web_sys::Worker> {
    spawn_worker(kind).await.ok()?.dyn_into().ok()
}

/// The core, as pages see it. A cheap handle.
#[derive(Clone, Copy)]
pub struct Core(StoredValue<Rc<Port>, LocalStorage>);

struct Port {
    place: Place,
    tabs: Tabs,
    asked: Cell<u32>,
    /// What settles the promise of each request that waits.
    waiting: Rc<RefCell<BTreeMap<u32, js_sys::Function>>>,
}

/// Where the core runs.
enum Place {
    Worker(web_sys::Worker),
    Window(Rc<dyn Answers>),
    /// Its part of the module could not be loaded.
    Nowhere,
}

/// What came back: the answer, and a file's bytes if there is one.
type Answer = (Response, Option<Vec<u8>>);

impl Core {
    /// Starts the core in a worker, or in the window where the browser refuses a worker. Other tabs hear of what it
    /// saves.
    pub async fn start(tabs: Tabs) -> Self {
        let waiting = Rc::new(RefCell::new(BTreeMap::new()));
        let place = match start_worker("core").await {
            Some(worker) => {
                listen(&worker, &waiting);
                Place::Worker(worker)
            }
            None => service::start().await.map_or(Place::Nowhere, Place::Window),
        };
        Self(StoredValue::new_local(Rc::new(Port {
            place,
            tabs,
            asked: Cell::new(0),
            waiting,
        })))
    }

    /// Asks the core.
    ///
    /// # Errors
    /// What the core answers; [`Failure::Browser`] when the core is gone.
    pub async fn ask(&self, request: Request) -> Result<Response, Failure> {
        self.carry(request, Vec::new()).await.map(|answer| answer.0)
    }

    /// Asks the core, with files beside the request.
    ///
    /// # Errors
    /// As [`Core::ask`].
    pub async fn ask_with_files(&self, request: Request, files: Vec<Vec<u8>>) -> Result<Response, Failure> {
        self.carry(request, files).await.map(|answer| answer.0)
    }

    /// Asks the core for a file: the answer with its name, and its bytes.
    ///
    /// # Errors
    /// As [`Core::ask`]; [`Failure::File`] when no file came.
    pub async fn ask_file(&self, request: Request) -> Result<(Response, Vec<u8>), Failure> {
        match self.carry(request, Vec::new()).await? {
            (response, Some(bytes)) => Ok((response, bytes)),
            (_, None) => Err(Failure::File("The file came out empty. Try again.".to_owned())),
        }
    }

    async fn carry(&self, request: Request, files: Vec<Vec<u8>>) -> Result<Answer, Failure> {
        let port = self.0.get_value();
        let id = port.asked.get().wrapping_add(1);
        port.asked.set(id);
        let is_today = matches!(request, Request::Today(_));
        let (now, zone, canaries) = (
            browser::now_millis(),
            browser::zone_name(),
            browser::stored_under(KEY_PREFIX),
        );
        let written = match SoonRequest::of(request) {
            Ok(request) => wire::soon_request_bytes(&Envelope {
                id,
                now,
                zone,
                canaries,
                request,
            })
            .ok(),
            Err(request) => {
                messages::writing::load().await?;
                let envelope = Envelope {
                    id,
                    now,
                    zone,
                    canaries,
                    request: *request,
                };
                of_part(messages::writing::written(envelope)).flatten()
            }
        };
        let envelope = written.ok_or_else(|| Failure::Browser("The request could not be written.".to_owned()))?;
        let (reply, file) = match &port.place {
            Place::Window(service) => service.answer(envelope, files).await,
            Place::Nowhere => return Err(gone()),
            Place::Worker(worker) => port.post(worker, id, &envelope, &files).await?,
        };
        let reply = match wire::way(&reply) {
            Some(Way::Soon) => wire::soon_reply(&reply).map_err(|_error| gone())?.into(),
            Some(Way::Whole) => {
                messages::reading::load().await?;
                of_part(messages::reading::read(reply)).flatten().ok_or_else(gone)?
            }
            None => return Err(gone()),
        };
        if is_today {
            // What any page says and hears, once the worklist is painted.
            leptos::prelude::request_animation_frame(|| {
                leptos::prelude::request_animation_frame(|| {
                    wasm_bindgen_futures::spawn_local(messages::reading::load().map(drop));
                });
            });
        }
        if let Some((key, text)) = &reply.canary {
            browser::store(key, text);
            if let Known::Canary(saved) = Canary::from_text(text) {
                port.tabs.wrote(saved.registry, saved.generation);
            }
        }
        reply.result.map(|response| (response, file))
    }
}

impl Port {
    /// Sends one request to the worker and waits for what settles it.
    async fn post(
        &self,
        worker: &web_sys::Worker,
        id: u32,
        envelope: &[u8],
        files: &[Vec<u8>],
    ) -> Result<(Vec<u8>, Option<Vec<u8>>), Failure> {
        let promise = js_sys::Promise::new(&mut |settle, _reject| {
            self.waiting.borrow_mut().insert(id, settle);
        });
        let message = js_sys::Object::new();
        let (list, moved) = (js_sys::Array::new(), js_sys::Array::new());
        for file in files {
            let bytes = js_sys::Uint8Array::from(file.as_slice());
            moved.push(&bytes.buffer());
            list.push(&bytes);
        }
        set(&message, "envelope", &js_sys::Uint8Array::from(envelope));
        set(&message, "files", &list);
        if worker.post_message_with_transfer(&message, &moved).is_err() {
            self.waiting.borrow_mut().remove(&id);
            return Err(gone());
        }
        let answer = JsFuture::from(promise).await.map_err(|_error| gone())?;
        let reply = bytes_of(&answer, "reply").ok_or_else(gone)?;
        Ok((reply, bytes_of(&answer, "file")))
    }
}

/// The messages that a start does without.
mod messages {
    use super::*;

    pub mod reading {
        use super::*;

        part! {
            messages, load,
            fn read(reply: Vec<u8>) -> Option<Reply> {
                wire::reply(&reply).ok()
            }
        }
    }

    pub mod writing {
        use super::*;

        part! {
            messages, load,
            fn written(envelope: Envelope) -> Option<Vec<u8>> {
                wire::request_bytes(&envelope).ok()
            }
        }
    }
}

/// Settles each request by the number that its answer repeats; when the worker dies, all of them, and another tab may
/// write.
fn listen(worker: &web_sys::Worker, waiting: &Rc<RefCell<BTreeMap<u32, js_sys::Function>>>) {
    let settle = {
        let waiting = Rc::clone(waiting);
        move |event: web_sys::MessageEvent| {
            let id = reply_id(&event.data());
            let settle = id.and_then(|id| waiting.borrow_mut().remove(&id));
            if let Some(settle) = settle {
                let _settled = settle.call1(&JsValue::NULL, &event.data());
            }
        }
    };
    let settle = Closure::<dyn Fn(web_sys::MessageEvent)>::new(settle);
    worker.set_onmessage(Some(settle.as_ref().unchecked_ref()));
    settle.forget();

    let waiting = Rc::clone(waiting);
    let died = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        event.prevent_default();
        platform::let_go();
        let left = std::mem::take(&mut *waiting.borrow_mut());
        for settle in left.values() {
            let _settled = settle.call1(&JsValue::NULL, &JsValue::NULL);
        }
    });
    worker.set_onerror(Some(died.as_ref().unchecked_ref()));
    died.forget();
}

/// The number in front of a reply; the rest of it stays where it is.
fn reply_id(answer: &JsValue) -> Option<u32> {
    const LONGEST_NUMBER: u32 = 5;
    let reply: js_sys::Uint8Array = get(answer, "reply").dyn_into().ok()?;
    wire::reply_id(&reply.subarray(0, LONGEST_NUMBER).to_vec())
}

fn gone() -> Failure {
    Failure::Browser(
        "The part of Caseload that keeps your data stopped. What was saved is safe. Reload this page to go on."
            .to_owned(),
    )
}

/// Sets a property of an object that was just made; that can't fail.
pub(super) fn set(object: &js_sys::Object, name: &str, value: &JsValue) {
    let _set = js_sys::Reflect::set(object, &JsValue::from_str(name), value);
}

/// A property that is bytes.
pub(super) fn bytes_of(object: &JsValue, name: &str) -> Option<Vec<u8>> {
    let bytes = get(object, name).dyn_into::<js_sys::Uint8Array>().ok()?;
    Some(bytes.to_vec())
}

/// A property, or undefined.
pub(super) fn get(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}
