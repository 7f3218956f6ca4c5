//! The core behind its message port: one registry, one request at a time.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use futures_util::lock::Mutex;

use crate::journal::RegistryId;
use crate::platform::WebCrypto;
use crate::registry::{Core, Envelope, Failure, Machine, Reply};
use crate::store::{MemoryStore, StoreError};
use crate::vault::{Entropy, EntropyError};

/// The browser, as the core sees it.
#[derive(Clone, Default)]
struct Browser {
    stores: Rc<RefCell<BTreeMap<RegistryId, MemoryStore>>>,
}

impl Machine for Browser {
    type Store = MemoryStore;
    type Aead = WebCrypto;

    fn aead(&self) -> WebCrypto {
        WebCrypto
    }
    fn entropy(&self) -> Box<dyn Entropy> {
        Box::new(|bytes: &mut [u8]| getrandom::fill(bytes).map_err(|_none| EntropyError))
    }
    async fn create(&self, registry: RegistryId) -> Result<MemoryStore, StoreError> {
        let store = MemoryStore::new();
        self.stores.borrow_mut().insert(registry, store.clone());
        Ok(store)
    }
    async fn open(&self, registry: RegistryId) -> Result<MemoryStore, StoreError> {
        self.stores.borrow().get(&registry).cloned().ok_or(StoreError::Missing)
    }
    async fn databases(&self) -> Vec<RegistryId> {
        self.stores.borrow().keys().copied().collect()
    }
    async fn storage(&self) -> (Option<bool>, Option<u64>, Option<u64>) {
        (None, None, None)
    }
}

/// The core of this context: a worker's, or the window's own where workers are refused.
#[derive(Clone)]
pub struct Service(Rc<Mutex<Core<Browser>>>);

impl Default for Service {
    fn default() -> Self {
        Self(Rc::new(Mutex::new(Core::new(Browser::default()))))
    }
}

impl Service {
    /// Answers one request. Requests are carried out one after the other, in the order of the calls.
    pub async fn answer(&self, envelope: String, files: Vec<Vec<u8>>) -> (String, Option<Vec<u8>>) {
        let (reply, file) = match serde_json::from_str::<Envelope>(&envelope) {
            Ok(envelope) => self.0.lock().await.answer(envelope, files).await,
            Err(_unreadable) => (unreadable(), None),
        };
        (serde_json::to_string(&reply).unwrap_or_default(), file)
    }
}

fn unreadable() -> Reply {
    let failure = Failure::Browser("The request could not be read. Reload the page.".to_owned());
    Reply { id: 0, result: Err(failure), canary: None }
}
