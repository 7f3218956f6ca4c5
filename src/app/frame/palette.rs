//! The command palette: Ctrl+K, and the whole app by typing.

use leptos::ev;
use leptos::prelude::*;

use crate::app::browser;
use crate::app::components::Dialog;
use crate::app::finder::Finder;

/// Opens with Ctrl+K or Command+K, also from within a field.
#[component]
pub fn Palette() -> impl IntoView {
    let open = RwSignal::new(false);
    let listener = window_event_listener(ev::keydown, move |event| {
        let held = event.ctrl_key() || event.meta_key();
        if held && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            // A screen that is shared shows one patient, and no list of names.
            if browser::is_there(".meeting") {
                return;
            }
            open.update(|open| *open = !*open);
            request_animation_frame(|| browser::focus("palette"));
        }
    });
    on_cleanup(move || listener.remove());
    view! {
        <Dialog open title="Go to, or do" class="palette">
            <Finder id="palette" eager=true on_done=move |()| open.set(false)/>
        </Dialog>
    }
}
