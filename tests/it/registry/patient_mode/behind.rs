//! A part of the core's code doesn't come when the tab finds its place: what patients answered is taken in as soon as it can be.

use super::*;

impl Tablet {
    /// The same where the rest of the core's code can't be loaded: the place is told, and more is not done.
    fn unlock_without_the_rest(&mut self, standing: Standing) {
        self.desk.unlock(self.registry, KEY).unwrap();
        let soon = Envelope {
            id: 1,
            now: self.desk.now,
            zone: "America/New_York".to_owned(),
            canaries: self.desk.canaries.clone(),
            request: SoonRequest::Stand(standing),
        };
        assert!(block_on(self.desk.core.answer_soon(&soon)).is_none());
    }
}

#[test]
fn what_was_not_taken_in_for_want_of_code_is_taken_in_by_the_next_request_that_can_and_is_told() {
    let requests = [
        Request::Settings,
        Request::Month("2026-11".parse().unwrap()),
        Request::Directory,
    ];
    for request in requests {
        let mut clinic = clinic(10);
        let run = clinic.hand_over(&["phq9"]);
        clinic.answer(run, "phq9_9", Some(2));
        clinic.unlock_without_the_rest(Standing::Writing);
        assert_eq!(clinic.items(), 1);
        clinic.desk.ask(request.clone()).unwrap();
        assert_eq!(clinic.items(), 0, "{request:?}");
        assert!(clinic.desk.today().items[0].concern.is_some(), "{request:?}");
        let told = |tablet: &mut Tablet| match tablet.desk.ask(Request::Stand(Standing::Writing)) {
            Ok(Response::Opened(opened)) => opened.entered,
            other => panic!("no place: {other:?}"),
        };
        assert!(told(&mut clinic)[0].concern.is_some(), "{request:?}");
        assert_eq!(told(&mut clinic), [], "once");
    }
}

#[test]
fn a_tab_that_was_told_to_read_only_writes_nothing_also_where_the_rest_of_the_code_did_not_come() {
    let mut clinic = clinic(11);
    let run = clinic.hand_over(&["phq9"]);
    clinic.answer(run, "phq9_9", Some(2));
    clinic.unlock_without_the_rest(Standing::Following);
    let refused = clinic.desk.save(Intent::Register(newcomer("Bo", "Kiosk")));
    assert_eq!(refused.unwrap_err(), Failure::ReadOnly);
    assert_eq!(clinic.items(), 1);
    assert_eq!(clinic.unlock(Standing::Writing).entered.len(), 1);
}
