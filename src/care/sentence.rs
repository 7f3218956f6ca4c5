//! Reasons and what clears them, in words. Plain text without names; used by the command line and the app alike.

use std::fmt::Write as _;

use chrono::Datelike;

use crate::flowsheet::Acuity;
use crate::journal::facts::ConcernKind;
use crate::journal::{Day, When};

use super::concern_kind::{acute, kind_rule};
use super::coordination::referral_sentence;
use super::reason::{Clears, ConcernState, Found, Interval, Needed, Opened, Reason, SecondStep};
use super::review::{ReviewCause, ReviewDue};
use super::scores::{Against, Worse};

/// A day in words: `Tue 24 Nov`, with the year when it is not that of `today`.
pub fn day_words(day: Day, today: Day) -> String {
    let date = day.date();
    if date.year() == today.date().year() {
        date.format("%a %-d %b").to_string()
    } else {
        date.format("%a %-d %b %Y").to_string()
    }
}

/// A day near `today` in words: `today`, `tomorrow`, `yesterday`, otherwise as [`day_words`].
pub fn near_words(day: Day, today: Day) -> String {
    match day.since(today) {
        0 => "today".to_string(),
        1 => "tomorrow".to_string(),
        -1 => "yesterday".to_string(),
        _ => day_words(day, today),
    }
}

/// A span in words: days up to two weeks, then whole weeks.
fn span(days: i64) -> String {
    match days {
        ..=0 => "one day".to_string(),
        1 => "1 day".to_string(),
        2..=13 => format!("{days} days"),
        14.. => format!("{} weeks", days / 7),
    }
}

/// `1 day`, `9 days`.
pub(super) fn days_count(days: i64) -> String {
    if days == 1 {
        "1 day".to_string()
    } else {
        format!("{days} days")
    }
}

/// `due today`, `due tomorrow`, `9 days late`.
pub(super) fn lateness(due: Day, today: Day) -> String {
    let late = today.since(due);
    if 0 < late {
        format!("{} late", days_count(late))
    } else {
        format!("due {}", near_words(due, today))
    }
}

/// Whole hours up to three days, then whole days, both rounded down.
fn hours(minutes: i64) -> String {
    match minutes / 60 {
        hours @ ..=72 => format!("{hours} h"),
        // The clock counts 24 hours for each working day: its days are no days of the calendar.
        hours => format!("{} working days", hours / 24),
    }
}

/// `second in a row`.
fn ordinal(n: u32) -> String {
    match n {
        2 => "second".to_string(),
        3 => "third".to_string(),
        4 => "fourth".to_string(),
        n => format!("{n}th"),
    }
}

impl Reason {
    /// The reason in words, as of `today`. `due` is the day on which its clock was or will be due.
    pub(super) fn words(&self, due: Day, today: Day) -> String {
        let on = |day: Day| day_words(day, today);
        match self {
            Self::Concern(state) => state.words(today),
            Self::Positive { scale, value, day } => {
                let reached = match value {
                    Some(value) => match scale.said(*value) {
                        Some(word) => format!("safety item: {word}"),
                        None => format!("safety item = {value}"),
                    },
                    None => "reached its alarm line".to_owned(),
                };
                format!(
                    "{scale} {reached} {}; no concern is on record for it",
                    near_words(*day, today)
                )
            }
            Self::Acute { kind, day } => {
                format!("{} {}; contact {}", acute(*kind), on(*day), lateness(due, today))
            }
            Self::Worse(scale, worse) => format!("{scale} {}", worse.words(today)),
            Self::Relapse(relapsed) => format!("{}: reopen active care?", relapsed.words(today)),
            Self::NoShow { day, in_a_row } if *in_a_row < 2 => format!("no-show {}", on(*day)),
            Self::NoShow { day, in_a_row } => {
                format!("no-show {}, {} in a row", on(*day), ordinal(*in_a_row))
            }
            Self::NoOutcome { day } => format!("appointment of {} has no outcome", on(*day)),
            Self::FirstContact { .. } => self.first_contact_words(today),
            Self::Contact {
                last,
                interval,
                booked,
                outreach,
            } => {
                let mut text = format!("contact {}", lateness(due, today));
                let _ = match interval {
                    Interval::AgreedDay => write!(text, " (agreed for {})", on(due)),
                    Interval::Agreed(every) => write!(text, " (agreed: every {})", every.0),
                    Interval::Protocol(every) => write!(text, " (every {})", every.0),
                    Interval::FirstFollowUp(within) => {
                        write!(text, " (first follow-up within {} days)", within.0)
                    }
                };
                if last.is_none() {
                    text.push_str("; none in this episode yet");
                }
                if let Some(booked) = booked {
                    let _ = write!(text, "; booked {}", near_words(*booked, today));
                }
                if let Some(outreach) = outreach {
                    text.push_str(&outreach.words(today));
                }
                text
            }
            Self::Hold => format!("the pause was to be looked at again {}", near_words(due, today)),
            Self::Measure {
                scale,
                last,
                every,
                responded,
                declined,
            } => {
                let mut text = format!("{scale} {}", lateness(due, today));
                let _ = match (last, responded) {
                    (None, _) => write!(text, "; none in this episode yet"),
                    (Some(_), false) => write!(text, " (every {})", every.0),
                    (Some(_), true) => write!(text, " (every {} after response)", every.0),
                };
                if let Some(last) = last {
                    let _ = write!(text, "; last {} on {}", last.total, on(last.day));
                }
                if let Some(declined) = declined {
                    let _ = write!(text, "; declined {}", on(*declined));
                }
                text
            }
            Self::SafetyItem { scale, day } => {
                format!("{scale} of {}: safety item not answered; ask", on(*day))
            }
            Self::Review(review) => review.words(today),
            Self::Consent {
                withdrawn: Some(day), ..
            } => {
                format!("consent withdrawn {} and still in care", on(*day))
            }
            Self::Consent { since, .. } => {
                format!("no consent on record; in care since {}", on(*since))
            }
            Self::Unexplained { day, lacks } => {
                format!(
                    "not ticked as explained in the consent of {}: {}",
                    on(*day),
                    lacks.words()
                )
            }
            Self::Diagnosis { since } => {
                format!("no diagnosis on record; in care since {}", on(*since))
            }
            Self::RelapsePlan { since } => {
                format!("no relapse-prevention plan; in relapse prevention since {}", on(*since))
            }
            Self::SafetyPlan => format!("safety plan review {}", lateness(due, today)),
            Self::Death { day } => format!("died {}; the episode is still open", on(*day)),
            Self::NoEpisode => "registered without a referral or an episode".to_string(),
            Self::AskClinician { day, is_today } => {
                let soon = if *is_today { ", to be acted on the same day" } else { "" };
                format!("recommendation of {}{soon}: clinician not yet asked", on(*day))
            }
            Self::AwaitAnswer { asked } => {
                let waited = days_count(today.since(*asked));
                format!("clinician asked {}, no answer for {waited}", on(*asked))
            }
            Self::AskAgain { answered } => {
                format!(
                    "clinician said later on {}; ask again {}",
                    on(*answered),
                    near_words(due, today)
                )
            }
            Self::CarryOut { answered } => {
                format!("accepted {}; not carried out by what is on record", on(*answered))
            }
            Self::Task { .. } => format!("task {}", lateness(due, today)),
            Self::Referral { state, since, .. } => referral_sentence(*state, *since, due, today),
            Self::Watch(watch) => format!(
                "watched until {} after the concern about {} was closed {}",
                near_words(watch.until, today),
                concern(watch.kind),
                near_words(watch.closed, today)
            ),
            Self::ChangeEffect {
                scale,
                changed,
                before,
                until,
            } => super::effect::wanted(scale, *changed, *before, *until, today),
            Self::Feedback { after, on } => super::coordination::feedback_sentence(*after, *on, due, today),
            Self::NotMergedBack { until } => format!("coverage ended {}, not merged back", day_words(*until, today)),
            Self::CarePlan { reviewed } => {
                let late = lateness(due, today);
                format!("care plan review {late}; last gone through {}", on(*reviewed))
            }
        }
    }

    fn first_contact_words(&self, today: Day) -> String {
        let Self::FirstContact {
            waited_minutes,
            left_minutes,
            outreach,
        } = self
        else {
            return String::new();
        };
        let mut text = format!("{} since referral, first contact ", hours(*waited_minutes));
        let _ = if *left_minutes < 0 {
            write!(text, "{} late", hours(-*left_minutes))
        } else {
            write!(text, "due in {}", hours(*left_minutes))
        };
        text.push_str(&outreach.words(today));
        text
    }
}

impl ConcernState {
    /// The concern and what is to be done, as of `today`. What a second step found comes first.
    fn words(&self, today: Day) -> String {
        let found = self.found.as_ref().map(|found| format!("{}; ", found.words(today)));
        let mut text = found.unwrap_or_default();
        let opened = match &self.because {
            Opened::Answer(scale, item, _) if &**item == crate::instruments::ALARM_SCORE => {
                format!("{scale} reached its alarm line")
            }
            Opened::Answer(scale, item, value) => {
                let last = item.rsplit('_').next().unwrap_or(item);
                let said = match crate::instruments::yes_or_no(scale.id(), item, *value) {
                    Some(word) => format!(": {word}"),
                    None => format!(" = {value}"),
                };
                match last.parse::<u8>() {
                    Ok(number) => format!("{scale} item {number}{said}"),
                    Err(_) => format!("{scale} safety item{said}"),
                }
            }
            Opened::ByHand => concern(self.kind).to_string(),
            Opened::Imported(Some(value), _) => {
                format!("item 9 = {value} in the imported sheet")
            }
            Opened::Imported(None, _) => "flagged in the imported sheet".to_string(),
        };
        let _ = write!(text, "{opened} {}", near_words(self.day, today));
        if let When::At(at) = self.opened {
            let _ = write!(text, " {}", at.format("%H:%M"));
        }
        if let Some(day) = self.higher_since {
            let _ = write!(text, "; higher answer {}", near_words(day, today));
            if let Opened::Answer(_, _, value) = &self.because
                && *value < self.highest
            {
                let _ = write!(text, ", up to {}", self.highest);
            }
        }
        if let Needed::By(by) = self.triage {
            let _ = write!(text, "; not triaged, decision {}", lateness(by, today));
            return text;
        }
        if let Needed::By(by) = self.second_step {
            let step = kind_rule(self.kind).name.to_lowercase();
            let _ = write!(text, "; {step} {}", lateness(by, today));
        }
        if let Needed::By(by) = self.clinician {
            text.push_str("; clinician not told");
            if by < today {
                let _ = write!(text, ", {}", lateness(by, today));
            }
        }
        let how = if self.agreed {
            "contact agreed, "
        } else {
            "next contact "
        };
        let _ = write!(text, "; {how}{}", lateness(self.next_contact, today));
        text
    }
}

impl SecondStep {
    /// `ASQ acute positive today 09:10`; where an earlier one was more urgent, that one first.
    pub fn words(&self, today: Day) -> String {
        let latest = self.latest.words(today);
        match self.latest.acuity < self.worst.acuity {
            true => format!("{}, then {latest}", self.worst.words(today)),
            false => latest,
        }
    }
}

impl Found {
    /// `ASQ acute positive today 09:10`.
    pub fn words(&self, today: Day) -> String {
        let mut text = format!("{} {} {}", self.scale, self.name(), near_words(self.day, today));
        if let When::At(at) = self.at {
            let _ = write!(text, " {}", at.format("%H:%M"));
        }
        text
    }
    /// What the instrument calls it.
    pub fn name(&self) -> &'static str {
        let asq = self.scale.id() == "asq";
        match self.acuity {
            Acuity::Acute if asq => "acute positive",
            Acuity::Acute => "high",
            Acuity::Positive if asq => "non-acute positive",
            Acuity::Positive => "moderate",
            Acuity::Low => "low",
            Acuity::Negative if asq => "negative",
            Acuity::Negative => "no risk named",
        }
    }
}

impl Worse {
    /// `14 to 19 in 3 weeks (rise of 5 or more)`.
    fn words(&self, today: Day) -> String {
        let (latest, from) = self.points_compared();
        let mut text = format!("{} to {} in ", from.total, latest.total);
        text.push_str(&span(latest.day.since(from.day)));
        let _ = match self {
            Self::Rise {
                against: Against::Baseline,
                limit,
                ..
            } => {
                write!(text, " (rise of {limit} or more over baseline)")
            }
            Self::Rise {
                against: Against::Lowest { days },
                limit,
                ..
            } => {
                write!(text, " (rise of {limit} or more in {days} days)")
            }
            Self::Severe { limit, .. } => write!(text, " (newly {limit} or more)"),
        };
        let _ = write!(text, ", {}", near_words(latest.day, today));
        text
    }
}

impl ReviewDue {
    /// `case review due: week 9, not improved by week 8 (20 to 13); weeks 8 to 12`.
    pub fn words(&self, today: Day) -> String {
        let mut text = format!("case review {}", lateness(self.by, today));
        for (n, cause) in self.causes.iter().enumerate() {
            text.push_str(if n == 0 { ": " } else { "; " });
            text.push_str(&cause.words(today));
        }
        text
    }
}

impl ReviewCause {
    /// The cause in words, as of `today`.
    pub fn words(&self, today: Day) -> String {
        let on = |day: Day| day_words(day, today);
        match self {
            Self::Concern { day } => format!("safety concern of {}", on(*day)),
            Self::Worse(scale, worse) => format!("{scale} {}", worse.words(today)),
            Self::NoneYet { days, .. } => format!("none by day {days} after enrollment"),
            Self::NoEffect {
                scale,
                changed,
                fall,
                scores: Some((from, to)),
            } => format!(
                "{scale} {} to {} since the treatment change of {} (a fall under {fall})",
                from.total,
                to.total,
                on(*changed)
            ),
            Self::NoEffect {
                scale,
                changed,
                scores: None,
                ..
            } => {
                format!("no {scale} to judge the treatment change of {} by", on(*changed))
            }
            Self::SevereSideEffect { day } => format!("severe side effect {}", on(*day)),
            Self::NotImproved {
                scale,
                week,
                from_week,
                until_week,
                scores,
            } => {
                let seen = match scores {
                    Some((first, last)) => format!("{} to {}", first.total, last.total),
                    None => "no follow-up score".to_string(),
                };
                format!(
                    "week {week}, {scale} not improved by week {from_week} ({seen}); review due weeks {from_week} to {until_week}"
                )
            }
            Self::Asked { day } => format!("asked for {}", on(*day)),
        }
    }
}

impl Clears {
    /// What clears it, in words that follow "clears when:".
    pub fn words(&self, today: Day) -> String {
        let on = |day: &Day| day_words(*day, today);
        match self {
            Self::Triage => "a decision on the imported concern".to_string(),
            Self::ConcernClosed => "a named person closes the concern with what was done".to_string(),
            Self::ConcernOpened => "a concern is opened for it, and closed by a named person".to_string(),
            Self::ContactAfter(day) => format!("contact after {}", on(day)),
            Self::ContactOrScore(day) => {
                format!("contact after {}, or a later lower score", on(day))
            }
            Self::ActiveOrScore(line) => {
                format!("status set to active, or a later score of {line} or less")
            }
            Self::ActiveOrLower => "status set to active, or a later lower score".to_string(),
            Self::ActiveOrNegative => {
                "status set to active, or a later safety item of 0; its concern is closed by a person".to_string()
            }
            Self::ContactOrAppointment(day) => {
                format!("contact after {}, or a new appointment", on(day))
            }
            Self::Outcome => "its outcome is recorded".to_string(),
            Self::FirstContact => "first contact with the patient, or the episode is closed".to_string(),
            Self::Contact => "contact with the patient".to_string(),
            Self::HoldDecision => "the status is set anew".to_string(),
            Self::Score(scale) => format!("a complete {scale}"),
            Self::SafetyItem(scale) => format!("a {scale} with its safety item answered"),
            Self::Review => "a case review".to_string(),
            Self::Consent => "a consent is recorded, or the episode is closed".to_string(),
            Self::Explained => "the consent is completed, or given anew".to_string(),
            Self::Diagnosis => "a diagnosis is recorded".to_string(),
            Self::RelapsePlan => "a relapse-prevention plan is recorded".to_string(),
            Self::SafetyPlan => "the safety plan is revised".to_string(),
            Self::Closing => "the episode is closed".to_string(),
            Self::Episode => "a referral or an episode is recorded".to_string(),
            Self::MessageToClinician => "the clinician is sent the recommendation".to_string(),
            Self::Answer => "the clinician's answer is recorded".to_string(),
            Self::CarriedOut => "it is marked as done, or the treatment change for it is recorded".to_string(),
            Self::TaskDone => "the task is done".to_string(),
            Self::ReferralStep => "the referral\u{2019}s next step is recorded, or how it ended".to_string(),
            Self::WatchOver(day) => format!("a case review, or the end of {}", on(day)),
            Self::ScoreFrom(scale, day) => format!("a complete {scale} on {} or later", on(day)),
            Self::CarePlan => "the care plan is gone through".to_string(),
            Self::Feedback => "the letter to whoever referred is kept as sent, or left out with a reason".to_string(),
            Self::MergedBack => super::coverage::MERGED_BACK.to_string(),
        }
    }
}

/// What a concern is about.
pub fn concern(kind: ConcernKind) -> &'static str {
    match kind {
        ConcernKind::Suicide => "suicide or self-harm",
        ConcernKind::HarmToOthers => "harm to others",
        ConcernKind::AbuseOrNeglect => "abuse or neglect",
        ConcernKind::PartnerViolence => "partner violence",
        ConcernKind::Overdose => "overdose or withdrawal",
        ConcernKind::Psychosis => "psychosis",
        ConcernKind::Mania => "mania",
        ConcernKind::SideEffect => "severe side effect",
    }
}
