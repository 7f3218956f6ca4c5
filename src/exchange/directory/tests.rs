//! What is made of good and bad files of resources.

use super::*;

fn today() -> Day {
    "2026-11-20".parse().unwrap()
}

fn read(text: &str, on_file: &[DirectoryEntry]) -> Result<Plan, DirectoryError> {
    let mut count = 0_u8;
    plan(text.as_bytes(), on_file, today(), &mut || {
        count = count.wrapping_add(1);
        ThingId::from_random([count; 16])
    })
}

fn words(plan: &Plan) -> Vec<(u32, &str, bool)> {
    let problems = plan.problems.iter();
    problems.map(|p| (p.row, p.words.as_str(), p.row_is_left_out)).collect()
}

const PLAIN: &str = "Name,Kind,What it offers,Phone,Area,Languages,Cost,Waiting time,Last checked,Notes\n\
    County Housing Office,Housing,Rent help,(315) 555-0142,Utica,\"English, Spanish\",free,3 weeks,2026-05-01,Ask for Ms. Hale\n\
    Second Chance Jobs,Vocational,Resumes,315-555-0199,,,,,,\n";

#[test]
fn a_plain_file_becomes_entries() {
    let plan = read(PLAIN, &[]).unwrap();
    assert_eq!((plan.added.len(), plan.same, plan.changed.len()), (2, 0, 0));
    assert_eq!(plan.problems, []);
    let housing = &plan.added[0];
    assert_eq!(housing.name, "County Housing Office");
    assert_eq!(housing.kind, Some(ResourceKind::Housing));
    assert_eq!(housing.languages.as_deref(), Some("English, Spanish"));
    assert_eq!(housing.checked, Some("2026-05-01".parse().unwrap()));
    assert_eq!(plan.added[1].area, None);
}

#[test]
fn what_was_written_reads_back_as_it_was_formulas_too() {
    let mut plan = read(PLAIN, &[]).unwrap();
    plan.added[0].notes = Some("=HYPERLINK(\"x\"), said \"no\"\ntwice".to_owned());
    plan.added[1].name = "@Work, Inc.".to_owned();
    plan.added[1].phone = Some("+1 315 555 0199".to_owned());
    plan.added[1].retired = Some("2026-02-03".parse().unwrap());
    let text = csv(&plan.added);
    assert!(text.contains("'@Work") && text.contains("'=HYPERLINK") && text.contains("'+1 315"));
    let again = read(&text, &[]).unwrap();
    assert_eq!(again.problems, []);
    assert_eq!(again.added, plan.added);
    let known = read(&text, &plan.added).unwrap();
    assert_eq!((known.added.len(), known.changed.len(), known.same), (0, 0, 2));
}

#[test]
fn messy_headings_titles_and_separators_are_found() {
    let text = "Resources of the clinic;;;\n\nORGANIZATION ;Type of service; Tel. ;Last verified;Fax\n\
        Caf\u{e9} Hope;Food pantry;315 555 0101;5/1/26;none\n";
    let plan = read(text, &[]).unwrap();
    let read_as: Vec<Option<Column>> = plan.columns.iter().map(|(_, column)| *column).collect();
    assert_eq!(
        read_as,
        [
            Some(Column::Name),
            Some(Column::Kind),
            Some(Column::Phone),
            Some(Column::Checked),
            None
        ]
    );
    assert_eq!(plan.added[0].kind, Some(ResourceKind::Food));
    assert_eq!(plan.added[0].checked, Some("2026-05-01".parse().unwrap()));
}

#[test]
fn a_row_on_file_is_known_by_name_and_number_and_blank_cells_take_nothing_away() {
    let on_file = read(PLAIN, &[]).unwrap().added;
    let text = "name,phone,wait,area\ncounty  HOUSING office.,315.555.0142,6 weeks,\nSecond Chance Jobs,315 555 0199,,\n\
        Second Chance Jobs,315 555 0200,,\n";
    let plan = read(text, &on_file).unwrap();
    assert_eq!(plan.same, 1);
    assert_eq!(plan.added.len(), 1, "another number is another office");
    let changed = &plan.changed[0];
    assert_eq!(changed.resource, on_file[0].resource);
    assert_eq!(changed.wait.as_deref(), Some("6 weeks"));
    assert_eq!(changed.area.as_deref(), Some("Utica"));
    assert_eq!(changed.name, "County Housing Office");
}

#[test]
fn a_columns_own_heading_goes_before_one_that_only_means_as_much_wherever_it_stands() {
    use Column::{Area, Name, Notes, Phone, What};
    for (headings, expected) in [
        ("Name,Contact,Phone", vec![Some(Name), None, Some(Phone)]),
        ("Name,Phone,Contact", vec![Some(Name), Some(Phone), None]),
        ("Name,Contact,Area", vec![Some(Name), Some(Phone), Some(Area)]),
        ("Agency,Contact,Number", vec![Some(Name), Some(Phone), None]),
        (
            "Provider,Name,Service,What it offers",
            vec![None, Some(Name), None, Some(What)],
        ),
        ("Comments,NAME ,notes", vec![None, Some(Name), Some(Notes)]),
        ("Name,Name,Phone", vec![Some(Name), None, Some(Phone)]),
    ] {
        let plan = read(&format!("{headings}\nA,B,C\n"), &[]).unwrap();
        let read_as: Vec<Option<Column>> = plan.columns.iter().map(|(_, column)| *column).collect();
        assert_eq!(read_as, expected, "{headings}");
    }
}

#[test]
fn a_column_that_is_not_read_is_named_where_something_stands_in_it() {
    let text = "Name,Contact,Phone,Fax,\nA,,315 555 0101,,\nB,Ms. Hale,315 555 0102,,see flyer\n";
    let plan = read(text, &[]).unwrap();
    let said: Vec<(u32, &str, &str)> = plan
        .problems
        .iter()
        .map(|p| (p.row, p.column.as_str(), p.value.as_str()))
        .collect();
    assert_eq!(said, [(3, "Contact", "Ms. Hale"), (3, "column 5", "see flyer")]);
    assert!(
        plan.problems
            .iter()
            .all(|p| p.words.contains("not read") && !p.row_is_left_out)
    );
    assert_eq!(plan.added.len(), 2);
}

#[test]
fn a_blank_not_offered_since_offers_again_only_where_the_column_is_there() {
    let retired = DirectoryEntry {
        retired: Some("2026-02-03".parse().unwrap()),
        ..read(PLAIN, &[]).unwrap().added.remove(1)
    };
    for (headings, row, expected) in [
        ("Name,Phone", "Second Chance Jobs,315-555-0199", Some("2026-02-03")),
        ("Name,Phone,Not offered since", "Second Chance Jobs,315-555-0199,", None),
        (
            "Name,Phone,Not offered since",
            "Second Chance Jobs,315-555-0199,2026-05-01",
            Some("2026-05-01"),
        ),
        // What can't be read says nothing.
        (
            "Name,Phone,Closed",
            "Second Chance Jobs,315-555-0199,on Sundays",
            Some("2026-02-03"),
        ),
    ] {
        let plan = read(&format!("{headings}\n{row}\n"), std::slice::from_ref(&retired)).unwrap();
        let after = plan.changed.first().unwrap_or(&retired);
        assert_eq!(
            after.retired.map(|day| day.to_string()).as_deref(),
            expected,
            "{headings}: {row}"
        );
        assert_eq!(plan.added, []);
    }
}

#[test]
fn a_row_whose_number_is_another_than_on_file_says_that_it_makes_a_second_entry() {
    let on_file = read(PLAIN, &[]).unwrap().added;
    for (row, second) in [
        ("Second Chance Jobs,315 555 0199", None),
        ("Nobody Knows,315 555 0200", None),
        ("second chance  jobs,315 555 0200", Some("with the number 315-555-0199")),
        ("Second Chance Jobs,", Some("with the number 315-555-0199")),
    ] {
        let plan = read(&format!("Name,Phone\n{row}\n"), &on_file).unwrap();
        let said: Vec<&str> = plan.problems.iter().map(|p| p.words.as_str()).collect();
        let expected =
            second.map(|number| format!("A resource of this name is on file {number}: this row makes a second entry"));
        assert_eq!(said, expected.as_deref().into_iter().collect::<Vec<_>>(), "{row}");
        assert!(plan.problems.iter().all(|p| !p.row_is_left_out));
    }
}

#[test]
fn bad_rows_are_named_by_row_and_the_good_ones_stay() {
    let long = "x".repeat(201);
    let text = format!(
        "Name,Kind,Phone,Last checked\n\
         ,Housing,315 555 0101,\n\
         A,Astrology,call first,2027-01-01\n\
         A,,call later,\n\
         {long},,,\n\
         B,,315 555 0102,someday\n\
         <script>alert(1)</script>,,,,more\n"
    );
    let plan = read(&text, &[]).unwrap();
    assert_eq!(
        words(&plan),
        [
            (2, "The row has no name: it is left out", true),
            (3, "This kind is not known: it is taken as Other", false),
            (3, "This day lies in the future: it is not taken", false),
            (3, "This is no telephone number: it is kept in the notes", false),
            (4, "This is no telephone number: it is kept in the notes", false),
            (
                4,
                "Row 3 has the same name and telephone number: this row is left out",
                true
            ),
            (5, "Name is longer than 200 characters: the row is left out", true),
            (6, "This is no date: it is not taken", false),
            (7, "There are more cells than headings: these are not read", false),
        ]
    );
    let names: Vec<&str> = plan.added.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["A", "B", "<script>alert(1)</script>"]);
    assert_eq!(plan.added[0].notes.as_deref(), Some("call first"));
}

#[test]
fn files_that_are_no_directory_are_refused() {
    assert_eq!(
        read("Phone,Area\n315 555 0101,Utica\n", &[]),
        Err(DirectoryError::NoNames)
    );
    assert_eq!(
        read("just a line", &[]),
        Err(DirectoryError::Sheet(SheetError::NoColumns))
    );
    assert!(matches!(read("", &[]), Err(DirectoryError::Sheet(_))));
    assert!(matches!(
        read("Name,Phone\nA,\"315\n", &[]),
        Err(DirectoryError::Sheet(SheetError::OpenQuote { .. }))
    ));
}

#[test]
fn five_hundred_rows_are_all_read() {
    let mut text = "Name,Phone\n".to_owned();
    for n in 0..500 {
        text.push_str(&format!("Office {n},315 555 {n:04}\n"));
    }
    let plan = read(&text, &[]).unwrap();
    assert_eq!((plan.added.len(), plan.problems.len()), (500, 0));
    let again = read(&text, &plan.added).unwrap();
    assert_eq!((again.added.len(), again.same), (0, 500));
}
