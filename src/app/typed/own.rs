//! A clinic's own measure as it is typed in Settings.

use super::Wrong;
use crate::instruments::{OwnError, own_definition, own_id};
use crate::journal::OWN_NAME;
use crate::journal::facts::{ConcernKind, OwnAlarm, OwnBand, OwnInstrument, OwnScale, Worse};

/// The highest score that can be entered.
const MOST: u16 = 999;

/// A measure as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnTyped {
    /// Its name.
    pub name: String,
    /// The lowest score.
    pub low: String,
    /// The highest score.
    pub high: String,
    /// Which way is worse.
    pub worse: Option<Worse>,
    /// Its bands, one a line: the first score and the name.
    pub bands: String,
    /// The alarm line; empty for none.
    pub alarm: String,
    /// What a concern is about that the line opens.
    pub concern: ConcernKind,
}

impl Default for OwnTyped {
    fn default() -> Self {
        Self {
            name: String::new(),
            low: "0".to_owned(),
            high: String::new(),
            worse: Some(Worse::Higher),
            bands: String::new(),
            alarm: String::new(),
            concern: ConcernKind::Suicide,
        }
    }
}

impl OwnTyped {
    /// A measure as it would have been typed.
    pub fn of(own: &OwnInstrument) -> Self {
        let bands = own
            .scale
            .bands
            .iter()
            .map(|band| format!("{} {}", band.from, band.label));
        let alarm = own.scale.alarm.as_ref();
        Self {
            name: own.name.clone(),
            low: own.scale.low.to_string(),
            high: own.scale.high.to_string(),
            worse: Some(own.scale.worse),
            bands: bands.collect::<Vec<_>>().join("\n"),
            alarm: alarm.map_or_else(String::new, |alarm| alarm.at.to_string()),
            concern: alarm.map_or(ConcernKind::Suicide, |alarm| alarm.concern),
        }
    }

    /// The measure. `before` is the one that is changed; a changed scale is a new version of it. `names` are those of
    /// all others.
    ///
    /// # Errors
    /// What to do, field by field.
    pub fn read(&self, before: Option<&OwnInstrument>, names: &[String]) -> Result<OwnInstrument, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let name = before.map_or_else(|| self.read_name(names, &mut wrong), |own| own.name.clone());
        let low = number("own-low", "the lowest score", &self.low, &mut wrong);
        let high = number("own-high", "the highest score", &self.high, &mut wrong);
        let bands = self.read_bands(&mut wrong);
        let alarm = match self.alarm.trim() {
            "" => None,
            typed => number("own-alarm", "the alarm line, or nothing,", typed, &mut wrong),
        };
        if self.worse.is_none() {
            wrong.push(Wrong::new("own-worse", "Choose which way is worse"));
        }
        let (Some(low), Some(high), Some(worse), true) = (low, high, self.worse, wrong.is_empty()) else {
            return Err(wrong);
        };
        let concern = self.concern;
        let scale = OwnScale {
            low,
            high,
            worse,
            bands,
            alarm: alarm.map(|at| OwnAlarm { at, concern }),
        };
        let version = match before {
            Some(own) if own.scale == scale => own.version,
            Some(own) => own.version.saturating_add(1),
            None => 1,
        };
        let instrument = own_id(&name);
        if let Err(error) = own_definition(&instrument, "1", &scale) {
            let field = match error {
                OwnError::Range => "own-high",
                OwnError::Bands => "own-bands",
                OwnError::Alarm => "own-alarm",
            };
            return Err(vec![Wrong::new(field, error.to_string().trim_end_matches('.'))]);
        }
        Ok(OwnInstrument {
            instrument,
            version,
            name,
            scale,
            retired: false,
        })
    }

    fn read_name(&self, names: &[String], wrong: &mut Vec<Wrong>) -> String {
        let name = self.name.trim().to_owned();
        let same = |other: &String| other.to_lowercase() == name.to_lowercase();
        let problem = match name.chars().count() {
            0 => Some("Enter its name".to_owned()),
            length if OWN_NAME < length => Some(format!("Enter a name of {OWN_NAME} characters at most")),
            _ if names.iter().any(same) => Some("Enter another name: there is a measure of this name".to_owned()),
            _ => None,
        };
        wrong.extend(problem.map(|text| Wrong::new("own-name", text)));
        name
    }

    fn read_bands(&self, wrong: &mut Vec<Wrong>) -> Vec<OwnBand> {
        let lines = self.bands.lines().map(str::trim).filter(|line| !line.is_empty());
        let read = |line: &str| {
            let (from, label) = line.split_once(char::is_whitespace)?;
            let label = label.trim().to_owned();
            (label.chars().count() <= 60).then_some(())?;
            Some(OwnBand {
                from: from.parse().ok()?,
                label,
            })
        };
        let bands: Option<Vec<OwnBand>> = lines.map(read).collect();
        bands.unwrap_or_else(|| {
            let text = "Begin each line with the first score of the band, then its name, such as \u{201c}0 Low\u{201d}";
            wrong.push(Wrong::new("own-bands", text));
            Vec::new()
        })
    }
}

fn number(field: &str, what: &str, typed: &str, wrong: &mut Vec<Wrong>) -> Option<u16> {
    let number = typed.trim().parse::<u16>().ok().filter(|number| *number <= MOST);
    if number.is_none() {
        wrong.push(Wrong::new(
            field,
            format!("Enter {what} as a whole number from 0 to {MOST}"),
        ));
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn craving() -> OwnTyped {
        OwnTyped {
            name: " Craving ".to_owned(),
            high: "10".to_owned(),
            bands: "0 Low\n\n4 Some craving\n8\tHigh".to_owned(),
            alarm: "8".to_owned(),
            concern: ConcernKind::Overdose,
            ..OwnTyped::default()
        }
    }

    fn wrong(typed: &OwnTyped) -> String {
        let wrong = typed.read(None, &["Sleep".to_owned()]).unwrap_err();
        format!("{}: {}", wrong[0].field, wrong[0].text)
    }

    #[test]
    fn what_is_typed_is_read_and_shown_again_as_it_was() {
        let own = craving().read(None, &[]).unwrap();
        assert_eq!(
            (own.instrument.as_str(), own.version, own.name.as_str()),
            ("own:Craving", 1, "Craving")
        );
        assert_eq!(own.scale.bands[1].label, "Some craving");
        assert_eq!(own.scale.alarm.as_ref().unwrap().at, 8);
        let again = OwnTyped::of(&own).read(Some(&own), &[]).unwrap();
        assert_eq!(again, own);
    }

    #[test]
    fn a_changed_scale_is_a_new_version_and_keeps_the_name() {
        let own = craving().read(None, &[]).unwrap();
        let mut typed = OwnTyped::of(&own);
        typed.alarm = "9".to_owned();
        typed.name = "Urge".to_owned();
        let changed = typed.read(Some(&own), &[]).unwrap();
        assert_eq!((changed.version, changed.name.as_str()), (2, "Craving"));
        assert_eq!(changed.instrument, own.instrument);
    }

    /// Types something that is not right.
    type Typing = fn(&mut OwnTyped);

    #[test]
    fn each_field_says_what_to_do() {
        let table: [(Typing, &str); 9] = [
            (|it| it.name = "  ".to_owned(), "own-name: Enter its name"),
            (
                |it| it.name = "x".repeat(37),
                "own-name: Enter a name of 36 characters at most",
            ),
            (|it| it.name = "sleep".to_owned(), "own-name: Enter another name"),
            (
                |it| it.high = "ten".to_owned(),
                "own-high: Enter the highest score as a whole number",
            ),
            (
                |it| it.high = "0".to_owned(),
                "own-high: The highest score must be above the lowest",
            ),
            (
                |it| it.bands = "Low".to_owned(),
                "own-bands: Begin each line with the first score",
            ),
            (
                |it| it.bands = "1 Low".to_owned(),
                "own-bands: The first band begins at the lowest score",
            ),
            (
                |it| it.alarm = "0".to_owned(),
                "own-alarm: The alarm line lies within the range",
            ),
            (|it| it.worse = None, "own-worse: Choose which way is worse"),
        ];
        for (spoil, says) in table {
            let mut typed = craving();
            spoil(&mut typed);
            assert!(wrong(&typed).starts_with(says), "{}", wrong(&typed));
        }
    }
}
