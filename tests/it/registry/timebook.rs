//! The time of one person: a typed line, rows that are saved together, days with what is not written down.

use super::*;
use caseload::care::intent::SetForMany;
use caseload::care::time_batch::How;
use caseload::journal::PersonId;
use caseload::journal::facts::ActivityGroup;

fn ask(desk: &mut Desk, ask: TimeAsk) -> TimeView {
    match desk.ask(Request::Time(Box::new(ask))).unwrap() {
        Response::Time(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn line(desk: &mut Desk, text: &str) -> Result<LineView, Vec<String>> {
    match ask(
        desk,
        TimeAsk::Line(LineAsk {
            text: text.to_owned(),
            day: day("2026-11-20"),
            with: Vec::new(),
            bucket: None,
        }),
    ) {
        TimeView::Line(read) => read,
        other => panic!("{other:?}"),
    }
}

fn days(desk: &mut Desk, from: &str, to: &str) -> DaysView {
    let (from, to) = (day(from), day(to));
    match ask(desk, TimeAsk::Days(TimesAsk { by: None, from, to })) {
        TimeView::Days(view) => view,
        other => panic!("{other:?}"),
    }
}

fn row(who: &str, length: &str, how: Option<How>) -> BatchRow {
    BatchRow {
        whose: Whose::Typed(who.to_owned()),
        length: Length::Typed(length.to_owned()),
        activity: Activity::FollowUp,
        bucket: Bucket::Cocm,
        mode: Some(Mode::Phone),
        note: Some("Spoke about sleep".to_owned()),
        with: Vec::new(),
        how,
    }
}

fn batch(desk: &mut Desk, on: &str, rows: Vec<BatchRow>) -> BatchView {
    match ask(desk, TimeAsk::Batch(BatchAsk { day: day(on), rows })) {
        TimeView::Batch(view) => view,
        other => panic!("{other:?}"),
    }
}

fn save(desk: &mut Desk, view: BatchView) -> Result<Saved, Failure> {
    let what = view.ready.expect("ready to be saved");
    let SetForMany::Times(times) = &what else {
        panic!("{what:?}")
    };
    let charts = times.charts();
    desk.save(Intent::SetForMany { charts, what })
}

fn clinic(seed: u64) -> (Desk, ChartId, ChartId, PersonId) {
    let mut desk = Desk::new(seed);
    let me = desk.create(Kind::Real).me;
    // Four in the afternoon: the day's times lie in the past.
    desk.now += 7 * 3_600_000;
    let mut register = |given: &str, family: &str| {
        let mut patient = newcomer(given, family);
        patient.referred = at("2026-11-10");
        desk.save(Intent::Register(patient)).unwrap().chart
    };
    let (first, second) = (register("Ada", "Okonkwo"), register("Jun", "Ito"));
    (desk, first, second, me)
}

fn clocks(day: &TimeDay) -> Vec<String> {
    let words = |row: &TimeRow| format!("{} {}", row.clock.as_deref().unwrap_or("no clock time"), row.long);
    day.rows.iter().map(words).collect()
}

#[test]
fn a_typed_line_is_read_shown_and_saved_as_an_entry_like_any_other() {
    let (mut desk, first, _, me) = clinic(810);
    let read = line(&mut desk, "9 minutes, call attempt, Okonkwo").unwrap();
    assert_eq!(
        (read.chart, read.name.as_str()),
        (first, "Okonkwo, Ada (M-Ada-Okonkwo)")
    );
    assert_eq!(
        read.words,
        "Fri 20 Nov, no clock time, 9 min, outreach and engagement, phone"
    );
    assert!(
        read.warns
            .as_deref()
            .unwrap()
            .starts_with("No consent holds on this day")
    );
    assert_eq!((read.time.by, read.time.activity), (me, Activity::Outreach));
    let fact = Fact::Time(read.time.clone());
    desk.save(record(first, vec![fact.clone()])).unwrap();
    let view = desk.patient(first);
    assert!(view.timeline.iter().any(|row| row.fact == fact));
    // What is missing or wrong, a sentence each.
    let table = [
        ("call attempt, Okonkwo", "How long it took is missing"),
        ("9, call, Nobody", "\u{201c}Nobody\u{201d} is no patient"),
        ("0, call, ito", "An entry takes from 1 minute to 24 hours"),
        ("25 h, call, ito", "An entry takes from 1 minute to 24 hours"),
        ("-9, call, ito", "\u{201c}-9\u{201d} is no length"),
        ("9, call, ito, 2026-11-21", "The entry would end in the future"),
        ("9, call, ito, 1989-11-21", "Start "),
    ];
    for (text, begins) in table {
        let wrong = line(&mut desk, text).unwrap_err();
        assert!(wrong.iter().any(|one| one.starts_with(begins)), "{text}: {wrong:?}");
    }
}

#[test]
fn rows_are_saved_by_one_save_and_one_stroke_takes_them_back() {
    let (mut desk, first, second, _) = clinic(811);
    let rows = vec![row("okonkwo", "22", None), row("M-Jun-Ito", "10:05-10:27", None)];
    let view = batch(&mut desk, "2026-11-19", rows);
    let says: Vec<_> = view.rows.iter().map(|row| row.says.clone().unwrap()).collect();
    assert_eq!(
        says,
        [
            "Thu 19 Nov, no clock time, 22 min",
            "Thu 19 Nov, 10:05 to 10:27, 22 min"
        ]
    );
    assert_eq!(view.seconds, Seconds(44 * 60));
    let saved = save(&mut desk, view).unwrap();
    let week = days(&mut desk, "2026-11-16", "2026-11-22");
    assert_eq!(clocks(&week.days[3]), ["10:05 to 10:27 22 min", "no clock time 22 min"]);
    assert_eq!(week.days[3].groups[0], (ActivityGroup::DirectCare, Seconds(44 * 60)));
    assert!(week.plot.contains("g-hours-1"));
    let undone = desk.save(saved.undo().expect("a way back")).unwrap();
    assert!(undone.notes.is_empty() && undone.undo().is_none());
    assert!(days(&mut desk, "2026-11-16", "2026-11-22").days[3].rows.is_empty());
    let why = refused(desk.save(saved.undo().unwrap())).to_string();
    assert!(why.contains("undone any more"), "{why}");
    assert_ne!(first, second);
}

#[test]
fn a_row_that_is_refused_is_named_and_nothing_of_the_others_is_saved() {
    let (mut desk, ..) = clinic(812);
    // Whose, how long, on which day; the sentence.
    let table = [
        ("", "22", "2026-11-19", "Whose time it is is missing"),
        ("nobody", "22", "2026-11-19", "\u{201c}nobody\u{201d} is no patient"),
        ("ito", "", "2026-11-19", "How long it took is missing"),
        ("ito", "-5", "2026-11-19", "\u{201c}-5\u{201d} is no length"),
        ("ito", "0", "2026-11-19", "An entry takes from 1 minute to 24 hours"),
        ("ito", "25 h", "2026-11-19", "An entry takes from 1 minute to 24 hours"),
        ("ito", "16:50-17:10", "2026-11-20", "The entry would end in the future"),
        ("ito", "5", "2026-11-21", "The entry would end in the future"),
        ("ito", "5", "1990-04-01", "Start "),
    ];
    for (who, length, on, begins) in table {
        let view = batch(&mut desk, on, vec![row("okonkwo", "10", None), row(who, length, None)]);
        let second = &view.rows[1];
        let wrong = [&second.wrong_patient, &second.wrong_length, &second.refused];
        assert!(
            wrong.into_iter().flatten().any(|one| one.starts_with(begins)),
            "{who} {length} {on}: {second:?}"
        );
        assert_eq!(view.ready, None);
    }
    let before = batch(&mut desk, "2026-11-19", vec![row("ito", "5", None)]);
    assert!(
        before.rows[0]
            .warns
            .as_deref()
            .unwrap()
            .contains("doesn\u{2019}t count")
    );
    assert!(before.ready.is_some(), "time before consent was spent all the same");
    assert!(batch(&mut desk, "2026-11-19", Vec::new()).ready.is_none());
}

#[test]
fn time_before_consent_says_since_when_consent_holds_and_is_kept() {
    let (mut desk, first, ..) = clinic(813);
    let consent = Consent {
        programme: Programme::Cocm,
        answer: ConsentAnswer::Given {
            how: ConsentHow::Verbal,
            explained: None,
            points: Vec::new(),
        },
        day: day("2026-11-18"),
        taken_by: None,
    };
    desk.save(record(first, vec![Fact::Consent(consent)])).unwrap();
    for (on, warns) in [("2026-11-17", true), ("2026-11-18", false), ("2026-11-19", false)] {
        let view = batch(&mut desk, on, vec![row("okonkwo", "5", None)]);
        let said = view.rows[0].warns.as_deref().map(|said| said.contains("Wed 18 Nov"));
        assert_eq!(said, warns.then_some(true), "{on}");
    }
}

#[test]
fn overlaps_with_the_record_and_among_rows_are_settled_before_anything_is_saved() {
    let (mut desk, first, second, _) = clinic(814);
    let view = batch(&mut desk, "2026-11-19", vec![row("okonkwo", "10:00-10:30", None)]);
    save(&mut desk, view).unwrap();
    let rows = |record: Option<How>, among: Option<How>| {
        vec![row("ito", "10:20-10:40", record), row("okonkwo", "10:35-10:50", among)]
    };
    let open = batch(&mut desk, "2026-11-19", rows(None, None));
    assert_eq!(open.ready, None);
    assert_eq!([open.rows[0].open, open.rows[1].open], [true; 2]);
    assert_eq!(
        open.rows[0].overlaps,
        ["Okonkwo, Ada: Thu 19 Nov, 10:00 to 10:30, 30 min, follow-up contact; both have 10:20 to 10:30, 10 min"]
    );
    assert_eq!(open.rows[1].overlaps, ["Row 1 above: both have 10:35 to 10:40, 5 min"]);
    let settled = batch(
        &mut desk,
        "2026-11-19",
        rows(Some(How::ShortenOther), Some(How::ShortenThis)),
    );
    let saved = save(&mut desk, settled).unwrap();
    assert_eq!(saved.undo(), None, "what is on record gave way too");
    let day = &days(&mut desk, "2026-11-19", "2026-11-19").days[0];
    assert_eq!(
        clocks(day),
        [
            "10:00 to 10:20 20 min",
            "10:20 to 10:40 20 min",
            "10:40 to 10:50 10 min"
        ]
    );
    let corrected = desk.patient(first).timeline.iter().filter(|row| row.corrected).count();
    assert_eq!(corrected, 1, "the original stays in the record");
    let gone = batch(
        &mut desk,
        "2026-11-19",
        vec![row("ito", "10:05-10:15", Some(How::ShortenThis))],
    );
    assert!(gone.rows[0].refused.as_deref().unwrap().starts_with("Nothing is left"));
    // Kept beside, the reason stands on the day.
    let why = How::KeepBoth("one call about two sisters".to_owned());
    let kept = batch(&mut desk, "2026-11-19", vec![row("ito", "10:05-10:15", Some(why))]);
    save(&mut desk, kept).unwrap();
    let day = &days(&mut desk, "2026-11-19", "2026-11-19").days[0];
    assert_eq!(
        day.rows[1].overlaps.as_deref(),
        Some("Beside other time: one call about two sisters")
    );
    assert_eq!(day.rows[1].chart, second);
}

#[test]
fn a_meeting_is_spread_to_the_second_and_no_two_shares_claim_one() {
    let (mut desk, first, second, _) = clinic(815);
    let share = |chart, from: &str, seconds| BatchRow {
        whose: Whose::Chosen(chart),
        length: Length::Exactly(at(from), Seconds(seconds)),
        activity: Activity::CaseloadReview,
        ..row("", "", None)
    };
    let rows = vec![
        share(first, "2026-11-19T13:00:00-05:00", 1801),
        share(second, "2026-11-19T13:30:01-05:00", 1800),
    ];
    let view = batch(&mut desk, "2026-11-19", rows);
    assert!(view.rows.iter().all(|row| row.overlaps.is_empty()));
    save(&mut desk, view).unwrap();
    let day = &days(&mut desk, "2026-11-19", "2026-11-19").days[0];
    assert_eq!(clocks(day), ["13:00 to 13:30 30 min 1 s", "13:30 to 14:00 30 min"]);
    assert_eq!(day.groups[3], (ActivityGroup::TeamCollaboration, Seconds(3601)));
}

#[test]
fn a_day_says_which_contacts_have_no_minutes_and_which_minutes_no_note() {
    let (mut desk, first, second, me) = clinic(816);
    let contact = |note: Option<&str>, from: &str| {
        Fact::Contact(Contact {
            at: at(from),
            mode: Mode::Phone,
            kind: ContactKind::FollowUp,
            with: vec![With::Patient],
            inbound: false,
            did: Vec::new(),
            language: None,
            note: note.map(str::to_owned),
            talk: Talk::default(),
        })
    };
    desk.save(record(
        first,
        vec![contact(Some("Sleeps better"), "2026-11-19T09:00:00-05:00")],
    ))
    .unwrap();
    desk.save(record(second, vec![contact(None, "2026-11-19T11:00:00-05:00")]))
        .unwrap();
    let view = days(&mut desk, "2026-11-19", "2026-11-19");
    let bare: Vec<_> = view.untimed.iter().map(|one| one.chart).collect();
    assert_eq!(bare, [first, second]);
    // The link that mends it writes minutes that name the contact.
    for one in &view.untimed {
        let time = Time {
            seconds: Seconds(600),
            ..one.time.clone()
        };
        assert_eq!((time.by, time.of), (me, Some(one.entry)));
        desk.save(record(one.chart, vec![Fact::Time(time)])).unwrap();
    }
    let view = days(&mut desk, "2026-11-19", "2026-11-19");
    assert!(view.untimed.is_empty());
    let bare: Vec<_> = view.unnoted.iter().map(|one| one.chart).collect();
    assert_eq!(bare, [second]);
    let one = &view.unnoted[0];
    let time = Time {
        note: Some("Asked for a refill".to_owned()),
        ..one.time.clone()
    };
    desk.save(Intent::Correct {
        chart: one.chart,
        entry: one.entry,
        fact: Box::new(Fact::Time(time)),
        reason: None,
    })
    .unwrap();
    let view = days(&mut desk, "2026-11-19", "2026-11-19");
    assert!(view.unnoted.is_empty());
    assert_eq!(
        view.days[0]
            .gaps
            .iter()
            .map(|gap| gap.clock.as_str())
            .collect::<Vec<_>>(),
        ["09:10 to 11:00"]
    );
    // Minutes that name no contact stand for one of their day.
    desk.save(record(
        second,
        vec![contact(Some("Again"), "2026-11-18T11:00:00-05:00")],
    ))
    .unwrap();
    assert_eq!(days(&mut desk, "2026-11-18", "2026-11-18").untimed.len(), 1);
    let loose = batch(&mut desk, "2026-11-18", vec![row("ito", "12", None)]);
    save(&mut desk, loose).unwrap();
    assert!(days(&mut desk, "2026-11-18", "2026-11-18").untimed.is_empty());
}

#[test]
fn days_of_23_and_25_hours_hold_their_own_time_and_say_so() {
    let (mut desk, ..) = clinic(817);
    let view = batch(&mut desk, "2026-11-01", vec![row("ito", "0:30-2:30", None)]);
    save(&mut desk, view).unwrap();
    let view = days(&mut desk, "2026-10-31", "2026-11-02");
    let told: Vec<_> = view.days.iter().map(|day| (day.hours, clocks(day))).collect();
    assert_eq!(
        told,
        [
            (None, vec![]),
            (Some(25), vec!["00:30 to 02:30 3 h 00 min".to_owned()]),
            (None, vec![]),
        ]
    );
    // Over midnight each day has its own part.
    let late = BatchRow {
        length: Length::Exactly(at("2026-10-31T23:30:00-04:00"), Seconds(3600)),
        how: Some(How::KeepBoth("a crisis in between".to_owned())),
        ..row("okonkwo", "", None)
    };
    let view = batch(&mut desk, "2026-10-31", vec![late]);
    save(&mut desk, view).unwrap();
    let view = days(&mut desk, "2026-10-31", "2026-11-01");
    assert_eq!(clocks(&view.days[0]), ["23:30 to 00:00 30 min"]);
    assert_eq!(clocks(&view.days[1])[0], "00:00 to 00:30 30 min");
    assert_eq!(
        view.days[0].rows[0].whole.as_deref(),
        Some("Sat 31 Oct, 23:30 to 00:30, 1 h 00 min")
    );
    let spring = days(&mut desk, "2026-03-08", "2026-03-08");
    assert_eq!(spring.days[0].hours, Some(23));
}
