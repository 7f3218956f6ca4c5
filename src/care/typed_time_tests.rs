use chrono::{DateTime, FixedOffset};

use super::*;

fn zone() -> Zone {
    "America/New_York".parse().unwrap()
}
fn day(text: &str) -> Day {
    text.parse().unwrap()
}
fn now() -> DateTime<FixedOffset> {
    // A Friday.
    zone().at(day("2026-11-20"), 16, 0)
}
fn chart(n: u8) -> ChartId {
    ChartId::from_random([n; 16])
}
fn people() -> Vec<Nameable> {
    let one = |n: u8, name: &str, number: &str| Nameable {
        chart: chart(n),
        name: name.to_owned(),
        number: Some(number.to_owned()),
    };
    vec![
        one(1, "Okonkwo, Ada", "10-77"),
        // As they lie in the registry: by nothing that a reader knows.
        one(3, "Silva, Rui", "4712"),
        one(2, "Silva, Ana", "4711"),
    ]
}
fn read(line: &str) -> Result<TypedLine, Vec<NotUnderstood>> {
    read_line(line, &people(), day("2026-11-20"), now(), zone())
}

#[test]
fn lines_are_understood_in_any_order() {
    let at = |d: &str, h, m| When::At(zone().at(day(d), h, m));
    let on = |d: &str| When::Day(day(d));
    let rows = [
        (
            "9 minutes, call attempt, Okonkwo",
            1,
            on("2026-11-20"),
            9,
            Activity::Outreach,
        ),
        ("Okonkwo, Ada, 9, attempts", 1, on("2026-11-20"), 9, Activity::Outreach),
        (
            "4711, 1 h 20, initial assessment, yesterday",
            2,
            on("2026-11-19"),
            80,
            Activity::Assessment,
        ),
        (
            "silva r; 2h; Scales; 2026-11-02; at 9:30",
            3,
            at("2026-11-02", 9, 30),
            120,
            Activity::Scales,
        ),
        (
            "10-77, 15m, PCP, 2:05 pm",
            1,
            at("2026-11-20", 14, 5),
            15,
            Activity::ClinicianCollaboration,
        ),
        (
            "ada, 5 min, note, Monday, 12 am",
            1,
            at("2026-11-16", 0, 0),
            5,
            Activity::Documentation,
        ),
        (
            "ada, 5 min, note, friday",
            1,
            on("2026-11-20"),
            5,
            Activity::Documentation,
        ),
    ];
    for (line, who, start, minutes, activity) in rows {
        let expected = TypedLine {
            chart: chart(who),
            start,
            seconds: Seconds(minutes * 60),
            activity,
            mode: line.contains("call").then_some(Mode::Phone),
            with: Vec::new(),
            bucket: None,
            note: None,
        };
        assert_eq!(read(line), Ok(expected), "{line}");
    }
}

#[test]
fn a_line_can_say_from_when_to_when_how_and_what_is_to_be_noted() {
    let read = |line: &str| read(line).unwrap();
    let whole = read("Okonkwo, 10:05-10:27, follow-up, by video, note: asked for Tuesday, not later");
    assert_eq!(whole.start, When::At(zone().at(day("2026-11-20"), 10, 5)));
    assert_eq!((whole.seconds, whole.mode), (Seconds(22 * 60), Some(Mode::Video)));
    assert_eq!(whole.note.as_deref(), Some("asked for Tuesday, not later"));
    assert_eq!(read("ada, 9, charting, note:  ").note, None);
    assert_eq!(read("ada, 9, note").activity, Activity::Documentation);
    assert_eq!(read("ada, 9, call, in person").mode, Some(Mode::InPerson));
    // New York, 1 November 2026: the hour from one to two comes twice.
    let long = read("ada, 0:30 to 2:30, charting, 2026-11-01");
    assert_eq!(long.seconds, Seconds(3 * 3600));
}

#[test]
fn a_line_can_say_with_whom_and_what_it_counts_for() {
    let read = |line: &str| read(line).unwrap();
    let whole =
        read("Okonkwo, 9 min, call, with the patient and her son Leo, for general BHI, note: asked for Tuesday");
    assert_eq!(whole.with, [With::Patient, With::Family]);
    assert_eq!(whole.bucket, Some(Bucket::GeneralBhi));
    let note = "asked for Tuesday With: the patient and her son Leo";
    assert_eq!((whole.mode, whole.note.as_deref()), (Some(Mode::Phone), Some(note)));
    let pcp = read("ada, 9, charting, with pcp, not counted");
    assert_eq!(
        (pcp.with, pcp.bucket, pcp.note),
        (vec![With::Clinic], Some(Bucket::None), None)
    );
    let twice = "ada, 9, charting, for CoCM, not counted";
    assert_eq!(
        super::read_line(twice, &people(), day("2026-11-20"), now(), zone()),
        Err(vec![NotUnderstood::Twice("program".to_owned())])
    );
}

#[test]
fn a_length_is_typed_as_minutes_or_from_when_to_when() {
    let on = day("2026-11-20");
    let at = |h, m| When::At(zone().at(on, h, m));
    let rows = [
        ("22", Ok((When::Day(on), 22))),
        (" 1 h 20 ", Ok((When::Day(on), 80))),
        ("10:05-10:27", Ok((at(10, 5), 22))),
        ("10:05 to 11:05", Ok((at(10, 5), 60))),
        ("9:50 am - 10:10 am", Ok((at(9, 50), 20))),
        ("24 h", Ok((When::Day(on), 1440))),
        ("", Err(NotUnderstood::NoMinutes)),
        ("0", Err(NotUnderstood::Length)),
        ("25 h", Err(NotUnderstood::Length)),
        (
            "99999999999 h",
            Err(NotUnderstood::NoLength("99999999999 h".to_owned())),
        ),
        ("-9", Err(NotUnderstood::NoLength("-9".to_owned()))),
        ("a while", Err(NotUnderstood::NoLength("a while".to_owned()))),
        ("10:30-10:05", Err(NotUnderstood::Backwards("10:30-10:05".to_owned()))),
        ("15:50-16:10", Err(NotUnderstood::Future)),
    ];
    for (text, expected) in rows {
        let expected = expected.map(|(start, minutes)| (start, Seconds(minutes * 60)));
        assert_eq!(read_length(text, on, now(), zone()), expected, "{text}");
    }
    let tomorrow = read_length("5", day("2026-11-21"), now(), zone());
    assert_eq!(tomorrow, Err(NotUnderstood::Future));
}

#[test]
fn a_name_that_is_typed_whole_goes_before_longer_ones_and_marks_and_case_do_not_matter() {
    let mut people = people();
    let mut add = |n: u8, name: &str| {
        people.push(Nameable {
            chart: chart(n),
            name: name.to_owned(),
            number: None,
        });
    };
    add(4, "Ito, Jun");
    add(5, "Ito, Juno");
    add(6, "N\u{fa}\u{f1}ez, Zo\u{eb}");
    assert_eq!(who("ito jun", &people), Ok(chart(4)));
    assert_eq!(who("ITO, JUNO", &people), Ok(chart(5)));
    assert_eq!(who("nunez zoe", &people), Ok(chart(6)));
    assert!(matches!(
        who("ito", &people),
        Err(NotUnderstood::Several { count: 2, .. })
    ));
    assert!(matches!(who("?!", &people), Err(NotUnderstood::Unknown(_))));
}

#[test]
fn what_is_not_understood_is_said() {
    use NotUnderstood as N;
    let rows = [
        ("", vec![N::NoPatient, N::NoMinutes, N::NoActivity]),
        ("call attempt, Okonkwo", vec![N::NoMinutes]),
        ("0 min, call, Okonkwo", vec![N::Length]),
        ("25 h, call, Okonkwo", vec![N::Length]),
        ("9, Okonkwo", vec![N::NoActivity]),
        ("9, call", vec![N::NoPatient]),
        (
            "9, call, silva",
            vec![N::Several {
                typed: "silva".to_owned(),
                count: 2,
                some: "Silva, Ana (4711); Silva, Rui (4712)".to_owned(),
            }],
        ),
        ("9, call, Nobody", vec![N::Unknown("Nobody".to_owned())]),
        ("9, 10, call, ada", vec![N::TwoLengths]),
        ("9, call, ada, 2026-11-21", vec![N::Future]),
        ("9, call, ada, 15:55", vec![N::Future]),
        ("9,5 min, call, ada", vec![N::TwoLengths]),
        ("-9 min, call, ada", vec![N::NoNumber("-9 min".to_owned())]),
        ("0.5, call, ada", vec![N::NoNumber("0.5".to_owned())]),
        ("10:30-10:05, call, ada", vec![N::Backwards("10:30-10:05".to_owned())]),
        ("9, call, ada, 25:00", vec![N::NoNumber("25:00".to_owned())]),
        ("9, call, ada, 2026-02-30", vec![N::NoNumber("2026-02-30".to_owned())]),
    ];
    for (line, expected) in rows {
        assert_eq!(read(line), Err(expected), "{line}");
    }
}

#[test]
fn a_record_number_of_digits_is_no_length() {
    assert_eq!(read("4711, 12, call").unwrap().seconds, Seconds(12 * 60));
}
