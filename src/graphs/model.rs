//! What a graph of scores shows.

use crate::flowsheet::Flowsheet;
use crate::journal::Day;

/// A graph of one measure over time. Holds no name of a patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// What is shown, for example `PHQ-9`.
    pub title: String,
    /// The greatest score of the measure: the top of the scale. The bottom is 0.
    pub max: u16,
    /// The scores in order of time.
    pub points: Vec<Point>,
    /// Severity bands from low to high.
    pub bands: Vec<Band>,
    /// Scores under this are at target.
    pub target: Option<u16>,
    /// What was done, in any order.
    pub marks: Vec<Mark>,
    /// Its proportions.
    pub shape: Shape,
}

/// One administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The clinic's day.
    pub day: Day,
    /// The score; `None` where the form was incomplete or declined: a gap in the line.
    pub value: Option<u16>,
}

/// A range of scores with a name. Both ends belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Least score.
    pub from: u16,
    /// Greatest score.
    pub to: u16,
    /// What it is called, for example `moderate`.
    pub label: String,
}

/// Something that was done on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The clinic's day.
    pub day: Day,
    /// What.
    pub kind: MarkKind,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// A treatment was started or changed.
    Treatment,
    /// The consultant reviewed the case.
    Review,
    /// A two-way contact with the patient.
    Contact,
}

impl MarkKind {
    /// For a legend and a table: "treatment change".
    pub fn words(self) -> &'static str {
        match self {
            Self::Treatment => "treatment change",
            Self::Review => "case review",
            Self::Contact => "contact",
        }
    }
}

/// The proportions of a graph: text keeps its size, so a narrow page gets its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// For a page wider than 600 pixels.
    Wide,
    /// For a telephone, 360 pixels.
    Narrow,
}

impl Model {
    /// A graph without anything in it yet.
    pub fn new(title: &str, max: u16, shape: Shape) -> Self {
        Self {
            title: title.to_owned(),
            max,
            points: Vec::new(),
            bands: Vec::new(),
            target: None,
            marks: Vec::new(),
            shape,
        }
    }
    /// The same with the scores and events of a flowsheet, from one day to another.
    pub fn with_history(mut self, sheet: &Flowsheet, instrument: &str, from: Day, until: Day) -> Self {
        let within = |day: Day| day >= from && day <= until;
        let taken = sheet.scores_of(instrument, until).map(|s| Point {
            day: s.day,
            value: s.total,
        });
        let declined = sheet
            .declined
            .iter()
            .filter(|(_, i)| i == instrument)
            .map(|(day, _)| Point { day: *day, value: None });
        self.points = taken.chain(declined).filter(|p| within(p.day)).collect();
        self.points.sort_by_key(|p| p.day);
        let treatments = sheet.treatments.iter().map(|t| (t.day, MarkKind::Treatment));
        let reviews = sheet.reviews.iter().map(|r| (r.day, MarkKind::Review));
        let contacts = sheet
            .contacts
            .iter()
            .filter(|c| c.with_patient)
            .map(|c| (c.day, MarkKind::Contact));
        let all = treatments
            .chain(reviews)
            .chain(contacts)
            .filter(|(day, _)| within(*day));
        self.marks = all.map(|(day, kind)| Mark { day, kind }).collect();
        self.marks.sort();
        self.marks.dedup();
        self
    }
    /// The band that a score lies in.
    pub fn band(&self, value: u16) -> Option<&Band> {
        self.bands.iter().find(|b| b.from <= value && value <= b.to)
    }
    /// The first and the last day that the graph has to hold.
    pub(super) fn days(&self) -> Option<(Day, Day)> {
        let all = || {
            self.points
                .iter()
                .map(|p| p.day)
                .chain(self.marks.iter().map(|m| m.day))
        };
        Some((all().min()?, all().max()?))
    }
}
