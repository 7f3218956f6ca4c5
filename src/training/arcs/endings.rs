//! How a course stands today: what each arc adds to the ordinary run of visits.

use super::Course;
use crate::journal::facts::{
    AcuteEvent, AcuteKind, Adherence, Advocacy, AdvocacyWith, Appointment, AppointmentState, Audience, Because,
    ChangeKind, Channel, CloseReason, Communication, Concern, ConcernClosed, ConcernKind, ConcernStep, Contact,
    ContactKind, Coverage, Level, MedicationCheck, Mode, Note, OutgoingReferral, ReferralState, RelapsePlan,
    ResourceKind, ReviewRequest, SafetyPlan, SafetyPlanPart, Severity, SideEffect, Status, Step, Talk, Task,
    TreatmentChange, With,
};
use crate::journal::{EntryId, When};
use crate::training::arc::Arc;
use crate::training::story::{Moment, later, workday};

impl Course {
    /// What happened last, by arc.
    pub fn end(&mut self) {
        let Some(last) = self.last_visit else { return };
        let after = later(last, 45);
        match self.arc {
            Arc::Missed => self.miss(last),
            Arc::AnswerWaiting => self.advise(after, false),
            Arc::Preventing | Arc::Relapsing => self.prevent(after),
            Arc::TaskDue => self.task(after),
            Arc::GoalsMet => self.close(after, CloseReason::GoalsMet),
            Arc::Unreachable => self.lose(last),
            Arc::OnHold => {
                let review = self.story.as_of.plus(self.story.rng.between(-2, 5));
                self.set_status(after, self.day_of(last), Status::OnHold { review });
            }
            Arc::SideEffect => self.suffer(after),
            Arc::ReviewWanted => {
                let question = "No better after eight weeks: is this bipolar?".to_owned();
                self.story.say(
                    after,
                    ReviewRequest {
                        at: When::At(after),
                        question,
                        kind: None,
                    },
                );
            }
            Arc::ReferredOn => self.refer_out(after),
            Arc::AcuteEvent => {
                let kind = AcuteKind::EmergencyDepartment;
                let note = Some("Chest pain, nothing found; sent home.".to_owned());
                self.story.say(
                    after,
                    AcuteEvent {
                        kind,
                        at: When::At(after),
                        note,
                    },
                );
            }
            Arc::Covered => {
                let from = self.yesterday();
                let at = self.story.moment(from);
                let until = self.story.as_of.plus(6);
                self.story.say(
                    at,
                    Coverage {
                        by: self.stand_in,
                        from,
                        until,
                        coverage: None,
                        of: None,
                        back: None,
                    },
                );
            }
            Arc::Improving => self.book_next(after),
            _ => {}
        }
    }

    /// Opens a concern on a positive answer; a handled one is followed through and closed the next working day.
    pub fn open_concern(&mut self, at: Moment, assessment: EntryId, value: u8, is_handled: bool) {
        let concern = self.story.thing();
        let (instrument, item) = ("phq9".to_owned(), "phq9_9".to_owned());
        let because = Because::Answer {
            assessment,
            instrument,
            item,
            value,
        };
        let level = if value >= 2 { Level::High } else { Level::Positive };
        let opened = Concern {
            concern,
            kind: ConcernKind::Suicide,
            because,
            level,
            at: When::At(at),
        };
        let opened = self.story.say(at, opened);
        if !is_handled {
            return;
        }
        let outcome = "Passive thoughts, no plan, no intent, no means at home.".to_owned();
        let steps = [
            (
                10,
                Step::SecondStep {
                    assessment: None,
                    outcome,
                },
            ),
            (
                15,
                Step::Told {
                    who: Audience::Clinician,
                    how: "by telephone".into(),
                    name: None,
                },
            ),
            (
                16,
                Step::NextContact {
                    on: self.day_of(at).plus(1),
                },
            ),
        ];
        for (minutes, step) in steps {
            let at = later(at, minutes);
            self.story.say(
                at,
                ConcernStep {
                    concern,
                    at: When::At(at),
                    step,
                    note: None,
                },
            );
        }
        let plan = SafetyPlan {
            day: self.day_of(at),
            parts: [
                (
                    SafetyPlanPart::WarningSigns,
                    "Not answering the phone, drinking alone".to_owned(),
                ),
                (SafetyPlanPart::Professionals, "988; the clinic's number".to_owned()),
            ]
            .into(),
            review: None,
        };
        self.story.say(later(at, 18), plan);
        let closed = self.story.moment(self.day_of(at).plus(5)).max(later(at, 60));
        let action = "Safety plan made with the patient and her sister; thoughts gone at the call.".to_owned();
        let closing = ConcernClosed {
            concern,
            at: When::At(closed),
            action,
            reason: None,
            watch_until: None,
            saw: None,
        };
        self.story.again(closed, &[opened], closing);
    }

    fn miss(&mut self, last: Moment) {
        let at = self.story.moment(self.yesterday());
        let booked = later(last, 40);
        let appointment = self.story.thing();
        let purpose = Some("Follow-up".to_owned());
        let made = Appointment {
            appointment,
            at: When::At(at),
            mode: Mode::Phone,
            purpose,
            state: AppointmentState::Booked,
        };
        let missed = Appointment {
            state: AppointmentState::NoShow,
            ..made.clone()
        };
        let made = self.story.say(booked.min(at), made);
        self.story.again(later(at, 20), &[made], missed);
    }

    fn book_next(&mut self, at: Moment) {
        let appointment = self.story.thing();
        let day = workday(self.story.as_of.plus(self.story.rng.between(4, 12)));
        let when = self.story.moment(day);
        let (mode, state) = (Mode::Phone, AppointmentState::Booked);
        self.story.say(
            at,
            Appointment {
                appointment,
                at: When::At(when),
                mode,
                purpose: None,
                state,
            },
        );
        if self.story.rng.chance(20) {
            let text = "Asks whether the medicine can be taken at night.".to_owned();
            self.story.say(
                at,
                Note {
                    at: When::At(at),
                    text,
                    discuss: true,
                },
            );
        }
    }

    fn prevent(&mut self, at: Moment) {
        let from = self.day_of(at);
        let plan = RelapsePlan {
            day: from,
            medications: "Go on for nine months after feeling well".into(),
            helps: "Choir, walking, the sleep rules".into(),
            warning_signs: "Waking at four, skipping choir".into(),
            stress: "Say no to double shifts".into(),
            whom_to_call: "The care manager; 988 in a crisis".into(),
            appointments: "Monthly calls".into(),
        };
        self.story.say(at, plan);
        self.set_status(at, from, Status::RelapsePrevention);
    }

    fn task(&mut self, at: Moment) {
        let due = self.story.as_of.plus(self.story.rng.between(-3, 0));
        let (task, text) = (self.story.thing(), "Send the form to the disability office".to_owned());
        self.story.say(
            at,
            Task {
                task,
                text,
                due,
                owner: None,
                repeat: None,
                done: None,
                dropped: None,
                why: None,
                every: None,
                handed: None,
            },
        );
    }

    fn close(&mut self, at: Moment, reason: CloseReason) {
        self.prevent_before_closing(at, reason);
        self.set_status(
            later(at, 10),
            self.day_of(at),
            Status::Closed {
                reason,
                note: None,
                closure: None,
            },
        );
    }

    fn prevent_before_closing(&mut self, at: Moment, reason: CloseReason) {
        if reason == CloseReason::GoalsMet {
            self.prevent(at);
        }
    }

    fn lose(&mut self, last: Moment) {
        for n in 1..=2 {
            let day = self.day_of(last).plus(5 * n);
            if workday(day) < self.yesterday() {
                let at = self.story.moment(day);
                let text = "We have tried to call you. Please call us when it suits you.".to_owned();
                let by = Channel::Letter;
                let letter = Communication {
                    at: When::At(at),
                    to: Audience::Patient,
                    person: None,
                    by,
                    about: None,
                    text,
                    release: None,
                    name: None,
                    held: Vec::new(),
                    member: None,
                    closing: None,
                    feedback: None,
                    also: Vec::new(),
                };
                self.story.say(at, letter);
            }
        }
        let at = self.story.moment(self.yesterday().min(self.day_of(last).plus(20)));
        self.close(at.max(later(last, 60)), CloseReason::Unreachable);
    }

    fn suffer(&mut self, at: Moment) {
        let Some((medication, ..)) = self.medicine else { return };
        let effect = SideEffect {
            text: "Rash on both arms".into(),
            severity: Severity::Severe,
        };
        let (adherence, side_effects) = (Adherence::Stopped, vec![effect]);
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

    fn refer_out(&mut self, at: Moment) {
        let referral = self.story.thing();
        let day = self.day_of(at);
        let (to, what) = ("County housing office".to_owned(), "Help with rent arrears".to_owned());
        self.story.say(
            at,
            OutgoingReferral {
                referral,
                to,
                what,
                state: ReferralState::Sent,
                day,
                kind: Some(ResourceKind::Housing),
                resource: None,
                by: Some(Channel::Phone),
                at: None,
                note: None,
                ended: None,
            },
        );
        let change = TreatmentChange {
            proposed_by: Some(self.care_manager),
            ..TreatmentChange::made(day, ChangeKind::Referred, "Housing support".into())
        };
        self.story.say(at, change);
        let contact = Contact {
            at: When::At(later(at, 20)),
            mode: Mode::Phone,
            kind: ContactKind::Advocacy,
            with: vec![With::Other],
            inbound: false,
            did: Vec::new(),
            language: None,
            note: Some("Spoke to the housing office.".into()),
            talk: Talk {
                advocacy: Some(Advocacy {
                    with: AdvocacyWith::Housing,
                    name: Some("County housing office".into()),
                    asked: "A payment plan for the arrears".into(),
                }),
                ..Talk::default()
            },
        };
        self.story.say(later(at, 20), contact);
    }
}
