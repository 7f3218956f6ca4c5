//! Changing the passphrase and the recovery sheet of an open registry.

use super::*;

const NEW_KEY: &str = "5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c";

fn slot(desk: &mut Desk, registry: RegistryId) -> String {
    match desk.ask(Request::Slots(registry)) {
        Ok(Response::Slots(slots)) => slots[0].slot.clone(),
        other => panic!("{other:?}"),
    }
}

fn with_sheet(desk: &mut Desk, registry: RegistryId, sheet: &str) -> Result<Response, Failure> {
    desk.ask(Request::UnlockWithSheet {
        registry,
        sheet: Secret(sheet.to_owned()),
    })
}

#[test]
fn a_changed_passphrase_opens_and_the_old_one_no_longer_does() {
    let mut desk = Desk::new(60);
    let registry = desk.create(Kind::Real).registry;
    desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap();
    let slot = slot(&mut desk, registry);
    let change = |old: &str| Request::ChangePassphrase {
        slot: slot.clone(),
        old: Secret(old.to_owned()),
        new: new_key(NEW_KEY),
    };
    assert!(matches!(desk.ask(change(NEW_KEY)), Err(Failure::WrongKey { .. })));
    desk.ask(change(KEY)).unwrap();
    // What is open stays open.
    desk.save(Intent::Register(newcomer("Ana", "Reyes"))).unwrap();
    desk.ask(Request::Lock).unwrap();
    assert!(matches!(desk.unlock(registry, KEY), Err(Failure::WrongKey { .. })));
    assert_eq!(desk.unlock(registry, NEW_KEY).unwrap().patients, 2);
}

#[test]
fn the_recovery_sheet_sets_a_new_passphrase_and_stays_valid() {
    let mut desk = Desk::new(61);
    let opened = desk.create(Kind::Real);
    let (registry, sheet) = (opened.registry, opened.sheet.unwrap());
    let slot = slot(&mut desk, registry);
    desk.ask(Request::Lock).unwrap();
    let reset = Request::ResetPassphrase {
        slot,
        sheet: Secret(sheet.clone()),
        new: new_key(NEW_KEY),
    };
    assert!(matches!(desk.ask(reset.clone()), Err(Failure::Locked)));
    with_sheet(&mut desk, registry, &sheet).unwrap();
    desk.ask(reset).unwrap();
    desk.ask(Request::Lock).unwrap();
    let again = desk.unlock(registry, NEW_KEY).unwrap();
    assert_eq!(again.me, opened.me, "the person stays who they were");
    desk.ask(Request::Lock).unwrap();
    assert!(with_sheet(&mut desk, registry, &sheet).is_ok());
}

#[test]
fn a_new_recovery_sheet_ends_the_old_one() {
    let mut desk = Desk::new(62);
    let opened = desk.create(Kind::Real);
    let (registry, old) = (opened.registry, opened.sheet.unwrap());
    let slot = slot(&mut desk, registry);
    let renewed = desk.ask(Request::RenewSheet {
        slot,
        key: Secret(KEY.to_owned()),
    });
    let new = match renewed {
        Ok(Response::Opened(opened)) => opened.sheet.unwrap(),
        other => panic!("{other:?}"),
    };
    assert_ne!(new, old);
    desk.ask(Request::Lock).unwrap();
    assert!(matches!(
        with_sheet(&mut desk, registry, &old),
        Err(Failure::WrongKey { .. })
    ));
    assert!(with_sheet(&mut desk, registry, &new).is_ok());
}
