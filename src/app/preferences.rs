//! What this browser remembers of how its user likes the app. Nothing about patients.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::app::route::word;

const KEY: &str = "caseload.preferences";

/// The fewest minutes after which an idle page locks.
pub const LEAST_LOCK_MINUTES: u32 = 2;
/// The most minutes after which an idle page locks.
pub const MOST_LOCK_MINUTES: u32 = 30;

/// The fewest minutes without a key or a click after which a running timer is asked about.
pub const LEAST_GAP_MINUTES: u32 = 5;
/// The most minutes after which it is.
pub const MOST_GAP_MINUTES: u32 = 60;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Whether single keys do something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SingleKeys {
    /// They do.
    #[default]
    On,
    /// They don't: for speech input and for hands that rest on the keys (WCAG 2.2, 2.1.4).
    Off,
}

/// How the user likes the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Light or dark.
    pub theme: Theme,
    /// Minutes without a key or a click after which the page locks.
    pub lock_minutes: u32,
    /// Whether single keys do something.
    pub single_keys: SingleKeys,
    /// Minutes without a key or a click after which a timer that ran on is asked about.
    pub gap_minutes: u32,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            lock_minutes: 10,
            single_keys: SingleKeys::On,
            gap_minutes: 15,
        }
    }
}

/// The preferences, as a signal that is written to local storage whenever it is set through [`Preferred::change`].
#[derive(Clone, Copy)]
pub struct Preferred(RwSignal<Preferences>);

impl Preferred {
    /// Reads what this browser remembers, and makes it the context's.
    pub fn provide() -> Self {
        let mut preferences: Preferences = LocalStorage::get(KEY).unwrap_or_default();
        preferences.lock_minutes = preferences.lock_minutes.clamp(LEAST_LOCK_MINUTES, MOST_LOCK_MINUTES);
        preferences.gap_minutes = preferences.gap_minutes.clamp(LEAST_GAP_MINUTES, MOST_GAP_MINUTES);
        show(preferences.theme);
        let preferred = Self(RwSignal::new(preferences));
        provide_context(preferred);
        preferred
    }
    /// The preferences.
    pub fn get(&self) -> Preferences {
        self.0.get()
    }
    /// The preferences, without following them.
    pub fn get_untracked(&self) -> Preferences {
        self.0.get_untracked()
    }
    /// Changes and remembers them. A browser that refuses local storage remembers nothing and goes on.
    pub fn change(&self, change: impl FnOnce(&mut Preferences)) {
        self.0.update(change);
        let preferences = self.0.get_untracked();
        show(preferences.theme);
        let _remembered = LocalStorage::set(KEY, preferences);
    }
}

/// The preferences of this page.
pub fn use_preferences() -> Preferred {
    expect_context()
}

/// Marks the root element, from which the colours follow.
fn show(theme: Theme) {
    let root = document().document_element();
    if let Some(root) = root {
        let _marked = root.set_attribute("data-theme", &word(theme));
    }
}
