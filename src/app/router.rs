//! The route as a signal that follows the URL's hash.

use leptos::ev;
use leptos::prelude::*;

use super::route::Route;

/// Where the app is; `None` for an address that is no page.
#[derive(Clone, Copy)]
pub struct Router(RwSignal<Option<Route>>, StoredValue<Option<Callback<Leave, bool>>>);

/// How a page is about to be left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// For another page.
    For(Option<Route>),
    /// By locking.
    Lock,
}

impl Router {
    /// Follows the URL's hash from now on, and makes itself the context's.
    pub fn provide() -> Self {
        let router = Self(RwSignal::new(Route::parse(&hash())), StoredValue::new(None));
        let follow = window_event_listener(ev::hashchange, move |_| {
            let route = Route::parse(&hash());
            let now = router.0.get_untracked();
            if now == route {
                return;
            }
            match now.filter(|_| !router.may_leave(Leave::For(route))) {
                Some(stay) => router.go(stay),
                None => router.0.set(route),
            }
        });
        on_cleanup(move || follow.remove());
        provide_context(router);
        router
    }
    /// Asks before the page that calls this is left, for as long as it is shown: `may` says whether it may be.
    pub fn guard(&self, may: impl Fn(Leave) -> bool + Send + Sync + 'static) {
        let guard = self.1;
        guard.set_value(Some(Callback::new(may)));
        on_cleanup(move || {
            let _gone = guard.try_update_value(|guard| *guard = None);
        });
    }
    /// Whether the page that is shown may be left.
    pub fn may_leave(&self, leave: Leave) -> bool {
        self.1.get_value().is_none_or(|may| may.run(leave))
    }
    /// The route.
    pub fn get(&self) -> Option<Route> {
        self.0.get()
    }
    /// The route, without following it.
    pub fn get_untracked(&self) -> Option<Route> {
        self.0.get_untracked()
    }
    /// Goes to a route. Back returns.
    pub fn go(&self, route: Route) {
        let _gone = window().location().set_hash(&route.href());
    }
    /// Changes the route in place, as for a filter or an order: Back leaves the page, not the filter.
    pub fn replace(&self, route: Route) {
        let history = window().history();
        let replaced = history
            .and_then(|history| history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&route.href())));
        if replaced.is_ok() {
            self.0.set(Some(route));
        } else {
            self.go(route);
        }
    }
    /// One step back.
    pub fn back(&self) {
        let _back = window().history().and_then(|history| history.back());
    }
}

/// The router of this page.
pub fn use_router() -> Router {
    expect_context()
}

fn hash() -> String {
    window().location().hash().unwrap_or_default()
}
