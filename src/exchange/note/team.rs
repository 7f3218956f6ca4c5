//! A message to somebody of the care team: what their own release covers, or what a provider who treats the patient may
//! be told.

use std::collections::BTreeSet;

use crate::care::privacy::{self, Ground};
use crate::journal::facts::{CareTeamMember, Covers, ReferralState, TeamRole};
use crate::journal::{EntryId, Fact, When};

use super::initial::SECTIONS;
use super::release::{held_words, part2_notice, untold};
use super::source::{Source, date};
use super::template::{Fields, render};
use super::words::count;
use super::{clinical, common, letter, safety};

/// Somebody of the care team, and on what ground they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addressee<'a> {
    /// Who.
    pub member: &'a CareTeamMember,
    /// On what ground.
    pub ground: Ground<'a>,
}

impl Addressee<'_> {
    pub(super) fn may_learn(&self, what: Covers) -> bool {
        match self.ground {
            Ground::Release(release) => release.covers.contains(&what),
            Ground::Treatment => true,
        }
    }
}

/// A message to somebody of the care team, by a template. What their release doesn't cover is not told, nor what is held
/// back and not `confirmed`.
pub fn member_letter(source: &Source<'_>, to: Addressee<'_>, confirmed: &BTreeSet<EntryId>, template: &str) -> String {
    written(source, to, confirmed, template, |_, _| {})
}

/// The same for another letter on the same grounds, which has fields of its own.
pub(super) fn written(
    source: &Source<'_>,
    to: Addressee<'_>,
    confirmed: &BTreeSet<EntryId>,
    template: &str,
    own: impl FnOnce(&Source<'_>, &mut Fields),
) -> String {
    let held = untold(source.folded, confirmed);
    let is_outside = |fact: &Fact| !to.may_learn(privacy::covers_of(fact));
    let outside = source.folded.live().iter().filter(|live| is_outside(&live.fact));
    let untold: BTreeSet<EntryId> = outside.map(|live| live.id).chain(held.iter().copied()).collect();
    let source = &Source {
        held: &untold,
        ..*source
    };
    let today = source.at.today;
    let mut fields = common::fields(source, today, source.me, When::At(source.at.now));
    // Safety and all else is told in the message's own fields, as far as it may be.
    fields.all("safety", Vec::new());
    fields.set("recipient", to.member.name.clone());
    fields.set("ground", ground_words(to.ground));
    fields.set("why I write", why(source, &to));
    fields.all("asked", asked(source, &to));
    fields.all("question", letter::question(source));
    fields.all("advice", clinical::advice(source));
    // What was learned in the first assessment is no plan.
    let mut plan = clinical::sections(source, &SECTIONS);
    plan.extend(clinical::plan(source, today));
    fields.all("plan", plan);
    fields.set("crisis line", letter::crisis_line(source));
    if to.may_learn(Covers::Safety) {
        fields.all(
            "concerns",
            match to.may_learn(Covers::Measures) {
                true => safety::told(source, today),
                false => safety::named_concerns(source, today),
            },
        );
    }
    if to.may_learn(Covers::Course) {
        fields.set("course", course(source, &to));
        let enrolled = source
            .episode(today)
            .map(|episode| episode.enrolled().unwrap_or(episode.opened));
        fields.maybe("since", enrolled.map(date));
    }
    for (what, field) in [
        (Covers::Diagnoses, "diagnoses"),
        (Covers::Measures, "scores"),
        (Covers::Medicines, "medications"),
        (Covers::Course, "status"),
        (Covers::Course, "next contact"),
    ] {
        if !to.may_learn(what) {
            fields.all(field, Vec::new());
        }
    }
    // That there is more is for those who treat the patient, who must not take this for all there is.
    let is_treating = privacy::treats(to.member.role);
    fields.maybe("held back", held_words(source.folded, &held).filter(|_| is_treating));
    own(source, &mut fields);
    let mut text = render(template, &fields);
    if let Some(notice) = part2_notice(source.folded, &held) {
        text.push_str(&format!("\n\n{notice}"));
    }
    text
}

fn ground_words(ground: Ground<'_>) -> String {
    let Ground::Release(release) = ground else {
        return "Sent for treatment and its coordination (45 CFR 164.506(c)).".to_owned();
    };
    let covers = release.covers.iter().map(|covers| privacy::covers_words(*covers));
    let scope = Some(release.scope.trim()).filter(|scope| !scope.is_empty());
    let covers: Vec<&str> = covers.chain(scope).collect();
    let until = release.until.map(|until| format!(" until {}", date(until)));
    format!(
        "Sent under the patient's release of {}{}: {}.",
        date(release.from),
        until.unwrap_or_default(),
        covers.join(", ")
    )
}

/// Who writes, and to whom.
fn why(source: &Source<'_>, to: &Addressee<'_>) -> String {
    let who = &source.sheet.who;
    let name = format!("{} {}", who.given, who.family).trim().to_owned();
    format!(
        "I write about {name}, who is in the collaborative care program at {}. You are on the care team{}.",
        source.clinic.name,
        role_words(to.member.role)
            .map(|role| format!(" as {role}"))
            .unwrap_or_default()
    )
}

/// What somebody is to the patient's care, in words; `None` where that says nothing.
pub fn role_words(role: TeamRole) -> Option<&'static str> {
    match role {
        TeamRole::TreatingClinician => Some("treating clinician"),
        TeamRole::Therapist => Some("therapist"),
        TeamRole::Prescriber => Some("prescriber"),
        TeamRole::Specialist => Some("specialist"),
        TeamRole::CaseManager => Some("case manager"),
        TeamRole::Pharmacy => Some("pharmacy"),
        TeamRole::Family => Some("family"),
        TeamRole::Agency => Some("agency or school"),
        TeamRole::Other => None,
    }
}

/// Where the episode stands, and how often anybody spoke with the patient in it.
fn course(source: &Source<'_>, to: &Addressee<'_>) -> String {
    let today = source.at.today;
    let Some(episode) = source.episode(today) else {
        return clinical::status(source, today);
    };
    let is_told = |entry: EntryId| !source.held.contains(&entry);
    let number = |n: usize| i64::try_from(n).unwrap_or(0);
    let within = |day| episode.opened <= day && day <= today;
    let contacts = source.sheet.contacts.iter();
    let contacts = contacts
        .filter(|c| c.with_patient && within(c.day) && is_told(c.entry))
        .count();
    let reviews = source.sheet.reviews.iter();
    let reviews = reviews.filter(|r| within(r.day) && is_told(r.entry)).count();
    let contacts = to.may_learn(Covers::Progress).then(|| {
        let contacts = count(
            number(contacts),
            "contact with the patient",
            "contacts with the patient",
        );
        format!("; {contacts}")
    });
    format!(
        "{}{}; {}",
        clinical::status(source, today),
        contacts.unwrap_or_default(),
        count(number(reviews), "case review", "case reviews")
    )
}

/// What came of each referral to them that is open; else, what they see.
fn asked(source: &Source<'_>, to: &Addressee<'_>) -> Vec<String> {
    let referral = |fact: &Fact| match fact {
        Fact::OutgoingReferral(r)
            if !matches!(r.state, ReferralState::Result | ReferralState::Ended)
                && privacy::is_named(to.member, &r.to) =>
        {
            Some(format!(
                "The referral of {}, {}: please tell me the day of the appointment and what came of it.",
                date(r.day),
                r.what
            ))
        }
        _ => None,
    };
    let open: Vec<String> = source.set().filter_map(|live| referral(&live.fact)).collect();
    match (open.is_empty(), privacy::treats(to.member.role)) {
        (false, _) => open,
        (true, true) => vec!["Please tell me what you see, and of any change that you make.".to_owned()],
        (true, false) => vec!["Please call me with any question.".to_owned()],
    }
}
