//! A contact form that was left before it was saved: said once, in place, with the way back.

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, ButtonLink, Icon, IconName};
use crate::app::drafts::DraftKeeper;
use crate::app::parked::Parked;
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::journal::ChartId;

/// The contact form that was left with unsaved answers.
#[derive(Clone, Copy)]
pub struct LeftDraft(RwSignal<Option<ChartId>>);

impl LeftDraft {
    /// None so far; makes itself the context's.
    pub fn provide() -> Self {
        let left = Self(RwSignal::new(None));
        provide_context(left);
        left
    }

    /// The draft of a patient's form was saved after all.
    pub fn saved(self, chart: ChartId) {
        if self.0.try_get_untracked() == Some(Some(chart)) {
            let _gone = self.0.try_set(None);
        }
    }

    /// Follows a contact form for as long as the calling component is shown: says so when it is left and its draft
    /// holds something that was not saved.
    pub fn follow(chart: ChartId, keeper: &DraftKeeper) {
        let Some(Self(left)) = use_context::<Self>() else {
            return;
        };
        left.set(None);
        let keeper = StoredValue::new_local(keeper.clone());
        let parked = use_context::<Parked>();
        on_cleanup(move || {
            // The header has the way back to a parked one.
            if parked.is_some_and(|parked| parked.has(chart)) {
                return;
            }
            if keeper.try_with_value(DraftKeeper::holds_something) == Some(true) {
                let _said = left.try_set(Some(chart));
            }
        });
    }
}

/// Says that a form was left unsaved, where it is kept, and leads back to it.
#[component]
pub fn LeftNotice() -> impl IntoView {
    let LeftDraft(left) = expect_context::<LeftDraft>();
    let router = use_router();
    move || {
        let back = Route::Contact(left.get()?);
        // The form itself says what it holds.
        (router.get() != Some(back)).then(|| {
            view! {
                <div class="notice-line left-draft" role="status">
                    <Icon name=IconName::Waiting/>
                    <p>"The contact that you began is not saved yet. It is kept as a draft in this browser."</p>
                    <ButtonLink href=back.href()>"Go on with it"</ButtonLink>
                    <Button kind=ButtonKind::Quiet on_press=move |()| left.set(None)>"Close"</Button>
                </div>
            }
        })
    }
}
