//! What came back from the biller: a file is chosen, previewed row by row, and taken over.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::{Button, ButtonKind, FailureNotice, FileDrop, Notice, PickedFile, Tone};
use crate::app::format;
use crate::app::state::use_desk;
use crate::care::intent::{Intent, SetForMany};
use crate::exchange::sheets::LARGEST_SHEET;
use crate::journal::Month;
use crate::registry::{ClaimProblemView, ClaimsAsk, ClaimsPreview, ClaimsView, Failure, Request, Response};

/// The page.
#[component]
pub(super) fn Claims(
    /// The month that it was opened from.
    month: Month,
) -> impl IntoView {
    let desk = use_desk();
    let preview = RwSignal::new(None::<Arc<ClaimsPreview>>);
    let failure = RwSignal::new(None::<Failure>);
    let said = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let read = move |files: Vec<PickedFile>| {
        let files: Vec<Vec<u8>> = files.into_iter().map(|file| file.bytes).collect();
        preview.set(None);
        said.set(None);
        spawn_local(async move {
            let request = Request::Claims(Box::new(ClaimsAsk::Preview));
            match desk.core().ask_with_files(request, files).await {
                Ok(Response::Claims(view)) => {
                    if let ClaimsView::Preview(read) = *view {
                        let _gone = preview.try_set(Some(Arc::new(read)));
                    }
                }
                Ok(_) => {}
                Err(why) => {
                    let _gone = failure.try_set(Some(why));
                }
            }
        });
    };
    let take = move |()| {
        let Some(read) = preview.get_untracked().filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        let claims = read.claims.clone();
        let number = format::count(claims.len() as u64, "code", "codes");
        let intent = Intent::SetForMany {
            charts: claims.iter().map(|(chart, _)| *chart).collect(),
            what: SetForMany::Claims(claims),
        };
        desk.submit(intent, format!("{number} taken over"), move |result| {
            let _gone = busy.try_set(false);
            match result {
                Ok(_) => {
                    let _gone = preview.try_set(None);
                    let words = format!("{number} taken over. The month\u{2019}s list and each record say so.");
                    let _gone = said.try_set(Some(words));
                }
                Err(why) => {
                    let _gone = failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <h1>"Sent, claimed and denied"</h1>
        <p class="lead">
            "Bring in what came back from your biller. A code that was sent or claimed is left out of the next file, so that a \
             month doesn\u{2019}t go twice; one that was denied may go again."
        </p>
        <FileDrop
            id="claims-file"
            label="Choose a CSV file"
            accept=".csv,.txt,.tsv,text/csv"
            largest=LARGEST_SHEET as u64
            on_choice=move |()| failure.set(None)
            on_files=read
        />
        <p class="hint">
            "Columns: MRN (chart number), Month, Code, Status (sent, claimed or denied), Date, Reason; Units where there are \
             several. The month\u{2019}s own file works too, with Status and Date added: "
            {format!("Month {month}, Codes 99493 + 99494 x2.")}
        </p>
        {move || failure.get().map(|failure| view! { <FailureNotice failure/> })}
        <p role="status">{move || said.get()}</p>
        {move || preview.get().map(|read| view! { <Preview read busy on_take=take/> })}
    }
}

#[component]
fn Preview(read: Arc<ClaimsPreview>, busy: RwSignal<bool>, #[prop(into)] on_take: Callback<()>) -> impl IntoView {
    let number = read.lines.len() as u64;
    let known = (read.known > 0).then(|| {
        let codes = format::count(read.known.into(), "code is", "codes are");
        view! { <p>{codes}" on record already: nothing changes about them."</p> }
    });
    let line = |(row, name, words): &(u32, String, String)| {
        view! { <tr><td class="num" data-label="Row">{*row}</td><th scope="row" class="name">{name.clone()}</th><td data-label="What came back">{words.clone()}</td></tr> }
    };
    let lines = read.lines.iter().map(line).collect_view();
    let table = (number > 0).then(|| {
        view! {
            <table class="data list">
                <caption>"What will be taken over"</caption>
                <thead><tr><th scope="col" class="num">"Row"</th><th scope="col">"Patient"</th><th scope="col">"What came back"</th></tr></thead>
                <tbody>{lines}</tbody>
            </table>
            <div class="actions">
                <Button kind=ButtonKind::Primary disabled=busy on_press=move |()| on_take.run(())>
                    "Take over "{format::count(number, "code", "codes")}
                </Button>
            </div>
        }
    });
    let nothing =
        (number == 0).then(|| view! { <p>"Nothing in this file is new here: there is nothing to take over."</p> });
    view! {
        <section aria-label="Preview">
            <h2>"Preview: nothing is written yet"</h2>
            {problems(&read.problems)}
            {known}
            {nothing}
            {table}
        </section>
    }
}

/// What is wrong by row.
pub(super) fn problems(problems: &[ClaimProblemView]) -> impl IntoView + use<> {
    let line = |problem: &ClaimProblemView| {
        view! { <li>"Row "{problem.row}", "{problem.column.clone()}": "{problem.words.clone()}</li> }
    };
    let lines = problems.iter().map(line).collect_view();
    let title = format::count(problems.len() as u64, "problem", "problems");
    (!problems.is_empty()).then(|| view! { <Notice tone=Tone::Warning title=title><ul>{lines}</ul></Notice> })
}
