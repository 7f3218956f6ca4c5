//! The draft of a form that opens and closes on a page: what was typed is kept, sealed, through a closing, a lock and
//! other pages, and stands in the form again when it is opened, until it is saved or begun anew.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use crate::app::components::{Button, ButtonKind};
use crate::app::drafts::DraftKeeper;
use crate::app::state::{Desk, use_desk};
use crate::registry::Request;

/// What stands in the fields of a form, as texts; the rows of a list one by one.
pub type Rows = Vec<Vec<String>>;

/// What a draft holds.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// What stood in the fields.
    typed: Rows,
    /// What the form had filled in by itself.
    of: Rows,
}

/// Puts the texts of a row into their fields.
pub fn put(fields: &[RwSignal<String>], row: Option<&Vec<String>>) {
    let texts = row.into_iter().flatten();
    fields
        .iter()
        .zip(texts)
        .for_each(|(field, text)| field.set(text.clone()));
}

/// The texts of fields, as a row.
pub fn row(fields: &[RwSignal<String>]) -> Vec<String> {
    fields.iter().map(|field| field.get()).collect()
}

/// Which draft the form shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// None.
    None,
    /// What was typed before.
    Before,
    /// What was typed before something else was written down.
    Outdated,
}

/// The draft of one form. A [`super::common::IntentForm`] finds it in its context: it says what is shown, and ends it.
#[derive(Clone, Copy)]
pub struct FormDraft {
    desk: Desk,
    key: StoredValue<String>,
    of: StoredValue<Rows>,
    write: StoredValue<Rc<dyn Fn(Rows)>, LocalStorage>,
    keeper: StoredValue<Option<DraftKeeper>, LocalStorage>,
    touched: StoredValue<bool>,
    shown: RwSignal<Shown>,
}

impl FormDraft {
    /// Keeps what is typed into the form that the calling component makes, and puts back what was kept. `read` reads its
    /// signals, `write` sets them. Call it when the fields hold what the record fills in.
    pub fn keep(key: String, read: impl Fn() -> Rows + 'static, write: impl Fn(Rows) + 'static) {
        let this = Self {
            desk: use_desk(),
            key: StoredValue::new(key),
            of: StoredValue::new(untrack(&read)),
            write: StoredValue::new_local(Rc::new(write)),
            keeper: StoredValue::new_local(None),
            touched: StoredValue::new(false),
            shown: RwSignal::new(Shown::None),
        };
        provide_context(this);
        let read = Rc::new(read);
        // From the start: whoever types before the kept draft is read, and closes the form again, loses nothing.
        this.follow({
            let read = Rc::clone(&read);
            move || read()
        });
        spawn_local(async move {
            let json = this.desk.draft(&this.key.get_value()).await;
            // The form may be closed by now.
            if this.touched.try_get_value().is_none() {
                return;
            }
            let kept = json.and_then(|json| serde_json::from_str::<Kept>(&json).ok());
            this.put_back(kept, &*read);
        });
    }

    /// Puts the draft into the fields, unless somebody was quicker and types already.
    fn put_back(self, kept: Option<Kept>, read: &impl Fn() -> Rows) {
        let Some(Kept { typed, of }) = kept else { return };
        let (fresh, now) = (self.of.get_value(), untrack(read));
        if now != fresh || typed == fresh {
            return;
        }
        self.touched.set_value(true);
        self.shown.set(match of == fresh {
            true => Shown::Before,
            false => Shown::Outdated,
        });
        self.put(typed);
    }

    fn put(self, rows: Rows) {
        let write = self.write.try_with_value(Rc::clone);
        if let Some(write) = write {
            untrack(|| write(rows));
        }
    }

    fn follow(self, read: impl Fn() -> Rows + 'static) {
        let content = move || {
            let (typed, of) = (read(), self.of.get_value());
            if typed != of {
                self.touched.set_value(true);
            }
            let kept = self.touched.get_value().then_some(Kept { typed, of })?;
            serde_json::to_string(&kept).ok()
        };
        let keeper = self.desk.keep_draft(self.key.get_value(), content);
        self.keeper.set_value(Some(keeper));
    }

    /// What to do once the form was saved. The form may be gone by then.
    pub fn ending(self) -> impl Fn() + Clone + 'static {
        let (desk, key) = (self.desk, self.key.get_value());
        move || match self.keeper.try_with_value(Clone::clone).flatten() {
            Some(keeper) => keeper.drop_draft(),
            None => {
                let key = key.clone();
                spawn_local(async move {
                    let _dropped = desk.ask(Request::DropDraft(key)).await;
                });
            }
        }
    }

    /// Throws away what was typed.
    fn again(self) {
        self.put(self.of.get_value());
        self.touched.set_value(false);
        self.shown.set(Shown::None);
        self.keeper
            .with_value(|keeper| keeper.iter().for_each(DraftKeeper::start_over));
    }
}

/// Says that the form shows what was typed before, with the way to begin anew.
#[component]
pub fn DraftLine(
    /// The form's draft.
    draft: FormDraft,
) -> impl IntoView {
    move || {
        let words = match draft.shown.get() {
            Shown::None => return None,
            Shown::Before => "This is what you typed before, kept in this browser. It is not saved yet. ",
            Shown::Outdated => {
                "This is what you typed before, kept in this browser. It is not saved yet, and what the form fills in by itself has changed since. "
            }
        };
        Some(view! {
            <p class="notice-line" role="status">
                {words}
                <Button kind=ButtonKind::Quiet on_press=move |()| draft.again()>"Begin anew"</Button>
            </p>
        })
    }
}
