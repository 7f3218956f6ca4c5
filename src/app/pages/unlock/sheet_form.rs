//! Opening a registry with its recovery sheet, mostly to choose a new passphrase in place of one that is lost.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Wait, WhichKey, count_down, error, labels};
use crate::app::components::{
    Button, Choice, Form, FormErrors, FormGroup, Loading, NewPassphrase, Submit, TextArea, new_passphrase_errors,
};
use crate::app::core::Core;
use crate::app::gate::use_gate;
use crate::app::kdf::{Cancel, new_key};
use crate::journal::RegistryId;
use crate::registry::{Failure, Request, Response, Secret, SlotView};

/// Why the sheet is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// The passphrase is lost.
    Renew,
    /// The person whose key it is can't open it now.
    Open,
}

/// The recovery sheet's form. What leads back to the passphrase stands beside it: this form may fail to load.
#[component]
pub fn SheetForm(core: Core, registry: RegistryId, slots: Vec<SlotView>) -> impl IntoView {
    let gate = use_gate();
    let errors = FormErrors::new();
    let (sheet, passphrase, again) = (
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let then = RwSignal::new(Some(Then::Renew));
    let slot = RwSignal::new(slots.first().map(|slot| slot.slot.clone()));
    let busy = RwSignal::new(false);
    let wait = RwSignal::new(slots.iter().map(|slot| slot.wait).max().unwrap_or_default());
    count_down(wait);
    let cancel = StoredValue::new_local(Cancel::default());
    let labels = StoredValue::new(labels(&slots));
    let renews = move || then.get() == Some(Then::Renew);
    let context = Signal::derive(move || slots.iter().map(|slot| slot.label.clone()).collect::<Vec<_>>());
    let attempt = move || async move {
        let text = Secret(sheet.get_untracked());
        if !untrack(renews) {
            return core.ask(Request::UnlockWithSheet { registry, sheet: text }).await;
        }
        let typed = zeroize::Zeroizing::new(passphrase.get_untracked());
        let new = new_key(&typed, &cancel.get_value())
            .await
            .map_err(|error| Failure::Browser(error.to_string()))?;
        let sheet = text.clone();
        let opened = core.ask(Request::UnlockWithSheet { registry, sheet: text }).await?;
        let slot = slot.get_untracked().unwrap_or_default();
        core.ask(Request::ResetPassphrase { slot, sheet, new }).await?;
        Ok(opened)
    };
    let wrong = move || {
        let mut wrong = Vec::new();
        if sheet.with_untracked(|sheet| sheet.trim().is_empty()) {
            wrong.push(error("sheet", "Enter the letters of the recovery sheet"));
        }
        if untrack(renews) {
            let context = context.get_untracked();
            wrong.extend(new_passphrase_errors("new-passphrase", passphrase, again, &context));
        }
        wrong
    };
    let send = move |()| {
        if busy.get_untracked() || wait.get_untracked() > 0 {
            return;
        }
        let wrong = wrong();
        let refused = !wrong.is_empty();
        errors.set(wrong);
        if refused {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let result = attempt().await;
            busy.set(false);
            match result {
                Ok(Response::Opened(opened)) => {
                    for typed in [sheet, passphrase, again] {
                        typed.set(String::new());
                    }
                    gate.open(core, *opened);
                }
                Ok(_) => errors.set_whole(Failure::Nothing.to_string()),
                Err(Failure::WrongKey { wait: seconds }) => {
                    wait.set(seconds);
                    let text = "This sheet doesn\u{2019}t open this registry. Nothing is lost. Compare each group with the paper, then try again.";
                    errors.set(vec![error("sheet", text)]);
                }
                Err(failure) => errors.set(vec![error("sheet", &failure.to_string())]),
            }
        });
    };
    let options = vec![
        (Then::Renew, "Choose a new passphrase".to_owned()),
        (Then::Open, "Only open it, and leave the passphrase as it is".to_owned()),
    ];
    view! {
        <Form errors on_submit=send label="Unlock with the recovery sheet">
            <TextArea
                id="sheet"
                label="Recovery sheet"
                value=sheet
                hint="All groups, with or without spaces. Capitals don\u{2019}t matter."
            />
            <Choice id="then" legend="And then" options value=then stacked=true/>
            <Show when=renews>
                <FormGroup legend="New passphrase" hint="The old one ends. The sheet stays valid: put it back where it was.">
                    <WhichKey labels=labels.get_value() value=slot/>
                    <NewPassphrase id="new-passphrase" value=passphrase again context/>
                </FormGroup>
            </Show>
            <Wait wait/>
            <div class="actions">
                <Submit busy=Signal::derive(move || busy.get() || wait.get() > 0) busy_words="Open it">"Open it"</Submit>
                <Show when=move || busy.get()>
                    <Loading words="Checking\u{2026}"/>
                    <Button on_press=move |()| cancel.with_value(Cancel::cancel)>"Cancel"</Button>
                </Show>
            </div>
        </Form>
    }
}
