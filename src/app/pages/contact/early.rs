//! A positive safety answer is committed the moment it is typed, its concern open; the form goes on, and its final save
//! takes the place of what was committed.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use super::alarm::Standing;
use crate::app::effects::effect;
use crate::app::pages::common::new_entry;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::early::{Positives, rises};
use crate::app::typed::measure::MeasureTyped;
use crate::care::intent::{Intent, Refusal};
use crate::instruments::Definition;
use crate::journal::facts::Taken;
use crate::journal::{ChartId, EntryId, ThingId, When};
use crate::registry::Failure;

/// What became of the positive answers of a form so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Committed {
    /// Being written.
    Writing,
    /// Written: a concern is open.
    Open {
        /// Which.
        concern: ThingId,
        /// The clinic's time of day of it.
        time: String,
    },
    /// Written before the page was reloaded: a concern is open.
    Before,
    /// Not written, and why.
    Failed(String),
}

/// Commits the positive answers of one form; its measures find it in their context.
#[derive(Clone, Copy)]
pub struct Early {
    desk: Desk,
    chart: ChartId,
    taken: StoredValue<Rc<dyn Fn() -> (When, Taken)>, LocalStorage>,
    committed: RwSignal<Option<Committed>>,
    written: StoredValue<Vec<EntryId>>,
    /// The id under which each instrument commits.
    ids: StoredValue<BTreeMap<String, EntryId>>,
    /// The positive answers of forms that were in the record before this one was opened.
    recorded: StoredValue<BTreeMap<EntryId, Positives>>,
}

impl Early {
    /// Makes it the context's. `taken` says when and how the form says that its measures are taken.
    pub fn provide(chart: ChartId, taken: impl Fn() -> (When, Taken) + 'static) -> Self {
        let desk = use_desk();
        desk.fresh().leave_to_form();
        let early = Self {
            desk,
            chart,
            taken: StoredValue::new_local(Rc::new(taken)),
            committed: RwSignal::new(None),
            written: StoredValue::new(Vec::new()),
            ids: StoredValue::new(BTreeMap::new()),
            recorded: StoredValue::new(BTreeMap::new()),
        };
        provide_context(early);
        provide_context(Standing {
            chart,
            committed: early.committed(),
        });
        early
    }

    /// Whose form it is.
    pub fn chart(&self) -> ChartId {
        self.chart
    }

    /// What became of the positive answers so far.
    pub fn committed(&self) -> Signal<Option<Committed>> {
        self.committed.into()
    }

    /// Whether an assessment was committed under this id since the form was opened.
    pub fn has_written(&self, entry: EntryId) -> bool {
        let written = self.written.try_with_value(|written| written.contains(&entry));
        written.unwrap_or_default()
    }

    /// The concern that is open because of this form.
    pub fn concern(&self) -> Option<ThingId> {
        match self.committed.get_untracked() {
            Some(Committed::Open { concern, .. }) => Some(concern),
            _ => None,
        }
    }

    /// Says that a measure which is begun under this id goes on with a form of the record, with these positive answers:
    /// nothing is written until an answer changes.
    pub fn goes_on(self, entry: EntryId, positives: Positives) {
        self.recorded.update_value(|recorded| {
            recorded.insert(entry, positives);
        });
    }

    /// Follows a measure for as long as the calling component is shown.
    pub fn follow(self, definition: &'static Definition, value: RwSignal<MeasureTyped>) {
        let begun = value.with_untracked(|typed| typed.begun);
        let recorded = begun.and_then(|entry| self.recorded.with_value(|all| all.get(&entry).cloned()));
        let followed = Followed {
            definition,
            value,
            known: StoredValue::new(recorded.unwrap_or_default()),
            underway: StoredValue::new(None),
        };
        if let Some(entry) = begun {
            self.keep_id(definition, entry);
        }
        effect(move |_| {
            let (may_go_on, total) = value.with(|typed| (typed.may_go_on(definition), typed.total.clone()));
            if !may_go_on {
                return self.see_to(followed);
            }
            let later = move || {
                if value.try_with_untracked(|typed| typed.total == total) == Some(true) {
                    self.see_to(followed);
                }
            };
            set_timeout(later, PAUSE);
        });
    }

    fn see_to(self, followed: Followed) {
        let Followed {
            definition,
            value,
            known,
            underway,
        } = followed;
        let now = value.with_untracked(|typed| typed.positives(definition));
        let is_new = |before: &Positives| rises(before, &now);
        // A measure that isn't shown any more is not followed.
        let rises_over_known = known.try_with_value(is_new).unwrap_or_default();
        let rises_over_underway = underway.try_with_value(|underway| underway.as_ref().is_none_or(is_new));
        if rises_over_known && rises_over_underway.unwrap_or_default() {
            self.commit(followed, now);
        }
    }

    fn commit(self, followed: Followed, positives: Positives) {
        let Followed { definition, value, .. } = followed;
        let begun_before = value.with_untracked(|typed| typed.begun.is_some());
        let Some(entry) = self.begun_of(definition, value) else {
            let why = "This browser gives no random numbers: the answer is saved with the form.".to_owned();
            return self.committed.set(Some(Committed::Failed(why)));
        };
        let Some((at, taken)) = self.taken.try_with_value(|taken| untrack(|| taken())) else {
            return;
        };
        let taken = value.with_untracked(|typed| typed.so_far(definition, at, taken));
        let earlier = self.committed.get_untracked();
        self.committed.set(Some(Committed::Writing));
        followed.underway.set_value(Some(positives.clone()));
        let what = format!("{} safety answer committed, concern open", definition.short_title);
        let chart = self.chart();
        self.desk
            .submit(Intent::Begin { chart, entry, taken }, what, move |result| {
                let time = || self.desk.instant().format("%H:%M:%S").to_string();
                let is_written = matches!(result, Ok(_) | Err(Failure::Refused(Refusal::Nothing)));
                followed.ended(&positives, is_written);
                if is_written {
                    let _gone = self.written.try_update_value(|written| written.push(entry));
                }
                let committed = match result {
                    Ok(saved) => saved.concerns.first().map(|concern| Committed::Open {
                        concern: *concern,
                        time: time(),
                    }),
                    // The same answer was committed before, perhaps before the page was reloaded.
                    Err(Failure::Refused(Refusal::Nothing)) => match &earlier {
                        Some(Committed::Open { .. }) => earlier.clone(),
                        _ => begun_before.then_some(Committed::Before),
                    },
                    Err(failure) => Some(Committed::Failed(failure.to_string())),
                };
                let _shown = self.committed.try_set(committed);
            });
    }

    /// The id under which a measure commits. It is kept with the draft before anything is written, so that a form that
    /// is gone on with after a crash commits nothing twice. Where one item of an instrument was asked apart and then the
    /// whole of it, both are one administration.
    fn begun_of(self, definition: &Definition, value: RwSignal<MeasureTyped>) -> Option<EntryId> {
        if let Some(entry) = value.with_untracked(|typed| typed.begun) {
            return Some(entry);
        }
        let known = self.ids.try_with_value(|ids| ids.get(definition.id.as_str()).copied());
        let entry = known.flatten().or_else(|| new_entry().ok())?;
        self.keep_id(definition, entry);
        value.update(|typed| typed.begun = Some(entry));
        Some(entry)
    }

    fn keep_id(self, definition: &Definition, entry: EntryId) {
        let instrument = definition.id.as_str().to_owned();
        let _gone = self.ids.try_update_value(|ids| ids.insert(instrument, entry));
    }
}

/// How long a score stands before it is taken for whole, where another digit could follow.
const PAUSE: Duration = Duration::from_millis(1_200);

/// A measure that is followed.
#[derive(Clone, Copy)]
struct Followed {
    definition: &'static Definition,
    value: RwSignal<MeasureTyped>,
    /// The positive answers that are in the record.
    known: StoredValue<Positives>,
    /// Those that are being written.
    underway: StoredValue<Option<Positives>>,
}

impl Followed {
    /// What was being written is in the record, or isn't: the next change tries again then. The form may be gone.
    fn ended(self, positives: &Positives, is_written: bool) {
        if is_written {
            let _gone = self.known.try_update_value(|known| positives.clone_into(known));
        }
        let _gone = self.underway.try_update_value(|underway| {
            if underway.as_ref() == Some(positives) {
                *underway = None;
            }
        });
    }
}

/// A form's intent, in place of what it committed before.
pub fn finishing(form: Intent, begun: Vec<EntryId>) -> Intent {
    match begun.is_empty() {
        true => form,
        false => Intent::Finish {
            form: Box::new(form),
            begun,
        },
    }
}
