//! What a contact was about, as it was typed: ticks, and what is rarely needed.

use serde::{Deserialize, Serialize};

use crate::app::typed::{Wrong, text};
use crate::journal::facts::{Advocacy, AdvocacyWith, Contact, Covered, Interpreter, Planning, Talk, With};

/// Who reached out to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The clinic.
    Out,
    /// The patient, or whoever it was.
    In,
}

/// What a contact was about, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MoreTyped {
    /// What it covered.
    pub covered: Vec<Covered>,
    /// What else it covered.
    pub covered_else: String,
    /// Whether it was planned.
    pub planned: Option<Planning>,
    /// Who reached out.
    pub direction: Option<Direction>,
    /// Who took part besides the patient, by name.
    pub who: String,
    /// The language that was spoken.
    pub language: String,
    /// The interpreter's name or number.
    pub interpreter: String,
    /// The interpreter's service.
    pub service: String,
    /// With what kind of office somebody spoke on the patient's behalf.
    pub advocacy: Option<AdvocacyWith>,
    /// With whom there.
    pub advocacy_name: String,
    /// What was asked.
    pub asked: String,
    /// The options that were offered.
    pub offered: String,
    /// What the patient chose.
    pub chosen: String,
    /// What education was about.
    pub topic: String,
    /// To whom it was given; the patient when nobody is chosen.
    pub taught: Vec<With>,
}

impl MoreTyped {
    /// What a recorded contact was about, as it would have been typed. Education is an entry of its own.
    pub fn of(contact: &Contact) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let talk = contact.talk.clone();
        let interpreter = talk.interpreter.as_ref();
        let advocacy = talk.advocacy.as_ref();
        Self {
            planned: talk.planned,
            direction: contact.inbound.then_some(Direction::In),
            who: text(&talk.who),
            language: text(&contact.language),
            interpreter: interpreter.map(|it| text(&it.name)).unwrap_or_default(),
            service: interpreter.map(|it| text(&it.service)).unwrap_or_default(),
            advocacy: advocacy.map(|it| it.with),
            advocacy_name: advocacy.map(|it| text(&it.name)).unwrap_or_default(),
            asked: advocacy.map(|it| it.asked.clone()).unwrap_or_default(),
            offered: text(&talk.offered),
            chosen: text(&talk.chosen),
            covered_else: text(&talk.covered_else),
            covered: talk.covered,
            topic: String::new(),
            taught: Vec::new(),
        }
    }

    /// Whether nothing is typed that stands behind "More".
    pub fn is_empty(&self) -> bool {
        let shown = Self {
            covered: self.covered.clone(),
            ..Self::default()
        };
        *self == shown
    }

    /// What the contact was about. Half an advocacy is named.
    pub fn talk(&self, wrong: &mut Vec<Wrong>) -> Talk {
        let (name, service) = (text(&self.interpreter), text(&self.service));
        let has_interpreter = name.is_some() || service.is_some();
        Talk {
            planned: self.planned,
            covered: self.covered.clone(),
            covered_else: text(&self.covered_else),
            who: text(&self.who),
            interpreter: has_interpreter.then_some(Interpreter { name, service }),
            advocacy: self.read_advocacy(wrong),
            offered: text(&self.offered),
            chosen: text(&self.chosen),
        }
    }

    fn read_advocacy(&self, wrong: &mut Vec<Wrong>) -> Option<Advocacy> {
        let (name, asked) = (text(&self.advocacy_name), text(&self.asked));
        match (self.advocacy, asked) {
            (Some(with), Some(asked)) => Some(Advocacy { with, name, asked }),
            (Some(_), None) => {
                wrong.push(Wrong::new("asked", "Say what was asked on the patient\u{2019}s behalf"));
                None
            }
            (None, Some(_)) => {
                wrong.push(Wrong::new(
                    "advocacy",
                    "Choose with whom you spoke on the patient\u{2019}s behalf",
                ));
                None
            }
            (None, None) if name.is_some() => {
                wrong.push(Wrong::new(
                    "advocacy",
                    "Choose with whom you spoke on the patient\u{2019}s behalf",
                ));
                None
            }
            (None, None) => None,
        }
    }

    /// Education given: the topic, and to whom.
    pub fn education(&self, wrong: &mut Vec<Wrong>) -> Vec<(String, Vec<With>)> {
        match text(&self.topic) {
            Some(topic) => {
                let nobody = self.taught.is_empty();
                let to = if nobody {
                    vec![With::Patient]
                } else {
                    self.taught.clone()
                };
                vec![(topic, to)]
            }
            None if !self.taught.is_empty() => {
                wrong.push(Wrong::new("topic", "Say what the education was about"));
                Vec::new()
            }
            None => Vec::new(),
        }
    }
}
