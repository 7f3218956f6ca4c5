//! The text of one note: edited before it is copied, copied, marked as in the EHR.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::browser;
use crate::app::components::{
    Button, ButtonKind, Check, ErrorSummary, FailureNotice, FieldError, FormErrors, IconName, Loading, TextArea,
};
use crate::app::effects::effect;
use crate::app::pages::edited::{Beside, Edited};
use crate::app::route::word;
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::exchange::note::PROTECTED;
use crate::flowsheet::EhrState;
use crate::journal::facts::EhrCopy;
use crate::journal::{ChartId, EntryId, Fact, When};
use crate::registry::{Request, Response, TextAsk, TextView};

/// What a key asked for, and of which note: no other one ever takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The entry that the note is about.
    pub of: EntryId,
    /// What.
    pub deed: Deed,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Copy.
    Copy,
    /// Mark as in the EHR.
    Mark,
    /// Both.
    CopyAndMark,
}

/// One note.
#[component]
pub fn Editor(
    /// The id of its field, unique on the page.
    id: &'static str,
    /// Whose.
    chart: ChartId,
    /// Which.
    ask: TextAsk,
    /// What it is, above the text.
    title: String,
    /// What a key asked for; taken once.
    asked: RwSignal<Option<Asked>>,
    /// Whether it was copied before.
    state: EhrState,
) -> impl IntoView {
    let desk = use_desk();
    let key = draft_key(chart, &ask);
    let confirmed = StoredValue::new(ask.confirmed().to_vec());
    let own = match &ask {
        TextAsk::Note(anchor) => Some(*anchor),
        _ => None,
    };
    let answer = desk.follow(
        move || Request::Text(chart, ask.clone()),
        |response| match response {
            Response::Text(view) => Some(*view),
            _ => None,
        },
    );
    let text = RwSignal::new(String::new());
    let built = StoredValue::new(None::<TextView>);
    let told = RwSignal::new(None::<&'static str>);
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let edited = Edited::follow(desk, key, text, Beside::default(), move || {
        let view = answer.value().get()?;
        built.set_value(Some((*view).clone()));
        Some(view.text.clone())
    });
    let is_protected = move || {
        answer
            .value()
            .with(|view| view.as_ref().is_some_and(|view| view.text.contains(PROTECTED)))
    };
    let may_go = RwSignal::new(false);
    let may = StoredValue::new(format!("{id}-may"));
    // Whether it may go into the EHR: what is protected, once somebody has said so.
    let is_free = move || {
        errors.clear();
        let free = !untrack(is_protected) || may_go.get_untracked();
        if !free {
            errors.set(vec![FieldError {
                field: may.get_value(),
                text: "This note tells of something that is marked as protected. Say first that it may go into the EHR"
                    .to_owned(),
            }]);
        }
        free
    };
    // The words are those that were copied. The note may be gone by then, and nothing else is marked in its stead.
    let mark = move |words: String| {
        let Some(view) = built.try_get_value().flatten() else {
            return;
        };
        let (Some(kind), false) = (view.kind, busy.get_untracked()) else {
            return;
        };
        if !is_free() {
            return;
        }
        busy.set(true);
        let kept = edited.on_sent();
        let fact = Fact::EhrCopy(EhrCopy {
            of: view.of,
            kind,
            text: words.clone(),
            at: When::At(desk.instant()),
            held: confirmed.try_get_value().unwrap_or_default(),
        });
        let intent = Intent::Record {
            chart,
            facts: vec![fact],
        };
        desk.submit(intent, "Marked as in the EHR", move |result| {
            let _shown = busy.try_set(false);
            match result {
                Ok(_) => {
                    kept(words.clone());
                    told.try_set(Some("Marked as in the EHR."));
                }
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    };
    let copy = move |then_mark: bool| {
        let words = text.get_untracked();
        if words.is_empty() || !is_free() {
            return;
        }
        spawn_local(async move {
            if browser::copy_text(&words).await {
                told.try_set(Some("Copied. Paste it into the EHR, then mark it."));
                if then_mark {
                    mark(words);
                }
            } else {
                browser::select_all(id);
                told.try_set(Some(
                    "The browser refused to copy. The text is selected: press Ctrl+C (Cmd+C on a Mac), then mark it.",
                ));
            }
        });
    };
    effect(move |_| {
        let Some(wanted) = asked.get().filter(|asked| Some(asked.of) == own) else {
            return;
        };
        // A key that comes before the text waits for it.
        if !edited.is_here() {
            return;
        }
        asked.set(None);
        match wanted.deed {
            Deed::Copy => copy(false),
            Deed::CopyAndMark => copy(true),
            Deed::Mark => mark(text.get_untracked()),
        }
    });
    let before = super::queue::state_words(state).map(|words| {
        view! { <p class="hint">{format!("This note was {words}. What is in the EHR is the older text.")}</p> }
    });
    let heading = title.clone();
    view! {
        <section class="ehr-note" aria-label=title>
            <h2>{heading}</h2>
            {before}
            {move || answer.failure().get().map(|failure| view! { <FailureNotice failure/> })}
            <ErrorSummary errors/>
            {move || answer.value().with(Option::is_none).then(|| view! { <Loading words="Writing the note\u{2026}"/> })}
            <TextArea id label="Text; edit it before you copy it" value=text rows=18/>
            <p class="hint edited" role="status">{move || edited.words()}</p>
            <Show when=is_protected>
                <Check id=may.get_value() label="What is marked as protected here may go into the EHR" value=may_go/>
            </Show>
            <div class="actions">
                <Button kind=ButtonKind::Primary icon=IconName::Note on_press=move |()| copy(false)>"Copy"</Button>
                <Button disabled=busy on_press=move |()| mark(text.get_untracked())>"Mark as in the EHR"</Button>
                <Button disabled=busy on_press=move |()| copy(true)>"Copy, mark, next"</Button>
                <Show when=move || edited.is_edited()>
                    <Button kind=ButtonKind::Quiet on_press=move |()| edited.again()>"Write it again from the record"</Button>
                </Show>
            </div>
            <p class="ehr-told" role="status">{move || told.get()}</p>
        </section>
    }
}

/// Under what a note's draft is kept: one for each note of a patient.
fn draft_key(chart: ChartId, ask: &TextAsk) -> String {
    let which = match ask {
        TextAsk::Note(anchor) => anchor.to_string(),
        TextAsk::Plan { .. } => "plan".to_owned(),
        TextAsk::Month { month, .. } => month.to_string(),
        TextAsk::Log { from, until, .. } => format!("{from}/{until}"),
        TextAsk::Letter { letter, .. } => word(letter),
        TextAsk::Ending { to, .. } => word(to),
        TextAsk::Member { member, .. } => member.to_string(),
    };
    // What was confirmed for one text is not told by the draft of another.
    let told: String = ask.confirmed().iter().map(|entry| format!("+{entry}")).collect();
    format!("ehr/{chart}/{which}{told}")
}
