//! The time of a day, row by row: typed one after another, saved together.

use leptos::ev;
use leptos::prelude::*;

use super::together::{HowFields, RowRead, Together};
use crate::app::browser::focus_soon;
use crate::app::components::{Button, ButtonKind, DateField, Form, Select, Submit, TextField};
use crate::app::pages::activities::{activity_options, follow_own_activities};
use crate::app::pages::common::today_text;
use crate::app::pages::form_draft::{DraftLine, FormDraft, Rows, put, row};
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::text;
use crate::app::words::{BUCKETS, MODES, WITH};
use crate::care::timebook::usual_bucket;
use crate::journal::Day;
use crate::journal::facts::{Activity, With as Whom};
use crate::registry::{BatchAsk, BatchRow, Length, Whose, duration};

/// Starts the ids of its fields.
const ID: &str = "rows";

/// Values and words of activities, as a list to choose from.
pub(super) fn activities() -> Signal<Vec<(String, String)>> {
    let own = follow_own_activities(use_desk());
    Signal::derive(move || own.with(|own| activity_options(own, None)))
}

/// With whom, as a list to choose from; `unsaid` stands for nobody.
pub(super) fn whom(unsaid: &str) -> Signal<Vec<(String, String)>> {
    let one = |(with, words): &(Whom, &str)| (word(*with), (*words).to_owned());
    let mut all = vec![(String::new(), unsaid.to_owned())];
    all.extend(WITH.iter().map(one));
    let both = [Whom::Patient, Whom::Family].map(word).join(" ");
    all.insert(2, (both, "Patient and family".to_owned()));
    Signal::stored(all)
}

/// The kinds of people that a choice of [`whom`] stands for.
pub(super) fn chosen_whom(chosen: &str) -> Vec<Whom> {
    chosen.split(' ').filter_map(from_word).collect()
}

/// Programs that time can count for; what the activity usually counts for first.
pub(super) fn programs() -> Signal<Vec<(String, String)>> {
    let usual = (String::new(), "What the activity counts for".to_owned());
    let all = BUCKETS
        .iter()
        .map(|(bucket, words)| (word(*bucket), (*words).to_owned()));
    Signal::stored(std::iter::once(usual).chain(all).collect())
}

/// Values and words of ways of contact; none first.
pub(super) fn modes() -> Signal<Vec<(String, String)>> {
    let none = (String::new(), "No contact".to_owned());
    let all = MODES.iter().map(|(mode, words)| (word(*mode), (*words).to_owned()));
    Signal::stored(std::iter::once(none).chain(all).collect())
}

#[derive(Clone, Copy)]
struct Fields {
    key: usize,
    who: RwSignal<String>,
    length: RwSignal<String>,
    activity: RwSignal<String>,
    mode: RwSignal<String>,
    note: RwSignal<String>,
    with: RwSignal<String>,
    program: RwSignal<String>,
    how: HowFields,
}

impl Fields {
    fn new(key: usize) -> Self {
        Self {
            key,
            who: RwSignal::new(String::new()),
            length: RwSignal::new(String::new()),
            activity: RwSignal::new(Activity::FollowUp.code()),
            mode: RwSignal::new(String::new()),
            note: RwSignal::new(String::new()),
            with: RwSignal::new(String::new()),
            program: RwSignal::new(String::new()),
            how: HowFields::new(),
        }
    }
    fn all(self) -> [RwSignal<String>; 7] {
        [
            self.who,
            self.length,
            self.activity,
            self.mode,
            self.note,
            self.with,
            self.program,
        ]
    }
    fn is_empty(self) -> bool {
        [self.who, self.length, self.note]
            .iter()
            .all(|field| field.with(|typed| typed.trim().is_empty()))
    }
    fn asked(self) -> BatchRow {
        let activity = Activity::of_code(&self.activity.get()).unwrap_or(Activity::FollowUp);
        BatchRow {
            whose: Whose::Typed(self.who.get()),
            length: Length::Typed(self.length.get()),
            activity,
            bucket: from_word(&self.program.get()).unwrap_or(usual_bucket(activity)),
            mode: from_word(&self.mode.get()),
            note: text(&self.note.get()),
            with: chosen_whom(&self.with.get()),
            how: self.how.get(),
        }
    }
}

/// Rows, and how a new one is made: for as long as the form is shown.
#[derive(Clone, Copy)]
struct List {
    rows: RwSignal<Vec<Fields>>,
    next: StoredValue<usize>,
    owner: StoredValue<Option<Owner>>,
}

impl List {
    fn new() -> Self {
        let this = Self {
            rows: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            owner: StoredValue::new(Owner::current()),
        };
        this.add();
        this
    }
    fn fresh(self) -> Fields {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        match self.owner.get_value() {
            Some(owner) => owner.with(|| Fields::new(key)),
            None => Fields::new(key),
        }
    }
    fn add(self) {
        let fresh = self.fresh();
        self.rows.update(|rows| rows.push(fresh));
    }
    fn take_out(self, key: usize) {
        self.rows.update(|rows| rows.retain(|row| row.key != key));
        if self.rows.with_untracked(Vec::is_empty) {
            self.add();
        }
    }
    fn place(self, key: usize) -> usize {
        self.rows
            .with(|rows| rows.iter().position(|row| row.key == key).unwrap_or_default())
    }
    /// Rows up to the last in which something stands.
    fn filled(self) -> Vec<Fields> {
        let mut rows = self.rows.get();
        while rows.last().is_some_and(|row| row.is_empty()) {
            rows.pop();
        }
        rows
    }
    /// On to the next row, which is made after the last.
    fn go_on(self, key: usize) {
        let place = untrack(|| self.place(key));
        if self.rows.with_untracked(Vec::len) <= place + 1 {
            self.add();
        }
        focus_soon(format!("{ID}-{}-who", place + 1));
    }
}

/// The form.
#[component]
pub(super) fn Batch(
    /// The day that is shown.
    day: Signal<Day>,
    /// Closes it.
    on_close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let on = RwSignal::new(day.get_untracked().to_string());
    let list = List::new();
    FormDraft::keep(
        "time/rows".to_owned(),
        move || {
            let rows = list.filled().into_iter().map(|fields| row(&fields.all()));
            std::iter::once(vec![on.get()]).chain(rows).collect::<Rows>()
        },
        move |rows: Rows| {
            put(&[on], rows.first());
            let fields = rows.iter().skip(1).map(|texts| {
                let fields = list.fresh();
                put(&fields.all(), Some(texts));
                fields
            });
            let fields: Vec<Fields> = fields.collect();
            list.rows.set(fields);
            list.add();
        },
    );
    let ask = Signal::derive(move || {
        let day = on.get().parse::<Day>().ok()?;
        let rows: Vec<BatchRow> = list.filled().into_iter().map(Fields::asked).collect();
        (!rows.is_empty()).then_some(BatchAsk { day, rows })
    });
    let together = Together::follow(ID, ask, on_close);
    let draft = use_context::<FormDraft>();
    focus_soon(format!("{ID}-0-who"));
    let save = move |()| match on.with_untracked(|on| on.parse::<Day>().is_ok()) {
        true => together.save(),
        false => together.errors.set(vec![crate::app::components::FieldError {
            field: "rows-day".to_owned(),
            text: "Enter the day of these rows".to_owned(),
        }]),
    };
    let leave = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            on_close.run(());
        }
    };
    let total = move || match together.seconds() {
        0 => String::new(),
        seconds => format!("{} in all", duration(crate::journal::Seconds(seconds))),
    };
    view! {
        <section class="quick-form time-rows" aria-label="Rows of a day, form" on:keydown=leave>
            <h2>"Time of a day, row by row"</h2>
            <Form errors=together.errors on_submit=save label="Rows of a day">
                {draft.map(|draft| view! { <DraftLine draft/> })}
                <DateField id="rows-day" label="Day of these rows" value=on max=today_text(desk)/>
                <p class="hint">"Enter goes on to the next row. Minutes, or from when to when: 22, 1 h 20, 10:05-10:27."</p>
                <ol class="time-row-list">
                    <For each=move || list.rows.get() key=|row| row.key children=move |fields| view! { <OneRow fields list together/> }/>
                </ol>
                <p class="time-total" role="status">{total}</p>
                <div class="actions">
                    <Submit busy=together.busy>"Save all rows"</Submit>
                    <Button on_press=move |()| list.go_on(list.rows.with_untracked(|rows| rows.last().map_or(0, |row| row.key)))>"Add a row"</Button>
                    <Button kind=ButtonKind::Quiet on_press=on_close>"Close"</Button>
                    <span class="hint">"Ctrl+Enter saves all, Esc closes and keeps what is typed"</span>
                </div>
            </Form>
        </section>
    }
}

#[component]
fn OneRow(fields: Fields, list: List, together: Together) -> impl IntoView {
    // Remembered: the fields are drawn anew only when the row has moved.
    let place: Signal<usize> = Memo::new(move |_| list.place(fields.key)).into();
    // Ids are by place, which errors name: they follow when a row above is taken out.
    let drawn = move || {
        let at = place.get();
        let id = |field: &str| format!("{ID}-{at}-{field}");
        view! {
            <div class="time-fields">
                <span class="time-number" aria-hidden="true">{at + 1}</span>
                <TextField id=id("who") label="Patient" value=fields.who/>
                <TextField id=id("length") label="Minutes, or from\u{2013}to" value=fields.length/>
                <Select id=id("activity") label="Spent on" options=activities() value=fields.activity/>
                <Select id=id("mode") label="How" options=modes() value=fields.mode/>
                <Select id=id("with") label="With" options=whom("With: not said") value=fields.with/>
                <Select id=id("program") label="Counts for" options=programs() value=fields.program/>
                <TextField id=id("note") label="Note" value=fields.note/>
                <Button kind=ButtonKind::Quiet says=format!("Take out row {}", at + 1) on_press=move |()| list.take_out(fields.key)>"Take out"</Button>
            </div>
        }
    };
    let next = move |event: ev::KeyboardEvent| {
        use wasm_bindgen::JsCast as _;
        let target = event.target();
        let in_text = target.is_some_and(|target| target.dyn_ref::<web_sys::HtmlInputElement>().is_some());
        if event.key() == "Enter" && in_text && !event.ctrl_key() && !event.meta_key() {
            event.prevent_default();
            list.go_on(fields.key);
        }
    };
    view! {
        <li class="time-one-row" aria-label=move || format!("Row {}", place.get() + 1) on:keydown=next>
            {drawn}
            <RowRead together place how=fields.how/>
        </li>
    }
}
