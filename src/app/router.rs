//! The route as a signal that follows the URL's hash.

use leptos::ev;
use leptos::prelude::*;

use super::route::Route;

/// Where the app is; `None` for an address that is no page.
#[derive(Clone, Copy)]
pub struct Router(RwSignal<Option<Route>>);

impl Router {
    /// Follows the URL's hash from now on, and makes itself the context's.
    pub fn provide() -> Self {
        let router = Self(RwSignal::new(Route::parse(&hash())));
        let follow = window_event_listener(ev::hashchange, move |_| {
            let route = Route::parse(&hash());
            if router.0.get_untracked() != route {
                router.0.set(route);
            }
        });
        on_cleanup(move || follow.remove());
        provide_context(router);
        router
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
