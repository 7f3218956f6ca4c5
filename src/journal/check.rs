//! What a fact must be, whoever wrote it: lengths, ranges, dates in order.

use thiserror::Error;

use super::facts::{Answered, CameBack, Closure, ConsentAnswer, OwnInstrument, Status, Step, Talk};
use super::{Day, Fact, When};

mod activities;
mod claims;
mod dates;
mod learned;
mod measures;
mod plan;
mod problem;
mod supervision;

pub use problem::Problem;

/// Longest name, number or label, in characters.
pub const LABEL: usize = 200;
/// Longest note, in characters.
pub const TEXT: usize = 20_000;
/// Longest note for the EHR, which may tell of several entries.
pub const EHR_NOTE: usize = 60_000;
/// The highest score that can be entered.
pub const HIGHEST_SCORE: i64 = 999;
/// How the id of a measure of the clinic's own begins; its name follows.
pub const OWN_PREFIX: &str = "own:";
/// Longest name of such a measure, so that its id fits where instruments are named.
pub const OWN_NAME: usize = 36;
/// Longest time entry: one day. Longer ones are a timer that was forgotten.
pub const LONGEST_SECONDS: u32 = 24 * 60 * 60;
/// Longest interval between two administrations of a plan, in days: half a year. Longer is no plan.
pub const LONGEST_CADENCE: i64 = 182;

/// A field of a fact and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{field} {problem}")]
pub struct FactProblem {
    /// The field, in the words of the page.
    pub field: &'static str,
    /// What is wrong.
    pub problem: Problem,
}

/// Collects problems, field by field.
struct Check(Vec<FactProblem>);

impl Check {
    fn fail(&mut self, field: &'static str, problem: Problem) {
        self.0.push(FactProblem { field, problem });
    }
    fn text(&mut self, field: &'static str, text: &str, max: usize) {
        if text.trim().is_empty() {
            self.fail(field, Problem::Empty);
        }
        self.length(field, text, max);
    }
    fn length(&mut self, field: &'static str, text: &str, max: usize) {
        if text.chars().count() > max {
            self.fail(field, Problem::TooLong { max });
        }
    }
    fn maybe(&mut self, field: &'static str, text: Option<&String>, max: usize) {
        if let Some(text) = text {
            self.text(field, text, max);
        }
    }
    fn order(&mut self, field: &'static str, from: Option<Day>, until: Option<Day>) {
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            self.fail(field, Problem::EndsBeforeStart);
        }
    }
    /// What was done about a concern. Only its length is looked at: a step that says little is a step all the same.
    fn step(&mut self, step: &Step) {
        match step {
            Step::SecondStep { outcome: words, .. }
            | Step::Told { how: words, .. }
            | Step::Triaged { decision: words }
            | Step::Action { what: words }
            | Step::Checked { outcome: words, .. } => self.length("What was done", words, TEXT),
            Step::NoReport { why } => self.text("Why no report is due", why, TEXT),
            Step::Reported { by, reference, .. } => {
                self.text("Who took the report", by, LABEL);
                self.maybe("Number of the report", reference.as_ref(), LABEL);
            }
            Step::Disposition { note, .. } => self.maybe("Where it led", note.as_ref(), TEXT),
            Step::NextContact { .. } | Step::Reassessed { .. } => {}
        }
        if let Step::Told { name, .. } = step {
            self.maybe("Who was told", name.as_ref(), LABEL);
        }
    }
    fn closure(&mut self, closure: &Closure) {
        self.maybe("What goes on", closure.goes_on.as_ref(), TEXT);
        self.maybe("Who follows", closure.followed_by.as_ref(), LABEL);
        for kept in &closure.tasks {
            let why = Some(&kept.why).filter(|why| !why.is_empty());
            self.maybe("Why the task stays open", why, TEXT);
        }
        if let Some(agreed) = &closure.agreement {
            self.text("Who agreed", &agreed.who, LABEL);
            self.text("How they agreed", &agreed.how, TEXT);
        }
    }
    /// What a contact was about.
    fn talk(&mut self, talk: &Talk) {
        self.maybe("What else was covered", talk.covered_else.as_ref(), TEXT);
        self.maybe("Who took part, by name,", talk.who.as_ref(), LABEL);
        self.maybe("Options offered", talk.offered.as_ref(), TEXT);
        self.maybe("The patient's choice", talk.chosen.as_ref(), TEXT);
        if let Some(interpreter) = &talk.interpreter {
            self.maybe("Interpreter", interpreter.name.as_ref(), LABEL);
            self.maybe("Interpreter service", interpreter.service.as_ref(), LABEL);
            if interpreter.name.is_none() && interpreter.service.is_none() {
                self.fail("Interpreter", Problem::Empty);
            }
        }
        if let Some(advocacy) = &talk.advocacy {
            self.maybe("With whom, by name,", advocacy.name.as_ref(), LABEL);
            self.text("What was asked", &advocacy.asked, TEXT);
        }
    }
    fn range(&mut self, field: &'static str, value: i64, min: i64, max: i64) {
        if value < min || value > max {
            self.fail(field, Problem::OutOfRange { min, max });
        }
    }
}

impl OwnInstrument {
    /// What is wrong with it, as [`Fact::problems`] says: without the code that looks at all other kinds.
    pub fn problems(&self) -> Vec<FactProblem> {
        let mut check = Check(Vec::new());
        check.own_instrument(self);
        check.0
    }
}

impl Fact {
    /// What is wrong with this fact by itself; empty when nothing is.
    pub fn problems(&self) -> Vec<FactProblem> {
        let mut c = Check(Vec::new());
        match self {
            Fact::Registration(r) => {
                c.length("Given name", &r.given, LABEL);
                c.text("Family name", &r.family, LABEL);
                for (field, text) in [
                    ("Preferred name", &r.preferred),
                    ("Gender", &r.gender),
                    ("Pronouns", &r.pronouns),
                    ("MRN", &r.mrn),
                    ("E-mail", &r.email),
                    ("Language", &r.language),
                    ("Emergency contact", &r.emergency),
                    ("Guardian", &r.guardian),
                    ("Preferred hours", &r.hours),
                ] {
                    c.maybe(field, text.as_ref(), LABEL);
                }
                c.maybe("Address", r.address.as_ref(), 1000);
                for phone in &r.phones {
                    c.text("Phone", phone, 50);
                }
            }
            Fact::Payer(p) => {
                c.text("Payer", &p.name, LABEL);
                c.maybe("Member number", p.member.as_ref(), LABEL);
            }
            Fact::Consent(k) => {
                if let ConsentAnswer::Given { explained, .. } = &k.answer {
                    c.maybe("What was explained", explained.as_ref(), TEXT);
                }
            }
            Fact::Release(r) => c.release(r),
            Fact::Referral(r) => {
                c.maybe("Reason for referral", r.reason.as_ref(), TEXT);
                c.maybe("Referred by", r.from.as_ref(), LABEL);
                for left in r.feedback.iter().flat_map(|feedback| &feedback.left_out) {
                    c.text("Why feedback is left out", &left.why, LABEL);
                }
            }
            Fact::StatusChange(s) => {
                c.maybe("Why", s.why.as_ref(), TEXT);
                match &s.status {
                    Status::OnHold { review } => c.order("Hold", Some(s.from), Some(*review)),
                    Status::Closed { note, closure, .. } => {
                        c.maybe("Note", note.as_ref(), TEXT);
                        if let Some(closure) = closure {
                            c.closure(closure);
                        }
                    }
                    _ => {}
                }
            }
            Fact::Assignment(a) => c.maybe("Reason", a.why.as_ref(), TEXT),
            Fact::Coverage(v) => {
                c.order("Coverage", Some(v.from), Some(v.until));
                if let Some(CameBack::Otherwise { reason, .. }) = &v.back {
                    c.text("Reason", reason, TEXT);
                }
            }
            Fact::Appointment(a) => c.maybe("Purpose", a.purpose.as_ref(), LABEL),
            Fact::ContactPlan(p) => {
                if let Some(every) = p.every {
                    c.range("Contact interval, in days,", every.0.into(), 1, 366);
                }
            }
            Fact::Contact(k) => {
                c.maybe("Note", k.note.as_ref(), TEXT);
                c.maybe("Language", k.language.as_ref(), LABEL);
                if k.with.is_empty() {
                    c.fail("Who took part", Problem::Empty);
                }
                c.talk(&k.talk);
            }
            Fact::Attempt(a) => {
                c.maybe("Note", a.note.as_ref(), TEXT);
                c.maybe("What was left", a.left.as_ref(), TEXT);
            }
            Fact::Communication(m) => {
                c.text("Message", &m.text, TEXT);
                c.maybe("Recipient", m.name.as_ref(), LABEL);
                c.range("Number of matters", count(m.also.len()), 0, 50);
            }
            Fact::Education(e) => {
                c.text("Topic", &e.topic, LABEL);
                c.maybe("Hand-out", e.handout.as_ref(), LABEL);
            }
            Fact::Note(n) => c.text("Note", &n.text, TEXT),
            Fact::Assessment(a) => {
                c.text("Instrument", &a.instrument, 40);
                match &a.answers {
                    Answered::Items(items) => c.range("Number of answers", count(items.len()), 1, 200),
                    Answered::Total { total, .. } => c.range("Total", (*total).into(), 0, HIGHEST_SCORE),
                }
                if let Some(scale) = &a.scale {
                    c.scale(scale);
                }
            }
            Fact::MeasurePlan(p) => {
                c.text("Instrument", &p.instrument, 40);
                for days in [p.every, p.after_response].into_iter().flatten() {
                    c.range("Days between measures", days.0.into(), 1, LONGEST_CADENCE);
                }
                c.maybe("Why it is the baseline", p.baseline_reason.as_ref(), TEXT);
            }
            Fact::Declined(d) => c.text("Instrument", &d.instrument, 40),
            Fact::Time(t) => {
                c.range("Time, in seconds,", t.seconds.0.into(), 1, LONGEST_SECONDS.into());
                c.maybe("Note", t.note.as_ref(), TEXT);
                c.maybe("Why it is kept beside other time", t.beside.as_ref(), LABEL);
                c.own_words(t);
            }
            Fact::Diagnosis(d) => {
                c.text("Diagnosis code", &d.code, 20);
                c.maybe("Diagnosis", d.label.as_ref(), LABEL);
                c.order("Diagnosis", Some(d.from), d.until);
            }
            Fact::Condition(k) => c.condition(k),
            Fact::DatedValue(v) => c.value(v),
            Fact::PlanSection(p) => c.length("Plan", &p.text, TEXT),
            Fact::RelapsePlan(p) => {
                for text in [
                    &p.medications,
                    &p.helps,
                    &p.warning_signs,
                    &p.stress,
                    &p.whom_to_call,
                    &p.appointments,
                ] {
                    c.length("Relapse-prevention plan", text, TEXT);
                }
            }
            Fact::ReviewRequest(r) => c.text("Question", &r.question, TEXT),
            Fact::CaseReview(r) => c.maybe("Note", r.note.as_ref(), TEXT),
            Fact::Recommendation(r) => {
                c.text("Recommendation", &r.text, TEXT);
                c.maybe("Medicine", r.medicine.as_ref(), LABEL);
                c.maybe("Dose", r.dose.as_ref(), LABEL);
            }
            Fact::Answer(a) => c.maybe("Note", a.note.as_ref(), TEXT),
            Fact::Task(t) => c.task(t),
            Fact::Snooze(s) => c.text("Reason", &s.reason, LABEL),
            Fact::OutgoingReferral(r) => {
                c.text("Referred to", &r.to, LABEL);
                c.text("Referred for", &r.what, TEXT);
                c.maybe("Note", r.note.as_ref(), TEXT);
            }
            Fact::ConcernStep(s) => {
                c.maybe("Note", s.note.as_ref(), TEXT);
                c.step(&s.step);
            }
            Fact::ConcernClosed(k) => {
                c.text("What was done", &k.action, TEXT);
                c.maybe("Why it can be closed", k.reason.as_ref(), TEXT);
            }
            Fact::SafetyPlan(p) => {
                for text in p.parts.values() {
                    c.length("Safety plan", text, TEXT);
                }
            }
            Fact::AcuteEvent(a) => c.maybe("Note", a.note.as_ref(), TEXT),
            Fact::Person(p) => c.text("Name", &p.name, LABEL),
            Fact::Clinic(k) => {
                c.text("Clinic", &k.name, LABEL);
                if k.working_days.is_empty() {
                    c.fail("Working days", Problem::Empty);
                }
            }
            Fact::ProtocolChange(p) => c.text("Protocol", &p.name, LABEL),
            Fact::PayerProfileChange(p) => c.text("Payer profile", &p.name, LABEL),
            Fact::MonthLock(lock) => c.maybe("Reason", lock.reason.as_ref(), TEXT),
            Fact::DirectoryEntry(d) => {
                c.text("Name", &d.name, LABEL);
                c.length("What it offers", &d.what, TEXT);
                c.maybe("Phone", d.phone.as_ref(), 50);
                for (field, text) in [
                    ("Notes", &d.notes),
                    ("Area", &d.area),
                    ("Languages", &d.languages),
                    ("Cost", &d.cost),
                    ("Waiting time", &d.wait),
                ] {
                    c.maybe(field, text.as_ref(), TEXT);
                }
            }
            Fact::Template(t) => {
                c.text("Name", &t.name, LABEL);
                c.length("Template", &t.text, TEXT);
            }
            Fact::OwnInstrument(o) => c.own_instrument(o),
            Fact::MeasureSettings(m) => {
                for pack in &m.packs {
                    c.text("Instrument", &pack.instrument, 40);
                    c.text("Terms", &pack.terms, 40);
                }
            }
            Fact::EnteredInError(e) => c.text("Reason", &e.reason, TEXT),
            Fact::Erased(e) => {
                c.text("Reason", &e.reason, TEXT);
                c.maybe("Legal basis", e.basis.as_ref(), 200);
            }
            Fact::InitiatingVisit(v) => c.maybe("Code of the visit", v.code.as_ref(), 20),
            Fact::SamePerson(_)
            | Fact::Episode(_)
            | Fact::Concern(_)
            | Fact::ColumnMapping(_)
            | Fact::Corrected(_)
            | Fact::MovedHere(_)
            | Fact::EhrStart(_)
            | Fact::Unknown => {}
            Fact::CareTeamMember(m) => {
                c.text("Name", &m.name, LABEL);
                for (field, text) in [
                    ("Where they work, or relationship", &m.of),
                    ("Phone", &m.phone),
                    ("Fax", &m.fax),
                    ("E-mail", &m.email),
                    ("How to reach them", &m.reach),
                ] {
                    c.maybe(field, text.as_ref(), LABEL);
                }
            }
            Fact::EhrCopy(e) => c.text("Note for the EHR", &e.text, EHR_NOTE),
            Fact::PatientMode(p) => {
                if let Some(review) = &p.same_day_review {
                    c.text("Who looks at the answers", &review.who, LABEL);
                }
            }
            Fact::HandedOver(h) => {
                c.text("Handed to", &h.to, LABEL);
                c.text("How it was confirmed", &h.how, TEXT);
            }
            Fact::AreaAnswers(a) => c.area(a),
            Fact::Mark(m) => c.mark(m),
            Fact::Permissions(p) => c.permissions(p),
            Fact::MinorCare(m) => c.minor(m),
            Fact::Goal(_)
            | Fact::Barrier(_)
            | Fact::PlanStep(_)
            | Fact::PlannedIntervention(_)
            | Fact::PlanReview(_)
            | Fact::PlannedActivity(_)
            | Fact::ProblemSheet(_)
            | Fact::ReadinessRuler(_)
            | Fact::Medication(_)
            | Fact::MedicationCheck(_)
            | Fact::TreatmentChange(_)
            | Fact::MinimumDoses(_) => c.plan_of_care(self),
            Fact::CoSigned(_) | Fact::CloseAsked(_) | Fact::SupervisionPoint(_) => c.supervised(self),
            Fact::SupervisionSession(_) | Fact::RecordAudit(_) => c.supervised(self),
            Fact::Claim(_) | Fact::FeeSchedule(_) | Fact::PayerChoice(_) => c.claims(self),
            Fact::OwnActivity(own) => c.own_activity(own),
            Fact::MonthPart(part) => c.month_part(part),
        }
        c.0
    }

    /// What is wrong with when this fact says that it happened: in the future, or before the patient was born. Only what is
    /// about to be written is asked this: an older entry stays on record with its days.
    pub fn timing(&self, today: Day, birth: Option<Day>, zone: super::Zone) -> Vec<FactProblem> {
        let mut c = Check(Vec::new());
        let not_before_birth = |c: &mut Check, field: &'static str, day: Day| {
            let too_early = birth.map_or_else(|| day.date() < first_year(), |born| day < born);
            if too_early {
                c.fail(field, Problem::BeforeBirth);
            }
        };
        if let Some((field, at)) = self.happened() {
            let day = at.day(zone);
            if day > today {
                c.fail(field, Problem::InFuture);
            }
            not_before_birth(&mut c, field, day);
        }
        for (field, day) in dates::past(self) {
            if day > today {
                c.fail(field, Problem::InFuture);
            }
            not_before_birth(&mut c, field, day);
        }
        for (field, day) in dates::planned(self, zone) {
            not_before_birth(&mut c, field, day);
        }
        c.0
    }

    /// When something that can only lie in the past happened, and the field that says so.
    pub fn happened(&self) -> Option<(&'static str, When)> {
        Some(match self {
            Fact::Contact(x) => ("Date of contact", x.at),
            Fact::Attempt(x) => ("Date of attempt", x.at),
            Fact::Assessment(x) => ("Date of measure", x.at),
            Fact::Declined(x) => ("Date", x.at),
            Fact::Time(x) => ("Start", x.start),
            Fact::Referral(x) => ("Date of referral", x.at),
            Fact::Consent(x) => ("Date of consent", When::Day(x.day)),
            Fact::Communication(x) => ("Date", x.at),
            Fact::Education(x) => ("Date", x.at),
            Fact::CaseReview(x) => ("Date of review", x.at),
            Fact::Concern(x) => ("Date", x.at),
            Fact::ConcernStep(x) => ("Date", x.at),
            Fact::ConcernClosed(x) => ("Date", x.at),
            Fact::AcuteEvent(x) => ("Date", x.at),
            Fact::TreatmentChange(x) => ("Date of change", When::Day(x.day)),
            Fact::DatedValue(x) => ("Date", x.at),
            Fact::InitiatingVisit(x) => ("Date of visit", When::Day(x.day)),
            Fact::HandedOver(x) => ("Date", x.at),
            Fact::EhrCopy(x) => ("Date", x.at),
            Fact::Claim(x) => ("Date of the claim", When::Day(x.day)),
            Fact::PayerChoice(x) => ("Date", When::Day(x.day)),
            Fact::Condition(x) => ("Since when", When::Day(x.from?)),
            Fact::AreaAnswers(x) => ("Date", When::Day(x.day)),
            Fact::Permissions(x) => ("Date", When::Day(x.day)),
            Fact::MinorCare(x) => ("Date", When::Day(x.day)),
            Fact::OutgoingReferral(x) => ("Date of the referral\u{2019}s step", When::Day(x.day)),
            Fact::CoSigned(x) => ("Date", x.at),
            Fact::CloseAsked(x) => ("Date", x.at),
            other => {
                let found = supervision::happened(other).or_else(|| plan::happened(other));
                return found.map(|(field, day)| (field, When::Day(day)));
            }
        })
    }
}

/// The earliest day that a patient without a birth date can have anything dated.
fn first_year() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default()
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
