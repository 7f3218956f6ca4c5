//! How messages travel between the window and the core: postcard, which names no fields. Both sides are always the
//! same build, so the format is never read by another version.

use super::{Envelope, Reply};

/// A request's bytes.
///
/// # Errors
/// A value that can't be written; that is a fault of the program.
pub fn request_bytes(envelope: &Envelope) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_stdvec(envelope)
}

/// A request from its bytes.
///
/// # Errors
/// Bytes that are not a request.
pub fn request(bytes: &[u8]) -> Result<Envelope, postcard::Error> {
    postcard::from_bytes(bytes)
}

/// An answer's bytes.
///
/// # Errors
/// A value that can't be written; that is a fault of the program.
pub fn reply_bytes(reply: &Reply) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_stdvec(reply)
}

/// An answer from its bytes.
///
/// # Errors
/// Bytes that are not an answer.
pub fn reply(bytes: &[u8]) -> Result<Reply, postcard::Error> {
    postcard::from_bytes(bytes)
}

/// The number of the request that an answer is to, without reading the rest: it stands first.
pub fn reply_id(bytes: &[u8]) -> Option<u32> {
    postcard::take_from_bytes::<u32>(bytes).ok().map(|(id, _rest)| id)
}

/// The number of a request, as bytes: it stands first in the request and in the answer to it.
pub fn number(request: &[u8]) -> &[u8] {
    match postcard::take_from_bytes::<u32>(request) {
        Ok((_id, rest)) => request.get(..request.len() - rest.len()).unwrap_or_default(),
        Err(_unreadable) => &[],
    }
}
