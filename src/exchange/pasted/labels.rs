//! Labels, and how a line falls apart at them.

use super::PastedField;

/// What a label says about the value after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// A whole name.
    Name,
    /// The same, of whom the header is about: what comes after it is the patient's again.
    Patient,
    /// Family name.
    Family,
    /// Given name.
    Given,
    /// Date of birth.
    Birth,
    /// Age, which the birth date says better.
    Age,
    /// Sex or gender.
    Sex,
    /// A telephone number.
    Phone,
    /// E-mail.
    Email,
    /// Medical record number.
    Mrn,
    /// The value as it stands.
    Plain(PastedField),
    /// Somebody else, whom a registration doesn't hold.
    Another,
    /// Something that a registration doesn't hold; it only ends the value before it.
    Other,
}

/// Whose name, telephone number, address and birth date stand after a label, to the end of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The patient's.
    Patient,
    /// The emergency contact's.
    Emergency,
    /// Somebody else's, such as the guarantor's.
    Another,
    /// The clinician's or the insurer's. No header has a birth date of theirs: one that follows is the patient's.
    Office,
}

impl Label {
    /// Of whom the line speaks from this label on; `None` when it goes on about the same person.
    pub(super) fn turns_to(self) -> Option<Whose> {
        match self {
            Self::Patient => Some(Whose::Patient),
            Self::Plain(PastedField::Emergency) => Some(Whose::Emergency),
            Self::Plain(PastedField::Clinician | PastedField::Payer) => Some(Whose::Office),
            Self::Another => Some(Whose::Another),
            _ => None,
        }
    }

    /// Whether everybody has it, so that it belongs to the person of whom the line speaks.
    pub(super) fn is_anybodys(self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::Family
                | Self::Given
                | Self::Birth
                | Self::Phone
                | Self::Email
                | Self::Plain(PastedField::Address)
        )
    }
}

/// A part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Segment<'a> {
    /// Words under no label.
    Free(&'a str),
    /// A label and its value.
    Labelled(Label, &'a str),
}

/// Whether a label stands for itself, or only with a colon after it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// A colon, an equals sign or the end of the line must follow: the word is also an ordinary one.
    Colon,
    /// Nothing: `MRN 123456`.
    Nothing,
}

use Label::{Age, Another, Birth, Email, Family, Given, Mrn, Name, Other, Patient, Phone, Plain, Sex};
use Needs::{Colon, Nothing};

/// Longer labels first where one begins another.
const LABELS: &[(&str, Label, Needs)] = &[
    ("patient name", Patient, Nothing),
    ("legal name", Name, Nothing),
    ("full name", Name, Nothing),
    ("pt name", Patient, Nothing),
    ("last name", Family, Nothing),
    ("family name", Family, Nothing),
    ("surname", Family, Nothing),
    ("first name", Given, Nothing),
    ("given name", Given, Nothing),
    ("preferred name", Plain(PastedField::Preferred), Nothing),
    ("goes by", Plain(PastedField::Preferred), Colon),
    ("preferred language", Plain(PastedField::Language), Nothing),
    ("interpreter needed", Plain(PastedField::Interpreter), Colon),
    ("interpreter required", Plain(PastedField::Interpreter), Colon),
    ("needs interpreter", Plain(PastedField::Interpreter), Colon),
    ("interpreter", Plain(PastedField::Interpreter), Colon),
    ("primary language", Plain(PastedField::Language), Nothing),
    ("language", Plain(PastedField::Language), Colon),
    ("lang", Plain(PastedField::Language), Colon),
    ("name", Name, Colon),
    ("patient id", Mrn, Nothing),
    ("patient", Patient, Colon),
    ("pt", Patient, Colon),
    ("date of birth", Birth, Nothing),
    ("birth date", Birth, Nothing),
    ("birthdate", Birth, Nothing),
    ("d.o.b.", Birth, Nothing),
    ("dob", Birth, Nothing),
    ("born", Birth, Nothing),
    ("age", Age, Colon),
    ("age/sex", Sex, Colon),
    ("sex/age", Sex, Colon),
    ("age / sex", Sex, Colon),
    ("sex / age", Sex, Colon),
    ("legal sex", Sex, Nothing),
    ("sex assigned at birth", Sex, Nothing),
    ("birth sex", Sex, Nothing),
    ("sex", Sex, Colon),
    ("gender identity", Plain(PastedField::Gender), Nothing),
    ("gender", Sex, Colon),
    ("pronouns", Plain(PastedField::Pronouns), Nothing),
    ("medical record number", Mrn, Nothing),
    ("medical record", Mrn, Nothing),
    ("med rec no", Mrn, Nothing),
    ("mrn", Mrn, Nothing),
    ("mr#", Mrn, Nothing),
    ("emergency contact", Plain(PastedField::Emergency), Nothing),
    ("emergency", Plain(PastedField::Emergency), Colon),
    ("next of kin", Plain(PastedField::Emergency), Colon),
    ("mobile phone", Phone, Nothing),
    ("home phone", Phone, Nothing),
    ("cell phone", Phone, Nothing),
    ("work phone", Phone, Nothing),
    ("phone number", Phone, Nothing),
    ("telephone", Phone, Nothing),
    ("phone", Phone, Nothing),
    ("mobile", Phone, Colon),
    ("home", Phone, Colon),
    ("cell", Phone, Nothing),
    ("tel", Phone, Nothing),
    ("ph", Phone, Nothing),
    ("e-mail", Email, Nothing),
    ("email", Email, Nothing),
    ("home address", Plain(PastedField::Address), Nothing),
    ("address", Plain(PastedField::Address), Colon),
    ("addr", Plain(PastedField::Address), Colon),
    ("primary care provider", Plain(PastedField::Clinician), Nothing),
    ("primary care physician", Plain(PastedField::Clinician), Nothing),
    ("primary care", Plain(PastedField::Clinician), Colon),
    ("pcp", Plain(PastedField::Clinician), Nothing),
    ("provider name", Plain(PastedField::Clinician), Nothing),
    ("provider", Plain(PastedField::Clinician), Colon),
    ("primary insurance", Plain(PastedField::Payer), Nothing),
    ("insurance", Plain(PastedField::Payer), Colon),
    ("insurance name", Plain(PastedField::Payer), Nothing),
    ("plan name", Plain(PastedField::Payer), Nothing),
    ("coverage", Plain(PastedField::Payer), Colon),
    ("payer", Plain(PastedField::Payer), Colon),
    ("payor", Plain(PastedField::Payer), Colon),
    ("ins", Plain(PastedField::Payer), Colon),
    ("member id", Plain(PastedField::Member), Nothing),
    ("member number", Plain(PastedField::Member), Nothing),
    ("member #", Plain(PastedField::Member), Nothing),
    ("subscriber id", Plain(PastedField::Member), Nothing),
    ("policy number", Plain(PastedField::Member), Nothing),
    ("reason for referral", Plain(PastedField::Reason), Nothing),
    ("referral reason", Plain(PastedField::Reason), Nothing),
    ("reason", Plain(PastedField::Reason), Colon),
    ("allergies", Other, Colon),
    ("code status", Other, Colon),
    ("race", Other, Colon),
    ("ethnicity", Other, Colon),
    ("marital status", Other, Colon),
    ("religion", Other, Colon),
    ("ssn", Other, Nothing),
    ("room", Other, Colon),
    ("visit", Other, Colon),
    ("encounter", Other, Colon),
    ("csn", Other, Nothing),
    ("account", Other, Colon),
    ("har", Other, Colon),
    ("from", Another, Colon),
    ("to", Another, Colon),
    ("cc", Another, Colon),
    ("sent", Other, Colon),
    ("subject", Other, Colon),
    ("re", Other, Colon),
    ("attn", Another, Colon),
    ("attending", Plain(PastedField::Clinician), Colon),
    ("relationship", Other, Colon),
    ("employer", Another, Colon),
    ("guarantor", Another, Nothing),
    ("subscriber", Another, Nothing),
    ("policy holder", Another, Nothing),
    ("guardian", Another, Colon),
    ("mother", Another, Colon),
    ("father", Another, Colon),
    ("spouse", Another, Colon),
    ("pharmacy", Another, Colon),
    ("clinic name", Other, Nothing),
    ("facility name", Other, Nothing),
    ("pharmacy name", Another, Nothing),
    ("employer name", Another, Nothing),
    ("insurance phone", Other, Nothing),
    ("pharmacy phone", Other, Nothing),
    ("clinic phone", Other, Nothing),
    ("office phone", Other, Nothing),
    ("employer phone", Other, Nothing),
    ("fax", Other, Nothing),
];

/// Whether a value says that there is none.
pub(super) fn is_nothing(value: &str) -> bool {
    let said = value.to_ascii_lowercase();
    [
        "none",
        "n/a",
        "na",
        "unknown",
        "not on file",
        "none on file",
        "-",
        "--",
        "not recorded",
    ]
    .contains(&said.as_str())
}

/// The label that some words are, with or without a colon, and nothing beside it.
pub(super) fn whole_label(words: &str) -> Option<Label> {
    let words = words.trim().trim_end_matches([':', '#', '.', ' ']).to_ascii_lowercase();
    let found = LABELS.iter().find(|(label, ..)| label.trim_end_matches('.') == words);
    found.map(|(_, label, _)| *label)
}

/// A line as its parts, in order. A label without a value has the empty one.
pub(super) fn segments(line: &str) -> Vec<Segment<'_>> {
    let mut parts = Vec::new();
    let mut label: Option<Label> = None;
    let (mut from, mut at) = (0, 0);
    while at < line.len() {
        let found = starts_word(line, at).then(|| label_at(line, at)).flatten();
        match found {
            Some((next, end)) => {
                push(&mut parts, label, line.get(from..at).unwrap_or_default());
                (label, from, at) = (Some(next), end, end);
            }
            None => {
                at += line
                    .get(at..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(1, char::len_utf8)
            }
        }
    }
    push(&mut parts, label, line.get(from..).unwrap_or_default());
    parts
}

fn push<'a>(parts: &mut Vec<Segment<'a>>, label: Option<Label>, words: &'a str) {
    let words = words.trim().trim_end_matches(['|', ';', '\u{b7}']).trim();
    match label {
        Some(label) => parts.push(Segment::Labelled(label, words)),
        None if words.is_empty() => {}
        None => parts.push(Segment::Free(words)),
    }
}

fn starts_word(line: &str, at: usize) -> bool {
    let before = line.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|c| !c.is_alphanumeric() && c != '@' && c != '.' && c != '-' && c != '\'')
}

/// The label that begins here, and where its value begins.
fn label_at(line: &str, at: usize) -> Option<(Label, usize)> {
    let rest = line.get(at..)?;
    let fits = |(words, ..): &&(&str, Label, Needs)| {
        let start = rest.get(..words.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(words))
    };
    let longest = LABELS.iter().filter(fits).max_by_key(|(words, ..)| words.len())?;
    let (words, label, needs) = longest;
    let after = rest.get(words.len()..)?;
    // `MRN#` and `Ph.` are the same labels.
    let marks = after.len() - after.trim_start_matches(['#', '.', ' ']).len();
    let bare = after.get(marks..)?;
    let colon = bare.starts_with([':', '=']);
    let ends_word = after
        .chars()
        .next()
        .is_none_or(|c| !c.is_alphanumeric() && c != '\'' && c != '-');
    let holds = ends_word && (colon || *needs == Nothing || after.trim().is_empty() && at == 0);
    let skipped = words.len() + marks + usize::from(colon);
    holds.then_some((*label, at + skipped))
}
