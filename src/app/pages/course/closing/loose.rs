//! What is open when an episode is to end: what it is, to whom it was handed, and the fields of handing it over.

use leptos::prelude::*;

use super::Place;
use crate::app::components::{ButtonLink, DayText, TextField, Width};
use crate::app::pages::common::Reading;
use crate::app::pages::form_draft::put;
use crate::app::route::{Route, Section};
use crate::app::typed::{capital, text};
use crate::journal::facts::{HandedOver, HandedThing};
use crate::journal::{ChartId, Fact, When};
use crate::registry::LooseView;

/// Everything that is open.
#[component]
pub fn Open(place: Place) -> impl IntoView {
    let loose = move || place.view.with(|view| view.loose.clone());
    let chart = place.chart;
    move || {
        let loose = loose();
        if loose.is_empty() {
            return view! { <p>"Nothing: no open concern, no recommendation without an answer, no referral without a result."</p> }
                .into_any();
        }
        let line = move |end: LooseView| {
            view! {
                <li>
                    {capital(&end.words)}
                    {end.text.clone().map(|text| view! { <p class="hint prose-line">{text}</p> })}
                    {end.handed.clone().map(|(to, day)| view! { <p>"Handed to "<strong>{to}</strong>" "<DayText day/></p> })}
                    " "<ButtonLink href=way(chart, &end)>{settle(end.what)}</ButtonLink>
                </li>
            }
        };
        view! { <ul class="loose">{loose.into_iter().map(line).collect_view()}</ul> }.into_any()
    }
}

/// Where it is settled instead of handed over.
fn way(chart: ChartId, end: &LooseView) -> String {
    match end.what {
        HandedThing::Concern => Route::Safety(chart, end.about).href(),
        HandedThing::Recommendation => Route::Patient(chart).href(),
        HandedThing::Referral => Route::Section(chart, Section::Together).href(),
    }
}

fn settle(what: HandedThing) -> &'static str {
    match what {
        HandedThing::Concern => "Safety steps",
        HandedThing::Recommendation => "Record the answer",
        HandedThing::Referral => "Record what came of it",
    }
}

/// The hand-over of one thing, as typed.
#[derive(Clone)]
pub struct Handing {
    at: usize,
    end: LooseView,
    to: RwSignal<String>,
    how: RwSignal<String>,
}

impl Handing {
    /// One for each thing that nobody named looks after yet.
    pub fn all(loose: &[LooseView]) -> Vec<Self> {
        let open = loose.iter().filter(|end| end.handed.is_none()).enumerate();
        let handing = |(at, end): (usize, &LooseView)| Self {
            at,
            end: end.clone(),
            to: RwSignal::new(String::new()),
            how: RwSignal::new(String::new()),
        };
        open.map(handing).collect()
    }

    /// What was typed: nothing where no name was.
    pub fn read(&self, reading: &mut Reading, now: When) -> Option<Fact> {
        let to = text(&self.to.get_untracked());
        let how = text(&self.how.get_untracked());
        match (to, how) {
            (None, None) => None,
            (Some(to), Some(how)) => Some(Fact::HandedOver(HandedOver {
                about: self.end.about,
                what: self.end.what,
                to,
                how,
                at: now,
            })),
            (Some(_), None) => {
                let _missing = reading.text("", &self.how_id(), "Say how they confirmed that they look after it");
                None
            }
            (None, Some(_)) => {
                let _missing = reading.text("", &self.to_id(), "Name the person who looks after it");
                None
            }
        }
    }

    /// What is typed, with what it is about, for a draft.
    pub fn row(&self) -> Vec<String> {
        vec![self.end.about.to_string(), self.to.get(), self.how.get()]
    }
    /// Puts back what was typed about the same thing.
    pub fn put(&self, rows: &[Vec<String>]) {
        let about = self.end.about.to_string();
        let own = rows.iter().find(|row| row.first() == Some(&about));
        let texts = own.map(|row| row.iter().skip(1).cloned().collect::<Vec<_>>());
        put(&[self.to, self.how], texts.as_ref());
    }

    fn to_id(&self) -> String {
        format!("handed-to-{}", self.at)
    }
    fn how_id(&self) -> String {
        format!("handed-how-{}", self.at)
    }

    /// Its fields.
    pub fn fields(&self) -> impl IntoView + use<> {
        let legend = capital(&self.end.words);
        let text = self.end.text.clone();
        view! {
            <fieldset class="handing">
                <legend>{legend}</legend>
                {text.map(|text| view! { <p class="hint prose-line">{text}</p> })}
                <TextField id=self.to_id() label="Handed to: name and place" value=self.to width=Width::Full/>
                <TextField id=self.how_id() label="How they confirmed it" value=self.how width=Width::Full/>
            </fieldset>
        }
    }
}
