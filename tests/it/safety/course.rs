//! Status and consent written out of order or by two copies.

use super::*;
use caseload::flowsheet::StatusLine;

#[test]
fn of_two_pauses_the_one_that_is_looked_at_sooner_holds() {
    for (first, second) in [("2026-12-01", "2027-03-01"), ("2027-03-01", "2026-12-01")] {
        let mut a = Copy::new(1);
        let mut b = a.elsewhere(2).at("2026-11-03T09:00:00-05:00");
        for (copy, review) in [(&mut a, first), (&mut b, second)] {
            copy.write(StatusChange {
                episode: EpisodeId::from_random([9; 16]),
                status: Status::OnHold { review: day(review) },
                from: day("2026-11-02"),
                why: None,
            });
        }
        a.merge(&b);
        let sooner = StatusLine::OnHold {
            review: day("2026-12-01"),
        };
        assert_eq!(a.sheet().status_on(day("2026-11-20")), Some(sooner));
    }
}

#[test]
fn a_withdrawn_consent_stays_withdrawn_when_the_day_on_which_it_was_given_is_written_down_later() {
    let mut copy = Copy::new(1);
    let given = || ConsentAnswer::Given {
        how: ConsentHow::Verbal,
        explained: None,
        points: Vec::new(),
    };
    for (on, answer) in [
        ("2026-10-12", given()),
        ("2026-11-05", ConsentAnswer::Withdrawn),
        ("2026-10-01", given()),
    ] {
        copy.write(Consent {
            programme: Programme::Cocm,
            answer,
            day: day(on),
            taken_by: None,
        });
    }
    let consents = copy.sheet().gates.consents;
    let on = |text| consents.iter().rev().find(|(from, ..)| *from <= day(text)).unwrap().2;
    assert_eq!(on("2026-10-05"), Some(ConsentHow::Verbal));
    assert_eq!(on("2026-11-20"), None);
}
