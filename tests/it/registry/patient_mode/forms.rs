//! Forms that somebody else than the patient fills in, and those that don't ask everybody the same.

use super::*;

#[test]
fn a_parents_form_the_addiction_monitor_and_the_substance_screen_are_filled_in_while_locked() {
    let mut clinic = clinic(15);
    let refused = clinic.ask_hand_over(&["psc17", "phq8"]).unwrap_err();
    assert!(refused.to_string().contains("handed over by itself"), "{refused}");
    let totals = |clinic: &mut Tablet| -> Vec<String> {
        let view = clinic.desk.patient(clinic.chart);
        let lines = view
            .timeline
            .iter()
            .filter(|row| matches!(row.fact, Fact::Assessment(_)));
        lines.map(|row| row.line.clone()).collect()
    };
    let run = clinic.hand_over(&["psc17"]);
    for n in 1..=17 {
        clinic.answer(run, &format!("psc17_{n}"), Some(1));
    }
    clinic.unlock(Standing::Writing);
    assert!(
        totals(&mut clinic)[0].contains("PSC-17 17"),
        "{:?}",
        totals(&mut clinic)
    );

    let run = clinic.hand_over(&["bam", "taps1"]);
    let bam = caseload::instruments::definition_of("bam").unwrap();
    let asked: Vec<&str> = bam
        .questions()
        .map(|item| item.id.as_str())
        .filter(|id| !id.starts_with("bam_7"))
        .collect();
    assert_eq!(asked.len(), 16);
    for item in asked {
        let value = if item == "bam_6" { 0 } else { 1 };
        clinic.answer(run, item, Some(if item == "bam_14" { 4 } else { value }));
    }
    clinic.answer(run, "taps1_tobacco", Some(0));
    clinic.answer(run, "taps1_alcohol_men", None);
    clinic.answer(run, "taps1_alcohol_women", Some(2));
    clinic.answer(run, "taps1_drugs", Some(0));
    clinic.answer(run, "taps1_rx", Some(0));
    let opened = clinic.unlock(Standing::Writing);
    assert!(opened.damage.is_empty(), "{:?}", opened.damage);
    let lines = totals(&mut clinic).join("; ");
    assert!(lines.contains("use 2") && lines.contains("protective 9"), "{lines}");
    assert!(lines.contains("TAPS-1"), "{lines}");
}
