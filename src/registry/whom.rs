//! Who can be called about a patient, as the record names them: the treating clinician, the care team, and those with
//! whom the patient allows us to speak. Forms begin with it; nothing is written before a person saves it.

use std::collections::BTreeSet;

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
        let folded = self.read_again(id).await?.fold();
        let today = self.as_of(at).today;
        let sheet = self.sheet(id)?;
        let professionals = professionals(sheet, &folded, &self.office, today);
        let people = close_ones(&folded, today);
        let clinic = &self.office.clinic;
        let line = clinic
            .crisis_line
            .as_ref()
            .map(|line| format!("{}: {line}", clinic.name));
        let part = |part: SafetyPlanPart, people: &[Named], also: Option<String>| {
            let also_from = also.as_ref().map(|_| "the clinic\u{2019}s crisis line");
            let from = sources(people, also_from);
            let lines: Vec<String> = people.iter().map(Named::line).chain(also).collect();
            let text = lines.join("\n");
            (!text.is_empty()).then_some(TakenOver { part, text, from })
        };
        let plan = [
            part(SafetyPlanPart::PeopleToAsk, &people, None),
            part(SafetyPlanPart::Professionals, &professionals, line),
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
    /// Where the record names them.
    pub from: NamedBy,
}

/// Where the record names somebody, in the order in which sources are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NamedBy {
    /// The care team, the care manager included.
    CareTeam,
    /// As the treating clinician.
    Clinician,
    /// Those with whom we may speak.
    SpeakWith,
    /// A release to family.
    Release,
}

impl NamedBy {
    fn words(self) -> &'static str {
        match self {
            Self::CareTeam => "the care team",
            Self::Clinician => "the PCP",
            Self::SpeakWith => "those with whom we may speak",
            Self::Release => "releases to family",
        }
    }
}

/// What these people, and what is told beside them, came from: only what there was.
pub(super) fn sources(people: &[Named], also: Option<&'static str>) -> String {
    let by: BTreeSet<NamedBy> = people.iter().map(|named| named.from).collect();
    let words: Vec<&str> = by.into_iter().map(NamedBy::words).chain(also).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

impl Named {
    /// `Dr. Amara Obi, treating clinician: 555-0100`.
    pub fn line(&self) -> String {
        let what = self.what.as_ref().map(|what| format!(", {what}"));
        let contact = self.contact.as_ref().map(|contact| format!(": {contact}"));
        [Some(self.name.clone()), what, contact].into_iter().flatten().collect()
    }

    /// Whether a line of a text begins with this name, whole: "Joann Lee" and "Ann Lee Brown" are others than "Ann Lee".
    /// In doubt somebody is named twice: better than that a plan lacks whom to call.
    pub fn is_in(&self, text: &str) -> bool {
        let name = fold(&self.name);
        let ends = |letter: char| ",;:(\u{2013}\u{2014}".contains(letter) || letter.is_ascii_digit();
        let begins = |line: &str| {
            let mut cuts = line.match_indices(ends).map(|(at, _)| at).chain([line.len()]);
            cuts.any(|at| line.get(..at).is_some_and(|part| fold(part) == name))
        };
        !name.is_empty() && text.lines().any(begins)
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
        from: NamedBy::Clinician,
    })
}

/// The care manager of a day, with the number in the registry.
pub(super) fn care_manager(sheet: &Flowsheet, office: &Office, today: Day) -> Option<Named> {
    let person = sheet.care_manager_on(today)?;
    Some(Named {
        name: office.name(person),
        what: Some("care manager".to_owned()),
        contact: office.people.get(&person).and_then(|person| person.phone.clone()),
        from: NamedBy::CareTeam,
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
/// With whom we may speak about one thing only, such as appointments, isn't asked for help in a crisis.
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
    let spoken = spoken.filter(|who| who.about.as_ref().is_none_or(|about| about.trim().is_empty()));
    let mut found: Vec<Named> = spoken
        .map(|who| Named {
            name: who.name.clone(),
            what: who.relation.clone(),
            contact: contact_of(&who.name),
            from: NamedBy::SpeakWith,
        })
        .collect();
    for release in &releases {
        if found.iter().all(|known| fold(&known.name) != fold(&release.to)) {
            found.push(Named {
                name: release.to.clone(),
                what: of_team(&release.to).and_then(|member| member.of.clone()),
                contact: contact_of(&release.to),
                from: NamedBy::Release,
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
        from: NamedBy::CareTeam,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_named_already_only_by_the_whole_name_that_begins_a_line() {
        let ann = Named {
            name: "Ann Lee".to_owned(),
            what: None,
            contact: None,
            from: NamedBy::CareTeam,
        };
        let table = [
            ("Ann Lee", true),
            ("My sponsor\n- Ann Lee, therapist: 555-0100", true),
            ("ann lee 555-0100", true),
            ("Joann Lee, sister", false),
            ("Ann Leeds: 555-0100", false),
            ("Ann Lee Brown, aunt", false),
            ("Mary Ann Lee", false),
            ("", false),
        ];
        for (text, named) in table {
            assert_eq!(ann.is_in(text), named, "{text}");
        }
    }
}
