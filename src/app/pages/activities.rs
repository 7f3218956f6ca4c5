//! What time can be spent on and with which colleague, as lists to choose from.

use leptos::prelude::*;

use crate::app::pages::common::follow_people;
use crate::app::state::Desk;
use crate::app::words::ACTIVITIES;
use crate::journal::facts::{Activity, OwnActivity, Role};
use crate::registry::{Request, Response};

/// The clinic's own activities, retired ones with them.
pub fn follow_own_activities(desk: Desk) -> Signal<Vec<OwnActivity>> {
    let settings = desk.follow(
        || Request::Settings,
        |response| match response {
            Response::Settings(view) => Some(view.own_activities),
            _ => None,
        },
    );
    Signal::derive(move || {
        let own = settings.value().get();
        own.map(|own| (*own).clone()).unwrap_or_default()
    })
}

/// All that can be chosen, by code and words: those of the app, then the clinic's own. A retired one stands in it only where
/// it is what an entry has already.
pub fn activity_options(own: &[OwnActivity], chosen: Option<Activity>) -> Vec<(String, String)> {
    let ours = ACTIVITIES.iter().map(|(one, words)| (one.code(), (*words).to_owned()));
    let offered = own
        .iter()
        .filter(|own| !own.retired || chosen == Some(Activity::Own(own.activity)));
    let theirs = offered.map(|own| (Activity::Own(own.activity).code(), own.name.clone()));
    ours.chain(theirs).collect()
}

/// Who can have shared the work: the people of the registry, but for who works here and billers.
pub fn colleagues(desk: Desk) -> Signal<Vec<(String, String)>> {
    let people = follow_people(desk);
    Signal::derive(move || {
        let mut options = vec![(String::new(), "Nobody".to_owned())];
        people.with(|people| {
            let others = people
                .iter()
                .filter(|person| person.person != desk.me() && !matches!(person.role, Role::Biller | Role::Import));
            options.extend(others.map(|person| (person.person.to_string(), person.name.clone())));
        });
        options
    })
}
