//! Files that the core makes, given to the browser to save.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::{Button, ButtonKind, FailureNotice, LongWork};
use crate::app::state::use_desk;
use crate::registry::{Failure, Request};

/// A button that saves a file, and says under which name, or why not.
#[component]
pub fn DownloadButton(
    /// What to ask for when it is pressed.
    #[prop(into)]
    request: Callback<(), Request>,
    /// How much it matters.
    #[prop(optional)]
    kind: ButtonKind,
    /// Its words, a verb first.
    children: Children,
) -> impl IntoView {
    let desk = use_desk();
    let outcome = RwSignal::new(None::<Result<String, Failure>>);
    let busy = RwSignal::new(false);
    let press = move |()| {
        if busy.get_untracked() {
            return;
        }
        let request = request.run(());
        outcome.set(None);
        busy.set(true);
        spawn_local(async move {
            let result = desk.save_file(request).await;
            let _gone = busy.try_set(false);
            let _gone = outcome.try_set(Some(result));
        });
    };
    view! {
        <div class="download">
            <Button kind on_press=press>{children()}</Button>
            <Show when=move || busy.get()><LongWork core=desk.core()/></Show>
            <span class="hint" role="status">
                {move || outcome.get().and_then(Result::ok).map(|name| format!("Saved as {name}"))}
            </span>
            {move || outcome.get().and_then(Result::err).map(|failure| view! { <FailureNotice failure/> })}
        </div>
    }
}
