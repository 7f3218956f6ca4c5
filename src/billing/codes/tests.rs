use super::*;
use Code::*;
use proptest::prelude::*;

fn written(payer: &str, kind: MonthKind, seconds: u32) -> String {
    let profile = Profile::shipped(payer).unwrap();
    let list = codes(&profile, kind, Seconds(seconds)).codes;
    let parts: Vec<String> = list
        .iter()
        .map(|c| format!("{}x{}", c.code.as_str(), c.units))
        .collect();
    parts.join("+")
}

#[test]
fn the_bands_of_each_profile_begin_and_end_where_its_table_says() {
    use MonthKind::{Initial as I, Subsequent as S};
    let cases: &[(&str, MonthKind, u32, &str)] = &[
        ("midpoint-g2214-30", S, 29, ""),
        ("midpoint-g2214-30", S, 30, "G2214x1"),
        ("midpoint-g2214-30", I, 35, "G2214x1"),
        ("midpoint-no-g2214", I, 35, ""),
        ("midpoint-no-g2214", S, 31, "99493x1"),
        ("midpoint-cap2", S, 206, "99493x1+99494x2"),
        ("midpoint-cap4", S, 206, "99493x1+99494x4"),
        ("midpoint-g2214-16", S, 206, "99493x1+99494x5"),
        ("full-time-strict", I, 70, ""),
        ("full-time-strict", I, 71, "99492x1"),
        ("full-time-strict", S, 60, ""),
        ("full-time-strict", S, 90, "99493x1+99494x1"),
        ("full-time-strict", S, 29, ""),
        ("full-time-inclusive", I, 69, ""),
        ("full-time-inclusive", I, 70, "99492x1"),
        ("full-time-inclusive", I, 99, "99492x1"),
        ("full-time-inclusive", I, 100, "99492x1+99494x1"),
        ("full-time-inclusive", S, 60, "99493x1"),
    ];
    for (payer, kind, minutes, expected) in cases {
        assert_eq!(
            written(payer, *kind, minutes * 60),
            *expected,
            "{payer} {kind:?} {minutes}"
        );
    }
}

#[test]
fn more_than_seventy_minutes_is_reached_by_one_second() {
    assert_eq!(written("full-time-strict", MonthKind::Initial, 70 * 60), "");
    assert_eq!(written("full-time-strict", MonthKind::Initial, 70 * 60 + 1), "99492x1");
}

#[test]
fn fifty_nine_seconds_never_reach_a_minute() {
    assert_eq!(
        written("midpoint-g2214-16", MonthKind::Initial, 85 * 60 + 59),
        "99492x1"
    );
    assert_eq!(
        written("midpoint-g2214-16", MonthKind::Subsequent, 30 * 60 + 59),
        "G2214x1"
    );
}

#[test]
fn the_unsettled_months_are_those_that_the_choice_would_change() {
    let profile = Profile::shipped("midpoint-g2214-16").unwrap();
    for (minutes, unsettled) in [(15, false), (16, true), (29, true), (30, false), (36, false)] {
        let suggestion = codes(&profile, MonthKind::Initial, Seconds(minutes * 60));
        assert_eq!(suggestion.is_unsettled(), unsettled, "{minutes}");
    }
    let settled = Profile::shipped("midpoint-g2214-30").unwrap();
    assert_eq!(codes(&settled, MonthKind::Initial, Seconds(20 * 60)).warnings, []);
}

#[test]
fn a_limit_is_said_and_nothing_lies_beyond_it() {
    let profile = Profile::shipped("midpoint-cap4").unwrap();
    let month = codes(&profile, MonthKind::Subsequent, Seconds(300 * 60));
    assert_eq!((month.uncapped_add_ons, month.next), (8, None));
    let words: Vec<_> = month.warnings.iter().map(Warning::token).collect();
    assert_eq!(words, ["many-add-ons", "capped"]);
}

#[test]
fn the_command_line_prints_codes_next_and_warnings() {
    let printed = inspect_codes("midpoint-g2214-16", "subsequent", 116 * 60).unwrap();
    assert_eq!(
        printed,
        json!({"codes": [{"code": "99493", "units": 1}, {"code": "99494", "units": 2}],
               "next": {"code": "99494", "at_minutes": 136}, "warnings": []})
    );
    let short = inspect_codes("midpoint-g2214-16", "initial", 22 * 60).unwrap();
    assert_eq!(short["warnings"], json!(["unsettled"]));
    assert_eq!(
        inspect_codes("midpoint-cap2", "initial", 60 * 600).unwrap()["next"],
        json!(null)
    );
    assert!(inspect_codes("x", "initial", 1).is_err() && inspect_codes("midpoint-cap2", "x", 1).is_err());
}

fn worth(suggestion: &Suggestion) -> (u32, u32) {
    let of = |code| suggestion.codes.iter().find(|c| c.code == code).map_or(0, |c| c.units);
    let once = [C99492, C99493, C99484, G0323, G0512, G0568, G0569, G0570];
    let base = of(G2214) + 2 * once.into_iter().map(of).sum::<u32>();
    (base, of(C99494))
}

proptest! {
    #[test]
    fn codes_never_fall_as_time_rises(
        name in prop::sample::select(Profile::names().collect::<Vec<_>>()),
        kind in prop::sample::select(vec![MonthKind::Initial, MonthKind::Subsequent, MonthKind::GeneralBhi, MonthKind::TherapistBhi]),
        seconds in 0u32..40_000, more in 0u32..4_000,
    ) {
        let profile = Profile::shipped(name).unwrap();
        let (less, more) = (codes(&profile, kind, Seconds(seconds)), codes(&profile, kind, Seconds(seconds + more)));
        prop_assert!(worth(&less) <= worth(&more));
    }

    #[test]
    fn the_next_code_is_reached_at_its_minute_and_not_a_minute_before(
        name in prop::sample::select(Profile::names().collect::<Vec<_>>()),
        kind in prop::sample::select(vec![MonthKind::Initial, MonthKind::Subsequent, MonthKind::GeneralBhi, MonthKind::TherapistBhi]),
        minutes in 0u32..400,
    ) {
        let profile = Profile::shipped(name).unwrap();
        let at = |m: u32| codes(&profile, kind, Seconds(m * 60));
        if let Some(next) = at(minutes).next {
            prop_assert!(next.at_minutes > minutes);
            prop_assert!(worth(&at(next.at_minutes)) > worth(&at(minutes)));
            prop_assert_eq!(worth(&at(next.at_minutes - 1)), worth(&at(minutes)));
        } else {
            prop_assert_eq!(worth(&at(minutes + 1000)), worth(&at(minutes)));
        }
    }

    #[test]
    fn the_add_on_never_stands_alone_nor_beside_the_short_month(
        name in prop::sample::select(Profile::names().collect::<Vec<_>>()), seconds in 0u32..40_000,
    ) {
        let profile = Profile::shipped(name).unwrap();
        let list = codes(&profile, MonthKind::Initial, Seconds(seconds)).codes;
        let has = |code| list.iter().any(|c| c.code == code);
        prop_assert!(!has(Code::C99494) || has(Code::C99492));
        prop_assert!(!(has(Code::G2214) && list.len() > 1));
    }
}
