//! Two versions to settle: what two copies wrote apart. Both are kept; a person says which holds.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, FailureNotice, Notice, Tone};
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::journal::{ChartId, EntryId};
use crate::registry::{Failure, ForkView, PatientView};

#[component]
pub fn Forks(
    /// Whose chart.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let desk = use_desk();
    let failure = RwSignal::new(None::<Failure>);
    let keep = move |entry: EntryId| {
        let intent = Intent::Settle { chart, keep: entry };
        desk.submit(intent, "Version settled", move |result| failure.set(result.err()));
    };
    let version = move |(entry, says, who): (EntryId, String, String)| {
        view! {
            <li>
                <span>{says}</span>
                <span class="hint">{who}</span>
                <Button on_press=move |()| keep(entry)>"Keep this one"</Button>
            </li>
        }
    };
    let fork = move |fork: ForkView| {
        view! {
            <p><strong>{fork.what}</strong></p>
            <ul class="versions">{fork.versions.into_iter().map(version).collect_view()}</ul>
        }
    };
    move || {
        let forks = view.with(|view| view.forks.clone());
        (!forks.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Warning title="Two versions to settle">
                    <p>"Two copies of this registry wrote these apart. Nothing is lost: until you choose, the safer version holds."</p>
                    {forks.into_iter().map(fork).collect_view()}
                    {move || failure.get().map(|failure| view! { <FailureNotice failure/> })}
                </Notice>
            }
        })
    }
}
