//! What stays behind with an entry that is held back, in a file that holds entries as they are.

use std::collections::BTreeSet;

use caseload::care::privacy::{HeldItem, covers_of, held_items, marks_that_stay};
use serde_json::json;

use super::*;

impl Book {
    fn items(&self) -> Vec<HeldItem> {
        held_items(&self.chart, &self.chart.fold())
    }
    /// Everything that stays behind.
    fn behind(&self) -> BTreeSet<EntryId> {
        self.items().into_iter().flat_map(|item| item.entries).collect()
    }
    fn void(&mut self, entry: EntryId) -> EntryId {
        self.write(EnteredInError {
            entry,
            reason: "wrong day".to_owned(),
            moved_to: None,
        })
    }
}

fn call(note: &str) -> Contact {
    Contact {
        at: when("2026-11-20T10:00:00-05:00"),
        mode: Mode::Phone,
        kind: ContactKind::FollowUp,
        with: vec![With::Patient],
        inbound: false,
        did: Vec::new(),
        language: None,
        note: Some(note.to_owned()),
        talk: Talk::default(),
    }
}

fn copied(of: Vec<EntryId>) -> EhrCopy {
    EhrCopy {
        of,
        kind: NoteKind::Contact,
        text: "Talked about drinking".to_owned(),
        at: when("2026-11-20T11:00:00-05:00"),
        held: Vec::new(),
    }
}

fn message(held: Vec<EntryId>) -> Communication {
    Communication {
        at: when("2026-11-20T12:00:00-05:00"),
        to: Audience::Clinician,
        person: None,
        by: Channel::Letter,
        about: None,
        text: "She told me of her drinking".to_owned(),
        release: None,
        name: None,
        held,
        member: None,
        closing: None,
        feedback: None,
        also: Vec::new(),
    }
}

fn medicine(dose: &str) -> Medication {
    Medication {
        dose: Some(dose.to_owned()),
        ..Medication::named(ThingId::from_random([4; 16]), "buprenorphine".to_owned())
    }
}

fn goal(n: u8) -> Goal {
    Goal {
        goal: ThingId::from_random([n; 16]),
        text: "stay off alcohol".to_owned(),
        by: None,
        state: GoalState::Open,
        measured_by: None,
        from: None,
        settled: None,
    }
}

fn thing(n: u8) -> ThingId {
    ThingId::from_random([n; 16])
}

fn read(kind: &str, fact: serde_json::Value) -> Fact {
    let read = Fact::read(kind, &fact.to_string());
    assert!(!matches!(read, Fact::Unknown), "{kind}: {fact}");
    read
}

fn step(about: u8) -> PlanStep {
    PlanStep {
        about: ThingId::from_random([about; 16]),
        day: day("2026-11-20"),
        what: "ten days without".to_owned(),
        begun: None,
    }
}

#[test]
fn what_would_tell_of_a_held_entry_stays_behind_with_it() {
    let mut book = Book::new();
    let contact = book.write(call("about drinking"));
    let minutes = book.write(Time {
        start: when("2026-11-20T10:00:00-05:00"),
        seconds: Seconds(600),
        activity: Activity::FollowUp,
        bucket: Bucket::Cocm,
        by: PersonId::from_random([8; 16]),
        mode: None,
        clocked: Clocked::Typed,
        of: Some(contact),
        note: None,
        with: Vec::new(),
        beside: None,
        own: None,
    });
    let other = book.write(note("prefers mornings"));
    let mark = book.mark(contact, Protection::Part2);
    let corrected = book.write(Corrected {
        entry: contact,
        kind: "contact".to_owned(),
        fact: json!({"at": "2026-11-20", "mode": "phone", "kind": "follow_up", "with": ["patient"], "note": "about using"}),
        reason: None,
    });
    let items = held_items(&book.chart, &book.chart.fold());
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].entry, contact);
    assert_eq!(
        items[0].entries.iter().copied().collect::<Vec<_>>(),
        sorted([contact, minutes, mark, corrected])
    );
    assert!(!items[0].entries.contains(&other));
    // Made in error: the file would still hold it as it was written.
    let error = book.write(EnteredInError {
        entry: contact,
        reason: "wrong day".to_owned(),
        moved_to: None,
    });
    let items = held_items(&book.chart, &book.chart.fold());
    assert_eq!(items.len(), 1);
    assert!(items[0].entries.contains(&error) && items[0].entries.contains(&corrected));
}

#[test]
fn two_copies_that_disagree_about_a_mark_hold_the_entry_back() {
    let mut book = Book::new();
    let entry = book.write(note("x"));
    book.mark(entry, Protection::Part2);
    let reason = "not from the program".to_owned();
    let removed = Mark {
        entry,
        why: Protection::Part2,
        state: MarkState::Removed { reason },
    };
    book.put(removed.into(), Vec::new());
    assert!(book.held().contains_key(&entry));
}

#[test]
fn a_text_that_was_written_from_a_held_entry_stays_behind_with_it() {
    let mut book = Book::new();
    let kept = book.write(call("about drinking"));
    let other = book.write(call("about walking"));
    let copy = book.write(copied(vec![other, kept]));
    let log = book.write(EhrCopy {
        held: vec![kept],
        ..copied(Vec::new())
    });
    let sent = book.write(message(vec![kept]));
    let (free_copy, free) = (book.write(copied(vec![other])), book.write(message(Vec::new())));
    let fact =
        json!({"at": "2026-11-20", "to": "clinician", "by": "letter", "text": "She drinks again", "held": [kept]});
    let corrected = book.write(Corrected {
        entry: free,
        kind: "communication".to_owned(),
        fact,
        reason: None,
    });
    assert_eq!(book.behind(), BTreeSet::new());
    let mark = book.mark(kept, Protection::Part2);
    assert_eq!(book.behind(), BTreeSet::from([kept, copy, log, sent, corrected, mark]));
    assert!(!book.behind().contains(&free_copy));
    // What corrects a copy tells of it too.
    let again = book.write(Corrected {
        entry: copy,
        kind: "ehr_copy".to_owned(),
        fact: json!({}),
        reason: None,
    });
    assert!(book.behind().contains(&again));
}

#[test]
fn an_earlier_version_stays_behind_when_the_one_that_is_marked_was_made_in_error() {
    let mut book = Book::new();
    let first = book.write(medicine("4 mg"));
    let second = book.write(medicine("8 mg"));
    book.mark(second, Protection::Part2);
    let error = book.void(second);
    let said = book.write(check(4));
    for entry in [first, second, error, said] {
        assert!(book.behind().contains(&entry), "{entry}");
    }
    // A person looks at what stands and says that it is free: what was marked stays behind alone.
    book.mark(first, Protection::Part2);
    book.unmark(first, Protection::Part2);
    assert!(!book.behind().contains(&first) && !book.behind().contains(&said));
    assert!(book.behind().contains(&second) && book.behind().contains(&error));
}

#[test]
fn all_versions_stay_behind_when_every_one_was_made_in_error() {
    let mut book = Book::new();
    let first = book.write(medicine("4 mg"));
    let second = book.write(medicine("8 mg"));
    book.mark(second, Protection::Part2);
    book.void(second);
    book.void(first);
    let items = book.items();
    assert_eq!(items.len(), 1);
    assert!(items[0].entries.contains(&first) && items[0].entries.contains(&second));
}

#[test]
fn each_part_of_the_plan_can_be_marked_and_a_release_names_it_as_the_plan() {
    let thing = ThingId::from_random([6; 16]);
    let read = |kind: &str, fact: serde_json::Value| Fact::read(kind, &fact.to_string());
    let facts: Vec<Fact> = vec![
        step(5).into(),
        read(
            "planned_intervention",
            json!({"intervention": thing, "kind": "problem_solving", "from": "2026-11-20"}),
        ),
        read("plan_review", json!({"day": "2026-11-20"})),
        read(
            "planned_activity",
            json!({"activity": thing, "what": "walk", "agreed": "2026-11-20", "state": "planned"}),
        ),
        read(
            "problem_sheet",
            json!({"sheet": thing, "day": "2026-11-20", "problem": "rent"}),
        ),
        read(
            "readiness_ruler",
            json!({"ruler": thing, "about": "drinking", "day": "2026-11-20", "importance": 7, "confidence": 4}),
        ),
    ];
    for fact in facts {
        assert!(!matches!(fact, Fact::Unknown), "the fixture is read");
        assert!(can_be_marked(&fact), "{fact:?}");
        assert_eq!(covers_of(&fact), Covers::Plan, "{fact:?}");
    }
}

#[test]
fn what_was_done_about_a_held_goal_stays_behind_with_it() {
    let mut book = Book::new();
    let kept = book.write(goal(5));
    let (done, other) = (book.write(step(5)), book.write(step(6)));
    let mark = book.mark(kept, Protection::Part2);
    assert_eq!(book.behind(), BTreeSet::from([kept, done, mark]));
    assert_eq!(book.items().len(), 1, "a person confirms the goal with its steps");
    assert_eq!(
        book.held().keys().copied().collect::<Vec<_>>(),
        sorted([kept, done]),
        "nor do letters tell of it"
    );
    // A step by itself.
    let alone = book.mark(other, Protection::Part2);
    assert_eq!(book.items().len(), 2);
    assert!(book.behind().contains(&other) && book.behind().contains(&alone));
    book.void(kept);
    assert!(book.behind().contains(&done));
}

fn check(n: u8) -> Fact {
    let json = json!({"medication": thing(n), "at": "2026-11-20", "adherence": "good", "note": "no craving on 8 mg"});
    read("medication_check", json)
}

fn change(medication: Option<u8>) -> Fact {
    // Each is a change of its own, and no version of another.
    let id = thing(70 + medication.unwrap_or_default());
    let json = json!({"day": "2026-11-20", "kind": "dose_changed", "what": "4 to 8 mg", "change": id,
        "medication": medication.map(thing)});
    read("treatment_change", json)
}

fn advice(n: u8) -> Fact {
    let json = json!({"recommendation": thing(n), "day": "2026-11-20", "text": "begin buprenorphine"});
    read("recommendation", json)
}

fn answer(n: u8) -> Fact {
    let json = json!({"recommendation": thing(n), "day": "2026-11-20", "answer": "accepted", "note": "begun on 4 mg"});
    read("answer", json)
}

#[test]
fn what_was_said_of_a_held_medicine_or_held_advice_stays_behind_with_it() {
    // What is marked; what tells of it; the same of something else, which is free.
    let cases: [(&str, Fact, Fact, Fact); 4] = [
        ("a check", medicine("4 mg").into(), check(4), check(5)),
        ("a change", medicine("4 mg").into(), change(Some(4)), change(Some(5))),
        ("a change of none", medicine("4 mg").into(), check(4), change(None)),
        ("an answer", advice(4), answer(4), answer(5)),
    ];
    for (case, thing, tells, other) in cases {
        let mut book = Book::new();
        let kept = book.write(thing);
        let other = book.write(other);
        let tells = book.write(tells);
        assert_eq!(book.behind(), BTreeSet::new(), "{case}");
        let mark = book.mark(kept, Protection::Part2);
        assert_eq!(book.behind(), BTreeSet::from([kept, tells, mark]), "{case}");
        assert_eq!(book.items().len(), 1, "{case}: a person confirms both as one");
        assert_eq!(
            book.held().keys().copied().collect::<Vec<_>>(),
            sorted([kept, tells]),
            "{case}: nor do letters tell of it"
        );
        // Something that is marked by itself is confirmed by itself.
        let alone = book.mark(other, Protection::Part2);
        assert_eq!(book.items().len(), 2, "{case}");
        assert!(book.behind().is_superset(&BTreeSet::from([other, alone])), "{case}");
        // When what is marked was made in error, what was said of it is marked in its place.
        let stay = marks_that_stay(&book.chart.fold(), &[kept]);
        let on: Vec<EntryId> = stay.iter().map(|mark| mark.entry).collect();
        assert_eq!(on, [tells], "{case}");
        book.void(kept);
        assert!(book.behind().contains(&tells), "{case}");
    }
}

#[test]
fn a_change_that_carries_out_held_advice_stays_behind_with_it_though_it_names_no_medicine() {
    let carried_out = |n: u8| {
        let json = json!({"day": "2026-11-20", "kind": "medication_started", "what": "buprenorphine 4 mg",
            "change": thing(60 + n), "recommendation": thing(n)});
        read("treatment_change", json)
    };
    let mut book = Book::new();
    let kept = book.write(advice(4));
    let (made, other) = (book.write(carried_out(4)), book.write(carried_out(5)));
    assert_eq!(book.behind(), BTreeSet::new());
    let mark = book.mark(kept, Protection::Part2);
    assert_eq!(book.behind(), BTreeSet::from([kept, made, mark]));
    assert_eq!(
        book.held().keys().copied().collect::<Vec<_>>(),
        sorted([kept, made]),
        "nor do letters and notes tell of it"
    );
    assert!(!book.behind().contains(&other));
}

#[test]
fn what_is_put_right_to_be_about_a_held_thing_stays_behind_as_it_was_written_too() {
    let cases = [
        (Fact::from(medicine("4 mg")), check(5), check(4)),
        (advice(4), answer(5), answer(4)),
    ];
    for (thing, wrong, right) in cases {
        let mut book = Book::new();
        let kept = book.write(thing);
        let written = book.write(wrong);
        let corrected = book.write(Corrected {
            entry: written,
            kind: right.kind().to_owned(),
            fact: serde_json::from_str(&right.to_json().unwrap()).unwrap(),
            reason: None,
        });
        let mark = book.mark(kept, Protection::Part2);
        assert_eq!(book.behind(), BTreeSet::from([kept, written, corrected, mark]));
        assert_eq!(book.items().len(), 1);
    }
}

#[test]
fn a_medicine_that_a_held_change_or_held_advice_put_on_the_list_stays_behind_with_all_its_versions() {
    let carried_out = |n: u8| {
        let json = json!({"day": "2026-11-20", "kind": "medication_started", "what": "buprenorphine 4 mg",
            "change": thing(60 + n), "recommendation": thing(n)});
        read("treatment_change", json)
    };
    let listed = |n: u8, change: Option<u8>| Medication {
        change: change.map(thing),
        ..Medication::named(thing(n), "buprenorphine".to_owned())
    };
    for marks_advice in [true, false] {
        let mut book = Book::new();
        let advised = book.write(advice(4));
        let made = book.write(carried_out(4));
        let first = book.write(listed(20, Some(64)));
        // What was written of it since names the change no more, and is about the same medicine.
        let [second, checked] = [Fact::from(listed(20, None)), check(20)].map(|fact| book.write(fact));
        let free = [Fact::from(listed(21, Some(65))), check(21)].map(|fact| book.write(fact));
        assert!(book.held().is_empty() && book.behind().is_empty());
        let mark = book.mark(if marks_advice { advised } else { made }, Protection::Part2);
        let mut held = BTreeSet::from([made, first, second, checked]);
        held.extend(marks_advice.then_some(advised));
        assert_eq!(book.held().into_keys().collect::<BTreeSet<_>>(), held);
        held.insert(mark);
        assert_eq!(book.behind(), held);
        assert_eq!(book.items().len(), 1, "a person confirms it as one");
        assert!(free.iter().all(|entry| !held.contains(entry)));
        // When the change between was made in error, what is left is marked by itself.
        if marks_advice {
            let stay = marks_that_stay(&book.chart.fold(), &[made]);
            assert_eq!(stay.iter().map(|mark| mark.entry).collect::<Vec<_>>(), [first]);
        }
    }
}

#[test]
fn a_step_that_tells_of_a_held_task_or_referral_stays_behind_with_it() {
    let task = json!({"task": thing(30), "text": "Ask for a bed in the program", "due": "2026-11-27"});
    let sent = json!({"referral": thing(30), "to": "Methadone program", "what": "a bed", "state": "made",
        "day": "2026-11-20"});
    for begun in [read("task", task), read("outgoing_referral", sent)] {
        let mut book = Book::new();
        let barrier = json!({"barrier": thing(31), "kind": "housing", "text": "no place to sleep"});
        let barrier = book.write(read("barrier", barrier));
        let begun = book.write(begun);
        let told = PlanStep {
            begun: Some(thing(30)),
            ..step(31)
        };
        let (told, other) = (book.write(told), book.write(step(31)));
        let mark = book.mark(begun, Protection::Part2);
        assert_eq!(book.behind(), BTreeSet::from([begun, told, mark]));
        assert_eq!(book.held().into_keys().collect::<Vec<_>>(), sorted([begun, told]));
        book.mark(barrier, Protection::Part2);
        assert!(book.held().contains_key(&other));
    }
}
