//! Which version this is, and whether it works without a network.

use leptos::ev;
use leptos::prelude::*;

use super::Section;
use crate::app::browser::{contract, version};
use crate::app::route::Route;

/// Version, offline state, credits.
#[component]
pub fn AboutSection() -> impl IntoView {
    let offline = RwSignal::new(offline_words());
    let update = RwSignal::new(contract("updateWaiting").as_bool().unwrap_or_default());
    let listener = window_event_listener(ev::Custom::<ev::Event>::new("caseload:status"), move |_| {
        offline.set(offline_words());
        update.set(contract("updateWaiting").as_bool().unwrap_or_default());
    });
    on_cleanup(move || listener.remove());
    view! {
        <Section id="about-section">
            <dl class="facts">
                <dt>"Version"</dt>
                <dd>{version()}</dd>
                <dt>"Without a network"</dt>
                <dd>{offline}</dd>
                <dt>"License"</dt>
                <dd>"Apache 2.0. "<a href=Route::Credits.href()>"Credits and notices"</a></dd>
                <dt>"Confidentiality"</dt>
                <dd><a href=Route::Privacy.href()>"For your privacy officer"</a></dd>
                <dt>"Audit"</dt>
                <dd><a href=Route::Audit(None).href()>"Who wrote what, by day"</a>", "<a href=Route::Erased.href()>"erased records"</a></dd>
            </dl>
            <Show when=move || update.get()>
                <p>"A newer version is stored. It starts when every tab of Caseload is closed."</p>
            </Show>
            <p class="quiet-text prose">
                "Caseload reminds, counts and shows its reasons. It doesn\u{2019}t diagnose, doesn\u{2019}t decide, and alerts nobody else. It supports \
                safeguards of 45 CFR 164.312, such as access control and encryption; whether your use is compliant depends on how your clinic works."
            </p>
        </Section>
    }
}

fn offline_words() -> &'static str {
    if contract("singleFile").as_bool().unwrap_or_default() {
        return "Works: this is a file";
    }
    match contract("offline").as_string().as_deref() {
        Some("ready") => "Works",
        Some("preparing") => "Being prepared",
        Some("failed") => "Could not be prepared; needs a network to start",
        _ => "Not in this browser; needs a network to start",
    }
}
