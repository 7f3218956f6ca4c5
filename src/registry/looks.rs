//! When each person last looked at each patient, and what was seen today: kept sealed in this browser's storage, beside the
//! drafts. It is about the person who looks, so it is no fact of a record and goes into no file.
//!
//! Each tab writes a part of its own, under a key that no other tab has, and reads all parts: none overwrites another's. Of
//! two moments the later holds, so parts join in any order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::api::Failure;
use super::books::Books;
use super::views::SeenToday;
use crate::journal::{ChartId, Day};
use crate::store::Store;
use crate::vault::Aead;

/// A part that nobody has written to for so long is of a tab that is gone: what it says is in a newer one.
const GONE: u64 = 7 * 86_400_000;
/// A record that stays open is written down again so often, in milliseconds.
const AGAIN: u64 = 60_000;
/// How the keys of the day's parts begin.
const SEEN: &str = "seen";

/// What this tab has written.
#[derive(Default)]
pub(super) struct Looks {
    /// The name of this tab's parts.
    tab: Option<String>,
    own: Looked,
    seen: SeenToday,
}

/// When somebody looked at a patient, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Look {
    /// When.
    pub at: u64,
    /// What had come here until then was seen.
    pub through: u64,
}

/// When somebody looked at whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Looked {
    /// Since when it is kept: what was here before is nobody's news.
    since: Option<u64>,
    charts: BTreeMap<ChartId, Look>,
}

impl Looked {
    /// The last look at a record.
    pub fn of(&self, chart: ChartId) -> Look {
        let since = self.since.unwrap_or_default();
        let never = Look {
            at: since,
            through: since,
        };
        self.charts.get(&chart).copied().unwrap_or(never)
    }

    fn join(&mut self, other: &Self) {
        self.since = match (self.since, other.since) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        for (chart, look) in &other.charts {
            self.note(*chart, *look);
        }
    }

    fn note(&mut self, chart: ChartId, look: Look) {
        let known = self.charts.entry(chart).or_insert(look);
        known.at = known.at.max(look.at);
        known.through = known.through.max(look.through);
    }

    fn latest(&self) -> u64 {
        let looks = self.charts.values().map(|look| look.at);
        looks.chain(self.since).max().unwrap_or_default()
    }
}

impl<S: Store, A: Aead> Books<S, A> {
    /// When whoever is here looked at whom, as all tabs know it.
    pub(super) async fn looked(&mut self, now: u64) -> Result<Looked, Failure> {
        let mut looked = self.looks.own.clone();
        for (_, part) in self.looked_parts().await? {
            looked.join(&part);
        }
        if looked.since.is_none() {
            looked.since = Some(now);
            self.keep_looked(looked.clone()).await?;
        }
        self.looks.own = looked.clone();
        Ok(looked)
    }

    /// Somebody looked at a record: all that had come until `through` was seen.
    pub(super) async fn look(&mut self, chart: ChartId, through: u64, now: u64) -> Result<(), Failure> {
        let mut looked = self.looked(now).await?;
        let before = looked.of(chart);
        if through <= before.through && now.saturating_sub(before.at) < AGAIN {
            return Ok(());
        }
        looked.note(chart, Look { at: now, through });
        self.keep_looked(looked).await?;
        self.drop_gone(now).await
    }

    /// What all tabs know of what was seen today, this tab's part included.
    pub(super) async fn seen_today(&mut self, mine: SeenToday, today: Day) -> Result<SeenToday, Failure> {
        let mut own = self.looks.seen.clone();
        own.join(mine);
        if own != self.looks.seen && own.day == Some(today) {
            let key = format!("{SEEN}/{}", self.tab_name());
            if let Ok(json) = serde_json::to_string(&own) {
                self.put_draft(&key, &json).await?;
            }
            self.looks.seen = own.clone();
        }
        let mut all = SeenToday {
            day: Some(today),
            ..SeenToday::default()
        };
        all.join(own);
        for key in self.keys_of(SEEN).await? {
            let Some(part) = self.part::<SeenToday>(&key).await? else {
                continue;
            };
            match part.day < Some(today) {
                true => self.drop_draft(&key).await?,
                false if part.day == Some(today) => all.join(part),
                false => {}
            }
        }
        Ok(all)
    }

    async fn keep_looked(&mut self, mut looked: Looked) -> Result<(), Failure> {
        // Of a record that is gone nothing is kept.
        let sheets = &self.sheets;
        looked.charts.retain(|chart, _| {
            sheets
                .get(chart)
                .is_some_and(|sheet| !sheet.erased || sheet.erasure_waits)
        });
        let key = format!("{}/{}", self.looks_of_me(), self.tab_name());
        if let Ok(json) = serde_json::to_string(&looked) {
            self.put_draft(&key, &json).await?;
        }
        self.looks.own = looked;
        Ok(())
    }

    /// Forgets parts of tabs that are gone. All that they say was just written into this tab's own.
    async fn drop_gone(&mut self, now: u64) -> Result<(), Failure> {
        let own = format!("{}/{}", self.looks_of_me(), self.tab_name());
        for (key, part) in self.looked_parts().await? {
            if key != own && part.latest() + GONE < now {
                self.drop_draft(&key).await?;
            }
        }
        Ok(())
    }

    async fn looked_parts(&self) -> Result<Vec<(String, Looked)>, Failure> {
        let mut parts = Vec::new();
        for key in self.keys_of(&self.looks_of_me()).await? {
            if let Some(part) = self.part(&key).await? {
                parts.push((key, part));
            }
        }
        Ok(parts)
    }

    fn looks_of_me(&self) -> String {
        format!("looks/{}", self.me)
    }

    /// The keys that are this one, or lie under it.
    async fn keys_of(&self, prefix: &str) -> Result<Vec<String>, Failure> {
        let keys = self.store.drafts().await?;
        let under = |key: &str| {
            key.strip_prefix(prefix)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        Ok(keys
            .iter()
            .map(|key| key.as_str())
            .filter(|key| under(key))
            .map(str::to_owned)
            .collect())
    }

    /// What is kept under a key. What can't be read says nothing: then more is news, never less.
    async fn part<T: for<'de> Deserialize<'de>>(&self, key: &str) -> Result<Option<T>, Failure> {
        let json = self.draft(key).await?;
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
    }

    fn tab_name(&mut self) -> String {
        if let Some(name) = &self.looks.tab {
            return name.clone();
        }
        let name: String = self.random()[..6].iter().map(|byte| format!("{byte:02x}")).collect();
        self.looks.tab = Some(name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(n: u8) -> ChartId {
        ChartId::from_random([n; 16])
    }

    fn looked(since: u64, looks: &[(u8, u64)]) -> Looked {
        let look = |at: u64| Look { at, through: at };
        Looked {
            since: Some(since),
            charts: looks.iter().map(|(n, at)| (chart(*n), look(*at))).collect(),
        }
    }

    #[test]
    fn what_two_tabs_know_joins_in_either_order_and_the_later_look_holds() {
        let (one, two) = (looked(5, &[(1, 10), (2, 40)]), looked(3, &[(1, 30), (3, 20)]));
        let (mut forward, mut backward) = (one.clone(), two.clone());
        forward.join(&two);
        backward.join(&one);
        assert_eq!(forward, backward);
        assert_eq!(forward, looked(3, &[(1, 30), (2, 40), (3, 20)]));
    }

    #[test]
    fn who_was_never_looked_at_counts_from_the_day_on_which_it_began_to_be_kept() {
        assert_eq!(looked(7, &[]).of(chart(1)), Look { at: 7, through: 7 });
    }

    #[test]
    fn the_day_of_two_tabs_joins_and_an_earlier_day_goes() {
        let day = |text: &str| Some(text.parse().unwrap());
        let seen = |on: &str, opened: &[(u8, u64)], said: &[(u8, u64, &str)]| SeenToday {
            day: day(on),
            opened: opened.iter().map(|(n, at)| (chart(*n), *at)).collect(),
            acknowledged: said
                .iter()
                .map(|(n, at, who)| (chart(*n), *at, (*who).to_owned()))
                .collect(),
        };
        let mut one = seen("2026-11-20", &[(1, 10)], &[(4, 5, "A")]);
        one.join(seen("2026-11-20", &[(1, 8), (2, 9)], &[(4, 7, "B")]));
        assert_eq!(one, seen("2026-11-20", &[(1, 10), (2, 9)], &[(4, 7, "B")]));
        one.join(seen("2026-11-19", &[(3, 1)], &[]));
        assert_eq!(one.opened.len(), 2);
        one.join(seen("2026-11-21", &[(3, 1)], &[]));
        assert_eq!(one, seen("2026-11-21", &[(3, 1)], &[]));
    }
}
