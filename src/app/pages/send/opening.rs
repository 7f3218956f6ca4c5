//! Opening a file that is sealed with a passphrase, before anything else is asked of it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use zeroize::Zeroizing;

use crate::app::components::{Button, ButtonKind, FailureNotice, Loading, Notice, PassphraseField, PickedFile};
use crate::app::sealed;
use crate::registry::Failure;

/// Asks for the passphrase of a sealed file, and gives on what was in it. It is no form of its own: it stands in one.
#[component]
pub(super) fn OpenSealed(
    /// The sealed file.
    file: PickedFile,
    /// Takes the opened one.
    #[prop(into)]
    on_open: Callback<PickedFile>,
    /// Another file is wanted.
    #[prop(into)]
    on_back: Callback<()>,
) -> impl IntoView {
    let passphrase = RwSignal::new(String::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let kept = StoredValue::new(file);
    let open = move || {
        if busy.get_untracked() {
            return;
        }
        let typed = Zeroizing::new(passphrase.get_untracked());
        if typed.is_empty() {
            let missing = "Type the passphrase that the sender told you. Nothing was changed.";
            return failure.set(Some(Failure::File(missing.to_owned())));
        }
        failure.set(None);
        busy.set(true);
        let PickedFile { name, bytes } = kept.get_value();
        spawn_local(async move {
            let opened = sealed::open(&bytes, &typed).await;
            // Opened once the page is gone, it goes no further.
            if busy.try_set(false).is_some() {
                return;
            }
            match opened {
                Ok(bytes) => {
                    passphrase.set(String::new());
                    on_open.run(PickedFile { name, bytes });
                }
                Err(error) => failure.set(Some(error.into())),
            }
        });
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let from_field = event_target::<web_sys::Element>(&event).id() == "sealed-passphrase";
        if event.key() == "Enter" && from_field {
            event.prevent_default();
            open();
        }
    };
    view! {
        <Notice title="This file is sealed">
            <p>"It opens with the passphrase that its sender chose, which is not yours of this registry unless they chose the same."</p>
        </Notice>
        <div role="group" aria-label="Open the sealed file" on:keydown=on_key>
            <PassphraseField id="sealed-passphrase" label="Passphrase of the file" value=passphrase/>
            {move || failure.get().map(|failure| view! { <FailureNotice failure/> })}
            <Show when=move || busy.get()><Loading words="Opening the file\u{2026}"/></Show>
            <div class="actions">
                <Button on_press=move |()| open()>"Open the file"</Button>
                <Button kind=ButtonKind::Quiet on_press=move |()| on_back.run(())>"Choose another file"</Button>
            </div>
        </div>
    }
}
