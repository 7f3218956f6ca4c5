//! What ends a text, and names that are degrees; all people are invented.

use super::*;

#[test]
fn an_empty_cell_or_a_value_ends_nothing_where_it_stands_by_a_label() {
    check(
        "Patient: ITO, Jun\nGoes by:\n--\nDOB: 3/4/1986\nMRN: 12",
        &[(Family, "Ito"), (Given, "Jun"), (Birth, "1986-03-04"), (Mrn, "12")],
    );
    check(
        "Patient: ITO, Jun\n--\nDOB: 3/4/1986\nMRN: 12",
        &[(Family, "Ito"), (Given, "Jun"), (Birth, "1986-03-04"), (Mrn, "12")],
    );
    check(
        "Last name\nBest\nFirst name\nAnn\nDOB\n3/4/1986",
        &[(Family, "Best"), (Given, "Ann"), (Birth, "1986-03-04")],
    );
    // In a letter, and after words, it ends.
    check("From: Sarah Lee\nDOB: 3/4/1986\n--\nMRN: 12", &[(Birth, "1986-03-04")]);
    check(
        "DOB: 3/4/1986\nPlease call.\n--\nSarah Lee\nPhone: 555-010-1000",
        &[(Birth, "1986-03-04")],
    );
}

#[test]
fn a_name_that_is_also_a_degree_is_one_unless_it_is_written_as_a_degree() {
    for (text, family, given) in [
        ("Vang, Pa  DOB: 3/4/1986", "Vang", "Pa"),
        ("Tran, Van Do  DOB: 3/4/1986", "Tran", "Van Do"),
        ("TRAN, VAN DO  DOB: 3/4/1986", "Tran", "Van Do"),
        ("Tran, Van Do\nDOB: 3/4/1986", "Tran", "Van Do"),
        ("Patient: VANG, PA  DOB: 3/4/1986", "Vang", "Pa"),
        ("Patient: Vang, PA  DOB: 3/4/1986", "Vang", "Pa"),
        ("Patient: Anh Van Do\nDOB: 3/4/1986", "Van Do", "Anh"),
        ("Name\nTran, Van Do\nDOB\n3/4/1986", "Tran", "Van Do"),
    ] {
        check(text, &[(Family, family), (Given, given), (Birth, "1986-03-04")]);
    }
    // A clinician's name alone; the telephone number under it is theirs.
    for signed in ["Sarah Lee, PA", "Sarah Lee, DO", "Sarah Lee DO", "Lee, Sarah, PA-C"] {
        let text = format!("DOB: 3/4/1986\n{signed}\nPhone: 555-010-1000");
        check(&text, &[(Birth, "1986-03-04")]);
    }
    // A patient of that name is none: the number is theirs.
    check(
        "Anh Van Do\nDOB: 3/4/1986\nPhone: 555-010-2234",
        &[(Birth, "1986-03-04"), (Phone, "555-010-2234")],
    );
}
