//! The columns of a directory's file, and how headings are taken for them.

use crate::exchange::sheets::header_key;

/// A column of the directory's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Name.
    Name,
    /// What kind of help.
    Kind,
    /// What it offers.
    What,
    /// Telephone.
    Phone,
    /// Address or area.
    Area,
    /// Languages.
    Languages,
    /// Cost.
    Cost,
    /// Waiting time.
    Wait,
    /// Last checked.
    Checked,
    /// Notes.
    Notes,
    /// Not offered since.
    Retired,
}

/// The columns in the order in which they are written, their headings, and the headings by which clinics call them, as
/// letters and digits in lower case.
pub(super) const COLUMNS: [(Column, &str, &[&str]); 11] = [
    (
        Column::Name,
        "Name",
        &[
            "name",
            "organization",
            "organisation",
            "agency",
            "provider",
            "resource",
            "resourcename",
            "program",
            "programname",
            "company",
        ],
    ),
    (
        Column::Kind,
        "Kind",
        &["kind", "type", "category", "resourcetype", "typeofservice"],
    ),
    (
        Column::What,
        "What it offers",
        &[
            "whatitoffers",
            "what",
            "offers",
            "services",
            "service",
            "servicesoffered",
            "description",
        ],
    ),
    (
        Column::Phone,
        "Phone",
        &[
            "phone",
            "telephone",
            "tel",
            "phonenumber",
            "phoneno",
            "contactnumber",
            "number",
            "contact",
        ],
    ),
    (
        Column::Area,
        "Area",
        &[
            "area",
            "address",
            "location",
            "city",
            "county",
            "region",
            "serviceareas",
            "servicearea",
        ],
    ),
    (
        Column::Languages,
        "Languages",
        &["languages", "language", "languagesspoken", "lang"],
    ),
    (
        Column::Cost,
        "Cost",
        &[
            "cost",
            "costs",
            "fee",
            "fees",
            "price",
            "insurance",
            "insuranceaccepted",
            "payment",
        ],
    ),
    (
        Column::Wait,
        "Waiting time",
        &[
            "waitingtime",
            "wait",
            "waittime",
            "waitlist",
            "waitinglist",
            "availability",
        ],
    ),
    (
        Column::Checked,
        "Last checked",
        &[
            "lastchecked",
            "checked",
            "verified",
            "lastverified",
            "dateverified",
            "datechecked",
            "updated",
            "lastupdated",
        ],
    ),
    (
        Column::Notes,
        "Notes",
        &["notes", "note", "comments", "comment", "remarks"],
    ),
    (
        Column::Retired,
        "Not offered since",
        &["notofferedsince", "retired", "closed", "inactive"],
    ),
];

impl Column {
    /// The heading that this app writes.
    pub fn heading(self) -> &'static str {
        COLUMNS
            .iter()
            .find(|(column, ..)| *column == self)
            .map_or("", |(_, heading, _)| heading)
    }
}

/// Whether a heading, as letters and digits in lower case, is one by which clinics call a column.
pub(super) fn is_known(key: &str) -> bool {
    COLUMNS.iter().any(|(_, _, names)| names.contains(&key))
}

/// What each of a file's headings is read as. A heading that is a column's own goes before one that only means as much,
/// wherever it stands; of two that are alike the first is read.
pub(super) fn read_as(headings: &[String]) -> Vec<(String, Option<Column>)> {
    let keys: Vec<String> = headings.iter().map(|heading| header_key(heading)).collect();
    let mut read: Vec<Option<Column>> = vec![None; headings.len()];
    let own = |(_, heading, _): &(Column, &str, &[&str]), key: &str| header_key(heading) == key;
    let means = |(_, _, names): &(Column, &str, &[&str]), key: &str| names.contains(&key);
    for fits in [&own as &dyn Fn(&(Column, &str, &[&str]), &str) -> bool, &means] {
        for (at, key) in keys.iter().enumerate() {
            let found = COLUMNS
                .iter()
                .find(|column| fits(column, key))
                .map(|(column, ..)| *column);
            let is_free = found.is_some_and(|found| !read.contains(&Some(found)));
            if let Some(slot) = read.get_mut(at).filter(|slot| slot.is_none() && is_free) {
                *slot = found;
            }
        }
    }
    headings.iter().cloned().zip(read).collect()
}
