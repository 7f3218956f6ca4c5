//! The form of the initial assessment: all areas on one page, kept as a draft, saved as often as there are calls.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::past::{PastFields, PastRows};
use super::question::{QuestionFields, QuestionView};
use super::typed::{Chosen, Typed};
use crate::app::components::{DateField, Form, FormErrors, FormGroup, Submit};
use crate::app::pages::common::{Reading, to_errors, today_text};
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::care::{AREAS, AreaInfo, concerns_of};
use crate::journal::facts::{Area, AreaAnswers, Question};
use crate::journal::{ChartId, Fact};
use crate::registry::LearnedView;

/// What the form begins with.
#[derive(Clone)]
struct Begun {
    /// What was saved before.
    saved: Vec<AreaAnswers>,
    /// What of it is not of now any more.
    anew: Vec<Question>,
    /// What is shown.
    typed: Typed,
    /// Whether that is a draft.
    draft: bool,
}

/// The form. It reads its draft first.
#[component]
pub fn AssessmentForm(
    /// Whose record.
    chart: ChartId,
    /// What is known.
    known: Signal<Arc<LearnedView>>,
) -> impl IntoView {
    let desk = use_desk();
    let begun = RwSignal::new(None::<Begun>);
    spawn_local(async move {
        let json = desk.draft(&key(chart)).await;
        let kept = json.and_then(|json| Typed::read_draft(&json));
        let Some((saved, anew)) = known.try_with_untracked(|known| (known.areas.clone(), known.asked_anew.clone()))
        else {
            return;
        };
        let draft = kept.is_some();
        let typed = match kept {
            Some(kept) => kept.asked_anew(&saved, &anew),
            None => Typed::of(&saved, &anew),
        };
        let _shown = begun.try_set(Some(Begun {
            saved,
            anew,
            typed,
            draft,
        }));
    });
    move || begun.get().map(|from| view! { <Fields chart known from begun/> })
}

fn key(chart: ChartId) -> String {
    format!("assessment/{chart}")
}

#[component]
fn Fields(
    chart: ChartId,
    known: Signal<Arc<LearnedView>>,
    from: Begun,
    /// Set anew after a save: the next call begins with what was saved.
    begun: RwSignal<Option<Begun>>,
) -> impl IntoView {
    let desk = use_desk();
    let router = use_router();
    let Begun {
        saved,
        anew,
        typed,
        draft,
    } = from;
    let day = RwSignal::new(today_text(desk));
    let all: Vec<QuestionFields> = AREAS
        .iter()
        .flat_map(|area| area.questions)
        .map(|info| {
            let (chosen, words) = typed.reply(info.question);
            QuestionFields {
                info,
                chosen: RwSignal::new(Some(chosen)),
                words: RwSignal::new(words),
            }
        })
        .collect();
    let rows = typed.past.iter().zip(0..).map(|(past, key)| PastFields::of(key, past));
    let rows = RwSignal::new(rows.collect::<Vec<_>>());
    let questions = StoredValue::new(all.clone());
    let shown = StoredValue::new(typed.shown.clone());
    let read = move || Typed {
        replies: questions.with_value(|questions| {
            let asked = questions
                .iter()
                .map(|q| (q.info.question, (q.chosen.get().unwrap_or_default(), q.words.get())));
            asked.filter(|(_, (chosen, _))| *chosen != Chosen::NotAsked).collect()
        }),
        past: rows.get().into_iter().map(PastFields::typed).collect(),
        shown: shown.get_value(),
    };
    let untouched = StoredValue::new(Typed::of(&saved, &anew));
    let keeper = desk.keep_draft(key(chart), move || {
        let typed = read();
        let touched = draft || untouched.with_value(|before| *before != typed);
        touched.then(|| serde_json::to_string(&typed).ok()).flatten()
    });
    let keeper = StoredValue::new_local(keeper);
    let (saved, anew) = (StoredValue::new(saved), StoredValue::new(anew));
    let (errors, busy) = (FormErrors::new(), RwSignal::new(false));
    let submit = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let on = reading.past(&day.get_untracked(), "assessment-day", "the day", today);
        let on = match reading.finish(on) {
            Ok(on) => on,
            Err(wrong) => return errors.set(to_errors(wrong)),
        };
        let of_day = |typed: Typed| saved.with_value(|saved| typed.of_day(saved, on));
        let changed = of_day(untrack(read)).changed(&of_day(untouched.get_value()), on);
        if changed.is_empty() {
            return errors.set_whole("Nothing has changed since the last save");
        }
        busy.set(true);
        let now = saved.with_value(|saved| after(saved, &changed));
        let anew = anew.with_value(|anew| still_anew(anew, &changed, on == today));
        let facts = changed.into_iter().map(Fact::AreaAnswers).collect();
        desk.submit(
            Intent::Record { chart, facts },
            "Initial assessment saved",
            move |result| {
                let _gone = busy.try_set(false);
                match result {
                    Ok(done) => {
                        if keeper.try_with_value(|keeper| keeper.drop_draft()).is_some() {
                            let typed = Typed::of(&now, &anew);
                            begun.set(Some(Begun {
                                saved: now.clone(),
                                anew: anew.clone(),
                                typed,
                                draft: false,
                            }));
                        }
                        // The answers are saved and their concern is open: its steps follow.
                        if let Some(concern) = done.concerns.first() {
                            router.go(Route::Safety(chart, *concern));
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
            let own: Vec<(usize, QuestionFields)> = all
                .iter()
                .copied()
                .enumerate()
                .skip(first)
                .take(info.questions.len())
                .collect();
            view! { <AreaGroup info known own rows/> }
        })
        .collect_view();
    view! {
        <section class="assessment" aria-labelledby="assessment-form">
            <div class="side-head"><h2 id="assessment-form">"Initial assessment"</h2></div>
            <p class="hint">"Save as often as you like: what was not asked stays \u{201c}not asked\u{201d} for the next call."</p>
            {draft.then(|| view! { <p class="notice-line" role="status">"This is what you typed before, kept in this browser. It is not saved yet."</p> })}
            <Form errors on_submit=submit label="Initial assessment">
                <DateField id="assessment-day" label="Day of the conversation" value=day max=today_text(desk)/>
                {areas}
                <div class="actions save-bar">
                    <Submit busy>"Save assessment"</Submit>
                    <span class="hint">"Ctrl+Enter saves"</span>
                </div>
            </Form>
        </section>
    }
}

/// What is saved once the changed areas are.
fn after(saved: &[AreaAnswers], changed: &[AreaAnswers]) -> Vec<AreaAnswers> {
    let kept = saved
        .iter()
        .filter(|old| changed.iter().all(|new| new.area != old.area));
    kept.chain(changed).cloned().collect()
}

/// What is asked anew once the changed areas are saved: what was answered in them is of now when the talk was today.
fn still_anew(anew: &[Question], changed: &[AreaAnswers], is_today: bool) -> Vec<Question> {
    let answered = |question: &Question| changed.iter().any(|area| area.replies.contains_key(question));
    let mut still: Vec<Question> = anew.iter().copied().filter(|question| !answered(question)).collect();
    if !is_today {
        let replies = changed.iter().flat_map(|area| area.replies.keys().copied());
        still.extend(replies.filter(|question| concerns_of(*question).is_some()));
    }
    still
}

/// One area: what is known of it from other pages, its questions, who saved it last.
#[component]
fn AreaGroup(
    info: &'static AreaInfo,
    known: Signal<Arc<LearnedView>>,
    own: Vec<(usize, QuestionFields)>,
    rows: RwSignal<Vec<PastFields>>,
) -> impl IntoView {
    let beside = Memo::new(move |_| {
        known.with(|known| {
            let found = known.known.iter().find(|(title, _)| title == info.title);
            found.map(|(_, lines)| lines.clone()).unwrap_or_default()
        })
    });
    let saved = Memo::new(move |_| {
        known.with(|known| {
            let place = known.areas.iter().position(|area| area.area == info.area)?;
            known.saved.get(place).map(|by| format!("Last saved: {by}"))
        })
    });
    let asked = own.iter().map(|(_, fields)| fields.chosen).collect::<Vec<_>>();
    let all = asked.len();
    let count = move || {
        asked
            .iter()
            .filter(|chosen| chosen.get() != Some(Chosen::NotAsked))
            .count()
    };
    let questions = own
        .into_iter()
        .map(|(at, fields)| view! { <QuestionView at fields/> })
        .collect_view();
    let past = (info.area == Area::PastTreatment).then(|| view! { <PastRows rows/> });
    view! {
        <FormGroup legend=info.title>
            <p class="hint">{move || format!("{} of {all} asked", count())}{move || saved.get().map(|saved| format!(". {saved}"))}</p>
            {move || {
                let lines = beside.get();
                (!lines.is_empty()).then(|| view! {
                    <ul class="beside">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                })
            }}
            {questions}
            {past}
        </FormGroup>
    }
}
