//! The form that closes an episode. What holds a closing up is decided below it, not here: the refusal says what is
//! missing.

use leptos::prelude::*;

use super::Place;
use super::loose::Handing;
use super::tasks::{Decided, Deciding};
use crate::app::components::{Choice, DateField, FormErrors, Notice, TextArea, TextField, Tone, Width};
use crate::app::pages::common::{AskOnce, IntentForm, Reading, Written, to_errors, today_text};
use crate::app::pages::course::boxes::OneForm;
use crate::app::pages::form_draft::{FormDraft, put, row};
use crate::app::pages::scripts::CallScripts;
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::{capital, text};
use crate::app::words::{CLOSE_REASONS, options};
use crate::care::intent::Intent;
use crate::exchange::note::Script;
use crate::journal::facts::{Agreement, CloseReason, Closure, Status, StatusChange};
use crate::journal::{Fact, When};

/// The clinician's agreement, as typed.
#[derive(Clone, Copy)]
struct AgreedFields {
    who: RwSignal<String>,
    day: RwSignal<String>,
    how: RwSignal<String>,
}

impl AgreedFields {
    /// All of it, or nothing of it.
    fn read(self, reading: &mut Reading, today: crate::journal::Day) -> Option<Agreement> {
        let how = text(&self.how.get_untracked())?;
        let who = reading.text(&self.who.get_untracked(), "agreed-who", "Name the clinician who agreed");
        let day = reading.past(
            &self.day.get_untracked(),
            "agreed-day",
            "the day of the agreement",
            today,
        );
        who.zip(day).map(|(who, day)| Agreement { who, day, how })
    }
}

/// Closes the episode.
#[component]
pub fn CloseForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let view = place.view.get_untracked();
    let new = |text: String| RwSignal::new(text);
    let reason = RwSignal::new(None::<CloseReason>);
    let last = new(today_text(desk));
    let note = new(String::new());
    let goes_on = new(view.medicines.join("\n"));
    let followed_by = new(view.head.clinician.clone().unwrap_or_default());
    let agreed = AgreedFields {
        who: new(view.head.clinician.clone().unwrap_or_default()),
        day: new(today_text(desk)),
        how: new(String::new()),
    };
    let handing = StoredValue::new(Handing::all(&view.loose));
    let deciding = StoredValue::new(Deciding::all(&view.tasks));
    let people = StoredValue::new(view.people.clone());
    let texts = [last, note, goes_on, followed_by, agreed.who, agreed.day, agreed.how];
    FormDraft::keep(
        format!("closing/{}", place.chart),
        move || {
            let chosen = vec![reason.get().map(word).unwrap_or_default()];
            let handed = handing.with_value(|all| all.iter().map(Handing::row).collect::<Vec<_>>());
            let tasks = deciding.with_value(|all| all.iter().map(Deciding::draft).collect::<Vec<_>>());
            [chosen, row(&texts)].into_iter().chain(handed).chain(tasks).collect()
        },
        move |rows| {
            let chosen = rows.first().and_then(|row| row.first());
            reason.set(chosen.and_then(|chosen| from_word(chosen)));
            put(&texts, rows.get(1));
            let rows = rows.get(2..).unwrap_or_default();
            handing.with_value(|all| all.iter().for_each(|one| one.put(rows)));
            deciding.with_value(|all| all.iter().for_each(|one| one.put(rows)));
        },
    );
    let (episode, at_risk) = (view.episode, view.at_risk.clone());
    let needs = {
        let at_risk = at_risk.clone();
        move || {
            at_risk
                .clone()
                .filter(|_| reason.get() == Some(CloseReason::Unreachable))
        }
    };
    let risky = at_risk.is_some();
    let read = move || -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let chosen = reading.chosen(reason.get_untracked(), "close-reason", "Choose why it is closed");
        let from = reading.past(&last.get_untracked(), "close-last", "the last day", today);
        let note = match chosen {
            Some(CloseReason::Other) => {
                reading.text(&note.get_untracked(), "close-note", "Say in the note why it is closed")
            }
            _ => text(&note.get_untracked()),
        };
        let asked = risky && chosen == Some(CloseReason::Unreachable);
        let agreement = asked.then(|| agreed.read(&mut reading, today)).flatten();
        let now = When::At(desk.instant());
        let handed: Vec<Fact> =
            handing.with_value(|all| all.iter().filter_map(|one| one.read(&mut reading, now)).collect());
        let decided: Vec<Decided> = deciding.with_value(|all| {
            let people = people.get_value();
            all.iter().map(|one| one.read(&mut reading, today, &people)).collect()
        });
        let (tasks, kept): (Vec<_>, Vec<_>) = decided.into_iter().map(|one| (one.task, one.kept)).unzip();
        let is_dead = chosen == Some(CloseReason::Died);
        let closure = Closure {
            scores: Vec::new(),
            goes_on: text(&goes_on.get_untracked()).filter(|_| !is_dead),
            followed_by: text(&followed_by.get_untracked()).filter(|_| !is_dead),
            agreement,
            tasks: kept.into_iter().flatten().collect(),
        };
        let tasks = tasks.into_iter().flatten().map(Fact::Task);
        let episode = reading.chosen(episode, "", "There is no episode to close");
        let facts = chosen.zip(from).zip(episode).map(|((reason, from), episode)| {
            let closure = (closure != Closure::default()).then(|| Box::new(closure));
            let status = Status::Closed { reason, note, closure };
            let change = StatusChange {
                episode,
                status,
                from,
                why: None,
            };
            let before = handed.into_iter().chain(tasks);
            before.chain([Fact::StatusChange(change)]).collect()
        });
        reading.finish(facts)
    };
    let (errors, ask) = (FormErrors::new(), AskOnce::new());
    let chart = place.chart;
    let intent = Callback::new(move |()| match read() {
        Ok(facts) => {
            let said_met = reason.get_untracked() == Some(CloseReason::GoalsMet);
            let doubted = place.view.with_untracked(|view| view.goals_doubted.clone());
            let question = doubted.filter(|_| said_met);
            let question = question.map(|words| format!("{}: still goals met?", capital(&words)));
            let may_save = ask.may_save(errors, question.into_iter().collect());
            may_save.then_some(Intent::Record { chart, facts })
        }
        Err(wrong) => {
            errors.set(to_errors(wrong));
            None
        }
    });
    let fields = handing.with_value(|all| all.iter().map(Handing::fields).collect_view());
    let tasks = deciding.with_value(|all| {
        let people = people.get_value();
        all.iter().map(|one| one.fields(&people)).collect_view()
    });
    let any_task = deciding.with_value(|all| !all.is_empty());
    let some = handing.with_value(|all| !all.is_empty());
    let lives = move || reason.get() != Some(CloseReason::Died);
    view! {
        <CallScripts fitting=vec![Script::Closing, Script::Relapse]/>
        <IntentForm title="Close the episode" deed="Episode closed" save="Close the episode" errors intent on_close=place.form.closes()>
            <Choice id="close-reason" legend="Why it is closed" options=options(CLOSE_REASONS) value=reason stacked=true/>
            <DateField id="close-last" label="Last day" value=last max=today_text(desk)/>
            <TextArea id="close-note" label="Note" value=note rows=2/>
            {some.then(|| view! {
                <Notice tone=Tone::Warning title="Something is open">
                    <p>"Settle each of these first, or hand it to a named person: who looks after it from now on, and how they confirmed it. An open safety concern stays open, and on Today, until a named person closes it."</p>
                </Notice>
            })}
            {fields}
            {any_task.then(|| view! {
                <Notice tone=Tone::Info title="Open tasks">
                    <p>"Say of each what becomes of it. What you choose is saved with the closing; one that is done or cancelled doesn\u{2019}t come again."</p>
                </Notice>
            })}
            {tasks}
            {move || needs().map(|risk| view! {
                <Notice tone=Tone::Warning title="The PCP\u{2019}s agreement is needed">
                    <p>{format!("The patient could not be reached, and {risk}.")}</p>
                </Notice>
                <div class="fields">
                    <TextField id="agreed-who" label="Who agreed" value=agreed.who/>
                    <DateField id="agreed-day" label="When" value=agreed.day max=today_text(desk)/>
                </div>
                <TextField id="agreed-how" label="How, and what they said" value=agreed.how width=Width::Full/>
            })}
            <Show when=lives>
                <TextArea id="close-goes-on" label="What goes on" value=goes_on rows=2 hint="Medications and until when, therapy, other services"/>
                <TextField id="close-followed" label="Who follows the patient" value=followed_by width=Width::Full/>
            </Show>
            <p class="hint">"What the scores come to by each definition is kept with the closing as it is on that day. Letters follow."</p>
        </IntentForm>
    }
}
