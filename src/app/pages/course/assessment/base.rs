//! What the form began with, area by area, and what becomes of an area that was saved elsewhere meanwhile.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::typed::{Chosen, Typed};
use crate::app::typed::text;
use crate::care::AreaInfo;
use crate::journal::facts::{Area, AreaAnswers, Question};

/// A draft of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What was typed.
    pub typed: Typed,
    /// What the areas were when it was: what differs from them was typed.
    pub base: Vec<AreaAnswers>,
    /// The day of the conversation, as its field has it.
    pub day: String,
}

impl Kept {
    /// A draft as it was kept; one without its base was typed over what is saved now.
    pub fn read(json: &str, saved: &[AreaAnswers], today: &str) -> Option<Self> {
        let kept: Option<Self> = serde_json::from_str(json).ok();
        kept.or_else(|| {
            Some(Self {
                typed: Typed::read_draft(json)?,
                base: saved.to_vec(),
                day: today.to_owned(),
            })
        })
    }
    /// The same without answers that were only shown in it and are asked anew since.
    pub fn asked_anew(self, anew: &[Question]) -> Self {
        Self {
            typed: self.typed.asked_anew(&self.base, anew),
            ..self
        }
    }
}

/// An area of some that were saved.
pub fn of(areas: &[AreaAnswers], area: Area) -> Option<&AreaAnswers> {
    areas.iter().find(|answers| answers.area == area)
}

/// What of all that was typed is about one area, without what a save leaves out.
pub fn part(typed: &Typed, info: &AreaInfo) -> Typed {
    let asked = info.questions.iter().map(|question| {
        let (chosen, words) = typed.reply(question.question);
        let words = match chosen {
            Chosen::Yes => text(&words).unwrap_or_default(),
            _ => String::new(),
        };
        (question.question, (chosen, words))
    });
    let replies = asked.filter(|(_, (chosen, _))| *chosen != Chosen::NotAsked).collect();
    let past: Vec<_> = match info.area {
        Area::PastTreatment => typed
            .past
            .iter()
            .filter(|past| text(&past.what).is_some())
            .cloned()
            .collect(),
        _ => Vec::new(),
    };
    Typed {
        replies,
        past,
        ..Typed::default()
    }
}

/// What an area that was saved comes to in the form, but for what is asked anew.
pub fn shown(answers: Option<&AreaAnswers>, anew: &[Question], info: &AreaInfo) -> Typed {
    let answers = answers.map(std::slice::from_ref).unwrap_or_default();
    part(&Typed::of(answers, anew), info)
}

/// What the newest version of an area asks of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newer {
    /// There is none, or it says what the form says.
    Same,
    /// What this form saved was undone: the form keeps what is typed, unsaved.
    Undone,
    /// It was saved elsewhere, and nothing was typed here: the form takes it.
    Taken,
    /// It was saved elsewhere, and something else was typed here.
    Both,
}

/// The versions of the areas that the form was typed over.
#[derive(Clone, Copy)]
pub struct Base {
    areas: RwSignal<Vec<AreaAnswers>>,
    /// Answers that mean "now" and were shown as not asked: they are of another day, or their concern is over. What
    /// becomes of a concern while the form is open changes nothing in it.
    anew: RwSignal<Vec<Question>>,
    /// What an area was before this form saved it: where that is the newest again, the save was undone.
    before: StoredValue<Vec<(Area, Option<AreaAnswers>)>>,
}

impl Base {
    /// These versions.
    pub fn new(areas: Vec<AreaAnswers>, anew: Vec<Question>) -> Self {
        Self {
            areas: RwSignal::new(areas),
            anew: RwSignal::new(anew),
            before: StoredValue::new(Vec::new()),
        }
    }
    /// They, for a draft.
    pub fn areas(self) -> Vec<AreaAnswers> {
        self.areas.get()
    }
    /// What was shown as not asked, though an answer is on record.
    pub fn anew(self) -> Vec<Question> {
        self.anew.get()
    }
    /// Whether an area as it is typed differs from the version that it was typed over.
    pub fn is_touched(self, typed: &Typed, info: &AreaInfo) -> bool {
        let anew = self.anew();
        self.areas
            .with(|areas| part(typed, info) != shown(of(areas, info.area), &anew, info))
    }
    /// What the newest version of an area asks of the form; `anew` is what of it is asked anew.
    pub fn newer(self, typed: &Typed, info: &AreaInfo, newest: Option<&AreaAnswers>, anew: &[Question]) -> Newer {
        if self.areas.with(|areas| of(areas, info.area) == newest) {
            return Newer::Same;
        }
        let undone = self.before.with_value(|before| {
            before
                .iter()
                .any(|(area, was)| *area == info.area && was.as_ref() == newest)
        });
        match (undone, self.is_touched(typed, info)) {
            _ if part(typed, info) == shown(newest, anew, info) => Newer::Same,
            (true, _) => Newer::Undone,
            (false, true) => Newer::Both,
            (false, false) => Newer::Taken,
        }
    }
    /// From here on the area is typed over this version, of which this is asked anew.
    pub fn take(self, info: &AreaInfo, newest: Option<&AreaAnswers>, anew: &[Question]) {
        let area = info.area;
        if self.areas.with_untracked(|areas| of(areas, area) == newest) {
            return;
        }
        self.areas.update(|areas| {
            areas.retain(|old| old.area != area);
            areas.extend(newest.cloned());
        });
        let is_own = |question: &Question| info.questions.iter().any(|own| own.question == *question);
        self.anew.update(|all| {
            all.retain(|question| !is_own(question));
            all.extend(anew.iter().filter(|question| is_own(question)));
        });
    }
    /// This form saved an area; `was` is what it was before, and `anew` what of it is not of now.
    pub fn saved(self, info: &AreaInfo, now: &AreaAnswers, was: Option<&AreaAnswers>, anew: &[Question]) {
        self.before.update_value(|before| {
            before.retain(|(area, _)| *area != now.area);
            before.push((now.area, was.cloned()));
        });
        self.take(info, Some(now), anew);
    }
}
