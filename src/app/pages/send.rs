//! Send and receive: handoff files out and in.

use leptos::prelude::*;

mod changes;
mod choose;
mod cover_plan;
mod cover_sheet;
mod coverage;
mod export;
mod held;
mod join;
mod opening;
mod packet;
mod protect;
mod receive;
mod settings;

pub use join::{JoinPanel, Joined};

/// Send and receive: `#/send`.
#[component]
pub fn SendPage() -> impl IntoView {
    let is_packet = crate::app::state::use_desk().is_packet();
    provide_context(protect::Protection::new());
    let send = match is_packet {
        true => view! { <packet::ReplyPanel/> }.into_any(),
        false => view! {
            <div class="no-print"><export::ExportPanel/></div>
            <coverage::CoveragePanel/>
        }
        .into_any(),
    };
    view! {
        <div class="page send-page">
            <h1>"Send and receive"</h1>
            <protect::ProtectionPanel/>
            {send}
            <receive::ReceivePanel/>
        </div>
    }
}
