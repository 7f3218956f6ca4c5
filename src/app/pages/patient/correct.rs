//! Correcting an entry, and marking one as entered in error. The original stays in both cases.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{
    Checks, Choice, DateField, FormErrors, NumberField, Select, TextArea, TextField, TimeField, Width,
};
use crate::app::pages::activities::{activity_options, follow_own_activities};
use crate::app::pages::common::{IntentForm, Reading, to_errors};
use crate::app::pages::contact::form::scoring_context;
use crate::app::pages::contact::measure::MeasureEntry;
use crate::app::pages::contact::more::{CoveredTicks, More, MoreFields, Shown};
use crate::app::state::{Desk, use_desk};
use crate::app::typed::contact::{Direction, MoreTyped};
use crate::app::typed::measure::{MeasureTyped, SafetyTyped, Way};
use crate::app::typed::{Wrong, read_day, read_when, text};
use crate::app::words::{CHANNELS, INTERVENTIONS, MODES, OUTCOMES, WITH, options};
use crate::care::intent::Intent;
use crate::care::{reworded, step_words};
use crate::instruments::{definition_taken, total_words};
use crate::journal::facts::{
    Activity, Answered, Assessment, Attempt, AttemptOutcome, Channel, ConcernStep, Contact, Intervention, Note, Time,
    With,
};
use crate::journal::{ChartId, Day, EntryId, Fact, Seconds, When};
use crate::registry::{PatientView, TimelineRow};

/// Whether this page has a form for the right content of such an entry. Others are marked as entered in error and
/// recorded again.
pub fn can_be_corrected(fact: &Fact) -> bool {
    match fact {
        Fact::Note(_) | Fact::Contact(_) | Fact::Attempt(_) | Fact::Time(_) => true,
        Fact::Assessment(taken) => definition_taken(taken).is_ok(),
        Fact::ConcernStep(step) => step_words(&step.step).is_some(),
        _ => false,
    }
}

/// The fields that correctable entries have between them.
#[derive(Clone, Copy)]
struct Fields {
    day: RwSignal<String>,
    time: RwSignal<String>,
    note: RwSignal<String>,
    minutes: RwSignal<String>,
    activity: RwSignal<String>,
    mode: RwSignal<Option<crate::journal::facts::Mode>>,
    with: RwSignal<Vec<With>>,
    did: RwSignal<Vec<Intervention>>,
    by: RwSignal<Option<Channel>>,
    outcome: RwSignal<Option<AttemptOutcome>>,
    left: RwSignal<String>,
    measure: RwSignal<MeasureTyped>,
    more: MoreFields,
    reason: RwSignal<String>,
}

/// The right content of an entry.
#[component]
pub fn CorrectForm(
    /// Whose chart.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// Which entry.
    entry: EntryId,
    /// Closes the form.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let Some(row) = find(view, entry) else {
        on_close.run(());
        return ().into_any();
    };
    let fact = row.fact.clone();
    let fields = Fields::of(&fact, desk);
    let errors = FormErrors::new();
    let original = StoredValue::new(fact.clone());
    let intent = Callback::new(move |()| {
        let read = original.with_value(|original| untrack(|| fields.read(original, desk)));
        match read {
            Ok(fact) => Some(Intent::Correct {
                chart,
                entry,
                fact: Box::new(fact),
                reason: text(&fields.reason.get_untracked()),
            }),
            Err(wrong) => {
                errors.set(to_errors(wrong));
                None
            }
        }
    });
    let context = view.with_untracked(|view| scoring_context(view));
    let today = desk.today().get_untracked().to_string();
    let special = match &fact {
        Fact::Assessment(taken) => desk.definition_taken(taken).map(|definition| {
            view! { <MeasureEntry id=taken.instrument.clone() definition value=fields.measure context/> }.into_any()
        }),
        Fact::Time(_) => Some(
            view! {
                <NumberField id="correct-minutes" label="Minutes" value=fields.minutes unit="min"/>
                <Select id="correct-activity" label="Spent on" options=activities(desk, &fields.activity.get_untracked()) value=fields.activity/>
                <TextArea id="correct-note" label="Note" value=fields.note rows=2/>
            }
            .into_any(),
        ),
        Fact::Contact(_) => Some(
            view! {
                <Checks id="correct-with" legend="Who" options=options(WITH) value=fields.with/>
                <Choice id="correct-mode" legend="How" options=options(MODES) value=fields.mode/>
                <CoveredTicks fields=fields.more/>
                <Checks id="correct-did" legend="Did" options=options(INTERVENTIONS) value=fields.did/>
                <More chart fields=fields.more kind=fields.activity shown=Shown::Correcting/>
                <TextArea id="correct-note" label="Note" value=fields.note/>
            }
            .into_any(),
        ),
        Fact::Attempt(_) => Some(
            view! {
                <Choice id="correct-by" legend="Tried by" options=options(CHANNELS) value=fields.by/>
                <Choice id="correct-outcome" legend="What came of it" options=options(OUTCOMES) value=fields.outcome/>
                <TextField id="correct-left" label="What was left" value=fields.left/>
                <TextArea id="correct-note" label="Note" value=fields.note/>
            }
            .into_any(),
        ),
        Fact::ConcernStep(_) => Some(
            view! {
                <TextArea id="correct-left" label="What was done, in your words" value=fields.left rows=2/>
                <TextArea id="correct-note" label="Note" value=fields.note rows=2/>
            }
            .into_any(),
        ),
        _ => Some(view! { <TextArea id="correct-note" label="Note" value=fields.note/> }.into_any()),
    };
    view! {
        <IntentForm title=format!("Correct: {}", row.line) deed="Corrected" save="Save correction" errors intent on_close>
            <p class="hint">"The original stays in the record; what you write here holds from now on."</p>
            <div class="fields">
                <DateField id="correct-day" label="Day" value=fields.day max=today/>
                <TimeField id="correct-time" label="Time" value=fields.time/>
            </div>
            {special}
            <TextField id="correct-reason" label="Why it is corrected" value=fields.reason width=Width::Full/>
        </IntentForm>
    }
    .into_any()
}

/// An entry that should not have been written.
#[component]
pub fn InErrorForm(
    /// Whose chart.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// Which entry.
    entry: EntryId,
    /// Closes the form.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let Some(row) = find(view, entry) else {
        on_close.run(());
        return ().into_any();
    };
    let reason = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let intent = Callback::new(move |()| match text(&reason.get_untracked()) {
        Some(reason) => Some(Intent::Void {
            chart,
            entries: vec![entry],
            reason,
        }),
        None => {
            errors.set(to_errors(vec![Wrong::new(
                "error-reason",
                "Say why it should not have been written",
            )]));
            None
        }
    });
    let concern = matches!(row.fact, Fact::Assessment(_)).then_some(
        "A concern that this measure opened stays open: it is closed by a person, not by taking the score away.",
    );
    view! {
        <IntentForm title=format!("Entered in error: {}", row.line) deed="Marked as entered in error" save="Mark as entered in error" errors intent on_close>
            <p class="hint">"It no longer counts anywhere. It stays in the record, with your reason. "{concern}</p>
            <TextField id="error-reason" label="Why" value=reason width=Width::Full/>
        </IntentForm>
    }
    .into_any()
}

/// The row of an entry, while it is in the record.
pub(super) fn find(view: Signal<Arc<PatientView>>, entry: EntryId) -> Option<TimelineRow> {
    view.with_untracked(|view| view.timeline.iter().find(|row| row.entry == entry).cloned())
}

fn activities(desk: Desk, chosen: &str) -> Signal<Vec<(String, String)>> {
    let (own, chosen) = (follow_own_activities(desk), Activity::of_code(chosen));
    Signal::derive(move || activity_options(&own.get(), chosen))
}

impl Fields {
    fn of(fact: &Fact, desk: Desk) -> Self {
        let zone = untrack(|| desk.zone());
        let (at, note) = match fact {
            Fact::Note(note) => (Some(note.at), Some(note.text.clone())),
            Fact::Contact(contact) => (Some(contact.at), contact.note.clone()),
            Fact::Attempt(attempt) => (Some(attempt.at), attempt.note.clone()),
            Fact::Time(time) => (Some(time.start), time.note.clone()),
            Fact::Assessment(taken) => (Some(taken.at), None),
            Fact::ConcernStep(step) => (Some(step.at), step.note.clone()),
            _ => (None, None),
        };
        let day = at.map_or_else(String::new, |at| at.day(zone).to_string());
        let time = match at {
            Some(When::At(at)) => zone.local(at).format("%H:%M").to_string(),
            _ => String::new(),
        };
        let (minutes, activity) = match fact {
            Fact::Time(time) => (time.seconds.whole_minutes().to_string(), time.activity.code()),
            _ => (String::new(), String::new()),
        };
        let mode = match fact {
            Fact::Contact(contact) => Some(contact.mode),
            _ => None,
        };
        let (with, did) = match fact {
            Fact::Contact(contact) => (contact.with.clone(), contact.did.clone()),
            _ => (Vec::new(), Vec::new()),
        };
        let (by, outcome, left) = match fact {
            Fact::Attempt(attempt) => (Some(attempt.by), Some(attempt.outcome), attempt.left.clone()),
            Fact::ConcernStep(step) => (None, None, step_words(&step.step).map(str::to_owned)),
            _ => (None, None, None),
        };
        let more = match fact {
            Fact::Contact(contact) => MoreTyped::of(contact),
            _ => MoreTyped::default(),
        };
        let measure = match fact {
            Fact::Assessment(taken) => typed_of(taken),
            _ => MeasureTyped::default(),
        };
        Self {
            day: RwSignal::new(day),
            time: RwSignal::new(time),
            note: RwSignal::new(note.unwrap_or_default()),
            minutes: RwSignal::new(minutes),
            activity: RwSignal::new(activity),
            mode: RwSignal::new(mode),
            with: RwSignal::new(with),
            did: RwSignal::new(did),
            by: RwSignal::new(by),
            outcome: RwSignal::new(outcome),
            left: RwSignal::new(left.unwrap_or_default()),
            measure: RwSignal::new(measure),
            more: MoreFields::new(more),
            reason: RwSignal::new(String::new()),
        }
    }

    fn read(&self, original: &Fact, desk: Desk) -> Result<Fact, Vec<Wrong>> {
        let mut reading = Reading::default();
        let today = desk.today().get();
        let at = self.read_at(&mut reading, today, desk);
        let fact = match original {
            Fact::Note(note) => {
                let words = reading.text(&self.note.get(), "correct-note", "Write the note");
                at.zip(words).map(|(at, text)| {
                    Fact::Note(Note {
                        at,
                        text,
                        ..note.clone()
                    })
                })
            }
            Fact::Contact(contact) => {
                let mode = self.mode.get().unwrap_or(contact.mode);
                let more = self.more.typed();
                let mut wrong = Vec::new();
                let talk = more.talk(&mut wrong);
                self.more.show(&wrong);
                for wrong in wrong {
                    let _noted: Option<()> = reading.take(Err(wrong));
                }
                let with = Some(self.with.get()).filter(|with| !with.is_empty());
                let with = reading.chosen(with, "correct-with", "Choose who took part");
                at.zip(with).map(|(at, with)| {
                    Fact::Contact(Contact {
                        at,
                        mode,
                        with,
                        did: self.did.get(),
                        inbound: more.direction == Some(Direction::In),
                        language: text(&more.language),
                        talk,
                        note: text(&self.note.get()),
                        ..contact.clone()
                    })
                })
            }
            Fact::Attempt(attempt) => at.map(|at| {
                Fact::Attempt(Attempt {
                    at,
                    by: self.by.get().unwrap_or(attempt.by),
                    outcome: self.outcome.get().unwrap_or(attempt.outcome),
                    left: text(&self.left.get()),
                    note: text(&self.note.get()),
                    ..attempt.clone()
                })
            }),
            Fact::ConcernStep(step) => {
                let words = reading.text(&self.left.get(), "correct-left", "Write what was done");
                at.zip(words).and_then(|(at, words)| {
                    Some(Fact::ConcernStep(ConcernStep {
                        at,
                        step: reworded(&step.step, words)?,
                        note: text(&self.note.get()),
                        ..step.clone()
                    }))
                })
            }
            Fact::Time(time) => self.read_minutes(&mut reading, at, time),
            Fact::Assessment(taken) => self.read_measure(&mut reading, at, taken)?,
            _ => None,
        };
        reading.finish(fact)
    }

    fn read_at(&self, reading: &mut Reading, today: Day, desk: Desk) -> Option<When> {
        let day = reading.take(read_day("correct-day", "the day", &self.day.get(), Some(today)))?;
        reading.take(read_when("correct-time", day, &self.time.get(), desk.zone()))
    }

    fn read_minutes(&self, reading: &mut Reading, at: Option<When>, time: &Time) -> Option<Fact> {
        let range = 1..=24 * 60;
        let minutes = crate::app::format::parse_whole(&self.minutes.get(), "Minutes", range);
        let minutes = reading.take(minutes.map_err(|text| Wrong::new("correct-minutes", text)))?;
        // Seconds that a timer counted stay when the minutes do.
        let seconds = if minutes == time.seconds.whole_minutes() {
            time.seconds
        } else {
            Seconds(minutes * 60)
        };
        let activity = Activity::of_code(&self.activity.get()).unwrap_or(time.activity);
        let start = at?;
        Some(Fact::Time(Time {
            start,
            seconds,
            activity,
            note: text(&self.note.get()),
            ..time.clone()
        }))
    }

    fn read_measure(
        &self,
        reading: &mut Reading,
        at: Option<When>,
        taken: &Assessment,
    ) -> Result<Option<Fact>, Vec<Wrong>> {
        let Ok(definition) = definition_taken(taken) else {
            return Ok(None);
        };
        let Some(at) = at else { return Ok(None) };
        let typed = self.measure.get();
        let way = format!("{}-way", taken.instrument);
        let read = typed.read(&definition, &taken.instrument, at, taken.taken)?;
        let right = reading.chosen(read, &way, "Choose how the right answers are entered");
        Ok(right.map(|right| {
            Fact::Assessment(Assessment {
                version: taken.version.clone(),
                scale: taken.scale.clone(),
                // Asked again where the form asks it; otherwise as it was.
                respondent: right.respondent.or(taken.respondent),
                ..right
            })
        }))
    }
}

/// An assessment as it would have been typed.
fn typed_of(taken: &Assessment) -> MeasureTyped {
    match &taken.answers {
        Answered::Items(items) => MeasureTyped {
            way: Way::Questions,
            answers: items.clone(),
            ..MeasureTyped::default()
        },
        Answered::Total { total, known } => {
            let definition = definition_taken(taken).ok();
            let watched = definition
                .as_ref()
                .map_or(&[][..], |definition| &definition.safety_items);
            let safety = watched.iter().map(|safety| {
                let answer = known.get(safety.item.as_str()).copied();
                let typed = answer.map_or(SafetyTyped::NotKnown, SafetyTyped::Answer);
                (safety.item.as_str().to_owned(), typed)
            });
            MeasureTyped {
                way: Way::TotalOnly,
                total: total_words(&taken.instrument, i32::from(*total), known),
                known: safety.collect(),
                parts: known
                    .iter()
                    .map(|(key, value)| (key.clone(), value.to_string()))
                    .collect(),
                ..MeasureTyped::default()
            }
        }
    }
}
