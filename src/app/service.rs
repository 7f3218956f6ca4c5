//! The core behind its message port: one registry, one request at a time.

use crate::registry::{Envelope, Failure, Reply};

/// The core of this context: a worker's, or the window's own where workers are refused.
#[derive(Clone, Default)]
pub struct Service {}

impl Service {
    /// Answers one request. Requests are carried out one after the other, in the order of the calls.
    pub async fn answer(&self, envelope: String, _files: Vec<Vec<u8>>) -> (String, Option<Vec<u8>>) {
        let id = serde_json::from_str::<Envelope>(&envelope).map_or(0, |e| e.id);
        let reply = Reply {
            id,
            result: Err(Failure::Locked),
            canary: None,
        };
        (serde_json::to_string(&reply).unwrap_or_default(), None)
    }
}
