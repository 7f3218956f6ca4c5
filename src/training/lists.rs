//! What invented people are called, take, say and are told. All of it is made up.

/// Given names.
pub(super) const GIVEN: &[&str] = &[
    "Ada", "Amal", "Anders", "Beatriz", "Bao", "Callum", "Carmen", "Chidi", "Dana", "Diego", "Elif", "Emeka", "Esther",
    "Farid", "Fiona", "Grace", "Hana", "Hugo", "Ines", "Ivan", "Jamal", "Jun", "Kai", "Katya", "Lena", "Luis", "Mai",
    "Marek", "Mina", "Nadia", "Noor", "Oscar", "Priya", "Quinn", "Rosa", "Sami", "Tariq", "Uma", "Vera", "Wen",
    "Yusuf", "Zoë",
];
/// Family names.
pub(super) const FAMILY: &[&str] = &[
    "Abara",
    "Alvarez",
    "Bergström",
    "Botha",
    "Castellan",
    "Cho",
    "Darwish",
    "Delgado",
    "Eriksen",
    "Fontaine",
    "Farrow",
    "Gallo",
    "Haddock",
    "Hashimi",
    "Ibarra",
    "Ivers",
    "Jansen",
    "Kimura",
    "Kowalczyk",
    "Lindgren",
    "Lowell",
    "Marsh",
    "Mbeki",
    "Novak",
    "Nwosu",
    "Oakley",
    "O’Dell",
    "Pereira",
    "Petrov",
    "Quiroga",
    "Rahimi",
    "Rossini",
    "Salgado",
    "Sato",
    "Tanner",
    "Thorne",
    "Usman",
    "Vargas",
    "Whitlock",
    "Xu",
    "Yilmaz",
    "Zamora",
];
/// Reasons for referral.
pub(super) const REASONS: &[&str] = &[
    "Low mood for some months, sleeping badly",
    "Worry that won't stop, chest tightness, work-up was normal",
    "Depression after losing a job",
    "Two admissions for asthma, low mood between them",
    "Depressed since the birth",
    "PHQ-9 positive at the annual visit",
    "Panic attacks, avoids the bus",
    "Grief that is not easing",
];
/// Codes of diagnoses: ICD-10-CM.
pub(super) const DIAGNOSES: &[&str] = &["F32.1", "F33.1", "F41.1", "F33.2", "F32.0", "F43.23", "F34.1", "F41.0"];
/// Medicines with a first and a higher dose.
pub(super) const MEDICINES: &[(&str, &str, &str)] = &[
    ("sertraline", "50 mg daily", "100 mg daily"),
    ("escitalopram", "10 mg daily", "20 mg daily"),
    ("fluoxetine", "20 mg daily", "40 mg daily"),
    ("bupropion XL", "150 mg daily", "300 mg daily"),
    ("mirtazapine", "15 mg at night", "30 mg at night"),
    ("venlafaxine XR", "75 mg daily", "150 mg daily"),
];
/// Notes of contacts.
pub(super) const NOTES: &[&str] = &[
    "Walked twice this week as agreed; wants to add one evening out.",
    "Sleeping five hours; agreed on a fixed time to get up.",
    "Picked up the prescription, takes it with breakfast.",
    "Argument with the landlord; made a list of three possible steps.",
    "Sister was there and helps with the children on Tuesdays.",
    "Didn't do the homework; we made it smaller.",
    "Back at work half days. Less tearful.",
    "Says that the mornings are the worst; scheduled one pleasant thing before ten.",
    "Prefers texts, works nights.",
    "Worried about cost; gave the number of the assistance program.",
];
/// What consultants advise.
pub(super) const ADVICE: &[&str] = &[
    "Raise the dose to the next step; look again in four weeks.",
    "Add problem-solving treatment weekly; keep the medicine as it is.",
    "Check TSH and B12; ask about alcohol.",
    "Switch to mirtazapine if sleep has not improved in two weeks.",
    "Screen for bipolar disorder before any further change.",
    "Behavioral activation before any medicine, as the patient wishes.",
];
/// Goals in patients' words.
pub(super) const GOALS: &[&str] = &[
    "Cook for my kids on Sundays",
    "Take the bus to my mother's again",
    "Sleep through to five",
    "Go back to choir",
];
/// Payers.
pub(super) const PAYERS: &[&str] = &[
    "Medicare Part B",
    "State Medicaid",
    "Lakeside Health Plan",
    "Union Benefit Fund",
];
/// Treating clinicians.
pub(super) const CLINICIANS: &[(&str, &str)] = &[
    ("Dr. A. Feld", "MD"),
    ("Dr. M. Santos", "DO"),
    ("J. Pell", "FNP"),
    ("Dr. K. Anand", "MD"),
];
/// Care managers.
pub(super) const CARE_MANAGERS: &[(&str, &str)] = &[
    ("Robin Achterberg", "LCSW"),
    ("Tomas Bright", "LPC"),
    ("Ife Coker", "RN"),
    ("Lucia Drew", "LMFT"),
];
