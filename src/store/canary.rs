//! The canary: what a browser's other storage remembers of a registry, so that an empty database is never taken for a first run.
//!
//! A browser can hand out an empty database and call it success. So the window writes these few words to local storage after
//! every completed save, and compares them at every start. No patient data.

use serde::{Deserialize, Serialize};

use super::index::{Generation, Kind};
use super::sealed::Totals;
use crate::journal::{Digest, RegistryId};

/// Local-storage keys of canaries begin with this; the registry's id follows.
pub const KEY_PREFIX: &str = "caseload.canary.";
const CANARY_VERSION: u32 = 1;

/// What is remembered of a registry outside its database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canary {
    version: u32,
    /// The registry.
    pub registry: RegistryId,
    /// Its kind.
    pub kind: Kind,
    /// The generation of the last completed save.
    pub generation: Generation,
    /// Charts at that time.
    pub charts: u32,
    /// Entries at that time.
    pub entries: u64,
    /// The sum of all entries' digests at that time.
    pub digest: Digest,
    /// When the last backup was made, in milliseconds since 1970; `None` when never.
    pub last_backup: Option<u64>,
    /// The generation that it holds.
    pub backed_up: Option<Generation>,
    /// When the first change was saved that no backup holds, in milliseconds since 1970. A canary of before this was
    /// kept has none: counting begins with its next save.
    #[serde(default)]
    pub unsaved_since: Option<u64>,
}

impl Canary {
    /// What to remember after a save at `now` (milliseconds since 1970), with what is known of backups.
    pub fn after(totals: &Totals, last: Option<&Canary>, now: u64) -> Self {
        let backed_up = last.and_then(|canary| canary.backed_up);
        let in_a_file = backed_up == Some(totals.generation);
        let since = last.and_then(|canary| canary.unsaved_since).unwrap_or(now);
        Self {
            version: CANARY_VERSION,
            registry: totals.registry,
            kind: totals.kind,
            generation: totals.generation,
            charts: totals.charts,
            entries: totals.entries,
            digest: totals.digest,
            last_backup: last.and_then(|canary| canary.last_backup),
            backed_up,
            unsaved_since: (!in_a_file).then_some(since),
        }
    }

    /// The same after a backup was made at `now` (milliseconds since 1970) that holds what was saved up to a generation.
    pub fn with_backup(self, now: u64, holds: Generation) -> Self {
        Self {
            last_backup: Some(now),
            backed_up: Some(holds),
            // What was saved while the file was made is some seconds old.
            unsaved_since: (holds != self.generation).then_some(now),
            ..self
        }
    }

    /// The same with what another tab knows of backups: the later one counts, and the first change since then.
    pub fn with_news(self, stored: &Canary) -> Self {
        let later = match self.last_backup < stored.last_backup {
            true => stored,
            false => &self,
        };
        let (last_backup, backed_up) = (later.last_backup, later.backed_up);
        let unsaved_since = match self.last_backup == stored.last_backup {
            true => self.unsaved_since.into_iter().chain(stored.unsaved_since).min(),
            false => later.unsaved_since,
        };
        Self {
            last_backup,
            backed_up,
            unsaved_since,
            ..self
        }
    }

    /// The head went from one generation to the next with nothing new in it, as compaction makes it: what a backup
    /// held before, it still holds.
    pub fn with_head_moved(self, from: Generation, to: Generation) -> Self {
        let backed_up = match self.backed_up {
            Some(generation) if generation == from => Some(to),
            other => other,
        };
        Self { backed_up, ..self }
    }

    /// Whether something was saved that no backup holds.
    pub fn has_unsaved_changes(&self) -> bool {
        self.backed_up != Some(self.generation)
    }

    /// The local-storage key of a registry's canary.
    pub fn key(registry: RegistryId) -> String {
        format!("{KEY_PREFIX}{registry}")
    }

    /// The registry that a local-storage key speaks of, if it is a canary's. Even a canary that can't be read says: here was one.
    pub fn registry_of(key: &str) -> Option<RegistryId> {
        key.strip_prefix(KEY_PREFIX)?.parse().ok()
    }

    /// Its text.
    pub fn to_text(&self) -> String {
        // Nothing in it can fail to serialise; an empty text reads as unreadable, which is an alarm and not a loss.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads its text.
    pub fn from_text(text: &str) -> Known {
        match serde_json::from_str::<Canary>(text) {
            Ok(canary) if canary.version == CANARY_VERSION => Known::Canary(canary),
            _ => Known::Unreadable,
        }
    }
}

/// What local storage knows of a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing.
    Nothing,
    /// There is a canary, and it can't be read.
    Unreadable,
    /// This.
    Canary(Canary),
}

/// What the database turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// No database of that name.
    NoDatabase,
    /// A database without a head.
    NoHead,
    /// A head that doesn't open, or a database that the browser can't open.
    Damaged,
    /// A head.
    Head(Totals),
}

/// What to make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All is as it was left.
    Fine,
    /// Nothing known, nothing here: a first run, or a wholly cleared browser. Ask which.
    NothingHere,
    /// The registry is here and local storage lags behind or was cleared: write the canary anew.
    Heal,
    /// "Your data should be here: restore from a backup."
    Alarm(Alarm),
}

/// What happened to the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// The database is gone.
    Lost,
    /// The database is there, and empty.
    Emptied,
    /// The database is there, and can't be read.
    Damaged,
    /// The database is older than the last completed save.
    RolledBack {
        /// The generation last saved.
        saved: Generation,
        /// The generation found.
        found: Generation,
    },
    /// The database has the right generation and other content, or is of another registry or kind.
    Altered,
}

/// Compares what is remembered with what is found.
pub fn judge(known: &Known, found: Found) -> Verdict {
    match (known, found) {
        (Known::Nothing, Found::NoDatabase) => Verdict::NothingHere,
        (_, Found::NoDatabase) => Verdict::Alarm(Alarm::Lost),
        (_, Found::NoHead) => Verdict::Alarm(Alarm::Emptied),
        (_, Found::Damaged) => Verdict::Alarm(Alarm::Damaged),
        (Known::Nothing | Known::Unreadable, Found::Head(_)) => Verdict::Heal,
        (Known::Canary(canary), Found::Head(totals)) => compare(canary, &totals),
    }
}

fn compare(canary: &Canary, totals: &Totals) -> Verdict {
    if (canary.registry, canary.kind) != (totals.registry, totals.kind) {
        return Verdict::Alarm(Alarm::Altered);
    }
    let (saved, found) = (canary.generation, totals.generation);
    if found < saved {
        return Verdict::Alarm(Alarm::RolledBack { saved, found });
    }
    if saved < found {
        return Verdict::Heal;
    }
    let same = (canary.charts, canary.entries, canary.digest) == (totals.charts, totals.entries, totals.digest);
    if same {
        Verdict::Fine
    } else {
        Verdict::Alarm(Alarm::Altered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(generation: u64, entries: u64) -> Totals {
        Totals {
            registry: RegistryId::from_random([1; 16]),
            kind: Kind::Real,
            generation: Generation(generation),
            charts: 3,
            entries,
            digest: Digest::of(&entries.to_be_bytes()),
        }
    }

    #[test]
    fn an_empty_database_is_a_first_run_only_where_nothing_was_known() {
        let canary = Known::Canary(Canary::after(&totals(7, 20), None, 1));
        let other = Totals {
            registry: RegistryId::from_random([2; 16]),
            ..totals(7, 20)
        };
        let training = Totals {
            kind: Kind::Training,
            ..totals(7, 20)
        };
        let rolled_back = Alarm::RolledBack {
            saved: Generation(7),
            found: Generation(6),
        };
        let cases = [
            (
                "nothing known, nothing here",
                &Known::Nothing,
                Found::NoDatabase,
                Verdict::NothingHere,
            ),
            ("known, gone", &canary, Found::NoDatabase, Verdict::Alarm(Alarm::Lost)),
            (
                "known by its key only, gone",
                &Known::Unreadable,
                Found::NoDatabase,
                Verdict::Alarm(Alarm::Lost),
            ),
            ("known, emptied", &canary, Found::NoHead, Verdict::Alarm(Alarm::Emptied)),
            (
                "unknown, a database without a head",
                &Known::Nothing,
                Found::NoHead,
                Verdict::Alarm(Alarm::Emptied),
            ),
            (
                "known, unreadable",
                &canary,
                Found::Damaged,
                Verdict::Alarm(Alarm::Damaged),
            ),
            ("as it was left", &canary, Found::Head(totals(7, 20)), Verdict::Fine),
            (
                "a save whose canary wasn't written",
                &canary,
                Found::Head(totals(8, 21)),
                Verdict::Heal,
            ),
            (
                "local storage was cleared",
                &Known::Nothing,
                Found::Head(totals(7, 20)),
                Verdict::Heal,
            ),
            (
                "the canary is garbled",
                &Known::Unreadable,
                Found::Head(totals(7, 20)),
                Verdict::Heal,
            ),
            (
                "an older database",
                &canary,
                Found::Head(totals(6, 19)),
                Verdict::Alarm(rolled_back),
            ),
            (
                "other entries at the same generation",
                &canary,
                Found::Head(totals(7, 19)),
                Verdict::Alarm(Alarm::Altered),
            ),
            (
                "another registry",
                &canary,
                Found::Head(other),
                Verdict::Alarm(Alarm::Altered),
            ),
            (
                "another kind",
                &canary,
                Found::Head(training),
                Verdict::Alarm(Alarm::Altered),
            ),
        ];
        for (what, known, found, verdict) in cases {
            assert_eq!(judge(known, found), verdict, "{what}");
        }
    }

    #[test]
    fn a_canary_is_read_as_it_was_written() {
        let canary = Canary::after(&totals(7, 20), None, 1).with_backup(1_700_000_000_000, Generation(7));
        assert_eq!(Canary::from_text(&canary.to_text()), Known::Canary(canary.clone()));
        assert_eq!(
            Canary::registry_of(&Canary::key(canary.registry)),
            Some(canary.registry)
        );
        for bad in ["", "{}", "{\"version\":2}", &canary.to_text().replace(":1,", ":2,")] {
            assert_eq!(Canary::from_text(bad), Known::Unreadable, "{bad}");
        }
    }

    #[test]
    fn of_what_two_tabs_know_the_later_backup_counts_and_the_first_change_since() {
        let saved = Canary::after(&totals(7, 20), None, 3);
        let later = Canary::after(&totals(8, 21), Some(&saved), 4);
        let backed_up = saved.clone().with_backup(5, Generation(7));
        assert_eq!(later.clone().with_news(&backed_up).last_backup, Some(5));
        assert_eq!(later.clone().with_news(&backed_up).backed_up, Some(Generation(7)));
        assert_eq!(
            backed_up.clone().with_news(&later),
            backed_up,
            "older news change nothing"
        );
        let elsewhere = Canary::after(&totals(8, 21), None, 2);
        assert_eq!(later.with_news(&elsewhere).unsaved_since, Some(2));
    }

    #[test]
    fn a_backup_covers_changes_until_the_next_save() {
        let saved = Canary::after(&totals(7, 20), None, 3);
        assert_eq!(saved.unsaved_since, Some(3));
        let again = Canary::after(&totals(8, 20), Some(&saved), 4);
        assert_eq!(again.unsaved_since, Some(3), "it counts from the first change");
        assert!(saved.has_unsaved_changes());
        let backed_up = saved.with_backup(5, Generation(7));
        assert!(!backed_up.has_unsaved_changes());
        assert_eq!(backed_up.unsaved_since, None);
        let later = Canary::after(&totals(8, 21), Some(&backed_up), 9);
        assert_eq!(later.unsaved_since, Some(9));
        assert!(later.has_unsaved_changes());
        assert_eq!(later.last_backup, Some(5));
    }
}
