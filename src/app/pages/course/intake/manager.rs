//! Who manages the care, and who stands in.

use leptos::prelude::*;

use super::{Open, Place};
use crate::app::components::{Button, ButtonKind, DateField, DayText, Select};
use crate::app::pages::common::{QuickForm, Reading, Written, follow_people, people_options, today_text};
use crate::app::pages::course::boxes::{OneForm, PlanBox};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, read_day};
use crate::journal::facts::{Assignment, Coverage, Role};
use crate::journal::{Day, Fact, PersonId};

/// The care manager, those before, and coverage.
#[component]
pub fn CareManager(place: Place) -> impl IntoView {
    let managers = move || place.intake.with(|view| view.care_managers.clone());
    let coverage = move || place.intake.with(|view| view.coverage.clone());
    let line = |(from, name): (Day, Option<String>)| {
        view! { <li>{name.unwrap_or_else(|| "nobody".to_owned())}", since "<DayText day=from/></li> }
    };
    let covered = |(name, from, until): (String, Day, Day)| {
        view! { <li>{name}", "<DayText day=from/>" to "<DayText day=until/></li> }
    };
    view! {
        <PlanBox id="box-manager" title="Care manager" add=(place.open.opens(Open::CareManager), "Change")>
            {move || match managers() {
                all if all.is_empty() => view! { <p class="hint">"Nobody yet: the patient is on everybody\u{2019}s list."</p> }.into_any(),
                all => view! { <ul>{all.into_iter().map(line).collect_view()}</ul> }.into_any(),
            }}
            {move || place.is(Open::CareManager).then(|| view! { <AssignForm place/> })}
            {move || {
                let all = coverage();
                (!all.is_empty()).then(|| view! { <h3>"Stand-ins"</h3><ul>{all.into_iter().map(covered).collect_view()}</ul> })
            }}
            <Button kind=ButtonKind::Quiet on_press=move |()| place.open.open(Open::Coverage)>"Add a stand-in"</Button>
            {move || place.is(Open::Coverage).then(|| view! { <CoverageForm place/> })}
        </PlanBox>
    }
}

#[component]
fn AssignForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let people = follow_people(desk);
    let now = place.now().care_manager;
    let who = RwSignal::new(now.map_or_else(String::new, |person| person.to_string()));
    let from = RwSignal::new(today_text(desk));
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let from = reading.past(&from.get_untracked(), "manager-from", "the first day", today);
        let care_manager: Option<PersonId> = who.get_untracked().parse().ok();
        reading.finish(from.map(|from| {
            vec![Fact::Assignment(Assignment {
                care_manager,
                from,
                why: None,
            })]
        }))
    });
    view! {
        <QuickForm chart=place.chart title="Care manager" deed="Care manager changed" save="Save" read on_close=place.open.closes()>
            <div class="fields">
                <Select id="manager-who" label="Care manager" options=people_options(people, Role::CareManager, "Nobody") value=who/>
                <DateField id="manager-from" label="From" value=from max=today_text(desk)/>
            </div>
        </QuickForm>
    }
}

#[component]
fn CoverageForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let people = follow_people(desk);
    let who = RwSignal::new(String::new());
    let (from, until) = (RwSignal::new(today_text(desk)), RwSignal::new(String::new()));
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let by: Option<PersonId> =
            reading.chosen(who.get_untracked().parse().ok(), "coverage-who", "Choose who stands in");
        let from = reading.take(read_day("coverage-from", "the first day", &from.get_untracked(), None));
        let until = reading.take(read_day("coverage-until", "the last day", &until.get_untracked(), None));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            let _noted: Option<()> =
                reading.take(Err(Wrong::new("coverage-until", "The last day lies before the first")));
        }
        let fact = by.zip(from).zip(until);
        let standing_in = |((by, from), until)| {
            vec![Fact::Coverage(Coverage {
                by,
                from,
                until,
                coverage: None,
                of: None,
                back: None,
            })]
        };
        reading.finish(fact.map(standing_in))
    });
    view! {
        <QuickForm chart=place.chart title="Stand-in" deed="Stand-in recorded" save="Save" read on_close=place.open.closes()>
            <div class="fields">
                <Select id="coverage-who" label="Who stands in" options=people_options(people, Role::CareManager, "Choose") value=who/>
                <DateField id="coverage-from" label="From" value=from/>
                <DateField id="coverage-until" label="Until, that day included" value=until/>
            </div>
        </QuickForm>
    }
}
