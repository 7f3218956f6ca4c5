//! A trainee and a supervisor, each on their own copy: what the trainee writes waits, and what the trainee can't do is asked for.

use super::handoffs::{export, receive};
use super::*;
use caseload::care::decide::{NO_CONCERN, NO_EPISODE};
use caseload::care::intent::Verdict;
use caseload::journal::{EntryId, PersonId, ThingId};

mod page;

/// The trainee, as the care manager entered them.
fn trainee_id() -> PersonId {
    PersonId::from_random([7; 16])
}

fn person(id: PersonId, name: &str, role: Role, supervisor: Option<PersonId>) -> Person {
    Person {
        person: id,
        name: name.to_owned(),
        role,
        credential: None,
        npi: None,
        supervisor,
        phone: None,
        left: false,
        same_as: None,
    }
}

/// A care manager's registry with a patient, and a trainee's copy of it.
fn pair(seed: u64) -> (Desk, Desk, ChartId) {
    let mut senior = Desk::new(seed);
    let opened = senior.create(Kind::Real);
    let trainee = person(trainee_id(), "B. Ito", Role::Trainee, Some(opened.me));
    senior.save(Intent::Office(vec![trainee.into()])).unwrap();
    let chart = senior
        .save(Intent::Register(newcomer("Jun", "Castillo")))
        .unwrap()
        .chart;
    let file = export(&mut senior);
    let mut trainee = Desk::new(seed + 1);
    trainee.now = senior.now;
    let joined = join_as(&mut trainee, file, trainee_id());
    assert_eq!(joined.me, trainee_id());
    (senior, trainee, chart)
}

fn join_as(desk: &mut Desk, file: Vec<u8>, person: PersonId) -> Opened {
    let new = NewRegistry {
        person: Some(person),
        ..new_registry(Kind::Real)
    };
    match desk.ask_with(Request::Join(new), vec![file]) {
        Ok(Response::Opened(opened)) => *opened,
        other => panic!("not joined: {other:?}"),
    }
}

/// What one wrote goes to the other.
fn send(from: &mut Desk, to: &mut Desk) {
    let file = export(from);
    to.now = to.now.max(from.now);
    receive(to, file);
}

fn signature_of(desk: &mut Desk, chart: ChartId, entry: EntryId) -> Option<String> {
    let view = desk.patient(chart);
    let row = view.timeline.iter().find(|row| row.entry == entry).expect("the entry");
    row.signature.clone()
}

fn sign(chart: ChartId, entries: Vec<EntryId>) -> Intent {
    Intent::CoSign {
        chart,
        entries,
        verdict: Verdict::Signed,
    }
}

/// What closing a concern needs.
fn steps(concern: ThingId) -> Vec<Fact> {
    let all = [
        Step::SecondStep {
            assessment: None,
            outcome: "ASQ: non-acute".to_owned(),
        },
        Step::Told {
            who: Audience::Clinician,
            how: "Phone; will see the patient on Monday".to_owned(),
            name: None,
        },
        Step::NextContact { on: day("2026-11-23") },
    ];
    let step = |step| ConcernStep {
        concern,
        at: at("2026-11-20T08:50:00-05:00"),
        step,
        note: None,
    };
    all.into_iter().map(|one| step(one).into()).collect()
}

fn note(text: &str) -> Note {
    Note {
        at: at("2026-11-20T08:40:00-05:00"),
        text: text.to_owned(),
        discuss: false,
    }
}

#[test]
fn what_a_trainee_writes_waits_for_the_supervisor_and_waits_again_when_it_is_corrected() {
    let (mut senior, mut trainee, chart) = pair(600);
    let when = at("2026-11-20T08:30:00-05:00");
    let saved = trainee.save(Intent::Contact(call(chart, when, Vec::new()))).unwrap();
    let contact = saved.entries[0];
    let pending = "entered by B. Ito, trainee; co-signature pending";
    assert_eq!(signature_of(&mut trainee, chart, contact).as_deref(), Some(pending));
    // Nobody signs for themselves, wherever the entry is.
    let own = refused(trainee.save(sign(chart, saved.entries.clone())));
    assert!(
        own.to_string()
            .starts_with("Nobody co-signs what they wrote themselves."),
        "{own}"
    );

    send(&mut trainee, &mut senior);
    assert_eq!(signature_of(&mut senior, chart, contact).as_deref(), Some(pending));
    senior.save(sign(chart, saved.entries.clone())).unwrap();
    let signed = "entered by B. Ito, trainee; co-signed by R. Okoye on Fri 20 Nov";
    assert_eq!(signature_of(&mut senior, chart, contact).as_deref(), Some(signed));
    let twice = refused(senior.save(sign(chart, saved.entries.clone())));
    assert!(twice.to_string().contains("co-signed already"), "{twice}");

    send(&mut senior, &mut trainee);
    assert_eq!(signature_of(&mut trainee, chart, contact).as_deref(), Some(signed));
    let view = trainee.patient(chart);
    let row = view.timeline.iter().find(|row| row.entry == contact).unwrap();
    let Fact::Contact(before) = &row.fact else {
        panic!("a contact")
    };
    let right = Contact {
        note: Some("Talked about walking every second day.".to_owned()),
        ..before.clone()
    };
    let corrected = trainee
        .save(Intent::Correct {
            chart,
            entry: contact,
            fact: Box::new(right.into()),
            reason: None,
        })
        .unwrap();
    let again = "entered by B. Ito, trainee; changed since a supervisor read it, co-signature pending";
    assert_eq!(signature_of(&mut trainee, chart, contact).as_deref(), Some(again));
    send(&mut trainee, &mut senior);
    // What was read before the correction came is not signed with it.
    let stale = refused(senior.save(sign(chart, vec![contact])));
    assert!(stale.to_string().contains("corrected since you read it"), "{stale}");
    senior.save(sign(chart, vec![contact, corrected.entries[0]])).unwrap();
    assert_eq!(signature_of(&mut senior, chart, contact).as_deref(), Some(signed));
}

#[test]
fn who_may_sign_and_what() {
    let (mut senior, mut trainee, chart) = pair(610);
    let theirs = trainee
        .save(record(chart, vec![note("A call with the sister").into()]))
        .unwrap();
    let own = senior
        .save(record(chart, vec![note("A call with the pharmacy").into()]))
        .unwrap();
    send(&mut trainee, &mut senior);
    let colleague = PersonId::from_random([8; 16]);
    let consultant = person(colleague, "A. Weiss", Role::Consultant, None);
    senior.save(Intent::Office(vec![consultant.into()])).unwrap();
    let mut third = Desk::new(612);
    third.now = senior.now;
    let file = export(&mut senior);
    join_as(&mut third, file, colleague);

    let unknown = EntryId::from_time(5, [5; 10]);
    let returned = |comment: &str| Intent::CoSign {
        chart,
        entries: theirs.entries.clone(),
        verdict: Verdict::Returned {
            comment: comment.to_owned(),
        },
    };
    let cases: Vec<(&str, Intent, &str)> = vec![
        ("their own", sign(chart, own.entries.clone()), "Nobody co-signs"),
        ("no comment", returned(" "), "Comment is empty"),
        ("not here", sign(chart, vec![unknown]), "not in the record"),
        ("nothing", sign(chart, Vec::new()), "nothing to save"),
    ];
    for (name, intent, wanted) in cases {
        let refusal = refused(senior.save(intent)).to_string();
        assert!(refusal.contains(wanted), "{name}: {refusal}");
    }
    let stranger = refused(third.save(sign(chart, theirs.entries.clone()))).to_string();
    assert!(stranger.contains("Only the trainee\u{2019}s supervisor"), "{stranger}");
    let not_needed = refused(third.save(sign(chart, own.entries.clone()))).to_string();
    assert!(not_needed.contains("needs no co-signature"), "{not_needed}");
    // With the role of a supervisor it goes, whoever the trainee's own supervisor is.
    let lead = person(colleague, "A. Weiss", Role::Supervisor, None);
    third.save(Intent::Office(vec![lead.into()])).unwrap();
    third.save(returned("Whose sister?")).unwrap();
    let words = signature_of(&mut third, chart, theirs.entries[0]).unwrap();
    assert!(
        words.ends_with("returned by A. Weiss on Fri 20 Nov, not co-signed"),
        "{words}"
    );
}

#[test]
fn a_positive_answer_opens_its_concern_and_the_trainee_asks_for_its_closing() {
    let (mut senior, mut trainee, chart) = pair(620);
    let when = at("2026-11-20T08:30:00-05:00");
    let positive = phq9(when, [1, 1, 1, 1, 1, 1, 1, 1, 2]);
    trainee
        .save(Intent::Contact(call(chart, when, vec![positive])))
        .unwrap();
    let concern = concern_of(&trainee.patient(chart)).concern;
    assert!(concern_of(&trainee.patient(chart)).open);
    let close = Intent::CloseConcern {
        chart,
        concern,
        action: "Second step, clinician told, plan made".to_owned(),
        reason: "Denies thoughts; plan made with the sister".to_owned(),
        at: when,
    };
    let ask = |closing: &Intent| Intent::AskToClose {
        chart,
        closing: closing.clone().into(),
    };
    // What couldn't be closed by anybody can't be asked for.
    let not_ready = refused(trainee.save(ask(&close)));
    assert!(matches!(not_ready, Refusal::ConcernNotReady { .. }), "{not_ready}");
    for step in steps(concern) {
        trainee.save(record(chart, vec![step])).unwrap();
    }
    assert_eq!(
        refused(trainee.save(close.clone())),
        Refusal::Trainee(NO_CONCERN.to_owned())
    );
    assert!(concern_of(&trainee.patient(chart)).open);
    let asked = trainee.save(ask(&close)).unwrap();
    assert!(concern_of(&trainee.patient(chart)).open);

    send(&mut trainee, &mut senior);
    let carry_out = Intent::CarryOutAsked {
        chart,
        request: asked.entries[0],
    };
    let signed_only = refused(senior.save(sign(chart, asked.entries.clone()))).to_string();
    assert!(signed_only.contains("carried out, or returned"), "{signed_only}");
    assert!(
        refused(trainee.save(carry_out.clone()))
            .to_string()
            .contains("Nobody co-signs")
    );
    senior.save(carry_out.clone()).unwrap();
    let view = senior.patient(chart);
    assert!(!concern_of(&view).open);
    assert!(concern_of(&view).closed.as_ref().unwrap().contains("R. Okoye"));
    assert!(refused(senior.save(carry_out)).to_string().contains("answered already"));
    send(&mut senior, &mut trainee);
    assert!(!concern_of(&trainee.patient(chart)).open);
}

#[test]
fn a_trainee_closes_no_episode_and_stays_a_trainee() {
    let (mut senior, mut trainee, chart) = pair(630);
    let episode = trainee.patient(chart).episode.unwrap();
    let closing = record(
        chart,
        vec![
            StatusChange {
                episode,
                status: Status::Closed {
                    reason: CloseReason::Declined,
                    note: None,
                    closure: None,
                },
                from: day("2026-11-20"),
                why: None,
            }
            .into(),
        ],
    );
    assert_eq!(
        refused(trainee.save(closing.clone())),
        Refusal::Trainee(NO_EPISODE.to_owned())
    );
    let asked = trainee
        .save(Intent::AskToClose {
            chart,
            closing: closing.into(),
        })
        .unwrap();
    assert!(!trainee.patient(chart).status_line.to_lowercase().contains("closed"));
    send(&mut trainee, &mut senior);
    senior
        .save(Intent::CarryOutAsked {
            chart,
            request: asked.entries[0],
        })
        .unwrap();
    assert!(senior.patient(chart).status_line.to_lowercase().contains("closed"));

    let me = person(trainee_id(), "B. Ito", Role::CareManager, None);
    let raised = refused(trainee.save(Intent::Office(vec![me.into()])));
    assert!(matches!(raised, Refusal::Trainee(_)), "{raised}");
    let friend = person(PersonId::from_random([9; 16]), "A friend", Role::Supervisor, None);
    let raised = refused(trainee.save(Intent::Office(vec![friend.into()])));
    assert!(matches!(raised, Refusal::Trainee(_)), "{raised}");
    // A telephone number is another matter.
    let supervisor = match trainee.ask(Request::Settings).unwrap() {
        Response::Settings(view) => {
            view.people
                .iter()
                .find(|p| p.person == trainee_id())
                .unwrap()
                .supervisor
        }
        other => panic!("{other:?}"),
    };
    let called = Person {
        phone: Some("555-0177".to_owned()),
        ..person(trainee_id(), "B. Ito", Role::Trainee, supervisor)
    };
    trainee.save(Intent::Office(vec![called.into()])).unwrap();
}
