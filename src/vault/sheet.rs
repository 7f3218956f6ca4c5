//! The recovery sheet: an age identity on paper.
//!
//! It opens the registry when the passphrase is lost, and the stock `age` program opens backups with it. As text it is shown in groups
//! of four letters; as a QR code it is [`RecoverySheet::age_text`], upper case, which QR's alphanumeric mode holds well (the `qrcode`
//! crate without default features draws it).

use std::fmt;

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Fe32};
use zeroize::Zeroizing;

use super::identity::{Identity, PublicKey};

/// Letters in a group.
pub const GROUP_LENGTH: usize = 4;
/// Letters after the prefix: 52 of the key, 6 of its checksum. In groups: fourteen of four, one of two.
pub const LETTERS: usize = 58;
const GROUPS_IN_A_LINE: usize = 5;
const PREFIX: &str = "AGE-SECRET-KEY-1";
const PREFIX_LETTERS: &str = "AGESECRETKEY1";
/// Far more than a sheet with all its spaces: what is longer is something else.
const MOST_CHARACTERS: usize = 1000;

/// A recovery sheet's secret. Shown once, when the registry is made.
pub struct RecoverySheet(Identity);

impl RecoverySheet {
    pub(super) fn new(identity: Identity) -> Self {
        Self(identity)
    }

    pub(super) fn identity(&self) -> &Identity {
        &self.0
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        self.0.public()
    }

    /// The secret in one piece, as age and the QR code have it.
    pub fn age_text(&self) -> Zeroizing<String> {
        self.0.to_age()
    }

    /// The letters after the prefix in groups of four (the last has two), in reading order; group 1 is the first.
    pub fn groups(&self) -> Zeroizing<Vec<String>> {
        let text = self.age_text();
        let letters = text.strip_prefix(PREFIX).unwrap_or_default();
        let groups = letters
            .as_bytes()
            .chunks(GROUP_LENGTH)
            .map(|group| group.iter().copied().map(char::from).collect());
        Zeroizing::new(groups.collect())
    }

    /// The sheet as text for reading and typing: the prefix, then lines of five groups.
    pub fn sheet_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(128));
        text.push_str(PREFIX);
        for line in self.groups().chunks(GROUPS_IN_A_LINE) {
            text.push('\n');
            for (position, group) in line.iter().enumerate() {
                text.push_str(if position == 0 { "" } else { " " });
                text.push_str(group);
            }
        }
        text
    }
}

impl fmt::Debug for RecoverySheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoverySheet(..)")
    }
}

/// What is wrong with a typed sheet. Groups count from 1, as on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// Nothing was typed.
    #[error("enter the letters of the recovery sheet")]
    Empty,
    /// An age public key: it can't open anything.
    #[error("this is a public key; the recovery sheet begins with AGE-SECRET-KEY-1")]
    PublicKey,
    /// A character that no sheet has (1, B, I and O are never used).
    #[error("group {group} has a character that no recovery sheet has")]
    WrongCharacter {
        /// Where.
        group: usize,
        /// Which.
        character: char,
    },
    /// Exactly one letter is wrong, or two neighbours are swapped.
    #[error("group {group} is mistyped")]
    WrongGroup {
        /// Where.
        group: usize,
    },
    /// Exactly one letter is missing.
    #[error("a letter is missing in group {group}")]
    MissingLetter {
        /// Where.
        group: usize,
    },
    /// Exactly one letter too many.
    #[error("group {group} has a letter too many")]
    ExtraLetter {
        /// Where.
        group: usize,
    },
    /// Too few or too many letters, by more than one.
    #[error("the sheet has {LETTERS} letters after AGE-SECRET-KEY-1, here are {found}")]
    WrongLength {
        /// Letters found.
        found: usize,
    },
    /// Mistyped in more than one place: the checksum can't tell where.
    #[error("more than one letter is mistyped: compare every group with the sheet")]
    Mistyped,
}

/// Reads a sheet as typed, scanned or pasted: in either case, with any spaces, line breaks and dashes, with or without its prefix. A
/// wrong letter is never corrected, only pointed at: the checksum that finds it would no longer protect against a second one.
pub fn parse_sheet(typed: &str) -> Result<RecoverySheet, SheetError> {
    let compact = compact(typed)?;
    let letters = compact.strip_prefix(PREFIX_LETTERS).unwrap_or(&compact);
    if letters.is_empty() {
        return Err(SheetError::Empty);
    }
    if letters.starts_with("AGE1") {
        return Err(SheetError::PublicKey);
    }
    if let Some((at, character)) = letters
        .chars()
        .enumerate()
        .find(|(_, letter)| Fe32::from_char(*letter).is_err())
    {
        return Err(SheetError::WrongCharacter {
            group: group_of(at),
            character,
        });
    }
    match letters.len() {
        LETTERS if has_valid_checksum(letters.as_bytes()) => {
            let text = Zeroizing::new(format!("{PREFIX}{letters}"));
            Identity::parse_age(&text)
                .map(RecoverySheet)
                .map_err(|_source| SheetError::Mistyped)
        }
        LETTERS => Err(find_wrong_letter(letters.as_bytes())),
        length if length + 1 == LETTERS => Err(find_missing_letter(letters.as_bytes())),
        length if length == LETTERS + 1 => Err(find_extra_letter(letters.as_bytes())),
        found => Err(SheetError::WrongLength { found }),
    }
}

/// Upper case, without white space and dashes.
fn compact(typed: &str) -> Result<Zeroizing<String>, SheetError> {
    let is_dash = |character: char| matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{AD}' | '_');
    let mut compact = Zeroizing::new(String::with_capacity(4 * MOST_CHARACTERS));
    for character in typed
        .chars()
        .filter(|character| !character.is_whitespace() && !is_dash(*character))
    {
        if compact.len() >= MOST_CHARACTERS {
            return Err(SheetError::WrongLength {
                found: typed.chars().count(),
            });
        }
        compact.push(character.to_ascii_uppercase());
    }
    Ok(compact)
}

fn group_of(at: usize) -> usize {
    at.min(LETTERS - 1) / GROUP_LENGTH + 1
}

fn has_valid_checksum(letters: &[u8]) -> bool {
    let mut text = Zeroizing::new(String::with_capacity(PREFIX.len() + letters.len()));
    text.push_str(PREFIX);
    text.extend(letters.iter().copied().map(char::from));
    CheckedHrpstring::new::<Bech32>(&text).is_ok()
}

/// The alphabet of Bech32 in upper case.
fn alphabet() -> impl Iterator<Item = u8> {
    (0..32)
        .filter_map(|value| Fe32::try_from(value).ok())
        .map(|letter| letter.to_char().to_ascii_uppercase() as u8)
}

// The three searches below try each single mistake in turn. Bech32's checksum tells any two texts of this length apart that differ in
// up to four letters, so at most one substitution fits. (The `bech32` crate's own error locator is not used: on some texts with
// several errors it panics.)

fn find_wrong_letter(letters: &[u8]) -> SheetError {
    let mut tried = Zeroizing::new(letters.to_vec());
    for at in 0..tried.len() {
        let typed = tried[at];
        for letter in alphabet() {
            tried[at] = letter;
            if has_valid_checksum(&tried) {
                return SheetError::WrongGroup { group: group_of(at) };
            }
        }
        tried[at] = typed;
    }
    for at in 1..tried.len() {
        tried.swap(at - 1, at);
        if has_valid_checksum(&tried) {
            return SheetError::WrongGroup {
                group: group_of(at - 1),
            };
        }
        tried.swap(at - 1, at);
    }
    SheetError::Mistyped
}

fn find_missing_letter(letters: &[u8]) -> SheetError {
    for at in 0..=letters.len() {
        let mut tried = Zeroizing::new(Vec::with_capacity(LETTERS));
        let (before, after) = letters.split_at(at);
        tried.extend_from_slice(before);
        tried.push(0);
        tried.extend_from_slice(after);
        for letter in alphabet() {
            tried[at] = letter;
            if has_valid_checksum(&tried) {
                return SheetError::MissingLetter { group: group_of(at) };
            }
        }
    }
    SheetError::WrongLength { found: letters.len() }
}

fn find_extra_letter(letters: &[u8]) -> SheetError {
    for at in 0..letters.len() {
        let mut tried = Zeroizing::new(letters.to_vec());
        tried.remove(at);
        if has_valid_checksum(&tried) {
            return SheetError::ExtraLetter { group: group_of(at) };
        }
    }
    SheetError::WrongLength { found: letters.len() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vault::secret::Secret32;
    use crate::vault::testing::counting;

    fn sheet() -> RecoverySheet {
        RecoverySheet::new(Identity::make(&mut counting(10)).unwrap())
    }

    fn parsed(text: &str) -> Result<PublicKey, SheetError> {
        parse_sheet(text).map(|sheet| sheet.public())
    }

    #[test]
    fn the_printed_text_has_fifteen_groups_in_three_lines() {
        let sheet = sheet();
        let text = sheet.sheet_text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[0], "AGE-SECRET-KEY-1");
        assert_eq!(
            lines[1..]
                .iter()
                .map(|line| line.split(' ').count())
                .collect::<Vec<_>>(),
            [5, 5, 5]
        );
        assert_eq!(sheet.groups().len(), 15);
        assert_eq!(text.replace(['\n', ' '], ""), *sheet.age_text());
    }

    #[test]
    fn however_it_is_typed_it_is_the_same_sheet() {
        let sheet = sheet();
        let (printed, exact) = (sheet.sheet_text(), sheet.age_text());
        for typed in [
            printed.to_string(),
            printed.to_lowercase(),
            exact.to_string(),
            exact.replace('-', " "),
            exact.replace('-', "\u{2013}"),
            sheet.groups().join("-"),
            sheet.groups().join("\u{2014} \u{2014}"),
            format!("\r\n\t{}\u{A0}", printed.replace(' ', "  ")),
        ] {
            assert_eq!(parsed(&typed), Ok(sheet.public()), "{typed}");
        }
    }

    #[test]
    fn a_single_wrong_letter_is_pointed_at() {
        let sheet = sheet();
        for group in 0..15 {
            let mut groups = sheet.groups().to_vec();
            let wrong = if groups[group].starts_with('Q') { "P" } else { "Q" };
            groups[group].replace_range(0..1, wrong);
            assert_eq!(
                parsed(&groups.join(" ")),
                Err(SheetError::WrongGroup { group: group + 1 })
            );
        }
    }

    #[test]
    fn swapped_missing_and_extra_letters_are_pointed_at() {
        let sheet = sheet();
        let groups = sheet.groups();
        let edited = |group: usize, edit: &dyn Fn(&str) -> String| {
            let mut groups = groups.to_vec();
            groups[group] = edit(&groups[group]);
            parsed(&groups.join(" "))
        };
        for group in 0..15 {
            let mut letters = groups[group].bytes().collect::<Vec<_>>();
            letters.swap(0, 1);
            let swapped = String::from_utf8(letters).unwrap();
            if swapped != groups[group] {
                assert_eq!(
                    edited(group, &|_| swapped.clone()),
                    Err(SheetError::WrongGroup { group: group + 1 })
                );
            }
            // A letter dropped or doubled beside its like may as well be its neighbour in the next group.
            let missing = edited(group, &|text| text[1..].to_owned()).unwrap_err();
            assert!(
                matches!(missing, SheetError::MissingLetter { group: at } if at.abs_diff(group + 1) <= 1),
                "{missing}"
            );
            let extra = edited(group, &|text| format!("{}{text}", &text[..1])).unwrap_err();
            assert!(
                matches!(extra, SheetError::ExtraLetter { group: at } if at.abs_diff(group + 1) <= 1),
                "{extra}"
            );
        }
    }

    #[test]
    fn what_is_not_a_sheet_is_named() {
        let sheet = sheet();
        let groups = sheet.groups();
        let mut look_alike = groups.to_vec();
        look_alike[3].replace_range(2..3, "o");
        let mut twice = groups.to_vec();
        for group in [2, 9] {
            let wrong = if twice[group].starts_with('Q') { "P" } else { "Q" };
            twice[group].replace_range(0..1, wrong);
        }
        for (typed, expected) in [
            (String::new(), SheetError::Empty),
            (" - ".to_owned(), SheetError::Empty),
            ("AGE-SECRET-KEY-1".to_owned(), SheetError::Empty),
            (sheet.public().to_string(), SheetError::PublicKey),
            (
                look_alike.join(" "),
                SheetError::WrongCharacter {
                    group: 4,
                    character: 'O',
                },
            ),
            (twice.join(" "), SheetError::Mistyped),
            (groups[..10].join(" "), SheetError::WrongLength { found: 40 }),
            (
                "é".to_owned(),
                SheetError::WrongCharacter {
                    group: 1,
                    character: 'é',
                },
            ),
            ("Q".repeat(5000), SheetError::WrongLength { found: 5000 }),
        ] {
            assert_eq!(parsed(&typed), Err(expected), "{typed}");
        }
    }

    #[test]
    fn a_sheet_prints_as_nothing() {
        assert_eq!(format!("{:?}", sheet()), "RecoverySheet(..)");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_sheet_reads_back(secret in any::<[u8; 32]>()) {
            let sheet = RecoverySheet::new(Identity::from_secret(Secret32::new(secret)));
            prop_assert_eq!(parsed(&sheet.sheet_text()), Ok(sheet.public()));
        }

        #[test]
        fn any_letters_give_an_answer(typed in "[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{56,60}|\\PC{0,80}") {
            prop_assert!(parsed(&typed).is_err());
        }
    }
}
