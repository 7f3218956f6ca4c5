//! Treatment changes: what, why, who, and what came of it.

use leptos::prelude::*;

use super::carries::refill;
use super::form::known;
use super::listing::{ListFields, ListingFields, already_taken};
use super::why::{Why, WhyFields};
use super::{Open, Place};
use crate::app::components::{
    Check, Choice, DateField, DayText, FoldedText, Select, StatusKind, StatusTag, TextField, Width,
};
use crate::app::format::shortened;
use crate::app::pages::common::{QuickForm, Reading, Written, new_thing, today_text};
use crate::app::pages::course::boxes::{LineButton, OneForm, PlanBox};
use crate::app::state::use_desk;
use crate::app::typed::capital;
use crate::app::words::{CHANGES, options};
use crate::care::{can_be_listed, decided};
use crate::journal::facts::{Answer, AnswerKind, ChangeKind, ChangeState, FiredRule, TreatmentChange};
use crate::journal::{EntryId, Fact, ThingId};
use crate::registry::{AdviceView, ChangeView, EffectStands};

/// The changes, the latest first, and the rules that call for one now.
#[component]
pub fn Changes(place: Place) -> impl IntoView {
    let changes = Memo::new(move |_| place.medicines.with(|view| view.changes.clone()));
    let fired = Memo::new(move |_| place.medicines.with(|view| view.fired.clone()));
    let rule = |fired: FiredRule| view! { <li>{capital(&fired.says)}</li> };
    let add = (place.form.opens(Open::Change(None)), "Record a treatment change");
    view! {
        <PlanBox id="treatment-changes" title="Treatment changes" add>
            {move || {
                let fired = fired.get();
                (!fired.is_empty()).then(|| view! {
                    <div class="fired">
                        <h3>"Rules that call for a change now"</h3>
                        <ul class="plain-list">{fired.into_iter().map(rule).collect_view()}</ul>
                    </div>
                })
            }}
            {move || {
                let all = changes.get();
                match all.is_empty() {
                    true => view! { <p class="hint">"None on record. Without them \u{201c}not improved despite a change\u{201d} can\u{2019}t be told."</p> }.into_any(),
                    false => view! { <ul class="plan-items">{all.into_iter().map(|view| line(place, view)).collect_view()}</ul> }.into_any(),
                }
            }}
        </PlanBox>
    }
}

/// What the form starts with that carries out a recommendation.
fn advice_form(place: Place, advice: ThingId) -> Option<TreatmentChange> {
    place.medicines.with_untracked(|view| {
        let mut all = view.advice.iter();
        all.find(|one| one.recommendation == advice).map(|one| one.form.clone())
    })
}

/// Recommendations that were accepted, and as what they were carried out, or the way to write that down.
#[component]
pub fn Advised(place: Place) -> impl IntoView {
    let accepted = |answer: &Option<Answer>| {
        let kind = answer.as_ref().map(|answer| answer.answer);
        matches!(kind, Some(AnswerKind::Accepted | AnswerKind::Done))
    };
    let all = Memo::new(move |_| {
        place.medicines.with(|view| {
            let all = view.advice.iter().filter(|advice| accepted(&advice.answer));
            all.cloned().collect::<Vec<_>>()
        })
    });
    let line = move |advice: AdviceView| {
        let about = shortened(&advice.text);
        let is_open = advice.carried.is_empty();
        let carried = move |words: String| view! { <p>"Carried out as: "{words}</p> };
        view! {
            <li class="plan-item">
                <p class="plan-line"><DayText day=advice.day/>": "<FoldedText text=advice.text says="Recommendation"/></p>
                {advice.carried.into_iter().map(carried).collect_view()}
                {is_open.then(|| view! {
                    <p class="line-actions">
                        <LineButton words="Write down what was done" about on_press=place.form.opens(Open::Advised(advice.recommendation))/>
                    </p>
                })}
            </li>
        }
    };
    move || {
        let all = all.get();
        (!all.is_empty()).then(|| {
            view! {
                <PlanBox id="advice-accepted" title="Recommendations that were accepted">
                    <ul class="plan-items">{all.into_iter().map(line).collect_view()}</ul>
                </PlanBox>
            }
        })
    }
}

fn line(place: Place, view: ChangeView) -> impl IntoView {
    let ChangeView {
        entry,
        change,
        kind,
        proposed,
        decided,
        carries_out,
        effect,
        effect_stands,
        is_unlisted,
    } = view;
    let (from, until) = place.medicines.with_untracked(|view| view.effect_weeks);
    let stands = change.stands();
    let about = change.what.clone();
    let can_change = change.change.is_some();
    let rule =
        |fired: FiredRule| view! { <li>{capital(&fired.says)}" "<span class="hint">{fired.protocol}</span></li> };
    let behind = is_unlisted.then(|| {
        let about = change.what.clone();
        view! {
            <p class="status due">
                "\u{201c}Taken now\u{201d} doesn\u{2019}t say so yet. "
                <LineButton words="Make it the medicine list" about on_press=place.form.opens(Open::List(entry))/>
            </p>
        }
    });
    let word = if stands == ChangeState::Proposed {
        "Decide"
    } else {
        "Details"
    };
    view! {
        <li class="plan-item">
            <p class="plan-line">
                {(stands == ChangeState::Proposed).then(|| view! { <StatusTag kind=StatusKind::Answer words="Proposed"/>" " })}
                {(stands == ChangeState::Declined).then(|| view! { <StatusTag kind=StatusKind::Waiting words="Declined"/>" " })}
                <DayText day=change.day/>": "<strong>{kind}</strong>", "{change.what}
            </p>
            {behind}
            {effect.map(|words| view! {
                <p>
                    {effect_stands.and_then(effect_tag)}
                    <strong>{format!("Effect at {from} to {until} weeks: ")}</strong>{words}"."
                </p>
            })}
            {change.why.map(|why| view! { <p class="prose-line">"Why: "{why}</p> })}
            {(!change.because.is_empty()).then(|| view! { <ul class="steps">{change.because.into_iter().map(rule).collect_view()}</ul> })}
            <p class="hint">
                {proposed.map(|who| format!("Proposed by {who}. "))}
                {decided.map(|who| format!("{}. ", capital(&who)))}
                {change.decision_note.map(|note| format!("{note}. "))}
                {carries_out.map(|text| format!("Carries out: {text}"))}
            </p>
            {can_change.then(|| view! { <p class="line-actions"><LineButton words=word about on_press=place.form.opens(Open::Change(Some(entry)))/></p> })}
        </li>
    }
}

/// That the score which shows the effect is due, or late.
fn effect_tag(stands: EffectStands) -> Option<AnyView> {
    let (kind, words) = match stands {
        EffectStands::Due => (StatusKind::Due, "Score due"),
        EffectStands::Late => (StatusKind::Overdue, "Score late"),
        EffectStands::Ahead | EffectStands::Measured => return None,
    };
    Some(view! { <StatusTag kind words/>" " }.into_any())
}

/// A change that is no medicine's, one on record, or what a recommendation came to.
#[component]
pub fn ChangeForm(place: Place, which: Option<EntryId>, advised: Option<ThingId>) -> impl IntoView {
    let desk = use_desk();
    let (before, is_listed) = place.medicines.with_untracked(|view| {
        let known = view.changes.iter().find(|view| Some(view.entry) == which);
        let is_listed = known.is_some_and(|view| view.change.stands() == ChangeState::Made && !view.is_unlisted);
        (known.map(|view| view.change.clone()), is_listed)
    });
    let offered = advised.and_then(|id| advice_form(place, id));
    let starts_with = before.as_ref().or(offered.as_ref());
    // Whatever advice doesn't say for certain is chosen here.
    let is_certain = |kind: &ChangeKind| before.is_some() || *kind != ChangeKind::Other;
    let kind = RwSignal::new(starts_with.map(|change| change.kind).filter(is_certain));
    let what = RwSignal::new(starts_with.map(|change| change.what.clone()).unwrap_or_default());
    let day = RwSignal::new(starts_with.map_or_else(|| today_text(desk), |change| change.day.to_string()));
    let named = starts_with.and_then(|change| change.medication);
    let medicine = RwSignal::new(named.map(|id| id.to_string()).unwrap_or_default());
    let why = match offered.as_ref().and_then(|change| change.recommendation) {
        Some(recommendation) => Why::carrying_out(place, recommendation),
        None => Why::new(place, before.as_ref()),
    };
    let is_new = before.is_none();
    // A proposal that is decided on was not made on the day of the proposal: today, unless another day is typed.
    let proposed = before
        .as_ref()
        .filter(|change| change.stands() == ChangeState::Proposed);
    if let Some(proposed_day) = proposed.map(|change| change.day.to_string()) {
        let now = today_text(desk);
        crate::app::effects::effect(move |_| {
            let (from, to) = match why.is_made() {
                true => (&proposed_day, &now),
                false => (&now, &proposed_day),
            };
            if day.get_untracked() == *from {
                day.set(to.clone());
            }
        });
    }
    let is_decided = before
        .as_ref()
        .is_some_and(|change| change.stands() != ChangeState::Proposed);
    // A medicine that is on the list already is not begun a second time: the change is about that one.
    refill(medicine, {
        let own = medicine.get_untracked();
        move || {
            let begins = kind.get() == Some(ChangeKind::MedicationStarted) && own.is_empty() && !is_decided;
            let today = desk.today().get_untracked();
            let change = TreatmentChange::made(today, ChangeKind::MedicationStarted, what.get());
            match already_taken(place, &change, None).as_slice() {
                [only] if begins => only.to_string(),
                _ => own.clone(),
            }
        }
    });
    // The tick is off where the words don't say what the list is to say, until it is set by hand.
    let (in_list, offered) = (RwSignal::new(false), StoredValue::new(false));
    let by_hand = StoredValue::new(false);
    let fields = ListFields::new(place);
    crate::app::effects::effect(move |_| {
        let (Some(kind), what) = (kind.get(), what.get()) else {
            return;
        };
        let today = desk.today().get_untracked();
        let known = medicine.get().parse().ok().and_then(|id| known(place, id));
        let change = TreatmentChange::made(today, kind, what);
        let is_certain = fields.fill(&change, known.as_ref());
        let begins = matches!(kind, ChangeKind::MedicationStarted | ChangeKind::MedicationSwitched);
        let is_taken = begins && !already_taken(place, &change, known.as_ref()).is_empty();
        if in_list.get_untracked() != offered.get_value() {
            by_hand.set_value(true);
        }
        if !by_hand.get_value() {
            in_list.set(is_certain && !is_taken);
            offered.set_value(is_certain && !is_taken);
        }
    });
    let listing = Memo::new(move |_| {
        let kind = kind.get().filter(|_| !is_listed && why.is_made())?;
        let day = day.get().parse().unwrap_or(desk.today().get());
        let known = medicine.get().parse().ok().and_then(|id| known(place, id));
        let change = TreatmentChange::made(day, kind, String::new());
        Some(kind).filter(|_| can_be_listed(&change, known.as_ref()))
    });
    let kept = StoredValue::new(before);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let day = reading.past(&day.get_untracked(), "change-day", "the day of the change", today);
        let kind = reading.chosen(kind.get_untracked(), "change-kind", "Choose what kind of change it is");
        let what = reading.text(&what.get_untracked(), "change-what", "Say what was changed");
        let (Some(day), Some(kind), Some(what)) = (day, kind, what) else {
            return reading.finish(None);
        };
        let before = kept.get_value();
        let change = match before.as_ref().and_then(|change| change.change) {
            Some(change) => change,
            None => new_thing()?,
        };
        let change = TreatmentChange {
            change: Some(change),
            medication: medicine.get_untracked().parse().ok(),
            ..TreatmentChange::made(day, kind, what)
        };
        let change = why.write(&mut reading, change, today);
        let change = match &before {
            Some(before) => decided(before, change),
            None => change,
        };
        let facts = match listing.get_untracked().filter(|_| in_list.get_untracked()) {
            Some(_) => fields.write(&mut reading, change, day, None)?,
            None => Some(vec![Fact::TreatmentChange(change)]),
        };
        reading.finish(facts)
    });
    let medicines = Signal::derive(move || {
        let mut options = vec![(String::new(), "None on record".to_owned())];
        place.medicines.with(|view| {
            let all = view.current.iter().chain(&view.stopped).map(|view| &view.medicine);
            options.extend(all.map(|medicine| (medicine.medication.to_string(), super::lists::described(medicine))));
        });
        options
    });
    let day_label = move || {
        if why.is_made() {
            "Day of the change"
        } else {
            "Day proposed"
        }
    };
    view! {
        <QuickForm chart=place.chart title=if is_new { "Treatment change" } else { "Treatment change: decision and details" } deed="Treatment change recorded" save="Save change" read on_close=place.form.closes()>
            {is_new.then(|| view! { <p class="hint">"Of a medication it can be recorded here or under \u{201c}Taken now\u{201d}: either way the list and the change are written together, once."</p> })}
            <Choice id="change-kind" legend="What kind" options=options(CHANGES) value=kind/>
            <TextField id="change-what" label="What exactly" value=what width=Width::Full/>
            <div class="fields">
                {move || view! { <DateField id="change-day" label=day_label() value=day max=today_text(desk)/> }}
                <Select id="change-medicine" label="About the medication" options=medicines value=medicine/>
            </div>
            <WhyFields place why open=true/>
            {move || listing.get().map(|kind| view! {
                <Check id="change-list" label="Make it the medicine list, in the same save" value=in_list/>
                <Show when=move || in_list.get()><ListingFields fields kind/></Show>
            })}
        </QuickForm>
    }
}
