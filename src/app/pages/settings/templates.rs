//! Templates of notes and letters: the clinic's own words around the fields of a record.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Section;
use crate::app::components::{Button, ButtonKind, Form, FormErrors, Loaded, Select, Submit, TextArea};
use crate::app::pages::common::{Reading, to_errors};
use crate::app::pages::edited::{Beside, Edited};
use crate::app::route::word;
use crate::app::state::{Answer, use_desk};
use crate::care::intent::Intent;
use crate::exchange::note::Paper;
use crate::journal::Fact;
use crate::journal::facts::Template;
use crate::registry::{Request, Response, TemplateView};

/// Templates.
#[component]
pub fn TemplatesSection() -> impl IntoView {
    let desk = use_desk();
    let answer = desk.follow(
        || Request::Templates,
        |response| match response {
            Response::Templates(all) => Some(all),
            _ => None,
        },
    );
    let chosen = RwSignal::new("0".to_owned());
    // What is written for one template is not written for another: each has a text and a draft of its own.
    let which = Memo::new(move |_| {
        let all = answer.value().get()?;
        all.get(chosen.get().parse::<usize>().ok()?).map(|view| view.paper)
    });
    let options = Signal::derive(move || {
        let all = answer.value().get();
        let all = all.iter().flat_map(|all| all.iter().enumerate());
        all.map(|(at, view)| {
            let own = if view.is_own { " (your own)" } else { "" };
            (at.to_string(), format!("{}{own}", view.label))
        })
        .collect::<Vec<_>>()
    });
    view! {
        <Section id="templates-section">
            <p>"Every note and letter is written by a template: your words, with fields in braces that the record fills in. A line whose fields are all empty is left out. Safety is always told in notes, whatever the template."</p>
            <Loaded answer what="templates" children=move |_| view! {
                <Select id="template-which" label="Template" options value=chosen/>
            }/>
            {move || which.get().map(|paper| view! { <One paper answer/> })}
        </Section>
    }
}

/// One template.
#[component]
fn One(paper: Paper, answer: Answer<Vec<TemplateView>>) -> impl IntoView {
    let desk = use_desk();
    let text = RwSignal::new(String::new());
    let preview = RwSignal::new(None::<String>);
    let (busy, errors) = (RwSignal::new(false), FormErrors::new());
    let current = Memo::new(move |_| {
        let all = answer.value().get()?;
        all.iter().find(|view| view.paper == paper).cloned()
    });
    let key = match paper {
        Paper::Note(kind) => format!("template/note/{}", word(kind)),
        Paper::Letter(letter) => format!("template/letter/{}", word(letter)),
        Paper::Script(script) => format!("template/script/{}", word(script)),
    };
    let edited = Edited::follow(desk, key, text, Beside::default(), move || {
        current.get().map(|view| view.text)
    });
    let save = move |words: String, what: &'static str| {
        let (Some(view), false) = (current.get_untracked(), busy.get_untracked()) else {
            return;
        };
        errors.clear();
        busy.set(true);
        let kept = edited.on_sent();
        let fact = Fact::Template(Template {
            template: paper.template_id(),
            name: view.label,
            text: words.clone(),
        });
        desk.submit(Intent::Office(vec![fact]), what, move |result| {
            let _shown = busy.try_set(false);
            match result {
                // Ours comes back from the record.
                Ok(_) if words.is_empty() => edited.again(),
                Ok(_) => kept(words.clone()),
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    };
    let submit = Callback::new(move |()| {
        let mut reading = Reading::default();
        let words = text.get_untracked();
        let said = reading.text(&words, "template-text", "Write the template, or reset it to ours");
        match reading.finish(said) {
            Ok(_) => save(words, "Template saved"),
            Err(wrong) => errors.set(to_errors(wrong)),
        }
    });
    let show = move |()| {
        errors.clear();
        let request = Request::TryTemplate(paper, text.get_untracked());
        spawn_local(async move {
            match desk.ask(request).await {
                Ok(Response::Text(made)) => {
                    preview.try_set(Some(made.text));
                }
                Ok(_) => {}
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    };
    view! {
        <Form errors on_submit=submit label="Text of the template">
            <TextArea id="template-text" label="Text" value=text rows=16/>
            <p class="hint edited" role="status">{move || edited.words()}</p>
            <details class="template-fields">
                <summary>"Fields that this one can name"</summary>
                <Fields current/>
            </details>
            <div class="actions">
                <Submit busy>"Save template"</Submit>
                <Button on_press=show>"Preview with an invented patient"</Button>
                <Show when=move || edited.is_edited()>
                    <Button kind=ButtonKind::Quiet on_press=move |()| edited.again()>"Throw my changes away"</Button>
                </Show>
                <Show when=move || current.get().is_some_and(|view| view.is_own)>
                    <Button kind=ButtonKind::Quiet on_press=move |()| save(String::new(), "Template reset")>"Reset to ours"</Button>
                </Show>
            </div>
        </Form>
        {move || preview.get().map(|text| view! { <pre class="as-sent" tabindex="0" role="region" aria-label="Preview">{text}</pre> })}
    }
}

#[component]
fn Fields(current: Memo<Option<TemplateView>>) -> impl IntoView {
    let line = |(name, about): (String, String)| {
        view! { <div><dt><code>{format!("{{{name}}}")}</code></dt><dd>{about}</dd></div> }
    };
    let lines = move || {
        let fields = current.get().map(|view| view.fields).unwrap_or_default();
        fields.into_iter().map(line).collect_view()
    };
    view! { <dl>{lines}</dl> }
}
