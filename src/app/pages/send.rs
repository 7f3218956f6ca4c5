//! Send and receive: handoff files out and in.

use leptos::prelude::*;

mod changes;
mod choose;
mod export;
mod held;
mod join;
mod receive;

pub use join::{JoinPanel, Joined};

/// Send and receive: `#/send`.
#[component]
pub fn SendPage() -> impl IntoView {
    view! {
        <div class="page send-page">
            <h1>"Send and receive"</h1>
            <export::ExportPanel/>
            <receive::ReceivePanel/>
        </div>
    }
}
