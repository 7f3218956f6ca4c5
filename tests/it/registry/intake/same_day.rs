//! Two episodes that begin, and end, on one day.

use caseload::journal::EpisodeId;

use super::*;

fn closed(reason: CloseReason) -> Status {
    Status::Closed {
        reason,
        note: None,
        closure: None,
    }
}

#[test]
fn of_two_episodes_that_begin_and_end_on_one_day_the_one_that_was_written_first_comes_first() {
    const TODAY: &str = "2026-11-20";
    // Their ids decided: the second of the day was listed as the first, whenever chance gave it the smaller one.
    for id in [[0; 16], [255; 16]] {
        for ends in [true, false] {
            let mut desk = Desk::new(80);
            desk.create(Kind::Real);
            let patient = NewPatient::referred(newcomer("Jun", "Ito").registration, at("2026-11-20T08:00:00-05:00"));
            let chart = desk.save(Intent::Register(patient)).unwrap().chart;
            let first = desk.patient(chart).episode.unwrap();
            desk.save(record(chart, vec![status(first, closed(CloseReason::Declined), TODAY)]))
                .unwrap();
            let second = EpisodeId::from_random(id);
            let facts = vec![opened(second, TODAY), status(second, Status::Active, TODAY)];
            desk.save(record(chart, facts)).unwrap();
            if ends {
                desk.save(record(chart, vec![status(second, closed(CloseReason::Moved), TODAY)]))
                    .unwrap();
            }
            let rows = intake(&mut desk, chart).episodes;
            assert!(rows.iter().all(|row| row.opened == day(TODAY)), "{rows:?}");
            let numbers: Vec<(u32, EpisodeId, bool)> =
                rows.iter().map(|e| (e.number, e.episode, e.closed.is_some())).collect();
            assert_eq!(numbers, [(2, second, ends), (1, first, true)], "{id:?}");
            // The page of the patient is about the later one.
            let page = desk.patient(chart);
            assert_eq!(page.episode, Some(second), "{id:?}");
            let is_closed = matches!(
                page.status,
                Some(Status::Closed {
                    reason: CloseReason::Moved,
                    ..
                })
            );
            assert_eq!(is_closed, ends, "{id:?}");
        }
    }
}
