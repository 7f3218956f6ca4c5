//! Tasks: what, by when, whose, how often; done, changed, dropped with a reason.

use std::sync::Arc;

use chrono::Datelike;
use leptos::prelude::*;

use super::FromBarrier;
use crate::app::components::{
    Button, ButtonKind, DateField, DayText, NumberField, Select, StatusKind, StatusTag, TextField, Width,
};
use crate::app::format::{full_day, parse_whole};
use crate::app::pages::common::{QuickForm, Reading, Written, new_thing};
use crate::app::pages::course::boxes::OneForm;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::{Wrong, changed, read_day};
use crate::care::Office;
use crate::care::coordination::{next_due, next_task, repeat_words};
use crate::care::intent::Intent;
use crate::journal::facts::{Every, Task};
use crate::journal::{ChartId, Day, Days, Fact, ThingId};
use crate::registry::{Failure, TaskRow, TogetherView};

/// The longest interval at which a task repeats: in days, in weeks, in months.
const LONGEST: [u32; 3] = [366, 52, 12];

/// In what a task's interval is counted.
const UNITS: [(&str, &str); 3] = [("days", "days"), ("weeks", "weeks"), ("months", "months")];

/// How often a task repeats, as a form has it: the number, and the unit.
fn typed_repeat(task: Option<&Task>) -> (String, String) {
    let (count, unit) = match task.map(|task| (task.every, task.repeat)) {
        Some((Some(Every::Weeks { count }), _)) => (count.to_string(), "weeks"),
        Some((Some(Every::Months { count, .. }), _)) => (count.to_string(), "months"),
        Some((None, Some(days))) => (days.0.to_string(), "days"),
        Some((None, None)) | None => (String::new(), "days"),
    };
    (count, unit.to_owned())
}

/// An interval in days, or in another unit. A monthly one falls on the day of the month of its first, also when a
/// shorter month comes between.
type Repeats = (Option<Days>, Option<Every>);

fn read_repeat(typed: &str, unit: &str, due: Option<Day>, before: Option<&Task>) -> Result<Repeats, Wrong> {
    if typed.trim().is_empty() {
        return Ok((None, None));
    }
    let (what, most) = match unit {
        "weeks" => ("Weeks", LONGEST[1]),
        "months" => ("Months", LONGEST[2]),
        _ => ("Days", LONGEST[0]),
    };
    let count = parse_whole(typed, what, 1..=most).map_err(|text| Wrong::new("task-repeat", text))?;
    let on = || match before {
        Some(Task {
            every: Some(Every::Months { day, .. }),
            due: known,
            ..
        }) if Some(*known) == due => *day,
        _ => due.map_or(1, |due| due.date().day()),
    };
    Ok(match unit {
        "weeks" => (None, Some(Every::Weeks { count })),
        "months" => (None, Some(Every::Months { count, day: on() })),
        _ => (Some(Days(count)), None),
    })
}

/// The form that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    New,
    Edit(ThingId),
    Drop(ThingId),
}

/// A task that was done today, and the next one where it repeats.
pub fn finished(desk: Desk, task: &Task) -> Written {
    let today = desk.today().get_untracked();
    let office = desk.clinic().with_untracked(Office::of);
    let done = Task {
        done: Some(today),
        ..task.clone()
    };
    let next = next_task(task, today, new_thing()?, &office);
    Ok(std::iter::once(done).chain(next).map(Fact::Task).collect())
}

/// Tasks that are being marked as done: one press is one deed, however often a button is pressed before the list answers.
#[derive(Clone, Copy)]
pub struct Finishing(StoredValue<Vec<ThingId>>);

impl Finishing {
    /// None is.
    pub fn new() -> Self {
        Self(StoredValue::new(Vec::new()))
    }
    /// Whether this press is the first.
    pub fn begin(self, task: ThingId) -> bool {
        let is_first = self.0.with_value(|tasks| !tasks.contains(&task));
        self.0.update_value(|tasks| tasks.push(task));
        is_first
    }
    /// It wasn't saved: it may be tried again.
    pub fn failed(self, task: ThingId) {
        let _gone = self.0.try_update_value(|tasks| tasks.retain(|other| *other != task));
    }
    /// The list has answered.
    pub fn answered(self) {
        self.0.update_value(Vec::clear);
    }
}

/// The newest version of a task, where it is still open.
fn newest(view: Signal<Arc<TogetherView>>, id: ThingId) -> Result<Task, Vec<Wrong>> {
    let open = view.with_untracked(|view| {
        let mut rows = view.tasks.iter();
        rows.find(|row| row.open && row.task.task == id)
            .map(|row| row.task.clone())
    });
    open.ok_or_else(|| vec![Wrong::new("", "This task was done or dropped meanwhile")])
}

/// The tasks of one patient.
#[component]
pub fn Tasks(chart: ChartId, view: Signal<Arc<TogetherView>>) -> impl IntoView {
    let desk = use_desk();
    let form = RwSignal::new(None::<Open>);
    let failure = RwSignal::new(None::<Failure>);
    let finishing = Finishing::new();
    crate::app::effects::effect(move |_| {
        let is_open = |id| view.with(|view| view.tasks.iter().any(|row| row.open && row.task.task == id));
        // The form of a task that is done or dropped has nothing to change any more.
        match form.get_untracked() {
            Some(Open::Edit(id) | Open::Drop(id)) if !is_open(id) => form.set(None),
            _ => view.track(),
        }
        finishing.answered();
    });
    let finish = move |task: &Task| {
        let id = task.task;
        let facts = match finished(desk, task) {
            Ok(facts) if finishing.begin(id) => facts,
            _ => return,
        };
        let words = if facts.len() > 1 {
            "Task done, and the next one made"
        } else {
            "Task done"
        };
        desk.submit(Intent::Record { chart, facts }, words, move |result| {
            if result.is_err() {
                finishing.failed(id);
            }
            let _shown = failure.try_set(result.err());
        });
    };
    let open = move || view.with(|view| view.tasks.iter().filter(|row| row.open).cloned().collect::<Vec<_>>());
    let closed = move || view.with(|view| view.tasks.iter().filter(|row| !row.open).cloned().collect::<Vec<_>>());
    let line = move |row: TaskRow| {
        let (id, task) = (row.task.task, row.task.clone());
        let text = row.task.text.clone();
        let (edit, drop) = (format!("Change: {text}"), format!("Drop: {text}"));
        let again = repeat_words(&row.task).map(|often| format!(", {often}"));
        view! {
            <li class="item">
                <p>
                    {row.late.then(|| view! { <StatusTag kind=StatusKind::Overdue words="Late"/>" " })}
                    <strong>{text.clone()}</strong>
                </p>
                <p class="hint">"due "<DayText day=row.task.due/>", "{row.owner}{again}</p>
                {row.settled.map(settled_line)}
                <p class="actions">
                    <Button says=format!("Done: {text}") on_press=move |()| finish(&task)>"Done"</Button>
                    <Button kind=ButtonKind::Quiet says=edit on_press=move |()| form.open(Open::Edit(id))>"Change"</Button>
                    <Button kind=ButtonKind::Quiet says=drop on_press=move |()| form.open(Open::Drop(id))>"Drop"</Button>
                </p>
            </li>
        }
    };
    let past = |row: TaskRow| {
        view! { <li>{row.task.text}" "<span class="hint">{row.ended}{row.task.why.map(|why| format!(": {why}"))}</span></li> }
    };
    view! {
        <section class="around" aria-labelledby="tasks-head">
            <div class="side-head">
                <h2 id="tasks-head">"Tasks"</h2>
                <Button on_press=move |()| form.open(Open::New)>"New task"</Button>
            </div>
            {move || form.get().map(|open| view! { <TaskForm chart view form open/> })}
            {move || failure.get().map(|failure| view! { <p class="error" role="alert">{failure.to_string()}</p> })}
            <Show
                when=move || !open().is_empty()
                fallback=|| view! { <p class="hint">"No open task. One that is late comes up on Today."</p> }
            >
                // A line belongs to its task: one that went never turns into its neighbour under a pointer that is on its way.
                <ul class="items"><For each=open key=as_shown children=line/></ul>
            </Show>
            {move || {
                let rows = closed();
                (!rows.is_empty()).then(|| view! {
                    <details class="past">
                        <summary>{format!("Done or dropped ({})", rows.len())}</summary>
                        <ul>{rows.into_iter().map(past).collect_view()}</ul>
                    </details>
                })
            }}
        </section>
    }
}

/// That the barrier from which something was made is settled since.
pub fn settled_line(barrier: String) -> AnyView {
    view! {
        <p class="hint"><StatusTag kind=StatusKind::Waiting words="Settled"/>" Made for a barrier: "{barrier}". Close this if it isn\u{2019}t needed any more."</p>
    }
    .into_any()
}

/// All that a line shows: one that changes is made anew.
fn as_shown(row: &TaskRow) -> String {
    format!("{row:?}")
}

#[component]
fn TaskForm(
    chart: ChartId,
    view: Signal<Arc<TogetherView>>,
    form: RwSignal<Option<Open>>,
    open: Open,
) -> impl IntoView {
    let close = Callback::new(move |()| form.set(None));
    let known = |id: ThingId| {
        view.with_untracked(|view| {
            view.tasks
                .iter()
                .find(|row| row.task.task == id)
                .map(|row| row.task.clone())
        })
    };
    match open {
        Open::Drop(id) => known(id).map(|task| view! { <DropForm chart view task close/> }.into_any()),
        Open::Edit(id) => known(id).map(|task| view! { <EditForm chart view task close/> }.into_any()),
        Open::New => Some(view! { <EditForm chart view close/> }.into_any()),
    }
}

/// A new task, or a task that is changed.
#[component]
pub fn EditForm(
    chart: ChartId,
    view: Signal<Arc<TogetherView>>,
    #[prop(optional)] task: Option<Task>,
    /// The barrier that a new one is about.
    #[prop(optional)]
    from: Option<FromBarrier>,
    close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let is_new = task.is_none();
    let known = StoredValue::new(task.clone());
    let in_a_week = || {
        let office = desk.clinic().with_untracked(Office::of);
        office.open_day(desk.today().get_untracked().plus(7))
    };
    let words = task.as_ref().map(|task| task.text.clone());
    let words = words.or(from.as_ref().and_then(|from| from.what.clone()));
    let what = RwSignal::new(words.unwrap_or_default());
    let held = from.as_ref().and_then(FromBarrier::hint);
    let from = StoredValue::new(from);
    let due = RwSignal::new(task.as_ref().map_or_else(in_a_week, |task| task.due).to_string());
    let owner = task.as_ref().and_then(|task| task.owner);
    let owner = RwSignal::new(owner.map(|owner| owner.to_string()).unwrap_or_default());
    let (count, unit) = typed_repeat(task.as_ref());
    let (every, unit) = (RwSignal::new(count), RwSignal::new(unit));
    let owners = Signal::derive(move || {
        let nobody = (String::new(), "The care manager".to_owned());
        let people = view.with(|view| view.people.clone());
        let people = people.into_iter().map(|(person, name)| (person.to_string(), name));
        std::iter::once(nobody).chain(people).collect::<Vec<_>>()
    });
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let text = reading.text(&what.get_untracked(), "task-text", "Say what is to be done");
        let due = reading.take(read_day("task-due", "the day by which", &due.get_untracked(), None));
        let before = known.get_value();
        let repeats = read_repeat(&every.get_untracked(), &unit.get_untracked(), due, before.as_ref());
        let repeats = reading.take(repeats).unwrap_or_default();
        let owner = owner.get_untracked().parse().ok();
        let typed = text.zip(due).map(|(text, due)| (text, due, owner, repeats));
        let task = match before {
            Some(before) => {
                let now = newest(view, before.task)?;
                typed.map(|(text, due, owner, repeats)| {
                    let (repeat, every) = changed(repeats, &(before.repeat, before.every), &(now.repeat, now.every));
                    Task {
                        text: changed(text, &before.text, &now.text),
                        due: changed(due, &before.due, &now.due),
                        owner: changed(owner, &before.owner, &now.owner),
                        repeat,
                        every,
                        ..now
                    }
                })
            }
            None => {
                let task = new_thing()?;
                typed.map(|(text, due, owner, (repeat, every))| Task {
                    task,
                    text,
                    due,
                    owner,
                    repeat,
                    done: None,
                    dropped: None,
                    why: None,
                    every,
                    handed: None,
                })
            }
        };
        let fact = task.map(Fact::Task);
        let today = desk.today().get_untracked();
        reading.finish(fact.map(|fact| {
            let step = from.get_value().and_then(|from| from.step(&fact, today));
            std::iter::once(fact).chain(step).collect()
        }))
    });
    // When it comes again, before it is saved.
    let again = move || {
        let day: Day = due.get().parse().ok()?;
        let repeats = known.with_value(|before| read_repeat(&every.get(), &unit.get(), Some(day), before.as_ref()));
        let (repeat, every) = repeats.ok()?;
        let office = desk.clinic().with(Office::of);
        let next = next_due(day, repeat, every, day, &office)?;
        Some(format!("Done on its day, it comes again on {}.", full_day(next)))
    };
    let units = UNITS.map(|(unit, words)| (unit.to_owned(), words.to_owned())).to_vec();
    let (title, deed) = match is_new {
        true => ("New task", "Task recorded"),
        false => ("Change the task", "Task changed"),
    };
    view! {
        <QuickForm chart title deed save="Save task" read on_close=close>
            {held}
            <TextField id="task-text" label="What" value=what width=Width::Full/>
            <div class="fields">
                <DateField id="task-due" label="By" value=due/>
                <Select id="task-owner" label="Whose" options=owners value=owner/>
                <NumberField id="task-repeat" label="Repeat every" value=every hint="empty: once"/>
                <Select id="task-unit" label="Counted in" options=Signal::stored(units) value=unit/>
            </div>
            <p class="hint" role="status">{again}</p>
        </QuickForm>
    }
}

/// A task that is given up, with the reason.
#[component]
fn DropForm(chart: ChartId, view: Signal<Arc<TogetherView>>, task: Task, close: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let (id, text) = (task.task, task.text);
    // Why it is dropped is known where its barrier is settled: it is filled in, to be changed.
    let settled = view.with_untracked(|view| {
        let row = view.tasks.iter().find(|row| row.task.task == id);
        row.and_then(|row| row.settled.clone())
    });
    let why = RwSignal::new(
        settled
            .map(|barrier| format!("The barrier is settled: {barrier}"))
            .unwrap_or_default(),
    );
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let why = reading.text(&why.get_untracked(), "drop-why", "Say why it is dropped");
        let now = newest(view, id)?;
        let dropped = why.map(|why| {
            Fact::Task(Task {
                dropped: Some(desk.today().get_untracked()),
                why: Some(why),
                ..now
            })
        });
        reading.finish(dropped.map(|fact| vec![fact]))
    });
    view! {
        <QuickForm chart title="Drop the task" deed="Task dropped" save="Drop it" read on_close=close>
            <p class="hint">{text}</p>
            <TextField id="drop-why" label="Why" value=why width=Width::Full/>
        </QuickForm>
    }
}
