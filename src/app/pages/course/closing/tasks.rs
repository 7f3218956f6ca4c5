//! Open tasks when an episode is to end: done, cancelled, handed over or kept, each, in the save that closes it.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::Place;
use crate::app::components::{ButtonLink, Choice, Select, TextField, Width};
use crate::app::format;
use crate::app::pages::common::Reading;
use crate::app::pages::form_draft::put;
use crate::app::route::{Route, Section, from_word, word};
use crate::care::coordination::repeat_words;
use crate::journal::facts::{KeptTask, Task};
use crate::journal::{Day, PersonId};
use crate::registry::TaskRow;

/// What becomes of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Fate {
    /// It was done; it doesn't come again.
    Done,
    /// It is not needed any more.
    Cancelled,
    /// Somebody else does it.
    Handed,
    /// It stays open here.
    Kept,
}

const FATES: [(Fate, &str); 4] = [
    (Fate::Done, "Done"),
    (Fate::Cancelled, "Cancel"),
    (Fate::Handed, "Hand over"),
    (Fate::Kept, "Keep open"),
];

/// A task with its day, whose it is, and how often it comes.
fn words(row: &TaskRow) -> String {
    let often = repeat_words(&row.task).map(|often| format!(", {often}"));
    format!(
        "due {}, {}{}",
        format::plain_day(row.task.due),
        row.owner,
        often.unwrap_or_default()
    )
}

/// The open tasks; nothing where there is none.
#[component]
pub fn OpenTasks(place: Place) -> impl IntoView {
    let chart = place.chart;
    let line = |row: TaskRow| view! { <li>{row.task.text.clone()}" "<span class="hint">{words(&row)}</span></li> };
    move || {
        let tasks = place.view.with(|view| view.tasks.clone());
        (!tasks.is_empty()).then(|| {
            view! {
                <h3>"Open tasks"</h3>
                <ul class="loose">{tasks.into_iter().map(line).collect_view()}</ul>
                <p><ButtonLink href=Route::Section(chart, Section::Together).href()>"Tasks and referrals"</ButtonLink></p>
            }
        })
    }
}

/// What becomes of one task, as typed.
#[derive(Clone)]
pub struct Deciding {
    at: usize,
    row: TaskRow,
    fate: RwSignal<Option<Fate>>,
    /// Somebody who works here.
    person: RwSignal<String>,
    /// Somebody else, by name.
    to: RwSignal<String>,
    /// Why it is cancelled or kept; how it was confirmed.
    why: RwSignal<String>,
}

/// What a save says of a task: its new version, or that it stays open and why.
#[derive(Default)]
pub struct Decided {
    /// Done, dropped, or somebody else's.
    pub task: Option<Task>,
    /// That it stays open.
    pub kept: Option<KeptTask>,
}

impl Deciding {
    /// One for each open task.
    pub fn all(tasks: &[TaskRow]) -> Vec<Self> {
        let deciding = |(at, row): (usize, &TaskRow)| Self {
            at,
            row: row.clone(),
            fate: RwSignal::new(None),
            person: RwSignal::new(String::new()),
            to: RwSignal::new(String::new()),
            why: RwSignal::new(String::new()),
        };
        tasks.iter().enumerate().map(deciding).collect()
    }

    /// What was decided; says what is missing.
    pub fn read(&self, reading: &mut Reading, today: Day, people: &[(PersonId, String)]) -> Decided {
        let task = &self.row.task;
        let fate = self.fate.get_untracked();
        let why = self.why.get_untracked();
        let kept = |why: String| KeptTask { task: task.task, why };
        let ended = |dropped: Option<Day>| Task {
            done: dropped.is_none().then_some(today),
            dropped,
            ..task.clone()
        };
        match reading.chosen(fate, &self.id("fate"), "Choose what becomes of this task") {
            None => Decided::default(),
            Some(Fate::Done) => Decided {
                task: Some(ended(None)),
                kept: None,
            },
            Some(Fate::Cancelled) => {
                let why = reading.text(&why, &self.id("why"), "Say why the task is cancelled");
                let task = Task {
                    why,
                    ..ended(Some(today))
                };
                Decided {
                    task: Some(task),
                    kept: None,
                }
            }
            Some(Fate::Kept) => {
                let why = reading.text(&why, &self.id("why"), "Say why the task stays open");
                Decided {
                    task: None,
                    kept: why.map(kept),
                }
            }
            Some(Fate::Handed) => {
                let how = reading.text(&why, &self.id("why"), "Say how they confirmed that they do it");
                let person: Option<PersonId> = self.person.get_untracked().parse().ok();
                match people.iter().find(|(id, _)| Some(*id) == person) {
                    // Somebody who works here: the task stays in this registry, as theirs.
                    Some((id, name)) => Decided {
                        task: Some(Task {
                            owner: Some(*id),
                            ..task.clone()
                        }),
                        kept: how.map(|how| kept(format!("handed to {name}: {how}"))),
                    },
                    None => {
                        let to = self.to.get_untracked();
                        let to = reading.text(&to, &self.id("to"), "Name the person who does it from now on");
                        let task = Task {
                            handed: to,
                            why: how,
                            ..ended(Some(today))
                        };
                        Decided {
                            task: Some(task),
                            kept: None,
                        }
                    }
                }
            }
        }
    }

    /// What is typed, with what it is about, for a draft.
    pub fn draft(&self) -> Vec<String> {
        let fate = self.fate.get().map(word).unwrap_or_default();
        let (person, to, why) = (self.person.get(), self.to.get(), self.why.get());
        vec![self.row.task.task.to_string(), fate, person, to, why]
    }
    /// Puts back what was typed about the same task.
    pub fn put(&self, rows: &[Vec<String>]) {
        let own = self.row.task.task.to_string();
        let Some(row) = rows.iter().find(|row| row.first() == Some(&own)) else {
            return;
        };
        self.fate.set(row.get(1).and_then(|fate| from_word(fate)));
        let texts: Vec<String> = row.iter().skip(2).cloned().collect();
        put(&[self.person, self.to, self.why], Some(&texts));
    }

    fn id(&self, field: &str) -> String {
        format!("task-{}-{field}", self.at)
    }

    /// Its fields.
    pub fn fields(&self, people: &[(PersonId, String)]) -> impl IntoView + use<> {
        let Self {
            fate, person, to, why, ..
        } = *self;
        let somebody = std::iter::once((String::new(), "Somebody else, by name".to_owned()));
        let people: Vec<(String, String)> = somebody
            .chain(people.iter().map(|(id, name)| (id.to_string(), name.clone())))
            .collect();
        let people = StoredValue::new(people);
        let (person_id, to_id, why_id) = (self.id("person"), self.id("to"), self.id("why"));
        let more = move || {
            let label = match fate.get()? {
                Fate::Done => return None,
                Fate::Cancelled => "Why it is cancelled",
                Fate::Handed => "How they confirmed it",
                Fate::Kept => "Why it stays open",
            };
            let (person_id, to_id, why_id) = (person_id.clone(), to_id.clone(), why_id.clone());
            let whom = (fate.get() == Some(Fate::Handed)).then(|| {
                let outside = move || person.with(String::is_empty);
                view! {
                    <Select id=person_id label="Handed to" options=Signal::derive(move || people.get_value()) value=person/>
                    {move || outside().then(|| view! {
                        <TextField id=to_id.clone() label="Name and place" value=to width=Width::Full/>
                    })}
                }
            });
            Some(view! {
                {whom}
                <TextField id=why_id label=label value=why width=Width::Full/>
            })
        };
        let options: Vec<(Fate, String)> = FATES.iter().map(|(fate, words)| (*fate, (*words).to_owned())).collect();
        view! {
            <fieldset class="handing">
                <legend>{format!("Task: {}", self.row.task.text)}</legend>
                <p class="hint">{words(&self.row)}</p>
                <Choice id=self.id("fate") legend="What becomes of it" options=options value=fate/>
                {more}
            </fieldset>
        }
    }
}
