//! What was saved last, about whom, when and where, with its undo.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::components::{Button, ButtonKind, Confirm, Icon, IconName};
use crate::app::keys::use_key;
use crate::app::router::use_router;
use crate::app::state::{SaveMark, use_desk};

/// The last save. Its undo asks first wherever the patient whom it is about is not the one on the screen.
#[component]
pub fn LastSave() -> impl IntoView {
    let (desk, router) = (use_desk(), use_router());
    let mark = desk.mark();
    let asking = RwSignal::new(false);
    let undo = move || {
        let at_hand = mark.with_untracked(|mark| {
            let undoable = mark.as_ref().filter(|mark| can_undo(mark));
            undoable.map(|mark| mark.is_at_hand(router.get_untracked()))
        });
        match at_hand {
            Some(true) => desk.undo(),
            // Whoever else it is about is not named on a screen that is shared.
            Some(false) if !browser::is_there(".meeting") => asking.set(true),
            Some(false) | None => {}
        }
    };
    use_key("u", "Undo the last save", undo);
    let line = move || {
        mark.get().map(|mark| {
            let notes = mark.saved.as_ref().map(|saved| saved.notes.clone()).unwrap_or_default();
            let can_undo = can_undo(&mark);
            view! {
                <Icon name=IconName::Done/>
                <span>{mark.words()}". Saved "{mark.time}", in this browser."</span>
                {notes.into_iter().map(|note| view! { <span>{note}</span> }).collect_view()}
                {can_undo.then(|| view! { <Button kind=ButtonKind::Quiet on_press=move |()| undo()>"Undo"</Button> })}
            }
        })
    };
    let question = move || mark.with(|mark| mark.as_ref().map(question).unwrap_or_default());
    view! {
        <div class="last-save" role="status" class:shown=move || mark.with(Option::is_some)>{line}</div>
        <Confirm open=asking title=Signal::derive(question) deed="Undo it" on_confirm=move |()| desk.undo()>
            <p>"It was saved on another page. The record keeps what was written and shows that it was undone."</p>
        </Confirm>
    }
}

/// A save of several records at once is taken back by one key only where it changed who manages or covers them.
fn can_undo(mark: &SaveMark) -> bool {
    mark.saved.as_ref().is_some_and(|saved| saved.undo().is_some())
}

fn question(mark: &SaveMark) -> String {
    match &mark.who {
        Some(who) => format!("Undo \u{201c}{}\u{201d} of {who}?", mark.what),
        None => format!("Undo \u{201c}{}\u{201d}?", mark.what),
    }
}
