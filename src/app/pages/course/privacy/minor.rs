//! The care of a minor: guardian, who consented, what stays confidential.

use std::sync::Arc;

use leptos::prelude::*;

use super::lines;
use crate::app::components::{Choice, DateField, TextArea, TextField};
use crate::app::pages::common::{QuickForm, Reading, Written, today_text};
use crate::app::pages::course::boxes::{PlanBox, shows};
use crate::app::state::use_desk;
use crate::app::typed::text;
use crate::journal::facts::{MinorCare, MinorConsent};
use crate::journal::{ChartId, Fact};
use crate::registry::LearnedView;

/// Who consented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    NotAsked,
    Guardian,
    Minor,
}

/// Shown for a patient who is a minor, and where something was written down as long as they were one.
#[component]
pub fn MinorBox(
    /// Whose record.
    chart: ChartId,
    /// What is known.
    known: Signal<Arc<LearnedView>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let is_here = Memo::new(move |_| known.with(|known| known.minor.is_some() || known.minor_care.is_some()));
    let all = move || {
        known.with(|known| {
            let mut all: Vec<String> = known.minor.iter().cloned().collect();
            if let Some(care) = &known.minor_care {
                all.push(format!(
                    "Guardian: {}",
                    care.guardian.as_deref().unwrap_or("not recorded")
                ));
                all.push(format!("Consented: {}", who_words(&care.consented)));
                all.extend(
                    care.confidential
                        .as_ref()
                        .map(|words| format!("Stays confidential: {words}")),
                );
            }
            all
        })
    };
    view! {
        <Show when=move || is_here.get()>
            <PlanBox id="minor" title="Care of a minor" add=(shows(open), "Change")>
                <Show when=move || open.get()><MinorForm chart known on_close=move |()| open.set(false)/></Show>
                {move || lines(all(), "Nothing is written down yet.")}
                <p class="hint">"What the minor alone consented to is marked entry by entry, in the timeline: it is then held back from everything that leaves until the minor\u{2019}s own release permits it."</p>
            </PlanBox>
        </Show>
    }
}

fn who_words(consented: &MinorConsent) -> String {
    match consented {
        MinorConsent::NotAsked => "nobody yet".to_owned(),
        MinorConsent::Guardian => "the parent or guardian".to_owned(),
        MinorConsent::Minor { rule: Some(rule) } => format!("the minor alone, {rule}"),
        MinorConsent::Minor { rule: None } => "the minor alone".to_owned(),
    }
}

#[component]
fn MinorForm(chart: ChartId, known: Signal<Arc<LearnedView>>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let (before, registered) = known.with_untracked(|known| (known.minor_care.clone(), known.guardian.clone()));
    let before = before.as_ref();
    let words = |text: Option<&String>| RwSignal::new(text.cloned().unwrap_or_default());
    // Who is the guardian was said when the patient was registered: it is confirmed here, not asked again.
    let guardian = words(before.and_then(|care| care.guardian.as_ref()).or(registered.as_ref()));
    let confidential = words(before.and_then(|care| care.confidential.as_ref()));
    let (who, rule) = match before.map(|care| &care.consented) {
        None => (None, None),
        Some(MinorConsent::NotAsked) => (Some(Who::NotAsked), None),
        Some(MinorConsent::Guardian) => (Some(Who::Guardian), None),
        Some(MinorConsent::Minor { rule }) => (Some(Who::Minor), rule.as_ref()),
    };
    let (who, rule) = (RwSignal::new(who), words(rule));
    let day = RwSignal::new(today_text(desk));
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let day = reading.past(&day.get_untracked(), "minor-day", "the day", today);
        let who = reading.chosen(who.get_untracked(), "minor-who", "Choose who consented");
        let (guardian, confidential) = (text(&guardian.get_untracked()), text(&confidential.get_untracked()));
        let consented = who.map(|who| match who {
            Who::NotAsked => MinorConsent::NotAsked,
            Who::Guardian => MinorConsent::Guardian,
            Who::Minor => MinorConsent::Minor {
                rule: text(&rule.get_untracked()),
            },
        });
        let fact = day.zip(consented).map(|(day, consented)| {
            Fact::MinorCare(MinorCare {
                day,
                guardian,
                consented,
                confidential,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let options = vec![
        (Who::Guardian, "The parent or guardian".to_owned()),
        (Who::Minor, "The minor alone, under the state\u{2019}s law".to_owned()),
        (Who::NotAsked, "Nobody yet".to_owned()),
    ];
    view! {
        <QuickForm chart title="Care of a minor" deed="Care of a minor saved" save="Save" read on_close>
            <TextField id="minor-guardian" label="Parent or guardian, relation, telephone" value=guardian/>
            <Choice id="minor-who" legend="Who consented" options value=who/>
            <Show when=move || who.get() == Some(Who::Minor)>
                <TextField id="minor-rule" label="Under which rule" value=rule/>
            </Show>
            <TextArea id="minor-confidential" label="What stays between the patient and the clinic" value=confidential rows=2/>
            <DateField id="minor-day" label="Day" value=day max=today_text(desk)/>
        </QuickForm>
    }
}
