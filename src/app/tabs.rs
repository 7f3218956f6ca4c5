//! This tab among the other tabs of the browser: who writes, and what they say to each other.
//!
//! The writer lock is held by the window, not by its worker. A window has locks wherever the browser has any (a worker
//! that was started from a file has none in some); it ends with the tab, and its worker with it; and how it stands
//! reaches the core through the same queue as every request, so that it never changes in the middle of one. In the
//! instant in which a closed tab's worker may still finish a write, the stored head is the guard, as it always is.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, BroadcastChannel, MessageEvent};

use super::browser;
use super::core::Core;
use super::talk::{PageId, Said};
use crate::journal::RegistryId;
use crate::platform::{End, Held, Locks};
use crate::registry::{Failure, Opened, Request, Response, Standing};
use crate::store::Generation;

/// What changed in how this tab stands, since it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The tab that wrote is gone: this one writes.
    Promoted,
    /// This tab took over.
    TookOver,
    /// Another tab took over.
    TakenOver,
    /// The browser refused to hand the writing over.
    Refused,
}

/// This tab among the others. A cheap handle; take it with [`use_tabs`].
#[derive(Clone, Copy)]
pub struct Tabs {
    page: PageId,
    channel: StoredValue<Option<BroadcastChannel>, LocalStorage>,
    standing: RwSignal<Standing>,
    news: RwSignal<Option<News>>,
    /// The registry as another tab left it.
    latest: RwSignal<Option<Arc<Opened>>>,
    /// Why this tab could not read what others wrote, or take in what patients filled in, when it took its place.
    behind: RwSignal<Option<Failure>>,
    placed: StoredValue<bool>,
    /// The newest save that this tab knows of.
    known: StoredValue<Generation>,
    /// Gives up this tab's place in the queue for the lock.
    queued: StoredValue<Option<AbortController>, LocalStorage>,
}

/// This tab among the others.
pub fn use_tabs() -> Tabs {
    expect_context()
}

/// The lock of a registry's writing tab.
fn lock_name(registry: RegistryId) -> String {
    format!("caseload-{registry}-writer")
}

impl Tabs {
    /// Opens the channel to the other tabs, and makes itself the context's.
    pub fn provide() -> Self {
        let mut page = [0; 4];
        // Without random numbers nothing can be opened here anyway.
        let _filled = browser::fill_random(&mut page);
        let tabs = Self {
            page: PageId(u32::from_be_bytes(page)),
            channel: StoredValue::new_local(BroadcastChannel::new("caseload").ok()),
            standing: RwSignal::new(Standing::Unguarded),
            news: RwSignal::new(None),
            latest: RwSignal::new(None),
            behind: RwSignal::new(None),
            placed: StoredValue::new(false),
            known: StoredValue::new(Generation(0)),
            queued: StoredValue::new_local(None),
        };
        provide_context(tabs);
        tabs
    }

    /// This page, for the other tabs.
    pub fn page(&self) -> PageId {
        self.page
    }
    /// How this tab stands to the others.
    pub fn standing(&self) -> Signal<Standing> {
        self.standing.into()
    }
    /// What changed last in how it stands, until somebody has read it.
    pub fn news(&self) -> RwSignal<Option<News>> {
        self.news
    }
    /// The registry as it is now, whenever another tab has written to it.
    pub fn latest(&self) -> Signal<Option<Arc<Opened>>> {
        self.latest.into()
    }

    /// Why what others wrote and what patients filled in is not in the lists of this tab yet; `None` when it is.
    pub fn behind(&self) -> Signal<Option<Failure>> {
        self.behind.into()
    }
    /// Tries again to read and take in what the tab is behind with.
    pub fn catch_up(&self, core: Core) {
        let tabs = *self;
        spawn_local(async move {
            let standing = tabs.standing.get_untracked();
            if let Some(opened) = tabs.stand(standing, core).await {
                tabs.latest.set(Some(Arc::new(opened)));
            }
        });
    }

    /// Says something to all other tabs.
    pub fn tell(&self, said: Said) {
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                let _told = channel.post_message(&JsValue::from_str(&said.print()));
            }
        });
    }

    /// Hears what the other tabs say, for as long as the calling component is shown.
    pub fn hear(&self, run: impl Fn(Said) + 'static) {
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(said) = event.data().as_string().as_deref().and_then(Said::parse) {
                run(said);
            }
        });
        let Some(channel) = self.channel.get_value() else {
            return;
        };
        let call: js_sys::Function = heard.into_js_value().unchecked_into();
        let _hears = channel.add_event_listener_with_callback("message", &call);
        let heard = StoredValue::new_local((channel, call));
        on_cleanup(move || {
            if let Some((channel, call)) = heard.try_get_value() {
                let _deaf = channel.remove_event_listener_with_callback("message", &call);
            }
        });
    }

    /// Tells the other tabs of this tab's own save.
    pub fn wrote(&self, registry: RegistryId, generation: Generation) {
        self.known.set_value(generation);
        self.tell(Said::Saved(registry, generation));
    }

    /// Finds this tab's place, once a registry is open: it writes if no other tab does. The answer is the registry
    /// as it is then; `None` when the tab has its place already.
    pub async fn take_place(&self, core: Core, registry: RegistryId) -> Option<Opened> {
        if self.placed.get_value() {
            return None;
        }
        self.placed.set_value(true);
        let standing = match Locks::here() {
            None => Standing::Unguarded,
            Some(locks) => match locks.take_free(&lock_name(registry)).await {
                Ok(Some(held)) => {
                    self.keep(held, core, registry);
                    Standing::Writing
                }
                Ok(None) => {
                    self.queue_up(core, registry);
                    Standing::Following
                }
                Err(_refused) => Standing::Unguarded,
            },
        };
        let opened = self.stand(standing, core).await;
        let tabs = *self;
        self.hear(move |said| {
            if let Said::Saved(of, generation) = said
                && of == registry
                && generation >= tabs.known.get_value()
            {
                tabs.refresh(core);
            }
        });
        opened
    }

    /// Takes the writing over from the tab that has it.
    pub fn take_over(&self, core: Core, registry: RegistryId) {
        let tabs = *self;
        let Some(locks) = Locks::here() else { return };
        if let Some(queued) = tabs.queued.try_update_value(Option::take).flatten() {
            queued.abort();
        }
        spawn_local(async move {
            match locks.steal(&lock_name(registry)).await {
                Ok(held) => {
                    tabs.keep(held, core, registry);
                    tabs.change(Standing::TookOver, News::TookOver, core).await;
                }
                Err(_refused) => {
                    tabs.queue_up(core, registry);
                    tabs.news.set(Some(News::Refused));
                }
            }
        });
    }

    /// Holds the lock until another tab takes it; then this one follows, and waits for its turn. A tab that let it go
    /// has stopped, and waits for nothing.
    fn keep(self, held: Held, core: Core, registry: RegistryId) {
        spawn_local(async move {
            if held.end().await == End::LetGo {
                return;
            }
            self.queue_up(core, registry);
            self.change(Standing::Following, News::TakenOver, core).await;
        });
    }

    /// Waits for the lock: the tab that holds it is closed, locked or crashed some day.
    fn queue_up(self, core: Core, registry: RegistryId) {
        let (Some(locks), Ok(until)) = (Locks::here(), AbortController::new()) else {
            return;
        };
        self.queued.set_value(Some(until.clone()));
        spawn_local(async move {
            let Ok(held) = locks.wait(&lock_name(registry), &until).await else {
                return;
            };
            self.queued.set_value(None);
            self.keep(held, core, registry);
            self.change(Standing::Writing, News::Promoted, core).await;
        });
    }

    /// Stands differently from now on, and says so.
    async fn change(self, standing: Standing, news: News, core: Core) {
        if let Some(opened) = self.stand(standing, core).await {
            self.latest.set(Some(Arc::new(opened)));
        }
        self.news.set(Some(news));
    }

    /// Tells the core how this tab stands. What it then fails to read or take in is said on every page until it works.
    async fn stand(&self, standing: Standing, core: Core) -> Option<Opened> {
        let answer = core.ask(Request::Stand(standing)).await;
        self.standing.set(standing);
        match answer {
            Ok(answer) => {
                self.behind.set(None);
                self.opened(answer)
            }
            Err(failure) => {
                self.behind.set(Some(failure));
                None
            }
        }
    }

    /// Reads what another tab wrote; a tab that is behind catches up with all of it.
    fn refresh(self, core: Core) {
        if self.behind.with_untracked(Option::is_some) {
            return self.catch_up(core);
        }
        spawn_local(async move {
            let Ok(answer) = core.ask(Request::Refresh).await else {
                return;
            };
            if let Some(opened) = self.opened(answer) {
                self.latest.set(Some(Arc::new(opened)));
            }
        });
    }

    fn opened(&self, answer: Response) -> Option<Opened> {
        let Response::Opened(opened) = answer else {
            return None;
        };
        self.known.set_value(Generation(opened.generation));
        Some(*opened)
    }
}
