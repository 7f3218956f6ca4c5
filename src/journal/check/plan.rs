//! The plan of care, its worksheets, medicines and treatment changes.

use super::{Check, LABEL, Problem, TEXT};
use crate::journal::facts::{
    ActivityState, Barrier, Every, Goal, Medication, MedicationCheck, MinimumDoses, PlannedActivity,
    PlannedIntervention, ProblemSheet, ReadinessRuler, Task, TreatmentChange,
};
use crate::journal::{Day, Fact};

/// The highest mark of a mood or of a readiness ruler; the lowest is 0.
pub const HIGHEST_MARK: i64 = 10;
/// Most options, and most steps, of a problem-solving sheet.
const MOST_LINES: usize = 20;
/// Most medicines for which a clinic has a minimum dose.
const MOST_DOSES: usize = 300;
/// Most rules that one treatment change names.
const MOST_RULES: usize = 20;

impl Check {
    /// What is wrong with a fact of this part.
    pub(super) fn plan_of_care(&mut self, fact: &Fact) {
        match fact {
            Fact::Goal(goal) => self.goal(goal),
            Fact::Barrier(barrier) => self.barrier(barrier),
            Fact::PlanStep(step) => self.text("What was done", &step.what, TEXT),
            Fact::PlannedIntervention(planned) => self.intervention(planned),
            Fact::PlanReview(review) => {
                self.maybe("What was changed", review.note.as_ref(), TEXT);
                self.order("Time to the next review", Some(review.day), review.next);
            }
            Fact::PlannedActivity(activity) => self.activity(activity),
            Fact::ProblemSheet(sheet) => self.problem_sheet(sheet),
            Fact::ReadinessRuler(ruler) => self.ruler(ruler),
            Fact::Medication(medicine) => self.medicine(medicine),
            Fact::MedicationCheck(check) => self.medication_check(check),
            Fact::TreatmentChange(change) => self.treatment_change(change),
            Fact::MinimumDoses(doses) => self.minimum_doses(doses),
            _ => {}
        }
    }

    pub(super) fn task(&mut self, task: &Task) {
        self.text("Task", &task.text, TEXT);
        self.maybe("Why it is dropped", task.why.as_ref(), TEXT);
        self.maybe("Handed to", task.handed.as_ref(), LABEL);
        if let Some(every) = task.repeat {
            self.range("Repeat, in days,", every.0.into(), 1, 366);
        }
        match task.every {
            None => {}
            Some(Every::Weeks { count }) => self.range("Repeat, in weeks,", count.into(), 1, 52),
            Some(Every::Months { count, day }) => {
                self.range("Repeat, in months,", count.into(), 1, 12);
                self.range("Day of the month", day.into(), 1, 31);
            }
        }
    }
    fn goal(&mut self, goal: &Goal) {
        self.text("Goal", &goal.text, TEXT);
        self.maybe("How it is measured", goal.measured_by.as_ref(), TEXT);
        self.order("Goal", goal.from, goal.by);
        self.order("Goal", goal.from, goal.settled);
    }
    fn barrier(&mut self, barrier: &Barrier) {
        self.text("Barrier", &barrier.text, TEXT);
        self.order("Barrier", barrier.from, barrier.overcome);
    }
    fn intervention(&mut self, planned: &PlannedIntervention) {
        self.maybe("What exactly", planned.detail.as_ref(), TEXT);
        self.maybe("How often", planned.how_often.as_ref(), LABEL);
        self.order("Intervention", Some(planned.from), planned.until);
    }
    fn rating(&mut self, field: &'static str, mark: Option<u8>) {
        if let Some(mark) = mark {
            self.range(field, mark.into(), 0, HIGHEST_MARK);
        }
    }
    fn activity(&mut self, activity: &PlannedActivity) {
        self.text("Activity", &activity.what, LABEL);
        self.maybe("Time", activity.time.as_ref(), LABEL);
        match &activity.state {
            ActivityState::Planned => self.order("Activity", Some(activity.agreed), activity.on),
            ActivityState::Done {
                before, after, note, ..
            } => {
                self.rating("Mood before", *before);
                self.rating("Mood after", *after);
                self.maybe("Note", note.as_ref(), TEXT);
            }
            ActivityState::Dropped { why, .. } => self.maybe("Why", why.as_ref(), TEXT),
        }
    }
    fn problem_sheet(&mut self, sheet: &ProblemSheet) {
        self.text("Problem", &sheet.problem, TEXT);
        self.maybe("Goal", sheet.goal.as_ref(), TEXT);
        self.maybe("How it went", sheet.outcome.as_ref(), TEXT);
        self.many("Options", sheet.options.len(), MOST_LINES);
        for option in &sheet.options {
            self.text("Option", &option.what, TEXT);
            self.maybe("What speaks for it", option.pros.as_ref(), TEXT);
            self.maybe("What speaks against it", option.cons.as_ref(), TEXT);
            self.words_before(&option.was);
        }
        if let Some(chosen) = sheet.chosen {
            let last = super::count(sheet.options.len()) - 1;
            self.range("Chosen option", chosen.into(), 0, last);
        }
        self.many("Steps", sheet.steps.len(), MOST_LINES);
        for step in &sheet.steps {
            self.text("Step", &step.what, TEXT);
            self.words_before(&step.was);
        }
    }
    fn words_before(&mut self, was: &[String]) {
        self.many("Earlier words", was.len(), MOST_LINES);
        for words in was {
            self.text("Earlier words", words, TEXT);
        }
    }
    fn ruler(&mut self, ruler: &ReadinessRuler) {
        self.text("Change", &ruler.about, LABEL);
        self.rating("Importance", Some(ruler.importance));
        self.rating("Confidence", Some(ruler.confidence));
        self.maybe("Why it is not lower", ruler.why_not_lower.as_ref(), TEXT);
        self.maybe("What would make it higher", ruler.what_higher.as_ref(), TEXT);
    }
    fn medicine(&mut self, medicine: &Medication) {
        self.text("Medication", &medicine.name, LABEL);
        for (field, text) in [
            ("Dose", &medicine.dose),
            ("Prescriber", &medicine.prescriber_name),
            ("How often", &medicine.timing),
            ("Reason", &medicine.reason),
        ] {
            self.maybe(field, text.as_ref(), LABEL);
        }
        self.maybe("Why it was stopped", medicine.stopped_because.as_ref(), TEXT);
        self.order("Medication", medicine.from, medicine.until);
        self.order("Dose", medicine.from, medicine.dose_from);
        self.order("Dose", medicine.dose_from, medicine.until);
    }
    fn medication_check(&mut self, check: &MedicationCheck) {
        for effect in &check.side_effects {
            self.text("Side effect", &effect.text, LABEL);
        }
        self.maybe("Note", check.note.as_ref(), TEXT);
    }
    fn treatment_change(&mut self, change: &TreatmentChange) {
        self.text("Change", &change.what, TEXT);
        self.maybe("Why", change.why.as_ref(), TEXT);
        self.maybe("What was said with the decision", change.decision_note.as_ref(), TEXT);
        self.order("Decision", change.proposed_on, change.decided_on);
        self.many("Rules", change.because.len(), MOST_RULES);
        for fired in &change.because {
            self.text("Rule", &fired.rule, LABEL);
            self.text("What the rule said", &fired.says, TEXT);
            self.length("Protocol", &fired.protocol, LABEL);
        }
    }
    fn minimum_doses(&mut self, doses: &MinimumDoses) {
        self.many("Minimum doses", doses.doses.len(), MOST_DOSES);
        for dose in &doses.doses {
            self.text("Medication", &dose.medicine, LABEL);
            self.range(
                "Minimum dose, in thousandths,",
                dose.thousandths.into(),
                1,
                u32::MAX.into(),
            );
        }
    }
    fn many(&mut self, field: &'static str, number: usize, most: usize) {
        if most < number {
            let max = super::count(most);
            self.fail(field, Problem::OutOfRange { min: 0, max });
        }
    }
}

/// When something of this part happened that can only lie in the past.
pub(super) fn happened(fact: &Fact) -> Option<(&'static str, Day)> {
    Some(match fact {
        Fact::PlanStep(s) => ("Date", s.day),
        Fact::PlanReview(r) => ("Date of review", r.day),
        Fact::ReadinessRuler(r) => ("Date", r.day),
        Fact::ProblemSheet(s) => ("Date", s.day),
        Fact::PlannedActivity(a) => match &a.state {
            ActivityState::Planned => ("Date agreed", a.agreed),
            ActivityState::Done { on, .. } => ("Date done", *on),
            ActivityState::Dropped { on, .. } => ("Date dropped", *on),
        },
        _ => return None,
    })
}
