//! What is shown once the browser has confirmed the save.

use leptos::prelude::*;

use crate::app::components::{ButtonKind, ButtonLink, Icon, IconName, Notice, Tone};
use crate::app::format;
use crate::app::pages::patient::{QuickFormKind, wish_for};
use crate::app::route::{Route, Section};
use crate::app::state::use_desk;
use crate::app::typed::contact::{Around, ContactTyped};
use crate::app::typed::measure::{SafetyTyped, Way, number_of};
use crate::care::coordination::{self, ADVOCACY_WITH};
use crate::care::intent::{ContactForm, Next, Reached};
use crate::instruments::{Context, ItemId, SafetyAnswer};
use crate::journal::ChartId;
use crate::journal::facts::{AdvocacyWith, Mode, With};

/// What was recorded, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The deed: `Call recorded`.
    pub deed: String,
    /// What it held: minutes, scores, the next contact.
    pub held: Vec<String>,
    /// Safety items that are still to be asked.
    pub to_ask: Vec<String>,
    /// With whom somebody spoke on the patient's behalf: a letter often follows.
    pub advocacy: Option<AdvocacyWith>,
}

impl Recorded {
    /// What a form says.
    pub fn of(typed: &ContactTyped, form: &ContactForm, around: &Around) -> Self {
        let mut held = Vec::new();
        if let Some(time) = &form.time {
            held.push(format!("{} min", time.seconds.whole_minutes()));
        }
        let mut to_ask = Vec::new();
        let reached = matches!(form.reached, Reached::Yes { .. });
        for (id, measure) in &typed.measures {
            let Some(definition) = around.definition(id).filter(|_| reached) else {
                continue;
            };
            let title = &definition.short_title;
            let running = measure.running(definition, &Context::new());
            let open = match measure.way {
                Way::NotNow => false,
                Way::Declined => {
                    held.push(format!("{title} not taken"));
                    false
                }
                Way::TotalOnly => {
                    held.push(format!("{title} {}", measure.total.trim()));
                    let known = |item: &ItemId| measure.known_of(definition, item);
                    let mut items = definition.safety_items.iter();
                    items.any(|safety| known(&safety.item) == Some(SafetyTyped::NotKnown))
                }
                Way::Questions => {
                    held.push(match (running.is_complete(), running.sum) {
                        (true, Some(sum)) => format!("{title} {sum}"),
                        _ => format!("{title} {} of {} answered", running.answered, running.asked),
                    });
                    running.safety == SafetyAnswer::NotAnswered
                }
            };
            if let Some(safety) = definition.safety_items.first().filter(|_| open) {
                to_ask.push(format!(
                    "{title} item {} is not answered. Not answered is not \u{201c}no\u{201d}: ask it.",
                    number_of(definition, &safety.item)
                ));
            }
        }
        for (id, asked) in &typed.apart {
            if let (Some(definition), false) = (around.definition(id).filter(|_| reached), asked.answers.is_empty()) {
                held.push(format!("the open safety item of {} asked", definition.short_title));
            }
        }
        held.extend(form.education.iter().map(|_| "education given".to_owned()));
        match &form.next {
            Next::Protocol => held.push("next contact as the protocol says".to_owned()),
            Next::On(day) => {
                let what = if reached { "next contact" } else { "next try" };
                held.push(format!("{what} {}", format::short_day(*day, around.today)));
            }
            Next::Every(days) => held.push(format!("next contact every {} days", days.0)),
            Next::Appointment { at, .. } => {
                let at = format::short_when(*at, around.zone, around.today);
                held.push(format!("appointment {at}"));
            }
        }
        Self {
            deed: deed(&form.reached).to_owned(),
            held,
            to_ask,
            advocacy: match &form.reached {
                Reached::Yes { talk, .. } => talk.advocacy.as_ref().map(|advocacy| advocacy.with),
                Reached::No { .. } => None,
            },
        }
    }
}

fn deed(reached: &Reached) -> &'static str {
    match reached {
        Reached::No { .. } => "Attempt recorded",
        Reached::Yes { with, .. } if !with.contains(&With::Patient) => "Contact recorded",
        Reached::Yes { mode, .. } => match mode {
            Mode::Phone => "Call recorded",
            Mode::Video => "Video visit recorded",
            Mode::InPerson => "Visit recorded",
            Mode::Home => "Home visit recorded",
            Mode::Portal => "Portal contact recorded",
            Mode::Group => "Group contact recorded",
        },
    }
}

/// Says that it is saved, when and where, and where to go from here.
#[component]
pub fn AfterSave(
    /// Whose chart.
    chart: ChartId,
    /// What was recorded.
    told: Recorded,
) -> impl IntoView {
    let mark = use_desk().mark();
    let place = NodeRef::<leptos::html::H2>::new();
    crate::app::effects::effect(move |_| {
        if let Some(place) = place.get() {
            let _focused = place.focus();
        }
    });
    let when = move || mark.get().map(|mark| format!("Saved {}, in this browser", mark.time));
    let asks = told.to_ask.into_iter().map(|words| {
        view! {
            <Notice tone=Tone::Warning><p>{words}</p></Notice>
        }
    });
    let asks = asks.collect_view();
    view! {
        <section class="after-save">
            <h2 tabindex="-1" node_ref=place><Icon name=IconName::Done/>{told.deed}</h2>
            <p><strong>{when}</strong>": "{told.held.join(", ")}"."</p>
            {asks}
            <div class="actions">
                <ButtonLink kind=ButtonKind::Primary href=Route::Today.href()>"Back to Today"</ButtonLink>
                <ButtonLink href=Route::Patient(chart).href()>"Open the patient"</ButtonLink>
                <a class="button" href=Route::Patient(chart).href() on:click=move |_| wish_for(chart, QuickFormKind::Ask)>"Ask the consultant"</a>
                {told.advocacy.map(|with| view! {
                    <ButtonLink href=Route::Section(chart, Section::Notes).href()>
                        {format!("Write the letter: {}", coordination::word_of(ADVOCACY_WITH, with).to_lowercase())}
                    </ButtonLink>
                })}
            </div>
        </section>
    }
}
