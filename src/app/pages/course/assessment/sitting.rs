//! One sitting with the form: its fields, the versions that they were typed over, and what a save writes. A yes to a
//! question that means "now" is saved with its area the moment it is chosen, its concern open; the form goes on.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::base::{Base, Newer, of, part};
use super::past::PastFields;
use super::question::QuestionFields;
use super::typed::{Chosen, Typed};
use crate::app::effects::effect;
use crate::app::pages::contact::early::Committed;
use crate::app::state::{Desk, use_desk};
use crate::care::intent::Intent;
use crate::care::{AREAS, AreaInfo, area_info, concerns_of};
use crate::journal::facts::{Area, AreaAnswers, Question};
use crate::journal::{ChartId, Day, Fact, ThingId};
use crate::registry::{Failure, LearnedView, Saved};

/// How long a yes stands before it is taken for the answer, where an arrow key may only be passing over it.
const PAUSE: Duration = Duration::from_millis(1_200);

/// What became of a yes to a question that means "now".
#[derive(Clone, Copy)]
pub struct Now {
    /// Whether it was saved.
    pub committed: RwSignal<Option<Committed>>,
    /// Whether it was chosen and is not being saved yet.
    pub waits: RwSignal<bool>,
    /// Whether the last key in its question was an arrow.
    pub by_arrow: StoredValue<bool>,
}

impl Now {
    /// Nothing was chosen.
    pub fn new() -> Self {
        Self {
            committed: RwSignal::new(None),
            waits: RwSignal::new(false),
            by_arrow: StoredValue::new(false),
        }
    }
    fn ended(self, committed: Option<Committed>) {
        let _shown = self.committed.try_set(committed);
    }
}

/// The sitting. A cheap handle.
#[derive(Clone, Copy)]
pub struct Sitting {
    desk: Desk,
    chart: ChartId,
    /// What is known.
    pub known: Signal<Arc<LearnedView>>,
    /// What the fields were typed over.
    pub base: Base,
    /// The questions, in the order of the areas.
    pub questions: StoredValue<Vec<QuestionFields>>,
    /// Earlier treatments.
    pub rows: RwSignal<Vec<PastFields>>,
    /// The day of the conversation.
    pub day: RwSignal<String>,
    /// Answers that mean "now" and stand in the form as they were saved.
    shown: StoredValue<BTreeSet<Question>>,
}

impl Sitting {
    /// A sitting that begins with what was typed over these versions.
    pub fn new(
        chart: ChartId,
        known: Signal<Arc<LearnedView>>,
        typed: &Typed,
        over: Vec<AreaAnswers>,
        day: String,
    ) -> Self {
        let all = AREAS.iter().flat_map(|area| area.questions);
        let questions = all.map(|info| QuestionFields::of(info, typed.reply(info.question)));
        let rows = typed.past.iter().zip(0..).map(|(past, key)| PastFields::of(key, past));
        let sitting = Self {
            desk: use_desk(),
            chart,
            known,
            base: Base::new(over, known.with_untracked(|known| known.asked_anew.clone())),
            shown: StoredValue::new(typed.shown.clone()),
            questions: StoredValue::new(questions.collect()),
            rows: RwSignal::new(rows.collect()),
            day: RwSignal::new(day),
        };
        effect(move |_| {
            let known = known.get();
            untrack(|| AREAS.iter().for_each(|info| sitting.follow(info, &known)));
        });
        sitting
            .questions
            .get_value()
            .into_iter()
            .for_each(|fields| sitting.see_to(fields));
        sitting
    }

    /// All that is typed.
    pub fn read(self) -> Typed {
        let mut typed = Typed {
            past: self.rows.get().into_iter().map(PastFields::typed).collect(),
            shown: self.shown.get_value(),
            ..Typed::default()
        };
        self.questions.with_value(|all| {
            let asked = all.iter().map(|fields| (fields.info.question, fields.reply()));
            typed
                .replies
                .extend(asked.filter(|(_, (chosen, _))| *chosen != Chosen::NotAsked));
        });
        typed
    }

    /// What is typed about one area.
    pub fn read_area(self, info: &AreaInfo) -> Typed {
        let mut typed = Typed::default();
        if info.area == Area::PastTreatment {
            typed.past = self.rows.get().into_iter().map(PastFields::typed).collect();
        }
        self.each(info, |fields| {
            typed.replies.insert(fields.info.question, fields.reply());
        });
        part(&typed, info)
    }

    /// Whether anything was typed that is not saved.
    pub fn is_touched(self, typed: &Typed) -> bool {
        AREAS.iter().any(|info| self.base.is_touched(typed, info))
    }

    /// Puts the newest version of an area in the place of what is typed.
    pub fn take(self, info: &AreaInfo, newest: Option<&AreaAnswers>) {
        let anew = self.known.with_untracked(|known| known.asked_anew.clone());
        self.base.take(info, newest, &anew);
        let theirs = Typed::of(newest.map(std::slice::from_ref).unwrap_or_default(), &anew);
        self.each(info, |fields| fields.set(theirs.reply(fields.info.question)));
        self.shows(info, |question| theirs.shown.contains(&question));
        if info.area == Area::PastTreatment {
            self.rows.update(|rows| {
                let free = rows.iter().map(|row| row.key() + 1).max().unwrap_or_default();
                let theirs = theirs.past.iter().zip(free..);
                *rows = theirs.map(|(past, key)| PastFields::of(key, past)).collect();
            });
        }
    }

    /// What a save writes: the areas that were typed in and that are not in the record so.
    pub fn changed(self, on: Day) -> Vec<AreaAnswers> {
        untrack(|| {
            let typed = self.read();
            let mut changed = self.known.with(|known| self.differs(&typed, &known.areas, on));
            changed.retain(|now| area_info(now.area).is_some_and(|info| self.base.is_touched(&typed, info)));
            changed
        })
    }

    /// The titles of areas that would be written over a version that was saved elsewhere meanwhile.
    pub fn contested(self, changed: &[AreaAnswers]) -> Vec<&'static str> {
        let infos = changed.iter().filter_map(|now| area_info(now.area));
        infos
            .filter(|info| untrack(|| self.is_contested(info)))
            .map(|info| info.title)
            .collect()
    }

    /// Whether an area was typed in here and saved elsewhere meanwhile.
    pub fn is_contested(self, info: &AreaInfo) -> bool {
        let known = self.known.get();
        let newest = of(&known.areas, info.area);
        self.base.newer(&self.read_area(info), info, newest, &known.asked_anew) == Newer::Both
    }

    /// What of these answers is written for a day, over what is on record.
    fn differs(self, typed: &Typed, saved: &[AreaAnswers], on: Day) -> Vec<AreaAnswers> {
        let anew = self.base.anew();
        let (mut typed, mut shown) = (typed.clone(), Typed::of(saved, &anew));
        // A version of the same day takes over what was asked on it and stands in the form as not asked.
        for area in saved.iter().filter(|area| area.day == on) {
            let of_day = Typed::of(std::slice::from_ref(area), &[]);
            for question in anew.iter().filter(|question| area.replies.contains_key(question)) {
                if typed.reply(*question).0 == Chosen::NotAsked {
                    typed.replies.insert(*question, of_day.reply(*question));
                    shown.replies.insert(*question, of_day.reply(*question));
                }
            }
        }
        typed.of_day(saved, on).changed(&shown.of_day(saved, on), on)
    }

    /// These areas were saved. An answer that means "now" is of now when the talk was today; else it is asked anew.
    pub fn saved(self, areas: &[AreaAnswers], before: &[AreaAnswers]) {
        let today = self.desk.today().get_untracked();
        for now in areas {
            let Some(info) = area_info(now.area) else { continue };
            let of_now = now
                .replies
                .keys()
                .copied()
                .filter(|question| concerns_of(*question).is_some());
            let of_now: Vec<Question> = of_now.collect();
            let anew = if now.day == today { Vec::new() } else { of_now.clone() };
            self.base.saved(info, now, of(before, now.area), &anew);
            self.shows(info, |question| of_now.contains(&question) && !anew.contains(&question));
            self.each(info, |fields| {
                if anew.contains(&fields.info.question) {
                    fields.set((Chosen::NotAsked, String::new()));
                }
            });
        }
    }

    /// An area was saved with a yes that means "now", while the talk goes on: what is chosen stands.
    fn committed(self, area: &AreaAnswers, before: Option<&AreaAnswers>) {
        let Some(info) = area_info(area.area) else { return };
        self.base.saved(info, area, before, &[]);
        self.shows(info, |question| {
            area.replies.contains_key(&question) && concerns_of(question).is_some()
        });
    }

    /// Which answers of an area stand in the form as they were saved.
    fn shows(self, info: &AreaInfo, stands: impl Fn(Question) -> bool) {
        self.shown.update_value(|shown| {
            for own in info.questions {
                match stands(own.question) {
                    true => shown.insert(own.question),
                    false => shown.remove(&own.question),
                };
            }
        });
    }

    /// The form is being saved whole: what waits is saved with it.
    pub fn saves_all(self) {
        self.each_now(|now| {
            let failed = now
                .committed
                .with_untracked(|so_far| matches!(so_far, Some(Committed::Failed(_))));
            if now.waits.get_untracked() || failed {
                now.waits.set(false);
                now.committed.set(Some(Committed::Writing));
            }
        });
    }

    /// The form was saved whole, or wasn't.
    pub fn saved_all(self, result: &Result<Saved, Failure>) {
        self.each_now(|now| {
            if matches!(
                now.committed.get_untracked(),
                Some(Committed::Writing | Committed::Failed(_))
            ) {
                now.ended(self.became(result));
            }
        });
    }

    /// The concern that is open because of this sitting.
    pub fn concern(self) -> Option<ThingId> {
        let mut open = None;
        self.each_now(|now| {
            if let Some(Committed::Open { concern, .. }) = now.committed.get_untracked() {
                open = open.or(Some(concern));
            }
        });
        open
    }

    /// Whether a yes was chosen that is in the record already.
    pub fn was_known(self) -> bool {
        let mut known = false;
        self.each_now(|now| known |= matches!(now.committed.get_untracked(), Some(Committed::Before)));
        known
    }

    fn each(self, info: &AreaInfo, mut run: impl FnMut(&QuestionFields)) {
        let asks = |question: Question| info.questions.iter().any(|own| own.question == question);
        self.questions.with_value(|all| {
            let own = all.iter().filter(|fields| asks(fields.info.question));
            own.for_each(&mut run);
        });
    }

    fn each_now(self, run: impl FnMut(Now)) {
        let nows = |all: &Vec<QuestionFields>| all.iter().filter_map(|fields| fields.now).collect::<Vec<_>>();
        self.questions.try_with_value(nows).into_iter().flatten().for_each(run);
    }

    fn follow(self, info: &'static AreaInfo, known: &LearnedView) {
        let newest = of(&known.areas, info.area);
        match self.base.newer(&self.read_area(info), info, newest, &known.asked_anew) {
            Newer::Same | Newer::Undone => self.base.take(info, newest, &known.asked_anew),
            Newer::Taken => self.take(info, newest),
            Newer::Both => {}
        }
    }

    /// Commits a yes that means "now" as soon as it is chosen, also one that a draft brings back.
    fn see_to(self, fields: QuestionFields) {
        let Some(now) = fields.now else { return };
        let question = fields.info.question;
        effect(move |_| {
            let known = || Typed::of(&self.base.areas(), &self.base.anew()).reply(question).0 == Chosen::Yes;
            if fields.chosen.get() != Some(Chosen::Yes) || untrack(known) {
                return now.waits.set(false);
            }
            now.waits.set(true);
            if !now.by_arrow.get_value() {
                return self.commit(fields, now);
            }
            let later = move || {
                if now.waits.try_get_untracked() == Some(true) {
                    self.commit(fields, now);
                }
            };
            set_timeout(later, PAUSE);
        });
        on_cleanup(move || {
            if now.waits.try_get_untracked() == Some(true) {
                self.commit(fields, now);
            }
        });
    }

    fn commit(self, fields: QuestionFields, now: Now) {
        let Some((area, contested)) = untrack(|| self.area_with(fields)) else {
            // It is in the record so.
            now.waits.set(false);
            if now.committed.with_untracked(Option::is_none) {
                now.committed.set(Some(Committed::Before));
            }
            return;
        };
        now.waits.set(false);
        now.committed.set(Some(Committed::Writing));
        let before = self.known.with_untracked(|known| of(&known.areas, area.area).cloned());
        let fact = Fact::AreaAnswers(area.clone());
        let intent = Intent::Record {
            chart: self.chart,
            facts: vec![fact],
        };
        self.desk
            .submit(intent, "Safety answer saved, concern open", move |result| {
                // The form may be gone by now.
                if now.committed.try_get_untracked().is_none() {
                    return;
                }
                now.ended(self.became(&result));
                if result.is_ok() && !contested {
                    self.committed(&area, before.as_ref());
                }
            });
    }

    /// The area of a question as it is saved now, and whether it was saved elsewhere too: then only this answer is
    /// added to what was saved there.
    fn area_with(self, fields: QuestionFields) -> Option<(AreaAnswers, bool)> {
        let mut areas = AREAS.iter();
        let info = areas.find(|info| info.questions.iter().any(|own| own.question == fields.info.question))?;
        let contested = self.is_contested(info);
        let known = self.known.get();
        let typed = match contested {
            true => {
                let mut theirs = Typed::of(&known.areas, &self.base.anew());
                theirs.replies.insert(fields.info.question, fields.reply());
                theirs
            }
            false => self.read(),
        };
        let today = self.desk.today().get();
        let on = self
            .day
            .get()
            .trim()
            .parse()
            .ok()
            .filter(|day| *day <= today)
            .unwrap_or(today);
        let changed = self.differs(&typed, &known.areas, on);
        let own = changed.into_iter().find(|now| now.area == info.area)?;
        Some((own, contested))
    }

    fn became(self, result: &Result<Saved, Failure>) -> Option<Committed> {
        Some(match result {
            Ok(saved) => match saved.concerns.first() {
                Some(concern) => Committed::Open {
                    concern: *concern,
                    time: self.desk.instant().format("%H:%M:%S").to_string(),
                },
                None => Committed::Before,
            },
            Err(failure) => Committed::Failed(failure.to_string()),
        })
    }
}
