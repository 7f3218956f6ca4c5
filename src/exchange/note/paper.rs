//! The kinds of text: notes and letters, each with a template.

use serde::{Deserialize, Serialize};

use crate::journal::ThingId;
use crate::journal::facts::{Audience, NoteKind};

use super::ours::ours;
use super::script::Script;

/// A kind of letter or message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// To the treating clinician, with the advice word for word.
    Clinician,
    /// To the psychiatric consultant, with the question.
    Consultant,
    /// To the patient.
    Patient,
    /// To family or a caregiver.
    Family,
    /// To an insurer.
    Insurer,
    /// To an employer.
    Employer,
    /// To a school.
    School,
    /// To a landlord or a housing office.
    Housing,
    /// To somebody of the patient's care team.
    Member,
    /// To whoever referred: what came of it.
    Referrer,
}

impl Letter {
    /// Those that a person chooses from, in the order in which they are offered. Feedback is offered where it is due.
    pub const ALL: [Self; 9] = [
        Self::Clinician,
        Self::Consultant,
        Self::Patient,
        Self::Family,
        Self::Insurer,
        Self::Employer,
        Self::School,
        Self::Housing,
        Self::Member,
    ];

    /// To whom, in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Clinician => "Message to the PCP",
            Self::Consultant => "Message to the psychiatric consultant",
            Self::Patient => "Letter to the patient",
            Self::Family => "Letter to family or a caregiver",
            Self::Insurer => "Letter to an insurer",
            Self::Employer => "Letter to an employer",
            Self::School => "Letter to a school",
            Self::Housing => "Letter about housing",
            Self::Member => "Message to somebody of the care team",
            Self::Referrer => "Feedback to whoever referred",
        }
    }
    /// To whom, as the record keeps it.
    pub fn audience(self) -> Audience {
        match self {
            Self::Clinician => Audience::Clinician,
            Self::Consultant => Audience::Consultant,
            Self::Patient => Audience::Patient,
            Self::Family => Audience::Family,
            Self::Insurer | Self::Employer | Self::School | Self::Housing => Audience::Agency,
            Self::Member | Self::Referrer => Audience::CareTeam,
        }
    }
    /// Whether it leaves the treating team and the patient, so that a release must cover it. Of the care team each has a
    /// ground of their own ([`crate::care::privacy::ground`]).
    pub fn needs_release(self) -> bool {
        matches!(self.audience(), Audience::Family | Audience::Agency)
    }
}

/// A text that has a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// A note for the EHR.
    Note(NoteKind),
    /// A letter or message.
    Letter(Letter),
    /// A script for a call.
    Script(Script),
}

/// Kinds of note, in the order in which they are listed.
const NOTES: [NoteKind; 12] = [
    NoteKind::Contact,
    NoteKind::Attempt,
    NoteKind::Safety,
    NoteKind::InitialAssessment,
    NoteKind::Plan,
    NoteKind::Review,
    NoteKind::RelapsePlan,
    NoteKind::Closing,
    NoteKind::Measures,
    NoteKind::Note,
    NoteKind::Month,
    NoteKind::Log,
];

impl Paper {
    /// All, notes first, then letters and scripts for calls. What is new comes last: the place of each is part of the id of
    /// the clinic's own template.
    pub fn all() -> impl Iterator<Item = Self> {
        NOTES
            .into_iter()
            .map(Self::Note)
            .chain(Letter::ALL.into_iter().map(Self::Letter))
            .chain(Script::ALL.into_iter().map(Self::Script))
            .chain([Self::Letter(Letter::Referrer)])
    }
    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Letter(letter) => letter.label(),
            Self::Script(script) => script.label(),
            Self::Note(kind) => match kind {
                NoteKind::Contact => "Contact",
                NoteKind::Attempt => "Attempt",
                NoteKind::Safety => "Safety event",
                NoteKind::InitialAssessment => "Initial assessment",
                NoteKind::Plan => "Treatment plan and changes",
                NoteKind::Review => "Case review",
                NoteKind::RelapsePlan => "Relapse-prevention plan",
                NoteKind::Closing => "Closing",
                NoteKind::Measures => "Measures",
                NoteKind::Note => "Note",
                NoteKind::Month => "Month summary",
                NoteKind::Log => "Communication log",
            },
        }
    }
    /// The template that the app ships.
    pub fn ours(self) -> &'static str {
        ours(self)
    }
    /// The id under which the clinic's own template is kept; the same in every registry, so that two copies set one thing.
    pub fn template_id(self) -> ThingId {
        let place = Self::all().position(|paper| paper == self).unwrap_or_default();
        let mut bytes = *b"caseload-paper-\0";
        bytes[15] = u8::try_from(place).unwrap_or(u8::MAX);
        ThingId::derived(bytes)
    }
}
