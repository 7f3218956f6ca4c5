//! The letter to whoever referred a patient: to whom, on what ground, and its text.

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::views::FeedbackDue;
use crate::care::privacy::{self, Ground};
use crate::care::reason_of_feedback;
use crate::exchange::note::{self, Addressee, Letter, Paper};
use crate::flowsheet::Flowsheet;
use crate::journal::facts::{Audience, CareTeamMember, Channel, Communication, FeedbackTold, Referral, TeamRole};
use crate::journal::{ChartId, Day, Fact, Folded, Slot, ThingId, When};
use crate::store::Store;
use crate::vault::Aead;

/// Whoever referred, as the record knows them.
struct Referrer {
    /// With their role: it says whether they treat the patient.
    who: CareTeamMember,
    /// As what the record keeps a message to them.
    audience: Audience,
    /// Whether they are the patient's PCP, who is told for treatment whatever a release beside says.
    is_pcp: bool,
}

impl<S: Store, A: Aead> Books<S, A> {
    /// The letter that is due, or will be; `None` where nobody waits for one.
    pub(super) async fn feedback_due(
        &mut self,
        id: ChartId,
        at: DateTime<FixedOffset>,
    ) -> Result<Option<FeedbackDue>, Failure> {
        self.sheet(id)?;
        let folded = self.read(id).await?.fold();
        let sheet = self.sheet(id)?;
        let moment = self.as_of(at);
        let today = moment.today;
        let Some(after) = reason_of_feedback(sheet, &moment) else {
            return Ok(None);
        };
        let Some(episode) = sheet.episode_on(today).map(|line| line.episode) else {
            return Ok(None);
        };
        let Some(Fact::Referral(referral)) = folded.head(&Slot::Referral(episode)).map(|live| &live.fact) else {
            return Ok(None);
        };
        let Some(to) = self.referrer(&folded, sheet, referral, today) else {
            return Ok(None);
        };
        let ground = match privacy::ground(&folded, &to.who, None, today) {
            Ok(_) if to.is_pcp => Ok(Ground::Treatment),
            ground => ground,
        };
        let none = std::collections::BTreeSet::new();
        let source = self.source(&folded, sheet, moment, &none);
        let text = match ground {
            Ok(ground) => {
                let to = Addressee {
                    member: &to.who,
                    ground,
                };
                let template = self.template(Paper::Letter(Letter::Referrer));
                note::feedback_letter(&source, to, episode, after, &template)
            }
            Err(_) => String::new(),
        };
        let release = match ground {
            Ok(Ground::Release(release)) => Some(release),
            _ => None,
        };
        let is_of_team = to.audience == Audience::CareTeam;
        let fax = to.who.fax.as_ref().map(|fax| format!("fax {fax}"));
        let phone = to.who.phone.clone().or_else(|| {
            let known = referral.by.and_then(|person| self.office.people.get(&person));
            known.and_then(|person| person.phone.clone())
        });
        let contact = [
            phone,
            fax,
            to.who.email.clone(),
            to.who.reach.clone(),
            release.and_then(|release| release.contact.clone()),
        ];
        Ok(Some(FeedbackDue {
            after,
            to: to.who.name.clone(),
            contact: contact.into_iter().flatten().collect(),
            ground: match &ground {
                Ok(Ground::Release(release)) => format!("Under the release to {}", release.to),
                Ok(Ground::Treatment) if to.is_pcp => "The PCP, who treats the patient".to_owned(),
                Ok(Ground::Treatment) => "For treatment (45 CFR 164.506(c)): what is held back stays untold".to_owned(),
                Err(_) => String::new(),
            },
            not: ground.as_ref().err().map(ToString::to_string),
            message: Communication {
                at: When::At(at),
                to: to.audience,
                person: referral.by.filter(|_| !is_of_team),
                by: Channel::Letter,
                about: None,
                text,
                release: release.map(|release| release.release),
                name: referral.by.is_none().then(|| to.who.name.clone()),
                held: Vec::new(),
                member: is_of_team.then_some(to.who.member),
                closing: None,
                feedback: Some(FeedbackTold { episode, after }),
                also: Vec::new(),
            },
            referral: referral.clone(),
        }))
    }

    /// Whoever referred: of the care team where they are on it; else the person of the registry, who treats the patient with
    /// us; else the name that was typed, who is told under a release alone.
    fn referrer(&self, folded: &Folded, sheet: &Flowsheet, referral: &Referral, today: Day) -> Option<Referrer> {
        let heads = || folded.slots().filter_map(|slot| folded.head(slot));
        let of_team = |is_them: &dyn Fn(&CareTeamMember) -> bool| {
            heads().find_map(|live| match &live.fact {
                Fact::CareTeamMember(member) if member.until.is_none_or(|until| today <= until) && is_them(member) => {
                    Some(member.clone())
                }
                _ => None,
            })
        };
        let Some(person) = referral.by else {
            let from = referral
                .from
                .as_deref()
                .map(str::trim)
                .filter(|from| !from.is_empty())?;
            return Some(match of_team(&|member| privacy::is_named(member, from)) {
                Some(who) => Referrer {
                    who,
                    audience: Audience::CareTeam,
                    is_pcp: false,
                },
                None => Referrer {
                    who: named(from),
                    audience: Audience::Agency,
                    is_pcp: false,
                },
            });
        };
        let is_pcp = sheet.who.clinician == Some(person);
        match of_team(&|member| member.person == Some(person)).filter(|_| !is_pcp) {
            Some(who) => Some(Referrer {
                who,
                audience: Audience::CareTeam,
                is_pcp,
            }),
            None => Some(Referrer {
                who: privacy::clinician(folded, Some(person), &self.office.name(person)),
                audience: Audience::Clinician,
                is_pcp,
            }),
        }
    }
}

/// Somebody of whom only the name is known.
fn named(name: &str) -> CareTeamMember {
    CareTeamMember {
        member: ThingId::derived([0; 16]),
        role: TeamRole::Other,
        name: name.to_owned(),
        person: None,
        of: None,
        phone: None,
        fax: None,
        email: None,
        reach: None,
        until: None,
    }
}
