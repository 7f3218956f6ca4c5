//! The worklist: order, one item a patient, putting off, filters, and what safety means in it.

use caseload::care::{Item, Kind, Rule, Worklist, concern_state, filter, longest_snooze, missing_to_close, worklist};
use caseload::care::{Protocol, Reason, caseload_row};
use caseload::flowsheet::{Acuity, ConcernLine, CoverageLine, SafetyItem, StatusLine};
use caseload::journal::Seconds;
use caseload::journal::facts::*;

use super::build::*;

pub fn list(patients: &[Patient], moment: &str) -> Worklist {
    let moment = if moment.contains(' ') {
        moment.to_string()
    } else {
        format!("{moment} 14:00")
    };
    worklist(
        patients.iter().map(|p| &p.sheet),
        &Protocol::default_v1(),
        &office(),
        now(&moment),
    )
}
/// Numbers of the patients in order.
fn order(list: &Worklist) -> Vec<u8> {
    list.items.iter().map(|item| item.chart.bytes()[0]).collect()
}
/// A patient who needs nothing today.
fn fine(n: u8) -> Patient {
    Patient::active(n, "11-02")
        .contact("11-05")
        .contact("11-18")
        .phq9_item9(9, 0, "11-18")
        .reviewed("11-06")
}
fn worse(n: u8, by: u16) -> Patient {
    fine(n).phq9_item9(9 + by, 0, "11-19")
}

#[test]
fn a_patient_who_needs_nothing_is_not_on_the_list() {
    let list = list(&[fine(1)], TODAY);
    assert!(list.items.is_empty() && list.put_off.is_empty());
    assert_eq!(list.protocol, "default protocol v1");
}

#[test]
fn the_list_goes_safety_worse_missed_referred_overdue_answer_due_routine() {
    let patients = [
        fine(1).with(|s| s.gates.diagnoses.clear()),
        fine(2).task(TODAY, None),
        fine(3).recommendation("11-18", None, None),
        fine(4).task("11-10", None),
        Patient::new(5).referred("11-19 21:00"),
        fine(6).appointment("11-19 10:00", AppointmentState::NoShow),
        worse(7, 5),
        fine(8).phq9_item9(9, 1, "11-20 09:00").concern("11-20 09:00", 1),
    ];
    let found = list(&patients, TODAY);
    let kinds: Vec<Kind> = found.items.iter().map(Item::kind).collect();
    use Kind::*;
    assert_eq!(
        kinds,
        [Safety, Worsening, Missed, Referred, Overdue, Answer, Due, Routine]
    );
    assert_eq!(order(&found), [8, 7, 6, 5, 4, 3, 2, 1]);
}

#[test]
fn within_a_kind_the_most_severe_then_the_longest_late_then_the_name() {
    assert_eq!(order(&list(&[worse(1, 5), worse(2, 9), worse(3, 5)], TODAY)), [2, 1, 3]);
    let late = |n, due| fine(n).task(due, None);
    assert_eq!(
        order(&list(&[late(1, "11-15"), late(2, "11-01"), late(3, "11-15")], TODAY)),
        [2, 1, 3]
    );
    // What is late for somebody who is well waits behind it, however late; who was not measured may be anything.
    let ill = |n, total: Option<u16>, due| {
        let seen = Patient::active(n, "11-02")
            .contact("11-05")
            .contact("11-18")
            .reviewed("11-06");
        let seen = match total {
            Some(total) => seen.phq9_item9(total, 0, "11-18"),
            None => seen.declined("phq9", "11-18"),
        };
        seen.task(due, None)
    };
    let behind = [
        ill(1, Some(3), "10-01"),
        ill(2, Some(12), "11-15"),
        ill(3, Some(16), "11-18"),
        ill(4, Some(12), "11-10"),
        ill(5, None, "11-12"),
    ];
    let found = list(&behind, TODAY);
    assert!(found.items.iter().all(|item| item.kind() == Kind::Overdue), "{found:?}");
    assert_eq!(order(&found), [3, 4, 5, 2, 1]);
    let twice = fine(2)
        .appointment("11-18 15:00", AppointmentState::NoShow)
        .appointment("11-19 10:00", AppointmentState::NoShow);
    let once = fine(1).appointment("11-19 10:00", AppointmentState::NoShow);
    assert_eq!(order(&list(&[once, twice], TODAY)), [2, 1]);
    // However many charts, and in whatever order they come.
    let forwards = list(&[worse(1, 5), worse(2, 9), late(3, "11-01")], TODAY);
    let backwards = list(&[late(3, "11-01"), worse(2, 9), worse(1, 5)], TODAY);
    assert_eq!(forwards, backwards);
}

#[test]
fn concerns_come_first_by_missed_deadline_then_by_level() {
    let concern = |n, at, value| fine(n).phq9_item9(9, value, at).concern(at, value);
    let told = |p: Patient| {
        p.in_concern(|c| {
            c.second_step = Some(when("11-17 10:00"));
            c.clinician_told = Some(when("11-17 10:00"));
        })
    };
    let patients = [
        concern(1, "11-20 09:00", 1),
        concern(2, "11-20 09:00", 3),
        // Every step done on the 17th, contact on the 18th: next contact on the 21st.
        told(concern(3, "11-17 09:00", 2)),
        // Clinician never told.
        told(concern(4, "11-17 09:00", 1)).in_concern(|c| c.clinician_told = None),
    ];
    assert_eq!(order(&list(&patients, TODAY)), [4, 2, 3, 1]);
}

#[test]
fn an_acute_second_step_ranks_before_every_missed_deadline_and_a_bare_flag_ranks_last() {
    let acuity = |p: Patient, at: &str, acuity| {
        p.form("asq", None, at, SafetyItem::Answered(1), false).with(|s| {
            s.scores
                .iter_mut()
                .filter(|s| s.instrument == "asq")
                .for_each(|s| s.acuity = Some(acuity))
        })
    };
    let seen_to = |c: &mut ConcernLine| {
        c.second_step = Some(when("11-20 09:10"));
        c.clinician_told = Some(when("11-20 09:20"));
        c.next_contact = Some(day("11-23"));
    };
    let open = |n, at, value| fine(n).phq9_item9(9, value, at).concern(at, value);
    let decided = |c: &mut ConcernLine| (c.untriaged, c.triaged) = (false, Some(when("11-17 09:00")));
    let patients = [
        // A flag, decided on three days ago, and nothing done since.
        fine(1).imported_concern("11-02", None).in_concern(decided),
        open(2, "11-20 09:00", 1),
        open(3, "11-20 09:00", 3),
        // Late.
        open(4, "11-18 09:00", 1),
        // Every step recorded, and acute all the same.
        acuity(
            open(5, "11-20 09:00", 1).in_concern(seen_to),
            "11-20 09:05",
            Acuity::Acute,
        ),
        // As high and as new as the second, but older.
        open(6, "11-20 08:00", 1).in_concern(seen_to),
    ];
    let found = list(&patients, TODAY);
    assert_eq!(order(&found)[..3], [5, 4, 3]);
    assert_eq!(order(&found).last(), Some(&1));
    assert_eq!(
        found.items[0].first.sentence(),
        "ASQ acute positive today 09:05; PHQ-9 item 9 = 1 today 09:00; contact agreed, due Mon 23 Nov"
    );
    // A later, lower one says so and takes nothing back.
    let later = acuity(open(5, "11-18 09:00", 1), "11-18 09:05", Acuity::Acute)
        .form("asq", None, "11-20 09:30", SafetyItem::Answered(0), false)
        .with(|s| s.scores.last_mut().unwrap().acuity = Some(Acuity::Negative));
    let sentence = clock(&later, Rule::OpenConcern, TODAY).unwrap().sentence();
    assert!(
        sentence.starts_with("ASQ acute positive Wed 18 Nov 09:05, then ASQ negative today 09:30; "),
        "{sentence}"
    );
    assert_eq!(order(&list(&[open(1, "11-20 09:00", 3), later], TODAY)), [5, 1]);
}

#[test]
fn an_open_concern_names_what_is_missing_and_always_has_a_next_contact() {
    let concern = || fine(1).phq9_item9(9, 1, "11-19 10:00").concern("11-19 10:00", 1);
    let sentence = |p: &Patient| clock(p, Rule::OpenConcern, TODAY).unwrap().sentence();
    assert_eq!(
        sentence(&concern()),
        "PHQ-9 item 9 = 1 yesterday 10:00; second step 1 day late; clinician not told, 1 day late; next contact due Sun 22 Nov"
    );
    let steps = || {
        concern().in_concern(|c| {
            c.second_step = Some(when("11-19 10:10"));
            c.clinician_told = Some(when("11-19 10:30"));
            c.next_contact = Some(day("11-20"));
        })
    };
    assert_eq!(
        sentence(&steps()),
        "PHQ-9 item 9 = 1 yesterday 10:00; contact agreed, due today"
    );
    assert!(missing_to_close(&steps().sheet.concerns[0]).is_empty());
    assert_eq!(
        missing_to_close(&concern().sheet.concerns[0]),
        ["the second step", "telling the clinician", "the next contact"]
    );
    assert_eq!(
        sentence(&steps().contact("11-20 09:00")),
        "PHQ-9 item 9 = 1 yesterday 10:00; next contact due Mon 23 Nov"
    );
    // A higher answer starts the full step again.
    let higher = steps().in_concern(|c| {
        c.reassessed = Some((when("11-20 11:00"), Compared::Higher));
        c.restarted = Some(when("11-20 11:00"));
    });
    assert_eq!(
        sentence(&higher),
        "PHQ-9 item 9 = 1 yesterday 10:00; higher answer today; second step due today; clinician not told; contact agreed, due today"
    );
    // What was done since counts, what was done before doesn't.
    let told = higher.in_concern(|c| c.clinician_told = Some(when("11-20 11:20")));
    assert_eq!(
        sentence(&told),
        "PHQ-9 item 9 = 1 yesterday 10:00; higher answer today; second step due today; contact agreed, due today"
    );
    let lower = steps().in_concern(|c| c.reassessed = Some((when("11-20 11:00"), Compared::Lower)));
    assert_eq!(sentence(&lower), sentence(&steps()));
    at(TODAY, |at| {
        let by_hand = concern();
        let state = concern_state(&by_hand.sheet, &by_hand.sheet.concerns[0], at);
        assert_eq!(state.deadline(), day("11-19"));
    });
}

#[test]
fn an_imported_concern_is_a_safety_item_whatever_the_status() {
    let imported = |p: Patient| p.imported_concern("11-19", Some(2));
    let patients = [
        imported(fine(1)),
        imported(fine(2).status("11-10", StatusLine::Closed(CloseReason::Moved))),
        imported(fine(3).status("11-10", StatusLine::OnHold { review: day("12-24") })),
        imported(Patient::new(4)),
        imported(fine(5).status("11-10", StatusLine::Closed(CloseReason::Died))),
    ];
    let found = list(&patients, TODAY);
    assert_eq!(order(&found), [1, 2, 3, 4, 5]);
    assert!(found.items.iter().all(|item| item.kind() == Kind::Safety));
    // The answer is of yesterday; nobody here could decide before the sheet came in.
    assert_eq!(
        found.items[1].first.sentence(),
        "item 9 = 2 in the imported sheet yesterday; not triaged, decision due today"
    );
}

#[test]
fn a_positive_answer_without_a_concern_is_a_safety_item_too() {
    // A copy that was merged in part can lack the concern; the answer outranks everything all the same.
    let patient = || fine(1).phq9_item9(4, 1, "11-19 10:00");
    assert_eq!(list(&[patient()], TODAY).items[0].first.rule, Rule::PositiveAnswer);
    let closed = patient()
        .concern("11-19 10:00", 1)
        .in_concern(|c| c.closed = Some((when("11-19 12:00"), person(1))));
    assert!(list(&[closed], TODAY).items.is_empty());
    // An older positive answer is history once the item was answered again.
    assert!(
        list(&[patient().phq9_item9(4, 0, "11-20 10:00")], TODAY)
            .items
            .is_empty()
    );
    // A total that came later without the form takes nothing back.
    assert_eq!(list(&[patient().phq9(4, "11-20")], TODAY).items[0].kind(), Kind::Safety);
}

#[test]
fn as_of_an_earlier_day_a_concern_closed_later_is_open() {
    let patient = fine(1)
        .phq9_item9(9, 1, "11-10 10:00")
        .concern("11-10 10:00", 1)
        .in_concern(|c| c.closed = Some((when("11-19 10:00"), person(1))));
    assert!(!list(&[patient], "11-18").items.is_empty());
}

#[test]
fn one_item_a_patient_with_the_other_reasons_beneath() {
    let patient = worse(1, 6)
        .task("11-10", None)
        .appointment("11-19 10:00", AppointmentState::NoShow);
    let found = list(&[patient], TODAY);
    assert_eq!(found.items.len(), 1);
    let others: Vec<Rule> = found.items[0].others.iter().map(|c| c.rule).collect();
    assert_eq!(others, [Rule::MissedAppointment, Rule::Task, Rule::CaseReview]);
}

#[test]
fn charts_of_one_person_are_one_item() {
    let (a, b) = (worse(1, 5), fine(2).task("11-10", None));
    let other = b.sheet.chart;
    let a = a.with(|s| s.same_person.push(other));
    let found = list(&[a, b, fine(3).task("11-10", None)], TODAY);
    assert_eq!(order(&found), [1, 3]);
    assert_eq!(found.items[0].same_person, [other]);
    assert!(found.items[0].others.iter().any(|c| c.rule == Rule::Task));
}

#[test]
fn an_erased_chart_is_nowhere() {
    let erased = worse(1, 5).concern("11-10", 2).with(|s| s.erased = true);
    assert!(list(&[erased], TODAY).items.is_empty());
}

#[test]
fn safety_is_never_put_off() {
    let patient = fine(1)
        .phq9_item9(9, 1, "11-20")
        .concern("11-20", 1)
        .snooze(ClockKind::Safety, TODAY, "12-20");
    let found = list(&[patient], TODAY);
    assert_eq!((found.items.len(), found.snoozed), (1, 0));
    assert_eq!(
        longest_snooze(ClockKind::Safety, day(TODAY), &Protocol::default_v1(), &office()),
        None
    );
}

#[test]
fn worsening_and_first_contact_are_put_off_for_two_working_days_at_most() {
    // Friday to Tuesday, whatever was written down.
    for (clock, patient) in [
        (ClockKind::Worsening, worse(1, 5)),
        (ClockKind::FirstContact, Patient::new(1).referred("11-20 09:00")),
    ] {
        let longest = longest_snooze(clock, day(TODAY), &Protocol::default_v1(), &office());
        assert_eq!(longest, Some(day("11-24")));
        let patients = [patient.snooze(clock, TODAY, "12-31")];
        let shown = |on| list(&patients, on).items.iter().any(|i| i.first.clock() == clock);
        assert_eq!([TODAY, "11-24", "11-25"].map(shown), [false, false, true], "{clock:?}");
    }
    let off = list(&[worse(1, 5).snooze(ClockKind::Worsening, TODAY, "12-31")], TODAY);
    assert_eq!((off.snoozed, off.items.len() + off.put_off.len()), (1, 1));
}

#[test]
fn any_new_score_or_contact_ends_putting_off() {
    let off = || fine(1).task("11-10", None).snooze(ClockKind::Task, TODAY, "12-10");
    assert_eq!(list(&[off()], TODAY).put_off.len(), 1);
    assert_eq!(list(&[off()], TODAY).put_off[0].first.snoozed, Some(day("12-10")));
    assert_eq!(list(&[off().contact("11-20")], TODAY).items.len(), 1);
    // By when it was written down, not by its date.
    assert_eq!(list(&[off().phq9_item9(9, 0, "11-03")], TODAY).items.len(), 1);
    // Another clock is not put off by it, nor is a task that came due later.
    assert_eq!(
        list(&[off().recommendation("11-18", None, None)], TODAY).items[0].kind(),
        Kind::Answer
    );
    assert_eq!(list(&[off().task("11-21", None)], "11-23").items.len(), 1);
    // At most for the protocol's thirty days.
    let long = fine(1).task("11-10", None).snooze(ClockKind::Task, TODAY, "2027-11-10");
    assert_eq!(list(&[long], "12-21").put_off.len(), 0);
}

#[test]
fn safety_unassigned_and_covered_patients_pass_every_filter() {
    let of = |n, p: Patient| p.with(|s| s.care_managers = vec![(day("01-01"), n)]);
    let covered = |from, until| {
        of(Some(person(2)), worse(4, 6)).with(|s| {
            s.coverage.push(CoverageLine {
                by: person(3),
                from: day(from),
                until: day(until),
            });
        })
    };
    let patients = |from, until| {
        [
            of(Some(person(2)), fine(1).phq9_item9(3, 1, "11-20").concern("11-20", 1)),
            of(None, worse(2, 8)),
            of(Some(person(1)), worse(3, 7)),
            covered(from, until),
            of(Some(person(2)), worse(5, 5)),
        ]
    };
    let mine = |list: &Worklist| {
        let items = filter(&list.items, Some(person(1)));
        items.map(|item| item.chart.bytes()[0]).collect::<Vec<u8>>()
    };
    let rows = |from, until| -> Vec<u8> {
        let rows = patients(from, until).map(|p| at(TODAY, |at| caseload_row(&p.sheet, at)));
        let mine = rows.iter().filter(|row| row.is_for(person(1)));
        mine.map(|row| row.chart.bytes()[0]).collect()
    };
    assert_eq!(rows("11-18", "11-20"), [1, 2, 3, 4]);
    assert_eq!(rows("11-10", "11-19"), [1, 2, 3]);
    assert_eq!(mine(&list(&patients("11-18", "11-20"), TODAY)), [1, 2, 3, 4]);
    assert_eq!(mine(&list(&patients("11-10", "11-19"), TODAY)), [1, 2, 3]);
    assert_eq!(filter(&list(&patients("11-10", "11-19"), TODAY).items, None).count(), 5);
}

#[test]
fn no_rule_looks_at_minutes_payers_or_visits() {
    let patients = [
        worse(1, 5),
        fine(2).task("11-10", None),
        Patient::new(3).referred("11-19 10:00"),
    ];
    let before = list(&patients, TODAY);
    let billed = patients.map(|p| {
        let entry = p
            .sheet
            .scores
            .first()
            .map_or(caseload::journal::EntryId::from_random([7; 16]), |s| s.entry);
        p.with(|s| {
            s.times.push(caseload::flowsheet::TimeLine {
                entry,
                start: when("11-19 10:00"),
                day: day("11-19"),
                seconds: Seconds(50 * 60),
                activity: Activity::FollowUp,
                bucket: Bucket::Cocm,
                by: person(1),
                clocked: Clocked::Timer,
                mode: None,
                lacks: Vec::new(),
                own: None,
            });
            s.gates.payers.push((day("01-01"), "Medicare".into(), None));
            s.gates.initiating_visits.push(day("11-01"));
        })
    });
    assert_eq!(list(&billed, TODAY), before);
}

#[test]
fn every_item_says_its_rule_its_numbers_what_clears_it_and_when_the_next_would_come() {
    let patient = Patient::active(1, "06-01")
        .contact("10-01")
        .contact("10-28")
        .reviewed("11-10")
        .phq9_item9(4, 0, "11-18");
    let found = list(&[patient], TODAY);
    let first = &found.items[0].first;
    assert_eq!(first.rule.name(), "contact");
    assert!(matches!(first.reason, Reason::Contact { .. }));
    assert_eq!(first.sentence(), "contact 9 days late (every 14)");
    assert_eq!(first.clears_sentence(), "contact with the patient");
    assert_eq!(first.next_fires(), Some(day("12-04")));
    assert!(Rule::ALL.iter().all(|rule| rule.source().len() > 10));
    let incomplete = fine(1).form("phq9", None, "11-19", SafetyItem::Answered(0), false);
    assert!(list(&[incomplete], TODAY).items.is_empty());
}
