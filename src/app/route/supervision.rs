//! The parts of the page of supervision.

/// A part of the page of supervision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SupervisionTab {
    /// What waits, what is open and late, what is to be discussed.
    Work,
    /// The hours.
    Hours,
    /// Audits of records.
    Audit,
}

impl SupervisionTab {
    /// All, in the order of their tabs.
    pub const ALL: [Self; 3] = [Self::Work, Self::Hours, Self::Audit];

    /// What its tab says.
    pub fn title(self) -> &'static str {
        match self {
            Self::Work => "Work",
            Self::Hours => "Hours",
            Self::Audit => "Record audit",
        }
    }
}
