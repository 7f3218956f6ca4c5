//! Who takes part in a patient's treatment, as the forms that ask for a person offer them.

use super::office::Office;
use super::timeline::change_word;
use super::views::*;
use crate::care;
use crate::flowsheet::Flowsheet;
use crate::journal::facts::*;
use crate::journal::{Day, Fact, Folded, PersonId, Slot, ThingId};

/// The treating clinician, and everybody on file with the patient's team first.
pub(super) struct TeamFirst {
    /// The treating clinician.
    pub clinician: Option<PersonId>,
    /// Everybody who can be named.
    pub people: Vec<(PersonId, String)>,
}

/// The team is the treating clinician, the consultants, the care manager and the members of the care team who are on file.
pub(super) fn of(folded: &Folded, sheet: &Flowsheet, office: &Office, today: Day) -> TeamFirst {
    let clinician = sheet.who.clinician.map(|person| office.stands_for(person));
    let members = folded.slots().filter_map(|slot| match &folded.head(slot)?.fact {
        Fact::CareTeamMember(member) if member.until.is_none_or(|until| today <= until) => member.person,
        _ => None,
    });
    let members: Vec<PersonId> = members.map(|person| office.stands_for(person)).collect();
    let manager = sheet.care_manager_on(today).map(|person| office.stands_for(person));
    let place = |person: &Person| match person.person {
        id if Some(id) == clinician => 0,
        _ if person.role == Role::Consultant => 1,
        id if members.contains(&id) => 2,
        id if Some(id) == manager => 3,
        _ => 4,
    };
    let here = office.people.values().filter(|person| can_be_named(person));
    let mut people: Vec<&Person> = here.collect();
    people.sort_by_key(|person| (place(person), person.name.to_lowercase(), person.person));
    TeamFirst {
        clinician,
        people: people
            .into_iter()
            .map(|person| (person.person, person.name.clone()))
            .collect(),
    }
}

fn can_be_named(person: &Person) -> bool {
    !person.left && person.same_as.is_none() && person.role != Role::Import
}

/// As what a recommendation was carried out: `Dose changed, sertraline 100 mg (Tue 10 Nov)`.
pub(super) fn carried_lines(folded: &Folded, recommendation: ThingId) -> Vec<String> {
    let of_change = |change: &TreatmentChange| {
        let versions = folded.slots().filter_map(|slot| match &folded.head(slot)?.fact {
            Fact::Medication(m) if m.change.is_some() && m.change == change.change && m.until.is_none() => Some(m),
            _ => None,
        });
        let listed: Vec<String> = versions.map(care::medicine_words).collect();
        let what = match listed.is_empty() {
            true => change.what.clone(),
            false => listed.join(", "),
        };
        format!("{}, {what} ({})", change_word(change.kind), day_words(change.day))
    };
    let changes = care::carried_out_as(folded, recommendation);
    changes.into_iter().map(of_change).collect()
}

/// Recommendations of case reviews, the latest first, each with who advised it.
pub(super) fn advice(folded: &Folded, office: &Office) -> Vec<AdviceView> {
    let zone = office.clinic.zone;
    let of_review = |day: Day| {
        let mut reviews = folded.live().iter().filter_map(|live| match &live.fact {
            Fact::CaseReview(review) if review.at.day(zone) == day => review.consultant,
            _ => None,
        });
        reviews.next_back()
    };
    let mut consultants = office
        .people
        .values()
        .filter(|person| can_be_named(person) && person.role == Role::Consultant);
    let only = match (consultants.next(), consultants.next()) {
        (Some(only), None) => Some(only.person),
        _ => None,
    };
    let taken = folded.slots().filter_map(|slot| match &folded.head(slot)?.fact {
        Fact::Medication(medicine) if medicine.until.is_none() => Some(medicine),
        _ => None,
    });
    let taken: Vec<&Medication> = taken.collect();
    let view = |slot: &Slot| match &folded.head(slot)?.fact {
        Fact::Recommendation(advice) => {
            let answer = match folded.head(&Slot::Answer(advice.recommendation)).map(|live| &live.fact) {
                Some(Fact::Answer(answer)) => Some(answer.clone()),
                _ => None,
            };
            let on = answer.as_ref().map_or(advice.day, |answer| answer.day);
            let by = advice.by.or_else(|| of_review(advice.day)).or(only);
            Some(AdviceView {
                recommendation: advice.recommendation,
                day: advice.day,
                text: advice.text.clone(),
                by: by.map(|person| office.stands_for(person)),
                answer,
                carried: carried_lines(folded, advice.recommendation),
                form: care::advised_change(advice, on, &taken),
            })
        }
        _ => None,
    };
    let mut advice: Vec<AdviceView> = folded.slots().filter_map(view).collect();
    advice.sort_by_key(|view| std::cmp::Reverse((view.day, view.recommendation)));
    advice
}
