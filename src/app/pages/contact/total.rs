//! A total from elsewhere, each safety item asked apart: its answer, or that it is not known.

use leptos::prelude::*;

use super::alarm::AlarmBox;
use super::beside::{ScoreAlarm, Subscales};
use crate::app::components::{Choice, NumberField};
use crate::app::typed::measure::{MeasureTyped, SafetyTyped, number_of, safety_field};
use crate::instruments::{Definition, SafetyItem, tenths_item};

/// A total from elsewhere, and the safety items apart.
#[component]
pub fn TotalEntry(
    /// Starts the ids of its fields.
    id: String,
    /// The instrument.
    definition: &'static Definition,
    /// What was typed.
    value: RwSignal<MeasureTyped>,
) -> impl IntoView {
    let total = RwSignal::new(value.with_untracked(|typed| typed.total.clone()));
    crate::app::effects::effect(move |_| {
        let total = total.get();
        if value.with_untracked(|typed| typed.total != total) {
            value.update(|typed| typed.total = total);
        }
    });
    let (low, high) = definition.score_range.unwrap_or((0, 0));
    let hint = match tenths_item(definition) {
        Some(_) => format!("from {low} to {high}, as reported, with its decimal if it has one"),
        None => format!("a whole number from {low} to {high}, as reported"),
    };
    let apart = definition.safety_items.iter().map(|safety| {
        let id = safety_field(&id, &safety.item);
        view! { <SafetyApart id definition safety value/> }
    });
    let apart = apart.collect_view();
    let title = definition.short_title.clone();
    let alarm = Memo::new(move |_| value.with(|typed| !typed.positive_items(definition).is_empty()));
    let changed =
        Memo::new(move |_| value.with(|typed| typed.begun.is_some() && typed.positives(definition).is_empty()));
    view! {
        <div class="total-entry">
            {apart}
            {move || {
                if alarm.get() {
                    let title = format!("{title} safety item positive: follow up the same day, whatever the total");
                    return Some(view! { <AlarmBox title/> });
                }
                let title = format!("{title}: a positive answer was typed here, and then changed");
                changed.get().then(|| view! { <AlarmBox title changed=true/> })
            }}
            <NumberField id=format!("{id}-total") label=format!("{} total", definition.short_title) value=total hint/>
            <ScoreAlarm definition value/>
            <Subscales id definition value/>
            <p class="instrument-notice">{definition.notice.clone()}</p>
        </div>
    }
}

/// One safety item beside a total.
#[component]
fn SafetyApart(
    id: String,
    definition: &'static Definition,
    safety: &'static SafetyItem,
    value: RwSignal<MeasureTyped>,
) -> impl IntoView {
    let Some(item) = definition.item(&safety.item) else {
        return ().into_any();
    };
    let known = RwSignal::new(value.with_untracked(|typed| typed.known_of(definition, &safety.item)));
    crate::app::effects::effect(move |_| {
        let Some(now) = known.get() else { return };
        if value.with_untracked(|typed| typed.known.get(safety.item.as_str()) != Some(&now)) {
            value.update(|typed| {
                typed.known.insert(safety.item.as_str().to_owned(), now);
            });
        }
    });
    let answers = definition.options(item).iter().filter_map(|option| {
        let value = u8::try_from(option.value).ok()?;
        Some((SafetyTyped::Answer(value), format!("{value} {}", option.label)))
    });
    let mut options: Vec<(SafetyTyped, String)> = answers.collect();
    options.push((SafetyTyped::NotKnown, "Not known".to_owned()));
    let number = number_of(definition, &safety.item);
    let legend = match item.text.is_empty() {
        true if item.label.is_some() => item.label.clone().unwrap_or_default(),
        true => format!("Item {number}, from your licensed form"),
        false => format!("Item {number}: {}", item.text),
    };
    let unknown = move || known.get() == Some(SafetyTyped::NotKnown);
    view! {
        <Choice id legend options value=known/>
        {move || unknown().then(|| view! {
            <p class="hint">
                "The score will carry a question mark: not known is not \u{201c}no\u{201d}. The next contact asks it."
            </p>
        })}
    }
    .into_any()
}
