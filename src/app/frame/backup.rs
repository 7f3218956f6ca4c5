//! The reminder to save a backup: a banner after a day with changes that are in no file, in the way after two.

use std::time::Duration;

use leptos::prelude::*;

use crate::app::effects::effect;
use leptos::task::spawn_local;

use crate::app::components::{Button, ButtonKind, CrisisLines, Dialog, Icon, IconName};
use crate::app::format;
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::{Answer, Desk, use_desk};
use crate::registry::{Failure, Request, Response, Scope, StorageView};

/// Hours with a change that no file holds, after which the banner shows.
const BANNER_HOURS: u64 = 24;
/// Hours with a change that no file holds, after which the reminder stands in the way.
const BLOCK_HOURS: u64 = 48;
const HOUR_MILLIS: u64 = 3_600_000;
/// What to know before the file is made, not after.
const PLAIN: &str = "The file is not encrypted: whoever gets it can read every record. Save it where only your clinic can open it, and empty \
     Downloads afterwards.";
/// How long the reminder steps aside for somebody who is with a patient.
const ASIDE: Duration = Duration::from_secs(30 * 60);

/// For how many hours something is in no file, and whether a backup was ever saved; nothing when all is in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Need {
    hours: u64,
    ever: bool,
}

fn need(desk: Desk, storage: Answer<StorageView>) -> Memo<Option<Need>> {
    Memo::new(move |_| {
        let view = storage.value().get()?;
        let since = view
            .unsaved_since
            .filter(|_| !desk.is_training() && !desk.is_packet())?;
        Some(Need {
            hours: desk.now().get().saturating_sub(since) / HOUR_MILLIS,
            ever: view.last_backup.is_some(),
        })
    })
}

fn blocks(need: Option<Need>) -> bool {
    need.is_some_and(|need| need.hours >= BLOCK_HOURS)
}

/// What the browser says of storage, asked again after every save.
pub fn follow_storage(desk: Desk) -> Answer<StorageView> {
    desk.follow(
        || Request::Storage,
        |response| match response {
            Response::Storage(view) => Some(view),
            _ => None,
        },
    )
}

/// Saves a backup file of everything.
pub fn save_backup(desk: Desk, outcome: RwSignal<Option<Result<String, Failure>>>) {
    spawn_local(async move {
        let result = desk.save_file(Request::Export(Scope::All)).await;
        outcome.set(Some(result));
    });
}

/// A banner while there are changes that no file holds for a day or more.
#[component]
pub fn BackupBanner() -> impl IntoView {
    let desk = use_desk();
    let router = use_router();
    let storage = follow_storage(desk);
    let need = need(desk, storage);
    let words = move || match need.get() {
        Some(need) if !need.ever => Some("No backup was ever saved. Only this browser holds this registry.".to_owned()),
        Some(need) if need.hours >= BANNER_HOURS => Some(format!(
            "For {} now, what you saved is in this browser only.",
            format::count(need.hours / 24, "day", "days")
        )),
        _ => None,
    };
    let outcome = RwSignal::new(None);
    move || {
        let here = router.get() == Some(Route::Settings);
        words().filter(|_| !here).map(|words| {
            view! {
                <div class="notice-line backup" role="status">
                    <Icon name=IconName::Alert/>
                    <p>{words}" "{PLAIN}</p>
                    <Button on_press=move |()| save_backup(desk, outcome)>"Save a backup"</Button>
                    <a href=Route::Send.href()>"More ways"</a>
                    <Outcome outcome/>
                </div>
            }
        })
    }
}

/// Stands in the way after two days, and steps aside for half an hour when asked.
#[component]
pub fn BackupGate() -> impl IntoView {
    let desk = use_desk();
    let storage = follow_storage(desk);
    let need = need(desk, storage);
    let open = RwSignal::new(false);
    let aside = RwSignal::new(false);
    let outcome = RwSignal::new(None);
    effect(move |_| {
        let due = blocks(need.get());
        // An open contact or crisis form is never covered.
        open.set(due && !aside.get() && desk.holds.get() == 0);
    });
    effect(move |before: Option<bool>| {
        let is_open = open.get();
        let closed_by_hand = before == Some(true) && !is_open;
        if closed_by_hand && blocks(need.get_untracked()) {
            aside.set(true);
            set_timeout(
                move || {
                    let _again = aside.try_set(false);
                },
                ASIDE,
            );
        }
        is_open
    });
    view! {
        <Dialog open title="Save a backup first">
            <p>
                "For two days or more, what you saved is in this browser only. If this computer is lost or the browser\u{2019}s \
                data is cleared, it is gone."
            </p>
            <p><strong>{PLAIN}</strong></p>
            <Outcome outcome/>
            <div class="actions">
                <Button kind=ButtonKind::Primary on_press=move |()| save_backup(desk, outcome)>"Save a backup"</Button>
                <Button on_press=move |()| open.set(false)>"I am with a patient: ask in 30 minutes"</Button>
            </div>
            <CrisisLines/>
        </Dialog>
    }
}

/// What came of saving a backup.
#[component]
pub fn Outcome(
    /// The name of the file that was given to the browser, or why there is none.
    outcome: RwSignal<Option<Result<String, Failure>>>,
) -> impl IntoView {
    move || {
        outcome.get().map(|outcome| match outcome {
            Ok(name) => view! {
                <p role="status">"Given to the browser as "<strong>{name}</strong>". Look for it among your downloads, and keep it where only the clinic can read it."</p>
            }
            .into_any(),
            Err(failure) => view! { <p class="error" role="alert">{failure.to_string()}</p> }.into_any(),
        })
    }
}
