//! Two versions to settle: what two copies wrote apart. Both are kept; a person says which holds.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, FailureNotice, Notice, Tone};
use crate::app::state::use_desk;
use crate::app::typed::capital;
use crate::care::intent::Intent;
use crate::journal::{ChartId, EntryId};
use crate::registry::{Failure, ForkVersion, ForkView, PatientView, UntilSettled};

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
    let version = move |version: ForkVersion| {
        let entry = version.entry;
        let says = format!("Keep this one: {}, {}", version.says, version.who);
        let field = |(name, value): (String, String)| view! { <div><dt>{capital(&name)}</dt><dd>{value}</dd></div> };
        let same = version.fields.is_empty();
        view! {
            <li>
                <p><strong>{version.says}</strong></p>
                <p class="hint">{version.who}</p>
                <dl>{version.fields.into_iter().map(field).collect_view()}</dl>
                {same.then(|| view! { <p class="hint">"Both say the same."</p> })}
                <Button on_press=move |()| keep(entry) says>"Keep this one"</Button>
            </li>
        }
    };
    let fork = move |fork: ForkView| {
        let until = match fork.until_settled {
            UntilSettled::Safer => "The safer version holds until you choose.",
            UntilSettled::Newer => "The newer shows until you choose.",
        };
        view! {
            <p><strong>{capital(&fork.what)}</strong>". "{until}</p>
            <ul class="versions">{fork.versions.into_iter().map(version).collect_view()}</ul>
        }
    };
    move || {
        let forks = view.with(|view| view.forks.clone());
        (!forks.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Warning title="Two versions to settle">
                    <p>"Two copies of this registry wrote these apart. Nothing is lost: both are kept."</p>
                    {forks.into_iter().map(fork).collect_view()}
                    {move || failure.get().map(|failure| view! { <FailureNotice failure/> })}
                </Notice>
            }
        })
    }
}
