//! Messages to everybody of the care team, each on a ground of their own; the months that can be summed up.

use std::collections::BTreeSet;

use super::api::Failure;
use super::books::Books;
use super::views::{TeamLetter, TextView};
use crate::care::intent::Refusal;
use crate::care::privacy::{self, Ground};
use crate::exchange::note::{self, Addressee, Letter, Paper, Source, role_words};
use crate::flowsheet::Flowsheet;
use crate::journal::facts::{CareTeamMember, TeamRole};
use crate::journal::{Day, EntryId, Fact, Folded, Month, Slot, ThingId, Zone};
use crate::store::Store;
use crate::vault::Aead;

/// How many months back a summary goes at most.
const MONTHS: usize = 13;

/// Everybody who is on the care team on a day, by name.
pub(super) fn team(folded: &Folded, today: Day) -> Vec<TeamLetter> {
    let heads = folded.slots().filter_map(|slot| folded.head(slot));
    let mut team: Vec<TeamLetter> = heads
        .filter_map(|live| match &live.fact {
            Fact::CareTeamMember(member) if member.until.is_none_or(|until| today <= until) => {
                Some(line(folded, member, today))
            }
            _ => None,
        })
        .collect();
    team.sort_by(|a, b| (&a.name, a.member).cmp(&(&b.name, b.member)));
    team
}

fn line(folded: &Folded, member: &CareTeamMember, today: Day) -> TeamLetter {
    let ground = privacy::ground(folded, member, None, today);
    let role = role_words(member.role).map(str::to_owned);
    let words = [Some(member.name.clone()), role, member.of.clone()];
    let fax = member.fax.as_ref().map(|fax| format!("fax {fax}"));
    let contact = [member.phone.clone(), fax, member.email.clone(), member.reach.clone()];
    TeamLetter {
        member: member.member,
        person: member.person,
        name: member.name.clone(),
        words: words.into_iter().flatten().collect::<Vec<_>>().join(", "),
        contact: contact.into_iter().flatten().collect(),
        release: match ground {
            Ok(Ground::Release(release)) => Some(release.release),
            _ => None,
        },
        ground: match ground {
            Ok(Ground::Release(release)) => format!("Under the release to {}", release.to),
            Ok(Ground::Treatment) => {
                "They treat the patient: what isn\u{2019}t held back may be told for treatment without \
                                      a release (45 CFR 164.506(c)). What is held back needs one that names them."
                    .to_owned()
            }
            Err(_) => String::new(),
        },
        not: ground.err().map(|why| why.to_string()),
    }
}

impl<S: Store, A: Aead> Books<S, A> {
    /// A message to somebody of the care team. Where nothing may be told it says so, and what to ask for.
    pub(super) fn member_text(
        &self,
        source: &Source<'_>,
        member: ThingId,
        confirmed: &[EntryId],
    ) -> Result<TextView, Failure> {
        let member = privacy::member(source.folded, member).ok_or(Refusal::NoSuchEntry)?;
        let today = source.at.today;
        let text = match privacy::ground(source.folded, member, None, today) {
            Err(why) => format!(
                "Nothing may be told to {}: {why}. Ask the patient for a release that names them, record it under Intake, \
                 and write this again.",
                member.name
            ),
            Ok(ground) => {
                let confirmed = permitted(source.folded, ground, confirmed, today);
                let to = Addressee { member, ground };
                note::member_letter(source, to, &confirmed, &self.template(Paper::Letter(Letter::Member)))
            }
        };
        Ok(super::notes::plain_text(text))
    }
}

/// Of what is held back and confirmed, what a ground permits.
fn permitted(folded: &Folded, ground: Ground<'_>, confirmed: &[EntryId], today: Day) -> BTreeSet<EntryId> {
    let Ground::Release(release) = ground else {
        return BTreeSet::new();
    };
    let held = privacy::held_back(folded);
    let may = |entry: &EntryId| {
        let why = held.get(entry).map(Vec::as_slice).unwrap_or_default();
        privacy::may_tell(folded, release.release, today, why).is_ok()
    };
    confirmed.iter().copied().filter(may).collect()
}

/// To whom a message to somebody of the care team went: `Kim Lee (therapist)`.
pub(super) fn member_name(folded: &Folded, member: ThingId) -> Option<String> {
    let Some(Fact::CareTeamMember(member)) = folded.head(&Slot::CareTeam(member)).map(|live| &live.fact) else {
        return None;
    };
    let role = role_words(member.role).unwrap_or("care team");
    Some(format!("{} ({role})", member.name))
}

/// Months that can be summed up, the latest first: none from before the first referral or contact.
pub(super) fn months(folded: &Folded, sheet: &Flowsheet, zone: Zone, today: Day) -> Vec<Month> {
    let referrals = folded.live().iter().filter_map(|live| match &live.fact {
        Fact::Referral(referral) => Some(referral.at.day(zone)),
        _ => None,
    });
    let episodes = sheet.episodes.iter().map(|episode| episode.opened);
    let contacts = sheet.contacts.iter().map(|contact| contact.day);
    let attempts = sheet.attempts.iter().map(|attempt| attempt.day);
    let first = referrals.chain(episodes).chain(contacts).chain(attempts).min();
    let first = first.filter(|first| *first <= today).map(Day::month);
    let all = std::iter::successors(Some(today.month()), |month| Some(month.previous()));
    all.take(MONTHS)
        .take_while(|month| first.is_some_and(|first| first <= *month))
        .collect()
}

/// Somebody on whom a template is tried.
pub(super) fn invented() -> CareTeamMember {
    CareTeamMember {
        member: ThingId::derived([0; 16]),
        role: TeamRole::Therapist,
        name: "Kim Example".to_owned(),
        person: None,
        of: None,
        phone: None,
        fax: None,
        email: None,
        reach: None,
        until: None,
    }
}
