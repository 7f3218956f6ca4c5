//! Who stands in, and which records are out with them.

use super::lines::{CoverageLine, Flowsheet, OutLine};
use super::project::Projection;
use crate::journal::facts::{CameBack, Coverage};
use crate::journal::{Day, Fact};

/// Adds what says that somebody stands in; what says how a record came back is read once all are in ([`came_back`]).
pub(super) fn sent(c: &Coverage, sheet: &mut Flowsheet) {
    if c.back.is_some() {
        return;
    }
    sheet.coverage.push(CoverageLine {
        by: c.by,
        from: c.from,
        until: c.until,
    });
    sheet.out.extend(c.coverage.map(|coverage| OutLine {
        coverage,
        by: c.by,
        of: c.of,
        from: c.from,
        until: c.until,
        back: None,
    }));
}

/// Notes which records came back, and ends the standing in on that day. Entries come in any order, and a coverage that two
/// copies end is over on the earlier day: there is nothing to settle.
pub(super) fn came_back(projection: &Projection<'_>, sheet: &mut Flowsheet) {
    sheet.out.sort_by_key(|line| (line.from, line.coverage));
    sheet.out.dedup_by_key(|line| line.coverage);
    for live in &projection.sound {
        let Fact::Coverage(Coverage {
            coverage: Some(id),
            back: Some(back),
            ..
        }) = &live.fact
        else {
            continue;
        };
        for line in sheet.out.iter_mut().filter(|line| line.coverage == *id) {
            let day = line.back.map_or(back.on(), |earlier| earlier.min(back.on()));
            line.back = Some(day);
        }
    }
    for line in &sheet.out {
        let same = |c: &&mut CoverageLine| (c.by, c.from, c.until) == (line.by, line.from, line.until);
        if let (Some(back), Some(covered)) = (line.back, sheet.coverage.iter_mut().find(same)) {
            covered.until = covered.until.min(back);
        }
    }
}

impl CameBack {
    /// The day on which it came back.
    pub fn on(&self) -> Day {
        match self {
            Self::HandedBack { on } | Self::Otherwise { on, .. } => *on,
        }
    }
}
