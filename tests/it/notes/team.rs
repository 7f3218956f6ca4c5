//! Messages to everybody of the care team: on what ground, and how far each is told.

use std::collections::BTreeSet;

use caseload::care::privacy::{Ground, WhyNot, ground};
use caseload::exchange::note::{self, Addressee, Letter, Paper};
use caseload::journal::facts::*;
use caseload::journal::{EntryId, Fact};
use serde_json::json;

use super::story::*;
use super::told::tells;

fn member(role: TeamRole) -> CareTeamMember {
    CareTeamMember {
        member: thing(80),
        role,
        name: "Kim Lee".to_owned(),
        person: None,
        of: Some("Harbor Counseling".to_owned()),
        phone: Some("555-0177".to_owned()),
        fax: None,
        email: None,
        reach: None,
        until: None,
    }
}

fn release(n: u8, to: &str, covers: &[Covers]) -> Release {
    Release {
        release: thing(n),
        to: to.to_owned(),
        scope: String::new(),
        from: day("2026-11-01"),
        until: None,
        part2: false,
        revoked: None,
        covers: covers.to_vec(),
        minor: false,
        kind: None,
        contact: None,
    }
}

fn message(story: &Story, member: &CareTeamMember, confirmed: &[EntryId]) -> String {
    let confirmed: BTreeSet<EntryId> = confirmed.iter().copied().collect();
    story.read(|source| {
        let ground = ground(source.folded, member, None, source.at.today).unwrap();
        let to = Addressee { member, ground };
        note::member_letter(source, to, &confirmed, Paper::Letter(Letter::Member).ours())
    })
}

/// Jun in November, reviewed, with a medicine, a goal and a referral to the therapist.
fn told() -> Story {
    let mut story = jun();
    november(&mut story);
    reviewed(&mut story);
    let goal = json!({"goal": thing(53), "text": "walk with a friend twice a week", "state": "open"});
    let sent = json!({"referral": thing(54), "to": "Kim Lee, Harbor Counseling", "what": "CBT for depression",
        "state": "sent", "day": "2026-11-12"});
    let medicine = json!({"medication": thing(51), "name": "Sertraline", "dose": "50 mg", "from": "2026-09-24"});
    story.save(
        "2026-11-20 15:00",
        [
            fact("goal", goal),
            fact("outgoing_referral", sent),
            fact("medication", medicine),
        ],
    );
    story
}

#[test]
fn a_therapist_is_told_for_treatment_what_is_needed_and_is_asked_about_the_referral() {
    let text = message(&told(), &member(TeamRole::Therapist), &[]);
    super::texts::golden("letter-therapist", &text);
    assert!(text.is_ascii());
    tells(
        &text,
        &[
            "You are on the care team as therapist",
            "Diagnoses: F33.1",
            "PHQ-9 19",
            "Sertraline 50 mg",
            "walk with a friend",
            "Concern about suicide",
            "CBT for depression: please tell me the day",
            "45 CFR 164.506(c)",
        ],
        &["MRN", "held back", "Sleeps badly"],
    );
}

#[test]
fn a_release_tells_its_person_what_it_covers_and_nothing_else() {
    use Covers::*;
    // What it covers; what the message tells, and what it doesn't.
    let all = [
        "F33.1",
        "PHQ-9",
        "Sertraline",
        "walk with a friend",
        "Concern about",
        "in treatment since",
        "CBT for",
    ];
    let cases: [(&[Covers], &[&str]); 7] = [
        (&[], &[]),
        (&[Diagnoses], &["F33.1"]),
        (&[Measures], &["PHQ-9"]),
        (&[Plan], &["walk with a friend"]),
        (&[Safety], &["Concern about"]),
        (&[Medicines, Measures], &["Sertraline", "PHQ-9"]),
        (
            &[Course, Progress],
            &[
                "Sertraline to 100 mg",
                "in treatment since",
                "2 contacts with the patient",
                "CBT for",
            ],
        ),
    ];
    for role in [TeamRole::Therapist, TeamRole::CaseManager, TeamRole::Other] {
        for (covers, said) in cases {
            let mut story = told();
            story.save("2026-11-20 15:30", [release(81, "kim  lee", covers).into()]);
            let text = message(&story, &member(role), &[]);
            tells(&text, said, &["45 CFR"]);
            for other in all {
                // The consultant's advice, which belongs to the course, names the measure and the medicine.
                let in_advice = covers.contains(&Course) && ["PHQ-9", "Sertraline"].contains(&other);
                let is_told = in_advice || said.contains(&other);
                assert_eq!(text.contains(other), is_told, "{role:?} {covers:?} {other}: {text}");
            }
        }
    }
}

#[test]
fn what_is_held_back_goes_to_its_person_only_once_confirmed_under_a_release_that_covers_it() {
    let mut story = told();
    let diagnosis = json!({"diagnosis": thing(21), "code": "F11.20", "from": "2026-10-01", "provisional": false});
    let [held] = story.save("2026-11-20 15:10", [fact("diagnosis", diagnosis)]);
    let state = MarkState::Set { note: None };
    let why = Protection::Part2;
    story.save(
        "2026-11-20 15:11",
        [Mark {
            entry: held,
            why,
            state,
        }
        .into()],
    );
    tells(
        &message(&story, &member(TeamRole::Therapist), &[]),
        &["F33.1", "1 entry is held back here."],
        &["F11.20", "42 CFR part 2"],
    );
    let part2 = Release {
        part2: true,
        ..release(81, "Harbor Counseling", &[Covers::Diagnoses])
    };
    story.save("2026-11-20 15:30", [part2.into()]);
    let confirmed = message(&story, &member(TeamRole::Therapist), &[held]);
    tells(&confirmed, &["F11.20", "42 CFR part 2"], &["held back"]);
    // Not to others that more is held back: they would learn that there is something.
    let text = message(&story, &member(TeamRole::CaseManager), &[]);
    tells(&text, &["F33.1"], &["F11.20", "held back", "42 CFR part 2"]);
}

#[test]
fn each_role_has_a_ground_of_its_own_and_a_release_is_the_rule() {
    type Given = fn() -> Vec<Release>;
    let none: Given = Vec::new;
    let holds: Given = || vec![release(81, "Kim Lee, LCSW", &[Covers::Plan])];
    let place: Given = || vec![release(81, "HARBOR counseling", &[Covers::Plan])];
    let other: Given = || vec![release(81, "Kim Leeds", &[Covers::Plan]), release(82, "Ada Obi", &[])];
    let expired: Given = || {
        let until = Some(day("2026-11-10"));
        vec![Release {
            until,
            ..release(81, "Kim Lee", &[Covers::Plan])
        }]
    };
    let revoked: Given = || {
        let revoked = Some(day("2026-11-10"));
        let until = Some(day("2026-11-12"));
        vec![
            Release {
                revoked,
                ..release(81, "Kim Lee", &[Covers::Plan])
            },
            Release {
                until,
                ..release(82, "Kim Lee", &[Covers::Plan])
            },
        ]
    };
    let wider: Given = || {
        vec![
            release(82, "Kim Lee", &[Covers::Plan]),
            release(81, "Kim Lee", &[Covers::Plan, Covers::Safety]),
        ]
    };
    let treating = [
        TeamRole::TreatingClinician,
        TeamRole::Therapist,
        TeamRole::Prescriber,
        TeamRole::Specialist,
        TeamRole::Pharmacy,
    ];
    let others = [TeamRole::CaseManager, TeamRole::Agency, TeamRole::Other];
    // Releases; what a provider who treats is told, and what another is.
    let cases: [(&str, Given, &str, &str); 7] = [
        ("none", none, "treatment", "there is no such release"),
        ("holds", holds, "81", "81"),
        ("place", place, "81", "81"),
        ("other", other, "treatment", "there is no such release"),
        (
            "expired",
            expired,
            "treatment",
            "this release expired after 10 Nov 2026",
        ),
        (
            "revoked",
            revoked,
            "this release was revoked on 10 Nov 2026",
            "this release was revoked on 10 Nov 2026",
        ),
        ("wider", wider, "81", "81"),
    ];
    for (case, given, treated, else_told) in cases {
        for (roles, expected) in [(&treating[..], treated), (&others[..], else_told)] {
            for role in roles {
                let mut story = jun();
                for release in given() {
                    story.write(release.into());
                }
                let (folded, _) = story.folded();
                let member = member(*role);
                let said = match ground(&folded, &member, None, day("2026-11-20")) {
                    Ok(Ground::Treatment) => "treatment".to_owned(),
                    Ok(Ground::Release(release)) => {
                        assert_eq!(release.release, thing(81), "{case}");
                        "81".to_owned()
                    }
                    Err(why) => why.to_string(),
                };
                assert_eq!(said, expected, "{case} {role:?}");
            }
        }
    }
    // Of family it says how they are related to the patient; that is no name.
    let mut story = jun();
    story.write(release(81, "sister", &[Covers::Plan]).into());
    let sister = CareTeamMember {
        of: Some("sister".to_owned()),
        ..member(TeamRole::Family)
    };
    let (folded, _) = story.folded();
    assert_eq!(
        ground(&folded, &sister, None, day("2026-11-20")),
        Err(WhyNot::NoRelease)
    );
    assert_eq!(
        ground(&folded, &sister, Some(thing(81)), day("2026-11-20")),
        Err(WhyNot::SomebodyElse)
    );
    // Who left the team treats no longer.
    let gone = CareTeamMember {
        until: Some(day("2026-11-19")),
        ..member(TeamRole::Therapist)
    };
    assert_eq!(ground(&folded, &gone, None, day("2026-11-20")), Err(WhyNot::NoRelease));
}

#[test]
fn what_was_taken_back_by_name_stands_against_an_older_release_to_the_place() {
    let on = |text: &str| Some(day(text));
    // When the release by name was taken back; when the one to the place began; to whom that is; what is said.
    let back = "this release was revoked on 10 Nov 2026";
    let cases = [
        ("2026-11-10", "2026-11-01", "Harbor Counseling", back),
        ("2026-11-10", "2026-11-12", "Harbor Counseling", "81"),
        ("2026-11-10", "2026-11-10", "Harbor Counseling", "81"),
        // It ends later than today.
        ("2026-11-25", "2026-11-01", "Harbor Counseling", "82"),
        // Another of their own holds still.
        ("2026-11-10", "2026-11-01", "Kim Lee, LCSW", "81"),
    ];
    for (revoked, from, to, expected) in cases {
        for role in [TeamRole::Therapist, TeamRole::CaseManager] {
            let mut story = jun();
            let own = Release {
                revoked: on(revoked),
                ..release(82, "Kim Lee", &[Covers::Plan, Covers::Safety])
            };
            let other = Release {
                from: day(from),
                ..release(81, to, &[Covers::Plan])
            };
            story.write(own.into());
            story.write(other.into());
            let (folded, _) = story.folded();
            let said = match ground(&folded, &member(role), None, day("2026-11-20")) {
                Ok(Ground::Treatment) => "treatment".to_owned(),
                Ok(Ground::Release(release)) if release.release == thing(81) => "81".to_owned(),
                Ok(Ground::Release(_)) => "82".to_owned(),
                Err(why) => why.to_string(),
            };
            assert_eq!(said, expected, "{revoked} {from} {to} {role:?}");
            let chosen = ground(&folded, &member(role), Some(thing(81)), day("2026-11-20"));
            assert_eq!(chosen.is_ok(), expected != back, "{revoked} {from} {to} {role:?}");
        }
    }
}

#[test]
fn a_name_is_compared_without_titles_and_credentials_and_one_that_may_be_the_same_is_asked_about() {
    const SAME: &str = "revoked";
    const ASK: &str = "which may be the same person: ask the patient";
    const OTHER: &str = "treatment";
    let cases = [
        ("Kim Lee", "Dr. Kim Lee", SAME),
        ("Kim Lee", "Kim Lee LCSW", SAME),
        ("Kim Lee", "kim lee, Ph.D., Harbor Counseling", SAME),
        ("Kim Lee", "Lee, Kim", SAME),
        ("Kim Lee", "Lee, Kim, LCSW", SAME),
        ("Kim Lee", "Ms. Kim Lee (therapist)", SAME),
        ("Dr. Kim Lee, MD", "Kim Lee", SAME),
        ("Pa Vang", "Vang, Pa", SAME),
        ("Corner Pharmacy, Elm St", "Corner Pharmacy, Elm St", SAME),
        ("Corner Pharmacy, Elm St", "Corner Pharmacy, Main St", ASK),
        ("Kim Lee", "K. Lee", ASK),
        ("Kim Lee", "Kimberly A. Lee, LCSW", ASK),
        ("Kim Lee", "Dr. Lee", ASK),
        ("Dr. Lee", "Kim Lee", ASK),
        ("Dr. Lee", "Dr. Lee, MD", SAME),
        ("Dr. Lee", "Lee MD", ASK),
        ("Dr. Lee", "Mr. Lee", ASK),
        ("Pa Vang", "Dr. Vang", ASK),
        ("Kim Lee", "Ann Lee", OTHER),
        ("Kim Lee", "Kim Leeds", OTHER),
        ("Kim Lee", "Harbor House", OTHER),
        ("Kim Lee", "", OTHER),
    ];
    for (name, to, expected) in cases {
        let mut story = jun();
        let revoked = Release {
            revoked: Some(day("2026-11-10")),
            ..release(81, to, &[Covers::Plan])
        };
        story.write(revoked.into());
        let (folded, _) = story.folded();
        let member = CareTeamMember {
            name: name.to_owned(),
            ..member(TeamRole::Therapist)
        };
        let said = match ground(&folded, &member, None, day("2026-11-20")) {
            Ok(_) => OTHER.to_owned(),
            Err(why) => why.to_string(),
        };
        assert!(said.contains(expected), "{name}, {to}: {said}");
        assert_eq!(said.contains(ASK), expected == ASK, "{name}, {to}: {said}");
    }
}

#[test]
fn a_log_names_who_of_the_care_team_was_written_to() {
    let mut story = told();
    let sent = json!({"at": "2026-11-20", "to": "care_team", "by": "letter", "text": "Dear Kim Lee", "name": "Kim Lee",
        "member": thing(80)});
    story.save(
        "2026-11-20 15:40",
        [Fact::from(member(TeamRole::Therapist)), fact("communication", sent)],
    );
    let log = super::told::log(&story);
    assert!(
        log.contains("Message to Kim Lee (care team) by letter: Dear Kim Lee"),
        "{log}"
    );
}
