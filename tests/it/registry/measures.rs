//! Measures as the patient's page gets them: any instrument drawn and listed the right way round, and the plan.

use std::collections::BTreeMap;

use caseload::graphs::{Better, EarlyWarning, Edge, LineKind, Panel, Range, Shape, summary};

use super::*;

/// A patient in treatment since 1 September, with forms of one instrument: a total, or one answer for all items.
fn with_forms(desk: &mut Desk, forms: &[(&str, &str, Answered)]) -> PatientView {
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let episode = desk.patient(chart).episode.unwrap();
    let active = Fact::StatusChange(StatusChange {
        episode,
        status: Status::Active,
        from: day("2026-09-01"),
        why: None,
    });
    desk.save(record(chart, vec![active])).unwrap();
    for (instrument, on, answers) in forms {
        let taken = Fact::Assessment(Assessment {
            instrument: (*instrument).to_owned(),
            version: "1".to_owned(),
            at: at(on),
            taken: Taken::Paper,
            answers: answers.clone(),
            scale: None,
            respondent: None,
        });
        desk.save(record(chart, vec![taken])).unwrap();
    }
    desk.patient(chart)
}

fn total(total: u16) -> Answered {
    Answered::Total {
        total,
        known: BTreeMap::new(),
    }
}

/// Every item of an instrument answered by the same number.
fn all(instrument: &str, value: u8) -> Answered {
    let definition = caseload::instruments::definition_of(instrument).unwrap();
    let items = definition.items.iter().map(|item| (item.id.as_str().to_owned(), value));
    Answered::Items(items.collect())
}

fn panel<'a>(view: &'a PatientView, instrument: &str, part: Option<&str>) -> &'a Panel {
    let of = |p: &&Panel| p.instrument == instrument && p.part.as_deref() == part;
    view.history.panels.iter().find(of).unwrap()
}

fn edges(panel: &Panel, kind: LineKind) -> Vec<Edge> {
    panel.lines.iter().filter(|l| l.kind == kind).map(|l| l.edge).collect()
}

#[test]
fn instruments_without_bands_are_drawn_with_their_cut_offs_and_their_own_changes() {
    let mut desk = Desk::new(40);
    desk.create(Kind::Real);
    let view = with_forms(
        &mut desk,
        &[
            ("pcl5", "2026-09-10", total(50)),
            ("pcl5", "2026-11-10", total(37)),
            ("pcptsd5", "2026-09-10", total(4)),
            ("gds15", "2026-09-10", total(9)),
        ],
    );
    let pcl5 = panel(&view, "pcl5", None);
    assert_eq!((pcl5.min, pcl5.max, pcl5.bands.len()), (0, 80, 0));
    assert_eq!(edges(pcl5, LineKind::Cutoff), [Edge::AtLeast(31), Edge::AtLeast(33)]);
    // Improved for New York: 12 points under the baseline of 50.
    assert_eq!(edges(pcl5, LineKind::Response), [Edge::AtMost(38)]);
    assert_eq!(edges(pcl5, LineKind::Target), [Edge::AtMost(28)]);
    let said = view
        .history
        .graph(&[pcl5], Range::Episode, EarlyWarning::Hidden, Shape::Wide);
    assert!(summary(&said).contains("13 lower, better"), "{}", summary(&said));

    let measure = view.measures.iter().find(|m| m.instrument == "pcl5").unwrap();
    assert_eq!(
        (measure.cells.first, measure.cells.change, measure.cells.percent),
        (Some(50), Some(-13), Some(-26))
    );
    let holds: Vec<&str> = measure
        .outcomes
        .iter()
        .filter(|o| o.1 == Some(true))
        .map(|o| o.0.as_str())
        .collect();
    assert_eq!(
        holds,
        [
            "Improved for New York: 12 points",
            "Older guidance, reliable: 5 points",
            "Older guidance, meaningful: 10 points"
        ]
    );
    let SinceBaseline::Change { points, ref holds, .. } = measure.scores[1].since else {
        panic!("{:?}", measure.scores[1].since);
    };
    assert_eq!((points, holds.len()), (-13, 3));
    assert_eq!(measure.scores[0].since, SinceBaseline::Baseline);
    let lines: Vec<&str> = view
        .timeline
        .iter()
        .map(|row| row.line.as_str())
        .filter(|l| l.starts_with("PCL-5"))
        .collect();
    assert!(
        lines[0].ends_with("; \u{2212}13 (\u{2212}26 %) since the baseline"),
        "{lines:?}"
    );
    assert!(!lines[1].contains("since"), "{lines:?}");

    // PC-PTSD-5 has a cut-off for women and one for men: both, as the sex isn't known here.
    let ptsd = panel(&view, "pcptsd5", None);
    assert_eq!(edges(ptsd, LineKind::Cutoff), [Edge::AtLeast(3), Edge::AtLeast(4)]);
    let gds = panel(&view, "gds15", None);
    let bands: Vec<(u16, u16, &str)> = gds.bands.iter().map(|b| (b.from, b.to, b.label.as_str())).collect();
    assert_eq!(
        bands,
        [
            (0, 4, "normal"),
            (5, 8, "mild"),
            (9, 11, "moderate"),
            (12, 15, "severe")
        ]
    );
    assert!(edges(gds, LineKind::Cutoff).is_empty(), "bands say it");
}

#[test]
fn parts_of_a_measure_are_panels_and_a_measure_without_a_total_is_drawn_by_them() {
    let mut desk = Desk::new(41);
    desk.create(Kind::Real);
    let view = with_forms(
        &mut desk,
        &[
            ("bam", "2026-09-10", all("bam", 2)),
            ("psc17", "2026-09-10", all("psc17", 1)),
        ],
    );
    let drawn = |instrument| {
        view.history
            .of_instrument(instrument)
            .map(|p| p.title.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(drawn("bam"), ["BAM, use", "BAM, risk", "BAM, protective"]);
    assert_eq!(drawn("psc17"), ["PSC-17"]);
    assert_eq!(view.history.parts_of("psc17").count(), 3);
    let protective = panel(&view, "bam", Some("protective"));
    assert_eq!((protective.better, protective.max), (Better::Higher, 24));
    assert_eq!(panel(&view, "bam", Some("use")).better, Better::Lower);
    assert_eq!(panel(&view, "bam", Some("use")).points[0].value, Some(6));
    let internal = panel(&view, "psc17", Some("internalizing"));
    assert_eq!(
        (internal.points[0].value, edges(internal, LineKind::Cutoff)),
        (Some(5), vec![Edge::AtLeast(5)])
    );
    assert_eq!(
        edges(panel(&view, "psc17", None), LineKind::Cutoff),
        [Edge::AtLeast(15)]
    );
    let bam = view.measures.iter().find(|m| m.instrument == "bam").unwrap();
    assert!(bam.scores[0].label.contains("protective 12"), "{}", bam.scores[0].label);
}

#[test]
fn higher_is_better_is_worded_and_counted_the_right_way_round() {
    let mut desk = Desk::new(42);
    desk.create(Kind::Real);
    let view = with_forms(
        &mut desk,
        &[
            ("who5", "2026-09-10", all("who5", 2)),
            ("who5", "2026-11-10", all("who5", 3)),
        ],
    );
    let who = panel(&view, "who5", None);
    assert_eq!((who.better, who.points[1].value), (Better::Higher, Some(60)));
    assert_eq!(edges(who, LineKind::Cutoff), [Edge::AtMost(51)]);
    assert_eq!(edges(who, LineKind::Response), [Edge::AtLeast(50)]);
    let graph = view
        .history
        .graph(&[who], Range::All, EarlyWarning::Hidden, Shape::Wide);
    assert!(summary(&graph).contains("20 higher, better"), "{}", summary(&graph));
    assert_eq!(view.measures[0].cells.better, Better::Higher);
    assert_eq!(view.measures[0].outcomes[0].1, Some(true), "meaningful: 10 points up");
}

fn plan_of(episode: caseload::journal::EpisodeId, instrument: &str) -> MeasurePlan {
    MeasurePlan {
        episode,
        instrument: instrument.to_owned(),
        baseline: None,
        every: None,
        after_response: None,
        baseline_reason: None,
        stopped: None,
    }
}

#[test]
fn without_a_plan_the_protocol_says_how_often_and_a_plan_says_so_itself() {
    let mut desk = Desk::new(43);
    desk.create(Kind::Real);
    let view = with_forms(
        &mut desk,
        &[("phq9", "2026-09-10", total(18)), ("phq9", "2026-11-10", total(9))],
    );
    let line = |view: &PatientView| view.measure_plan.clone().unwrap().lines[0].clone();
    assert_eq!(
        line(&view).cadence,
        "every 14 days until response, then every 28 days, in relapse prevention every 60 days (default protocol v1)"
    );
    let (due, clears) = line(&view).due.unwrap();
    assert!(due.contains("every 28 after response"), "{due}");
    assert!(clears.contains("PHQ-9"), "{clears}");
    assert_eq!(line(&view).baseline.unwrap().words, "18 (Thu 10 Sep, first in episode)");

    let mut plan = plan_of(view.episode.unwrap(), "phq9");
    plan.every = Some(caseload::journal::Days(7));
    plan.after_response = Some(caseload::journal::Days(10));
    desk.save(record(view.chart, vec![Fact::MeasurePlan(plan.clone())]))
        .unwrap();
    let view = desk.patient(view.chart);
    assert_eq!(
        line(&view).cadence,
        "every 7 days until response, then every 10 days (this plan)"
    );
    assert!(
        view.reasons
            .iter()
            .any(|r| r.reason.contains("every 10 after response")),
        "due today, and on the worklist"
    );

    plan.every = Some(caseload::journal::Days(0));
    let refused = desk.save(record(view.chart, vec![Fact::MeasurePlan(plan)]));
    assert!(refused.is_err(), "a plan of every 0 days is none");
}

#[test]
fn a_baseline_is_changed_by_an_entry_with_its_reason_and_the_rules_own_stays_beside_it() {
    let mut desk = Desk::new(44);
    desk.create(Kind::Real);
    let forms = [
        ("phq9", "2026-09-10", total(12)),
        ("phq9", "2026-09-20", total(20)),
        ("phq9", "2026-11-10", total(9)),
    ];
    let view = with_forms(&mut desk, &forms);
    let mut plan = plan_of(view.episode.unwrap(), "phq9");
    plan.baseline = Some(view.measures[0].scores[1].entry);
    plan.baseline_reason = Some("The first was taken on a day without sleep".to_owned());
    desk.save(record(view.chart, vec![Fact::MeasurePlan(plan)])).unwrap();
    let view = desk.patient(view.chart);
    let line = view.measure_plan.as_ref().unwrap().lines[0].clone();
    assert_eq!(line.baseline.unwrap().words, "20 (Sun 20 Sep, chosen by a person)");
    assert_eq!(line.by_rule.unwrap().words, "12 (Thu 10 Sep, first in episode)");
    assert_eq!(
        line.reason.as_deref(),
        Some("The first was taken on a day without sleep")
    );
    assert_eq!(view.measures[0].cells.change, Some(-11));
    assert_eq!(view.measures[0].scores[0].since, SinceBaseline::Earlier);
    let phq9 = panel(&view, "phq9", None);
    assert_eq!(edges(phq9, LineKind::Response), [Edge::AtMost(10)]);
    assert!(
        view.timeline
            .iter()
            .any(|row| row.line == "Measure plan: PHQ-9, baseline chosen")
    );
}

#[test]
fn treatment_changes_carry_their_words_and_phases_their_days_into_the_graph() {
    let mut desk = Desk::new(45);
    desk.create(Kind::Real);
    let view = with_forms(&mut desk, &[("phq9", "2026-09-10", total(18))]);
    let started = ChangeKind::MedicationStarted;
    let change = TreatmentChange::made(day("2026-09-12"), started, "sertraline 50 mg".to_owned());
    let change = Fact::TreatmentChange(change);
    desk.save(record(view.chart, vec![change])).unwrap();
    let view = desk.patient(view.chart);
    assert!(
        view.history
            .marks
            .iter()
            .any(|m| m.label == "sertraline 50 mg" && m.day == day("2026-09-12"))
    );
    let early: Vec<(u8, Day, u16)> = panel(&view, "phq9", None)
        .early
        .iter()
        .map(|e| (e.week, e.day, e.score))
        .collect();
    assert_eq!(
        early,
        [
            (4, day("2026-09-29"), 17),
            (9, day("2026-11-03"), 13),
            (14, day("2026-12-08"), 9)
        ],
        "counted from the day on which treatment began"
    );
}

#[test]
fn what_a_form_gives_besides_its_own_score_is_said_with_what_it_was_made_of() {
    let derived = |forms: &[(&str, &str, Answered)]| {
        let mut desk = Desk::new(47);
        desk.create(Kind::Real);
        let view = with_forms(&mut desk, forms);
        let of = |id: &str| {
            view.measures
                .iter()
                .find(|m| m.instrument == id)
                .unwrap()
                .derived
                .clone()
        };
        (of("phq9"), of("gad7"))
    };
    // PHQ-2 2 + 2, PHQ-8 8 x 2, GAD-2 1 + 1, PHQ-ADS 18 + 7.
    let (phq9, gad7) = derived(&[
        ("phq9", "2026-11-10", all("phq9", 2)),
        ("gad7", "2026-11-17", all("gad7", 1)),
    ]);
    assert_eq!(
        phq9,
        [
            "PHQ-2 4, positive, from the same PHQ-9",
            "PHQ-8 16, moderately severe, from the same PHQ-9",
            "PHQ-ADS 25, moderate: GAD-7 7 of Tue 17 Nov and PHQ-9 18 of Tue 10 Nov",
        ]
    );
    assert_eq!(gad7, ["GAD-2 2, negative, from the same GAD-7"]);
    // Eight days apart are no pair, and a total gives no answers.
    let (phq9, gad7) = derived(&[("phq9", "2026-11-09", total(18)), ("gad7", "2026-11-17", total(7))]);
    assert_eq!((phq9.len(), gad7.len()), (0, 0));
}
