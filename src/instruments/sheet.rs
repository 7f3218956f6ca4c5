//! One administration laid beside its definition: which items count, and what a rule makes of them.

use std::collections::BTreeMap;

use super::answers::{Answers, Context};
use super::definition::Definition;
use super::ids::ItemId;
use super::item::Item;
use super::results::{NotKnown, ResultValue};
use super::rules::{Rule, Truth, all, any, within};

/// Answers, context and the results so far. The answers have been checked against the definition.
pub(super) struct Sheet<'a> {
    pub definition: &'a Definition,
    pub answers: &'a Answers,
    pub context: &'a Context,
    pub results: BTreeMap<String, ResultValue>,
}

/// Whether a question may be asked, as the answers stand. One that depends on an answer which isn't known is asked.
pub fn may_be_asked(definition: &Definition, item: &Item, answers: &Answers) -> bool {
    let context = Context::new();
    let sheet = Sheet::new(definition, answers, &context);
    item.asked_when
        .as_ref()
        .is_none_or(|rule| sheet.holds(rule) != Ok(false))
}

/// Whether an item is asked after others were answered: its condition holds. One whose condition isn't known yet is not
/// asked yet. An item without a condition always is.
pub fn is_asked(definition: &Definition, item: &Item, answers: &Answers, context: &Context) -> bool {
    let sheet = Sheet::new(definition, answers, context);
    item.asked_when
        .as_ref()
        .is_none_or(|rule| sheet.holds(rule) == Ok(true))
}

/// What an item comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemState {
    /// The raw answer.
    Answered(i32),
    /// It wasn't asked, or could be left out and was.
    LeftOut,
    /// It was asked and has no answer.
    Unanswered,
}

/// A sum and how it came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Part {
    pub points: i32,
    pub answered: usize,
    pub unanswered: usize,
}

impl<'a> Sheet<'a> {
    pub fn new(definition: &'a Definition, answers: &'a Answers, context: &'a Context) -> Self {
        Self {
            definition,
            answers,
            context,
            results: BTreeMap::new(),
        }
    }

    pub fn state(&self, item: &Item) -> ItemState {
        let holds = |rule: &Option<Rule>| rule.as_ref().map(|rule| self.holds(rule));
        if holds(&item.asked_when) == Some(Ok(false)) {
            return ItemState::LeftOut;
        }
        match self.answers.get(&item.id) {
            Some(value) => ItemState::Answered(value),
            None if item.optional || holds(&item.optional_when) == Some(Ok(true)) => ItemState::LeftOut,
            None => ItemState::Unanswered,
        }
    }

    /// The items that were asked and not answered, in form order.
    pub fn missing(&self) -> Vec<ItemId> {
        let scored = self.definition.all_items().filter(|item| item.scored);
        scored
            .filter(|item| self.state(item) == ItemState::Unanswered)
            .map(|item| item.id.clone())
            .collect()
    }

    /// The sum over these items, or over all scored ones where none are named.
    pub fn sum(&self, ids: &[ItemId]) -> Part {
        let mut part = Part::default();
        for item in self.items_named(ids) {
            match self.state(item) {
                ItemState::Answered(value) => {
                    part.points += self.definition.scored_value(item, value);
                    part.answered += 1;
                }
                ItemState::Unanswered => part.unanswered += 1,
                ItemState::LeftOut => {}
            }
        }
        part
    }

    /// These items, or all scored ones where none are named.
    pub fn items_named(&self, ids: &[ItemId]) -> impl Iterator<Item = &'a Item> {
        let definition = self.definition;
        definition.all_items().filter(move |item| {
            if ids.is_empty() {
                item.scored && definition.items.contains(item)
            } else {
                ids.contains(&item.id)
            }
        })
    }

    /// An earlier result as a number; yes is 1.
    pub fn number(&self, key: &str) -> Result<i32, NotKnown> {
        match self.results.get(key) {
            Some(ResultValue::Number(value)) => Ok(*value),
            Some(ResultValue::Truth(value)) => Ok(i32::from(*value)),
            Some(ResultValue::NotKnown(why)) => Err(why.clone()),
            _ => Err(NotKnown::Unanswered),
        }
    }

    pub fn holds(&self, rule: &Rule) -> Truth {
        match rule {
            Rule::All(rules) => all(rules.iter().map(|rule| self.holds(rule))),
            Rule::Any(rules) => any(rules.iter().map(|rule| self.holds(rule))),
            Rule::Not(rule) => self.holds(rule).map(|truth| !truth),
            Rule::Item { id, at_least, at_most } => self.answer_within(id, *at_least, *at_most),
            Rule::Result { key, at_least, at_most } => Ok(within(self.number(key)?, *at_least, *at_most)),
            Rule::Context { name, is } => match self.context.get(name) {
                Some(value) => Ok(value == is),
                None => Err(NotKnown::Context(name.clone())),
            },
            Rule::Answered(id) => Ok(self.answers.get(id).is_some()),
        }
    }

    /// A raw answer counts here even where the item should not have been asked: a safety rule must see it.
    fn answer_within(&self, id: &ItemId, at_least: Option<i32>, at_most: Option<i32>) -> Truth {
        if let Some(value) = self.answers.get(id) {
            return Ok(within(value, at_least, at_most));
        }
        match self.definition.item(id).map(|item| self.state(item)) {
            Some(ItemState::LeftOut) => Ok(false),
            _ => Err(NotKnown::Unanswered),
        }
    }
}
