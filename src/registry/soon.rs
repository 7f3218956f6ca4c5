//! The answers that a start waits for, by a way of their own.
//!
//! In the browser the core's code comes in two parts: this one is here before Today is shown, the rest after it. So nothing
//! here may need what only reads, folds or writes records. A request that turns out to need more, such as an unlock that
//! finds flowsheets to be made anew, is left to [`Core::answer`], which answers all of them.

use serde::{Deserialize, Serialize};

use super::api::{Envelope, Failure, Reply, Request, Response, Saved, Secret};
use super::books::Books;
use super::core::Core;
use super::machine::Machine;
use super::open;
use super::progress::Work;
use super::tabs::Standing;
use super::views::{FALLBACK_ZONE, FoundPatient, KnownRegistry, Opened, SlotView, StorageView, TodayQuery, TodayView};
use crate::journal::{Kinds, RegistryId, RunId, Zone};
use crate::store::Store;
use crate::vault::Aead;

/// Writes an enum of some of the variants of a larger one, and the ways between them.
macro_rules! some_of {
    ($(#[$doc:meta])* $name:ident of $whole:ident { $($variant:ident $(($inner:ident : $type:ty))? $({$($field:ident : $kind:ty),*})?),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Serialize, Deserialize)]
        pub enum $name {
            $(
                #[doc = concat!("[`", stringify!($whole), "::", stringify!($variant), "`]")]
                $variant $(($type))? $({
                    $(#[doc = "As there."] $field: $kind),*
                })?
            ),*
        }

        impl $name {
            /// The same, if it is one of them.
            ///
            /// # Errors
            /// The whole again, when it is none.
            pub fn of(whole: $whole) -> Result<Self, Box<$whole>> {
                match whole {
                    $($whole::$variant $(($inner))? $({$($field),*})? => Ok(Self::$variant $(($inner))? $({$($field),*})?),)*
                    other => Err(Box::new(other)),
                }
            }
        }

        impl From<$name> for $whole {
            fn from(some: $name) -> Self {
                match some {
                    $($name::$variant $(($inner))? $({$($field),*})? => Self::$variant $(($inner))? $({$($field),*})?,)*
                }
            }
        }
    };
}

some_of! {
    /// The requests of a start, and those that any page sends all the time.
    SoonRequest of Request {
        Registries,
        Slots(registry: RegistryId),
        Unlock { registry: RegistryId, slot: String, key: Secret },
        Stand(standing: Standing),
        Today(query: TodayQuery),
        Find(text: String),
        Storage,
        Draft(key: String),
        PutDraft { key: String, json: String },
        DropDraft(key: String),
        Progress,
        Cancel,
    }
}

some_of! {
    /// The answers to them, and the short ones.
    SoonResponse of Response {
        Done,
        Registries(known: Vec<KnownRegistry>),
        Slots(slots: Vec<SlotView>),
        Opened(opened: Box<Opened>),
        Today(view: Box<TodayView>),
        Found(found: Vec<FoundPatient>),
        Saved(saved: Saved),
        File { name: String, media: String },
        Draft(json: Option<String>),
        Storage(view: StorageView),
        Progress(work: Option<Work>),
        HandedOver(run: RunId),
    }
}

impl From<Envelope<SoonRequest>> for Envelope {
    fn from(soon: Envelope<SoonRequest>) -> Self {
        Self {
            id: soon.id,
            now: soon.now,
            zone: soon.zone,
            canaries: soon.canaries,
            request: soon.request.into(),
        }
    }
}

impl From<Reply<SoonResponse>> for Reply {
    fn from(soon: Reply<SoonResponse>) -> Self {
        Self {
            id: soon.id,
            result: soon.result.map(Response::from),
            canary: soon.canary,
        }
    }
}

impl Reply {
    /// The same as a short answer, which failures are too.
    ///
    /// # Errors
    /// The whole again, when it is none.
    pub fn soon(self) -> Result<Reply<SoonResponse>, Box<Reply>> {
        let Self { id, result, canary } = self;
        let result = match result.map(SoonResponse::of) {
            Ok(Ok(soon)) => Ok(soon),
            Err(failure) => Err(failure),
            Ok(Err(whole)) => {
                let result = Ok(*whole);
                return Err(Box::new(Reply { id, result, canary }));
            }
        };
        Ok(Reply { id, result, canary })
    }
}

impl<M: Machine> Core<M> {
    /// Answers a request of a start; `None` when it takes more than is here. Nothing is changed then, but that the tab
    /// knows its place.
    pub async fn answer_soon(&mut self, envelope: &Envelope<SoonRequest>) -> Option<Reply> {
        let before = self.books.as_mut().and_then(|books| books.hear(&envelope.canaries));
        let result = match self.respond_soon(envelope).await {
            Ok(response) => Ok(response),
            Err(Soon::Failed(failure)) => Err(failure),
            Err(Soon::TakesMore) => return None,
        };
        let remember = |books: &mut Books<M::Store, M::Aead>| books.remember(before.as_ref(), envelope.now);
        let canary = self.books.as_mut().and_then(remember);
        Some(Reply {
            id: envelope.id,
            result,
            canary,
        })
    }

    async fn respond_soon(&mut self, envelope: &Envelope<SoonRequest>) -> Result<Response, Soon> {
        let zone: Zone = envelope.zone.parse().unwrap_or(FALLBACK_ZONE);
        let canaries = open::canaries(&envelope.canaries);
        match &envelope.request {
            SoonRequest::Registries => {
                let known = open::known(self.machine(), &canaries, zone).await;
                return Ok(Response::Registries(known));
            }
            SoonRequest::Slots(registry) => {
                let slots = open::slots(self.machine(), *registry, self.wait(*registry)).await?;
                return Ok(Response::Slots(slots));
            }
            SoonRequest::Unlock { registry, slot, key } => {
                let unlocked = open::unlock_only(self.machine(), *registry, slot, key, zone).await;
                let unlocked = match unlocked {
                    // The code of the other kinds is not here: what of the own chart it doesn't know takes more.
                    Ok(mut books) => match books.load_kept(Kinds::own()).await? {
                        true if books.office.entries.is_of_own_kinds() => Ok(books),
                        _ => return Err(Soon::TakesMore),
                    },
                    Err(failure) => Err(failure),
                };
                let opened = self.opened(*registry, unlocked, canaries.get(registry)).await?;
                return Ok(opened.0);
            }
            _ => {}
        }
        let (machine, books, tab) = self.parts();
        let books = books.ok_or(Failure::Locked)?;
        let at = books
            .zone()
            .from_millis(i64::try_from(envelope.now).unwrap_or(i64::MAX))
            .unwrap_or_default();
        Ok(match &envelope.request {
            SoonRequest::Stand(standing) => match tab.stand_where_nothing_is_new(*standing, books).await? {
                Some(opened) => Response::Opened(Box::new(opened)),
                None => return Err(Soon::TakesMore),
            },
            SoonRequest::Today(query) => Response::Today(Box::new(books.today(query, at))),
            SoonRequest::Find(text) => Response::Found(books.find(text, at)),
            SoonRequest::Storage => {
                let (persistent, used, quota) = machine.storage().await;
                Response::Storage(books.storage(persistent, used, quota, books.zone()))
            }
            SoonRequest::Draft(key) => Response::Draft(tab.draft(key, books).await?),
            SoonRequest::PutDraft { key, json } => {
                tab.put_draft(key, json, books).await?;
                Response::Done
            }
            SoonRequest::DropDraft(key) => {
                tab.drop_draft(key, books).await?;
                Response::Done
            }
            SoonRequest::Registries
            | SoonRequest::Slots(_)
            | SoonRequest::Unlock { .. }
            | SoonRequest::Progress
            | SoonRequest::Cancel => return Err(Soon::TakesMore),
        })
    }
}

/// Why there is no answer.
enum Soon {
    /// The request failed.
    Failed(Failure),
    /// It takes what is not here.
    TakesMore,
}

impl From<Failure> for Soon {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl<S: Store, A: Aead> Books<S, A> {
    /// Whether there is nothing that another tab or a patient has written since this was read.
    pub(super) async fn is_up_to_date(&self) -> Result<bool, Failure> {
        Ok(!self.store.head_moved().await? && self.store.inbox_is_empty().await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Chart, Entry};
    use crate::training::{self, Recipe};

    #[test]
    fn the_invented_clinics_own_chart_is_read_whole_at_a_start() {
        let registry = RegistryId::from_random([3; 16]);
        let recipe = Recipe {
            registry,
            ..Recipe::new(7, 5, 2, "2026-03-02".parse().unwrap(), FALLBACK_ZONE)
        };
        let entries = training::generate(&recipe).unwrap();
        let (mut short, mut whole) = (Chart::default(), Chart::default());
        for entry in entries.into_iter().filter(|e| e.chart() == registry.own_chart()) {
            short.insert(Entry::read_kinds(entry.text().to_owned(), Kinds::own()).unwrap());
            whole.insert(entry);
        }
        assert!(!whole.is_empty());
        assert!(short.is_of_own_kinds());
        assert_eq!(short.fold_kinds(Kinds::own()), whole.fold());
    }
}
