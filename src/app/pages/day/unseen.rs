//! Nothing urgent is left unseen: who asks to leave the evening, or to lock from it, is shown by name what nobody has seen
//! today, and goes on when each was opened or acknowledged.

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, ButtonLink, CrisisLines, Dialog, StatusTag};
use crate::app::effects::effect;
use crate::app::gate::use_lock;
use crate::app::route::Route;
use crate::app::router::{Leave, use_router};
use crate::app::seen::Seen;
use crate::app::typed::capital;
use crate::registry::EveningItem;

/// Watches over leaving, and shows the dialog.
#[component]
pub fn Leaving(
    /// What is urgent and unseen.
    unseen: Memo<Vec<EveningItem>>,
) -> impl IntoView {
    let (router, lock, seen) = (use_router(), use_lock(), expect_context::<Seen>());
    let asked = RwSignal::new(None::<Leave>);
    let open = RwSignal::new(false);
    router.guard(move |leave| {
        let goes_on = match leave {
            // To a record, or to somebody in danger, is no leaving for home.
            Leave::For(Some(route)) => route.chart().is_some() || route == Route::Crisis || route == Route::Evening,
            Leave::For(None) | Leave::Lock => false,
        };
        if goes_on || unseen.with_untracked(Vec::is_empty) {
            return true;
        }
        asked.set(Some(leave));
        open.set(true);
        false
    });
    // As long as something is unseen, locking and closing lead back here from every page.
    effect(move |_| seen.owe(!unseen.with(Vec::is_empty)));
    effect(move |_| {
        let Some(going) = seen.take_going() else { return };
        match (unseen.with_untracked(Vec::is_empty), going) {
            (false, _) => {
                asked.set(Some(going));
                open.set(true);
            }
            (true, Leave::Lock) => lock.run(()),
            (true, Leave::For(_)) => {}
        }
    });
    effect(move |_| {
        if !unseen.with(Vec::is_empty) || !open.get_untracked() {
            return;
        }
        open.set(false);
        match asked.get_untracked() {
            Some(Leave::Lock) => lock.run(()),
            Some(Leave::For(Some(route))) => router.go(route),
            Some(Leave::For(None)) | None => {}
        }
    });
    view! {
        <Dialog open title="Not seen, or not done, today">
            <p>"These come first. Nobody has opened or done anything about them today, or something about them is due today and not done. Open each, or say that you have seen it; then this page is left."</p>
            <ul class="unseen-list">
                {move || unseen.get().into_iter().map(|item| view! { <Unseen item/> }).collect_view()}
            </ul>
            <CrisisLines/>
        </Dialog>
    }
}

/// One that nobody has seen: open it, or say so by name.
#[component]
pub fn Unseen(
    /// The item.
    item: EveningItem,
) -> impl IntoView {
    let seen = expect_context::<Seen>();
    let item = item.item;
    let (chart, kind) = (item.chart, item.kind);
    let href = match item.concern {
        Some(concern) => Route::Safety(chart, concern),
        None => Route::Patient(chart),
    };
    let open = format!("Open: {}", item.name);
    let says = format!("I have seen it: {}", item.name);
    view! {
        <li class="unseen">
            <span class="kind"><StatusTag kind/></span>
            <span class="name"><strong>{item.name.clone()}</strong>" "<span class="hint">{item.about.clone()}</span></span>
            <span class="reason">{capital(&item.reason)}</span>
            <span class="actions">
                <ButtonLink kind=ButtonKind::Primary href=href.href() says=open>"Open"</ButtonLink>
                <Button on_press=move |()| seen.acknowledge(chart) says>"I have seen it"</Button>
            </span>
        </li>
    }
}
