//! The case review: agenda, one patient's screen, what a meeting writes, what comes of it next week.

use caseload::journal::ThingId;

use super::*;

pub(super) fn thing(n: u8) -> ThingId {
    ThingId::from_random([n; 16])
}

/// A week, in milliseconds.
const WEEK: u64 = 7 * 24 * 3_600_000;

impl Desk {
    pub(super) fn meeting(&mut self) -> MeetingView {
        match self.ask(Request::Meeting(MeetingQuery::default())) {
            Ok(Response::Meeting(view)) => *view,
            other => panic!("no meeting: {other:?}"),
        }
    }
    pub(super) fn brief(&mut self, chart: ChartId) -> BriefView {
        match self.ask(Request::Brief(chart)) {
            Ok(Response::Brief(view)) => *view,
            other => panic!("no brief: {other:?}"),
        }
    }
    /// A patient in care since a day of November.
    pub(super) fn enrolled(&mut self, family: &str, from: &str) -> ChartId {
        let chart = self.save(Intent::Register(newcomer("Ann", family))).unwrap().chart;
        let episode = self.patient(chart).episode.unwrap();
        let status = StatusChange {
            episode,
            status: Status::Active,
            from: day(from),
            why: None,
        };
        self.save(record(chart, vec![status.into()])).unwrap();
        chart
    }
    pub(super) fn at(&self) -> When {
        let zone: caseload::journal::Zone = "America/New_York".parse().unwrap();
        When::At(zone.from_millis(i64::try_from(self.now).unwrap()).unwrap())
    }
    pub(super) fn asks(&mut self, chart: ChartId, question: &str, kind: Option<RequestKind>) {
        let request = ReviewRequest {
            at: self.at(),
            question: question.to_owned(),
            kind,
        };
        self.save(record(chart, vec![request.into()])).unwrap();
    }
    pub(super) fn reviews(&mut self, chart: ChartId, minutes: u32, advice: Option<(u8, &str)>) {
        let (at, by) = (self.at(), self.me());
        let review = CaseReview {
            at,
            consultant: None,
            note: None,
        };
        let time = Time {
            start: at,
            seconds: Seconds(minutes * 60),
            activity: Activity::CaseloadReview,
            bucket: Bucket::Cocm,
            by,
            mode: None,
            clocked: Clocked::Timer,
            of: None,
            note: None,
            with: Vec::new(),
            beside: None,
            own: None,
        };
        let mut facts: Vec<Fact> = vec![review.into(), time.into()];
        if let Some((id, text)) = advice {
            facts.push(Recommendation::in_words(thing(id), day("2026-11-20"), text.to_owned(), None).into());
        }
        self.save(record(chart, facts)).unwrap();
    }
    fn me(&mut self) -> caseload::journal::PersonId {
        match self.ask(Request::Settings) {
            Ok(Response::Settings(view)) => view.people[0].person,
            other => panic!("{other:?}"),
        }
    }
}

fn names(rows: &[AgendaRow]) -> Vec<&str> {
    rows.iter().map(|row| row.name.as_str()).collect()
}

#[test]
fn questions_from_anywhere_are_one_row_and_a_review_answers_them() {
    let mut desk = Desk::new(310);
    desk.create(Kind::Real);
    let (first, second) = (
        desk.enrolled("Able", "2026-11-18"),
        desk.enrolled("Baker", "2026-11-18"),
    );
    desk.reviews(second, 5, None);
    for question in ["Is this bipolar?", "Sleep?", "Is this bipolar?"] {
        desk.asks(second, question, None);
    }
    let meeting = desk.meeting();
    assert_eq!(names(&meeting.rows), ["Able, Ann", "Baker, Ann"]);
    assert_eq!(meeting.rows[1].questions, ["Is this bipolar?", "Sleep?"]);
    assert_eq!(desk.brief(second).questions, ["Is this bipolar?", "Sleep?"]);
    desk.reviews(second, 6, None);
    let meeting = desk.meeting();
    assert_eq!(names(&meeting.rows), ["Able, Ann"]);
    assert_eq!(meeting.rows[0].chart, first);
    assert!(desk.brief(second).questions.is_empty());
    let held: Vec<(&str, u32)> = meeting
        .held
        .iter()
        .map(|row| (row.name.as_str(), row.minutes))
        .collect();
    assert_eq!(held, [("Baker, Ann", 11)]);
}

#[test]
fn who_is_left_out_leaves_todays_list_and_is_first_next_week() {
    let mut desk = Desk::new(311);
    desk.create(Kind::Real);
    desk.enrolled("Able", "2026-11-18");
    let late = desk.enrolled("Baker", "2026-11-19");
    assert_eq!(names(&desk.meeting().rows), ["Able, Ann", "Baker, Ann"]);
    desk.asks(late, "Time ran out", Some(RequestKind::Skipped));
    let meeting = desk.meeting();
    assert_eq!(names(&meeting.rows), ["Able, Ann"]);
    assert_eq!(meeting.skipped[0].why, "Time ran out");
    // It is no question: nobody has to answer it, and no clock runs by it.
    assert!(desk.brief(late).questions.is_empty());
    let says = desk.patient(late).timeline.into_iter().map(|row| row.line);
    assert!(
        says.into_iter()
            .any(|line| line == "Left out of the case review, first in the next")
    );
    desk.now += WEEK;
    let meeting = desk.meeting();
    assert_eq!(names(&meeting.rows), ["Baker, Ann", "Able, Ann"]);
    assert_eq!(
        meeting.rows[0].skipped,
        Some((day("2026-11-20"), "Time ran out".to_owned()))
    );
    desk.reviews(late, 4, None);
    assert!(desk.meeting().rows.iter().all(|row| row.skipped.is_none()));
}

#[test]
fn a_recommendation_waits_for_its_message_until_it_is_sent_or_answered() {
    let mut desk = Desk::new(312);
    desk.create(Kind::Real);
    let (one, two) = (
        desk.enrolled("Able", "2026-11-18"),
        desk.enrolled("Baker", "2026-11-18"),
    );
    desk.reviews(one, 8, Some((20, "Start sertraline 50 mg")));
    desk.reviews(two, 8, Some((21, "TSH")));
    let waits = |desk: &mut Desk| -> Vec<String> { desk.meeting().unsent.into_iter().map(|row| row.text).collect() };
    assert_eq!(waits(&mut desk), ["Start sertraline 50 mg", "TSH"]);
    assert_eq!(desk.meeting().held[0].advice, ["Start sertraline 50 mg"]);
    let message = Communication {
        at: desk.at(),
        to: Audience::Clinician,
        person: None,
        by: Channel::Portal,
        about: Some(thing(20)),
        text: "Please start".to_owned(),
        release: None,
        name: None,
        held: Vec::new(),
        member: None,
        closing: None,
        feedback: None,
        also: Vec::new(),
    };
    desk.save(record(one, vec![message.into()])).unwrap();
    let answer = Answer {
        recommendation: thing(21),
        day: day("2026-11-20"),
        answer: AnswerKind::Accepted,
        note: None,
        how: None,
        again: None,
    };
    desk.save(record(two, vec![answer.into()])).unwrap();
    assert!(waits(&mut desk).is_empty());
    let states: Vec<String> = desk.brief(two).advice.into_iter().map(|advice| advice.state).collect();
    assert_eq!(states, ["accepted, Fri 20 Nov"]);
}

#[test]
fn a_patient_who_is_added_stands_last_and_the_screen_names_nobody() {
    let mut desk = Desk::new(313);
    desk.create(Kind::Real);
    let (one, two) = (
        desk.enrolled("Able", "2026-11-18"),
        desk.enrolled("Baker", "2026-11-18"),
    );
    desk.reviews(one, 8, None);
    let query = MeetingQuery {
        care_manager: None,
        added: vec![one, two],
    };
    let Ok(Response::Meeting(meeting)) = desk.ask(Request::Meeting(query)) else {
        panic!("no meeting");
    };
    assert_eq!(names(&meeting.rows), ["Baker, Ann", "Able, Ann"]);
    let brief = desk.brief(two);
    let (who, gone) = brief.story;
    assert!(!who.contains("Baker") && !gone.contains("Baker"), "{who} {gone}");
    assert!(gone.contains("no contact with the patient yet"), "{gone}");
    assert_eq!(brief.safety_item, "No safety item was asked yet");
}

#[test]
fn all_recommendations_of_one_letter_wait_for_an_answer_and_one_save_answers_them() {
    let mut desk = Desk::new(314);
    desk.create(Kind::Real);
    let one = desk.enrolled("Able", "2026-11-18");
    desk.reviews(one, 8, Some((20, "Start sertraline 50 mg")));
    desk.reviews(one, 9, Some((21, "TSH")));
    desk.reviews(one, 10, Some((22, "See again in two weeks")));
    let letters = |desk: &mut Desk| -> Vec<(ThingId, bool)> {
        let view = desk.patient(one);
        let mut lines: Vec<(ThingId, bool)> = view
            .recommendations
            .iter()
            .map(|line| (line.recommendation, line.letter.is_some()))
            .collect();
        lines.sort();
        lines
    };
    let of = |n: [u8; 3], are: [bool; 3]| -> Vec<(ThingId, bool)> { n.map(thing).into_iter().zip(are).collect() };
    assert_eq!(letters(&mut desk), of([20, 21, 22], [false; 3]));
    let message = Communication {
        at: desk.at(),
        to: Audience::Clinician,
        person: None,
        by: Channel::Portal,
        about: Some(thing(20)),
        text: "Please start sertraline, and a TSH".to_owned(),
        release: None,
        name: None,
        held: Vec::new(),
        member: None,
        closing: None,
        feedback: None,
        also: vec![thing(21)],
    };
    desk.save(record(one, vec![message.into()])).unwrap();
    // What the letter doesn't ask about was not sent.
    assert_eq!(letters(&mut desk), of([20, 21, 22], [true, true, false]));
    let waits = |desk: &mut Desk| desk.meeting().unsent.len();
    assert_eq!(waits(&mut desk), 1);
    let answer = |n: u8| {
        Fact::from(Answer {
            recommendation: thing(n),
            day: day("2026-11-20"),
            answer: AnswerKind::Accepted,
            note: None,
            how: None,
            again: None,
        })
    };
    desk.save(record(one, vec![answer(20), answer(21)])).unwrap();
    let states: Vec<String> = desk.brief(one).advice.into_iter().map(|advice| advice.state).collect();
    let accepted = states
        .iter()
        .filter(|state| state.starts_with("accepted, Fri 20 Nov"))
        .count();
    assert_eq!(accepted, 2, "{states:?}");
    assert_eq!(letters(&mut desk), of([20, 21, 22], [false; 3]));
}
