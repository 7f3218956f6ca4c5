//! Who pays, from a day on.

use leptos::prelude::*;

use super::{Open, Place};
use crate::app::components::{DateField, DayText, Select, TextField, Width};
use crate::app::pages::common::{QuickForm, Reading, Written, today_text};
use crate::app::pages::course::boxes::{OneForm, PlanBox};
use crate::app::state::use_desk;
use crate::app::typed::{read_day, text};
use crate::journal::Fact;
use crate::journal::facts::Payer;
use crate::registry::{Request, Response};

/// Payers by their first day.
#[component]
pub fn PayerBox(place: Place) -> impl IntoView {
    let payers = move || place.intake.with(|view| view.payers.clone());
    let own = move || place.intake.with(|view| view.clinic_profile.clone());
    let line = move |payer: Payer| {
        let profile = payer
            .profile
            .clone()
            .unwrap_or_else(|| format!("{} (the clinic\u{2019}s)", own()));
        view! {
            <li>
                {payer.name}", from "<DayText day=payer.from/>
                <span class="hint">
                    {payer.member.map(|member| format!(" \u{b7} member {member}"))}
                    {format!(" \u{b7} minutes by {profile}")}
                </span>
            </li>
        }
    };
    view! {
        <PlanBox id="box-payer" title="Payer" add=(place.open.opens(Open::Payer), "Add or change")>
            {move || match payers() {
                all if all.is_empty() => view! { <p class="hint">{format!("Not recorded: minutes are counted by {}.", own())}</p> }.into_any(),
                all => view! { <ul>{all.into_iter().map(line).collect_view()}</ul> }.into_any(),
            }}
            {move || place.is(Open::Payer).then(|| view! { <PayerForm place/> })}
        </PlanBox>
    }
}

#[component]
fn PayerForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let now = place.now();
    let known = now.payers.first();
    let name = RwSignal::new(known.map_or_else(String::new, |payer| payer.name.clone()));
    let member = RwSignal::new(known.and_then(|payer| payer.member.clone()).unwrap_or_default());
    let profile = RwSignal::new(known.and_then(|payer| payer.profile.clone()).unwrap_or_default());
    let from = RwSignal::new(today_text(desk));
    let settings = desk.follow(
        || Request::Settings,
        |response| match response {
            Response::Settings(view) => Some(view.profiles),
            _ => None,
        },
    );
    let own = now.clinic_profile.clone();
    let options = Signal::derive(move || {
        let mut options = vec![(String::new(), format!("The clinic\u{2019}s: {own}"))];
        let all = settings.value().get();
        let all = all.iter().flat_map(|all| all.iter());
        options.extend(all.map(|(name, ..)| (name.clone(), name.clone())));
        options
    });
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let name = reading.text(&name.get_untracked(), "payer-name", "Enter who pays");
        let from = reading.take(read_day("payer-from", "the first day", &from.get_untracked(), None));
        let (member, profile) = (text(&member.get_untracked()), text(&profile.get_untracked()));
        let fact = name.zip(from).map(|(name, from)| {
            Fact::Payer(Payer {
                name,
                profile,
                member,
                from,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    view! {
        <QuickForm chart=place.chart title="Payer" deed="Payer recorded" save="Save payer" read on_close=place.open.closes()>
            <div class="fields">
                <TextField id="payer-name" label="Payer" value=name/>
                <TextField id="payer-member" label="Member number" value=member width=Width::Short/>
                <DateField id="payer-from" label="From" value=from/>
                <Select id="payer-profile" label="Minutes are counted by" options value=profile
                    hint="A profile is a set of thresholds and gates, and no payer\u{2019}s own word"/>
            </div>
        </QuickForm>
    }
}
