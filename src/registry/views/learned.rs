//! What is learned of a patient, and what may be told of it.

use serde::{Deserialize, Serialize};

use crate::journal::facts::{
    AreaAnswers, Condition, Consent, DatedValue, MinorCare, Permissions, Protection, Question, RecipientKind, Release,
};
use crate::journal::{ChartId, Day, EntryId, PersonId, ThingId, When};

views! {
    /// What is learned of a patient.
    #[derive(Default)]
    pub struct LearnedView {
        /// The initial assessment as it stands, the areas that were saved.
        #[serde(with = "crate::journal::as_json")]
        pub areas: Vec<AreaAnswers>,
        /// Questions that mean "now" and whose answer isn't of now any more: the form asks them anew.
        pub asked_anew: Vec<Question>,
        /// Who saved each of them last, and when: in the order of `areas`.
        pub saved: Vec<String>,
        /// What was not asked yet, an area each.
        pub gaps: Vec<String>,
        /// What is to be known of bipolar disorder before a medicine is advised.
        pub mania: Option<String>,
        /// What is known already of other pages, by the title of the area beside which it stands.
        pub known: Vec<(String, Vec<String>)>,
        /// Illnesses and allergies, those that have ended last.
        #[serde(with = "crate::journal::as_json")]
        pub conditions: Vec<Condition>,
        /// What is known of allergies, in words: "not asked" and "no known allergies" are different things.
        pub allergies: String,
        /// Dated values, a table each.
        pub values: Vec<ValueTable>,
        /// What consents there are: the newest first.
        #[serde(with = "crate::journal::as_json")]
        pub consents: Vec<Consent>,
        /// In words, in the same order.
        pub consent_lines: Vec<String>,
        /// Given consents in which it isn't ticked that something was explained, the newest first.
        pub incomplete: Vec<IncompleteConsent>,
        /// Releases, by recipient.
        pub releases: Vec<StandingRelease>,
        /// What is held back.
        pub held: Vec<HeldView>,
        /// Permissions, when somebody asked.
        #[serde(with = "crate::journal::as_json")]
        pub permissions: Option<Permissions>,
        /// The care of a minor, when written down.
        #[serde(with = "crate::journal::as_json")]
        pub minor_care: Option<MinorCare>,
        /// Whether the patient is a minor, and from which age a minor consents: in words.
        pub minor: Option<String>,
        /// People of the clinic, for a choice: id and name.
        pub people: Vec<(PersonId, String)>,
        /// The guardian of the registration.
        pub guardian: Option<String>,
        /// Who takes part in the patient's care, for a release that names them.
        pub team: Vec<TeamContact>,
    }
    /// A given consent in which it isn't ticked that something was explained.
    pub struct IncompleteConsent {
        /// Its entry.
        pub entry: EntryId,
        /// As it stands.
        #[serde(with = "crate::journal::as_json")]
        pub consent: Consent,
        /// What isn't ticked, with the consent's day, as a sentence.
        pub lacks: String,
    }
    /// Somebody whom a release can name.
    pub struct TeamContact {
        /// Their name, or that of the place.
        pub name: String,
        /// Telephone, fax, e-mail: what is on record.
        pub contact: Option<String>,
        /// What they are, as a release says it.
        pub kind: RecipientKind,
    }
    /// One kind of value over time.
    pub struct ValueTable {
        /// What was measured.
        pub name: String,
        /// The newest, with its age in words: `14 days ago`.
        pub age: String,
        /// The newest first, five at most.
        #[serde(with = "crate::journal::as_json")]
        pub rows: Vec<DatedValue>,
        /// Whether each is at its target.
        pub at_target: Vec<Option<bool>>,
        /// How many there are in all.
        pub all: u32,
    }
    /// A release and where it stands.
    pub struct StandingRelease {
        /// The release.
        #[serde(with = "crate::journal::as_json")]
        pub release: Release,
        /// What it covers, in words.
        pub covers: String,
        /// Why it permits nothing today; `None` while it is in force.
        pub not: Option<String>,
    }
    /// Something that is held back.
    pub struct HeldView {
        /// Whose.
        pub chart: ChartId,
        /// The patient's name.
        pub name: String,
        /// The entry that stands for it.
        pub entry: EntryId,
        /// When it happened; `None` for one that was made in error.
        pub at: Option<When>,
        /// What it is, in a line.
        pub line: String,
        /// Why it is held back.
        pub why: Vec<Protection>,
        /// Releases that permit telling it today.
        pub by: Vec<(ThingId, String)>,
        /// Releases that don't, each with the reason.
        pub not_by: Vec<String>,
    }
    /// What a caller has to know before calling.
    #[derive(Default)]
    pub struct MayView {
        /// How a message may be left, with whom we may speak, a line each.
        pub lines: Vec<String>,
        /// That the patient is a minor, and what follows.
        pub minor: Option<String>,
    }
    /// Where the initial assessment stands, for the patient's page and for the consultant.
    #[derive(Default)]
    pub struct AssessedView {
        /// The day of the latest save; `None` before the first.
        pub latest: Option<Day>,
        /// What was not asked yet, an area each.
        pub gaps: Vec<String>,
        /// What is to be known of bipolar disorder before a medicine is advised.
        pub mania: Option<String>,
        /// What is known of safety from before: past attempts, self-harm, violence, suicide in the family.
        pub safety: Vec<String>,
    }
}
