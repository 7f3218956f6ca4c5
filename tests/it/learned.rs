//! What is asked and learned of a patient, and what may be told of it: rules over a chart's entries.

use std::collections::BTreeMap;

use caseload::care::privacy::{WhyHeld, WhyNot, can_be_marked, held_back, may_tell};
use caseload::care::{ManiaScreen, gap_words, mania_screen};
use caseload::journal::facts::*;
use caseload::journal::{Chart, ChartId, Clock, Day, Draft, Entry, EntryId, Fact, PersonId, Seconds, ThingId, When};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn when(text: &str) -> When {
    text.parse().unwrap()
}

mod held;

struct Book {
    chart: Chart,
    clock: Clock,
    drawn: u8,
}

impl Book {
    fn new() -> Self {
        let clock = Clock::new(1);
        Self {
            chart: Chart::default(),
            clock,
            drawn: 0,
        }
    }
    fn write(&mut self, fact: impl Into<Fact>) -> EntryId {
        let fact: Fact = fact.into();
        let folded = self.chart.fold();
        let replaces = fact
            .slot()
            .map(|slot| folded.replaced_by_next(&slot))
            .unwrap_or_default();
        self.put(fact, replaces)
    }
    /// An entry as another copy would have written it, knowing of none here.
    fn put(&mut self, fact: Fact, replaces: Vec<EntryId>) -> EntryId {
        self.drawn += 1;
        let id = EntryId::from_random([self.drawn; 16]);
        let chart = ChartId::from_random([9; 16]);
        let stamp = self.clock.tick(1_795_183_200_000 + u64::from(self.drawn));
        let entry = Entry::write(
            Draft { chart, replaces, fact },
            id,
            stamp,
            PersonId::from_random([8; 16]),
        )
        .unwrap();
        self.chart.insert(entry);
        id
    }
    fn mark(&mut self, entry: EntryId, why: Protection) -> EntryId {
        self.write(Mark {
            entry,
            why,
            state: MarkState::Set { note: None },
        })
    }
    fn unmark(&mut self, entry: EntryId, why: Protection) -> EntryId {
        let reason = "marked by mistake".to_owned();
        self.write(Mark {
            entry,
            why,
            state: MarkState::Removed { reason },
        })
    }
    fn held(&self) -> BTreeMap<EntryId, Vec<WhyHeld>> {
        held_back(&self.chart.fold())
    }
}

fn note(text: &str) -> Note {
    Note {
        at: when("2026-11-20"),
        text: text.to_owned(),
        discuss: false,
    }
}

fn diagnosis(code: &str) -> Diagnosis {
    Diagnosis {
        diagnosis: ThingId::from_random([3; 16]),
        code: code.to_owned(),
        label: None,
        from: day("2026-11-01"),
        until: None,
        provisional: false,
    }
}

fn release() -> Release {
    Release {
        release: ThingId::from_random([1; 16]),
        to: "Harbor Counseling".to_owned(),
        scope: String::new(),
        from: day("2026-11-01"),
        until: Some(day("2026-12-31")),
        part2: true,
        revoked: None,
        covers: vec![Covers::Progress, Covers::Diagnoses],
        minor: true,
        kind: Some(RecipientKind::Provider),
        contact: None,
    }
}

#[test]
fn a_release_permits_only_what_it_covers_while_it_is_in_force() {
    let held = |protection, about| vec![WhyHeld { protection, about }];
    let (part2, minor) = (Protection::Part2, Protection::MinorConsented);
    let good = release();
    type Case = (&'static str, Release, Vec<WhyHeld>, &'static str, Result<(), WhyNot>);
    let cases: Vec<Case> = vec![
        (
            "first day",
            good.clone(),
            held(part2, Covers::Progress),
            "2026-11-01",
            Ok(()),
        ),
        (
            "last day",
            good.clone(),
            held(minor, Covers::Diagnoses),
            "2026-12-31",
            Ok(()),
        ),
        ("nothing held, in force", good.clone(), vec![], "2026-11-20", Ok(())),
        (
            "not yet",
            good.clone(),
            vec![],
            "2026-10-31",
            Err(WhyNot::NotYet {
                from: day("2026-11-01"),
            }),
        ),
        (
            "expired",
            good.clone(),
            vec![],
            "2027-01-01",
            Err(WhyNot::Expired {
                until: day("2026-12-31"),
            }),
        ),
        (
            "revoked on that day",
            Release {
                revoked: Some(day("2026-11-20")),
                ..good.clone()
            },
            vec![],
            "2026-11-20",
            Err(WhyNot::Revoked { on: day("2026-11-20") }),
        ),
        (
            "before it was revoked",
            Release {
                revoked: Some(day("2026-11-20")),
                ..good.clone()
            },
            held(part2, Covers::Progress),
            "2026-11-19",
            Ok(()),
        ),
        (
            "scope",
            good.clone(),
            held(part2, Covers::Medicines),
            "2026-11-20",
            Err(WhyNot::OutOfScope {
                about: Covers::Medicines,
            }),
        ),
        (
            "words alone cover nothing that is protected",
            Release {
                covers: Vec::new(),
                scope: "everything".to_owned(),
                ..good.clone()
            },
            held(part2, Covers::Progress),
            "2026-11-20",
            Err(WhyNot::OutOfScope {
                about: Covers::Progress,
            }),
        ),
        (
            "Part 2",
            Release {
                part2: false,
                ..good.clone()
            },
            held(part2, Covers::Progress),
            "2026-11-20",
            Err(WhyNot::Part2),
        ),
        (
            "a parent's release is not the minor's",
            Release {
                minor: false,
                ..good.clone()
            },
            held(minor, Covers::Progress),
            "2026-11-20",
            Err(WhyNot::MinorConsented),
        ),
        (
            "each of two reasons counts",
            Release {
                minor: false,
                ..good.clone()
            },
            [held(part2, Covers::Progress), held(minor, Covers::Progress)].concat(),
            "2026-11-20",
            Err(WhyNot::MinorConsented),
        ),
    ];
    for (name, release, held, on, expected) in cases {
        let mut book = Book::new();
        let id = release.release;
        book.write(release);
        assert_eq!(may_tell(&book.chart.fold(), id, day(on), &held), expected, "{name}");
    }
    let nobody = ThingId::from_random([2; 16]);
    assert_eq!(
        may_tell(&Book::new().chart.fold(), nobody, day("2026-11-20"), &[]),
        Err(WhyNot::NoRelease)
    );
}

#[test]
fn a_release_that_two_copies_set_differently_permits_nothing_until_it_is_settled() {
    let mut book = Book::new();
    book.write(release());
    book.put(
        Release {
            revoked: Some(day("2026-12-01")),
            ..release()
        }
        .into(),
        Vec::new(),
    );
    let id = release().release;
    assert_eq!(
        may_tell(&book.chart.fold(), id, day("2026-11-20"), &[]),
        Err(WhyNot::Unsettled)
    );
}

#[test]
fn a_marked_entry_is_held_back_with_all_its_versions_until_the_mark_is_taken_away() {
    let mut book = Book::new();
    let free = book.write(note("prefers mornings"));
    let kept = book.write(note("in treatment at the methadone clinic"));
    let first = book.write(diagnosis("F11.20"));
    let second = book.write(diagnosis("F11.21"));
    assert_eq!(book.held(), BTreeMap::new());
    book.mark(kept, Protection::Part2);
    book.mark(second, Protection::Part2);
    book.mark(second, Protection::MinorConsented);
    let third = book.write(diagnosis("F11.20"));
    let held = book.held();
    assert_eq!(
        held.keys().copied().collect::<Vec<_>>(),
        sorted([kept, first, second, third])
    );
    let why = |protection, about| WhyHeld { protection, about };
    assert_eq!(held[&kept], [why(Protection::Part2, Covers::Progress)]);
    assert_eq!(
        held[&third],
        [
            why(Protection::Part2, Covers::Diagnoses),
            why(Protection::MinorConsented, Covers::Diagnoses)
        ]
    );
    assert!(!held.contains_key(&free));
    book.unmark(second, Protection::Part2);
    assert_eq!(
        book.held()[&first],
        [why(Protection::MinorConsented, Covers::Diagnoses)]
    );
    book.unmark(second, Protection::MinorConsented);
    assert_eq!(book.held().keys().copied().collect::<Vec<_>>(), [kept]);
}

fn sorted<const N: usize>(mut ids: [EntryId; N]) -> Vec<EntryId> {
    ids.sort();
    ids.to_vec()
}

#[test]
fn who_the_patient_is_and_what_is_about_safety_is_never_held_back() {
    let concern = Concern {
        concern: ThingId::from_random([5; 16]),
        kind: ConcernKind::Suicide,
        because: Because::ByHand { note: "x".to_owned() },
        level: Level::Positive,
        at: when("2026-11-20"),
    };
    let registration = Registration::named("Jun".to_owned(), "Ito".to_owned());
    assert!(!can_be_marked(&concern.into()));
    assert!(!can_be_marked(&registration.into()));
    assert!(!can_be_marked(&release().into()));
    assert!(can_be_marked(&note("x").into()));
    assert!(can_be_marked(&diagnosis("F11.20").into()));
}

fn area(area: Area, replies: &[(Question, Said)]) -> AreaAnswers {
    AreaAnswers {
        area,
        day: day("2026-11-20"),
        replies: replies.iter().cloned().collect(),
        treatments: Vec::new(),
    }
}

const MANIA: [Question; 5] = [
    Question::ManiaMood,
    Question::ManiaSleep,
    Question::ManiaTold,
    Question::ManiaFamily,
    Question::ManiaAntidepressant,
];

#[test]
fn asked_and_no_is_never_the_same_as_not_asked() {
    let yes = || Said::Yes { words: None };
    let all = |reply: fn() -> Said| MANIA.map(|q| (q, reply()));
    let some = [
        "high mood or energy",
        "little need of sleep",
        "told of bipolar disorder",
    ];
    let rest = vec!["bipolar disorder in the family", "reaction to an antidepressant"];
    type Case = (&'static str, Vec<(Question, Said)>, ManiaScreen);
    let cases: Vec<Case> = vec![
        (
            "nothing",
            vec![],
            ManiaScreen::NotAsked([&some[..], &rest[..]].concat()),
        ),
        ("all no", all(|| Said::No).to_vec(), ManiaScreen::Clear),
        (
            "three no",
            all(|| Said::No)[..3].to_vec(),
            ManiaScreen::NotAsked(rest.clone()),
        ),
        (
            "would rather not",
            all(|| Said::RatherNot).to_vec(),
            ManiaScreen::RatherNot,
        ),
        (
            "a yes is a yes at once",
            vec![(Question::ManiaTold, yes())],
            ManiaScreen::Yes(vec!["told of bipolar disorder"]),
        ),
    ];
    for (name, replies, expected) in cases {
        let mut book = Book::new();
        book.write(area(Area::Mania, &replies));
        let found = mania_screen(&book.chart.fold());
        assert_eq!(found, expected, "{name}");
        assert_eq!(found.line().is_none(), expected == ManiaScreen::Clear, "{name}");
    }
    let line = mania_screen(&Book::new().chart.fold()).line().unwrap();
    assert!(line.starts_with("Mania screen: not asked yet."), "{line}");
}

#[test]
fn an_mdq_counts_as_the_mania_screen() {
    let mdq = |answer: u8, same: u8, problem: u8| {
        let mut items: BTreeMap<String, u8> = (1..=13).map(|n| (format!("mdq_{n}"), answer)).collect();
        items.insert("mdq_same_time".to_owned(), same);
        items.insert("mdq_problem".to_owned(), problem);
        Assessment {
            instrument: "mdq".to_owned(),
            version: caseload::instruments::definition(&caseload::instruments::InstrumentId::new("mdq"))
                .unwrap()
                .version
                .clone(),
            at: when("2026-11-20"),
            taken: Taken::InPerson,
            answers: Answered::Items(items),
            scale: None,
            respondent: None,
        }
    };
    let mut book = Book::new();
    book.write(mdq(0, 0, 0));
    assert_eq!(mania_screen(&book.chart.fold()), ManiaScreen::Clear);
    book.write(mdq(1, 1, 3));
    assert_eq!(mania_screen(&book.chart.fold()), ManiaScreen::Yes(vec!["MDQ positive"]));
}

#[test]
fn gaps_are_named_and_shrink_from_call_to_call() {
    let mut book = Book::new();
    let gaps = |book: &Book, sex| gap_words(&book.chart.fold(), sex);
    assert_eq!(gaps(&book, None).len(), 14);
    assert_eq!(gaps(&book, None)[0], "Past treatment");
    book.write(area(
        Area::Medical,
        &[
            (Question::Illness, Said::No),
            (
                Question::Sleep,
                Said::Yes {
                    words: Some("wakes at 3".to_owned()),
                },
            ),
            (Question::Allergies, Said::No),
        ],
    ));
    let medical = |sex| {
        gaps(&book, sex)
            .into_iter()
            .find(|gap| gap.starts_with("Medical"))
            .unwrap()
    };
    assert_eq!(medical(None), "Medical: pain, pregnancy, breastfeeding, contraception");
    assert_eq!(medical(Some(Sex::Male)), "Medical: pain");
    book.write(area(Area::Strengths, &[(Question::Strengths, Said::RatherNot)]));
    assert!(!gaps(&book, None).iter().any(|gap| gap.starts_with("Strengths")));
}
