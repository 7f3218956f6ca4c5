//! Files sealed with a passphrase: age files (<https://c2sp.org/age>), made and opened by `src/web/sealed.js` in a worker of
//! their own.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::core::{bytes_of, get, set};
use crate::registry::Failure;

#[wasm_bindgen]
extern "C" {
    /// Carries out one deed on bytes.
    #[wasm_bindgen(js_namespace = ["__caseload"], js_name = sealed, catch)]
    async fn carried_out(message: &JsValue) -> Result<JsValue, JsValue>;
}

/// What the name of a sealed file ends with.
pub const SUFFIX: &str = ".age";
/// How age files begin: as bytes, and as the text that the stock program writes when asked to.
const BEGINS: [&[u8]; 2] = [b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----"];

/// Whether these are the bytes of a sealed file.
pub fn is_sealed(bytes: &[u8]) -> bool {
    BEGINS.iter().any(|begins| bytes.starts_with(begins))
}

/// Why a file was not sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealedError {
    /// It opens to another passphrase, or to a key.
    #[error("This passphrase does not open the file. Nothing was changed. Check it with whoever sent the file.")]
    Wrong,
    /// It is cut short, altered or no age file.
    #[error("The file is damaged or was altered, so nothing of it was read. Nothing was changed. Ask for it again.")]
    Damaged,
    /// It asks for more work than any file that Caseload makes, or memory ran out.
    #[error(
        "Opening this file would take more memory than is safe here. Nothing was changed. Ask for it again, made with Caseload."
    )]
    Costly,
    /// The code for it did not load.
    #[error(
        "The part of Caseload that seals files could not be loaded. Nothing was changed. Reload the page, then try again."
    )]
    NotLoaded,
}

impl From<SealedError> for Failure {
    fn from(error: SealedError) -> Self {
        Self::File(error.to_string())
    }
}

/// Seals bytes with a passphrase.
///
/// # Errors
/// [`SealedError`].
pub async fn seal(bytes: &[u8], passphrase: &str) -> Result<Vec<u8>, SealedError> {
    ask("seal", bytes, passphrase).await
}

/// Opens a sealed file.
///
/// # Errors
/// [`SealedError`].
pub async fn open(bytes: &[u8], passphrase: &str) -> Result<Vec<u8>, SealedError> {
    ask("open", bytes, passphrase).await
}

/// The passphrase is brought to Unicode's composed form first, so that it opens from every keyboard.
async fn ask(deed: &str, bytes: &[u8], passphrase: &str) -> Result<Vec<u8>, SealedError> {
    let message = js_sys::Object::new();
    set(&message, "deed", &JsValue::from_str(deed));
    set(&message, "bytes", &Uint8Array::from(bytes));
    set(
        &message,
        "passphrase",
        &js_sys::JsString::from(passphrase).normalize("NFC"),
    );
    let answer = carried_out(&message).await.map_err(|_error| SealedError::NotLoaded)?;
    let problem = get(&answer, "problem").as_string();
    match (bytes_of(&answer, "bytes"), problem.as_deref()) {
        (Some(bytes), _) => Ok(bytes),
        (None, Some("wrong")) => Err(SealedError::Wrong),
        (None, Some("costly")) => Err(SealedError::Costly),
        (None, _) => Err(SealedError::Damaged),
    }
}
