//! Illnesses and allergies. "No known allergies" is an answer to a question of the assessment; an empty list is none.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, Choice, DateField, TextField};
use crate::app::pages::common::{QuickForm, Reading, Written, new_thing};
use crate::app::pages::course::boxes::PlanBox;
use crate::app::state::use_desk;
use crate::app::typed::text;
use crate::journal::facts::{Condition, ConditionKind};
use crate::journal::{ChartId, Day, Fact};
use crate::registry::LearnedView;

/// What kind of condition it is.
const KINDS: [(ConditionKind, &str); 2] = [
    (ConditionKind::Illness, "Illness"),
    (ConditionKind::Allergy, "Allergy or intolerance"),
];

/// The list, and the form of a new one or of a change.
#[component]
pub fn ConditionsBox(
    /// Whose record.
    chart: ChartId,
    /// What is known.
    known: Signal<Arc<LearnedView>>,
) -> impl IntoView {
    let desk = use_desk();
    // Which one is changed; `Some(None)` is a new one.
    let editing = RwSignal::new(None::<Option<Condition>>);
    // A form that is open already keeps what is typed into it.
    let shown = Memo::new(move |_| editing.get());
    let allergies = Memo::new(move |_| known.with(|known| known.allergies.clone()));
    let all = move || known.with(|known| known.conditions.clone());
    let line = move |condition: Condition| {
        let today = desk.today();
        let words = words(&condition, today.get_untracked());
        let says = format!("Change {}", condition.label);
        view! {
            <li>
                {words}" "
                <Button kind=ButtonKind::Quiet says on_press=move |()| editing.set(Some(Some(condition.clone())))>"Change"</Button>
            </li>
        }
    };
    let add = Callback::new(move |()| editing.set(Some(None)));
    view! {
        <PlanBox id="conditions" title="Illnesses and allergies" add=(add, "Add one")>
            {move || shown.get().map(|which| view! { <ConditionForm chart which on_close=move |()| editing.set(None)/> })}
            <p>"Allergies: "<strong>{move || allergies.get()}</strong></p>
            <ul>{move || all().into_iter().map(line).collect_view()}</ul>
        </PlanBox>
    }
}

fn words(condition: &Condition, today: Day) -> String {
    let kind = match condition.what {
        Some(ConditionKind::Allergy) => "Allergy: ",
        Some(ConditionKind::Illness) | None => "",
    };
    let since = condition
        .from
        .map(|day| format!("since {}", crate::app::format::short_day(day, today)));
    let until = condition
        .until
        .map(|day| format!("until {}", crate::app::format::short_day(day, today)));
    let parts = [
        Some(format!("{kind}{}", condition.label)),
        condition.note.clone(),
        since,
        until,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[component]
fn ConditionForm(chart: ChartId, which: Option<Condition>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let known = which.as_ref();
    let words = |text: Option<String>| RwSignal::new(text.unwrap_or_default());
    let kind = RwSignal::new(Some(known.and_then(|k| k.what).unwrap_or(ConditionKind::Illness)));
    let label = words(known.map(|k| k.label.clone()));
    let note = words(known.and_then(|k| k.note.clone()));
    let from = words(known.and_then(|k| k.from).map(|day| day.to_string()));
    let until = words(known.and_then(|k| k.until).map(|day| day.to_string()));
    let id = known.map(|k| k.condition);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let label = reading.text(&label.get_untracked(), "condition-label", "Enter what it is");
        let from = reading.maybe_day(&from.get_untracked(), "condition-from", "the first day");
        let until = reading.maybe_day(&until.get_untracked(), "condition-until", "the last day");
        let condition = match id {
            Some(id) => id,
            None => new_thing()?,
        };
        let what = kind.get_untracked();
        let note = text(&note.get_untracked());
        let fact = label.map(|label| {
            Fact::Condition(Condition {
                condition,
                label,
                from,
                until,
                what,
                note,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let options: Vec<(ConditionKind, String)> =
        KINDS.iter().map(|(kind, words)| (*kind, (*words).to_owned())).collect();
    let today = desk.today().get_untracked().to_string();
    view! {
        <QuickForm chart title="Illness or allergy" deed="Condition recorded" save="Save condition" read on_close>
            <Choice id="condition-kind" legend="What kind" options value=kind/>
            <div class="fields">
                <TextField id="condition-label" label="What it is" value=label/>
                <TextField id="condition-note" label="Reaction, course, treatment" value=note/>
                <DateField id="condition-from" label="Since" value=from max=today.clone()/>
                <DateField id="condition-until" label="Until" value=until max=today/>
            </div>
        </QuickForm>
    }
    .into_any()
}
