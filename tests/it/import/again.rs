//! Importing again, and into a registry that holds something already.

use super::*;

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
        reason: None,
        watch_until: None,
        saw: None,
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
        basis: None,
        asked_by: None,
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
        ["700106", "700100", "700107", "700113"]
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
