//! Time that can't have been spent: one sentence each, and nothing is lost or written.

use super::months::{month, ready, spent};
use super::*;

#[test]
fn time_of_no_length_of_twenty_five_hours_ahead_of_now_or_before_birth_is_refused_in_a_sentence() {
    let mut desk = Desk::new(161);
    let chart = ready(&mut desk);
    let seconds = |count: u32| match spent("2026-10-06", 1) {
        Fact::Time(time) => Fact::Time(Time {
            seconds: Seconds(count),
            ..time
        }),
        other => other,
    };
    for (fact, says) in [
        (seconds(0), "Time, in seconds, is not between 1 and 86400"),
        (seconds(25 * 3600), "Time, in seconds, is not between 1 and 86400"),
        (spent("2027-03-01", 20), "Start lies in the future"),
        (spent("1989-03-01", 20), "Start lies before the patient was born"),
    ] {
        let error = refused(desk.save(record(chart, vec![fact]))).to_string();
        assert!(error.contains(says), "{error}");
    }
    assert_eq!(month(&mut desk, "2026-10").rows[0].minutes, 40);
    // A day may be worked through; a negative length is no time at all.
    desk.save(record(chart, vec![seconds(24 * 3600)])).unwrap();
    let negative = Fact::from(match spent("2026-10-06", 1) {
        Fact::Time(time) => time,
        other => panic!("{other:?}"),
    });
    let negative = negative.to_json().unwrap().replace("\"seconds\":60", "\"seconds\":-60");
    assert!(negative.contains("-60"));
    assert_eq!(Fact::read("time", &negative), Fact::Unknown);
}
