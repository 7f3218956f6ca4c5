//! What a fact is, in the words of the dry run.

use crate::exchange::sheets::mapping::Field;
use crate::journal::facts::{Answered, AppointmentState, Status};
use crate::journal::{Fact, When};

/// One line about a fact; `None` for what goes without saying.
pub(super) fn describe(fact: &Fact) -> Option<String> {
    let day = |at: &When| match at {
        When::Day(day) => day.to_string(),
        When::At(at) => at.date_naive().to_string(),
    };
    Some(match fact {
        Fact::Registration(_) => "Patient".to_owned(),
        Fact::StatusChange(s) => format!("{} from {}", status_name(&s.status), s.from),
        Fact::Assignment(_) => "Care manager".to_owned(),
        Fact::Payer(p) => format!("Payer {}", p.name),
        Fact::Consent(c) => format!("Consent on file, {}", c.day),
        Fact::Assessment(a) => {
            let name = if a.instrument == "phq9" { "PHQ-9" } else { "GAD-7" };
            match &a.answers {
                Answered::Total { total, .. } => format!("{name} {total} on {}", day(&a.at)),
                Answered::Items(_) => format!("{name}, one item, on {}", day(&a.at)),
            }
        }
        Fact::Contact(c) => format!("Contact on {}", day(&c.at)),
        Fact::Attempt(a) => format!("Attempt on {}", day(&a.at)),
        Fact::CaseReview(r) => format!("Case review on {}", day(&r.at)),
        Fact::Appointment(a) if a.state == AppointmentState::NoShow => format!("No-show on {}", day(&a.at)),
        Fact::Time(t) => format!("{} minutes", t.seconds.whole_minutes()),
        Fact::Diagnosis(d) => format!("Diagnosis {}", d.code),
        Fact::Medication(m) => format!("Medicine {}", m.name),
        Fact::ContactPlan(p) => match (p.next, p.every) {
            (Some(next), _) => format!("Next contact on {next}"),
            (None, Some(every)) => format!("A contact every {} days", every.0),
            (None, None) => return None,
        },
        Fact::ReviewRequest(_) => "Wish for a case review".to_owned(),
        Fact::Concern(_) => "Safety concern, to be triaged".to_owned(),
        Fact::Note(_) => "Note".to_owned(),
        _ => return None,
    })
}

/// A status, as lists show it.
pub(super) fn status_name(status: &Status) -> &'static str {
    match status {
        Status::Referred => "Referred",
        Status::Outreach => "Outreach",
        Status::Enrolled => "Enrolled",
        Status::Active => "Active",
        Status::RelapsePrevention => "Relapse prevention",
        Status::OnHold { .. } => "On hold",
        Status::Closed { .. } => "Closed",
    }
}

/// A kind of fact, in words.
pub(super) fn name_of(kind: &str) -> &'static str {
    match kind {
        "registration" => "name, date of birth, telephone or clinician",
        "referral" => "the referral",
        "episode" => "the start of the episode",
        "status" => "the status",
        "assignment" => "the care manager",
        "contact_plan" => "the next contact",
        "payer" => "the payer",
        "consent" => "the consent",
        "diagnosis" => "a diagnosis",
        "medication" => "a medicine",
        "concern" => "a safety concern",
        "assessment" => "a score of that day",
        "time" => "the minutes of that contact",
        _ => "an entry",
    }
}

/// The column that a kind of fact comes from.
pub(super) fn field_of(kind: &str) -> Field {
    match kind {
        "registration" => Field::Family,
        "diagnosis" => Field::Diagnoses,
        "medication" => Field::Medicines,
        "time" => Field::Minutes,
        _ => Field::Note,
    }
}
