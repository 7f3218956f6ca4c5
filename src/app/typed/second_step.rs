//! What a second step after a positive answer can be taken with: every structured one that the registry has.

use crate::instruments::Definition;

/// What the second step is taken with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    /// What was answered today already.
    Known,
    /// ASQ.
    Asq,
    /// The C-SSRS screener.
    Cssrs,
    /// No instrument.
    Nothing,
}

impl With {
    /// The structured ones, the one that is proposed first.
    pub const STRUCTURED: [Self; 2] = [Self::Asq, Self::Cssrs];

    /// Its instrument, if it has one.
    pub fn instrument(self) -> Option<&'static str> {
        match self {
            Self::Asq => Some("asq"),
            Self::Cssrs => Some("cssrs_screen"),
            Self::Known | Self::Nothing => None,
        }
    }

    /// What it is taken with by an instrument, where that is a structured second step.
    pub fn of(instrument: &str) -> Option<Self> {
        let mut all = Self::STRUCTURED.into_iter();
        all.find(|with| with.instrument() == Some(instrument))
    }
}

/// Whether a form's questions stand here only as numbers: they are read from the clinic's own copy.
pub fn is_by_number(definition: &Definition) -> bool {
    definition.questions().all(|item| item.text.is_empty())
}

/// What is offered, in its order. `known` is what was answered today; `has` gives an instrument of the registry. One whose words
/// the clinic hasn't switched on is offered all the same: whoever has its own copy at hand enters the answers by number.
pub fn offered<'a>(known: Option<&str>, has: impl Fn(&str) -> Option<&'a Definition>) -> Vec<(With, String)> {
    let known = known.map(|words| (With::Known, format!("As answered today in {words}")));
    let structured = With::STRUCTURED.into_iter().filter_map(|with| {
        let definition = has(with.instrument()?)?;
        let title = &definition.short_title;
        let words = match is_by_number(definition) {
            true => format!("{title}, from your own copy"),
            false => title.clone(),
        };
        Some((with, words))
    });
    let nothing = (With::Nothing, "No instrument".to_owned());
    known.into_iter().chain(structured).chain([nothing]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instruments::{InstrumentId, catalog};

    type Offered = &'static [(With, &'static str)];

    #[test]
    fn a_second_step_can_be_taken_with_every_structured_one_that_the_registry_has() {
        let id = |id: &str| InstrumentId::new(id);
        let asq = catalog().get(&id("asq"));
        let numbers = catalog().get(&id("cssrs_screen"));
        let words = catalog().pack(&id("cssrs_screen")).map(|pack| &pack.definition);
        let known = "ASQ at 09:10: acute positive";
        // What the registry has of the two, what was answered today, what is offered in its order.
        let table: [(_, _, Option<&str>, Offered); 6] = [
            (
                asq,
                words,
                None,
                &[
                    (With::Asq, "ASQ"),
                    (With::Cssrs, "C-SSRS screener"),
                    (With::Nothing, "No instrument"),
                ],
            ),
            (
                asq,
                numbers,
                None,
                &[
                    (With::Asq, "ASQ"),
                    (With::Cssrs, "C-SSRS screener, from your own copy"),
                    (With::Nothing, "No instrument"),
                ],
            ),
            (asq, None, None, &[(With::Asq, "ASQ"), (With::Nothing, "No instrument")]),
            (
                None,
                words,
                None,
                &[(With::Cssrs, "C-SSRS screener"), (With::Nothing, "No instrument")],
            ),
            (None, None, None, &[(With::Nothing, "No instrument")]),
            (
                asq,
                words,
                Some(known),
                &[
                    (With::Known, "As answered today in ASQ at 09:10: acute positive"),
                    (With::Asq, "ASQ"),
                    (With::Cssrs, "C-SSRS screener"),
                    (With::Nothing, "No instrument"),
                ],
            ),
        ];
        for (asq, cssrs, known, expected) in table {
            let has = |id: &str| if id == "asq" { asq } else { cssrs };
            let offered = offered(known, has);
            let offered: Vec<(With, &str)> = offered.iter().map(|(with, words)| (*with, words.as_str())).collect();
            assert_eq!(offered, expected);
        }
    }

    #[test]
    fn the_words_of_the_screener_are_not_shown_until_the_clinic_has_switched_them_on() {
        let id = InstrumentId::new("cssrs_screen");
        assert!(is_by_number(catalog().get(&id).unwrap()));
        assert!(!is_by_number(&catalog().pack(&id).unwrap().definition));
        assert!(!is_by_number(catalog().get(&InstrumentId::new("asq")).unwrap()));
    }

    #[test]
    fn every_structured_second_step_ships_and_asks_about_suicide() {
        for with in With::STRUCTURED {
            let id = with.instrument().unwrap();
            assert_eq!(With::of(id), Some(with));
            let definition = catalog().get(&InstrumentId::new(id)).unwrap();
            assert!(definition.asks_about_suicide() && definition.has_questions(), "{id}");
        }
        assert_eq!(With::of("phq9"), None);
    }
}
