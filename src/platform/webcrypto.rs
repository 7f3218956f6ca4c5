//! AES-256-GCM by the browser: its keys can't be read back, and it is ten times faster than wasm.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, CryptoKey, SubtleCrypto};

use crate::vault::{Aead, AeadError};

/// The browser's cipher, in a window or a worker.
#[derive(Clone, Copy, Debug, Default)]
pub struct WebCrypto;

const TAG_BITS: u8 = 128;

fn subtle() -> Result<SubtleCrypto, AeadError> {
    let crypto = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("crypto"));
    let crypto: web_sys::Crypto = crypto
        .ok()
        .and_then(|c| c.dyn_into().ok())
        .ok_or(AeadError::Unavailable)?;
    let subtle = js_sys::Reflect::get(&crypto, &JsValue::from_str("subtle"));
    subtle
        .ok()
        .and_then(|s| s.dyn_into().ok())
        .ok_or(AeadError::Unavailable)
}

fn parameters(nonce: &[u8; 12], aad: &[u8]) -> AesGcmParams {
    let parameters = AesGcmParams::new("AES-GCM", &js_sys::Uint8Array::from(nonce.as_slice()));
    parameters.set_additional_data(&js_sys::Uint8Array::from(aad));
    parameters.set_tag_length(TAG_BITS);
    parameters
}

fn bytes(buffer: &JsValue) -> Vec<u8> {
    js_sys::Uint8Array::new(buffer).to_vec()
}

impl Aead for WebCrypto {
    type Key = CryptoKey;

    async fn import(&self, raw: &[u8; 32]) -> Result<CryptoKey, AeadError> {
        let uses = js_sys::Array::of2(&JsValue::from_str("encrypt"), &JsValue::from_str("decrypt"));
        let raw = js_sys::Uint8Array::from(raw.as_slice());
        let importing = subtle()?.import_key_with_str("raw", &raw, "AES-GCM", false, &uses);
        let key = JsFuture::from(importing.map_err(|_refused| AeadError::Unavailable)?).await;
        // The browser has its own copy now.
        raw.fill(0, 0, raw.length());
        key.ok()
            .and_then(|key| key.dyn_into().ok())
            .ok_or(AeadError::Unavailable)
    }

    async fn seal(&self, key: &CryptoKey, nonce: &[u8; 12], aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, AeadError> {
        let plain = js_sys::Uint8Array::from(plain);
        let sealing = subtle()?.encrypt_with_object_and_buffer_source(&parameters(nonce, aad), key, &plain);
        let sealed = JsFuture::from(sealing.map_err(|_refused| AeadError::Unavailable)?).await;
        sealed
            .map(|buffer| bytes(&buffer))
            .map_err(|_refused| AeadError::Unavailable)
    }

    async fn open(&self, key: &CryptoKey, nonce: &[u8; 12], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, AeadError> {
        let sealed = js_sys::Uint8Array::from(sealed);
        let opening = subtle()?.decrypt_with_object_and_buffer_source(&parameters(nonce, aad), key, &sealed);
        // A promise that is rejected is the tag that doesn't match; a call that throws is a cipher that isn't there.
        let opened = JsFuture::from(opening.map_err(|_refused| AeadError::Unavailable)?).await;
        opened
            .map(|buffer| bytes(&buffer))
            .map_err(|_rejected| AeadError::Refused)
    }
}
