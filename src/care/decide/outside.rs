//! What goes outside the treating team: under a release that holds, or not at all.

use super::Desk;
use crate::care::intent::Refusal;
use crate::care::privacy::{self, Ground, WhyHeld, WhyNot};
use crate::journal::facts::{Audience, Communication};
use crate::journal::{Day, Fact, Folded, Slot, ThingId};

/// Lets a message to the patient and the consultant pass, and one to the treating clinician, but for what is held back,
/// which goes to them under a release that names them; to family or an agency it names a
/// release that holds on its day and that permits everything held back that it tells; to somebody of the care team there
/// is a ground for it.
pub(super) fn check_told(desk: &Desk<'_, '_, '_>, message: &Communication) -> Result<(), Refusal> {
    let (folded, _) = desk.patient()?;
    let day = message.at.day(desk.hand.zone);
    let release = match message.to {
        Audience::Consultant | Audience::Patient => return Ok(()),
        Audience::Clinician => return to_clinician(desk, folded, message, day),
        Audience::Family | Audience::Agency => message.release.ok_or_else(not_named)?,
        Audience::CareTeam => match of_team(folded, message, day)? {
            Some(release) => release,
            None => return Ok(()),
        },
    };
    names_recipient(folded, release, message)?;
    privacy::may_tell(folded, release, day, &held(folded, message)).map_err(|why| match why {
        WhyNot::NoRelease => not_named(),
        why => Refusal::Field(format!("This can\u{2019}t be sent: {why}")),
    })
}

/// Whether a release names whom a message outside the team goes to. A message without a name of its own goes to whom the
/// release names; one to somebody of the care team has its ground looked at by [`of_team`].
fn names_recipient(folded: &Folded, release: ThingId, message: &Communication) -> Result<(), Refusal> {
    let Some(name) = message.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) else {
        return Ok(());
    };
    if message.to == Audience::CareTeam {
        return Ok(());
    }
    match folded.head(&Slot::Release(release)).map(|live| &live.fact) {
        Some(Fact::Release(release)) if !privacy::is_to(folded, release, message.person, name) => {
            Err(Refusal::Field(privacy::not_theirs(&release.to, name)))
        }
        _ => Ok(()),
    }
}

/// Whether the treating clinician may be told what of a message is held back.
fn to_clinician(desk: &Desk<'_, '_, '_>, folded: &Folded, message: &Communication, day: Day) -> Result<(), Refusal> {
    let why = held(folded, message);
    if why.is_empty() {
        return Ok(());
    }
    let on_record = match folded.head(&Slot::Registration).map(|live| &live.fact) {
        Some(Fact::Registration(registration)) => registration.clinician,
        _ => None,
    };
    let person = message.person.or(on_record.filter(|_| message.name.is_none()));
    let on_file = person.and_then(|person| match &desk.view.office.1.head(&Slot::Person(person))?.fact {
        Fact::Person(person) => Some(person.name.clone()),
        _ => None,
    });
    let name = message.name.clone().or(on_file).unwrap_or_default();
    let to = privacy::clinician(folded, person, &name);
    match privacy::to_clinician(folded, &to, day, &why) {
        Ok(_) => Ok(()),
        Err(why) => Err(Refusal::Field(why.to_string())),
    }
}

/// The release under which somebody of the care team is told; none where none is needed.
fn of_team(folded: &Folded, message: &Communication, day: Day) -> Result<Option<ThingId>, Refusal> {
    let not_chosen = || Refusal::Field("Choose who of the care team it goes to".to_owned());
    let member = message.member.and_then(|member| privacy::member(folded, member));
    match privacy::ground(folded, member.ok_or_else(not_chosen)?, message.release, day) {
        Ok(Ground::Release(release)) => Ok(Some(release.release)),
        Ok(Ground::Treatment) if held(folded, message).is_empty() => Ok(None),
        Ok(Ground::Treatment) => Err(Refusal::Field(
            "What is held back goes to them only under a release that names them and covers it".to_owned(),
        )),
        Err(WhyNot::NoRelease) => Err(Refusal::Field(
            "No release names them. Ask the patient for one and record it under Consent and privacy".to_owned(),
        )),
        Err(why) => Err(Refusal::Field(format!("This can\u{2019}t be sent: {why}"))),
    }
}

/// Why what a message tells is held back.
fn held(folded: &Folded, message: &Communication) -> Vec<WhyHeld> {
    let marked = privacy::held_back(folded);
    let told = message.held.iter().filter_map(|entry| marked.get(entry)).flatten();
    told.cloned().collect()
}

fn not_named() -> Refusal {
    let why = "Choose the release under which this goes out. Without one it can\u{2019}t be sent";
    Refusal::Field(why.to_owned())
}
