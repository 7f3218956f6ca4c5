//! What takes a save back: its entries are marked as entered in error, in one record or in several.

use super::api::Saved;
use crate::care::intent::{Intent, TeamChange};

impl Saved {
    /// Keeps which entries a change of the team wrote, and no others: what else is in several records isn't undone by one
    /// stroke.
    pub(super) fn of_team(&mut self, intent: &Intent) {
        match intent {
            Intent::Team {
                change: TeamChange::TakeBack { .. },
                ..
            } => {
                self.entries.clear();
                self.across.clear();
                self.notes
                    .push("If a file was made for it, delete the file and don\u{2019}t give it to anybody".to_owned());
            }
            Intent::Team { .. } => self.entries.clear(),
            _ => self.across.clear(),
        }
    }

    /// What takes it back; `None` where that is not done by one stroke.
    pub fn undo(&self) -> Option<Intent> {
        if !self.across.is_empty() {
            let (mut charts, entries): (Vec<_>, Vec<_>) = self.across.iter().copied().unzip();
            charts.sort();
            charts.dedup();
            let change = TeamChange::TakeBack { entries };
            return Some(Intent::Team { charts, change });
        }
        (!self.entries.is_empty()).then(|| Intent::Void {
            chart: self.chart,
            entries: self.entries.clone(),
            reason: "Undone".to_owned(),
        })
    }
}
