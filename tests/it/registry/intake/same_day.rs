//! Two episodes of one day.

use super::*;

#[test]
fn of_two_episodes_that_open_on_one_day_the_one_that_was_written_first_comes_first() {
    // Their random ids decided: the second of one day was listed as the first.
    for id in [[0; 16], [255; 16]] {
        let mut desk = Desk::new(80);
        desk.create(Kind::Real);
        let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
        let first = desk.patient(chart).episode.unwrap();
        let closed = status(first, declined(), "2026-11-20");
        desk.save(record(chart, vec![closed])).unwrap();
        let second = caseload::journal::EpisodeId::from_random(id);
        let facts = vec![
            opened(second, "2026-11-20"),
            status(second, Status::Active, "2026-11-20"),
        ];
        desk.save(record(chart, facts)).unwrap();
        let rows = intake(&mut desk, chart).episodes;
        let numbers: Vec<(u32, bool)> = rows.iter().map(|e| (e.number, e.closed.is_some())).collect();
        assert_eq!(numbers, [(2, false), (1, true)], "{id:?}");
    }
}
