//! Where an entry of a trainee stands, whatever arrived and in whatever order.

use super::*;
use crate::journal::facts::{Attempt, AttemptOutcome, Channel, Corrected, EnteredInError, Note, Person};
use crate::journal::{Chart, ChartId, Draft, Entry};

const SENIOR: u8 = 1;
const TRAINEE: u8 = 2;
const COLLEAGUE: u8 = 3;
const LEAD: u8 = 4;
const OTHER_TRAINEE: u8 = 5;

fn person(n: u8) -> PersonId {
    PersonId::from_random([n; 16])
}

fn id(n: u8) -> EntryId {
    EntryId::from_time(1_000, [n; 10])
}

fn entry(n: u8, at: u64, by: u8, fact: impl Into<Fact>) -> Entry {
    let draft = Draft::new(ChartId::from_random([9; 16]), fact);
    Entry::write(draft, id(n), Stamp::new(at, 0, 0), person(by)).unwrap()
}

fn somebody(n: u8, role: Role, supervisor: Option<u8>) -> Person {
    Person {
        person: person(n),
        name: format!("P. {n}"),
        role,
        credential: None,
        npi: None,
        supervisor: supervisor.map(person),
        phone: None,
        left: false,
        same_as: None,
    }
}

fn folded(entries: impl IntoIterator<Item = Entry>) -> Folded {
    let mut chart = Chart::default();
    for entry in entries {
        chart.insert(entry);
    }
    chart.fold()
}

/// A care manager who supervises a trainee, a colleague who doesn't, a supervisor by role, another trainee; from 5,000 on
/// the trainee is licensed.
fn crew() -> Crew {
    Crew::of(&folded([
        entry(101, 10, SENIOR, somebody(SENIOR, Role::CareManager, None)),
        entry(102, 20, SENIOR, somebody(TRAINEE, Role::Trainee, Some(SENIOR))),
        entry(103, 30, SENIOR, somebody(COLLEAGUE, Role::CareManager, None)),
        entry(104, 40, SENIOR, somebody(LEAD, Role::Supervisor, None)),
        entry(105, 50, SENIOR, somebody(OTHER_TRAINEE, Role::Trainee, Some(TRAINEE))),
        entry(106, 5_000, SENIOR, somebody(TRAINEE, Role::CareManager, None)),
    ]))
}

fn note(text: &str) -> Note {
    Note {
        at: "2026-11-20".parse().unwrap(),
        text: text.to_owned(),
        discuss: false,
    }
}

fn signed(of: &[u8], verdict: CoVerdict) -> CoSigned {
    CoSigned {
        entries: of.iter().map(|n| id(*n)).collect(),
        verdict,
        comment: (verdict == CoVerdict::Returned).then(|| "Say what was agreed".to_owned()),
        at: "2026-11-20".parse().unwrap(),
    }
}

fn corrected(of: u8) -> Corrected {
    let fact = Fact::from(note("put right"));
    Corrected {
        entry: id(of),
        kind: fact.kind().to_owned(),
        fact: serde_json::from_str(&fact.to_json().unwrap()).unwrap(),
        reason: None,
    }
}

/// The state of entry 1 in a word.
fn state(entries: Vec<Entry>) -> &'static str {
    let all = supervised(&folded(entries), &crew());
    match all.get(&id(1)).map(|one| &one.signature) {
        None => "needs none",
        Some(Signature::Waits { again: false }) => "waits",
        Some(Signature::Waits { again: true }) => "waits again",
        Some(Signature::Signed { .. }) => "signed",
        Some(Signature::Returned { .. }) => "returned",
    }
}

#[test]
fn an_entry_waits_until_somebody_who_may_has_signed_it_as_it_stands() {
    use CoVerdict::{Returned, Signed};
    let by_trainee = || entry(1, 1_000, TRAINEE, note("a call"));
    let cases: Vec<(&str, Vec<Entry>, &str)> = vec![
        ("nothing was said", vec![by_trainee()], "waits"),
        (
            "the supervisor",
            vec![by_trainee(), entry(2, 1_100, SENIOR, signed(&[1], Signed))],
            "signed",
        ),
        (
            "a supervisor by role",
            vec![by_trainee(), entry(2, 1_100, LEAD, signed(&[1], Signed))],
            "signed",
        ),
        (
            "a colleague",
            vec![by_trainee(), entry(2, 1_100, COLLEAGUE, signed(&[1], Signed))],
            "waits",
        ),
        (
            "the trainee",
            vec![by_trainee(), entry(2, 1_100, TRAINEE, signed(&[1], Signed))],
            "waits",
        ),
        (
            "another trainee",
            vec![by_trainee(), entry(2, 1_100, OTHER_TRAINEE, signed(&[1], Signed))],
            "waits",
        ),
        (
            "another entry",
            vec![by_trainee(), entry(2, 1_100, SENIOR, signed(&[7], Signed))],
            "waits",
        ),
        (
            "returned",
            vec![by_trainee(), entry(2, 1_100, SENIOR, signed(&[1], Returned))],
            "returned",
        ),
        (
            "returned, then signed after all",
            vec![
                by_trainee(),
                entry(2, 1_100, SENIOR, signed(&[1], Returned)),
                entry(3, 1_200, LEAD, signed(&[1], Signed)),
            ],
            "signed",
        ),
        (
            "signed, then corrected",
            vec![
                by_trainee(),
                entry(2, 1_100, SENIOR, signed(&[1], Signed)),
                entry(3, 1_200, TRAINEE, corrected(1)),
            ],
            "waits again",
        ),
        (
            "returned, then corrected",
            vec![
                by_trainee(),
                entry(2, 1_100, SENIOR, signed(&[1], Returned)),
                entry(3, 1_200, TRAINEE, corrected(1)),
            ],
            "waits again",
        ),
        (
            "the correction was read too",
            vec![
                by_trainee(),
                entry(3, 1_200, TRAINEE, corrected(1)),
                entry(4, 1_300, SENIOR, signed(&[1, 3], Signed)),
            ],
            "signed",
        ),
        (
            "only the first version was read, though it was signed later",
            vec![
                by_trainee(),
                entry(3, 1_200, TRAINEE, corrected(1)),
                entry(4, 1_300, SENIOR, signed(&[1], Signed)),
            ],
            "waits again",
        ),
        (
            "the co-signature was made in error",
            vec![
                by_trainee(),
                entry(2, 1_100, SENIOR, signed(&[1], Signed)),
                entry(
                    3,
                    1_200,
                    SENIOR,
                    EnteredInError {
                        entry: id(2),
                        reason: "Undone".to_owned(),
                        moved_to: None,
                    },
                ),
            ],
            "waits",
        ),
        (
            "a colleague wrote it",
            vec![entry(1, 1_000, COLLEAGUE, note("a call"))],
            "needs none",
        ),
        (
            "the trainee is licensed by then",
            vec![entry(1, 6_000, TRAINEE, note("a call"))],
            "needs none",
        ),
        (
            "the supervisor of that time signed, though the trainee is licensed since",
            vec![by_trainee(), entry(2, 1_100, SENIOR, signed(&[1], Signed))],
            "signed",
        ),
    ];
    for (name, entries, wanted) in cases {
        let reversed = entries.iter().rev().cloned().collect();
        assert_eq!(state(entries), wanted, "{name}");
        assert_eq!(state(reversed), wanted, "{name}, arriving the other way round");
    }
}

#[test]
fn a_co_signature_may_come_before_its_entry() {
    let early = entry(2, 1_100, SENIOR, signed(&[1], CoVerdict::Signed));
    assert!(supervised(&folded([early.clone()]), &crew()).is_empty());
    assert_eq!(state(vec![early, entry(1, 1_000, TRAINEE, note("a call"))]), "signed");
}

#[test]
fn what_is_read_with_something_else_or_by_nobody_doesn_t_wait_by_itself() {
    let error = |of: u8| EnteredInError {
        entry: id(of),
        reason: "Undone".to_owned(),
        moved_to: None,
    };
    let attempt = Attempt {
        at: "2026-11-20".parse().unwrap(),
        by: Channel::Phone,
        outcome: AttemptOutcome::NoAnswer,
        note: None,
        left: None,
        next: None,
    };
    let waiting = |entries: Vec<Entry>| -> Vec<u8> {
        let all = supervised(&folded(entries), &crew());
        (1..=9)
            .filter(|n| all.get(&id(*n)).is_some_and(Supervised::waits))
            .collect()
    };
    // A correction is read with what it corrects; of somebody else's entry it is the trainee's own word.
    assert_eq!(
        waiting(vec![
            entry(1, 1_000, TRAINEE, note("a")),
            entry(2, 1_100, TRAINEE, corrected(1))
        ]),
        [1]
    );
    assert_eq!(
        waiting(vec![
            entry(1, 1_000, COLLEAGUE, note("a")),
            entry(2, 1_100, TRAINEE, corrected(1))
        ]),
        [2]
    );
    // Taking back what nobody signed leaves nothing to read; taking back what was signed, or another's, does.
    assert_eq!(
        waiting(vec![
            entry(1, 1_000, TRAINEE, attempt.clone()),
            entry(2, 1_100, TRAINEE, error(1))
        ]),
        [] as [u8; 0]
    );
    assert_eq!(
        waiting(vec![
            entry(1, 1_000, TRAINEE, attempt.clone()),
            entry(2, 1_050, SENIOR, signed(&[1], CoVerdict::Signed)),
            entry(3, 1_100, TRAINEE, error(1))
        ]),
        [3]
    );
    assert_eq!(
        waiting(vec![
            entry(1, 1_000, COLLEAGUE, attempt),
            entry(2, 1_100, TRAINEE, error(1))
        ]),
        [2]
    );
}

#[test]
fn who_supervises_whom_is_read_from_the_people() {
    let crew = crew();
    assert!(crew.supervises(person(LEAD)) && crew.supervises(person(TRAINEE)));
    assert!(!crew.supervises(person(COLLEAGUE)));
    assert!(!crew.is_trainee(person(TRAINEE)) && crew.was_trainee(person(TRAINEE), Stamp::new(4_999, 0, 0)));
    assert_eq!(crew.trainees().count(), 2);
    let then = Stamp::new(1_000, 0, 0);
    assert!(crew.may_sign(person(LEAD), person(OTHER_TRAINEE), then));
    assert!(!crew.may_sign(person(LEAD), person(LEAD), then));
    // What was left unsigned is signed by the supervisor of its time, whoever supervises since.
    assert!(crew.may_sign(person(SENIOR), person(TRAINEE), then));
    assert!(!crew.may_sign(person(SENIOR), person(TRAINEE), Stamp::new(6_000, 0, 0)));
}
