//! The journal's laws on journals of any content: merge is idempotent, commutative and associative; nothing is lost but
//! erased charts; the order of arrival makes no difference to the fold or the flowsheet; a kind from a later version
//! survives byte for byte; one id with two contents keeps both.

use std::collections::BTreeSet;

use caseload::exchange::handoff::{Header, RegistryKind, Scope, read, to_text};
use caseload::flowsheet::project;
use caseload::journal::facts::*;
use caseload::journal::{
    ChartId, Day, Digest, Draft, Entry, EntryId, EpisodeId, Fact, Journal, PersonId, RegistryId, Seconds, Stamp,
    ThingId, When,
};
use proptest::prelude::*;

const CHARTS: u8 = 3;

fn chart(n: u8) -> ChartId {
    ChartId::from_random([10 + n; 16])
}
fn author() -> PersonId {
    PersonId::from_random([1; 16])
}
fn id(n: usize) -> EntryId {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&(n as u64 + 1).to_be_bytes());
    EntryId::from_random(bytes)
}
fn on(n: u8) -> Day {
    Day::new(2026, 10, 1).unwrap().plus(i64::from(n % 60))
}
fn at(n: u8) -> When {
    When::Day(on(n))
}

/// One entry as drawn: whose, what, how it varies, when it was written, by which run, and which others it names.
#[derive(Clone, Debug)]
struct Drawn {
    chart: u8,
    kind: u8,
    variant: u8,
    millis: u64,
    node: u64,
    names: usize,
    replaces: Vec<usize>,
    /// Its id is another one's: damage.
    twin: bool,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let names = (0usize..40, prop::collection::vec(0usize..40, 0..3));
    // Few instants and runs, so that stamps collide.
    let written = (1_790_000_000_000u64..1_790_000_000_012, 0u64..3);
    (0..CHARTS, 0u8..18, any::<u8>(), written, names, 0u8..12).prop_map(
        |(chart, kind, variant, (millis, node), (names, replaces), twin)| Drawn {
            chart,
            kind,
            variant,
            millis,
            node,
            names,
            replaces,
            twin: twin == 0,
        },
    )
}

fn phq9(n: u8) -> Assessment {
    let answers = (1..=9u8).map(|item| (format!("phq9_{item}"), (n / item) % 4));
    Assessment {
        instrument: "phq9".to_owned(),
        version: "1".to_owned(),
        at: at(n),
        taken: Taken::Remotely,
        answers: Answered::Items(answers.collect()),
        scale: None,
        respondent: None,
    }
}

fn fact(d: &Drawn) -> Option<Fact> {
    let n = d.variant;
    let (episode, thing) = (EpisodeId::from_random([n % 2; 16]), ThingId::from_random([n % 3; 16]));
    let named = id(d.names);
    Some(match d.kind {
        0 => serde_json::from_value::<Registration>(serde_json::json!({"given": "Ann", "family": format!("F{n}")}))
            .unwrap()
            .into(),
        1 | 2 => {
            let status = match n % 4 {
                0 => Status::Active,
                1 => Status::OnHold { review: on(n).plus(30) },
                2 => Status::Closed {
                    reason: CloseReason::Moved,
                    note: None,
                    closure: None,
                },
                _ => Status::Outreach,
            };
            StatusChange {
                episode,
                status,
                from: on(n),
                why: None,
            }
            .into()
        }
        3 | 4 => phq9(n).into(),
        5 => Concern {
            concern: thing,
            kind: ConcernKind::Suicide,
            because: Because::ByHand {
                note: "said so".to_owned(),
            },
            level: Level::Positive,
            at: at(n),
        }
        .into(),
        6 => {
            let compared = [Compared::Lower, Compared::Same, Compared::Higher][usize::from(n % 3)];
            let step = Step::Reassessed {
                assessment: named,
                value: n % 4,
                compared,
            };
            ConcernStep {
                concern: thing,
                at: at(n),
                step,
                note: None,
            }
            .into()
        }
        7 => ConcernClosed {
            concern: thing,
            at: at(n),
            action: "done".to_owned(),
            reason: None,
            watch_until: None,
            saw: None,
        }
        .into(),
        8 => {
            let answer = match n % 2 {
                0 => ConsentAnswer::Withdrawn,
                _ => ConsentAnswer::Given {
                    how: ConsentHow::Verbal,
                    explained: None,
                    points: Vec::new(),
                },
            };
            Consent {
                programme: Programme::Cocm,
                answer,
                day: on(n),
                taken_by: None,
            }
            .into()
        }
        9 => Time {
            start: at(n),
            seconds: Seconds(u32::from(n) + 1),
            activity: Activity::FollowUp,
            bucket: Bucket::Cocm,
            by: author(),
            mode: None,
            clocked: Clocked::Typed,
            of: Some(named),
            note: None,
            with: Vec::new(),
            beside: None,
            own: None,
        }
        .into(),
        10 | 11 => Corrected {
            entry: named,
            kind: "assessment".to_owned(),
            fact: serde_json::to_value(phq9(n)).unwrap(),
            reason: None,
        }
        .into(),
        12 => EnteredInError {
            entry: named,
            reason: "mistake".to_owned(),
            moved_to: None,
        }
        .into(),
        13 => MovedHere {
            from: chart((d.chart + 1) % CHARTS),
            entry: named,
            kind: "assessment".to_owned(),
            fact: serde_json::to_value(phq9(n)).unwrap(),
        }
        .into(),
        14 => Assignment {
            care_manager: (!n.is_multiple_of(3)).then(author),
            from: on(n),
            why: None,
        }
        .into(),
        15 => Snooze {
            clock: ClockKind::Contact,
            until: on(n),
            reason: "away".to_owned(),
        }
        .into(),
        // Rare: most journals have no erased chart.
        16 if n < 40 => Erased {
            reason: "asked for by law".to_owned(),
            basis: None,
            asked_by: None,
        }
        .into(),
        16 => Note {
            at: at(n),
            text: format!("note {n}"),
            discuss: false,
        }
        .into(),
        _ => return None,
    })
}

/// A kind of a later version, spelled as no writer of this one would.
fn from_tomorrow(d: &Drawn, id: EntryId, stamp: Stamp) -> Entry {
    let text = format!(
        "{{\"fact\":{{\"n\":{}.50,\"s\":\"\\u00e9 é\",\"z\":null,\"a\":[]}},\"kind\":\"from_tomorrow\",\"id\":\"{id}\",\
         \"chart\":\"{}\",\"stamp\":\"{stamp}\",\"author\":\"{}\",\"replaces\":[\"{}\"]}}",
        d.variant,
        chart(d.chart),
        author(),
        self::id(d.names),
    );
    Entry::read(&text).unwrap()
}

fn entries(drawn: &[Drawn]) -> Vec<Entry> {
    let made = drawn.iter().enumerate().map(|(i, d)| {
        let own = id(if d.twin { d.names } else { i });
        let stamp = Stamp::new(d.millis, u16::try_from(i % 3).unwrap(), d.node);
        match fact(d) {
            None => from_tomorrow(d, own, stamp),
            Some(fact) => {
                let replaces = d.replaces.iter().map(|n| id(*n)).collect();
                let draft = Draft {
                    chart: chart(d.chart),
                    replaces,
                    fact,
                };
                Entry::write(draft, own, stamp, author()).unwrap()
            }
        }
    });
    made.collect()
}

/// Entries, and for each the copies that hold it: bit 0, 1 and 2.
fn copies() -> impl Strategy<Value = (Vec<Entry>, [Journal; 3])> {
    prop::collection::vec((drawn(), 1u8..8), 0..40).prop_map(|drawn| {
        let (drawn, held): (Vec<Drawn>, Vec<u8>) = drawn.into_iter().unzip();
        let all = entries(&drawn);
        let copy = |bit: u8| {
            let mine = all.iter().zip(&held).filter(|(_, held)| *held & (1 << bit) != 0);
            Journal::of(mine.map(|(entry, _)| entry.clone()))
        };
        let copies = [copy(0), copy(1), copy(2)];
        (all, copies)
    })
}

fn merged(a: &Journal, b: &Journal) -> Journal {
    let mut merged = a.clone();
    merged.merge(b.clone());
    merged
}

/// What every rule reads.
fn sheets(journal: &Journal) -> Vec<caseload::flowsheet::Flowsheet> {
    let zone = "America/New_York".parse().unwrap();
    let sheets = journal
        .charts()
        .map(|(id, chart)| project(id, chart, &chart.fold(), zone));
    sheets.collect()
}

fn key(entry: &Entry) -> (EntryId, Digest, String) {
    (entry.id(), entry.digest(), entry.text().to_owned())
}

fn held(journal: &Journal) -> BTreeSet<(EntryId, Digest, String)> {
    journal
        .charts()
        .flat_map(|(_, chart)| chart.entries())
        .map(key)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn merging_again_changes_nothing((_, [a, b, _]) in copies()) {
        prop_assert_eq!(&merged(&a, &a), &a);
        let once = merged(&a, &b);
        prop_assert_eq!(&merged(&once, &b), &once);
        prop_assert_eq!(&merged(&once, &a), &once);
    }

    #[test]
    fn who_merges_whom_makes_no_difference((_, [a, b, c]) in copies()) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(sheets(&merged(&merged(&c, &b), &a)), sheets(&merged(&merged(&a, &b), &c)));
    }

    #[test]
    fn nothing_is_lost_but_the_entries_of_erased_charts((all, [a, b, c]) in copies()) {
        let merged = merged(&merged(&a, &b), &c);
        let erased: BTreeSet<ChartId> = all
            .iter()
            .filter(|e| matches!(e.fact(), Fact::Erased(_)))
            .map(Entry::chart)
            .collect();
        let kept = all.iter().filter(|e| !erased.contains(&e.chart()) || matches!(e.fact(), Fact::Erased(_)));
        prop_assert_eq!(held(&merged), kept.map(key).collect::<BTreeSet<_>>());
        for (id, chart) in merged.charts() {
            prop_assert_eq!(chart.is_erased(), erased.contains(&id));
        }
    }

    #[test]
    fn an_erased_chart_does_not_come_back((all, [a, b, _]) in copies()) {
        let erasing = Entry::write(
            Draft::new(chart(0), Erased { reason: "asked for by law".to_owned(), basis: None, asked_by: None }),
            id(1000),
            Stamp::new(1_700_000_000_000, 0, 0),
            author(),
        )
        .unwrap();
        let mut journal = merged(&a, &b);
        journal.add([erasing]);
        journal.add(all);
        let left = journal.chart(chart(0)).unwrap();
        prop_assert!(left.entries().all(|e| matches!(e.fact(), Fact::Erased(_))));
        prop_assert!(left.fold().live().is_empty());
    }

    #[test]
    fn the_order_of_arrival_makes_no_difference_to_the_fold_or_the_flowsheet(
        drawn in prop::collection::vec(drawn(), 0..40),
        order in any::<u64>(),
    ) {
        let all = entries(&drawn);
        let mut shuffled = all.clone();
        shuffled.sort_by_key(|e| Digest::of(format!("{order}{}", e.digest()).as_bytes()));
        let (one, other) = (Journal::of(all), Journal::of(shuffled));
        prop_assert_eq!(&one, &other);
        for ((_, one), (_, other)) in one.charts().zip(other.charts()) {
            prop_assert_eq!(one.fold(), other.fold());
            prop_assert_eq!(one.digest(), other.digest());
        }
        prop_assert_eq!(sheets(&one), sheets(&other));
    }

    #[test]
    fn a_kind_of_a_later_version_survives_merge_and_file_byte_for_byte((all, [a, b, c]) in copies()) {
        let merged = merged(&merged(&a, &b), &c);
        let header = Header {
            registry: RegistryId::from_random([1; 16]),
            kind: RegistryKind::Real,
            created: "2026-11-20T14:05:00-05:00".parse().unwrap(),
            author: author(),
            scope: Scope::All,
            people: Vec::new(),
            cover: None,
        };
        let file = read(to_text(&header, &merged).unwrap().as_bytes()).unwrap();
        let read = held(&file.journal());
        let erased = |e: &&Entry| merged.chart(e.chart()).is_some_and(caseload::journal::Chart::is_erased);
        for entry in all.iter().filter(|e| matches!(e.fact(), Fact::Unknown) && !erased(e)) {
            prop_assert!(read.contains(&key(entry)), "{}", entry.text());
        }
        prop_assert_eq!(read, held(&merged));
    }

    #[test]
    fn one_id_with_two_contents_keeps_both_and_is_named((all, [a, b, c]) in copies()) {
        let merged = merged(&merged(&a, &b), &c);
        for (_, chart) in merged.charts() {
            let mut seen = BTreeSet::new();
            let twice: BTreeSet<EntryId> = chart.entries().map(Entry::id).filter(|id| !seen.insert(*id)).collect();
            prop_assert_eq!(chart.damaged(), twice.iter().copied().collect::<Vec<_>>());
            for id in twice {
                let written = all.iter().filter(|e| e.id() == id && chart.holds(id, e.digest()));
                let contents: BTreeSet<&str> = written.map(Entry::text).collect();
                let kept: BTreeSet<&str> = chart.entries().filter(|e| e.id() == id).map(Entry::text).collect();
                prop_assert!(kept.len() > 1);
                prop_assert_eq!(kept, contents);
            }
        }
    }
}
