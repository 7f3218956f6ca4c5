//! A store whose operations fail on command: what SQLite's tests do to the disk, here to the browser's storage.

use std::cell::Cell;
use std::rc::Rc;

use super::raw::{Area, Key, Store, StoreError, Transaction};

/// How an operation fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The browser aborts the transaction.
    Abort,
    /// There is no more room.
    Quota,
    /// The connection is lost before anything happened.
    Closed,
    /// The connection is lost after the write went through: nobody hears of it.
    AnswerLost,
}

/// Whether it fails again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Only this operation.
    Once,
    /// This and every later one, reconnecting included.
    Forever,
}

/// Which operation fails, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The operation, counted from 0 since the fault was set.
    pub at: u64,
    /// How.
    pub kind: FaultKind,
    /// Whether again.
    pub repeat: Repeat,
}

#[derive(Debug, Default)]
struct Plan {
    fault: Cell<Option<Fault>>,
    done: Cell<u64>,
}

/// A store that passes everything on, but for the operation that is to fail. A clone shares the plan.
#[derive(Clone, Debug)]
pub struct FaultyStore<S> {
    inner: S,
    plan: Rc<Plan>,
}

impl<S> FaultyStore<S> {
    /// Wraps a store; nothing fails yet.
    pub fn new(inner: S) -> Self {
        Self {
            inner,
            plan: Rc::default(),
        }
    }
    /// Sets what is to fail and starts counting anew.
    pub fn set(&self, fault: Option<Fault>) {
        self.plan.fault.set(fault);
        self.plan.done.set(0);
    }
    /// Operations since the fault was set.
    pub fn operations(&self) -> u64 {
        self.plan.done.get()
    }
    /// The store inside, which never fails.
    pub fn inner(&self) -> &S {
        &self.inner
    }

    fn next_fault(&self) -> Option<FaultKind> {
        let number = self.plan.done.replace(self.plan.done.get() + 1);
        let fault = self.plan.fault.get()?;
        let due = match fault.repeat {
            Repeat::Once => number == fault.at,
            Repeat::Forever => fault.at <= number,
        };
        due.then_some(fault.kind)
    }

    fn check(&self) -> Result<(), StoreError> {
        self.next_fault().map_or(Ok(()), |kind| Err(error(kind)))
    }
}

fn error(kind: FaultKind) -> StoreError {
    match kind {
        FaultKind::Abort => StoreError::Aborted("AbortError".into()),
        FaultKind::Quota => StoreError::Quota,
        FaultKind::Closed | FaultKind::AnswerLost => StoreError::Closed,
    }
}

impl<S: Store> Store for FaultyStore<S> {
    async fn get(&self, area: Area, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        self.check()?;
        self.inner.get(area, key).await
    }

    async fn get_many(&self, area: Area, keys: &[Key]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        self.check()?;
        self.inner.get_many(area, keys).await
    }

    async fn all(&self, area: Area) -> Result<Vec<(Key, Vec<u8>)>, StoreError> {
        self.check()?;
        self.inner.all(area).await
    }

    async fn keys(&self, area: Area) -> Result<Vec<Key>, StoreError> {
        self.check()?;
        self.inner.keys(area).await
    }

    async fn commit(&self, transaction: &Transaction) -> Result<(), StoreError> {
        match self.next_fault() {
            None => self.inner.commit(transaction).await,
            Some(FaultKind::AnswerLost) => {
                self.inner.commit(transaction).await?;
                Err(StoreError::Closed)
            }
            Some(kind) => Err(error(kind)),
        }
    }

    async fn reopen(&self) -> Result<(), StoreError> {
        self.check()?;
        self.inner.reopen().await
    }
}
