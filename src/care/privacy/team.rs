//! On what ground something may be told to somebody of the patient's care team.
//!
//! - A release that the patient gave for this person is the rule, whatever they are: what it covers, from and until when.
//!   One that was taken back is the patient's word against it, also against an older one for the place where they work. A
//!   name is compared without titles and credentials; one that was taken back from somebody who may be the same person is
//!   asked about before anything is told for treatment.
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

/// Whether a text names a person of the care team (`Kim Lee`, `Dr. Kim Lee, Harbor Counseling`, `Lee, Kim, LCSW`), or
/// where they work.
pub fn is_named(member: &CareTeamMember, text: &str) -> bool {
    is_by_name(member, text) || is_the_place(member, text)
}

/// Whether a text names a person, however it is titled.
fn is_by_name(member: &CareTeamMember, text: &str) -> bool {
    let name = name_words(&member.name);
    // A family name alone is many people's, and a branch in another street is another pharmacy: as it is written, then.
    let is_as_written = || plain(text).starts_with(&plain(&member.name));
    let says_enough = name.len() > 1 && parts_after(&member.name).next().is_none();
    !name.is_empty() && name_words(text) == name && (says_enough || is_as_written())
}

/// What follows a name of several words, but for credentials.
fn parts_after(text: &str) -> impl Iterator<Item = &str> {
    let mut parts = text.split(',').map(str::trim);
    let is_whole = parts.next().is_some_and(|first| first.split_whitespace().count() > 1);
    parts.filter(move |part| is_whole && !part.split_whitespace().all(is_credential))
}

fn is_the_place(member: &CareTeamMember, text: &str) -> bool {
    let of = match member.role {
        // There it says how they are related to the patient, which many are.
        TeamRole::Family => None,
        _ => member.of.as_deref().map(plain).filter(|of| !of.is_empty()),
    };
    of == Some(plain(text))
}

/// Whether a text may name a person: it shares the family name and, where both have one, the first letter.
fn may_be_named(member: &CareTeamMember, text: &str) -> bool {
    let (name, other) = (name_words(&member.name), name_words(text));
    let has_given = 1 < name.len() && 1 < other.len();
    let letter = |name: &[String]| name.first().and_then(|given| given.chars().next());
    name.last().is_some() && name.last() == other.last() && (!has_given || letter(&name) == letter(&other))
}

/// The words of a name, without titles, credentials and what follows them: the place, a relation.
fn name_words(text: &str) -> Vec<String> {
    let text = text.split([';', '(']).next().unwrap_or_default();
    let mut parts = text.split(',').map(str::trim);
    let mut words: Vec<&str> = parts.next().unwrap_or_default().split_whitespace().collect();
    while words.len() > 1 && words.first().is_some_and(|word| is_title(word)) {
        words.remove(0);
    }
    // Some families are called as a degree is: of two words such a one is a name.
    let ends_in_credential = |words: &[&str]| match words {
        [_, last] => is_credential(last) && !OF_NAMES.contains(&bare(last).as_str()),
        [_, .., last] => is_credential(last),
        _ => false,
    };
    while ends_in_credential(&words) {
        words.pop();
    }
    // `Lee, Kim`: one word alone is the family name, with the given names after it.
    if words.len() == 1
        && let Some(given) = parts.next()
        && !given.split_whitespace().all(is_credential)
    {
        words = given.split_whitespace().chain(words).collect();
    }
    words.into_iter().map(bare).collect()
}

/// A word without points, in lower case.
fn bare(word: &str) -> String {
    word.replace('.', "").to_lowercase()
}

fn is_title(word: &str) -> bool {
    const TITLES: [&str; 9] = ["dr", "doctor", "mr", "mrs", "ms", "miss", "mx", "prof", "professor"];
    TITLES.contains(&bare(word).as_str())
}

/// Degrees that are also names.
const OF_NAMES: [&str; 3] = ["do", "ma", "pa"];

/// A degree or a licence after a name; one that is also a name isn't when it is written as a name.
fn is_credential(word: &str) -> bool {
    const CREDENTIALS: [&str; 42] = [
        "md", "do", "np", "pa", "pa-c", "pac", "rn", "bsn", "msn", "aprn", "arnp", "fnp", "fnp-c", "fnp-bc", "pmhnp",
        "pmhnp-bc", "crnp", "dnp", "ma", "ms", "phd", "psyd", "edd", "lcsw", "lcsw-r", "licsw", "lmsw", "lsw", "msw",
        "asw", "lmft", "mft", "lpc", "lpcc", "lmhc", "lcpc", "ladc", "cadc", "pharmd", "rph", "mph", "esq",
    ];
    let is_capital = |letter: &char| letter.is_uppercase();
    let is_name = OF_NAMES.contains(&bare(word).as_str()) && word.chars().filter(is_capital).count() == 1;
    !is_name && CREDENTIALS.contains(&bare(word).as_str())
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
        let release = in_force(folded, release, on)?;
        return match taken_back_since(&own, member, release, on) {
            Some(day) => Err(WhyNot::Revoked { on: day }),
            None => Ok(Ground::Release(release)),
        };
    }
    let mut against = None;
    let mut holding: Vec<&Release> = Vec::new();
    for one in &own {
        match in_force(folded, one.release, on) {
            Ok(release) => match taken_back_since(&own, member, release, on) {
                Some(day) => against = Some((WhyNot::Revoked { on: day }, true)),
                None => holding.push(release),
            },
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
        _ if is_on_team && treats(member.role) => match maybe_taken_back(folded, member, on) {
            Some(why) => Err(why),
            None => Ok(Ground::Treatment),
        },
        Some((why, false)) => Err(why),
        None => Err(WhyNot::NoRelease),
    }
}

/// The day on which the patient took a release to the person back, after one for the place where they work began: their
/// word about the person is the later and the narrower one.
fn taken_back_since(own: &[&Release], member: &CareTeamMember, holding: &Release, on: Day) -> Option<Day> {
    if is_by_name(member, &holding.to) {
        return None;
    }
    let by_name = own.iter().filter(|release| is_by_name(member, &release.to));
    let days = by_name.filter_map(|release| release.revoked);
    days.filter(|day| *day <= on && holding.from < *day).max()
}

/// A release that was taken back from somebody who may be this person.
fn maybe_taken_back(folded: &Folded, member: &CareTeamMember, on: Day) -> Option<WhyNot> {
    let taken = releases(folded).into_iter().filter_map(|release| {
        let day = release.revoked.filter(|day| *day <= on)?;
        (may_be_named(member, &release.to) && !is_named(member, &release.to)).then_some((day, release))
    });
    let (day, release) = taken.max_by_key(|(day, _)| *day)?;
    Some(WhyNot::MaybeRevoked {
        to: release.to.clone(),
        on: day,
    })
}

/// A text with letter case and spaces aside.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
