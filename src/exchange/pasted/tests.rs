//! Headers as EHRs print them; all people are invented.

use super::PastedField::*;
use super::*;

fn today() -> Day {
    "2026-11-20".parse().unwrap()
}

#[track_caller]
fn check(text: &str, expected: &[(PastedField, &str)]) {
    let mut expected: Vec<Proposal> = expected
        .iter()
        .map(|(field, value)| Proposal {
            field: *field,
            value: (*value).to_owned(),
            is_doubtful: false,
        })
        .collect();
    expected.sort_by_key(|proposal| proposal.field);
    assert_eq!(read_pasted(text, today()), expected, "{text}");
}

#[test]
fn a_header_line_is_split_into_its_fields() {
    check(
        "SANDOVAL, Maria  DOB: 3/4/1986 (40 yrs) F  MRN 123456  Ph (555) 010-2234  PCP: Dr. Lee  Ins: Blue Plan",
        &[
            (Family, "Sandoval"),
            (Given, "Maria"),
            (Birth, "1986-03-04"),
            (Sex, "female"),
            (Mrn, "123456"),
            (Phone, "(555) 010-2234"),
            (Clinician, "Dr. Lee"),
            (Payer, "Blue Plan"),
        ],
    );
    check(
        "Okafor, James T. | Male | 61 y.o. | 11/30/1964 | MRN: A-00412 | she/her",
        &[
            (Family, "Okafor"),
            (Given, "James T."),
            (Birth, "1964-11-30"),
            (Sex, "male"),
            (Mrn, "A-00412"),
            (Pronouns, "she/her"),
        ],
    );
    check(
        "Ito, Jun \u{b7} 40 yo M \u{b7} 04-MAR-1986 \u{b7} MRN#100312",
        &[
            (Family, "Ito"),
            (Given, "Jun"),
            (Birth, "1986-03-04"),
            (Sex, "male"),
            (Mrn, "100312"),
        ],
    );
}

#[test]
fn labels_with_values_are_read_on_one_line_or_two() {
    check(
        "Patient Name: Maria Elena de la Cruz\nDate of Birth: March 4, 1986\nLegal Sex: Female\nGender identity: Woman\n\
         Pronouns: she/her\nMRN: 88-1204\nMobile phone: 555-010-2234\nHome phone: 555.010.9981\nEmail: mdlc@example.org\n\
         Address: 12 Elm St, Apt 4, Salem OR 97301\nPreferred language: Spanish\nEmergency contact: Rosa (sister) 555-010-7711\n\
         Primary Care Provider: Sarah Lee, MD\nPrimary insurance: State Health Plan\nMember ID: XZ 99812\nAllergies: penicillin",
        &[
            (Family, "de la Cruz"),
            (Given, "Maria Elena"),
            (Birth, "1986-03-04"),
            (Sex, "female"),
            (Gender, "Woman"),
            (Pronouns, "she/her"),
            (Mrn, "88-1204"),
            (Phone, "555-010-2234"),
            (Phone, "555.010.9981"),
            (Email, "mdlc@example.org"),
            (Address, "12 Elm St, Apt 4, Salem OR 97301"),
            (Language, "Spanish"),
            (Emergency, "Rosa (sister) 555-010-7711"),
            (Clinician, "Sarah Lee, MD"),
            (Payer, "State Health Plan"),
            (Member, "XZ 99812"),
        ],
    );
    check(
        "Last name\nORTIZ\nFirst name\nPAUL\nDOB\n1971-06-30\nMRN\n5512\nPhone\n+1 (555) 010-4410",
        &[
            (Family, "Ortiz"),
            (Given, "Paul"),
            (Birth, "1971-06-30"),
            (Mrn, "5512"),
            (Phone, "+1 (555) 010-4410"),
        ],
    );
}

#[test]
fn names_keep_their_parts() {
    for (text, family, given, preferred) in [
        ("Name: SANDOVAL, MARIA ELENA", "Sandoval", "Maria Elena", None),
        ("Name: O'NEIL-BAKER, Sean", "O'Neil-Baker", "Sean", None),
        ("Name: Paul Ortiz Jr.", "Ortiz Jr.", "Paul", None),
        ("Name: Ortiz, Jr., Paul", "Ortiz Jr.", "Paul", None),
        ("Name: Sandoval, Maria \"Mia\"", "Sandoval", "Maria", Some("Mia")),
        ("Name: Sandoval, Maria (goes by Mia)", "Sandoval", "Maria", Some("Mia")),
        ("Patient: Ludwig van den Berg", "van den Berg", "Ludwig", None),
        ("Name: Gómez, José", "Gómez", "José", None),
    ] {
        let mut expected = vec![(Family, family), (Given, given)];
        expected.extend(preferred.map(|name| (Preferred, name)));
        check(text, &expected);
    }
}

#[test]
fn what_is_no_sure_date_of_birth_is_left_out() {
    for text in [
        "DOB: 3/4/86",
        "DOB: 2/30/1986",
        "DOB: 3/4/2031",
        "DOB: unknown",
        "DOB: 12/2026",
        "DOB: 13/13/1980",
        "DOB:",
    ] {
        check(text, &[]);
    }
    check("DOB: 30/6/1971", &[(Birth, "1971-06-30")]);
    check("DOB 4 March 1986", &[(Birth, "1986-03-04")]);
    // A date of this year in a header is a visit, and nobody's birth.
    check("11/18/2026 | M", &[(Sex, "male")]);
}

#[test]
fn several_telephone_numbers_are_all_kept_and_other_numbers_are_none() {
    check(
        "Ph: (555) 010-2234 (cell) / 555-010-9981 (h)",
        &[(Phone, "(555) 010-2234"), (Phone, "555-010-9981")],
    );
    check("Ph 555-0142 MRN 4410", &[(Phone, "555-0142"), (Mrn, "4410")]);
    check("SSN 123-45-6789  MRN 77", &[(Mrn, "77")]);
    check("Phone: none", &[]);
}

#[test]
fn what_stands_under_a_label_goes_before_what_only_looks_like_it() {
    check("Admit Date  3/4/2019  DOB  03/04/1986", &[(Birth, "1986-03-04")]);
    check("3/4/1959 | M\nDOB: 03/04/1986", &[(Birth, "1986-03-04"), (Sex, "male")]);
    check(
        "Elm Street Clinic, Springfield\nPatient: SANDOVAL, Maria",
        &[(Family, "Sandoval"), (Given, "Maria")],
    );
    // A name that could be anybody's, and the one that the text calls the patient's; half of the first stays with neither.
    check("LEE, Sarah (Sally)\nLast name: Ortiz", &[(Family, "Ortiz")]);
    check(
        "ORTIZ, Paul \u{b7} 40 yo M\nGoes by: Pablo",
        &[(Family, "Ortiz"), (Given, "Paul"), (Sex, "male"), (Preferred, "Pablo")],
    );
    check(
        "ORTIZ, Paul | 555-010-1000\nCell: 555-010-9000",
        &[(Family, "Ortiz"), (Given, "Paul"), (Phone, "555-010-9000")],
    );
}

#[test]
fn a_date_name_or_number_beside_words_that_are_not_understood_is_not_taken() {
    for text in [
        "Admit Date  3/4/2019",
        "Visit date\t3/4/2019\tLab draw",
        "Elm Street Clinic, Springfield",
        "Family Medicine, Dr. Lee  3/4/2019",
        "Front desk  555-010-1000",
        "Seen by | LEE, Sarah",
    ] {
        check(text, &[]);
    }
    check("Name: Ito, Jun  Admitted  3/4/2019", &[(Family, "Ito"), (Given, "Jun")]);
    check("MRN 77\tAdmitted\t3/4/2019", &[(Mrn, "77")]);
    check("Ward round | F | she/her", &[(Sex, "female"), (Pronouns, "she/her")]);
    check(
        "Ito, Jun  F (40 years old)  3/4/1986",
        &[(Family, "Ito"), (Given, "Jun"), (Birth, "1986-03-04"), (Sex, "female")],
    );
}

#[test]
fn what_stands_after_somebody_else_is_theirs_to_the_end_of_the_line() {
    check(
        "Emergency contact: Juan Ortiz  Phone: 555-010-1000\nCell: 555-010-9000",
        &[(Phone, "555-010-9000"), (Emergency, "Juan Ortiz 555-010-1000")],
    );
    check(
        "Emergency contact\nJuan Ortiz\nName: Ito, Jun",
        &[(Family, "Ito"), (Given, "Jun"), (Emergency, "Juan Ortiz")],
    );
    for text in [
        "Guarantor: Juan Ortiz  DOB: 3/4/1959  Ph: 555-010-1000",
        "Guarantor name: Juan Ortiz",
        "Subscriber Name: ORTIZ, Juan  Subscriber DOB: 3/4/1959",
        "Mother: Ana  Cell: 555-010-1000  Email: ana@example.org",
        "Insurance phone: 555-010-1000",
        "Guarantor: Juan  Phone:\n555-010-1000",
    ] {
        check(text, &[]);
    }
    check(
        "Insurance: Blue Plan  Phone: 555-010-1000  Member ID: XZ 9",
        &[(Payer, "Blue Plan"), (Member, "XZ 9")],
    );
    check(
        "PCP: Dr. Lee  Phone: 555-010-1000  Patient: ITO, Jun  DOB: 3/4/1986  Sex: F",
        &[
            (Family, "Ito"),
            (Given, "Jun"),
            (Birth, "1986-03-04"),
            (Sex, "female"),
            (Clinician, "Dr. Lee"),
        ],
    );
    check(
        "PCP phone: 555-010-1000\nPhone: 555-010-9000",
        &[(Phone, "555-010-9000")],
    );
}

#[test]
fn neither_a_clinician_nor_an_insurer_has_a_date_of_birth() {
    check(
        "MRN: 12  PCP: Lee, S  DOB: 03/04/1986",
        &[(Birth, "1986-03-04"), (Mrn, "12"), (Clinician, "Lee, S")],
    );
    check(
        "Insurance: Blue Plan  DOB: 03/04/1986 (40 yrs) F",
        &[(Birth, "1986-03-04"), (Sex, "female"), (Payer, "Blue Plan")],
    );
    check(
        "PCP: Dr. Lee  DOB:\n03/04/1986",
        &[(Birth, "1986-03-04"), (Clinician, "Dr. Lee")],
    );
    // What they do have stays theirs.
    check(
        "PCP: Dr. Lee  Phone: 555-010-1000  Email: lee@example.org  Address: 1 Elm St  Name: LEE, Sarah  DOB: 3/4/1986",
        &[(Birth, "1986-03-04"), (Clinician, "Dr. Lee")],
    );
    for whose in [
        "Guarantor",
        "Subscriber",
        "Policy holder",
        "Mother",
        "Spouse",
        "Guardian",
    ] {
        check(
            &format!("Insurance: Blue Plan  {whose}: Juan Ortiz  DOB: 03/04/1959"),
            &[(Payer, "Blue Plan")],
        );
    }
    check(
        "PCP: Dr. Lee  Emergency contact: Juan Ortiz  DOB: 03/04/1959",
        &[(Emergency, "Juan Ortiz 03/04/1959"), (Clinician, "Dr. Lee")],
    );
}

#[test]
fn the_order_of_the_text_is_kept_and_a_date_is_no_telephone_number() {
    check(
        "Home: 555-010-9981\nCell: 555-010-2234",
        &[(Phone, "555-010-9981"), (Phone, "555-010-2234")],
    );
    for text in ["Ph: 1-12-2026", "1-12-2026", "Phone 2026.1.12", "Last call | 1-12-2026"] {
        check(text, &[]);
    }
}

#[test]
fn ordinary_words_are_no_labels() {
    check(
        "The patient reports that home is loud and the name of the street is Elm",
        &[],
    );
    check(
        "Reason for referral: PHQ-9 of 17, patient asked for help at home",
        &[(Reason, "PHQ-9 of 17, patient asked for help at home")],
    );
}

#[test]
fn nothing_endless_and_no_markup_does_harm() {
    let long = format!("Name: Ito, Jun\nReason: {}\n", "a<b>&".repeat(4_000));
    let found = read_pasted(&long, today());
    assert!(found.iter().all(|p| p.value.chars().count() <= 200));
    assert!(found.contains(&Proposal {
        field: Family,
        value: "Ito".to_owned(),
        is_doubtful: false,
    }));
    check("<script>alert(1)</script>, <b>x</b>", &[]);
    check("", &[]);
    check("::::\n,,,,\n||||", &[]);
}

/// Headers as they come out of five kinds of program, and out of letters. What is doubtful in them is not in the right column.
#[test]
fn headers_of_many_layouts_are_read_and_nothing_doubtful_is_taken_from_them() {
    // Epic-like: a banner whose second line has sex, age and date, which could be any date.
    check(
        "Sandoval, Maria E.\nFemale, 40 y.o., 3/4/1986\nMRN: 00123456\nPhone: 555-010-2234 (M)\nPCP: Lee, Sarah, MD\n\
         Coverage: Blue Plan PPO\nAllergies: Not on File\nCode: Not on file",
        &[
            (Family, "Sandoval"),
            (Given, "Maria E."),
            (Birth, "1986-03-04"),
            (Sex, "female"),
            (Mrn, "00123456"),
            (Phone, "555-010-2234"),
            (Clinician, "Lee, Sarah, MD"),
            (Payer, "Blue Plan PPO"),
        ],
    );
    // Cerner-like: labels that a registration doesn't know, and a year of two digits.
    check(
        "SANDOVAL, MARIA ELENA    DOB: 03/04/86    Age: 40 years    MRN: 000123456\n\
         Sex: Female    Loc: Elm FP    FIN: 77123    Allergies: penicillin\n\
         Attending: Lee, Sarah MD    ** No Known Advance Directives **",
        &[
            (Family, "Sandoval"),
            (Given, "Maria Elena"),
            (Mrn, "000123456"),
            (Sex, "female"),
            (Clinician, "Lee, Sarah MD"),
        ],
    );
    // athena-like: a name and a number without labels, which could be anybody's.
    check(
        "Maria SANDOVAL (#4471) 40yo F  03/04/1986\nH: (555) 010-2234  M: (555) 010-9981\nPrim. Ins: Blue Plan\nPCP: S. Lee, MD",
        &[
            (Phone, "(555) 010-2234"),
            (Phone, "(555) 010-9981"),
            (Payer, "Blue Plan"),
            (Clinician, "S. Lee, MD"),
        ],
    );
    // eClinicalWorks-like: label and value under each other, with a title and a label without a value.
    check(
        "Demographics\nPatient Name\nSANDOVAL, Maria\nDate of Birth\n03/04/1986\nSex\nF\nPreferred language\nMRN\n88-1204\n\
         Cell Phone\n(555) 010-2234\nEmail\nmaria@example.org\nPrimary Insurance\nBlue Plan",
        &[
            (Family, "Sandoval"),
            (Given, "Maria"),
            (Birth, "1986-03-04"),
            (Sex, "female"),
            (Mrn, "88-1204"),
            (Phone, "(555) 010-2234"),
            (Email, "maria@example.org"),
            (Payer, "Blue Plan"),
        ],
    );
    // Cards that show the value large and its label small under it.
    check(
        "SANDOVAL, Maria\nPatient\n03/04/1986\nDOB\n88-1204\nMRN\nF\nSex\n(555) 010-2234\nPhone\nBlue Plan\nInsurance",
        &[
            (Family, "Sandoval"),
            (Given, "Maria"),
            (Birth, "1986-03-04"),
            (Mrn, "88-1204"),
            (Sex, "female"),
            (Phone, "(555) 010-2234"),
            (Payer, "Blue Plan"),
        ],
    );
    // A table, label and value side by side.
    check(
        "Name\tSANDOVAL, Maria\nDOB\t03/04/1986\nMRN\t88-1204\nSex\tFemale\nHome\t(555) 010-2234\nAddress\t12 Elm St, Salem OR\n\
         PCP\tSarah Lee, MD\nLanguage\tSpanish",
        &[
            (Family, "Sandoval"),
            (Given, "Maria"),
            (Birth, "1986-03-04"),
            (Mrn, "88-1204"),
            (Sex, "female"),
            (Phone, "(555) 010-2234"),
            (Address, "12 Elm St, Salem OR"),
            (Clinician, "Sarah Lee, MD"),
            (Language, "Spanish"),
        ],
    );
    // A table with a row of labels, as a schedule prints it.
    check(
        "MRN\tName\tDOB\tSex\tVisit type\n88-1204\tSANDOVAL, Maria\t03/04/1986\tF\tNew",
        &[
            (Mrn, "88-1204"),
            (Family, "Sandoval"),
            (Given, "Maria"),
            (Birth, "1986-03-04"),
            (Sex, "female"),
        ],
    );
    // An e-mail: the telephone number, the address and the name under it are the sender's.
    check(
        "From: Sarah Lee <slee@elmstreet.example>\nTo: Lena Brandt\nSubject: Referral\n\nHi Lena,\nplease see Maria Sandoval, \
         DOB 03/04/1986, MRN 88-1204, for depression.\n\nThanks,\nSarah Lee, MD\nElm Street Family Practice\n\
         Phone: 555-010-1000\nslee@elmstreet.example",
        &[(Birth, "1986-03-04"), (Mrn, "88-1204")],
    );
    // A fax: the numbers of its cover are the practices', those under the patient's name the patient's.
    check(
        "FAX\nTo: Elm Street Behavioral Health   Fax: 555-010-3000\nFrom: Harbor Primary Care   Phone: 555-010-1000\nPages: 2\n\
         Re: Referral\n\nPatient: SANDOVAL, Maria\nDOB: 03/04/1986\nPhone: 555-010-2234\nInsurance: Blue Plan\n\n\
         Questions? Call our office.\nPhone: 555-010-1000\nEmail: office@harbor.example",
        &[
            (Family, "Sandoval"),
            (Given, "Maria"),
            (Birth, "1986-03-04"),
            (Phone, "555-010-2234"),
            (Payer, "Blue Plan"),
        ],
    );
    // A note that is signed without an ending.
    check(
        "Patient: SANDOVAL, Maria  DOB: 03/04/1986\nSarah Lee, MD\nPhone: 555-010-1000",
        &[(Family, "Sandoval"), (Given, "Maria"), (Birth, "1986-03-04")],
    );
}

#[test]
fn a_list_that_can_be_read_in_two_ways_fills_in_nothing() {
    for (text, why) in [
        (
            "MRN\tName\tDOB\n1\tITO, Jun\t3/4/1986\n2\tORTIZ, Ana\t5/6/1990",
            "a list of two patients",
        ),
        (
            "Name\tRelationship\tPhone\nRosa Ito\tsister\t555-010-7711",
            "a list of contacts",
        ),
        ("Name\tPhone\nRosa Ito\t555-010-7711", "nobody knows of whom"),
        ("MRN\tDOB\n88-1204", "a row that lacks a cell"),
        (
            "Guarantor\tJuan Ortiz\nPhone\t555-010-1000\nAddress\t1 Elm St\nDOB\t3/4/1959",
            "the guarantor's",
        ),
        (
            "Guarantor\nJuan Ortiz\nPhone\n555-010-1000\nDOB\n3/4/1959",
            "the guarantor's",
        ),
        (
            "3/4/1986\nDOB\n5/6/1990\nDOB\nF",
            "two dates, and neither side fits alone",
        ),
        ("DOB: 3/4/1986\nDOB: 5/6/1990", "two dates"),
        ("MRN: 12\nMRN: 13", "two numbers"),
        ("MRN: pending", "no number"),
        (
            "DOB  MRN\n03/04/1986 123456",
            "a row of labels, and values that don't stand apart",
        ),
        ("Sex: Female Loc: Elm", "two things in one value"),
        ("Sarah Lee, MD\nPhone: 555-010-1000", "a clinician"),
        ("Hi Lena, please call Maria", "a sentence"),
        ("Best,\nITO, Jun", "who wrote it"),
    ] {
        assert_eq!(read_pasted(text, today()), [], "{why}: {text}");
    }
    check(
        "Emergency contact\nRosa Ito\nPhone\n555-010-7711\nMRN\n12",
        &[(Emergency, "Rosa Ito"), (Mrn, "12")],
    );
    check(
        "PCP\tSarah Lee\nPhone\t555-010-1000\nDOB\t3/4/1986\nPatient\tITO, Jun\nCell\t555-010-9000",
        &[
            (Clinician, "Sarah Lee"),
            (Birth, "1986-03-04"),
            (Family, "Ito"),
            (Given, "Jun"),
            (Phone, "555-010-9000"),
        ],
    );
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,200}", lines in proptest::collection::vec("[A-Za-z:,/ 0-9()#|.é]{0,40}", 0..6)) {
        for text in [text, lines.join("\n")] {
            for proposal in read_pasted(&text, today()) {
                proptest::prop_assert!(!proposal.value.trim().is_empty());
            }
        }
    }
}

mod columns;
mod interpreter;
mod names;
