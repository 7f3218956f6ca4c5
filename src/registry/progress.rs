//! How far long work is, and whether whoever asked for it wants it to end.
//!
//! The queue is held while a request is carried out, so this lies beside it: [`Request::Progress`] and
//! [`Request::Cancel`] are answered from here, at once. Work tells how far it is between its bounded steps; telling
//! also lets messages come in.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::api::{Failure, Request, Response};

/// Resolves once messages that wait have been taken in.
pub type Pause = Pin<Box<dyn Future<Output = ()>>>;

/// Work of this many small steps (patients, rows) goes on without letting messages in.
pub(super) const STRIDE: usize = 128;

/// How far long work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done.
    pub done: u64,
    /// How much there is to do; 0 where that is not known.
    pub total: u64,
}

/// What long work is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Reading a file, counted in bytes.
    Reading,
    /// Reading a workbook, counted in cells; how many there are is not known.
    Cells,
    /// Reading a sheet's rows, counted in rows.
    Planning,
    /// Comparing a file with what is here, counted in patients.
    Comparing,
    /// Writing where nobody sees it yet, counted in patients.
    Writing,
    /// The one transaction that makes it part of the registry. It can't be stopped any more.
    Publishing,
    /// Folding records into what every list reads, counted in patients. It changes nothing that is stored.
    Folding,
    /// Putting a file together that leaves, counted in patients.
    Collecting,
    /// Looking whether every record can be read, counted in records.
    Checking,
}

impl Stage {
    /// Whether work can be given up here with nothing half done.
    pub fn can_be_cancelled(self) -> bool {
        !matches!(self, Stage::Publishing | Stage::Folding)
    }
}

/// The state of long work, shared between the queue and what stands beside it. A clone is another handle.
#[derive(Clone)]
pub struct Progress(Rc<Shared>);

struct Shared {
    work: Cell<Option<Work>>,
    /// The number of the request that is being carried out.
    request: Cell<u32>,
    /// Requests with smaller numbers are to end.
    cancelled_before: Cell<u32>,
    pause: Box<dyn Fn() -> Pause>,
}

impl Default for Progress {
    fn default() -> Self {
        Self::new(|| Box::pin(std::future::ready(())))
    }
}

impl Progress {
    /// Nothing is being done yet. `pause` lets messages in.
    pub fn new(pause: impl Fn() -> Pause + 'static) -> Self {
        Self(Rc::new(Shared {
            work: Cell::new(None),
            request: Cell::new(0),
            cancelled_before: Cell::new(0),
            pause: Box::new(pause),
        }))
    }

    /// Answers what needs no queue; anything else is `None`. Cancelling means every request with a smaller number
    /// than this one's, also one that is still waiting for its turn; work that was published stays.
    pub fn answer(&self, number: u32, request: &Request) -> Option<Response> {
        match request {
            Request::Progress => Some(Response::Progress(self.work())),
            Request::Cancel => {
                self.0.cancelled_before.set(number);
                Some(Response::Progress(self.work()))
            }
            _ => None,
        }
    }

    /// How far the work is; `None` when nothing long is being done.
    pub fn work(&self) -> Option<Work> {
        self.0.work.get()
    }

    /// A request begins.
    pub(super) fn begin(&self, number: u32) {
        self.0.request.set(number);
        self.0.work.set(None);
    }

    /// It ended.
    pub(super) fn end(&self) {
        self.0.work.set(None);
    }

    /// Notes how far the work is, for whoever asks at the next pause.
    pub(super) fn note(&self, stage: Stage, done: usize, total: usize) {
        let (done, total) = (done as u64, total as u64);
        self.0.work.set(Some(Work { stage, done, total }));
    }

    /// Notes how far the work is, lets messages in, and ends the work when that was asked for.
    ///
    /// # Errors
    /// [`Failure::Cancelled`].
    pub(super) async fn step(&self, stage: Stage, done: usize, total: usize) -> Result<(), Failure> {
        self.note(stage, done, total);
        (self.0.pause)().await;
        if self.0.request.get() < self.0.cancelled_before.get() {
            return Err(Failure::Cancelled);
        }
        Ok(())
    }
}
