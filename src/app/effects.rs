//! Effects that never outlive what they read.

use leptos::prelude::*;

/// Runs when what it reads changes, as [`Effect::new`] does, but never after its component is gone.
///
/// The framework runs a new effect once at the next tick even when its owner was disposed meanwhile, as happens to a
/// part of a page that is drawn twice in one tick; what it reads is disposed by then, and reading it would stop the
/// app.
pub fn effect<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
    let alive = StoredValue::new(());
    Effect::new(move |before: Option<Option<T>>| {
        alive.try_get_value()?;
        Some(run(before.flatten()))
    });
}
