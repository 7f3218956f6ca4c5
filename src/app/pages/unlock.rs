//! Unlocking what is here, and saying plainly when something should be here and isn't.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::browser;
use crate::app::components::{
    Button, ButtonKind, Choice, CrisisLines, FieldError, Form, FormErrors, Loading, LongWork, Notice, PassphraseField,
    Submit, Tone,
};
use crate::app::core::Core;
use crate::app::format;
use crate::app::gate::use_gate;
use crate::app::kdf::{Cancel, derive, recipe_of};
use crate::journal::RegistryId;
use crate::registry::{Failure, Kind, KnownRegistry, RegistryState, Request, Response, SlotView};
use crate::vault::KdfRecipe;

use super::places;

mod sheet_form;

pub use sheet_form::SheetForm;

/// Unlocking.
#[component]
pub fn UnlockPage(
    /// The core.
    core: Core,
    /// What this browser knows.
    known: Arc<Vec<KnownRegistry>>,
) -> impl IntoView {
    let gate = use_gate();
    let restoring = RwSignal::new(false);
    let lost = known
        .iter()
        .any(|one| matches!(one.state, RegistryState::ShouldBeHere(_)));
    let here: Vec<KnownRegistry> = known
        .iter()
        .filter(|one| matches!(one.state, RegistryState::Here))
        .cloned()
        .collect();
    let title = match (here.is_empty(), lost) {
        (true, true) => "Your data should be here",
        (true, false) => "Caseload can\u{2019}t open what is here",
        (false, _) => "Unlock",
    };
    let chosen = RwSignal::new(here.first().map(|one| one.registry));
    let here = StoredValue::new(here);
    move || {
        if restoring.get() {
            return places::restore(core, Callback::new(move |()| restoring.set(false)));
        }
        let notices = known.iter().map(|one| trouble(one, restoring)).collect_view();
        let several = here.with_value(|here| here.len() > 1);
        view! {
            <main class="alone narrow">
                <p class="brand-line">"Caseload"</p>
                <h1>{title}</h1>
                {notices}
                {several.then(|| which(&here.get_value(), chosen))}
                {move || chosen.get().map(|registry| view! { <UnlockForm core registry/> })}
                <CrisisLines/>
                <p class="actions">
                    <Button kind=ButtonKind::Quiet on_press=move |()| gate.welcome(core)>"Make or open another registry"</Button>
                </p>
            </main>
        }
        .into_any()
    }
}

/// What stands in the way of opening a registry, if anything.
fn trouble(one: &KnownRegistry, restoring: RwSignal<bool>) -> Option<AnyView> {
    let name = name_of(one);
    let notice = match &one.state {
        RegistryState::Here => return None,
        RegistryState::ShouldBeHere(sentence) => {
            let backup = one.last_backup.map(|day| format!(" The last backup was saved on {}.", format::full_day(day)));
            let sentence = sentence.clone();
            view! {
                <Notice tone=Tone::Error title=format!("{name}: its data should be here")>
                    <p>{sentence}{backup}</p>
                    <p>"Don\u{2019}t clear this browser\u{2019}s data. Restore from a backup, or receive the registry from a colleague."</p>
                    <div class="actions">
                        <Button on_press=move |()| restoring.set(true)>"Restore from a backup"</Button>
                        <Button on_press=|()| browser::reload()>"Look again"</Button>
                    </div>
                </Notice>
            }
            .into_any()
        }
        RegistryState::Newer => view! {
            <Notice tone=Tone::Warning title=name>
                <p>"A newer version of Caseload wrote this. Nothing was read or changed. Close all tabs of Caseload and open it again to get the newer version."</p>
            </Notice>
        }
        .into_any(),
        RegistryState::InUse => view! {
            <Notice tone=Tone::Warning title=name>
                <p>"It is open in another tab. Go to that tab, or lock it there and look again."</p>
                <div class="actions"><Button on_press=|()| browser::reload()>"Look again"</Button></div>
            </Notice>
        }
        .into_any(),
    };
    Some(notice)
}

/// Which of several registries.
fn which(here: &[KnownRegistry], chosen: RwSignal<Option<RegistryId>>) -> impl IntoView + use<> {
    let options: Vec<(RegistryId, String)> = here.iter().map(|one| (one.registry, name_of(one))).collect();
    view! { <Choice id="registry" legend="Which registry" options value=chosen stacked=true/> }
}

/// A registry by what may be read without its key.
fn name_of(one: &KnownRegistry) -> String {
    let kind = match one.kind {
        Some(Kind::Training) => "Training registry",
        Some(Kind::Packet) => "Packet for review, registry",
        Some(Kind::Real) | None => "Registry",
    };
    let id = one.registry.to_string();
    let start: String = id.chars().take(8).collect();
    format!("{kind} {start}")
}

/// How a registry is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum With {
    Passphrase,
    Sheet,
}

impl With {
    fn other(self) -> Self {
        match self {
            With::Passphrase => With::Sheet,
            With::Sheet => With::Passphrase,
        }
    }
}

/// The form that opens one registry, by passphrase or by its recovery sheet.
#[component]
pub fn UnlockForm(
    /// The core.
    core: Core,
    /// Which registry.
    registry: RegistryId,
) -> impl IntoView {
    let slots = RwSignal::new(None::<Result<Vec<SlotView>, Failure>>);
    let with = RwSignal::new(With::Passphrase);
    let other = Callback::new(move |()| with.update(|with| *with = with.other()));
    spawn_local(async move {
        let answer = match core.ask(Request::Slots(registry)).await {
            Ok(Response::Slots(list)) => Ok(list),
            Ok(_) => Err(Failure::Nothing),
            Err(failure) => Err(failure),
        };
        let _shown = slots.try_set(Some(answer));
    });
    move || match slots.get() {
        None => view! { <Loading words="Reading the keys\u{2026}"/> }.into_any(),
        Some(Err(failure)) => view! { <Notice tone=Tone::Error><p>{failure.to_string()}</p></Notice> }.into_any(),
        Some(Ok(slots)) => match with.get() {
            With::Passphrase => view! { <KeyForm core registry slots on_other=other/> }.into_any(),
            // The way back is no part of the form, which may not come: the passphrase opens the registry without it.
            With::Sheet => view! {
                {places::with_sheet(core, registry, slots)}
                <p class="actions"><Button kind=ButtonKind::Quiet on_press=other>"Use the passphrase"</Button></p>
            }
            .into_any(),
        },
    }
}

#[component]
fn KeyForm(
    core: Core,
    registry: RegistryId,
    slots: Vec<SlotView>,
    /// Asks for the recovery sheet instead.
    on_other: Callback<()>,
) -> impl IntoView {
    let gate = use_gate();
    let errors = FormErrors::new();
    let passphrase = RwSignal::new(String::new());
    let slot = RwSignal::new(slots.first().map(|slot| slot.slot.clone()));
    let busy = RwSignal::new(false);
    let wait = RwSignal::new(slots.iter().map(|slot| slot.wait).max().unwrap_or_default());
    count_down(wait);
    let cancel = StoredValue::new_local(Cancel::default());
    let labels = labels(&slots);
    let slots = StoredValue::new(slots);
    let attempt = move || async move {
        let slot = slot.get_untracked().unwrap_or_default();
        let typed = zeroize::Zeroizing::new(passphrase.get_untracked());
        let key = slots.with_value(|slots| key_of(slots, &slot))?;
        let key = derive(&typed, key, &cancel.get_value())
            .await
            .map_err(|error| Failure::Browser(error.to_string()))?;
        core.ask(Request::Unlock { registry, slot, key }).await
    };
    let send = move |()| {
        if busy.get_untracked() || wait.get_untracked() > 0 {
            return;
        }
        if passphrase.with_untracked(String::is_empty) {
            errors.set(vec![error("passphrase", "Enter your passphrase")]);
            return;
        }
        errors.clear();
        busy.set(true);
        spawn_local(async move {
            let result = attempt().await;
            busy.set(false);
            match result {
                Ok(Response::Opened(opened)) => {
                    passphrase.set(String::new());
                    gate.open(core, *opened);
                }
                Ok(_) => errors.set_whole(Failure::Nothing.to_string()),
                Err(failure) => {
                    if let Failure::WrongKey { wait: seconds } = failure {
                        wait.set(seconds);
                    }
                    errors.set(vec![error("passphrase", &failure.to_string())]);
                }
            }
        });
    };
    view! {
        <Form errors on_submit=send label="Unlock">
            <WhichKey labels value=slot/>
            <PassphraseField id="passphrase" label="Passphrase" value=passphrase/>
            <Wait wait/>
            <div class="actions">
                <Submit busy=Signal::derive(move || busy.get() || wait.get() > 0) busy_words="Unlock">"Unlock"</Submit>
                <Show when=move || busy.get()>
                    <Loading words="Checking\u{2026}"/>
                    <Button on_press=move |()| cancel.with_value(Cancel::cancel)>"Cancel"</Button>
                </Show>
                <Button kind=ButtonKind::Quiet on_press=move |()| on_other.run(())>"Use the recovery sheet"</Button>
            </div>
            <Show when=move || busy.get()><LongWork core/></Show>
        </Form>
    }
}

/// How the key of a slot is derived.
fn key_of(slots: &[SlotView], slot: &str) -> Result<KdfRecipe, Failure> {
    let slot = slots.iter().find(|one| one.slot == slot).ok_or(Failure::Nothing)?;
    recipe_of(slot).map_err(|error| Failure::Damage(error.to_string()))
}

/// Slots with their labels.
fn labels(slots: &[SlotView]) -> Vec<(String, String)> {
    slots
        .iter()
        .map(|slot| (slot.slot.clone(), slot.label.clone()))
        .collect()
}

fn error(field: &str, text: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        text: text.to_owned(),
    }
}

/// Whose key it is: a choice where there are several.
#[component]
fn WhichKey(labels: Vec<(String, String)>, value: RwSignal<Option<String>>) -> impl IntoView {
    match labels.as_slice() {
        [(_, label)] => view! { <p>"Key: "<strong>{label.clone()}</strong></p> }.into_any(),
        _ => view! { <Choice id="slot" legend="Your key" options=labels value/> }.into_any(),
    }
}

/// How long until the next try.
#[component]
fn Wait(wait: RwSignal<u32>) -> impl IntoView {
    view! {
        <p class="wait" role="status">
            {move || (wait.get() > 0).then(|| format!("Wait {} before the next try. Nothing is wiped.", format::count(wait.get().into(), "second", "seconds")))}
        </p>
    }
}

/// Counts seconds down to none.
fn count_down(wait: RwSignal<u32>) {
    let tick = set_interval_with_handle(
        move || {
            if wait.try_get_untracked().is_some_and(|left| left > 0) {
                wait.update(|wait| *wait -= 1);
            }
        },
        Duration::from_secs(1),
    );
    if let Ok(tick) = tick {
        on_cleanup(move || tick.clear());
    }
}
