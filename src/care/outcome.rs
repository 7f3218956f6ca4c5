//! "Improved", "response", "remission", "at target": six named definitions, computed together.
//!
//! Programmes mean different things by these words, and a patient can be one and not the other: 20 to 10 is a
//! response and not SCOPE's, 24 to 14 is a reliable change and nothing else. So each has its name and its source,
//! and all are shown side by side. They are published definitions: no protocol changes their numbers.

use super::scale::Scale;
use crate::instruments::{Direction, brief};

/// One of the six definitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Definition {
    /// PHQ-9 (or GAD-7) under 5.
    Remission,
    /// A fall of half or more.
    Response,
    /// Under 10, or a fall of half or more; never when the score didn't fall.
    Improved,
    /// Under 10 and a fall of half or more.
    TreatmentResponse,
    /// PHQ-9 under 5 or a fall of half; GAD-7 under 10 or a fall of half.
    AtTarget,
    /// A fall of 5 points (PHQ-9) or 4 (GAD-7).
    ReliableChange,
}

impl Definition {
    /// All six, in the order shown.
    pub const ALL: [Self; 6] = [
        Self::Remission,
        Self::Response,
        Self::Improved,
        Self::TreatmentResponse,
        Self::AtTarget,
        Self::ReliableChange,
    ];
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Remission => "remission",
            Self::Response => "response",
            Self::Improved => "improved (Bao, NYS)",
            Self::TreatmentResponse => "treatment response (SCOPE)",
            Self::AtTarget => "at target (AIMS)",
            Self::ReliableChange => "reliable change",
        }
    }
    /// Its rule and where that comes from.
    pub fn source(self) -> &'static str {
        match self {
            Self::Remission => {
                "latest under 5; HEDIS DRR-E, CMS159, MNCM (for GAD-7: New York State CoCM metrics 2025)"
            }
            Self::Response => "latest at least 50 % below baseline; HEDIS DRR-E, MNCM response at six months",
            Self::Improved => {
                "latest lower than baseline, and under 10 or at least 50 % below it; Bao 2015, doi 10.1176/appi.ps.201400577; \
                 New York counts it from day 70"
            }
            Self::TreatmentResponse => {
                "latest under 10 and at least 50 % below baseline; SCOPE workflow, https://github.com/uwscope/scope-web"
            }
            Self::AtTarget => {
                "PHQ-9 under 5, GAD-7 under 10, or at least 50 % below baseline; AIMS patient tracking spreadsheet"
            }
            Self::ReliableChange => {
                "PHQ-9 down 5 points or more (https://ps.psychiatryonline.org/doi/full/10.1176/appi.ps.201900295); \
                 GAD-7 down 4 or more (Toussaint 2020, doi 10.1016/j.jad.2020.01.032)"
            }
        }
    }
}

/// All definitions for one pair of scores. `None`: the definition says nothing here (another instrument, or a
/// percentage of a baseline of 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcomes {
    /// The first score.
    pub baseline: u16,
    /// The later score.
    pub latest: u16,
    /// Days between them.
    pub days: i64,
    /// Under 5.
    pub remission: Option<bool>,
    /// A fall of half.
    pub response: Option<bool>,
    /// Lower, and under 10 or a fall of half.
    pub improved_bao: Option<bool>,
    /// Under 10 and a fall of half.
    pub tx_response_scope: Option<bool>,
    /// At target by the AIMS spreadsheet.
    pub aims_at_target: Option<bool>,
    /// A fall of 5 or 4 points.
    pub reliable_change: Option<bool>,
    /// Whether the baseline was 10 or more: most published rates count only those.
    pub elevated_baseline: bool,
    /// Whether New York's improvement metric would count the pair: 70 days or more from an elevated baseline.
    pub counted_by_nys: bool,
}

/// Days from which New York counts improvement (CoCM metrics 2025, metric 6).
const NYS_DAYS: i64 = 70;
/// Lowest elevated baseline of PHQ-9 and GAD-7 (HEDIS, CMS159: above 9; New York: 10 or more).
const ELEVATED: u16 = 10;

impl Outcomes {
    /// Latest minus baseline: negative when it fell.
    pub fn points(&self) -> i32 {
        i32::from(self.latest) - i32::from(self.baseline)
    }
    /// The same in percent of the baseline, rounded half away from zero; `None` for a baseline of 0. For showing,
    /// never for a rule.
    pub fn percent(&self) -> Option<i32> {
        percent(self.baseline, self.latest)
    }
    /// One of the six.
    pub fn holds(&self, definition: Definition) -> Option<bool> {
        match definition {
            Definition::Remission => self.remission,
            Definition::Response => self.response,
            Definition::Improved => self.improved_bao,
            Definition::TreatmentResponse => self.tx_response_scope,
            Definition::AtTarget => self.aims_at_target,
            Definition::ReliableChange => self.reliable_change,
        }
    }
}

/// Change in percent of the baseline, rounded half away from zero; `None` for a baseline of 0.
pub fn percent(baseline: u16, latest: u16) -> Option<i32> {
    let base = i32::from(baseline);
    let change = (i32::from(latest) - base) * 100;
    let half = if change < 0 { -base } else { base };
    (base != 0).then(|| (2 * change + half) / (2 * base))
}

/// Whether a score fell by so many percent of the baseline; exactly so many counts. `None` for a baseline of 0.
pub fn fell_by_percent(baseline: u16, latest: u16, percent: u32) -> Option<bool> {
    let fallen = i64::from(baseline) - i64::from(latest);
    (baseline != 0).then_some(i64::from(baseline) * i64::from(percent) <= fallen * 100)
}

/// Whether a score is at least half better than its baseline, which is what the interval between measures depends on.
/// Half of a fall says nothing of an instrument of which more is better, nor of one of which nothing is published.
pub fn has_responded(scale: &Scale, baseline: u16, latest: u16) -> bool {
    let symptoms = brief(scale.id()).is_some_and(|known| known.direction == Direction::HigherIsWorse);
    symptoms && fell_by_percent(baseline, latest, 50) == Some(true)
}

impl Outcomes {
    /// Why a definition doesn't hold, with the numbers: "9 is not under 5", "a fall of 35.7 % is under 50 %".
    fn because(&self, definition: Definition, scale: &Scale) -> Option<String> {
        let not_under = |limit: u16| format!("{} is not under {limit}", self.latest);
        let fell_by_half = fell_by_percent(self.baseline, self.latest, 50) == Some(true);
        let (target, reliable) = limits(scale);
        self.holds(definition)?;
        Some(match definition {
            Definition::Remission => not_under(5),
            Definition::TreatmentResponse if fell_by_half => not_under(10),
            Definition::Response | Definition::Improved | Definition::TreatmentResponse => self.fall_words(),
            Definition::AtTarget => format!("{}, and {}", not_under(target), self.fall_words()),
            Definition::ReliableChange => match self.points() {
                0.. => "the score did not fall".to_owned(),
                fell => format!("a fall of {} is under {reliable} points", -fell),
            },
        })
    }
    /// "a fall of 35.7 % is under 50 %". Cut, not rounded, to a tenth: 49.96 % is under 50 %.
    fn fall_words(&self) -> String {
        let fallen = (i64::from(self.baseline) - i64::from(self.latest)) * 1000;
        let tenths = fallen / i64::from(self.baseline.max(1));
        if tenths <= 0 {
            return "the score did not fall".to_owned();
        }
        let percent = match tenths % 10 {
            0 => format!("{} %", tenths / 10),
            part => format!("{}.{part} %", tenths / 10),
        };
        format!("a fall of {percent} is under 50 %")
    }
    /// Which of the six hold and which don't and why not, where they disagree: "improved" by one is no
    /// response by another, and a reader who sees one word doesn't know that. `None` where all agree or say nothing.
    pub fn disagreement(&self, scale: &Scale) -> Option<String> {
        let hold = Definition::ALL.iter().filter(|d| self.holds(**d) == Some(true));
        let hold: Vec<&str> = hold.map(|d| d.name()).collect();
        let fails = |d: &Definition| {
            let reason = self.because(*d, scale).filter(|_| self.holds(*d) == Some(false))?;
            Some((d.name(), reason))
        };
        let fail = grouped(Definition::ALL.iter().filter_map(fails));
        (!hold.is_empty() && !fail.is_empty()).then(|| {
            format!(
                "The definitions disagree. Holds: {}. Does not hold: {}.",
                hold.join(", "),
                fail.join("; ")
            )
        })
    }
}

impl Outcomes {
    /// Whether New York counts an improvement that holds, and if not, why: a reader may take the word for the metric.
    pub fn not_counted(&self) -> Option<String> {
        if self.improved_bao != Some(true) || self.counted_by_nys {
            return None;
        }
        let (baseline, days) = (self.baseline, self.days);
        Some(match self.elevated_baseline {
            false => format!("New York's metric does not count it: the baseline of {baseline} is under {ELEVATED}."),
            true => {
                format!("New York's metric does not count it yet: it is day {days}, and it counts from day {NYS_DAYS}.")
            }
        })
    }
}

/// Names with one reason stand together: "response, treatment response (SCOPE): a fall of 45 % is under 50 %".
fn grouped(all: impl Iterator<Item = (&'static str, String)>) -> Vec<String> {
    let mut groups: Vec<(Vec<&str>, String)> = Vec::new();
    for (name, reason) in all {
        match groups.iter_mut().find(|(_, known)| *known == reason) {
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], reason)),
        }
    }
    let line = |(names, reason): (Vec<&str>, String)| format!("{}: {reason}", names.join(", "));
    groups.into_iter().map(line).collect()
}

/// The AIMS target and the points of a reliable change: 5 and 5 for PHQ-9, 10 and 4 for GAD-7.
fn limits(scale: &Scale) -> (u16, u16) {
    if *scale == Scale::Gad7 { (10, 4) } else { (5, 5) }
}

/// All six definitions for a baseline and a later score of one instrument, `days` apart.
pub fn outcomes(baseline: u16, latest: u16, scale: &Scale, days: i64) -> Outcomes {
    let half = fell_by_percent(baseline, latest, 50);
    let named = !matches!(scale, Scale::Other(_));
    let when_named = |holds: bool| named.then_some(holds);
    let lower = latest < baseline;
    let under_ten = latest < 10;
    let (target, reliable) = limits(scale);
    let elevated_baseline = named && ELEVATED <= baseline;
    Outcomes {
        baseline,
        latest,
        days,
        remission: when_named(latest < 5),
        response: half.filter(|_| named),
        improved_bao: when_named(lower && (under_ten || half == Some(true))),
        tx_response_scope: half.filter(|_| named).map(|half| under_ten && half),
        aims_at_target: when_named(latest < target || half == Some(true)),
        reliable_change: when_named(latest + reliable <= baseline),
        elevated_baseline,
        counted_by_nys: elevated_baseline && NYS_DAYS <= days,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table "Consequences worth showing a user" of the clinical rules, and the corners of the six.
    #[test]
    fn six_definitions_disagree_as_published() {
        // baseline, latest, percent, remission, response, improved, SCOPE, AIMS, reliable
        let table = [
            (20, 10, -50, false, true, true, false, true, true),
            (18, 9, -50, false, true, true, true, true, true),
            (12, 9, -25, false, false, true, false, false, false),
            (10, 9, -10, false, false, true, false, false, false),
            (24, 14, -42, false, false, false, false, false, true),
            (8, 4, -50, true, true, true, true, true, false),
            (16, 0, -100, true, true, true, true, true, true),
            (10, 16, 60, false, false, false, false, false, false),
            (20, 13, -35, false, false, false, false, false, true),
            (9, 9, 0, false, false, false, false, false, false),
            (3, 4, 33, true, false, false, false, true, false),
        ];
        for (first, last, percent, remission, response, improved, scope, aims, reliable) in table {
            let found = outcomes(first, last, &Scale::Phq9, 60);
            assert_eq!(found.percent(), Some(percent), "{first} to {last}");
            let expected = [remission, response, improved, scope, aims, reliable].map(Some);
            assert_eq!(Definition::ALL.map(|d| found.holds(d)), expected, "{first} to {last}");
        }
    }

    #[test]
    fn a_disagreement_is_said_with_its_numbers_and_agreement_is_not() {
        let said = |first, last| outcomes(first, last, &Scale::Phq9, 60).disagreement(&Scale::Phq9);
        assert_eq!(
            said(14, 9).unwrap(),
            "The definitions disagree. Holds: improved (Bao, NYS), reliable change. Does not hold: remission: 9 is not under 5; \
             response, treatment response (SCOPE): a fall of 35.7 % is under 50 %; at target (AIMS): 9 is not under 5, and a \
             fall of 35.7 % is under 50 %."
        );
        // 13 of 27 is 48.1 %, and never rounds up to the limit.
        assert!(said(27, 14).unwrap().contains("a fall of 48.1 % is under 50 %"));
        assert_eq!((said(16, 0), said(10, 16)), (None, None));
        let counted = |first, days| outcomes(first, 4, &Scale::Phq9, days).not_counted();
        assert_eq!(
            (counted(18, 70), outcomes(18, 18, &Scale::Phq9, 9).not_counted()),
            (None, None)
        );
        assert!(
            counted(18, 69)
                .unwrap()
                .ends_with("it is day 69, and it counts from day 70.")
        );
        assert!(counted(9, 90).unwrap().ends_with("the baseline of 9 is under 10."));
        let zero = outcomes(0, 0, &Scale::Phq9, 60).disagreement(&Scale::Phq9).unwrap();
        assert!(
            zero.contains("Holds: remission, at target (AIMS). Does not hold: improved (Bao, NYS), reliable"),
            "{zero}"
        );
    }

    #[test]
    fn gad7_is_at_target_under_ten_and_changes_reliably_by_four() {
        let found = outcomes(13, 9, &Scale::Gad7, 30);
        assert_eq!((found.aims_at_target, found.reliable_change), (Some(true), Some(true)));
        assert_eq!(outcomes(13, 10, &Scale::Gad7, 30).reliable_change, Some(false));
    }

    /// Published code divided by zero here.
    #[test]
    fn zero_then_six_has_points_and_no_percentage() {
        let found = outcomes(0, 6, &Scale::Phq9, 30);
        assert_eq!((found.points(), found.percent()), (6, None));
        assert_eq!((found.response, found.tx_response_scope), (None, None));
        assert_eq!(
            found.improved_bao,
            Some(false),
            "worse is never improved, even under 10"
        );
    }

    #[test]
    fn day_seventy_one_from_eighteen_to_nine_is_improved_and_at_target_and_not_remission() {
        let found = outcomes(18, 9, &Scale::Phq9, 71);
        assert!(found.counted_by_nys);
        assert_eq!(found.improved_bao, Some(true));
        assert_eq!(found.aims_at_target, Some(true));
        assert_eq!(found.remission, Some(false));
        assert!(!outcomes(18, 9, &Scale::Phq9, 69).counted_by_nys);
    }

    #[test]
    fn an_instrument_without_published_definitions_gets_none() {
        let found = outcomes(40, 20, &Scale::of("pcl5"), 30);
        assert!(Definition::ALL.iter().all(|d| found.holds(*d).is_none()));
        assert_eq!(found.percent(), Some(-50));
    }

    #[test]
    fn no_pair_of_scores_that_did_not_fall_is_ever_improved() {
        for scale in Scale::NAMED {
            for first in 0..=27u16 {
                for last in first..=27 {
                    let found = outcomes(first, last, &scale, 70);
                    assert_eq!(found.improved_bao, Some(false), "{first} to {last}");
                    assert_ne!(found.response, Some(true), "{first} to {last}");
                    assert_eq!(found.reliable_change, Some(false), "{first} to {last}");
                }
            }
        }
    }
}
