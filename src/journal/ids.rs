//! Ids: newtypes over UUIDs, so that a chart's id can't be passed for an entry's.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
            #[serde(transparent)]
            #[cfg_attr(test, derive(schemars::JsonSchema))]
            pub struct $name(#[cfg_attr(test, schemars(with = "String"))] Uuid);

            impl $name {
                /// Takes an id that was made elsewhere.
                pub const fn new(id: Uuid) -> Self {
                    Self(id)
                }
                /// A random (version 4) id from 16 random bytes.
                pub fn from_random(bytes: [u8; 16]) -> Self {
                    Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
                }
                /// A derived (version 8) id: the same bytes always make the same id.
                pub fn derived(bytes: [u8; 16]) -> Self {
                    Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
                }
                /// The sixteen bytes.
                pub fn bytes(&self) -> &[u8; 16] {
                    self.0.as_bytes()
                }
            }
            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }
            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, "{}({})", stringify!($name), self.0)
                }
            }
            impl FromStr for $name {
                type Err = uuid::Error;
                fn from_str(s: &str) -> Result<Self, Self::Err> {
                    Uuid::parse_str(s).map(Self)
                }
            }
        )*
    };
}

ids! {
    /// One entry. Version 7 when a person wrote it, version 8 when it was made from a spreadsheet row.
    EntryId
    /// One patient's chart, or the registry's own chart.
    ChartId
    /// One registry: all charts and its own.
    RegistryId
    /// Somebody who works with the registry or treats its patients.
    PersonId
    /// One course of care, from referral to closure.
    EpisodeId
    /// Something that is set again over time: a goal, a medication, a task, a concern.
    ThingId
    /// One time that the clinic's device was handed to a patient. Says nothing about whom.
    RunId
}

impl EntryId {
    /// A time-ordered (version 7) id from milliseconds since 1970 and ten random bytes.
    pub fn from_time(millis: u64, random: [u8; 10]) -> Self {
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// The millisecond of the save, which an id of version 7 begins with (RFC 9562); `None` for another. A stamp can stand
    /// still for a while after a merge from a copy whose clock runs ahead; this can't.
    pub fn saved_at(&self) -> Option<u64> {
        let bytes = self.bytes();
        let is_v7 = bytes[6] >> 4 == 7;
        let millis = bytes[..6]
            .iter()
            .fold(0_u64, |millis, byte| millis << 8 | u64::from(*byte));
        is_v7.then_some(millis)
    }

    /// Whether it was derived from what the entry was made of, and not made when a person wrote it.
    pub fn is_derived(&self) -> bool {
        self.0.get_version_num() == 8
    }
}

impl RegistryId {
    /// The id of the registry's own chart.
    pub fn own_chart(&self) -> ChartId {
        ChartId::new(self.0)
    }
}
