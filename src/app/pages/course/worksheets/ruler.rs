//! The readiness ruler: how important a change is, how confident the patient is, and what would make it more.

use leptos::prelude::*;

use super::{Open, Place};
use crate::app::components::{Choice, DateField, DayText, TextField, Width};
use crate::app::pages::common::{QuickForm, Reading, Written, new_thing, today_text};
use crate::app::pages::course::boxes::{LineButton, OneForm, PlanBox};
use crate::app::state::use_desk;
use crate::app::typed::text;
use crate::journal::facts::ReadinessRuler;
use crate::journal::{Fact, ThingId};
use crate::registry::RulerView;

/// The rulers, each with its history.
#[component]
pub fn Rulers(place: Place) -> impl IntoView {
    let rulers = Memo::new(move |_| place.plan.with(|plan| plan.rulers.clone()));
    let add = (place.form.opens(Open::Ruler(None)), "New ruler");
    let form = move || match place.form.get() {
        Some(Open::Ruler(which)) => Some(view! { <RulerForm place which/> }),
        _ => None,
    };
    let line = move |view: RulerView| {
        let (id, about) = (view.ruler, view.about.clone());
        let newest = view.answers.first().cloned();
        let row = |answer: ReadinessRuler| {
            view! {
                <tr>
                    <th scope="row"><DayText day=answer.day/></th>
                    <td>{answer.importance}</td>
                    <td>{answer.confidence}</td>
                </tr>
            }
        };
        view! {
            <li class="plan-item">
                <p class="plan-line"><strong>{view.about}</strong></p>
                <table class="small-table">
                    <thead><tr><th scope="col">"Day"</th><th scope="col">"Importance"</th><th scope="col">"Confidence"</th></tr></thead>
                    <tbody>{view.answers.into_iter().map(row).collect_view()}</tbody>
                </table>
                {newest.map(|answer| view! {
                    {answer.why_not_lower.map(|why| view! { <p>"Why not lower: "{why}</p> })}
                    {answer.what_higher.map(|what| view! { <p>"What would make it higher: "{what}</p> })}
                })}
                <p class="line-actions"><LineButton words="Ask again" about on_press=place.form.opens(Open::Ruler(Some(id)))/></p>
            </li>
        }
    };
    view! {
        <PlanBox id="sheet-rulers" title="Readiness ruler" add>
            {form}
            {move || {
                let rulers = rulers.get();
                match rulers.is_empty() {
                    true => view! { <p class="hint">"Not asked yet: how important a change is, and how confident the patient is, from 0 to 10."</p> }.into_any(),
                    false => view! { <ul class="plan-items">{rulers.into_iter().map(line).collect_view()}</ul> }.into_any(),
                }
            }}
        </PlanBox>
    }
}

#[component]
fn RulerForm(place: Place, which: Option<ThingId>) -> impl IntoView {
    let desk = use_desk();
    let before = place.plan.with_untracked(|plan| {
        let known = plan.rulers.iter().find(|view| Some(view.ruler) == which);
        known.map(|view| view.about.clone())
    });
    let field = |text: String| RwSignal::new(text);
    let is_new = before.is_none();
    let about = field(before.unwrap_or_default());
    let (lower, higher, day) = (field(String::new()), field(String::new()), field(today_text(desk)));
    let importance = RwSignal::new(None::<u8>);
    let confidence = RwSignal::new(None::<u8>);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let about = reading.text(&about.get_untracked(), "ruler-about", "Say which change it is about");
        let importance = reading.chosen(
            importance.get_untracked(),
            "ruler-importance",
            "Choose how important it is",
        );
        let confidence = reading.chosen(
            confidence.get_untracked(),
            "ruler-confidence",
            "Choose how confident the patient is",
        );
        let day = reading.past(
            &day.get_untracked(),
            "ruler-day",
            "the day",
            desk.today().get_untracked(),
        );
        let ruler = match which {
            Some(ruler) => ruler,
            None => new_thing()?,
        };
        let marks = importance.zip(confidence);
        let fact = about
            .zip(marks)
            .zip(day)
            .map(|((about, (importance, confidence)), day)| {
                Fact::ReadinessRuler(ReadinessRuler {
                    ruler,
                    about,
                    day,
                    importance,
                    confidence,
                    why_not_lower: text(&lower.get_untracked()),
                    what_higher: text(&higher.get_untracked()),
                })
            });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let marks = || (0..=10).map(|mark: u8| (mark, mark.to_string())).collect::<Vec<_>>();
    view! {
        <QuickForm chart=place.chart title="Readiness ruler" deed="Readiness recorded" save="Save ruler" read on_close=place.form.closes()>
            {is_new.then(|| view! { <TextField id="ruler-about" label="The change, in the patient\u{2019}s words" value=about width=Width::Full hint="such as: drink less on weekdays"/> })}
            <Choice id="ruler-importance" legend="How important is it to you, from 0 to 10?" options=marks() value=importance/>
            <Choice id="ruler-confidence" legend="How confident are you that you can, from 0 to 10?" options=marks() value=confidence/>
            <TextField id="ruler-lower" label="Why not a lower number?" value=lower width=Width::Full/>
            <TextField id="ruler-higher" label="What would make it higher?" value=higher width=Width::Full/>
            <DateField id="ruler-day" label="Day" value=day max=today_text(desk)/>
        </QuickForm>
    }
}
