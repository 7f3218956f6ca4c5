//! The service month: one patient, one calendar month in the clinic's zone.

use std::collections::BTreeMap;

use crate::flowsheet::Flowsheet;
use crate::journal::facts::{Activity, Bucket, Programme};
use crate::journal::{ChartId, Day, Month, PersonId, Seconds, Zone};

use super::attribution::{Attribution, Counted, NotCounted, Rules};
use super::code::CodeUnits;
use super::codes::{MonthKind, Suggestion, codes_in};
use super::episode::Course;
use super::gate::{Found, Gate, GateKind, GateState};
use super::profile::Profile;
use super::team::Team;
use super::values::Key;
use super::why::day_words;

/// What a patient's calendar month holds and supports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceMonth {
    /// Whose.
    pub chart: ChartId,
    /// Which month, in the clinic's zone.
    pub month: Month,
    /// Name of the payer profile it was reckoned with.
    pub profile: String,
    /// Initial, later, or general BHI.
    pub kind: MonthKind,
    /// Countable time, summed; whole minutes are floored once from this.
    pub seconds: Seconds,
    /// Countable time by activity.
    pub by_activity: BTreeMap<Activity, Seconds>,
    /// Countable time by person.
    pub by_person: BTreeMap<PersonId, Seconds>,
    /// The entries behind it, by day.
    pub counted: Vec<Counted>,
    /// What doesn't count, and why, by day.
    pub not_counted: Vec<NotCounted>,
    /// What the minutes support, gates aside.
    pub supported: Suggestion,
    /// The gates, in the order of [`GateKind`].
    pub gates: Vec<Gate>,
    /// What a person should look at.
    pub notes: Vec<Note>,
}

/// Something about a month that a person should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// It is reckoned as the initial month, but there were contacts before it that have no minutes.
    EarlierContacts {
        /// The first such contact.
        first: Day,
    },
    /// Time was logged for collaborative care and for general BHI; one practitioner reports only one of them.
    TwoProgrammes {
        /// Time of the programme that isn't shown.
        other: Seconds,
    },
    /// Another payer pays from a day within the month on: the month is reckoned by the later one's profile.
    PayerChanged {
        /// The later one's first day.
        from: Day,
        /// Countable time before it.
        before: Seconds,
        /// Countable time from it on.
        after: Seconds,
    },
    /// The profile pays one initial month in a calendar year, and there was one.
    InitialThisYear {
        /// The earlier one.
        earlier: Month,
    },
    /// All that counts is outreach before the patient was enrolled: unless it is reported, it is no month of care.
    OnlyOutreach {
        /// Whether it would be the initial month.
        initial: bool,
    },
    /// It is reckoned as the initial month, though there was such outreach in months before it.
    OutreachBefore {
        /// The last of them.
        last: Month,
    },
}

impl Note {
    /// A sentence for a page.
    pub fn sentence(&self) -> String {
        match self {
            Self::EarlierContacts { first } => format!(
                "There was a contact on {} without minutes: if that was collaborative care, this isn't the initial month.",
                day_words(*first)
            ),
            Self::TwoProgrammes { other } => format!(
                "{} minutes were also logged for the other program; only one of the two is reported in a month.",
                other.whole_minutes()
            ),
            Self::PayerChanged { from, before, after } => format!(
                "The payer changed on {}: {} minutes count before and {} from then on. The month is reckoned by the later \
                 payer's profile; ask both which of them takes it.",
                day_words(*from),
                before.whole_minutes(),
                after.whole_minutes()
            ),
            Self::InitialThisYear { earlier } => format!(
                "This payer profile pays 99492 once per calendar year, and {} was an initial month already.",
                earlier.first().date().format("%B %Y")
            ),
            Self::OnlyOutreach { initial: true } => {
                "All of this is outreach before the patient was enrolled: unless this month \
                 is reported, it is no month of care, and the initial month is still to come."
                    .to_owned()
            }
            Self::OnlyOutreach { initial: false } => {
                "All of this is outreach before the patient was enrolled: unless this \
                 month is reported, it is one of the months without care that a new initial month needs."
                    .to_owned()
            }
            Self::OutreachBefore { last } => format!(
                "In {} there was only outreach before the patient was enrolled, and nothing of it went to the payer as far as \
                 Caseload knows: this is the initial month. If that month was reported, record it under \u{201c}Sent, claimed, \
                 denied\u{201d}; then this is a later one.",
                last.first().date().format("%B %Y")
            ),
        }
    }
}

impl ServiceMonth {
    /// Whole minutes, floored once.
    pub fn minutes(&self) -> u32 {
        self.supported.minutes
    }
    /// Gates that keep the month from being billed.
    pub fn missing(&self) -> impl Iterator<Item = GateKind> {
        self.gates
            .iter()
            .filter(|g| g.state == GateState::Missing)
            .map(|g| g.kind)
    }
    /// What is suggested for billing: what the minutes support, or nothing while a gate is missing.
    pub fn billable(&self) -> &[CodeUnits] {
        if self.missing().next().is_some() {
            &[]
        } else {
            &self.supported.codes
        }
    }
    /// Whether the result waits for a choice of the clinic; such a month stays out of totals and files.
    pub fn is_unsettled(&self) -> bool {
        self.supported.is_unsettled()
    }
}

/// Reckons a patient's month, with entries and gates up to the day `as_of`.
///
/// Where both collaborative care and general BHI were logged, the month is one of collaborative care unless only
/// general BHI reaches a code: the practitioner reports one of the two (CMS-1654-F; BCBS Michigan Record, May 2022).
pub fn service_month(
    sheet: &Flowsheet,
    month: Month,
    profile: &Profile,
    team: &Team,
    zone: Zone,
    as_of: Day,
) -> ServiceMonth {
    let cocm = Rules {
        sheet,
        profile,
        team,
        zone,
        as_of,
        programme: Programme::Cocm,
    };
    let collaborative = Reckoned::cocm(&cocm, month);
    if !sheet.times.iter().any(|line| line.bucket == Bucket::GeneralBhi) {
        return collaborative.into_month(&cocm, month, None);
    }
    let bhi = Rules {
        programme: Programme::GeneralBhi,
        ..cocm
    };
    let general = Reckoned::general_bhi(&bhi, month);
    let (ours, others) = (collaborative.time.seconds(), general.time.seconds());
    let only_bhi = collaborative.supported.codes.is_empty() && !general.supported.codes.is_empty();
    if only_bhi || (ours.0 == 0 && others.0 > 0) {
        general.into_month(&bhi, month, Some(ours))
    } else {
        collaborative.into_month(&cocm, month, Some(others))
    }
}

/// A month under one programme, before its gates.
struct Reckoned {
    kind: MonthKind,
    course: Course,
    time: Attribution,
    supported: Suggestion,
}

impl Reckoned {
    fn cocm(rules: &Rules<'_>, month: Month) -> Self {
        let course = rules.course(month);
        let kind = if course.initial {
            MonthKind::Initial
        } else {
            MonthKind::Subsequent
        };
        Self::of(rules, month, kind, course)
    }
    fn general_bhi(rules: &Rules<'_>, month: Month) -> Self {
        let by = rules.sheet.who.clinician;
        let kind = match by.is_some_and(|by| rules.team.is_therapist(by)) {
            true => MonthKind::TherapistBhi,
            false => MonthKind::GeneralBhi,
        };
        Self::of(rules, month, kind, rules.course(month))
    }
    fn of(rules: &Rules<'_>, month: Month, kind: MonthKind, course: Course) -> Self {
        let time = rules.attribute(month);
        let supported = codes_in(rules.profile, kind, time.seconds(), Some(month));
        Self {
            kind,
            course,
            time,
            supported,
        }
    }
    fn into_month(self, rules: &Rules<'_>, month: Month, other: Option<Seconds>) -> ServiceMonth {
        let mut notes = Vec::new();
        if self.kind == MonthKind::Initial {
            let first = rules.earlier_contact(month);
            notes.extend(first.map(|first| Note::EarlierContacts { first }));
        }
        if matches!(self.kind, MonthKind::Initial | MonthKind::Subsequent) {
            notes.extend(self.outreach());
        }
        notes.extend(other.filter(|o| o.0 > 0).map(|other| Note::TwoProgrammes { other }));
        notes.extend(self.payer_changed(rules, month));
        let once = rules.profile.number(Key::InitialOncePerYear) == 1 && self.kind == MonthKind::Initial;
        let earlier = self.course.initial_this_year.filter(|_| once);
        notes.extend(earlier.map(|earlier| Note::InitialThisYear { earlier }));
        let mut gates = rules.gates(month, self.course.first_day, self.course.initial);
        gates.extend(rules.documentation(&self.time.counted));
        if self.supported.codes.iter().any(|code| code.code.is_apcm_add_on()) {
            gates.push(Gate {
                kind: GateKind::ApcmBase,
                state: GateState::Warning,
                found: Found::ApcmBaseUnknown,
            });
        }
        let (mut by_activity, mut by_person) = (BTreeMap::new(), BTreeMap::new());
        for counted in &self.time.counted {
            add(&mut by_activity, counted.activity, counted.seconds);
            add(&mut by_person, counted.by, counted.seconds);
        }
        ServiceMonth {
            chart: rules.sheet.chart,
            month,
            profile: rules.profile.name().to_owned(),
            kind: self.kind,
            seconds: self.time.seconds(),
            by_activity,
            by_person,
            gates,
            counted: self.time.counted,
            not_counted: self.time.not_counted,
            supported: self.supported,
            notes,
        }
    }
}

impl Reckoned {
    /// Outreach before the patient was taken up, where it makes up the month or went before an initial one.
    fn outreach(&self) -> Option<Note> {
        if self.course.only_outreach {
            let initial = self.course.initial;
            return Some(Note::OnlyOutreach { initial });
        }
        let last = self.course.outreach_before.filter(|_| self.course.initial)?;
        (self.time.seconds().0 > 0).then_some(Note::OutreachBefore { last })
    }

    /// Whether another payer, or another profile, took over within the month.
    fn payer_changed(&self, rules: &Rules<'_>, month: Month) -> Option<Note> {
        let payers = &rules.sheet.gates.payers;
        let within = |day: Day| day > month.first() && day <= month.last() && day <= rules.as_of;
        let place = payers.iter().rposition(|(from, ..)| within(*from))?;
        let (from, name, profile) = payers.get(place)?;
        let (_, before_name, before_profile) = payers.get(place.checked_sub(1)?)?;
        if (name, profile) == (before_name, before_profile) {
            return None;
        }
        let time = |is_before: bool| {
            let counted = self.time.counted.iter().filter(|c| (c.day < *from) == is_before);
            Seconds(counted.map(|c| c.seconds.0).fold(0, u32::saturating_add))
        };
        Some(Note::PayerChanged {
            from: *from,
            before: time(true),
            after: time(false),
        })
    }
}

fn add<K: Ord>(sums: &mut BTreeMap<K, Seconds>, key: K, seconds: Seconds) {
    let sum = sums.entry(key).or_default();
    sum.0 = sum.0.saturating_add(seconds.0);
}
