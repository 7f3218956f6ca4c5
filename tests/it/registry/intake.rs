//! Registering with a referral's scores, the care team, referring again, and the intake page.

use caseload::care::intent::{NewReferral, Referrer};

use super::*;

mod letter;
mod same_day;

fn intake(desk: &mut Desk, chart: ChartId) -> IntakeView {
    match desk.ask(Request::Intake(chart)) {
        Ok(Response::Intake(view)) => *view,
        other => panic!("no intake: {other:?}"),
    }
}

fn by_total(instrument: &str, total: u16, item9: Option<u8>, on: &str) -> Assessment {
    Assessment {
        instrument: instrument.to_owned(),
        version: "1".to_owned(),
        at: at(on),
        taken: Taken::Imported,
        answers: Answered::Total {
            total,
            known: item9.map(|value| ("phq9_9".to_owned(), value)).into_iter().collect(),
        },
        scale: None,
        respondent: None,
    }
}

fn referral(on: &str) -> NewReferral {
    NewReferral {
        at: at(on),
        referrer: None,
        reason: None,
        warm: false,
        scores: Vec::new(),
    }
}

#[test]
fn scores_that_came_along_are_assessments_with_their_referral_and_a_positive_item_9_opens_its_concern() {
    let mut desk = Desk::new(70);
    desk.create(Kind::Real);
    let patient = NewPatient {
        new_clinician: Some("Dr. Amara Lee".to_owned()),
        scores: vec![
            by_total("phq9", 17, Some(1), "2026-11-18"),
            by_total("gad7", 12, None, "2026-11-18"),
        ],
        ..newcomer("Maria", "Sandoval")
    };
    let saved = desk.save(Intent::Register(patient)).unwrap();
    assert_eq!(saved.concerns.len(), 1);
    let view = intake(&mut desk, saved.chart);
    assert_eq!(view.clinician.as_deref(), Some("Dr. Amara Lee"));
    assert_eq!(view.referred_by.as_deref(), Some("Dr. Amara Lee"));
    assert_eq!(view.came_with.len(), 2);
    assert!(view.came_with[0].starts_with("PHQ-9 17"), "{:?}", view.came_with);
    assert_eq!(view.episodes[0].scores, "PHQ-9 17, one score only");
    let page = desk.patient(saved.chart);
    assert_eq!(page.clinician.as_deref(), Some("Dr. Amara Lee"));
    assert!(concern_of(&page).open);
    let line = page
        .timeline
        .iter()
        .find(|row| row.line.starts_with("Referred"))
        .unwrap();
    assert_eq!(line.line, "Referred by Dr. Amara Lee, 2 scores sent along");
    let settings = desk.ask(Request::Settings).unwrap();
    let Response::Settings(settings) = settings else {
        panic!("settings")
    };
    let added = settings.people.iter().filter(|p| p.name == "Dr. Amara Lee").count();
    assert_eq!(added, 1);
}

#[test]
fn an_item_9_that_is_not_known_opens_nothing_and_is_no_zero() {
    let mut desk = Desk::new(71);
    desk.create(Kind::Real);
    let patient = NewPatient {
        scores: vec![by_total("phq9", 21, None, "2026-11-18")],
        referrer: Some(Referrer::Typed("Oak School".to_owned())),
        ..newcomer("Jun", "Ito")
    };
    let saved = desk.save(Intent::Register(patient)).unwrap();
    assert!(saved.concerns.is_empty());
    assert_eq!(
        intake(&mut desk, saved.chart).referred_by.as_deref(),
        Some("Oak School")
    );
    let page = desk.patient(saved.chart);
    assert_eq!(page.measures[0].scores[0].safety, SafetyMark::NotKnown);
}

#[test]
fn nothing_of_a_registration_is_saved_when_a_score_lies_before_birth() {
    let mut desk = Desk::new(72);
    desk.create(Kind::Real);
    let patient = NewPatient {
        scores: vec![by_total("phq9", 9, None, "1980-01-01")],
        ..newcomer("Jun", "Ito")
    };
    let refusal = refused(desk.save(Intent::Register(patient)));
    assert!(refusal.to_string().contains("before the patient was born"), "{refusal}");
    assert!(matches!(desk.ask(Request::Find("ito".to_owned())), Ok(Response::Found(found)) if found.is_empty()));
}

#[test]
fn a_second_episode_opens_only_after_the_first_was_closed_and_both_are_listed() {
    let mut desk = Desk::new(73);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let first = desk.patient(chart).episode.unwrap();
    let again = |on: &str| Intent::OpenEpisode {
        chart,
        referral: NewReferral {
            scores: vec![by_total("phq9", 14, Some(0), on)],
            reason: Some("Asked for help again".to_owned()),
            ..referral(on)
        },
        target: Some("phq9".to_owned()),
    };
    let refusal = refused(desk.save(again("2026-11-20")));
    assert!(
        refusal
            .to_string()
            .starts_with("An episode is open since Thu 19 Nov 2026: close it"),
        "{refusal}"
    );
    let close = |from: &str| {
        record(
            chart,
            vec![Fact::StatusChange(StatusChange {
                episode: first,
                status: Status::Closed {
                    reason: CloseReason::Declined,
                    note: None,
                    closure: None,
                },
                from: day(from),
                why: None,
            })],
        )
    };
    let early = refused(desk.save(close("2026-11-18")));
    assert!(
        early.to_string().starts_with("The episode was opened Thu 19 Nov 2026"),
        "{early}"
    );
    desk.save(close("2026-11-19")).unwrap();
    desk.save(again("2026-11-20")).unwrap();
    let view = intake(&mut desk, chart);
    let numbers: Vec<(u32, bool)> = view.episodes.iter().map(|e| (e.number, e.closed.is_some())).collect();
    assert_eq!(numbers, [(2, false), (1, true)]);
    assert_eq!(view.episodes[1].closed.as_ref().unwrap().1, "declined");
    assert_eq!(view.episodes[0].scores, "PHQ-9 14, one score only");
    // By hand, with facts of its own, it is refused just the same.
    let second = Fact::Episode(Episode {
        episode: caseload::journal::EpisodeId::from_random([5; 16]),
        opened: day("2026-11-20"),
        target: None,
    });
    refused(desk.save(record(chart, vec![second])));
    let reopened = Fact::StatusChange(StatusChange {
        episode: first,
        status: Status::Active,
        from: day("2026-11-20"),
        why: None,
    });
    refused(desk.save(record(chart, vec![reopened])));
}

fn status(episode: caseload::journal::EpisodeId, status: Status, from: &str) -> Fact {
    Fact::StatusChange(StatusChange {
        episode,
        status,
        from: day(from),
        why: None,
    })
}

fn opened(episode: caseload::journal::EpisodeId, on: &str) -> Fact {
    Fact::Episode(Episode {
        episode,
        opened: day(on),
        target: None,
    })
}

fn declined() -> Status {
    Status::Closed {
        reason: CloseReason::Declined,
        note: None,
        closure: None,
    }
}

#[test]
fn neither_a_correction_nor_a_save_of_several_facts_makes_two_episodes_overlap() {
    // A closing was corrected to "in treatment" beside the episode that was opened after it.
    let mut desk = Desk::new(77);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let first = desk.patient(chart).episode.unwrap();
    let write = |desk: &mut Desk, facts: Vec<Fact>| desk.save(record(chart, facts)).map(|saved| saved.entries);
    let active = write(&mut desk, vec![status(first, Status::Active, "2026-11-19")]).unwrap()[0];
    let closing = write(&mut desk, vec![status(first, declined(), "2026-11-19")]).unwrap()[0];
    let [second, third] = [5, 6].map(|n| caseload::journal::EpisodeId::from_random([n; 16]));
    for (facts, why) in [
        (
            vec![
                opened(second, "2026-11-20"),
                status(second, Status::Active, "2026-11-18"),
            ],
            "The episode before it was closed Thu 19 Nov 2026",
        ),
        (
            vec![
                opened(second, "2026-11-20"),
                status(second, Status::Active, "1980-01-01"),
            ],
            "The patient was born",
        ),
        (
            vec![opened(second, "2026-11-20"), opened(third, "2026-11-20")],
            "An episode is open since Fri 20 Nov 2026",
        ),
        (
            vec![
                status(first, Status::Active, "2026-11-20"),
                opened(second, "2026-11-20"),
            ],
            "An episode is open since Fri 20 Nov 2026",
        ),
    ] {
        let refusal = refused(desk.save(record(chart, facts))).to_string();
        assert!(refusal.starts_with(why), "{refusal}");
    }
    let two = vec![
        opened(second, "2026-11-20"),
        status(second, Status::Referred, "2026-11-20"),
    ];
    let entries = write(&mut desk, two).unwrap();
    let corrected = |entry, fact: Fact| Intent::Correct {
        chart,
        entry,
        fact: Box::new(fact),
        reason: None,
    };
    for (entry, fact, why) in [
        (
            closing,
            status(first, Status::Active, "2026-11-19"),
            "An episode is open since Fri 20 Nov 2026",
        ),
        (
            entries[0],
            opened(second, "2026-11-18"),
            "The episode before it was closed Thu 19 Nov 2026",
        ),
        (
            entries[1],
            status(second, Status::Referred, "2026-11-18"),
            "The episode before it was closed Thu 19 Nov 2026",
        ),
        (
            active,
            status(first, Status::Enrolled, "1980-01-01"),
            "The patient was born",
        ),
    ] {
        let refusal = refused(desk.save(corrected(entry, fact))).to_string();
        assert!(refusal.starts_with(why), "{refusal}");
    }
    let undone = Intent::Void {
        chart,
        entries: vec![closing],
        reason: "typed by mistake".to_owned(),
    };
    let refusal = refused(desk.save(undone)).to_string();
    assert!(refusal.starts_with("An episode is open since"), "{refusal}");
    // What an episode was before it was closed can be put right beside the open one.
    let past = corrected(active, status(first, Status::Enrolled, "2026-11-19"));
    desk.save(past).unwrap();
}

#[test]
fn nothing_of_an_episode_is_moved_to_another_patient() {
    let mut desk = Desk::new(78);
    desk.create(Kind::Real);
    let from = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap();
    let to = desk
        .save(Intent::Register(newcomer("Maria", "Sandoval")))
        .unwrap()
        .chart;
    let page = desk.patient(from.chart);
    let of_it = |fact: &Fact| matches!(fact, Fact::Episode(_) | Fact::StatusChange(_) | Fact::Referral(_));
    let entries: Vec<_> = page.timeline.iter().filter(|row| of_it(&row.fact)).collect();
    assert!(2 <= entries.len());
    for row in entries {
        let refusal = refused(desk.save(Intent::Move {
            from: from.chart,
            to,
            entry: row.entry,
        }));
        assert!(refusal.to_string().starts_with("An episode is not moved"), "{refusal}");
    }
    assert_eq!(intake(&mut desk, to).episodes.len(), 1);
}

#[test]
fn what_was_chosen_with_a_try_and_what_the_clinician_was_asked_reach_the_ladder() {
    let mut desk = Desk::new(79);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let called = Fact::Attempt(Attempt {
        at: at("2026-11-20T08:30:00-05:00"),
        by: Channel::Phone,
        outcome: AttemptOutcome::NoAnswer,
        note: None,
        left: None,
        next: Some(DayPart::Evening),
    });
    let told = |about| {
        Fact::Communication(Communication {
            at: at("2026-11-20T08:40:00-05:00"),
            to: Audience::Clinician,
            person: None,
            by: Channel::Portal,
            about,
            text: "Do you know another number?".to_owned(),
            release: None,
            name: None,
            held: Vec::new(),
            member: None,
            closing: None,
            feedback: None,
            also: Vec::new(),
        })
    };
    let asked = |view: IntakeView| {
        let rungs = view.outreach.unwrap().rungs;
        let ask = rungs.iter().find(|rung| rung.words.starts_with("ask the clinician"));
        ask.unwrap().done
    };
    desk.save(record(chart, vec![called])).unwrap();
    let rungs = intake(&mut desk, chart).outreach.unwrap().rungs;
    let next: Vec<&str> = rungs
        .iter()
        .filter(|rung| rung.due.is_some())
        .map(|rung| rung.words.as_str())
        .collect();
    assert_eq!(next, ["call in the evening"]);
    let about = caseload::journal::ThingId::from_random([3; 16]);
    desk.save(record(chart, vec![told(Some(about))])).unwrap();
    assert_eq!(asked(intake(&mut desk, chart)), None);
    desk.save(record(chart, vec![told(None)])).unwrap();
    assert_eq!(asked(intake(&mut desk, chart)), Some(day("2026-11-20")));
}

#[test]
fn the_rule_of_the_six_months_says_its_dates() {
    let mut desk = Desk::new(74);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let view = intake(&mut desk, chart);
    assert!(
        view.gap.0.starts_with("No collaborative care was counted yet"),
        "{}",
        view.gap.0
    );
    assert!(view.gap.1.contains("NC Medicaid bulletin"));
    let consent = Fact::Consent(Consent {
        programme: Programme::Cocm,
        answer: ConsentAnswer::Given {
            how: ConsentHow::Verbal,
            explained: None,
            points: Vec::new(),
        },
        day: day("2026-11-19"),
        taken_by: None,
    });
    desk.save(record(chart, vec![consent])).unwrap();
    let when = at("2026-11-20T08:30:00-05:00");
    desk.save(Intent::Contact(call(chart, when, Vec::new()))).unwrap();
    let view = intake(&mut desk, chart);
    assert!(
        view.gap
            .0
            .starts_with("The last counted time was in November 2026. A new initial month needs 6 full months"),
        "{}",
        view.gap.0
    );
    assert!(view.gap.0.contains("so June 2027 at the earliest"), "{}", view.gap.0);
}

#[test]
fn the_care_team_is_kept_by_member_and_reads_well_on_the_timeline() {
    let mut desk = Desk::new(75);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let member = CareTeamMember {
        member: caseload::journal::ThingId::from_random([8; 16]),
        role: TeamRole::Therapist,
        name: "Ana Ruiz".to_owned(),
        person: None,
        of: Some("Northside Counseling".to_owned()),
        phone: Some("555-0188".to_owned()),
        fax: Some("555-0189".to_owned()),
        email: None,
        reach: Some("mornings".to_owned()),
        until: None,
    };
    let gone = CareTeamMember {
        until: Some(day("2026-11-20")),
        ..member.clone()
    };
    for fact in [member.clone(), gone] {
        desk.save(record(chart, vec![Fact::CareTeamMember(fact)])).unwrap();
    }
    let view = intake(&mut desk, chart);
    assert_eq!(view.team.len(), 1);
    assert_eq!(view.team[0].until, Some(day("2026-11-20")));
    let lines: Vec<String> = desk
        .patient(chart)
        .timeline
        .iter()
        .map(|row| row.line.clone())
        .collect();
    assert!(
        lines.contains(&"Care team: therapist Ana Ruiz (Northside Counseling)".to_owned()),
        "{lines:?}"
    );
    for name in [String::new(), "x".repeat(10_000)] {
        let wrong = CareTeamMember { name, ..member.clone() };
        refused(desk.save(record(chart, vec![Fact::CareTeamMember(wrong)])));
    }
    let markup = CareTeamMember {
        name: "<img src=x>".to_owned(),
        ..member
    };
    desk.save(record(chart, vec![Fact::CareTeamMember(markup)])).unwrap();
}
