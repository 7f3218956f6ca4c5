//! A text that the record writes and a person may change: what was changed is kept as a draft, through a lock and on
//! other pages, until it is marked or kept as sent.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use crate::app::drafts::DraftKeeper;
use crate::app::effects::effect;
use crate::app::state::Desk;
use crate::app::typed::notes::MayTell;
use crate::journal::EntryId;
use crate::registry::Request;

/// What a draft holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// The text as it was changed.
    text: String,
    /// What the record had written when it was.
    of: String,
    /// What stands in the field beside it: to whom the letter goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    beside: Option<String>,
    /// What was ticked and chosen beside it.
    #[serde(default)]
    now: MayTell,
    /// What the text may tell of it.
    #[serde(default)]
    holds: MayTell,
}

/// The fields that a text is written for. They come back with its draft.
#[derive(Clone, Copy, Default)]
pub struct Beside {
    /// To whom it goes.
    pub name: Option<RwSignal<String>>,
    /// The release under which it goes out.
    pub release: Option<RwSignal<String>>,
    /// What is held back and may be told in it.
    pub confirmed: Option<RwSignal<Vec<EntryId>>>,
}

impl Beside {
    fn now(self) -> MayTell {
        let confirmed = self.confirmed.map(|confirmed| confirmed.get()).unwrap_or_default();
        MayTell {
            confirmed: confirmed.into_iter().collect(),
            release: self.release.map(|release| release.get()).unwrap_or_default(),
        }
    }
    fn restore(self, name: Option<String>, now: MayTell) {
        if let (Some(field), Some(name)) = (self.name, name) {
            field.set(name);
        }
        if let Some(field) = self.release {
            field.set(now.release);
        }
        if let Some(field) = self.confirmed {
            field.set(now.confirmed.into_iter().collect());
        }
    }
}

/// One such text.
#[derive(Clone, Copy)]
pub struct Edited {
    desk: Desk,
    key: StoredValue<String>,
    text: RwSignal<String>,
    beside: Beside,
    /// What the record writes now; none until it has answered and the draft was read.
    written: RwSignal<Option<String>>,
    /// What the record had written when the text was changed.
    of: RwSignal<String>,
    /// Under what the record writes it now.
    under: StoredValue<MayTell>,
    /// What the text may tell of what is held back.
    holds: RwSignal<MayTell>,
    /// The text as it was last marked or sent.
    sent: RwSignal<Option<String>>,
    touched: StoredValue<bool>,
    keeper: StoredValue<Option<DraftKeeper>, LocalStorage>,
}

impl Edited {
    /// Fills `text` with its draft or with what `written` says, and keeps from then on what is changed in it. What is
    /// not changed follows the record. `beside` are the fields that the text is written for.
    pub fn follow(
        desk: Desk,
        key: String,
        text: RwSignal<String>,
        beside: Beside,
        written: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        text.set(String::new());
        let this = Self {
            desk,
            key: StoredValue::new(key),
            text,
            beside,
            written: RwSignal::new(None),
            of: RwSignal::new(String::new()),
            under: StoredValue::new(MayTell::default()),
            holds: RwSignal::new(MayTell::default()),
            sent: RwSignal::new(None),
            touched: StoredValue::new(false),
            keeper: StoredValue::new_local(None),
        };
        let kept = RwSignal::new(None::<Option<Kept>>);
        let own = this.key.get_value();
        spawn_local(async move {
            let json = desk.draft(&own).await;
            let read = json.and_then(|json| serde_json::from_str::<Kept>(&json).ok());
            let _shown = kept.try_set(Some(read.filter(|kept| kept.text != kept.of)));
        });
        let owner = Owner::current();
        effect(move |_| {
            let (Some(now), Some(kept)) = (written(), kept.get()) else {
                return;
            };
            this.under.set_value(untrack(|| this.beside.now()));
            if this.written.with_untracked(Option::is_some) {
                return this.rewrite(now);
            }
            this.begin(now, kept);
            // The draft is kept for as long as the text is shown, not only until this runs again.
            if let Some(owner) = &owner {
                owner.with(|| this.keep());
            }
        });
        this
    }

    /// Throws away what was changed.
    pub fn again(self) {
        let Some(written) = self.written.try_get_untracked().flatten() else {
            return;
        };
        self.text.set(written.clone());
        self.of.set(written);
        self.holds.set(self.under.get_value());
        self.touched.set_value(false);
        self.keeper.with_value(|keeper| {
            if let Some(keeper) = keeper {
                keeper.start_over();
            }
        });
    }

    /// What to do once this text was marked or sent: its draft is no longer needed. The text may be gone by then.
    pub fn on_sent(self) -> impl Fn(String) + Clone + Send + Sync + 'static {
        let (desk, key) = (self.desk, self.key.get_value());
        move |words| {
            let _shown = self.sent.try_set(Some(words));
            let _kept = self.touched.try_set_value(false);
            let shown = self.keeper.try_with_value(|keeper| keeper.clone()).flatten();
            match shown {
                Some(keeper) => keeper.start_over(),
                None => {
                    let key = key.clone();
                    spawn_local(async move {
                        let _dropped = desk.ask(Request::DropDraft(key)).await;
                    });
                }
            }
        }
    }

    /// Whether the text is here: the record has answered and the draft was read.
    pub fn is_here(self) -> bool {
        self.written.with(Option::is_some)
    }

    /// Whether it differs from what the record writes and from what was sent.
    pub fn is_edited(self) -> bool {
        let text = self.text.get();
        self.written
            .with(|written| written.as_ref().is_some_and(|w| *w != text))
            && self.sent.with(|sent| sent.as_ref() != Some(&text))
    }

    /// Whether all that the text may tell of what is held back is still ticked, under the release that permits it.
    pub fn may_go(self) -> bool {
        let now = self.beside.now();
        self.holds.with(|holds| holds.is_within(&now))
    }

    /// What there is to say about it.
    pub fn words(self) -> Option<&'static str> {
        if !self.is_edited() {
            return None;
        }
        let outdated = self
            .written
            .with(|now| now.as_ref().is_some_and(|now| *now != self.of.get()));
        Some(match outdated {
            true => {
                "You changed this text, and what it is written from has changed since. Write it again, or bring it up to date here."
            }
            false => "Your changes are kept as a draft on this device, also when you lock or leave this page.",
        })
    }

    fn begin(self, written: String, kept: Option<Kept>) {
        match kept {
            _ if self.text.with_untracked(|typed| !typed.is_empty()) => {
                self.of.set(written.clone());
                self.holds.set(self.under.get_value());
            }
            Some(kept) => {
                self.of.set(kept.of);
                self.beside.restore(kept.beside, kept.now);
                self.holds.set(kept.holds);
                self.text.set(kept.text);
            }
            None => {
                self.of.set(written.clone());
                self.holds.set(self.under.get_value());
                self.text.set(written.clone());
            }
        }
        self.written.set(Some(written));
    }

    fn rewrite(self, now: String) {
        let text = self.text.get_untracked();
        let untouched = text == now || self.written.with_untracked(|written| written.as_ref() == Some(&text));
        if untouched {
            self.holds.set(self.under.get_value());
            self.of.set(now.clone());
            self.text.set(now.clone());
        }
        self.written.set(Some(now));
    }

    fn keep(self) {
        // What is ticked while somebody writes may be written down by hand.
        effect(move |_| {
            let now = self.beside.now();
            if self.is_edited() {
                self.holds.update(|holds| *holds = holds.and(&now));
            }
        });
        let content = move || {
            if self.is_edited() {
                self.touched.set_value(true);
            }
            let kept = Kept {
                text: self.text.get(),
                of: self.of.get(),
                beside: self.beside.name.map(|name| name.get()),
                now: self.beside.now(),
                holds: self.holds.get(),
            };
            let kept = self.touched.get_value().then_some(kept)?;
            serde_json::to_string(&kept).ok()
        };
        let keeper = self.desk.keep_draft(self.key.get_value(), content);
        self.keeper.set_value(Some(keeper));
    }
}
