//! Advice that was accepted, and whether it was carried out.

use caseload::care::{Rule, clocks};
use caseload::journal::facts::*;

use super::build::*;

#[test]
fn advice_of_every_kind_that_was_accepted_waits_until_it_is_carried_out_itself() {
    use AnswerKind::Accepted;
    let accepted = |kind: Option<AdviceKind>| {
        let patient = Patient::active(1, "09-01").recommendation("11-01", Some("11-02"), Some(("11-05", Accepted)));
        patient.with(|sheet| sheet.recommendations[0].kind = kind)
    };
    let change = |patient: Patient, names: Option<usize>| {
        patient.treatment("11-06", ChangeKind::DoseChanged).with(|sheet| {
            let named = names.map(|place| sheet.recommendations[place].recommendation);
            sheet.treatments[0].recommendation = named;
        })
    };
    // A dose that was changed for nothing in particular does not carry out advice about a test.
    for (kind, named, found) in [
        (Some(AdviceKind::ChangeDose), None, "not running"),
        (None, None, "not running"),
        (Some(AdviceKind::Test), None, "answer: 1 late"),
        (Some(AdviceKind::Safety), None, "answer: 1 late"),
        (Some(AdviceKind::Other), None, "answer: 1 late"),
        (Some(AdviceKind::Test), Some(0), "not running"),
        (Some(AdviceKind::Other), Some(0), "not running"),
    ] {
        check(&change(accepted(kind), named), Rule::CarryOut, TODAY, found);
    }
    let both = || {
        let patient = accepted(Some(AdviceKind::ChangeDose));
        patient.recommendation("11-01", Some("11-02"), Some(("11-05", Accepted)))
    };
    let waiting = |patient: &Patient| {
        at(TODAY, |at| {
            let clocks = clocks(&patient.sheet, at);
            clocks.iter().filter(|clock| clock.rule == Rule::CarryOut).count()
        })
    };
    // One change is of one advice: of two that wait the one that it names is carried out.
    assert_eq!(waiting(&change(both(), None)), 2);
    assert_eq!(waiting(&change(both(), Some(1))), 1);
    let late = clock(&accepted(Some(AdviceKind::Test)), Rule::CarryOut, TODAY).unwrap();
    assert_eq!(
        late.sentence(),
        "accepted Thu 5 Nov; not carried out by what is on record"
    );
    assert_eq!(
        late.clears_sentence(),
        "it is marked as done, or the treatment change for it is recorded"
    );
}

#[test]
fn advice_for_the_same_day_stands_first_until_the_clinician_has_it_and_is_not_put_off() {
    use caseload::care::{Kind, item_of};
    let advised = |asked: Option<&str>, urgency| {
        let patient = Patient::active(1, "09-01")
            .contact("11-18")
            .phq9_item9(9, 0, "11-18")
            .recommendation("11-19", asked, None);
        patient.with(|sheet| sheet.recommendations[0].urgency = Some(urgency))
    };
    let kind = |patient: &Patient| at(TODAY, |at| item_of(&patient.sheet, at).map(|item| item.kind()));
    assert_eq!(kind(&advised(None, Urgency::Today)), Some(Kind::Safety));
    let put_off = advised(None, Urgency::Today).snooze(ClockKind::Answer, TODAY, "11-25");
    assert_eq!(kind(&put_off), Some(Kind::Safety));
    let found = clock(&put_off, Rule::AskClinician, TODAY).unwrap();
    assert_eq!(
        found.sentence(),
        "recommendation of Thu 19 Nov, to be acted on the same day: clinician not yet asked"
    );
    for urgency in [Urgency::Routine, Urgency::ThisWeek] {
        let found = clock(&advised(None, urgency), Rule::AskClinician, TODAY).unwrap();
        assert_eq!(found.kind, Some(Kind::Answer), "{urgency:?}");
    }
    // Once asked, the answer is due the same day.
    let asked = clock(&advised(Some("11-19"), Urgency::Today), Rule::AwaitAnswer, TODAY).unwrap();
    assert_eq!((asked.kind, asked.due), (Some(Kind::Answer), day("11-19")));
}
