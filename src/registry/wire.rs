//! How messages travel between the window and the core: postcard, which names no fields. Both sides are always the
//! same build, so the format is never read by another version.
//!
//! A message begins with the request's number and says in which of two ways it is written: what a start consists of
//! ([`SoonRequest`], [`SoonResponse`]) can be read without the code for everything else.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::soon::{SoonRequest, SoonResponse};
use super::{Envelope, Reply};

/// How a message is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// As one of the few that a start consists of.
    Soon,
    /// As one of all.
    Whole,
}

/// A request's bytes, whatever it is.
///
/// # Errors
/// A value that can't be written; that is a fault of the program.
pub fn request_bytes(envelope: &Envelope) -> Result<Vec<u8>, postcard::Error> {
    put(envelope.id, Way::Whole, envelope)
}

/// A request from its bytes.
///
/// # Errors
/// Bytes that are not a request that was written whole.
pub fn request(bytes: &[u8]) -> Result<Envelope, postcard::Error> {
    take(bytes, Way::Whole)
}

/// An answer's bytes, whatever it is.
///
/// # Errors
/// A value that can't be written; that is a fault of the program.
pub fn reply_bytes(reply: &Reply) -> Result<Vec<u8>, postcard::Error> {
    put(reply.id, Way::Whole, reply)
}

/// An answer from its bytes.
///
/// # Errors
/// Bytes that are not an answer that was written whole.
pub fn reply(bytes: &[u8]) -> Result<Reply, postcard::Error> {
    take(bytes, Way::Whole)
}

/// The bytes of a request of a start.
///
/// # Errors
/// A value that can't be written; that is a fault of the program.
pub fn soon_request_bytes(envelope: &Envelope<SoonRequest>) -> Result<Vec<u8>, postcard::Error> {
    put(envelope.id, Way::Soon, envelope)
}

/// A request of a start from its bytes.
///
/// # Errors
/// Bytes that are not one.
pub fn soon_request(bytes: &[u8]) -> Result<Envelope<SoonRequest>, postcard::Error> {
    take(bytes, Way::Soon)
}

/// The bytes of a short answer.
///
/// # Errors
/// A value that can't be written; that is a fault of the program.
pub fn soon_reply_bytes(reply: &Reply<SoonResponse>) -> Result<Vec<u8>, postcard::Error> {
    put(reply.id, Way::Soon, reply)
}

/// A short answer from its bytes.
///
/// # Errors
/// Bytes that are not one.
pub fn soon_reply(bytes: &[u8]) -> Result<Reply<SoonResponse>, postcard::Error> {
    take(bytes, Way::Soon)
}

/// The number of the request that an answer is to, without reading the rest: it stands first, in requests too.
pub fn reply_id(bytes: &[u8]) -> Option<u32> {
    postcard::take_from_bytes::<u32>(bytes).ok().map(|(id, _rest)| id)
}

/// How a message is written.
pub fn way(bytes: &[u8]) -> Option<Way> {
    let (_, way) = postcard::take_from_bytes::<(u32, Way)>(bytes).ok()?.0;
    Some(way)
}

/// An answer that says nothing but which request it is to, which nobody can read.
pub fn no_answer(request: &[u8]) -> Vec<u8> {
    let number = reply_id(request).map(|id| postcard::to_stdvec(&id));
    number.and_then(Result::ok).unwrap_or_default()
}

fn put(id: u32, way: Way, message: &impl Serialize) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_stdvec(&(id, way, message))
}

fn take<T: DeserializeOwned>(bytes: &[u8], wanted: Way) -> Result<T, postcard::Error> {
    let ((_id, way), rest) = postcard::take_from_bytes::<(u32, Way)>(bytes)?;
    if way != wanted {
        return Err(postcard::Error::DeserializeBadEnum);
    }
    postcard::from_bytes(rest)
}
