//! What can't be read of what is stored: named, kept, saved as a file.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::{Button, FailureNotice, LongWork, Notice, Tone};
use crate::app::format;
use crate::app::pages::download::DownloadButton;
use crate::app::state::use_desk;
use crate::registry::{Failure, FindingRow, FindingsView, Request, Response};

/// Whether everything that is stored can be read.
#[component]
pub(super) fn Upkeep() -> impl IntoView {
    let desk = use_desk();
    let known = desk.follow(
        || Request::Findings,
        |response| match response {
            Response::Findings(view) => Some(view),
            _ => None,
        },
    );
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let check = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let failed = desk.ask(Request::CheckAll).await.err();
            if busy.try_set(false).is_none() {
                failure.set(failed);
                desk.changed();
            }
        });
    };
    let found = move || known.value().get().map(|view| view! { <Found view/> });
    view! {
        <h3>"Is everything readable?"</h3>
        {found}
        {move || known.failure().get().map(|failure| view! { <FailureNotice failure/> })}
        {move || failure.get().map(|failure| view! { <FailureNotice failure/> })}
        <Show
            when=move || busy.get()
            fallback=move || view! { <div class="actions"><Button on_press=check>"Check every record"</Button></div> }
        >
            <LongWork core=desk.core() words="Looking whether everything can be read\u{2026}"/>
        </Show>
    }
}

#[component]
fn Found(view: Arc<FindingsView>) -> impl IntoView {
    let checked = match view.checked {
        0 => "Every stored part that should be here is here. Whether each can be opened is seen when it is read, or \
              when you check every record."
            .to_owned(),
        records => format!(
            "Checked: {} can be read.",
            format::count(records.into(), "record", "records")
        ),
    };
    if view.rows.is_empty() {
        return view! { <p role="status">{checked}</p> }.into_any();
    }
    let parts = format::count(view.rows.len() as u64, "stored part", "stored parts");
    let rows = view.rows.iter().map(row).collect_view();
    view! {
        <Notice tone=Tone::Warning title=format!("{parts} can\u{2019}t be read")>
            <p>
                "They are kept exactly as they are; the rest of the registry is not affected. Save them, and restore from \
                a backup or merge a colleague\u{2019}s file: what it still has comes back."
            </p>
            <DownloadButton request=|()| Request::Unreadable>"Save the unreadable parts"</DownloadButton>
        </Notice>
        <table class="data list">
            <caption class="visually-hidden">"Stored parts that can\u{2019}t be read"</caption>
            <thead>
                <tr>
                    <th scope="col">"What"</th>
                    <th scope="col">"Why"</th>
                    <th scope="col">"Missing from the records of"</th>
                    <th scope="col">"Key"</th>
                    <th scope="col" class="num">"Size"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(row: &FindingRow) -> impl IntoView + use<> {
    let size = row.size.map_or_else(|| "\u{2013}".to_owned(), format::size);
    let patients = match row.patients.as_slice() {
        [] => "Not known".to_owned(),
        names => names.join("; "),
    };
    view! {
        <tr>
            <td>{row.what.clone()}</td>
            <td>{row.reason.clone()}</td>
            <td>{patients}</td>
            <td><code>{row.key.clone()}</code></td>
            <td class="num">{size}</td>
        </tr>
    }
}
