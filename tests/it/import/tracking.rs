//! A tracking spreadsheet with titles above groups of columns, and a column for each flag.

use super::*;
use caseload::exchange::sheets::Field;

const TRACKING: &[u8] = include_bytes!("../../data/import/tracking.csv");

fn tracked() -> ImportPlan {
    let (sheet, mapping) = sheet(TRACKING, SheetKind::Caseload);
    let existing = Journal::default();
    let lookup = JournalLookup::new(&existing);
    let context = ImportContext {
        registry: registry(),
        as_of: as_of(),
        existing: &lookup,
    };
    plan_import(Some((&sheet, &mapping)), None, &context).unwrap()
}

#[test]
fn every_column_of_a_tracking_spreadsheet_but_the_computed_ones_is_known_without_a_hand() {
    use Field::*;
    let (sheet, mapping) = sheet(TRACKING, SheetKind::Caseload);
    assert_eq!(sheet.header_row, 3);
    let found: Vec<Option<Field>> = mapping.columns().iter().map(|(_, field)| *field).collect();
    let expected = [
        Some(Mrn),
        Some(FullName),
        Some(Status),
        Some(Enrolled),
        Some(LastContact),
        Some(Sessions),
        Some(Phq9First),
        Some(Phq9Last),
        None,
        Some(Phq9LastOn),
        Some(Gad7First),
        Some(Gad7Last),
        None,
        Some(Gad7LastOn),
        Some(DiscussFlag),
        Some(SafetyFlag),
        Some(LastReview),
        Some(Note),
    ];
    assert_eq!(found, expected);
    assert_eq!(mapping.missing(), []);
}

#[test]
fn its_scores_come_in_under_their_own_instrument() {
    let plan = tracked();
    let scores = |mrn: &str, instrument: &str| totals(&plan, mrn, instrument).into_iter().map(|(_, total)| total);
    assert_eq!(scores("200101", "phq9").collect::<Vec<_>>(), [21, 16]);
    assert_eq!(scores("200101", "gad7").collect::<Vec<_>>(), [17, 12]);
    assert_eq!(
        scores("200104", "gad7").collect::<Vec<_>>(),
        [8],
        "99 is named, 8 is kept"
    );
}

#[test]
fn a_mark_in_the_safety_column_opens_a_concern_whatever_the_status_and_a_no_does_not() {
    let plan = tracked();
    let flagged: Vec<(&str, Option<&str>)> = plan
        .triage
        .iter()
        .map(|it| (it.mrn.as_str(), it.flag.as_deref()))
        .collect();
    assert_eq!(flagged, [("200103", Some("Flags Safety risk: X"))]);
}

#[test]
fn a_mark_for_the_consultant_that_comes_later_opens_no_second_concern() {
    let sheet = |discuss: &str| {
        format!(
            "MRN,Name,Treatment Status,Date of Initial Assessment,Flag for discussion,Safety risk\n\
             1,\"Abara, Iris\",Active,7/6/2026,{discuss},x\n"
        )
    };
    let concern = |discuss: &str| {
        let plan = import_of(sheet(discuss).as_bytes(), b"MRN,Date,Minutes\n", &Journal::default());
        plan.triage[0].concern
    };
    assert_eq!(concern(""), concern("x"));
}

#[test]
fn a_mark_in_the_discussion_column_asks_for_a_review() {
    let plan = tracked();
    let asks = |mrn: &str| {
        facts(&plan, mrn)
            .iter()
            .any(|fact| matches!(fact, Fact::ReviewRequest(_)))
    };
    assert_eq!((asks("200101"), asks("200102")), (true, false));
}

#[test]
fn a_row_that_is_left_out_with_a_mark_in_the_safety_column_is_named_for_today() {
    let plan = tracked();
    let lost: Vec<(u32, &str)> = plan
        .problems
        .iter()
        .filter(|problem| problem.reason == Reason::LostFlag)
        .map(|problem| (problem.row, problem.column.as_str()))
        .collect();
    assert_eq!(lost, [(8, "Flags Safety risk")]);
}

#[test]
fn a_caseload_row_that_is_left_out_with_a_positive_item_9_is_named_for_today() {
    let rows = b"MRN,Name,PHQ-9 last,PHQ-9 item 9\n,\"Nobody, Nora\",18,2\n1,\"Abara, Iris\",3,0\n";
    let plan = import_of(rows, b"MRN,Date,Minutes\n", &Journal::default());
    let lost = plan
        .problems
        .iter()
        .filter(|problem| problem.reason == Reason::LostPositive);
    assert_eq!(lost.map(|problem| problem.row).collect::<Vec<_>>(), [2]);
}
