//! What holds in this browser: when it locks, how it looks, what it stores.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Section;
use crate::app::browser::{ask_to_persist, has_own_address};
use crate::app::components::{
    Button, Choice, DayText, FailureNotice, Form, FormErrors, Loading, Notice, NumberField, Submit, Tone,
};
use crate::app::effects::effect;
use crate::app::format;
use crate::app::frame::{Outcome, follow_storage, save_backup};
use crate::app::pages::SingleKeysChoice;
use crate::app::pages::scripts::ScriptsChoice;
use crate::app::preferences::{LEAST_LOCK_MINUTES, MOST_LOCK_MINUTES, Theme, use_preferences};
use crate::app::state::use_desk;
use crate::app::tabs::use_tabs;
use crate::registry::{Standing, StorageView};

/// Lock, look and storage.
#[component]
pub fn BrowserSection() -> impl IntoView {
    view! {
        <Section id="browser-section">
            <LockForm/>
            <super::gap::GapForm/>
            <Looks/>
            <ScriptsChoice/>
            <OtherTabs/>
            <Storage/>
            <super::upkeep::Upkeep/>
        </Section>
    }
}

#[component]
fn LockForm() -> impl IntoView {
    let preferences = use_preferences();
    let errors = FormErrors::new();
    let minutes = RwSignal::new(preferences.get_untracked().lock_minutes.to_string());
    let said = RwSignal::new(None::<String>);
    let save = move |()| {
        let range = LEAST_LOCK_MINUTES..=MOST_LOCK_MINUTES;
        match format::parse_whole(&minutes.get_untracked(), "Minutes until it locks", range) {
            Ok(minutes) => {
                errors.clear();
                preferences.change(|preferences| preferences.lock_minutes = minutes);
                said.set(Some(format!(
                    "Locks after {}.",
                    format::count(minutes.into(), "idle minute", "idle minutes")
                )));
            }
            Err(text) => {
                said.set(None);
                errors.set(vec![crate::app::components::FieldError {
                    field: "lock-minutes".to_owned(),
                    text,
                }]);
            }
        }
    };
    view! {
        <Form errors on_submit=save label="Locking">
            <NumberField
                id="lock-minutes"
                label="Lock after"
                unit="idle minutes"
                value=minutes
                hint="2 to 30. An open contact or safety form keeps it open up to an hour. It always locks after 8 hours."
            />
            <div class="actions">
                <Submit>"Save lock"</Submit>
                <span role="status">{said}</span>
            </div>
        </Form>
    }
}

#[component]
fn Looks() -> impl IntoView {
    let preferences = use_preferences();
    let theme = RwSignal::new(Some(preferences.get_untracked().theme));
    effect(move |before: Option<()>| {
        let chosen = theme.get();
        if let (Some(chosen), Some(())) = (chosen, before) {
            preferences.change(|preferences| preferences.theme = chosen);
        }
    });
    let options = vec![
        (Theme::System, "As the system has it".to_owned()),
        (Theme::Light, "Light".to_owned()),
        (Theme::Dark, "Dark".to_owned()),
    ];
    view! {
        <div class="stack">
            <Choice id="theme" legend="Colors" options value=theme/>
            <SingleKeysChoice id="single-keys"/>
        </div>
    }
}

/// Whether this tab writes, and what guards the data where the browser has no locks.
#[component]
fn OtherTabs() -> impl IntoView {
    let standing = use_tabs().standing();
    let words = move || match standing.get() {
        Standing::Writing | Standing::TookOver => {
            "This tab writes. Other tabs with the same registry follow it and only read, until one of them takes over."
        }
        Standing::Following => {
            "Another tab is writing. This one only reads, until it takes over or the other is closed."
        }
        Standing::Unguarded => {
            "This browser gives this page no locks between tabs, so every tab can write. No tab overwrites what \
             another saved, but an import can be cut off by another tab that is unlocked meanwhile: work in one tab."
        }
    };
    view! {
        <h3>"Tabs"</h3>
        <p>{words}</p>
    }
}

#[component]
fn Storage() -> impl IntoView {
    let desk = use_desk();
    let storage = follow_storage(desk);
    let outcome = RwSignal::new(None);
    let asked = RwSignal::new(None::<&'static str>);
    let ask = move |()| {
        spawn_local(async move {
            asked.set(Some(match ask_to_persist().await {
                Some(true) => "The browser promised to keep it.",
                Some(false) => "The browser did not promise. Add Caseload to the home screen or the bookmarks, then ask again. Save backups either way.",
                None => "This browser can\u{2019}t be asked. Save backups.",
            }));
            desk.changed();
        });
    };
    let facts = move || match (storage.value().get(), storage.failure().get()) {
        (Some(view), _) => view! { <StorageFacts view=(*view).clone()/> }.into_any(),
        (None, Some(failure)) => view! { <FailureNotice failure/> }.into_any(),
        (None, None) => view! { <Loading words="Asking the browser\u{2026}"/> }.into_any(),
    };
    let shared = (!has_own_address()).then(|| {
        view! {
            <Notice tone=Tone::Warning title="This address may be shared">
                <p>"A page opened as a file, or on a host that other pages share, keeps its data where those pages can reach the store. It is encrypted, but it can be deleted. Real registries want an address of their own."</p>
            </Notice>
        }
    });
    view! {
        <h3>"Storage"</h3>
        {shared}
        {facts}
        <div class="actions">
            <Button on_press=move |()| save_backup(desk, outcome)>"Save a backup"</Button>
            <Button on_press=ask>"Ask the browser to keep the data"</Button>
            <span role="status">{asked}</span>
        </div>
        <Outcome outcome/>
    }
}

#[component]
fn StorageFacts(view: StorageView) -> impl IntoView {
    let persistent = match view.persistent {
        Some(true) => "Yes, the browser promised to keep it",
        Some(false) => "Not promised: the browser may clear it when space runs low",
        None => "This browser doesn\u{2019}t say",
    };
    let used = match (view.used, view.quota) {
        (Some(used), Some(quota)) => format!("{} of {}", format::size(used), format::size(quota)),
        (Some(used), None) => format::size(used),
        (None, _) => "This browser doesn\u{2019}t say".to_owned(),
    };
    let backup = match view.last_backup {
        Some(day) => view! { <DayText day/> }.into_any(),
        None => "Never".into_any(),
    };
    view! {
        <dl class="facts">
            <dt>"Kept for good"</dt>
            <dd>{persistent}</dd>
            <dt>"Space used"</dt>
            <dd>{used}</dd>
            <dt>"Entries"</dt>
            <dd>{format::grouped(view.entries)}</dd>
            <dt>"Last backup"</dt>
            <dd>{backup}</dd>
            <dt>"Saved since then"</dt>
            <dd>{format::count(view.unsaved, "time", "times")}</dd>
        </dl>
    }
}
