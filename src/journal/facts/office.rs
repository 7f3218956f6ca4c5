//! The registry's own chart: people, clinic, protocol, payer profiles, directory, templates, month locks,
//! and what corrects, voids, moves or erases an entry.

use std::collections::BTreeMap;

use crate::journal::{ChartId, Day, EntryId, Month, PersonId, Seconds, ThingId, Zone};

use super::ResourceKind;

codes! {
    /// What somebody does.
    pub enum Role {
        /// Behavioral health care manager.
        CareManager,
        /// Psychiatric consultant.
        Consultant,
        /// Treating clinician.
        Clinician,
        /// Biller.
        Biller,
        /// Supervisor or program manager.
        Supervisor,
        /// Trainee.
        Trainee,
        /// A spreadsheet that was imported; authors the entries made from it.
        Import,
    }
    /// Who asked for a chart to be erased. Never a name: what says so outlives the chart.
    pub enum ErasureAsker {
        /// The patient.
        Patient,
        /// Somebody who acts for the patient.
        Representative,
        /// A court or an authority.
        Authority,
        /// The clinic itself, such as a record kept by mistake or past its time.
        Clinic,
    }
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Mon,
        /// Tuesday.
        Tue,
        /// Wednesday.
        Wed,
        /// Thursday.
        Thu,
        /// Friday.
        Fri,
        /// Saturday.
        Sat,
        /// Sunday.
        Sun,
    }
    /// Which sheet a column mapping is for.
    pub enum Sheet {
        /// One row a patient.
        Caseload,
        /// One row a contact.
        Contacts,
    }
}

data! {
    /// Somebody who works with the registry or treats its patients.
    pub struct Person {
        /// Which person.
        pub person: PersonId,
        /// Name as shown.
        pub name: String,
        /// What they do.
        pub role: Role,
        /// Credential, for example `LCSW`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub credential: Option<String>,
        /// National provider identifier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub npi: Option<String>,
        /// Who supervises them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub supervisor: Option<PersonId>,
        /// Telephone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub phone: Option<String>,
        /// Whether they have left.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub left: bool,
        /// The person of whom this is another name, for example the spelling of a sheet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub same_as: Option<PersonId>,
    }
    /// The clinic.
    pub struct Clinic {
        /// Name.
        pub name: String,
        /// Time zone of its days and months.
        pub zone: Zone,
        /// Telephone for patients in a crisis.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub crisis_line: Option<String>,
        /// Days on which it is open.
        pub working_days: Vec<Weekday>,
        /// The payer profile used where a patient has none.
        pub payer_profile: String,
        /// The age at which a person is of age in the clinic's state; 18 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub of_age: Option<u8>,
        /// The age from which a minor may consent to outpatient mental health care alone; not set when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub consents_from: Option<u8>,
    }
    /// Changes to the default protocol: its numbers by name.
    pub struct ProtocolChange {
        /// Name of the changed protocol, shown with every item that it fires.
        pub name: String,
        /// The numbers that differ from the default.
        pub numbers: BTreeMap<String, u32>,
    }
    /// A payer profile of the clinic's own: a shipped one with changed numbers.
    pub struct PayerProfileChange {
        /// Its name.
        pub name: String,
        /// The shipped profile that it starts from.
        pub base: String,
        /// The values that differ.
        pub values: BTreeMap<String, u32>,
    }
    /// A community resource.
    pub struct DirectoryEntry {
        /// Which resource.
        pub resource: ThingId,
        /// Name.
        pub name: String,
        /// What it offers; may be empty.
        pub what: String,
        /// Telephone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub phone: Option<String>,
        /// Anything else to know.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub notes: Option<String>,
        /// What kind of help it gives.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub kind: Option<ResourceKind>,
        /// Address, or the area that it serves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub area: Option<String>,
        /// Languages.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub languages: Option<String>,
        /// What it costs, and whose insurance it takes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cost: Option<String>,
        /// How long people wait.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub wait: Option<String>,
        /// Day on which somebody last made sure that all this holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub checked: Option<Day>,
        /// Day from which it is not offered any more. It stays in the directory.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub retired: Option<Day>,
    }
    /// A text template.
    pub struct Template {
        /// Which template.
        pub template: ThingId,
        /// Name.
        pub name: String,
        /// Text.
        pub text: String,
    }
    /// A service month is closed, or opened again.
    pub struct MonthLock {
        /// The month.
        pub month: Month,
        /// Whether it is closed.
        pub closed: bool,
        /// Why, when it is opened again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<String>,
        /// What the month came to when it was closed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub snapshot: Option<MonthSnapshot>,
    }
    /// What a month came to when it was closed.
    pub struct MonthSnapshot {
        /// The day on which it was looked at.
        pub as_of: Day,
        /// Version of the rules.
        pub rules: String,
        /// The clinic's payer profile.
        pub profile: String,
        /// Time entries looked at, counted or not.
        pub entries: u32,
        /// The patients with time; none where they stand in parts.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub rows: Vec<SnapshotRow>,
        /// The parts in which they stand, of a clinic whose rows don't fit one entry.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub parts: Vec<ThingId>,
    }
    /// One patient's month when it was closed.
    pub struct SnapshotRow {
        /// Whose.
        pub chart: ChartId,
        /// The payer profile that it was reckoned with, as pages call it.
        pub profile: String,
        /// Countable time.
        pub seconds: Seconds,
        /// Time entries looked at, counted or not.
        pub entries: u32,
        /// Codes ready to be billed, with their units; none while something is missing or unsettled.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub codes: BTreeMap<String, u32>,
        /// Those time entries; absent in months that were closed by an earlier version.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub ids: Vec<EntryId>,
        /// How it stood; absent in months that were closed by an earlier version.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub stood: Option<MonthStood>,
    }
    /// How a patient's month stood when it was closed, besides its codes.
    pub struct MonthStood {
        /// Kind of month, as pages call it.
        pub kind: String,
        /// What the minutes supported by themselves, with units.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub supports: BTreeMap<String, u32>,
        /// What was missing, as pages call it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub missing: Vec<String>,
        /// Whether it waited for the clinic's choice about a disputed threshold.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub unsettled: bool,
    }
    /// How the columns of a clinic's sheet are read: header text to field.
    pub struct ColumnMapping {
        /// Which sheet.
        pub sheet: Sheet,
        /// Field by header.
        pub columns: BTreeMap<String, String>,
    }
    /// An entry is corrected: its original stays, its content is replaced.
    pub struct Corrected {
        /// The entry that this answers.
        pub entry: EntryId,
        /// Its right content: kind and fact, as in an entry.
        pub kind: String,
        /// The fact.
        #[cfg_attr(test, schemars(with = "serde_json::Value"))]
        pub fact: serde_json::Value,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<String>,
    }
    /// An entry should never have been written.
    pub struct EnteredInError {
        /// The entry that this answers.
        pub entry: EntryId,
        /// Why.
        pub reason: String,
        /// The chart to which it was moved, when it was on the wrong patient.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub moved_to: Option<ChartId>,
    }
    /// Content that was first written on the wrong patient.
    pub struct MovedHere {
        /// The wrong patient's chart.
        pub from: ChartId,
        /// The entry there.
        pub entry: EntryId,
        /// Its content: kind and fact, as in an entry.
        pub kind: String,
        /// The fact.
        #[cfg_attr(test, schemars(with = "serde_json::Value"))]
        pub fact: serde_json::Value,
    }
    /// The chart was erased for good on a legal request; a merge never brings it back.
    pub struct Erased {
        /// The reason given. It names neither the patient nor anything clinical: it stays when the record is gone.
        pub reason: String,
        /// The rule that allows or asks for it, as the clinic names it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub basis: Option<String>,
        /// Who asked for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub asked_by: Option<ErasureAsker>,
    }
    /// What the clinic agreed on for forms that patients fill in alone on its device.
    pub struct PatientMode {
        /// That somebody looks at what patients answered on the same day. Without it no question about suicide is handed
        /// to a patient alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub same_day_review: Option<SameDayReview>,
    }
    /// Somebody confirmed that positive answers are looked at on the same day.
    pub struct SameDayReview {
        /// Who confirmed it.
        pub by: PersonId,
        /// On which day.
        pub on: Day,
        /// Who looks at them, in the clinic's own words.
        pub who: String,
    }
}
