//! A row of labels above a row of values, and a name above a line of sex, age and birth date.

use super::*;

fn maria() -> Vec<(PastedField, &'static str)> {
    vec![(Family, "Sandoval"), (Given, "Maria"), (Birth, "1979-03-14")]
}

fn and(more: &[(PastedField, &'static str)]) -> Vec<(PastedField, &'static str)> {
    maria().into_iter().chain(more.iter().copied()).collect()
}

#[test]
fn a_row_of_labels_above_a_row_of_values_is_read_column_by_column() {
    let table = [
        (
            "Patient Name\tDOB\tMRN\tPCP\nSandoval, Maria\t03/14/1979\t4410\tDr. Lee",
            and(&[(Mrn, "4410"), (Clinician, "Dr. Lee")]),
        ),
        (
            "Name              DOB          MRN      PCP\nSANDOVAL, MARIA   03/14/1979   4410     Dr. Lee",
            and(&[(Mrn, "4410"), (Clinician, "Dr. Lee")]),
        ),
        // A cell without a value: the tabs keep the columns apart.
        (
            "Name\tDOB\tSex\tMRN\nSandoval, Maria\t03/14/1979\t\t4410",
            and(&[(Mrn, "4410")]),
        ),
        // Without tabs a value belongs to the label above it.
        (
            "Name              DOB          Phone      MRN\nSandoval, Maria   03/14/1979              4410",
            and(&[(Mrn, "4410")]),
        ),
        (
            "Patient\tAge/Sex\tDOB\tMRN\nSandoval, Maria\t47 y.o. / F\t03/14/1979\t4410",
            and(&[(Sex, "female"), (Mrn, "4410")]),
        ),
        (
            "MRN  Patient Name     DOB         Age  Sex\n4410  Sandoval, Maria  03/14/1979  47   Female",
            and(&[(Sex, "female"), (Mrn, "4410")]),
        ),
        (
            "Name\tDOB\tMRN\tLanguage\tInterpreter\nSandoval, Maria\t03/14/1979\t4410\tSpanish\tYes",
            and(&[(Mrn, "4410"), (Language, "Spanish"), (Interpreter, "needed")]),
        ),
        (
            "Name\tDOB\tMRN\tInsurance\tMember ID\nSandoval, Maria\t03/14/1979\t4410\tBlue Plan\tB-77",
            and(&[(Mrn, "4410"), (Payer, "Blue Plan"), (Member, "B-77")]),
        ),
        // An empty line between the two, and one above.
        (
            "\nName\tDOB\tMRN\n\nSandoval, Maria\t03/14/1979\t4410\n",
            and(&[(Mrn, "4410")]),
        ),
        // A list of patients is nobody's header.
        (
            "Name\tDOB\tMRN\nSandoval, Maria\t03/14/1979\t4410\nIto, Jun\t03/04/1986\t4411",
            vec![],
        ),
        // Whose they are can't be told: somebody else's column is among them.
        (
            "Name\tRelationship\tDOB\tPhone\nSandoval, Maria\tMother\t03/14/1959\t555-010-2234",
            vec![],
        ),
        // More values than labels.
        ("Name\tDOB\tMRN\nSandoval\tMaria\t03/14/1979\t4410", vec![]),
    ];
    for (text, expected) in table {
        check(text, &expected);
    }
}

#[test]
fn a_column_that_may_be_the_clinics_is_shown_as_doubtful() {
    let text = "Name\tDOB\tMRN\tPCP\tPhone\nSandoval, Maria\t03/14/1979\t4410\tDr. Lee\t555-010-2234";
    let found = read_pasted(text, today());
    let doubtful: Vec<_> = found.iter().filter(|p| p.is_doubtful).collect();
    assert!(
        matches!(doubtful.as_slice(), [only] if only.field == Phone && only.value == "555-010-2234"),
        "{found:?}"
    );
}

#[test]
fn a_name_above_sex_age_and_birth_date_is_read() {
    let female = || and(&[(Sex, "female")]);
    let table = [
        ("Sandoval, Maria\nFemale, 47 y.o., 03/14/1979", female()),
        ("Maria Sandoval\nFemale, 47 y.o., 03/14/1979", female()),
        ("MARIA SANDOVAL\n\nF, 47 yrs, March 14, 1979", female()),
        (
            "Maria Sandoval\n47 y.o. female, 3/14/1979, MRN: 4410",
            and(&[(Sex, "female"), (Mrn, "4410")]),
        ),
        ("Maria Sandoval\nFemale | 47 y.o. | 03/14/1979", female()),
        ("SANDOVAL, Maria, F, 47 y.o., 03/14/1979", female()),
        ("Maria Sandoval, Female, 47 y.o., 03/14/1979", female()),
        (
            "Maria Sandoval\nFemale, 47 y.o., 03/14/1979, she/her",
            and(&[(Sex, "female"), (Pronouns, "she/her")]),
        ),
        // A ward, a clinic, a title: nobody's name.
        (
            "Northside Clinic\nFemale, 47 y.o., 03/14/1979",
            vec![(Sex, "female"), (Birth, "1979-03-14")],
        ),
        ("Sarah Lee, MD\nFemale, 47 y.o., 03/14/1979", vec![]),
        // A date beside words that are not understood can be any.
        ("Maria Sandoval\nFemale, admitted 03/14/1979", vec![]),
        ("Maria Sandoval\nCall back tomorrow", vec![]),
    ];
    for (text, expected) in table {
        check(text, &expected);
    }
}
