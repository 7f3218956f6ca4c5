//! One question: not asked, no, yes with what was said, would rather not say.

use leptos::prelude::*;

use super::sitting::Now;
use super::typed::Chosen;
use crate::app::components::{Choice, CrisisLines, TextArea};
use crate::app::pages::contact::alarm::{AlarmBox, Standing};
use crate::app::state::use_desk;
use crate::care::{QuestionInfo, concern_words_of, concerns_of};
use crate::journal::ChartId;

/// The fields of one question.
#[derive(Clone, Copy)]
pub struct QuestionFields {
    /// The question.
    pub info: &'static QuestionInfo,
    /// What was chosen.
    pub chosen: RwSignal<Option<Chosen>>,
    /// What was said.
    pub words: RwSignal<String>,
    /// What becomes of a yes, where the question means "now".
    pub now: Option<Now>,
}

impl QuestionFields {
    /// A question with what was chosen and said.
    pub fn of(info: &'static QuestionInfo, (chosen, words): (Chosen, String)) -> Self {
        Self {
            info,
            chosen: RwSignal::new(Some(chosen)),
            words: RwSignal::new(words),
            now: concerns_of(info.question).map(|_| Now::new()),
        }
    }
    /// What is chosen and said.
    pub fn reply(self) -> (Chosen, String) {
        (self.chosen.get().unwrap_or_default(), self.words.get())
    }
    /// Chooses and says something else.
    pub fn set(self, (chosen, words): (Chosen, String)) {
        self.chosen.set(Some(chosen));
        self.words.set(words);
    }
}

/// A question with its four answers; "not asked" stands until another is chosen.
#[component]
pub fn QuestionView(
    /// Whose record.
    chart: ChartId,
    /// Its place on the page.
    at: usize,
    /// Its fields.
    fields: QuestionFields,
    /// What was answered on another day, where it is asked anew: it is in the record.
    before: Signal<Option<String>>,
) -> impl IntoView {
    let options = match fields.info.open {
        true => ["Not asked", "Asked: none", "Answered", "Rather not say"],
        false => ["Not asked", "No", "Yes", "Rather not say"],
    };
    let values = [Chosen::NotAsked, Chosen::No, Chosen::Yes, Chosen::RatherNot];
    let options: Vec<(Chosen, String)> = values.into_iter().zip(options.map(str::to_owned)).collect();
    let said = move || fields.chosen.get() == Some(Chosen::Yes);
    let key = move |event: leptos::ev::KeyboardEvent| {
        if let Some(now) = fields.now {
            now.by_arrow.set_value(event.key().starts_with("Arrow"));
        }
    };
    let pointer = move |_| {
        if let Some(now) = fields.now {
            now.by_arrow.set_value(false);
        }
    };
    view! {
        <div class="asked" on:keydown=key on:pointerdown=pointer>
            <Choice id=format!("ask-{at}") legend=fields.info.ask options value=fields.chosen/>
            {move || before.get().map(|words| view! { <p class="hint">{words}</p> })}
            <Show when=said>
                <TextArea id=format!("said-{at}") label="What was said" value=fields.words rows=2/>
            </Show>
            {fields.now.map(|now| view! { <NowAlarm chart fields now/> })}
        </div>
    }
}

/// What a yes that means "now" says, as in the form of a contact: from the moment it is chosen until the form is saved,
/// whatever the answer becomes.
#[component]
fn NowAlarm(chart: ChartId, fields: QuestionFields, now: Now) -> impl IntoView {
    let desk = use_desk();
    let shows = Memo::new(move |_| now.waits.get() || now.committed.with(Option::is_some));
    let is_yes = Memo::new(move |_| fields.chosen.get() == Some(Chosen::Yes));
    let asked = concern_words_of(fields.info.question);
    move || {
        shows.get().then(|| {
            desk.fresh().leave_to_form();
            provide_context(Standing {
                chart,
                committed: now.committed.into(),
            });
            let (title, changed) = match is_yes.get() {
                true => (format!("Yes to {asked}: the safety steps come next"), false),
                false => (format!("Yes to {asked} was chosen here, and then changed"), true),
            };
            view! { <AlarmBox title changed/><CrisisLines/> }
        })
    }
}
