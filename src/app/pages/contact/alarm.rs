//! What a positive safety answer says, where the eye is: under its question, wholly in view, the focus left where the
//! keys are.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::components::{Icon, IconName, Sourced};
use crate::app::effects::effect;
use crate::app::typed::measure::Running;
use crate::instruments::{Definition, Item};

/// A positive safety answer with the rule that fired and where it comes from.
#[component]
pub fn Alarm(
    /// The answers as they run.
    running: Memo<Running>,
) -> impl IntoView {
    let alarm = Memo::new(move |_| running.with(|running| running.alarm().cloned()));
    move || {
        alarm.get().map(|flag| {
            let rule = format!("Rule {}. {}", flag.rule, flag.source);
            view! { <AlarmBox title=flag.text rule/> }
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
            <p>
                "Save when you are ready: the save comes first, the safety steps follow it. "
                "Nobody else is alerted: this app tells nobody but you."
            </p>
            {rule.map(|rule| view! { <div class="source"><Sourced text=rule/></div> })}
        </div>
    }
}

/// From which answer on an item is a positive safety answer, if it is one that is watched.
pub fn positive_at(definition: &Definition, item: &Item) -> Option<i32> {
    let watched = definition.safety_items.iter().find(|safety| safety.item == item.id)?;
    Some(watched.positive_at)
}
