//! The core behind its message port: one registry, one request at a time.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;
use futures_util::lock::Mutex;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::parts::{PartMissing, of_part, part};
use crate::exchange::workbook::Worksheet;
use crate::journal::{Day, RegistryId};
use crate::platform::WebCrypto;
use crate::registry::{
    Core, Envelope, Failure, Machine, Progress, Reply, Request, Response, Rest, SoonRequest, read_worksheets, wire,
};
use crate::store::{self, IdbStore, StoreError};
use crate::vault::{Entropy, EntropyError};

#[wasm_bindgen]
extern "C" {
    /// Two ports; what is posted to one is an event at the other.
    type MessageChannel;
    #[wasm_bindgen(constructor)]
    fn new() -> MessageChannel;
    #[wasm_bindgen(method, getter)]
    fn port1(this: &MessageChannel) -> MessagePort;
    #[wasm_bindgen(method, getter)]
    fn port2(this: &MessageChannel) -> MessagePort;

    type MessagePort;
    #[wasm_bindgen(method, setter, js_name = onmessage)]
    fn set_onmessage(this: &MessagePort, run: &js_sys::Function);
    #[wasm_bindgen(method, js_name = postMessage)]
    fn post_message(this: &MessagePort, message: &JsValue);
    #[wasm_bindgen(method)]
    fn close(this: &MessagePort);

    /// A worker's as a window's.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(run: &js_sys::Function, millis: i32) -> JsValue;
}

/// Comes back when the messages that wait have had their turn. A timer would do, and browsers slow those down.
pub async fn pause() {
    let channel = MessageChannel::new();
    let promise = js_sys::Promise::new(&mut |settle, _reject| {
        channel.port1().set_onmessage(&settle);
        channel.port2().post_message(&JsValue::NULL);
    });
    let _message = JsFuture::from(promise).await;
    channel.port1().close();
}

async fn sleep(millis: i32) {
    let promise = js_sys::Promise::new(&mut |settle, _reject| {
        let _timer = set_timeout(&settle, millis);
    });
    let _rung = JsFuture::from(promise).await;
}

/// The browser, as the core sees it.
#[derive(Clone)]
pub struct Browser {
    progress: Progress,
}

impl Machine for Browser {
    type Store = IdbStore;
    type Aead = WebCrypto;

    fn aead(&self) -> WebCrypto {
        WebCrypto
    }
    fn entropy(&self) -> Box<dyn Entropy> {
        Box::new(|bytes: &mut [u8]| getrandom::fill(bytes).map_err(|_none| EntropyError))
    }
    async fn create(&self, registry: RegistryId) -> Result<IdbStore, StoreError> {
        IdbStore::create(registry).await
    }
    async fn open(&self, registry: RegistryId) -> Result<IdbStore, StoreError> {
        IdbStore::open(registry).await
    }
    async fn delete(&self, registry: RegistryId) -> Result<(), StoreError> {
        store::delete_database(registry).await
    }
    fn progress(&self) -> Progress {
        self.progress.clone()
    }
    async fn databases(&self) -> Vec<RegistryId> {
        store::databases().await
    }
    async fn worksheets(&self, workbook: &[u8], as_of: Day) -> Result<Vec<Worksheet>, Failure> {
        workbooks::load().await?;
        let reading = of_part(workbooks::read(workbook.to_vec(), as_of, self.progress()));
        reading.ok_or(PartMissing)?.await
    }
    async fn storage(&self) -> (Option<bool>, Option<u64>, Option<u64>) {
        storage().await.unwrap_or_default()
    }
}

/// What the browser says of storage; `None` where it doesn't say.
async fn storage() -> Option<(Option<bool>, Option<u64>, Option<u64>)> {
    let navigator = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("navigator")).ok()?;
    let manager = js_sys::Reflect::get(&navigator, &JsValue::from_str("storage")).ok()?;
    let manager: web_sys::StorageManager = manager.dyn_into().ok()?;
    let persisted = JsFuture::from(manager.persisted().ok()?)
        .await
        .ok()
        .and_then(|p| p.as_bool());
    let estimate = JsFuture::from(manager.estimate().ok()?).await.ok()?;
    let number = |name: &str| {
        let value = js_sys::Reflect::get(&estimate, &JsValue::from_str(name))
            .ok()?
            .as_f64()?;
        // Sizes are whole and far below what a double holds exactly.
        Some(value as u64)
    };
    Some((persisted, number("usage"), number("quota")))
}

/// What comes back: the answer's bytes, and a file's if there is one.
pub type Answered = (Vec<u8>, Option<Vec<u8>>);

/// Whoever answers requests. Its code is a part of the module, that only its holder's context fetches.
pub trait Answers {
    /// Answers one request. Requests are carried out one after the other, in the order of the calls; only how far
    /// that is, and that it should end, is answered at once.
    fn answer(&self, envelope: Vec<u8>, files: Vec<Vec<u8>>) -> Pin<Box<dyn Future<Output = Answered>>>;
}

mod apart {
    use super::*;

    part! {
        core, load,
        fn make() -> Rc<dyn Answers> {
            Rc::new(Service::default())
        }
    }
}

/// What only comes after Today: all that reads, folds and writes records.
mod later {
    use super::*;

    part! {
        later, load,
        fn answer(core: &mut Core<Browser>, envelope: Vec<u8>, files: Vec<Vec<u8>>) -> LocalBoxFuture<'_, Answered> {
            async move {
                match wire::request(&envelope).or_else(|_soon| wire::soon_request(&envelope).map(Envelope::from)) {
                    Ok(envelope) => {
                        let (reply, file) = core.answer(envelope, files).await;
                        (bytes_of(reply), file)
                    }
                    Err(_unreadable) => (wire::no_answer(&envelope), None),
                }
            }
            .boxed_local()
        }
    }

    fn bytes_of(reply: Reply) -> Vec<u8> {
        let bytes = match reply.soon() {
            Ok(soon) => wire::soon_reply_bytes(&soon),
            Err(reply) => wire::reply_bytes(&reply),
        };
        bytes.unwrap_or_default()
    }
}

/// What reads Excel workbooks: few ever need it.
mod workbooks {
    use super::*;

    part! {
        workbook, load,
        fn read(workbook: Vec<u8>, as_of: Day, progress: Progress) -> LocalBoxFuture<'static, Result<Vec<Worksheet>, Failure>> {
            async move { read_worksheets(&workbook, as_of, &progress).await }.boxed_local()
        }
    }
}

/// What is done while nobody asks for anything.
mod resting {
    use super::*;

    part! {
        later, load,
        fn rest(core: &mut Core<Browser>, go_on: Rc<dyn Fn() -> bool>) -> LocalBoxFuture<'_, Rest> {
            async move { core.rest(&*go_on).await }.boxed_local()
        }
    }
}

/// The core of this context: a worker's, or the window's own where workers are refused.
///
/// # Errors
/// [`PartMissing`]: its part of the module could not be loaded.
pub async fn start() -> Result<Rc<dyn Answers>, PartMissing> {
    apart::load().await?;
    of_part(apart::make()).ok_or(PartMissing)
}

#[derive(Clone)]
struct Service {
    core: Rc<Mutex<Core<Browser>>>,
    progress: Progress,
    /// Rises with every request; what is done while idle ends when it does.
    asked: Rc<Cell<u64>>,
}

/// How long the window has to draw Today before the rest of the core is fetched, in milliseconds.
const AFTER_TODAY: i32 = 300;
/// How long nothing must be asked before the core does what can wait, in milliseconds.
const IDLE: i32 = 5_000;

impl Default for Service {
    fn default() -> Self {
        let progress = Progress::new(|| Box::pin(pause()));
        let machine = Browser {
            progress: progress.clone(),
        };
        Self {
            core: Rc::new(Mutex::new(Core::new(machine))),
            progress,
            asked: Rc::default(),
        }
    }
}

impl Service {
    /// Does what can wait, once nothing was asked for a while; the next request ends it.
    fn rest_later(&self) {
        let (service, turn) = (self.clone(), self.asked.get());
        wasm_bindgen_futures::spawn_local(async move {
            sleep(IDLE).await;
            let asked = Rc::clone(&service.asked);
            let go_on: Rc<dyn Fn() -> bool> = Rc::new(move || asked.get() == turn);
            if !go_on() || resting::load().await.is_err() {
                return;
            }
            while go_on() {
                let Some(mut core) = service.core.try_lock() else { break };
                let Some(rest) = of_part(resting::rest(&mut core, Rc::clone(&go_on))) else {
                    break;
                };
                if rest.await == Rest::Done {
                    break;
                }
                drop(core);
                pause().await;
            }
        });
    }

    /// Answers a request of a start, if this much of the core can; the others are left to [`later`].
    async fn answer_in_turn(&self, envelope: Vec<u8>, files: Vec<Vec<u8>>) -> Answered {
        let soon = wire::soon_request(&envelope).ok();
        let at_once = soon.as_ref().and_then(|asked| match asked.request {
            SoonRequest::Progress => Some(self.progress.answer(asked.id, &Request::Progress)),
            SoonRequest::Cancel => Some(self.progress.answer(asked.id, &Request::Cancel)),
            _ => None,
        });
        if let (Some(asked), Some(response)) = (&soon, at_once.flatten()) {
            return (soon_bytes(asked.id, Ok(response)), None);
        }
        self.asked.set(self.asked.get() + 1);
        // Held until it is answered, also while the rest of the code comes: requests keep their order.
        let mut core = self.core.lock().await;
        let reply = match &soon {
            Some(asked) => core.answer_soon(asked).await,
            None => None,
        };
        let answered = match reply.map(Reply::soon) {
            Some(Ok(reply)) => (wire::soon_reply_bytes(&reply).unwrap_or_default(), None),
            Some(Err(_)) | None => answer_later(&mut core, envelope, files).await,
        };
        drop(core);
        if soon.is_some_and(|asked| matches!(asked.request, SoonRequest::Today(_))) {
            // The window draws what it was told before this takes a processor from it. Whoever asks for it sooner gets it sooner.
            wasm_bindgen_futures::spawn_local(async {
                sleep(AFTER_TODAY).await;
                later::load().await.ok();
            });
        }
        self.rest_later();
        answered
    }
}

async fn answer_later(core: &mut Core<Browser>, envelope: Vec<u8>, files: Vec<Vec<u8>>) -> Answered {
    let id = wire::reply_id(&envelope).unwrap_or_default();
    let answer = match later::load().await {
        Ok(()) => of_part(later::answer(core, envelope, files)),
        Err(PartMissing) => None,
    };
    match answer {
        Some(answer) => answer.await,
        None => (soon_bytes(id, Err(PartMissing.into())), None),
    }
}

impl Answers for Service {
    fn answer(&self, envelope: Vec<u8>, files: Vec<Vec<u8>>) -> Pin<Box<dyn Future<Output = Answered>>> {
        let service = self.clone();
        Box::pin(async move { service.answer_in_turn(envelope, files).await })
    }
}

/// The bytes of a short answer.
fn soon_bytes(id: u32, result: Result<Response, Failure>) -> Vec<u8> {
    let canary = None;
    let reply = Reply { id, result, canary }.soon();
    let bytes = reply.ok().and_then(|reply| wire::soon_reply_bytes(&reply).ok());
    bytes.unwrap_or_default()
}
