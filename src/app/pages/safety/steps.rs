//! The forms of a concern's steps: second step, who was told, next contact, another action, closing, leaving.

use std::sync::Arc;

use leptos::prelude::*;

use super::close::CloseForm;
use super::done::{DoneAt, DoneFields};
use super::kinds::{QuestionsForm, ReportForm};
use super::known::{AnsweredToday, answered_today};
use super::told::ToldForm;
use crate::app::components::{Choice, DateField, FormErrors, Notice, TextArea, TextField, Tone, Width};
use crate::app::pages::common::{IntentForm, Reading, Written, to_errors};
use crate::app::pages::contact::early::{Early, finishing};
use crate::app::pages::contact::form::scoring_context;
use crate::app::pages::contact::measure::MeasureGrid;
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::measure::{MeasureTyped, Way};
use crate::app::typed::second_step::{With, is_by_number, offered};
use crate::app::typed::{Wrong, read_day, text};
use crate::care::intent::Intent;
use crate::care::{FirstStep, Office, kind_rule};
use crate::instruments::Context;
use crate::journal::facts::{ConcernKind, ConcernStep, Step, Taken};
use crate::journal::{ChartId, Day, EntryId, Fact, ThingId, When};
use crate::registry::{PatientView, Saved};

/// A step of a concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// What a concern of its kind needs first: a structured second step, a report, or questions.
    SecondStep,
    /// Somebody was told.
    Told,
    /// The next contact was agreed.
    NextContact,
    /// Anything else that was done.
    Action,
    /// Closing.
    Close,
}

/// The form of a step.
#[component]
pub fn StepForm(
    /// Whose chart.
    chart: ChartId,
    /// Which concern.
    concern: ThingId,
    /// Which step.
    kind: StepKind,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// Closes the form.
    on_close: Callback<()>,
) -> impl IntoView {
    match kind {
        StepKind::SecondStep => {
            let about = view.with_untracked(|view| super::find(view, concern));
            let kind = about.as_ref().map_or(ConcernKind::Suicide, |concern| concern.kind);
            match kind_rule(kind).first {
                FirstStep::SecondStep => {
                    let context = view.with_untracked(|view| scoring_context(view));
                    let today = about.and_then(|concern| {
                        let (desk, since) = (use_desk(), concern.answers_since);
                        view.with_untracked(|view| {
                            answered_today(view, desk, &context, &["asq", "cssrs_screen"], since)
                        })
                    });
                    view! { <SecondStepForm chart concern context today on_close/> }.into_any()
                }
                FirstStep::Report => view! { <ReportForm chart concern kind on_close/> }.into_any(),
                FirstStep::Questions(questions) => {
                    view! { <QuestionsForm chart concern kind questions on_close/> }.into_any()
                }
            }
        }
        StepKind::Told => view! { <ToldForm chart concern view on_close/> }.into_any(),
        StepKind::NextContact => {
            let known = view.with_untracked(|view| super::find(view, concern));
            let acute = known.as_ref().and_then(|concern| concern.acute);
            let by = known.map(|concern| concern.contact_by);
            view! { <NextContactForm chart concern acute by on_close/> }.into_any()
        }
        StepKind::Action => view! { <ActionForm chart concern on_close/> }.into_any(),
        StepKind::Close => {
            let found = view.with_untracked(|view| super::find(view, concern));
            let watch = found.map(|concern| concern.watch_if_closed);
            view! { <CloseForm chart concern watch on_close/> }.into_any()
        }
    }
}

/// A step of a concern, done on its day.
pub(super) fn step(at: When, concern: ThingId, step: Step, note: Option<String>) -> Fact {
    Fact::ConcernStep(ConcernStep {
        concern,
        at,
        step,
        note,
    })
}

/// A form whose fields are facts of a step.
pub(super) fn facts_intent(chart: ChartId, errors: FormErrors, written: Written) -> Option<Intent> {
    match written {
        Ok(facts) => Some(Intent::Record { chart, facts }),
        Err(wrong) => {
            errors.set(to_errors(wrong));
            None
        }
    }
}

#[component]
fn SecondStepForm(
    chart: ChartId,
    concern: ThingId,
    context: Context,
    /// What was answered today since the concern was opened: all of it is offered as it is, of a part the rest is asked.
    today: Option<AnsweredToday>,
    on_close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let (whole, part) = match today {
        Some(today) if today.open == 0 => (Some(today), None),
        today => (None, today),
    };
    let with = RwSignal::new(match (&whole, &part) {
        // That nothing more is asked after a negative answer is for a person to choose.
        (Some(whole), _) => (!whole.positives.is_empty()).then_some(With::Known),
        (None, Some(part)) => With::of(part.instrument),
        (None, None) => With::STRUCTURED.into_iter().find(|with| {
            with.instrument()
                .and_then(|id| untrack(|| desk.instrument(id)))
                .is_some()
        }),
    });
    let kept = StoredValue::new(part);
    let part_of = move |instrument: Option<&str>| {
        kept.with_value(|part| part.clone().filter(|part| Some(part.instrument) == instrument))
    };
    // A form that goes on is the same administration: its save takes the place of what was answered so far.
    let begin = move |with: Option<With>| {
        let gone_on = part_of(with.and_then(With::instrument)).map(|part| MeasureTyped {
            begun: Some(part.entry),
            ..part.typed
        });
        gone_on.unwrap_or(MeasureTyped {
            way: Way::Questions,
            ..MeasureTyped::default()
        })
    };
    let typed = RwSignal::new(begin(with.get_untracked()));
    let done = DoneAt::now();
    let showed = RwSignal::new(String::new());
    // "Thoughts right now: yes" is in the record before the form is.
    let early = Early::provide(chart, move || {
        taken_of(part_of(with.get_untracked().and_then(With::instrument)), done)
    });
    kept.with_value(|part| {
        if let Some(part) = part {
            early.goes_on(part.entry, part.positives.clone());
        }
    });
    let errors = FormErrors::new();
    // The answers of one instrument are no answers of another.
    crate::app::effects::effect(move |before: Option<Option<With>>| {
        let now = with.get();
        if before.is_some_and(|before| before != now) {
            typed.set(begin(now));
        }
        now
    });
    let (scoring, context) = (StoredValue::new(context.clone()), StoredValue::new(context));
    let whole = StoredValue::new(whole);
    let outcome = move || {
        let known =
            || whole.with_value(|whole| whole.as_ref().map(|known| format!("Answered today in {}", known.words)));
        let known = known().filter(|_| with.get_untracked() == Some(With::Known));
        let found = with
            .get_untracked()
            .and_then(With::instrument)
            .and_then(|id| desk.instrument(id))
            .and_then(|definition| {
                let words =
                    typed.with_untracked(|typed| scoring.with_value(|context| typed.outcome(definition, context)))?;
                Some(format!("{}: {words}", definition.short_title))
            });
        let said = text(&showed.get_untracked());
        let parts: Vec<String> = [known.or(found), said].into_iter().flatten().collect();
        parts.join(". ")
    };
    let record = move |assessment: Option<EntryId>| {
        let outcome = outcome();
        step(done.so_far(), concern, Step::SecondStep { assessment, outcome }, None)
    };
    let intent = Callback::new(move |()| {
        let Some(chosen) = with.get_untracked() else {
            let text = "Say with what it was asked, or that the answer of today stands";
            return facts_intent(chart, errors, Err(vec![Wrong::new("second-step-with", text)]));
        };
        let mut reading = Reading::default();
        let at = done.read(&mut reading, "second-step");
        if let Err(wrong) = reading.finish(at) {
            return facts_intent(chart, errors, Err(wrong));
        }
        let written = match chosen.instrument() {
            // Nothing is asked again: the step names the form that was answered.
            None if chosen == With::Known => {
                let entry = whole.with_value(|whole| whole.as_ref().map(|known| known.entry));
                Ok(vec![record(entry)])
            }
            Some(id) => {
                typed.with_untracked(|typed| read_instrument(typed, id, taken_of(part_of(Some(id)), done), desk))
            }
            None => read_reason(&showed.get_untracked()).map(|()| vec![record(None)]),
        };
        let begun = typed.with_untracked(|typed| typed.begun);
        let form = facts_intent(chart, errors, written)?;
        Some(finishing(form, begun.into_iter().collect()))
    });
    // The assessment is saved first; the step then names its entry: the one that was answered before, or committed while
    // it was typed, of which the save is a later version, or the one that the save made.
    let saved = Callback::new(move |saved: Saved| {
        let used = with.try_get_untracked().flatten().and_then(With::instrument);
        let begun = typed.try_with_untracked(|typed| typed.begun).flatten();
        let is_part = |entry| kept.try_with_value(|part| part.as_ref().is_some_and(|part| part.entry == entry));
        let committed = begun.filter(|entry| early.has_written(*entry) || is_part(*entry).unwrap_or_default());
        if let Some(entry) = committed.or(saved.entries.first().copied()).filter(|_| used.is_some()) {
            let facts = vec![record(Some(entry))];
            desk.submit_alone(Intent::Record { chart, facts }, "Second step recorded", || {});
        }
    });
    let ways = whole.with_value(|whole| {
        let known = whole.as_ref().map(|known| known.words.as_str());
        untrack(|| offered(known, |id| desk.instrument(id)))
    });
    let grid = move || {
        let id = with.get()?.instrument()?;
        let definition = desk.instrument(id)?;
        early.follow(definition, typed);
        let hint = is_by_number(definition).then(|| view! {
            <p class="hint">{format!(
                "The words of the {} are switched off here. Ask from your own copy and enter each answer by its number, or switch \
                 them on under Settings, Measures.",
                definition.short_title
            )}</p>
        });
        Some(view! { {hint} <MeasureGrid id=id definition value=typed context=context.get_value()/> })
    };
    let label = Signal::derive(move || match with.get() {
        Some(With::Nothing) => "Why none, and what you learned".to_owned(),
        _ => "What it showed, in your words".to_owned(),
    });
    let goes_on = kept.with_value(|part| {
        let part = part.as_ref()?;
        Some(format!("Answered today in {}; what is open is asked.", part.words))
    });
    view! {
        <IntentForm title="Second step" deed="Second step recorded" save="Record second step" errors intent on_close on_saved=saved>
            <Choice id="second-step-with" legend="Asked with" options=ways value=with/>
            <DoneFields done id="second-step"/>
            {goes_on.map(|words| view! { <p class="hint">{words}</p> })}
            {grid}
            {move || view! { <TextArea id="second-step-showed" label=label.get() value=showed rows=2/> }}
        </IntentForm>
    }
}

/// When and how a second step is taken: as it was answered so far where it goes on, and otherwise when it was done.
fn taken_of(part: Option<AnsweredToday>, done: DoneAt) -> (When, Taken) {
    part.map_or_else(|| (done.so_far(), Taken::Remotely), |part| (part.at, part.taken))
}

fn read_instrument(typed: &MeasureTyped, id: &'static str, (at, taken): (When, Taken), desk: Desk) -> Written {
    let mut reading = Reading::default();
    let definition = reading.chosen(desk.instrument(id), "second-step-with", "Choose another instrument");
    let Some(definition) = definition else {
        return reading.finish(None);
    };
    let taken = typed.read(definition, id, at, taken)?;
    reading.finish(taken.map(|taken| vec![Fact::Assessment(taken)]))
}

fn read_reason(typed: &str) -> Result<(), Vec<Wrong>> {
    let mut reading = Reading::default();
    let said = reading.text(
        typed,
        "second-step-showed",
        "Say why no instrument was used, and what you learned",
    );
    reading.finish(said).map(|_| ())
}

#[component]
fn NextContactForm(
    chart: ChartId,
    concern: ThingId,
    /// The day of a second step that found thoughts right now, a plan or an intent.
    acute: Option<Day>,
    /// The last day by the protocol.
    by: Option<Day>,
    on_close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let today = desk.today().get_untracked();
    let first = match (acute, by) {
        (Some(_), _) => today,
        (None, by) => {
            let office = desk.clinic().with_untracked(Office::of);
            office.open_day_by(today.plus(1), by.unwrap_or(today.plus(3)), today)
        }
    };
    let on = RwSignal::new(first.to_string());
    let safe_until_then = RwSignal::new(String::new());
    let later_why = RwSignal::new(String::new());
    let done = DoneAt::now();
    let waits = Memo::new(move |_| acute.is_some() && on.get().parse::<Day>().is_ok_and(|day| done.day() < day));
    let late = Memo::new(move |_| {
        let day = on.get().parse::<Day>().ok();
        !waits.get() && day.zip(by).is_some_and(|(day, by)| by < day)
    });
    let errors = FormErrors::new();
    let intent = Callback::new(move |()| {
        let mut reading = Reading::default();
        let what = "the day of the next contact";
        let day = reading.take(
            read_day("next-contact-on", what, &on.get_untracked(), None).and_then(|day| {
                if day < untrack(|| done.day()) {
                    return Err(Wrong::new(
                        "next-contact-on",
                        "The next contact lies before the day on which it was agreed",
                    ));
                }
                Ok(day)
            }),
        );
        let note = match waits.get_untracked() {
            false if late.get_untracked() => reading
                .text(
                    &later_why.get_untracked(),
                    "next-contact-later",
                    "Say why the next contact comes later than the protocol has it",
                )
                .map(|why| Some(format!("Later than the protocol has it: {why}"))),
            true => reading
                .text(
                    &safe_until_then.get_untracked(),
                    "next-contact-safe",
                    "The second step was acute: say who stays with the patient until then, or choose today",
                )
                .map(|safe| Some(format!("Later than today after an acute second step: {safe}"))),
            false => Some(None),
        };
        let at = done.read(&mut reading, "next-contact");
        let fact = day
            .zip(note)
            .zip(at)
            .map(|((on, note), at)| vec![step(at, concern, Step::NextContact { on }, note)]);
        facts_intent(chart, errors, reading.finish(fact))
    });
    let hint = match by {
        Some(by) => format!(
            "By {} by your protocol (Settings, Protocol).",
            crate::app::format::short_day(by, today)
        ),
        None => "Within 1 to 3 days in most clinics.".to_owned(),
    };
    view! {
        <IntentForm title="Next contact" deed="Next contact recorded" save="Record next contact" errors intent on_close>
            <DateField id="next-contact-on" label="Next contact on" value=on hint/>
            <DoneFields done id="next-contact" label="Agreed on"/>
            <Show when=move || late.get()>
                <TextField id="next-contact-later" label="Why it comes later than the protocol has it" value=later_why width=Width::Full/>
            </Show>
            <Show when=move || waits.get()>
                <Notice tone=Tone::Warning title="The second step was acute">
                    <p>"The patient answered that there are thoughts right now, a plan or an intent. A next contact later than today needs somebody who keeps the patient safe until then. What you write goes into the record."</p>
                </Notice>
                <TextField id="next-contact-safe" label="Who stays with the patient until then, or where the patient is" value=safe_until_then width=Width::Full/>
            </Show>
        </IntentForm>
    }
}

#[component]
fn ActionForm(chart: ChartId, concern: ThingId, on_close: Callback<()>) -> impl IntoView {
    let (done, what) = (DoneAt::now(), RwSignal::new(String::new()));
    let errors = FormErrors::new();
    let intent = Callback::new(move |()| {
        let mut reading = Reading::default();
        let what = reading.text(&what.get_untracked(), "action-what", "Say what was done");
        let at = done.read(&mut reading, "action");
        let fact = what
            .zip(at)
            .map(|(what, at)| vec![step(at, concern, Step::Action { what }, None)]);
        facts_intent(chart, errors, reading.finish(fact))
    });
    view! {
        <IntentForm title="Another action" deed="Action recorded" save="Record action" errors intent on_close>
            <TextArea id="action-what" label="What was done" value=what rows=2 hint="Means safety, who stays with the patient, where the patient goes"/>
            <DoneFields done id="action"/>
        </IntentForm>
    }
}

/// Why the steps are left open for now. It is written down; nothing else is asked.
#[component]
pub fn LeaveForm(
    /// Whose chart.
    chart: ChartId,
    /// Which concern.
    concern: ThingId,
    /// Closes the form.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let (desk, router) = (use_desk(), use_router());
    let why = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let intent = Callback::new(move |()| {
        let mut reading = Reading::default();
        let why = reading.text(
            &why.get_untracked(),
            "leave-why",
            "Say what you do now, and why the steps wait",
        );
        let fact = why.map(|why| {
            let what = format!("Safety steps left open: {why}");
            vec![step(When::At(desk.instant()), concern, Step::Action { what }, None)]
        });
        facts_intent(chart, errors, reading.finish(fact))
    });
    let left = Callback::new(move |_| router.go(Route::Patient(chart)));
    view! {
        <IntentForm title="Leave for now" deed="Reason recorded" save="Record and leave" errors intent on_close on_saved=left>
            <TextArea id="leave-why" label="What you do now, and why the steps wait" value=why rows=2/>
        </IntentForm>
    }
}
