//! The caseload, or some patients, as a file.

use leptos::prelude::*;

use super::choose::ChoosePatients;
use super::held::HeldBack;
use super::protect::SaveButton;
use crate::app::components::{ButtonKind, Choice};
use crate::app::format;
use crate::registry::{FoundPatient, Included, Request, Scope};

/// Which patients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// All, with the registry's own chart: another browser can begin from it.
    All,
    /// Some.
    Chosen,
    /// Those of the case review, for the consultant.
    Packet,
}

/// Sending.
#[component]
pub(super) fn ExportPanel() -> impl IntoView {
    let who = RwSignal::new(Some(Who::All));
    let chosen = RwSignal::new(Vec::<FoundPatient>::new());
    let some = move || matches!(who.get(), Some(Who::Chosen | Who::Packet));
    let packet = move || who.get() == Some(Who::Packet);
    let options = vec![
        (
            Who::All,
            "The whole caseload: a colleague with an empty browser can begin from it".to_owned(),
        ),
        (Who::Chosen, "Only patients that you choose".to_owned()),
        (
            Who::Packet,
            "A packet for the consultant: the case review\u{2019}s patients, to be opened without an account"
                .to_owned(),
        ),
    ];
    let holds = move || match who.get() {
        Some(Who::Chosen) => {
            let chosen = format::count(chosen.with(Vec::len) as u64, "patient", "patients");
            format!(
                "The file holds the record of {chosen}: names, telephone numbers, scores, notes; without what is held back."
            )
        }
        Some(Who::Packet) => {
            let chosen = format::count(chosen.with(Vec::len) as u64, "patient", "patients");
            format!(
                "The file holds the record of {chosen} and the names of the clinic\u{2019}s people; without what is held back. The \
                 consultant opens it on the first page of Caseload in an empty browser, and sends back a reply."
            )
        }
        _ => "The file holds every patient\u{2019}s whole record: names, telephone numbers, scores, notes; and the \
              clinic\u{2019}s settings and people."
            .to_owned(),
    };
    let included = RwSignal::new(Vec::<Included>::new());
    let request = move |()| match who.get_untracked() {
        Some(Who::Chosen) => Request::Export(Scope::Charts(
            chosen.with_untracked(|chosen| chosen.iter().map(|p| p.chart).collect()),
            included.get_untracked(),
        )),
        Some(Who::Packet) => Request::Export(Scope::Packet(
            chosen.with_untracked(|chosen| chosen.iter().map(|p| p.chart).collect()),
            included.get_untracked(),
        )),
        _ => Request::Export(Scope::All),
    };
    let nobody = move || some() && chosen.with(Vec::is_empty);
    view! {
        <section aria-labelledby="send">
            <h2 id="send">"Send"</h2>
            <Choice id="send-who" legend="What to send" options value=who stacked=true/>
            <Show when=packet>{super::packet::propose(chosen)}</Show>
            <Show when=some>
                <ChoosePatients chosen/>
                <HeldBack chosen included/>
            </Show>
            <p>{holds}" What you write afterwards is not in it."</p>
            <Show
                when=move || !nobody()
                fallback=|| view! { <p class="hint">"Choose at least one patient."</p> }
            >
                <SaveButton kind=ButtonKind::Primary request=request>"Save the file"</SaveButton>
            </Show>
        </section>
    }
}
