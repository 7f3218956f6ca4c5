//! How a text is laid out: lines as they stand; labels with their values under each other, before or after them; tables;
//! and letters, in which most of what is said is the sender's.

use super::labels::{Label, Segment, Whose, segments, whole_label};
use super::pieces;
use crate::journal::Day;

/// Whose a part of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A header: what stands in it without another's name is the patient's.
    Header,
    /// A letter, a fax, a signature: a telephone number, an address, a name in it can be the sender's.
    Letter,
}

/// A part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row<'a> {
    /// A line as it stands.
    Line(Place, Vec<Segment<'a>>),
    /// Labels with their values, of a table or of lines in turn.
    Pairs(Place, Vec<(Label, &'a str)>),
    /// The columns of a table with one row of values.
    Columns(Place, Vec<(Label, &'a str)>),
}

/// The parts of a text, in its order. What can be read in two ways is none of them.
pub(super) fn rows(text: &str, today: Day) -> Vec<Row<'_>> {
    let lines = before_closing(text);
    let first = match lines.iter().any(|line| is_of_a_letter(line)) {
        true => Place::Letter,
        false => Place::Header,
    };
    let (mut rows, mut place, mut at) = (Vec::new(), first, 0);
    while let Some(rest) = lines.get(at..).filter(|rest| !rest.is_empty()) {
        let (parts, taken) = table(rest).or_else(|| stack(rest, today)).unwrap_or_else(|| {
            let line = rest.first().copied().unwrap_or_default();
            (vec![Part::Line(line)], 1)
        });
        for part in parts {
            match part {
                Part::Line(line) if line.trim().is_empty() => place = first,
                Part::Line(line) if is_signed(line) => place = Place::Letter,
                Part::Line(line) => {
                    let segments = segments(line);
                    let names = |segment: &Segment<'_>| matches!(segment, Segment::Labelled(Label::Patient, _));
                    if segments.iter().any(names) {
                        place = Place::Header;
                    }
                    rows.push(Row::Line(place, segments));
                }
                Part::Pairs(pairs) => {
                    if pairs.iter().any(|(label, _)| *label == Label::Patient) {
                        place = Place::Header;
                    }
                    rows.push(Row::Pairs(place, pairs));
                }
                Part::Columns(pairs) => rows.push(Row::Columns(place, pairs)),
            }
        }
        at += taken.max(1);
    }
    rows
}

enum Part<'a> {
    Line(&'a str),
    Pairs(Vec<(Label, &'a str)>),
    Columns(Vec<(Label, &'a str)>),
}

/// The lines to where a letter ends. Two dashes and `Best` are also what a cell holds: they end nothing right after a label;
/// dashes neither beside one, unless it is a letter.
fn before_closing(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let has_label = |line: &&str| {
        let labelled = |part: &Segment<'_>| matches!(part, Segment::Labelled(..));
        whole_label(line).is_some() || segments(line).iter().any(labelled)
    };
    let waits =
        |line: &&str| whole_label(line).is_some() || matches!(segments(line).last(), Some(Segment::Labelled(_, "")));
    let mut is_letter = false;
    for (at, line) in lines.iter().enumerate() {
        is_letter |= is_of_a_letter(line);
        let before = || lines.iter().take(at).rfind(|line| !line.trim().is_empty());
        let after = || lines.iter().skip(at + 1).find(|line| !line.trim().is_empty());
        let ends = match closing(line) {
            None => false,
            Some("--") if !is_letter => !before().is_some_and(has_label) && !after().is_some_and(has_label),
            Some("--" | "best") => !before().is_some_and(waits),
            Some(_) => true,
        };
        if ends {
            return lines.into_iter().take(at).collect();
        }
    }
    lines
}

/// The words with which a letter ends; what follows is the sender's.
fn closing(line: &str) -> Option<&'static str> {
    const CLOSINGS: [&str; 14] = [
        "thanks",
        "thank you",
        "many thanks",
        "with thanks",
        "thanks so much",
        "regards",
        "best regards",
        "kind regards",
        "warm regards",
        "best",
        "best wishes",
        "sincerely",
        "respectfully",
        "--",
    ];
    let line = line.trim().trim_end_matches([',', '.', '!']).to_ascii_lowercase();
    let sent = line.starts_with("sent from my ").then_some("sent from my");
    CLOSINGS.into_iter().find(|closing| *closing == line).or(sent)
}

/// A line that only a letter or a fax has: the sender's and the receiver's.
fn is_of_a_letter(line: &str) -> bool {
    let line = line
        .trim_start()
        .trim_start_matches('>')
        .trim_start()
        .to_ascii_lowercase();
    ["from:", "to:", "cc:", "sent:", "subject:", "attn:", "dear "]
        .iter()
        .any(|start| line.starts_with(start))
}

/// `Sarah Lee, MD`: a clinician's name on a line of its own.
fn is_signed(line: &str) -> bool {
    let line = line.trim();
    let Some(at) = line.rfind([',', ' ']) else {
        return false;
    };
    let (name, degree) = line.split_at(at + 1);
    let is_degree = pieces::is_degree(name, degree);
    let name = name.strip_suffix([',', ' ']).unwrap_or(name);
    let letters = |c: char| c.is_alphabetic() || [' ', ',', '.', '-', '\''].contains(&c);
    is_degree && name.contains(' ') && name.chars().all(letters)
}

/// The cells of a line: apart by tabs, or by wide gaps where there is none.
fn cells(line: &str) -> Vec<&str> {
    let gap = if line.contains('\t') { "\t" } else { "  " };
    let cells = line.split(gap).map(str::trim);
    cells.filter(|cell| !cell.is_empty()).collect()
}

/// A table that begins here, and how many lines it has: a label and its value in neighbouring cells, line by line; or a row of
/// labels with one row of values under it. A list of several people is nobody's header.
fn table<'a>(lines: &[&'a str]) -> Option<(Vec<Part<'a>>, usize)> {
    let head = cells(lines.first()?);
    if is_head(&head) {
        return Some(columns(lines));
    }
    let rows: Vec<Vec<(Label, &str)>> = lines.iter().map_while(|line| in_pairs(&cells(line))).collect();
    let taken = rows.len();
    (0 < taken).then(|| (vec![Part::Pairs(rows.into_iter().flatten().collect())], taken))
}

/// A row of labels with what stands under it, and how many lines that is.
fn columns<'a>(lines: &[&'a str]) -> (Vec<Part<'a>>, usize) {
    let first = lines.first().copied().unwrap_or_default();
    let head = cells(first);
    let is_row = |line: &&&str| {
        let under = cells(line);
        // A row of one cell is a line of its own.
        1 < under.len() && under.iter().all(|cell| whole_label(cell).is_none()) && !labels_something(line)
    };
    let blank = lines.iter().skip(1).take_while(|line| line.trim().is_empty()).count();
    let under: Vec<&&str> = lines.iter().skip(1 + blank).take_while(is_row).collect();
    let taken = match under.is_empty() {
        true => 1,
        false => 1 + blank + under.len(),
    };
    let parts = match under.as_slice() {
        [only] if is_of_one_patient(&head) => in_columns(first, only).map(Part::Columns),
        _ => None,
    };
    (parts.into_iter().collect(), taken)
}

fn labels_something(line: &str) -> bool {
    let labelled = |part: &Segment<'_>| matches!(part, Segment::Labelled(..));
    segments(line).iter().any(labelled)
}

/// Each label with the value under it. With a value for every label they go in order, as they do with tabs, which keep the
/// place of one that is empty; else by where they begin. `None` where the values can't be told apart.
fn in_columns<'a>(head: &'a str, values: &'a str) -> Option<Vec<(Label, &'a str)>> {
    let (heads, under) = (placed_cells(head), placed_cells(values));
    let in_order = heads.len() == under.len();
    let has_tabs = head.contains('\t') && values.contains('\t');
    let mut pairs = Vec::new();
    let mut last = None;
    for (order, (at, value)) in under.iter().enumerate() {
        let column = match (in_order, has_tabs) {
            (true, _) => order,
            (false, true) => return None,
            (false, false) => heads.iter().position(|(from, _)| from == at)?,
        };
        if last.is_some_and(|last| column <= last) {
            return None;
        }
        last = Some(column);
        if let Some(label) = heads.get(column).and_then(|(_, head)| whole_label(head)) {
            pairs.push((label, *value));
        }
    }
    pairs.retain(|(_, value)| !value.is_empty());
    Some(pairs)
}

/// The cells of a line with where each begins, in characters; between tabs also empty ones.
fn placed_cells(line: &str) -> Vec<(usize, &str)> {
    if line.contains('\t') {
        return line.split('\t').map(str::trim).enumerate().collect();
    }
    let mut from = 0;
    let mut placed = Vec::new();
    for cell in cells(line) {
        let Some(at) = line.get(from..).and_then(|rest| rest.find(cell)) else {
            continue;
        };
        let start = from + at;
        let column = line.get(..start).map_or(start, |before| before.chars().count());
        placed.push((column, cell));
        from = start + cell.len();
    }
    placed
}

/// Whether a row is labels and no values: its first two are labels; or no figure stands in it, its first is a label, and two
/// that are labels stand beside each other.
fn is_head(cells: &[&str]) -> bool {
    let is_label = |at: usize| cells.get(at).is_some_and(|cell| whole_label(cell).is_some());
    let has_figure = cells.iter().any(|cell| cell.chars().any(|c| c.is_ascii_digit()));
    let beside = || (1..cells.len()).any(|at| is_label(at - 1) && is_label(at));
    is_label(0) && (is_label(1) || (!has_figure && beside()))
}

fn is_of_one_patient(head: &[&str]) -> bool {
    let labels: Vec<Label> = head.iter().filter_map(|cell| whole_label(cell)).collect();
    let is_known = labels.iter().any(|label| matches!(label, Label::Birth | Label::Mrn));
    let of_others = labels
        .iter()
        .any(|label| matches!(label.turns_to(), Some(Whose::Emergency | Whose::Another)));
    let relation = head.iter().any(|cell| cell.to_ascii_lowercase().contains("relation"));
    is_known && !of_others && !relation
}

fn in_pairs<'a>(cells: &[&'a str]) -> Option<Vec<(Label, &'a str)>> {
    let pairs = cells.chunks(2).map_while(|pair| match pair {
        [label, value] if whole_label(value).is_none() => Some((whole_label(label)?, *value)),
        _ => None,
    });
    let pairs: Vec<_> = pairs.collect();
    (!pairs.is_empty()).then_some(pairs)
}

/// Labels and values on lines of their own, in turn: which of the two comes first is told by what the values are.
fn stack<'a>(lines: &[&'a str], today: Day) -> Option<(Vec<Part<'a>>, usize)> {
    let block: Vec<Cell<'a>> = lines.iter().map_while(|line| Cell::of(line)).collect();
    let first = block.iter().position(|cell| matches!(cell, Cell::Label(_)))?;
    let (after, before) = (pairs_after(&block), pairs_before(&block));
    let (seen_after, seen_before) = (Fit::of(&after, today), Fit::of(&before, today));
    let title = || block.iter().take(first).map(|cell| Part::Line(cell.text()));
    let ends_in_label = matches!(block.last(), Some(Cell::Label(_)));
    let parts = match (seen_after, seen_before) {
        // The values say nothing: a list begins with its label, or ends with it.
        (Fit { right: 0, wrong: 0 }, Fit { right: 0, wrong: 0 }) if 0 < first && ends_in_label => {
            vec![Part::Pairs(before)]
        }
        (Fit { right: 0, wrong: 0 }, Fit { right: 0, .. }) if first == 0 => vec![Part::Pairs(after)],
        (Fit { wrong: 0, .. }, Fit { wrong: 0, .. }) if first == 0 && !ends_in_label => vec![Part::Pairs(after)],
        (Fit { wrong: 0, .. }, Fit { wrong: 0, .. }) if 0 < first && ends_in_label => vec![Part::Pairs(before)],
        // Only one of the two has no value that its label can't have.
        (Fit { right: 1.., wrong: 0 }, Fit { wrong: 1.., .. }) => title().chain([Part::Pairs(after)]).collect(),
        (Fit { wrong: 1.., .. }, Fit { right: 1.., wrong: 0 }) => vec![Part::Pairs(before)],
        (Fit { right: 1.., .. }, Fit { right: 0, .. }) => title().chain([Part::Pairs(after)]).collect(),
        (Fit { right: 0, .. }, Fit { right: 1.., wrong: 0 }) => vec![Part::Pairs(before)],
        _ => Vec::new(),
    };
    Some((parts, block.len()))
}

/// A line with one thing on it.
#[derive(Clone, Copy)]
enum Cell<'a> {
    Label(Label),
    Value(&'a str),
}

impl<'a> Cell<'a> {
    fn of(line: &'a str) -> Option<Self> {
        if let Some(label) = whole_label(line) {
            return Some(Self::Label(label));
        }
        match *segments(line).as_slice() {
            [Segment::Free(words)] if cells(line).len() == 1 => Some(Self::Value(words)),
            _ => None,
        }
    }
    fn text(self) -> &'a str {
        match self {
            Self::Value(words) => words,
            Self::Label(_) => "",
        }
    }
}

fn pairs_after<'a>(block: &[Cell<'a>]) -> Vec<(Label, &'a str)> {
    let pairs = block.windows(2).filter_map(|pair| match *pair {
        [Cell::Label(label), Cell::Value(value)] => Some((label, value)),
        _ => None,
    });
    pairs.collect()
}

fn pairs_before<'a>(block: &[Cell<'a>]) -> Vec<(Label, &'a str)> {
    let pairs = block.windows(2).filter_map(|pair| match *pair {
        [Cell::Value(value), Cell::Label(label)] => Some((label, value)),
        _ => None,
    });
    pairs.collect()
}

/// How many values are what their labels say, and how many can't be.
#[derive(Clone, Copy)]
struct Fit {
    right: usize,
    wrong: usize,
}

impl Fit {
    fn of(pairs: &[(Label, &str)], today: Day) -> Self {
        let fits: Vec<bool> = pairs
            .iter()
            .filter_map(|(label, value)| fits(*label, value, today))
            .collect();
        let right = fits.iter().filter(|fits| **fits).count();
        Self {
            right,
            wrong: fits.len() - right,
        }
    }
}

/// Whether a value is what its label says; `None` where any words could be.
fn fits(label: Label, value: &str, today: Day) -> Option<bool> {
    super::tidied(value)?;
    let is_date = || pieces::leading_date(value, today).is_some();
    let has_digit = value.chars().any(|c| c.is_ascii_digit());
    match label {
        Label::Birth => Some(is_date()),
        Label::Phone => Some(!pieces::phones(value).0.is_empty()),
        Label::Email => Some(value.contains('@')),
        // A number with dashes may be a telephone's.
        Label::Mrn if value.contains('-') && !pieces::phones(value).0.is_empty() => None,
        Label::Mrn => Some(pieces::is_record_number(value) && !is_date()),
        Label::Sex => pieces::sex(value)
            .is_some()
            .then_some(true)
            .or(has_digit.then_some(false)),
        Label::Name | Label::Patient => pieces::name(value, pieces::Named::Labelled).is_none().then_some(false),
        Label::Family | Label::Given => has_digit.then_some(false),
        Label::Age => None,
        Label::Plain(super::PastedField::Interpreter) => super::interpreter::need(value).map(|_| true),
        Label::Plain(_) | Label::Another | Label::Other => None,
    }
}
