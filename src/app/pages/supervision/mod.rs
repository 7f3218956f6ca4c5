//! Supervision: what trainees wrote that waits, what stands open and late, the agenda, the hours, audits of records.

use std::sync::Arc;

use leptos::prelude::*;

use super::common::Once;
use crate::app::browser;
use crate::app::components::{Button, Icon, IconName, Tab, Tabs};
use crate::app::route::{Route, SupervisionTab};
use crate::app::state::use_desk;
use crate::registry::{Request, Response, SupervisionView};

mod agenda;
mod audit;
mod hours;
mod kept;
mod managers;
mod waiting;

/// The page.
#[component]
pub fn SupervisionPage(
    /// Which part of it.
    tab: SupervisionTab,
) -> impl IntoView {
    let answer = use_desk().follow(
        || Request::Supervision,
        |response| match response {
            Response::Supervision(view) => Some(*view),
            _ => None,
        },
    );
    let tabs: Vec<Tab> = SupervisionTab::ALL
        .into_iter()
        .map(|one| Tab {
            label: one.title().to_owned(),
            count: None,
            href: Route::Supervision(one).href(),
            current: one == tab,
        })
        .collect();
    view! {
        <header class="page-head">
            <h1>"Supervision"</h1>
            <div class="actions">
                <Button on_press=|()| browser::print()><Icon name=IconName::Print/>"Print"</Button>
            </div>
        </header>
        <Tabs label="Supervision" tabs=Signal::stored(tabs)/>
        <Once answer what="what is supervised" children=move |view| view! { <Part view tab/> }/>
    }
}

#[component]
fn Part(view: Signal<Arc<SupervisionView>>, tab: SupervisionTab) -> impl IntoView {
    match tab {
        SupervisionTab::Work => {
            let supervises = Memo::new(move |_| view.with(|view| view.supervises));
            view! {
                <waiting::Waiting view/>
                <Show when=move || supervises.get()><managers::Managers view/></Show>
                <agenda::Agenda view/>
            }
            .into_any()
        }
        SupervisionTab::Hours => view! { <hours::Hours view/> }.into_any(),
        SupervisionTab::Audit => view! { <audit::Audits view/> }.into_any(),
    }
}
