//! What the tabs of one browser say to each other. Never a key, never anything about a patient.

use crate::journal::RegistryId;
use crate::store::Generation;

/// A page among those of this browser, for as long as it is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageId(pub u32);

/// One message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// All lock now.
    Lock,
    /// A key or a click came at this time, in milliseconds since 1970.
    Busy(u64),
    /// A page has a contact or crisis form open.
    Holds(PageId),
    /// A page has it open no more.
    HoldsNoMore(PageId),
    /// A page was just opened: who holds?
    Hello,
    /// A registry was written to; this is the number of the save.
    Saved(RegistryId, Generation),
}

impl Said {
    /// The message as it travels.
    pub fn print(self) -> String {
        match self {
            Self::Lock => "lock".to_owned(),
            Self::Busy(at) => format!("busy {at}"),
            Self::Holds(PageId(page)) => format!("holds {page}"),
            Self::HoldsNoMore(PageId(page)) => format!("holds-no-more {page}"),
            Self::Hello => "hello".to_owned(),
            Self::Saved(registry, generation) => format!("saved {registry} {}", generation.0),
        }
    }

    /// Reads a message; `None` for one that another version sent.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(' ').collect();
        match parts.as_slice() {
            ["lock"] => Some(Self::Lock),
            ["hello"] => Some(Self::Hello),
            ["busy", at] => at.parse().ok().map(Self::Busy),
            ["holds", page] => page.parse().ok().map(|page| Self::Holds(PageId(page))),
            ["holds-no-more", page] => page.parse().ok().map(|page| Self::HoldsNoMore(PageId(page))),
            ["saved", registry, generation] => Some(Self::Saved(
                registry.parse().ok()?,
                Generation(generation.parse().ok()?),
            )),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_reads_back_as_it_was_said() {
        let registry = RegistryId::from_random([7; 16]);
        let all = [
            Said::Lock,
            Said::Busy(1_795_183_200_000),
            Said::Holds(PageId(3)),
            Said::HoldsNoMore(PageId(u32::MAX)),
            Said::Hello,
            Said::Saved(registry, Generation(12)),
        ];
        for said in all {
            assert_eq!(Said::parse(&said.print()), Some(said));
        }
    }

    #[test]
    fn what_is_no_message_is_passed_over() {
        for text in ["", "lock now", "busy", "busy soon", "saved", "saved x 1", "holds -1"] {
            assert_eq!(Said::parse(text), None, "{text}");
        }
    }
}
