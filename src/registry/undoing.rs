//! What takes a save back: its entries are marked as entered in error, in one record or in several.

use super::api::{Across, Saved};
use crate::care::intent::{Intent, SetForMany, TeamChange};
use crate::journal::{ChartId, EntryId};

impl Saved {
    /// Keeps which entries a change of the team wrote, or a batch of time, and no others: what else is in several records isn't
    /// undone by one stroke.
    pub(super) fn of_team(&mut self, intent: &Intent) {
        let across = std::mem::take(&mut self.across);
        match intent {
            Intent::Team {
                change: TeamChange::TakeBack { .. },
                ..
            } => {
                self.entries.clear();
                self.notes
                    .push("If a file was made for it, delete the file and don\u{2019}t give it to anybody".to_owned());
            }
            Intent::Team { .. } => {
                self.entries.clear();
                self.across = across;
            }
            // Where an entry on record gave way, the way back is to correct both.
            Intent::SetForMany {
                what: SetForMany::Times(batch),
                ..
            } if batch.cut.is_empty() => {
                if let Across::Team(entries) = across {
                    self.across = Across::Times(entries);
                }
            }
            _ => {}
        }
    }

    /// What takes it back; `None` where that is not done by one stroke.
    pub fn undo(&self) -> Option<Intent> {
        let charts_of = |entries: &[(ChartId, EntryId)]| {
            let mut charts: Vec<ChartId> = entries.iter().map(|(chart, _)| *chart).collect();
            charts.sort();
            charts.dedup();
            charts
        };
        match &self.across {
            Across::Team(across) => {
                let entries = across.iter().map(|(_, entry)| *entry).collect();
                return Some(Intent::Team {
                    charts: charts_of(across),
                    change: TeamChange::TakeBack { entries },
                });
            }
            Across::Times(across) => {
                return Some(Intent::SetForMany {
                    charts: charts_of(across),
                    what: SetForMany::TimesTakenBack(across.clone()),
                });
            }
            Across::Nothing => {}
        }
        (!self.entries.is_empty()).then(|| Intent::Void {
            chart: self.chart,
            entries: self.entries.clone(),
            reason: "Undone".to_owned(),
        })
    }
}
