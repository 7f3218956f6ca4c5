//! The contact form as it was typed, and what it says.

use serde::{Deserialize, Serialize};

use super::measure::MeasureTyped;
use super::{Wrong, read_day, read_when, text};
use crate::app::stopwatch::Timed;
use crate::care::intent::{ContactForm, Next, Reached, TimeSpent};
use crate::instruments::{Definition, InstrumentId, definition};
use crate::journal::facts::{
    Activity, Assessment, AttemptOutcome, Bucket, Channel, Clocked, ContactKind, Intervention, Mode, Taken, With,
};
use crate::journal::{ChartId, Day, Seconds, When, Zone};

/// Instruments that the form asks for, in its order.
pub const ASKED: [&str; 2] = ["phq9", "gad7"];
/// Most minutes that can be typed for one contact: one day.
const MOST_MINUTES: u32 = 24 * 60;

/// Whether the patient, or whoever was meant, was reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReachedTyped {
    /// Two-way.
    #[default]
    Yes,
    /// An attempt.
    No,
}

/// What was agreed for next time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NextTyped {
    /// Nothing: the protocol's interval holds.
    #[default]
    Protocol,
    /// In so many days.
    In(u16),
    /// On a day.
    On,
    /// An appointment at a time.
    Appointment,
}

/// The contact form as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactTyped {
    /// Who took part.
    pub with: Vec<With>,
    /// How the contact took place.
    pub mode: Option<Mode>,
    /// By which channel it was tried.
    pub by: Option<Channel>,
    /// Whether it came about.
    pub reached: Option<ReachedTyped>,
    /// What kind it was.
    pub kind: Option<ContactKind>,
    /// What came of the attempt.
    pub outcome: Option<AttemptOutcome>,
    /// Day.
    pub day: String,
    /// Time of day; may be empty.
    pub time: String,
    /// Minutes; empty takes the timer's, where one runs.
    pub minutes: String,
    /// What the time was spent on, where it isn't what the kind of contact says.
    pub activity: Option<Activity>,
    /// What it is counted for.
    pub bucket: Option<Bucket>,
    /// PHQ-9.
    pub phq9: MeasureTyped,
    /// GAD-7.
    pub gad7: MeasureTyped,
    /// What was done.
    pub did: Vec<Intervention>,
    /// The note.
    pub note: String,
    /// What was agreed for next time.
    pub next: Option<NextTyped>,
    /// The day agreed.
    pub next_day: String,
    /// The time of the appointment.
    pub next_time: String,
    /// How the appointment takes place.
    pub next_mode: Option<Mode>,
}

impl Default for ContactTyped {
    fn default() -> Self {
        Self {
            with: vec![With::Patient],
            mode: Some(Mode::Phone),
            by: Some(Channel::Phone),
            reached: Some(ReachedTyped::Yes),
            kind: Some(ContactKind::FollowUp),
            outcome: None,
            day: String::new(),
            time: String::new(),
            minutes: String::new(),
            activity: None,
            bucket: Some(Bucket::Cocm),
            phq9: MeasureTyped::default(),
            gad7: MeasureTyped::default(),
            did: Vec::new(),
            note: String::new(),
            next: Some(NextTyped::Protocol),
            next_day: String::new(),
            next_time: String::new(),
            next_mode: Some(Mode::Phone),
        }
    }
}

/// What reading a form needs to know.
#[derive(Clone, Copy, Debug)]
pub struct Around {
    /// Whose chart.
    pub chart: ChartId,
    /// The clinic's zone.
    pub zone: Zone,
    /// The clinic's day.
    pub today: Day,
    /// This patient's timer, if there is one.
    pub timed: Option<Timed>,
}

impl ContactTyped {
    /// What the form says.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the page.
    pub fn read(&self, around: &Around) -> Result<ContactForm, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let at = self.read_at(around, &mut wrong);
        let reached = self.read_reached(&mut wrong);
        let time = self.read_time(around, &mut wrong);
        let measures = match at {
            Some(at) => self.read_measures(at, &mut wrong),
            None => Vec::new(),
        };
        let next = self.read_next(around, at, &mut wrong);
        match (at, reached, next, wrong.is_empty()) {
            (Some(at), Some(reached), Some(next), true) => Ok(ContactForm {
                chart: around.chart,
                at,
                reached,
                measures,
                declined: Vec::new(),
                time,
                note: text(&self.note),
                next,
            }),
            _ => Err(wrong),
        }
    }

    fn read_at(&self, around: &Around, wrong: &mut Vec<Wrong>) -> Option<When> {
        let day = kept(read_day("day", "the day", &self.day, Some(around.today)), wrong)?;
        kept(read_when("time", day, &self.time, around.zone), wrong)
    }

    fn read_reached(&self, wrong: &mut Vec<Wrong>) -> Option<Reached> {
        match self.reached {
            None => {
                wrong.push(Wrong::new("reached", "Say whether you reached the patient"));
                None
            }
            Some(ReachedTyped::Yes) => {
                let before = wrong.len();
                if self.with.is_empty() {
                    wrong.push(Wrong::new("with", "Choose who took part"));
                }
                if self.mode.is_none() {
                    wrong.push(Wrong::new("mode", "Choose how the contact took place"));
                }
                if self.kind.is_none() {
                    wrong.push(Wrong::new("kind", "Choose what kind of contact it was"));
                }
                let (mode, kind) = (self.mode?, self.kind?);
                (wrong.len() == before).then(|| Reached::Yes {
                    mode,
                    kind,
                    with: self.with.clone(),
                    did: self.did.clone(),
                })
            }
            Some(ReachedTyped::No) => {
                if self.by.is_none() {
                    wrong.push(Wrong::new("by", "Choose how you tried"));
                }
                if self.outcome.is_none() {
                    wrong.push(Wrong::new("outcome", "Choose what came of the attempt"));
                }
                let (by, outcome) = (self.by?, self.outcome?);
                Some(Reached::No { by, outcome })
            }
        }
    }

    fn read_time(&self, around: &Around, wrong: &mut Vec<Wrong>) -> Option<TimeSpent> {
        let (start, seconds, clocked) = match (text(&self.minutes), around.timed) {
            (None, None) => return None,
            (None, Some(timed)) => {
                if timed.seconds.0 > MOST_MINUTES * 60 {
                    wrong.push(Wrong::new(
                        "minutes",
                        "The timer ran for more than a day: type the minutes",
                    ));
                    return None;
                }
                let started = i64::try_from(timed.started).ok();
                let start = started.and_then(|millis| around.zone.from_millis(millis));
                (start.map(When::At), timed.seconds, Clocked::Timer)
            }
            (Some(typed), _) => {
                let minutes = typed.parse::<u32>().ok();
                let Some(minutes) = minutes.filter(|m| *m <= MOST_MINUTES) else {
                    wrong.push(Wrong::new(
                        "minutes",
                        "Enter the minutes as a whole number, up to 1,440",
                    ));
                    return None;
                };
                (None, Seconds(minutes * 60), Clocked::Typed)
            }
        };
        (seconds.0 > 0).then(|| TimeSpent {
            start,
            seconds,
            activity: self.activity.unwrap_or_else(|| self.usual_activity()),
            bucket: self.bucket.unwrap_or(Bucket::Cocm),
            clocked,
        })
    }

    /// What the time of such a contact is usually spent on.
    pub fn usual_activity(&self) -> Activity {
        match (self.reached, self.kind) {
            (Some(ReachedTyped::No), _) => Activity::Outreach,
            (_, Some(ContactKind::InitialAssessment)) => Activity::Assessment,
            (_, Some(ContactKind::Crisis)) => Activity::Crisis,
            (_, Some(ContactKind::RelapsePrevention)) => Activity::RelapsePlanning,
            (_, Some(ContactKind::Advocacy)) => Activity::Coordination,
            (_, Some(ContactKind::FollowUp) | None) => Activity::FollowUp,
        }
    }

    /// How a measure of such a contact is taken.
    pub fn taken(&self) -> Taken {
        match self.mode {
            Some(Mode::InPerson | Mode::Home | Mode::Group) => Taken::InPerson,
            Some(Mode::Portal) => Taken::Device,
            Some(Mode::Phone | Mode::Video) | None => Taken::Remotely,
        }
    }

    fn read_measures(&self, at: When, wrong: &mut Vec<Wrong>) -> Vec<Assessment> {
        if self.reached == Some(ReachedTyped::No) {
            if self.measures().iter().any(|(_, typed)| typed.holds_answers()) {
                let text = "There are answers to a measure: choose Yes, and \u{201c}Not now\u{201d} at the measure if it was not taken";
                wrong.push(Wrong::new("reached", text));
            }
            return Vec::new();
        }
        let mut taken = Vec::new();
        for (id, typed) in self.measures() {
            let Some(definition) = shipped(id) else { continue };
            match typed.read(definition, id, at, self.taken()) {
                Ok(assessment) => taken.extend(assessment),
                Err(more) => wrong.extend(more),
            }
        }
        taken
    }

    /// The measures of the form with their instruments.
    pub fn measures(&self) -> [(&'static str, &MeasureTyped); 2] {
        [(ASKED[0], &self.phq9), (ASKED[1], &self.gad7)]
    }

    fn read_next(&self, around: &Around, at: Option<When>, wrong: &mut Vec<Wrong>) -> Option<Next> {
        let held = at.map_or(around.today, |at| at.day(around.zone));
        let day = |wrong: &mut Vec<Wrong>| {
            let day = read_day("next-day", "the day of the next contact", &self.next_day, None);
            let day = kept(day, wrong)?;
            if day < held {
                let text = "The next contact lies before this one: choose a later day";
                wrong.push(Wrong::new("next-day", text));
                return None;
            }
            Some(day)
        };
        match self.next.unwrap_or_default() {
            NextTyped::Protocol => Some(Next::Protocol),
            NextTyped::In(days) => Some(Next::On(held.plus(days.into()))),
            NextTyped::On => day(wrong).map(Next::On),
            NextTyped::Appointment => {
                let day = day(wrong)?;
                let at = kept(read_when("next-time", day, &self.next_time, around.zone), wrong)?;
                let Some(mode) = self.next_mode else {
                    let text = "Choose how the appointment takes place";
                    wrong.push(Wrong::new("next-mode", text));
                    return None;
                };
                Some(Next::Appointment { at, mode })
            }
        }
    }
}

/// The definition that this version ships.
pub fn shipped(instrument: &str) -> Option<&'static Definition> {
    definition(&InstrumentId::new(instrument))
}

fn kept<T>(read: Result<T, Wrong>, wrong: &mut Vec<Wrong>) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(problem) => {
            wrong.push(problem);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::typed::measure::Way;

    fn around(timed: Option<u32>) -> Around {
        let chart = ChartId::from_random([1; 16]);
        Around {
            chart,
            zone: "America/New_York".parse().unwrap(),
            today: "2026-11-20".parse().unwrap(),
            timed: timed.map(|seconds| Timed {
                chart,
                // 20 November 2026, 13:43 in New York.
                started: 1_795_200_180_000,
                seconds: Seconds(seconds),
            }),
        }
    }

    fn today() -> ContactTyped {
        ContactTyped {
            day: "2026-11-20".to_owned(),
            time: "14:05".to_owned(),
            ..ContactTyped::default()
        }
    }

    #[test]
    fn a_call_today_is_read_as_it_stands() {
        let form = today().read(&around(None)).unwrap();
        assert_eq!(form.at.to_string(), "2026-11-20T14:05:00-05:00");
        assert_eq!(form.time, None);
        assert_eq!(form.note, None);
        assert_eq!(form.next, Next::Protocol);
        assert!(form.measures.is_empty());
    }

    #[test]
    fn answers_that_were_typed_are_not_dropped_when_nobody_was_reached() {
        let mut form = ContactTyped {
            reached: Some(ReachedTyped::No),
            outcome: Some(AttemptOutcome::NoAnswer),
            ..today()
        };
        assert!(form.read(&around(None)).unwrap().measures.is_empty());
        form.phq9.way = Way::Questions;
        form.phq9.answers.insert("phq9_9".to_owned(), 2);
        let wrong = form.read(&around(None)).unwrap_err();
        assert_eq!(wrong[0].field, "reached");
        form.phq9.way = Way::NotNow;
        assert!(form.read(&around(None)).is_ok());
    }

    #[test]
    fn typed_minutes_stand_and_an_empty_field_takes_the_timer() {
        let spent = today().read(&around(Some(1361))).unwrap().time.unwrap();
        assert_eq!((spent.seconds, spent.clocked), (Seconds(1361), Clocked::Timer));
        assert_eq!(spent.activity, Activity::FollowUp);
        assert!(spent.start.is_some());
        let typed = ContactTyped {
            minutes: "22".to_owned(),
            ..today()
        };
        let spent = typed.read(&around(Some(1361))).unwrap().time.unwrap();
        assert_eq!((spent.seconds, spent.clocked), (Seconds(1320), Clocked::Typed));
        assert_eq!(spent.start, None);
        let none = ContactTyped {
            minutes: "0".to_owned(),
            ..today()
        };
        assert_eq!(none.read(&around(None)).unwrap().time, None);
    }

    #[test]
    fn a_timer_that_was_forgotten_is_not_taken() {
        let wrong = today().read(&around(Some(90_000))).unwrap_err();
        assert_eq!(wrong[0].field, "minutes");
    }

    #[test]
    fn an_attempt_takes_no_measures_and_counts_as_outreach() {
        let mut attempt = today();
        attempt.reached = Some(ReachedTyped::No);
        attempt.minutes = "4".to_owned();
        let wrong = attempt.read(&around(None)).unwrap_err();
        assert_eq!(wrong[0].field, "outcome");
        attempt.outcome = Some(AttemptOutcome::Voicemail);
        let form = attempt.read(&around(None)).unwrap();
        assert!(form.measures.is_empty());
        assert_eq!(form.time.unwrap().activity, Activity::Outreach);
    }

    #[test]
    fn the_next_contact_counts_from_the_day_of_this_one() {
        let typed = ContactTyped {
            day: "2026-11-18".to_owned(),
            next: Some(NextTyped::In(14)),
            ..today()
        };
        let form = typed.read(&around(None)).unwrap();
        assert_eq!(form.next, Next::On("2026-12-02".parse().unwrap()));
        let typed = ContactTyped {
            next: Some(NextTyped::On),
            next_day: "2026-11-01".to_owned(),
            ..today()
        };
        assert_eq!(typed.read(&around(None)).unwrap_err()[0].field, "next-day");
    }

    #[test]
    fn everything_that_is_wrong_is_named_at_once() {
        let typed = ContactTyped {
            day: "2026-11-21".to_owned(),
            minutes: "twenty".to_owned(),
            kind: None,
            ..today()
        };
        let fields: Vec<String> = typed
            .read(&around(None))
            .unwrap_err()
            .into_iter()
            .map(|wrong| wrong.field)
            .collect();
        assert_eq!(fields, ["day", "kind", "minutes"]);
    }

    #[test]
    fn a_draft_reads_back_as_it_was_typed() {
        let mut typed = today();
        typed.phq9.way = Way::Questions;
        typed.phq9.answers.insert("phq9_9".to_owned(), 1);
        typed.next = Some(NextTyped::In(7));
        let json = serde_json::to_string(&typed).unwrap();
        assert_eq!(serde_json::from_str::<ContactTyped>(&json).unwrap(), typed);
    }
}
