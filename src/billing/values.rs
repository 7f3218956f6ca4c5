//! The numbers of a payer profile: each with its name, its default, its source and how sure the source is.

use serde::Deserialize;

/// How well a number is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// A primary text says so.
    Primary,
    /// A secondary text or published code says so.
    Secondary,
    /// Sources disagree; the profile's name says which reading it takes.
    Disputed,
    /// No text was read that says so: check with the payer.
    Unverified,
}

impl Standing {
    /// One word for a page or a file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Primary => "primary source",
            Self::Secondary => "secondary source",
            Self::Disputed => "disputed",
            Self::Unverified => "unverified",
        }
    }
}

/// How a payer pays for collaborative care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paid {
    /// By codes for the month.
    Separately,
    /// A case rate for the month.
    CaseRate,
    /// Not separately.
    Not,
    /// Only general integration is reported.
    GeneralOnly,
}

macro_rules! keys {
    ($($(#[$doc:meta])* $key:ident = $name:literal, $default:literal, $standing:ident, $source:literal;)*) => {
        /// A number of a profile, by name. Times are seconds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Key {
            $($(#[$doc])* $key,)*
        }

        impl Key {
            /// Every number, in the order in which a page shows them.
            pub const ALL: &[Key] = &[$(Key::$key),*];

            /// The number of a name in a saved profile.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|key| key.name() == name)
            }
            /// Its name in a saved profile.
            pub fn name(self) -> &'static str {
                match self { $(Key::$key => $name),* }
            }
            /// Its value in the default profile.
            pub fn default_value(self) -> u32 {
                match self { $(Key::$key => $default),* }
            }
            /// How well the default is known.
            pub fn standing(self) -> Standing {
                match self { $(Key::$key => Standing::$standing),* }
            }
            /// Where the default comes from.
            pub fn source(self) -> &'static str {
                match self { $(Key::$key => $source),* }
            }
        }
    };
}

keys! {
    /// Least time for 99492, the initial month.
    InitialFrom = "initial_from_seconds", 2160, Primary,
        "36 to 85 minutes: BCBS North Dakota, psychiatric collaborative care policy, https://www.bcbsnd.com/providers/policies-precertification/reimbursement-policy/psychiatric-collaborative-care; BCBS Texas Medicaid, https://www.bcbstx.com/provider-medicaid/education-and-reference/news/2022-archive/effective-june012022-collaborative-care-model-new-medicaid-benefit";
    /// Least time for the first 99494 in an initial month.
    InitialAddOnFrom = "initial_add_on_from_seconds", 5160, Secondary,
        "86 minutes, full time 70 and 16 more: BCBS Texas Medicaid gives 16 minutes past the full time; steps as published by NEH-Psychiatry/MedSync8 and MedStar Health (CCL-Team/B41_Version)";
    /// Least time for 99493, a later month.
    SubsequentFrom = "subsequent_from_seconds", 1860, Primary,
        "31 to 75 minutes: BCBS North Dakota and BCBS Texas Medicaid, as for 99492";
    /// Least time for the first 99494 in a later month.
    SubsequentAddOnFrom = "subsequent_add_on_from_seconds", 4560, Secondary,
        "76 minutes, full time 60 and 16 more: as for the initial month";
    /// Time from one 99494 to the next.
    AddOnEvery = "add_on_every_seconds", 1800, Primary,
        "each further 30 minutes: BCBS Texas Medicaid; BCBS North Dakota gives its add-on status";
    /// Most units of 99494 in a month; 0 for no limit.
    AddOnCap = "add_on_cap", 0, Unverified,
        "no limit stated in NEH-Psychiatry/MedSync8; NC Medicaid 4 from 2024-07-01, https://medicaid.ncdhhs.gov/blog/2025/09/17/updated-coverage-psychiatric-collaborative-care-management-sept-17-2025; Medicare's own unit limit (NCCI) was not read";
    /// Units of 99494 above which a warning shows.
    AddOnWarnAbove = "add_on_warn_above", 2, Secondary,
        "two units are the most that published rate models hold: AIMS Center financial-modeling workbook, https://aims.uw.edu/financial-modeling-workbook; https://pmc.ncbi.nlm.nih.gov/articles/PMC7480471/";
    /// Least time for G2214; 0 where it is not covered.
    G2214From = "g2214_from_seconds", 960, Disputed,
        "16 minutes: Mirah, https://support.mirah.com/article/663-collaborative-care-minute-targets, and MedStar Health; 30 minutes: NEH-Psychiatry/MedSync8, citing MLN909432. No primary sentence was read";
    /// The other reading of the least time for G2214 while the clinic has not chosen; 0 once it has.
    G2214OtherReading = "g2214_other_reading_seconds", 1800, Disputed,
        "see the least time for G2214";
    /// Least time for 99484, general BHI. Its descriptor says at least 20, so no midpoint applies.
    BhiFrom = "bhi_from_seconds", 1200, Secondary,
        "at least 20 minutes: AAFP, https://www.aafp.org/family-physician/practice-and-career/getting-paid/coding/behavioral-health-integration-coding.html; MiCMT lists 11 to 20";
    /// Full calendar months without service after which a month is initial again.
    ResetAfterMonths = "reset_after_empty_months", 6, Primary,
        "six consecutive months: NC Medicaid bulletin of 2025-09-17, giving the AMA definition; read here as full calendar months";
    /// Days before the start within which the initiating visit lies.
    VisitWithinDays = "initiating_visit_within_days", 365, Primary,
        "one year: BCBS Michigan Record, May 2022, https://www.bcbsm.com/content/dam/microsites/corpcomm/provider/the_record/2022/may/Record_0522q.shtml; BCBS North Dakota care management guideline";
    /// 1 where the minutes of the whole team count, shared time once; 0 for the care manager's clock.
    TeamTime = "team_time", 0, Secondary,
        "the descriptors speak of the care manager's activities; BCBS Michigan counts the team, https://www.bcbsm.com/content/dam/microsites/corpcomm/provider/the_record/2020/nov/Record_1120l.shtml";
    /// Consent in advance: 2 blocks, 1 warns, 0 is not asked.
    GateConsent = "gate_consent", 2, Primary,
        "CMS-1654-F (CY2017 physician fee schedule), page 278: in advance, verbal is enough, documented";
    /// A behavioral diagnosis: 2 blocks, 1 warns, 0 is not asked.
    GateDiagnosis = "gate_diagnosis", 2, Primary,
        "any mental, behavioral or psychiatric condition: National Government Services, https://ngsmedicare.com/web/ngs/care-management?selectedArticleId=3451698";
    /// An initiating visit: 2 blocks, 1 warns, 0 is not asked.
    GateVisit = "gate_initiating_visit", 2, Primary,
        "new patients and those not seen within a year: BCBS Michigan Record, May 2022; BCBS North Dakota care management guideline";
    /// A validated scale in the month: 2 blocks, 1 warns, 0 is not asked.
    GateScale = "gate_validated_scale", 1, Primary,
        "assessment and monitoring with validated rating scales: National Government Services, https://www.ngsmedicare.com/web/ngs/mental-health?selectedArticleId=3421653";
    /// A consultant's review in the initial month: 2 blocks, 1 warns, 0 is not asked.
    GateReview = "gate_consultant_review", 1, Secondary,
        "element of the initial month: http://www.medicalbillersandcoders.com/blog/billing-codes-for-psychiatric-collaborative-care-management; weekly for the caseload, not for each patient";
    /// A named billing practitioner: 2 blocks, 1 warns, 0 is not asked.
    GatePractitioner = "gate_practitioner", 2, Primary,
        "the claim goes out under the treating practitioner: National Government Services, as for the scales; BCBS Michigan Record, May 2022";
    /// 1 where the minutes of a trainee count as a care manager's, whether they wait for co-signature or not; 0 where they
    /// don't.
    TraineeTime = "trainee_time", 1, Unverified,
        "no text was read on minutes of a trainee, nor on those that wait for co-signature: ask the payer. A call that a trainee and another share counts once: BCBS Michigan, https://www.bcbsm.com/content/dam/microsites/corpcomm/provider/the_record/2020/nov/Record_1120l.shtml";
    /// A national provider identifier of that practitioner that passes its check digit: 2 blocks, 1 warns, 0 is not asked.
    GateNpi = "gate_npi", 2, Primary,
        "the claim goes out under the practitioner's NPI: BCBS Michigan Record, May 2022; NC Tracks, 2019";
    /// A treatment plan in the initial month: 2 blocks, 1 warns, 0 is not asked.
    GatePlan = "gate_plan", 1, Secondary,
        "element of the initial month: http://www.medicalbillersandcoders.com/blog/billing-codes-for-psychiatric-collaborative-care-management";
    /// What an audit asks for in each counted entry: 2 blocks, 1 warns, 0 is not asked.
    GateDocumentation = "gate_documentation", 1, Secondary,
        "date, duration and modality of each contact, name and relationship of anyone else contacted: MiCMT, https://micmt-cares.org/general-behavioral-health";
    /// 1 where time counts while the patient is an inpatient, 0 where it doesn't.
    InpatientTime = "inpatient_time", 1, Disputed,
        "CMS-1654-F counts it; CPT as told in AAP News, https://publications.aap.org/aapnews/news/12223/New-CPT-codes-for-behavioral-health-services-take, does not";
    /// 1 where 99492 is paid once per calendar year at most.
    InitialOncePerYear = "initial_once_per_calendar_year", 0, Disputed,
        "not in NC Medicaid's definition of an episode; MiCMT says once per calendar year, https://micmt-cares.org/collaborative-care-cocm";
    /// How collaborative care is paid: 0 by minutes, 1 as a case rate, 2 not separately, 3 not at all (general BHI only).
    PaidAs = "cocm_paid", 0, Primary,
        "by the minutes of the month: BCBS North Dakota and BCBS Texas Medicaid, as for 99492";
    /// The first month, as year and month (202212), of G0512 instead of the codes by minutes; 0 where there is none.
    G0512From = "g0512_from_month", 0, Primary,
        "FQHCs and RHCs only: AHRQ Integration Academy, https://integrationacademy.ahrq.gov/news-and-events/news/new-medicare-billing-practices-collaborative-care-take-effect";
    /// The last month of G0512, as year and month; 999912 where no end is known.
    G0512Until = "g0512_until_month", 0, Primary,
        "Medicare ended it on 2026-01-01: AHRQ Integration Academy";
    /// Least time for G0512 in an initial month.
    G0512InitialFrom = "g0512_initial_from_seconds", 4200, Disputed,
        "70 minutes: American Psychiatric Association, https://www.psychiatry.org/psychiatrists/practice/professional-interests/integrated-care/get-paid; 60 by the HCPCS text as NC Medicaid and CodingIntel give it";
    /// Least time for G0512 in a later month.
    G0512SubsequentFrom = "g0512_subsequent_from_seconds", 3600, Secondary,
        "60 minutes: American Psychiatric Association; CodingIntel, https://codingintel.com/rhc-and-fqhc-update";
    /// 1 where the practitioner reports advanced primary care management, with G0568 to G0570 as its add-ons.
    Apcm = "apcm_add_ons", 0, Secondary,
        "add-ons since 2026-01-01 for a practitioner who reports G0556, G0557 or G0558 in the month: https://www.fairpath.ai/resources/apcm-behavioral-health-add-on-2026";
    /// 1 where an add-on takes the minutes of the code that it mirrors; CMS asks for none.
    ApcmMinutes = "apcm_minute_gate", 0, Secondary,
        "the descriptors have no minutes: https://hcpcs.codes/g-codes-amp/G0568-amp/; NEH-Psychiatry/MedSync8 asks for them as its own policy";
    /// Months after which consent is to be asked for again; 0 where once is enough.
    ConsentEvery = "consent_renewed_after_months", 0, Disputed,
        "once: CMS-1654-F speaks of obtaining it; yearly on one vendor's page, https://www.triadhealthengine.com/blog/cocm-collaborative-care-model-rhc";
}
