//! The patient's page: plain words, large, one sheet.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::Sheet;
use crate::app::browser;
use crate::app::components::{Button, Checks, IconName, Notice, Tone};
use crate::app::format;
use crate::exchange::note::LeftOut;
use crate::journal::EntryId;
use crate::registry::NotesView;

/// The heading of the medicines.
const MEDICINES: &str = "Your medicines";

/// Puts medicines first under their heading, which is added where there is none yet.
fn include(parts: &mut Vec<(String, Vec<String>)>, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    match parts.iter_mut().find(|(title, _)| title == MEDICINES) {
        Some((_, own)) => {
            own.splice(0..0, lines);
        }
        None => parts.push((MEDICINES.to_owned(), lines)),
    }
}

/// That a page for the patient leaves out medicines, and why; each goes onto it when a person confirms it. Only the screen
/// says so.
#[component]
pub fn LeftOutMedicines(
    /// The medicines.
    #[prop(into)]
    left_out: Signal<Vec<LeftOut>>,
    /// Those that are confirmed.
    included: RwSignal<Vec<EntryId>>,
) -> impl IntoView {
    let left_out = Memo::new(move |_| left_out.get());
    let title = move || {
        let (count, marks) = left_out.with(|all| {
            let included = included.get();
            let out = all.iter().filter(|one| !included.contains(&one.entry));
            let marks: BTreeSet<String> = out.clone().map(|one| one.why.clone()).collect();
            (out.count(), marks.into_iter().collect::<Vec<_>>().join("; "))
        });
        match count {
            0 => "Every medicine is on it".to_owned(),
            1 => format!("1 medicine is left out because it is marked: {marks}"),
            many => format!("{many} medicines are left out because they are marked: {marks}"),
        }
    };
    move || {
        let options: Vec<(EntryId, String)> = left_out.get().into_iter().map(|one| (one.entry, one.line)).collect();
        (!options.is_empty()).then(|| {
            view! {
                <div class="no-print">
                    <Notice tone=Tone::Warning title=title()>
                        <Checks id="left-out" legend="May be told" options value=included/>
                        <p class="hint">"Others may see the page at home: ask the patient first."</p>
                    </Notice>
                </div>
            }
        })
    }
}

/// What the patient takes home.
#[component]
pub fn Summary(
    /// Notes and letters.
    view: Signal<Arc<NotesView>>,
    /// What is printed.
    sheet: RwSignal<Option<Sheet>>,
) -> impl IntoView {
    let print = move |()| {
        sheet.set(Some(Sheet::Summary));
        request_animation_frame(browser::print);
    };
    let part = |(title, lines): (String, Vec<String>)| {
        let lines = lines
            .into_iter()
            .map(|line| view! { <li class="prose-line">{line}</li> });
        view! { <section><h3>{title}</h3><ul>{lines.collect_view()}</ul></section> }
    };
    let included = RwSignal::new(Vec::<EntryId>::new());
    let parts = move || {
        let (mut parts, left_out) = view.with(|view| (view.summary.parts.clone(), view.summary.left_out.clone()));
        let included = included.get();
        let lines = left_out.into_iter().filter(|one| included.contains(&one.entry));
        let lines: Vec<String> = lines.map(|one| one.line).collect();
        include(&mut parts, lines);
        parts.into_iter().map(part).collect_view()
    };
    let call = move || {
        let lines = view.with(|view| view.summary.call.clone()).into_iter();
        lines.map(|line| view! { <li>{line}</li> }).collect_view()
    };
    let whose = move || view.with(|view| format!("{}, {}", view.summary.name, format::full_day(view.today)));
    view! {
        <section class="no-print" aria-labelledby="for-patient">
            <h2 id="for-patient">"For the patient"</h2>
            <p>"One page in plain words. Read it through with the patient before you hand it over."</p>
            <LeftOutMedicines left_out=Signal::derive(move || view.with(|view| view.summary.left_out.clone())) included/>
            <p class="actions"><Button icon=IconName::Print on_press=print>"Print for the patient"</Button></p>
        </section>
        <article class="plan-sheet patient-sheet" aria-labelledby="my-care">
            <h2 id="my-care">"My care"</h2>
            <p class="plan-whose">{whose}</p>
            {parts}
            <section class="plan-call">
                <h3>"Whom to call"</h3>
                <ul>{call}</ul>
            </section>
            {move || view.with(|view| view.summary.language.clone()).map(|words| view! { <p class="hint">{words}</p> })}
        </article>
    }
}
