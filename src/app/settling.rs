//! Before time is saved: whether it overlaps other time of the same person, and what its user wants done about it.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{Desk, Done, Unsaved};
use crate::care::intent::{Asked, Intent, Refusal};
use crate::care::overlap::Stretch;
use crate::care::settle::{cut_down, kept, shortened, times_of};
use crate::journal::Zone;
use crate::registry::{Failure, OverlapView, Request, Response};

/// What is to be done about time that overlaps other time of the same person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settling {
    /// What is being saved gives way.
    ShortenThis,
    /// What is on record gives way, by a correction that keeps the original.
    ShortenOther,
    /// Both stay, for this reason.
    KeepBoth(String),
}

/// What is carried out once an overlap is settled.
pub struct Settled {
    /// The save itself.
    pub intent: Asked,
    /// Corrections of what gives way, afterwards.
    pub after: Vec<Intent>,
}

type Answer = Rc<dyn Fn(Result<Settled, Failure>)>;

/// A save that waits for its user: its time overlaps other time.
#[derive(Clone)]
pub struct Overlapping {
    /// What is being saved.
    pub intent: Asked,
    /// What it overlaps.
    pub found: Arc<Vec<OverlapView>>,
    answer: Answer,
}

impl Overlapping {
    /// Takes the answer; `None` goes back to the form. What is to be saved is made here, in the part of whoever asked: it takes
    /// the code that copies every kind of fact, which the first module must not have (docs/decisions/0024).
    pub fn settle(&self, how: Option<Settling>, zone: Zone) {
        (self.answer)(match how {
            Some(how) => self.settled(how, zone).ok_or(Failure::Refused(Refusal::Nothing)),
            None => Err(Failure::Refused(Refusal::Field(
                "This time overlaps other time of the same person, and what to do about it was not chosen".to_owned(),
            ))),
        });
    }
    /// How much of what is being saved is left where it gives way, in whole minutes; `None` where nothing would be.
    pub fn left(&self, zone: Zone) -> Option<u32> {
        let taken: Vec<Stretch> = self.found.iter().map(|other| other.whole).collect();
        let cut = shortened(&self.intent, &taken, zone)?;
        let me = self.found.first()?.time.by;
        let seconds: u32 = times_of(&cut, me).iter().map(|time| time.seconds.0).sum();
        (0 < seconds).then_some(seconds / 60)
    }
    fn settled(&self, how: Settling, zone: Zone) -> Option<Settled> {
        let with = |intent: Intent| Settled {
            intent: intent.into(),
            after: Vec::new(),
        };
        match how {
            Settling::KeepBoth(reason) => Some(with(kept(&self.intent, &reason))),
            Settling::ShortenThis => {
                let taken: Vec<Stretch> = self.found.iter().map(|other| other.whole).collect();
                shortened(&self.intent, &taken, zone).map(with)
            }
            Settling::ShortenOther => {
                let ours = |other: &OverlapView| -> Vec<Stretch> {
                    let times = times_of(&self.intent, other.time.by);
                    let stretches = times.iter().filter_map(|time| Stretch::of(time.start, time.seconds));
                    stretches.collect()
                };
                let mut others: Vec<&OverlapView> = self.found.iter().collect();
                others.sort_by_key(|other| other.entry);
                others.dedup_by_key(|other| other.entry);
                let cut = |other: &OverlapView| cut_down(other.chart, other.entry, &other.time, &ours(other), zone);
                Some(Settled {
                    intent: self.intent.clone(),
                    after: others.into_iter().flat_map(cut).collect(),
                })
            }
        }
    }
}

impl Desk {
    /// Saves, once its time is settled.
    pub(super) fn try_save(self, intent: Asked, what: String, done: Done) {
        self.settle(intent, move |settled| {
            let (what, done) = (what.clone(), Rc::clone(&done));
            let settled = match settled {
                Ok(settled) => settled,
                Err(failure) => return done(Err(failure)),
            };
            spawn_local(async move {
                let result = self.save(settled.intent.clone(), what.clone()).await;
                match &result {
                    Err(failure @ (Failure::NotSaved { .. } | Failure::Browser(_))) => {
                        self.show_unsaved(failure, settled.intent, what, Rc::clone(&done));
                    }
                    Ok(_) => self.settle_others(settled.after),
                    Err(_) => {}
                }
                done(result);
            });
        });
    }

    /// Shows a save that failed in the frame, with a way to try it again.
    pub(super) fn show_unsaved(self, failure: &Failure, intent: Asked, what: String, done: Done) {
        self.unsaved().set(Some(Unsaved {
            sentence: failure.to_string(),
            retry: Rc::new(move || self.try_save(intent.clone(), what.clone(), Rc::clone(&done))),
        }));
    }

    /// Goes on with a save, at once where its time overlaps nothing, and otherwise once its user has said what to do. A
    /// question that can't be asked holds no save up.
    pub(super) fn settle(self, intent: Asked, go_on: impl Fn(Result<Settled, Failure>) + 'static) {
        let as_it_is = |intent: Asked| Settled {
            intent,
            after: Vec::new(),
        };
        if times_of(&intent, self.me()).is_empty() || self.is_packet() {
            return go_on(Ok(as_it_is(intent)));
        }
        spawn_local(async move {
            let found = match self.ask(Request::Overlaps(intent.clone())).await {
                Ok(Response::Overlaps(found)) => found,
                _ => Vec::new(),
            };
            if found.is_empty() {
                return go_on(Ok(as_it_is(intent)));
            }
            let asks = self.overlapping();
            let answer = move |settled: Result<Settled, Failure>| {
                if asks.try_update(Option::take).flatten().is_some() {
                    go_on(settled);
                }
            };
            asks.set(Some(Overlapping {
                intent,
                found: Arc::new(found),
                answer: Rc::new(answer),
            }));
        });
    }

    /// Carries out what follows a save whose overlap was settled. The save itself stays the last one, to be undone.
    pub(super) fn settle_others(self, after: Vec<Intent>) {
        let mark = self.mark().get_untracked();
        for intent in after {
            let mark = mark.clone();
            self.submit_alone(intent, "Other time shortened", move || self.mark().set(mark.clone()));
        }
    }
}
