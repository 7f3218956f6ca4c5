//! The consultant's advice as it is typed while it is said: what was said, recommendations one by one, the minutes.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::components::{Button, ButtonKind, Form, FormErrors, NumberField, Select, Submit, TextArea, TextField};
use crate::app::format;
use crate::app::pages::common::{Reading, Written, new_thing, to_errors};
use crate::app::pages::form_draft::{self, DraftLine, FormDraft, Rows};
use crate::app::route::{from_word, word};
use crate::app::state::{Desk, use_desk};
use crate::app::timer::{Stopwatch, timed_parts, use_timers};
use crate::app::typed::{Wrong, text};
use crate::app::words::{ADVICE, URGENCY};
use crate::care::advice_text;
use crate::care::intent::Intent;
use crate::journal::facts::{Activity, AdviceKind, Bucket, CaseReview, Clocked, Recommendation, Time, Urgency};
use crate::journal::{ChartId, Day, Fact, PersonId, Seconds, When};

/// The field of what was said.
pub const NOTE: &str = "advice-note";
/// The longest review of one patient, in minutes.
const LONGEST: u32 = 240;

/// One recommendation as it stands in its fields.
#[derive(Clone, Copy)]
struct Line {
    number: u32,
    kind: RwSignal<String>,
    medicine: RwSignal<String>,
    dose: RwSignal<String>,
    said: RwSignal<String>,
    urgency: RwSignal<String>,
}

impl Line {
    fn new(number: u32) -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            number,
            kind: RwSignal::new(word(AdviceKind::Other)),
            medicine: empty(),
            dose: empty(),
            said: empty(),
            urgency: RwSignal::new(word(Urgency::Routine)),
        }
    }
    fn fields(&self) -> [RwSignal<String>; 5] {
        [self.kind, self.medicine, self.dose, self.said, self.urgency]
    }
    fn id(&self, field: &str) -> String {
        format!("advice-{field}-{}", self.number)
    }
    fn kind(&self) -> AdviceKind {
        from_word(&self.kind.get()).unwrap_or(AdviceKind::Other)
    }
    /// The recommendation; `None` when nothing was typed.
    fn read(&self, reading: &mut Reading, day: Day, by: Option<PersonId>) -> Option<Fact> {
        let kind = self.kind();
        let of_medicine = is_of_medicine(kind);
        let medicine = text(&self.medicine.get()).filter(|_| of_medicine);
        let dose = text(&self.dose.get()).filter(|_| of_medicine);
        let said = text(&self.said.get());
        let urgency = from_word(&self.urgency.get()).unwrap_or(Urgency::Routine);
        let words = advice_text(kind, medicine.as_deref(), dose.as_deref(), said.as_deref(), urgency);
        let Some(words) = words else {
            if kind != AdviceKind::Other || urgency != Urgency::Routine {
                reading.chosen(
                    None::<()>,
                    &self.id("said"),
                    "Say what is recommended, or take this line away",
                );
            }
            return None;
        };
        let id = reading.take(new_thing().map_err(|wrong| {
            let first = wrong.into_iter().next();
            first.unwrap_or_else(|| Wrong::new("", "Nothing new can be recorded in this browser"))
        }))?;
        Some(Fact::Recommendation(Recommendation {
            kind: Some(kind),
            medicine,
            dose,
            urgency: Some(urgency),
            ..Recommendation::in_words(id, day, words, by)
        }))
    }
}

/// Whether an advice names a medicine.
fn is_of_medicine(kind: AdviceKind) -> bool {
    matches!(
        kind,
        AdviceKind::StartMedicine | AdviceKind::ChangeDose | AdviceKind::SwitchMedicine | AdviceKind::StopMedicine
    )
}

/// What is typed of one review.
#[derive(Clone, Copy)]
struct Typed {
    note: RwSignal<String>,
    minutes: RwSignal<String>,
    lines: RwSignal<Vec<Line>>,
    next: StoredValue<u32>,
}

impl Typed {
    fn new() -> Self {
        let this = Self {
            note: RwSignal::new(String::new()),
            minutes: RwSignal::new(String::new()),
            lines: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
        };
        this.add();
        this
    }
    fn add(self) -> Line {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        let line = Line::new(number);
        self.lines.update(|lines| lines.push(line));
        line
    }
    fn rows(self) -> Rows {
        let own = vec![self.note.get(), self.minutes.get()];
        let lines = self.lines.get().into_iter();
        let lines = lines.map(|line| line.fields().iter().map(|field| field.get()).collect());
        std::iter::once(own).chain(lines).collect()
    }
    fn put(self, rows: &Rows) {
        form_draft::put(&[self.note, self.minutes], rows.first());
        self.lines.set(Vec::new());
        for row in rows.iter().skip(1) {
            form_draft::put(&self.add().fields(), Some(row));
        }
        if rows.len() < 2 {
            self.add();
        }
    }
}

/// The form. `on_saved` hears that it was saved.
#[component]
pub fn Advice(
    /// Whose record.
    chart: ChartId,
    /// The consultant of the meeting, and their name.
    consultant: Memo<Option<(PersonId, String)>>,
    /// Is run when it was saved.
    #[prop(into)]
    on_saved: Callback<()>,
) -> impl IntoView {
    let (desk, timers) = (use_desk(), use_timers());
    let typed = Typed::new();
    FormDraft::keep(
        format!("review/{chart}"),
        move || typed.rows(),
        move |rows| typed.put(&rows),
    );
    let draft = use_context::<FormDraft>();
    let (busy, errors) = (RwSignal::new(false), FormErrors::new());
    let submit = move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        let by = consultant.get_untracked().map(|(person, _)| person);
        let (written, until) = untrack(|| read(typed, desk, timers, (chart, by)));
        let facts = match written {
            Ok(facts) => facts,
            Err(wrong) => return errors.set(to_errors(wrong)),
        };
        busy.set(true);
        let ending = draft.map(FormDraft::ending);
        desk.submit(Intent::Record { chart, facts }, "Case review recorded", move |result| {
            let _gone = busy.try_set(false);
            match result {
                Ok(_) => {
                    if let Some(over) = &ending {
                        over();
                    }
                    timers.saved_at(chart, until);
                    let _gone = on_saved.try_run(());
                }
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    };
    let add = move |()| {
        let line = typed.add();
        browser::focus_soon(line.id("kind"));
    };
    let with = move || match consultant.get() {
        Some((_, name)) => format!("With {name}."),
        None => "No consultant is chosen: choose one on the agenda, and it stands with every review.".to_owned(),
    };
    let timed = Memo::new(move |_| timers.of(chart).map_or(0, |timed| timed.seconds.0));
    let from_timer = move || {
        format!(
            "Left empty, {} from the stopwatch are booked.",
            format::stopwatch(timed.get().into())
        )
    };
    view! {
        <section class="brief-advise" aria-labelledby="advise">
            <h2 id="advise">"What the consultant says"</h2>
            <p class="hint">{with}</p>
            <Form errors on_submit=submit label="Case review">
                {draft.map(|draft| view! { <DraftLine draft/> })}
                <TextArea id=NOTE label="What was said" value=typed.note rows=2/>
                <For each=move || typed.lines.get() key=|line| line.number let:line>
                    <OneLine line typed/>
                </For>
                <div class="fields">
                    <Button kind=ButtonKind::Quiet on_press=add>"Another recommendation"</Button>
                </div>
                {(!desk.is_packet()).then(|| view! {
                    <NumberField id="advice-minutes" label="Minutes for this patient" value=typed.minutes unit="min"/>
                    <p class="hint">{from_timer}</p>
                })}
                <div class="actions">
                    <Submit busy>"Save review"</Submit>
                    <span class="hint">"Ctrl+Enter saves"</span>
                </div>
            </Form>
        </section>
    }
}

/// The fields of one recommendation.
#[component]
fn OneLine(line: Line, typed: Typed) -> impl IntoView {
    let kinds: Vec<(String, String)> = ADVICE
        .iter()
        .map(|(kind, words)| (word(*kind), (*words).to_owned()))
        .collect();
    let soon: Vec<(String, String)> = URGENCY
        .iter()
        .map(|(soon, words)| (word(*soon), (*words).to_owned()))
        .collect();
    let of_medicine = Memo::new(move |_| is_of_medicine(line.kind()));
    let place = move || {
        let place = typed
            .lines
            .with(|lines| lines.iter().position(|other| other.number == line.number));
        format!("Recommendation {}", place.unwrap_or_default() + 1)
    };
    let several = move || typed.lines.with(|lines| 1 < lines.len());
    let drop_line = move |()| {
        typed
            .lines
            .update(|lines| lines.retain(|other| other.number != line.number))
    };
    view! {
        <fieldset class="advice-line">
            <legend>{place}</legend>
            <div class="fields">
                <Select id=line.id("kind") label="To" options=Signal::stored(kinds) value=line.kind/>
                <Show when=move || of_medicine.get()>
                    <TextField id=line.id("medicine") label="Medication" value=line.medicine/>
                    <TextField id=line.id("dose") label="Dose" value=line.dose/>
                </Show>
                <Select id=line.id("urgency") label="How soon" options=Signal::stored(soon) value=line.urgency/>
            </div>
            <TextArea id=line.id("said") label="Recommendation" value=line.said rows=2/>
            <Show when=several>
                <Button kind=ButtonKind::Quiet on_press=drop_line>"Take this line away"</Button>
            </Show>
        </fieldset>
    }
}

/// One save: the review, its recommendations, the minutes; and the moment up to which it takes them from the timer, in
/// milliseconds since 1970, also where typed ones stand in their place.
fn read(typed: Typed, desk: Desk, timers: Stopwatch, (chart, by): (ChartId, Option<PersonId>)) -> (Written, u64) {
    let mut reading = Reading::default();
    let (now, until) = (desk.instant(), browser::now_millis());
    let day = desk.zone().day(now);
    let review = CaseReview {
        at: When::At(now),
        consultant: by,
        note: text(&typed.note.get()),
    };
    let mut facts = vec![Fact::CaseReview(review)];
    for line in typed.lines.get() {
        facts.extend(line.read(&mut reading, day, by));
    }
    let minutes = text(&typed.minutes.get());
    let spent = match minutes {
        Some(minutes) => {
            let read = format::parse_whole(&minutes, "Minutes", 0..=LONGEST);
            let read = reading.take(read.map_err(|text| Wrong::new("advice-minutes", text)));
            let typed = read.map(|minutes| (When::At(now), Seconds(minutes * 60)));
            (typed.into_iter().collect(), Clocked::Typed)
        }
        None => (timed_parts(timers, desk, chart), Clocked::Timer),
    };
    let (parts, clocked): (Vec<(When, Seconds)>, Clocked) = spent;
    let counts = |seconds: Seconds| 0 < seconds.0 && !desk.is_packet();
    for (start, seconds) in parts.into_iter().filter(|(_, seconds)| counts(*seconds)) {
        facts.push(Fact::Time(Time {
            start,
            seconds,
            activity: Activity::CaseloadReview,
            bucket: Bucket::Cocm,
            by: desk.me(),
            mode: None,
            clocked,
            of: None,
            note: None,
            with: Vec::new(),
            beside: None,
            own: None,
        }));
    }
    (reading.finish(Some(facts)), until)
}
