//! What an audit asks for and an entry doesn't say, filled in where it is missed.

use leptos::prelude::*;

use crate::app::components::{Button, Form, FormErrors, Select, Submit, TextField};
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::flowsheet::Lack;
use crate::journal::facts::{Mode, Time};
use crate::journal::{ChartId, EntryId, Fact};
use crate::registry::MonthLineView;

/// How a contact was made, by the value of its choice.
const MODES: [(&str, Mode, &str); 6] = [
    ("phone", Mode::Phone, "Phone"),
    ("video", Mode::Video, "Video"),
    ("clinic", Mode::InPerson, "In the clinic"),
    ("home", Mode::Home, "At home"),
    ("portal", Mode::Portal, "Portal message"),
    ("group", Mode::Group, "Group"),
];

/// What the line lacks, with the form that fills it in. Nothing where it lacks nothing.
pub(super) fn mend(line: &MonthLineView, chart: ChartId) -> impl IntoView + use<> {
    let time = line.time.clone().filter(|_| !line.lacks.is_empty())?;
    let (lacks, entry) = (line.lacks.clone(), line.entry);
    let words: Vec<&str> = lacks.iter().map(|lack| lack.words()).collect();
    let said = format!(". Missing for an audit: {}. ", words.join(", "));
    let open = RwSignal::new(false);
    let form = move || {
        let (time, lacks) = (time.clone(), lacks.clone());
        match open.get() {
            true => view! { <Mending time lacks chart entry/> }.into_any(),
            false => view! { <Button on_press=move |()| open.set(true)>"Add it"</Button> }.into_any(),
        }
    };
    Some(view! { <span class="to-check">{said}</span>{form} })
}

#[component]
fn Mending(time: Time, lacks: Vec<Lack>, chart: ChartId, entry: EntryId) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let mode = RwSignal::new(String::new());
    let whom = RwSignal::new(String::new());
    let wants = |lack| lacks.contains(&lack);
    let (wants_mode, wants_whom) = (wants(Lack::Mode), wants(Lack::Whom));
    let mode_id = format!("mend-mode-{entry}");
    let whom_id = format!("mend-whom-{entry}");
    let options = Signal::stored(
        std::iter::once((String::new(), "Choose".to_owned()))
            .chain(
                MODES
                    .iter()
                    .map(|(value, _, words)| ((*value).to_owned(), (*words).to_owned())),
            )
            .collect::<Vec<_>>(),
    );
    let ids = (mode_id.clone(), whom_id.clone());
    let save = move |()| {
        let chosen = MODES
            .iter()
            .find(|(value, ..)| *value == mode.get_untracked())
            .map(|(_, mode, _)| *mode);
        let named = whom.get_untracked().trim().to_owned();
        let mut wrong = Vec::new();
        if wants_mode && chosen.is_none() {
            wrong.push((ids.0.clone(), "Choose how it was done"));
        }
        if wants_whom && named.is_empty() {
            wrong.push((ids.1.clone(), "Enter who was contacted"));
        }
        let is_wrong = !wrong.is_empty();
        errors.set(
            wrong
                .into_iter()
                .map(|(field, text)| crate::app::components::FieldError {
                    field,
                    text: text.to_owned(),
                })
                .collect(),
        );
        if is_wrong || busy.get_untracked() {
            return;
        }
        busy.set(true);
        let note = match (time.note.clone(), named.is_empty()) {
            (note, true) => note,
            (Some(note), false) if !note.trim().is_empty() => Some(format!("{note} With: {named}")),
            (_, false) => Some(format!("With: {named}")),
        };
        let mended = Time {
            mode: chosen.or(time.mode),
            note,
            ..time.clone()
        };
        let intent = Intent::Correct {
            chart,
            entry,
            fact: Box::new(Fact::Time(mended)),
            reason: Some("Documentation completed".to_owned()),
        };
        desk.submit(intent, "Documentation completed", move |result| {
            let _gone = busy.try_set(false);
            if let Err(failure) = result {
                errors.set_whole(failure.to_string());
            }
        });
    };
    view! {
        <Form errors on_submit=save label="What is missing for an audit">
            {wants_mode.then(|| view! { <Select id=mode_id label="How it was done" options value=mode/> })}
            {wants_whom.then(|| view! {
                <TextField id=whom_id label="Who else was contacted: name and relationship" value=whom/>
            })}
            <div class="actions"><Submit busy>"Save what was missing"</Submit></div>
        </Form>
    }
}
