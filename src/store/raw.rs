//! Raw records: what a place to keep bytes must be able to do, and nothing about what the bytes mean.

use std::fmt;
use std::future::Future;

use thiserror::Error;

/// The areas of one registry's database: one object store each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// The head and the key file.
    Meta,
    /// Head pages: which segments hold which chart.
    Index,
    /// Sealed, compressed entries.
    Segments,
    /// Flowsheets, 32 to a page.
    Pages,
    /// Forms that were begun and not saved yet.
    Drafts,
    /// What was written down while locked.
    Inbox,
    /// What each import wrote, published or hidden.
    Batches,
}

impl Area {
    /// All areas, in the order of their names in the database.
    pub const ALL: [Area; 7] = [
        Self::Meta,
        Self::Index,
        Self::Segments,
        Self::Pages,
        Self::Drafts,
        Self::Inbox,
        Self::Batches,
    ];

    /// The object store's name, which is also authenticated with every record that is sealed for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Index => "index",
            Self::Segments => "segments",
            Self::Pages => "pages",
            Self::Drafts => "drafts",
            Self::Inbox => "inbox",
            Self::Batches => "batches",
        }
    }
}

/// A record's key within its area. Visible to whoever takes the database: ids and numbers only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(String);

impl Key {
    /// A key of given text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
    /// A key for a number; text order is number order.
    pub fn number(number: u64) -> Self {
        Self(format!("{number:016x}"))
    }
    /// The key's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The head's key, in [`Area::Meta`].
    pub fn head() -> Self {
        Self::new("head")
    }
    /// The key file's key, in [`Area::Meta`].
    pub fn key_file() -> Self {
        Self::new("keys")
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One record to write.
#[derive(Clone, PartialEq, Eq)]
pub struct Put {
    /// Where.
    pub area: Area,
    /// Under which key.
    pub key: Key,
    /// What.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Put {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Put({} {}, {} bytes)", self.area.name(), self.key, self.bytes.len())
    }
}

/// What the stored head must be for a transaction to go through. The head is the guard: tab locks are courtesy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// The records lie outside the head: drafts, the inbox, batches that nobody sees yet.
    Anything,
    /// No head at all: the registry is being made.
    NoHead,
    /// Exactly these bytes.
    Head(Vec<u8>),
}

impl Expect {
    /// Whether the stored head is as expected.
    pub fn allows(&self, stored: Option<&[u8]>) -> bool {
        match self {
            Self::Anything => true,
            Self::NoHead => stored.is_none(),
            Self::Head(expected) => stored == Some(expected.as_slice()),
        }
    }
}

/// Writes that happen together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// What the head must be.
    pub expect: Expect,
    /// Records to write, replacing any of the same key.
    pub puts: Vec<Put>,
    /// Records to remove, after the puts; a missing one is not an error.
    pub deletes: Vec<(Area, Key)>,
}

impl Transaction {
    /// An empty transaction.
    pub fn new(expect: Expect) -> Self {
        Self {
            expect,
            puts: Vec::new(),
            deletes: Vec::new(),
        }
    }
    /// With one more record.
    pub fn put(mut self, area: Area, key: Key, bytes: Vec<u8>) -> Self {
        self.puts.push(Put { area, key, bytes });
        self
    }
    /// With one record less.
    pub fn delete(mut self, area: Area, key: Key) -> Self {
        self.deletes.push((area, key));
        self
    }
}

/// Why a store did not do what it was asked. After every one but [`StoreError::Closed`] nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// Another tab wrote in between: read again, then decide again.
    #[error("another tab has changed the registry")]
    HeadMoved,
    /// The browser gives no more room.
    #[error("the browser gives this page no more storage")]
    Quota,
    /// The connection is gone. Whether the transaction went through is not known until the head is read.
    #[error("the connection to the browser's storage was lost")]
    Closed,
    /// Written by a newer Caseload. Nothing was read.
    #[error("the database has version {found}; this version of Caseload reads {supported}")]
    Newer {
        /// Version found.
        found: u32,
        /// Version that this code reads.
        supported: u32,
    },
    /// Another tab holds an older version of the database open.
    #[error("another tab must be closed first")]
    Blocked,
    /// A known registry's database isn't there. It was not created.
    #[error("the registry's database is not there")]
    Missing,
    /// A new registry's database is there already. It was not touched.
    #[error("a database of this registry is there already")]
    Exists,
    /// The browser can't open its own files.
    #[error("the browser can't open its storage")]
    Damaged,
    /// The browser gives this page no storage at all.
    #[error("this browser gives this page no storage")]
    Unavailable,
    /// The transaction was aborted; the browser's name for the reason.
    #[error("the browser aborted the transaction ({0})")]
    Aborted(String),
}

/// A place to keep records. Bytes only: it seals nothing and opens nothing.
///
/// Implementations answer [`StoreError::Closed`] when their connection is lost, and work again after [`Store::reopen`]. A clone is
/// another handle to the same records.
pub trait Store: Clone {
    /// One record.
    fn get(&self, area: Area, key: &Key) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>>;
    /// Several records of one area, in the order asked for, as of one moment.
    fn get_many(&self, area: Area, keys: &[Key]) -> impl Future<Output = Result<Vec<Option<Vec<u8>>>, StoreError>>;
    /// All records of an area, by key.
    fn all(&self, area: Area) -> impl Future<Output = Result<Vec<(Key, Vec<u8>)>, StoreError>>;
    /// All keys of an area, in order.
    fn keys(&self, area: Area) -> impl Future<Output = Result<Vec<Key>, StoreError>>;
    /// Reads the head, compares it, writes all or nothing, and answers only when it is on the disk. Must await nothing
    /// but its own requests.
    fn commit(&self, transaction: &Transaction) -> impl Future<Output = Result<(), StoreError>>;
    /// Connects again after [`StoreError::Closed`].
    fn reopen(&self) -> impl Future<Output = Result<(), StoreError>>;
}
