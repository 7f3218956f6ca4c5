//! Text that was copied out of an EHR, split into fields for a person to confirm. Nothing is guessed that the text doesn't
//! say, and nothing of it is kept but what the person takes.
//!
//! These layouts are read, also mixed: header lines (`SANDOVAL, Maria  DOB: 3/4/1986 (40 yrs) F  MRN 123456`); a label with
//! its value, on one line or on two, the value after its label or before it; tables. In a letter or a fax only what is said of
//! the patient counts. What can be read in two ways is left out: a wrong guess is worse than none.

mod commas;
mod interpreter;
mod labels;
mod layout;
mod pieces;

use crate::journal::Day;

use labels::{Label, Segment, Whose};
use layout::{Place, Row, rows};
use pieces::{FoundName, Named, Piece, piece};

/// Longest text that is read, in characters: a header is short, and a whole chart is not wanted.
pub const LONGEST_PASTE: usize = 10_000;

/// A field of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PastedField {
    /// Given name.
    Given,
    /// Family name.
    Family,
    /// The name that the patient goes by.
    Preferred,
    /// Date of birth, as `YYYY-MM-DD`.
    Birth,
    /// Sex as recorded: `female`, `male` or `other`.
    Sex,
    /// Gender in words.
    Gender,
    /// Pronouns.
    Pronouns,
    /// Medical record number.
    Mrn,
    /// A telephone number; there can be several.
    Phone,
    /// E-mail address.
    Email,
    /// Postal address.
    Address,
    /// Language.
    Language,
    /// Whether an interpreter is needed: `needed` or `not_needed`.
    Interpreter,
    /// Emergency contact.
    Emergency,
    /// Treating clinician's name.
    Clinician,
    /// Payer.
    Payer,
    /// Member number.
    Member,
    /// Why the patient was referred.
    Reason,
}

impl PastedField {
    /// Its name on the page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Given => "Given name",
            Self::Family => "Family name",
            Self::Preferred => "Goes by",
            Self::Birth => "Date of birth",
            Self::Sex => "Sex on record",
            Self::Gender => "Gender",
            Self::Pronouns => "Pronouns",
            Self::Mrn => "MRN",
            Self::Phone => "Phone",
            Self::Email => "E-mail",
            Self::Address => "Address",
            Self::Language => "Language",
            Self::Interpreter => "Interpreter",
            Self::Emergency => "Emergency contact",
            Self::Clinician => "Treating clinician (PCP)",
            Self::Payer => "Payer",
            Self::Member => "Member number",
            Self::Reason => "Reason for referral",
        }
    }
}

/// A field and what the text says for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proposal {
    /// Which field.
    pub field: PastedField,
    /// What stands there, tidied: a date as `YYYY-MM-DD`, a name without capitals throughout.
    pub value: String,
    /// Whether it may be somebody else's: a person has to say that it isn't.
    pub is_doubtful: bool,
}

/// What was found in a text, by field and in the text's order, each value once.
pub fn read_pasted(text: &str, today: Day) -> Vec<Proposal> {
    let mut reader = Reader {
        today,
        found: Vec::new(),
        conflicts: Vec::new(),
        line: Line::default(),
        is_doubtful: false,
    };
    let text: String = text.chars().take(LONGEST_PASTE).collect();
    let mut waiting: Option<(Whose, Label)> = None;
    let rows = rows(&text, today);
    let (named, rest) = split_named(&rows, today);
    if let Some(name) = named {
        reader.guess_name(name);
        reader.end_line();
    }
    for (number, row) in rest.iter().cloned().enumerate() {
        match row {
            Row::Line(place, parts) => reader.line(place, parts, number == 0, &mut waiting),
            Row::Columns(place, pairs) => {
                waiting = None;
                reader.columns(place, pairs);
            }
            Row::Pairs(place, pairs) => {
                waiting = None;
                reader.pairs(place, pairs);
            }
        }
        reader.end_line();
    }
    reader.drop_contradictions();
    let mut found: Vec<Proposal> = reader.found.into_iter().map(|(_, proposal)| proposal).collect();
    found.sort_by_key(|proposal| proposal.field);
    found
}

/// A name on a line of its own above one of sex, age and birth date, and the rows that follow it.
fn split_named<'r, 'a>(rows: &'r [Row<'a>], today: Day) -> (Option<FoundName>, &'r [Row<'a>]) {
    let words = |row: &Row<'a>| match row {
        Row::Line(Place::Header, parts) => match parts.as_slice() {
            [Segment::Free(words), ..] => Some((*words, parts.len())),
            _ => None,
        },
        _ => None,
    };
    if let [first, second, ..] = rows
        && let (Some((first, 1)), Some((second, _))) = (words(first), words(second))
        && commas::is_of_somebody(second, today)
        && let Some(name) = commas::name_alone(first)
    {
        return (Some(name), rows.get(1..).unwrap_or_default());
    }
    (None, rows)
}

/// How surely the text says something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sure {
    /// It stands under its label.
    Labelled,
    /// It looks like it.
    Guessed,
}

/// What one line seems to say beside its labels.
#[derive(Default)]
struct Line {
    guesses: Vec<(PastedField, String)>,
    /// Whether there are words in it that are not understood: a date beside them can be any date, a name anybody's.
    has_unknown: bool,
}

struct Reader {
    today: Day,
    found: Vec<(Sure, Proposal)>,
    /// Fields of which the text says two things under their labels: one of them is another's.
    conflicts: Vec<PastedField>,
    line: Line,
    /// Whether what is read now may be somebody else's.
    is_doubtful: bool,
}

/// Whether a labelled field says what a guessed one would. Names hang together: half of a guess is worth nothing.
fn takes_the_place_of(labelled: PastedField, guessed: PastedField) -> bool {
    use PastedField::{Family, Given, Preferred};
    let names = matches!(labelled, Family | Given) && matches!(guessed, Family | Given | Preferred);
    labelled == guessed || names
}

/// A value without what separates it from the next; `None` where it says that there is none.
fn tidied(value: &str) -> Option<&str> {
    let value = value.trim().trim_end_matches([',', ';']).trim();
    (!value.is_empty() && !labels::is_nothing(value)).then_some(value)
}

impl Reader {
    /// A line as it stands. `waiting` is the label that ends it, whose value is the next line.
    fn line(&mut self, place: Place, parts: Vec<Segment<'_>>, is_first: bool, waiting: &mut Option<(Whose, Label)>) {
        let is_header = parts.iter().any(|part| matches!(part, Segment::Labelled(..)));
        let is_empty = |part: &&Segment<'_>| matches!(part, Segment::Labelled(_, ""));
        // Several labels without values are the head of something: which value is whose can't be told.
        let may_wait = parts.iter().filter(is_empty).count() == 1;
        let mut whose = match place {
            Place::Header => Whose::Patient,
            Place::Letter => Whose::Office,
        };
        for part in parts {
            match (part, place) {
                (Segment::Free(words), _) if waiting.is_some() => {
                    // A label on a line of its own: its value is the next line.
                    if let Some((whose, label)) = waiting.take() {
                        self.labelled_of(whose, label, words);
                    }
                }
                (Segment::Free(words), Place::Header) => self.free(words, is_first || is_header),
                (Segment::Free(_), Place::Letter) => self.line.has_unknown = true,
                (Segment::Labelled(label, value), _) => {
                    whose = label.turns_to().unwrap_or(whose);
                    *waiting = (value.is_empty() && may_wait).then_some((whose, label));
                    if !value.is_empty() {
                        self.labelled_of(whose, label, value);
                    }
                }
            }
        }
    }

    /// Labels with their values: what follows somebody else's name stays theirs, or is doubtful, until the patient is named.
    fn pairs(&mut self, place: Place, pairs: Vec<(Label, &str)>) {
        let mut whose = match place {
            Place::Header => Whose::Patient,
            Place::Letter => Whose::Office,
        };
        for (label, value) in pairs {
            whose = label.turns_to().unwrap_or(whose);
            match whose {
                Whose::Emergency | Whose::Another if label.is_anybodys() => {}
                _ => self.labelled_of(whose, label, value),
            }
            // Words beside a value in a cell are of that cell.
            self.end_line();
        }
    }

    /// The columns of one patient's table. One that everybody has stands for the patient also beside the clinic's, but may
    /// be the clinic's.
    fn columns(&mut self, place: Place, pairs: Vec<(Label, &str)>) {
        let mut is_beside = place == Place::Letter;
        for (label, value) in pairs {
            is_beside |= label.turns_to() == Some(Whose::Office);
            self.is_doubtful = is_beside && label.is_anybodys() && label != Label::Birth;
            self.labelled(label, value);
            self.end_line();
        }
        self.is_doubtful = false;
    }

    fn drop_contradictions(&mut self) {
        let conflicts = std::mem::take(&mut self.conflicts);
        self.found.retain(|(_, p)| !conflicts.contains(&p.field));
    }

    fn put(&mut self, field: PastedField, value: impl Into<String>) {
        let value = value.into();
        let Some(value) = tidied(&value) else { return };
        let contradicts =
            |(sure, p): &(Sure, Proposal)| *sure == Sure::Labelled && p.field == field && p.value != value;
        if matches!(field, PastedField::Birth | PastedField::Mrn) && self.found.iter().any(contradicts) {
            self.conflicts.push(field);
        }
        let stays = |(sure, p): &(Sure, Proposal)| *sure == Sure::Labelled || !takes_the_place_of(field, p.field);
        self.found.retain(stays);
        self.keep(Sure::Labelled, field, value);
    }

    fn guess(&mut self, field: PastedField, value: impl Into<String>) {
        self.line.guesses.push((field, value.into()));
    }

    /// Takes what the line seemed to say, and that no label says.
    fn end_line(&mut self) {
        let Line { guesses, has_unknown } = std::mem::take(&mut self.line);
        for (field, value) in guesses {
            use PastedField::{Birth, Family, Given, Phone, Preferred};
            let is_anybodys = matches!(field, Birth | Family | Given | Preferred | Phone);
            let is_labelled =
                |(sure, p): &(Sure, Proposal)| *sure == Sure::Labelled && takes_the_place_of(p.field, field);
            if has_unknown && is_anybodys || self.found.iter().any(is_labelled) {
                continue;
            }
            if let Some(value) = tidied(&value) {
                self.keep(Sure::Guessed, field, value);
            }
        }
    }

    fn keep(&mut self, sure: Sure, field: PastedField, value: &str) {
        let several = field == PastedField::Phone;
        let known = |(_, p): &(Sure, Proposal)| p.field == field && (!several || p.value == value);
        if !self.found.iter().any(known) {
            let value: String = value.chars().take(200).collect();
            self.found.push((
                sure,
                Proposal {
                    field,
                    value,
                    is_doubtful: self.is_doubtful,
                },
            ));
        }
    }

    /// A label of a line that speaks of somebody: what everybody has is that person's.
    fn labelled_of(&mut self, whose: Whose, label: Label, value: &str) {
        match whose {
            Whose::Emergency if label.is_anybodys() => self.add_to_emergency(value),
            Whose::Another if label.is_anybodys() => {}
            Whose::Office if label.is_anybodys() && label != Label::Birth => {}
            _ => self.labelled(label, value),
        }
    }

    fn add_to_emergency(&mut self, value: &str) {
        let known = self.found.iter_mut().find(|(_, p)| p.field == PastedField::Emergency);
        match known {
            Some((_, known)) => {
                let both = format!("{} {value}", known.value);
                known.value = both.trim().chars().take(200).collect();
            }
            None => self.put(PastedField::Emergency, value),
        }
    }

    fn labelled(&mut self, label: Label, value: &str) {
        use PastedField::*;
        match label {
            Label::Name | Label::Patient => self.name(value),
            Label::Family => self.put(Family, pieces::plain_case(value)),
            Label::Given => self.put(Given, pieces::plain_case(value)),
            Label::Birth => self.birth(value),
            Label::Age => {}
            Label::Sex => match pieces::split(value).next().and_then(commas::sex_among_ages) {
                Some(sex) => self.put(Sex, sex),
                None => self.in_words(Gender, value),
            },
            Label::Phone => {
                let (numbers, rest) = pieces::phones(value);
                numbers.into_iter().for_each(|number| self.put(Phone, number));
                if !rest.is_empty() {
                    self.free(&rest, false);
                }
            }
            Label::Email => self.put(Email, value.split_whitespace().next().unwrap_or_default()),
            Label::Mrn => {
                let mut words = value.split_whitespace();
                let number = words.next().unwrap_or_default().trim_start_matches('#');
                if pieces::is_record_number(number.trim_end_matches([',', ';'])) {
                    self.put(Mrn, number);
                }
                let rest: Vec<&str> = words.collect();
                self.free(&rest.join(" "), false);
            }
            Label::Plain(Language) => self.language(value),
            Label::Plain(Interpreter) => {
                if let Some(need) = interpreter::need(value) {
                    self.put(Interpreter, need);
                }
            }
            Label::Plain(field @ (Reason | Address | Emergency)) => self.put(field, value),
            Label::Plain(field) => self.in_words(field, value),
            Label::Another | Label::Other => {}
        }
    }

    /// A value of words, to the next wide gap; one with a label in it that isn't known is of two things.
    fn in_words(&mut self, field: PastedField, value: &str) {
        let value = pieces::split(value).next().unwrap_or_default();
        let figures = value.chars().any(|c| c.is_ascii_digit());
        let is_doubtful = value.contains(':') || figures && field == PastedField::Gender;
        if !is_doubtful {
            self.put(field, value);
        }
    }

    /// A language, often with whether an interpreter is needed. Words that say that in no known way stay as they are.
    fn language(&mut self, value: &str) {
        let (language, need) = interpreter::beside(value);
        if let Some(need) = need {
            self.put(PastedField::Interpreter, need);
        }
        self.in_words(PastedField::Language, language);
    }

    /// A birth date, and what stands after it in a header: the age, the sex.
    fn birth(&mut self, value: &str) {
        let Some((day, rest)) = pieces::leading_date(value, self.today) else {
            return;
        };
        if day <= self.today {
            self.put(PastedField::Birth, day.to_string());
        }
        self.free(rest, false);
    }

    fn name(&mut self, value: &str) {
        // A header often goes on after the name, with wide gaps or bars between.
        let mut pieces = pieces::split(value);
        let Some(first) = pieces.next() else { return };
        let Some(name) = pieces::name(first, Named::Labelled) else {
            return;
        };
        self.put(PastedField::Family, name.family);
        self.put(PastedField::Given, name.given);
        if let Some(preferred) = name.preferred {
            self.put(PastedField::Preferred, preferred);
        }
        for piece in pieces {
            self.piece(piece, false);
        }
    }

    fn guess_name(&mut self, name: FoundName) {
        self.guess(PastedField::Family, name.family);
        self.guess(PastedField::Given, name.given);
        if let Some(preferred) = name.preferred {
            self.guess(PastedField::Preferred, preferred);
        }
    }

    fn free(&mut self, words: &str, may_name: bool) {
        for words in pieces::split(words) {
            self.piece(words, may_name);
        }
    }

    fn piece(&mut self, words: &str, may_name: bool) {
        match piece(words, self.today) {
            Piece::Birth(day) => self.guess(PastedField::Birth, day.to_string()),
            Piece::Sex(sex) => self.guess(PastedField::Sex, sex),
            Piece::Pronouns(pronouns) => self.guess(PastedField::Pronouns, pronouns),
            Piece::Interpreter(need) => self.guess(PastedField::Interpreter, need),
            Piece::Email(email) => self.guess(PastedField::Email, email),
            Piece::Phones(numbers) => numbers.into_iter().for_each(|n| self.guess(PastedField::Phone, n)),
            Piece::Name(name) if may_name => self.guess_name(name),
            Piece::Headed(name, words) if may_name => {
                self.guess_name(name);
                words.iter().for_each(|words| self.piece(words, false));
            }
            Piece::Several(words) => {
                for words in words {
                    self.piece(&words, false);
                }
            }
            Piece::Passed => {}
            Piece::Name(_) | Piece::Headed(..) | Piece::Unknown => self.line.has_unknown = true,
        }
    }
}

#[cfg(test)]
mod tests;
