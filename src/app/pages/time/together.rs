//! Rows that are saved together: read by the core as they are typed, settled row by row, saved by one save.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::{FieldError, FormErrors, Icon, IconName, Select, TextField};
use crate::app::effects::effect;
use crate::app::pages::form_draft::FormDraft;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::text;
use crate::care::intent::{Intent, SetForMany};
use crate::care::time_batch::How;
use crate::registry::{BatchAsk, BatchRowView, BatchView, Request, Response, TimeAsk, TimeView};

/// What is asked and what came of it.
#[derive(Clone, Copy)]
pub(super) struct Together {
    desk: Desk,
    /// Starts the ids of the rows' fields.
    id: &'static str,
    ask: Signal<Option<BatchAsk>>,
    read: RwSignal<Option<(BatchAsk, BatchView)>>,
    hasty: RwSignal<bool>,
    /// Whether it is being saved.
    pub(super) busy: RwSignal<bool>,
    /// What is wrong.
    pub(super) errors: FormErrors,
    saved: Callback<()>,
    draft: Option<FormDraft>,
}

impl Together {
    /// Follows what is typed. `saved` is run once it was saved.
    pub(super) fn follow(id: &'static str, ask: Signal<Option<BatchAsk>>, saved: Callback<()>) -> Self {
        let this = Self {
            desk: use_desk(),
            id,
            ask,
            read: RwSignal::new(None),
            hasty: RwSignal::new(false),
            busy: RwSignal::new(false),
            errors: FormErrors::new(),
            saved,
            draft: use_context::<FormDraft>(),
        };
        effect(move |_| {
            let asked = ask.get();
            this.desk.version().track();
            this.hasty.set(false);
            let Some(asked) = asked else {
                return this.read.set(None);
            };
            spawn_local(async move { this.take(asked).await });
        });
        this
    }

    async fn take(self, asked: BatchAsk) {
        let request = Request::Time(Box::new(TimeAsk::Batch(asked.clone())));
        let view = match self.desk.ask(request).await {
            Ok(Response::Time(view)) => match *view {
                TimeView::Batch(view) => view,
                _ => return,
            },
            Ok(_) => return,
            Err(failure) => return self.errors.set_whole(failure.to_string()),
        };
        // Something else may have been typed meanwhile, and the form may be gone.
        if self.ask.try_get_untracked().flatten().as_ref() != Some(&asked) {
            return;
        }
        self.read.set(Some((asked, view)));
        if self.hasty.get_untracked() {
            self.hasty.set(false);
            self.save();
        }
    }

    /// A row as it was read.
    pub(super) fn row(self, place: usize) -> Option<BatchRowView> {
        self.read
            .with(|read| read.as_ref().and_then(|(_, view)| view.rows.get(place).cloned()))
    }

    /// Seconds of all rows.
    pub(super) fn seconds(self) -> u32 {
        self.read
            .with(|read| read.as_ref().map_or(0, |(_, view)| view.seconds.0))
    }

    /// Saves all rows, or says what is wrong with which.
    pub(super) fn save(self) {
        if self.busy.get_untracked() {
            return;
        }
        let Some(asked) = self.ask.get_untracked() else {
            return self.errors.set_whole("There is nothing to save yet");
        };
        let read = self.read.get_untracked().filter(|(of, _)| *of == asked);
        let Some((_, view)) = read else {
            return self.hasty.set(true);
        };
        let Some(what) = view.ready else {
            return self.errors.set(self.wrong(&view.rows));
        };
        let SetForMany::Times(times) = &what else { return };
        let (charts, number) = (times.charts(), times.new.len());
        let words = match number {
            1 => "1 time entry recorded".to_owned(),
            number => format!("{number} time entries recorded"),
        };
        self.errors.clear();
        self.busy.set(true);
        let ending = self.draft.map(FormDraft::ending);
        self.desk
            .submit(Intent::SetForMany { charts, what }, words, move |result| {
                let _gone = self.busy.try_set(false);
                match result {
                    Ok(_) => {
                        if let Some(over) = &ending {
                            over();
                        }
                        let _gone = self.saved.try_run(());
                    }
                    Err(failure) => self.errors.set_whole(failure.to_string()),
                }
            });
    }

    /// What is wrong, row by row. Nothing was saved.
    fn wrong(self, rows: &[BatchRowView]) -> Vec<FieldError> {
        let of_row = |(place, row): (usize, &BatchRowView)| {
            let error = |field: &str, text: String| FieldError {
                field: format!("{}-{place}-{field}", self.id),
                text: format!("Row {}: {text}", place + 1),
            };
            let open = row
                .open
                .then(|| "it overlaps other time; choose what is right".to_owned());
            let found = [
                row.wrong_patient.clone().map(|text| error("who", text)),
                row.wrong_length.clone().map(|text| error("length", text)),
                row.refused.clone().map(|text| error("length", text)),
                open.map(|text| error("how", text)),
            ];
            found.into_iter().flatten().collect::<Vec<FieldError>>()
        };
        rows.iter().enumerate().flat_map(of_row).collect()
    }
}

/// What was said about a row's overlaps.
#[derive(Clone, Copy)]
pub(super) struct HowFields {
    how: RwSignal<String>,
    why: RwSignal<String>,
}

impl HowFields {
    pub(super) fn new() -> Self {
        Self {
            how: RwSignal::new(String::new()),
            why: RwSignal::new(String::new()),
        }
    }
    pub(super) fn get(self) -> Option<How> {
        match self.how.get().as_str() {
            "this" => Some(How::ShortenThis),
            "other" => Some(How::ShortenOther),
            "both" => text(&self.why.get()).map(How::KeepBoth),
            _ => None,
        }
    }
}

/// What a row was read as, and the question about what it overlaps.
#[component]
pub(super) fn RowRead(
    /// All rows.
    together: Together,
    /// Which.
    place: Signal<usize>,
    /// What was said about overlaps.
    how: HowFields,
) -> impl IntoView {
    let read = Memo::new(move |_| together.row(place.get()));
    let words = move || {
        let row = read.get()?;
        let said = [row.name, row.says]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(": ");
        let said = (!said.is_empty()).then(|| format!("{said}."));
        let wrong = [row.wrong_patient, row.wrong_length, row.refused].into_iter().flatten();
        let wrong = wrong
            .map(|one| view! { <span class="time-open">{one}"."</span>" " })
            .collect_view();
        let warns = row.warns.map(|one| view! { <span>{one}"."</span> });
        Some(view! { <p class="hint time-row-read"><span>{said}</span>" "{wrong}{warns}</p> })
    };
    let overlaps = Memo::new(move |_| read.get().map(|row| row.overlaps).unwrap_or_default());
    let any = Memo::new(move |_| overlaps.with(|all| !all.is_empty()));
    let options = vec![
        (String::new(), "Choose what is right".to_owned()),
        ("this".to_owned(), "Shorten this row".to_owned()),
        (
            "other".to_owned(),
            "Shorten the other, and keep its original".to_owned(),
        ),
        ("both".to_owned(), "Keep both, with a reason".to_owned()),
    ];
    let options = Signal::stored(options);
    view! {
        {words}
        <Show when=move || any.get()>
            <div class="time-overlap">
                <p><Icon name=IconName::Alert/>"One person\u{2019}s minute counts once. This row overlaps:"</p>
                <ul>{move || overlaps.get().into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                <div class="fields">
                    {move || {
                        let at = place.get();
                        let why = format!("{}-{at}-why", together.id);
                        view! {
                            <Select id=format!("{}-{at}-how", together.id) label="What is right" options value=how.how/>
                            <Show when=move || how.how.with(|how| how == "both")>
                                <TextField id=why.clone() label="Why both stay" value=how.why hint="for example: one call about two sisters"/>
                            </Show>
                        }
                    }}
                </div>
            </div>
        </Show>
    }
}
