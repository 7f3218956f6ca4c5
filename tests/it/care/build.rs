//! Flowsheets of invented people, a line each. Days are written `MM-DD` and lie in 2026; "today" is Friday
//! 20 November 2026, 14:00 in New York, unless a test says otherwise.

use caseload::care::{AsOf, Clock, Office, Protocol, Rule, WorkingDays, clocks};
use caseload::flowsheet::*;
use caseload::journal::facts::*;
use caseload::journal::{ChartId, Day, Days, EntryId, EpisodeId, PersonId, Stamp, ThingId, When};

pub const TODAY: &str = "11-20";

pub fn office() -> Office {
    Office {
        zone: "America/New_York".parse().unwrap(),
        working_days: WorkingDays::MONDAY_TO_FRIDAY,
    }
}

pub fn day(text: &str) -> Day {
    let full = if text.len() == 5 {
        format!("2026-{text}")
    } else {
        text.to_string()
    };
    full.parse().unwrap()
}

/// `11-20`, or `11-20 09:10` on the clinic's wall clock.
pub fn when(text: &str) -> When {
    match text.split_once(' ') {
        None => When::Day(day(text)),
        Some((date, time)) => {
            let (hour, minute) = time.split_once(':').unwrap();
            When::At(
                office()
                    .zone
                    .at(day(date), hour.parse().unwrap(), minute.parse().unwrap()),
            )
        }
    }
}

pub fn now(text: &str) -> chrono::DateTime<chrono::FixedOffset> {
    when(text).instant(office().zone)
}

fn instant(at: When) -> chrono::DateTime<chrono::FixedOffset> {
    at.instant(office().zone)
}

pub fn person(n: u8) -> PersonId {
    PersonId::from_random([n; 16])
}

/// A flowsheet under construction. Each line gets a later stamp than the one before.
pub struct Patient {
    pub sheet: Flowsheet,
    next: u64,
}

impl Patient {
    /// A patient without an episode.
    pub fn new(n: u8) -> Self {
        let mut sheet = Flowsheet::empty(ChartId::from_random([n; 16]));
        sheet.who.family = format!("Family{n:03}");
        sheet.care_managers = vec![(day("01-01"), Some(person(1)))];
        sheet.gates.consents = vec![(day("01-01"), Programme::Cocm, Some(ConsentHow::Verbal))];
        sheet.gates.diagnoses = vec![("F33.1".to_string(), day("01-01"), None)];
        Self { sheet, next: 1 }
    }
    /// An active patient, enrolled on a day, last contact today, PHQ-9 due later, reviewed lately.
    pub fn active(n: u8, enrolled: &str) -> Self {
        Self::new(n).episode(enrolled).status(enrolled, StatusLine::Active)
    }
    fn id(&mut self) -> EntryId {
        self.next += 1;
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.next.to_be_bytes());
        bytes[8..].copy_from_slice(&self.sheet.chart.bytes()[..8]);
        EntryId::from_random(bytes)
    }
    fn thing(&mut self) -> ThingId {
        ThingId::from_random(*self.id().bytes())
    }
    pub fn stamp(&mut self) -> Stamp {
        self.next += 1;
        Stamp::new(self.next, 0, 0)
    }
    pub fn with(mut self, change: impl FnOnce(&mut Flowsheet)) -> Self {
        change(&mut self.sheet);
        self
    }
    pub fn episode(mut self, opened: &str) -> Self {
        let episode = EpisodeId::from_random(*self.id().bytes());
        self.sheet.episodes.push(EpisodeLine {
            episode,
            opened: day(opened),
            referred: None,
            target: None,
            statuses: Vec::new(),
            next_contact: None,
            contact_every: None,
            measures: Vec::new(),
            feedback: None,
        });
        self
    }
    pub fn referred(self, at: &str) -> Self {
        let (at, opened) = (when(at), at.split(' ').next().unwrap());
        self.episode(opened).in_episode(|e| e.referred = Some(at))
    }
    pub fn in_episode(mut self, change: impl FnOnce(&mut EpisodeLine)) -> Self {
        change(self.sheet.episodes.last_mut().unwrap());
        self
    }
    pub fn status(self, from: &str, status: StatusLine) -> Self {
        let from = day(from);
        self.in_episode(|e| e.statuses.push((from, status)))
    }
    pub fn contact(self, at: &str) -> Self {
        self.contact_with(at, true)
    }
    pub fn contact_with(mut self, at: &str, with_patient: bool) -> Self {
        let (entry, stamp, at) = (self.id(), self.stamp(), when(at));
        let line = ContactLine {
            entry,
            at,
            day: at.day(office().zone),
            mode: Mode::Phone,
            kind: ContactKind::FollowUp,
            with_patient,
            stamp,
        };
        self.sheet.contacts.push(line);
        self.sheet.contacts.sort_by_key(|c| (c.day, instant(c.at), c.stamp));
        self
    }
    pub fn attempt(mut self, at: &str) -> Self {
        let (entry, at) = (self.id(), when(at));
        self.sheet.attempts.push(AttemptLine {
            entry,
            at,
            day: at.day(office().zone),
            by: Channel::Phone,
            outcome: AttemptOutcome::NoAnswer,
            next: None,
        });
        self
    }
    pub fn appointment(mut self, at: &str, state: AppointmentState) -> Self {
        let (appointment, at) = (self.thing(), when(at));
        let day = at.day(office().zone);
        self.sheet.appointments.push(AppointmentLine {
            appointment,
            at,
            day,
            mode: Mode::Video,
            state,
        });
        self
    }
    /// A total without a form.
    pub fn score(self, instrument: &str, total: u16, at: &str) -> Self {
        self.form(instrument, Some(total), at, SafetyItem::NotKnown, true)
    }
    pub fn phq9(self, total: u16, at: &str) -> Self {
        self.score("phq9", total, at)
    }
    /// A form with its safety item.
    pub fn phq9_item9(self, total: u16, item9: u8, at: &str) -> Self {
        self.form("phq9", Some(total), at, SafetyItem::Answered(item9), false)
    }
    pub fn form(
        mut self,
        instrument: &str,
        total: Option<u16>,
        at: &str,
        safety: SafetyItem,
        total_only: bool,
    ) -> Self {
        let (entry, stamp, at) = (self.id(), self.stamp(), when(at));
        let line = ScoreLine {
            entry,
            instrument: instrument.to_string(),
            at,
            day: at.day(office().zone),
            total,
            missing: u8::from(total.is_none()),
            total_only,
            safety: if instrument == "gad7" { SafetyItem::None } else { safety },
            acuity: None,
            stamp,
        };
        self.sheet.scores.push(line);
        self.sheet.scores.sort_by_key(|s| (s.day, instant(s.at), s.stamp));
        self
    }
    pub fn declined(mut self, instrument: &str, on: &str) -> Self {
        self.sheet.declined.push((day(on), instrument.to_string()));
        self
    }
    /// A concern that the latest PHQ-9 opened.
    pub fn concern(mut self, at: &str, value: u8) -> Self {
        let assessment = self
            .sheet
            .scores
            .last()
            .map_or_else(|| EntryId::from_random([9; 16]), |s| s.entry);
        let cause = Cause::Answer {
            assessment,
            instrument: "phq9".to_string(),
            item: "phq9_9".to_string(),
            value,
        };
        let level = if 2 <= value { Level::High } else { Level::Positive };
        self.push_concern(at, cause, level);
        self
    }
    pub fn imported_concern(mut self, at: &str, value: Option<u8>) -> Self {
        self.push_concern(
            at,
            Cause::Imported {
                value,
                flagged: value.is_none(),
            },
            Level::Positive,
        );
        self.in_concern(|c| c.untriaged = true)
    }
    fn push_concern(&mut self, at: &str, cause: Cause, level: Level) {
        let (concern, opened) = (self.thing(), when(at));
        self.sheet.concerns.push(ConcernLine {
            concern,
            kind: ConcernKind::Suicide,
            cause,
            level,
            opened,
            day: opened.day(office().zone),
            closed: None,
            watch_until: None,
            second_step: None,
            clinician_told: None,
            next_contact: None,
            reassessed: None,
            untriaged: false,
            triaged: None,
            decided: None,
            restarted: None,
            earlier: Vec::new(),
            joined: false,
            by_patient: false,
            written_later: Vec::new(),
        });
    }
    pub fn in_concern(mut self, change: impl FnOnce(&mut ConcernLine)) -> Self {
        change(self.sheet.concerns.last_mut().unwrap());
        self
    }
    pub fn treatment(mut self, on: &str, kind: ChangeKind) -> Self {
        let entry = self.id();
        self.sheet.treatments.push(TreatmentLine {
            entry,
            day: day(on),
            kind,
            recommendation: None,
        });
        self
    }
    pub fn reviewed(mut self, at: &str) -> Self {
        let (entry, at) = (self.id(), when(at));
        self.sheet.reviews.push(ReviewLine {
            entry,
            at,
            day: at.day(office().zone),
        });
        self.sheet.reviews.sort_by_key(|r| (r.day, instant(r.at)));
        self
    }
    pub fn recommendation(mut self, on: &str, asked: Option<&str>, answer: Option<(&str, AnswerKind)>) -> Self {
        let recommendation = self.thing();
        self.sheet.recommendations.push(RecommendationLine {
            recommendation,
            day: day(on),
            asked: asked.map(when),
            answer: answer.map(|(on, kind)| (day(on), kind)),
            again: None,
            kind: None,
            urgency: None,
        });
        self
    }
    pub fn task(mut self, due: &str, done: Option<&str>) -> Self {
        let task = self.thing();
        self.sheet.tasks.push(TaskLine {
            task,
            due: day(due),
            owner: None,
            done: done.map(day),
        });
        self
    }
    pub fn referral_out(mut self, state: ReferralState, since: &str) -> Self {
        let referral = self.thing();
        self.sheet.referrals_out.push((referral, state, day(since)));
        self
    }
    pub fn acute(mut self, at: &str, kind: AcuteKind) -> Self {
        self.sheet.acute.push((when(at), kind));
        self
    }
    pub fn snooze(mut self, clock: ClockKind, on: &str, until: &str) -> Self {
        let (entry, stamp) = (self.id(), self.stamp());
        self.sheet.snoozes.push(SnoozeLine {
            entry,
            reason: "asked to be called later".to_string(),
            clock,
            until: day(until),
            stamp,
            day: day(on),
        });
        self
    }
    pub fn every(self, days: u32) -> Self {
        self.in_episode(|e| e.contact_every = Some(Days(days)))
    }
}

/// A question asked at a moment, by the default protocol.
pub fn at<T>(moment: &str, ask: impl FnOnce(&AsOf<'_>) -> T) -> T {
    let (protocol, office) = (Protocol::default_v1(), office());
    let moment = if moment.contains(' ') {
        moment.to_string()
    } else {
        format!("{moment} 14:00")
    };
    ask(&AsOf::now(&protocol, &office, now(&moment)))
}

/// The clock of a rule at a moment; `None` when it isn't running.
pub fn clock(sheet: &Patient, rule: Rule, moment: &str) -> Option<Clock> {
    at(moment, |at| {
        clocks(&sheet.sheet, at).into_iter().find(|c| c.rule == rule)
    })
}

/// `quiet until 11-24`, `due today`, or `9 days late`, with the kind; `not running` without the clock.
#[track_caller]
pub fn check(sheet: &Patient, rule: Rule, moment: &str, expected: &str) {
    let found = clock(sheet, rule, moment).map_or_else(
        || "not running".to_string(),
        |c| match c.kind {
            None => format!("quiet until {}", c.since.date().format("%m-%d")),
            Some(kind) => {
                let late = match c.as_of.since(c.due) {
                    0 => "due today".to_string(),
                    late @ 1.. => format!("{late} late"),
                    ahead => format!("due in {}", -ahead),
                };
                format!("{}: {late}", kind.word())
            }
        },
    );
    assert_eq!(found, expected, "{} on {moment}", rule.name());
}
