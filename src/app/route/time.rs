//! How much of the time page is shown.

/// How much of the time page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeSpan {
    /// One day: `#/time/2026-11-20`.
    Day,
    /// The seven days from Monday on: `#/time/week/2026-11-20`.
    Week,
}

impl TimeSpan {
    /// What its link says.
    pub fn word(self) -> &'static str {
        match self {
            Self::Day => "Day",
            Self::Week => "Week",
        }
    }
}
