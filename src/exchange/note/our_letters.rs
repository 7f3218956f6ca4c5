//! The templates of letters that the app ships.

use super::paper::Letter;

/// The template of a kind of letter.
pub(super) fn letter_text(letter: Letter) -> &'static str {
    match letter {
        Letter::Clinician => PCP,
        Letter::Consultant => CONSULTANT,
        Letter::Patient => PATIENT,
        Letter::Family => FAMILY,
        Letter::Insurer => INSURER,
        Letter::Employer => EMPLOYER,
        Letter::School => SCHOOL,
        Letter::Housing => HOUSING,
        Letter::Member => MEMBER,
        Letter::Referrer => REFERRER,
    }
}

const PCP: &str = "\
{today}
To: {recipient}
From: {author}
About: {patient}

Dear {recipient},

Recommendation from the case review: {advice}

Safety: {concerns}
Scores: {scores}
Medications now: {medications}
Next contact with the care manager: {next contact}
{held back}

{please answer}

{author}
{clinic}";

const CONSULTANT: &str = "\
{today}
To: {recipient}
From: {author}
About: {patient}

Question: {question}
Safety: {concerns}
Diagnoses: {diagnoses}
Scores: {scores}
Medications now: {medications}
Plan: {plan}
{held back}

{author}
{clinic}";

const PATIENT: &str = "\
{clinic}
{today}

Dear {name},

{opening}
Our next contact: {next contact}
Your goals: {goals}

Please call me if that does not suit you, or if you feel worse.

If you are in danger or may not be able to keep yourself safe: {crisis line}

{author}
{language}";

const FAMILY: &str = "\
{clinic}
{today}
To: {recipient}

Dear {recipient},

{name} has agreed that I write to you. I am the care manager in the collaborative care program at {clinic}.
What we ask of you: 

If you are worried that {name} is in danger: {crisis line}

{author}";

const INSURER: &str = "\
{clinic}
{today}
To: {recipient}
About: {patient}

To whom it may concern,

{name} has been in care in the collaborative care program at {clinic} since {since}, under {pcp}. We write with the patient's written permission.
What we ask for: 

Please call with any question.

{author}";

const EMPLOYER: &str = "\
{clinic}
{today}
To: {recipient}
About: {name}, born {born}

To whom it may concern,

{name} has been a patient of {clinic} since {since}. We write with the patient's written permission, and only what is needed for this request.
What we ask for: 

Please call with any question.

{author}";

const MEMBER: &str = "\
{today}
To: {recipient}
From: {author}
About: {name}, born {born}
{ground}

Dear {recipient},

{why I write}

Diagnoses: {diagnoses}
Course: {course}
Safety: {concerns}
Scores: {scores}
Treatment: {medications}
Plan: {plan}
Goals: {goals}
Next contact with the care manager: {next contact}
What I ask of you: {asked}
{held back}

{author}
{clinic}";

const REFERRER: &str = "\
{today}
To: {recipient}
From: {author}
About: {name}, born {born}
{ground}

Dear {recipient},

{feedback}

Course: {course}
Diagnoses: {diagnoses}
Safety: {concerns}
Scores: {scores}
Treatment: {medications}
Plan: {plan}
Next contact with the care manager: {next contact}
{held back}

Please call me with any question.

{author}
{clinic}";

const SCHOOL: &str = EMPLOYER;
const HOUSING: &str = EMPLOYER;
