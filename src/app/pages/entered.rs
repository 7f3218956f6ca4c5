//! What patients filled in while the registry was locked: a positive answer comes before everything, the rest is a notice.

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, ButtonLink, CrisisLines, Icon, IconName, Notice, Tone};
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::journal::ThingId;
use crate::registry::EnteredView;

/// The concerns that nobody has looked at yet.
pub fn unseen(entered: &[EnteredView]) -> Vec<ThingId> {
    let concerns = entered.iter().filter_map(|one| one.concern.as_ref());
    concerns.map(|(concern, _)| *concern).collect()
}

/// Patients whose answers opened or touched a concern, each with the way to its steps. There is no other way on: opening the steps is
/// the action, and leaving them asks for a reason.
#[component]
pub fn EnteredPage() -> impl IntoView {
    let entered = use_desk().entered();
    let alarming = move || {
        let all = entered.get();
        all.into_iter().filter(|one| one.concern.is_some()).collect::<Vec<_>>()
    };
    let one = |view: EnteredView| {
        let (concern, why) = view.concern?;
        Some(view! {
            <section class="entered-alarm">
                <h2><Icon name=IconName::Alert/>{view.name.clone()}</h2>
                <ul>
                    {why.into_iter().map(|line| view! { <li><strong>{line}</strong></li> }).collect_view()}
                    {view.lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                </ul>
                <p>"The concern is open and stays first on Today until a named person closes it."</p>
                <p class="actions">
                    <ButtonLink kind=ButtonKind::Primary href=Route::Safety(view.chart, concern).href() says=format!("Begin the safety steps for {}", view.name)>
                        "Begin the safety steps"
                    </ButtonLink>
                </p>
            </section>
        })
    };
    view! {
        <div class="entered-page">
            <div role="alert">
                <h1>"Look at this first"</h1>
                <p class="lead">"A patient gave a positive answer to a question about suicide or self-harm while this device was locked."</p>
            </div>
            {move || alarming().into_iter().filter_map(one).collect_view()}
            <Notice tone=Tone::Error title="Nobody else is alerted">
                <p>"See that the patient does not leave alone before somebody has talked with them."</p>
                <CrisisLines/>
            </Notice>
        </div>
    }
}

/// What else was filled in while locked: in the record, and named once.
#[component]
pub fn EnteredNotice() -> impl IntoView {
    let entered = use_desk().entered();
    let quiet = move || {
        let all = entered.get();
        all.into_iter().filter(|one| one.concern.is_none()).collect::<Vec<_>>()
    };
    let close = move |()| entered.update(|entered| entered.retain(|one| one.concern.is_some()));
    let line = |view: EnteredView| {
        view! {
            <li>
                <a href=Route::Patient(view.chart).href()>{view.name}</a>
                ": "
                {view.lines.join(". ")}
            </li>
        }
    };
    move || {
        let quiet = quiet();
        (!quiet.is_empty()).then(|| view! {
            <Notice tone=Tone::Info title="Entered while locked, now in the record">
                <ul>{quiet.into_iter().map(line).collect_view()}</ul>
                <div class="actions"><Button kind=ButtonKind::Quiet on_press=close>"Close this message"</Button></div>
            </Notice>
        })
    }
}
