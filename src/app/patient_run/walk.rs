//! Which question comes next, and which came before: several forms in a row, skip logic, a page that was loaded again.

use std::collections::BTreeMap;

use super::Size;
use crate::instruments::{Answers, Definition, Item, ItemId, Rule, definition_of, may_be_asked};
use crate::journal::facts::Respondent;

/// Where a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the first question.
    Begin,
    /// At a question.
    Question {
        /// Which form, from 0.
        form: usize,
        /// Which of its questions in the definition's order, from 0.
        question: usize,
    },
    /// After the last form.
    Done,
}

/// The forms of a run, and the answers that this page knows. A page that was loaded again knows none of those before: they are sealed.
#[derive(Clone, Debug)]
pub struct Walk {
    forms: Vec<Form>,
}

#[derive(Clone, Debug)]
struct Form {
    definition: &'static Definition,
    /// Questions in the order in which a patient is asked, by their place in the definition.
    order: Vec<usize>,
    /// Answers that were given on this page; `None` for a question that was passed over.
    answers: BTreeMap<String, Option<u8>>,
}

impl Walk {
    /// The forms, in order.
    pub fn new(definitions: &[&'static Definition]) -> Self {
        let form = |definition: &&'static Definition| Form {
            definition,
            order: order_of(definition),
            answers: BTreeMap::new(),
        };
        Self {
            forms: definitions.iter().map(form).collect(),
        }
    }

    /// The definition of a form.
    pub fn definition(&self, form: usize) -> Option<&'static Definition> {
        self.forms.get(form).map(|form| form.definition)
    }

    /// Whether a parent answers for a child.
    pub fn is_for_a_parent(&self) -> bool {
        let parent = Some(Respondent::Parent);
        self.forms
            .iter()
            .any(|form| form.definition.filled_in_alone_by() == parent)
    }

    /// The item at a place.
    pub fn item(&self, place: Place) -> Option<&'static Item> {
        let Place::Question { form, question } = place else {
            return None;
        };
        self.forms.get(form)?.definition.questions().nth(question)
    }

    /// For whom alone the question at a place is, `male` or `female`, where it depends on that: the locked page doesn't know who
    /// reads it, so it shows the question and says for whom it is, as the form on paper does.
    pub fn only_for(&self, place: Place) -> Option<&'static str> {
        match self.item(place)?.asked_when.as_ref()? {
            Rule::Context { name, is } if name == "sex" => Some(is),
            _ => None,
        }
    }

    /// The places of a form that are asked as things stand, in order.
    pub fn places(&self, form: usize) -> Vec<Place> {
        let Some(of) = self.forms.get(form) else {
            return Vec::new();
        };
        let asked = of.order.iter().filter(|question| of.is_asked(**question));
        asked
            .map(|question| Place::Question {
                form,
                question: *question,
            })
            .collect()
    }

    /// Takes an answer down; `None` when the patient would rather not answer.
    pub fn answer(&mut self, place: Place, value: Option<u8>) {
        let Some(item) = self.item(place) else { return };
        let Place::Question { form, .. } = place else { return };
        if let Some(form) = self.forms.get_mut(form) {
            form.answers.insert(item.id.as_str().to_owned(), value);
        }
    }

    /// The answer that this page knows: outer `None` when it knows of none.
    pub fn answered(&self, place: Place) -> Option<Option<u8>> {
        let Place::Question { form, .. } = place else {
            return None;
        };
        let item = self.item(place)?;
        self.forms.get(form)?.answers.get(item.id.as_str()).copied()
    }

    /// The place after this one.
    pub fn next(&self, place: Place) -> Place {
        match place {
            Place::Begin => self.first_from(0),
            Place::Done => Place::Done,
            Place::Question { form, question } => match self.after(form, question) {
                Some(next) => next,
                None => self.first_from(form + 1),
            },
        }
    }

    /// Whether the form ends with this place.
    pub fn ends_form(&self, place: Place) -> bool {
        match place {
            Place::Question { form, question } => self.after(form, question).is_none(),
            Place::Begin | Place::Done => false,
        }
    }

    /// The place before this one; none before the first question.
    pub fn before(&self, place: Place) -> Option<Place> {
        let all: Vec<Place> = (0..self.forms.len()).flat_map(|form| self.places(form)).collect();
        let at = match place {
            Place::Begin => return None,
            Place::Done => all.len(),
            Place::Question { .. } => all.iter().position(|other| *other == place)?,
        };
        // What was chosen there before a reload can't be shown; it was kept, and a new answer replaces it.
        all.get(at.checked_sub(1)?).copied()
    }

    /// The first place of a form, or of the next that has one.
    pub fn first_from(&self, form: usize) -> Place {
        let forms = form..self.forms.len();
        forms
            .flat_map(|form| self.places(form).into_iter().next())
            .next()
            .unwrap_or(Place::Done)
    }

    /// Where a page that was loaded again goes on: after what was kept last. Answers from before are not known, so what depends on them
    /// is asked: an answer too many does no harm.
    pub fn resume(&self, last: Option<(&str, u32)>, size: Size) -> Place {
        let Some((instrument, position)) = last else {
            return Place::Begin;
        };
        let found = self
            .forms
            .iter()
            .position(|form| form.definition.id.as_str() == instrument);
        let Some(form) = found else { return Place::Begin };
        let Some(question) = self.forms.get(form).and_then(|of| of.question_at(position)) else {
            // The form's end was kept.
            return self.first_from(form + 1);
        };
        match size {
            Size::One => self.next(Place::Question { form, question }),
            // The page of that form, which its end was not kept of.
            Size::Whole => Place::Question { form, question },
        }
    }

    /// How many questions lie before a place, and how many there are, as things stand.
    pub fn progress(&self, place: Place) -> (usize, usize) {
        let all: Vec<Place> = (0..self.forms.len()).flat_map(|form| self.places(form)).collect();
        let at = match place {
            Place::Begin => 0,
            Place::Done => all.len(),
            Place::Question { .. } => all.iter().position(|other| *other == place).unwrap_or(0),
        };
        (at, all.len())
    }

    /// Whether an answer at a place is a positive one to a question about suicide or self-harm.
    pub fn is_positive(&self, place: Place, value: Option<u8>) -> bool {
        let (Some(item), Some(value), Place::Question { form, .. }) = (self.item(place), value, place) else {
            return false;
        };
        let watched = self
            .definition(form)
            .into_iter()
            .flat_map(|definition| &definition.safety_items);
        watched
            .filter(|safety| safety.item == item.id)
            .any(|safety| safety.positive_at <= i32::from(value))
    }

    /// The position under which an answer is kept: the question's in the definition by which it is scored, whatever its language.
    pub fn position(&self, place: Place) -> Option<u32> {
        let Place::Question { form, .. } = place else {
            return None;
        };
        let item = self.item(place)?;
        let scored = definition_of(self.definition(form)?.id.as_str()).ok()?;
        let at = scored.questions().position(|question| question.id == item.id)?;
        u32::try_from(at).ok()
    }

    fn after(&self, form: usize, question: usize) -> Option<Place> {
        let of = self.forms.get(form)?;
        let at = of.order.iter().position(|other| *other == question)?;
        let rest = of.order.iter().skip(at + 1);
        let next = rest.copied().find(|question| of.is_asked(*question))?;
        Some(Place::Question { form, question: next })
    }
}

impl Form {
    /// The question of a position that was kept; `None` past the last.
    fn question_at(&self, position: u32) -> Option<usize> {
        let scored = definition_of(self.definition.id.as_str()).ok()?;
        let item = scored.questions().nth(usize::try_from(position).ok()?)?;
        self.definition.questions().position(|question| question.id == item.id)
    }

    fn is_asked(&self, question: usize) -> bool {
        let Some(item) = self.definition.questions().nth(question) else {
            return false;
        };
        let given = |(item, value): (&String, &Option<u8>)| Some((ItemId::new(item.as_str()), i32::from((*value)?)));
        let answers: Answers = self.answers.iter().filter_map(given).collect();
        may_be_asked(self.definition, item, &answers)
    }
}

/// The questions in the order in which a patient is asked: the definition's, but a question that others depend on comes before them.
fn order_of(definition: &Definition) -> Vec<usize> {
    let items: Vec<&Item> = definition.questions().collect();
    let gates: Vec<usize> = (0..items.len())
        .filter(|at| {
            let id = items.get(*at).map(|item| &item.id);
            let earlier = items.iter().take(*at).filter_map(|item| item.asked_when.as_ref());
            id.is_some_and(|id| earlier.into_iter().any(|rule| rule.names(id)))
        })
        .collect();
    let rest = (0..items.len()).filter(|at| !gates.contains(at));
    gates.iter().copied().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Language, in_language, speaks};
    use super::*;

    fn walk(instruments: &[&str]) -> Walk {
        let definitions: Vec<_> = instruments.iter().map(|id| definition_of(id).unwrap()).collect();
        Walk::new(&definitions)
    }

    fn at(form: usize, question: usize) -> Place {
        Place::Question { form, question }
    }

    #[test]
    fn forms_follow_one_another_and_end() {
        let walk = walk(&["phq2", "gad2"]);
        let mut place = Place::Begin;
        let mut seen = Vec::new();
        while place != Place::Done {
            place = walk.next(place);
            seen.push(place);
        }
        assert_eq!(seen, [at(0, 0), at(0, 1), at(1, 0), at(1, 1), Place::Done]);
        assert_eq!(walk.before(at(1, 0)), Some(at(0, 1)));
        assert_eq!(walk.before(Place::Done), Some(at(1, 1)));
        assert_eq!(walk.before(at(0, 0)), None);
        assert!(walk.ends_form(at(0, 1)) && !walk.ends_form(at(0, 0)));
        assert_eq!(walk.progress(at(1, 0)), (2, 4));
    }

    #[test]
    fn a_question_that_others_depend_on_comes_first_and_a_no_ends_the_form() {
        let mut walk = walk(&["pcptsd5"]);
        let gate = walk.next(Place::Begin);
        assert_eq!(walk.item(gate).unwrap().id.as_str(), "pcptsd5_gate");
        assert_eq!(walk.progress(gate).1, 6, "as long as it isn't known, all are asked");
        walk.answer(gate, Some(0));
        assert_eq!(walk.next(gate), Place::Done);
        assert!(walk.ends_form(gate));
        walk.answer(gate, Some(1));
        assert_eq!(walk.item(walk.next(gate)).unwrap().id.as_str(), "pcptsd5_1");
        walk.answer(gate, None);
        assert_ne!(walk.next(gate), Place::Done, "not answered is not no");
    }

    #[test]
    fn a_page_that_was_loaded_again_goes_on_after_what_was_kept_last() {
        let walk = walk(&["phq9", "gad7"]);
        for (last, place) in [
            (None, Place::Begin),
            (Some(("phq9", 0)), at(0, 1)),
            (Some(("phq9", 8)), at(0, 9)),
            (Some(("phq9", 9)), at(1, 0)),
            (Some(("phq9", 10)), at(1, 0)),
            (Some(("gad7", 7)), Place::Done),
            (Some(("gad7", 8)), Place::Done),
            (Some(("gone", 1)), Place::Begin),
        ] {
            assert_eq!(walk.resume(last, Size::One), place, "{last:?}");
        }
        for (last, place) in [
            (("phq9", 9), at(0, 9)),
            (("phq9", 10), at(1, 0)),
            (("gad7", 8), Place::Done),
        ] {
            assert_eq!(walk.resume(Some(last), Size::Whole), place, "{last:?}");
        }
    }

    #[test]
    fn the_same_answer_is_kept_alike_in_every_language() {
        let phq9 = definition_of("phq9").unwrap();
        for language in [Language::English, Language::Spanish] {
            assert!(speaks(phq9, language));
            let walk = Walk::new(&[in_language(phq9, language)]);
            let mut place = walk.next(Place::Begin);
            while let Some(item) = walk.item(place) {
                let position = walk.position(place).unwrap();
                let scored = phq9.questions().nth(usize::try_from(position).unwrap()).unwrap();
                assert_eq!((&scored.id, &scored.answer), (&item.id, &item.answer));
                assert_eq!(walk.resume(Some(("phq9", position)), Size::Whole), place);
                place = walk.next(place);
            }
        }
        assert_ne!(in_language(phq9, Language::Spanish).instruction, phq9.instruction);
    }

    #[test]
    fn bam_asks_which_drugs_after_question_six_and_only_when_there_were_any() {
        let mut walk = walk(&["bam"]);
        let ids = |walk: &Walk| -> Vec<String> {
            let items = walk.places(0).into_iter().filter_map(|place| walk.item(place));
            items.map(|item| item.id.as_str().replace("bam_", "")).collect()
        };
        let with = "1 2 3 4 5 6 7a 7b 7c 7d 7e 7f 7g 8 9 10 11 12 13 14 15 16 17";
        assert_eq!(ids(&walk).join(" "), with, "as long as it isn't known, all are asked");
        let six = walk.places(0)[5];
        walk.answer(six, Some(0));
        assert_eq!(ids(&walk).join(" "), "1 2 3 4 5 6 8 9 10 11 12 13 14 15 16 17");
        walk.answer(six, Some(1));
        assert_eq!(ids(&walk).join(" "), with);
    }

    #[test]
    fn the_two_questions_of_taps_about_drinks_say_for_whom_they_are() {
        let walk = walk(&["taps1"]);
        let whose: Vec<Option<&str>> = walk.places(0).into_iter().map(|place| walk.only_for(place)).collect();
        assert_eq!(whose, [None, Some("male"), Some("female"), None, None]);
    }

    #[test]
    fn only_a_positive_safety_answer_is_one() {
        let walk = walk(&["phq9"]);
        for (question, value, positive) in [
            (8, Some(1), true),
            (8, Some(3), true),
            (8, Some(0), false),
            (8, None, false),
            (7, Some(3), false),
        ] {
            assert_eq!(
                walk.is_positive(at(0, question), value),
                positive,
                "{question} {value:?}"
            );
        }
    }

    #[test]
    fn a_question_passed_over_is_known_as_such() {
        let mut walk = walk(&["phq2"]);
        assert_eq!(walk.answered(at(0, 0)), None);
        walk.answer(at(0, 0), None);
        assert_eq!(walk.answered(at(0, 0)), Some(None));
        walk.answer(at(0, 0), Some(2));
        assert_eq!(walk.answered(at(0, 0)), Some(Some(2)));
    }

    #[test]
    fn every_form_for_patients_can_be_walked_to_its_end() {
        let forms = crate::instruments::known_instruments().filter_map(|id| definition_of(id.as_str()).ok());
        let forms: Vec<_> = forms.filter(|d| d.filled_in_alone_by().is_some()).collect();
        let by = |who: Respondent| -> Vec<&str> {
            let its = forms.iter().filter(|d| d.filled_in_alone_by() == Some(who));
            its.map(|d| d.id.as_str()).collect()
        };
        assert_eq!(
            by(Respondent::Patient),
            [
                "auditc", "bam", "gad2", "gad7", "gds15", "pcl5", "pcptsd5", "phq15", "phq2", "phq4", "phq8", "phq9",
                "phq9m", "taps1",
            ]
        );
        assert_eq!(by(Respondent::Parent), ["psc17"]);
        for form in forms {
            let walk = Walk::new(&[form]);
            let mut place = walk.next(Place::Begin);
            let mut seen = 0;
            while let Some(item) = walk.item(place) {
                assert!(!form.options(item).is_empty(), "{}", item.id);
                seen += 1;
                place = walk.next(place);
            }
            assert_eq!((place, seen), (Place::Done, form.questions().count()), "{}", form.id);
        }
    }
}
