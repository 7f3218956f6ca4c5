//! Safety: concerns that stay open until a named person closes them, what was done, plans, acute events.

use std::collections::BTreeMap;

use crate::journal::{Day, EntryId, ThingId, When};

use super::Audience;

codes! {
    /// What a concern is about.
    pub enum ConcernKind {
        /// Suicide or self-harm.
        Suicide,
        /// Harm to others.
        HarmToOthers,
        /// Abuse or neglect.
        AbuseOrNeglect,
        /// Partner violence.
        PartnerViolence,
        /// Overdose or withdrawal.
        Overdose,
        /// Psychosis.
        Psychosis,
        /// Mania.
        Mania,
        /// A severe side effect.
        SideEffect,
    }
    /// How urgent a positive answer is, by its instrument's rule.
    pub enum Level {
        /// Look at it.
        Prompt,
        /// Positive: same-day follow-up.
        Positive,
        /// High: now.
        High,
    }
    /// How a reassessment compares with what opened the concern.
    pub enum Compared {
        /// Lower than before; never closes a concern.
        Lower,
        /// The same.
        Same,
        /// Higher: the full step starts again.
        Higher,
    }
    /// An event outside the clinic that calls for a contact.
    pub enum AcuteKind {
        /// Emergency department.
        EmergencyDepartment,
        /// Admission.
        Admission,
        /// Discharge.
        Discharge,
        /// Overdose.
        Overdose,
        /// Death.
        Death,
    }
    /// To whom a report or a warning went that the law of a place may ask for.
    pub enum ReportTo {
        /// Child protective services.
        ChildProtection,
        /// Adult protective services.
        AdultProtection,
        /// The police.
        Police,
        /// The person who is threatened.
        PersonAtRisk,
        /// Another agency.
        OtherAgency,
    }
    /// What was answered to a question that is asked beside a concern.
    pub enum Found {
        /// Yes.
        Yes,
        /// No.
        No,
        /// Asked and not known, or not asked. Never read as no.
        NotKnown,
    }
    /// Where a crisis contact led.
    pub enum Disposition {
        /// Handed over to the 988 Lifeline.
        Lifeline,
        /// To the emergency department, or 911 was called.
        EmergencyDepartment,
        /// A welfare check was asked for.
        WelfareCheck,
        /// A mobile crisis team comes.
        MobileTeam,
        /// Stays where they are, with the safety plan and somebody beside them.
        StaysWithPlan,
        /// Something else.
        Other,
    }
    /// A section of a safety plan. The headings are this project's own words.
    pub enum SafetyPlanPart {
        /// Signs that a crisis may be coming.
        WarningSigns,
        /// What I can do on my own.
        OnMyOwn,
        /// People and places that take my mind off it.
        PeopleAndPlaces,
        /// People I can ask for help.
        PeopleToAsk,
        /// Professionals and crisis lines.
        Professionals,
        /// Making the place safer.
        SaferPlace,
        /// What I live for.
        ReasonsForLiving,
    }
}

data! {
    /// A safety concern is opened, or opened again.
    pub struct Concern {
        /// Which concern.
        pub concern: ThingId,
        /// What it is about.
        pub kind: ConcernKind,
        /// What opened it.
        pub because: Because,
        /// How urgent.
        pub level: Level,
        /// When.
        pub at: When,
    }
    /// What opened a concern.
    pub enum Because {
        /// A positive answer.
        Answer {
            /// The assessment.
            assessment: EntryId,
            /// Its instrument.
            instrument: String,
            /// The item.
            item: String,
            /// The answer.
            value: u8,
        },
        /// A person opened it.
        ByHand {
            /// Why.
            note: String,
        },
        /// An imported sheet gave a positive answer, or flagged the patient; nobody has looked yet.
        Imported {
            /// The answer, where the sheet had one.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            value: Option<u8>,
            /// What the sheet's flag said.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            flag: Option<String>,
        },
    }
    /// Something was done about an open concern.
    pub struct ConcernStep {
        /// Which concern.
        pub concern: ThingId,
        /// When.
        pub at: When,
        /// What.
        pub step: Step,
        /// A note.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
    }
    /// What was done about a concern.
    pub enum Step {
        /// The structured second step: an instrument, or the reason why none was used.
        SecondStep {
            /// The assessment, where one was taken.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            assessment: Option<EntryId>,
            /// What it showed, in words.
            outcome: String,
        },
        /// Somebody was told.
        Told {
            /// Who.
            who: Audience,
            /// How, and what they said.
            how: String,
            /// Their name.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            name: Option<String>,
        },
        /// The next contact was agreed.
        NextContact {
            /// When.
            on: Day,
        },
        /// A new answer came in while the concern was open.
        Reassessed {
            /// The assessment.
            assessment: EntryId,
            /// The answer.
            value: u8,
            /// Compared with what opened it.
            compared: Compared,
        },
        /// An imported concern was looked at, and a decision taken.
        Triaged {
            /// The decision.
            decision: String,
        },
        /// Means, disposition, or anything else that was done.
        Action {
            /// What.
            what: String,
        },
        /// A report or a warning was made, as the law of the place asks.
        Reported {
            /// To whom.
            to: ReportTo,
            /// When.
            on: When,
            /// Who took it, and how.
            by: String,
            /// Its number there.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            reference: Option<String>,
        },
        /// No report and no warning is due, in the judgement of the person who says so.
        NoReport {
            /// Why.
            why: String,
        },
        /// The questions that go with a concern of this kind were asked.
        Checked {
            /// The answers, by the question's id.
            answers: BTreeMap<String, Found>,
            /// What it showed, in words.
            outcome: String,
        },
        /// Where a crisis contact led.
        Disposition {
            /// Where.
            to: Disposition,
            /// More about it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            note: Option<String>,
        },
    }
    /// A named person closes a concern.
    pub struct ConcernClosed {
        /// Which concern.
        pub concern: ThingId,
        /// When.
        pub at: When,
        /// What was done; in older entries, with why it can be closed.
        pub action: String,
        /// Why it can be closed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<String>,
        /// Watched until, at most to the next case review.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub watch_until: Option<Day>,
        /// The steps of the concern that stood in the closer's copy: a step that is not among them opens it again. Not in
        /// older entries, which any step that was written later opens.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub saw: Option<Vec<EntryId>>,
    }
    /// The patient's safety plan.
    pub struct SafetyPlan {
        /// The day that it was made or revised.
        pub day: Day,
        /// The sections that are filled in.
        pub parts: BTreeMap<SafetyPlanPart, String>,
        /// When to look at it again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub review: Option<Day>,
    }
    /// An acute event.
    pub struct AcuteEvent {
        /// What.
        pub kind: AcuteKind,
        /// When.
        pub at: When,
        /// Where, and why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
    }
}
