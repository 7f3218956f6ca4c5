//! The questions of a definition and what can be answered.

use serde::Deserialize;

use super::ids::ItemId;
use super::rules::Rule;

/// One question.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Unique within the definition.
    pub id: ItemId,
    /// The words that the question continues, verbatim ("In the past month, have you…").
    #[serde(default)]
    pub stem: Option<String>,
    /// An explanation that belongs to the question, verbatim.
    #[serde(default)]
    pub help: Option<String>,
    /// The question, verbatim. Empty where the text may not be shipped: the number stands for it.
    #[serde(default)]
    pub text: String,
    /// What is entered, in this project's own words, where the question's text is not shipped: `Words recalled`.
    #[serde(default)]
    pub label: Option<String>,
    /// What can be answered.
    pub answer: AnswerKind,
    /// Whether it counts in the score.
    #[serde(default = "yes")]
    pub scored: bool,
    /// Whether the sum takes its mirror image (GDS-15: some items score on No).
    #[serde(default)]
    pub reversed: bool,
    /// A short name under which its answer can be given, such as `difficulty`.
    #[serde(default)]
    pub alias: Option<String>,
    /// Asked only when this holds; not asked is not missing, and an answer given all the same doesn't count in a sum.
    #[serde(default)]
    pub asked_when: Option<Rule>,
    /// May be left out when this holds; an answer counts.
    #[serde(default)]
    pub optional_when: Option<Rule>,
    /// May always be left out; an answer counts.
    #[serde(default)]
    pub optional: bool,
    /// The item that it follows on the form, where it stands elsewhere in the file (BAM items 7A to 7G).
    #[serde(default)]
    pub asked_after: Option<ItemId>,
    /// Whether the form has this question. Some files count a place that no form asks (BAM item 7, of 7A to 7G).
    #[serde(default = "yes")]
    pub on_form: bool,
    /// A remark for staff.
    #[serde(default)]
    pub note: Option<String>,
    /// The LOINC code of the question.
    #[serde(default)]
    pub loinc: Option<String>,
}

fn yes() -> bool {
    true
}

/// What can be answered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// One of the named answer list.
    Options(String),
    /// A whole number from the first to the second.
    Range(i32, i32),
    /// A whole number in a range, some of which have a label: those of the named answer list (BAM item 14).
    Labelled {
        /// The answer list.
        options: String,
        /// The lowest and highest number.
        range: (i32, i32),
    },
    /// Words, which are not scored.
    FreeText,
}

/// One answer of an answer list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerOption {
    /// The number that is stored and scored.
    pub value: i32,
    /// The label, verbatim.
    pub label: String,
    /// Other words for it, lower case, accepted on a command line or in a file.
    #[serde(default)]
    pub words: Vec<String>,
    /// The LOINC answer code.
    #[serde(default)]
    pub loinc: Option<String>,
    /// Other codes for it, read and never written (LOINC gives GAD-7 item 2 one of its own).
    #[serde(default)]
    pub also_loinc: Vec<String>,
}

impl AnswerOption {
    /// A number that is its own label.
    pub(super) fn number(value: i32) -> Self {
        Self {
            value,
            label: value.to_string(),
            words: Vec::new(),
            loinc: None,
            also_loinc: Vec::new(),
        }
    }
}
