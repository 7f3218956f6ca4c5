use super::*;
use crate::journal::facts::ActivityGroup;

fn zone() -> Zone {
    "America/New_York".parse().unwrap()
}
fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn the_shares_of_a_meeting_add_up_to_the_second() {
    for whole in [0, 1, 59, 60, 3600, 3601, 86_400] {
        for patients in 1..=37 {
            let shares = spread(Seconds(whole), patients);
            assert_eq!(shares.iter().map(|s| s.0).sum::<u32>(), whole);
            let (least, most) = (shares.iter().min().unwrap().0, shares.iter().max().unwrap().0);
            assert!(most - least <= 1);
        }
    }
    assert!(spread(Seconds(60), 0).is_empty());
}

#[test]
fn days_of_23_and_25_hours_hold_their_own_seconds_and_no_others() {
    for (text, hours) in [("2026-03-08", 23), ("2026-11-01", 25), ("2026-11-20", 24)] {
        let day = day(text);
        assert_eq!(stretch_of(day, zone()).seconds(), Seconds(hours * 3600));
        // From ten in the evening before, for four hours more than the day has: an edge on both sides.
        let start = When::At(zone().at(day.plus(-1), 22, 0));
        let whole = Seconds((hours + 4) * 3600);
        let parts = [(-1, 2), (0, hours), (1, 2)];
        for (days, of_day) in parts {
            let (_, seconds) = on_day(start, whole, day.plus(days), zone()).unwrap();
            assert_eq!(seconds, Seconds(of_day * 3600), "{text} {days}");
        }
        assert_eq!(on_day(start, whole, day.plus(2), zone()), None);
    }
}

#[test]
fn an_entry_that_ends_at_midnight_is_not_on_the_next_day() {
    let day = day("2026-11-20");
    let start = When::At(zone().at(day, 23, 0));
    assert_eq!(on_day(start, Seconds(3600), day.plus(1), zone()), None);
    assert_eq!(
        on_day(When::Day(day), Seconds(60), day, zone()),
        Some((None, Seconds(60)))
    );
    assert_eq!(on_day(When::Day(day), Seconds(60), day.plus(1), zone()), None);
}

#[test]
fn gaps_are_between_entries_and_within_working_hours() {
    let day = day("2026-11-20");
    let of = |h: u32, m: u32, minutes: i64| {
        let start = zone().at(day, h, m).timestamp();
        Stretch {
            start,
            end: start + minutes * 60,
        }
    };
    assert!(gaps(&[], day, zone()).is_empty());
    assert!(gaps(&[of(9, 0, 60)], day, zone()).is_empty());
    let taken = [of(7, 0, 30), of(9, 0, 60), of(9, 30, 60), of(10, 33, 27), of(20, 0, 10)];
    assert_eq!(gaps(&taken, day, zone()), vec![of(8, 0, 60), of(11, 0, 420)]);
}

#[test]
fn shares_that_are_set_stay_and_the_rest_is_spread_over_the_others() {
    let min = |m: u32| Some(Seconds(m * 60));
    let table = [
        (60, vec![None, None, None], Ok(vec![1200, 1200, 1200])),
        (60, vec![min(30), None, None], Ok(vec![1800, 900, 900])),
        (60, vec![None; 7], Ok(vec![515, 515, 514, 514, 514, 514, 514])),
        (60, vec![min(30), min(30)], Ok(vec![1800, 1800])),
        (
            60,
            vec![min(30), min(20)],
            Err("The shares add up to 50 min, and the meeting took 60 min"),
        ),
        (
            60,
            vec![min(61), None],
            Err("The shares add up to 61 min, and the meeting took 60 min"),
        ),
        (
            60,
            vec![min(60), None],
            Err("Nothing of the meeting is left for those whose share is not set: set fewer, or take them out"),
        ),
        (60, vec![], Err("Choose the patients who were discussed")),
    ];
    for (whole, set, expected) in table {
        let got = shares(Seconds(whole * 60), &set).map_err(|wrong| wrong.to_string());
        let expected = expected.map(|all| all.into_iter().map(Seconds).collect::<Vec<_>>());
        assert_eq!(got, expected.map_err(str::to_owned), "{set:?}");
    }
}

#[test]
fn every_activity_has_a_group_and_only_care_with_the_patient_is_direct() {
    let direct: Vec<ActivityGroup> = ActivityGroup::ALL
        .into_iter()
        .filter(|group| group.is_direct())
        .collect();
    assert_eq!(direct, [ActivityGroup::DirectCare]);
    let table = [
        (Activity::FollowUp, ActivityGroup::DirectCare),
        (Activity::Outreach, ActivityGroup::CareCoordination),
        (Activity::PlanRevision, ActivityGroup::TreatmentPlanning),
        (Activity::CaseloadReview, ActivityGroup::TeamCollaboration),
        (Activity::Documentation, ActivityGroup::Documentation),
        (Activity::Travel, ActivityGroup::Administrative),
    ];
    for (activity, group) in table {
        assert_eq!(ActivityGroup::of(activity), group, "{activity:?}");
    }
}
