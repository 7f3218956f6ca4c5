//! From a passphrase to a key, in a worker that is thrown away afterwards, its memory with it.
//!
//! Our own copies of passphrase and key are overwritten; what the browser keeps of a message that was sent is gone
//! with the worker or out of our hands.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use zeroize::{Zeroize as _, Zeroizing};

use super::browser;
use super::core::{get, set, start_worker};
use crate::registry::{NewKey, Secret, SlotView};
use crate::vault::{EntropyError, KdfError, KdfRecipe};

/// Why there is no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeriveError {
    /// The person cancelled.
    #[error("Cancelled. Nothing was changed.")]
    Cancelled,
    /// The stored settings of the key are not acceptable, or there is not enough memory.
    #[error("The key could not be made: {0}. Nothing was changed.")]
    Refused(String),
}

/// Ends a derivation that is under way.
#[derive(Clone, Default)]
pub struct Cancel(Rc<RefCell<Option<Stop>>>);

/// Ends the derivation.
type Stop = Box<dyn FnOnce()>;

impl Cancel {
    /// Ends it; without effect when there is none.
    pub fn cancel(&self) {
        let end = self.0.borrow_mut().take();
        if let Some(end) = end {
            end();
        }
    }
}

/// The recipe of a stored key slot.
///
/// # Errors
/// [`DeriveError::Refused`] when the slot's settings are none.
pub fn recipe_of(slot: &SlotView) -> Result<KdfRecipe, DeriveError> {
    let json = serde_json::json!({
        "params": {
            "algorithm": "argon2id",
            "memory_kib": slot.memory_kib,
            "passes": slot.passes,
            "lanes": slot.lanes,
        },
        "salt": slot.salt,
    });
    serde_json::from_value(json).map_err(|error| DeriveError::Refused(error.to_string()))
}

/// Derives the key, as hexadecimal digits.
///
/// The passphrase is brought to Unicode's composed form first, so that it opens from every keyboard.
///
/// # Errors
/// [`DeriveError`]: cancelled, or refused.
pub async fn derive(passphrase: &str, recipe: KdfRecipe, cancel: &Cancel) -> Result<Secret, DeriveError> {
    let composed = Zeroizing::new(String::from(js_sys::JsString::from(passphrase).normalize("NFC")));
    let mut key = match start_worker("kdf").await {
        Some(worker) => in_worker(&worker, &composed, recipe, cancel).await?,
        None => recipe.derive(&composed).map_err(refused)?.0.expose().to_vec(),
    };
    let digits = hex(&key);
    key.zeroize();
    Ok(Secret(digits))
}

/// Derives the key of a new passphrase, with a salt of its own.
///
/// # Errors
/// [`DeriveError`]: cancelled, or refused, also where the browser has no secure randomness.
pub async fn new_key(passphrase: &str, cancel: &Cancel) -> Result<NewKey, DeriveError> {
    let mut random = |bytes: &mut [u8]| browser::fill_random(bytes).then_some(()).ok_or(EntropyError);
    let recipe = KdfRecipe::make(&mut random)
        .map_err(|EntropyError| DeriveError::Refused("this browser gives no secure random numbers".to_owned()))?;
    let salt = Secret(hex(recipe.salt.as_bytes()));
    let key = derive(passphrase, recipe, cancel).await?;
    Ok(NewKey { salt, key })
}

fn refused(error: KdfError) -> DeriveError {
    DeriveError::Refused(error.to_string())
}

async fn in_worker(
    worker: &web_sys::Worker,
    passphrase: &str,
    recipe: KdfRecipe,
    cancel: &Cancel,
) -> Result<Vec<u8>, DeriveError> {
    let answered = js_sys::Promise::new(&mut |settle, _reject| {
        let (by_message, by_error, by_cancel) = (settle.clone(), settle.clone(), settle);
        let message = Closure::once_into_js(move |event: web_sys::MessageEvent| {
            let _settled = by_message.call1(&JsValue::NULL, &event.data());
        });
        worker.set_onmessage(Some(message.unchecked_ref()));
        let error = Closure::once_into_js(move |event: web_sys::Event| {
            event.prevent_default();
            let stopped = js_sys::Object::new();
            set(
                &stopped,
                "problem",
                &JsValue::from_str("there is not enough free memory"),
            );
            let _settled = by_error.call1(&JsValue::NULL, &stopped);
        });
        worker.set_onerror(Some(error.unchecked_ref()));
        *cancel.0.borrow_mut() = Some(Box::new(move || {
            let _settled = by_cancel.call1(&JsValue::NULL, &JsValue::NULL);
        }));
    });
    let bytes = Uint8Array::from(passphrase.as_bytes());
    let message = js_sys::Object::new();
    let recipe = serde_json::to_string(&recipe).unwrap_or_default();
    set(&message, "recipe", &JsValue::from_str(&recipe));
    set(&message, "passphrase", &bytes);
    let sent = worker.post_message_with_transfer(&message, &js_sys::Array::of1(&bytes.buffer()));
    let answer = match sent {
        Ok(()) => JsFuture::from(answered).await.unwrap_or(JsValue::NULL),
        Err(_error) => JsValue::NULL,
    };
    worker.terminate();
    cancel.0.borrow_mut().take();
    if let Ok(key) = get(&answer, "key").dyn_into::<Uint8Array>() {
        let bytes = key.to_vec();
        key.fill(0, 0, key.length());
        return Ok(bytes);
    }
    match get(&answer, "problem").as_string() {
        Some(problem) => Err(DeriveError::Refused(problem)),
        None => Err(DeriveError::Cancelled),
    }
}

/// In the worker: derives one key and sends it back.
pub fn answer(port: &web_sys::DedicatedWorkerGlobalScope, message: &JsValue) {
    let answer = js_sys::Object::new();
    match key_of(message) {
        Ok(key) => {
            let bytes = Uint8Array::from(key.as_slice());
            set(&answer, "key", &bytes);
            let _sent = port.post_message_with_transfer(&answer, &js_sys::Array::of1(&bytes.buffer()));
        }
        Err(problem) => {
            set(&answer, "problem", &JsValue::from_str(&problem));
            let _sent = port.post_message(&answer);
        }
    }
}

fn key_of(message: &JsValue) -> Result<Zeroizing<Vec<u8>>, String> {
    let recipe = get(message, "recipe").as_string().unwrap_or_default();
    let recipe: KdfRecipe = serde_json::from_str(&recipe).map_err(|error| error.to_string())?;
    let bytes = get(message, "passphrase").unchecked_into::<Uint8Array>();
    let typed = Zeroizing::new(bytes.to_vec());
    bytes.fill(0, 0, bytes.length());
    let passphrase = std::str::from_utf8(&typed).map_err(|error| error.to_string())?;
    let key = recipe.derive(passphrase).map_err(|error| error.to_string())?;
    Ok(Zeroizing::new(key.0.expose().to_vec()))
}

/// Bytes as hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|d| char::from_digit(d.into(), 16))
        .collect()
}
