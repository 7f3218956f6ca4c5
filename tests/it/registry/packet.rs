//! The consultant's packet and the reply that comes back, by machines of memory.

use caseload::exchange::handoff;
use caseload::journal::{Entry, PersonId};

use super::handoffs::receive;
use super::meeting::thing;
use super::*;

fn file(desk: &mut Desk, scope: Scope) -> Result<Vec<u8>, Failure> {
    desk.ask(Request::Export(scope))?;
    Ok(desk.file.take().unwrap())
}

fn read(bytes: &[u8]) -> handoff::Handoff {
    handoff::read(bytes).unwrap()
}

/// The consultant's empty browser opens the packet; somebody whom it doesn't name works there.
fn open(seed: u64, packet: &[u8], person: Option<PersonId>) -> (Desk, Opened) {
    let mut desk = Desk::new(seed);
    let new = NewRegistry {
        person,
        name: "Dr. Adeyemi".to_owned(),
        ..new_registry(Kind::Real)
    };
    match desk.ask_with(Request::Join(new), vec![packet.to_vec()]) {
        Ok(Response::Opened(opened)) => (desk, *opened),
        other => panic!("not opened: {other:?}"),
    }
}

fn advice(desk: &Desk, me: PersonId, n: u8, text: &str) -> Vec<Fact> {
    vec![
        CaseReview {
            at: desk.at(),
            consultant: Some(me),
            note: Some("Agree with the diagnosis.".to_owned()),
        }
        .into(),
        Recommendation::in_words(thing(n), day("2026-11-20"), text.to_owned(), Some(me)).into(),
    ]
}

/// A clinic with two patients, of whom the first goes into the packet.
fn clinic(seed: u64) -> (Desk, ChartId, ChartId) {
    let mut desk = Desk::new(seed);
    desk.create(Kind::Real);
    let (one, two) = (
        desk.enrolled("Able", "2026-11-18"),
        desk.enrolled("Brisk", "2026-11-18"),
    );
    (desk, one, two)
}

#[test]
fn a_packet_goes_out_a_reply_comes_back_and_its_advice_waits_for_the_pcp() {
    let (mut clinic, one, two) = clinic(410);
    clinic.asks(one, "Is this bipolar?", None);
    let packet = file(&mut clinic, Scope::Packet(vec![one], Vec::new())).unwrap();

    let (mut consultant, opened) = open(411, &packet, None);
    consultant.now = clinic.now;
    assert_eq!(
        (opened.kind, opened.patients, opened.name.as_str()),
        (Kind::Packet, 1, "Dr. Adeyemi")
    );
    let meeting = consultant.meeting();
    let rows: Vec<(&str, &[String])> = meeting
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.questions.as_slice()))
        .collect();
    assert_eq!(rows, [("Able, Ann", ["Is this bipolar?".to_owned()].as_slice())]);
    let facts = advice(&consultant, opened.me, 20, "Start sertraline 50 mg");
    consultant.save(record(one, facts)).unwrap();
    assert!(
        consultant.meeting().unsent.is_empty(),
        "telling the PCP is the care manager's"
    );

    let reply = file(&mut consultant, Scope::Reply).unwrap();
    let kinds: Vec<&str> = read(&reply).entries().map(Entry::fact).map(Fact::kind).collect();
    assert_eq!(kinds.len(), 3, "{kinds:?}");
    for kind in ["person", "case_review", "recommendation"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }

    let preview = receive(&mut clinic, reply.clone());
    assert!(preview.same_registry && preview.refused.is_none());
    assert_eq!((preview.new_patients, preview.known_patients), (0, 1));
    let meeting = clinic.meeting();
    let waits: Vec<(ChartId, &str)> = meeting
        .unsent
        .iter()
        .map(|row| (row.chart, row.text.as_str()))
        .collect();
    assert_eq!(waits, [(one, "Start sertraline 50 mg")]);
    assert_eq!(meeting.consultants, [(opened.me, "Dr. Adeyemi".to_owned())]);
    assert!(clinic.brief(one).questions.is_empty());
    assert_eq!(meeting.rows.iter().map(|row| row.chart).collect::<Vec<_>>(), [two]);

    // The same reply once more changes nothing.
    match clinic.ask_with(Request::OpenHandoff, vec![reply]).unwrap() {
        Response::Preview(again) => assert_eq!((again.new_entries, again.refused.is_some()), (0, true)),
        other => panic!("{other:?}"),
    }
    assert_eq!(clinic.meeting().unsent.len(), 1);
}

#[test]
fn a_packet_holds_the_chosen_records_and_of_the_clinic_only_what_they_are_read_by() {
    let (mut clinic, one, two) = clinic(412);
    let start = EhrStart {
        since: day("2026-11-01"),
    };
    clinic.save(Intent::Office(vec![start.into()])).unwrap();
    let packet = read(&file(&mut clinic, Scope::Packet(vec![one], Vec::new())).unwrap());
    assert_eq!(packet.header.kind, handoff::RegistryKind::Packet);
    let own = packet.header.registry.own_chart();
    assert!(packet.entries().all(|entry| [one, own].contains(&entry.chart())));
    assert!(!packet.entries().any(|entry| entry.chart() == two));
    let mut kinds: Vec<&str> = packet
        .entries()
        .filter(|entry| entry.chart() == own)
        .map(|entry| entry.fact().kind())
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, ["clinic", "person"]);
}

#[test]
fn only_advice_is_written_into_a_packet_and_a_mistake_in_it_is_taken_back() {
    let (mut clinic, one, _) = clinic(413);
    let packet = file(&mut clinic, Scope::Packet(vec![one], Vec::new())).unwrap();
    let (mut consultant, opened) = open(414, &packet, None);
    let refused = consultant.save(Intent::Contact(call(one, at("2026-11-20T08:30:00-05:00"), Vec::new())));
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .starts_with("A packet takes reviews and recommendations")
    );
    let facts = advice(&consultant, opened.me, 20, "Stop bupropion");
    let saved = consultant.save(record(one, facts)).unwrap();
    consultant
        .save(Intent::Void {
            chart: one,
            entries: saved.entries,
            reason: "Undone".to_owned(),
        })
        .unwrap();
    let reply = file(&mut consultant, Scope::Reply).unwrap();
    receive(&mut clinic, reply);
    assert!(clinic.meeting().unsent.is_empty());
    assert!(clinic.brief(one).advice.is_empty());
}

#[test]
fn a_consultant_on_file_replies_as_themselves() {
    let (mut clinic, one, _) = clinic(415);
    let id = PersonId::from_random([77; 16]);
    let person = Person {
        person: id,
        name: "Dr. Imani Okafor".to_owned(),
        role: Role::Consultant,
        credential: None,
        npi: None,
        supervisor: None,
        phone: None,
        left: false,
        same_as: None,
    };
    clinic.save(Intent::Office(vec![person.into()])).unwrap();
    let packet = file(&mut clinic, Scope::Packet(vec![one], Vec::new())).unwrap();
    let (mut consultant, opened) = open(416, &packet, Some(id));
    assert_eq!((opened.me, opened.name.as_str()), (id, "Dr. Imani Okafor"));
    let facts = advice(&consultant, id, 20, "TSH");
    consultant.save(record(one, facts)).unwrap();
    let reply = file(&mut consultant, Scope::Reply).unwrap();
    assert!(
        !read(&reply)
            .entries()
            .any(|entry| matches!(entry.fact(), Fact::Person(_)))
    );
    receive(&mut clinic, reply);
    assert_eq!(clinic.meeting().consultants, [(id, "Dr. Imani Okafor".to_owned())]);
}

#[test]
fn a_reply_to_another_registry_and_files_that_make_no_sense_are_refused_in_a_sentence() {
    let (mut clinic_a, one, _) = clinic(417);
    let packet = file(&mut clinic_a, Scope::Packet(vec![one], Vec::new())).unwrap();
    let (mut consultant, opened) = open(418, &packet, None);
    let facts = advice(&consultant, opened.me, 20, "TSH");
    consultant.save(record(one, facts)).unwrap();
    let reply = file(&mut consultant, Scope::Reply).unwrap();
    let (mut clinic_b, ..) = clinic(419);
    match clinic_b.ask_with(Request::OpenHandoff, vec![reply]).unwrap() {
        Response::Preview(view) => assert!(view.refused.unwrap().contains("another registry")),
        other => panic!("{other:?}"),
    }
    assert!(clinic_b.ask(Request::PublishHandoff).is_err());
    assert!(clinic_b.meeting().unsent.is_empty());
    for (desk, scope) in [
        (&mut clinic_b, Scope::Reply),
        (&mut consultant, Scope::Packet(vec![one], Vec::new())),
    ] {
        match file(desk, scope) {
            Err(Failure::File(sentence)) => assert!(sentence.contains("No file was made"), "{sentence}"),
            other => panic!("{other:?}"),
        }
    }
    let mut training = Desk::new(420);
    training.create(Kind::Training);
    assert!(matches!(
        file(&mut training, Scope::Packet(Vec::new(), Vec::new())),
        Err(Failure::File(_))
    ));
}

#[test]
fn what_is_held_back_stays_out_of_a_packet_too() {
    let (mut clinic, one, _) = clinic(421);
    let medicine = Medication::named(thing(3), "buprenorphine".to_owned());
    let entry = clinic.save(record(one, vec![medicine.into()])).unwrap().entries[0];
    let text = |desk: &mut Desk| String::from_utf8(file(desk, Scope::Packet(vec![one], Vec::new())).unwrap()).unwrap();
    assert!(text(&mut clinic).contains("buprenorphine"));
    super::held::mark(&mut clinic, one, entry);
    assert!(!text(&mut clinic).contains("buprenorphine"));
}

#[test]
fn nobody_takes_back_in_a_reply_what_another_wrote() {
    let (mut clinic, one, _) = clinic(422);
    clinic.reviews(one, 8, Some((20, "Start sertraline 50 mg")));
    let packet = file(&mut clinic, Scope::Packet(vec![one], Vec::new())).unwrap();
    let theirs = read(&packet);
    let advice = theirs
        .entries()
        .find(|entry| matches!(entry.fact(), Fact::Recommendation(_)));
    let (mut consultant, _) = open(423, &packet, None);
    consultant
        .save(Intent::Void {
            chart: one,
            entries: vec![advice.unwrap().id()],
            reason: "not mine".to_owned(),
        })
        .unwrap();
    let reply = read(&file(&mut consultant, Scope::Reply).unwrap());
    assert!(reply.entries().all(|entry| matches!(entry.fact(), Fact::Person(_))));
    assert_eq!(clinic.meeting().unsent.len(), 1);
}

#[test]
fn a_second_packet_shows_this_weeks_patients_and_only_those_and_last_weeks_beside() {
    let (mut clinic, one, two) = clinic(430);
    let packet = file(&mut clinic, Scope::Packet(vec![one], Vec::new())).unwrap();
    let (mut consultant, _) = open(431, &packet, None);
    let first = consultant.meeting();
    assert_eq!(first.rows.iter().map(|row| row.chart).collect::<Vec<_>>(), [one]);
    assert!(first.earlier.is_empty());

    clinic.now += 7 * 86_400_000;
    let second = file(&mut clinic, Scope::Packet(vec![two], Vec::new())).unwrap();
    consultant.now = clinic.now;
    receive(&mut consultant, second.clone());
    let meeting = consultant.meeting();
    assert_eq!(meeting.rows.iter().map(|row| row.chart).collect::<Vec<_>>(), [two]);
    assert_eq!(meeting.earlier.iter().map(|row| row.chart).collect::<Vec<_>>(), [one]);
    assert_eq!(meeting.packet, Some(day("2026-11-27")));

    // Last week's file once more brings nothing, and takes nothing of this week away.
    consultant.ask_with(Request::OpenHandoff, vec![packet]).unwrap();
    assert_eq!(
        consultant
            .meeting()
            .rows
            .iter()
            .map(|row| row.chart)
            .collect::<Vec<_>>(),
        [two]
    );

    // A patient of last week who comes again without anything new is of this week.
    clinic.now += 7 * 86_400_000;
    let third = file(&mut clinic, Scope::Packet(vec![one], Vec::new())).unwrap();
    consultant.now = clinic.now;
    consultant.ask_with(Request::OpenHandoff, vec![third]).unwrap();
    let meeting = consultant.meeting();
    assert_eq!(meeting.rows.iter().map(|row| row.chart).collect::<Vec<_>>(), [one]);
    assert_eq!(meeting.earlier.iter().map(|row| row.chart).collect::<Vec<_>>(), [two]);
}
