//! IndexedDB: one database a registry.
//!
//! Nothing is awaited inside a transaction: all its requests are made at once, a commit's in the very event that brings the stored
//! head, and only then its `complete` or `abort` is waited for. So no engine can end a transaction half-way (Firefox and WebKit do
//! that to one that waits for anything else). An error anywhere aborts; `complete` of a strict transaction is the only success.
//!
//! A connection that the browser closes, or that another tab needs closed for an upgrade, is forgotten at once and answered with
//! [`StoreError::Closed`] until it is reopened.

mod events;
mod open;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction};

use super::raw::{Area, Expect, Key, Store, StoreError, Transaction};
use crate::journal::RegistryId;
use events::{Listener, finished};
use open::{Connection, Intention, connect};

pub use open::{databases, delete_database};

/// One registry's database. A clone shares the connection.
#[derive(Clone)]
pub struct IdbStore {
    registry: RegistryId,
    connection: Rc<RefCell<Option<Connection>>>,
}

impl IdbStore {
    /// Makes the database of a new registry, or takes one that is there: whether it holds a registry already, its head tells.
    pub async fn create(registry: RegistryId) -> Result<Self, StoreError> {
        Self::connected(registry, Intention::Create).await
    }

    /// Opens a known registry's database. One that isn't there is [`StoreError::Missing`], and is not made.
    pub async fn open(registry: RegistryId) -> Result<Self, StoreError> {
        Self::connected(registry, Intention::Open).await
    }

    async fn connected(registry: RegistryId, intention: Intention) -> Result<Self, StoreError> {
        let store = Self {
            registry,
            connection: Rc::default(),
        };
        store.connect(intention).await?;
        Ok(store)
    }

    async fn connect(&self, intention: Intention) -> Result<(), StoreError> {
        self.close();
        let lost = Rc::downgrade(&self.connection);
        // The browser closes the connection: what comes next must notice.
        let on_lost = move || {
            if let Some(connection) = lost.upgrade() {
                connection.borrow_mut().take();
            }
        };
        let connection = connect(self.registry, intention, on_lost).await?;
        *self.connection.borrow_mut() = Some(connection);
        Ok(())
    }

    /// Closes the connection; everything after is [`StoreError::Closed`] until it is reopened.
    pub fn close(&self) {
        self.connection.borrow_mut().take();
    }

    fn database(&self) -> Result<IdbDatabase, StoreError> {
        let connection = self.connection.borrow();
        Ok(connection.as_ref().ok_or(StoreError::Closed)?.database())
    }

    /// A transaction over some areas. A connection that is closing refuses: it is lost.
    fn transaction(&self, areas: &[Area], mode: Mode) -> Result<IdbTransaction, StoreError> {
        let database = self.database()?;
        let names: Array = areas.iter().map(|area| JsValue::from_str(area.name())).collect();
        let begun = match mode {
            Mode::Read => database.transaction_with_str_sequence(&names),
            Mode::Write => begin_strict(&database, &names),
        };
        begun.map_err(|error| {
            self.close();
            reason(&error)
        })
    }

    async fn read(&self, area: Area, ask: impl Fn(&IdbObjectStore) -> Asked) -> Result<Vec<JsValue>, StoreError> {
        let transaction = self.transaction(&[area], Mode::Read)?;
        let done = finished(&transaction);
        let requests = transaction.object_store(area.name()).and_then(|store| ask(&store));
        let requests = requests.map_err(|error| reason(&error))?;
        if requests.is_empty() {
            return Ok(Vec::new());
        }
        done.await?;
        requests
            .iter()
            .map(|request| request.result().map_err(|error| reason(&error)))
            .collect()
    }
}

type Asked = Result<Vec<IdbRequest>, JsValue>;

#[derive(Clone, Copy)]
enum Mode {
    Read,
    Write,
}

/// A read-write transaction with strict durability. `web_sys` has the options only behind a flag, so the method is called by name.
fn begin_strict(database: &IdbDatabase, names: &Array) -> Result<IdbTransaction, JsValue> {
    let options = js_sys::Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let method: js_sys::Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    Ok(method
        .call3(database, names, &"readwrite".into(), &options)?
        .unchecked_into())
}

impl Store for IdbStore {
    async fn get(&self, area: Area, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self.get_many(area, std::slice::from_ref(key)).await?;
        Ok(found.into_iter().next().flatten())
    }

    async fn get_many(&self, area: Area, keys: &[Key]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let ask = |store: &IdbObjectStore| keys.iter().map(|key| store.get(&key.as_str().into())).collect();
        let found = self.read(area, ask).await?;
        Ok(found.iter().map(bytes).collect())
    }

    async fn all(&self, area: Area) -> Result<Vec<(Key, Vec<u8>)>, StoreError> {
        let found = self
            .read(area, |store| Ok(vec![store.get_all_keys()?, store.get_all()?]))
            .await?;
        let [keys, values] = found.as_slice() else {
            return Ok(Vec::new());
        };
        let (keys, values) = (Array::from(keys), Array::from(values));
        Ok(keys
            .iter()
            .zip(values.iter())
            .filter_map(|(key, value)| Some((Key::new(key.as_string()?), bytes(&value).unwrap_or_default())))
            .collect())
    }

    async fn keys(&self, area: Area) -> Result<Vec<Key>, StoreError> {
        let found = self.read(area, |store| Ok(vec![store.get_all_keys()?])).await?;
        let keys = found
            .iter()
            .flat_map(|keys| Array::from(keys).iter().collect::<Vec<_>>());
        Ok(keys.filter_map(|key| key.as_string().map(Key::new)).collect())
    }

    async fn commit(&self, wanted: &Transaction) -> Result<(), StoreError> {
        let mut areas: Vec<Area> = wanted.puts.iter().map(|put| put.area).collect();
        areas.extend(wanted.deletes.iter().map(|(area, _)| *area));
        areas.push(Area::Meta);
        areas.sort_unstable();
        areas.dedup();
        let transaction = self.transaction(&areas, Mode::Write)?;
        let done = finished(&transaction);
        let writes = Writes::of(wanted);
        let refused = Rc::new(RefCell::new(None));
        let asked = {
            let (transaction, refused) = (transaction.clone(), Rc::clone(&refused));
            transaction
                .clone()
                .object_store(Area::Meta.name())
                .and_then(|meta| meta.get(&Key::head().as_str().into()))
                .map(|head| {
                    let on_head = move |request: &IdbRequest| {
                        let error = writes.carry_out(&transaction, request).err();
                        if error.is_some() {
                            *refused.borrow_mut() = error;
                            // Aborting what is aborting already throws; it ends the same way.
                            let _aborted = transaction.abort();
                        }
                    };
                    Listener::on_success(&head, on_head)
                })
        };
        let listening = match asked {
            Ok(listening) => listening,
            Err(error) => {
                let _aborted = transaction.abort();
                return Err(reason(&error));
            }
        };
        let outcome = done.await;
        drop(listening);
        match refused.take() {
            Some(refusal) => Err(refusal),
            None => outcome.inspect_err(|error| {
                if *error == StoreError::Closed {
                    self.close();
                }
            }),
        }
    }

    async fn reopen(&self) -> Result<(), StoreError> {
        self.connect(Intention::Open).await
    }
}

/// A transaction's records, made ready for the browser before it begins.
struct Writes {
    expect: Expect,
    puts: Vec<(Area, JsValue, Uint8Array)>,
    deletes: Vec<(Area, JsValue)>,
}

impl Writes {
    fn of(wanted: &Transaction) -> Self {
        let key = |key: &Key| JsValue::from_str(key.as_str());
        let puts = wanted
            .puts
            .iter()
            .map(|put| (put.area, key(&put.key), Uint8Array::from(put.bytes.as_slice())));
        Self {
            expect: wanted.expect.clone(),
            puts: puts.collect(),
            deletes: wanted.deletes.iter().map(|(area, at)| (*area, key(at))).collect(),
        }
    }

    /// Compares the head that the request brought, and makes all requests.
    fn carry_out(&self, transaction: &IdbTransaction, head: &IdbRequest) -> Result<(), StoreError> {
        let stored = head
            .result()
            .map(|value| bytes(&value))
            .map_err(|error| reason(&error))?;
        if !self.expect.allows(stored.as_deref()) {
            return Err(StoreError::HeadMoved);
        }
        self.ask(transaction).map_err(|error| reason(&error))
    }

    fn ask(&self, transaction: &IdbTransaction) -> Result<(), JsValue> {
        for (area, key, value) in &self.puts {
            transaction.object_store(area.name())?.put_with_key(value, key)?;
        }
        for (area, key) in &self.deletes {
            transaction.object_store(area.name())?.delete(key)?;
        }
        Ok(())
    }
}

/// A stored value's bytes; `None` when there is none.
fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

/// What a browser's error means for the caller.
fn reason(error: &JsValue) -> StoreError {
    let name = Reflect::get(error, &"name".into())
        .ok()
        .and_then(|name| name.as_string())
        .unwrap_or_default();
    match name.as_str() {
        "QuotaExceededError" => StoreError::Quota,
        // A closing or lost connection; WebKit calls the latter `UnknownError`.
        "InvalidStateError" | "UnknownError" | "TransactionInactiveError" => StoreError::Closed,
        _ => StoreError::Aborted(name),
    }
}
