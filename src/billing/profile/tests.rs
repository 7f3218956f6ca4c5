use super::*;

fn change(base: &str, values: &[(&str, u32)]) -> PayerProfileChange {
    let values = values.iter().map(|(k, v)| ((*k).to_owned(), *v)).collect();
    PayerProfileChange {
        name: "ours".into(),
        base: base.into(),
        values,
    }
}

#[test]
fn every_shipped_profile_is_free_of_contradictions_and_names_a_source_for_each_number() {
    for name in Profile::names() {
        let profile = Profile::shipped(name).unwrap();
        profile.check().unwrap();
        assert!(profile.values().iter().all(|v| !v.source.is_empty()), "{name}");
    }
    let default = Profile::shipped(DEFAULT_PROFILE).unwrap();
    let disputed: Vec<_> = default
        .values()
        .into_iter()
        .filter(|v| v.standing == Standing::Disputed)
        .collect();
    assert_eq!(disputed[0].name, "g2214_from_seconds");
}

#[test]
fn the_first_seven_names_are_those_of_the_manual() {
    let names: Vec<_> = Profile::names().collect();
    assert_eq!(
        names[..7],
        [
            "midpoint-g2214-16",
            "midpoint-g2214-30",
            "midpoint-no-g2214",
            "midpoint-cap2",
            "midpoint-cap4",
            "full-time-strict",
            "full-time-inclusive",
        ]
    );
}

#[test]
fn a_clinic_changes_single_values_and_switches_activities() {
    let ours = Profile::changed(&change(
        DEFAULT_PROFILE,
        &[("count_documentation", 0), ("add_on_cap", 3)],
    ))
    .unwrap();
    assert!(!ours.counts(Activity::Documentation));
    assert!(ours.counts(Activity::ChartReview));
    assert_eq!((ours.name(), ours.number(Key::AddOnCap)), ("ours", 3));
    assert_eq!(ours.number(Key::G2214OtherReading), 1800, "still unsettled");
}

#[test]
fn naming_the_least_time_for_g2214_settles_it() {
    let ours = Profile::changed(&change(DEFAULT_PROFILE, &[("g2214_from_seconds", 960)])).unwrap();
    assert_eq!(
        (ours.number(Key::G2214From), ours.time(Key::G2214OtherReading)),
        (960, None)
    );
}

#[test]
fn a_profile_with_holes_or_contradictions_is_refused_in_one_sentence() {
    type Case = (&'static str, &'static [(&'static str, u32)], &'static str);
    let cases: &[Case] = &[
        ("nobody", &[], "there is no payer profile named"),
        (DEFAULT_PROFILE, &[("no_such", 1)], "has no value named"),
        (
            DEFAULT_PROFILE,
            &[("gate_consent", 3)],
            "0 (not asked), 1 (warn) or 2 (block)",
        ),
        (DEFAULT_PROFILE, &[("count_travel", 2)], "0 or 1"),
        (DEFAULT_PROFILE, &[("add_on_every_seconds", 0)], "contradicts itself"),
        (
            DEFAULT_PROFILE,
            &[("initial_from_seconds", 6000)],
            "starts before its code",
        ),
        (DEFAULT_PROFILE, &[("g2214_from_seconds", 2000)], "G2214 starts after"),
        (
            DEFAULT_PROFILE,
            &[("reset_after_empty_months", 0)],
            "every month would be",
        ),
        (
            DEFAULT_PROFILE,
            &[("initiating_visit_within_days", 0)],
            "initiating visit",
        ),
        (
            DEFAULT_PROFILE,
            &[("g2214_other_reading_seconds", 600)],
            "the longer one",
        ),
        (
            "midpoint-no-g2214",
            &[("g2214_other_reading_seconds", 1800)],
            "no time from which",
        ),
    ];
    for (base, values, says) in cases {
        let error = Profile::changed(&change(base, values)).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}
