//! The form of the initial assessment: all areas on one page, kept as a draft, saved as often as there are calls.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::base::Kept;
use super::group::AreaGroup;
use super::parts::Parts;
use super::sitting::Sitting;
use super::typed::Typed;
use crate::app::components::{DateField, Form, FormErrors, Submit};
use crate::app::pages::common::{AskOnce, Reading, to_errors, today_text};
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::care::AREAS;
use crate::care::intent::Intent;
use crate::journal::facts::Sex;
use crate::journal::{ChartId, Fact};
use crate::registry::LearnedView;

/// The form. It reads its draft first.
#[component]
pub fn AssessmentForm(
    /// Whose record.
    chart: ChartId,
    /// What is known.
    known: Signal<Arc<LearnedView>>,
    /// Some questions are not for everybody.
    sex: Memo<Option<Sex>>,
) -> impl IntoView {
    let desk = use_desk();
    let begun = RwSignal::new(None::<Kept>);
    spawn_local(async move {
        let json = desk.draft(&key(chart)).await;
        let Some((saved, anew)) = known.try_with_untracked(|known| (known.areas.clone(), known.asked_anew.clone()))
        else {
            return;
        };
        let today = today_text(desk);
        let kept = json.and_then(|json| Kept::read(&json, &saved, &today));
        let kept = kept.map(|kept| kept.asked_anew(&anew)).unwrap_or_else(|| Kept {
            typed: Typed::of(&saved, &anew),
            base: saved,
            day: today,
        });
        let _shown = begun.try_set(Some(kept));
    });
    move || begun.get().map(|kept| view! { <Fields chart known sex kept/> })
}

fn key(chart: ChartId) -> String {
    format!("assessment/{chart}")
}

#[component]
fn Fields(chart: ChartId, known: Signal<Arc<LearnedView>>, sex: Memo<Option<Sex>>, kept: Kept) -> impl IntoView {
    let desk = use_desk();
    let router = use_router();
    let Kept { typed, base, day } = kept;
    let sitting = Sitting::new(chart, known, &typed, base, day);
    let draft = RwSignal::new(untrack(|| sitting.is_touched(&typed)));
    let touched = StoredValue::new(draft.get_untracked());
    let unsaved = Memo::new(move |_| draft.get() && sitting.is_touched(&sitting.read()));
    let keeper = desk.keep_draft(key(chart), move || {
        let kept = Kept {
            typed: sitting.read(),
            base: sitting.base.areas(),
            day: sitting.day.get(),
        };
        if sitting.is_touched(&kept.typed) {
            touched.set_value(true);
        }
        touched.get_value().then(|| serde_json::to_string(&kept).ok()).flatten()
    });
    let keeper = StoredValue::new_local(keeper);
    let (errors, busy, ask) = (FormErrors::new(), RwSignal::new(false), AskOnce::new());
    let is_kept_no_more = move || {
        let _kept = touched.try_set_value(false);
        let _said = draft.try_set(false);
        let _gone = keeper.try_with_value(|keeper| keeper.start_over());
    };
    let submit = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let on = reading.past(&sitting.day.get_untracked(), "assessment-day", "the day", today);
        let on = match reading.finish(on) {
            Ok(on) => on,
            Err(wrong) => return errors.set(to_errors(wrong)),
        };
        let changed = sitting.changed(on);
        if changed.is_empty() {
            // A yes that means "now" was saved when it was chosen: its steps follow.
            return match sitting.concern() {
                Some(concern) => {
                    is_kept_no_more();
                    router.go(Route::Safety(chart, concern));
                }
                None if sitting.was_known() => errors.set_whole(
                    "Nothing has changed since the last save. The concern that the answer opened is on the patient\u{2019}s page",
                ),
                None => errors.set_whole("Nothing has changed since the last save"),
            };
        }
        let contested = sitting.contested(&changed).into_iter();
        let questions = contested.map(|title| {
            format!("\u{201c}{title}\u{201d} was saved elsewhere while you typed: see what was said there")
        });
        if !ask.may_save(errors, questions.collect()) {
            return;
        }
        busy.set(true);
        sitting.saves_all();
        let before = known.with_untracked(|known| known.areas.clone());
        let facts = changed.iter().cloned().map(Fact::AreaAnswers).collect();
        desk.submit(
            Intent::Record { chart, facts },
            "Initial assessment saved",
            move |result| {
                // The form may be gone by now.
                if busy.try_set(false).is_some() {
                    return;
                }
                sitting.saved_all(&result);
                match result {
                    Ok(done) => {
                        sitting.saved(&changed, &before);
                        // The next conversation is of its own day.
                        sitting.day.set(today_text(desk));
                        is_kept_no_more();
                        // The answers are saved and their concern is open: its steps follow.
                        if let Some(concern) = done.concerns.first().copied().or_else(|| sitting.concern()) {
                            router.go(Route::Safety(chart, concern));
                        }
                    }
                    Err(failure) => errors.set_whole(failure.to_string()),
                }
            },
        );
    });
    let mut places = 0;
    let areas = AREAS
        .iter()
        .map(|info| {
            let first = places;
            places += info.questions.len();
            view! { <AreaGroup chart info sitting first/> }
        })
        .collect_view();
    view! {
        <section class="assessment" aria-labelledby="assessment-form">
            <div class="side-head"><h2 id="assessment-form">"Initial assessment"</h2></div>
            <p class="hint">"Save as often as you like: what was not asked stays \u{201c}not asked\u{201d} for the next call."</p>
            {move || unsaved.get().then(|| view! { <p class="notice-line" role="status">"This is what you typed before, kept in this browser. It is not saved yet."</p> })}
            <Parts sitting sex/>
            <Form errors on_submit=submit label="Initial assessment">
                <DateField id="assessment-day" label="Day of the conversation" value=sitting.day max=today_text(desk)/>
                {areas}
                <div class="actions save-bar">
                    <Submit busy>"Save assessment"</Submit>
                    <span class="hint">"Ctrl+Enter saves"</span>
                </div>
            </Form>
        </section>
    }
}
