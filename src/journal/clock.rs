//! The hybrid logical clock: stamps that order entries across copies, whatever a machine's clock says.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// Why a stamp could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("not a stamp")]
pub struct StampError;

/// When an entry was written, in an order that is total across copies: milliseconds since 1970 (as believed),
/// a counter, and the writing run's random node id. Text: `mmmmmmmmmmmmm-cccc-nnnnnnnnnnnnnnnn`, hexadecimal
/// but for the milliseconds, of fixed width, so that text order is stamp order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    millis: u64,
    counter: u16,
    node: u64,
}

/// The latest time that the text form can hold, in the year 2286.
const MAX_MILLIS: u64 = 9_999_999_999_999;

impl Stamp {
    /// A stamp from its parts; time past the year 2286 is held there.
    pub fn new(millis: u64, counter: u16, node: u64) -> Self {
        Self {
            millis: millis.min(MAX_MILLIS),
            counter,
            node,
        }
    }
    /// Milliseconds since 1970 as the writing machine believed.
    pub fn millis(&self) -> u64 {
        self.millis
    }
}
impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:013}-{:04x}-{:016x}", self.millis, self.counter, self.node)
    }
}
impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl FromStr for Stamp {
    type Err = StampError;
    fn from_str(s: &str) -> Result<Self, StampError> {
        let parts: Vec<&str> = s.split('-').collect();
        let [millis, counter, node] = parts.as_slice() else {
            return Err(StampError);
        };
        let lower_hex = |t: &str| t.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let shaped = millis.len() == 13 && counter.len() == 4 && node.len() == 16;
        if !shaped || !millis.bytes().all(|b| b.is_ascii_digit()) || !lower_hex(counter) || !lower_hex(node) {
            return Err(StampError);
        }
        Ok(Self {
            millis: millis.parse().map_err(|_error: std::num::ParseIntError| StampError)?,
            counter: u16::from_str_radix(counter, 16).map_err(|_error: std::num::ParseIntError| StampError)?,
            node: u64::from_str_radix(node, 16).map_err(|_error: std::num::ParseIntError| StampError)?,
        })
    }
}
impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() {
            s.collect_str(self)
        } else {
            (self.millis, self.counter, self.node).serialize(s)
        }
    }
}
impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if d.is_human_readable() {
            String::deserialize(d)?.parse().map_err(de::Error::custom)
        } else {
            let (millis, counter, node) = Deserialize::deserialize(d)?;
            Ok(Self { millis, counter, node })
        }
    }
}
#[cfg(test)]
impl schemars::JsonSchema for Stamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Stamp".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^\\d{13}-[0-9a-f]{4}-[0-9a-f]{16}$"})
    }
}

/// Gives out stamps. A new stamp exceeds every stamp given out or seen, so a clock that runs slow never
/// hides an edit; a clock that runs fast is reported by [`Clock::ahead_millis`], never refused.
#[derive(Clone, Debug)]
pub struct Clock {
    last: Stamp,
}

impl Clock {
    /// A clock for one run, with that run's random node id.
    pub fn new(node: u64) -> Self {
        Self {
            last: Stamp {
                millis: 0,
                counter: 0,
                node,
            },
        }
    }
    /// Takes note of a stamp that came from elsewhere.
    pub fn observe(&mut self, seen: Stamp) {
        if (seen.millis, seen.counter) > (self.last.millis, self.last.counter) {
            self.last = Stamp {
                node: self.last.node,
                ..seen
            };
        }
    }
    /// The next stamp at `now` (milliseconds since 1970).
    pub fn tick(&mut self, now: u64) -> Stamp {
        let now = now.min(MAX_MILLIS);
        self.last = if now > self.last.millis {
            Stamp {
                millis: now,
                counter: 0,
                ..self.last
            }
        } else if self.last.counter < u16::MAX {
            Stamp {
                counter: self.last.counter + 1,
                ..self.last
            }
        } else {
            Stamp {
                millis: (self.last.millis + 1).min(MAX_MILLIS),
                counter: 0,
                ..self.last
            }
        };
        self.last
    }
    /// How far the stamps seen run ahead of `now`, in milliseconds; above some minutes a page warns.
    pub fn ahead_millis(&self, now: u64) -> u64 {
        self.last.millis.saturating_sub(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_order_is_stamp_order(a in any::<(u32, u16, u64)>(), b in any::<(u32, u16, u64)>()) {
            let (a, b) = (Stamp::new(a.0.into(), a.1, a.2), Stamp::new(b.0.into(), b.1, b.2));
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
            prop_assert_eq!(a.to_string().parse::<Stamp>().unwrap(), a);
        }

        #[test]
        fn a_new_stamp_exceeds_all_seen_however_wrong_the_clocks(times in prop::collection::vec(any::<u64>(), 1..40)) {
            let mut clock = Clock::new(7);
            let mut last = clock.tick(0);
            for (i, now) in times.into_iter().enumerate() {
                if i % 3 == 0 {
                    clock.observe(Stamp::new(now % MAX_MILLIS, 9, 3));
                }
                let next = clock.tick(now % (MAX_MILLIS / 2));
                prop_assert!(next > last);
                last = next;
            }
        }
    }

    #[test]
    fn a_malformed_stamp_is_refused() {
        for bad in [
            "",
            "1-2-3",
            "0000000000000-00-0000000000000000",
            "000000000000x-0000-0000000000000000",
            "0000000000000-00G0-0000000000000000",
            "+000000000000-0000-0000000000000000",
        ] {
            assert!(bad.parse::<Stamp>().is_err(), "{bad}");
        }
    }
}
