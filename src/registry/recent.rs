//! The records that were read or saved last, so that neither a page's several requests nor the save after them read, decipher
//! and unpack the same segments again.

use std::collections::VecDeque;

use crate::journal::{Chart, ChartId};
use crate::store::Generation;

/// So many are kept: a page's own, and whom it compares with.
const MOST: usize = 4;

/// Whole records as of one generation of the registry. They are no truer than the head: once it has moved, by whatever
/// wrote, none of them is given out any more.
#[derive(Debug, Default)]
pub(super) struct Recent {
    as_of: Generation,
    charts: VecDeque<(ChartId, Chart)>,
}

impl Recent {
    /// A record, if it was kept as of this generation.
    pub fn get(&self, as_of: Generation, id: ChartId) -> Option<Chart> {
        if self.as_of != as_of {
            return None;
        }
        let mut kept = self.charts.iter();
        kept.find(|(kept, _)| *kept == id).map(|(_, chart)| chart.clone())
    }

    /// Keeps a record that was read without damage, or saved, as of this generation. What is of another is let go.
    pub fn keep(&mut self, as_of: Generation, id: ChartId, chart: Chart) {
        if self.as_of != as_of {
            (self.as_of, self.charts) = (as_of, VecDeque::new());
        }
        self.charts.retain(|(kept, _)| *kept != id);
        self.charts.truncate(MOST - 1);
        self.charts.push_front((id, chart));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> ChartId {
        ChartId::from_random([n; 16])
    }

    #[test]
    fn what_was_kept_is_given_out_until_the_head_moves() {
        let mut recent = Recent::default();
        recent.keep(Generation(7), id(1), Chart::default());
        assert!(recent.get(Generation(7), id(1)).is_some());
        assert!(recent.get(Generation(7), id(2)).is_none());
        assert!(recent.get(Generation(8), id(1)).is_none());
        recent.keep(Generation(8), id(2), Chart::default());
        assert!(recent.get(Generation(8), id(2)).is_some());
        assert!(recent.get(Generation(8), id(1)).is_none(), "of an earlier head");
    }

    #[test]
    fn only_the_last_few_are_kept() {
        let mut recent = Recent::default();
        for n in 0..10 {
            recent.keep(Generation(1), id(n), Chart::default());
        }
        assert!(recent.get(Generation(1), id(9)).is_some());
        assert!(recent.get(Generation(1), id(5)).is_none());
    }
}
