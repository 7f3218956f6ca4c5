//! Notes that no single entry asks for: a month, a period, the plan as it stands.

use std::sync::Arc;

use leptos::context::Provider;
use leptos::prelude::*;

use crate::app::components::{Button, DateField, ErrorSummary, FormErrors, Select};
use crate::app::format;
use crate::app::pages::common::to_errors;
use crate::app::pages::course::notes::HeldBack;
use crate::app::pages::ehr::editor::Editor;
use crate::app::typed::notes::read_period;
use crate::flowsheet::EhrState;
use crate::journal::{ChartId, EntryId, Month};
use crate::registry::{NotesView, TextAsk};

/// Makes a note that is asked for.
#[component]
pub fn MakeNote(
    /// Whose record.
    chart: ChartId,
    /// Notes and letters.
    view: Signal<Arc<NotesView>>,
) -> impl IntoView {
    let today = view.with_untracked(|view| view.today);
    let months = view.with_untracked(|view| view.months.clone());
    let mut options: Vec<(String, String)> = vec![
        ("plan".to_owned(), "Treatment plan as it stands".to_owned()),
        ("log".to_owned(), "Communication log of a period".to_owned()),
    ];
    let of_month = |month: &Month| {
        (
            month.to_string(),
            format!("Month summary, {}", format::month_name(*month)),
        )
    };
    options.extend(months.iter().map(of_month));
    let what = RwSignal::new(months.first().map_or_else(|| "plan".to_owned(), Month::to_string));
    let from = RwSignal::new(today.plus(-30).to_string());
    let until = RwSignal::new(today.to_string());
    let asked = RwSignal::new(None::<(TextAsk, String)>);
    let confirmed = RwSignal::new(Vec::<EntryId>::new());
    let held = Signal::derive(move || view.with(|view| view.held.clone()));
    let errors = FormErrors::new();
    let words = options.clone();
    let make = move |()| {
        errors.clear();
        let chosen = what.get_untracked();
        let title = words
            .iter()
            .find(|(value, _)| *value == chosen)
            .map(|(_, words)| words.clone());
        let confirmed = confirmed.get_untracked();
        let ask = match chosen.as_str() {
            "plan" => Some(TextAsk::Plan { confirmed }),
            "log" => {
                let days = (from.get_untracked(), until.get_untracked());
                match read_period(("make-from", &days.0), ("make-until", &days.1)) {
                    Ok((from, until)) => Some(TextAsk::Log { from, until, confirmed }),
                    Err(wrong) => return errors.set(to_errors(wrong)),
                }
            }
            month => month.parse().ok().map(|month| TextAsk::Month { month, confirmed }),
        };
        asked.set(ask.zip(title));
    };
    let keys = RwSignal::new(None);
    view! {
        <section class="no-print" aria-labelledby="notes-make">
            <h2 id="notes-make">"Write another note"</h2>
            <ErrorSummary errors/>
            <div class="fields">
                <Select id="make-what" label="Note" options=Signal::stored(options) value=what/>
                <Provider value=errors>
                    <Show when=move || what.get() == "log">
                        <DateField id="make-from" label="From" value=from/>
                        <DateField id="make-until" label="Until" value=until/>
                    </Show>
                </Provider>
                <Button on_press=make>"Write the note"</Button>
            </div>
            <HeldBack id="make-held" held confirmed/>
            {move || asked.get().map(|(ask, title)| view! {
                <div class="made-note"><Editor id="made-note" chart ask title asked=keys state=EhrState::New/></div>
            })}
        </section>
    }
}
