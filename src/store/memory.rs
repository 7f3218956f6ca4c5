//! The memory twin: the same behaviour without a browser. For tests, and for a packet that is read and not kept.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::raw::{Area, Key, Store, StoreError, Transaction};

type Records = BTreeMap<(Area, Key), Vec<u8>>;

/// Records in memory. A clone is another connection to the same records.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    records: Rc<RefCell<Records>>,
}

impl MemoryStore {
    /// A store without records.
    pub fn new() -> Self {
        Self::default()
    }
    /// A store with the same records as this one has now, and its own from here on.
    pub fn copy(&self) -> Self {
        Self {
            records: Rc::new(RefCell::new(self.records.borrow().clone())),
        }
    }
}

impl Store for MemoryStore {
    async fn get(&self, area: Area, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.records.borrow().get(&(area, key.clone())).cloned())
    }

    async fn get_many(&self, area: Area, keys: &[Key]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let records = self.records.borrow();
        Ok(keys
            .iter()
            .map(|key| records.get(&(area, key.clone())).cloned())
            .collect())
    }

    async fn all(&self, area: Area) -> Result<Vec<(Key, Vec<u8>)>, StoreError> {
        let records = self.records.borrow();
        let of_area = records.iter().filter(|((found, _), _)| *found == area);
        Ok(of_area.map(|((_, key), bytes)| (key.clone(), bytes.clone())).collect())
    }

    async fn keys(&self, area: Area) -> Result<Vec<Key>, StoreError> {
        let records = self.records.borrow();
        Ok(records
            .keys()
            .filter(|(found, _)| *found == area)
            .map(|(_, key)| key.clone())
            .collect())
    }

    async fn commit(&self, transaction: &Transaction) -> Result<(), StoreError> {
        let mut records = self.records.borrow_mut();
        let head = records.get(&(Area::Meta, Key::head()));
        if !transaction.expect.allows(head.map(Vec::as_slice)) {
            return Err(StoreError::HeadMoved);
        }
        for put in &transaction.puts {
            records.insert((put.area, put.key.clone()), put.bytes.clone());
        }
        for delete in &transaction.deletes {
            records.remove(delete);
        }
        Ok(())
    }

    async fn reopen(&self) -> Result<(), StoreError> {
        Ok(())
    }
}
