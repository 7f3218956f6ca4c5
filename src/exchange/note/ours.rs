//! The templates of notes that the app ships, and the fields that all templates can name.

use crate::journal::facts::NoteKind;

use super::our_letters::letter_text;
use super::paper::{Letter, Paper};
use super::template::Field;

/// Which kinds have a field.
pub(super) enum Papers {
    /// Notes and letters.
    All,
    Notes,
    Scripts,
    Letters,
    Letter(Letter),
    Of(&'static [NoteKind]),
}

impl Papers {
    pub fn hold(&self, paper: Paper) -> bool {
        match (self, paper) {
            (Self::All | Self::Notes, Paper::Note(_)) | (Self::All | Self::Letters, Paper::Letter(_)) => true,
            (Self::Scripts, Paper::Script(_)) => true,
            (Self::Letter(one), Paper::Letter(letter)) => *one == letter,
            (Self::Of(kinds), Paper::Note(kind)) => kinds.contains(&kind),
            _ => false,
        }
    }
}

const TALKS: Papers = Papers::Of(&[
    NoteKind::Contact,
    NoteKind::InitialAssessment,
    NoteKind::Attempt,
    NoteKind::Measures,
]);
const CONTACTS: Papers = Papers::Of(&[NoteKind::Contact, NoteKind::InitialAssessment, NoteKind::Measures]);

const fn field(name: &'static str, about: &'static str) -> Field {
    Field { name, about }
}

/// All fields, by the kinds that have them.
pub(super) const FIELDS: &[(Papers, &[Field])] = &[
    (
        Papers::All,
        &[
            field("patient", "name, date of birth, age, MRN"),
            field("name", "the patient's name"),
            field("born", "date of birth"),
            field("mrn", "medical record number"),
            field("clinic", "the clinic's name"),
            field("pcp", "the treating clinician"),
            field("care manager", "who manages the care"),
            field("author", "who wrote it, with credential, and when"),
            field("today", "today's date"),
            field("status", "where the episode stands, and since when"),
            field("diagnoses", "diagnoses as they stand"),
            field("medications", "medications as they stand, with weeks"),
            field("scores", "scores with severity, change, rule and age"),
            field("goals", "the patient's open goals"),
            field("plan", "the plan in short: treatments, advice, tasks"),
            field("next contact", "the next contact, as agreed"),
        ],
    ),
    (
        Papers::Notes,
        &[
            field("safety", "safety items, concerns, what was done; always told"),
            field("also", "what else was recorded; always told"),
            field("when", "date and time"),
        ],
    ),
    (TALKS, &[field("mode", "how: phone, video, in person")]),
    (CONTACTS, &[field("who", "who took part")]),
    (TALKS, &[field("minutes", "minutes with their activity")]),
    (CONTACTS, &[field("interventions", "what was done")]),
    (
        TALKS,
        &[field("changes", "treatment changes and checks that were saved with it")],
    ),
    (
        Papers::Of(&[
            NoteKind::Contact,
            NoteKind::InitialAssessment,
            NoteKind::Attempt,
            NoteKind::Measures,
            NoteKind::Note,
            NoteKind::Plan,
            NoteKind::Closing,
            NoteKind::Review,
        ]),
        &[field("note", "the note as it was written")],
    ),
    (
        Papers::Of(&[NoteKind::Attempt]),
        &[
            field("outcome", "what came of it"),
            field("tries", "tries since the last contact with the patient"),
        ],
    ),
    (
        Papers::Of(&[NoteKind::Safety]),
        &[
            field("concern", "what it is about, what opened it, where it stands"),
            field("steps", "what was done, step by step"),
            field("safety plan", "the safety plan, section by section"),
        ],
    ),
    (
        Papers::Of(&[NoteKind::InitialAssessment]),
        &[field("history", "sections of the assessment, gaps named")],
    ),
    (
        Papers::Of(&[NoteKind::Plan, NoteKind::Note]),
        &[field("changes", "what was changed that day, and why")],
    ),
    (
        Papers::Of(&[NoteKind::Plan, NoteKind::InitialAssessment]),
        &[field("sections", "problems, interventions, barriers as they stand")],
    ),
    (
        Papers::Of(&[NoteKind::Review]),
        &[field("question", "what was asked"), field("consultant", "who reviewed")],
    ),
    (
        Papers::Of(&[NoteKind::Review, NoteKind::Plan]),
        &[field("advice", "the recommendation, word for word")],
    ),
    (
        Papers::Of(&[NoteKind::Review]),
        &[field("answer", "what the PCP said to it")],
    ),
    (
        Papers::Of(&[NoteKind::RelapsePlan]),
        &[field("parts", "the plan, section by section, gaps named")],
    ),
    (
        Papers::Of(&[NoteKind::Closing]),
        &[
            field("reason", "why it was closed"),
            field("outcome", "the outcome by each definition"),
            field("course", "length, contacts, reviews"),
        ],
    ),
    (
        Papers::Of(&[NoteKind::Month]),
        &[
            field("month", "the month, and which kind it is"),
            field("minutes", "minutes by activity"),
            field("dates", "contacts and reviews of the month, by day"),
            field("codes", "what the minutes support, and why"),
            field("gates", "consent, diagnosis, visit and the other gates, with reasons"),
        ],
    ),
    (
        Papers::Of(&[NoteKind::Log]),
        &[
            field("period", "from when to when"),
            field("log", "all that was said and tried"),
        ],
    ),
    (
        Papers::Letters,
        &[
            field("recipient", "to whom"),
            field("since", "since when the patient is in the program"),
            field("advice", "open recommendations, word for word, with their date"),
            field(
                "please answer",
                "how to answer an open recommendation; empty when none is open",
            ),
            field(
                "concerns",
                "safety concerns of the episode; to the PCP, the consultant and whom a release allows only",
            ),
            field("question", "the open question for the case review"),
            field("held back", "a line on entries that are held back"),
            field("crisis line", "988 and the clinic's own line"),
        ],
    ),
    (
        Papers::Scripts,
        &[
            field("me", "your name, without a credential"),
            field("clinic", "the clinic's name"),
            field("crisis line", "988 and the clinic's own line"),
        ],
    ),
    (
        Papers::Letter(Letter::Patient),
        &[
            field("opening", "that you tried to reach the patient, or that you spoke"),
            field(
                "language",
                "that it is in English, where the patient speaks another language",
            ),
        ],
    ),
    (
        Papers::Letter(Letter::Member),
        &[
            field(
                "why I write",
                "what they are on the care team, and since when the patient is in care",
            ),
            field("course", "where the episode stands, contacts and case reviews"),
            field(
                "asked",
                "what is asked of them: open referrals to them, else to write back",
            ),
            field(
                "ground",
                "the release and what it covers, or that it is sent for treatment",
            ),
        ],
    ),
    (
        Papers::Letter(Letter::Referrer),
        &[
            field("feedback", "thanks for the referral, and what came of it"),
            field("course", "where the episode stands, contacts and case reviews"),
            field(
                "ground",
                "the release and what it covers, or that it is sent for treatment",
            ),
        ],
    ),
];

pub(super) fn ours(paper: Paper) -> &'static str {
    match paper {
        Paper::Note(kind) => note(kind),
        Paper::Letter(letter) => letter_text(letter),
        Paper::Script(script) => script.ours(),
    }
}

fn note(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Contact => CONTACT,
        NoteKind::Attempt => ATTEMPT,
        NoteKind::Safety => SAFETY,
        NoteKind::InitialAssessment => INITIAL,
        NoteKind::Plan => PLAN,
        NoteKind::Review => REVIEW,
        NoteKind::RelapsePlan => RELAPSE,
        NoteKind::Closing => CLOSING,
        NoteKind::Measures => MEASURES,
        NoteKind::Note => NOTE,
        NoteKind::Month => MONTH,
        NoteKind::Log => LOG,
    }
}

const CONTACT: &str = "\
COLLABORATIVE CARE: CONTACT
Patient: {patient}
Date: {when}, {mode}
With: {who}
Minutes: {minutes}
Scores: {scores}
Safety: {safety}
Interventions: {interventions}
Changes: {changes}
Note: {note}
Plan: {plan}
Next contact: {next contact}
Also recorded: {also}
Author: {author}";

const ATTEMPT: &str = "\
COLLABORATIVE CARE: ATTEMPT TO REACH THE PATIENT
Patient: {patient}
Date: {when}, by {mode}
Outcome: {outcome}
Tries: {tries}
Minutes: {minutes}
Scores: {scores}
Changes: {changes}
Note: {note}
Safety: {safety}
Next contact: {next contact}
Also recorded: {also}
Author: {author}";

const SAFETY: &str = "\
COLLABORATIVE CARE: SAFETY
Patient: {patient}
Date: {when}
Concern: {concern}
Scores: {scores}
Safety: {safety}
Steps: {steps}
Safety plan: {safety plan}
Next contact: {next contact}
Also recorded: {also}
Author: {author}";

const INITIAL: &str = "\
COLLABORATIVE CARE: INITIAL ASSESSMENT
Patient: {patient}
Date: {when}, {mode}
With: {who}
Minutes: {minutes}
Scores: {scores}
Safety: {safety}
Assessment: {history}
Diagnoses: {diagnoses}
Medications: {medications}
Treatment plan: {sections}
Goals: {goals}
Interventions: {interventions}
Changes: {changes}
Note: {note}
Plan: {plan}
Next contact: {next contact}
Also recorded: {also}
Author: {author}";

const PLAN: &str = "\
COLLABORATIVE CARE: TREATMENT PLAN AND CHANGES
Patient: {patient}
Date: {when}
Changed: {changes}
Diagnoses: {diagnoses}
Scores: {scores}
Safety: {safety}
Treatment plan: {sections}
Goals: {goals}
Medications: {medications}
Advice: {advice}
Next contact: {next contact}
Also recorded: {also}
Author: {author}";

const REVIEW: &str = "\
COLLABORATIVE CARE: CASE REVIEW
Patient: {patient}
Date: {when}
Consultant: {consultant}
Question: {question}
Diagnoses: {diagnoses}
Medications: {medications}
Scores: {scores}
Safety: {safety}
Discussed: {note}
Recommendation: {advice}
PCP's answer: {answer}
Next contact: {next contact}
Also recorded: {also}
Author: {author}";

const RELAPSE: &str = "\
COLLABORATIVE CARE: RELAPSE-PREVENTION PLAN
Patient: {patient}
Date: {when}
Scores: {scores}
Safety: {safety}
Plan: {parts}
Next contact: {next contact}
Also recorded: {also}
Author: {author}";

const CLOSING: &str = "\
COLLABORATIVE CARE: EPISODE CLOSED
Patient: {patient}
Date: {when}
Reason: {reason}
Course: {course}
Scores: {scores}
Outcome: {outcome}
Safety: {safety}
Medications: {medications}
Note: {note}
Also recorded: {also}
Author: {author}";

const MEASURES: &str = "\
COLLABORATIVE CARE: MEASURES
Patient: {patient}
Date: {when}
Scores: {scores}
Safety: {safety}
Next contact: {next contact}
Also recorded: {also}
Author: {author}";

const NOTE: &str = "\
COLLABORATIVE CARE: NOTE
Patient: {patient}
Date: {when}
{note}
Safety: {safety}
Also recorded: {also}
Author: {author}";

const MONTH: &str = "\
COLLABORATIVE CARE: MONTH SUMMARY
Patient: {patient}
Month: {month}
PCP: {pcp}
Diagnoses: {diagnoses}
Minutes: {minutes}
Contacts and reviews: {dates}
Scores: {scores}
Safety: {safety}
Treatment plan: {plan}
Codes: {codes}
Gates: {gates}
Also recorded: {also}
Author: {author}";

const LOG: &str = "\
COLLABORATIVE CARE: COMMUNICATION LOG
Patient: {patient}
Period: {period}
{log}
Safety: {safety}
Also recorded: {also}
Author: {author}";
