//! The initial assessment: what was asked, area by area, and what the patient said. The questions are this project's
//! own words ([`crate::care`] has them); no instrument is taken apart here.

use std::collections::BTreeMap;

use crate::journal::Day;

codes! {
    /// An area of the initial assessment.
    pub enum Area {
        /// What was tried before, and what came of it.
        PastTreatment,
        /// Attempts, self-harm, violence.
        PastHarm,
        /// Signs of bipolar disorder, asked before any advice of an antidepressant.
        Mania,
        /// Signs of psychosis.
        Psychosis,
        /// Alcohol, tobacco, drugs.
        Substances,
        /// Trauma, and safety now.
        Trauma,
        /// Medical: sleep, pain, allergies, pregnancy.
        Medical,
        /// Family history.
        Family,
        /// Work, home, relationships.
        Function,
        /// Who and what helps.
        Supports,
        /// Strengths.
        Strengths,
        /// What the patient wants of treatment.
        Preferences,
        /// The provisional diagnosis.
        Diagnosis,
        /// How it hangs together.
        Formulation,
    }
    /// A question of the initial assessment.
    pub enum Question {
        /// Medicines for mental health before now.
        PastMedicines,
        /// Therapy or counselling before now.
        PastTherapy,
        /// A psychiatric hospital stay.
        PastHospital,
        /// An attempt to end their life.
        PastAttempt,
        /// Self-harm without wanting to die.
        PastSelfHarm,
        /// Violence towards others.
        PastViolence,
        /// Days of unusually high or irritable mood and energy.
        ManiaMood,
        /// Little need of sleep in such a time.
        ManiaSleep,
        /// Told that they have bipolar disorder.
        ManiaTold,
        /// Bipolar disorder in a close relative.
        ManiaFamily,
        /// Sped up or agitated by an antidepressant.
        ManiaAntidepressant,
        /// Heard or saw what others did not.
        PsychosisSenses,
        /// Sure of what others found untrue.
        PsychosisBeliefs,
        /// Alcohol.
        Alcohol,
        /// Tobacco and vaping.
        Tobacco,
        /// Cannabis, other drugs, medicines taken otherwise than prescribed.
        Drugs,
        /// Treatment for alcohol or drugs.
        SubstanceTreatment,
        /// Something in the past that still troubles them.
        TraumaPast,
        /// Unsafe now.
        TraumaNow,
        /// Sleep.
        Sleep,
        /// Pain.
        Pain,
        /// Illness that bears on mood or thinking.
        Illness,
        /// Allergies. "Asked, no" is "no known allergies".
        Allergies,
        /// Pregnant, or wishes to be.
        Pregnancy,
        /// Breastfeeding.
        Breastfeeding,
        /// Contraception.
        Contraception,
        /// Mental illness in the family.
        FamilyIllness,
        /// Suicide in the family.
        FamilySuicide,
        /// Alcohol or drug use in the family.
        FamilySubstances,
        /// Trouble at work or school.
        Work,
        /// Trouble with the home, money, daily tasks.
        Home,
        /// Trouble with people close to them.
        Relationships,
        /// People who help.
        SupportPeople,
        /// Services that help.
        SupportServices,
        /// What they are good at, what carried them so far.
        Strengths,
        /// What they want, and don't want, of treatment.
        TreatmentWishes,
        /// Culture, faith, language.
        Culture,
        /// The provisional diagnosis.
        ProvisionalDiagnosis,
        /// The formulation.
        Formulation,
        /// Thoughts of ending their life now.
        SuicideNow,
        /// Thoughts of hurting somebody now.
        HarmOthersNow,
    }
    /// Whether an earlier treatment helped.
    pub enum Helped {
        /// It did.
        Yes,
        /// Somewhat.
        Somewhat,
        /// It did not.
        No,
        /// It was not borne.
        NotTolerated,
        /// The patient doesn't know.
        Unknown,
    }
}

data! {
    /// What the patient said when asked. A question without a reply was not asked; that is never "no".
    pub enum Said {
        /// Asked: no.
        No,
        /// Asked: yes, with what was said.
        Yes {
            /// In words.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            words: Option<String>,
        },
        /// The patient would rather not say.
        RatherNot,
    }
    /// An earlier treatment.
    pub struct PastTreatment {
        /// What: a medicine, a therapy.
        pub what: String,
        /// Highest dose, or how often.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dose: Option<String>,
        /// For how long, and when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub how_long: Option<String>,
        /// Whether it helped; absent when not asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub helped: Option<Helped>,
    }
    /// One area of the initial assessment as it is known on a day. Each save of an area is a version of it.
    pub struct AreaAnswers {
        /// Which area.
        pub area: Area,
        /// The day of the conversation.
        pub day: Day,
        /// What was asked, and what was said.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub replies: BTreeMap<Question, Said>,
        /// Earlier treatments, where this is the area of them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub treatments: Vec<PastTreatment>,
    }
}
