//! Long work: how far it is, and a way out of it.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Button;
use crate::app::core::Core;
use crate::app::format;
use crate::registry::{Request, Response, Stage, Work};

/// How often the core is asked how far it is.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// How far the core's long work is, with a count and a button that ends it. Whatever it was doing is then answered
/// with [`Failure::Cancelled`](crate::registry::Failure::Cancelled).
#[component]
pub fn LongWork(
    /// The core.
    core: Core,
    /// What is said until the core tells more; without it nothing is shown until then.
    #[prop(optional, into)]
    words: Option<String>,
    /// Is run too when it is cancelled: for what the core isn't asked yet.
    #[prop(optional, into)]
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let work = RwSignal::new(None::<Work>);
    let cancelled = RwSignal::new(false);
    let look = move || {
        spawn_local(async move {
            if let Ok(Response::Progress(now)) = core.ask(Request::Progress).await {
                let _gone = work.try_set(now);
            }
        });
    };
    look();
    if let Ok(looking) = set_interval_with_handle(look, LOOK_EVERY) {
        on_cleanup(move || looking.clear());
    }
    let cancel = move |()| {
        cancelled.set(true);
        if let Some(on_cancel) = on_cancel {
            on_cancel.run(());
        }
        spawn_local(async move {
            let _heard = core.ask(Request::Cancel).await;
        });
    };
    let waits = StoredValue::new(words);
    let shown = Memo::new(move |_| work.with(Option::is_some) || waits.with_value(Option::is_some));
    let line = move || match work.get() {
        Some(work) => line(work),
        None => waits.get_value().unwrap_or_default(),
    };
    // Whoever listens hears each stage begin and every quarter of it, not each number.
    let said = Memo::new(move |_| work.get().map_or_else(|| waits.get_value().unwrap_or_default(), spoken));
    let total = Memo::new(move |_| work.get().map_or(0, |work| work.total));
    let bar = move || match total.get() {
        // Without a value the browser shows that something moves.
        0 => view! { <progress aria-label="Progress"></progress> }.into_any(),
        total => {
            let done = move || work.get().map_or(total, |work| work.done.min(total)).to_string();
            view! { <progress aria-label="Progress" max=total.to_string() value=done></progress> }.into_any()
        }
    };
    let can_end = Memo::new(move |_| work.get().is_none_or(|work| work.stage.can_be_cancelled()));
    let button =
        move || (can_end.get() && !cancelled.get()).then(|| view! { <Button on_press=cancel>"Cancel"</Button> });
    move || {
        shown.get().then(|| {
            view! {
                <div class="long-work">
                    <p class="loading" aria-hidden="true">{line}</p>
                    <p class="visually-hidden" role="status">{said}</p>
                    <div class="actions">{bar}{button}</div>
                </div>
            }
        })
    }
}

/// How far the work is: `3,412 of 10,000 patients written`.
fn line(work: Work) -> String {
    let Work { stage, done, total } = work;
    let of = |unit: &str| match total {
        0 => String::new(),
        _ => format!(" {} of {} {unit}", format::grouped(done), format::grouped(total)),
    };
    match stage {
        Stage::Cells => format!("Reading the workbook: {} cells", format::grouped(done)),
        Stage::Reading if total == 0 => "Reading\u{2026}".to_owned(),
        Stage::Reading => format!("Reading {} of {}", format::size(done), format::size(total)),
        Stage::Planning => format!("Reading the rows:{}", of("rows")),
        Stage::Comparing => format!("Comparing with what is here:{}", of("patients")),
        Stage::Writing => format!(
            "Writing:{}. Nothing is shown until all of it is written.",
            of("patients")
        ),
        Stage::Publishing => {
            "Making it part of the registry\u{2026} This is one step, and can\u{2019}t be stopped any more.".to_owned()
        }
        Stage::Folding => format!("Working out the lists:{}", of("patients")),
        Stage::Collecting => format!("Putting the file together:{}", of("patients")),
        Stage::Checking => format!("Looking whether everything can be read:{}", of("records")),
    }
}

/// The same for whoever listens: it changes with each stage and each quarter of it.
fn spoken(work: Work) -> String {
    let quarter = match work.total {
        0 => 0,
        total => 4 * work.done.min(total) / total,
    };
    let at = Work {
        done: work.total * quarter / 4,
        ..work
    };
    line(at)
}
