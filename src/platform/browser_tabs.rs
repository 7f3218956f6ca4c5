//! Tabs by Web Locks and a broadcast channel, in a window or a worker.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::{Either, select};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BroadcastChannel, MessageEvent};

use super::tabs::{Claim, Tabs, Told};
use crate::journal::RegistryId;

/// The tabs of this browser.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserTabs;

/// Being the tab that writes.
pub struct Turn {
    /// Fulfils the promise that the browser holds the lock for. `None` where the browser has no locks.
    release: Option<Function>,
    ended: Rc<Cell<bool>>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.ended.set(true);
        if let Some(release) = &self.release {
            let _released = release.call0(&JsValue::NULL);
        }
    }
}

/// Hearing what other tabs tell.
pub struct Ear {
    channel: BroadcastChannel,
    _run: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

fn name(registry: RegistryId) -> String {
    format!("caseload-{registry}")
}

/// `navigator.locks.request`, with its object.
fn locks() -> Option<(JsValue, Function)> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}

impl Tabs for BrowserTabs {
    type Turn = Turn;
    type Ear = Ear;

    async fn claim(&self, registry: RegistryId, claim: Claim, on_lost: impl FnOnce() + 'static) -> Option<Turn> {
        let ended = Rc::new(Cell::new(false));
        let Some((locks, request)) = locks() else {
            // A browser without locks: every tab may write, and the head guards.
            return Some(Turn { release: None, ended });
        };
        let options = Object::new();
        let option = match claim {
            Claim::IfFree => "ifAvailable",
            Claim::TakeOver => "steal",
        };
        Reflect::set(&options, &option.into(), &JsValue::TRUE).ok()?;
        // The lock is held until this promise is fulfilled.
        let mut release = None;
        let held = Promise::new(&mut |fulfil, _reject| release = Some(fulfil));
        let mut tell_granted = None;
        let granted = Promise::new(&mut |fulfil, _reject| tell_granted = Some(fulfil));
        let tell_granted = tell_granted?;
        let callback = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let is_granted = !lock.is_null();
            let _told = tell_granted.call1(&JsValue::NULL, &JsValue::from_bool(is_granted));
            if is_granted { held.into() } else { JsValue::UNDEFINED }
        });
        let lasting: Promise = request
            .call3(&locks, &name(registry).into(), &options, &callback)
            .ok()?
            .dyn_into()
            .ok()?;
        let lasting = JsFuture::from(lasting);
        let (granted, lasting) = match select(JsFuture::from(granted), lasting).await {
            Either::Left((granted, lasting)) => (granted.ok()?.is_truthy(), lasting),
            // It ended before it was granted: the browser refused.
            Either::Right(_) => return None,
        };
        if !granted {
            return None;
        }
        let was_ended = Rc::clone(&ended);
        spawn_local(async move {
            // Ends well when this tab lets go, and with an error when another tab takes over.
            if lasting.await.is_err() && !was_ended.get() {
                on_lost();
            }
        });
        Some(Turn { release, ended })
    }

    fn tell(&self, registry: RegistryId, told: Told) {
        let Ok(channel) = BroadcastChannel::new(&name(registry)) else {
            return;
        };
        if let Ok(text) = serde_json::to_string(&told) {
            let _told = channel.post_message(&text.into());
        }
        channel.close();
    }

    fn hear(&self, registry: RegistryId, run: impl Fn(Told) + 'static) -> Option<Ear> {
        let channel = BroadcastChannel::new(&name(registry)).ok()?;
        let closure = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let told = event
                .data()
                .as_string()
                .and_then(|text| serde_json::from_str(&text).ok());
            if let Some(told) = told {
                run(told);
            }
        });
        channel.set_onmessage(Some(closure.as_ref().unchecked_ref()));
        Some(Ear { channel, _run: closure })
    }
}
