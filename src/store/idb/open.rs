//! Opening, making, listing and deleting databases.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest};

use super::events::{Listener, Signal, closure};
use super::reason;
use crate::journal::RegistryId;
use crate::store::raw::{Area, StoreError};

/// The version of the object stores. Payloads carry their own.
const DATABASE_VERSION: u32 = 1;
const NAME_PREFIX: &str = "caseload-";

/// Whether a database that isn't there may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Intention {
    Create,
    Open,
}

/// An open connection; dropping it closes it.
pub(super) struct Connection {
    database: IdbDatabase,
    _listener: Listener,
}

impl Connection {
    pub fn database(&self) -> IdbDatabase {
        self.database.clone()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.close();
    }
}

fn name(registry: RegistryId) -> String {
    format!("{NAME_PREFIX}{registry}")
}

/// The browser's IndexedDB, in a window as in a worker.
fn factory() -> Result<IdbFactory, StoreError> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into()).unwrap_or_default();
    if factory.is_object() {
        Ok(factory.unchecked_into())
    } else {
        Err(StoreError::Unavailable)
    }
}

pub(super) async fn connect(
    registry: RegistryId,
    intention: Intention,
    on_lost: impl Fn() + 'static,
) -> Result<Connection, StoreError> {
    let request = factory()?
        .open_with_u32(&name(registry), DATABASE_VERSION)
        .map_err(|_security_error| StoreError::Unavailable)?;
    let missing = Rc::new(Cell::new(false));
    let database = match opened(&request, upgrade(&request, intention, Rc::clone(&missing))).await {
        Ok(database) => database,
        Err(_) if missing.get() => return Err(StoreError::Missing),
        Err(Refused::Blocked) => return Err(StoreError::Blocked),
        Err(Refused::Error(error)) => return Err(opening_error(registry, &error).await),
    };
    Ok(watched(database, on_lost))
}

enum Refused {
    Blocked,
    Error(JsValue),
}

/// Waits for a request to open. After `blocked` it isn't waited for any longer; should it succeed later, it is closed again.
async fn opened(
    request: &IdbOpenDbRequest,
    on_upgrade: Closure<dyn FnMut(web_sys::Event)>,
) -> Result<IdbDatabase, Refused> {
    let signal: Signal<Result<IdbDatabase, Refused>> = Signal::new();
    let (succeeded, of) = (signal.clone(), request.clone());
    let on_success = closure(move |_event| {
        succeeded.set(of.result().map(JsCast::unchecked_into).map_err(Refused::Error));
    });
    let (failed, of) = (signal.clone(), request.clone());
    let on_error = closure(move |event| {
        // Handled here: the browser needn't report it on its console.
        event.prevent_default();
        let error = of.error().ok().flatten().map_or(JsValue::NULL, JsValue::from);
        failed.set(Err(Refused::Error(error)));
    });
    let blocked = signal.clone();
    let on_blocked = closure(move |_event| blocked.set(Err(Refused::Blocked)));
    request.set_onsuccess(Some(on_success.as_ref().unchecked_ref()));
    request.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    request.set_onblocked(Some(on_blocked.as_ref().unchecked_ref()));
    request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
    let outcome = signal.await;
    let close_late = Closure::once_into_js({
        let request = request.clone();
        move || {
            if let Ok(database) = request.result() {
                database.unchecked_into::<IdbDatabase>().close();
            }
        }
    });
    let late = matches!(outcome, Err(Refused::Blocked));
    request.set_onsuccess(late.then_some(close_late.unchecked_ref()));
    request.set_onerror(None);
    request.set_onblocked(None);
    request.set_onupgradeneeded(None);
    outcome
}

/// Makes the object stores of a new database. A known registry's database that turns out to be new is not made: its data is lost, and
/// must not be taken for a first run.
fn upgrade(
    request: &IdbOpenDbRequest,
    intention: Intention,
    missing: Rc<Cell<bool>>,
) -> Closure<dyn FnMut(web_sys::Event)> {
    let request = request.clone();
    closure(move |event| {
        let old = Reflect::get(&event, &"oldVersion".into())
            .ok()
            .and_then(|version| version.as_f64());
        let is_new = old == Some(0.0);
        if is_new && intention == Intention::Open {
            missing.set(true);
        }
        let made = !missing.get() && make_areas(&request).is_ok();
        if !made && let Some(transaction) = request.transaction() {
            let _aborted = transaction.abort();
        }
    })
}

fn make_areas(request: &IdbOpenDbRequest) -> Result<(), JsValue> {
    let database: IdbDatabase = request.result()?.unchecked_into();
    let present = database.object_store_names();
    for area in Area::ALL {
        if !present.contains(area.name()) {
            database.create_object_store(area.name())?;
        }
    }
    Ok(())
}

/// Closes when the browser says so, or when another tab wants to upgrade.
fn watched(database: IdbDatabase, on_lost: impl Fn() + 'static) -> Connection {
    let lost = closure(move |_event| on_lost());
    let function = lost.as_ref().unchecked_ref();
    database.set_onclose(Some(function));
    database.set_onversionchange(Some(function));
    let of = database.clone();
    let listener = Listener::new(vec![lost], move || {
        of.set_onclose(None);
        of.set_onversionchange(None);
    });
    Connection {
        database,
        _listener: listener,
    }
}

async fn opening_error(registry: RegistryId, error: &JsValue) -> StoreError {
    let name = Reflect::get(error, &"name".into())
        .ok()
        .and_then(|name| name.as_string())
        .unwrap_or_default();
    match name.as_str() {
        "VersionError" => StoreError::Newer {
            found: stored_version(registry).await,
            supported: DATABASE_VERSION,
        },
        "SecurityError" => StoreError::Unavailable,
        // Chromium's word for files that it can't open: a missing manifest, for one.
        "UnknownError" => StoreError::Damaged,
        _ => reason(error),
    }
}

/// The version of the stored database; nothing in it is read. 0 when that can't be learnt.
async fn stored_version(registry: RegistryId) -> u32 {
    let Ok(request) = factory().and_then(|factory| factory.open(&name(registry)).map_err(|error| reason(&error)))
    else {
        return 0;
    };
    let no_upgrade = closure(|_event| ());
    match opened(&request, no_upgrade).await {
        Ok(database) => {
            let version = database.version();
            database.close();
            // Versions are small whole numbers.
            version as u32
        }
        Err(_) => 0,
    }
}

/// The registries whose databases are in this browser, as far as it tells: not every browser does.
pub async fn databases() -> Vec<RegistryId> {
    let listed = async {
        let factory = factory().ok()?;
        let method: js_sys::Function = Reflect::get(&factory, &"databases".into()).ok()?.dyn_into().ok()?;
        let promise: js_sys::Promise = method.call0(&factory).ok()?.dyn_into().ok()?;
        JsFuture::from(promise).await.ok()
    };
    let listed = listed.await.map(|list| Array::from(&list)).unwrap_or_default();
    let name = |entry: JsValue| Reflect::get(&entry, &"name".into()).ok()?.as_string();
    listed
        .iter()
        .filter_map(name)
        .filter_map(|name| name.strip_prefix(NAME_PREFIX)?.parse().ok())
        .collect()
}

#[wasm_bindgen]
extern "C" {
    /// A worker's as a window's.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(run: &js_sys::Function, millis: i32) -> JsValue;
}

/// How long a deletion waits for a connection that is in its way, in milliseconds.
const GIVES_WAY: i32 = 3_000;

/// Deletes a registry's database with all that is in it: a packet that was read, a training registry, one that did not
/// come to be. The caller has asked.
///
/// `blocked` is not the end of it: a connection that is closing stays until its last transaction is over and the
/// browser's storage process has heard of it, which on a busy machine is after this request. The deletion then goes
/// on by itself, so only a connection that stays is in the way.
pub async fn delete_database(registry: RegistryId) -> Result<(), StoreError> {
    let request = factory()?
        .delete_database(&name(registry))
        .map_err(|error| reason(&error))?;
    let signal = Signal::new();
    let (succeeded, failed, blocked) = (signal.clone(), signal.clone(), signal.clone());
    let on_success = closure(move |_event| succeeded.set(Ok(())));
    let of = request.clone();
    let on_error = closure(move |_event| {
        let error = of.error().ok().flatten().map_or(JsValue::NULL, JsValue::from);
        failed.set(Err(reason(&error)));
    });
    let on_blocked = closure(move |_event| {
        let blocked = blocked.clone();
        let give_up = Closure::once_into_js(move || blocked.set(Err(StoreError::Blocked)));
        let _timer = set_timeout(give_up.unchecked_ref(), GIVES_WAY);
    });
    request.set_onsuccess(Some(on_success.as_ref().unchecked_ref()));
    request.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    request.set_onblocked(Some(on_blocked.as_ref().unchecked_ref()));
    let outcome = signal.await;
    request.set_onsuccess(None);
    request.set_onerror(None);
    request.set_onblocked(None);
    outcome
}
