//! Rules as data: three-valued, because an unanswered item is neither yes nor no.

use serde::Deserialize;

use super::ids::ItemId;
use super::results::NotKnown;

/// A condition on answers, results and context.
///
/// In a data file: `{"any": [{"item": {"id": "phq9_9", "at_least": 1}}, {"context": {"name": "sex", "is": "female"}}]}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// All of these hold.
    All(Vec<Rule>),
    /// At least one of these holds.
    Any(Vec<Rule>),
    /// This doesn't hold.
    Not(Box<Rule>),
    /// The raw answer lies in a range. An item that wasn't asked doesn't; one that wasn't answered is unknown.
    Item {
        /// The item.
        id: ItemId,
        /// The lowest answer in the range.
        #[serde(default)]
        at_least: Option<i32>,
        /// The highest answer in the range.
        #[serde(default)]
        at_most: Option<i32>,
    },
    /// An earlier result lies in a range; of a yes-or-no result, yes is 1.
    Result {
        /// The result's name.
        key: String,
        /// The lowest number in the range.
        #[serde(default)]
        at_least: Option<i32>,
        /// The highest number in the range.
        #[serde(default)]
        at_most: Option<i32>,
    },
    /// A context has this value.
    Context {
        /// Its name, such as `sex`.
        name: String,
        /// The value, such as `female`.
        is: String,
    },
    /// The item has an answer, whatever it is.
    Answered(ItemId),
}

impl Rule {
    /// Whether it depends on a result, and so can't be read from raw answers alone.
    pub fn reads_results(&self) -> bool {
        match self {
            Self::All(rules) | Self::Any(rules) => rules.iter().any(Self::reads_results),
            Self::Not(rule) => rule.reads_results(),
            Self::Result { .. } => true,
            Self::Item { .. } | Self::Context { .. } | Self::Answered(_) => false,
        }
    }

    /// Whether it depends on an item's answer.
    pub fn names(&self, item: &ItemId) -> bool {
        let mut named = false;
        self.walk(&mut |rule| match rule {
            Self::Item { id, .. } | Self::Answered(id) => named |= id == item,
            _ => {}
        });
        named
    }

    /// Whether it depends on something about the patient.
    pub fn reads_context(&self) -> bool {
        let mut reads = false;
        self.walk(&mut |rule| reads |= matches!(rule, Self::Context { .. }));
        reads
    }

    /// Calls `visit` with each rule inside, this one first.
    pub(super) fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        match self {
            Self::All(rules) | Self::Any(rules) => {
                for rule in rules {
                    rule.walk(visit);
                }
            }
            Self::Not(rule) => rule.walk(visit),
            Self::Item { .. } | Self::Result { .. } | Self::Context { .. } | Self::Answered(_) => {}
        }
    }
}

/// Yes, no, or why it isn't known.
pub(super) type Truth = Result<bool, NotKnown>;

/// Yes when one is; unknown when one is unknown and none is yes.
pub(super) fn any(truths: impl Iterator<Item = Truth>) -> Truth {
    settle(truths, true)
}

/// No when one is; unknown when one is unknown and none is no.
pub(super) fn all(truths: impl Iterator<Item = Truth>) -> Truth {
    settle(truths, false)
}

fn settle(truths: impl Iterator<Item = Truth>, decisive: bool) -> Truth {
    let mut unknown = None;
    for truth in truths {
        match truth {
            Ok(value) if value == decisive => return Ok(decisive),
            Ok(_) => {}
            Err(why) => unknown = unknown.or(Some(why)),
        }
    }
    unknown.map_or(Ok(!decisive), Err)
}

/// Whether a number lies between two inclusive ends, either of which may be open.
pub(super) fn within(value: i32, at_least: Option<i32>, at_most: Option<i32>) -> bool {
    at_least.is_none_or(|low| low <= value) && at_most.is_none_or(|high| value <= high)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNKNOWN: Truth = Err(NotKnown::Unanswered);

    #[test]
    fn unknown_gives_way_only_to_what_decides() {
        let table = [
            (vec![UNKNOWN, Ok(true)], Ok(true), UNKNOWN),
            (vec![UNKNOWN, Ok(false)], UNKNOWN, Ok(false)),
            (vec![Ok(true), Ok(false)], Ok(true), Ok(false)),
            (vec![], Ok(false), Ok(true)),
        ];
        for (truths, want_any, want_all) in table {
            assert_eq!(any(truths.iter().cloned()), want_any, "{truths:?}");
            assert_eq!(all(truths.iter().cloned()), want_all, "{truths:?}");
        }
    }

    #[test]
    fn a_rule_on_a_total_is_not_a_rule_on_raw_answers() {
        let rule: Rule = serde_json::from_str(
            r#"{"any":[{"item":{"id":"a","at_least":1}},{"not":{"result":{"key":"total","at_least":20}}}]}"#,
        )
        .unwrap();
        assert!(rule.reads_results());
    }
}
