//! Measures: definitions as data, one generic scorer, safety rules on raw answers.
//!
//! No instrument is in code: each is a file under `data/`, read by [`definition()`] and scored by [`score`].
//! What holds for all of them:
//!
//! - An unanswered item is never 0. An empty form has no score; a score of 0 is a score.
//! - Red flags are read from the raw answers, before any total ([`red_flags`]): a total of 1 can still be an alert.
//! - A safety item that was not answered is not a "no" ([`SafetyAnswer::NotAnswered`]).
//! - Answers are kept by item id ([`Answers`]), never by position: forms of one family differ in their order.
//! - An assessment is scored by the version of the definition that it carries, and by no other ([`definition_taken`]).
//! - What depends on a context (sex, for some cut-offs) is unknown without it ([`NotKnown::Context`]).
//!
//! Nothing here diagnoses: a result is a value, a band, the rule's name and its source.

mod answers;
mod assessment;
mod brief;
mod catalog;
mod change;
mod check;
mod definition;
mod derive;
mod files;
mod flags;
mod ids;
mod inspect;
mod item;
mod measure;
mod own;
mod pack;
mod parts;
mod results;
mod rules;
mod said;
mod score;
mod sheet;
mod wording;

pub use answers::{Answers, Context, MissingPolicy};
pub use assessment::{
    AssessmentError, definition_drawn, definition_of, definition_taken, positive_safety_answer, score_assessment,
};
pub use brief::{Brief, brief};
pub use catalog::{Catalog, catalog, definition, known_instruments};
pub use change::{Change, NamedChange, Trend, change};
pub use check::DefinitionError;
pub use definition::{
    AlarmLine, Band, Definition, DerivedFrom, Direction, Entry, FlagLevel, LicenceTier, LoincCodes, MissingRule,
    Prorating, RedFlag, SafetyItem,
};
pub use derive::{derive_from_answers, derive_from_totals};
pub use flags::{ALARM_SCORE, Flag, SafetyAnswer, red_flags};
pub use ids::{InstrumentId, ItemId, Score, shipped_id};
pub use inspect::{InspectError, inspect_score, scored_to_json};
pub use item::{AnswerKind, AnswerOption, Item};
pub use measure::{ChangeRule, ChangeTest, Cutoff, Limit, Measure, Row, Step, Tally};
pub use own::{OwnError, is_own, own_definition, own_id, title_of};
pub use pack::Pack;
pub use parts::ResultLine;
pub use results::{NotKnown, Ratio, ResultValue};
pub use rules::Rule;
pub use said::{answer_words, rule_words, tenths_item, total_words, yes_or_no};
pub use score::{Basis, Prorated, ScoreError, Scored, score, score_total};
pub use sheet::{is_asked, may_be_asked};
pub use wording::{ItemWords, Wording};
