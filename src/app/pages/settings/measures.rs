//! Measures: the clinic's own, words that it switches on, and what an incomplete form counts as.

use leptos::prelude::*;

use self::own_form::OwnForm;
use super::Section;
use crate::app::components::{Button, ButtonKind, Check, Dialog, FormErrors, Notice, Tone};
use crate::app::state::{Desk, use_desk};
use crate::care::intent::Intent;
use crate::instruments::{MissingRule, Pack, catalog, is_own};
use crate::journal::facts::{MeasureSettings, OwnInstrument, PackOn, Person, Worse};
use crate::journal::{Fact, PersonId};
use crate::registry::MeasuresView;

mod own_form;

/// The clinic's measures.
#[component]
pub fn MeasuresSection(
    /// Who works here.
    people: Memo<Vec<Person>>,
) -> impl IntoView {
    view! {
        <Section id="measures-section">
            <OwnMeasures/>
            {catalog().packs().map(|pack| view! { <PackSwitch pack people/> }).collect_view()}
            <Incomplete/>
        </Section>
    }
}

/// Saves a fact about measures; every page follows it.
fn save(
    desk: Desk,
    fact: Fact,
    what: &'static str,
    busy: RwSignal<bool>,
    errors: FormErrors,
    done: impl Fn() + 'static,
) {
    if busy.get_untracked() {
        return;
    }
    busy.set(true);
    let written = fact.clone();
    desk.submit(Intent::Office(vec![fact]), what, move |result| {
        let _shown = busy.try_set(false);
        match result {
            Ok(_) => {
                desk.measures().update(|measures| take_over(measures, &written));
                errors.clear();
                done();
            }
            Err(failure) => errors.set_whole(failure.to_string()),
        }
    });
}

fn take_over(measures: &mut MeasuresView, written: &Fact) {
    match written {
        Fact::OwnInstrument(own) => {
            measures.own.retain(|other| other.instrument != own.instrument);
            measures.own.push(own.clone());
            measures.own.sort_by_key(|own| own.name.to_lowercase());
        }
        Fact::MeasureSettings(settings) => measures.settings = settings.clone(),
        _ => {}
    }
}

/// The clinic's own measures, with a form to add or change one.
#[component]
fn OwnMeasures() -> impl IntoView {
    let desk = use_desk();
    let editing = RwSignal::new(None::<OwnInstrument>);
    let open = RwSignal::new(false);
    let (errors, busy) = (FormErrors::new(), RwSignal::new(false));
    let edit = move |own: Option<OwnInstrument>| {
        editing.set(own);
        open.set(true);
    };
    let retire = move |own: OwnInstrument| {
        let what = if own.retired {
            "Measure offered again"
        } else {
            "Measure no longer offered"
        };
        let retired = !own.retired;
        save(
            desk,
            Fact::OwnInstrument(OwnInstrument { retired, ..own }),
            what,
            busy,
            errors,
            || {},
        );
    };
    let row = move |own: OwnInstrument| {
        let (name, scale) = (own.name.clone(), &own.scale);
        let range = format!("{} to {}", scale.low, scale.high);
        let worse = match scale.worse {
            Worse::Higher => "higher",
            Worse::Lower => "lower",
        };
        let bands = scale.bands.iter().map(|band| format!("{} {}", band.from, band.label));
        let bands = bands.collect::<Vec<_>>().join(", ");
        let alarm = scale
            .alarm
            .as_ref()
            .map_or_else(|| "none".to_owned(), |alarm| alarm.at.to_string());
        let (change, other) = (own.clone(), own.clone());
        let (says, deed) = (
            format!("Change {name}"),
            if own.retired { "Offer again" } else { "Stop offering" },
        );
        let retire_says = format!("{deed}: {name}");
        view! {
            <tr>
                <th scope="row">{name}{own.retired.then_some(" (not offered)")}</th>
                <td data-label="Range">{range}</td>
                <td data-label="Worse">{worse}</td>
                <td data-label="Bands">{bands}</td>
                <td data-label="Alarm line">{alarm}</td>
                <td>
                    <Button kind=ButtonKind::Quiet says=says on_press=move |()| edit(Some(change.clone()))>"Change"</Button>
                    <Button kind=ButtonKind::Quiet says=retire_says on_press=move |()| retire(other.clone())>{deed}</Button>
                </td>
            </tr>
        }
    };
    let table = move || {
        let own = desk.measures().with(|measures| measures.own.clone());
        (!own.is_empty()).then(|| {
            view! {
                <table class="data list">
                    <caption class="visually-hidden">"The clinic\u{2019}s own measures"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col">"Range"</th>
                            <th scope="col">"Worse"</th>
                            <th scope="col">"Bands"</th>
                            <th scope="col">"Alarm line"</th>
                            <th scope="col"><span class="visually-hidden">"Change"</span></th>
                        </tr>
                    </thead>
                    <tbody>{own.into_iter().map(row).collect_view()}</tbody>
                </table>
            }
        })
    };
    let title = Signal::derive(move || match editing.with(Option::is_some) {
        true => "Change a measure".to_owned(),
        false => "Add a measure of your own".to_owned(),
    });
    view! {
        <h3>"Your own measures"</h3>
        <p class="quiet-text">
            "Entered by score alone, and then listed, drawn and compared like any other. A score keeps the bands and the alarm \
             line of the day on which it was taken."
        </p>
        {table}
        {move || errors.of("").map(|text| view! { <Notice tone=Tone::Error><p>{text}</p></Notice> })}
        <div class="actions"><Button on_press=move |()| edit(None)>"Add a measure of your own"</Button></div>
        <Dialog open title>
            {move || view! { <OwnForm own=editing.get() open/> }}
        </Dialog>
    }
}

/// Words of one instrument that the clinic switches on after reading their terms.
#[component]
fn PackSwitch(pack: &'static Pack, people: Memo<Vec<Person>>) -> impl IntoView {
    let desk = use_desk();
    let id = pack.definition.id.as_str();
    let title = pack.definition.short_title.clone();
    let (errors, busy, read) = (FormErrors::new(), RwSignal::new(false), RwSignal::new(false));
    let on = Memo::new(move |_| {
        let is_on = desk.pack_on(id);
        desk.measures().with(|measures| {
            let mut packs = measures.settings.packs.iter();
            packs.find(|it| it.instrument == id).cloned().filter(|_| is_on)
        })
    });
    let change = move |switched: Option<PackOn>, what: &'static str| {
        let mut settings = desk.measures().with_untracked(|measures| measures.settings.clone());
        settings.packs.retain(|it| it.instrument != id);
        settings.packs.extend(switched);
        save(desk, Fact::MeasureSettings(settings), what, busy, errors, move || {
            let _shown = read.try_set(false);
        });
    };
    let switch_on = move |()| {
        let switched = PackOn {
            instrument: id.to_owned(),
            terms: pack.terms_version.clone(),
            by: desk.me(),
            on: desk.today().get_untracked(),
        };
        change(Some(switched), "Words switched on");
    };
    let name = move |person: PersonId| {
        let named = people.with(|people| people.iter().find(|it| it.person == person).map(|it| it.name.clone()));
        named.unwrap_or_else(|| "someone not on file".to_owned())
    };
    let heading = format!("{title}: its words");
    let short = title.clone();
    let state = move || {
        match on.get() {
        Some(on) => view! {
            <p>{format!("On. {} read the terms and switched it on, {}.", name(on.by), on.on)}</p>
            <div class="actions">
                <Button on_press=move |()| change(None, "Words switched off")>{format!("Switch off the words of the {short}")}</Button>
            </div>
        }
        .into_any(),
        None => view! {
            <p>"Off: its questions are not shown. Its answers can be entered by number from your own copy, as a second step too."</p>
            <Check
                id=format!("read-{id}")
                label="I have read these terms, and this clinic may use the words"
                value=read
            />
            <div class="actions">
                <Button disabled=Signal::derive(move || !read.get()) on_press=switch_on>
                    {format!("Switch on the words of the {short}")}
                </Button>
            </div>
        }
        .into_any(),
    }
    };
    view! {
        <h3>{heading}</h3>
        <ul>{pack.terms.iter().map(|term| view! { <li>{term.clone()}</li> }).collect_view()}</ul>
        <p class="quiet-text">{pack.definition.notice.clone()}" Terms: "{pack.link.clone()}</p>
        {move || errors.of("").map(|text| view! { <Notice tone=Tone::Error><p>{text}</p></Notice> })}
        {state}
    }
}

/// Whether an incomplete form is scored by prorating.
#[component]
fn Incomplete() -> impl IntoView {
    let desk = use_desk();
    let (errors, busy) = (FormErrors::new(), RwSignal::new(false));
    let prorating = move || desk.measures().with(|measures| measures.settings.prorating);
    let rules: Vec<String> = catalog()
        .iter()
        .filter(|it| !is_own(it.id.as_str()))
        .filter_map(|it| match &it.missing {
            MissingRule::ProrateAllowed(rule) => Some(format!(
                "{}: up to {} not answered ({})",
                it.short_title, rule.max_missing, rule.source
            )),
            _ => None,
        })
        .collect();
    let change = move |()| {
        let settings = desk.measures().with_untracked(|measures| measures.settings.clone());
        let prorating = !settings.prorating;
        let what = if prorating {
            "Prorating switched on"
        } else {
            "Prorating switched off"
        };
        let settings = MeasureSettings { prorating, ..settings };
        save(desk, Fact::MeasureSettings(settings), what, busy, errors, || {});
    };
    view! {
        <h3>"Incomplete forms"</h3>
        <p>
            "An unanswered question is never 0. An incomplete form has no score; where a rule is published, its prorated value is \
             shown beside it. Switched on, that value, rounded, is taken for the score and labelled \u{201c}prorated\u{201d}."
        </p>
        <ul class="quiet-text">{rules.into_iter().map(|rule| view! { <li>{rule}</li> }).collect_view()}</ul>
        {move || errors.of("").map(|text| view! { <Notice tone=Tone::Error><p>{text}</p></Notice> })}
        <div class="actions">
            <Button on_press=change>
                {move || if prorating() { "Leave incomplete forms without a score" } else { "Score incomplete forms by prorating" }}
            </Button>
        </div>
    }
}
