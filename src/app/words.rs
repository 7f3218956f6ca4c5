//! The words of choices, in the order in which forms offer them.

use crate::journal::facts::{
    Activity, AcuteKind, Adherence, AdviceKind, AnswerKind, AnswerWay, AppointmentState, AttemptOutcome, Audience,
    Bucket, ChangeKind, ChangeState, Channel, CloseReason, ConcernKind, ConsentHow, ContactKind, DeclineReason,
    Disposition, DoseUnit, EducationHow, Found, Frequency, GoalState, InterpreterNeed, Intervention, MedicineUse, Mode,
    PlanPart, Programme, ReportTo, Respondent, SafetyPlanPart, Severity, Sex, Understood, Urgency, With,
};

/// What a recommendation is about.
pub const ADVICE: &[(AdviceKind, &str)] = &[
    (AdviceKind::StartMedicine, "Start a medication"),
    (AdviceKind::ChangeDose, "Change a dose"),
    (AdviceKind::SwitchMedicine, "Switch to a medication"),
    (AdviceKind::StopMedicine, "Stop a medication"),
    (AdviceKind::GoOn, "Go on as it is"),
    (AdviceKind::Therapy, "Psychotherapy"),
    (AdviceKind::Test, "Test or measure"),
    (AdviceKind::Diagnosis, "Diagnosis"),
    (AdviceKind::Referral, "Referral"),
    (AdviceKind::Safety, "Safety"),
    (AdviceKind::Other, "Something else"),
];

/// How soon a recommendation is meant to be acted on.
pub const URGENCY: &[(Urgency, &str)] = &[
    (Urgency::Routine, "At the next occasion"),
    (Urgency::ThisWeek, "This week"),
    (Urgency::Today, "Today"),
];

/// Pairs of value and words, owned, as choices take them.
pub fn options<T: Copy>(pairs: &[(T, &str)]) -> Vec<(T, String)> {
    pairs.iter().map(|(v, w)| (*v, (*w).to_owned())).collect()
}

/// The words of one value.
pub fn word_of<T: Copy + PartialEq>(pairs: &[(T, &'static str)], value: T) -> &'static str {
    pairs.iter().find(|(v, _)| *v == value).map_or("", |(_, word)| word)
}

/// How a contact takes place.
pub const MODES: &[(Mode, &str)] = &[
    (Mode::Phone, "Phone"),
    (Mode::Video, "Video"),
    (Mode::InPerson, "In clinic"),
    (Mode::Home, "Home visit"),
    (Mode::Portal, "Portal"),
    (Mode::Group, "Group"),
];

/// By which channel somebody was tried or told.
pub const CHANNELS: &[(Channel, &str)] = &[
    (Channel::Phone, "Phone"),
    (Channel::Text, "Text"),
    (Channel::Video, "Video"),
    (Channel::InPerson, "In person"),
    (Channel::Portal, "Portal"),
    (Channel::Letter, "Letter"),
    (Channel::Email, "E-mail"),
];

/// Who took part.
pub const WITH: &[(With, &str)] = &[
    (With::Patient, "Patient"),
    (With::Family, "Family"),
    (With::Clinic, "PCP or clinic staff"),
    (With::Other, "Somebody else"),
];

/// How education was given.
pub const EDUCATION_HOW: &[(EducationHow, &str)] = &[
    (EducationHow::Talk, "In talking"),
    (EducationHow::Handout, "Printed hand-out"),
    (EducationHow::Video, "Video or recording"),
    (EducationHow::Link, "Web page or app"),
    (EducationHow::Practice, "Shown and tried"),
];

/// Whether education was understood.
pub const UNDERSTOOD: &[(Understood, &str)] = &[
    (Understood::SaidBack, "Said it back in their own words"),
    (Understood::InPart, "Only in part"),
    (Understood::NotYet, "Not yet"),
];

/// What kind of contact it was.
pub const KINDS: &[(ContactKind, &str)] = &[
    (ContactKind::FollowUp, "Follow-up"),
    (ContactKind::InitialAssessment, "Initial assessment"),
    (ContactKind::RelapsePrevention, "Relapse prevention"),
    (ContactKind::Crisis, "Crisis"),
    (ContactKind::Advocacy, "On the patient\u{2019}s behalf"),
];

/// What was done in a contact. The usual abbreviation stands in front.
pub const INTERVENTIONS: &[(Intervention, &str)] = &[
    (Intervention::BehaviouralActivation, "BA, behavioral activation"),
    (Intervention::ProblemSolving, "PST, problem solving"),
    (Intervention::MotivationalInterviewing, "MI, motivational interviewing"),
    (Intervention::CognitiveTechniques, "CBT, cognitive techniques"),
    (Intervention::Mindfulness, "Mindfulness, relaxation"),
    (Intervention::Supportive, "Supportive listening"),
    (Intervention::MedicationCheck, "Medication check"),
    (Intervention::Resources, "Resources"),
    (Intervention::Education, "Education"),
    (Intervention::Coordination, "Care coordination"),
    (Intervention::SafetyPlanning, "Safety planning"),
    (Intervention::RelapsePlanning, "Relapse-prevention planning"),
];

/// What came of an attempt.
pub const OUTCOMES: &[(AttemptOutcome, &str)] = &[
    (AttemptOutcome::NoAnswer, "No answer"),
    (AttemptOutcome::Voicemail, "Voicemail left"),
    (AttemptOutcome::MessageLeft, "Message left with somebody"),
    (AttemptOutcome::Sent, "Text, portal message or letter sent"),
    (AttemptOutcome::NotAGoodTime, "Not a good time"),
    (AttemptOutcome::WrongNumber, "Wrong number"),
];

/// What time was spent on.
pub const ACTIVITIES: &[(Activity, &str)] = &[
    (Activity::FollowUp, "Follow-up contact"),
    (Activity::Outreach, "Outreach, attempts"),
    (Activity::Assessment, "Initial assessment and plan"),
    (Activity::Scales, "Giving and scoring scales"),
    (Activity::Intervention, "Brief intervention"),
    (Activity::WarmHandoff, "Warm handoff"),
    (Activity::Group, "Group treatment, own share"),
    (Activity::Family, "Family or caregiver"),
    (Activity::MedicationSupport, "Medication: adherence, side effects"),
    (Activity::CaseloadReview, "Weekly caseload review"),
    (Activity::PsychiatricConsult, "Psychiatric consultant between reviews"),
    (Activity::ClinicianCollaboration, "Communication with the PCP"),
    (Activity::Coordination, "Referrals, resources, other providers"),
    (Activity::Registry, "Registry and tracking"),
    (Activity::PlanRevision, "Changing the plan"),
    (Activity::Crisis, "Crisis, safety planning"),
    (Activity::RelapsePlanning, "Relapse-prevention and discharge planning"),
    (Activity::ChartReview, "Reading the chart"),
    (Activity::Documentation, "Charting"),
    (Activity::Psychotherapy, "Psychotherapy billed on its own"),
    (Activity::OtherProgramme, "Another care-management program"),
    (Activity::Scheduling, "Scheduling, reminders, insurance"),
    (Activity::Supervision, "Supervision, meetings, training"),
    (Activity::NoShow, "Waiting for a missed visit"),
    (Activity::Travel, "Travel"),
];

/// Which program time is counted for.
pub const BUCKETS: &[(Bucket, &str)] = &[
    (Bucket::Cocm, "Collaborative care"),
    (Bucket::GeneralBhi, "General behavioral health integration"),
    (Bucket::OtherProgramme, "Another program"),
    (Bucket::Psychotherapy, "Psychotherapy billed on its own"),
    (Bucket::None, "None"),
];

/// Why a measure was not taken.
pub const DECLINES: &[(DeclineReason, &str)] = &[
    (DeclineReason::Refused, "Declined"),
    (DeclineReason::NoTime, "No time"),
    (DeclineReason::Unable, "Unable, for example too unwell"),
    (DeclineReason::Language, "Language"),
];

/// Who answers a measure for somebody under age.
pub const RESPONDENTS: &[(Respondent, &str)] = &[
    (Respondent::Patient, "The patient"),
    (Respondent::Parent, "A parent or guardian"),
    (Respondent::Teacher, "A teacher"),
];

/// Why an episode is closed.
pub const CLOSE_REASONS: &[(CloseReason, &str)] = &[
    (CloseReason::GoalsMet, "Treatment goals met"),
    (CloseReason::ReferredOn, "Referred on, such as specialty care"),
    (CloseReason::Declined, "Patient declined"),
    (CloseReason::Unreachable, "Could not be reached"),
    (CloseReason::Moved, "Moved away"),
    (CloseReason::CoverageLost, "Coverage lost"),
    (CloseReason::Died, "Patient died"),
    (CloseReason::Other, "Something else, said in the note"),
];

/// How consent was given.
pub const CONSENT_HOW: &[(ConsentHow, &str)] = &[
    (ConsentHow::Verbal, "Verbal, documented"),
    (ConsentHow::Written, "Written"),
];

/// What a consent is for.
pub const PROGRAMMES: &[(Programme, &str)] = &[
    (Programme::Cocm, "Collaborative care"),
    (Programme::GeneralBhi, "General behavioral health integration"),
    (Programme::Other, "Another program"),
];

/// What kind of treatment change.
pub const CHANGES: &[(ChangeKind, &str)] = &[
    (ChangeKind::MedicationStarted, "Medication started"),
    (ChangeKind::DoseChanged, "Dose changed"),
    (ChangeKind::MedicationSwitched, "Medication switched"),
    (ChangeKind::MedicationStopped, "Medication stopped"),
    (
        ChangeKind::PsychosocialChanged,
        "Psychosocial treatment started or changed",
    ),
    (ChangeKind::Referred, "Referred to another service"),
    (ChangeKind::Other, "Something else"),
];

/// How regularly a medicine is taken.
pub const ADHERENCE: &[(Adherence, &str)] = &[
    (Adherence::Good, "Nearly always"),
    (Adherence::Partial, "Misses some doses"),
    (Adherence::Poor, "Mostly not"),
    (Adherence::Stopped, "Stopped by the patient"),
];

/// How bad a side effect is.
pub const SEVERITIES: &[(Severity, &str)] = &[
    (Severity::Mild, "Mild"),
    (Severity::Moderate, "Moderate"),
    (Severity::Severe, "Severe: calls for a case review"),
];

/// What the clinician answered.
pub const ANSWERS: &[(AnswerKind, &str)] = &[
    (AnswerKind::Accepted, "Accepted"),
    (AnswerKind::Done, "Accepted and carried out"),
    (AnswerKind::Later, "To be decided later"),
    (AnswerKind::Declined, "Declined"),
];

/// How the clinician's answer came.
pub const ANSWER_WAYS: &[(AnswerWay, &str)] = &[
    (AnswerWay::Spoken, "Spoken"),
    (AnswerWay::Written, "Written"),
    (AnswerWay::Ehr, "From the EHR"),
];

/// What became of an appointment.
pub const APPOINTMENT_STATES: &[(AppointmentState, &str)] = &[
    (AppointmentState::Booked, "Booked"),
    (AppointmentState::Kept, "Kept"),
    (AppointmentState::Cancelled, "Cancelled"),
    (AppointmentState::NoShow, "No-show"),
];

/// Who was told.
pub const AUDIENCES: &[(Audience, &str)] = &[
    (Audience::Clinician, "Treating clinician (PCP)"),
    (Audience::Consultant, "Psychiatric consultant"),
    (Audience::Family, "Family or guardian"),
    (Audience::Agency, "Crisis team or another agency"),
    (Audience::Patient, "Patient"),
];

/// What a concern is about.
pub const CONCERNS: &[(ConcernKind, &str)] = &[
    (ConcernKind::Suicide, "Suicide or self-harm"),
    (ConcernKind::HarmToOthers, "Harm to others"),
    (ConcernKind::AbuseOrNeglect, "Abuse or neglect"),
    (ConcernKind::PartnerViolence, "Partner violence"),
    (ConcernKind::Overdose, "Overdose or withdrawal"),
    (ConcernKind::Psychosis, "Psychosis"),
    (ConcernKind::Mania, "Mania"),
    (ConcernKind::SideEffect, "Severe side effect"),
];

/// An event outside the clinic that calls for a contact.
pub const ACUTE_KINDS: &[(AcuteKind, &str)] = &[
    (AcuteKind::EmergencyDepartment, "Emergency department"),
    (AcuteKind::Admission, "Admission"),
    (AcuteKind::Discharge, "Discharge"),
    (AcuteKind::Overdose, "Overdose"),
    (AcuteKind::Death, "Death"),
];

/// Where a crisis contact led.
pub const DISPOSITIONS: &[(Disposition, &str)] = &[
    (Disposition::Lifeline, "Handed over to 988"),
    (Disposition::EmergencyDepartment, "Emergency department, 911"),
    (Disposition::WelfareCheck, "Welfare check"),
    (Disposition::MobileTeam, "Mobile crisis team"),
    (
        Disposition::StaysWithPlan,
        "Stays, with the safety plan and somebody there",
    ),
    (Disposition::Other, "Something else"),
];

/// To whom a report or a warning went.
pub const REPORTS_TO: &[(ReportTo, &str)] = &[
    (ReportTo::ChildProtection, "Child protective services"),
    (ReportTo::AdultProtection, "Adult protective services"),
    (ReportTo::Police, "Police"),
    (ReportTo::PersonAtRisk, "The person who is threatened"),
    (ReportTo::OtherAgency, "Another agency"),
];

/// What was answered to a question beside a concern.
pub const FOUND: &[(Found, &str)] = &[(Found::Yes, "Yes"), (Found::No, "No"), (Found::NotKnown, "Not known")];

/// Sections of the plan.
pub const PLAN_PARTS: &[(PlanPart, &str)] = &[
    (PlanPart::Problems, "Problems"),
    (PlanPart::Interventions, "Interventions"),
    (PlanPart::Strengths, "Strengths and supports"),
    (PlanPart::Preferences, "Preferences"),
    (PlanPart::History, "History"),
    (PlanPart::Formulation, "Formulation"),
];

/// Barriers to care.
pub use crate::care::coordination::BARRIER_KINDS as BARRIERS;

/// How far a goal has come.
pub const GOAL_STATES: &[(GoalState, &str)] = &[
    (GoalState::Open, "Being worked on"),
    (GoalState::Met, "Reached"),
    (GoalState::Dropped, "Given up or replaced"),
];

/// Whether an interpreter is needed.
pub const INTERPRETER: &[(InterpreterNeed, &str)] = &[
    (InterpreterNeed::Needed, "Needed"),
    (InterpreterNeed::NotNeeded, "Not needed"),
];

/// Sex as the clinic's record has it.
pub const SEXES: &[(Sex, &str)] = &[(Sex::Female, "Female"), (Sex::Male, "Male"), (Sex::Other, "Other")];

/// Sections of a safety plan.
pub const SAFETY_PLAN_PARTS: &[(SafetyPlanPart, &str)] = &[
    (SafetyPlanPart::WarningSigns, "Signs that a crisis may be coming"),
    (SafetyPlanPart::OnMyOwn, "What I can do on my own"),
    (
        SafetyPlanPart::PeopleAndPlaces,
        "People and places that take my mind off it",
    ),
    (SafetyPlanPart::PeopleToAsk, "People I can ask for help"),
    (SafetyPlanPart::Professionals, "Professionals and crisis lines"),
    (SafetyPlanPart::SaferPlace, "Making the place safer"),
    (SafetyPlanPart::ReasonsForLiving, "What I live for"),
];

/// How often a dose is taken.
pub const FREQUENCIES: &[(Frequency, &str)] = &[
    (Frequency::OnceDaily, "Once a day"),
    (Frequency::TwiceDaily, "Twice a day"),
    (Frequency::ThreeTimesDaily, "Three times a day"),
    (Frequency::FourTimesDaily, "Four times a day"),
    (Frequency::Weekly, "Once a week"),
    (Frequency::AsNeeded, "As needed"),
    (Frequency::Other, "Something else, in words"),
];

/// What a medicine is taken for.
pub const MEDICINE_USES: &[(MedicineUse, &str)] = &[
    (MedicineUse::MentalHealth, "Mental health"),
    (MedicineUse::Other, "Another condition"),
];

/// What a dose is counted in.
pub const DOSE_UNITS: &[(DoseUnit, &str)] = &[
    (DoseUnit::Mg, "mg"),
    (DoseUnit::Mcg, "mcg"),
    (DoseUnit::G, "g"),
    (DoseUnit::Ml, "mL"),
    (DoseUnit::Units, "units"),
];

/// Where a treatment change stands.
pub const CHANGE_STATES: &[(ChangeState, &str)] = &[
    (ChangeState::Made, "Accepted and made"),
    (ChangeState::Proposed, "Proposed, not decided"),
    (ChangeState::Declined, "Declined"),
];
