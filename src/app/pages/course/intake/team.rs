//! The care team: each one's role and how they are reached.

use leptos::prelude::*;

use super::{Open, Place};
use crate::app::components::{Button, ButtonKind, DateField, DayText, InputKind, Select, TextField, Width};
use crate::app::pages::common::{QuickForm, Reading, Written, follow_people, new_thing, today_text};
use crate::app::pages::course::boxes::{OneForm, PlanBox, everybody};
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::text;
use crate::journal::facts::{CareTeamMember, TeamRole};
use crate::journal::{Fact, PersonId, ThingId};

/// What somebody can be to a patient's care.
const ROLES: [(TeamRole, &str); 9] = [
    (TeamRole::TreatingClinician, "Treating clinician"),
    (TeamRole::Therapist, "Therapist"),
    (TeamRole::Prescriber, "Prescriber"),
    (TeamRole::Specialist, "Specialist"),
    (TeamRole::CaseManager, "Case manager, social worker, peer"),
    (TeamRole::Pharmacy, "Pharmacy"),
    (TeamRole::Family, "Family, caregiver"),
    (TeamRole::Agency, "School, agency, shelter"),
    (TeamRole::Other, "Other"),
];

/// The treating clinician of the registration, and everybody else of the team.
#[component]
pub fn Team(place: Place) -> impl IntoView {
    let people = follow_people(use_desk());
    let clinician = move || {
        let (id, name) = place
            .intake
            .with(|view| (view.registration.clinician, view.clinician.clone()));
        let phone = people.with(|people| {
            people
                .iter()
                .find(|p| Some(p.person) == id)
                .and_then(|p| p.phone.clone())
        });
        name.map(|name| {
            let phone = phone.map(|phone| format!(" \u{b7} {phone}"));
            view! { <li>"Treating clinician (PCP): "{name}<span class="hint">{phone}</span></li> }
        })
    };
    let line = move |member: CareTeamMember| {
        let role = crate::app::words::word_of(&ROLES, member.role);
        let fax = member.fax.as_ref().map(|fax| format!("fax {fax}"));
        let reach: Vec<String> = [member.phone.clone(), fax, member.email.clone(), member.reach.clone()]
            .into_iter()
            .flatten()
            .collect();
        let id = member.member;
        view! {
            <li>
                {role}": "{member.name.clone()}{member.of.map(|of| format!(", {of}"))}
                {member.until.map(|until| view! { " until "<DayText day=until/> })}
                {(!reach.is_empty()).then(|| view! { <span class="hint">" \u{b7} "{reach.join(" \u{b7} ")}</span> })}
                " "<Button kind=ButtonKind::Quiet says=format!("Change {}", member.name) on_press=move |()| place.open.open(Open::Member(Some(id)))>"Change"</Button>
            </li>
        }
    };
    let form = move || match place.open.get() {
        Some(Open::Member(which)) => Some(view! { <MemberForm place which/> }),
        _ => None,
    };
    view! {
        <PlanBox id="box-care-team" title="Care team" add=(place.open.opens(Open::Member(None)), "Add somebody")>
            {move || {
                let team = place.intake.with(|view| view.team.clone());
                let nobody = team.is_empty() && place.intake.with(|view| view.clinician.is_none());
                match nobody {
                    true => view! { <p class="hint">"Nobody is named: the treating clinician is under \u{201c}Who\u{201d}."</p> }.into_any(),
                    false => view! { <ul>{clinician()}{team.into_iter().map(line).collect_view()}</ul> }.into_any(),
                }
            }}
            {form}
        </PlanBox>
    }
}

#[component]
fn MemberForm(place: Place, which: Option<ThingId>) -> impl IntoView {
    let desk = use_desk();
    let people = follow_people(desk);
    let known = which.and_then(|id| place.now().team.iter().find(|m| m.member == id).cloned());
    let field =
        |pick: fn(&CareTeamMember) -> Option<String>| RwSignal::new(known.as_ref().and_then(pick).unwrap_or_default());
    let role = RwSignal::new(word(known.as_ref().map_or(TeamRole::Therapist, |m| m.role)));
    let person = field(|m| m.person.map(|p| p.to_string()));
    let (name, of) = (field(|m| Some(m.name.clone())), field(|m| m.of.clone()));
    let (phone, fax) = (field(|m| m.phone.clone()), field(|m| m.fax.clone()));
    let (email, reach) = (field(|m| m.email.clone()), field(|m| m.reach.clone()));
    let until = field(|m| m.until.map(|day| day.to_string()));
    // Somebody of the registry brings their name and number with them.
    crate::app::effects::effect(move |before: Option<String>| {
        let chosen = person.get();
        if before.is_some_and(|before| before != chosen) {
            let found = people.with_untracked(|people| {
                people
                    .iter()
                    .find(|p| p.person.to_string() == chosen)
                    .map(|p| (p.name.clone(), p.phone.clone()))
            });
            if let Some((known, number)) = found {
                name.set(known);
                if let Some(number) = number {
                    phone.set(number);
                }
            }
        }
        chosen
    });
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let named = reading.text(&name.get_untracked(), "member-name", "Enter the name");
        let until = reading.maybe_past(
            &until.get_untracked(),
            "member-until",
            "the last day",
            desk.today().get_untracked(),
        );
        let member = match which {
            Some(id) => id,
            None => new_thing()?,
        };
        let person: Option<PersonId> = person.get_untracked().parse().ok();
        let fact = named.map(|name| {
            Fact::CareTeamMember(CareTeamMember {
                member,
                role: from_word(&role.get_untracked()).unwrap_or(TeamRole::Other),
                name,
                person,
                of: text(&of.get_untracked()),
                phone: text(&phone.get_untracked()),
                fax: text(&fax.get_untracked()),
                email: text(&email.get_untracked()),
                reach: text(&reach.get_untracked()),
                until,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let roles: Vec<(String, String)> = ROLES
        .iter()
        .map(|(role, words)| (word(*role), (*words).to_owned()))
        .collect();
    let title = if which.is_some() {
        "Care team: change"
    } else {
        "Care team: add somebody"
    };
    view! {
        <QuickForm chart=place.chart title deed="Care team changed" save="Save" read on_close=place.open.closes()>
            <div class="fields">
                <Select id="member-role" label="Role" options=Signal::stored(roles) value=role/>
                <TextField id="member-name" label="Name" value=name/>
                <TextField id="member-of" label="Where they work, or relationship" value=of/>
                <Select id="member-person" label="One of the clinic\u{2019}s people" options=everybody(people, "Nobody of them") value=person/>
                <TextField id="member-phone" label="Phone" value=phone width=Width::Short kind=InputKind::Telephone/>
                <TextField id="member-fax" label="Fax" value=fax width=Width::Short kind=InputKind::Telephone/>
                <TextField id="member-email" label="E-mail or secure address" value=email/>
                <TextField id="member-reach" label="How best to reach them" value=reach/>
                <DateField id="member-until" label="Last day on the team" value=until max=today_text(desk) hint="Empty while they are on it"/>
            </div>
            <p class="hint">"Being on the team is no release: what may be told stands under releases."</p>
        </QuickForm>
    }
}
