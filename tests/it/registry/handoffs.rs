//! A caseload that goes to a second browser and comes back.

use super::*;

pub(super) fn export(desk: &mut Desk) -> Vec<u8> {
    assert!(matches!(
        desk.ask(Request::Export(Scope::All)),
        Ok(Response::File { .. })
    ));
    desk.file.take().unwrap()
}

pub(super) fn join(desk: &mut Desk, file: Vec<u8>) -> Opened {
    match desk.ask_with(Request::Join(new_registry(Kind::Real)), vec![file]) {
        Ok(Response::Opened(opened)) => *opened,
        other => panic!("not joined: {other:?}"),
    }
}

pub(super) fn receive(desk: &mut Desk, file: Vec<u8>) -> PreviewView {
    let view = match desk.ask_with(Request::OpenHandoff, vec![file]).unwrap() {
        Response::Preview(view) => *view,
        other => panic!("{other:?}"),
    };
    desk.ask(Request::PublishHandoff).unwrap();
    view
}

#[test]
fn two_copies_that_both_worked_merge_without_loss_and_forks_wait_for_a_person() {
    let mut one = Desk::new(20);
    let opened = one.create(Kind::Real);
    let chart = one.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let file = export(&mut one);
    let mut two = Desk::new(21);
    let joined = join(&mut two, file);
    assert_eq!(joined.registry, opened.registry);
    assert_ne!(joined.me, opened.me);
    assert_eq!(joined.patients, 1);

    let episode = one.patient(chart).episode.unwrap();
    let status = |status| {
        Fact::StatusChange(StatusChange {
            episode,
            status,
            from: day("2026-11-20"),
            why: None,
        })
    };
    one.save(record(chart, vec![status(Status::Active)])).unwrap();
    two.save(record(
        chart,
        vec![status(Status::Closed {
            reason: CloseReason::Declined,
            note: None,
            closure: None,
        })],
    ))
    .unwrap();
    let when = at("2026-11-20T08:30:00-05:00");
    two.save(Intent::Contact(call(
        chart,
        when,
        vec![phq9(when, [3, 3, 3, 3, 3, 3, 3, 3, 3])],
    )))
    .unwrap();

    let back = export(&mut two);
    let preview = receive(&mut one, back.clone());
    assert!(preview.same_registry);
    // Beside the patient, the other copy's own person is new.
    let change = preview.changes.iter().find(|c| c.chart == Some(chart)).unwrap();
    assert!(!change.is_new);
    assert_eq!(change.forks, ["the status"]);
    let today = Some(day("2026-11-20"));
    let wanted = [("1 score", today), ("1 contact", today), ("22 minutes", today)];
    for (words, newest) in wanted {
        assert!(
            change.news.contains(&(words.to_owned(), newest)),
            "{words} in {:?}",
            change.news
        );
    }
    assert!(change.news[0].0.contains("safety"), "{:?}", change.news);
    assert_eq!(
        preview.changes[0].chart,
        Some(chart),
        "what is about safety comes first"
    );
    let view = one.patient(chart);
    assert_eq!(view.forks.len(), 1);
    let fork = &view.forks[0];
    assert_eq!(fork.until_settled, UntilSettled::Safer);
    let mut says: Vec<&str> = fork.versions.iter().map(|v| v.says.as_str()).collect();
    says.sort_unstable();
    assert_eq!(says, ["Status: active", "Status: closed, declined"]);
    assert!(
        view.status_line.starts_with("active"),
        "a forked status keeps the patient on the list: {}",
        view.status_line
    );
    assert_eq!(view.measures[0].cells.last, Some(27));
    assert_eq!(one.today().items[0].kind, ItemKind::Safety);

    match one.ask_with(Request::OpenHandoff, vec![back]).unwrap() {
        Response::Preview(again) => assert_eq!((again.new_entries, again.refused.is_some()), (0, true)),
        other => panic!("{other:?}"),
    }
    // The version that closes the episode can't be chosen while the concern is open and handed to nobody.
    let version = |says: &str| view.forks[0].versions.iter().find(|v| v.says == says).unwrap().entry;
    let keep = version("Status: closed, declined");
    let refused = one.save(Intent::Settle { chart, keep }).unwrap_err();
    assert!(refused.to_string().contains("can't be closed yet"), "{refused}");
    let keep = version("Status: active");
    one.save(Intent::Settle { chart, keep }).unwrap();
    assert!(one.patient(chart).forks.is_empty());
}

#[test]
fn invented_patients_never_enter_a_real_registry_nor_the_other_way_round() {
    let mut training = Desk::new(22);
    training.create(Kind::Training);
    let invented = export(&mut training);
    let mut real = Desk::new(23);
    real.create(Kind::Real);
    real.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap();
    let genuine = export(&mut real);
    for (desk, file) in [(&mut real, invented), (&mut training, genuine)] {
        match desk.ask_with(Request::OpenHandoff, vec![file]).unwrap() {
            Response::Preview(view) => assert!(view.refused.is_some()),
            other => panic!("{other:?}"),
        }
        assert!(matches!(desk.ask(Request::PublishHandoff), Err(Failure::File(_))));
    }
}

#[test]
fn a_file_that_is_no_handoff_is_refused_in_one_sentence_and_changes_nothing() {
    let mut desk = Desk::new(24);
    desk.create(Kind::Real);
    desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap();
    let good = export(&mut desk);
    let newer = String::from_utf8(good.clone())
        .unwrap()
        .replacen("\"version\":1", "\"version\":99", 1)
        .into_bytes();
    let cut = good[..good.len() / 2].to_vec();
    let mut flipped = good.clone();
    let place = flipped.windows(3).position(|w| w == b"Ito").unwrap();
    flipped[place] = b'J';
    for bytes in [
        b"not json".to_vec(),
        b"{\"a\":1}".to_vec(),
        newer,
        cut,
        flipped,
        Vec::new(),
    ] {
        match desk.ask_with(Request::OpenHandoff, vec![bytes]) {
            Err(Failure::File(sentence)) => assert!(sentence.contains("Nothing was changed"), "{sentence}"),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(desk.today().items.len(), 1);
}

#[test]
fn a_file_of_the_whole_registry_ends_the_reminder_until_the_next_save_and_a_partial_file_does_not() {
    let mut desk = Desk::new(22);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let since = desk.storage().unsaved_since;
    assert!(since.is_some());
    desk.save(Intent::Register(newcomer("Ana", "Reyes"))).unwrap();
    assert_eq!(desk.storage().unsaved_since, since, "it counts from the first change");

    assert!(
        desk.ask(Request::Export(Scope::Charts(vec![chart], Vec::new())))
            .is_ok()
    );
    desk.ask(Request::BackedUp).unwrap();
    assert_eq!(desk.storage().last_backup, None);

    export(&mut desk);
    assert_eq!(desk.storage().last_backup, None, "the browser has not saved it yet");
    desk.ask(Request::BackedUp).unwrap();
    assert_eq!(desk.storage().last_backup, Some(day("2026-11-20")));
    assert_eq!((desk.storage().unsaved, desk.storage().unsaved_since), (0, None));
    assert!(
        desk.canaries
            .iter()
            .any(|(_, text)| text.contains("\"unsaved_since\":null"))
    );

    desk.save(Intent::Register(newcomer("Mo", "Haddad"))).unwrap();
    let later = desk.storage();
    assert_eq!(later.unsaved, 1);
    assert!(later.unsaved_since > since);
}
