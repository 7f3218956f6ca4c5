//! Which column holds what: guessed from its heading, corrected by a person, and remembered.

use std::collections::BTreeMap;

use crate::journal::facts::{ColumnMapping, Sheet as SheetKind};

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $label:literal, $sheets:ident, [$($synonym:literal),* $(,)?];)*) => {
        /// What a column can hold.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[$doc])* $name,)*
        }
        impl Field {
            /// All fields.
            pub const ALL: &'static [Field] = &[$(Field::$name),*];

            /// The field's name in a remembered mapping.
            pub fn key(self) -> &'static str {
                match self { $(Field::$name => $key,)* }
            }
            /// The field's name on the page.
            pub fn label(self) -> &'static str {
                match self { $(Field::$name => $label,)* }
            }
            fn sheets(self) -> Sheets {
                match self { $(Field::$name => Sheets::$sheets,)* }
            }
            /// Headings that mean this field, in small letters and digits only.
            fn synonyms(self) -> &'static [&'static str] {
                match self { $(Field::$name => &[$($synonym),*],)* }
            }
        }
    };
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sheets {
    Caseload,
    Contacts,
    Both,
}

fields! {
    /// Medical record number.
    Mrn = "mrn", "MRN", Both, ["mrn", "medicalrecordnumber", "medicalrecord", "medrec", "recordnumber", "recordno", "patientid", "patid", "ptid", "chart", "chartno", "chartnumber", "id", "empi"];
    /// Family and given name in one cell: "Ellis, Hugo" or "Hugo Ellis".
    FullName = "full_name", "Name (both)", Caseload, ["name", "patient", "patientname", "fullname", "ptname", "client", "clientname"];
    /// Family name.
    Family = "family", "Family name", Caseload, ["lastname", "last", "familyname", "surname", "lname", "patientlastname"];
    /// Given name.
    Given = "given", "Given name", Caseload, ["firstname", "first", "givenname", "fname", "forename", "patientfirstname"];
    /// Date of birth.
    Birth = "birth", "Date of birth", Caseload, ["dob", "dateofbirth", "birthdate", "birth", "born", "birthday"];
    /// Telephone number.
    Phone = "phone", "Telephone", Caseload, ["phone", "phonenumber", "telephone", "tel", "mobile", "cell", "cellphone", "contactnumber"];
    /// Treating clinician.
    Clinician = "clinician", "Treating clinician", Caseload, ["pcp", "provider", "clinician", "doctor", "physician", "primarycareprovider", "primarycare", "pcpname", "referringprovider", "treatingclinician"];
    /// Care manager.
    CareManager = "care_manager", "Care manager", Both, ["caremgr", "caremanager", "cm", "bhcm", "bhcaremanager", "carecoordinator", "carecoord", "assignedto", "staff", "bhcp"];
    /// Where treatment stands.
    Status = "status", "Status", Caseload, ["txstatus", "status", "treatmentstatus", "patientstatus", "caseloadstatus", "phase", "ptstatus"];
    /// Flags: safety, discuss.
    Flag = "flag", "Flag", Caseload, ["flag", "flags", "flagged", "alert", "flagfordiscussionsafetyrisk", "flagfordiscussionandsafetyrisk", "discussionsafetyflag", "flagdiscussionsafety", "flagsdiscussionsafety"];
    /// A column of its own for safety: what isn't a no is a flag.
    SafetyFlag = "safety_flag", "Safety flag (a yes)", Caseload, ["safetyflag", "safetyrisk", "safety", "flagassafetyrisk", "flagassafety", "flagforsafety", "flagsafety", "flagsafetyrisk", "flagssafety", "flagssafetyrisk", "suiciderisk", "suicideflag"];
    /// A column of its own for the consultant: what isn't a no is a flag.
    DiscussFlag = "discuss_flag", "Discuss flag (a yes)", Caseload, ["discussionflag", "discussflag", "flagfordiscussion", "flagdiscussion", "flagsdiscussion", "flagforpsych", "flagforconsultant", "needsdiscussion", "reviewwithpsychiatrist"];
    /// Day of enrolment.
    Enrolled = "enrolled", "Date enrolled", Caseload, ["dateenrolled", "enrolled", "enrollmentdate", "enrolmentdate", "enrolldate", "startdate", "dateofenrollment", "initialassessmentdate", "dateofinitialassessment", "intakedate", "initialsession", "episodebegin", "initialassessment"];
    /// Day of the referral.
    Referred = "referred", "Date of referral", Caseload, ["referred", "referraldate", "datereferred", "dateofreferral"];
    /// Consent: its date, or yes.
    Consent = "consent", "Consent", Caseload, ["consent", "consentdate", "dateofconsent", "consented", "cocmconsent", "verbalconsent"];
    /// Who pays.
    Payer = "payer", "Payer", Caseload, ["payer", "insurance", "payor", "insurer", "plan", "coverage"];
    /// First PHQ-9 total.
    Phq9First = "phq9_first", "PHQ-9, first", Caseload, ["phq9initial", "initialphq9", "phq9first", "firstphq9", "phq9baseline", "baselinephq9", "phqinitial", "initialphq", "phq9start", "phq9initialscore", "initialphq9score", "phq9firstscore", "firstphq9score", "phq9baselinescore", "baselinephq9score"];
    /// Latest PHQ-9 total.
    Phq9Last = "phq9_last", "PHQ-9, latest", Caseload, ["phq9last", "lastphq9", "phq9latest", "latestphq9", "phq9current", "currentphq9", "phq9recent", "mostrecentphq9", "phqlast", "lastphq", "phq9", "phq9lastscore", "lastphq9score", "phq9lastavailable", "phq9lastavailablescore", "lastavailablephq9", "lastavailablephq9score", "phq9mostrecent", "phq9mostrecentscore", "mostrecentphq9score", "phq9currentscore", "currentphq9score", "phq9latestscore", "latestphq9score"];
    /// Its date.
    Phq9LastOn = "phq9_last_on", "Date of latest PHQ-9", Caseload, ["dateoflastphq9", "lastphq9date", "phq9lastdate", "phq9date", "datephq9", "dateofphq9", "datelastphq9", "dateoflastphq", "phq9dateoflast", "phq9dateoflastscore", "phq9lastscoredate", "dateoflastphq9score", "phq9dateoflastavailable", "phq9dateofmostrecent", "phq9dateofmostrecentscore", "dateofmostrecentphq9", "dateofmostrecentphq9score", "mostrecentphq9date"];
    /// Item 9 of the latest PHQ-9.
    Item9Last = "item9_last", "PHQ-9 item 9, latest", Caseload, ["phq9item9last", "lastphq9item9", "item9last", "phq9q9last", "lastitem9", "phq9item9", "item9", "phq9q9", "q9", "phqitem9", "si", "phq99", "suicideitem"];
    /// First GAD-7 total.
    Gad7First = "gad7_first", "GAD-7, first", Caseload, ["gad7initial", "initialgad7", "gad7first", "firstgad7", "gad7baseline", "baselinegad7", "gadinitial", "initialgad", "gad7initialscore", "initialgad7score", "gad7firstscore", "firstgad7score", "gad7baselinescore", "baselinegad7score"];
    /// Latest GAD-7 total.
    Gad7Last = "gad7_last", "GAD-7, latest", Caseload, ["gad7last", "lastgad7", "gad7latest", "latestgad7", "gad7current", "currentgad7", "gad7recent", "mostrecentgad7", "gadlast", "lastgad", "gad7", "gad7lastscore", "lastgad7score", "gad7lastavailable", "gad7lastavailablescore", "lastavailablegad7", "lastavailablegad7score", "gad7mostrecent", "gad7mostrecentscore", "mostrecentgad7score", "gad7currentscore", "currentgad7score", "gad7latestscore", "latestgad7score"];
    /// Its date.
    Gad7LastOn = "gad7_last_on", "Date of latest GAD-7", Caseload, ["dateoflastgad7", "lastgad7date", "gad7lastdate", "gad7date", "dategad7", "dateofgad7", "datelastgad7", "dateoflastgad", "gad7dateoflast", "gad7dateoflastscore", "gad7lastscoredate", "dateoflastgad7score", "gad7dateoflastavailable", "gad7dateofmostrecent", "gad7dateofmostrecentscore", "dateofmostrecentgad7", "dateofmostrecentgad7score", "mostrecentgad7date"];
    /// Day of the last contact.
    LastContact = "last_contact", "Last contact", Caseload, ["mostrecentcontact", "lastcontact", "lastsession", "lastvisit", "lastseen", "dateoflastcontact", "lastcontactdate", "lastfollowup", "lastfu", "lastencounter", "dateofmostrecentcontact", "mostrecentcontactdate", "dateoflastsession", "lastsessiondate", "dateofmostrecentsession", "dateoflastvisit", "dateoflastfollowup"];
    /// When the next contact is due.
    NextContact = "next_contact", "Next contact", Caseload, ["nextfu", "nextfollowup", "nextcontact", "followupdue", "nextappt", "nextappointment", "nextfollowupdue", "fudue", "nextvisit", "followup", "dateofnextcontact", "dateofnextfollowup", "dateofnextappointment", "nextcontactdate", "nextfollowupdate", "nextsession"];
    /// Number of sessions so far.
    Sessions = "sessions", "Number of sessions", Caseload, ["sessions", "ofsessions", "numberofsessions", "totalsessions", "totalsess", "numsessions", "nosessions", "sessioncount", "contacts", "ofcontacts", "followupcontacts", "offollowupcontacts", "numberoffollowupcontacts", "nooffollowupcontacts", "numberofcontacts", "totalcontacts", "totalnumberofcontacts"];
    /// Day of the last review with the consultant.
    LastReview = "last_review", "Last case review", Caseload, ["lastpsychconsult", "lastpsychiatricconsult", "lastconsult", "psychconsult", "lastcasereview", "lastreview", "lastpsychreview", "lastpsychiatricconsultation", "dateoflastpsychconsult", "dateoflastcasereview", "dateofmostrecentcasereview", "mostrecentcasereview", "dateoflastpsychiatricconsult", "dateoflastpsychiatricconsultation", "dateofmostrecentpsychiatricconsult", "dateofmostrecentpsychiatricconsultation", "mostrecentpsychiatricconsult", "mostrecentpsychiatricconsultation", "mostrecentpsychconsult", "psychiatricconsultationdate", "psychiatriccasereview", "lastpsychiatriccasereview", "dateoflastpsychiatriccasereview"];
    /// Diagnosis codes.
    Diagnoses = "diagnoses", "Diagnoses", Caseload, ["dx", "diagnosis", "diagnoses", "icd10", "icd", "dxcodes", "dxcode", "problemslist", "problemlist", "icd10codes"];
    /// Medicines.
    Medicines = "medicines", "Medicines", Caseload, ["medications", "medication", "meds", "currentmeds", "currentmedications", "medicines", "psychmeds", "rx"];
    /// Notes.
    Note = "note", "Note", Both, ["notes", "note", "comments", "comment", "remarks", "memo"];
    /// Day of a contact.
    Date = "date", "Date", Contacts, ["date", "contactdate", "dateofcontact", "sessiondate", "servicedate", "dateofservice", "dos", "visitdate", "encounterdate"];
    /// What kind of contact.
    Kind = "kind", "Kind of contact", Contacts, ["contacttype", "type", "typeofcontact", "sessiontype", "visittype", "encountertype", "contactkind", "kind"];
    /// How it took place.
    Mode = "mode", "How", Contacts, ["mode", "modality", "how", "method", "contactmode", "location", "setting"];
    /// Minutes spent.
    Minutes = "minutes", "Minutes", Contacts, ["minutes", "min", "mins", "duration", "time", "timespent", "billableminutes", "length", "totalminutes", "durationminutes"];
    /// PHQ-9 total.
    Phq9 = "phq9", "PHQ-9", Contacts, ["phq9", "phq9score", "phq9total", "phq", "phqscore"];
    /// PHQ-9 item 9.
    Item9 = "item9", "PHQ-9 item 9", Contacts, ["phq9item9", "item9", "phq9q9", "q9", "phqitem9", "si", "phq99", "suicideitem"];
    /// GAD-7 total.
    Gad7 = "gad7", "GAD-7", Contacts, ["gad7", "gad7score", "gad7total", "gad", "gadscore"];
    /// What was done.
    Activity = "activity", "Activity", Contacts, ["activity", "activitytype", "intervention", "interventions", "service", "task", "category", "reason"];
}

impl Field {
    /// Whether a sheet of this kind can have the field.
    pub fn belongs_to(self, kind: SheetKind) -> bool {
        match (self.sheets(), kind) {
            (Sheets::Both, _) | (Sheets::Caseload, SheetKind::Caseload) | (Sheets::Contacts, SheetKind::Contacts) => {
                true
            }
            (Sheets::Caseload, SheetKind::Contacts) | (Sheets::Contacts, SheetKind::Caseload) => false,
        }
    }
    /// The field with this name in a remembered mapping.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }
    fn from_header(kind: SheetKind, key: &str) -> Option<Self> {
        let fits = |field: &Field| field.belongs_to(kind) && field.synonyms().contains(&key);
        Self::ALL.iter().copied().find(fits)
    }
}

/// A heading in small letters and digits only.
pub(in crate::exchange) fn header_key(header: &str) -> String {
    header
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .take(80)
        .collect()
}

pub(super) fn is_known_header(key: &str) -> bool {
    Field::ALL.iter().any(|field| field.synonyms().contains(&key))
}

/// How many of the headings are known.
pub(in crate::exchange) fn known_headings(headers: &[String]) -> usize {
    headers.iter().filter(|h| is_known_header(&header_key(h))).count()
}

/// The date that stands under a heading, given in small letters and digits only; `None` for a heading that means no date.
pub(in crate::exchange) fn date_heading(key: &str) -> Option<Field> {
    const DATES: [Field; 10] = [
        Field::Birth,
        Field::Enrolled,
        Field::Referred,
        Field::Consent,
        Field::Phq9LastOn,
        Field::Gad7LastOn,
        Field::LastContact,
        Field::NextContact,
        Field::LastReview,
        Field::Date,
    ];
    DATES.into_iter().find(|field| field.synonyms().contains(&key))
}

/// Which kind of sheet the headings look like.
pub fn guess_kind(headers: &[String]) -> SheetKind {
    let known = |kind| {
        headers
            .iter()
            .filter(|h| Field::from_header(kind, &header_key(h)).is_some())
            .count()
    };
    if known(SheetKind::Contacts) > known(SheetKind::Caseload) {
        SheetKind::Contacts
    } else {
        SheetKind::Caseload
    }
}

/// What each column of a sheet holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    kind: SheetKind,
    columns: Vec<(String, Option<Field>)>,
}

/// A mapping guessed from the headings.
pub fn guess_mapping(kind: SheetKind, headers: &[String]) -> Mapping {
    let nothing = ColumnMapping {
        sheet: kind,
        columns: BTreeMap::new(),
    };
    Mapping::remembered(&nothing, headers)
}

impl Mapping {
    /// A mapping that was remembered; headings that it doesn't name are guessed.
    pub fn remembered(remembered: &ColumnMapping, headers: &[String]) -> Self {
        let kind = remembered.sheet;
        let unmapped = headers.iter().map(|h| (h.clone(), None)).collect();
        let mut mapping = Self {
            kind,
            columns: unmapped,
        };
        for (column, header) in headers.iter().enumerate() {
            if let Some(key) = remembered.columns.get(header) {
                mapping.set(column, Field::from_key(key).filter(|field| field.belongs_to(kind)));
            }
        }
        for (column, header) in headers.iter().enumerate() {
            let guess = Field::from_header(kind, &header_key(header));
            let is_free = guess.is_some_and(|field| mapping.column(field).is_none());
            if is_free && !remembered.columns.contains_key(header) {
                mapping.set(column, guess);
            }
        }
        mapping
    }
    /// Which kind of sheet it is for.
    pub fn kind(&self) -> SheetKind {
        self.kind
    }
    /// Headings and what their columns hold.
    pub fn columns(&self) -> &[(String, Option<Field>)] {
        &self.columns
    }
    /// Says what a column holds. A field is held by one column: the last one named.
    pub fn set(&mut self, column: usize, field: Option<Field>) {
        if field.is_some() {
            self.columns
                .iter_mut()
                .filter(|(_, held)| *held == field)
                .for_each(|(_, held)| *held = None);
        }
        if let Some((_, held)) = self.columns.get_mut(column) {
            *held = field;
        }
    }
    /// The column that holds a field.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|(_, held)| *held == Some(field))
    }
    /// The heading of the column that holds a field; the field's own name where none does.
    pub fn header(&self, field: Field) -> &str {
        let held = self.columns.iter().find(|(_, held)| *held == Some(field));
        held.map_or(field.label(), |(header, _)| header)
    }
    /// Fields without which nothing can be made of this sheet's rows.
    pub fn missing(&self) -> Vec<Field> {
        let needed: &[Field] = match self.kind {
            SheetKind::Caseload => &[Field::Mrn],
            SheetKind::Contacts => &[Field::Mrn, Field::Date],
        };
        let mut missing: Vec<Field> = needed.iter().copied().filter(|f| self.column(*f).is_none()).collect();
        if self.kind == SheetKind::Caseload && self.column(Field::FullName).is_none() {
            let parts = [Field::Family, Field::Given];
            missing.extend(parts.into_iter().filter(|part| self.column(*part).is_none()));
        }
        missing
    }
    /// The mapping as it is remembered in the registry's own chart.
    pub fn to_fact(&self) -> ColumnMapping {
        let name = |field: &Option<Field>| field.map_or_else(String::new, |f| f.key().to_owned());
        let columns = self
            .columns
            .iter()
            .map(|(header, field)| (header.clone(), name(field)))
            .collect();
        ColumnMapping {
            sheet: self.kind,
            columns,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn each_heading_means_one_field_of_a_sheet() {
        for kind in [SheetKind::Caseload, SheetKind::Contacts] {
            let mut seen = BTreeMap::new();
            for field in Field::ALL.iter().filter(|f| f.belongs_to(kind)) {
                assert_eq!(Field::from_key(field.key()), Some(*field));
                for synonym in field.synonyms() {
                    assert_eq!(header_key(synonym), *synonym);
                    assert_eq!(seen.insert(*synonym, field), None, "{synonym}");
                }
            }
        }
    }

    #[test]
    fn usual_headings_are_guessed() {
        let mapping = guess_mapping(
            SheetKind::Caseload,
            &headers(
                "MRN,Last Name,First Name,DOB,PCP,Care Mgr,Tx Status,PHQ-9 initial,PHQ-9 last,Date of last PHQ-9,Next f/u,# Sessions,Shoe size",
            ),
        );
        use Field::*;
        let found: Vec<Option<Field>> = mapping.columns().iter().map(|(_, f)| *f).collect();
        let expected = [
            Mrn,
            Family,
            Given,
            Birth,
            Clinician,
            CareManager,
            Status,
            Phq9First,
            Phq9Last,
            Phq9LastOn,
            NextContact,
            Sessions,
        ];
        assert_eq!(found, expected.into_iter().map(Some).chain([None]).collect::<Vec<_>>());
        assert_eq!(mapping.missing(), []);
    }

    #[test]
    fn what_a_person_chose_is_remembered_and_the_rest_is_guessed() {
        let first = headers("Record,Last Name,Extra,Notes");
        let mut mapping = guess_mapping(SheetKind::Caseload, &first);
        assert_eq!(mapping.missing(), [Field::Mrn, Field::Given]);
        mapping.set(0, Some(Field::Mrn));
        mapping.set(2, Some(Field::Note));
        assert_eq!(mapping.columns()[3].1, None, "a field is held by one column");

        let later = headers("Last Name,Extra,Record,Notes,DOB");
        let remembered = Mapping::remembered(&mapping.to_fact(), &later);
        let found: Vec<Option<Field>> = remembered.columns().iter().map(|(_, f)| *f).collect();
        assert_eq!(
            found,
            [
                Some(Field::Family),
                Some(Field::Note),
                Some(Field::Mrn),
                None,
                Some(Field::Birth)
            ]
        );
    }

    #[test]
    fn the_kind_of_sheet_is_told_from_its_headings() {
        assert_eq!(
            guess_kind(&headers("MRN,Date,Contact type,Minutes,PHQ9")),
            SheetKind::Contacts
        );
        assert_eq!(guess_kind(&headers("MRN,Last Name,DOB,Tx Status")), SheetKind::Caseload);
    }
}
