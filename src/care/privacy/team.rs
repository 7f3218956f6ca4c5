//! On what ground something may be told to somebody of the patient's care team.
//!
//! - A release that the patient gave for this person is the rule, whatever they are: what it covers, from and until when.
//!   One that was taken back is the patient's word against it.
//! - Without one, a provider who treats the patient may be told for treatment, coordination included: HIPAA asks for no
//!   authorization (45 CFR 164.506(c)(1) and (2), "treatment" in 164.501,
//!   <https://www.ecfr.gov/current/title-45/section-164.506>). What is marked never goes along: Part 2 asks for written
//!   consent that names who may be told, for treatment too (42 CFR 2.31 and 2.33,
//!   <https://www.ecfr.gov/current/title-42/part-2/subpart-C>), and what a minor alone consented to is the minor's to
//!   release (45 CFR 164.502(g)(3)).
//! - Anybody else (case managers and social workers, who may be no health care providers; family; schools, agencies,
//!   shelters; others) is told nothing without a release (45 CFR 164.508(a)(1)).

use super::{WhyNot, in_force, releases};
use crate::journal::facts::{CareTeamMember, Release, TeamRole};
use crate::journal::{Day, Fact, Folded, Slot, ThingId};

/// On what ground something may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground<'a> {
    /// Their own release, as far as it covers.
    Release(&'a Release),
    /// One provider to another, for treatment; nothing that is marked.
    Treatment,
}

/// Somebody of the care team as they stand.
pub fn member(folded: &Folded, member: ThingId) -> Option<&CareTeamMember> {
    match &folded.head(&Slot::CareTeam(member))?.fact {
        Fact::CareTeamMember(member) => Some(member),
        _ => None,
    }
}

/// Whether a role is that of a provider who treats the patient.
pub fn treats(role: TeamRole) -> bool {
    match role {
        TeamRole::TreatingClinician
        | TeamRole::Therapist
        | TeamRole::Prescriber
        | TeamRole::Specialist
        | TeamRole::Pharmacy => true,
        TeamRole::CaseManager | TeamRole::Family | TeamRole::Agency | TeamRole::Other => false,
    }
}

/// The releases that name a person, or the place where they work, whether they hold or not.
pub fn own_releases<'a>(folded: &'a Folded, member: &CareTeamMember) -> Vec<&'a Release> {
    let all = releases(folded).into_iter();
    all.filter(|release| is_named(member, &release.to)).collect()
}

/// Whether a text names a person of the care team (`Kim Lee`, `Kim Lee, Harbor Counseling`), or where they
/// work.
pub fn is_named(member: &CareTeamMember, text: &str) -> bool {
    let (text, name) = (plain(text), plain(&member.name));
    let of = match member.role {
        // There it says how they are related to the patient, which many are.
        TeamRole::Family => None,
        _ => member.of.as_deref().map(plain).filter(|of| !of.is_empty()),
    };
    let rest = text.strip_prefix(&name).map(str::trim_start);
    let is_name = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([',', ';', '(']));
    is_name || of == Some(text)
}

/// On what ground a person may be told something on a day: under the release that is named, or under the one of their own
/// that covers most.
///
/// # Errors
/// Why they may be told nothing.
pub fn ground<'a>(
    folded: &'a Folded,
    member: &CareTeamMember,
    release: Option<ThingId>,
    on: Day,
) -> Result<Ground<'a>, WhyNot> {
    let own = own_releases(folded, member);
    if let Some(release) = release {
        if !own.iter().any(|one| one.release == release) {
            return Err(WhyNot::SomebodyElse);
        }
        return in_force(folded, release, on).map(Ground::Release);
    }
    let mut against = None;
    let mut holding: Vec<&Release> = Vec::new();
    for one in &own {
        match in_force(folded, one.release, on) {
            Ok(release) => holding.push(release),
            Err(why) => {
                let is_word_against_it = !matches!(why, WhyNot::Expired { .. } | WhyNot::NotYet { .. });
                if against.is_none() || is_word_against_it {
                    against = Some((why, is_word_against_it));
                }
            }
        }
    }
    if let Some(most) = holding
        .into_iter()
        .max_by_key(|release| (release.covers.len(), release.part2))
    {
        return Ok(Ground::Release(most));
    }
    let is_on_team = member.until.is_none_or(|until| on <= until);
    match against {
        Some((why, true)) => Err(why),
        _ if is_on_team && treats(member.role) => Ok(Ground::Treatment),
        Some((why, false)) => Err(why),
        None => Err(WhyNot::NoRelease),
    }
}

/// A name with letter case and spaces aside.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
