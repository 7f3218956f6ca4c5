//! A medicine: new, with another dose, stopped, or its details put right. Every version is kept.

use leptos::prelude::*;

use super::Place;
use super::carries::{CarriesChoice, Carrying, refill, waiting};
use super::clash::{Against, AgainstIt};
use super::listing::ProposedHint;
use super::lists::described;
use super::why::{Why, WhyFields};
use crate::app::components::{Check, Choice, DateField, Select, TextArea, TextField, Width};
use crate::app::pages::common::{QuickForm, Reading, Written, follow_people, new_thing, today_text};
use crate::app::pages::course::boxes::{OneForm, everybody};
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::text;
use crate::app::words::{FREQUENCIES, MEDICINE_USES, options};
use crate::care::{is_named, said_of, starts_later};
use crate::journal::facts::{ChangeKind, Frequency, Medication, MedicineUse, TreatmentChange};
use crate::journal::{Fact, ThingId};

/// A medicine as it stands, taken or stopped.
pub fn known(place: Place, which: ThingId) -> Option<Medication> {
    place.medicines.with_untracked(|view| {
        let mut all = view.current.iter().chain(&view.stopped);
        all.find(|view| view.medicine.medication == which)
            .map(|view| view.medicine.clone())
    })
}

fn field(text: Option<String>) -> RwSignal<String> {
    RwSignal::new(text.unwrap_or_default())
}

/// How often, as a list to choose from.
pub fn often_options() -> Signal<Vec<(String, String)>> {
    let mut all = vec![(String::new(), "Not recorded".to_owned())];
    all.extend(
        FREQUENCIES
            .iter()
            .map(|(often, words)| (word(*often), (*words).to_owned())),
    );
    Signal::stored(all)
}

/// A new medicine, or what is on record about one.
#[component]
pub fn MedicineForm(place: Place, which: Option<ThingId>) -> impl IntoView {
    let desk = use_desk();
    let people = follow_people(desk);
    let before = which.and_then(|which| known(place, which));
    let said = |pick: fn(&Medication) -> Option<String>| field(before.as_ref().and_then(pick));
    let name = said(|m| Some(m.name.clone()));
    let dose = said(|m| m.dose.clone());
    let often = said(|m| m.how_often.map(word));
    let timing = said(|m| m.timing.clone());
    let reason = said(|m| m.reason.clone());
    let prescriber = said(|m| m.prescriber.map(|person| person.to_string()));
    let prescriber_name = said(|m| m.prescriber_name.clone());
    let until = said(|m| m.until.map(|day| day.to_string()));
    let used_for = RwSignal::new(before.as_ref().map_or(Some(MedicineUse::MentalHealth), |m| m.used_for));
    let is_new = before.is_none();
    let from = match &before {
        Some(medicine) => field(medicine.from.map(|day| day.to_string())),
        None => field(Some(today_text(desk))),
    };
    let against = Against::new(place, name.into(), before.clone());
    let is_change = RwSignal::new(is_new);
    let why = Why::new(place, None);
    let kept = StoredValue::new(before);
    // A change that was made and names the medicine: this is what it comes to.
    let begun = Memo::new(move |_| {
        let named = Medication::named(ThingId::from_random([0; 16]), name.get());
        let is_it = |change: &TreatmentChange| change.kind == ChangeKind::MedicationStarted && is_named(&named, change);
        let is_other = used_for.get() == Some(MedicineUse::Other);
        waiting(place, is_it).filter(|_| is_new && is_change.get() && !is_other)
    });
    let carrying = Carrying::new(begun.into(), None, Some(dose));
    let is_proposed = move |change: &TreatmentChange| {
        let begins = [ChangeKind::MedicationStarted, ChangeKind::MedicationSwitched];
        let named = Medication::named(ThingId::from_random([0; 16]), name.get());
        begins.contains(&change.kind) && is_named(&named, change)
    };
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let typed = |signal: RwSignal<String>| text(&signal.get_untracked());
        let name = reading.text(&name.get_untracked(), "medicine-name", "Enter the name");
        against.read(&mut reading);
        let from = reading.maybe_day(&from.get_untracked(), "medicine-from", "the first day");
        let until = reading.maybe_day(&until.get_untracked(), "medicine-until", "the last day");
        let medication = match which {
            Some(medication) => medication,
            None => new_thing()?,
        };
        let Some(name) = name else {
            return reading.finish(None);
        };
        let known = kept
            .get_value()
            .unwrap_or_else(|| Medication::named(medication, name.clone()));
        let carried = carrying.change.get_untracked();
        let mut medicine = Medication {
            name,
            dose: typed(dose),
            how_often: from_word(&often.get_untracked()),
            timing: typed(timing),
            reason: typed(reason),
            used_for: used_for.get_untracked(),
            prescriber: prescriber.get_untracked().parse().ok(),
            prescriber_name: typed(prescriber_name),
            from,
            until,
            change: carried.as_ref().map_or(known.change, |change| change.change),
            ..known
        };
        let mut facts = Vec::new();
        let counts = is_new && is_change.get_untracked() && medicine.used_for != Some(MedicineUse::Other);
        if let Some(change) = carried {
            // It keeps its own day: weeks count from it.
            let again = TreatmentChange {
                medication: Some(medication),
                ..change
            };
            facts.push(Fact::TreatmentChange(again));
        } else if counts {
            let made = TreatmentChange::made(
                from.unwrap_or(today),
                ChangeKind::MedicationStarted,
                described(&medicine),
            );
            facts.push(change(&mut reading, made, &mut medicine, why, today)?);
        }
        facts.insert(0, Fact::Medication(medicine));
        reading.finish(Some(facts))
    });
    let is_treatment =
        move || is_change.get() && used_for.get() != Some(MedicineUse::Other) && carrying.change.with(Option::is_none);
    view! {
        <QuickForm chart=place.chart title=if is_new { "Medication" } else { "Medication: details" } deed="Medication recorded" save="Save medication" read on_close=place.form.closes()>
            {is_new.then(|| view! { <ProposedHint place is_it=is_proposed/> })}
            <div class="fields">
                <TextField id="medicine-name" label="Name" value=name/>
                <TextField id="medicine-dose" label="Dose" value=dose width=Width::Short hint="such as 50 mg"/>
                <Select id="medicine-often" label="How often" options=often_options() value=often/>
                <TextField id="medicine-timing" label="When, in words" value=timing hint="such as: with breakfast"/>
            </div>
            <AgainstIt against/>
            <Choice id="medicine-use" legend="Taken for" options=options(MEDICINE_USES) value=used_for/>
            <div class="fields">
                <TextField id="medicine-reason" label="Reason" value=reason hint="the condition or symptom"/>
                <DateField id="medicine-from" label="Since" value=from hint="Empty: not known"/>
                {(!is_new).then(|| view! { <DateField id="medicine-until" label="Last day" value=until hint="Empty while it is taken"/> })}
                <Select id="medicine-prescriber" label="Prescribed by" options=everybody(people, "Not in the list") value=prescriber/>
                <TextField id="medicine-prescriber-name" label="Prescriber who is not in the list" value=prescriber_name/>
            </div>
            {is_new.then(|| view! {
                <Show when=move || used_for.get() != Some(MedicineUse::Other)>
                    <Check id="medicine-change" label="It is started now: a treatment change, whose effect is looked at in 4 to 6 weeks" value=is_change/>
                </Show>
                <CarriesChoice carrying/>
                <Show when=is_treatment><WhyFields place why open=false/></Show>
            })}
        </QuickForm>
    }
}

/// The treatment change that goes with a medicine, which names it from now on.
fn change(
    reading: &mut Reading,
    made: TreatmentChange,
    medicine: &mut Medication,
    why: Why,
    today: crate::journal::Day,
) -> Result<Fact, Vec<crate::app::typed::Wrong>> {
    let change = TreatmentChange {
        change: Some(new_thing()?),
        medication: Some(medicine.medication),
        ..made
    };
    medicine.change = change.change;
    Ok(Fact::TreatmentChange(why.write(reading, change, today)))
}

/// What a save of the list writes: the medicine's next version, which names the change that it carries out and leaves that
/// as it is; else one of its own beside it.
fn with_change(
    reading: &mut Reading,
    next: Medication,
    made: TreatmentChange,
    carries: Option<TreatmentChange>,
    why: Option<Why>,
    today: crate::journal::Day,
) -> Result<Vec<Fact>, Vec<crate::app::typed::Wrong>> {
    let mut next = Medication { change: None, ..next };
    let written = match (carries, why) {
        (Some(carried), _) => {
            next.change = carried.change;
            None
        }
        (None, Some(why)) => Some(change(reading, made, &mut next, why, today)?),
        (None, None) => None,
    };
    Ok(std::iter::once(Fact::Medication(next)).chain(written).collect())
}

/// The first day of a dose that a change says: the change's own, but none where its words say a later one.
fn first_day(change: &TreatmentChange) -> String {
    match starts_later(&change.what) {
        Some(_) => String::new(),
        None => change.day.to_string(),
    }
}

/// Another dose of a medicine.
#[component]
pub fn DoseForm(place: Place, which: ThingId) -> impl IntoView {
    let desk = use_desk();
    let Some(before) = known(place, which) else {
        return ().into_any();
    };
    let carries = untrack(|| {
        waiting(place, |change| {
            change.kind == ChangeKind::DoseChanged && change.medication == Some(which)
        })
    });
    let said = carries.as_ref().map(|change| said_of(change, Some(&before)));
    let said_often = said.as_ref().and_then(|said| said.how_often);
    let dose = field(said.and_then(|said| said.dose));
    let often = field(said_often.or(before.how_often).map(word));
    let timing = field(before.timing.clone());
    let day = field(Some(match &carries {
        Some(change) => first_day(change),
        None => today_text(desk),
    }));
    let carrying = Carrying::new(Signal::stored(carries), Some(before.clone()), Some(dose));
    let today = today_text(desk);
    refill(day, move || {
        carrying
            .change
            .with(|change| change.as_ref().map_or_else(|| today.clone(), first_day))
    });
    let why = Why::new(place, None);
    let is_treatment = before.used_for != Some(MedicineUse::Other);
    let is_own = move || is_treatment && carrying.change.with(Option::is_none);
    let title = format!("Another dose: {}", before.name);
    let now = described(&before);
    let kept = StoredValue::new(before);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let dose = reading.text(&dose.get_untracked(), "dose-new", "Enter the new dose");
        let day = reading.past(&day.get_untracked(), "dose-day", "the first day of the new dose", today);
        let (Some(dose), Some(day)) = (dose, day) else {
            return reading.finish(None);
        };
        let before = kept.get_value();
        let (carries, own) = (carrying.change.get_untracked(), is_treatment.then_some(why));
        let how_often: Option<Frequency> = from_word(&often.get_untracked());
        let next = Medication {
            dose: Some(dose),
            how_often,
            timing: text(&timing.get_untracked()),
            dose_from: Some(day),
            until: None,
            ..before
        };
        let made = TreatmentChange::made(day, ChangeKind::DoseChanged, described(&next));
        let facts = with_change(&mut reading, next, made, carries, own, today)?;
        reading.finish(Some(facts))
    });
    view! {
        <QuickForm chart=place.chart title deed="Dose changed" save="Save dose" read on_close=place.form.closes()>
            <ProposedHint place is_it=move |change: &TreatmentChange| change.medication == Some(which)/>
            <CarriesChoice carrying/>
            <p class="hint">"Until now: "{now}</p>
            <div class="fields">
                <TextField id="dose-new" label="New dose" value=dose width=Width::Short hint="such as 100 mg"/>
                <Select id="dose-often" label="How often" options=often_options() value=often/>
                <TextField id="dose-timing" label="When, in words" value=timing/>
                <DateField id="dose-day" label="Since" value=day max=today_text(desk)/>
            </div>
            <Show when=is_own><WhyFields place why open=false/></Show>
        </QuickForm>
    }
    .into_any()
}

/// A medicine that is not taken any more.
#[component]
pub fn StopForm(place: Place, which: ThingId) -> impl IntoView {
    let desk = use_desk();
    let Some(before) = known(place, which) else {
        return ().into_any();
    };
    let carries = untrack(|| {
        let ends = [ChangeKind::MedicationStopped, ChangeKind::MedicationSwitched];
        waiting(place, |change| {
            ends.contains(&change.kind) && change.medication == Some(which)
        })
    });
    let day = field(Some(match &carries {
        Some(change) => change.day.to_string(),
        None => today_text(desk),
    }));
    let because = field(carries.as_ref().and_then(|change| change.why.clone()));
    let carrying = Carrying::new(Signal::stored(carries), None, None);
    let today = today_text(desk);
    let carried = move |said: fn(&TreatmentChange) -> Option<String>| {
        carrying.change.with(|change| change.as_ref().and_then(said))
    };
    refill(day, move || {
        carried(|change| Some(change.day.to_string())).unwrap_or(today.clone())
    });
    refill(because, move || {
        carried(|change| change.why.clone()).unwrap_or_default()
    });
    let why = Why::new(place, None);
    let is_treatment = before.used_for != Some(MedicineUse::Other);
    let is_own = move || is_treatment && carrying.change.with(Option::is_none);
    let title = format!("Stop: {}", before.name);
    let kept = StoredValue::new(before);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let Some(day) = reading.past(&day.get_untracked(), "stop-day", "the last day", today) else {
            return reading.finish(None);
        };
        let before = kept.get_value();
        let (carries, own) = (carrying.change.get_untracked(), is_treatment.then_some(why));
        let ended = Medication {
            until: Some(day),
            stopped_because: text(&because.get_untracked()),
            ..before
        };
        let made = TreatmentChange::made(day, ChangeKind::MedicationStopped, described(&ended));
        let facts = with_change(&mut reading, ended, made, carries, own, today)?;
        reading.finish(Some(facts))
    });
    view! {
        <QuickForm chart=place.chart title deed="Medication stopped" save="Stop it" read on_close=place.form.closes()>
            <ProposedHint place is_it=move |change: &TreatmentChange| change.medication == Some(which)/>
            <CarriesChoice carrying/>
            <div class="fields">
                <DateField id="stop-day" label="Last day" value=day max=today_text(desk)/>
            </div>
            <TextArea id="stop-because" label="Why it was stopped" value=because rows=2/>
            <Show when=is_own><WhyFields place why open=false/></Show>
        </QuickForm>
    }
    .into_any()
}
