//! A referral in, as registering, correcting it and referring again ask for it.

use leptos::prelude::*;

use super::common::{Reading, people_options, time_text, today_text};
use crate::app::components::{Check, Choice, DateField, NumberField, Select, TextArea, TextField, TimeField};
use crate::app::state::Desk;
use crate::app::typed::sent::{Item9, SentTyped};
use crate::app::typed::{read_day, read_when, text};
use crate::care::intent::{NewReferral, Referrer};
use crate::journal::facts::{Person, Referral, Role};
use crate::journal::{Day, When};

/// The value of "somebody else" in the list of who referred.
const SOMEBODY_ELSE: &str = "other";

/// The fields of a referral.
#[derive(Clone, Copy)]
pub struct ReferralFields {
    /// Who referred: a person's id, [`SOMEBODY_ELSE`], or empty for the treating clinician.
    by: RwSignal<String>,
    from: RwSignal<String>,
    /// Why.
    pub reason: RwSignal<String>,
    warm: RwSignal<bool>,
    day: RwSignal<String>,
    time: RwSignal<String>,
    phq9: RwSignal<String>,
    item9: RwSignal<Option<Item9>>,
    gad7: RwSignal<String>,
    scores_day: RwSignal<String>,
}

impl ReferralFields {
    /// A referral that came just now.
    pub fn now(desk: Desk) -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            by: empty(),
            from: empty(),
            reason: empty(),
            warm: RwSignal::new(false),
            day: RwSignal::new(today_text(desk)),
            time: RwSignal::new(time_text(desk)),
            phq9: empty(),
            item9: RwSignal::new(None),
            gad7: empty(),
            scores_day: RwSignal::new(today_text(desk)),
        }
    }

    /// One that is on record.
    pub fn of(desk: Desk, referral: &Referral) -> Self {
        let fields = Self::now(desk);
        let zone = untrack(|| desk.zone());
        fields.by.set(match (referral.by, &referral.from) {
            (Some(person), _) => person.to_string(),
            (None, Some(_)) => SOMEBODY_ELSE.to_owned(),
            (None, None) => String::new(),
        });
        fields.from.set(referral.from.clone().unwrap_or_default());
        fields.reason.set(referral.reason.clone().unwrap_or_default());
        fields.warm.set(referral.warm);
        fields.day.set(referral.at.day(zone).to_string());
        fields.time.set(match referral.at {
            When::At(at) => zone.local(at).format("%H:%M").to_string(),
            When::Day(_) => String::new(),
        });
        fields
    }

    /// What was typed, without the scores' problems.
    fn sent(&self) -> SentTyped {
        SentTyped {
            phq9: self.phq9.get(),
            item9: self.item9.get(),
            gad7: self.gad7.get(),
            day: self.scores_day.get(),
        }
    }

    /// Reads the fields; what is wrong is noted.
    pub fn read(&self, desk: Desk, birth: Option<Day>, reading: &mut Reading) -> Option<NewReferral> {
        let today = desk.today().get();
        let day = reading.take(read_day(
            "referred-day",
            "the day of the referral",
            &self.day.get(),
            Some(today),
        ));
        let at = day.and_then(|day| reading.take(read_when("referred-time", day, &self.time.get(), desk.zone())));
        let referrer = match self.by.get().as_str() {
            "" => None,
            SOMEBODY_ELSE => {
                let named = reading.text(&self.from.get(), "referred-from", "Say who referred the patient");
                named.map(Referrer::Typed)
            }
            person => person.parse().ok().map(Referrer::Known),
        };
        let scores = match self.sent().read("sent", today, birth) {
            Ok(scores) => scores,
            Err(wrong) => {
                wrong.into_iter().for_each(|wrong| {
                    let _noted: Option<()> = reading.take(Err(wrong));
                });
                Vec::new()
            }
        };
        Some(NewReferral {
            at: at?,
            referrer,
            reason: text(&self.reason.get()),
            warm: self.warm.get(),
            scores,
        })
    }
}

/// When it was received, from whom, and whether it was a warm handoff.
#[component]
pub fn ReferralGroup(
    /// The fields.
    fields: ReferralFields,
    /// The people of the registry.
    people: Signal<Vec<Person>>,
    /// What the list of people says of nobody: the treating clinician, or nobody known.
    nobody: &'static str,
    /// The last day that can be chosen.
    latest: String,
) -> impl IntoView {
    let options = Signal::derive(move || {
        let mut options = people_options(people, Role::Clinician, nobody).get();
        options.push((SOMEBODY_ELSE.to_owned(), "Somebody else\u{2026}".to_owned()));
        options
    });
    let typed = move || fields.by.with(|by| by == SOMEBODY_ELSE);
    // Scores that came along are of the referral's day until another is typed.
    let filled = StoredValue::new(fields.scores_day.get_untracked());
    crate::app::effects::effect(move |_| {
        let day = fields.day.get();
        if fields.scores_day.get_untracked() == filled.get_value() {
            fields.scores_day.set(day.clone());
        }
        filled.set_value(day);
    });
    view! {
        <div class="columns">
            <DateField id="referred-day" label="Received on" value=fields.day max=latest/>
            <TimeField id="referred-time" label="At" value=fields.time/>
            <Select id="referred-by" label="Referred by" options value=fields.by/>
        </div>
        <Show when=typed>
            <TextField id="referred-from" label="Who referred" value=fields.from hint="A clinic, a school, the patient, family"/>
        </Show>
        <Check id="warm" label="Warm handoff: introduced in person" value=fields.warm/>
    }
}

/// Scores that were sent along, by total; item 9 is asked apart.
#[component]
pub fn ScoresSent(
    /// The fields.
    fields: ReferralFields,
    /// The last day that can be chosen.
    latest: String,
) -> impl IntoView {
    let answers = (0..=3).map(|n| (Item9::Answer(n), n.to_string()));
    let options: Vec<(Item9, String)> = answers.chain([(Item9::NotKnown, "Not known".to_owned())]).collect();
    let positive = move || matches!(fields.item9.get(), Some(Item9::Answer(1..)));
    view! {
        <details class="scores-sent">
            <summary>"Scores sent along"</summary>
            <div class="columns">
                <NumberField id="sent-phq9" label="PHQ-9 total" value=fields.phq9/>
                <NumberField id="sent-gad7" label="GAD-7 total" value=fields.gad7/>
                <DateField id="sent-day" label="Taken on" value=fields.scores_day max=latest/>
            </div>
            <Choice id="sent-item9" legend="Item 9 of that PHQ-9" options value=fields.item9
                hint="\u{201c}Not known\u{201d} is not \u{201c}no\u{201d}: the next contact asks it."/>
            {move || positive().then(|| view! {
                <p class="error" role="status">"A positive item 9 opens a safety concern when you save: follow up the same day, whatever the total."</p>
            })}
        </details>
    }
}

/// Why the patient was referred.
#[component]
pub fn ReasonField(
    /// The fields.
    fields: ReferralFields,
) -> impl IntoView {
    view! { <TextArea id="reason" label="Reason for referral" value=fields.reason rows=2/> }
}
