//! Why a treatment was changed: the rules that call for it, in words, who proposed it and who decided.

use std::sync::Arc;

use leptos::prelude::With as _;
use leptos::prelude::*;

use super::Place;
use crate::app::components::{Checks, Choice, DateField, DayText, Select, TextArea, TextField, Width};
use crate::app::format::shortened;
use crate::app::pages::common::{Reading, today_text};
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::{capital, text};
use crate::app::words::{ANSWERS, CHANGE_STATES, options, word_of};
use crate::care::is_accepted;
use crate::journal::facts::{AnswerKind, ChangeState, FiredRule, TreatmentChange, With};
use crate::journal::{Day, ThingId};
use crate::registry::{AdviceView, MedicinesView};

/// The fields.
#[derive(Clone, Copy)]
pub struct Why {
    /// The rules that are offered: those of the change as it stands, then those that hold now.
    offered: StoredValue<Vec<FiredRule>>,
    rules: RwSignal<Vec<usize>>,
    words: RwSignal<String>,
    proposed_by: RwSignal<String>,
    proposed_on: RwSignal<String>,
    state: RwSignal<Option<ChangeState>>,
    decided_by: RwSignal<String>,
    decided_on: RwSignal<String>,
    note: RwSignal<String>,
    carries: RwSignal<String>,
}

impl Why {
    /// As a change on record says, or empty.
    pub fn new(place: Place, before: Option<&TreatmentChange>) -> Self {
        let kept = before.map(|change| change.because.clone()).unwrap_or_default();
        let chosen = (0..kept.len()).collect();
        let mut offered = kept;
        place.medicines.with_untracked(|view| {
            let new = view
                .fired
                .iter()
                .filter(|fired| !offered.iter().any(|kept| kept.says == fired.says));
            offered.extend(new.cloned().collect::<Vec<_>>());
        });
        let field = |text: Option<String>| RwSignal::new(text.unwrap_or_default());
        let person = |pick: fn(&TreatmentChange) -> Option<crate::journal::PersonId>| {
            field(before.and_then(pick).map(|person| person.to_string()))
        };
        let day = |pick: fn(&TreatmentChange) -> Option<Day>| field(before.and_then(pick).map(|day| day.to_string()));
        let decided_by = match before.and_then(|change| change.decided_with) {
            Some(with) => field(Some(word(with))),
            None => person(|change| change.decided_by),
        };
        let this = Self {
            offered: StoredValue::new(offered),
            rules: RwSignal::new(chosen),
            words: field(before.and_then(|change| change.why.clone())),
            proposed_by: person(|change| change.proposed_by),
            proposed_on: day(|change| change.proposed_on),
            state: RwSignal::new(Some(before.map_or(ChangeState::Made, TreatmentChange::stands))),
            decided_by,
            decided_on: day(|change| change.decided_on),
            note: field(before.and_then(|change| change.decision_note.clone())),
            carries: field(before.and_then(|change| change.recommendation).map(|id| id.to_string())),
        };
        this.fill(place, before.map(TreatmentChange::stands));
        this
    }

    /// Of a change that carries out a recommendation.
    pub fn carrying_out(place: Place, recommendation: ThingId) -> Self {
        let this = Self::new(place, None);
        this.carries.set(recommendation.to_string());
        this
    }

    /// Fills in who: the consultant whose recommendation it carries out, and the treating clinician as the one who
    /// accepts, where they said so to that recommendation, or where a proposal is decided on. Else nobody is known to have
    /// accepted. What was chosen by hand stays.
    fn fill(self, place: Place, before: Option<ChangeState>) {
        let filled = StoredValue::new([const { String::new() }; 3]);
        crate::app::effects::effect(move |_| {
            let (chosen, state) = (self.carries.get(), self.state.get());
            let advice = advised(place, &chosen);
            let answer = advice.as_ref().and_then(|advice| advice.answer.as_ref());
            let clinician = place
                .medicines
                .with_untracked(|view| view.clinician)
                .filter(|_| is_accepted(before, state, answer.map(|answer| answer.answer)));
            let said = answer.filter(|answer| {
                let is_yes = matches!(answer.answer, AnswerKind::Accepted | AnswerKind::Done);
                is_yes && is_accepted(before, state, Some(answer.answer))
            });
            let new = [
                advice.as_ref().and_then(|advice| advice.by).map(|by| by.to_string()),
                clinician.map(|by| by.to_string()),
                said.map(|answer| answer.day.to_string()),
            ];
            let new = new.map(Option::unwrap_or_default);
            let fields = [self.proposed_by, self.decided_by, self.decided_on];
            for ((field, before), new) in fields.into_iter().zip(filled.get_value()).zip(&new) {
                if field.get_untracked() == before && before != *new {
                    field.set(new.clone());
                }
            }
            filled.set_value(new);
        });
    }

    /// Whether the change is made, and not only proposed or declined.
    pub fn is_made(self) -> bool {
        self.state.get() == Some(ChangeState::Made)
    }

    /// Writes what was typed into a change.
    pub fn write(self, reading: &mut Reading, change: TreatmentChange, today: Day) -> TreatmentChange {
        let state = self.state.get_untracked().unwrap_or(ChangeState::Made);
        let proposed_on = reading.maybe_past(&self.proposed_on.get_untracked(), "why-proposed-on", "the day", today);
        let decided_on = match state {
            ChangeState::Proposed => None,
            _ => reading.maybe_past(&self.decided_on.get_untracked(), "why-decided-on", "the day", today),
        };
        let by = self.decided_by.get_untracked();
        let decided_with: Option<With> = from_word(&by);
        let note = text(&self.note.get_untracked());
        let chosen = self.rules.get_untracked();
        let because = self.offered.with_value(|offered| {
            let chosen = offered.iter().enumerate().filter(|(at, _)| chosen.contains(at));
            chosen.map(|(_, fired)| fired.clone()).collect()
        });
        let is_decided = state != ChangeState::Proposed;
        TreatmentChange {
            why: text(&self.words.get_untracked()),
            proposed_by: self.proposed_by.get_untracked().parse().ok(),
            proposed_on,
            state: Some(state),
            decided_by: by.parse().ok().filter(|_| is_decided),
            decided_with: decided_with.filter(|_| is_decided),
            decided_on,
            decision_note: note.filter(|_| is_decided),
            recommendation: self.carries.get_untracked().parse().ok(),
            because,
            ..change
        }
    }
}

/// The people who can be named, the patient's team first; `nobody` before them.
pub fn people_of(medicines: Signal<Arc<MedicinesView>>, nobody: &'static str) -> Vec<(String, String)> {
    let mut options = vec![(String::new(), nobody.to_owned())];
    medicines.with(|view| {
        let all = view.people.iter();
        options.extend(all.map(|(person, name)| (person.to_string(), name.clone())));
    });
    options
}

/// The recommendation that is chosen.
fn advised(place: Place, chosen: &str) -> Option<AdviceView> {
    let chosen: ThingId = chosen.parse().ok()?;
    place.medicines.with_untracked(|view| {
        let mut all = view.advice.iter();
        all.find(|advice| advice.recommendation == chosen).cloned()
    })
}

/// The fields on the page.
#[component]
pub fn WhyFields(
    place: Place,
    why: Why,
    /// Whether it may be only proposed, or was declined; otherwise it is made.
    open: bool,
) -> impl IntoView {
    let desk = use_desk();
    let rules: Vec<(usize, String)> = why
        .offered
        .with_value(|offered| offered.iter().map(|fired| capital(&fired.says)).enumerate().collect());
    let medicines = place.medicines;
    let anybody = Signal::derive(move || people_of(medicines, "Not recorded"));
    let deciders = Signal::derive(move || {
        let mut all = people_of(medicines, "Not recorded");
        let here = [(With::Patient, "The patient"), (With::Family, "Family or caregiver")];
        let at = all.len().min(2);
        all.splice(at..at, here.map(|(with, words)| (word(with), words.to_owned())));
        all
    });
    let recommendations = Signal::derive(move || {
        let mut options = vec![(String::new(), "None".to_owned())];
        medicines.with(|view| {
            let all = view.advice.iter();
            options.extend(all.map(|one| (one.recommendation.to_string(), shortened(&one.text))));
        });
        options
    });
    let answered = move || {
        let answer = advised(place, &why.carries.get()).and_then(|advice| advice.answer)?;
        let said = word_of(ANSWERS, answer.answer).to_lowercase();
        let note = answer.note.map(|note| format!(". {note}"));
        Some(view! { <p class="hint">"The PCP\u{2019}s answer to it: "{said}", "<DayText day=answer.day/>{note}</p> })
    };
    let is_decided = move || why.state.get() != Some(ChangeState::Proposed);
    let by_label = move || match why.state.get() {
        Some(ChangeState::Declined) => "Declined by",
        _ => "Accepted by",
    };
    view! {
        {(!rules.is_empty()).then(|| view! { <Checks id="why-rules" legend="The rule that called for it" options=rules value=why.rules/> })}
        <TextArea id="why-words" label="Why, in words" value=why.words rows=2/>
        <div class="fields">
            <Select id="why-proposed-by" label="Proposed by" options=anybody value=why.proposed_by/>
            <DateField id="why-proposed-on" label="Proposed on" value=why.proposed_on max=today_text(desk) hint="Empty: the same day"/>
            <Select id="why-carries" label="Carries out the recommendation" options=recommendations value=why.carries/>
        </div>
        {answered}
        {open.then(|| view! { <Choice id="why-state" legend="Where it stands" options=options(CHANGE_STATES) value=why.state/> })}
        <Show when=is_decided>
            <div class="fields">
                {move || view! { <Select id="why-decided-by" label=by_label() options=deciders value=why.decided_by/> }}
                <DateField id="why-decided-on" label="On" value=why.decided_on max=today_text(desk) hint="Empty: the day of the change"/>
            </div>
            <TextField id="why-note" label="What was said with the decision" value=why.note width=Width::Full/>
        </Show>
    }
}
