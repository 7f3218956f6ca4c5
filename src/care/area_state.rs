//! How far an area of the initial assessment was asked.

use super::areas::{AreaInfo, is_relevant};
use crate::journal::facts::{Question, Sex};

/// How far an area was asked. "Asked, no" counts as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AreaState {
    /// All of it.
    Asked,
    /// Some of it.
    Partly {
        /// So many questions.
        asked: usize,
        /// Of so many that are for this patient.
        all: usize,
        /// The titles of the others.
        open: Vec<&'static str>,
    },
    /// Nothing.
    NotAsked,
}

impl AreaState {
    /// Of an area, by which of its questions were asked.
    pub fn of(info: &AreaInfo, sex: Option<Sex>, was_asked: impl Fn(Question) -> bool) -> Self {
        let of_interest = info.questions.iter().filter(|asked| is_relevant(asked.question, sex));
        let all: Vec<_> = of_interest.collect();
        let open = all.iter().filter(|asked| !was_asked(asked.question));
        let open: Vec<&'static str> = open.map(|asked| asked.title).collect();
        match all.len() - open.len() {
            asked if asked == all.len() => Self::Asked,
            0 => Self::NotAsked,
            asked => Self::Partly {
                asked,
                all: all.len(),
                open,
            },
        }
    }

    /// In words.
    pub fn words(&self) -> String {
        match self {
            Self::Asked => "asked".to_owned(),
            Self::NotAsked => "not asked".to_owned(),
            Self::Partly { asked, all, open } => {
                format!("partly, {asked} of {all}; not asked: {}", open.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::areas::AREAS;
    use super::*;

    fn info(question: Question) -> &'static AreaInfo {
        let mut areas = AREAS.iter();
        areas
            .find(|info| info.questions.iter().any(|asked| asked.question == question))
            .unwrap()
    }

    #[test]
    fn an_area_is_asked_partly_asked_or_not_asked() {
        for info in AREAS {
            assert_eq!(AreaState::of(info, None, |_| true), AreaState::Asked, "{}", info.title);
            assert_eq!(
                AreaState::of(info, None, |_| false),
                AreaState::NotAsked,
                "{}",
                info.title
            );
            let first = info.questions[0].question;
            let rest = info.questions[1..].iter().map(|asked| asked.title);
            let open: Vec<_> = rest.collect();
            let state = AreaState::of(info, None, |question| question == first);
            let expected = match open.is_empty() {
                true => AreaState::Asked,
                false => AreaState::Partly {
                    asked: 1,
                    all: info.questions.len(),
                    open,
                },
            };
            assert_eq!(state, expected, "{}", info.title);
        }
    }

    #[test]
    fn what_is_not_for_a_patient_is_no_gap() {
        let info = info(Question::Pregnancy);
        let of_men = |question| {
            !matches!(
                question,
                Question::Pregnancy | Question::Breastfeeding | Question::Contraception
            )
        };
        assert_eq!(AreaState::of(info, Some(Sex::Male), of_men), AreaState::Asked);
        let words = AreaState::of(info, Some(Sex::Female), of_men).words();
        assert!(
            words.starts_with("partly, ") && words.contains("; not asked: "),
            "{words}"
        );
    }
}
