//! A clinic's messy lists, brought in: every problem named, no good row lost, nothing twice.

use std::collections::BTreeMap;

use caseload::exchange::inspect::{InspectError, inspect_import, inspect_merge};
use caseload::exchange::sheets::{
    Encoding, ImportContext, ImportPlan, JournalLookup, Mapping, NothingYet, Reason, Severity, Sheet, Skipped,
    chart_for_mrn, guess_mapping, importer, plan_import,
};
use caseload::journal::facts::{
    Activity, Answered, Because, Clocked, CloseReason, ConcernClosed, ContactPlan, Level, Role, Sheet as SheetKind,
    Status, StatusChange,
};
use caseload::journal::{
    Chart, ChartId, Day, Days, Draft, Entry, EntryId, Fact, Folded, Journal, RegistryId, Slot, Stamp, When,
};
use proptest::prelude::*;

const CASELOAD: &[u8] = include_bytes!("../data/import/caseload.csv");
const CONTACTS: &[u8] = include_bytes!("../data/import/contacts.csv");

fn registry() -> RegistryId {
    RegistryId::from_random([1; 16])
}
fn day(text: &str) -> Day {
    text.parse().unwrap()
}
fn as_of() -> Day {
    day("2026-11-20")
}
fn sheet(bytes: &[u8], kind: SheetKind) -> (Sheet, Mapping) {
    let sheet = Sheet::read(bytes).unwrap();
    let mapping = guess_mapping(kind, &sheet.headers);
    (sheet, mapping)
}
fn import_of(caseload: &[u8], contacts: &[u8], existing: &Journal) -> ImportPlan {
    let (caseload, caseload_mapping) = sheet(caseload, SheetKind::Caseload);
    let (contacts, contacts_mapping) = sheet(contacts, SheetKind::Contacts);
    let lookup = JournalLookup::new(existing);
    let context = ImportContext {
        registry: registry(),
        as_of: as_of(),
        existing: &lookup,
    };
    plan_import(
        Some((&caseload, &caseload_mapping)),
        Some((&contacts, &contacts_mapping)),
        &context,
    )
    .unwrap()
}
fn import() -> ImportPlan {
    import_of(CASELOAD, CONTACTS, &Journal::default())
}
/// Two small sheets from their rows.
fn small(caseload: &str, contacts: &str) -> ImportPlan {
    let head = "MRN,Last Name,First Name,DOB,Care Mgr,Tx Status,Flag,Date enrolled,PHQ-9 initial,PHQ-9 last,Date of last PHQ-9,Most recent contact\n";
    let contacts_head = "MRN,Date,Contact type,Mode,Minutes,PHQ9,PHQ9 item 9,GAD7,Activity\n";
    import_of(
        format!("{head}{caseload}").as_bytes(),
        format!("{contacts_head}{contacts}").as_bytes(),
        &Journal::default(),
    )
}
fn chart(mrn: &str) -> ChartId {
    chart_for_mrn(registry(), mrn)
}
fn facts(plan: &ImportPlan, mrn: &str) -> Vec<Fact> {
    plan.entries
        .iter()
        .filter(|e| e.chart() == chart(mrn))
        .map(|e| e.fact().clone())
        .collect()
}
fn folded(plan: &ImportPlan, mrn: &str) -> Folded {
    Journal::of(plan.entries.clone()).chart(chart(mrn)).unwrap().fold()
}
/// Totals of one instrument by day.
fn totals(plan: &ImportPlan, mrn: &str, instrument: &str) -> Vec<(String, u16)> {
    let mut totals: Vec<_> = facts(plan, mrn)
        .into_iter()
        .filter_map(|f| match f {
            Fact::Assessment(a) if a.instrument == instrument => match a.answers {
                Answered::Total { total, .. } => Some((a.at.to_string(), total)),
                Answered::Items(_) => None,
            },
            _ => None,
        })
        .collect();
    totals.sort();
    totals
}

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
        "MRN,Date,Contact type,Mode,Minutes,PHQ9,PHQ9 item 9,GAD7,Activity,Note,Row,Why it was not taken"
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
    assert_eq!(that_day, ["concern", "contact"], "and no time");
    // 28, 4, 22 and 2000 are out of range; the contact of that row stays.
    assert_eq!(
        totals(&plan, "700102", "phq9"),
        [("2026-01-15".into(), 15), ("2026-11-01".into(), 0)]
    );
}

#[test]
fn what_a_row_says_becomes_entries() {
    let plan = import();
    let of = folded(&plan, "700101");
    let heads: BTreeMap<&str, usize> = facts(&plan, "700101").iter().fold(BTreeMap::new(), |mut counts, f| {
        *counts.entry(f.kind()).or_default() += 1;
        counts
    });
    let expected = [
        ("assessment", 4),
        ("assignment", 1),
        ("concern", 1),
        ("contact", 2),
        ("contact_plan", 1),
        ("diagnosis", 1),
        ("episode", 1),
        ("medication", 2),
        ("note", 1),
        ("referral", 1),
        ("registration", 1),
        ("review_request", 1),
        ("status", 1),
        ("time", 2),
    ];
    assert_eq!(heads, expected.into());
    let plans = of.live().iter().filter_map(|l| match &l.fact {
        Fact::ContactPlan(ContactPlan { next, every, .. }) => Some((*next, *every)),
        _ => None,
    });
    assert_eq!(plans.collect::<Vec<_>>(), [(None, Some(Days(28)))]);
    let times: Vec<_> = of
        .live()
        .iter()
        .filter_map(|l| match &l.fact {
            Fact::Time(t) => Some((t.seconds.0, t.activity, t.clocked, t.of.is_some())),
            _ => None,
        })
        .collect();
    assert_eq!(
        times,
        [
            (3600, Activity::Assessment, Clocked::Imported, true),
            (1080, Activity::Intervention, Clocked::Imported, true)
        ]
    );
    let own = Journal::of(plan.entries.clone())
        .chart(registry().own_chart())
        .unwrap()
        .fold();
    let mut people: Vec<_> = own
        .live()
        .iter()
        .filter_map(|l| match &l.fact {
            Fact::Person(p) => Some((p.role, p.name.clone(), p.credential.clone())),
            _ => None,
        })
        .collect();
    people.sort();
    assert_eq!(
        people,
        [
            (Role::CareManager, "R. Achter".into(), None),
            (Role::CareManager, "T. Bright".into(), None),
            (Role::Clinician, "Dr Feld".into(), None),
            (Role::Clinician, "Dr. Santos".into(), None),
            (Role::Clinician, "Pell".into(), Some("FNP".into())),
            (Role::Import, "Spreadsheet import".into(), None),
        ]
    );
    assert!(plan.entries.iter().all(|e| e.author() == importer(registry())));
}

#[test]
fn each_status_word_becomes_the_statuses_that_it_stands_for() {
    let plan = import();
    let statuses = |mrn: &str| -> Vec<(Status, String)> {
        let mut found: Vec<_> = folded(&plan, mrn)
            .live()
            .iter()
            .filter_map(|l| match &l.fact {
                Fact::StatusChange(StatusChange { status, from, .. }) => Some((status.clone(), from.to_string())),
                _ => None,
            })
            .collect();
        found.sort_by_key(|(_, from)| from.clone());
        assert_eq!(folded(&plan, mrn).forks().count(), 0, "{mrn}");
        found
    };
    let closed = || Status::Closed {
        reason: CloseReason::NotRecorded,
        note: None,
    };
    for (mrn, expected) in [
        ("700100", vec![(Status::Active, "2026-07-15")]),
        (
            "700102",
            vec![
                (Status::Active, "2026-01-15"),
                (Status::RelapsePrevention, "2026-11-02"),
            ],
        ),
        ("700106", vec![(Status::Active, "2026-01-24"), (closed(), "2026-11-03")]),
        ("700107", vec![(Status::Active, "2026-07-14"), (closed(), "2026-10-30")]),
        ("700109", vec![(Status::Referred, "2026-11-16")]),
        (
            "700110",
            vec![
                (Status::Active, "2026-09-22"),
                (Status::RelapsePrevention, "2026-11-03"),
            ],
        ),
        ("700113", vec![(Status::Active, "2026-10-01")]),
        ("700115", vec![(Status::Active, "2026-11-10")]),
    ] {
        let expected: Vec<_> = expected.into_iter().map(|(s, from)| (s, from.to_owned())).collect();
        assert_eq!(statuses(mrn), expected, "{mrn}");
    }
}

#[test]
fn scores_of_the_summary_come_in_once() {
    let plan = import();
    // No row of the contacts file: both totals, at enrolment and at their date.
    assert_eq!(
        totals(&plan, "700110", "phq9"),
        [("2026-09-22".into(), 17), ("2026-11-03".into(), 4)]
    );
    assert_eq!(
        totals(&plan, "700110", "gad7"),
        [("2026-09-22".into(), 15), ("2026-11-03".into(), 3)]
    );
    let kinds: Vec<&str> = facts(&plan, "700110")
        .iter()
        .map(Fact::kind)
        .filter(|k| ["contact", "case_review"].contains(k))
        .collect();
    assert_eq!(kinds, ["contact", "case_review"]);
    // The contacts file has them: none twice.
    assert_eq!(
        totals(&plan, "700107", "phq9"),
        [("2026-07-14".into(), 13), ("2026-10-30".into(), 12)]
    );

    for (caseload, contacts, expected) in [
        // Enrolled before the first score was taken: the first score of the contacts file is the initial one.
        (
            "1,A,B,,,Active,,6/4/2026,26,,,\n",
            "1,6/18/2026,Follow Up,Phone,20,26,0,,\n",
            vec![("2026-06-18", 26)],
        ),
        // Another first score: both.
        (
            "1,A,B,,,Active,,6/4/2026,20,,,\n",
            "1,6/18/2026,Follow Up,Phone,20,26,0,,\n",
            vec![("2026-06-04", 20), ("2026-06-18", 26)],
        ),
        // Initial and last are one administration.
        (
            "1,A,B,,,Active,,6/4/2026,13,13,6/4/2026,\n",
            "",
            vec![("2026-06-04", 13)],
        ),
        // The contacts file has another score on that day: it stays, and the difference is named.
        (
            "1,A,B,,,Active,,6/4/2026,,9,6/18/2026,\n",
            "1,6/18/2026,Follow Up,Phone,20,11,0,,\n",
            vec![("2026-06-18", 11)],
        ),
        // A last score without its date is dated by the most recent contact.
        ("1,A,B,,,Active,,6/4/2026,,9,,7/1/2026\n", "", vec![("2026-07-01", 9)]),
    ] {
        let plan = small(caseload, contacts);
        let expected: Vec<_> = expected.into_iter().map(|(on, total)| (on.to_owned(), total)).collect();
        assert_eq!(totals(&plan, "1", "phq9"), expected, "{caseload}");
    }
}

#[test]
fn a_positive_latest_item_9_or_a_safety_flag_opens_one_concern_whatever_the_status() {
    let plan = import();
    let found: Vec<_> = plan
        .triage
        .iter()
        .map(|t| (t.mrn.as_str(), t.value, t.flag.as_deref(), t.level))
        .collect();
    assert_eq!(
        found,
        [
            ("700106", Some(3), None, Level::High),
            ("700100", None, Some("SAFETY"), Level::Positive),
            ("700101", None, Some("Discuss / safety"), Level::Positive),
            ("700107", Some(1), None, Level::Positive),
            ("700113", Some(1), None, Level::Positive),
        ]
    );
    assert_eq!(plan.triage[0].status, "Closed");
    assert!(plan.triage.iter().all(|t| !t.is_known));
    for item in &plan.triage {
        let folded = folded(&plan, &item.mrn);
        let open: Vec<_> = folded
            .live()
            .iter()
            .filter_map(|l| match &l.fact {
                Fact::Concern(c) => Some(c.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(open.len(), 1, "{}", item.mrn);
        assert_eq!(
            open[0].because,
            Because::Imported {
                value: item.value,
                flag: item.flag.clone()
            }
        );
        assert_eq!(open[0].concern, item.concern);
    }
    let concerns = plan
        .entries
        .iter()
        .filter(|e| matches!(e.fact(), Fact::Concern(_)))
        .count();
    assert_eq!(concerns, plan.triage.len(), "700108 was positive once: that is history");
}

#[test]
fn of_two_answers_on_one_day_the_higher_counts() {
    let row = "1,A,B,,,Active,,6/4/2026,,,,\n";
    for (contacts, expected) in [
        (
            "1,6/18/2026,Follow Up,Phone,5,9,1,,\n1,6/18/2026,Follow Up,Phone,5,9,0,,\n",
            Some(1),
        ),
        (
            "1,6/18/2026,Follow Up,Phone,5,9,1,,\n1,6/19/2026,Follow Up,Phone,5,9,0,,\n",
            None,
        ),
        (
            "1,6/18/2026,Follow Up,Phone,5,9,1,,\n1,6/19/2026,Follow Up,Phone,5,9,,,\n",
            Some(1),
        ),
        ("1,6/18/2026,Attempt,Phone,5,,2,,\n", Some(2)),
    ] {
        let plan = small(row, contacts);
        assert_eq!(plan.triage.first().and_then(|t| t.value), expected, "{contacts}");
    }
}

#[test]
fn importing_again_changes_nothing() {
    let first = import();
    let journal = Journal::of(first.entries.clone());
    let again = import_of(CASELOAD, CONTACTS, &journal);
    assert_eq!(again.entries, vec![]);
    assert_eq!(again.counts.new_patients, 0);
    assert!(again.triage.iter().all(|t| t.is_known) && again.triage.len() == first.triage.len());
    // Into another copy: the same bytes.
    let other = import();
    assert_eq!(Journal::of(other.entries), journal);
    assert!(
        journal
            .charts()
            .all(|(_, chart)| chart.damaged().is_empty() && chart.fold().forks().count() == 0)
    );
}

#[test]
fn identical_rows_are_as_many_entries() {
    let attempts = facts(&import(), "700105")
        .iter()
        .filter(|f| matches!(f, Fact::Attempt(_)))
        .count();
    assert_eq!(attempts, 2);
}

fn by_hand(chart: ChartId, n: u8, replaces: Vec<EntryId>, fact: impl Into<Fact>) -> Entry {
    let draft = Draft {
        chart,
        replaces,
        fact: fact.into(),
    };
    let stamp = Stamp::new(1_795_000_000_000 + u64::from(n), 0, 7);
    Entry::write(
        draft,
        EntryId::from_random([n; 16]),
        stamp,
        importer(RegistryId::from_random([8; 16])),
    )
    .unwrap()
}

#[test]
fn what_a_person_decided_since_stays_and_is_named() {
    let first = import();
    let mut journal = Journal::of(first.entries.clone());
    let item = first.triage.iter().find(|t| t.mrn == "700107").unwrap().clone();
    let head = |journal: &Journal, slot: &Slot| journal.chart(item.chart).unwrap().fold().head(slot).unwrap().clone();
    let opened = head(&journal, &Slot::Concern(item.concern));
    let closing = ConcernClosed {
        concern: item.concern,
        at: When::Day(as_of()),
        action: "Called; safe.".into(),
        watch_until: None,
    };
    journal.add([by_hand(item.chart, 1, vec![opened.id], closing)]);
    assert_eq!(
        import_of(CASELOAD, CONTACTS, &journal).entries,
        vec![],
        "a closed concern stays closed"
    );

    // The list says something else now: the registry's own word stays, and the row says so.
    let changed =
        String::from_utf8(CASELOAD.to_vec())
            .unwrap()
            .replacen("T. Bright,Active,SAFETY", "T. Bright,RP,SAFETY", 1);
    let later = import_of(changed.as_bytes(), CONTACTS, &journal);
    assert_eq!(later.entries, vec![]);
    let kept: Vec<_> = later
        .problems
        .iter()
        .filter(|p| p.reason == Reason::KeptAsHere { what: "the status" })
        .collect();
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].row, kept[0].mrn.as_str()), (3, "700100"));
}

#[test]
fn a_later_list_adds_what_is_new_and_a_new_positive_answer_opens_a_new_concern() {
    let journal = Journal::of(import().entries);
    let mut contacts = CONTACTS.to_vec();
    contacts.extend_from_slice(b"700108;11/19/2026;Follow Up;Phone;20;12;2;8;;\r\n");
    let later = import_of(CASELOAD, &contacts, &journal);
    let kinds: Vec<&str> = later.entries.iter().map(|e| e.fact().kind()).collect();
    assert_eq!(kinds, ["concern", "contact", "assessment", "assessment", "time"]);
    let new: Vec<_> = later
        .triage
        .iter()
        .filter(|t| !t.is_known)
        .map(|t| (t.mrn.as_str(), t.value))
        .collect();
    assert_eq!(new, [("700108", Some(2))]);
}

#[test]
fn a_patient_who_was_entered_by_hand_is_found_by_mrn() {
    let hand_made = ChartId::from_random([4; 16]);
    let registration: caseload::journal::facts::Registration =
        serde_json::from_value(serde_json::json!({"given": "Noor", "family": "Bergstrom", "mrn": "700101"})).unwrap();
    let journal = Journal::of([by_hand(hand_made, 9, vec![], registration)]);
    let plan = import_of(CASELOAD, CONTACTS, &journal);
    assert!(plan.entries.iter().all(|e| e.chart() != chart("700101")));
    let brought = plan.entries.iter().filter(|e| e.chart() == hand_made).count();
    assert!(brought > 10, "{brought}");
    assert!(
        plan.problems
            .iter()
            .any(|p| p.row == 4 && matches!(p.reason, Reason::KeptAsHere { .. }))
    );
    assert_eq!(plan.counts.new_patients, 13);
}

#[test]
fn an_erased_patient_does_not_come_back() {
    let mut journal = Journal::of(import().entries);
    let erased = caseload::journal::facts::Erased {
        reason: "asked for".into(),
    };
    journal.add([by_hand(chart("700101"), 5, vec![], erased)]);
    let plan = import_of(CASELOAD, CONTACTS, &journal);
    assert_eq!(plan.entries, vec![]);
    let rejected: Vec<_> = plan
        .rejected
        .iter()
        .filter(|r| r.reason == Reason::ErasedHere)
        .map(|r| r.row)
        .collect();
    assert_eq!(rejected, [4, 6, 7]);
}

#[test]
fn contacts_alone_go_to_patients_who_are_here() {
    let (caseload, mapping) = sheet(CASELOAD, SheetKind::Caseload);
    let context = ImportContext {
        registry: registry(),
        as_of: as_of(),
        existing: &NothingYet,
    };
    let patients = plan_import(Some((&caseload, &mapping)), None, &context).unwrap();
    let journal = Journal::of(patients.entries);
    let lookup = JournalLookup::new(&journal);
    let (contacts, mapping) = sheet(CONTACTS, SheetKind::Contacts);
    let context = ImportContext {
        registry: registry(),
        as_of: as_of(),
        existing: &lookup,
    };
    let plan = plan_import(None, Some((&contacts, &mapping)), &context).unwrap();
    assert_eq!(plan.counts.contact_rows, 27);
    assert_eq!(
        plan.triage.iter().map(|t| t.mrn.as_str()).collect::<Vec<_>>(),
        ["700106", "700107", "700113"]
    );
    let by = plan.entries.iter().find_map(|e| match e.fact() {
        Fact::Time(t) if e.chart() == chart("700101") => Some(t.by),
        _ => None,
    });
    let assigned = match journal
        .chart(chart("700101"))
        .map(Chart::fold)
        .unwrap()
        .head(&Slot::Assignment)
        .unwrap()
        .fact
        .clone()
    {
        Fact::Assignment(a) => a.care_manager,
        other => panic!("{other:?}"),
    };
    assert_eq!(by, assigned);
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
            "No column of this sheet is known as “Family name”: say which one it is.",
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
