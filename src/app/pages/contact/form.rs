//! The form itself.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::again::{self, WhichPart};
use super::beside::BesideForm;
use super::early::{Early, finishing};
use super::fields::Fields;
use super::measure::{ask_who, under_age};
use super::measures::Measures;
use super::more::{CoveredTicks, More, Shown};
use super::parts;
use super::saved::{AfterSave, Recorded};
use super::{first_guess, full_name};
use crate::app::browser::now_millis;
use crate::app::components::{
    Button, ButtonKind, Checks, Choice, DateField, Form, FormErrors, FormGroup, Icon, IconName, Select, Submit,
    TextArea, TextField, TimeField, Width,
};
use crate::app::format;
use crate::app::frame::LeftDraft;
use crate::app::keys::use_key;
use crate::app::pages::activities::{activity_options, colleagues, follow_own_activities};
use crate::app::pages::common::{AskOnce, new_entry, time_text, to_errors, today_text};
use crate::app::parked::Parked;
use crate::app::route::{Route, word};
use crate::app::router::use_router;
use crate::app::state::{Desk, use_desk};
use crate::app::timer::use_timers;
use crate::app::typed::contact::{Around, ContactTyped, NextTyped, ReachedTyped, Spent};
use crate::app::typed::{Wrong, read_day, read_when};
use crate::app::words::{ACTIVITIES, BUCKETS, CHANNELS, INTERVENTIONS, KINDS, MODES, OUTCOMES, WITH, options, word_of};
use crate::care::Office;
use crate::care::coordination::NextTry;
use crate::care::intent::{Intent, Refusal};
use crate::instruments::Context;
use crate::journal::facts::{Activity, Mode, Sex, Taken};
use crate::journal::{ChartId, Day, When};
use crate::registry::{Failure, PatientView};

/// Under which key the draft of a patient's contact form is kept.
pub fn draft_key(chart: ChartId) -> String {
    format!("contact/{chart}")
}

/// What scoring may need to know of a patient.
pub fn scoring_context(view: &PatientView) -> Context {
    let context = Context::new();
    match view.registration.sex {
        Some(Sex::Female) => context.with("sex", "female"),
        Some(Sex::Male) => context.with("sex", "male"),
        Some(Sex::Other) | None => context,
    }
}

#[component]
pub fn ContactFormView(
    /// Whose chart.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// What was kept of an earlier start.
    draft: Option<ContactTyped>,
) -> impl IntoView {
    let desk = use_desk();
    let (router, timers) = (use_router(), use_timers());
    let fresh = view.with_untracked(|view| {
        let definition = |id: &str| untrack(|| desk.instrument(id));
        let guess = first_guess(view, today_text(desk), time_text(desk), definition);
        let entry = new_entry().ok();
        ContactTyped { entry, ..guess }
    });
    let restored = draft.is_some();
    let draft = draft.map(|draft| ContactTyped {
        entry: draft.entry.or(fresh.entry),
        ..draft
    });
    let fields = Fields::new(draft.unwrap_or_else(|| fresh.clone()));
    view.with_untracked(|view| ask_who(view, fields.day));
    let under_age = view.with_untracked(|view| under_age(view));
    let untouched = StoredValue::new(fresh);
    let keeper = desk.keep_draft(draft_key(chart), move || {
        let typed = fields.typed();
        let touched = restored || untouched.with_value(|fresh| *fresh != typed);
        touched.then(|| serde_json::to_string(&typed).ok()).flatten()
    });
    LeftDraft::follow(chart, &keeper);
    let keeper = StoredValue::new_local(keeper);
    let left = use_context::<LeftDraft>();
    let early = Early::provide(chart, move || taken_at(fields, desk));
    crate::app::effects::effect(move |_| {
        // The id under which an answer is committed must not be lost with the page.
        if early.committed().with(Option::is_some) {
            keeper.with_value(|keeper| keeper.store_soon());
        }
    });
    let again = again::proposed(desk, fields, view);
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let recorded = RwSignal::new(None::<Recorded>);
    let ask = AskOnce::new();
    let scoring = StoredValue::new(view.with_untracked(|view| scoring_context(view)));

    let submit = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        let typed = untrack(|| fields.typed());
        let around = Around {
            chart,
            zone: untrack(|| desk.zone()),
            today: desk.today().get_untracked(),
            timed: untrack(|| timers.of(chart)),
            instruments: untrack(|| {
                let asked = typed.measures.iter().chain(&typed.apart);
                asked.filter_map(|(id, _)| desk.instrument(id)).collect()
            }),
            office: desk.clinic().with_untracked(Office::of),
            again: again.get_untracked(),
            under_age,
        };
        let form = match typed.read(&around) {
            Ok(form) => form,
            Err(wrong) => {
                fields.more.show(&wrong);
                return errors.set(to_errors(wrong));
            }
        };
        let open = typed.measures.iter().filter_map(|(id, measure)| {
            let definition = around
                .instruments
                .iter()
                .find(|definition| definition.id.as_str() == id)?;
            measure.left_open(definition, &scoring.get_value())
        });
        if !ask.may_save(errors, open.collect()) {
            return;
        }
        let told = Recorded::of(&typed, &form, &around);
        let counted = form.time.is_some() && form.at.day(around.zone) == around.today;
        // What the timer runs after this moment is not in this save.
        let until = now_millis();
        busy.set(true);
        let intent = finishing(Intent::Contact(form), typed.begun());
        let kept = keeper.get_value();
        // It runs with "Try again" too, perhaps after the form was left.
        desk.submit(intent, told.deed.clone(), move |result| {
            let concern = match result {
                Ok(saved) => {
                    if counted {
                        timers.saved_at(chart, until);
                    }
                    saved.concerns.first().copied()
                }
                // The answer to the first save was lost: what it led to is still to be done, and the timer ran on.
                Err(Failure::Refused(Refusal::SavedBefore { concerns, timed })) => {
                    if let Some(until) = timed.filter(|_| counted) {
                        timers.saved_at(chart, until);
                    }
                    concerns.first().copied()
                }
                Err(failure) => {
                    let _gone = busy.try_set(false);
                    return errors.set_whole(failure.to_string());
                }
            };
            kept.drop_draft();
            if let Some(left) = left {
                left.saved(chart);
            }
            match concern {
                Some(concern) => router.go(Route::Safety(chart, concern)),
                None => {
                    let _gone = recorded.try_set(Some(told.clone()));
                }
            }
        });
    });
    crate::app::effects::effect(move |_| {
        // "Try again" of an earlier form saved what this one was opened with: this form asks what became of it, and says so.
        let saved = desk.mark().with(|mark| {
            let saved = mark.as_ref().and_then(|mark| mark.saved.as_ref());
            saved.is_some_and(|saved| fields.entry.is_some_and(|entry| saved.entries.contains(&entry)))
        });
        if saved && !busy.get_untracked() {
            submit.run(());
        }
    });
    // Also before anything in the form has the focus: from the page's heading on.
    let walking = window_event_listener(ev::keydown, |event| parts::walk(&event));
    on_cleanup(move || walking.remove());
    let parked = use_context::<Parked>();
    let park = move |()| {
        if let Some(parked) = parked.filter(|_| recorded.with_untracked(Option::is_none)) {
            parked.park(chart);
            router.go(Route::Today);
        }
    };
    use_key("q", "Park this contact form with its timer", move || park(()));
    let start_over = Callback::new(move |()| {
        keeper.with_value(|keeper| keeper.drop_draft());
        router.go(Route::Patient(chart));
    });
    view! {
        <Show when=move || recorded.with(Option::is_none) fallback=move || recorded.get().map(|told| view! {
            <AfterSave chart told/>
        })>
            {restored.then(|| view! {
                <div class="notice-line" role="status">
                    <Icon name=IconName::Waiting/>
                    <p>"This is what you typed before, kept in this browser. It is not saved yet."</p>
                    <Button kind=ButtonKind::Quiet on_press=start_over>"Throw it away"</Button>
                </div>
            })}
            <super::script::Scripts fields view early/>
            <div class="contact-form">
                <Form errors on_submit=submit label=view.with_untracked(|view| format!("Contact with {}", full_name(view)))>
                    <Happened fields/>
                    <Spent chart fields/>
                    <Measures fields view/>
                    <Done chart fields/>
                    <NextContact fields view again/>
                    <div class="actions save-bar">
                        <Submit busy>"Save contact"</Submit>
                        <Button kind=ButtonKind::Quiet on_press=park>"Park"</Button>
                        <span class="hint">
                            <kbd>"Ctrl+Enter"</kbd>" saves from anywhere, "<kbd>"Alt+\u{2193}"</kbd>" goes to the next part"
                        </span>
                    </div>
                </Form>
            </div>
            <BesideForm chart view/>
        </Show>
    }
}

/// When and how a measure of the form is taken, as far as the form says; now, where it doesn't.
fn taken_at(fields: Fields, desk: Desk) -> (When, Taken) {
    let typed = fields.typed();
    let day = read_day("day", "the day", &typed.day, Some(desk.today().get()));
    let at = day.and_then(|day| read_when("time", day, &typed.time, desk.zone()));
    (
        at.unwrap_or_else(|_wrong: Wrong| When::At(desk.instant())),
        typed.taken(),
    )
}

/// Reached, who, how, when.
#[component]
fn Happened(fields: Fields) -> impl IntoView {
    let reached = vec![
        (ReachedTyped::Yes, "Yes".to_owned()),
        (ReachedTyped::No, "No, attempt".to_owned()),
    ];
    let kinds: Vec<(String, String)> = KINDS
        .iter()
        .map(|(kind, words)| (word(*kind), (*words).to_owned()))
        .collect();
    let kinds = StoredValue::new(kinds);
    let today = today_text(use_desk());
    view! {
        <div class="band first">
            <Choice id="reached" legend="Reached" options=reached value=fields.reached/>
            <Show
                when=move || fields.was_reached()
                fallback=move || view! {
                    <Choice id="by" legend="Tried by" options=options(CHANNELS) value=fields.by/>
                    <Choice id="outcome" legend="What came of it" options=options(OUTCOMES) value=fields.outcome/>
                    <TextField id="left" label="What was left" value=fields.left hint="the words of a voicemail, text or letter"/>
                }
            >
                <Checks id="with" legend="Who" options=options(WITH) value=fields.with/>
                <Choice id="mode" legend="How" options=options(MODES) value=fields.mode/>
                <Select id="kind" label="Kind" options=Signal::derive(move || kinds.get_value()) value=fields.kind/>
            </Show>
            <div class="when">
                <DateField id="day" label="Day" value=fields.day max=today/>
                <TimeField id="time" label="Time" value=fields.time/>
            </div>
        </div>
    }
}

/// Minutes, what they were spent on and what they count for.
#[component]
fn Spent(chart: ChartId, fields: Fields) -> impl IntoView {
    let timers = use_timers();
    let timed = Memo::new(move |_| timers.of(chart).map(|timed| timed.seconds.0));
    let from_timer = move || {
        let seconds = timed.get()?;
        let clock = format::stopwatch(seconds.into());
        Some(match fields.minutes.with(|typed| typed.trim().is_empty()) {
            true => format!("{clock} from the timer will be saved"),
            false => format!("what you typed is saved, not the timer\u{2019}s {clock}"),
        })
    };
    let span = move || {
        let typed = fields.minutes.get();
        match Spent::read(&typed)? {
            Spent::Minutes(_) => None,
            spent @ Spent::Span { from, to } => Some(format!(
                "{:02}:{:02} to {:02}:{:02} is {} min",
                from.0,
                from.1,
                to.0,
                to.1,
                spent.minutes()
            )),
        }
    };
    let own = follow_own_activities(use_desk());
    let activities = Signal::derive(move || {
        let usual = fields.typed().usual_activity();
        let mut all = vec![(String::new(), format!("{} (as usual)", word_of(ACTIVITIES, usual)))];
        let chosen = Activity::of_code(&fields.activity.get());
        all.extend(own.with(|own| activity_options(own, chosen)));
        all
    });
    let buckets = Signal::derive(move || {
        BUCKETS
            .iter()
            .map(|(bucket, words)| (word(*bucket), (*words).to_owned()))
            .collect()
    });
    view! {
        <div class="band spent">
            <TextField id="minutes" label="Minutes" value=fields.minutes hint="22, or 9:10-9:32" width=Width::Short/>
            <p class="from-timer" aria-live="off">{from_timer}</p>
            <p class="from-timer" aria-live="polite">{span}</p>
            <Select id="activity" label="Spent on" options=activities value=fields.activity/>
            <Select id="bucket" label="Counts for" options=buckets value=fields.bucket/>
            <Select id="colleague" label="Together with" options=colleagues(use_desk()) value=fields.colleague/>
        </div>
    }
}

/// What was done, and the note.
#[component]
fn Done(chart: ChartId, fields: Fields) -> impl IntoView {
    view! {
        <div class="band talk">
            <Show when=move || fields.was_reached()>
                <CoveredTicks fields=fields.more/>
                <Checks id="did" legend="Did" options=options(INTERVENTIONS) value=fields.did/>
            </Show>
            <TextArea id="note" label="Note" value=fields.note rows=4/>
            <Show when=move || fields.was_reached()>
                <More chart fields=fields.more kind=fields.kind shown=Shown::Recording/>
            </Show>
        </div>
    }
}

/// What was agreed for next time.
#[component]
fn NextContact(fields: Fields, view: Signal<Arc<PatientView>>, again: Memo<Option<NextTry>>) -> impl IntoView {
    let desk = use_desk();
    let was_reached = Memo::new(move |_| fields.was_reached());
    crate::app::effects::effect(move |_| {
        // Another try is proposed for a try only.
        if was_reached.get() && fields.next.get_untracked() == Some(NextTyped::Again) {
            fields.next.set(Some(NextTyped::Protocol));
        }
    });
    let ways = move || {
        let mut ways = vec![
            (NextTyped::Protocol, "As the protocol says".to_owned()),
            (NextTyped::In(7), "In 1 week".to_owned()),
            (NextTyped::In(14), "In 2 weeks".to_owned()),
            (NextTyped::In(28), "In 4 weeks".to_owned()),
            (NextTyped::On, "On a day".to_owned()),
            (NextTyped::Appointment, "Appointment".to_owned()),
        ];
        if let Some(again) = again.get().filter(|_| !was_reached.get()) {
            ways.insert(1, (NextTyped::Again, again::words(again, desk.today().get())));
        }
        ways
    };
    let falls_on = move || {
        let office = desk.clinic().with(Office::of);
        let today = desk.today().get();
        match fields.next.get()? {
            NextTyped::In(days) => {
                let held: Day = fields.day.get().parse().ok()?;
                let day = held.plus(days.into());
                let open = office.open_day(day);
                let moved = (open != day).then_some(", as the clinic is closed before");
                Some(format!(
                    "that is {}{}",
                    format::short_day(open, today),
                    moved.unwrap_or_default()
                ))
            }
            NextTyped::On | NextTyped::Appointment => {
                let day: Day = fields.next_day.get().parse().ok()?;
                (!office.working_days.holds(day))
                    .then(|| format!("the clinic is closed on {}", format::short_day(day, today)))
            }
            NextTyped::Protocol | NextTyped::Again => None,
        }
    };
    let tries_again = move || fields.next.get() == Some(NextTyped::Again);
    let with_day = move || matches!(fields.next.get(), Some(NextTyped::On | NextTyped::Appointment));
    let with_time = move || fields.next.get() == Some(NextTyped::Appointment);
    let modes: Vec<(Mode, String)> = options(MODES)
        .into_iter()
        .filter(|(mode, _)| *mode != Mode::Portal)
        .collect();
    let modes = StoredValue::new(modes);
    let today = today_text(desk);
    view! {
        <FormGroup legend="Next" class="next">
            {move || view! { <Choice id="next" legend="Next contact" options=ways() value=fields.next/> }}
            <p class="hint" aria-live="polite">{falls_on}</p>
            <Show when=tries_again><WhichPart fields view again/></Show>
            <Show when=with_day>
                <DateField id="next-day" label="Day of the next contact" value=fields.next_day min=today.clone()/>
            </Show>
            <Show when=with_time>
                <TimeField id="next-time" label="Time of the appointment" value=fields.next_time/>
                <Choice id="next-mode" legend="Appointment by" options=modes.get_value() value=fields.next_mode/>
            </Show>
        </FormGroup>
    }
}
