//! What a positive safety answer says, where the eye is: under its question, wholly in view, the focus left where the
//! keys are. Once it was committed it stays until the form is saved, whatever the answer becomes.

use leptos::prelude::*;

use super::early::Committed;
use crate::app::browser;
use crate::app::components::{Icon, IconName, Sourced};
use crate::app::effects::effect;
use crate::app::route::Route;
use crate::app::typed::measure::{MeasureTyped, Running};
use crate::instruments::{Definition, Item, rule_words};
use crate::journal::ChartId;

/// What became of the positive answers of a form; its alerts find it in their context.
#[derive(Clone, Copy)]
pub struct Standing {
    /// Whose form it is.
    pub chart: ChartId,
    /// What became of them so far.
    pub committed: Signal<Option<Committed>>,
}

/// A positive safety answer with the rule that fired and where it comes from; or that one was committed and changed.
#[component]
pub fn Alarm(
    /// The instrument.
    definition: &'static Definition,
    /// What was typed.
    value: RwSignal<MeasureTyped>,
    /// The answers as they run.
    running: Memo<Running>,
) -> impl IntoView {
    let alarm = Memo::new(move |_| running.with(|running| running.alarm().cloned()));
    let changed = Memo::new(move |_| {
        let positive = value.with(|typed| !typed.positives(definition).is_empty());
        !positive && value.with(|typed| typed.begun.is_some())
    });
    let title = definition.short_title.clone();
    move || {
        if let Some(flag) = alarm.get() {
            let rule = format!("Rule: {}. {}", rule_words(&flag.rule), flag.source);
            return Some(view! { <AlarmBox title=flag.text rule/> }.into_any());
        }
        changed.get().then(|| {
            let title = format!("{title}: a positive answer was typed here, and then changed");
            view! { <AlarmBox title changed=true/> }.into_any()
        })
    }
}

/// The alert itself. It brings itself into view, between the bars that stay on the screen.
#[component]
pub fn AlarmBox(
    /// What was answered, and what it asks for.
    #[prop(into)]
    title: String,
    /// The rule, and where it comes from.
    #[prop(optional, into)]
    rule: Option<String>,
    /// Whether the answer was changed after it was committed.
    #[prop(optional)]
    changed: bool,
) -> impl IntoView {
    let place = NodeRef::<leptos::html::Div>::new();
    effect(move |_| {
        if place.get().is_none() {
            return;
        }
        // The next question takes the focus, and the browser scrolls to it, before this is laid out.
        request_animation_frame(move || {
            if let Some(Some(place)) = place.try_get_untracked() {
                browser::bring_into_view(&place);
            }
        });
    });
    view! {
        <div class="alarm" role="alert" node_ref=place>
            <p class="alarm-title"><Icon name=IconName::Alert/>{title}</p>
            {changed.then(|| view! {
                <p>"Its concern stays open until a named person closes it. If it was a slip of the hand, close it as typed in error once the form is saved."</p>
            })}
            <p>
                <WhatFollows/>
                "Nobody else is alerted: this app tells nobody but you."
            </p>
            {rule.map(|rule| view! { <div class="source"><Sourced text=rule/></div> })}
        </div>
    }
}

/// Where the answer is: committed, with the way to the safety steps, or saved with the form.
#[component]
fn WhatFollows() -> impl IntoView {
    let Some(Standing { chart, committed }) = use_context::<Standing>() else {
        return "Save when you are ready: the save comes first, the safety steps follow it. ".into_any();
    };
    (move || match committed.get() {
        Some(Committed::Open { concern, time }) => view! {
            <span class="committed">{format!("Saved {time}: the concern is open, whatever becomes of this form. ")}</span>
            "Go on with the form, or take the "
            <a href=Route::Safety(chart, concern).href()>"safety steps"</a>
            " first. "
        }
        .into_any(),
        Some(Committed::Failed(why)) => view! { <strong>{why}" "</strong> }.into_any(),
        Some(Committed::Writing) => "Saving the answer and its concern\u{2026} ".into_any(),
        Some(Committed::Before) => {
            "The answer was saved before, its concern is open; the safety steps follow the form. ".into_any()
        }
        None => "Saved with the form; the safety steps follow it. ".into_any(),
    })
    .into_any()
}

/// From which answer on an item is a positive safety answer, if it is one that is watched.
pub fn positive_at(definition: &Definition, item: &Item) -> Option<i32> {
    let watched = definition.safety_items.iter().find(|safety| safety.item == item.id)?;
    Some(watched.positive_at)
}
