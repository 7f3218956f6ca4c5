//! Who can be called about a patient, as the record names them: the treating clinician, the care team, and those with
//! whom the patient allows us to speak. Forms begin with it; nothing is written before a person saves it.

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::office::Office;
use super::timeline::intake::team_role_word;
use super::views::*;
use crate::care::{fold, privacy};
use crate::flowsheet::Flowsheet;
use crate::journal::facts::{CareTeamMember, Permissions, RecipientKind, SafetyPlanPart, TeamRole};
use crate::journal::{ChartId, Day, Fact, Folded, Slot};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// What safety forms begin with.
    pub async fn safety_known(&mut self, id: ChartId, at: DateTime<FixedOffset>) -> Result<SafetyKnownView, Failure> {
        self.sheet(id)?;
        let folded = self.read(id).await?.fold();
        let today = self.as_of(at).today;
        let sheet = self.sheet(id)?;
        let professionals = professionals(sheet, &folded, &self.office, today);
        let people = close_ones(&folded, today);
        let clinic = &self.office.clinic;
        let line = clinic
            .crisis_line
            .as_ref()
            .map(|line| format!("{}: {line}", clinic.name));
        let part = |part: SafetyPlanPart, people: &[Named], also: Option<String>, from: &str| {
            let lines: Vec<String> = people.iter().map(Named::line).chain(also).collect();
            let text = lines.join("\n");
            (!text.is_empty()).then(|| TakenOver {
                part,
                text,
                from: from.to_owned(),
            })
        };
        let from = match &line {
            Some(_) => "the care team, the PCP and the clinic\u{2019}s crisis line",
            None => "the care team and the PCP",
        };
        let allowed = "those with whom we may speak, and releases to family";
        let plan = [
            part(SafetyPlanPart::PeopleToAsk, &people, None, allowed),
            part(SafetyPlanPart::Professionals, &professionals, line, from),
        ];
        let clinician = clinician(sheet, &folded, &self.office, today);
        Ok(SafetyKnownView {
            clinician: clinician.map(|named| (named.name, named.contact)),
            plan: plan.into_iter().flatten().collect(),
        })
    }
}

/// Somebody with what they are, and how they are reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Their name.
    pub name: String,
    /// What they are to the patient.
    pub what: Option<String>,
    /// Telephone, or another way.
    pub contact: Option<String>,
}

impl Named {
    /// `Dr. Amara Obi, treating clinician: 555-0100`.
    pub fn line(&self) -> String {
        let what = self.what.as_ref().map(|what| format!(", {what}"));
        let contact = self.contact.as_ref().map(|contact| format!(": {contact}"));
        [Some(self.name.clone()), what, contact].into_iter().flatten().collect()
    }
}

/// The treating clinician, with the number on the care team or in the registry.
pub(super) fn clinician(sheet: &Flowsheet, folded: &Folded, office: &Office, today: Day) -> Option<Named> {
    let person = sheet.who.clinician;
    let members = members(folded, today);
    let of_team = members.iter().find(|member| match (member.person, person) {
        (Some(member), Some(person)) => member == person,
        (_, None) => member.role == TeamRole::TreatingClinician,
        (None, Some(person)) => fold(&member.name) == fold(&office.name(person)),
    });
    let known = person.and_then(|person| office.people.get(&person));
    let name = person
        .map(|person| office.name(person))
        .or_else(|| of_team.map(|member| member.name.clone()))?;
    let contact = of_team.and_then(|member| contact(member));
    Some(Named {
        name,
        what: Some(team_role_word(TeamRole::TreatingClinician).to_owned()),
        contact: contact.or_else(|| known.and_then(|person| person.phone.clone())),
    })
}

/// The treating clinician first, then the others of the care team who are no family.
pub(super) fn professionals(sheet: &Flowsheet, folded: &Folded, office: &Office, today: Day) -> Vec<Named> {
    let first = clinician(sheet, folded, office, today);
    let is_first = |name: &str| first.as_ref().is_some_and(|first| fold(&first.name) == fold(name));
    let others = members(folded, today);
    let others = others
        .iter()
        .filter(|member| member.role != TeamRole::Family && !is_first(&member.name));
    let others: Vec<Named> = others.map(|member| named(member)).collect();
    first.into_iter().chain(others).collect()
}

/// Those with whom the patient allows us to speak, and family to whom a release is in force: nobody else of the family.
pub(super) fn close_ones(folded: &Folded, today: Day) -> Vec<Named> {
    let permissions: Option<&Permissions> = match folded.head(&Slot::Permissions).map(|live| &live.fact) {
        Some(Fact::Permissions(permissions)) => Some(permissions),
        _ => None,
    };
    let members = members(folded, today);
    let of_team = |name: &str| members.iter().find(|member| fold(&member.name) == fold(name));
    let releases: Vec<_> = privacy::releases(folded)
        .into_iter()
        .filter(|release| release.kind == Some(RecipientKind::Family))
        .filter(|release| privacy::in_force(folded, release.release, today).is_ok())
        .collect();
    let contact_of = |name: &str| {
        let mut released = releases.iter().filter(|release| fold(&release.to) == fold(name));
        let of_member = of_team(name).and_then(|member| contact(member));
        of_member.or_else(|| released.find_map(|release| release.contact.clone()))
    };
    let spoken = permissions.into_iter().flat_map(|permissions| &permissions.speak_with);
    let mut found: Vec<Named> = spoken
        .map(|who| Named {
            name: who.name.clone(),
            what: who.relation.clone(),
            contact: contact_of(&who.name),
        })
        .collect();
    for release in &releases {
        if found.iter().all(|known| fold(&known.name) != fold(&release.to)) {
            found.push(Named {
                name: release.to.clone(),
                what: of_team(&release.to).and_then(|member| member.of.clone()),
                contact: contact_of(&release.to),
            });
        }
    }
    found
}

/// Who is on the care team on a day, by what they are.
fn members(folded: &Folded, today: Day) -> Vec<&CareTeamMember> {
    let heads = folded.slots().filter_map(|slot| folded.head(slot));
    let mut members: Vec<&CareTeamMember> = heads
        .filter_map(|live| match &live.fact {
            Fact::CareTeamMember(member) if member.until.is_none_or(|until| today <= until) => Some(member),
            _ => None,
        })
        .collect();
    members.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
    members
}

fn contact(member: &CareTeamMember) -> Option<String> {
    member.phone.clone().or_else(|| member.email.clone())
}

fn named(member: &CareTeamMember) -> Named {
    let role = team_role_word(member.role);
    let what = match &member.of {
        Some(of) => format!("{role}, {of}"),
        None => role.to_owned(),
    };
    Named {
        name: member.name.clone(),
        what: Some(what),
        contact: contact(member),
    }
}
