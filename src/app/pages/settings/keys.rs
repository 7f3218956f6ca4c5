//! The passphrase, and the recovery sheet.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Section;
use crate::app::components::{
    Button, FieldError, Form, FormErrors, Loading, NewPassphrase, PassphraseField, Submit, new_passphrase_errors,
};
use crate::app::gate::use_gate;
use crate::app::kdf::{Cancel, derive, new_key, recipe_of};
use crate::app::state::{Desk, use_desk};
use crate::registry::{Failure, Request, Response, Secret, SlotView};

/// Changing the passphrase; a new recovery sheet.
#[component]
pub fn KeysSection() -> impl IntoView {
    view! {
        <Section id="keys-section">
            <ChangeForm/>
            <SheetForm/>
        </Section>
    }
}

/// The slot of the person who works here, and the key that a passphrase gives for it.
async fn key_of(desk: Desk, passphrase: &str, cancel: &Cancel) -> Result<(String, Secret), Failure> {
    let registry = desk.opened().registry;
    let Response::Slots(slots) = desk.core().ask(Request::Slots(registry)).await? else {
        return Err(Failure::Nothing);
    };
    let slot: SlotView = slots.into_iter().next().ok_or(Failure::Nothing)?;
    let recipe = recipe_of(&slot).map_err(|error| Failure::Damage(error.to_string()))?;
    let key = derive(passphrase, recipe, cancel).await;
    Ok((slot.slot, key.map_err(|error| Failure::Browser(error.to_string()))?))
}

/// What a failure says beside the passphrase that was asked for.
fn refused(field: &str, failure: &Failure) -> FieldError {
    let text = match failure {
        Failure::WrongKey { .. } => "This is not your passphrase. Nothing was changed.".to_owned(),
        other => other.to_string(),
    };
    FieldError {
        field: field.to_owned(),
        text,
    }
}

#[component]
fn ChangeForm() -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let [old, new, again] = [(); 3].map(|()| RwSignal::new(String::new()));
    let busy = RwSignal::new(false);
    let said = RwSignal::new(None::<&'static str>);
    let cancel = StoredValue::new_local(Cancel::default());
    let context = Signal::derive(move || {
        let opened = desk.opened();
        vec![opened.name.clone(), opened.clinic.name.clone()]
    });
    let change = move || async move {
        let (typed, chosen) = (
            zeroize::Zeroizing::new(old.get_untracked()),
            zeroize::Zeroizing::new(new.get_untracked()),
        );
        let cancel = cancel.get_value();
        let (slot, old) = key_of(desk, &typed, &cancel).await?;
        let new = new_key(&chosen, &cancel)
            .await
            .map_err(|error| Failure::Browser(error.to_string()))?;
        desk.core().ask(Request::ChangePassphrase { slot, old, new }).await
    };
    let send = move |()| {
        said.set(None);
        let wrong = new_passphrase_errors("new-passphrase", new, again, &context.get_untracked());
        let go = wrong.is_empty() && !busy.get_untracked();
        errors.set(wrong);
        if !go {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let result = change().await;
            busy.set(false);
            match result {
                Ok(_done) => {
                    for typed in [old, new, again] {
                        typed.set(String::new());
                    }
                    said.set(Some(
                        "Changed. From the next unlock on the new passphrase holds; the recovery sheet stays valid.",
                    ));
                    desk.changed();
                }
                Err(failure) => errors.set(vec![refused("old-passphrase", &failure)]),
            }
        });
    };
    view! {
        <Form errors on_submit=send label="Change the passphrase">
            <PassphraseField id="old-passphrase" label="Passphrase until now" value=old/>
            <NewPassphrase id="new-passphrase" value=new again context/>
            <div class="actions">
                <Submit busy busy_words="Changing\u{2026}">"Change the passphrase"</Submit>
                <Show when=move || busy.get()>
                    <Button on_press=move |()| cancel.with_value(Cancel::cancel)>"Cancel"</Button>
                </Show>
                <span role="status">{said}</span>
            </div>
        </Form>
    }
}

#[component]
fn SheetForm() -> impl IntoView {
    let (desk, gate) = (use_desk(), use_gate());
    let errors = FormErrors::new();
    let passphrase = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let cancel = StoredValue::new_local(Cancel::default());
    let renew = move || async move {
        let typed = zeroize::Zeroizing::new(passphrase.get_untracked());
        let (slot, key) = key_of(desk, &typed, &cancel.get_value()).await?;
        desk.core().ask(Request::RenewSheet { slot, key }).await
    };
    let send = move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        busy.set(true);
        spawn_local(async move {
            let result = renew().await;
            busy.set(false);
            passphrase.set(String::new());
            match result {
                Ok(Response::Opened(opened)) => gate.open(desk.core(), *opened),
                Ok(_) => errors.set_whole(Failure::Nothing.to_string()),
                Err(failure) => errors.set(vec![refused("sheet-passphrase", &failure)]),
            }
        });
    };
    view! {
        <Form errors on_submit=send label="Make a new recovery sheet">
            <p>"If the recovery sheet is lost, or somebody else may have read it, make a new one. The old one then opens nothing here any more."</p>
            <PassphraseField id="sheet-passphrase" label="Your passphrase" value=passphrase/>
            <div class="actions">
                <Submit busy busy_words="Making\u{2026}">"Make a new recovery sheet"</Submit>
                <Show when=move || busy.get()><Loading words="Checking\u{2026}"/></Show>
            </div>
        </Form>
    }
}
