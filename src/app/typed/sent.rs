//! Scores that were sent along with a referral, as they are typed: totals, with item 9 asked apart.

use std::collections::BTreeMap;

use super::{Wrong, read_day};
use crate::instruments::{InstrumentId, definition};
use crate::journal::facts::{Answered, Assessment, Taken};
use crate::journal::{Day, When};

/// What is known of item 9 of a PHQ-9 of which only the total came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item9 {
    /// Its answer, 0 to 3.
    Answer(u8),
    /// The referral doesn't say. That is not "no": the next contact asks.
    NotKnown,
}

/// The fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentTyped {
    /// Total of the PHQ-9.
    pub phq9: String,
    /// Its item 9.
    pub item9: Option<Item9>,
    /// Total of the GAD-7.
    pub gad7: String,
    /// The day on which they were taken.
    pub day: String,
}

impl SentTyped {
    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.phq9.trim().is_empty() && self.gad7.trim().is_empty() && self.item9.is_none()
    }

    /// The assessments, by total; `id` starts the ids of the fields. None of a day before birth.
    ///
    /// # Errors
    /// All that is wrong, each with its field.
    pub fn read(&self, id: &str, today: Day, birth: Option<Day>) -> Result<Vec<Assessment>, Vec<Wrong>> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let mut wrong = Vec::new();
        let field = |name: &str| format!("{id}-{name}");
        let phq9 = total("PHQ-9", &self.phq9, 27).map_err(|text| wrong.push(Wrong::new(field("phq9"), text)));
        let gad7 = total("GAD-7", &self.gad7, 21).map_err(|text| wrong.push(Wrong::new(field("gad7"), text)));
        let (phq9, gad7) = (phq9.ok().flatten(), gad7.ok().flatten());
        match (phq9, self.item9) {
            (Some(_), None) => wrong.push(Wrong::new(
                field("item9"),
                "Say what item 9 of the PHQ-9 was, or that it is not known",
            )),
            (Some(total), Some(Item9::Answer(answer))) if total < u16::from(answer) => {
                wrong.push(Wrong::new(field("item9"), "Item 9 can\u{2019}t be more than the total"));
            }
            (None, Some(_)) if self.phq9.trim().is_empty() => {
                wrong.push(Wrong::new(field("phq9"), "Enter the total of the PHQ-9 too"));
            }
            _ => {}
        }
        let day = read_day(&field("day"), "the day of the scores", &self.day, Some(today));
        let day = day.map_err(|problem| wrong.push(problem)).ok();
        if let (Some(day), Some(birth)) = (day, birth)
            && day < birth
        {
            wrong.push(Wrong::new(
                field("day"),
                "The day of the scores lies before the patient was born",
            ));
        }
        let Some(day) = day.filter(|_| wrong.is_empty()) else {
            return Err(wrong);
        };
        let item9 = match self.item9 {
            Some(Item9::Answer(answer)) => BTreeMap::from([("phq9_9".to_owned(), answer)]),
            Some(Item9::NotKnown) | None => BTreeMap::new(),
        };
        let phq9 = phq9.map(|total| assessment("phq9", day, total, item9));
        let gad7 = gad7.map(|total| assessment("gad7", day, total, BTreeMap::new()));
        Ok(phq9.into_iter().chain(gad7).collect())
    }
}

fn total(title: &str, typed: &str, most: u16) -> Result<Option<u16>, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let total = typed.parse::<u16>().ok().filter(|total| *total <= most);
    total
        .map(Some)
        .ok_or_else(|| format!("Enter the total of the {title} as a whole number from 0 to {most}"))
}

fn assessment(instrument: &str, day: Day, total: u16, known: BTreeMap<String, u8>) -> Assessment {
    let version = definition(&InstrumentId::new(instrument)).map(|d| d.version.clone());
    Assessment {
        instrument: instrument.to_owned(),
        version: version.unwrap_or_default(),
        at: When::Day(day),
        taken: Taken::Imported,
        answers: Answered::Total { total, known },
        scale: None,
        respondent: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }
    fn typed(phq9: &str, item9: Option<Item9>, gad7: &str) -> SentTyped {
        SentTyped {
            phq9: phq9.to_owned(),
            item9,
            gad7: gad7.to_owned(),
            day: "2026-11-18".to_owned(),
        }
    }
    fn read(typed: &SentTyped) -> Result<Vec<Assessment>, Vec<Wrong>> {
        typed.read("sent", day("2026-11-20"), Some(day("1986-03-04")))
    }

    #[test]
    fn totals_become_assessments_and_an_unknown_item_9_stays_unknown() {
        assert_eq!(read(&SentTyped::default()), Ok(Vec::new()));
        let both = read(&typed(" 17 ", Some(Item9::Answer(1)), "12")).unwrap();
        let known = BTreeMap::from([("phq9_9".to_owned(), 1)]);
        assert_eq!(both[0].answers, Answered::Total { total: 17, known });
        assert_eq!(
            (both[1].instrument.as_str(), both[1].at),
            ("gad7", When::Day(day("2026-11-18")))
        );
        let unknown = read(&typed("0", Some(Item9::NotKnown), "")).unwrap();
        let none = BTreeMap::new();
        assert_eq!(unknown[0].answers, Answered::Total { total: 0, known: none });
        assert!(!unknown[0].version.is_empty());
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        let with_day = |text: &str| SentTyped {
            day: text.to_owned(),
            ..typed("17", Some(Item9::NotKnown), "")
        };
        for (typed, field) in [
            (typed("28", Some(Item9::NotKnown), ""), "sent-phq9"),
            (typed("seventeen", Some(Item9::NotKnown), ""), "sent-phq9"),
            (typed("17", None, ""), "sent-item9"),
            (typed("1", Some(Item9::Answer(2)), ""), "sent-item9"),
            (typed("", Some(Item9::Answer(2)), ""), "sent-phq9"),
            (typed("", None, "22"), "sent-gad7"),
            (with_day(""), "sent-day"),
            (with_day("2026-11-21"), "sent-day"),
            (with_day("1980-01-01"), "sent-day"),
        ] {
            let wrong = read(&typed).unwrap_err();
            assert_eq!(wrong.len(), 1, "{wrong:?}");
            assert_eq!(wrong[0].field, field);
        }
    }
}
