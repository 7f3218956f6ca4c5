//! Notes for the EHR, letters and the patient's page, from an invented chart. The texts are in tests/data/notes; with
//! UPDATE_NOTES=1 they are written anew.

use std::collections::{BTreeMap, BTreeSet};

use caseload::billing::{Profile, Team, service_month};
use caseload::care::{AsOf, Office, Protocol, WorkingDays};
use caseload::exchange::note::{
    self, Letter, Paper, Recipient, Source, check_template, may_tell, releases, vocabulary,
};
use caseload::flowsheet::{EhrItem, EhrState, Flowsheet, ehr_items, project};
use caseload::journal::facts::*;
use caseload::journal::{
    Chart, ChartId, Clock, Day, Draft, Entry, EntryId, EpisodeId, Fact, Folded, PersonId, Seconds, ThingId, When, Zone,
};

fn zone() -> Zone {
    "America/New_York".parse().unwrap()
}
fn day(text: &str) -> Day {
    text.parse().unwrap()
}
fn when(text: &str) -> When {
    match text.split_once(' ') {
        None => When::Day(day(text)),
        Some((date, time)) => {
            let (hour, minute) = time.split_once(':').unwrap();
            When::At(zone().at(day(date), hour.parse().unwrap(), minute.parse().unwrap()))
        }
    }
}
fn thing(n: u8) -> ThingId {
    ThingId::from_random([n; 16])
}
const MANAGER: u8 = 1;
const PCP: u8 = 2;
const CONSULTANT: u8 = 3;
fn person(n: u8) -> PersonId {
    PersonId::from_random([n; 16])
}
fn episode() -> EpisodeId {
    EpisodeId::from_random([9; 16])
}

/// A chart that is written save by save.
struct Story {
    chart: Chart,
    clock: Clock,
    saved: u64,
    next: u8,
}

impl Story {
    fn new() -> Self {
        Self {
            chart: Chart::default(),
            clock: Clock::new(1),
            saved: 0,
            next: 0,
        }
    }
    /// What one save wrote at a time, an entry a fact.
    fn save<const N: usize>(&mut self, at: &str, facts: [Fact; N]) -> [EntryId; N] {
        let millis = u64::try_from(when(at).instant(zone()).timestamp_millis()).unwrap();
        self.saved = millis;
        facts.map(|fact| self.write(fact))
    }
    fn write(&mut self, fact: Fact) -> EntryId {
        self.next += 1;
        let mut tail = [0; 10];
        tail[9] = self.next;
        let id = EntryId::from_time(self.saved, tail);
        let folded = self.chart.fold();
        let replaces = fact
            .slot()
            .map(|slot| folded.replaced_by_next(&slot))
            .unwrap_or_default();
        let draft = Draft {
            chart: id_of_chart(),
            replaces,
            fact,
        };
        let stamp = self.clock.tick(self.saved);
        self.chart
            .insert(Entry::write(draft, id, stamp, person(MANAGER)).unwrap());
        id
    }
    fn folded(&self) -> (Folded, Flowsheet) {
        let folded = self.chart.fold();
        let sheet = project(id_of_chart(), &self.chart, &folded, zone());
        (folded, sheet)
    }
    fn items(&self) -> Vec<EhrItem> {
        ehr_items(&self.folded().0, zone())
    }
    fn item(&self, kind: NoteKind) -> EhrItem {
        let mut items = self.items();
        items.retain(|item| item.kind == kind);
        assert_eq!(items.len(), 1, "{kind:?}: {items:?}");
        items.remove(0)
    }
    fn copy(&mut self, at: &str, item: &EhrItem, text: &str) {
        let copy = EhrCopy {
            of: item.told.clone(),
            kind: item.kind,
            text: text.to_owned(),
            at: when(at),
        };
        self.save(at, [copy.into()]);
    }
    fn read<T>(&self, read: impl FnOnce(&Source<'_>) -> T) -> T {
        let (folded, sheet) = self.folded();
        let (people, clinic) = (people(), clinic());
        let protocol = Protocol::default_v1();
        let office = Office {
            zone: zone(),
            working_days: WorkingDays::MONDAY_TO_FRIDAY,
        };
        let none = BTreeSet::new();
        let source = Source {
            folded: &folded,
            sheet: &sheet,
            at: AsOf::now(&protocol, &office, zone().at(day("2026-11-20"), 16, 0)),
            people: &people,
            clinic: &clinic,
            me: person(MANAGER),
            held: &none,
        };
        read(&source)
    }
    fn note(&self, kind: NoteKind) -> String {
        let item = self.item(kind);
        self.read(|source| note::note(source, &item, Paper::Note(kind).ours()))
    }
    fn letter(&self, letter: Letter, name: &str) -> String {
        let to = Recipient { letter, name };
        self.read(|source| note::letter(source, to, &BTreeSet::new(), Paper::Letter(letter).ours()))
    }
}

fn id_of_chart() -> ChartId {
    ChartId::from_random([7; 16])
}
fn clinic() -> Clinic {
    Clinic {
        name: "River Street Clinic".to_owned(),
        zone: zone(),
        crisis_line: Some("555-0100".to_owned()),
        working_days: vec![Weekday::Mon],
        payer_profile: "midpoint-g2214-16".to_owned(),
    }
}
fn people() -> BTreeMap<PersonId, Person> {
    let one = |n, name: &str, role, credential: &str, phone: Option<&str>| Person {
        person: person(n),
        name: name.to_owned(),
        role,
        credential: Some(credential.to_owned()),
        npi: None,
        supervisor: None,
        phone: phone.map(str::to_owned),
        left: false,
        same_as: None,
    };
    let all = [
        one(MANAGER, "Lena Brandt", Role::CareManager, "LCSW", Some("555-0142")),
        one(PCP, "Chidi Okafor", Role::Clinician, "MD", None),
        one(CONSULTANT, "Mara Lind", Role::Consultant, "MD", None),
    ];
    all.into_iter().map(|p| (p.person, p)).collect()
}

fn phq9(at: &str, answers: [u8; 9]) -> Fact {
    let items = (1..).zip(answers).map(|(n, answer)| (format!("phq9_{n}"), answer));
    Assessment {
        instrument: "phq9".to_owned(),
        version: "1".to_owned(),
        at: when(at),
        taken: Taken::Remotely,
        answers: Answered::Items(items.collect()),
        scale: None,
    }
    .into()
}
fn contact(at: &str, kind: ContactKind, note: &str) -> Contact {
    Contact {
        at: when(at),
        mode: Mode::Phone,
        kind,
        with: vec![With::Patient],
        inbound: false,
        did: vec![Intervention::BehaviouralActivation, Intervention::MedicationCheck],
        language: None,
        note: Some(note.to_owned()),
    }
}
fn time(at: &str, minutes: u32, of: Option<EntryId>, activity: Activity) -> Fact {
    Time {
        start: when(at),
        seconds: Seconds(minutes * 60),
        activity,
        bucket: Bucket::Cocm,
        by: person(MANAGER),
        mode: Some(Mode::Phone),
        clocked: Clocked::Timer,
        of,
        note: None,
    }
    .into()
}

/// Jun Ito, from the referral on: better at first, worse in November with item 9 positive, reviewed, changed.
fn jun() -> Story {
    let mut story = Story::new();
    let mut who = Registration::named("Jun".to_owned(), "Ito".to_owned());
    who.birth = Some(day("1995-02-03"));
    who.mrn = Some("100312".to_owned());
    who.clinician = Some(person(PCP));
    story.save(
        "2026-09-14 09:00",
        [
            who.into(),
            Episode {
                episode: episode(),
                opened: day("2026-09-14"),
                target: Some("phq9".to_owned()),
            }
            .into(),
            Assignment {
                care_manager: Some(person(MANAGER)),
                from: day("2026-09-14"),
            }
            .into(),
            StatusChange {
                episode: episode(),
                status: Status::Active,
                from: day("2026-09-24"),
            }
            .into(),
            Diagnosis {
                diagnosis: thing(20),
                code: "F33.1".to_owned(),
                label: Some("Major depression, recurrent, moderate".to_owned()),
                from: day("2026-09-24"),
                until: None,
                provisional: true,
            }
            .into(),
        ],
    );
    let [first] = story.save(
        "2026-09-24 10:00",
        [contact("2026-09-24 10:00", ContactKind::InitialAssessment, "Low since spring.").into()],
    );
    story.write(phq9("2026-09-24 10:00", [2, 2, 2, 2, 2, 2, 2, 2, 1]));
    story.write(time("2026-09-24 10:00", 55, Some(first), Activity::Assessment));
    story.write(
        PlanSection {
            part: PlanPart::History,
            text: "One earlier episode in 2019, sertraline helped.".to_owned(),
            day: day("2026-09-24"),
        }
        .into(),
    );
    story
}

fn november(story: &mut Story) {
    let [call] = story.save(
        "2026-11-20 14:05",
        [contact(
            "2026-11-20 14:05",
            ContactKind::FollowUp,
            "Sleeps badly again.\nMissed doses at weekends.",
        )
        .into()],
    );
    let measure = story.write(phq9("2026-11-20 14:05", [2, 3, 2, 3, 2, 2, 2, 1, 2]));
    story.write(time("2026-11-20 14:05", 22, Some(call), Activity::FollowUp));
    let concern = |because| Concern {
        concern: thing(30),
        kind: ConcernKind::Suicide,
        because,
        level: Level::Positive,
        at: when("2026-11-20 14:05"),
    };
    story.write(
        concern(Because::Answer {
            assessment: measure,
            instrument: "phq9".to_owned(),
            item: "phq9_9".to_owned(),
            value: 2,
        })
        .into(),
    );
    story.save(
        "2026-11-20 14:30",
        [
            ConcernStep {
                concern: thing(30),
                at: when("2026-11-20 14:30"),
                step: Step::Told {
                    who: Audience::Clinician,
                    how: "by phone, will see her today".to_owned(),
                    name: Some("Dr Okafor".to_owned()),
                },
                note: None,
            }
            .into(),
            ConcernStep {
                concern: thing(30),
                at: when("2026-11-20 14:30"),
                step: Step::NextContact { on: day("2026-11-23") },
                note: None,
            }
            .into(),
        ],
    );
}

#[track_caller]
fn golden(name: &str, text: &str) {
    let path = format!("{}/tests/data/notes/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_NOTES").is_some() {
        std::fs::write(&path, format!("{text}\n")).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert_eq!(format!("{text}\n"), expected, "{name}");
}

#[test]
fn a_contact_is_told_the_way_a_clinician_reads_it() {
    let mut story = jun();
    november(&mut story);
    let text = story.note(NoteKind::Contact);
    golden("contact", &text);
    assert!(text.contains("item 9: 2, POSITIVE"));
    // Bullets, signs and dashes that any EHR's field takes.
    assert!(text.is_ascii());
}

#[test]
fn the_first_assessment_names_what_was_not_asked() {
    let story = jun();
    let text = story.note(NoteKind::InitialAssessment);
    golden("initial", &text);
    assert!(text.contains("Strengths: not asked"));
}

#[test]
fn a_safety_event_tells_what_opened_it_what_was_done_and_what_is_missing() {
    let mut story = jun();
    november(&mut story);
    golden("safety", &story.note(NoteKind::Safety));
}

#[test]
fn an_attempt_says_how_many_there_were_and_no_score() {
    let mut story = jun();
    for (at, outcome) in [
        ("2026-10-02 09:10", AttemptOutcome::NoAnswer),
        ("2026-10-05 16:20", AttemptOutcome::Voicemail),
    ] {
        let attempt = Attempt {
            at: when(at),
            by: Channel::Phone,
            outcome,
            note: None,
        };
        story.save(at, [attempt.into()]);
    }
    let last = story
        .items()
        .into_iter()
        .rfind(|item| item.kind == NoteKind::Attempt)
        .unwrap();
    let text = story.read(|source| note::note(source, &last, Paper::Note(NoteKind::Attempt).ours()));
    golden("attempt", &text);
    assert!(!text.contains("Scores"));
}

fn reviewed(story: &mut Story) {
    let request = ReviewRequest {
        at: when("2026-11-18 10:00"),
        question: "Raise the dose or switch?".to_owned(),
    };
    story.save("2026-11-18 10:00", [request.into()]);
    story.save(
        "2026-11-19 13:00",
        [
            CaseReview {
                at: when("2026-11-19 13:00"),
                consultant: Some(person(CONSULTANT)),
                note: Some("Partial adherence is the likelier reason.".to_owned()),
            }
            .into(),
            Recommendation {
                recommendation: thing(40),
                day: day("2026-11-19"),
                text: "Sertraline to 100 mg after two weeks of full adherence; PHQ-9 in 2 weeks.".to_owned(),
                by: Some(person(CONSULTANT)),
            }
            .into(),
        ],
    );
}

#[test]
fn a_review_tells_the_question_the_advice_word_for_word_and_the_answer() {
    let mut story = jun();
    reviewed(&mut story);
    let before = story.item(NoteKind::Review);
    story.copy("2026-11-19 14:00", &before, "as copied");
    assert_eq!(story.item(NoteKind::Review).state, EhrState::Copied);
    let answer = Answer {
        recommendation: thing(40),
        day: day("2026-11-20"),
        answer: AnswerKind::Accepted,
        note: Some("Dose raised today.".to_owned()),
    };
    story.save("2026-11-20 08:00", [answer.into()]);
    assert_eq!(story.item(NoteKind::Review).state, EhrState::Changed);
    golden("review", &story.note(NoteKind::Review));
}

#[test]
fn a_plan_tells_what_changed_and_why() {
    let mut story = jun();
    story.save(
        "2026-11-20 15:00",
        [
            Goal {
                goal: thing(50),
                text: "Walk to the park three times a week".to_owned(),
                by: Some(day("2026-12-18")),
                state: GoalState::Open,
            }
            .into(),
            PlanSection {
                part: PlanPart::Interventions,
                text: "Behavioral activation weekly".to_owned(),
                day: day("2026-11-20"),
            }
            .into(),
            Medication {
                medication: thing(51),
                name: "Sertraline".to_owned(),
                dose: Some("100 mg in the morning".to_owned()),
                from: Some(day("2026-11-20")),
                until: None,
                prescriber: Some(person(PCP)),
            }
            .into(),
            TreatmentChange {
                day: day("2026-11-20"),
                kind: ChangeKind::DoseChanged,
                what: "Sertraline 50 to 100 mg".to_owned(),
                why: Some("PHQ-9 rose by 2".to_owned()),
                proposed_by: Some(person(CONSULTANT)),
                decided_by: Some(person(PCP)),
                recommendation: None,
            }
            .into(),
        ],
    );
    let item = story
        .items()
        .into_iter()
        .rfind(|item| item.kind == NoteKind::Plan)
        .unwrap();
    assert_eq!(item.told.len(), 4);
    let text = story.read(|source| note::note(source, &item, Paper::Note(NoteKind::Plan).ours()));
    golden("plan", &text);
}

#[test]
fn an_episode_that_was_closed_tells_its_outcome_by_each_definition() {
    let mut story = jun();
    november(&mut story);
    story.save(
        "2026-11-20 15:30",
        [
            RelapsePlan {
                day: day("2026-11-20"),
                medications: "Sertraline until June".to_owned(),
                helps: "Walking".to_owned(),
                warning_signs: "Waking at four".to_owned(),
                stress: String::new(),
                whom_to_call: "Lena Brandt".to_owned(),
                appointments: String::new(),
            }
            .into(),
            StatusChange {
                episode: episode(),
                status: Status::Closed {
                    reason: CloseReason::ReferredOn,
                    note: Some("To the day hospital.".to_owned()),
                },
                from: day("2026-11-20"),
            }
            .into(),
        ],
    );
    golden("closing", &story.note(NoteKind::Closing));
    golden("relapse", &story.note(NoteKind::RelapsePlan));
}

#[test]
fn a_month_tells_minutes_dates_codes_and_every_gate() {
    let mut story = jun();
    november(&mut story);
    let text = story.read(|source| {
        let people = people();
        let team = Team::of(people.values());
        let month = "2026-11".parse().unwrap();
        let profile = Profile::default();
        let reckoned = service_month(source.sheet, month, &profile, &team, zone(), day("2026-11-20"));
        note::month_note(source, &reckoned, Paper::Note(NoteKind::Month).ours())
    });
    golden("month", &text);
    for gate in ["consent", "diagnosis", "initiating visit", "validated scale"] {
        assert!(text.contains(&format!("- {gate}, ")), "{gate}");
    }
}

#[test]
fn a_log_tells_what_was_said_and_tried_in_its_period_and_nothing_else() {
    let mut story = jun();
    november(&mut story);
    reviewed(&mut story);
    let log = |from: &str, until: &str| {
        story.read(|source| note::log_note(source, day(from), day(until), Paper::Note(NoteKind::Log).ours()))
    };
    golden("log", &log("2026-11-01", "2026-11-20"));
    assert!(log("2026-10-01", "2026-10-31").contains("No contact, try, message or review in this period."));
}

#[test]
fn letters_tell_the_pcp_all_and_an_agency_only_what_it_needs() {
    let mut story = jun();
    november(&mut story);
    reviewed(&mut story);
    let pcp = story.letter(Letter::Clinician, "");
    golden("letter-pcp", &pcp);
    assert!(pcp.contains("Sertraline to 100 mg after two weeks of full adherence; PHQ-9 in 2 weeks."));
    golden("letter-consultant", &story.letter(Letter::Consultant, "Mara Lind"));
    golden("letter-patient", &story.letter(Letter::Patient, ""));
    for letter in [
        Letter::Family,
        Letter::Insurer,
        Letter::Employer,
        Letter::School,
        Letter::Housing,
    ] {
        let text = story.letter(letter, "Harbor Housing");
        for told in ["PHQ-9", "F33.1", "suicide", "POSITIVE", "Sertraline"] {
            assert!(!text.contains(told), "{letter:?} tells {told}");
        }
    }
    golden("letter-insurer", &story.letter(Letter::Insurer, "Blue Shore Health"));
}

#[test]
fn the_patients_page_says_scores_in_words_with_their_numbers_and_988() {
    let mut story = jun();
    november(&mut story);
    let page = story.read(note::summary);
    let text = page
        .parts
        .iter()
        .map(|(title, lines)| format!("{title}\n{}", lines.join("\n")))
        .chain([page.call.join("\n")])
        .collect::<Vec<_>>()
        .join("\n\n");
    golden("patient", &text);
    assert!(text.contains("19 out of 27"));
    assert!(text.contains("988"));
}

#[test]
fn a_note_waits_until_it_is_copied_and_comes_back_when_it_changes() {
    let mut story = jun();
    november(&mut story);
    let state = |story: &Story| story.item(NoteKind::Contact).state;
    assert_eq!(state(&story), EhrState::New);
    let item = story.item(NoteKind::Contact);
    story.copy("2026-11-20 15:00", &item, "as copied");
    assert_eq!(state(&story), EhrState::Copied);
    assert!(story.folded().1.ehr.iter().all(|line| line.anchor != item.anchor));

    let mut right = contact("2026-11-20 14:05", ContactKind::FollowUp, "Slept well.");
    right.mode = Mode::Video;
    let corrected = Corrected {
        entry: item.anchor,
        kind: "contact".to_owned(),
        fact: serde_json::to_value(&right).unwrap(),
        reason: None,
    };
    story.save("2026-11-20 15:10", [corrected.into()]);
    assert_eq!(state(&story), EhrState::Changed);
    let text = story.note(NoteKind::Contact);
    assert!(
        text.contains("video") && text.contains("corrected since it was first written"),
        "{text}"
    );
    assert!(text.contains("this replaces the note that was copied before"));

    let again = story.item(NoteKind::Contact);
    story.copy("2026-11-20 15:20", &again, "as copied again");
    assert_eq!(state(&story), EhrState::Copied);

    let error = EnteredInError {
        entry: item.anchor,
        reason: "Wrong patient".to_owned(),
        moved_to: None,
    };
    story.save("2026-11-20 15:30", [error.into()]);
    let gone: Vec<EhrItem> = story
        .items()
        .into_iter()
        .filter(|i| i.state == EhrState::Withdrawn)
        .collect();
    assert_eq!(gone.len(), 1);
    let text = story.read(|source| note::note(source, &gone[0], Paper::Note(NoteKind::Contact).ours()));
    assert!(
        text.contains("Why: Wrong patient") && text.contains("as copied again"),
        "{text}"
    );
    story.copy("2026-11-20 15:40", &gone[0], "retracted");
    assert!(story.items().iter().all(|item| item.state != EhrState::Withdrawn));
}

#[test]
fn what_a_spreadsheet_brought_in_does_not_wait() {
    let mut story = Story::new();
    let draft = Draft::new(id_of_chart(), contact("2026-03-02", ContactKind::FollowUp, "Imported"));
    let stamp = story.clock.tick(1);
    let entry = Entry::write(draft, EntryId::derived([3; 16]), stamp, person(MANAGER)).unwrap();
    story.chart.insert(entry);
    assert_eq!(story.items(), []);
}

#[test]
fn every_template_of_ours_names_only_fields_that_there_are() {
    for paper in Paper::all() {
        assert_eq!(check_template(paper, paper.ours()), Ok(()), "{paper:?}");
        assert!(vocabulary(paper).len() > 10, "{paper:?}");
    }
    let ids: BTreeSet<ThingId> = Paper::all().map(Paper::template_id).collect();
    assert_eq!(ids.len(), Paper::all().count());
}

#[test]
fn an_unknown_field_is_refused_with_the_list() {
    let paper = Paper::Note(NoteKind::Contact);
    for (text, wrong) in [
        (
            "Seen {when} by {doctor}",
            "There is no field {doctor} here. You can use: {patient}",
        ),
        ("Seen {when", "A field is not closed"),
        ("{advice}", "There is no field {advice}"),
        ("{}", "There is no field {}"),
    ] {
        let why = check_template(paper, text).unwrap_err().to_string();
        assert!(why.starts_with(wrong), "{why}");
    }
    assert!(check_template(paper, &"x".repeat(10_001)).is_err());
    assert_eq!(check_template(paper, "<b>{when}</b> } is no field"), Ok(()));
}

#[test]
fn a_template_can_not_leave_out_safety_and_what_it_holds_is_never_a_template_again() {
    let mut story = jun();
    november(&mut story);
    let item = story.item(NoteKind::Contact);
    let text = story.read(|source| note::note(source, &item, "Seen {when}.\n{also}"));
    assert!(text.contains("item 9: 2, POSITIVE"), "{text}");
    let mut braces = jun();
    braces.save(
        "2026-11-20 09:00",
        [contact(
            "2026-11-20 09:00",
            ContactKind::FollowUp,
            "{mrn} <script>alert(1)</script> {x",
        )
        .into()],
    );
    let note = braces.note(NoteKind::Contact);
    assert!(note.contains("{mrn} <script>alert(1)</script> {x"), "{note}");
}

#[test]
fn ten_thousand_characters_are_told_whole() {
    let mut story = jun();
    let long = "\u{e9}".repeat(10_000);
    story.save(
        "2026-11-20 09:00",
        [contact("2026-11-20 09:00", ContactKind::FollowUp, &long).into()],
    );
    assert!(story.note(NoteKind::Contact).contains(&long));
}

#[test]
fn nothing_that_was_written_is_left_out_of_the_queue_for_want_of_a_kind() {
    let mut story = jun();
    let condition = Condition {
        condition: thing(60),
        label: "Hypothyroidism".to_owned(),
        from: None,
        until: None,
    };
    story.save("2026-11-20 11:00", [condition.into()]);
    let item = story
        .items()
        .into_iter()
        .rfind(|item| item.kind == NoteKind::Plan)
        .unwrap();
    let text = story.read(|source| note::note(source, &item, Paper::Note(NoteKind::Plan).ours()));
    assert!(text.contains("Hypothyroidism"), "{text}");
    // A kind that this version can't read is said in the note of the contact that it was saved with.
    november(&mut story);
    let stamp = serde_json::to_value(story.clock.tick(story.saved)).unwrap();
    let saved = u64::try_from(when("2026-11-20 14:05").instant(zone()).timestamp_millis()).unwrap();
    let raw = serde_json::json!({
        "id": EntryId::from_time(saved, [200; 10]), "chart": id_of_chart(), "stamp": stamp,
        "author": person(MANAGER), "replaces": [], "kind": "from_later", "fact": {"x": 1},
    });
    story.chart.insert(Entry::read(&raw.to_string()).unwrap());
    let text = story.note(NoteKind::Contact);
    assert!(text.contains("1 entry was written by a newer version"), "{text}");
}

#[test]
fn a_release_holds_from_its_first_day_to_its_last_unless_it_was_revoked() {
    let release = |from: &str, until: Option<&str>, revoked: Option<&str>| Release {
        release: thing(70),
        to: "Harbor Housing".to_owned(),
        scope: "that she is in care".to_owned(),
        from: day(from),
        until: until.map(day),
        part2: false,
        revoked: revoked.map(day),
    };
    let today = day("2026-11-20");
    for (release, holds) in [
        (release("2026-11-20", None, None), true),
        (release("2026-11-21", None, None), false),
        (release("2026-01-01", Some("2026-11-20"), None), true),
        (release("2026-01-01", Some("2026-11-19"), None), false),
        (release("2026-01-01", None, Some("2026-11-20")), false),
        (release("2026-01-01", None, Some("2026-11-21")), true),
    ] {
        let mut story = jun();
        story.save("2026-11-01 09:00", [release.clone().into()]);
        let (folded, _) = story.folded();
        assert_eq!(releases(&folded, today)[0].ended.is_none(), holds, "{release:?}");
        assert_eq!(
            may_tell(&folded, Letter::Housing, Some(thing(70)), today).is_ok(),
            holds,
            "{release:?}"
        );
        assert!(may_tell(&folded, Letter::Housing, None, today).is_err());
        assert!(may_tell(&folded, Letter::Clinician, None, today).is_ok());
    }
}

#[test]
fn a_fact_of_the_ehr_is_checked_for_its_length_and_its_day() {
    let copy = |text: &str| {
        Fact::EhrCopy(EhrCopy {
            of: Vec::new(),
            kind: NoteKind::Log,
            text: text.to_owned(),
            at: when("2026-11-20 14:00"),
        })
    };
    assert_eq!(copy("x").problems(), vec![]);
    assert_eq!(copy("").problems().len(), 1);
    assert_eq!(copy(&"x".repeat(60_001)).problems().len(), 1);
    assert_eq!(copy("x").timing(day("2026-11-19"), None, zone()).len(), 1);
}
