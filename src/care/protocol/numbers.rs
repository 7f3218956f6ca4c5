//! The table of numbers: name, default, range, unit, meaning, source. A later version may add rows; a name never
//! changes its meaning.

use super::{NumberInfo, Unit};

/// First follow-up within 4 weeks of the initial contact: odds of improvement 1.63 (1.23 to 2.17); consultation
/// between weeks 8 and 12 when not improved: 1.44 (1.13 to 1.84); 5,439 episodes.
const BAO: &str = "Bao 2015, https://psychiatryonline.org/doi/10.1176/appi.ps.201400577";
const SCOPE: &str = "SCOPE workflow (contact every 1 to 4 weeks until response, then at least every 2 months; case \
     review monthly), https://github.com/uwscope/scope-web";
const COMPASS: &str = "COMPASS (weekly in month 1, then every other week for 2 to 3 months; maintenance monthly to \
     every 3 months), https://fdocuments.us/document/relapse-prevention-planning-maintenance-planning-relapse-prevention-planning-maintenance.html";
const AIMS: &str = "AIMS patient tracking spreadsheet (scores older than 30 days, contacts older than 2 months), https://aims.uw.edu/node/591";
const NYS: &str = "New York State CoCM metrics 2025, Appendix A (baseline within 14 days after enrollment)";
const MEANINGFUL: &str = "5 points is a clinically meaningful change of the PHQ-9, https://ps.psychiatryonline.org/doi/full/10.1176/appi.ps.201900295";
const GAD7_MCID: &str =
    "4 points is the least difference of the GAD-7 that matters, Toussaint 2020, doi 10.1016/j.jad.2020.01.032";
const AFTER_DOSE: &str = "PHQ-9 4 to 6 weeks after an adequate dose: a fall of 5 or more is adequate, https://docsbay.net/using-phq-9-diagnosis-and-score-for-initial-treatment-selection";
const SAFETY: &str = "population-health toolkit, key activity 9B, phminitiative.com: second step in the same contact, \
     clinician told, next contact within 24 to 72 hours (local policy)";
const TCM: &str = "transitional care management: contact within 2 business days of a discharge, CMS MLN908628";
const RELAPSE: &str = "SCOPE workflow: above 10 goes back to treatment, and under 10 is its response,      https://github.com/uwscope/scope-web; a score of 10 is no response any more, so it counts here";
const CHOICE: &str = "this project's choice; sources give no number";

macro_rules! numbers {
    ($($variant:ident, $name:literal, $default:literal in $min:literal..=$max:literal $unit:ident, $label:literal, $source:expr;)*) => {
        /// A number of the protocol.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Number {
            $(#[doc = $label] $variant,)*
        }
        impl Number {
            /// How many there are.
            pub const COUNT: usize = [$($name),*].len();
        }
        /// All of them, in the order of settings.
        pub(super) const TABLE: [NumberInfo; Number::COUNT] = [
            $(NumberInfo {
                number: Number::$variant,
                name: $name,
                label: $label,
                unit: Unit::$unit,
                default: $default,
                min: $min,
                max: $max,
                source: $source,
            },)*
        ];
    };
}

numbers! {
    FirstContact, "first_contact_hours", 48 in 1..=240 Hours,
        "Hours from referral to first contact, 24 for each working day",
        "contact within 24 to 48 hours, https://hcinnovationgroup.com/population-health-management/behavioral-health/article/55056835/why-wellspan-is-partnering-with-concert-health-on-collaborative-care-model";
    OutreachEvery, "outreach_every_working_days", 2 in 1..=20 WorkingDays,
        "Working days between tries to reach a referred patient", CHOICE;
    OutreachTries, "outreach_tries", 3 in 1..=20 Times,
        "Tries without an answer after which a letter is due", CHOICE;
    ContactEnrolled, "contact_enrolled_days", 7 in 1..=90 Days,
        "Days between contacts while enrolled, before treatment has begun", COMPASS;
    ContactActive, "contact_active_days", 14 in 1..=90 Days,
        "Days between contacts in active treatment", COMPASS;
    ContactRelapsePrevention, "contact_relapse_prevention_days", 60 in 7..=120 Days,
        "Days between contacts in relapse prevention", SCOPE;
    FirstFollowUp, "first_follow_up_days", 28 in 7..=60 Days,
        "Days from the initial contact to the first follow-up, at most", BAO;
    AcuteContact, "acute_contact_working_days", 2 in 0..=10 WorkingDays,
        "Working days to a contact after an acute event", TCM;
    MeasureFirst, "measure_first_days", 14 in 0..=60 Days,
        "Days from enrollment to the first measure", NYS;
    MeasureActive, "measure_active_days", 14 in 1..=90 Days,
        "Days between measures in treatment, until response", COMPASS;
    MeasureResponded, "measure_responded_days", 28 in 7..=120 Days,
        "Days between measures in treatment, after response", SCOPE;
    MeasureRelapsePrevention, "measure_relapse_prevention_days", 60 in 7..=120 Days,
        "Days between measures in relapse prevention", SCOPE;
    MeasureDeclined, "measure_declined_days", 14 in 1..=60 Days,
        "Days after which a declined measure is offered again", CHOICE;
    Stale, "stale_days", 30 in 7..=120 Days,
        "Days after which a score is old", AIMS;
    StaleRelapsePrevention, "stale_relapse_prevention_days", 60 in 7..=180 Days,
        "Days after which a score is old, in relapse prevention", AIMS;
    WorsePhq9, "worse_phq9_points", 5 in 1..=27 Points,
        "Rise of the PHQ-9 that counts as worse", MEANINGFUL;
    WorseGad7, "worse_gad7_points", 4 in 1..=21 Points,
        "Rise of the GAD-7 that counts as worse", GAD7_MCID;
    WorseWindow, "worse_window_days", 90 in 14..=365 Days,
        "Days back in which the lowest score is looked for", CHOICE;
    SeverePhq9, "severe_phq9_score", 20 in 10..=27 Points,
        "PHQ-9 that counts as worse when it is newly reached", "severe band of the PHQ-9, https://camcops.readthedocs.io/en/latest/tasks/phq9.html";
    RelapseAbove, "relapse_above_score", 9 in 4..=20 Points,
        "PHQ-9 or GAD-7 above which active care should be reopened in relapse prevention", RELAPSE;
    TargetUnder, "target_under_score", 5 in 1..=10 Points,
        "Score under which a patient is at target", "remission, HEDIS DRR-E and CMS159: PHQ-9 under 5";
    TargetResponseUnder, "target_response_under_score", 10 in 1..=20 Points,
        "Score under which a patient with a large enough fall is at target", SCOPE;
    TargetFall, "target_fall_percent", 50 in 1..=100 Percent,
        "Fall that goes with it", SCOPE;
    ReviewFirst, "review_first_days", 30 in 1..=90 Days,
        "Days from enrollment to the first case review", SCOPE;
    ReviewUrgent, "review_urgent_days", 7 in 0..=30 Days,
        "Days to a case review after a safety concern, worsening or a severe side effect", SCOPE;
    TreatmentFromWeeks, "treatment_from_weeks", 4 in 1..=12 Weeks,
        "Weeks after a treatment change from which its effect is judged", AFTER_DOSE;
    TreatmentUntilWeeks, "treatment_until_weeks", 6 in 2..=16 Weeks,
        "Weeks after a treatment change until which it should be judged", AFTER_DOSE;
    TreatmentFallPhq9, "treatment_fall_phq9_points", 5 in 1..=27 Points,
        "Fall of the PHQ-9 that shows an effect", AFTER_DOSE;
    TreatmentFallGad7, "treatment_fall_gad7_points", 4 in 1..=21 Points,
        "Fall of the GAD-7 that shows an effect", GAD7_MCID;
    NotImprovedFromWeeks, "not_improved_from_weeks", 8 in 2..=26 Weeks,
        "Weeks in treatment from which no improvement calls for a case review", BAO;
    NotImprovedUntilWeeks, "not_improved_until_weeks", 12 in 2..=30 Weeks,
        "Weeks in treatment until which that review should be held", BAO;
    ReviewRepeat, "review_repeat_days", 30 in 7..=90 Days,
        "Days after which a patient in treatment is reviewed again", SCOPE;
    ReviewRelapsePrevention, "review_relapse_prevention_days", 60 in 7..=180 Days,
        "Days after which a patient in relapse prevention is reviewed again", SCOPE;
    SecondStep, "safety_second_step_days", 0 in 0..=1 Days,
        "Days to the structured second step after a suicide concern; 0 is the same day", SAFETY;
    ClinicianTold, "safety_clinician_days", 0 in 0..=1 Days,
        "Days to telling the clinician of a concern; 0 is the same day", SAFETY;
    SafetyContact, "safety_next_contact_days", 3 in 1..=7 Days,
        "Days to the next contact with a patient who has an open concern", SAFETY;
    SafetyWatch, "safety_watch_days", 7 in 1..=60 Days,
        "Days for which a closed concern is watched", CHOICE;
    Triage, "safety_triage_days", 0 in 0..=2 Days,
        "Days to a decision on an imported concern; 0 is the same day", SAFETY;
    AnswerWait, "answer_wait_days", 7 in 1..=30 Days,
        "Days that a recommendation waits for the clinician's answer", CHOICE;
    AnswerLater, "answer_later_days", 14 in 1..=60 Days,
        "Days after which a clinician who said later is asked again", CHOICE;
    AnswerDone, "answer_done_days", 14 in 1..=60 Days,
        "Days from acceptance to advice of any kind being carried out", CHOICE;
    Consent, "plan_consent_days", 0 in 0..=30 Days,
        "Days from enrollment to a recorded consent", "consent comes before the service, CMS-1654-F";
    Diagnosis, "plan_diagnosis_days", 14 in 0..=60 Days,
        "Days from enrollment to a diagnosis",
        "provisional diagnosis in the second phase of an episode, https://aims.uw.edu/resource-type/handouts";
    RelapsePlan, "plan_relapse_days", 14 in 0..=90 Days,
        "Days into relapse prevention by which there is a plan for it",
        "filled in before the episode ends, https://aims.uw.edu/implementation-tool/clinical-resources/page/1";
    SnoozeUrgent, "snooze_urgent_working_days", 2 in 0..=2 WorkingDays,
        "Working days for which worsening and first contact can be put off, at most", CHOICE;
    SnoozeOther, "snooze_days", 30 in 1..=60 Days,
        "Days for which anything else can be put off, at most; safety never", CHOICE;
    OutreachMessage, "outreach_message_after_tries", 2 in 1..=20 Times,
        "Tries without an answer after which a text or portal message goes out", CHOICE;
    OutreachAsk, "outreach_ask_working_days", 5 in 1..=30 WorkingDays,
        "Working days after the letter until the clinician is asked how to reach the patient", CHOICE;
    OutreachClose, "outreach_close_days", 14 in 7..=60 Days,
        "Days after the letter from which closing as unreachable can be considered", CHOICE;
    ReadyMeasures, "ready_measures", 2 in 1..=6 Times,
        "Measures at target in a row before relapse prevention is advised", CHOICE;
    ReadyWeeks, "ready_weeks", 4 in 0..=26 Weeks,
        "Weeks from the first of them to the last, at least", CHOICE;
    ReferralStep, "referral_step_days", 14 in 1..=90 Days,
        "Days without a next step after which a referral out is on the list", CHOICE;
    FeedbackEnrolled, "feedback_enrolled_days", 7 in 0..=60 Days,
        "Days from enrollment to a letter to whoever referred", CHOICE;
    FeedbackClosed, "feedback_closed_days", 7 in 0..=60 Days,
        "Days from closing to a letter to whoever referred", CHOICE;
    TryVoicemail, "try_voicemail_minutes", 3 in 0..=30 Minutes,
        "Minutes written down with a voicemail that one key records; 0 writes none", CHOICE;
    TryNoAnswer, "try_no_answer_minutes", 2 in 0..=30 Minutes,
        "Minutes written down with a call without an answer that one key records; 0 writes none", CHOICE;
    TryText, "try_text_minutes", 2 in 0..=30 Minutes,
        "Minutes written down with a text that one key records; 0 writes none", CHOICE;
    TryLetter, "try_letter_minutes", 5 in 0..=30 Minutes,
        "Minutes written down with a letter that one key records; 0 writes none", CHOICE;
}
