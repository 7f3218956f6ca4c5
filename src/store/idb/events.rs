//! Events as futures.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use wasm_bindgen::prelude::*;
use web_sys::{Event, IdbRequest, IdbTransaction};

use super::reason;
use crate::store::raw::StoreError;

/// A value that an event brings. Dropping the last sender without one leaves the future waiting, so each is kept by its listener.
pub(super) struct Signal<T> {
    shared: Rc<RefCell<Shared<T>>>,
}

struct Shared<T> {
    value: Option<T>,
    waker: Option<Waker>,
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        Self {
            shared: Rc::clone(&self.shared),
        }
    }
}

impl<T> Signal<T> {
    pub fn new() -> Self {
        Self {
            shared: Rc::new(RefCell::new(Shared {
                value: None,
                waker: None,
            })),
        }
    }

    /// Sets the value; the first one counts.
    pub fn set(&self, value: T) {
        let mut shared = self.shared.borrow_mut();
        shared.value.get_or_insert(value);
        if let Some(waker) = shared.waker.take() {
            waker.wake();
        }
    }
}

impl<T> Future for Signal<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut shared = self.shared.borrow_mut();
        match shared.value.take() {
            Some(value) => Poll::Ready(value),
            None => {
                shared.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

/// Something that listens until it is dropped.
pub(super) struct Listener {
    stop: Box<dyn Fn()>,
    _closures: Vec<Closure<dyn FnMut(Event)>>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        (self.stop)();
    }
}

impl Listener {
    pub fn new(closures: Vec<Closure<dyn FnMut(Event)>>, stop: impl Fn() + 'static) -> Self {
        Self {
            stop: Box::new(stop),
            _closures: closures,
        }
    }

    /// Runs once a request has succeeded, inside its event, while its transaction is active.
    pub fn on_success(request: &IdbRequest, run: impl Fn(&IdbRequest) + 'static) -> Self {
        let of = request.clone();
        let closure = closure(move |_event| run(&of));
        request.set_onsuccess(Some(closure.as_ref().unchecked_ref()));
        let request = request.clone();
        Self::new(vec![closure], move || request.set_onsuccess(None))
    }
}

pub(super) fn closure(run: impl FnMut(Event) + 'static) -> Closure<dyn FnMut(Event)> {
    Closure::new(run)
}

/// How a transaction ends. To be called before its first request, so that no event is missed.
pub(super) fn finished(transaction: &IdbTransaction) -> impl Future<Output = Result<(), StoreError>> + use<> {
    let signal = Signal::new();
    let completed = signal.clone();
    let on_complete = closure(move |_event| completed.set(Ok(())));
    let (aborted, of) = (signal.clone(), transaction.clone());
    let on_abort = closure(move |_event| {
        // Without a reason of its own it was aborted from outside: by this code, or by the browser closing the connection.
        aborted.set(Err(of.error().map_or(StoreError::Closed, |error| reason(&error))));
    });
    transaction.set_oncomplete(Some(on_complete.as_ref().unchecked_ref()));
    transaction.set_onabort(Some(on_abort.as_ref().unchecked_ref()));
    let transaction = transaction.clone();
    let listener = Listener::new(vec![on_complete, on_abort], move || {
        transaction.set_oncomplete(None);
        transaction.set_onabort(None);
    });
    async move {
        let outcome = signal.await;
        drop(listener);
        outcome
    }
}
