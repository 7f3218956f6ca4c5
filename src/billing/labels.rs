//! What the numbers of a payer profile are called on a page, and how a length of time is typed.

use super::values::Key;

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A length of time in seconds, typed as minutes.
    Time,
    /// A number of something.
    Count,
    /// A choice: the words by number.
    Choice(&'static [&'static str]),
}

const GATE: Kind = Kind::Choice(&["Not asked", "Warns", "Blocks"]);
const YES: Kind = Kind::Choice(&["No", "Yes"]);
const PAID: Kind = Kind::Choice(&[
    "By the minutes of the month",
    "As a case rate",
    "Not separately",
    "Not at all: general integration only",
]);

impl Key {
    /// What it is called, and what kind of number it is.
    pub fn label(self) -> (&'static str, Kind) {
        use Key::*;
        match self {
            InitialFrom => ("99492 from", Kind::Time),
            InitialAddOnFrom => ("First 99494 of an initial month from", Kind::Time),
            SubsequentFrom => ("99493 from", Kind::Time),
            SubsequentAddOnFrom => ("First 99494 of a later month from", Kind::Time),
            AddOnEvery => ("From one 99494 to the next", Kind::Time),
            AddOnCap => ("Most units of 99494 in a month, 0 for no limit", Kind::Count),
            AddOnWarnAbove => ("Warn above so many units of 99494", Kind::Count),
            G2214From => ("G2214 from, 0 where it is not covered", Kind::Time),
            G2214OtherReading => ("The other reading for G2214, 0 once it is settled", Kind::Time),
            BhiFrom => ("99484 and G0323 from", Kind::Time),
            ResetAfterMonths => ("Empty months after which a month is initial again", Kind::Count),
            VisitWithinDays => ("Days before the start for the initiating visit", Kind::Count),
            TeamTime => ("Minutes of the whole team count, shared time once", YES),
            TraineeTime => ("Minutes of a trainee count as a care manager\u{2019}s", YES),
            GateConsent => ("Consent", GATE),
            GateDiagnosis => ("Behavioral diagnosis", GATE),
            GateVisit => ("Initiating visit", GATE),
            GateScale => ("Validated scale in the month", GATE),
            GateReview => ("Case review in the initial month", GATE),
            GatePractitioner => ("Treating clinician", GATE),
            GateNpi => ("The clinician\u{2019}s NPI", GATE),
            GatePlan => ("Treatment plan in the initial month", GATE),
            GateDocumentation => ("Documentation of each entry", GATE),
            InpatientTime => ("Time counts while the patient is an inpatient", YES),
            InitialOncePerYear => ("99492 once per calendar year at most", YES),
            PaidAs => ("How collaborative care is paid", PAID),
            G0512From => ("G0512 from year and month (202212), 0 for never", Kind::Count),
            G0512Until => ("G0512 to year and month, 999912 for no end", Kind::Count),
            G0512InitialFrom => ("G0512 in an initial month from", Kind::Time),
            G0512SubsequentFrom => ("G0512 in a later month from", Kind::Time),
            Apcm => ("Add-ons to advanced primary care management", YES),
            ApcmMinutes => ("These add-ons take the minutes of the code they mirror", YES),
            ConsentEvery => (
                "Months after which consent is asked for again, 0 for never",
                Kind::Count,
            ),
        }
    }
}

/// A length of time as it is typed: `36`, or `70:01` where it isn't whole minutes.
pub fn minutes_text(seconds: u32) -> String {
    match seconds % 60 {
        0 => (seconds / 60).to_string(),
        rest => format!("{}:{rest:02}", seconds / 60),
    }
}

/// Seconds of a length of time as it is typed; `None` when it isn't one.
pub fn minutes_of(text: &str) -> Option<u32> {
    let (minutes, seconds) = text.trim().split_once(':').unwrap_or((text.trim(), "0"));
    let seconds: u32 = seconds.parse().ok().filter(|seconds| *seconds < 60)?;
    minutes.parse::<u32>().ok()?.checked_mul(60)?.checked_add(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_a_length_of_time_is_none() {
        for text in ["", "abc", "-3", "1:60", "1:", ":1", "99999999999", "1.5"] {
            assert_eq!(minutes_of(text), None, "{text}");
        }
        assert_eq!((minutes_text(2160), minutes_text(4201)), ("36".into(), "70:01".into()));
    }

    proptest! {
        #[test]
        fn a_length_of_time_reads_back(seconds in 0u32..100_000) {
            prop_assert_eq!(minutes_of(&minutes_text(seconds)), Some(seconds));
        }
    }
}
