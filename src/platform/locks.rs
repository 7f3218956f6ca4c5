//! Locks between the tabs of one address: the browser's Web Locks (<https://w3c.github.io/web-locks/>).
//!
//! web-sys has them behind a build flag for unstable interfaces, so the one call that is needed is bound here.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

#[wasm_bindgen]
extern "C" {
    /// The browser's lock manager.
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &Object, held: &Function) -> Result<Promise, JsValue>;
}

/// The locks of this address.
#[derive(Clone)]
pub struct Locks(LockManager);

impl Clone for LockManager {
    fn clone(&self) -> Self {
        self.obj.clone().unchecked_into()
    }
}

/// Why there is no lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoLock {
    /// The browser refuses locks on this page, or the wait was given up.
    #[error("the browser gave no lock")]
    Refused,
}

/// A lock that this page holds, until the page ends, lets it go, or another takes it.
pub struct Held {
    /// Settles when the lock is gone.
    over: Promise,
}

/// How a lock ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Another tab took it.
    Taken,
    /// This page let it go.
    LetGo,
}

impl Held {
    /// Waits until the lock is gone.
    pub async fn end(self) -> End {
        match JsFuture::from(self.over).await {
            Ok(_released) => End::LetGo,
            Err(_stolen) => End::Taken,
        }
    }
}

thread_local! {
    /// What lets go of the lock that was granted last; a page holds one at most.
    static LET_GO: Cell<Option<Function>> = const { Cell::new(None) };
}

/// Lets go of the lock that this page holds, if it does: nothing is written here any more, and another tab may.
pub fn let_go() {
    if let Some(let_go) = LET_GO.take() {
        let _gone = let_go.call0(&JsValue::NULL);
    }
}

impl Locks {
    /// The locks of this page; `None` where the browser has none, as on pages without a secure address.
    pub fn here() -> Option<Self> {
        let navigator = Reflect::get(&js_sys::global(), &JsValue::from_str("navigator")).ok()?;
        let locks = Reflect::get(&navigator, &JsValue::from_str("locks")).ok()?;
        let is_there = Reflect::get(&locks, &JsValue::from_str("request")).is_ok_and(|call| call.is_function());
        is_there.then(|| Self(locks.unchecked_into()))
    }

    /// Takes a lock if it is free; `None` if another tab holds it.
    ///
    /// # Errors
    /// [`NoLock::Refused`] when the browser gives this page no locks.
    pub async fn take_free(&self, name: &str) -> Result<Option<Held>, NoLock> {
        let options = Object::new();
        set(&options, "ifAvailable", &JsValue::TRUE);
        self.ask(name, &options).await
    }

    /// Waits for a lock until it is this page's turn, or until `until` gives up.
    ///
    /// # Errors
    /// [`NoLock::Refused`] when it was given up.
    pub async fn wait(&self, name: &str, until: &AbortController) -> Result<Held, NoLock> {
        let options = Object::new();
        set(&options, "signal", &until.signal());
        self.ask(name, &options).await?.ok_or(NoLock::Refused)
    }

    /// Takes a lock from whoever holds it; they are told.
    ///
    /// # Errors
    /// [`NoLock::Refused`] when the browser gives this page no locks.
    pub async fn steal(&self, name: &str) -> Result<Held, NoLock> {
        let options = Object::new();
        set(&options, "steal", &JsValue::TRUE);
        self.ask(name, &options).await?.ok_or(NoLock::Refused)
    }

    /// Asks for a lock. It is held for as long as the promise that the browser is given doesn't settle.
    async fn ask(&self, name: &str, options: &Object) -> Result<Option<Held>, NoLock> {
        let settle: Rc<RefCell<Option<Function>>> = Rc::default();
        let granted = Promise::new(&mut |granted, _reject| {
            settle.replace(Some(granted));
        });
        let held = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if let Some(granted) = settle.take() {
                let _told = granted.call1(&JsValue::NULL, &lock);
            }
            match lock.is_null() {
                true => JsValue::UNDEFINED,
                false => Promise::new(&mut |release, _reject| LET_GO.set(Some(release))).into(),
            }
        });
        let over = self.0.request(name, options, held.unchecked_ref());
        let over = over.map_err(|_refused| NoLock::Refused)?;
        // A request that is refused or given up settles without ever having been granted.
        let first = Promise::race(&Array::of2(&granted, &over));
        let lock = JsFuture::from(first).await.map_err(|_refused| NoLock::Refused)?;
        Ok((!lock.is_null()).then_some(Held { over }))
    }
}

/// Sets a property of an object that was just made; that can't fail.
fn set(object: &Object, name: &str, value: &JsValue) {
    let _set = Reflect::set(object, &JsValue::from_str(name), value);
}
