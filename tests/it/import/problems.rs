//! What is wrong with a list is named by row and column, and the rest comes in.

use super::*;

#[test]
fn the_files_are_read_as_they_are_spelled() {
    let (caseload, _) = sheet(CASELOAD, SheetKind::Caseload);
    assert_eq!(
        (caseload.encoding, caseload.separator, caseload.header_row),
        (Encoding::Utf8, ',', 2)
    );
    let skipped: Vec<_> = caseload.skipped.iter().map(|s| (s.number, s.why)).collect();
    assert_eq!(
        skipped,
        [(1, Skipped::Title), (5, Skipped::Empty), (22, Skipped::Totals)]
    );
    let (contacts, mapping) = sheet(CONTACTS, SheetKind::Contacts);
    assert_eq!(
        (contacts.encoding, contacts.separator, contacts.header_row),
        (Encoding::Windows1252, ';', 1)
    );
    assert_eq!(mapping.missing(), []);
    assert!(
        contacts
            .rows
            .iter()
            .any(|row| row.cells[9] == "Missed 2 visits — letter sent")
    );
}

#[test]
fn every_problem_is_named_by_row_column_and_reason() {
    let plan = import();
    let found: Vec<(SheetKind, u32, &str, &str, Severity)> = plan
        .problems
        .iter()
        .map(|p| (p.sheet, p.row, p.column.as_str(), p.mrn.as_str(), p.severity))
        .collect();
    use Severity::{CellRejected as Cell, Note, RowRejected as Rejected};
    use SheetKind::{Caseload, Contacts};
    let expected = [
        (Caseload, 3, "Notes", "700100", Note),
        (Caseload, 3, "# Sessions", "700100", Note),
        (Caseload, 6, "# Sessions", "700102", Note),
        (Caseload, 7, "PHQ-9 last", "700103", Cell),
        (Caseload, 8, "DOB", "700104", Cell),
        (Caseload, 9, "MRN", "700105", Note),
        (Caseload, 15, "Last Name", "700111", Note),
        (Caseload, 16, "Last Name", "700112", Rejected),
        (Caseload, 17, "PHQ-9 initial", "700113", Cell),
        (Caseload, 17, "Tx Status", "700113", Cell),
        (Caseload, 17, "Flag", "700113", Cell),
        (Caseload, 17, "Next f/u", "700113", Cell),
        (Caseload, 17, "# Sessions", "700113", Cell),
        (Caseload, 17, "Last psych consult", "700113", Cell),
        (Caseload, 17, "Dx", "700113", Cell),
        (Caseload, 17, "Most recent contact", "700113", Note),
        (Caseload, 18, "MRN", "700103", Rejected),
        (Caseload, 19, "MRN", "", Rejected),
        (Caseload, 20, "Last Name", "700114", Rejected),
        (Caseload, 21, "DOB", "700115", Cell),
        (Caseload, 21, "Date enrolled", "700115", Cell),
        (Caseload, 21, "Date enrolled", "700115", Note),
        (Contacts, 3, "Note", "700100", Note),
        (Contacts, 5, "PHQ9 item 9", "700100", Note),
        (Contacts, 24, "Activity", "700108", Note),
        (Contacts, 25, "Mode", "700111", Note),
        (Contacts, 25, "Note", "700111", Note),
        (Contacts, 26, "Contact type", "700113", Note),
        (Contacts, 27, "MRN", "999999", Rejected),
        (Contacts, 28, "MRN", "999998", Rejected),
        (Contacts, 28, "PHQ9 item 9", "999998", Note),
        (Contacts, 29, "Date", "700100", Rejected),
        (Contacts, 30, "Minutes", "700100", Cell),
        (Contacts, 31, "Date", "700100", Rejected),
        (Contacts, 32, "PHQ9", "700102", Cell),
        (Contacts, 32, "GAD7", "700102", Cell),
        (Contacts, 32, "PHQ9 item 9", "700102", Cell),
        (Contacts, 32, "Minutes", "700102", Cell),
    ];
    assert_eq!(found, expected);
    let reason = |sheet, row| {
        plan.problems
            .iter()
            .find(|p| p.sheet == sheet && p.row == row)
            .unwrap()
            .reason
            .to_string()
    };
    for (sheet, row, sentence) in [
        (Caseload, 7, "Out of range: 0 to 27."),
        (Caseload, 8, "Not a date."),
        (Caseload, 9, "There are blanks around the MRN; they were cut off."),
        (Caseload, 15, "Looks like markup; it was kept as text."),
        (Caseload, 16, "Longer than 200 characters."),
        (
            Caseload,
            18,
            "The same MRN is already in row 7; this second row was not taken.",
        ),
        (
            Contacts,
            3,
            "Looks like a formula; it was kept as text and is never run.",
        ),
        (Contacts, 27, "No patient of the caseload has this MRN."),
        (Contacts, 29, "The date lies in the future."),
        (Contacts, 30, "Not a number of minutes."),
    ] {
        assert_eq!(reason(sheet, row), sentence, "row {row}");
    }
    let said: Vec<String> = plan.problems.iter().map(|p| p.reason.to_string()).collect();
    for sentence in [
        "This row was not taken, and its item 9 is positive: look at it today.",
        "Not an answer to item 9, which has 0 to 3: find out what was answered, it may be positive.",
    ] {
        assert!(said.iter().any(|s| s == sentence), "{sentence}");
    }
}

#[test]
fn no_good_row_is_lost_and_each_rejected_row_is_kept_for_a_file() {
    let plan = import();
    // 22 rows, without title, headings, empty row, totals, and four rejected ones.
    assert_eq!((plan.counts.patients, plan.counts.new_patients), (14, 14));
    // 31 rows, without two strangers, a future date and a missing one.
    assert_eq!(plan.counts.contact_rows, 27);
    let rejected: Vec<_> = plan.rejected.iter().map(|r| (r.sheet, r.row)).collect();
    let of = |kind, rows: [u32; 4]| rows.map(|row| (kind, row));
    let expected = [
        of(SheetKind::Caseload, [16, 18, 19, 20]),
        of(SheetKind::Contacts, [27, 28, 29, 31]),
    ]
    .concat();
    assert_eq!(rejected, expected);
    assert_eq!(plan.counts.new_entries, plan.entries.len());
    for row in &plan.rows {
        assert!(row.new > 0 && !row.makes.is_empty(), "{row:?}");
    }
}

#[test]
fn rejected_rows_are_a_file_that_no_spreadsheet_runs() {
    let plan = import();
    let (sheet, _) = sheet(CONTACTS, SheetKind::Contacts);
    let csv = plan.rejected_csv(&sheet, SheetKind::Contacts).unwrap();
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines[0],
        "MRN,Date,Contact type,Mode,Minutes,PHQ9,PHQ9 item 9,GAD7,Activity,Note,Row,Why"
    );
    assert_eq!(
        lines[1],
        "999999,11/20/2026,Follow Up,Phone,20,12,0,8,,not on the caseload sheet,27,No patient of the caseload has this MRN."
    );
    let formula = import_of(CASELOAD, b"MRN;Date;Minutes\n=1+1;11/20/2026;5\n", &Journal::default());
    let (sheet, _) = self::sheet(b"MRN;Date;Minutes\n=1+1;11/20/2026;5\n", SheetKind::Contacts);
    assert!(
        formula
            .rejected_csv(&sheet, SheetKind::Contacts)
            .unwrap()
            .contains("\r\n'=1+1,")
    );
    assert_eq!(
        small("1,A,B,,,,,,,,,\n", "").rejected_csv(&sheet, SheetKind::Contacts),
        None
    );
}

#[test]
fn a_corrected_file_of_rejected_rows_comes_in_whatever_its_cells_were_escaped_to() {
    // "-" in a cell is nothing; our own CSV writes it as '- so that no spreadsheet runs it.
    let caseload = b"MRN,Last Name,First Name,DOB,Date of last PHQ-9,Notes\n\
        ,Gomez,Ana,4/2/1980,-,\"=1+1\"\n700500,Ito,Jun,4/3/1980,-,+1 call back\n";
    let none = b"MRN;Date;Minutes\n";
    let plan = import_of(caseload, none, &Journal::default());
    let (read, _) = sheet(caseload, SheetKind::Caseload);
    let csv = plan.rejected_csv(&read, SheetKind::Caseload).unwrap();
    assert!(
        csv.contains(",Gomez,Ana,4/2/1980,'-,'=1+1,2,The row has no MRN."),
        "{csv}"
    );
    assert!(!csv.contains("Ito"), "{csv}");

    let corrected = csv.replace("\r\n,Gomez", "\r\n700501,Gomez");
    let again = import_of(corrected.as_bytes(), none, &Journal::default());
    assert_eq!(again.rejected, []);
    assert!(
        again.problems.iter().all(|p| p.severity == Severity::Note),
        "{:?}",
        again.problems
    );
    let (patients, rows) = (again.counts.patients, &again.rows);
    assert_eq!((patients, rows[0].chart), (1, chart("700501")));

    let still_wrong = import_of(csv.as_bytes(), none, &Journal::default());
    let (read, _) = sheet(csv.as_bytes(), SheetKind::Caseload);
    let twice = still_wrong.rejected_csv(&read, SheetKind::Caseload).unwrap();
    assert_eq!(twice.lines().next(), csv.lines().next(), "Row and Why are not doubled");
}

#[test]
fn headings_of_another_sheet_in_the_middle_are_no_patient() {
    let glued = b"MRN,Last Name,First Name,DOB,Tx Status,Flag\n1,Ito,Jun,4/3/1980,Active,\nMRN,Date,Contact type,Mode,Minutes\n";
    let (read, _) = sheet(glued, SheetKind::Caseload);
    assert_eq!(read.rows.len(), 1);
    let whys: Vec<_> = read.skipped.iter().map(|s| (s.number, s.why)).collect();
    assert_eq!(whys, [(3, Skipped::Headings)]);
}

#[test]
fn an_mrn_on_file_for_somebody_else_takes_neither_the_row_nor_its_contacts() {
    let journal = Journal::of(small("700600,Ellis,Hugo,1/2/1956,,Active,,,,,,\n", "").entries);
    let caseload = b"MRN,Last Name,First Name,DOB\n700600,Castillo,Wen,2/18/1965\n700601,ELLIS,Hugo,1/2/1956\n";
    let contacts = b"MRN,Date,Minutes\n700600,11/3/2026,20\n700601,11/3/2026,20\n";
    let plan = import_of(caseload, contacts, &journal);
    let who = "Ellis, Hugo, born 2 Jan 1956, MRN 700600".to_owned();
    let reasons: Vec<_> = plan
        .rejected
        .iter()
        .map(|r| (r.sheet, r.row, r.reason.clone()))
        .collect();
    assert_eq!(
        reasons,
        [
            (SheetKind::Caseload, 2, Reason::MrnOfAnother { who: who.clone() }),
            (SheetKind::Contacts, 2, Reason::RowOfAnother),
        ]
    );
    let like: Vec<_> = plan
        .problems
        .iter()
        .filter(|p| p.row == 3 && p.sheet == SheetKind::Caseload)
        .collect();
    assert_eq!(like[0].reason, Reason::LikeOnFile { who });
    // A corrected birth date, or a name after a marriage, is still the same patient.
    for row in ["700600,Ellis,Hugo,2/1/1956", "700600,Castillo,Hugo,1/2/1956"] {
        let caseload = format!("MRN,Last Name,First Name,DOB\n{row}\n");
        assert_eq!(
            import_of(caseload.as_bytes(), b"MRN,Date\n", &journal).rejected,
            [],
            "{row}"
        );
    }
}

#[test]
fn what_matters_most_comes_first_and_says_what_becomes_of_it() {
    use caseload::exchange::sheets::Weight;
    let plan = import();
    let said = |reason: fn(&Reason) -> bool| {
        let found = plan.problems.iter().find(|p| reason(&p.reason)).unwrap();
        (found.weight(), found.outcome())
    };
    assert_eq!(
        said(|r| matches!(r, Reason::OutOfRange { .. })),
        (
            Weight::ValueDropped,
            "This value is dropped; the rest of the row comes in"
        )
    );
    assert_eq!(said(|r| *r == Reason::Formula), (Weight::Note, "Row comes in"));
    assert_eq!(
        said(|r| matches!(r, Reason::MrnTwice { .. })),
        (Weight::RowLeftOut, "Row left out")
    );
    let lost = small("1,A,B,,,,,,,,,\n1,A,B,,,,SAFETY,,,,,\n", "");
    let flag = lost.problems.iter().find(|p| p.reason == Reason::LostFlag).unwrap();
    assert_eq!(
        (flag.weight(), flag.outcome()),
        (Weight::Safety, "Row left out: look at it today")
    );
}

#[test]
fn good_cells_of_a_row_with_a_bad_one_come_in() {
    let plan = import();
    // PHQ-9 of 31 is not taken; the contacts file has that day's score.
    assert_eq!(
        totals(&plan, "700103", "phq9"),
        [("2026-09-18".into(), 11), ("2026-11-16".into(), 6)]
    );
    let registration = |mrn: &str| match folded(&plan, mrn).head(&Slot::Registration).unwrap().fact.clone() {
        Fact::Registration(r) => r,
        other => panic!("{other:?}"),
    };
    assert_eq!(registration("700104").birth, None);
    assert_eq!(registration("700105").mrn.as_deref(), Some("700105"));
    assert_eq!(registration("700101").birth, Some(day("1960-10-16")));
    assert_eq!(registration("700111").family, "<script>alert(1)</script>");
    // 1h: the contact stays, its minutes don't.
    let on = |f: &Fact| matches!(f.happened(), Some((_, at)) if at == When::Day(day("2026-11-20")));
    let that_day: Vec<&str> = facts(&plan, "700100")
        .iter()
        .filter(|f| on(f))
        .map(Fact::kind)
        .collect();
    assert_eq!(
        that_day,
        ["contact"],
        "and no time; the concern is of the day of the total that proves it"
    );
    // 28, 4, 22 and 2000 are out of range; the contact of that row stays.
    assert_eq!(
        totals(&plan, "700102", "phq9"),
        [("2026-01-15".into(), 15), ("2026-11-01".into(), 0)]
    );
}

#[test]
fn the_command_line_says_the_same_and_refuses_what_is_no_sheet() {
    let plan = inspect_import(CASELOAD, CONTACTS, as_of()).unwrap();
    assert_eq!((&plan["patients"], &plan["contact_rows"]), (&14.into(), &27.into()));
    assert_eq!(plan["problems"].as_array().unwrap().len(), import().problems.len());
    assert_eq!(plan["triage"][0]["mrn"], "700106");
    for (caseload, contacts, sentence) in [
        (
            &b"PK\x03\x04workbook"[..],
            CONTACTS,
            "Caseload: This is an Excel workbook, not a CSV file: open it, choose “Save as”, and save the sheet as CSV.",
        ),
        (
            CASELOAD,
            &b"\x00\x01\x02"[..],
            "Contacts: This is not a text file, whatever its name says: a CSV file is needed.",
        ),
        (
            CONTACTS,
            CASELOAD,
            "The first file looks like a contacts file and the second like a caseload list: give the caseload list first.",
        ),
        (
            b"MRN,DOB\n1,2\n",
            CONTACTS,
            "No column of the caseload sheet is known as “Family name”: say which one it is.",
        ),
    ] {
        assert_eq!(
            inspect_import(caseload, contacts, as_of()).unwrap_err().to_string(),
            sentence
        );
    }
    assert!(matches!(inspect_merge(&[]), Err(InspectError::NoFile)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_the_cells_hold_nothing_panics_and_every_row_is_accounted_for(
        cells in prop::collection::vec(prop::collection::vec("\\PC{0,12}|[0-9/.-]{0,10}|n/a|1|=A1|<b>x</b>", 12), 1..6),
        contacts in prop::collection::vec(prop::collection::vec("\\PC{0,12}|[0-9/.-]{0,10}|1|2026-11-0[1-9]", 9), 1..6),
    ) {
        let line = |cells: &Vec<String>| {
            let quoted: Vec<String> = cells.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect();
            format!("{}\n", quoted.join(","))
        };
        let plan = small(&cells.iter().map(line).collect::<String>(), &contacts.iter().map(line).collect::<String>());
        let accounted = plan.rows.len() + plan.rejected.len() + plan.skipped.len();
        prop_assert_eq!(accounted, cells.len() + contacts.len());
        for entry in &plan.entries {
            prop_assert!(entry.fact().problems().is_empty());
        }
    }
}
