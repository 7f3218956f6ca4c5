//! What a person wants done, on its way to the core.

use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::intent::Intent;

/// An intent that is asked for again when its save failed: shared, so that the window needs no way to copy every fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked(Arc<Intent>);

impl From<Intent> for Asked {
    fn from(intent: Intent) -> Self {
        Self(Arc::new(intent))
    }
}

impl Deref for Asked {
    type Target = Intent;

    fn deref(&self) -> &Intent {
        &self.0
    }
}

impl Serialize for Asked {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Asked {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Intent::deserialize(from).map(Self::from)
    }
}
