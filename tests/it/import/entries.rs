//! What a row says becomes entries.

use super::*;

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
        closure: None,
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
            (
                "700100",
                None,
                Some("SAFETY; the total of 25 on 2026-11-18 can't be without a positive item 9"),
                Level::Positive
            ),
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
fn an_item_9_of_the_caseload_opens_a_concern_without_its_date_and_when_it_says_only_yes() {
    let opened = |header: &str, item9: &str, dates: &str| {
        let sheet = format!(
            "MRN,Last Name,First Name,Tx Status,Date enrolled,PHQ-9 last,{header},Date of last PHQ-9,Most recent contact\n\
             1,Abara,Iris,Active,7/15/2026,10,{item9},{dates}\n"
        );
        let contacts = b"MRN,Date,Contact type,Mode,Minutes,PHQ9,PHQ9 item 9\n1,10/1/2026,Follow Up,Phone,30,10,0\n";
        let plan = import_of(sheet.as_bytes(), contacts, &Journal::default());
        plan.triage.iter().map(|t| t.value).collect::<Vec<_>>()
    };
    let dated = "11/1/2026,11/1/2026";
    for header in ["PHQ-9 item 9", "Item 9", "Q9", "Last PHQ-9 item 9"] {
        assert_eq!(opened(header, "2", dated), [Some(2)], "{header}");
    }
    assert_eq!(opened("Item 9", "0", dated), []);
    // No date beside it: the sheet calls it the latest, and nobody knows that it is not.
    assert_eq!(opened("Item 9", "1", ","), [Some(1)]);
    assert_eq!(opened("SI", "yes", dated), [None]);
    assert_eq!(opened("SI", "no", dated), []);
}

#[test]
fn a_contact_whose_item_9_says_only_yes_opens_a_concern_unless_a_number_was_answered_later() {
    let row = "1,A,B,,,Active,,6/4/2026,,,,\n";
    for (contacts, expected) in [
        (
            "1,6/18/2026,Follow Up,Phone,5,9,yes,,\n",
            Some("item 9: yes on 2026-06-18"),
        ),
        (
            "1,6/18/2026,Follow Up,Phone,5,9,0,,\n1,6/19/2026,Follow Up,Phone,5,9,Y,,\n",
            Some("item 9: yes on 2026-06-19"),
        ),
        (
            "1,6/18/2026,Follow Up,Phone,5,9,yes,,\n1,6/19/2026,Follow Up,Phone,5,9,0,,\n",
            None,
        ),
        ("1,6/18/2026,Follow Up,Phone,5,9,no,,\n", None),
    ] {
        let plan = small(row, contacts);
        assert_eq!(
            plan.triage.first().and_then(|t| t.flag.as_deref()),
            expected,
            "{contacts}"
        );
    }
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
fn identical_rows_are_as_many_entries() {
    let attempts = facts(&import(), "700105")
        .iter()
        .filter(|f| matches!(f, Fact::Attempt(_)))
        .count();
    assert_eq!(attempts, 2);
}
