//! What the sections of a record share: a box with its heading and what adds to it, and a line of buttons.

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind};
use crate::journal::facts::Person;

/// The one form that is open on a section, if any.
pub trait OneForm<W> {
    /// Opens a form. One that is open already keeps what is typed into it.
    fn open(self, which: W);
    /// What opens a form.
    fn opens(self, which: W) -> Callback<()>;
    /// What closes it.
    fn closes(self) -> Callback<()>;
}

impl<W: Copy + PartialEq + Send + Sync + 'static> OneForm<W> for RwSignal<Option<W>> {
    fn open(self, which: W) {
        if self.get_untracked() != Some(which) {
            self.set(Some(which));
        }
    }
    fn opens(self, which: W) -> Callback<()> {
        Callback::new(move |()| self.open(which))
    }
    fn closes(self) -> Callback<()> {
        Callback::new(move |()| self.set(None))
    }
}

/// What shows a form that its box has one of.
pub fn shows(open: RwSignal<bool>) -> Callback<()> {
    Callback::new(move |()| open.set(true))
}

/// Everybody on file who has not left, as a list to choose from; `nobody` first.
pub fn everybody(people: Signal<Vec<Person>>, nobody: &'static str) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let mut options = vec![(String::new(), nobody.to_owned())];
        people.with(|people| {
            let all = people.iter();
            options.extend(all.map(|person| (person.person.to_string(), person.name.clone())));
        });
        options
    })
}

/// A box with a heading and the button that adds to it.
#[component]
pub fn PlanBox(
    /// Unique on the page; the heading's.
    id: &'static str,
    /// The heading.
    #[prop(into)]
    title: String,
    /// What the button does, and its words.
    #[prop(optional)]
    add: Option<(Callback<()>, &'static str)>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="side-box" aria-labelledby=id>
            <div class="side-head">
                <h2 id=id>{title}</h2>
                {add.map(|(press, words)| view! { <Button kind=ButtonKind::Quiet on_press=press>{words}</Button> })}
            </div>
            {children()}
        </section>
    }
}

/// A quiet button of a line, which says to those who listen of what it speaks.
#[component]
pub fn LineButton(
    /// Its words.
    words: &'static str,
    /// What it is about.
    #[prop(into)]
    about: String,
    /// What it does.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! { <Button kind=ButtonKind::Quiet says=format!("{words}: {about}") on_press>{words}</Button> }
}
