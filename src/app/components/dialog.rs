//! Dialogs: the browser's own, which keep the focus inside and close with Escape.

use leptos::prelude::*;

use crate::app::effects::effect;

use super::{Button, ButtonKind, Icon, IconName};

/// A dialog over the page. Its content is made anew each time it opens.
#[component]
pub fn Dialog(
    /// Whether it is open; Escape and its cross set this to `false`.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// A class for its width: `wide`.
    #[prop(optional, into)]
    class: Option<String>,
    /// Its content.
    children: ChildrenFn,
) -> impl IntoView {
    let place = NodeRef::<leptos::html::Dialog>::new();
    let id = format!("dialog-{}", next_number());
    effect(move |_| {
        let Some(dialog) = place.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                let _shown = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            (true, true) | (false, false) => {}
        }
    });
    let class = format!("dialog {}", class.unwrap_or_default());
    view! {
        <dialog class=class aria-labelledby=id node_ref=place on:close=move |_| open.set(false)>
            <div class="dialog-head">
                <h2 id=id.clone()>{title}</h2>
                <button type="button" class="button quiet icon-only" aria-label="Close" on:click=move |_| open.set(false)>
                    <Icon name=IconName::Close/>
                </button>
            </div>
            <Show when=move || open.get()>
                <div class="dialog-body">{children()}</div>
            </Show>
        </dialog>
    }
}

/// Asks before something is done. The words say what follows; the button names the deed.
#[component]
pub fn Confirm(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// The deed, as the button's words: `Remove draft`.
    #[prop(into)]
    deed: String,
    /// What it does.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// What follows from it.
    children: ChildrenFn,
) -> impl IntoView {
    let deed = StoredValue::new(deed);
    let confirm = Callback::new(move |()| {
        open.set(false);
        on_confirm.run(());
    });
    view! {
        <Dialog open title>
            {children()}
            <div class="actions">
                <Button kind=ButtonKind::Danger on_press=confirm>{deed.get_value()}</Button>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            </div>
        </Dialog>
    }
}

/// A number that no other dialog of this page has.
fn next_number() -> u32 {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
