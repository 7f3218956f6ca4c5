//! Patient mode: the device is handed over locked, answers are sealed one by one, and at the next unlock they are in the record.

use super::*;
use caseload::journal::{RunId, ThingId};
use caseload::store::{Area, Expect, Key, Store, Transaction, put_item, seal_item};
use caseload::vault::KeyFile;

mod behind;
pub(super) mod faults;
mod forms;

/// A registry with one patient and the confirmation that somebody looks at the answers the same day.
struct Tablet {
    desk: Desk,
    registry: RegistryId,
    chart: ChartId,
}

fn clinic(seed: u64) -> Tablet {
    let mut desk = Desk::new(seed);
    let opened = desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Ana", "Kiosk"))).unwrap().chart;
    confirm(&mut desk, opened.me);
    Tablet {
        desk,
        registry: opened.registry,
        chart,
    }
}

fn confirm(desk: &mut Desk, by: caseload::journal::PersonId) {
    let review = SameDayReview {
        by,
        on: day("2026-11-20"),
        who: "The care manager on duty".to_owned(),
    };
    let agreed = PatientMode {
        same_day_review: Some(review),
    };
    desk.save(Intent::Office(vec![Fact::PatientMode(agreed)])).unwrap();
}

impl Tablet {
    fn hand_over(&mut self, instruments: &[&str]) -> RunId {
        let run = self.ask_hand_over(instruments).unwrap();
        self.desk.ask(Request::Lock).unwrap();
        run
    }

    fn ask_hand_over(&mut self, instruments: &[&str]) -> Result<RunId, Failure> {
        let instruments = instruments.iter().map(|id| (*id).to_owned()).collect();
        let chart = self.chart;
        match self.desk.ask(Request::HandOver { chart, instruments })? {
            Response::HandedOver(run) => Ok(run),
            other => panic!("not handed over: {other:?}"),
        }
    }

    fn give(&mut self, run: RunId, given: Given) -> Result<(), Failure> {
        let instrument = match &given {
            Given::Question { item, .. } => item.split('_').next().unwrap_or_default().to_owned(),
            Given::End => "phq9".to_owned(),
        };
        let answer = PatientAnswer {
            registry: self.registry,
            run,
            instrument,
            version: "1".to_owned(),
            given,
        };
        self.desk.ask(Request::KeepAnswer(answer)).map(drop)
    }

    /// Answers a question by its item, such as `phq9_9`.
    fn answer(&mut self, run: RunId, item: &str, value: Option<u8>) {
        self.give(run, question(item, value)).unwrap();
    }

    fn place(&mut self, run: RunId) -> RunPlace {
        let registry = self.registry;
        match self.desk.ask(Request::RunPlace { registry, run }) {
            Ok(Response::RunPlace(place)) => place,
            other => panic!("no place: {other:?}"),
        }
    }

    /// Unlocks as the window does: the tab then finds its place.
    fn unlock(&mut self, standing: Standing) -> Opened {
        self.desk.unlock(self.registry, KEY).unwrap();
        match self.desk.ask(Request::Stand(standing)) {
            Ok(Response::Opened(opened)) => *opened,
            other => panic!("no place: {other:?}"),
        }
    }

    fn store(&self) -> MemoryStore {
        self.desk.twin.stores.borrow()[&self.registry].clone()
    }

    fn inbox(&self) -> Vec<(Key, Vec<u8>)> {
        block_on(self.store().all(Area::Inbox)).unwrap()
    }

    /// Items that wait, without the runs' own records.
    fn items(&self) -> usize {
        self.inbox().iter().filter(|(key, _)| key.in_run().is_some()).count()
    }

    fn assessments(&mut self) -> Vec<Assessment> {
        let rows = self.desk.patient(self.chart).timeline;
        let taken = rows.into_iter().filter_map(|row| match row.fact {
            Fact::Assessment(taken) => Some(taken),
            _ => None,
        });
        taken.collect()
    }
}

fn question(item: &str, value: Option<u8>) -> Given {
    let form = caseload::instruments::definition_of(item.split('_').next().unwrap()).unwrap();
    let position = form.questions().position(|question| question.id.as_str() == item);
    Given::Question {
        position: u32::try_from(position.unwrap()).unwrap(),
        item: item.to_owned(),
        value,
    }
}

fn items_of(taken: &Assessment) -> BTreeMap<String, u8> {
    match &taken.answers {
        Answered::Items(items) => items.clone(),
        Answered::Total { .. } => panic!("a total"),
    }
}

#[test]
fn answers_given_while_locked_are_in_the_record_at_unlock_and_a_positive_one_has_its_concern() {
    let mut clinic = clinic(1);
    let run = clinic.hand_over(&["phq9"]);
    assert_eq!(clinic.desk.ask(Request::Settings).unwrap_err(), Failure::Locked);
    for n in 1..=9 {
        clinic.answer(run, &format!("phq9_{n}"), Some(1));
    }
    clinic.give(run, Given::End).unwrap();
    let opened = clinic.unlock(Standing::Writing);
    let [entered] = opened.entered.as_slice() else {
        panic!("{:?}", opened.entered)
    };
    assert_eq!((entered.chart, entered.name.as_str()), (clinic.chart, "Kiosk, Ana"));
    assert_eq!(entered.lines, ["PHQ-9 9, mild"]);
    let (concern, why) = entered.concern.clone().unwrap();
    assert_eq!(why, ["Item 9 of PHQ-9: 1, several days"]);
    assert_eq!(clinic.items(), 0);

    let today = clinic.desk.today();
    assert_eq!(today.items[0].concern, Some(concern));
    let view = clinic.desk.patient(clinic.chart);
    assert!(concern_of(&view).open);
    let row = view
        .timeline
        .iter()
        .find(|row| matches!(row.fact, Fact::Assessment(_)))
        .unwrap();
    assert_eq!(row.line, "PHQ-9 9, mild. Entered while locked, on the clinic's device");
    assert_eq!(row.by, "R. Okoye");
    let [taken] = clinic.assessments().try_into().unwrap();
    assert_eq!((taken.taken, items_of(&taken).len()), (Taken::Device, 9));
}

#[test]
fn an_abandoned_form_joins_the_record_without_a_score_and_its_positive_answer_counts() {
    let mut clinic = clinic(2);
    let run = clinic.hand_over(&["phq9", "gad7"]);
    clinic.answer(run, "phq9_1", Some(2));
    clinic.answer(run, "phq9_9", Some(2));
    let opened = clinic.unlock(Standing::Writing);
    assert_eq!(opened.entered[0].lines, ["PHQ-9: 7 not answered, no score"]);
    let view = clinic.desk.patient(clinic.chart);
    assert_eq!((concern_of(&view).open, concern_of(&view).level), (true, Level::High));
    assert_eq!(items_of(&clinic.assessments()[0]).len(), 2);
}

#[test]
fn a_question_that_was_passed_over_has_no_answer_and_is_to_be_asked_when_it_is_about_safety() {
    let mut clinic = clinic(3);
    let run = clinic.hand_over(&["phq9"]);
    for n in 1..=8 {
        clinic.answer(run, &format!("phq9_{n}"), Some(0));
    }
    clinic.answer(run, "phq9_9", None);
    clinic.give(run, Given::End).unwrap();
    let opened = clinic.unlock(Standing::Writing);
    let [entered] = opened.entered.as_slice() else {
        panic!("{:?}", opened.entered)
    };
    assert_eq!(entered.concern, None);
    assert!(
        entered.lines[1].starts_with("Item 9 of PHQ-9 was not answered."),
        "{entered:?}"
    );
    assert!(!items_of(&clinic.assessments()[0]).contains_key("phq9_9"));
}

#[test]
fn a_form_in_which_every_question_was_passed_over_is_one_that_was_not_taken() {
    let mut clinic = clinic(4);
    let run = clinic.hand_over(&["phq9"]);
    for n in 1..=9 {
        clinic.answer(run, &format!("phq9_{n}"), None);
    }
    clinic.give(run, Given::End).unwrap();
    let opened = clinic.unlock(Standing::Writing);
    assert_eq!(opened.entered[0].lines, ["PHQ-9: every question was passed over"]);
    assert_eq!(clinic.assessments().len(), 0);
    let rows = clinic.desk.patient(clinic.chart).timeline;
    assert!(rows.iter().any(|row| matches!(row.fact, Fact::Declined(_))));
}

#[test]
fn a_positive_answer_that_was_changed_to_none_opens_its_concern_all_the_same() {
    for (last, words) in [(Some(0), "then changed to 0"), (None, "then taken back")] {
        let mut clinic = clinic(5);
        let run = clinic.hand_over(&["phq9"]);
        clinic.answer(run, "phq9_1", Some(1));
        clinic.answer(run, "phq9_9", Some(3));
        clinic.answer(run, "phq9_9", last);
        let opened = clinic.unlock(Standing::Writing);
        assert!(opened.entered[0].concern.is_some(), "{last:?}");
        let [taken] = clinic.assessments().try_into().unwrap();
        assert_eq!(items_of(&taken).get("phq9_9").copied(), last);
        let view = clinic.desk.patient(clinic.chart);
        assert_eq!((concern_of(&view).open, concern_of(&view).level), (true, Level::High));
        assert!(!concern_of(&view).typed_in_error, "it was the patient's");
        let step = view.timeline.iter().find(|row| row.line.contains("at first")).unwrap();
        assert!(step.line.contains(words), "{}", step.line);
    }
}

#[test]
fn nothing_in_the_inbox_says_whose_form_it_is_or_what_was_answered() {
    let mut clinic = clinic(6);
    let run = clinic.hand_over(&["phq9"]);
    clinic.answer(run, "phq9_9", Some(3));
    clinic.answer(run, "phq9_8", None);
    let lengths: Vec<usize> = clinic.inbox().iter().skip(1).map(|(_, bytes)| bytes.len()).collect();
    assert_eq!(lengths[0], lengths[1], "an answer and none are as long");
    for (key, bytes) in clinic.inbox() {
        let text = format!("{key} {}", String::from_utf8_lossy(&bytes));
        for secret in ["Ana", "Kiosk", "phq9_9", "2026-11-20", &clinic.chart.to_string()] {
            assert!(!text.contains(secret), "{secret} in {key}");
        }
        if key.in_run().is_some() {
            let line = text.split_once(' ').unwrap().1.split('\n').next().unwrap();
            assert!(
                line.starts_with(r#"{"instrument":"phq9","version":"1","position":"#),
                "{line}"
            );
        }
    }
}

#[test]
fn a_page_that_is_loaded_again_learns_its_place_without_an_unlock() {
    let mut clinic = clinic(7);
    let run = clinic.hand_over(&["phq9"]);
    assert_eq!(
        clinic.place(run),
        RunPlace {
            is_here: true,
            last: None
        }
    );
    clinic.answer(run, "phq9_1", Some(1));
    clinic.answer(run, "phq9_2", None);
    let last = |position| Some(("phq9".to_owned(), position));
    assert_eq!(clinic.place(run).last, last(1));
    clinic.give(run, Given::End).unwrap();
    // Nine questions and how difficult they made things: the end is one past them.
    assert_eq!(clinic.place(run).last, last(10));
    let other = RunId::from_random([9; 16]);
    assert!(!clinic.place(other).is_here);
    assert_eq!(clinic.give(other, question("phq9_1", Some(1))), Err(Failure::Nothing));
}

#[test]
fn a_tab_that_only_reads_takes_nothing_in() {
    let mut clinic = clinic(8);
    let run = clinic.hand_over(&["phq9"]);
    clinic.answer(run, "phq9_9", Some(1));
    assert_eq!(clinic.unlock(Standing::Following).entered, []);
    assert_eq!(clinic.items(), 1);
    let opened = clinic.unlock(Standing::Writing);
    assert_eq!(opened.entered.len(), 1);
    assert_eq!(clinic.unlock(Standing::Writing).entered, [], "once");
}

#[test]
fn draining_the_same_items_twice_writes_the_same_entries_once() {
    let mut clinic = clinic(9);
    let run = clinic.hand_over(&["phq9", "gad7"]);
    clinic.answer(run, "phq9_9", Some(1));
    clinic.answer(run, "gad7_1", Some(2));
    let before = clinic.store().copy();
    let items = clinic.inbox();
    clinic.unlock(Standing::Writing);
    let first = clinic.desk.patient(clinic.chart).timeline;
    // The same items again, as from a browser profile that was put back.
    for (key, bytes) in &items {
        let put = Transaction::new(Expect::Anything).put(Area::Inbox, key.clone(), bytes.clone());
        block_on(clinic.store().commit(&put)).unwrap();
    }
    assert_eq!(clinic.unlock(Standing::Writing).entered, []);
    assert_eq!(clinic.items(), 0);
    assert_eq!(clinic.desk.patient(clinic.chart).timeline, first);

    // A copy of the profile, drained on its own and later: byte for byte the same entries.
    let mut copy = clinic.desk.beside_with(before, clinic.registry);
    copy.now += 3_600_000;
    copy.unlock(clinic.registry, KEY).unwrap();
    copy.ask(Request::Stand(Standing::Writing)).unwrap();
    assert_eq!(copy.patient(clinic.chart).timeline, first);
}

impl Desk {
    /// Another browser with a copy of this one's records.
    fn beside_with(&self, store: MemoryStore, registry: RegistryId) -> Desk {
        let mut copy = Desk::new(99);
        copy.twin.stores.borrow_mut().insert(registry, store);
        copy.core = Core::new(copy.twin.clone());
        copy.now = self.now;
        copy
    }
}

/// An item that somebody made up: sealed rightly, whatever its content.
fn make_up(clinic: &Tablet, run: RunId, number: &str, line: &str, plain: &str) {
    let store = clinic.store();
    let file = block_on(store.get(Area::Meta, &Key::key_file())).unwrap().unwrap();
    let file = KeyFile::from_json(&file).unwrap();
    let key = Key::of_run(&run.to_string(), number);
    let mut entropy = clinic.desk.twin.entropy();
    let bytes = seal_item(&file, &key, line, plain.as_bytes(), &mut *entropy).unwrap();
    block_on(put_item(&store, key, bytes)).unwrap();
}

#[test]
fn what_doesnt_open_or_fit_is_kept_and_named_and_stands_in_nobodys_way() {
    let at = r#""at":"2026-11-20T09:00:00-05:00""#;
    let line = r#"{"instrument":"phq9","version":"1","position":8}"#;
    let cases: [(&str, &str, String); 8] = [
        ("no such item", line, format!(r#"{{"item":"phq9_99","value":1,{at}}}"#)),
        ("no such answer", line, format!(r#"{{"item":"phq9_9","value":4,{at}}}"#)),
        ("another place", line, format!(r#"{{"item":"phq9_1","value":1,{at}}}"#)),
        ("no time", line, r#"{"item":"phq9_9","value":1}"#.to_owned()),
        (
            "a version that is not known",
            r#"{"instrument":"phq9","version":"99","position":8}"#,
            format!(r#"{{"item":"phq9_9","value":1,{at}}}"#),
        ),
        ("no answer at all", line, "hello".to_owned()),
        (
            "an instrument that was not handed over",
            r#"{"instrument":"gad7","version":"1","position":0}"#,
            format!(r#"{{"item":"gad7_1","value":1,{at}}}"#),
        ),
        ("no line", "hello", format!(r#"{{"item":"phq9_9","value":1,{at}}}"#)),
    ];
    for (what, line, plain) in cases {
        let mut clinic = clinic(10);
        let run = clinic.hand_over(&["phq9"]);
        clinic.answer(run, "phq9_1", Some(1));
        make_up(&clinic, run, "0002-00000000", line, &plain);
        let opened = clinic.unlock(Standing::Writing);
        assert_eq!(opened.entered[0].lines[0], "PHQ-9: 8 not answered, no score", "{what}");
        assert!(
            opened.damage.iter().any(|d| d.contains("entered while locked")),
            "{what}: {:?}",
            opened.damage
        );
        assert_eq!(clinic.items(), 1, "{what} is kept");
        let findings = match clinic.desk.ask(Request::Findings) {
            Ok(Response::Findings(findings)) => findings,
            other => panic!("{other:?}"),
        };
        assert_eq!(findings.rows[0].what, "Something written while locked", "{what}");
    }
}

#[test]
fn an_item_that_was_altered_or_belongs_to_no_run_is_kept_and_named() {
    let mut clinic = clinic(11);
    let run = clinic.hand_over(&["phq9"]);
    clinic.answer(run, "phq9_9", Some(1));
    let (key, mut bytes) = clinic.inbox().pop().unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    let put = Transaction::new(Expect::Anything).put(Area::Inbox, key, bytes);
    block_on(clinic.store().commit(&put)).unwrap();
    let stranger = RunId::from_random([3; 16]);
    let line = r#"{"instrument":"phq9","version":"1","position":8}"#;
    let plain = r#"{"item":"phq9_9","value":1,"at":"2026-11-20T09:00:00-05:00"}"#;
    make_up(&clinic, stranger, "0001-00000000", line, plain);
    let opened = clinic.unlock(Standing::Writing);
    assert_eq!((opened.entered.len(), clinic.items()), (0, 2));
    assert!(opened.damage.iter().any(|d| d.contains("entered while locked")));
    assert_eq!(
        clinic
            .desk
            .today()
            .items
            .iter()
            .filter(|item| item.concern.is_some())
            .count(),
        0
    );
}

#[test]
fn nobody_who_cant_unlock_begins_a_run_for_a_patient() {
    let mut clinic = clinic(12);
    let run = clinic.hand_over(&["phq9"]);
    clinic.answer(run, "phq9_9", Some(1));
    // The run's own record in the place of another run's.
    let (_, bytes) = clinic
        .inbox()
        .into_iter()
        .find(|(key, _)| key.in_run().is_none())
        .unwrap();
    let other = RunId::from_random([5; 16]);
    let put = Transaction::new(Expect::Anything).put(Area::Inbox, Key::new(other.to_string()), bytes);
    block_on(clinic.store().commit(&put)).unwrap();
    clinic.answer(other, "phq9_9", Some(3));
    let opened = clinic.unlock(Standing::Writing);
    assert_eq!(opened.entered.len(), 1);
    assert_eq!(
        opened.entered[0].concern.clone().unwrap().1,
        ["Item 9 of PHQ-9: 1, several days"]
    );
    assert_eq!(clinic.items(), 1, "what was answered under it is kept");
}

#[test]
fn a_question_about_suicide_is_handed_over_only_where_somebody_looks_at_the_answers() {
    let mut desk = Desk::new(13);
    let opened = desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Ana", "Kiosk"))).unwrap().chart;
    let mut clinic = Tablet {
        desk,
        registry: opened.registry,
        chart,
    };
    for instrument in ["phq9", "phq9m"] {
        let refused = clinic.ask_hand_over(&[instrument]).unwrap_err();
        assert!(refused.to_string().contains("asks about suicide"), "{refused}");
    }
    assert!(clinic.ask_hand_over(&["phq8", "gad7"]).is_ok());
    confirm(&mut clinic.desk, opened.me);
    assert!(clinic.ask_hand_over(&["phq9"]).is_ok());
    for instrument in ["asq", "cssrs_screen", "isi", "nothing"] {
        assert!(clinic.ask_hand_over(&[instrument]).is_err(), "{instrument}");
    }
    assert!(clinic.ask_hand_over(&[]).is_err());
}

#[test]
fn a_positive_answer_joins_the_concern_that_is_open() {
    let mut clinic = clinic(14);
    let form = call(
        clinic.chart,
        at("2026-11-20T08:30:00-05:00"),
        vec![phq9(at("2026-11-20T08:30:00-05:00"), [0, 0, 0, 0, 0, 0, 0, 0, 1])],
    );
    let open: Vec<ThingId> = clinic.desk.save(Intent::Contact(form)).unwrap().concerns;
    let run = clinic.hand_over(&["phq9"]);
    clinic.answer(run, "phq9_9", Some(3));
    let opened = clinic.unlock(Standing::Writing);
    assert_eq!(
        opened.entered[0].concern.as_ref().map(|(concern, _)| *concern),
        open.first().copied()
    );
    let view = clinic.desk.patient(clinic.chart);
    assert_eq!(view.concerns.len(), 1);
    assert!(
        view.timeline.iter().any(|row| row.line.contains("higher than before")),
        "the steps start again"
    );
    assert_eq!(view.forks, []);
}
