//! What a message to the treating clinician asks about, and which open concerns it tells them of.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::Checks;
use crate::app::components::Select;
use crate::app::pages::common::Reading;
use crate::journal::ThingId;
use crate::journal::facts::Channel;
use crate::registry::NotesView;

/// The choice of all recommendations: the letter names them all, and each answer is waited for.
const ALL_OF_THEM: &str = "all";

/// What a message to the treating clinician asks about, by what was chosen.
pub(super) fn asks_about(view: &NotesView, chosen: &str) -> Vec<ThingId> {
    match chosen {
        ALL_OF_THEM => view.open_advice.clone(),
        one => one.parse().ok().into_iter().collect(),
    }
}

/// The recommendations that a message to the treating clinician is about: their answers are then waited for.
#[component]
pub(super) fn About(view: Signal<Arc<NotesView>>, about: RwSignal<String>) -> impl IntoView {
    let options = Signal::derive(move || {
        let mut options = vec![(String::new(), "No recommendation".to_owned())];
        view.with(|view| {
            let advice = view.advice.iter();
            if 1 < view.open_advice.len() {
                let all = format!("All {} open recommendations", view.open_advice.len());
                options.push((ALL_OF_THEM.to_owned(), all));
            }
            options.extend(advice.map(|(id, text)| (id.to_string(), text.chars().take(80).collect())));
        });
        options
    });
    if let Some((first, _)) = options.get_untracked().get(1) {
        about.set(first.clone());
    }
    view! { <Select id="letter-about" label="About" options value=about hint="The PCP\u{2019}s answer to it is then waited for"/> }
}

/// The id of the boxes of what the clinician knows.
const KNOWS: &str = "letter-knows";

/// The open concerns that the message names, each to be ticked by somebody who knows that it reached the clinician: a message
/// that was kept tells nobody by itself.
#[component]
pub(super) fn Knows(
    view: Signal<Arc<NotesView>>,
    /// The text of the message.
    text: RwSignal<String>,
    /// Those ticked.
    knows: RwSignal<Vec<ThingId>>,
) -> impl IntoView {
    let named = Memo::new(move |_| {
        let named = view.with(|view| text.with(|text| view.named_in(text)));
        let titled = |(concern, title): &(ThingId, String)| named.contains(concern).then(|| (*concern, title.clone()));
        view.with(|view| view.concerns.iter().filter_map(titled).collect::<Vec<_>>())
    });
    move || {
        let options = named.get();
        (!options.is_empty()).then(|| {
            view! {
                <Checks id=KNOWS legend="The PCP knows of it now, by this message or with it" options value=knows
                    hint="Tick once they have read or heard it: only then does the concern count the PCP as told"/>
            }
        })
    }
}

/// The concerns that the clinician was told of by a message: those ticked that it names. Post takes days.
pub(super) fn told_of(
    reading: &mut Reading,
    view: &NotesView,
    text: &str,
    knows: &[ThingId],
    by: Option<Channel>,
) -> Vec<ThingId> {
    let told: Vec<ThingId> = view
        .named_in(text)
        .into_iter()
        .filter(|one| knows.contains(one))
        .collect();
    if !told.is_empty() && by == Some(Channel::Letter) {
        let words = "A letter by post comes in days: tell the PCP in another way today, or leave this unticked";
        reading.chosen(None::<()>, KNOWS, words);
    }
    told
}
