//! A crisis contact as it was typed, and what it says. Nothing in it is required; what can't be read is named.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::contact::taken_by;
use super::measure::{MeasureTyped, Way};
use super::{Wrong, read_day, text};
use crate::care::intent::{CrisisForm, Told};
use crate::instruments::{Context, Definition};
use crate::journal::facts::{Audience, Bucket, Clocked, ConcernKind, Disposition, Mode, With};
use crate::journal::{ChartId, Day, Seconds, When, Zone};

/// A clock that ran longer was forgotten: its time is not written down unless somebody types it.
pub const FORGOTTEN: u64 = 4 * 60 * 60;
/// Most minutes that can be typed: one day.
const MOST_MINUTES: u32 = 24 * 60;

/// Somebody who was told, as typed. A row in which nothing was typed is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ToldTyped {
    /// Who.
    pub who: Option<Audience>,
    /// Their name.
    pub name: String,
    /// How, and what they said.
    pub how: String,
    /// The time of day.
    pub time: String,
    /// The time that the form put there itself: nobody typed it.
    pub offered: String,
}

impl Default for ToldTyped {
    fn default() -> Self {
        Self {
            who: Some(Audience::Clinician),
            name: String::new(),
            how: String::new(),
            time: String::new(),
            offered: String::new(),
        }
    }
}

impl ToldTyped {
    /// A row with the time that it is now.
    pub fn offering(time: String) -> Self {
        Self {
            offered: time.clone(),
            time,
            ..Self::default()
        }
    }
    /// Whether nothing was typed: no name, no words, no time but the one that was offered, nobody chosen.
    pub fn is_empty(&self) -> bool {
        let time = text(&self.time).filter(|time| *time != self.offered);
        let chosen = self.who.filter(|who| *who != Audience::Clinician);
        text(&self.name).is_none() && text(&self.how).is_none() && time.is_none() && chosen.is_none()
    }
    /// Who was told, on a day; the day alone where no time was typed.
    ///
    /// # Errors
    /// A time that is none. `id` starts the ids of the row's fields.
    pub fn read(&self, id: &str, day: Day, zone: Zone) -> Result<Told, Wrong> {
        let at = super::read_when(&format!("{id}-time"), day, &self.time, zone)?;
        Ok(Told {
            who: self.who.unwrap_or(Audience::Clinician),
            name: text(&self.name),
            how: self.how.trim().to_owned(),
            at,
        })
    }
}

/// A crisis contact as it was typed. It is kept as a sealed draft until it is written into a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CrisisTyped {
    /// When it began, in milliseconds since 1970.
    pub started: u64,
    /// When its clock was stopped.
    pub stopped: Option<u64>,
    /// Milliseconds for which its clock stood still before.
    pub paused: u64,
    /// Whose it is; nobody's yet when absent.
    pub chart: Option<ChartId>,
    /// Whether it was saved without a patient and waits for one.
    pub held: bool,
    /// How.
    pub mode: Option<Mode>,
    /// Who was spoken with; nobody is written down who was not chosen.
    pub with: Vec<With>,
    /// Where the patient is.
    pub place: String,
    /// The number to call back.
    pub call_back: String,
    /// Who is with the patient.
    pub company: String,
    /// Means.
    pub means: String,
    /// What it is about.
    pub kind: Option<ConcernKind>,
    /// The structured second step.
    pub asq: MeasureTyped,
    /// What the second step showed.
    pub showed: String,
    /// Where it led.
    pub led_to: Option<Disposition>,
    /// More about that.
    pub led_note: String,
    /// Who was told.
    pub told: Vec<ToldTyped>,
    /// The next contact.
    pub next: String,
    /// Anything else.
    pub note: String,
    /// Minutes; the clock's when empty.
    pub minutes: String,
    /// Whether a positive answer waits for its patient: written down in the draft for who reads nothing else of it.
    pub waits: bool,
}

/// As much of a draft as the line on the other pages needs: it asks for no instrument.
#[derive(Default, Deserialize)]
#[serde(default)]
struct DraftLine {
    /// Absent from drafts of earlier versions.
    waits: Option<bool>,
    chart: Option<IgnoredAny>,
}

/// Whether a positive answer waits in a draft for its patient. A draft that doesn't say counts as one in which it does,
/// unless it has its patient: until the form is opened nobody would hear of it.
pub fn waits_in_draft(json: &str) -> bool {
    serde_json::from_str(json).is_ok_and(|line: DraftLine| line.waits.unwrap_or(line.chart.is_none()))
}

impl Default for CrisisTyped {
    fn default() -> Self {
        Self {
            started: 0,
            stopped: None,
            paused: 0,
            chart: None,
            held: false,
            mode: Some(Mode::Phone),
            with: Vec::new(),
            place: String::new(),
            call_back: String::new(),
            company: String::new(),
            means: String::new(),
            kind: Some(ConcernKind::Suicide),
            asq: MeasureTyped {
                way: Way::Questions,
                ..MeasureTyped::default()
            },
            showed: String::new(),
            led_to: None,
            led_note: String::new(),
            told: vec![ToldTyped::default()],
            next: String::new(),
            note: String::new(),
            minutes: String::new(),
            waits: false,
        }
    }
}

/// Whether ASQ as typed has a positive answer.
pub fn holds_a_positive_answer(asq: &MeasureTyped) -> bool {
    super::contact::shipped("asq").is_some_and(|definition| !asq.positives(definition).is_empty())
}

impl CrisisTyped {
    /// Its draft.
    pub fn to_draft(mut self) -> Option<String> {
        self.waits = self.waits_with_a_positive_answer();
        serde_json::to_string(&self).ok()
    }
    /// Whether it has a positive answer that is in no record: nobody is chosen whose concern it would open.
    pub fn waits_with_a_positive_answer(&self) -> bool {
        self.chart.is_none() && holds_a_positive_answer(&self.asq)
    }
    /// One that begins now.
    pub fn begun(now: u64, chart: Option<ChartId>) -> Self {
        Self {
            started: now,
            chart,
            ..Self::default()
        }
    }
    /// Whether anything was typed into it.
    pub fn holds_something(&self) -> bool {
        let fresh = Self {
            stopped: self.stopped,
            paused: self.paused,
            ..Self::begun(self.started, self.chart)
        };
        *self != fresh
    }
    /// How long its clock ran, in seconds.
    pub fn seconds(&self, now: u64) -> u64 {
        let until = self.stopped.unwrap_or(now);
        until.saturating_sub(self.started).saturating_sub(self.paused) / 1000
    }
    /// Stops the clock, or lets it go on.
    pub fn turn_clock(&mut self, now: u64) {
        match self.stopped.take() {
            Some(stopped) => self.paused += now.saturating_sub(stopped),
            None => self.stopped = Some(now),
        }
    }
    /// When it began.
    pub fn at(&self, zone: Zone) -> When {
        let millis = i64::try_from(self.started).unwrap_or(i64::MAX);
        When::At(zone.from_millis(millis).unwrap_or_default())
    }

    /// What it says of a patient.
    ///
    /// # Errors
    /// Everything that can't be read, in the order of the page.
    pub fn read(
        &self,
        chart: ChartId,
        asq: Option<&'static Definition>,
        zone: Zone,
        now: u64,
    ) -> Result<CrisisForm, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let at = self.at(zone);
        let kind = self.kind.unwrap_or(ConcernKind::Suicide);
        let asked = asq.filter(|_| !self.asq.answers.is_empty());
        let how = taken_by(self.mode);
        let second_step = asked.and_then(|definition| match self.asq.read(definition, "asq", at, how) {
            Ok(taken) => taken,
            Err(more) => {
                wrong.extend(more);
                None
            }
        });
        // It is no first step of a concern about anything else.
        let named = asked.filter(|_| kind == ConcernKind::Suicide).and_then(|definition| {
            let found = self.asq.outcome(definition, &Context::new())?;
            Some(format!("{}: {found}", definition.short_title))
        });
        let showed: Vec<String> = [named, text(&self.showed)].into_iter().flatten().collect();
        let day = at.day(zone);
        let told = self.read_told(day, zone, &mut wrong);
        let next = match text(&self.next) {
            None => None,
            Some(_) => match read_day("crisis-next", "the day of the next contact", &self.next, None) {
                Ok(next) if next < day => {
                    wrong.push(Wrong::new("crisis-next", "The next contact lies before this one"));
                    None
                }
                Ok(next) => Some(next),
                Err(found) => {
                    wrong.push(found);
                    None
                }
            },
        };
        let (spent, clocked) = self.read_spent(now, &mut wrong);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(CrisisForm {
            chart,
            at,
            mode: self.mode.unwrap_or(Mode::Phone),
            with: self.with.clone(),
            kind,
            place: text(&self.place),
            call_back: text(&self.call_back),
            company: text(&self.company),
            means: text(&self.means),
            second_step,
            showed: (!showed.is_empty()).then(|| showed.join(". ")),
            led_to: self.read_led_to(),
            told,
            next,
            note: text(&self.note),
            spent,
            clocked,
            bucket: Bucket::Cocm,
        })
    }

    fn read_told(&self, day: Day, zone: Zone, wrong: &mut Vec<Wrong>) -> Vec<Told> {
        let typed = self.told.iter().enumerate().filter(|(_, told)| !told.is_empty());
        let read = typed.filter_map(|(at, told)| match told.read(&format!("told-{at}"), day, zone) {
            Ok(told) => Some(told),
            Err(found) => {
                wrong.push(found);
                None
            }
        });
        read.collect()
    }

    fn read_led_to(&self) -> Option<(Disposition, Option<String>)> {
        let note = text(&self.led_note);
        match self.led_to {
            Some(to) => Some((to, note)),
            None => note.map(|note| (Disposition::Other, Some(note))),
        }
    }

    fn read_spent(&self, now: u64, wrong: &mut Vec<Wrong>) -> (Option<Seconds>, Clocked) {
        let Some(typed) = text(&self.minutes) else {
            let ran = Some(self.seconds(now)).filter(|ran| (1..=FORGOTTEN).contains(ran));
            return (ran.and_then(|ran| u32::try_from(ran).ok()).map(Seconds), Clocked::Timer);
        };
        match typed.parse::<u32>() {
            Ok(minutes) if minutes <= MOST_MINUTES => {
                let spent = Some(Seconds(minutes * 60)).filter(|spent| 0 < spent.0);
                (spent, Clocked::Typed)
            }
            _ => {
                let text = format!("Enter the minutes as a whole number up to {MOST_MINUTES}, or nothing");
                wrong.push(Wrong::new("crisis-minutes", text));
                (None, Clocked::Typed)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::typed::contact::shipped;
    use crate::journal::facts::Taken;

    const START: u64 = 1_795_183_200_000;

    fn zone() -> Zone {
        "America/New_York".parse().unwrap()
    }
    fn chart() -> ChartId {
        ChartId::from_random([3; 16])
    }
    fn read(typed: &CrisisTyped) -> Result<CrisisForm, Vec<Wrong>> {
        typed.read(chart(), shipped("asq"), zone(), START + 90_500)
    }

    #[test]
    fn an_empty_form_says_who_and_when_and_nothing_else() {
        let typed = CrisisTyped::begun(START, None);
        assert!(!typed.holds_something());
        let form = read(&typed).unwrap();
        assert_eq!(form.place.or(form.call_back).or(form.means).or(form.showed), None);
        assert!(form.told.is_empty() && form.second_step.is_none() && form.led_to.is_none());
        assert_eq!((form.spent, form.clocked), (Some(Seconds(90)), Clocked::Timer));
    }

    #[test]
    fn nobody_is_spoken_with_until_they_are_chosen_and_the_answers_are_taken_as_the_contact_is_held() {
        let mut typed = CrisisTyped::begun(START, None);
        assert!(read(&typed).unwrap().with.is_empty());
        typed.asq.answers.insert("asq_1".to_owned(), 1);
        let table = [
            (Some(Mode::Home), Taken::InPerson),
            (Some(Mode::Video), Taken::Remotely),
            (None, Taken::Remotely),
        ];
        for (mode, taken) in table {
            typed.mode = mode;
            assert_eq!(read(&typed).unwrap().second_step.unwrap().taken, taken, "{mode:?}");
        }
    }

    #[test]
    fn the_clock_stands_still_while_it_is_stopped_and_a_forgotten_one_writes_no_time() {
        let mut typed = CrisisTyped::begun(START, None);
        typed.turn_clock(START + 60_000);
        assert_eq!(typed.seconds(START + 500_000), 60);
        typed.turn_clock(START + 500_000);
        assert_eq!(typed.seconds(START + 510_000), 70);
        let spent = |seconds: u64| {
            let typed = CrisisTyped::begun(START, None);
            typed.read(chart(), None, zone(), START + 1000 * seconds).unwrap().spent
        };
        assert_eq!(spent(0), None);
        assert_eq!(spent(FORGOTTEN), Some(Seconds(14_400)));
        assert_eq!(spent(FORGOTTEN + 1), None);
    }

    #[test]
    fn typed_minutes_hold_before_the_clock() {
        let with = |minutes: &str| CrisisTyped {
            minutes: minutes.to_owned(),
            ..CrisisTyped::begun(START, None)
        };
        assert_eq!(read(&with("12")).unwrap().spent, Some(Seconds(720)));
        assert_eq!(read(&with("0")).unwrap().spent, None);
        for wrong in ["-1", "1441", "ten"] {
            assert_eq!(read(&with(wrong)).unwrap_err()[0].field, "crisis-minutes", "{wrong}");
        }
    }

    #[test]
    fn an_answered_second_step_is_an_assessment_and_is_named_in_what_it_showed() {
        let mut typed = CrisisTyped::begun(START, None);
        for question in ["asq_1", "asq_2", "asq_3", "asq_4", "asq_5"] {
            typed.asq.answers.insert(question.to_owned(), 1);
        }
        typed.showed = "wants it to stop".to_owned();
        let form = read(&typed).unwrap();
        assert_eq!(form.second_step.unwrap().instrument, "asq");
        assert_eq!(form.showed.as_deref(), Some("ASQ: acute positive. wants it to stop"));
        typed.kind = Some(ConcernKind::Overdose);
        let form = read(&typed).unwrap();
        assert_eq!(form.second_step.unwrap().instrument, "asq", "what was answered stands");
        assert_eq!(form.showed.as_deref(), Some("wants it to stop"));
    }

    #[test]
    fn rows_in_which_nothing_was_typed_are_nobody_and_a_wrong_time_is_named() {
        let mut typed = CrisisTyped::begun(START, None);
        let told = |name: &str, time: &str| ToldTyped {
            name: name.to_owned(),
            time: time.to_owned(),
            ..ToldTyped::default()
        };
        let offered = ToldTyped::offering("09:10".to_owned());
        typed.told = vec![ToldTyped::default(), offered, told("Dr. Vu", "09:12")];
        let form = read(&typed).unwrap();
        assert_eq!(form.told.len(), 1);
        assert_eq!(form.told[0].name.as_deref(), Some("Dr. Vu"));
        typed.told.push(told("Sister", "noon"));
        assert_eq!(read(&typed).unwrap_err()[0].field, "told-3-time");
    }

    #[test]
    fn a_time_that_was_typed_or_somebody_who_was_chosen_is_a_row() {
        let changed = ToldTyped {
            time: "10:05".to_owned(),
            ..ToldTyped::offering("09:10".to_owned())
        };
        let family = ToldTyped {
            who: Some(Audience::Family),
            ..ToldTyped::offering("09:10".to_owned())
        };
        let timed = ToldTyped {
            time: "10:05".to_owned(),
            ..ToldTyped::default()
        };
        for row in [changed, family, timed] {
            let mut typed = CrisisTyped::begun(START, None);
            typed.told = vec![row.clone()];
            assert_eq!(read(&typed).unwrap().told.len(), 1, "{row:?}");
        }
    }

    #[test]
    fn a_next_contact_before_the_call_is_named() {
        let mut typed = CrisisTyped::begun(START, None);
        let day = typed.at(zone()).day(zone());
        typed.next = day.to_string();
        assert_eq!(read(&typed).unwrap().next, Some(day));
        typed.next = day.plus(-1).to_string();
        assert_eq!(read(&typed).unwrap_err()[0].field, "crisis-next");
    }

    #[test]
    fn a_positive_answer_waits_in_a_draft_until_its_patient_is_known() {
        let table = [(0, None, false), (1, None, true), (1, Some(chart()), false)];
        for (answer, whose, waits) in table {
            let mut typed = CrisisTyped::begun(START, whose);
            typed.asq.answers.insert("asq_1".to_owned(), answer);
            assert_eq!(typed.waits_with_a_positive_answer(), waits, "{answer} {whose:?}");
            assert_eq!(waits_in_draft(&typed.to_draft().unwrap()), waits, "{answer} {whose:?}");
        }
    }

    #[test]
    fn a_draft_of_an_earlier_version_counts_as_one_in_which_an_answer_waits() {
        let table = [
            (r#"{"started":5,"asq":{"answers":{"asq_1":1}}}"#, true),
            (r#"{"started":5,"chart":null}"#, true),
            (r#"{"started":5,"chart":"0303"}"#, false),
            (r#"{"started":5,"chart":null,"waits":false}"#, false),
            (r#"{"started":5,"chart":null,"waits":true}"#, true),
            ("", false),
        ];
        for (json, waits) in table {
            assert_eq!(waits_in_draft(json), waits, "{json}");
        }
    }

    #[test]
    fn an_older_draft_with_fewer_fields_is_read() {
        let typed: CrisisTyped = serde_json::from_str(r#"{"started":5,"place":"home","raised":true}"#).unwrap();
        assert_eq!((typed.started, typed.place.as_str()), (5, "home"));
        assert!(typed.holds_something());
    }
}
