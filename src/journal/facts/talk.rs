//! What a contact was about: whether it was planned, what it covered, in which language, on whose behalf, what was chosen.

codes! {
    /// Whether a contact was planned.
    pub enum Planning {
        /// It was agreed on beforehand.
        Planned,
        /// It was not.
        Unplanned,
    }
    /// What a contact covered.
    pub enum Covered {
        /// How the patient has been: symptoms, sleep, function.
        Symptoms,
        /// Safety was asked about.
        SafetyAsked,
        /// Medication: what is taken, and how regularly.
        Medication,
        /// Side effects.
        SideEffects,
        /// The activity plan.
        ActivityPlan,
        /// Goals.
        Goals,
        /// Barriers to care.
        Barriers,
        /// Education.
        Education,
        /// Next steps.
        NextSteps,
    }
    /// With whom somebody spoke on the patient's behalf.
    pub enum AdvocacyWith {
        /// An insurer.
        Insurer,
        /// An employer.
        Employer,
        /// A school.
        School,
        /// A landlord or a housing office.
        Housing,
        /// Somebody else.
        Other,
    }
    /// A part of a day, for trying at another time.
    pub enum DayPart {
        /// Before 11.
        Morning,
        /// From 11 to 14.
        Midday,
        /// From 14 to 17.
        Afternoon,
        /// From 17 on.
        Evening,
    }
}

data! {
    /// What a contact was about. Every part may be left out.
    #[derive(Default)]
    pub struct Talk {
        /// Whether it was planned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub planned: Option<Planning>,
        /// What it covered.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub covered: Vec<Covered>,
        /// What else it covered, in the author's own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub covered_else: Option<String>,
        /// Who took part besides the patient, by name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub who: Option<String>,
        /// Who interpreted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub interpreter: Option<Interpreter>,
        /// What was asked of somebody on the patient's behalf.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub advocacy: Option<Advocacy>,
        /// The options that were offered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub offered: Option<String>,
        /// What the patient chose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub chosen: Option<String>,
    }
    /// Who interpreted. At least one part is there.
    pub struct Interpreter {
        /// Name, or the number that the service gives its interpreters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        /// The service.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub service: Option<String>,
    }
    /// Something asked on the patient's behalf.
    pub struct Advocacy {
        /// Of what kind of office.
        pub with: AdvocacyWith,
        /// Of whom, by name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        /// What was asked.
        pub asked: String,
    }
}

impl Talk {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
