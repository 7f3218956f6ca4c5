//! A clinic's own measure from Settings to Today, prorating, and the words that a clinic switches on.

use super::*;
use caseload::instruments::{InstrumentId, catalog};

fn craving(version: u32, alarm: u16) -> OwnInstrument {
    let band = |from, label: &str| OwnBand {
        from,
        label: label.to_owned(),
    };
    OwnInstrument {
        instrument: "own:Craving".to_owned(),
        version,
        name: "Craving".to_owned(),
        scale: OwnScale {
            low: 0,
            high: 10,
            worse: Worse::Higher,
            bands: vec![band(0, "Low"), band(5, "High")],
            alarm: Some(OwnAlarm {
                at: alarm,
                concern: ConcernKind::Overdose,
            }),
        },
        retired: false,
    }
}

fn taken(own: &OwnInstrument, at: &str, total: u16) -> Fact {
    Fact::Assessment(Assessment {
        instrument: own.instrument.clone(),
        version: own.version.to_string(),
        at: super::at(at),
        taken: Taken::Remotely,
        answers: Answered::Total {
            total,
            known: BTreeMap::new(),
        },
        scale: Some(own.scale.clone()),
        respondent: None,
    })
}

fn office(desk: &mut Desk, fact: impl Into<Fact>) -> Result<Saved, Failure> {
    desk.save(Intent::Office(vec![fact.into()]))
}

fn opened(desk: &mut Desk) -> Opened {
    match desk.ask(Request::Refresh) {
        Ok(Response::Opened(opened)) => *opened,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_score_on_the_alarm_line_opens_a_concern_of_its_kind_and_a_later_low_score_leaves_it_open() {
    let mut desk = Desk::new(90);
    desk.create(Kind::Real);
    let own = craving(1, 8);
    office(&mut desk, own.clone()).unwrap();
    assert_eq!(opened(&mut desk).measures.own, std::slice::from_ref(&own));
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;

    let below = desk.save(record(chart, vec![taken(&own, "2026-11-18", 7)])).unwrap();
    assert_eq!(below.concerns.len(), 0);
    let reached = desk.save(record(chart, vec![taken(&own, "2026-11-19", 9)])).unwrap();
    assert_eq!(reached.concerns.len(), 1);
    desk.save(record(chart, vec![taken(&own, "2026-11-20", 1)])).unwrap();

    let view = desk.patient(chart);
    let concern = concern_of(&view);
    assert!(concern.open);
    assert_eq!(concern.kind, ConcernKind::Overdose);
    assert!(
        concern.because.contains("Craving reached its alarm line"),
        "{}",
        concern.because
    );
    let today = desk.today();
    assert_eq!((today.items[0].chart, today.items[0].kind), (chart, ItemKind::Safety));

    let measure = &view.measures[0];
    assert_eq!((measure.title.as_str(), measure.max), ("Craving", 10));
    let labels: Vec<&str> = measure.scores.iter().map(|score| score.label.as_str()).collect();
    assert_eq!(labels, ["high, total only", "high, total only", "low, total only"]);
}

#[test]
fn another_scale_leaves_old_scores_as_they_were_and_travels_with_them() {
    let mut desk = Desk::new(91);
    desk.create(Kind::Real);
    let first = craving(1, 8);
    office(&mut desk, first.clone()).unwrap();
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    desk.save(record(chart, vec![taken(&first, "2026-11-18", 5)])).unwrap();
    let mut second = craving(2, 9);
    second.scale.bands[1].from = 6;
    office(&mut desk, second.clone()).unwrap();
    assert_eq!(
        opened(&mut desk).measures.own,
        [second.clone()],
        "one measure, its newest scale"
    );
    desk.save(record(chart, vec![taken(&second, "2026-11-19", 5)])).unwrap();
    let labels = |desk: &mut Desk| -> Vec<String> {
        let view = desk.patient(chart);
        view.measures[0]
            .scores
            .iter()
            .map(|score| score.label.clone())
            .collect()
    };
    let both = ["high, total only", "low, total only"];
    assert_eq!(labels(&mut desk), both);

    // Another registry takes the patient's chart, and not this clinic's settings.
    desk.ask(Request::Export(Scope::Charts(vec![chart], Vec::new())))
        .unwrap();
    let file = desk.file.take().unwrap();
    let mut other = Desk::new(92);
    other.create(Kind::Real);
    other.ask_with(Request::OpenHandoff, vec![file]).unwrap();
    other.ask(Request::PublishHandoff).unwrap();
    assert_eq!(opened(&mut other).measures.own, []);
    assert_eq!(labels(&mut other), both);
}

#[test]
fn numbers_that_do_not_hold_together_are_refused_in_a_sentence() {
    let mut desk = Desk::new(93);
    desk.create(Kind::Real);
    let mut bad = craving(1, 8);
    bad.scale.high = 0;
    let refused = office(&mut desk, bad).unwrap_err().to_string();
    assert!(refused.contains("Highest score"), "{refused}");
    let mut posing = craving(1, 8);
    posing.instrument = "phq9".to_owned();
    assert!(office(&mut desk, posing).is_err());
}

#[test]
fn prorating_is_off_until_the_clinic_chooses_it_and_is_labelled_and_can_be_taken_back() {
    let mut desk = Desk::new(94);
    let registry = desk.create(Kind::Real).registry;
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let mut form = phq9(at("2026-11-19"), [1, 2, 3, 0, 1, 0, 2, 3, 0]);
    let Answered::Items(items) = &mut form.answers else {
        panic!()
    };
    items.remove("phq9_6");
    desk.save(record(chart, vec![Fact::Assessment(form)])).unwrap();
    let score = |desk: &mut Desk| {
        let view = desk.patient(chart);
        let point = &view.measures[0].scores[0];
        (point.total, point.label.clone(), view.measures[0].cells.last)
    };
    let none = (None, "1 not answered, no score".to_owned(), None);
    assert_eq!(score(&mut desk), none);

    let settings = |prorating| MeasureSettings {
        packs: Vec::new(),
        prorating,
    };
    office(&mut desk, settings(true)).unwrap();
    // 12 points of 8 answers, times 9: 13.5, rounded up.
    let prorated = (Some(14), "moderate, prorated: 1 not answered".to_owned(), Some(14));
    assert_eq!(score(&mut desk), prorated);
    assert_eq!(
        desk.patient(chart).measures[0].cells.open_questions,
        1,
        "lists say so too"
    );
    // It holds after a lock too: stored flowsheets say by which rule they were made.
    desk.ask(Request::Lock).unwrap();
    desk.unlock(registry, KEY).unwrap();
    assert_eq!(score(&mut desk), prorated);
    office(&mut desk, settings(false)).unwrap();
    assert_eq!(score(&mut desk), none);
}

#[test]
fn who_read_the_terms_of_a_pack_and_when_is_kept() {
    let mut desk = Desk::new(95);
    let me = desk.create(Kind::Real).me;
    let pack = catalog().pack(&InstrumentId::from("cssrs_screen")).unwrap();
    let on = PackOn {
        instrument: "cssrs_screen".to_owned(),
        terms: pack.terms_version.clone(),
        by: me,
        on: day("2026-11-20"),
    };
    let settings = MeasureSettings {
        packs: vec![on],
        prorating: false,
    };
    office(&mut desk, settings.clone()).unwrap();
    assert_eq!(opened(&mut desk).measures.settings, settings);
}

#[test]
fn a_form_of_an_unknown_version_keeps_its_answers_in_the_record_and_is_not_scored() {
    let mut desk = Desk::new(96);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let mut form = phq9(at("2026-11-19"), [1, 1, 1, 1, 1, 1, 1, 1, 2]);
    form.version = "9".to_owned();
    // It can't be entered here, but it may come with a merge from a newer copy.
    let refused = desk
        .save(record(chart, vec![Fact::Assessment(form.clone())]))
        .unwrap_err();
    assert!(refused.to_string().contains("version 9"), "{refused}");
}

#[test]
fn a_score_that_reaches_its_line_again_is_told_by_its_total_and_no_answer() {
    let mut desk = Desk::new(95);
    desk.create(Kind::Real);
    // A lower score is worse: 3 is five points past the line, and nobody answered 5 or 6.
    let mut own = craving(1, 8);
    own.scale.worse = Worse::Lower;
    own.scale.bands[0].from = 0;
    office(&mut desk, own.clone()).unwrap();
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    desk.save(record(chart, vec![taken(&own, "2026-11-18", 7)])).unwrap();
    desk.save(record(chart, vec![taken(&own, "2026-11-19", 3)])).unwrap();
    let view = desk.patient(chart);
    let lines: Vec<&str> = view.timeline.iter().map(|row| row.line.as_str()).collect();
    assert!(
        lines.contains(&"Craving reached its alarm line again: a total of 3, worse than before; the steps start again"),
        "{lines:?}"
    );
    assert!(
        !lines.iter().any(|line| line.starts_with("Answered again")),
        "{lines:?}"
    );
    let marks: Vec<SafetyMark> = view.measures[0].scores.iter().map(|score| score.safety).collect();
    assert_eq!(marks, [SafetyMark::Line, SafetyMark::Line]);
}

#[test]
fn a_concern_names_its_question_by_its_place_in_the_form() {
    let mut desk = Desk::new(96);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let form = Assessment {
        instrument: "phq9m".to_owned(),
        answers: Answered::Items([("phq9m_si_month".to_owned(), 1)].into()),
        ..phq9(at("2026-11-19"), [0; 9])
    };
    desk.save(record(chart, vec![Fact::Assessment(form)])).unwrap();
    let view = desk.patient(chart);
    let because = &concern_of(&view).because;
    let number = because.split("item ").nth(1).and_then(|rest| rest.split(' ').next());
    assert!(number.is_some_and(|n| n.parse::<u8>().is_ok()), "{because}");
}
