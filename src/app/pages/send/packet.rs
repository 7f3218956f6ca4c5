//! The consultant's packet, and the reply that the consultant saves.

use leptos::prelude::*;

use super::protect::SaveButton;
use crate::app::components::ButtonKind;
use crate::app::effects::effect;
use crate::app::format;
use crate::app::state::use_desk;
use crate::registry::{AgendaRow, FoundPatient, MeetingQuery, Request, Response, Scope};

/// Puts the patients of the agenda on the list, while nobody has chosen anybody.
pub(super) fn propose(chosen: RwSignal<Vec<FoundPatient>>) {
    let agenda = use_desk().follow(
        || Request::Meeting(MeetingQuery::default()),
        |response| match response {
            Response::Meeting(view) => Some(view.rows),
            _ => None,
        },
    );
    effect(move |proposed: Option<bool>| {
        let rows = agenda.value().get();
        let done = proposed == Some(true);
        if let Some(rows) = rows.filter(|_| !done && chosen.with_untracked(Vec::is_empty)) {
            chosen.set(rows.iter().map(found).collect());
            return true;
        }
        done
    });
}

fn found(row: &AgendaRow) -> FoundPatient {
    FoundPatient {
        chart: row.chart,
        name: row.name.clone(),
        birth: None,
        mrn: None,
        status: row.group.clone(),
        alike: None,
    }
}

/// What the consultant wrote, as a file for the clinic.
#[component]
pub(super) fn ReplyPanel() -> impl IntoView {
    let meeting = use_desk().follow(
        || Request::Meeting(MeetingQuery::default()),
        |response| match response {
            Response::Meeting(view) => Some((view.held.len(), view.rows.len())),
            _ => None,
        },
    );
    let words = move || {
        let (held, left) = meeting.value().get().map_or((0, 0), |counts| *counts);
        let held = format::count(held as u64, "patient", "patients");
        let left = format::count(left as u64, "patient is", "patients are");
        format!("You have reviewed {held} today; {left} still to be looked at.")
    };
    view! {
        <section aria-labelledby="reply">
            <h2 id="reply">"Your reply"</h2>
            <p>{words}</p>
            <p>
                "The file holds your reviews and recommendations with your name and role, and nothing else of the records. At the \
                 clinic it is received under Send and receive."
            </p>
            <SaveButton kind=ButtonKind::Primary request=|()| Request::Export(Scope::Reply)>"Save the reply"</SaveButton>
        </section>
    }
}
