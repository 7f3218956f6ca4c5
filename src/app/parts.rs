//! The parts of the module that come on first use.
//!
//! The site's module is cut where [`part!`] says (`scripts/build.sh` with the feature `parts`; docs/decisions/0024). A part
//! is fetched when it is first wanted and stays. Without the feature, as in tests and while developing, nothing is cut: every
//! part is here from the start.

use std::future::Future;
use std::pin::Pin;

use futures_util::FutureExt as _;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::registry::Failure;

use super::components::{Button, ButtonKind, CrisisLines, Loading, Notice, Tone};

/// A part could not be fetched: no network and nothing kept, or the site has a newer version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a part of Caseload could not be loaded")]
pub struct PartMissing;

#[cfg(feature = "parts")]
impl From<leptos::wasm_split::SplitLoaderError> for PartMissing {
    fn from(_error: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

impl From<PartMissing> for Failure {
    fn from(_missing: PartMissing) -> Self {
        Self::Browser(
            "A part of Caseload could not be loaded. Your data is safe; nothing was changed. Check the network, then try \
             again, or reload this page."
                .to_owned(),
        )
    }
}

/// Becomes ready when the part is here, or is known not to come.
pub type PartLoad = Pin<Box<dyn Future<Output = Result<(), PartMissing>>>>;

/// Writes a function whose code, and all code that nothing else needs, is in a part of the module: `$part` names the part,
/// `$load` a function that fetches it. Each function has a load of its own, also where a part has several, and is called when
/// that has ended: what the function gives is then read with [`of_part`]. One function a module: each brings a name of its own.
macro_rules! part {
    ($part:ident, $load:ident, fn $name:ident($($arg:ident: $kind:ty),* $(,)?) -> $out:ty $body:block) => {
        #[cfg_attr(
            feature = "parts",
            leptos::wasm_split::wasm_split(
                $part,
                wasm_split_path = leptos::wasm_split,
                preload(#[doc(hidden)] preload),
                fallible
            )
        )]
        pub fn $name($($arg: $kind),*) -> Result<$out, $crate::app::parts::PartMissing> {
            let given = $body;
            Ok(given)
        }

        #[cfg(feature = "parts")]
        pub fn $load() -> $crate::app::parts::PartLoad {
            Box::pin(async { preload().await.map_err($crate::app::parts::PartMissing::from) })
        }

        #[cfg(not(feature = "parts"))]
        pub fn $load() -> $crate::app::parts::PartLoad {
            Box::pin(std::future::ready(Ok(())))
        }
    };
}
pub(super) use part;

/// What a function of a part gives; `None` while the part is not here.
#[cfg(feature = "parts")]
pub fn of_part<T>(given: impl Future<Output = Result<T, PartMissing>>) -> Option<T> {
    given.now_or_never()?.ok()
}

/// What a function of a part gives; `None` while the part is not here.
#[cfg(not(feature = "parts"))]
pub fn of_part<T>(given: Result<T, PartMissing>) -> Option<T> {
    given.ok()
}

/// Where a part stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Coming,
    Here,
    Missing,
}

/// Shows what a part draws, once it is here. Until then it says so; a part that doesn't come can be tried again.
pub fn apart(load: fn() -> PartLoad, draw: impl Fn() -> Option<AnyView> + Send + Sync + 'static) -> AnyView {
    let standing = RwSignal::new(match load().now_or_never() {
        Some(Ok(())) => Standing::Here,
        _ => Standing::Coming,
    });
    let fetch = move || {
        standing.set(Standing::Coming);
        spawn_local(async move {
            let come = if load().await.is_ok() {
                Standing::Here
            } else {
                Standing::Missing
            };
            // The page may have been left meanwhile.
            let _left = standing.try_set(come);
        });
    };
    if standing.get_untracked() == Standing::Coming {
        fetch();
    }
    (move || match standing.get() {
        Standing::Here => draw(),
        Standing::Coming => Some(view! { <Loading words="Loading this page\u{2026}"/> }.into_any()),
        Standing::Missing => Some(missing(fetch)),
    })
    .into_any()
}

/// Shows what a part draws once it is here, and nothing until then or where it doesn't come. It is asked for when the page has
/// been painted: nothing of a start waits for it.
pub fn apart_later(load: fn() -> PartLoad, draw: impl Fn() -> Option<AnyView> + Send + Sync + 'static) -> AnyView {
    let here = RwSignal::new(false);
    request_animation_frame(move || {
        request_animation_frame(move || {
            spawn_local(async move {
                let come = load().await.is_ok();
                let _left = here.try_set(come);
            });
        });
    });
    (move || here.get().then(&draw).flatten()).into_any()
}

/// What to do about a page that didn't come.
fn missing(again: impl Fn() + Send + Sync + 'static) -> AnyView {
    view! {
        <h1>"This page could not be loaded"</h1>
        <Notice tone=Tone::Error title="A file of Caseload could not be fetched">
            <p>
                "Your data is safe; nothing was changed. Check the network, then try again. If it doesn\u{2019}t help, reload: \
                 there may be a newer version."
            </p>
            <div class="actions">
                <Button kind=ButtonKind::Primary on_press=move |()| again()>"Try again"</Button>
            </div>
            <CrisisLines/>
        </Notice>
    }
    .into_any()
}
