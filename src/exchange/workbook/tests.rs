use std::io::Write as _;

use pollster::block_on;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// A workbook of hand-written sheets: `(name, rows)`, each row `<row r="1">..</row>`.
fn workbook(properties: &str, sheets: &[(&str, &str)]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut names = String::new();
    let mut links = format!(r#"<Relationship Id="rIdS" Type="{OFFICE}/styles" Target="styles.xml"/>"#);
    let mut parts = Vec::new();
    for (i, (name, rows)) in sheets.iter().enumerate() {
        let n = i + 1;
        names += &format!(r#"<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>"#);
        links += &format!(r#"<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>"#);
        let sheet = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#);
        parts.push((format!("xl/worksheets/sheet{n}.xml"), sheet));
    }
    let book = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr {properties}/><sheets>{names}</sheets></workbook>"#
    );
    // Style 1 is a day, style 2 a time.
    let styles = format!(
        r#"<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs></styleSheet>"#
    );
    parts.push(("xl/workbook.xml".to_owned(), book));
    parts.push(("xl/styles.xml".to_owned(), styles));
    parts.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!(r#"<Relationships xmlns="{LINKS}">{links}</Relationships>"#),
    ));
    parts.push((
        "_rels/.rels".to_owned(),
        format!(r#"<Relationships xmlns="{LINKS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
    ));
    packed(&parts)
}

fn packed(parts: &[(String, String)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn as_of() -> Day {
    Day::new(2026, 11, 20).unwrap()
}

fn read(bytes: &[u8]) -> Result<Vec<Worksheet>, WorkbookError> {
    match block_on(read_workbook::<()>(bytes, as_of(), async |_cells| Ok(()))) {
        Ok(sheets) => Ok(sheets),
        Err(Ended::Unreadable(error)) => Err(error),
        Err(Ended::Stopped(())) => panic!("nobody stopped it"),
    }
}

fn text_of(properties: &str, rows: &str) -> String {
    read(&workbook(properties, &[("Caseload", rows)]))
        .unwrap()
        .remove(0)
        .text
}

fn texts(row: u32, cells: &[&str]) -> String {
    let cell = |text: &&str| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#);
    let cells: String = cells.iter().map(cell).collect();
    format!(r#"<row r="{row}">{cells}</row>"#)
}

#[test]
fn cells_come_in_as_a_person_would_have_typed_them() {
    let heads = texts(1, &["MRN", "Minutes", "Consent", "Note", "PHQ9"]);
    let row = r#"<row r="2"><c r="A2"><v>100438</v></c><c r="B2"><v>30.5</v></c><c r="C2" t="b"><v>1</v></c>
        <c r="D2" t="str"><f>A1&amp;"x"</f><v>said "no"</v></c><c r="E2" t="e"><v>#N/A</v></c></row>"#;
    assert_eq!(
        text_of("", &format!("{heads}{row}")),
        "MRN\tMinutes\tConsent\tNote\tPHQ9\n100438\t30.5\tyes\t\"said \"\"no\"\"\"\t#N/A\n"
    );
}

#[test]
fn days_are_read_in_both_date_systems() {
    let heads = texts(1, &["MRN", "DOB", "Date enrolled"]);
    let row = |serial: u32| {
        format!(
            r#"<row r="2"><c r="A2"><v>7</v></c><c r="B2" s="1"><v>{serial}</v></c><c r="C2"><v>{serial}</v></c></row>"#
        )
    };
    for (properties, serial) in [("", 20_456), (r#"date1904="1""#, 20_456 - 1_462)] {
        assert_eq!(
            text_of(properties, &format!("{heads}{}", row(serial))),
            "MRN\tDOB\tDate enrolled\n7\t1956-01-02\t1956-01-02\n",
            "the second has no date format, but its heading means a date"
        );
    }
}

#[test]
fn a_year_of_birth_that_the_program_took_for_a_coming_one_is_as_it_was_typed() {
    let heads = texts(1, &["MRN", "DOB", "Next f/u"]);
    let row =
        r#"<row r="2"><c r="A2"><v>7</v></c><c r="B2" s="1"><v>58730</v></c><c r="C2" s="1"><v>46400</v></c></row>"#;
    assert_eq!(
        text_of("", &format!("{heads}{row}")),
        "MRN\tDOB\tNext f/u\n7\t10/16/60\t2027-01-13\n",
        "a coming visit stays where it is"
    );
}

#[test]
fn a_number_under_another_heading_is_no_day() {
    let heads = texts(1, &["MRN", "Phone"]);
    let row = r#"<row r="2"><c r="A2"><v>46218</v></c><c r="B2"><v>46218</v></c></row>"#;
    assert_eq!(text_of("", &format!("{heads}{row}")), "MRN\tPhone\n46218\t46218\n");
}

#[test]
fn times_of_day_are_hours_and_minutes() {
    let heads = texts(1, &["MRN", "Date", "Minutes"]);
    let row = r#"<row r="2"><c r="A2"><v>7</v></c><c r="B2" s="1"><v>46346.625</v></c><c r="C2" s="2"><v>0.0173611111</v></c></row>"#;
    assert_eq!(
        text_of("", &format!("{heads}{row}")),
        "MRN\tDate\tMinutes\n7\t2026-11-20 15:00\t0:25\n"
    );
}

#[test]
fn rows_keep_the_numbers_that_the_spreadsheet_program_shows() {
    let rows = format!(
        "{}{}{}",
        texts(2, &["My caseload"]),
        texts(4, &["MRN", "Last Name", "First Name"]),
        texts(7, &["1", "A", "B"])
    );
    let sheets = read(&workbook(
        "",
        &[("Notes", &texts(1, &["call the pharmacy"])), ("Caseload", &rows)],
    ))
    .unwrap();
    let sheet = super::super::sheets::Sheet::read(sheets[1].text.as_bytes()).unwrap();
    assert_eq!((sheet.header_row, sheet.rows[0].number, sheet.rows.len()), (4, 7, 1));
    let seen: Vec<_> = sheets.iter().map(|s| (s.name.as_str(), s.looks_like, s.rows)).collect();
    assert_eq!(seen, [("Notes", None, 0), ("Caseload", Some(SheetKind::Caseload), 1)]);
}

#[test]
fn what_is_no_workbook_that_can_be_read_is_said_by_what_it_is() {
    let part = |name: &str| vec![(name.to_owned(), "x".to_owned())];
    let compound = |stream: &str| {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let good = workbook("", &[("Caseload", &texts(1, &["MRN", "Name"]))]);
    let damaged = WorkbookError::Damaged {
        what: "the workbook".to_owned(),
    };
    for (bytes, error) in [
        (compound("Workbook"), WorkbookError::Old),
        (compound("EncryptedPackage"), WorkbookError::Protected),
        (packed(&part("xl/workbook.bin")), WorkbookError::BinaryWorkbook),
        (
            packed(&[part("mimetype"), part("content.xml")].concat()),
            WorkbookError::OpenDocument,
        ),
        (packed(&part("word/document.xml")), WorkbookError::NotAWorkbook),
        (b"MRN,Name".to_vec(), WorkbookError::NotAWorkbook),
        (good[..good.len() / 2].to_vec(), damaged.clone()),
        (packed(&part("xl/workbook.xml")), damaged),
        (vec![0; LARGEST_SHEET + 1], WorkbookError::TooLarge),
        (workbook("", &[("Empty", "")]), WorkbookError::Empty),
    ] {
        assert_eq!(read(&bytes), Err(error));
    }
}

#[test]
fn a_workbook_that_unpacks_to_more_than_any_caseload_is_refused_before_it_fills_the_memory() {
    let zeros = "\0".repeat(1 << 20);
    let bomb = packed(&[
        ("xl/workbook.xml".to_owned(), zeros.clone()),
        ("xl/media/image.png".to_owned(), zeros),
    ]);
    assert!(bomb.len() < 1 << 14);
    assert_eq!(archive::check(&bomb, (2 << 20) - 1), Err(WorkbookError::TooLarge));
    assert_eq!(archive::check(&bomb, 2 << 20), Ok(()));
}

#[test]
fn a_cell_at_the_far_end_of_a_sheet_costs_nothing_and_a_row_too_many_is_said() {
    let far = format!(
        "{}{}",
        texts(1, &["MRN", "Name"]),
        r#"<row r="2"><c r="A2"><v>1</v></c><c r="XFD2"><v>1</v></c></row>"#
    );
    assert_eq!(text_of("", &far), "MRN\tName\n1\t\n");
    let below = format!(
        "{}{}",
        texts(1, &["MRN", "Name"]),
        r#"<row r="1048576"><c r="A1048576"><v>1</v></c></row>"#
    );
    assert_eq!(
        read(&workbook("", &[("Caseload", &below)])),
        Err(WorkbookError::TooManyRows {
            sheet: "Caseload".to_owned(),
            most: MOST_ROWS
        })
    );
}

#[test]
fn reading_ends_when_nobody_wants_it_any_more() {
    let rows: String = (1..=CELLS_A_STEP as u32).map(|row| texts(row, &["a", "b"])).collect();
    let bytes = workbook("", &[("Caseload", &rows)]);
    let ended = block_on(read_workbook(&bytes, as_of(), async |_cells| Err("enough")));
    assert!(matches!(ended, Err(Ended::Stopped("enough"))));
}
