//! Entries on the wrong patient: an answer moves with its concern, a concern doesn't move without it.

use super::*;

const AT: &str = "2026-11-20T09:20:00-05:00";

fn right() -> ChartId {
    ChartId::from_random([6; 16])
}

fn moved(copy: &mut Copy, entry: EntryId) -> Result<Decision, Refusal> {
    let intent = Intent::Move {
        from: chart(),
        to: right(),
        entry,
    };
    copy.decide(&intent, Some(&Chart::default()))
}

fn crisis(kind: ConcernKind) -> Intent {
    Intent::Crisis(Box::new(caseload::care::intent::CrisisForm {
        kind,
        ..super::crisis::filled(AT)
    }))
}

#[test]
fn a_concern_its_steps_and_its_closing_are_not_moved_alone() {
    // Moving was a way round the rule that a named person closes a concern.
    let mut copy = Copy::new(1).at(AT);
    copy.record(vec![phq9(AT, 2).into()]);
    copy.carry_out(&crisis(ConcernKind::PartnerViolence));
    copy.see_to();
    copy.close().unwrap();
    let live = copy.entries.fold();
    let of_concerns = live.live().iter().filter(|live| {
        matches!(
            live.fact,
            Fact::Concern(_) | Fact::ConcernStep(_) | Fact::ConcernClosed(_)
        )
    });
    let ids: Vec<EntryId> = of_concerns.map(|live| live.id).collect();
    assert!(5 < ids.len());
    for entry in ids {
        assert!(matches!(moved(&mut copy, entry), Err(Refusal::Field(_))), "{entry}");
    }
}

#[test]
fn a_crisis_contact_opens_its_concern_in_the_right_record_and_leaves_the_one_in_the_wrong() {
    for kind in [ConcernKind::Suicide, ConcernKind::HarmToOthers] {
        let mut copy = Copy::new(1).at(AT);
        copy.carry_out(&crisis(kind));
        let folded = copy.entries.fold();
        let contact = folded.live().iter().find(|live| matches!(live.fact, Fact::Contact(_)));
        let decision = moved(&mut copy, contact.unwrap().id).unwrap();
        let there: Vec<_> = decision
            .entries
            .iter()
            .filter(|planned| planned.draft.chart == right())
            .filter_map(|planned| match &planned.draft.fact {
                Fact::Concern(c) => Some((c.kind, c.at, c.concern)),
                _ => None,
            })
            .collect();
        assert_eq!(there.len(), 1);
        assert_eq!((there[0].0, there[0].1), (kind, when(AT)));
        assert_eq!(decision.concerns, [there[0].2], "its steps follow");
        let voided = decision.entries.iter().filter_map(|planned| match &planned.draft.fact {
            Fact::EnteredInError(e) => Some(e.entry),
            _ => None,
        });
        // With the contact go its minutes; its concern and the steps stay.
        let voided: Vec<EntryId> = voided.collect();
        let kind_of = |id: &EntryId| folded.live().iter().find(|live| live.id == *id).unwrap().fact.kind();
        assert_eq!(voided[0], contact.unwrap().id);
        assert_eq!(voided.iter().map(kind_of).collect::<Vec<_>>(), ["contact", "time"]);
    }
}

#[test]
fn a_crisis_contact_whose_time_was_corrected_still_takes_its_concern_along() {
    let mut copy = Copy::new(1).at(AT);
    copy.carry_out(&crisis(ConcernKind::Suicide));
    let folded = copy.entries.fold();
    let contact = folded.live().iter().find_map(|live| match &live.fact {
        Fact::Contact(contact) => Some((live.id, contact.clone())),
        _ => None,
    });
    let (entry, contact) = contact.unwrap();
    let earlier = Contact {
        at: when("2026-11-20T08:00:00-05:00"),
        ..contact
    };
    copy.carry_out(&Intent::Correct {
        chart: chart(),
        entry,
        fact: Box::new(earlier.into()),
        reason: None,
    });
    let decision = moved(&mut copy, entry).unwrap();
    assert_eq!(decision.concerns.len(), 1, "its concern opens in the right record");
}

#[test]
fn a_contact_that_is_no_crisis_opens_nothing_where_it_moves() {
    let mut copy = Copy::new(1).at(AT);
    let contact = Contact {
        at: when(AT),
        mode: Mode::Phone,
        kind: ContactKind::FollowUp,
        with: vec![With::Patient],
        inbound: false,
        did: Vec::new(),
        language: None,
        note: None,
        talk: Talk::default(),
    };
    let entry = copy.record(vec![contact.into()])[0];
    assert!(moved(&mut copy, entry).unwrap().concerns.is_empty());
}

#[test]
fn a_contact_that_is_moved_takes_its_scores_and_minutes_along_and_nothing_else() {
    let mut copy = Copy::new(1).at(AT);
    // Answers that mean danger are saved before the form, at the moment that it names.
    copy.record(vec![phq9(AT, 2).into()]);
    let mut copy = copy.at("2026-11-20T09:50:00-05:00");
    let contact = Contact {
        at: when(AT),
        mode: Mode::Phone,
        kind: ContactKind::FollowUp,
        with: vec![With::Patient],
        inbound: false,
        did: Vec::new(),
        language: None,
        note: None,
        talk: Talk::default(),
    };
    let contact = copy.record(vec![contact.into()])[0];
    let spent = |of| Time {
        start: when(AT),
        seconds: caseload::journal::Seconds(22 * 60),
        activity: Activity::FollowUp,
        bucket: Bucket::Cocm,
        by: PersonId::from_random([8; 16]),
        mode: Some(Mode::Phone),
        clocked: Clocked::Typed,
        of,
        note: None,
        with: Vec::new(),
        beside: None,
        own: None,
    };
    copy.record(vec![spent(Some(contact)).into(), spent(None).into()]);
    // Another contact of the day, with another score, stays.
    let mut copy = copy.at("2026-11-20T16:00:00-05:00");
    copy.record(vec![phq9("2026-11-20T15:40:00-05:00", 0).into()]);
    let folded = copy.entries.fold();
    let of = |kind: &str| folded.live().iter().filter(|live| live.fact.kind() == kind).count();
    assert_eq!((of("contact"), of("assessment"), of("time")), (1, 2, 2));
    let decision = moved(&mut copy, contact).unwrap();
    let there: Vec<(EntryId, Fact)> = decision
        .entries
        .iter()
        .filter(|planned| planned.draft.chart == right())
        .filter_map(|planned| match &planned.draft.fact {
            Fact::MovedHere(here) => Some((planned.id, Fact::read(&here.kind, &here.fact.to_string()))),
            _ => None,
        })
        .collect();
    let kinds: Vec<&str> = there.iter().map(|(_, fact)| fact.kind()).collect();
    assert_eq!(kinds, ["contact", "assessment", "time"]);
    let Fact::Time(time) = &there[2].1 else { panic!() };
    assert_eq!(time.of, Some(there[0].0), "minutes of the contact where it stands now");
    let concerns = decision
        .entries
        .iter()
        .filter(|planned| planned.draft.chart == right() && matches!(planned.draft.fact, Fact::Concern(_)));
    assert_eq!(concerns.count(), 1, "the answer opens its concern there");
}
