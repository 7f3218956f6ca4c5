//! Safety items that an earlier form left open: they are asked at the next contact, apart, and saved as an
//! administration of their own.

use std::sync::Arc;

use leptos::prelude::*;

use super::alarm::Alarm;
use super::early::Early;
use super::fields::Fields;
use super::form::scoring_context;
use super::measure::{Answerer, OfAMinor};
use super::question::{Question, labels};
use crate::app::components::{Icon, IconName};
use crate::app::format;
use crate::app::typed::contact::shipped;
use crate::app::typed::measure::{MeasureTyped, Way, asks_who, number_of};
use crate::instruments::{Context, Definition, Item};
use crate::journal::Day;
use crate::journal::facts::{Answered, Respondent};
use crate::registry::{PatientView, SafetyMark};

/// A form whose safety items are not known.
#[derive(Clone)]
pub struct OpenForm {
    /// Its instrument.
    pub definition: &'static Definition,
    /// The day of the form.
    pub day: Day,
    /// The items that nobody has an answer to.
    pub items: Vec<&'static Item>,
    /// Who answered the others of it.
    pub respondent: Option<Respondent>,
}

/// The latest form of each instrument, where its safety items are not known.
pub fn open_forms(view: &PatientView) -> Vec<OpenForm> {
    let open = view.measures.iter().filter_map(|measure| {
        let latest = measure
            .scores
            .last()
            .filter(|point| point.safety == SafetyMark::NotKnown)?;
        let definition = shipped(&measure.instrument)?;
        let (Answered::Items(given) | Answered::Total { known: given, .. }) = &latest.assessment.answers;
        let watched = definition
            .safety_items
            .iter()
            .filter_map(|safety| definition.item(&safety.item));
        let items = watched.filter(|item| item.asked_when.is_none() && !given.contains_key(item.id.as_str()));
        let items: Vec<&Item> = items.collect();
        (!items.is_empty()).then_some(OpenForm {
            definition,
            day: latest.day,
            items,
            respondent: latest.assessment.respondent,
        })
    });
    open.collect()
}

/// The questions, one line a form.
#[component]
pub fn AskedApart(
    /// The form.
    fields: Fields,
    /// The patient, as the form was opened.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let context = view.with_untracked(|view| scoring_context(view));
    let lines = view.with_untracked(|view| open_forms(view)).into_iter().map(|form| {
        let value = signal_of(fields, form.definition.id.as_str(), form.respondent);
        view! { <Line fields form value context=context.clone()/> }
    });
    lines.collect_view()
}

/// What was typed for an instrument, made where there is none yet: whoever answered the form is asked for the rest of it,
/// until another is chosen.
fn signal_of(fields: Fields, instrument: &str, respondent: Option<Respondent>) -> RwSignal<MeasureTyped> {
    let there = fields.apart.with_untracked(|all| {
        let mut all = all.iter();
        all.find(|(id, _)| id == instrument).map(|(_, typed)| *typed)
    });
    there.unwrap_or_else(|| {
        let typed = RwSignal::new(MeasureTyped {
            way: Way::Questions,
            respondent,
            ..MeasureTyped::default()
        });
        let line = (instrument.to_owned(), typed);
        fields.apart.update_untracked(|all| all.push(line));
        typed
    })
}

#[component]
fn Line(fields: Fields, form: OpenForm, value: RwSignal<MeasureTyped>, context: Context) -> impl IntoView {
    let OpenForm {
        definition, day, items, ..
    } = form;
    if let Some(early) = use_context::<Early>() {
        early.follow(definition, value);
    }
    let today = crate::app::state::use_desk().today();
    let running = Memo::new(move |_| value.with(|typed| typed.running(definition, &context)));
    let instrument = definition.id.as_str();
    // Where all questions are asked in this form, the safety item is among them.
    let asked_whole = move || {
        let whole = fields.measure(instrument);
        whole.is_some_and(|typed| typed.with(MeasureTyped::holds_answers))
    };
    let numbers: Vec<String> = items
        .iter()
        .map(|item| number_of(definition, &item.id).to_string())
        .collect();
    let items_words = match numbers.as_slice() {
        [one] => format!("item {one} is"),
        many => format!("items {} are", many.join(", ")),
    };
    let says = move || {
        let day = format::short_day(day, today.get());
        format!(
            "{} of {day}: {items_words} not known. Not known is not \u{201c}no\u{201d}: ask now.",
            definition.short_title
        )
    };
    let rows = items.into_iter().map(|item| {
        let number = number_of(definition, &item.id);
        let own = labels(definition, item);
        view! { <Question id="apart".to_owned() definition item number labels=Some(own) value running/> }
    });
    let minor = OfAMinor::is_asked();
    let who = format!("apart-{instrument}-respondent");
    view! {
        <section class="asked-apart" class:hidden=asked_whole aria-label=format!("{} safety item that is not known", definition.short_title)>
            <p class="status due"><Icon name=IconName::Alert/>{says}</p>
            {asks_who(definition).then(|| view! { <Show when=move || minor.get()><Answerer id=who.clone() value/></Show> })}
            {rows.collect_view()}
            <Alarm definition value running/>
            <p class="hint">"Saved with this contact, dated today; without an answer it stays open, and is asked again."</p>
        </section>
    }
}
