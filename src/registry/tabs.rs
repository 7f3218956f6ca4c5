//! Several tabs of one registry: one writes, the others read.
//!
//! The window holds the browser's writer lock and says here how it stands. It is told through the same queue as
//! everything else, so that it never changes in the middle of a request. The lock is courtesy; the stored head is
//! what keeps two tabs from overwriting each other, also where a browser has no such locks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::api::{Failure, Request};
use super::books::Books;
use super::views::{EnteredView, Opened};
use crate::store::Store;
use crate::store::canary::{Canary, Known};
use crate::vault::Aead;

/// How this tab stands to the others that have the same registry open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// The browser has no locks between tabs: every tab writes, and the stored head guards each write.
    #[default]
    Unguarded,
    /// This tab holds the writer lock, and found it free: nobody else is writing.
    Writing,
    /// This tab holds the writer lock, and took it from a tab that may still be finishing what it began.
    TookOver,
    /// Another tab holds the writer lock: this one reads.
    Following,
}

impl Standing {
    /// Whether this tab writes.
    pub fn writes(self) -> bool {
        self != Self::Following
    }

    /// Whether left-overs of imports that were cut off may be removed. Not by a tab that reads, and not by one that
    /// took over: an import of the other tab may be under way, and would end.
    fn may_sweep(self) -> bool {
        matches!(self, Self::Unguarded | Self::Writing)
    }
}

impl Request {
    /// Whether it changes the registry, so that a tab that only reads refuses it. Drafts don't: they lie beside the
    /// head, and a tab that reads keeps its own.
    pub fn writes(&self) -> bool {
        match self {
            Self::Do(_)
            | Self::PublishImport
            | Self::PublishHandoff
            | Self::PublishChosen(_)
            | Self::UndoImport
            | Self::ChangePassphrase { .. }
            | Self::ResetPassphrase { .. }
            | Self::RenewSheet { .. }
            | Self::HandOver { .. } => true,
            Self::Ledger(ask) => ask.writes(),
            Self::Registries
            | Self::News(_)
            | Self::Slots(_)
            | Self::Create(_)
            | Self::Join(_)
            | Self::Unlock { .. }
            | Self::UnlockWithSheet { .. }
            | Self::Lock
            | Self::Stand(_)
            | Self::Overlaps(_)
            | Self::Refresh
            | Self::Today(_)
            | Self::Caseload(_)
            | Self::Patient(_)
            | Self::Find(_)
            | Self::Alike { .. }
            | Self::Month(_)
            | Self::MonthCsv(_)
            | Self::CaseloadCsv(_)
            | Self::Settings
            | Self::PlanImport { .. }
            | Self::Worksheets
            | Self::RejectedRows(_)
            | Self::Forget
            | Self::Triage
            | Self::Export(_)
            | Self::OpenHandoff
            | Self::PutDraft { .. }
            | Self::Draft(_)
            | Self::DropDraft(_)
            | Self::BackedUp
            | Self::Storage
            | Self::LastImport
            | Self::Findings
            | Self::CheckAll
            | Self::Unreadable
            | Self::Progress
            | Self::Cancel
            | Self::Alerts(_)
            | Self::KeepAnswer(_)
            | Self::RunPlace { .. }
            | Self::Intake(_)
            | Self::Closing(_)
            | Self::Ehr(_)
            | Self::Notes(_)
            | Self::Text(..)
            | Self::Templates
            | Self::TryTemplate(..)
            | Self::Scripts
            | Self::Learned(_)
            | Self::HeldBack(_)
            | Self::Together(_)
            | Self::Directory
            | Self::CarePlan(_)
            | Self::Medicines(_)
            | Self::SafetyKnown(_)
            | Self::Evening(_)
            | Self::Diary(_)
            | Self::Calendar(..)
            | Self::TryNow(_)
            | Self::Huddle
            | Self::Coverage(_)
            | Self::Shares
            | Self::Supervision
            | Self::SupervisionCsv(_)
            | Self::Draw(_)
            | Self::Meeting(_)
            | Self::Brief(_)
            | Self::MonthDetail(..)
            | Self::Claims(_)
            | Self::Time(_) => false,
        }
    }

    /// Whether it reads many charts, publishes many, or changes keys, so that it begins with what other tabs wrote.
    fn begins_with_the_newest(&self) -> bool {
        matches!(
            self,
            Self::Patient(_)
                | Self::News(_)
                | Self::Notes(_)
                | Self::Text(..)
                | Self::Together(_)
                | Self::CarePlan(_)
                | Self::Medicines(_)
                | Self::SafetyKnown(_)
                | Self::Evening(_)
                | Self::Diary(_)
                | Self::Calendar(..)
                | Self::Meeting(_)
                | Self::Brief(_)
                | Self::Supervision
                | Self::MonthDetail(..)
                | Self::Claims(_)
                | Self::Time(_)
                | Self::Export(_)
                | Self::PlanImport { .. }
                | Self::OpenHandoff
                | Self::PublishImport
                | Self::PublishHandoff
                | Self::PublishChosen(_)
                | Self::UndoImport
                | Self::LastImport
                | Self::Findings
                | Self::CheckAll
                | Self::Unreadable
                | Self::ChangePassphrase { .. }
                | Self::ResetPassphrase { .. }
                | Self::RenewSheet { .. }
                | Self::Learned(_)
                | Self::HeldBack(_)
                | Self::Ledger(_)
        )
    }
}

impl<S: Store, A: Aead> Books<S, A> {
    /// Hears from local storage what other tabs know of backups. The answer is what local storage has, or should have.
    pub fn hear(&mut self, canaries: &[(String, String)]) -> Option<Canary> {
        let key = Canary::key(self.registry());
        let text = canaries.iter().find(|(k, _)| *k == key).map(|(_, text)| text);
        let Some(Known::Canary(stored)) = text.map(|text| Canary::from_text(text)) else {
            return self.canary.clone();
        };
        self.canary = Some(match self.canary.take() {
            Some(own) => own.with_news(&stored),
            None => stored.clone(),
        });
        Some(stored)
    }
}

/// Where a form's draft is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Under the form's key.
    Shared,
    /// Beside it: what a reading tab keeps must not overwrite what the writing tab keeps of the same form.
    Beside,
}

impl Place {
    fn key(self, form: &str) -> String {
        match self {
            Self::Shared => form.to_owned(),
            Self::Beside => format!("{form}/beside"),
        }
    }
}

/// How far a tab is with what was written before it found its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reading {
    /// It has read what others wrote, and taken in what patients filled in if it writes.
    #[default]
    UpToDate,
    /// It was told its place, and has done neither yet.
    Behind,
}

/// This tab among the others.
#[derive(Debug, Default)]
pub(super) struct Tab {
    standing: Standing,
    reading: Reading,
    /// What was taken in while catching up, until the window hears of it.
    entered: Vec<EnteredView>,
    /// Where the drafts of this tab are. A draft stays where it was begun, however the tab stands later.
    drafts: BTreeMap<String, Place>,
}

impl Tab {
    /// Takes in how the tab stands from now on: it reads what others wrote, and tidies up if it may.
    pub async fn stand<S: Store, A: Aead>(
        &mut self,
        standing: Standing,
        books: &mut Books<S, A>,
        now: u64,
    ) -> Result<Opened, Failure> {
        self.stand_behind(standing);
        books.follow().await?;
        // The window is told of what was not taken in, and the next request tries again.
        let taken_in = self.take_in(books, now).await;
        if taken_in.is_ok() {
            self.reading = Reading::UpToDate;
        }
        if standing.may_sweep() && books.store.damage().is_empty() {
            // That there are no left-overs to remove is no failure.
            books.store.sweep().await.ok();
        }
        let mut opened = books.opened(None).await?;
        opened.entered = std::mem::take(&mut self.entered);
        if let Err(failure) = taken_in {
            opened.damage.push(super::inbox::not_taken_in(&failure));
        }
        Ok(opened)
    }

    /// Its place is known, and nothing was read yet: what happens from here on holds to the place, also if the rest of
    /// standing there fails.
    fn stand_behind(&mut self, standing: Standing) {
        self.standing = standing;
        self.reading = Reading::Behind;
    }

    /// Only the tab that writes takes in what patients filled in; a concern is open before anything is shown.
    async fn take_in<S: Store, A: Aead>(&mut self, books: &mut Books<S, A>, now: u64) -> Result<(), Failure> {
        if self.standing.writes() {
            self.entered.extend(books.drain(now).await?);
        }
        Ok(())
    }

    /// Reads and takes in what a place that was told, and could not be taken whole, left undone. What fails here keeps
    /// no request from its answer: the tab stays behind, and the window has been told so.
    pub async fn catch_up<S: Store, A: Aead>(&mut self, books: &mut Books<S, A>, now: u64) {
        if self.reading == Reading::UpToDate || books.follow().await.is_err() {
            return;
        }
        if self.take_in(books, now).await.is_ok() {
            self.reading = Reading::UpToDate;
        }
    }

    /// The same as [`Tab::stand`] where nothing was written meanwhile; `None` where there is something to read or take
    /// in. The tab then has its place, and is behind until it is told again or asked for something that can read.
    pub async fn stand_where_nothing_is_new<S: Store, A: Aead>(
        &mut self,
        standing: Standing,
        books: &mut Books<S, A>,
    ) -> Result<Option<Opened>, Failure> {
        self.stand_behind(standing);
        if !books.is_up_to_date().await? {
            return Ok(None);
        }
        self.reading = Reading::UpToDate;
        if standing.may_sweep() && books.store.damage().is_empty() {
            // That there are no left-overs to remove is no failure.
            books.store.sweep().await.ok();
        }
        let mut opened = books.opened(None).await?;
        opened.entered = std::mem::take(&mut self.entered);
        Ok(Some(opened))
    }

    /// Whether it does what can wait while idle. It makes a new head, so not while another tab may be writing.
    pub fn may_tidy(&self) -> bool {
        self.standing.may_sweep()
    }

    /// Lets a request through, or refuses it: the one place that decides what a tab that only reads may do.
    pub async fn admit<S: Store, A: Aead>(&self, request: &Request, books: &mut Books<S, A>) -> Result<(), Failure> {
        if request.writes() && !self.standing.writes() {
            return Err(Failure::ReadOnly);
        }
        if request.begins_with_the_newest() {
            books.follow().await?;
        }
        Ok(())
    }

    /// Keeps a form that was begun.
    pub async fn put_draft<S: Store, A: Aead>(
        &mut self,
        key: &str,
        json: &str,
        books: &mut Books<S, A>,
    ) -> Result<(), Failure> {
        let place = self.place(key);
        self.drafts.insert(key.to_owned(), place);
        books.put_draft(&place.key(key), json).await
    }

    /// What was kept of a form. A tab that reads has its own first.
    pub async fn draft<S: Store, A: Aead>(
        &mut self,
        key: &str,
        books: &mut Books<S, A>,
    ) -> Result<Option<String>, Failure> {
        let other = match self.place(key) {
            Place::Shared => Place::Beside,
            Place::Beside => Place::Shared,
        };
        for place in [self.place(key), other] {
            let Some(json) = books.draft(&place.key(key)).await? else {
                continue;
            };
            // What another tab keeps under the shared key is read, and never taken from it.
            if place == Place::Beside || self.standing.writes() {
                self.drafts.insert(key.to_owned(), place);
            }
            return Ok(Some(json));
        }
        Ok(None)
    }

    /// Drops a form's draft: this tab's own.
    pub async fn drop_draft<S: Store, A: Aead>(&mut self, key: &str, books: &mut Books<S, A>) -> Result<(), Failure> {
        let place = self.place(key);
        self.drafts.remove(key);
        books.drop_draft(&place.key(key)).await
    }

    fn place(&self, key: &str) -> Place {
        let usual = match self.standing.writes() {
            true => Place::Shared,
            false => Place::Beside,
        };
        self.drafts.get(key).copied().unwrap_or(usual)
    }
}
