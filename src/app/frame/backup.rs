//! The reminder to save a backup: a banner after a day with changes that are in no file, in the way after two.

use std::time::Duration;

use leptos::prelude::*;

use crate::app::effects::effect;
use leptos::task::spawn_local;

use crate::app::browser;
use crate::app::components::{Button, ButtonKind, CrisisLines, Dialog, Notice, Tone};
use crate::app::format;
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::{Answer, Desk, use_desk};
use crate::registry::{Failure, Request, Response, Scope, StorageView};

/// Days without a backup after which the banner shows.
const BANNER_DAYS: i64 = 1;
/// Days without a backup after which the reminder stands in the way.
const BLOCK_DAYS: i64 = 2;
/// How long the reminder steps aside for somebody who is with a patient.
const ASIDE: Duration = Duration::from_secs(30 * 60);

/// How urgent a backup is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    None,
    Never,
    Days(i64),
}

fn need(desk: Desk, storage: Answer<StorageView>) -> Signal<Need> {
    let today = desk.today();
    Signal::derive(move || {
        let value = storage.value().get();
        match value {
            Some(view) if view.unsaved > 0 && !desk.is_training() => match view.last_backup {
                Some(day) => Need::Days(today.get().since(day)),
                None => Need::Never,
            },
            _ => Need::None,
        }
    })
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
        let result = match desk.core().ask_file(Request::Export(Scope::All)).await {
            Ok((Response::File { name, media }, bytes)) => browser::save_file(&name, &media, &bytes)
                .map(|()| name)
                .map_err(|_error| Failure::Browser("The browser refused to save the file.".to_owned())),
            Ok(_) => Err(Failure::File("The file could not be made.".to_owned())),
            Err(failure) => Err(failure),
        };
        if result.is_ok() {
            desk.changed();
        }
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
        Need::Never => {
            Some("No backup was ever saved. This browser is the only place that holds this registry.".to_owned())
        }
        Need::Days(days) if days >= BANNER_DAYS => Some(format!(
            "The last backup is {} old. What was saved since then is in this browser only.",
            format::count(days.unsigned_abs(), "day", "days")
        )),
        Need::None | Need::Days(_) => None,
    };
    let outcome = RwSignal::new(None);
    move || {
        let here = router.get() == Some(Route::Settings);
        words().filter(|_| !here).map(|words| {
            view! {
                <Notice tone=Tone::Warning>
                    <p>{words}</p>
                    <div class="actions">
                        <Button on_press=move |()| save_backup(desk, outcome)>"Save a backup"</Button>
                        <a href=Route::Send.href()>"More ways to keep a copy"</a>
                    </div>
                    <Outcome outcome/>
                </Notice>
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
        let due = matches!(need.get(), Need::Days(days) if days >= BLOCK_DAYS);
        // An open contact or crisis form is never covered.
        open.set(due && !aside.get() && desk.holds.get() == 0);
    });
    effect(move |before: Option<bool>| {
        let is_open = open.get();
        let closed_by_hand = before == Some(true) && !is_open;
        if closed_by_hand && matches!(need.get_untracked(), Need::Days(days) if days >= BLOCK_DAYS) {
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
