//! A store that connects again, once, when its connection is lost.

use super::raw::{Area, Key, Put, Store, StoreError, Transaction};

/// Passes everything on; after [`StoreError::Closed`] it reopens and tries once more. A write is tried again only after the head was
/// read: if it is the one that this write was to leave, the write had gone through.
#[derive(Clone, Debug)]
pub(super) struct Reconnecting<S>(pub S);

impl<S: Store> Reconnecting<S> {
    async fn had_gone_through(&self, transaction: &Transaction) -> Result<bool, StoreError> {
        let head = |put: &&Put| put.area == Area::Meta && put.key == Key::head();
        let Some(new) = transaction.puts.iter().find(head) else {
            return Ok(false);
        };
        let stored = self.0.get(Area::Meta, &Key::head()).await?;
        Ok(stored.as_deref() == Some(new.bytes.as_slice()))
    }
}

/// `$read`, and again after reopening if the connection was lost.
macro_rules! twice {
    ($self:ident, $read:expr) => {
        match $read.await {
            Err(StoreError::Closed) => {
                $self.0.reopen().await?;
                $read.await
            }
            other => other,
        }
    };
}

impl<S: Store> Store for Reconnecting<S> {
    async fn get(&self, area: Area, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        twice!(self, self.0.get(area, key))
    }
    async fn get_many(&self, area: Area, keys: &[Key]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        twice!(self, self.0.get_many(area, keys))
    }
    async fn all(&self, area: Area) -> Result<Vec<(Key, Vec<u8>)>, StoreError> {
        twice!(self, self.0.all(area))
    }
    async fn keys(&self, area: Area) -> Result<Vec<Key>, StoreError> {
        twice!(self, self.0.keys(area))
    }
    async fn commit(&self, transaction: &Transaction) -> Result<(), StoreError> {
        let first = self.0.commit(transaction).await;
        if first != Err(StoreError::Closed) {
            return first;
        }
        // Whatever fails from here on, the first try may have gone through: that is what `Closed` says.
        let unknown = |_error: StoreError| StoreError::Closed;
        self.0.reopen().await.map_err(unknown)?;
        if self.had_gone_through(transaction).await.map_err(unknown)? {
            return Ok(());
        }
        self.0.commit(transaction).await
    }
    async fn reopen(&self) -> Result<(), StoreError> {
        self.0.reopen().await
    }
}
