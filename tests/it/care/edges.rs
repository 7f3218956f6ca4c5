//! Corners: what putting off may never cover, episodes that two copies opened, days that lie in the future.

use caseload::care::{Kind, Rule};
use caseload::flowsheet::StatusLine;
use caseload::journal::facts::*;

use super::build::*;
use super::list::list;

/// In treatment, reviewed and in contact, needs nothing.
fn fine(n: u8) -> Patient {
    Patient::active(n, "11-02")
        .contact("11-05")
        .contact("11-18")
        .phq9_item9(9, 0, "11-18")
        .reviewed("11-06")
}

#[test]
fn an_acute_event_is_put_off_for_two_working_days_at_most_and_never_with_the_contact_clock() {
    let discharged = || fine(1).acute("11-19 22:00", AcuteKind::Discharge);
    let contact = list(&[discharged().snooze(ClockKind::Contact, TODAY, "12-20")], TODAY);
    assert_eq!(contact.items[0].first.rule, Rule::AcuteEvent);
    let off = || [discharged().snooze(ClockKind::Worsening, TODAY, "12-20")];
    assert_eq!(list(&off(), TODAY).put_off[0].first.snoozed, Some(day("11-24")));
    assert_eq!(list(&off(), "11-25").items[0].kind(), Kind::Worsening);
}

#[test]
fn a_case_review_that_was_put_off_comes_back_with_a_new_cause() {
    // None by day 30, put off; then a severe side effect, written down without a contact.
    let off = || {
        Patient::active(1, "10-02")
            .contact("11-12")
            .phq9_item9(4, 0, "11-12")
            .snooze(ClockKind::Review, "11-16", "12-12")
    };
    let put_off = list(&[off()], TODAY);
    assert_eq!((put_off.items.len(), put_off.put_off.len()), (0, 1));
    let severe = off().with(|sheet| sheet.side_effects.push((day("11-19"), Severity::Severe)));
    assert_eq!(list(&[severe], TODAY).items[0].first.rule, Rule::CaseReview);
    let asked = off().with(|sheet| sheet.review_requests.push(when("11-18 10:00")));
    assert_eq!(list(&[asked], TODAY).items[0].first.rule, Rule::CaseReview);
    let old = off().with(|sheet| sheet.side_effects.push((day("11-10"), Severity::Severe)));
    assert_eq!(
        list(&[old], TODAY).put_off.len(),
        1,
        "what was known is put off with it"
    );
}

#[test]
fn an_open_episode_keeps_the_patient_on_the_list_though_a_later_one_was_closed() {
    // Two copies each went on with an episode of their own; one of the two was closed.
    let two = Patient::active(1, "09-01")
        .contact("09-20")
        .episode("10-05")
        .status("10-05", StatusLine::Referred)
        .status("10-20", StatusLine::Closed(CloseReason::Unreachable));
    check(&two, Rule::Contact, TODAY, "overdue: 47 late");
    let again = two.episode("11-16").status("11-16", StatusLine::Active);
    check(&again, Rule::Contact, TODAY, "quiet until 11-30");
}

#[test]
fn a_patient_who_was_and_stayed_under_five_is_not_reviewed_for_want_of_improvement() {
    // PHQ-9 4 at the start and 4 in week nine: there was nothing to fall. 10 and 10: there was.
    let week_nine = |first, last| {
        Patient::active(1, "09-14")
            .contact("11-18")
            .phq9_item9(first, 0, "09-14")
            .phq9_item9(last, 0, "11-18")
            .reviewed("10-01")
    };
    check(&week_nine(4, 4), Rule::CaseReview, TODAY, "not running");
    check(&week_nine(10, 10), Rule::CaseReview, TODAY, "due: due in 17");
    // A single 4 shows nothing: no follow-up score.
    let one = Patient::active(1, "09-14")
        .contact("11-18")
        .phq9_item9(4, 0, "09-14")
        .reviewed("10-01");
    check(&one, Rule::CaseReview, TODAY, "due: due in 17");
}

#[test]
fn a_concern_or_a_positive_answer_dated_ahead_by_a_wrong_clock_is_on_todays_list() {
    let ahead = fine(1).phq9_item9(9, 2, "12-24 10:00").concern("12-24 10:00", 2);
    let found = list(&[ahead], TODAY);
    assert_eq!(
        (found.items[0].kind(), found.items[0].first.due),
        (Kind::Safety, day(TODAY))
    );
    let without = fine(1).phq9_item9(9, 2, "12-24 10:00");
    assert_eq!(list(&[without], TODAY).items[0].first.rule, Rule::PositiveAnswer);
}
