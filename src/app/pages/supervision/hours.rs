//! The hours of supervision: a log by supervisee and period with its totals, printed or as a file. They are about no patient.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{
    Button, ButtonKind, Check, DateField, DayText, EmptyState, FormErrors, NumberField, Select, TextArea, TextField,
};
use crate::app::format;
use crate::app::pages::common::{IntentForm, Reading, new_thing, to_errors, today_text};
use crate::app::pages::download::DownloadButton;
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, text};
use crate::care::intent::Intent;
use crate::journal::facts::{Person, Role, SupervisionKind, SupervisionSession};
use crate::journal::{Fact, PersonId, Seconds, ThingId};
use crate::registry::{HoursQuery, Request, SUPERVISION_KINDS, SessionLine, SupervisionView, hours_by_kind};

/// Most minutes of one session.
const MOST_MINUTES: u32 = 24 * 60;

/// The form that is open: a new session, or one that is put right.
#[derive(Clone, PartialEq)]
enum Open {
    New,
    Change(Box<SessionLine>),
}

/// The log.
#[component]
pub fn Hours(
    /// The page.
    view: Signal<Arc<SupervisionView>>,
) -> impl IntoView {
    let who = RwSignal::new(String::new());
    let (from, until) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let query = Memo::new(move |_| HoursQuery {
        who: from_word(&who.get()),
        from: from.get().parse().ok(),
        until: until.get().parse().ok(),
    });
    let rows = Memo::new(move |_| {
        let query = query.get();
        view.with(|view| {
            let wanted = view.sessions.iter().filter(|line| query.holds(&line.session));
            wanted.cloned().collect::<Vec<SessionLine>>()
        })
    });
    let people = Signal::derive(move || {
        let mut options = vec![(String::new(), "Everybody".to_owned())];
        view.with(|view| options.extend(view.people.iter().map(|p| (word(p.person), p.name.clone()))));
        options
    });
    let open = RwSignal::new(None::<Open>);
    view! {
        <section aria-labelledby="hours">
            <h2 id="hours">"Hours of supervision"</h2>
            <p class="hint">"These hours are kept with the registry, not with a patient, and are never part of a service month."</p>
            <div class="bar no-print">
                <Select id="hours-who" label="Supervisee" options=people value=who/>
                <DateField id="hours-from" label="From" value=from/>
                <DateField id="hours-until" label="Until" value=until/>
            </div>
            <p class="period">{move || period_words(&query.get(), view)}</p>
            <Show when=move || rows.with(|rows| !rows.is_empty()) fallback=|| view! {
                <EmptyState title="No session fits this choice.">""</EmptyState>
            }>
                <Log rows open/>
            </Show>
            <div class="actions no-print">
                <Button on_press=move |()| open.set(Some(Open::New))>"Add a session"</Button>
                <DownloadButton request=Callback::new(move |()| Request::SupervisionCsv(query.get_untracked()))>"CSV"</DownloadButton>
            </div>
            {move || open.get().map(|one| view! { <SessionForm view one on_close=move |()| open.set(None)/> })}
        </section>
    }
}

fn period_words(query: &HoursQuery, view: Signal<Arc<SupervisionView>>) -> String {
    let whose = query
        .who
        .and_then(|who| view.with(|view| view.people.iter().find(|p| p.person == who).map(|p| p.name.clone())));
    let whose = whose.unwrap_or_else(|| "Everybody".to_owned());
    let from = query.from.map(|day| format!(", from {}", format::plain_day(day)));
    let until = query.until.map(|day| format!(", until {}", format::plain_day(day)));
    format!("{whose}{}{}", from.unwrap_or_default(), until.unwrap_or_default())
}

#[component]
fn Log(rows: Memo<Vec<SessionLine>>, open: RwSignal<Option<Open>>) -> impl IntoView {
    let totals = move || {
        let (kinds, all) = rows.with(|rows| hours_by_kind(rows));
        let line = |(kind, time): (String, Seconds)| {
            view! { <tr><th scope="row">{kind}</th><td class="num">{time.whole_minutes()}</td><td class="num">{hours(time)}</td></tr> }
        };
        kinds
            .into_iter()
            .chain([("All".to_owned(), all)])
            .map(line)
            .collect_view()
    };
    view! {
        <div class="alerts-scroll" role="region" aria-label="Sessions of supervision" tabindex="0">
            <table class="data">
                <thead><tr>
                    <th scope="col">"Date"</th>
                    <th scope="col">"Kind"</th>
                    <th scope="col" class="num">"Minutes"</th>
                    <th scope="col">"Supervisor"</th>
                    <th scope="col">"Supervisees"</th>
                    <th scope="col">"Topics"</th>
                    <th scope="col" class="no-print"><span class="visually-hidden">"Change"</span></th>
                </tr></thead>
                <tbody><For each=move || rows.get() key=|row| format!("{row:?}") children=move |row| view! { <Row row open/> }/></tbody>
            </table>
        </div>
        <table class="data hours-totals">
            <caption>"Totals"</caption>
            <thead><tr>
                <th scope="col">"Kind"</th>
                <th scope="col" class="num">"Minutes"</th>
                <th scope="col" class="num">"Hours"</th>
            </tr></thead>
            <tbody>{totals}</tbody>
        </table>
    }
}

/// Hours and minutes: `1 h 30 min`.
fn hours(time: Seconds) -> String {
    let minutes = time.whole_minutes();
    format!("{} h {:02} min", minutes / 60, minutes % 60)
}

#[component]
fn Row(row: SessionLine, open: RwSignal<Option<Open>>) -> impl IntoView {
    let session = row.session.clone();
    let says = format!("Change {} of {}", row.kind, format::plain_day(session.day));
    let kept = row.clone();
    view! {
        <tr>
            <td><DayText day=session.day/></td>
            <td>{row.kind.clone()}</td>
            <td class="num">{session.seconds.whole_minutes()}</td>
            <td>{row.supervisor.clone()}</td>
            <td>{row.with.clone()}</td>
            <td class="prose-line">{session.topics}</td>
            <td class="no-print">
                <Button kind=ButtonKind::Quiet says=says on_press=move |()| open.set(Some(Open::Change(Box::new(kept.clone()))))>"Change"</Button>
            </td>
        </tr>
    }
}

#[derive(Clone, Copy)]
struct Fields {
    day: RwSignal<String>,
    minutes: RwSignal<String>,
    kind: RwSignal<String>,
    other: RwSignal<String>,
    supervisor: RwSignal<String>,
    topics: RwSignal<String>,
    never: RwSignal<bool>,
}

impl Fields {
    fn of(before: Option<&SupervisionSession>, me: PersonId, today: String) -> Self {
        let kind = before.map_or(SupervisionKind::Individual, |session| session.kind);
        let text = |text: Option<String>| RwSignal::new(text.unwrap_or_default());
        Self {
            day: RwSignal::new(before.map_or(today, |session| session.day.to_string())),
            minutes: text(before.map(|session| session.seconds.whole_minutes().to_string())),
            kind: RwSignal::new(word(kind)),
            other: text(before.and_then(|session| session.other.clone())),
            supervisor: RwSignal::new(word(before.map_or(me, |session| session.supervisor))),
            topics: text(before.map(|session| session.topics.clone())),
            never: RwSignal::new(false),
        }
    }

    fn read(
        self,
        id: ThingId,
        with: Vec<PersonId>,
        today: crate::journal::Day,
    ) -> Result<SupervisionSession, Vec<Wrong>> {
        let mut reading = Reading::default();
        let day = reading.past(&self.day.get_untracked(), "session-day", "the day", today);
        let minutes = format::parse_whole(&self.minutes.get_untracked(), "Minutes", 1..=MOST_MINUTES);
        let minutes = reading.take(minutes.map_err(|text| Wrong::new("session-minutes", text)));
        let kind = from_word(&self.kind.get_untracked()).unwrap_or(SupervisionKind::Individual);
        let other = text(&self.other.get_untracked()).filter(|_| kind == SupervisionKind::Other);
        if kind == SupervisionKind::Other && other.is_none() {
            let _none: Option<()> = reading.chosen(None, "session-other", "Name the kind of supervision");
        }
        let supervisor: Option<PersonId> = from_word(&self.supervisor.get_untracked());
        let supervisor = reading.chosen(supervisor, "session-supervisor", "Choose who supervised");
        if with.is_empty() || supervisor.is_some_and(|who| with.contains(&who)) {
            let _none: Option<()> = reading.chosen(None, "session-with-0", "Tick who was supervised: somebody else");
        }
        let topics = self.topics.get_untracked().trim().to_owned();
        let session = day
            .zip(minutes)
            .zip(supervisor)
            .map(|((day, minutes), supervisor)| SupervisionSession {
                session: id,
                day,
                seconds: Seconds(minutes * 60),
                kind,
                other,
                supervisor,
                with,
                topics,
            });
        reading.finish(session)
    }
}

#[component]
fn SessionForm(view: Signal<Arc<SupervisionView>>, one: Open, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let before = match one {
        Open::New => None,
        Open::Change(line) => Some(*line),
    };
    let session = before.as_ref().map(|line| line.session.clone());
    let fields = Fields::of(session.as_ref(), desk.me(), today_text(desk));
    let people: Vec<Person> = view.with_untracked(|view| view.people.clone());
    let was = |person: PersonId| session.as_ref().is_some_and(|session| session.with.contains(&person));
    let can_be_supervised =
        |person: &&Person| matches!(person.role, Role::CareManager | Role::Trainee) || was(person.person);
    let ticks: Vec<(PersonId, String, RwSignal<bool>)> = people
        .iter()
        .filter(can_be_supervised)
        .map(|person| (person.person, person.name.clone(), RwSignal::new(was(person.person))))
        .collect();
    let supervisors = people.iter().map(|person| (word(person.person), person.name.clone()));
    let supervisors: Vec<(String, String)> = supervisors.collect();
    let kinds: Vec<(String, String)> = SUPERVISION_KINDS
        .iter()
        .map(|(kind, words)| (word(*kind), (*words).to_owned()))
        .collect();
    let own: Vec<String> = view.with_untracked(|view| view.kinds.clone());
    let office = view.with_untracked(|view| view.office);
    let errors = FormErrors::new();
    let (known, entry) = (session.map(|session| session.session), before.map(|line| line.entry));
    let ticked = ticks.clone();
    let intent = Callback::new(move |()| {
        if let Some(entry) = entry.filter(|_| fields.never.get_untracked()) {
            return Some(Intent::Void {
                chart: office,
                entries: vec![entry],
                reason: "This session was not held".to_owned(),
            });
        }
        let with = ticked
            .iter()
            .filter(|(.., on)| on.get_untracked())
            .map(|(person, ..)| *person);
        let with = with.collect();
        let read = known.map_or_else(new_thing, Ok);
        match read.and_then(|id| fields.read(id, with, desk.today().get_untracked())) {
            Ok(session) => Some(Intent::Office(vec![Fact::from(session)])),
            Err(wrong) => {
                errors.set(to_errors(wrong));
                None
            }
        }
    });
    let is_other = move || fields.kind.get() == word(SupervisionKind::Other);
    let title = if entry.is_some() {
        "Change a session"
    } else {
        "A session of supervision"
    };
    let boxes = ticks
        .into_iter()
        .enumerate()
        .map(|(at, (_, name, on))| view! { <Check id=format!("session-with-{at}") label=name value=on/> })
        .collect_view();
    view! {
        <IntentForm title deed="Session saved" save="Save the session" errors intent on_close>
            <div class="fields">
                <DateField id="session-day" label="Day" value=fields.day max=today_text(desk)/>
                <NumberField id="session-minutes" label="Minutes" value=fields.minutes unit="min"/>
                <Select id="session-kind" label="Kind" options=Signal::stored(kinds) value=fields.kind/>
                <Show when=is_other>
                    <TextField id="session-other" label="The clinic\u{2019}s own kind" value=fields.other list="session-kinds"/>
                </Show>
                <Select id="session-supervisor" label="Supervisor" options=Signal::stored(supervisors) value=fields.supervisor/>
            </div>
            <datalist id="session-kinds">
                {own.into_iter().map(|kind| view! { <option value=kind></option> }).collect_view()}
            </datalist>
            <fieldset class="choices">
                <legend>"Supervised"</legend>
                {boxes}
            </fieldset>
            <TextArea id="session-topics" label="Topics, without patients\u{2019} names" value=fields.topics rows=2/>
            {entry.map(|_| view! { <Check id="session-never" label="This session was not held: take it out of the log" value=fields.never/> })}
        </IntentForm>
    }
}
