use super::*;

fn chart(number: u8) -> ChartId {
    ChartId::from_random([number; 16])
}

#[test]
fn a_pause_does_not_count() {
    let mut timers = Timers::default();
    timers.start(chart(1), 1_000);
    timers.pause(61_000);
    timers.start(chart(1), 100_000);
    let timed = timers.stop(chart(1), 130_500).unwrap();
    // 60 s, a pause of 39 s, then 30.5 s.
    assert_eq!(timed.seconds, Seconds(90));
    assert_eq!(timed.started, 1_000);
    assert!(timers.all().is_empty());
}

#[test]
fn of_a_timer_whose_minutes_were_saved_what_ran_since_stays() {
    let (save, minute) = (600_000, 60_000);
    // When it was started and paused, when the save is known of, what is left, whether it runs.
    let table = [
        ("it ran on", 0, None, save + 5 * minute, Some((300, true))),
        ("known at once", 0, None, save + 2_000, None),
        ("paused before", 0, Some(save - minute), save + 5 * minute, None),
        (
            "paused since",
            0,
            Some(save + 2 * minute),
            save + 5 * minute,
            Some((120, false)),
        ),
        ("another", save + minute, None, save + minute + 10_000, Some((10, true))),
    ];
    for (case, start, paused, now, left) in table {
        let mut timers = Timers::default();
        timers.start(chart(1), start);
        if let Some(paused) = paused {
            timers.pause(paused);
        }
        timers.saved_at(chart(1), save, now);
        let found = timers.of(chart(1));
        let found = found.map(|timer| (timer.seconds(now).0, timer.is_running()));
        assert_eq!(found, left, "{case}");
    }
}

#[test]
fn starting_one_pauses_the_other() {
    let mut timers = Timers::default();
    timers.start(chart(1), 0);
    timers.start(chart(2), 10_000);
    assert_eq!(timers.running().unwrap().chart, chart(2));
    assert_eq!(timers.of(chart(1)).unwrap().seconds(60_000), Seconds(10));
    assert_eq!(timers.of(chart(2)).unwrap().seconds(60_000), Seconds(50));
}

#[test]
fn starting_a_running_timer_again_changes_nothing() {
    let mut timers = Timers::default();
    timers.start(chart(1), 0);
    let before = timers.clone();
    timers.start(chart(1), 5_000);
    assert_eq!(timers, before);
}

#[test]
fn a_timer_goes_on_by_the_wall_clock_over_a_reload() {
    let mut timers = Timers::default();
    timers.start(chart(1), 1_000_000);
    let stored = serde_json::to_string(&timers).unwrap();
    let restored: Timers = serde_json::from_str(&stored).unwrap();
    assert_eq!(restored.of(chart(1)).unwrap().seconds(1_720_000), Seconds(720));
}

#[test]
fn a_clock_that_was_set_back_takes_nothing_away() {
    let mut timers = Timers::default();
    timers.start(chart(1), 100_000);
    timers.pause(160_000);
    timers.start(chart(1), 200_000);
    assert_eq!(timers.of(chart(1)).unwrap().seconds(50_000), Seconds(60));
}

#[test]
fn storage_holds_chart_ids_and_spans_and_nothing_else() {
    let mut timers = Timers::default();
    timers.start(chart(7), 5);
    timers.pause(9);
    let json = serde_json::to_value(&timers).unwrap();
    let whole: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(whole, ["busy", "timers"]);
    let keys: Vec<&String> = json["timers"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["chart", "running_since", "spans"]);
}

const MINUTE: u64 = 60_000;

#[test]
fn a_timer_that_was_paused_gives_an_entry_for_each_time_in_which_it_ran() {
    let mut timers = Timers::default();
    timers.start(chart(1), 0);
    timers.start(chart(2), 10 * MINUTE + 600);
    timers.start(chart(1), 20 * MINUTE);
    let timed = timers.stop(chart(1), 30 * MINUTE + 600).unwrap();
    assert_eq!(timed.parts(), [(0, Seconds(600)), (20 * MINUTE, Seconds(601))]);
    let sum: u32 = timed.parts().iter().map(|(_, seconds)| seconds.0).sum();
    assert_eq!(timed.seconds, Seconds(sum), "no second is lost by the cut");
}

#[test]
fn a_gap_is_asked_about_only_of_a_timer_that_runs_and_that_nobody_touched() {
    let least = 15 * MINUTE;
    let mut timers = Timers::default();
    assert!(!timers.busy(5), "without a timer no key is remembered");
    timers.start(chart(1), 0);
    assert!(timers.busy(MINUTE));
    assert!(!timers.busy(MINUTE + 500), "not each key is written down");
    assert_eq!(timers.gap(15 * MINUTE, least), None);
    let gap = timers.gap(40 * MINUTE, least).unwrap();
    assert_eq!((gap.from, gap.until), (MINUTE, 40 * MINUTE));
    timers.pause(41 * MINUTE);
    assert_eq!(timers.gap(90 * MINUTE, least), None);
}

#[test]
fn of_a_gap_all_none_or_a_part_counts_as_the_person_says() {
    // Minutes of the gap that are kept, minutes that the timer shows afterwards, five minutes later.
    for (kept, shown) in [(39, 45), (0, 6), (10, 16), (500, 45)] {
        let mut timers = Timers::default();
        timers.start(chart(1), 0);
        timers.busy(MINUTE);
        let gap = timers.gap(40 * MINUTE, MINUTE).unwrap();
        timers.settle(gap, kept * MINUTE);
        let timed = timers.of(chart(1)).unwrap().timed(45 * MINUTE);
        assert_eq!(timed.seconds, Seconds(shown * 60), "{kept} min kept");
        assert_eq!(timers.gap(45 * MINUTE, 15 * MINUTE), None, "it is not asked again");
    }
}

#[test]
fn a_gap_survives_a_reload_until_it_is_settled() {
    let mut timers = Timers::default();
    timers.start(chart(1), 0);
    timers.busy(2 * MINUTE);
    let stored = serde_json::to_string(&timers).unwrap();
    let restored: Timers = serde_json::from_str(&stored).unwrap();
    assert_eq!(restored.gap(60 * MINUTE, 15 * MINUTE).unwrap().from, 2 * MINUTE);
    let of_before = r#"{"timers":[]}"#;
    assert_eq!(serde_json::from_str::<Timers>(of_before).unwrap(), Timers::default());
}

#[test]
fn a_clock_that_is_set_back_while_a_timer_runs_loses_nothing() {
    let hour = 60 * MINUTE;
    let mut timers = Timers::default();
    timers.start(chart(1), 2 * hour);
    // After twenty minutes the clock is an hour earlier; ten more minutes follow.
    let last = 2 * hour + 20 * MINUTE;
    let now = last - hour;
    assert_eq!(timers.set_back(last, now), Some(chart(1)));
    assert_eq!(
        timers.of(chart(1)).unwrap().seconds(now + 10 * MINUTE),
        Seconds(30 * 60)
    );
    timers.right_since_set_back(chart(1));
    let timed = timers.of(chart(1)).unwrap().timed(now + 10 * MINUTE);
    assert_eq!(timed.parts(), [(hour, Seconds(30 * 60))]);
    assert_eq!(Timers::default().set_back(last, now), None);
}
