//! Records that are out, who has how many patients, and differences of two copies' settings.

use serde::{Deserialize, Serialize};

use crate::exchange::handoff::CoverLine;
use crate::journal::{ChartId, Day, PersonId, ThingId};

views! {
    /// What to look for of a coverage that is planned.
    pub struct CoverageQuery {
        /// First day; today when absent.
        pub from: Option<Day>,
        /// Last day; two weeks after the first when absent.
        pub until: Option<Day>,
        /// Patients beside the own ones.
        pub chosen: Vec<ChartId>,
    }
    /// Records that are out, and what of patients falls due.
    pub struct CoverageView {
        /// The clinic's day.
        pub today: Day,
        /// Who can stand in: the people of the clinic but whoever works here, as a cover is never one's own.
        pub people: Vec<(PersonId, String)>,
        /// The own patients who aren't closed, and those asked for: who has a safety item first, then by what falls due.
        pub patients: Vec<CoverRow>,
        /// Coverages that are not back, the earliest first.
        pub out: Vec<OutView>,
        /// Coverages that whoever works here handed back: their file can be made again.
        pub handed_back: Vec<OutView>,
    }
    /// A patient of a coverage that is planned.
    pub struct CoverRow {
        /// What the cover sheet says.
        #[serde(with = "crate::journal::as_json")]
        pub line: CoverLine,
        /// What tells two patients of one name apart.
        pub about: String,
        /// Where the record is, when it is out already: it can't go twice.
        pub out: Option<String>,
        /// Entries that are held back from others, and go along within the clinic's own team.
        pub held: u32,
    }
    /// A coverage and its patients.
    pub struct OutView {
        /// Which.
        pub coverage: ThingId,
        /// In words: `with R. Okoye since Mon 23 Nov, not merged back`.
        pub words: String,
        /// For whom, by name.
        pub of: String,
        /// Whether whoever works here stands in.
        pub mine: bool,
        /// Whether its last day is past.
        pub late: bool,
        /// Its patients, by name.
        pub patients: Vec<(ChartId, String)>,
    }

    /// Who has how many patients.
    pub struct SharesView {
        /// The clinic's day.
        pub today: Day,
        /// The unassigned first, then by name.
        pub shares: Vec<ShareView>,
        /// What is said elsewhere of the size of a caseload: a number's words, and its source.
        pub sizes: Vec<(String, String)>,
        /// Who can be given patients.
        pub people: Vec<(PersonId, String)>,
    }
    /// The patients of one care manager.
    pub struct ShareView {
        /// Whose; `None` for those who are nobody's.
        pub person: Option<PersonId>,
        /// By name.
        pub name: String,
        /// In treatment.
        pub active: u32,
        /// In relapse prevention.
        pub relapse_prevention: u32,
        /// Referred, tried or on hold.
        pub other: u32,
        /// With an open concern.
        pub concerns: u32,
        /// With something late.
        pub late: u32,
        /// Who: by name, with what tells them apart, and their status.
        pub patients: Vec<(ChartId, String, String)>,
    }

    /// Something of the clinic's own that two copies have differently.
    pub struct OfficeDifference {
        /// Which part.
        pub part: OfficePart,
        /// What, in words.
        pub what: String,
        /// As it is here; `None` where it isn't.
        pub here: Option<String>,
        /// As it is in the file.
        pub there: String,
    }
    /// What becomes of one part of the clinic's own settings.
    pub struct OfficeChoice {
        /// Which part.
        pub part: OfficePart,
        /// Whether the file's holds from now on; otherwise what is here stays, and the file's is not taken.
        pub theirs: bool,
    }
    /// A part of the clinic's own settings that a file carries.
    #[derive(Copy, Eq, PartialOrd, Ord)]
    pub enum OfficePart {
        /// The numbers of the clocks.
        Protocol,
        /// People.
        People,
        /// The directory of resources.
        Directory,
    }
}
