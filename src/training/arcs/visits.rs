//! What happens in the middle of a course: visits with their measures and minutes, tries, reviews, medicines.

use super::Course;
use crate::journal::facts::{
    Activity, Adherence, Answer, AnswerKind, Attempt, AttemptOutcome, Audience, Bucket, CaseReview, ChangeKind,
    Channel, Clocked, Communication, Consent, ConsentAnswer, ConsentHow, Contact, ContactKind, DeclineReason, Declined,
    Diagnosis, Education, Explained, Goal, GoalState, InitiatingVisit, Intervention, Medication, MedicationCheck, Mode,
    Programme, Recommendation, Status, Talk, Time, TreatmentChange, With,
};
use crate::journal::{Day, EntryId, Seconds, When};
use crate::training::arc::Arc;
use crate::training::lists::{ADVICE, DIAGNOSES, GOALS, MEDICINES, NOTES};
use crate::training::story::{GAD7, Moment, PHQ9, later, workday};

impl Course {
    /// Tries that didn't reach the patient, from the day after the referral on.
    pub fn try_to_reach(&mut self, times: i64) {
        for n in 0..times {
            let day = self.referred_day().plus(1 + 2 * n);
            if workday(day) <= self.referred_day() || workday(day) > self.yesterday() {
                continue;
            }
            let at = self.story.moment(day);
            if n == 0 {
                self.set_status(at, self.day_of(at), Status::Outreach);
            }
            self.attempt(at);
        }
    }

    fn attempt(&mut self, at: Moment) {
        let outcomes = [
            AttemptOutcome::NoAnswer,
            AttemptOutcome::Voicemail,
            AttemptOutcome::NotAGoodTime,
        ];
        let which = self.story.rng.below(3) as usize;
        let outcome = outcomes.get(which).copied().unwrap_or(AttemptOutcome::NoAnswer);
        let tried = self.story.say(
            at,
            Attempt {
                at: When::At(at),
                by: Channel::Phone,
                outcome,
                note: None,
                left: None,
                next: None,
            },
        );
        let minutes = self.story.rng.between(2, 6);
        self.time(at, minutes, Activity::Outreach, Some(tried));
    }

    /// The first contact and all that follow it.
    pub fn treat(&mut self) {
        if self.story.rng.chance(25) {
            self.try_to_reach(1);
        }
        let days = self.visit_days();
        let (from, to) = self.arc.totals(&mut self.story.rng);
        let count = i64::try_from(days.len()).unwrap_or(1);
        for (n, day) in (0_i64..).zip(days) {
            let at = self.story.moment(day);
            let total = if count == 1 {
                from
            } else {
                from + (to - from) * n / (count - 1)
            };
            // Measured scores jump a little from visit to visit; the first and the last are the arc's own.
            let jitter = if n == 0 || n + 1 == count {
                0
            } else {
                self.story.rng.between(-1, 1)
            };
            self.visit(at, n, (total + jitter).clamp(0, 27), n + 1 == count);
            if n > 0 && n % 3 == 0 && self.is_reviewed() {
                self.review(later(at, 90));
            }
        }
    }

    fn is_reviewed(&self) -> bool {
        !matches!(self.arc, Arc::Stuck | Arc::ReviewWanted)
    }

    /// The days of all contacts, from the first to the last.
    fn visit_days(&mut self) -> Vec<Day> {
        let referred = self.referred_day();
        let first = [3, 4, 5]
            .map(|n| referred.plus(n))
            .into_iter()
            .find(|d| workday(*d) == *d)
            .unwrap_or(referred);
        let quiet = self.arc.quiet_days(&mut self.story.rng);
        let last = workday(self.story.as_of.plus(-quiet));
        let mut days = vec![first.min(self.yesterday())];
        let mut day = first;
        loop {
            day = workday(day.plus(self.story.rng.between(21, 37)));
            if day.plus(9) >= last {
                break;
            }
            days.push(day);
        }
        if last > days.last().copied().unwrap_or(last).plus(3) {
            days.push(last);
        }
        if self.arc == Arc::Worsening && days.len() > 3 {
            days.drain(1..days.len() - 2);
        }
        days
    }

    fn visit(&mut self, at: Moment, n: i64, total: i64, is_last: bool) {
        if n == 0 {
            self.enrol(at);
        }
        let rng = &mut self.story.rng;
        let mode = if rng.chance(65) {
            Mode::Phone
        } else if rng.chance(50) {
            Mode::Video
        } else {
            Mode::InPerson
        };
        let kind = if n == 0 {
            ContactKind::InitialAssessment
        } else {
            ContactKind::FollowUp
        };
        let did = if n == 0 {
            vec![Intervention::Education]
        } else if rng.chance(50) {
            vec![Intervention::BehaviouralActivation, Intervention::MedicationCheck]
        } else {
            vec![Intervention::ProblemSolving]
        };
        let note = rng.chance(70).then(|| rng.pick(NOTES).to_owned());
        let minutes = if n == 0 {
            rng.between(40, 65)
        } else {
            rng.between(16, 35)
        };
        let gad = n % 3 == 0;
        let inbound = rng.chance(4);
        let contact = Contact {
            at: When::At(at),
            mode,
            kind,
            with: vec![With::Patient],
            inbound,
            did,
            language: None,
            note,
            talk: Talk::default(),
        };
        let contact = self.story.say(at, contact);
        self.last_visit = Some(at);
        self.measures(later(at, 5), n, total, gad, is_last);
        let activity = if n == 0 {
            Activity::Assessment
        } else {
            Activity::FollowUp
        };
        self.time(at, minutes, activity, Some(contact));
        self.medicines(later(at, 20), n);
    }

    fn measures(&mut self, at: Moment, n: i64, total: i64, gad: bool, is_last: bool) {
        let total = u16::try_from(total).unwrap_or(0);
        if self.arc == Arc::MeasureOverdue && n > 0 {
            return;
        }
        if self.arc == Arc::Declines && n > 0 {
            let declined = Declined {
                instrument: "phq9".into(),
                at: When::At(at),
                reason: DeclineReason::Refused,
            };
            self.story.say(at, declined);
            return;
        }
        let last_item = match self.arc {
            Arc::OpenConcern if is_last => 2,
            Arc::ConcernHandled if n == 0 => 1,
            _ => 0,
        };
        let taken = self.story.measure(at, PHQ9, total.max(last_item.into()), last_item);
        self.last_score = Some(taken);
        if gad {
            self.story.measure(at, GAD7, total.saturating_sub(4).min(21) * 3 / 4, 0);
        }
        match self.arc {
            Arc::OpenConcern if is_last => self.open_concern(at, taken, last_item, false),
            Arc::ConcernHandled if n == 0 => self.open_concern(at, taken, last_item, true),
            _ => {}
        }
    }

    /// Consent, diagnosis, status: what the first contact settles.
    fn enrol(&mut self, at: Moment) {
        let day = self.day_of(at);
        if self.arc != Arc::NoConsent {
            let answer = ConsentAnswer::Given {
                how: ConsentHow::Verbal,
                explained: None,
                points: vec![
                    Explained::Consultant,
                    Explained::CostSharing,
                    Explained::OnePractitioner,
                    Explained::RightToStop,
                ],
            };
            self.story.say(
                at,
                Consent {
                    programme: Programme::Cocm,
                    answer,
                    day,
                    taken_by: None,
                },
            );
        }
        if self.arc != Arc::NoDiagnosis {
            let (diagnosis, code) = (self.story.thing(), self.story.rng.pick(DIAGNOSES).to_owned());
            self.story.say(
                at,
                Diagnosis {
                    diagnosis,
                    code,
                    label: None,
                    from: day,
                    until: None,
                    provisional: false,
                },
            );
        }
        self.set_status(at, day, Status::Active);
        let extras = self.story.rng.below(100);
        if extras < 30 || self.arc == Arc::Improving {
            let (goal, text) = (self.story.thing(), self.story.rng.pick(GOALS).to_owned());
            self.story.say(
                at,
                Goal {
                    goal,
                    text,
                    by: None,
                    state: GoalState::Open,
                    measured_by: None,
                    from: None,
                    settled: None,
                },
            );
        }
        if extras >= 80 || self.arc == Arc::OpenConcern {
            let practitioner = Some(self.clinician);
            let visit = InitiatingVisit {
                day: self.referred_day(),
                practitioner,
                code: Some("99214".into()),
            };
            self.story.say(at, visit);
        }
        if extras % 10 == 3 {
            let topic = "What collaborative care is".to_owned();
            self.story
                .say(at, Education::about(When::At(at), topic, vec![With::Patient]));
        }
    }

    fn medicines(&mut self, at: Moment, n: i64) {
        let day = self.day_of(at);
        if n == 0 && self.story.rng.chance(70) || (self.arc == Arc::SideEffect && self.medicine.is_none()) {
            let which = self.story.rng.below(u32::try_from(MEDICINES.len()).unwrap_or(1)) as usize;
            let Some((name, dose, _)) = MEDICINES.get(which).copied() else {
                return;
            };
            let medication = self.story.thing();
            let medicine = Medication {
                dose: Some(dose.into()),
                from: Some(day),
                prescriber: Some(self.clinician),
                ..Medication::named(medication, name.into())
            };
            let entry = self.story.say(at, medicine);
            self.medicine = Some((medication, entry, which));
            self.change(at, ChangeKind::MedicationStarted, format!("{name} {dose}"));
        } else if n > 0 && n % 3 == 1 {
            let Some((medication, ..)) = self.medicine else { return };
            let (adherence, side_effects) = (Adherence::Good, Vec::new());
            self.story.say(
                at,
                MedicationCheck {
                    medication,
                    at: When::At(at),
                    adherence,
                    side_effects,
                    missed_doses: None,
                    note: None,
                },
            );
        }
    }

    fn change(&mut self, at: Moment, kind: ChangeKind, what: String) {
        let change = TreatmentChange {
            decided_by: Some(self.clinician),
            ..TreatmentChange::made(self.day_of(at), kind, what)
        };
        self.story.say(at, change);
    }

    /// A case review; now and then with advice that is accepted and carried out.
    fn review(&mut self, at: Moment) {
        let consultant = Some(self.consultant);
        let review = self.story.say(
            at,
            CaseReview {
                at: When::At(at),
                consultant,
                note: None,
            },
        );
        let minutes = self.story.rng.between(5, 12);
        self.time(at, minutes, Activity::CaseloadReview, Some(review));
        if self.story.rng.chance(35) {
            self.advise(later(at, 10), true);
        }
    }

    /// A recommendation, sent to the clinician, and perhaps answered.
    pub fn advise(&mut self, at: Moment, is_answered: bool) {
        let (recommendation, text) = (self.story.thing(), self.story.rng.pick(ADVICE).to_owned());
        let day = self.day_of(at);
        self.story.say(
            at,
            Recommendation::in_words(recommendation, day, text.clone(), Some(self.consultant)),
        );
        let message = Communication {
            at: When::At(later(at, 15)),
            to: Audience::Clinician,
            person: Some(self.clinician),
            by: Channel::Portal,
            about: Some(recommendation),
            text,
            release: None,
            name: None,
            held: Vec::new(),
            member: None,
            closing: None,
            feedback: None,
            also: Vec::new(),
        };
        self.story.say(later(at, 15), message);
        if is_answered {
            let answered = self.story.moment(day.plus(3).min(self.yesterday())).max(later(at, 30));
            let (day, answer) = (self.day_of(answered), AnswerKind::Accepted);
            self.story.say(
                answered,
                Answer {
                    recommendation,
                    day,
                    answer,
                    note: None,
                    how: None,
                    again: None,
                },
            );
            self.raise_dose(answered);
        }
    }

    fn raise_dose(&mut self, at: Moment) {
        let Some((medication, entry, which)) = self.medicine else {
            return;
        };
        let Some((name, _, higher)) = MEDICINES.get(which).copied() else {
            return;
        };
        let medicine = Medication {
            dose: Some(higher.into()),
            prescriber: Some(self.clinician),
            ..Medication::named(medication, name.into())
        };
        let raised = self.story.again(at, &[entry], medicine);
        self.medicine = Some((medication, raised, which));
        self.change(at, ChangeKind::DoseChanged, format!("{name} {higher}"));
    }

    /// Time of the care manager.
    pub fn time(&mut self, at: Moment, minutes: i64, activity: Activity, of: Option<EntryId>) {
        let seconds = Seconds(u32::try_from(60 * minutes + self.story.rng.between(0, 50)).unwrap_or(60));
        let clocked = if self.story.rng.chance(80) {
            Clocked::Timer
        } else {
            Clocked::Typed
        };
        let (by, bucket) = (self.care_manager, Bucket::Cocm);
        let time = Time {
            start: When::At(at),
            seconds,
            activity,
            bucket,
            by,
            mode: None,
            clocked,
            of,
            note: None,
            with: Vec::new(),
            beside: None,
            own: None,
        };
        self.story.say(later(at, minutes), time);
    }
}
