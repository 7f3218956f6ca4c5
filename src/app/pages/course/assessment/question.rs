//! One question: not asked, no, yes with what was said, would rather not say.

use leptos::prelude::*;

use super::typed::Chosen;
use crate::app::components::{Choice, TextArea};
use crate::care::QuestionInfo;

/// The fields of one question.
#[derive(Clone, Copy)]
pub struct QuestionFields {
    /// The question.
    pub info: &'static QuestionInfo,
    /// What was chosen.
    pub chosen: RwSignal<Option<Chosen>>,
    /// What was said.
    pub words: RwSignal<String>,
}

/// A question with its four answers; "not asked" stands until another is chosen.
#[component]
pub fn QuestionView(
    /// Its place on the page.
    at: usize,
    /// Its fields.
    fields: QuestionFields,
) -> impl IntoView {
    let options = match fields.info.open {
        true => ["Not asked", "Asked: none", "Answered", "Rather not say"],
        false => ["Not asked", "No", "Yes", "Rather not say"],
    };
    let values = [Chosen::NotAsked, Chosen::No, Chosen::Yes, Chosen::RatherNot];
    let options: Vec<(Chosen, String)> = values.into_iter().zip(options.map(str::to_owned)).collect();
    let said = move || fields.chosen.get() == Some(Chosen::Yes);
    view! {
        <div class="asked">
            <Choice id=format!("ask-{at}") legend=fields.info.ask options value=fields.chosen/>
            <Show when=said>
                <TextArea id=format!("said-{at}") label="What was said" value=fields.words rows=2/>
            </Show>
        </div>
    }
}
