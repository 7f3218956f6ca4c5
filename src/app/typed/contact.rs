//! The contact form as it was typed, and what it says.

use serde::{Deserialize, Serialize};

use super::measure::{MeasureTyped, asks_who};
use super::{Wrong, read_day, read_when, text};

mod more;
mod proposed;
mod span;

pub use more::{Direction, MoreTyped};
pub use proposed::{Proposed, proposed};
pub use span::Spent;

use crate::app::stopwatch::Timed;
use crate::care::coordination::NextTry;
use crate::care::intent::{ContactForm, Next, Reached, TimeSpent};
use crate::care::{Office, UnderAge};
use crate::instruments::{Definition, InstrumentId, definition};
use crate::journal::facts::{
    Activity, Answered, Assessment, AttemptOutcome, Bucket, Channel, Clocked, ContactKind, DayPart, Declined,
    Intervention, Mode, Taken, With,
};
use crate::journal::{ChartId, Day, EntryId, PersonId, Seconds, When, Zone};

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
    /// Another try, on the day that is proposed for it.
    Again,
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
    /// Who shared the contact.
    pub colleague: Option<PersonId>,
    /// The measures of the form by instrument, in the form's order.
    pub measures: Vec<(String, MeasureTyped)>,
    /// Safety items that were left open earlier and are asked now, by instrument.
    pub apart: Vec<(String, MeasureTyped)>,
    /// PHQ-9 of a draft of an earlier version.
    #[serde(skip_serializing)]
    pub phq9: Option<MeasureTyped>,
    /// GAD-7 of a draft of an earlier version.
    #[serde(skip_serializing)]
    pub gad7: Option<MeasureTyped>,
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
    /// What a try left: the words of a voicemail, a letter.
    pub left: String,
    /// The part of the day of another try; the one that is proposed where nobody chose.
    pub part: Option<DayPart>,
    /// What it was about, and what is rarely needed.
    pub more: MoreTyped,
    /// The id that the contact is saved under, made when the form was opened: also a form that is opened again from its
    /// draft saves it once.
    pub entry: Option<EntryId>,
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
            colleague: None,
            measures: ASKED.map(|id| (id.to_owned(), MeasureTyped::default())).into(),
            apart: Vec::new(),
            phq9: None,
            gad7: None,
            did: Vec::new(),
            note: String::new(),
            next: Some(NextTyped::Protocol),
            next_day: String::new(),
            next_time: String::new(),
            next_mode: Some(Mode::Phone),
            left: String::new(),
            part: None,
            more: MoreTyped::default(),
            entry: None,
        }
    }
}

/// What reading a form needs to know.
#[derive(Clone, Debug)]
pub struct Around {
    /// Whose chart.
    pub chart: ChartId,
    /// The clinic's zone.
    pub zone: Zone,
    /// The clinic's day.
    pub today: Day,
    /// This patient's timer, if there is one.
    pub timed: Option<Timed>,
    /// The registry's definitions of the form's instruments, where they are not the shipped ones: the clinic's own, and
    /// words that it switched on.
    pub instruments: Vec<&'static Definition>,
    /// When the clinic is open.
    pub office: Office,
    /// When to try again, if this try reached nobody.
    pub again: Option<NextTry>,
    /// Until when the patient is under age: who answers a measure is asked, and saved, by the day of the contact.
    pub under_age: UnderAge,
}

impl Around {
    /// The definition that an assessment of the form is taken with.
    pub fn definition(&self, instrument: &str) -> Option<&'static Definition> {
        let mut all = self.instruments.iter().copied();
        all.find(|it| it.id.as_str() == instrument)
            .or_else(|| shipped(instrument))
    }
}

impl ContactTyped {
    /// What was kept of a form, also by an earlier version.
    pub fn read_draft(json: &str) -> Option<Self> {
        let mut typed: Self = serde_json::from_str(json).ok()?;
        for (id, kept) in [("phq9", typed.phq9.take()), ("gad7", typed.gad7.take())] {
            if let (Some(kept), Some(place)) = (kept, typed.measure_mut(id)) {
                *place = kept;
            }
        }
        Some(typed)
    }

    /// A measure of the form.
    pub fn measure(&self, instrument: &str) -> Option<&MeasureTyped> {
        let mut all = self.measures.iter();
        all.find(|(id, _)| id == instrument).map(|(_, typed)| typed)
    }
    /// A measure of the form, to be changed.
    pub fn measure_mut(&mut self, instrument: &str) -> Option<&mut MeasureTyped> {
        let mut all = self.measures.iter_mut();
        all.find(|(id, _)| id == instrument).map(|(_, typed)| typed)
    }

    /// The assessments that the form committed before it is saved, each once: an item that was asked apart and then the
    /// whole of its instrument are one.
    pub fn begun(&self) -> Vec<EntryId> {
        let all = self.measures.iter().chain(&self.apart);
        let mut begun = Vec::new();
        for entry in all.filter_map(|(_, typed)| typed.begun) {
            if !begun.contains(&entry) {
                begun.push(entry);
            }
        }
        begun
    }

    /// What the form says.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the page.
    pub fn read(&self, around: &Around) -> Result<ContactForm, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let at = self.read_at(around, &mut wrong);
        let reached = self.read_reached(around, &mut wrong);
        let time = self.read_time(around, &mut wrong);
        let measures = match at {
            Some(at) => self.read_measures(around, at, &mut wrong),
            None => Vec::new(),
        };
        let declined = at.map_or_else(Vec::new, |at| self.read_declined(around, at, &mut wrong));
        let education = match self.reached {
            Some(ReachedTyped::No) => Vec::new(),
            _ => self.more.education(&mut wrong),
        };
        let next = self.read_next(around, at, &mut wrong);
        match (at, reached, next, wrong.is_empty()) {
            (Some(at), Some(reached), Some(next), true) => Ok(ContactForm {
                chart: around.chart,
                at,
                reached,
                measures,
                declined,
                education,
                time,
                note: text(&self.note),
                next,
                entry: self.entry,
            }),
            _ => Err(wrong),
        }
    }

    fn read_at(&self, around: &Around, wrong: &mut Vec<Wrong>) -> Option<When> {
        let day = kept(read_day("day", "the day", &self.day, Some(around.today)), wrong)?;
        kept(read_when("time", day, &self.time, around.zone), wrong)
    }

    fn read_reached(&self, around: &Around, wrong: &mut Vec<Wrong>) -> Option<Reached> {
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
                let talk = self.more.talk(wrong);
                let (mode, kind) = (self.mode?, self.kind?);
                (wrong.len() == before).then(|| Reached::Yes {
                    mode,
                    kind,
                    with: self.with.clone(),
                    did: self.did.clone(),
                    inbound: self.more.direction == Some(Direction::In),
                    language: text(&self.more.language),
                    talk,
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
                let proposed = around.again.map(|again| again.part);
                let next = (self.next == Some(NextTyped::Again)).then_some(self.part.or(proposed));
                Some(Reached::No {
                    by,
                    outcome,
                    left: text(&self.left),
                    next: next.flatten(),
                })
            }
        }
    }

    fn read_time(&self, around: &Around, wrong: &mut Vec<Wrong>) -> Option<TimeSpent> {
        let day: Option<Day> = self.day.trim().parse().ok();
        let mut rest = Vec::new();
        let (start, seconds, clocked) = match (text(&self.minutes), &around.timed) {
            (None, None) => return None,
            (None, Some(timed)) => {
                if timed.seconds.0 > MOST_MINUTES * 60 {
                    wrong.push(Wrong::new(
                        "minutes",
                        "The timer ran for more than a day: type the minutes",
                    ));
                    return None;
                }
                // A pause of the timer is not the contact's: each time in which it ran is an entry of its own.
                let at = |millis: u64| around.zone.from_millis(i64::try_from(millis).ok()?).map(When::At);
                let parts = timed.parts().into_iter();
                let mut parts = parts.filter_map(|(start, seconds)| Some((at(start)?, seconds)));
                let (start, seconds) = parts.next()?;
                rest = parts.collect();
                (Some(start), seconds, Clocked::Timer)
            }
            (Some(typed), _) => {
                let Some(spent) = Spent::read(&typed).filter(|spent| spent.minutes() <= MOST_MINUTES) else {
                    wrong.push(Wrong::new(
                        "minutes",
                        "Enter the minutes as a whole number, up to 1,440, or from when to when, such as 9:10-9:32",
                    ));
                    return None;
                };
                let start = match (spent, day) {
                    (Spent::Span { from, .. }, Some(day)) => Some(When::At(around.zone.at(day, from.0, from.1))),
                    _ => None,
                };
                (start, Seconds(spent.minutes() * 60), Clocked::Typed)
            }
        };
        (seconds.0 > 0).then(|| TimeSpent {
            start,
            seconds,
            activity: self.activity.unwrap_or_else(|| self.usual_activity()),
            bucket: self.bucket.unwrap_or(Bucket::Cocm),
            clocked,
            rest,
            beside: None,
            colleague: self.colleague,
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
        taken_by(self.mode)
    }

    fn read_measures(&self, around: &Around, at: When, wrong: &mut Vec<Wrong>) -> Vec<Assessment> {
        if self.reached == Some(ReachedTyped::No) {
            let apart = self.apart.iter().any(|(_, typed)| !typed.answers.is_empty());
            if apart || self.measures.iter().any(|(_, typed)| typed.holds_answers()) {
                let text = "There are answers to a measure: choose Yes, and \u{201c}Not now\u{201d} at the measure if it was not taken";
                wrong.push(Wrong::new("reached", text));
            }
            return Vec::new();
        }
        let mut taken = Vec::new();
        for (id, typed) in &self.measures {
            let Some(definition) = around.definition(id) else {
                continue;
            };
            match typed.read(definition, id, at, self.taken()) {
                Ok(assessment) => taken.extend(assessment),
                Err(more) => wrong.extend(more),
            }
        }
        taken.extend(self.read_apart(around, at));
        if !around.under_age.is_on(at.day(around.zone)) {
            // It was chosen before the day was changed, and nobody is asked for it on this one.
            taken.iter_mut().for_each(|taken| taken.respondent = None);
        }
        taken
    }

    /// Safety items that are asked now: an administration of its own, of which nothing else was asked. One whose
    /// questions are asked in this form anyway is not asked twice.
    fn read_apart(&self, around: &Around, at: When) -> Vec<Assessment> {
        let asked = |id: &str| self.measure(id).is_some_and(MeasureTyped::holds_answers);
        let apart = self
            .apart
            .iter()
            .filter(|(id, typed)| !typed.answers.is_empty() && !asked(id));
        apart
            .filter_map(|(id, typed)| {
                let definition = around.definition(id)?;
                Some(Assessment {
                    instrument: id.clone(),
                    version: definition.version.clone(),
                    at,
                    taken: self.taken(),
                    answers: Answered::Items(typed.answers.clone()),
                    scale: definition.own.clone(),
                    respondent: typed.respondent.filter(|_| asks_who(definition)),
                })
            })
            .collect()
    }

    fn read_declined(&self, around: &Around, at: When, wrong: &mut Vec<Wrong>) -> Vec<Declined> {
        if self.reached == Some(ReachedTyped::No) {
            return Vec::new();
        }
        let declined = self.measures.iter().filter_map(|(id, typed)| {
            let definition = around.definition(id)?;
            kept(typed.read_declined(definition, id, at), wrong)?
        });
        declined.collect()
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
            NextTyped::In(days) => Some(Next::On(around.office.open_day(held.plus(days.into())))),
            NextTyped::Again => Some(around.again.map_or(Next::Protocol, |again| Next::On(again.day))),
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

/// How a measure is taken in a contact that is held so.
pub fn taken_by(mode: Option<Mode>) -> Taken {
    match mode {
        Some(Mode::InPerson | Mode::Home | Mode::Group) => Taken::InPerson,
        Some(Mode::Portal) => Taken::Device,
        Some(Mode::Phone | Mode::Video) | None => Taken::Remotely,
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
mod tests;
