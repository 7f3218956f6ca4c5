//! One meeting about many patients: its minutes spread evenly to the second, or as set for each, saved together.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::batch::{activities, chosen_whom, modes, programs, whom};
use super::together::{HowFields, RowRead, Together};
use crate::app::components::{
    Button, ButtonKind, DateField, FieldError, Form, NumberField, Select, Submit, TextField, TimeField,
};
use crate::app::format::parse_whole;
use crate::app::pages::common::today_text;
use crate::app::pages::form_draft::{DraftLine, FormDraft, Rows, put, row};
use crate::app::pages::search::PatientSearch;
use crate::app::route::from_word;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::{read_when, text};
use crate::care::timebook::{WrongShares, shares, usual_bucket};
use crate::care::typed_time::MOST_MINUTES;
use crate::journal::facts::Activity;
use crate::journal::{ChartId, Day, Seconds, When};
use crate::registry::{BatchAsk, BatchRow, FoundPatient, Length, MeetingQuery, Request, Response, Whose, duration};

/// Starts the ids of its fields.
const ID: &str = "meeting";

#[derive(Clone, Copy)]
struct Fields {
    day: RwSignal<String>,
    began: RwSignal<String>,
    minutes: RwSignal<String>,
    activity: RwSignal<String>,
    mode: RwSignal<String>,
    note: RwSignal<String>,
    with: RwSignal<String>,
    program: RwSignal<String>,
}

impl Fields {
    fn all(self) -> [RwSignal<String>; 8] {
        [
            self.day,
            self.began,
            self.minutes,
            self.activity,
            self.mode,
            self.note,
            self.with,
            self.program,
        ]
    }
}

/// A patient of the meeting.
#[derive(Clone)]
struct Discussed {
    chart: ChartId,
    name: String,
    minutes: RwSignal<String>,
    how: HowFields,
}

#[derive(Clone, Copy)]
struct List {
    all: RwSignal<Vec<Discussed>>,
    owner: StoredValue<Option<Owner>>,
}

impl List {
    fn add(self, chart: ChartId, name: String, minutes: String) {
        if self.all.with_untracked(|all| all.iter().any(|one| one.chart == chart)) {
            return;
        }
        let make = || Discussed {
            chart,
            name: name.clone(),
            minutes: RwSignal::new(minutes.clone()),
            how: HowFields::new(),
        };
        let one = match self.owner.get_value() {
            Some(owner) => owner.with(make),
            None => make(),
        };
        self.all.update(|all| all.push(one));
    }
    fn place(self, chart: ChartId) -> usize {
        self.all
            .with(|all| all.iter().position(|one| one.chart == chart).unwrap_or_default())
    }
    /// What was set for each; an error names the field.
    fn set(self) -> Result<Vec<Option<Seconds>>, FieldError> {
        let of = |(place, one): (usize, &Discussed)| {
            let typed = one.minutes.get();
            if typed.trim().is_empty() {
                return Ok(None);
            }
            match parse_whole(&typed, "Minutes", 1..=MOST_MINUTES) {
                Ok(minutes) => Ok(Some(Seconds(minutes * 60))),
                Err(text) => Err(FieldError {
                    field: format!("{ID}-{place}-length"),
                    text: format!("{}: {text}", one.name),
                }),
            }
        };
        self.all.with(|all| all.iter().enumerate().map(of).collect())
    }
}

/// The meeting's rows, or what is wrong with it.
fn read(fields: Fields, list: List, desk: Desk) -> Result<BatchAsk, FieldError> {
    let error = |field: &str, text: String| FieldError {
        field: field.to_owned(),
        text,
    };
    let whole = parse_whole(&fields.minutes.get(), "Minutes", 1..=MOST_MINUTES);
    let whole = Seconds(whole.map_err(|text| error("meeting-minutes", text))? * 60);
    let day: Day =
        fields.day.get().parse().map_err(|_error: crate::journal::TimeError| {
            error("meeting-day", "Enter the day of the meeting".to_owned())
        })?;
    let start = read_when("meeting-began", day, &fields.began.get(), desk.zone());
    let start = start.map_err(|wrong| error(&wrong.field, wrong.text))?;
    let set = list.set()?;
    let each = shares(whole, &set).map_err(|wrong| {
        let field = match wrong {
            WrongShares::Nobody => "meeting-find",
            WrongShares::Sum { .. } | WrongShares::NothingLeft => "meeting-minutes",
        };
        error(field, wrong.to_string())
    })?;
    let activity = Activity::of_code(&fields.activity.get()).unwrap_or(Activity::CaseloadReview);
    let mut before = 0_i64;
    let rows = list.all.with(|all| {
        let row = |(one, share): (&Discussed, Seconds)| {
            // One after the other: no second of the meeting is claimed twice.
            let start = match start {
                When::At(at) => When::At(at + chrono::TimeDelta::seconds(before)),
                day => day,
            };
            before += i64::from(share.0);
            BatchRow {
                whose: Whose::Chosen(one.chart),
                length: Length::Exactly(start, share),
                activity,
                bucket: from_word(&fields.program.get()).unwrap_or(usual_bucket(activity)),
                mode: from_word(&fields.mode.get()),
                note: text(&fields.note.get()),
                with: chosen_whom(&fields.with.get()),
                how: one.how.get(),
            }
        };
        all.iter().zip(each).map(row).collect()
    });
    Ok(BatchAsk { day, rows })
}

/// The form.
#[component]
pub(super) fn Meeting(
    /// The day that is shown.
    day: Signal<Day>,
    /// Closes it.
    on_close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let fields = Fields {
        day: RwSignal::new(day.get_untracked().to_string()),
        began: RwSignal::new(String::new()),
        minutes: RwSignal::new(String::new()),
        activity: RwSignal::new(Activity::CaseloadReview.code()),
        mode: RwSignal::new(String::new()),
        note: RwSignal::new(String::new()),
        with: RwSignal::new(String::new()),
        program: RwSignal::new(String::new()),
    };
    let list = List {
        all: RwSignal::new(Vec::new()),
        owner: StoredValue::new(Owner::current()),
    };
    FormDraft::keep(
        "time/meeting".to_owned(),
        move || {
            let patients = list.all.get().into_iter();
            let of = patients.map(|one| vec![one.chart.to_string(), one.name, one.minutes.get()]);
            std::iter::once(row(&fields.all())).chain(of).collect::<Rows>()
        },
        move |rows: Rows| {
            put(&fields.all(), rows.first());
            list.all.set(Vec::new());
            for texts in rows.iter().skip(1) {
                if let [chart, name, minutes] = texts.as_slice()
                    && let Ok(chart) = chart.parse()
                {
                    list.add(chart, name.clone(), minutes.clone());
                }
            }
        },
    );
    let whole = Memo::new(move |_| read(fields, list, desk));
    let ask = Signal::derive(move || whole.get().ok());
    let together = Together::follow(ID, ask, on_close);
    let draft = use_context::<FormDraft>();
    let save = move |()| match whole.get_untracked() {
        Ok(_) => together.save(),
        Err(error) => together.errors.set(vec![error]),
    };
    let leave = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            on_close.run(());
        }
    };
    crate::app::browser::focus_soon("meeting-minutes");
    view! {
        <section class="quick-form time-meeting" aria-label="One meeting, many patients, form" on:keydown=leave>
            <h2>"One meeting, many patients"</h2>
            <Form errors=together.errors on_submit=save label="One meeting, many patients">
                {draft.map(|draft| view! { <DraftLine draft/> })}
                <div class="fields">
                    <NumberField id="meeting-minutes" label="Minutes of the whole meeting" value=fields.minutes unit="min"/>
                    <DateField id="meeting-day" label="Day of the meeting" value=fields.day max=today_text(desk)/>
                    <TimeField id="meeting-began" label="Began" value=fields.began/>
                    <Select id="meeting-activity" label="Spent on" options=activities() value=fields.activity/>
                    <Select id="meeting-mode" label="How" options=modes() value=fields.mode/>
                    <Select id="meeting-with" label="With" options=whom("Not said") value=fields.with/>
                    <Select id="meeting-program" label="Counts for" options=programs() value=fields.program/>
                    <TextField id="meeting-note" label="Note for all" value=fields.note/>
                </div>
                <Choose list/>
                <p class="hint">
                    "The minutes are spread evenly, to the second, over those for whom none are set. With a beginning the shares \
                     follow each other on the clock."
                </p>
                <ol class="time-row-list">
                    <For each=move || list.all.get() key=|one| one.chart children=move |one| view! { <One one list together whole/> }/>
                </ol>
                <div class="actions">
                    <Submit busy=together.busy>"Save for all of them"</Submit>
                    <Button kind=ButtonKind::Quiet on_press=on_close>"Close"</Button>
                    <span class="hint">"Ctrl+Enter saves, Esc closes and keeps what is typed"</span>
                </div>
            </Form>
        </section>
    }
}

/// Whom it was about: those of the case review, or searched.
#[component]
fn Choose(list: List) -> impl IntoView {
    let desk = use_desk();
    let said = RwSignal::new(None::<String>);
    let from_review = move |()| {
        spawn_local(async move {
            let query = MeetingQuery {
                care_manager: Some(desk.me()),
                added: Vec::new(),
            };
            let Ok(Response::Meeting(view)) = desk.ask(Request::Meeting(query)).await else {
                return said.set(Some(
                    "The case review could not be read. Search the patients instead".to_owned(),
                ));
            };
            // Today's reviews where there were some, and otherwise the agenda.
            let held: Vec<(ChartId, String)> = view.held.iter().map(|row| (row.chart, row.name.clone())).collect();
            let agenda = || view.rows.iter().map(|row| (row.chart, row.name.clone())).collect();
            let found: Vec<(ChartId, String)> = if held.is_empty() { agenda() } else { held };
            if found.is_empty() {
                said.set(Some("Nobody is on the agenda of the case review".to_owned()));
            }
            for (chart, name) in found {
                list.add(chart, name, String::new());
            }
        });
    };
    let chosen = Signal::derive(move || list.all.with(|all| all.iter().map(|one| one.chart).collect::<Vec<_>>()));
    let pick = move |patient: FoundPatient| list.add(patient.chart, patient.name, String::new());
    view! {
        <div class="time-choose">
            <PatientSearch id="meeting-find" label="Patients who were discussed" verb="Add" left_out=chosen on_pick=pick/>
            <div class="actions">
                <Button on_press=from_review>"Take those of the case review"</Button>
                <span class="hint" role="status">{move || said.get()}</span>
            </div>
        </div>
    }
}

#[component]
fn One(one: Discussed, list: List, together: Together, whole: Memo<Result<BatchAsk, FieldError>>) -> impl IntoView {
    let chart = one.chart;
    let place: Signal<usize> = Memo::new(move |_| list.place(chart)).into();
    let share = move || {
        whole.with(|whole| {
            let rows = whole.as_ref().ok()?;
            match rows.rows.get(place.get())?.length {
                Length::Exactly(_, seconds) => Some(duration(seconds)),
                Length::Typed(_) => None,
            }
        })
    };
    let take_out = move |()| list.all.update(|all| all.retain(|one| one.chart != chart));
    let name = one.name.clone();
    let drawn = move || {
        let label = format!("Minutes of {name}");
        view! { <NumberField id=format!("{ID}-{}-length", place.get()) label=label value=one.minutes unit="min"/> }
    };
    view! {
        <li class="time-one-row">
            <div class="time-share">
                <span class="name">{one.name.clone()}</span>
                {drawn}
                <span class="time-share-of">{share}</span>
                <Button kind=ButtonKind::Quiet says=format!("Take out {}", one.name) on_press=take_out>"Take out"</Button>
            </div>
            <RowRead together place how=one.how/>
        </li>
    }
}
