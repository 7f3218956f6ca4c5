//! Who wrote what and when, and what is erased: asked for now and then, so it goes by one request of its own.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::answer_files::{CSV, file};
use super::api::Response;
use super::books::Books;
use super::core::Answered;
use super::views::*;
use crate::journal::ChartId;
use crate::store::Store;
use crate::vault::Aead;

/// What is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum LedgerAsk {
    /// What erasing a record for good would do (answer: [`LedgerView::Erasing`]).
    Erasing(ChartId),
    /// Erases a record for good. It can't be undone.
    Erase(EraseAsk),
    /// Records that were erased (answer: [`LedgerView::Erased`]).
    Erased,
    /// Keeps a record that another copy erased.
    KeepErased(KeepAsk),
    /// Who wrote what (answer: [`LedgerView::Audit`]).
    Audit(AuditAsk),
    /// The same as a CSV file (answer: [`Response::File`]).
    AuditCsv(AuditAsk),
}

/// What is answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum LedgerView {
    /// Done; nothing to show.
    Done,
    /// To [`LedgerAsk::Erasing`].
    Erasing(ErasingView),
    /// To [`LedgerAsk::Erased`].
    Erased(ErasedView),
    /// To [`LedgerAsk::Audit`].
    Audit(AuditView),
}

impl LedgerAsk {
    /// Whether it changes the registry.
    pub fn writes(&self) -> bool {
        matches!(self, Self::Erase(_) | Self::KeepErased(_))
    }
}

impl<S: Store, A: Aead> Books<S, A> {
    /// Answers it.
    pub(super) async fn ledger(&mut self, ask: LedgerAsk, at: DateTime<FixedOffset>, now: u64) -> Answered {
        let today = self.zone().day(at);
        let view = match ask {
            LedgerAsk::Erasing(chart) => LedgerView::Erasing(self.erasing(chart, today).await?),
            LedgerAsk::Erased => LedgerView::Erased(self.erased(today).await?),
            LedgerAsk::Erase(ask) => {
                self.erase(&ask, now).await?;
                LedgerView::Done
            }
            LedgerAsk::KeepErased(ask) => {
                self.keep_erased(&ask, now).await?;
                LedgerView::Done
            }
            LedgerAsk::Audit(ask) => LedgerView::Audit(self.audit(&ask).await?),
            LedgerAsk::AuditCsv(ask) => {
                let text = self.audit_csv(&ask).await?;
                return file(format!("caseload-audit-{today}.csv"), CSV, text);
            }
        };
        Ok((Response::Ledger(Box::new(view)), None))
    }
}
