//! What is done while nobody asks for anything: many small stored parts become few, and flowsheets that were folded
//! anew are kept, so that the next start reads them. Never inside a save, a bounded step at a time, and given up at
//! once when a request comes.

use super::books::Books;
use super::core::Core;
use super::machine::Machine;
use crate::store::{PageNumber, SealedError, Store};
use crate::vault::Aead;

/// Flowsheet pages that are written in one step.
const PAGES_A_STEP: usize = 16;

/// Whether there is more to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Another step may find something.
    More,
    /// Nothing is left to do before something is saved.
    Done,
}

impl<M: Machine> Core<M> {
    /// Takes one step of what is done while idle. `go_on` says no as soon as a request waits. What fails is tried
    /// again another time: nothing depends on it. A tab that only reads does nothing of this.
    pub async fn rest(&mut self, go_on: &dyn Fn() -> bool) -> Rest {
        match &mut self.books {
            Some(books) if self.tab.may_tidy() && go_on() => books.rest(go_on).await.unwrap_or(Rest::Done),
            _ => Rest::Done,
        }
    }
}

impl<S: Store, A: Aead> Books<S, A> {
    async fn rest(&mut self, go_on: &dyn Fn() -> bool) -> Result<Rest, SealedError> {
        if !self.store.damage().is_empty() {
            return Ok(Rest::Done);
        }
        let stale: Vec<PageNumber> = self.stale.iter().take(PAGES_A_STEP).copied().collect();
        if !stale.is_empty() {
            let pages: Vec<(PageNumber, Vec<u8>)> = stale.iter().map(|page| (*page, self.page(*page))).collect();
            self.store.write_pages(&pages).await?;
            for page in stale {
                self.stale.remove(&page);
            }
            return Ok(Rest::More);
        }
        let before = self.store.totals().generation;
        let compacted = self.store.compact_while(go_on).await?;
        let after = self.store.totals().generation;
        self.canary = self.canary.take().map(|canary| canary.with_head_moved(before, after));
        self.exported = self.exported.map(|held| if held == before { after } else { held });
        Ok(if compacted.merged == 0 { Rest::Done } else { Rest::More })
    }
}
