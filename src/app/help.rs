//! The help's texts: of each page what it is for, three things to do, and where its rule comes from; and the page for the privacy officer.
//! Prose is data (`help/topics.txt`, `help/privacy.txt`); pages draw it.

use super::route::{Route, Section};

const TOPICS: &str = include_str!("help/topics.txt");
const PRIVACY: &str = include_str!("help/privacy.txt");

/// What the help says of one kind of page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// What it is called here: `today`.
    pub word: &'static str,
    /// What people call it: `Today`.
    pub title: &'static str,
    /// What the page is for.
    pub purpose: &'static str,
    /// Things to do there.
    pub deeds: Vec<&'static str>,
    /// Where its rule comes from, or what else to know.
    pub rule: Option<&'static str>,
}

impl Topic {
    /// Whether it says all of these words, wherever and however written.
    pub fn says(&self, wanted: &str) -> bool {
        let all = [&[self.title, self.purpose][..], &self.deeds, self.rule.as_slice()].concat();
        let all = all.join(" ").to_lowercase();
        wanted.to_lowercase().split_whitespace().all(|word| all.contains(word))
    }
}

/// All topics, in the order of a day.
pub fn topics() -> Vec<Topic> {
    TOPICS.split("\n== ").filter_map(read_topic).collect()
}

/// `today: Today`, a line of purpose, lines of deeds that begin with a dash, and at most one more line.
fn read_topic(text: &'static str) -> Option<Topic> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (word, title) = lines.next()?.trim_start_matches("== ").split_once(": ")?;
    let purpose = lines.next()?;
    let (deeds, rest): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with("- "));
    Some(Topic {
        word,
        title,
        purpose,
        deeds: deeds.iter().map(|line| line.trim_start_matches("- ")).collect(),
        rule: rest.first().copied(),
    })
}

/// The topic of a page.
pub fn word_of(route: Route) -> &'static str {
    match route {
        Route::Today => "today",
        Route::Caseload(_) => "caseload",
        Route::NewPatient => "new-patient",
        Route::Patient(_) => "patient",
        Route::Contact(_) => "contact",
        Route::Safety(..) => "safety",
        Route::SafetyPlan(_) => "safety-plan",
        Route::Crisis => "crisis",
        Route::Alerts => "alerts",
        Route::Section(_, Section::Intake) => "intake",
        Route::Section(_, Section::Assessment) => "assessment",
        Route::Section(_, Section::CarePlan) => "care-plan",
        Route::Section(_, Section::Medicines) | Route::CarryOut(..) => "medicines",
        Route::Section(_, Section::Together) => "together",
        Route::Section(_, Section::Closing) => "closing",
        Route::Section(_, Section::Notes) => "notes",
        Route::Ehr => "ehr",
        Route::Directory => "directory",
        Route::Review(_) => "review",
        Route::Month(_) => "month",
        Route::MonthPart(..) => "claims",
        Route::Send => "send",
        Route::Import => "import",
        Route::Triage => "triage",
        Route::Settings | Route::Credits | Route::Privacy => "settings",
        Route::Stack => "stack",
        Route::Form(_) | Route::Filled(..) => "form",
        Route::HandOver(_) => "tablet",
        Route::ChartAudit(_) | Route::Audit(_) => "audit",
        Route::Erase(_) | Route::Erased => "erase",
        Route::Day(_) | Route::Week(_) => "day",
        Route::Evening => "evening",
        Route::Huddle => "huddle",
        Route::Assign => "assign",
        Route::Supervision(_) => "supervision",
        Route::Time(..) => "time",
    }
}

/// A piece of a page of prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(&'static str),
    /// A paragraph.
    Paragraph(&'static str),
    /// A list of lines.
    Lines(Vec<&'static str>),
    /// A table of two columns.
    Pairs(Vec<(&'static str, &'static str)>),
}

/// The page for the privacy officer.
pub fn privacy() -> Vec<Block> {
    let mut blocks = Vec::new();
    for line in PRIVACY.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix("# ") {
            blocks.push(Block::Heading(heading));
        } else if let Some(item) = line.strip_prefix("- ") {
            match blocks.last_mut() {
                Some(Block::Lines(lines)) => lines.push(item),
                _ => blocks.push(Block::Lines(vec![item])),
            }
        } else if let Some(pair) = pair(line) {
            match blocks.last_mut() {
                Some(Block::Pairs(pairs)) => pairs.push(pair),
                _ => blocks.push(Block::Pairs(vec![pair])),
            }
        } else {
            blocks.push(Block::Paragraph(line));
        }
    }
    blocks
}

fn pair(line: &'static str) -> Option<(&'static str, &'static str)> {
    let (first, second) = line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | ")?;
    Some((first, second))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::app::route::{CaseloadRoute, MonthPart, SupervisionTab, TimeSpan};

    #[test]
    fn every_topic_has_a_purpose_and_three_things_to_do() {
        let topics = topics();
        assert!(topics.len() > 30, "{}", topics.len());
        for topic in &topics {
            assert_eq!(topic.deeds.len(), 3, "{}", topic.word);
            assert!(topic.purpose.ends_with('.'), "{}", topic.word);
            let rule = topic.rule.unwrap_or("Source: ");
            assert!(
                rule.starts_with("Source: ") || rule.starts_with("Good to know: "),
                "{}",
                topic.word
            );
        }
        let words: BTreeSet<&str> = topics.iter().map(|topic| topic.word).collect();
        assert_eq!(words.len(), topics.len(), "a word stands twice");
    }

    #[test]
    fn the_topic_of_a_page_is_there_and_no_topic_is_without_a_page() {
        let chart = crate::journal::ChartId::from_random([7; 16]);
        let thing = crate::journal::ThingId::from_random([8; 16]);
        let entry = crate::journal::EntryId::from_time(1, [9; 10]);
        let month = "2026-11".parse().unwrap();
        let mut routes = vec![
            Route::Today,
            Route::Caseload(CaseloadRoute::PLAIN),
            Route::NewPatient,
            Route::Patient(chart),
            Route::Contact(chart),
            Route::Safety(chart, thing),
            Route::SafetyPlan(chart),
            Route::Crisis,
            Route::Alerts,
            Route::CarryOut(chart, thing),
            Route::Ehr,
            Route::Directory,
            Route::Review(None),
            Route::Month(None),
            Route::MonthPart(month, MonthPart::Claims),
            Route::Send,
            Route::Import,
            Route::Triage,
            Route::Settings,
            Route::Credits,
            Route::Privacy,
            Route::Stack,
            Route::Form(None),
            Route::Filled(chart, entry),
            Route::HandOver(chart),
            Route::ChartAudit(chart),
            Route::Audit(None),
            Route::Erase(chart),
            Route::Erased,
            Route::Day(None),
            Route::Week(None),
            Route::Evening,
            Route::Huddle,
            Route::Assign,
            Route::Time(TimeSpan::Day, None),
            Route::Supervision(SupervisionTab::Work),
        ];
        routes.extend(Section::ALL.map(|section| Route::Section(chart, section)));
        let asked: BTreeSet<&str> = routes.into_iter().map(word_of).collect();
        let told: BTreeSet<&str> = topics().iter().map(|topic| topic.word).collect();
        assert_eq!(asked, told);
    }

    #[test]
    fn a_search_finds_a_topic_by_all_of_its_words_and_no_other() {
        let found = |wanted: &str| -> Vec<&str> {
            let topics = topics();
            let found: Vec<&str> = topics.iter().filter(|t| t.says(wanted)).map(|t| t.word).collect();
            found
        };
        assert!(found("HUDDLE").contains(&"huddle"));
        assert!(found("consent releases").contains(&"intake"));
        assert!(found("a word that nobody wrote zzz").is_empty());
        assert_eq!(found("").len(), topics().len());
    }

    #[test]
    fn the_privacy_page_names_every_safeguard_and_claims_no_compliance() {
        let blocks = privacy();
        let pairs = blocks.iter().filter_map(|block| match block {
            Block::Pairs(pairs) => Some(pairs),
            _ => None,
        });
        let safeguards: Vec<&str> = pairs
            .flatten()
            .map(|(first, _)| *first)
            .filter(|first| first.starts_with('('))
            .collect();
        let marks: BTreeSet<&str> = safeguards.iter().filter_map(|mark| mark.get(..3)).collect();
        assert_eq!(marks, BTreeSet::from(["(a)", "(b)", "(c)", "(d)", "(e)"]));
        assert!(!PRIVACY.to_lowercase().contains("hipaa compliant"));
        assert!(!PRIVACY.contains("| |"), "a table has a hole");
        let broken = blocks
            .iter()
            .any(|block| matches!(block, Block::Paragraph(text) if text.starts_with('|')));
        assert!(!broken, "a line of a table can't be read");
    }
}
