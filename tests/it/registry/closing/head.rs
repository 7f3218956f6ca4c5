//! What heads a concern.

use super::*;

#[test]
fn a_concern_is_headed_by_what_opened_it() {
    let yes = Fact::AreaAnswers(AreaAnswers {
        area: Area::PastHarm,
        day: day("2026-11-20"),
        replies: BTreeMap::from([(Question::SuicideNow, Said::Yes { words: None })]),
        treatments: Vec::new(),
    });
    let by_hand = |note: &str| {
        Fact::Concern(Concern {
            concern: caseload::journal::ThingId::from_random([60; 16]),
            kind: ConcernKind::Suicide,
            because: Because::ByHand { note: note.to_owned() },
            level: Level::Positive,
            at: When::Day(day("2026-11-20")),
        })
    };
    for (n, (fact, head)) in [
        (yes, "Opened by the initial assessment on Fri 20 Nov"),
        (by_hand("Crisis contact"), "Opened by a crisis contact on Fri 20 Nov"),
        (by_hand("the sister called"), "Opened by hand on Fri 20 Nov"),
        (phq9(10, 1, "2026-11-20"), "PHQ-9 item 9 answered 1 on Fri 20 Nov"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut desk = Desk::new(70 + u64::try_from(n).unwrap());
        let (chart, _) = treated(&mut desk);
        desk.save(record(chart, vec![fact])).unwrap();
        let because = desk.patient(chart).concerns[0].because.clone();
        assert!(because.starts_with(head), "{because}");
    }
}
