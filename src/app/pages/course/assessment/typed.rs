//! What is typed into the initial assessment, as drafts keep it, and what a save makes of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::app::typed::text;
use crate::care::{AREAS, concerns_of};
use crate::journal::Day;
use crate::journal::facts::{Area, AreaAnswers, Helped, PastTreatment, Question, Said};

/// What was chosen for a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chosen {
    /// It was not asked.
    #[default]
    NotAsked,
    /// Asked: no.
    No,
    /// Asked: yes.
    Yes,
    /// The patient would rather not say.
    RatherNot,
}

/// An earlier treatment as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastTyped {
    /// What.
    pub what: String,
    /// Highest dose.
    pub dose: String,
    /// For how long.
    pub how_long: String,
    /// Whether it helped.
    pub helped: Option<Helped>,
}

/// The whole form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// What was chosen, and what was said, by question.
    pub replies: BTreeMap<Question, (Chosen, String)>,
    /// Earlier treatments.
    pub past: Vec<PastTyped>,
    /// Answers that mean "now" and were shown as they had been saved.
    #[serde(default)]
    pub shown: BTreeSet<Question>,
}

impl Typed {
    /// What was saved before, but for what is asked anew.
    pub fn of(areas: &[AreaAnswers], anew: &[Question]) -> Self {
        let mut typed = Self::default();
        for answers in areas {
            for (question, said) in answers.replies.iter().filter(|(question, _)| !anew.contains(question)) {
                if concerns_of(*question).is_some() {
                    typed.shown.insert(*question);
                }
                let pair = match said {
                    Said::No => (Chosen::No, String::new()),
                    Said::Yes { words } => (Chosen::Yes, words.clone().unwrap_or_default()),
                    Said::RatherNot => (Chosen::RatherNot, String::new()),
                };
                typed.replies.insert(*question, pair);
            }
            typed.past.extend(answers.treatments.iter().map(PastTyped::of));
        }
        typed
    }

    /// A draft as it was kept; `None` where another version wrote it.
    pub fn read_draft(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    /// A draft as it is shown again: answers that were only shown in it, and are asked anew since, are left out.
    pub fn asked_anew(mut self, saved: &[AreaAnswers], anew: &[Question]) -> Self {
        let before = Self::of(saved, &[]);
        for question in anew {
            let ((now, words), (then, _)) = (self.reply(*question), before.reply(*question));
            // Words that were typed since stay for the next answer; the answer alone says nothing new.
            if self.shown.remove(question) && now == then {
                match words == before.reply(*question).1 {
                    true => self.replies.remove(question),
                    false => self.replies.insert(*question, (Chosen::NotAsked, words)),
                };
            }
        }
        self
    }

    /// What is saved of a day: an answer that means "now", and was only shown as it was saved on another, is not of it.
    pub fn of_day(self, saved: &[AreaAnswers], day: Day) -> Self {
        let others = saved.iter().filter(|area| area.day != day);
        let of_others: Vec<Question> = others.flat_map(|area| area.replies.keys().copied()).collect();
        self.asked_anew(saved, &of_others)
    }

    /// What was chosen for a question, and what was said.
    pub fn reply(&self, question: Question) -> (Chosen, String) {
        self.replies.get(&question).cloned().unwrap_or_default()
    }

    /// An area as a save writes it down.
    fn area(&self, area: Area, day: Day) -> Option<AreaAnswers> {
        let info = AREAS.iter().find(|info| info.area == area)?;
        let said = |question: Question| match self.reply(question) {
            (Chosen::NotAsked, _) => None,
            (Chosen::No, _) => Some(Said::No),
            (Chosen::Yes, words) => Some(Said::Yes { words: text(&words) }),
            (Chosen::RatherNot, _) => Some(Said::RatherNot),
        };
        let replies = info
            .questions
            .iter()
            .filter_map(|q| Some((q.question, said(q.question)?)))
            .collect();
        let treatments = match area {
            Area::PastTreatment => self.past.iter().filter_map(PastTyped::read).collect(),
            _ => Vec::new(),
        };
        Some(AreaAnswers {
            area,
            day,
            replies,
            treatments,
        })
    }

    /// The areas that differ from what was shown of the last save: each is a new version of its own. A question that is
    /// asked anew was shown as not asked, so the same answer to it is a new one.
    pub fn changed(&self, shown: &Self, day: Day) -> Vec<AreaAnswers> {
        let now = AREAS.iter().filter_map(|info| self.area(info.area, day));
        now.filter(|now| shown.area(now.area, day).is_none_or(|before| before != *now))
            .collect()
    }
}

impl PastTyped {
    fn of(past: &PastTreatment) -> Self {
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            what: past.what.clone(),
            dose: words(&past.dose),
            how_long: words(&past.how_long),
            helped: past.helped,
        }
    }

    fn read(&self) -> Option<PastTreatment> {
        Some(PastTreatment {
            what: text(&self.what)?,
            dose: text(&self.dose),
            how_long: text(&self.how_long),
            helped: self.helped,
        })
    }
}
