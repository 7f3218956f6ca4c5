//! What is held back, and the treating clinician.
//!
//! Treatment alone is no ground for it: records under Part 2 are told with the patient's written consent that names who may
//! be told, which since 2024 may be one consent for treatment, payment and operations (42 CFR 2.31 and 2.33; 89 FR 12472,
//! <https://www.ecfr.gov/current/title-42/part-2/subpart-C>), and what a minor alone consented to is the minor's to release.

use super::{Ground, WhyHeld, WhyNot, ground, is_named, may_tell, own_releases};
use crate::journal::facts::{CareTeamMember, Release, TeamRole};
use crate::journal::{Day, Fact, Folded, PersonId, ThingId};

/// Why what is held back isn't told to a clinician.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotToClinician {
    /// It isn't known to whom it would go.
    #[error("Say to which clinician it goes: what is held back is told only to somebody whom a release names")]
    Nobody,
    /// No release names them.
    #[error(
        "No release to {to} is on file: what is held back is told to them only with the patient\u{2019}s written consent \
         (42 CFR 2.33). Record it under Intake, then tick it again"
    )]
    NoRelease {
        /// Who.
        to: String,
    },
    /// None of those that name them permits it.
    #[error("The release to {to} doesn\u{2019}t permit it: {why}")]
    Not {
        /// Who.
        to: String,
        /// Why the nearest doesn't.
        why: WhyNot,
    },
}

/// A clinician as somebody of the care team: as the team has them, else by their name alone.
pub fn clinician(folded: &Folded, person: Option<PersonId>, name: &str) -> CareTeamMember {
    let members = folded.slots().filter_map(|slot| match &folded.head(slot)?.fact {
        Fact::CareTeamMember(member) => Some(member),
        _ => None,
    });
    let mut theirs = members.filter(|member| match person {
        Some(_) => member.person == person,
        None => member.name == name,
    });
    let known = theirs.next().map(|member| CareTeamMember {
        name: name.to_owned(),
        ..member.clone()
    });
    known.unwrap_or_else(|| CareTeamMember {
        member: ThingId::from_random([0; 16]),
        role: TeamRole::TreatingClinician,
        name: name.to_owned(),
        person,
        of: None,
        phone: None,
        fax: None,
        email: None,
        reach: None,
        until: None,
    })
}

/// Whether a release is to somebody: it names them, however they are titled, or the place where they work.
pub fn is_to(folded: &Folded, release: &Release, person: Option<PersonId>, name: &str) -> bool {
    is_same_text(&release.to, name) || is_named(&clinician(folded, person, name), &release.to)
}

fn is_same_text(a: &str, b: &str) -> bool {
    let small = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    small(a) == small(b)
}

/// What is said where a release is to somebody else than who is written to.
pub fn not_theirs(to: &str, name: &str) -> String {
    format!(
        "This release is to {to}, and this goes to {name}. Choose the release that names {name}, or ask the patient for one"
    )
}

/// The release under which something held back may be told to a clinician: one that names them, is in force, and covers it.
///
/// # Errors
/// What is missing.
pub fn to_clinician(
    folded: &Folded,
    to: &CareTeamMember,
    on: Day,
    held: &[WhyHeld],
) -> Result<ThingId, NotToClinician> {
    if to.name.trim().is_empty() {
        return Err(NotToClinician::Nobody);
    }
    let mut nearest: Option<WhyNot> = None;
    for release in own_releases(folded, to) {
        let told = match ground(folded, to, Some(release.release), on) {
            Ok(Ground::Release(_)) => may_tell(folded, release.release, on, held),
            Ok(Ground::Treatment) => Err(WhyNot::NoRelease),
            Err(why) => Err(why),
        };
        match told {
            Ok(()) => return Ok(release.release),
            Err(why) => {
                let is_over = |why: &WhyNot| matches!(why, WhyNot::Expired { .. } | WhyNot::NotYet { .. });
                if nearest.as_ref().is_none_or(|known| is_over(known) && !is_over(&why)) {
                    nearest = Some(why);
                }
            }
        }
    }
    let to = to.name.clone();
    Err(match nearest {
        None => NotToClinician::NoRelease { to },
        Some(why) => NotToClinician::Not { to, why },
    })
}
